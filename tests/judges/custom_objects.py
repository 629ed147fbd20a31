"""simple-salesforce against custom objects: formulas, numbers of the org, every type of field, details, external ids.

Sources: SOAP API Developer Guide ("Field", "DescribeSObjectResult"), REST API Developer Guide ("sObject Rows by External
ID"), SOQL and SOSL Reference ("Relationship Names, Custom Objects, and Custom Fields", "Querying Multi-Select Picklists").
"""

import base64
import re

from simple_salesforce.exceptions import SalesforceMoreThanOneRecord, SalesforceResourceNotFound

from connection import bad_request, connect, table
from verdict import check, holds, refused, run, same

org = connect()
fields = {field["name"]: field for field in org.Project__c.describe()["fields"]}
kept = {}


@check
def custom_objects_are_described():
    """describe: custom objects and fields are marked, children and parents have names that end in __r"""
    described = org.Project__c.describe()
    same((described["custom"], described["keyPrefix"][0]), (True, "a"), "object")
    reference = fields["Account__c"]
    same((reference["relationshipName"], reference["referenceTo"], reference["custom"]), ("Account__r", ["Account"], True), "parent")
    children = {child["relationshipName"]: child for child in described["childRelationships"]}
    same((children["Steps__r"]["childSObject"], children["Steps__r"]["cascadeDelete"]), ("Project_Step__c", True), "children")
    types = {"Topics__c": "multipicklist", "Discount__c": "percent", "Standup__c": "time", "Kickoff__c": "datetime", "Place__c": "location", "Access_Word__c": "encryptedstring"}
    same({name: fields[name]["type"] for name in types}, types, "types")
    same((fields["Details__c"]["extraTypeInfo"], fields["Details__c"]["htmlFormatted"]), ("richtextarea", True), "rich text")
    same((fields["Place__Latitude__s"]["compoundFieldName"], fields["Place__c"]["createable"]), ("Place__c", False), "location")


@check
def values_of_every_type():
    """values: each type goes in and comes out"""
    account = org.Account.create({"Name": "Custom", "ZoomInfo_Id__c": "custom-parent"})["id"]
    values = {
        "Name": "Project",
        "Project_Code__c": "P-1",
        "Account__c": account,
        "Topics__c": "Data;Security",
        "Seats__c": 12,
        "Score__c": 3.25,
        "Unit_Price__c": 2.5,
        "Discount__c": 10,
        "Start_Date__c": "2026-12-24",
        "Kickoff__c": "2026-12-24T08:00:00.000+0000",
        "Standup__c": "09:30:00.000Z",
        "Billable__c": True,
        "Notes__c": "one\ntwo",
        "Place__Latitude__s": 50.1,
        "Place__Longitude__s": 14.4,
    }
    kept["project"] = org.Project__c.create(values)["id"]
    found = org.Project__c.get(kept["project"])
    same({name: found[name] for name in values}, values, "values")
    same((found["Place__c"]["latitude"], found["Place__c"]["longitude"]), (50.1, 14.4), "compound")


@check
def formulas_are_computed():
    """formulas: computed, told as such by describe, and never written"""
    found = org.Project__c.get(kept["project"])
    same(found["Total__c"], 30, "product")
    total = fields["Total__c"]
    same((total["calculated"], total["createable"], total["updateable"]), (True, False, False), "describe")
    assert "Seats__c" in total["calculatedFormula"], total["calculatedFormula"]
    bad_request("INVALID_FIELD_FOR_INSERT_UPDATE", lambda: org.Project__c.update(kept["project"], {"Total__c": 1}))
    same(org.query("SELECT Id FROM Project__c WHERE Total__c = 30")["totalSize"], 1, "filter")


@check
def details_belong_to_their_master():
    """details: numbered by the org, need their master, and go with it"""
    bad_request("REQUIRED_FIELD_MISSING", lambda: org.Project_Step__c.create({"Title__c": "x"}))
    project = org.Project__c.create({"Name": "Master"})["id"]
    steps = [org.Project_Step__c.create({"Project__c": project, "Title__c": f"S{number}"})["id"] for number in range(2)]
    names = [org.Project_Step__c.get(step)["Name"] for step in steps]
    assert all(re.fullmatch(r"STEP-\d+", name) for name in names) and names[0] != names[1], names
    found = org.query(f"SELECT Name, (SELECT Title__c FROM Steps__r ORDER BY Title__c) FROM Project__c WHERE Id = '{project}'")["records"][0]
    same([step["Title__c"] for step in found["Steps__r"]["records"]], ["S0", "S1"], "children")
    found = org.query(f"SELECT Project__r.Name FROM Project_Step__c WHERE Id = '{steps[0]}'")["records"][0]
    same(found["Project__r"]["Name"], "Master", "parent")
    org.Project__c.delete(project)
    refused(SalesforceResourceNotFound, lambda: org.Project_Step__c.get(steps[0]))


@check
def several_values_are_searched():
    """multi-select picklists: INCLUDES and EXCLUDES, with ; for both"""
    org.Project__c.create({"Name": "Topics 1", "Topics__c": "Data;Training"})
    org.Project__c.create({"Name": "Topics 2", "Topics__c": "Integration"})
    find = lambda condition: sorted(row["Name"] for row in org.query(f"SELECT Name FROM Project__c WHERE Name LIKE 'Topics%' AND Topics__c {condition}")["records"])
    same(find("INCLUDES ('Data')"), ["Topics 1"], "INCLUDES")
    same(find("INCLUDES ('Data;Training', 'Integration')"), ["Topics 1", "Topics 2"], "both or one")
    same(find("EXCLUDES ('Data')"), ["Topics 2"], "EXCLUDES")
    bad_request("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", lambda: org.Project__c.create({"Name": "x", "Topics__c": "Data;Nope"}))


@check
def values_depend_on_values():
    """dependent picklists: describe says which values belong to which value of the controller"""
    country = fields["Country__c"]
    same((country["controllerName"], country["dependentPicklist"]), ("Region__c", True), "describe")
    regions = [entry["value"] for entry in fields["Region__c"]["picklistValues"]]
    valid = {}
    for entry in country["picklistValues"]:
        bits = "".join(f"{byte:08b}" for byte in base64.b64decode(entry["validFor"]))
        valid[entry["value"]] = {region for number, region in enumerate(regions) if bits[number] == "1"}
    same((valid["Germany"], valid["Canada"], valid["Elsewhere"]), ({"Europe"}, {"Americas"}, {"Americas", "Europe"}), "validFor")


@check
def an_external_id_may_be_shared():
    """upsert: an external id of two records is 300 with their addresses, and writes nothing"""
    same((fields["Legacy_Code__c"]["externalId"], fields["Legacy_Code__c"]["unique"]), (True, False), "describe")
    two = {org.Project__c.create({"Name": f"Shared {number}", "Legacy_Code__c": "shared"})["id"] for number in range(2)}
    error = refused(SalesforceMoreThanOneRecord, lambda: org.Project__c.upsert("Legacy_Code__c/shared", {"Name": "Lost"}))
    same(error.status, 300, "status")
    same({address.rsplit("/", 1)[1] for address in error.content}, two, "addresses")
    same(org.query("SELECT COUNT() FROM Project__c WHERE Name = 'Lost'")["totalSize"], 0, "written")
    refused(SalesforceMoreThanOneRecord, lambda: org.Project__c.get_by_custom_id("Legacy_Code__c", "shared"))


@check
def lookups_are_loaded():
    """Bulk 2: custom objects by external id, with parents by __r and the parents' external ids"""
    rows = [{"Project_Code__c": f"B-{number}", "Name": f"Bulk {number}", "Account__r.ZoomInfo_Id__c": "custom-parent", "Billable__c": "true"} for number in range(5)]
    job = org.bulk2.Project__c.upsert(records=rows, external_id_field="Project_Code__c", wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (5, 0), table(org.bulk2.Project__c.get_failed_records(job["job_id"])))
    found = org.query("SELECT Account__r.Name, Billable__c FROM Project__c WHERE Project_Code__c = 'B-3'")["records"][0]
    same((found["Account__r"]["Name"], found["Billable__c"]), ("Custom", True), "record")
    pages = org.bulk2.Project__c.query("SELECT Name, Account__r.Name, Total__c FROM Project__c WHERE Project_Code__c LIKE 'B-%'", wait=0.05)
    found = [row for text in pages for row in table(text)]
    same({row["Account__r.Name"] for row in found}, {"Custom"}, "Bulk 2 query")


@check
def record_types_limit_values():
    """record types: a picklist may offer fewer values"""
    infos = {info["developerName"]: info["recordTypeId"] for info in org.Project__c.describe()["recordTypeInfos"]}
    holds(infos, ["Client", "Internal"], "record types")
    values = org.restful(f"ui-api/object-info/Project__c/picklist-values/{infos['Internal']}")["picklistFieldValues"]["Stage__c"]["values"]
    same([value["value"] for value in values], ["Planned", "Running", "Done"], "values")


run()
