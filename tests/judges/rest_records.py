"""simple-salesforce against single records: create, read, change, delete, upsert, rules of fields, conditional requests.

Sources: REST API Developer Guide ("sObject Rows", "sObject Rows by External ID", "Conditional Requests", "Valid Date
and DateTime Formats", "Status Codes and Error Responses"), SOAP API Developer Guide ("StatusCode").
"""

import re
from datetime import datetime
from email.utils import formatdate

from simple_salesforce.exceptions import SalesforceError, SalesforceMalformedRequest, SalesforceResourceNotFound

from connection import DATA, ID, MOMENT, bad_request, connect, error_of, http, refused_with
from verdict import check, holds, refused, run, same

org = connect()


@check
def a_record_lives_and_dies():
    """a record is created, read, changed, emptied, deleted, and found again by queryAll only"""
    made = org.Account.create({"Name": "Judged & Sons", "AnnualRevenue": 2500000, "NumberOfEmployees": 12})
    same((made["success"], made["errors"]), (True, []), "create")
    assert re.fullmatch(ID, made["id"]) and made["id"].startswith("001"), made["id"]
    found = org.Account.get(made["id"][:15])
    same((found["Name"], found["AnnualRevenue"], found["NumberOfEmployees"]), ("Judged & Sons", 2500000, 12), "get")
    wanted = {"type": "Account", "url": f"{DATA}/sobjects/Account/{made['id']}"}
    same((found["Id"], found["attributes"]), (made["id"], wanted), "get")
    same(org.Account.update(made["id"], {"Phone": "1", "NumberOfEmployees": None}), 204, "update")
    found = org.Account.get(made["id"])
    same((found["Phone"], found["NumberOfEmployees"]), ("1", None), "after the update")
    same(org.Account.delete(made["id"]), 204, "delete")
    error = refused(SalesforceResourceNotFound, lambda: org.Account.get(made["id"]))
    same(error_of(error)["errorCode"], "ENTITY_IS_DELETED", "get of a deleted record")
    refused(SalesforceResourceNotFound, lambda: org.Account.update(made["id"], {"Phone": "2"}))
    refused(SalesforceResourceNotFound, lambda: org.Account.delete(made["id"]))
    text = f"SELECT IsDeleted FROM Account WHERE Id = '{made['id']}'"
    same(org.query(text)["totalSize"], 0, "query")
    same(org.query(text, include_deleted=True)["records"][0]["IsDeleted"], True, "queryAll")


@check
def creation_says_where():
    """create: 201, and the new record's address in Location"""
    answer = http("POST", f"{DATA}/sobjects/Contact", json={"LastName": "Located"})
    same(answer.status_code, 201, "status")
    location = answer.headers["Location"]
    assert location.endswith(f"{DATA}/sobjects/Contact/{answer.json()['id']}"), location
    same(http("GET", location).json()["LastName"], "Located", "the address")


@check
def some_fields_only():
    """get: fields= chooses, case is the schema's, an unknown field is INVALID_FIELD"""
    lead = org.Lead.create({"LastName": "Chosen", "Company": "x"})["id"]
    found = http("GET", f"{DATA}/sobjects/Lead/{lead}", params={"fields": "lastname,Company"}).json()
    same(set(found) - {"Id"}, {"attributes", "LastName", "Company"}, "fields")
    refused_with(http("GET", f"{DATA}/sobjects/Lead/{lead}", params={"fields": "Nope"}), 400, "INVALID_FIELD")


@check
def stamps_are_written():
    """system fields: who and when, as moments with +0000"""
    contact = org.Contact.create({"FirstName": "Sys", "LastName": "Stamp", "Salutation": "Ms."})["id"]
    found = org.Contact.get(contact)
    for name in ("CreatedDate", "LastModifiedDate", "SystemModstamp"):
        assert re.fullmatch(MOMENT, found[name]), f"{name}: {found[name]}"
    for name in ("CreatedById", "LastModifiedById", "OwnerId"):
        assert found[name].startswith("005"), f"{name}: {found[name]}"
    same((found["Name"], found["IsDeleted"]), ("Sys Stamp", False), "compound name")


@check
def moments_are_converted():
    """dates: an offset is converted to UTC, a day stays as it is"""
    values = {"Subject": "Call", "StartDateTime": "2026-11-23T14:30:00+02:00", "EndDateTime": "2026-11-23T13:00:00Z"}
    event = org.Event.get(org.Event.create({**values, "DurationInMinutes": 30})["id"])
    same(event["StartDateTime"], "2026-11-23T12:30:00.000+0000", "moment")
    deal = {"Name": "Dated", "StageName": "Closed Won", "CloseDate": "2026-02-28", "Amount": 12.5}
    found = org.Opportunity.get(org.Opportunity.create(deal)["id"])
    same((found["CloseDate"], found["Amount"]), ("2026-02-28", 12.5), "day")
    same((found["IsClosed"], found["IsWon"]), (True, True), "stage")


@check
def activities_point_at_others():
    """tasks point at a person and at something else"""
    lead = org.Lead.create({"LastName": "Busy", "Company": "x"})["id"]
    account = org.Account.create({"Name": "Busy"})["id"]
    contact = org.Contact.create({"LastName": "Busy", "AccountId": account})["id"]
    org.Task.create({"Subject": "Call", "WhoId": lead})
    task = org.Task.create({"Subject": "Call", "WhoId": contact, "WhatId": account, "ActivityDate": "2026-12-01"})["id"]
    found = org.query(f"SELECT Status, Priority, Who.Name, Who.Type, What.Name FROM Task WHERE Id = '{task}'")["records"][0]
    same((found["Status"], found["Priority"]), ("Not Started", "Normal"), "defaults")
    same((found["Who"]["Name"], found["Who"]["Type"], found["What"]["Name"]), ("Busy", "Contact", "Busy"), "pointers")


@check
def writes_are_validated():
    """each rule of a field is refused with its documented code and field"""
    for values, code, fields in [
        ({"LastName": "x"}, "REQUIRED_FIELD_MISSING", ["Company"]),
        ({"LastName": "x" * 81, "Company": "x"}, "STRING_TOO_LONG", ["LastName"]),
        ({"LastName": "x", "Company": "x", "Email": "nobody"}, "INVALID_EMAIL_ADDRESS", ["Email"]),
        ({"LastName": "x", "Company": "x", "Function__c": "Wizardry"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["Function__c"]),
        ({"LastName": "x", "Company": "x", "NumberOfEmployees": 123456789}, "NUMBER_OUTSIDE_VALID_RANGE", ["NumberOfEmployees"]),
        ({"LastName": "x", "Company": "x", "CreatedDate": "2020-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["CreatedDate"]),
        ({"LastName": "x", "Company": "x", "OwnerId": "nobody"}, "MALFORMED_ID", ["OwnerId"]),
    ]:
        error = bad_request(code, lambda: org.Lead.create(values))
        same(error["fields"], fields, code)


@check
def refusals_are_worded():
    """the words of refusals that people and programs read"""
    bad_request("REQUIRED_FIELD_MISSING", lambda: org.Contact.create({}), "Required fields are missing: [LastName]")
    bad_request("INVALID_FIELD", lambda: org.Lead.create({"Nope": 1}), "No such column 'Nope' on sobject of type Lead")
    long = lambda: org.Account.create({"Name": "y" * 256})
    bad_request("STRING_TOO_LONG", long, "data value too large: ")
    assert "(max length=255)" in error_of(refused(SalesforceMalformedRequest, long))["message"], "length"
    email = lambda: org.Contact.create({"LastName": "x", "Email": "not a real email"})
    bad_request("INVALID_EMAIL_ADDRESS", email, "Email: invalid email address: not a real email")
    function = lambda: org.Contact.create({"LastName": "x", "Function__c": "Wizardry"})
    bad_request("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", function, "Function: bad value for restricted picklist field: Wizardry")
    stamped = lambda: org.Contact.create({"LastName": "x", "CreatedDate": "2020-01-01T00:00:00Z"})
    bad_request("INVALID_FIELD_FOR_INSERT_UPDATE", stamped, "Unable to create/update fields: CreatedDate.")


@check
def updates_are_validated():
    """an update is held to the same rules, and changes nothing when refused"""
    lead = org.Lead.create({"LastName": "Kept", "Company": "Kept", "Title": "Kept"})["id"]
    for values, code in [
        ({"Title": "Lost", "LastName": None}, "REQUIRED_FIELD_MISSING"),
        ({"Title": "Lost", "Email": "nobody"}, "INVALID_EMAIL_ADDRESS"),
        ({"Title": "Lost", "Nope__c": 1}, "INVALID_FIELD"),
        ({"Title": "Lost", "CreatedDate": "2020-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ]:
        bad_request(code, lambda: org.Lead.update(lead, values))
    same(org.Lead.get(lead)["Title"], "Kept", "title")


@check
def an_id_is_not_given():
    """create: an Id in the body is INVALID_FIELD_FOR_INSERT_UPDATE"""
    account = org.Account.create({"Name": "Given"})["id"]
    bad_request("INVALID_FIELD_FOR_INSERT_UPDATE", lambda: org.Account.create({"Id": account, "Name": "Again"}))


@check
def an_inactive_user_owns_nothing():
    """a record cannot be given to an inactive user"""
    user = org.query("SELECT Id FROM User WHERE IsActive = false LIMIT 1")["records"][0]["Id"]
    bad_request("INACTIVE_OWNER_OR_USER", lambda: org.Account.create({"Name": "x", "OwnerId": user}), user[:15])


@check
def a_queue_owns_leads():
    """a lead can be owned by a queue, an account cannot"""
    queue = org.query("SELECT Id FROM Group WHERE Type = 'Queue' LIMIT 1")["records"][0]["Id"]
    lead = org.Lead.create({"LastName": "Queued", "Company": "x"}, headers={"Sforce-Auto-Assign": "FALSE"})["id"]
    same(org.Lead.update(lead, {"OwnerId": queue}), 204, "update")
    found = org.query(f"SELECT OwnerId, Owner.Name, Owner.Type FROM Lead WHERE Id = '{lead}'")["records"][0]
    same((found["OwnerId"], found["Owner"]["Type"]), (queue, "Queue"), "owner")
    refused(SalesforceMalformedRequest, lambda: org.Account.create({"Name": "x", "OwnerId": queue}))


@check
def references_are_checked():
    """a reference to what is not there, is of another kind or was deleted is refused"""
    account = org.Account.create({"Name": "Gone"})["id"]
    org.Account.delete(account)
    gone = refused(SalesforceError, lambda: org.Contact.create({"LastName": "x", "AccountId": account}))
    holds(["INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED"], [error_of(gone)["errorCode"]], "deleted")
    lead = org.Lead.create({"LastName": "x", "Company": "x"})["id"]
    other = refused(SalesforceMalformedRequest, lambda: org.Contact.create({"LastName": "x", "AccountId": lead}))
    holds(["MALFORMED_ID", "FIELD_INTEGRITY_EXCEPTION"], [error_of(other)["errorCode"]], "another kind")


@check
def parents_are_found_by_external_id():
    """create: a parent is named by its external id; an unknown one is INVALID_FIELD"""
    account = org.Account.create({"Name": "Parent", "ZoomInfo_Id__c": "judge-parent"})["id"]
    child = {"LastName": "Child", "Account": {"ZoomInfo_Id__c": "judge-parent"}}
    same(org.Contact.get(org.Contact.create(child)["id"])["AccountId"], account, "parent")
    orphan = {"LastName": "Child", "Account": {"ZoomInfo_Id__c": "nobody"}}
    text = "Foreign key external ID: nobody not found for field ZoomInfo_Id__c in entity Account"
    bad_request("INVALID_FIELD", lambda: org.Contact.create(orphan), text)


@check
def deletion_takes_children():
    """delete: an account takes its contacts and opportunities along"""
    account = org.Account.create({"Name": "Doomed"})["id"]
    contact = org.Contact.create({"LastName": "Doomed", "AccountId": account})["id"]
    deal = {"Name": "Doomed", "StageName": "Prospecting", "CloseDate": "2027-01-01", "AccountId": account}
    opportunity = org.Opportunity.create(deal)["id"]
    org.Account.delete(account)
    refused(SalesforceResourceNotFound, lambda: org.Contact.get(contact))
    refused(SalesforceResourceNotFound, lambda: org.Opportunity.get(opportunity))
    bin_ = org.query(f"SELECT Id FROM Contact WHERE Id = '{contact}' AND IsDeleted = true", include_deleted=True)
    same(bin_["totalSize"], 1, "recycle bin")


@check
def an_external_id_is_unique():
    """upsert: 201 creates, 200 updates; a second record with the same external id is DUPLICATE_VALUE"""
    first = org.Contact.upsert("ZoomInfo_Id__c/judge-1", {"LastName": "Upserted"}, raw_response=True)
    same((first.status_code, first.json()["created"], first.json()["success"]), (201, True, True), "first")
    again = org.Contact.upsert("ZoomInfo_Id__c/judge-1", {"LastName": "Renamed"}, raw_response=True)
    same((again.status_code, again.json()["created"], again.json()["id"]), (200, False, first.json()["id"]), "second")
    double = {"LastName": "Double", "ZoomInfo_Id__c": "JUDGE-1"}
    text = f"duplicate value found: ZoomInfo_Id__c duplicates value on record with id: {first.json()['id'][:15]}"
    bad_request("DUPLICATE_VALUE", lambda: org.Contact.create(double), text)
    found = org.Contact.get_by_custom_id("ZoomInfo_Id__c", "judge-1")
    same((found["Id"], found["LastName"]), (first.json()["id"], "Renamed"), "get by external id")
    refused(SalesforceResourceNotFound, lambda: org.Contact.get_by_custom_id("ZoomInfo_Id__c", "nobody"))


@check
def upsert_has_rules():
    """upsert: only by an external id, which the body does not repeat; updateOnly creates nothing"""
    path = f"{DATA}/sobjects/Contact"
    refused_with(http("PATCH", f"{path}/Title/x", json={"LastName": "x"}), 404, "NOT_FOUND")
    refused_with(http("PATCH", f"{path}/Nope__c/x", json={"LastName": "x"}), 404, "NOT_FOUND")
    body = {"LastName": "x", "ZoomInfo_Id__c": "judge-2"}
    refused_with(http("PATCH", f"{path}/ZoomInfo_Id__c/judge-2", json=body), 400, "INVALID_FIELD")
    answer = http("PATCH", f"{path}/ZoomInfo_Id__c/judge-2?updateOnly=true", json={"LastName": "x"})
    refused_with(answer, 404, "NOT_FOUND")
    refused_with(http("PATCH", f"{path}/ZoomInfo_Id__c/judge-2", json={"Title": "x"}), 400, "REQUIRED_FIELD_MISSING")


@check
def external_ids_are_decoded():
    """upsert: an external id may hold what an address must encode"""
    for value, encoded in [("a/b c", "a%2Fb%20c"), ("ž+&?#", "%C5%BE%2B%26%3F%23"), ("100%", "100%25")]:
        answer = http("PATCH", f"{DATA}/sobjects/Lead/ZoomInfo_Id__c/{encoded}", json={"LastName": "x", "Company": "x"})
        same(answer.status_code, 201, value)
        same(org.Lead.get(answer.json()["id"])["ZoomInfo_Id__c"], value, "value")


@check
def old_versions_say_nothing_of_updates():
    """upsert: up to version 45.0 an update is 204"""
    path = "/services/data/v45.0/sobjects/Lead/ZoomInfo_Id__c/judge-old"
    same(http("PATCH", path, json={"LastName": "x", "Company": "x"}).status_code, 201, "first")
    answer = http("PATCH", path, json={"LastName": "y"})
    same((answer.status_code, answer.content), (204, b""), "second")


@check
def entity_tags_guard_accounts():
    """ETag: on account rows; If-None-Match is 304 when unchanged, If-Match with another tag is 412"""
    account = org.Account.create({"Name": "Tagged"})["id"]
    path = f"{DATA}/sobjects/Account/{account}"
    tag = http("GET", path, headers={"Accept-Encoding": "identity"}).headers["ETag"]
    same(http("GET", path, headers={"If-None-Match": tag}).status_code, 304, "unchanged")
    same(http("PATCH", path, json={"Phone": "1"}, headers={"If-Match": '"another"'}).status_code, 412, "another")
    same(org.Account.get(account)["Phone"], None, "not written")
    same(http("PATCH", path, json={"Phone": "1"}, headers={"If-Match": tag}).status_code, 204, "the same")
    same(http("GET", path, headers={"If-None-Match": tag}).status_code, 200, "changed")


@check
def rows_know_when_they_changed():
    """If-Modified-Since: 304 for a row that did not change since, 200 for one that did"""
    lead = org.Lead.create({"LastName": "x", "Company": "x"})["id"]
    path = f"{DATA}/sobjects/Lead/{lead}"
    hour = 3600
    now = org.query(f"SELECT LastModifiedDate FROM Lead WHERE Id = '{lead}'")["records"][0]["LastModifiedDate"]
    seconds = datetime.strptime(now, "%Y-%m-%dT%H:%M:%S.%f%z").timestamp()
    later, earlier = (formatdate(seconds + shift, usegmt=True) for shift in (hour, -hour))
    same(http("GET", path, headers={"If-Modified-Since": later}).status_code, 304, "later")
    same(http("GET", path, headers={"If-Modified-Since": earlier}).status_code, 200, "earlier")


@check
def unknown_records_are_not_found():
    """a record that never was is 404 NOT_FOUND; an id that is none too"""
    refused_with(http("GET", f"{DATA}/sobjects/Account/001000000000ABCAA1"), 404, "NOT_FOUND")
    same(http("GET", f"{DATA}/sobjects/Account/nonsense").status_code, 404, "nonsense")
    same(http("DELETE", f"{DATA}/sobjects/Account/001000000000ABCAA1").status_code, 404, "delete")


run()
