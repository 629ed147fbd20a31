"""simple-salesforce against what an org does of itself: assignment, duplicate and validation rules, record types.

Sources: REST API Developer Guide ("Assignment Rule Header", "Duplicate Rule Header", "sObject Collections"), Bulk API
2.0 and Bulk API Developer Guide ("Create a Job": assignmentRuleId), Object Reference ("AssignmentRule",
"DuplicateRule", "MatchingRule", "RecordType"), User Interface API Developer Guide ("Get Values for All Picklist Fields
of a Record Type").
"""

from simple_salesforce.exceptions import SalesforceMalformedRequest

from connection import DATA, bad_request, connect, control, error_of, http, refused_with, table, until
from verdict import check, holds, refused, run, same

org = connect()
ALLOW = {"Sforce-Duplicate-Rule-Header": "allowSave=true; includeRecordDetails=false; runAsCurrentUser=true"}
me = http("GET", "/services/oauth2/userinfo").json()["user_id"]


def owner_of(lead):
    return org.Lead.get(lead)["OwnerId"]


def load(objects, text, **more):
    """A Bulk job of this CSV text, when it has ended: its successful and failed rows."""
    jobs = f"{DATA}/jobs/ingest"
    job = http("POST", jobs, json={"object": objects, "operation": "insert", **more}).json()["id"]
    same(http("PUT", f"{jobs}/{job}/batches", data=text.encode(), headers={"Content-Type": "text/csv"}).status_code, 201, "upload")
    http("PATCH", f"{jobs}/{job}", json={"state": "UploadComplete"})
    until(lambda: http("GET", f"{jobs}/{job}").json()["state"] == "JobComplete", "the end of the job")
    return [table(http("GET", f"{jobs}/{job}/{kind}").content.decode()) for kind in ("successfulResults", "failedResults")]


# Assignment rules.


@check
def the_active_rule_assigns_leads():
    """REST: without the header, or with TRUE, the active rule chooses the owner, whatever was asked for"""
    rules = org.query("SELECT Id, Name, Active, SobjectType FROM AssignmentRule WHERE SobjectType = 'Lead'")["records"]
    same(len([rule for rule in rules if rule["Active"]]), 1, "active rules")
    plain = {"LastName": "Assigned", "Company": "Rules"}
    chosen = owner_of(org.Lead.create(plain)["id"])
    assert chosen != me, "the rule chose the user of the API"
    same(owner_of(org.Lead.create({**plain, "OwnerId": me})["id"]), chosen, "an owner in the request")
    same(owner_of(org.Lead.create(plain, headers={"Sforce-Auto-Assign": "TRUE"})["id"]), chosen, "TRUE")
    rule = next(rule["Id"] for rule in rules if rule["Active"])
    same(owner_of(org.Lead.create(plain, headers={"Sforce-Auto-Assign": rule})["id"]), chosen, "the rule's id")


@check
def assignment_can_be_declined():
    """REST: with FALSE the owner is who asks, or who was asked for; Collections and composite know the header too"""
    plain, off = {"LastName": "Declined", "Company": "Rules"}, {"Sforce-Auto-Assign": "FALSE"}
    same(owner_of(org.Lead.create(plain, headers=off)["id"]), me, "default owner")
    other = org.query("SELECT Id FROM User WHERE IsActive = true AND Name LIKE 'Mara%'")["records"][0]["Id"]
    same(owner_of(org.Lead.create({**plain, "OwnerId": other}, headers=off)["id"]), other, "an owner in the request")
    body = {"records": [{"attributes": {"type": "Lead"}, **plain}]}
    made = org.restful("composite/sobjects", method="POST", json=body, headers=off)
    same(owner_of(made[0]["id"]), me, "Collections")
    made = org.restful("composite/sobjects", method="POST", json=body)
    assert owner_of(made[0]["id"]) != me, "Collections without the header"
    step = {"method": "POST", "url": f"{DATA}/sobjects/Lead", "body": plain}
    steps = [{**step, "referenceId": "a", "httpHeaders": off}, {**step, "referenceId": "b"}]
    answer = org.restful("composite", method="POST", json={"compositeRequest": steps})["compositeResponse"]
    same([owner_of(result["body"]["id"]) == me for result in answer], [True, False], "composite")


@check
def bulk_assigns_only_when_told():
    """Bulk 2: without assignmentRuleId no rule runs, with it the rule chooses the owner"""
    rule = org.query("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true")["records"][0]["Id"]
    text = "LastName,Company\nBulk,Rules\n"
    same(owner_of(load("Lead", text)[0][0]["sf__Id"]), me, "without")
    assert owner_of(load("Lead", text, assignmentRuleId=rule)[0][0]["sf__Id"]) != me, "with"
    job = http("POST", f"{DATA}/jobs/ingest", json={"object": "Lead", "operation": "insert", "assignmentRuleId": rule})
    same(job.json()["assignmentRuleId"], rule, "job info")


# Duplicate rules.

TWIN = {"FirstName": "Doubled", "LastName": "Twin", "Company": "Twin Works", "Email": "twin@judge.example", "Title": "First"}


@check
def doubles_are_saved_while_rules_sleep():
    """duplicates: without an active rule a double is saved"""
    TWIN["id"] = org.Lead.create({key: value for key, value in TWIN.items() if key != "id"})["id"]
    again = org.Lead.create(twin())["id"]
    org.Lead.delete(again)


def twin(**more):
    return {**{key: value for key, value in TWIN.items() if key != "id"}, **more}


@check
def alerts_are_refusals():
    """duplicates: an alerting rule refuses with DUPLICATES_DETECTED, and tells what it found"""
    control("duplicate-rules", {"object": "Lead", "action": "alert"})
    error = bad_request("DUPLICATES_DETECTED", lambda: org.Lead.create(twin()), "Use one of these records?")
    found = error["duplicateResut"]
    holds(found, "allowSave duplicateRule duplicateRuleEntityType errorMessage matchResults".split(), "result")
    same((found["allowSave"], found["duplicateRuleEntityType"]), (True, "Lead"), "result")
    match = found["matchResults"][0]
    holds(match, "entityType errors matchEngine matchRecords rule size success".split(), "match")
    same((match["entityType"], match["size"], match["success"]), ("Lead", 1, True), "match")
    record = match["matchRecords"][0]
    holds(record, "additionalInformation fieldDiffs matchConfidence record".split(), "record")
    same(record["record"]["Id"], TWIN["id"], "record")
    same(record["record"]["attributes"]["type"], "Lead", "record")
    rule = org.query(f"SELECT IsActive, SobjectType FROM DuplicateRule WHERE DeveloperName = '{found['duplicateRule']}'")
    same([(row["IsActive"], row["SobjectType"]) for row in rule["records"]], [(True, "Lead")], "DuplicateRule")


@check
def who_insists_is_served():
    """duplicates: with allowSave=true a rule that alerts saves"""
    made = org.Lead.create(twin(), headers=ALLOW)["id"]
    same(org.Lead.get(made)["LastName"], "Twin", "saved")
    org.Lead.delete(made)
    denied = {"Sforce-Duplicate-Rule-Header": "allowSave=false"}
    bad_request("DUPLICATES_DETECTED", lambda: org.Lead.create(twin(), headers=denied))


@check
def details_are_told_when_asked_for():
    """duplicates: includeRecordDetails=true tells the found record's fields, otherwise only its id"""
    asked = {"Sforce-Duplicate-Rule-Header": "allowSave=false; includeRecordDetails=true"}
    keys = []
    for headers in ({}, asked):
        error = bad_request("DUPLICATES_DETECTED", lambda: org.Lead.create(twin(), headers=headers))
        keys.append(set(error["duplicateResut"]["matchResults"][0]["matchRecords"][0]["record"]))
    same(keys[0], {"attributes", "Id"}, "without")
    assert len(keys[1]) > 2, keys[1]


@check
def other_doors_are_watched():
    """duplicates: upsert, Collections and composite refuse too, and each knows the header"""
    path = f"{DATA}/sobjects/Lead/ZoomInfo_Id__c/twin-1"
    refused_with(http("PATCH", path, json=twin()), 400, "DUPLICATES_DETECTED")
    same(http("PATCH", path, json=twin(), headers=ALLOW).status_code, 201, "upsert")
    org.Lead.delete(org.Lead.get_by_custom_id("ZoomInfo_Id__c", "twin-1")["Id"])
    single = {"attributes": {"type": "Lead"}, "LastName": "Single", "Company": "Single Works"}
    body = {"records": [{"attributes": {"type": "Lead"}, **twin()}, single]}
    results = org.restful("composite/sobjects", method="POST", json=body)
    same([row["success"] for row in results], [False, True], "Collections")
    error = results[0]["errors"][0]
    wanted = ("DUPLICATES_DETECTED", "Use one of these records?", [])
    same((error["statusCode"], error["message"], error["fields"]), wanted, "Collections")
    body = {"records": [{"attributes": {"type": "Lead"}, **twin()}]}
    results = org.restful("composite/sobjects", method="POST", json=body, headers=ALLOW)
    same(results[0]["success"], True, "Collections with the header")
    org.Lead.delete(results[0]["id"])
    step = {"method": "POST", "url": f"{DATA}/sobjects/Lead", "body": twin()}
    steps = [{**step, "referenceId": "a"}, {**step, "referenceId": "b", "httpHeaders": ALLOW}]
    answer = org.restful("composite", method="POST", json={"compositeRequest": steps})["compositeResponse"]
    same([result["httpStatusCode"] for result in answer], [400, 201], "composite")
    org.Lead.delete(answer[1]["body"]["id"])


@check
def bulk_has_no_header():
    """duplicates: in Bulk 2 the row fails, without telling what was found"""
    text = "FirstName,LastName,Company,Email\nDoubled,Twin,Twin Works,twin@judge.example\nOnly,One,One Works,one@judge.example\n"
    good, bad = load("Lead", text)
    same([row["LastName"] for row in good], ["One"], "saved")
    same([row["sf__Error"] for row in bad], ["DUPLICATES_DETECTED:Use one of these records?:--"], "sf__Error")


@check
def blocks_cannot_be_overruled():
    """duplicates: a blocking rule refuses whoever insists, and says so"""
    control("duplicate-rules", {"object": "Lead", "action": "block"})
    for headers in ({}, ALLOW):
        error = bad_request("DUPLICATES_DETECTED", lambda: org.Lead.create(twin(), headers=headers))
        same(error["duplicateResut"]["allowSave"], False, "allowSave")


@check
def reports_are_silent():
    """duplicates: a rule that only reports saves, and leaves a DuplicateRecordItem"""
    control("duplicate-rules", {"object": "Lead", "action": "report"})
    made = org.Lead.create(twin())["id"]
    items = org.query(f"SELECT Id, DuplicateRecordSetId FROM DuplicateRecordItem WHERE RecordId = '{made}'")
    same(items["totalSize"], 1, "items")
    org.Lead.delete(made)


@check
def rules_are_switched_off():
    """duplicates: when the rule is inactive again, a double is saved"""
    control("duplicate-rules", {"object": "Lead", "action": "off"})
    org.Lead.delete(org.Lead.create(twin())["id"])
    same(org.query("SELECT COUNT() FROM DuplicateRule WHERE IsActive = true")["totalSize"], 0, "active rules")


@check
def matching_rules_are_listed():
    """duplicates: the rules, their matching rules and the fields these compare can be queried"""
    fields = "Id, DeveloperName, MasterLabel, SobjectType, SobjectSubtype, IsActive, Language, NamespacePrefix"
    rules = org.query(f"SELECT {fields} FROM DuplicateRule")["records"]
    holds({rule["SobjectType"] for rule in rules}, ["Account", "Contact", "Lead"], "duplicate rules")
    fields = "Id, DeveloperName, MasterLabel, SobjectType, MatchEngine, RuleStatus, BooleanFilter"
    matching = org.query(f"SELECT {fields} FROM MatchingRule WHERE SobjectType = 'Lead'")["records"]
    fields = "MatchingRuleId, Field, MatchingMethod, BlankValueBehavior, SortOrder"
    items = org.query(f"SELECT {fields} FROM MatchingRuleItem WHERE MatchingRuleId = '{matching[0]['Id']}'")
    assert items["totalSize"] >= 1, "no items"


# Validation rules.


@check
def validation_refuses():
    """validation: an active rule refuses with FIELD_CUSTOM_VALIDATION_EXCEPTION, its words, and its field if it has one"""
    rules = {rule["object"]: rule for rule in control("validation-rules", method="GET").json()}
    for objects, values in {
        "Contact": {"LastName": "Ruled"},
        "Opportunity": {"Name": "Ruled", "StageName": "Negotiation/Review", "CloseDate": "2027-01-01"},
        "Lead": {"LastName": "Ruled", "Company": "Ruled"},
    }.items():
        rule = rules[objects]
        kept = getattr(org, objects).create(values)["id"]
        getattr(org, objects).delete(kept)
        control("validation-rules", {"rule": rule["rule"], "active": True})
        try:
            error = bad_request("FIELD_CUSTOM_VALIDATION_EXCEPTION", lambda: getattr(org, objects).create(values), rule["message"])
            same(error["fields"], [rule["field"]] if rule["field"] else [], objects)
        finally:
            control("validation-rules", {"rule": rule["rule"], "active": False})


@check
def validation_is_everywhere():
    """validation: Collections and Bulk 2 fail the row, an update is refused too"""
    rule = next(rule for rule in control("validation-rules", method="GET").json() if rule["object"] == "Contact")
    account = org.Account.create({"Name": "Ruled"})["id"]
    contact = org.Contact.create({"LastName": "Ruled", "AccountId": account})["id"]
    control("validation-rules", {"rule": rule["rule"], "active": True})
    try:
        bad_request("FIELD_CUSTOM_VALIDATION_EXCEPTION", lambda: org.Contact.update(contact, {"AccountId": None}))
        body = {"records": [{"attributes": {"type": "Contact"}, "LastName": "Ruled"}]}
        results = org.restful("composite/sobjects", method="POST", json=body)
        same(results[0]["errors"][0]["statusCode"], "FIELD_CUSTOM_VALIDATION_EXCEPTION", "Collections")
        good, bad = load("Contact", f"LastName,AccountId\nGood,{account}\nBad,\n")
        same(([row["LastName"] for row in good], [row["LastName"] for row in bad]), (["Good"], ["Bad"]), "Bulk 2")
        wanted = f"FIELD_CUSTOM_VALIDATION_EXCEPTION:{rule['message']}:{rule['field']} --"
        same(bad[0]["sf__Error"], wanted, "sf__Error")
    finally:
        control("validation-rules", {"rule": rule["rule"], "active": False})


# Record types.


def record_types(objects):
    return {info["developerName"]: info for info in getattr(org, objects).describe()["recordTypeInfos"]}


@check
def record_types_are_chosen():
    """record types: the default, or the one that is given; another object's is refused"""
    infos = record_types("Account")
    default = next(info["recordTypeId"] for info in infos.values() if info["defaultRecordTypeMapping"])
    made = org.Account.get(org.Account.create({"Name": "Typed"})["id"])
    same(made["RecordTypeId"], None if default.startswith("012000000000000") else default, "default")
    partner = infos["Partner"]["recordTypeId"]
    made = org.Account.create({"Name": "Typed", "RecordTypeId": partner})["id"]
    found = org.query(f"SELECT RecordType.DeveloperName FROM Account WHERE Id = '{made}'")["records"][0]
    same(found["RecordType"]["DeveloperName"], "Partner", "given")
    other = record_types("Lead")["Inbound"]["recordTypeId"]
    error = error_of(refused(SalesforceMalformedRequest, lambda: org.Account.create({"Name": "x", "RecordTypeId": other})))
    same(error["errorCode"], "INVALID_CROSS_REFERENCE_KEY", error["message"])
    assert error["message"].startswith("Record Type ID: this ID value isn't valid for the user: "), error["message"]


@check
def picklists_depend_on_record_types():
    """record types: the User Interface API tells the values of every picklist of a record type"""
    partner = record_types("Account")["Partner"]["recordTypeId"]
    answer = http("GET", f"{DATA}/ui-api/object-info/Account/picklist-values/{partner}")
    same(answer.status_code, 200, answer.text[:200])
    industry = answer.json()["picklistFieldValues"]["Industry"]
    holds(industry, ["controllerValues", "defaultValue", "values"], "Industry")
    holds([value["value"] for value in industry["values"]], ["Banking", "Technology"], "values")


run()
