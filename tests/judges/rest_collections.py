"""simple-salesforce against sObject Collections: create, update, upsert, delete, retrieve.

Sources: REST API Developer Guide ("sObject Collections", "Create Multiple Records", "Update Multiple Records",
"Upsert Multiple Records", "Delete Multiple Records", "Get Multiple Records").
"""

from simple_salesforce.exceptions import SalesforceMalformedRequest

from connection import bad_request, connect
from verdict import check, refused, run, same

org = connect()
ROLLED_BACK = "ALL_OR_NONE_OPERATION_ROLLED_BACK"


def call(method, body=None, path="composite/sobjects", **options):
    return org.restful(path, method=method, json=body, **options)


def lead(number, **more):
    return {"attributes": {"type": "Lead"}, "LastName": f"Collected {number}", "Company": "Collected", **more}


def count(condition):
    return org.query(f"SELECT COUNT() FROM Lead WHERE {condition}")["totalSize"]


def made(*numbers):
    return [row["id"] for row in call("POST", {"records": [lead(number) for number in numbers]})]


@check
def creation_keeps_order():
    """create: results in order, bad rows named with statusCode, message and fields; good rows saved"""
    results = call("POST", {"allOrNone": False, "records": [lead(0), {"attributes": {"type": "Lead"}}, lead(2)]})
    same([row["success"] for row in results], [True, False, True], "success")
    same((results[0]["errors"], "id" in results[1]), ([], False), "members")
    error = results[1]["errors"][0]
    same(set(error), {"statusCode", "message", "fields"}, "error")
    same((error["statusCode"], error["fields"]), ("REQUIRED_FIELD_MISSING", ["LastName", "Company"]), "error")
    same(error["message"], "Required fields are missing: [LastName, Company]", "message")
    same(org.Lead.get(results[2]["id"])["LastName"], "Collected 2", "order")


@check
def all_or_none_creates_none():
    """create: with allOrNone one bad row rolls all back"""
    results = call("POST", {"allOrNone": True, "records": [lead(7), {"attributes": {"type": "Lead"}}]})
    same([row["errors"][0]["statusCode"] for row in results], [ROLLED_BACK, "REQUIRED_FIELD_MISSING"], "codes")
    wanted = "Record rolled back because not all records were valid and the request was using AllOrNone header"
    same(results[0]["errors"][0]["message"], wanted, "message")
    same(count("LastName = 'Collected 7'"), 0, "saved")


@check
def two_hundred_at_most():
    """create: 200 records are saved, 201 are EXCEEDED_ID_LIMIT and none is saved"""
    results = call("POST", {"records": [lead(200) for _ in range(200)]})
    same(all(row["success"] for row in results), True, "200")
    bad_request("EXCEEDED_ID_LIMIT", lambda: call("POST", {"records": [lead(201)] * 201}))
    same((count("LastName = 'Collected 200'"), count("LastName = 'Collected 201'")), (200, 0), "saved")


@check
def types_may_differ():
    """create: records of several objects in one call"""
    account, contact = ({"attributes": {"type": name}} for name in ("Account", "Contact"))
    records = [{**account, "Name": "Mixed"}, {**contact, "LastName": "Mixed"}, lead("Mixed")]
    same([row["id"][:3] for row in call("POST", {"records": records})], ["001", "003", "00Q"], "ids")


@check
def several_are_updated():
    """update: by id, in order; a bad row alone fails, or with allOrNone all"""
    first, second = made(10, 11)
    rows = [{**lead(10), "id": first, "Title": "New"}, {**lead(11), "id": second, "Email": "nobody"}]
    results = call("PATCH", {"allOrNone": False, "records": rows})
    same([row["success"] for row in results], [True, False], "success")
    same((results[0]["id"], results[1]["errors"][0]["statusCode"]), (first, "INVALID_EMAIL_ADDRESS"), "results")
    same(org.Lead.get(first)["Title"], "New", "value")
    rows[0]["Title"] = "Newer"
    results = call("PATCH", {"allOrNone": True, "records": rows})
    same([row["errors"][0]["statusCode"] for row in results], [ROLLED_BACK, "INVALID_EMAIL_ADDRESS"], "rolled back")
    same(org.Lead.get(first)["Title"], "New", "value after the rollback")


@check
def several_are_upserted():
    """upsert: by external id, and each result says whether it created"""
    rows = [lead(20, ZoomInfo_Id__c="collected-20"), lead(21, ZoomInfo_Id__c="collected-21")]
    path = "composite/sobjects/Lead/ZoomInfo_Id__c"
    results = call("PATCH", {"records": rows[:1]}, path)
    same([row["created"] for row in results], [True], "first")
    rows[0]["Title"] = "Again"
    results = call("PATCH", {"allOrNone": False, "records": rows}, path)
    same([(row["success"], row["created"]) for row in results], [(True, False), (True, True)], "second")
    same(org.Lead.get(results[0]["id"])["Title"], "Again", "value")
    same(count("ZoomInfo_Id__c LIKE 'collected-%'"), 2, "records")


@check
def several_are_retrieved():
    """retrieve: by GET and by POST, in the order asked for, null for what is not there"""
    ids = made(30, 31, 32)
    found = call("GET", path="composite/sobjects/Lead", params={"ids": ",".join(reversed(ids)), "fields": "LastName"})
    same([row["LastName"] for row in found], ["Collected 32", "Collected 31", "Collected 30"], "GET")
    body = {"ids": [ids[0], "00Q000000000ABCAA1", ids[1]], "fields": ["Id", "LastName", "Title"]}
    found = call("POST", body, "composite/sobjects/Lead")
    same([row and row["LastName"] for row in found], ["Collected 30", None, "Collected 31"], "POST")
    same(set(found[0]), {"attributes", "Id", "LastName", "Title"}, "fields")
    many = {"ids": ids * 700, "fields": ["Id"]}
    refused(SalesforceMalformedRequest, lambda: call("POST", many, "composite/sobjects/Lead"))


@check
def several_are_deleted():
    """delete: what is deleted already fails alone, or with allOrNone rolls all back"""
    first, second, third = made(40, 41, 42)
    org.Lead.delete(second)
    results = call("DELETE", params={"ids": f"{first},{second}", "allOrNone": "true"})
    same([row["errors"][0]["statusCode"] for row in results], [ROLLED_BACK, "ENTITY_IS_DELETED"], "all or none")
    same(count(f"Id = '{first}'"), 1, "kept")
    results = call("DELETE", params={"ids": f"{first},{second},{third}"})
    same([row["success"] for row in results], [True, False, True], "success")
    same((results[0]["id"], results[1]["errors"][0]["statusCode"]), (first, "ENTITY_IS_DELETED"), "results")
    same(count(f"Id IN ('{first}', '{second}', '{third}')"), 0, "left")


@check
def types_are_needed():
    """create: a record without its type refuses the call or the row, and saves nothing"""
    before = count("Company = 'Untyped'")
    try:
        results = call("POST", {"records": [{"LastName": "x", "Company": "Untyped"}]})
    except SalesforceMalformedRequest:
        results = [{"success": False}]
    same([row["success"] for row in results], [False], "success")
    same(count("Company = 'Untyped'"), before, "saved")


run()
