"""simple-salesforce against the change feeds: which records were changed and which were deleted.

Sources: REST API Developer Guide ("sObject Get Updated", "sObject Get Deleted").
"""

import re
from datetime import datetime, timedelta, timezone

from connection import MOMENT, bad_request, connect
from verdict import check, run, same

org = connect()


def window(before=30, after=2):
    now = datetime.now(timezone.utc)
    return now - timedelta(minutes=before), now + timedelta(minutes=after)


@check
def changed_records_are_listed():
    """updated: ids of what was created or changed in the window, each once"""
    account = org.Account.create({"Name": "Changed"})["id"]
    org.Account.update(account, {"Phone": "1"})
    answer = org.Account.updated(*window())
    same(set(answer), {"ids", "latestDateCovered"}, "members")
    same(answer["ids"].count(account), 1, "listed")
    assert re.fullmatch(MOMENT, answer["latestDateCovered"]), answer["latestDateCovered"]
    past = org.Account.updated(*window(before=60, after=-30))
    assert account not in past["ids"], "listed in a window that ended before"


@check
def deleted_records_are_listed():
    """deleted: ids and times of what was deleted in the window, of this object only"""
    lead = org.Lead.create({"LastName": "x", "Company": "x"})["id"]
    kept = org.Lead.create({"LastName": "x", "Company": "x"})["id"]
    org.Lead.delete(lead)
    answer = org.Lead.deleted(*window())
    same(set(answer), {"deletedRecords", "earliestDateAvailable", "latestDateCovered"}, "members")
    found = {row["id"]: row["deletedDate"] for row in answer["deletedRecords"]}
    assert re.fullmatch(MOMENT, found.get(lead, "")), found
    assert kept not in found, "a record that was not deleted"
    assert lead not in {row["id"] for row in org.Account.deleted(*window())["deletedRecords"]}, "another object's"


@check
def windows_have_rules():
    """updated and deleted: a window that ends before it starts, or starts over 30 days ago, is refused"""
    now = datetime.now(timezone.utc)
    for feed in (org.Contact.updated, org.Contact.deleted):
        bad_request("INVALID_REPLICATION_DATE", lambda: feed(now, now - timedelta(hours=1)))
        bad_request("INVALID_REPLICATION_DATE", lambda: feed(now - timedelta(days=40), now))


run()
