"""simple-salesforce against an org of 2,000,000 contacts, which are made from the seed when they are looked at.

Sources: REST API Developer Guide ("Query"), Bulk API 2.0 and Bulk API Developer Guide ("Get Results for a Query Job").
"""

from simple_salesforce.exceptions import SalesforceResourceNotFound

from connection import DATA, connect, http, table, until
from verdict import check, refused, run, same

org = connect()
CONTACTS = 2_000_000
PAGE = 20_000
kept = {}


def count():
    return org.query("SELECT COUNT() FROM Contact")["totalSize"]


@check
def all_are_counted():
    """COUNT() says 2,000,000"""
    same(count(), CONTACTS, "contacts")


@check
def pages_of_bulk_queries_are_read():
    """Bulk 2: a job over all of them completes, and its first pages hold different contacts"""
    job = http("POST", f"{DATA}/jobs/query", json={"operation": "query", "query": "SELECT Id, LastName, Email, Account.Name FROM Contact"})
    job = job.json()["id"]
    info = until(lambda: (found := http("GET", f"{DATA}/jobs/query/{job}").json())["state"] == "JobComplete" and found, "the end", 120)
    same(info["numberRecordsProcessed"], CONTACTS, "processed")
    locator, rows = None, []
    for _ in range(3):
        answer = http("GET", f"{DATA}/jobs/query/{job}/results", params={"maxRecords": PAGE, **({"locator": locator} if locator else {})})
        same(answer.headers["Sforce-NumberOfRecords"], str(PAGE), "rows")
        locator = answer.headers["Sforce-Locator"]
        rows += table(answer.content.decode())
    same(len({row["Id"] for row in rows}), 3 * PAGE, "ids")
    kept["row"] = rows[-1]


@check
def each_can_be_read():
    """a contact that a page has shown is the same when it is read alone, and when it is queried"""
    row = kept["row"]
    found = org.Contact.get(row["Id"])
    same((found["LastName"], found["Email"] or ""), (row["LastName"], row["Email"]), "get")
    found = org.query(f"SELECT LastName, Account.Name FROM Contact WHERE Id = '{row['Id']}'")["records"][0]
    same((found["LastName"], found["Account"] and found["Account"]["Name"] or ""), (row["LastName"], row["Account.Name"]), "query")


@check
def writes_lie_on_top():
    """a contact is changed, another deleted, a third created; the count and the records follow"""
    row = kept["row"]
    org.Contact.update(row["Id"], {"LastName": "Overwritten", "Title": None})
    same(org.Contact.get(row["Id"])["LastName"], "Overwritten", "changed")
    made = org.Contact.create({"LastName": "On top"})["id"]
    same(count(), CONTACTS + 1, "after creation")
    org.Contact.delete(row["Id"])
    same(count(), CONTACTS, "after deletion")
    refused(SalesforceResourceNotFound, lambda: org.Contact.get(row["Id"]))
    same(org.query(f"SELECT LastName FROM Contact WHERE Id = '{made}'")["records"][0]["LastName"], "On top", "created")


@check
def a_few_are_listed():
    """query: LIMIT and pages work as in a small org"""
    first = org.query("SELECT Id FROM Contact")
    same((first["totalSize"], len(first["records"]), first["done"]), (CONTACTS, 2000, False), "first page")
    second = org.query_more(first["nextRecordsUrl"], identifier_is_url=True)
    same(len({row["Id"] for row in first["records"] + second["records"]}), 4000, "two pages")
    same(len(org.query("SELECT Id, Name FROM Contact ORDER BY Id DESC LIMIT 3")["records"]), 3, "LIMIT")


run()
