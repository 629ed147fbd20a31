"""simple-salesforce against an org that has the ZoomInfo native app: namespace DOZISF, its fields and objects.

Sources: public files of orgs that have the package name these fields and objects; Object Reference ("PackageLicense").
"""

from connection import connect, table
from verdict import check, holds, run, same

org = connect()


def fields_of(name):
    return {field["name"]: field for field in getattr(org, name).describe()["fields"]}


@check
def the_package_is_found():
    """objects of the namespace are listed, and the package is licensed"""
    listed = {entry["name"]: entry for entry in org.describe()["sobjects"]}
    for name in ("DOZISF__ZoomInfo__c", "DOZISF__ZoomInfo_Scoop__c", "DOZISF__ZoomInfo_Intent__c"):
        assert listed[name]["custom"] and listed[name]["queryable"], name
        same(org.query(f"SELECT COUNT() FROM {name}")["done"], True, name)
    found = org.query("SELECT NamespacePrefix, Status FROM PackageLicense WHERE NamespacePrefix = 'DOZISF'")
    same([row["Status"] for row in found["records"]], ["Active"], "PackageLicense")


@check
def its_fields_are_there():
    """accounts, contacts and leads have the package's fields, with their labels and types"""
    stamps = {"DOZISF__ZoomInfo_First_Updated__c": "ZoomInfo First Updated", "DOZISF__ZoomInfo_Last_Updated__c": "ZoomInfo Last Updated"}
    for name in ("Account", "Contact", "Lead"):
        known = fields_of(name)
        for field, label in stamps.items():
            same((known[field]["type"], known[field]["label"], known[field]["custom"]), ("datetime", label, True), f"{name}.{field}")
        same(known["DOZISF__ZoomInfo_Id__c"]["type"], "string", name)
        same((known["DOZISF__ZoomInfo_Enrich_Status__c"]["type"]), "picklist", name)
    same(fields_of("Account")["DOZISF__ZoomInfo_Id__c"]["label"], "ZoomInfo Company ID", "label")
    for name in ("Account", "Contact"):
        same(fields_of(name)["DOZISF__ZoomInfo_InboxAI_ID__c"]["label"], "ZoomInfo InboxAI ID", name)
    for name in ("Contact", "Lead"):
        assert "DOZISF__ZoomInfo_Company_ID__c" in fields_of(name), name
    holds(fields_of("Contact"), ["DOZISF__ZoomInfo_Non_Matched_Reason__c"], "Contact")
    for name in ("Contact", "Opportunity"):
        suffixes = ("App_Field", "Current_Endpoint", "Last_Processed_Date")
        holds(fields_of(name), [f"DOZISF__ZoomInfo_Opsos_{suffix}__c" for suffix in suffixes], name)


@check
def its_fields_are_written():
    """its fields are written over REST and in bulk, and queried"""
    lead = org.Lead.create({"LastName": "Native", "Company": "x", "DOZISF__ZoomInfo_Id__c": "123"})["id"]
    rows = [{"Id": lead, "DOZISF__ZoomInfo_Company_ID__c": "456", "DOZISF__ZoomInfo_Last_Updated__c": "2026-11-23T10:00:00Z"}]
    job = org.bulk2.Lead.update(records=rows, wait=0.05)[0]
    same(job["numberRecordsFailed"], 0, table(org.bulk2.Lead.get_failed_records(job["job_id"])))
    found = org.query("SELECT Id, DOZISF__ZoomInfo_Company_ID__c, DOZISF__ZoomInfo_Last_Updated__c FROM Lead WHERE DOZISF__ZoomInfo_Id__c = '123'")["records"][0]
    wanted = (lead, "456", "2026-11-23T10:00:00.000+0000")
    same((found["Id"], found["DOZISF__ZoomInfo_Company_ID__c"], found["DOZISF__ZoomInfo_Last_Updated__c"]), wanted, "record")


@check
def scoops_and_intents_hang_on_records():
    """scoops belong to accounts and leads, intents to accounts"""
    parents = lambda name: {target for field in fields_of(name).values() for target in field["referenceTo"]}
    holds(parents("DOZISF__ZoomInfo_Scoop__c"), ["Account", "Lead"], "scoops")
    holds(parents("DOZISF__ZoomInfo_Intent__c"), ["Account"], "intents")
    holds(parents("DOZISF__ZoomInfo__c"), ["Account", "Contact", "Lead"], "profiles")
    infos = {info["name"] for info in org.DOZISF__ZoomInfo__c.describe()["recordTypeInfos"]}
    holds(infos, ["Company", "Contact"], "record types")
    lookup = {field["name"]: field["relationshipName"] for field in fields_of("DOZISF__ZoomInfo__c").values() if field["name"] == "DOZISF__Account__c"}
    same(lookup, {"DOZISF__Account__c": "DOZISF__Account__r"}, "lookup")
    account = org.Account.create({"Name": "Native"})["id"]
    profile = org.DOZISF__ZoomInfo__c.create({"DOZISF__Account__c": account})["id"]
    found = org.query(f"SELECT DOZISF__Account__r.Name FROM DOZISF__ZoomInfo__c WHERE Id = '{profile}'")["records"][0]
    same(found["DOZISF__Account__r"]["Name"], "Native", "parent")


run()
