"""simple-salesforce reads what exports by certain rules left in the org.

Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment, and in EXPECTED a JSON file:
[{"rule": "an update keeps its owner", "query": "SELECT …", "records": [{"Owner": {"Name": "…"}}, …]}, …]
"""

import json
import os

from connection import connect
from verdict import check, run, same

org = connect()


def plain(value):
    """A record without what Salesforce says about it, such as its type and address."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items() if name != "attributes"}
    return value


def add_check(expected):
    def rule():
        found = [plain(record) for record in org.query_all(expected["query"])["records"]]
        wanted = expected["records"]
        same(len(found), len(wanted), "records")
        for number, (got, want) in enumerate(zip(found, wanted), start=1):
            same(got, want, f"record {number}")

    rule.__doc__ = expected["rule"]
    check(rule)


with open(os.environ["EXPECTED"], encoding="utf-8") as file:
    for rule_and_records in json.load(file):
        add_check(rule_and_records)


if __name__ == "__main__":
    run()
