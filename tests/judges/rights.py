"""simple-salesforce as users with fewer rights: API access, setup, objects, fields, record types, campaigns, deletion.

Sources: REST API Developer Guide ("Limits", "sObject Describe"), Object Reference ("UserPermissionAccess"), Salesforce
Help ("Field-Level Security", "User Permissions"). The environment is that of `oauth_app`.
"""

from simple_salesforce.exceptions import SalesforceError, SalesforceRefusedRequest

from connection import DATA, bad_request, connect, error_of, http, table
from oauth_app import log_in
from verdict import check, refused, run, same

org = connect()
PERMISSIONS = "PermissionsApiEnabled PermissionsViewSetup PermissionsModifyAllData PermissionsViewAllData PermissionsBulkApiHardDelete PermissionsCreateAuditFields PermissionsMarketingUser".split()
tokens = {}


def token_of(login):
    if login not in tokens:
        username = org.query(f"SELECT Username FROM User WHERE Username LIKE '{login}@%'")["records"][0]["Username"]
        tokens[login] = log_in(username=username)["access_token"]
    return tokens[login]


def as_user(login):
    return connect(token_of(login))


def fields_of(client, name):
    return {field["name"]: field for field in getattr(client, name).describe()["fields"]}


@check
def permissions_are_one_row():
    """UserPermissionAccess: exactly one row, for who asks; an unknown permission is an unknown column"""
    answer = org.query(f"SELECT {', '.join(PERMISSIONS)} FROM UserPermissionAccess")
    same((answer["totalSize"], answer["records"][0]["PermissionsModifyAllData"]), (1, True), "administrator")
    same(answer["records"][0]["PermissionsBulkApiHardDelete"], False, "hard delete")
    answer = as_user("no.setup").query("SELECT PermissionsApiEnabled, PermissionsViewSetup FROM UserPermissionAccess")
    same([(row["PermissionsApiEnabled"], row["PermissionsViewSetup"]) for row in answer["records"]], [(True, False)], "another user")
    bad_request("INVALID_FIELD", lambda: org.query("SELECT PermissionsNope FROM UserPermissionAccess"))


@check
def no_api_without_its_permission():
    """API Enabled: without it every call is 403 API_CURRENTLY_DISABLED or API_DISABLED_FOR_ORG"""
    error = error_of(refused(SalesforceRefusedRequest, lambda: as_user("no.api").query("SELECT Id FROM Account")))
    same(error["errorCode"] in ("API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG"), True, error)


@check
def limits_need_setup():
    """View Setup and Configuration: without it the limits are refused, data is not"""
    user = as_user("no.setup")
    same(refused(SalesforceError, user.limits).status, 403, "limits")
    same(len(user.query("SELECT Id FROM Account LIMIT 1")["records"]), 1, "query")


@check
def readers_only_read():
    """objects: who may only read is told so by describe, and refused when writing"""
    user = as_user("read.only")
    described = user.Lead.describe()
    flags = tuple(described[flag] for flag in ("createable", "updateable", "deletable", "queryable"))
    same(flags, (False, False, False, True), "describe")
    same(any(field["createable"] or field["updateable"] for field in described["fields"]), False, "fields")
    lead = org.Lead.create({"LastName": "Read", "Company": "x"})["id"]
    same(user.Lead.get(lead)["LastName"], "Read", "read")
    for write in (
        lambda: user.Lead.create({"LastName": "x", "Company": "x"}),
        lambda: user.Lead.update(lead, {"Title": "x"}),
        lambda: user.Lead.delete(lead),
    ):
        error = refused(SalesforceError, write)
        same(error.status in (400, 403), True, error.status)
        wanted = ("INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "INVALID_FIELD_FOR_INSERT_UPDATE")
        same(error_of(error)["errorCode"] in wanted, True, error_of(error))
    same(org.Lead.get(lead)["Title"], None, "nothing written")


@check
def hidden_fields_are_not_there():
    """field-level security: a hidden field is absent from describe, records, queries and FIELDS(), and cannot be written"""
    lead = org.Lead.create({"LastName": "Hidden", "Company": "x", "Phone": "1", "AnnualRevenue": 5})["id"]
    user = as_user("some.fields")
    same({"Phone", "AnnualRevenue"} & set(fields_of(user, "Lead")), set(), "describe")
    same({"Phone", "AnnualRevenue"} & set(user.Lead.get(lead)), set(), "get")
    bad_request("INVALID_FIELD", lambda: user.query("SELECT Phone FROM Lead"), "No such column 'Phone' on entity 'Lead'")
    bad_request("INVALID_FIELD", lambda: user.query("SELECT Id FROM Lead WHERE Phone = '1'"))
    found = user.query(f"SELECT FIELDS(ALL) FROM Lead WHERE Id = '{lead}' LIMIT 1")["records"][0]
    same({"Phone", "AnnualRevenue"} & set(found), set(), "FIELDS()")
    error = error_of(refused(SalesforceError, lambda: user.Lead.update(lead, {"Phone": "2"})))
    same(error["errorCode"] in ("INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"), True, error)
    same(org.Lead.get(lead)["Phone"], "1", "nothing written")
    answer = http("POST", f"{DATA}/jobs/query", token=token_of("some.fields"), json={"operation": "query", "query": "SELECT Phone FROM Lead"})
    same((answer.status_code, answer.json()[0]["errorCode"]), (400, "INVALID_FIELD"), "Bulk 2 query")


@check
def closed_fields_are_only_read():
    """field-level security: a read-only field is not updateable, and writing it is INVALID_FIELD_FOR_INSERT_UPDATE"""
    user = as_user("some.fields")
    website = fields_of(user, "Account")["Website"]
    same((website["createable"], website["updateable"]), (False, False), "describe")
    account = org.Account.create({"Name": "Closed", "Website": "a.example"})["id"]
    same(user.Account.get(account)["Website"], "a.example", "read")
    text = "Unable to create/update fields: Website."
    bad_request("INVALID_FIELD_FOR_INSERT_UPDATE", lambda: user.Account.update(account, {"Website": "b.example"}), text)
    bad_request("INVALID_FIELD_FOR_INSERT_UPDATE", lambda: user.Account.create({"Name": "x", "Website": "b.example"}), text)


@check
def bulk_keeps_the_rights():
    """field-level security: a Bulk 2 job with a hidden field fails, or fails its rows, and writes nothing there"""
    user = as_user("some.fields")
    rows = [{"LastName": "Bulk hidden", "Company": "x", "Phone": "1"}]
    try:
        job = user.bulk2.Lead.insert(records=rows, wait=0.05)[0]
    except Exception as error:
        assert "Phone" in str(error), error
    else:
        same(job["numberRecordsFailed"], 1, "failed")
        assert "Phone" in table(user.bulk2.Lead.get_failed_records(job["job_id"]))[0]["sf__Error"], "sf__Error"
    same(org.query("SELECT COUNT() FROM Lead WHERE LastName = 'Bulk hidden'")["totalSize"], 0, "saved")


@check
def hidden_objects_are_not_there():
    """objects: a hidden object is absent from describe, and its queries are INVALID_TYPE"""
    user = as_user("some.fields")
    assert "Opportunity" not in {entry["name"] for entry in user.describe()["sobjects"]}, "listed"
    same(refused(SalesforceError, user.Opportunity.describe).status, 404, "describe")
    bad_request("INVALID_TYPE", lambda: user.query("SELECT Id FROM Opportunity"))


@check
def record_types_can_be_closed():
    """record types: one that the user may not choose is not available, and refused"""
    user = as_user("some.fields")
    infos = {info["developerName"]: info for info in user.Account.describe()["recordTypeInfos"]}
    partner = {info["developerName"]: info for info in org.Account.describe()["recordTypeInfos"]}["Partner"]
    same(infos.get("Partner", {"available": False})["available"], False, "available")
    create = lambda: user.Account.create({"Name": "x", "RecordTypeId": partner["recordTypeId"]})
    bad_request("INVALID_CROSS_REFERENCE_KEY", create)


@check
def campaigns_need_marketing_users():
    """Marketing User: without it campaigns are not created"""
    user = as_user("no.setup")
    same(refused(SalesforceError, lambda: user.Campaign.create({"Name": "x"})).status in (400, 403), True, "status")
    same(user.Campaign.describe()["createable"], False, "describe")


@check
def stewards_delete_for_ever():
    """Bulk API Hard Delete: with it rows are deleted past the recycle bin"""
    user = as_user("data.steward")
    lead = org.Lead.create({"LastName": "For ever", "Company": "x"})["id"]
    job = user.bulk2.Lead.hard_delete(records=[{"Id": lead}], wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (1, 0), "counts")
    found = org.query(f"SELECT Id FROM Lead WHERE Id = '{lead}'", include_deleted=True)
    same(found["totalSize"], 0, "in the recycle bin")


@check
def records_carry_who_wrote_them():
    """users: what a user creates is owned and stamped by that user"""
    user = as_user("no.setup")
    account = user.Account.create({"Name": "Stamped"})["id"]
    found = org.query(f"SELECT Owner.Username, CreatedBy.Username FROM Account WHERE Id = '{account}'")["records"][0]
    same({found["Owner"]["Username"].split("@")[0], found["CreatedBy"]["Username"].split("@")[0]}, {"no.setup"}, "users")


run()
