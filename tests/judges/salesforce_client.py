"""simple-salesforce against the demo org: REST, SOQL, Collections, Bulk API 2.0.

Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment.
"""

import csv
import io
import os

import requests
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.bulk2 import ColumnDelimiter, LineEnding
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceOperationError,
    SalesforceResourceNotFound,
)

from verdict import check, refused, run, same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]
TOKEN = os.environ["DEMO_ACCESS_TOKEN"]
HOST = INSTANCE.removeprefix("http://")
BULK_ROWS = 2500


class Loopback(requests.adapters.HTTPAdapter):
    """The client knows https only; the demo org on loopback speaks http."""

    def send(self, request, *arguments, **options):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *arguments, **options)


def connect(token=TOKEN):
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", Loopback())
    return Salesforce(instance_url=f"https://{HOST}", session_id=token, version="60.0", session=session)


org = connect()
kept = {}


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def count(condition, objects="Lead"):
    return org.query(f"SELECT COUNT() FROM {objects} WHERE {condition}")["totalSize"]


def error_of(exception):
    return exception.content[0]


@check
def objects_are_described():
    """describe names the objects, their prefixes, and every field that the default mappings fill"""
    prefixes = {found["name"]: found["keyPrefix"] for found in org.describe()["sobjects"]}
    for name, prefix in {"Account": "001", "Contact": "003", "Lead": "00Q", "User": "005"}.items():
        same(prefixes.get(name), prefix, name)
    wanted = {
        "Account": "Name Website Phone Fax BillingStreet BillingCity BillingState BillingPostalCode BillingCountry "
        "AnnualRevenue NumberOfEmployees Industry Description TickerSymbol Sic NaicsCode Ownership YearStarted "
        "AccountSource Segment__c ZoomInfo_Id__c",
        "Contact": "FirstName LastName MiddleName Salutation Suffix Title Department Email Phone MobilePhone Fax "
        "MailingStreet MailingCity MailingState MailingPostalCode MailingCountry LeadSource AccountId Function__c",
        "Lead": "FirstName LastName Salutation Title Company Email Phone MobilePhone Fax Website Street City State "
        "PostalCode Country Industry AnnualRevenue NumberOfEmployees Description LeadSource Status",
    }
    for name, fields in wanted.items():
        known = {field["name"]: field for field in getattr(org, name).describe()["fields"]}
        for field in fields.split():
            assert known[field]["createable"], f"{name}.{field} cannot be written"
        same(len({len(field) for field in known.values()}), 1, f"{name}: fields with different members")


@check
def a_record_lives_and_dies():
    """a record is created, read, changed, emptied, deleted, and found again by queryAll only"""
    made = org.Account.create({"Name": "Judged & Sons", "AnnualRevenue": 2500000, "NumberOfEmployees": 12})
    same((made["success"], made["id"][:3], len(made["id"])), (True, "001", 18), "create")
    found = org.Account.get(made["id"][:15])
    same((found["Name"], found["AnnualRevenue"], found["NumberOfEmployees"]), ("Judged & Sons", 2500000, 12), "get")
    same(org.Account.update(made["id"], {"Phone": "1", "NumberOfEmployees": None}), 204, "update")
    found = org.Account.get(made["id"])
    same((found["Phone"], found["NumberOfEmployees"]), ("1", None), "after the update")
    same(org.Account.delete(made["id"]), 204, "delete")
    error = refused(SalesforceResourceNotFound, lambda: org.Account.get(made["id"]))
    same(error_of(error)["errorCode"], "ENTITY_IS_DELETED", "get of a deleted record")
    text = f"SELECT IsDeleted FROM Account WHERE Id = '{made['id']}'"
    same(org.query(text)["totalSize"], 0, "query")
    same(org.query(text, include_deleted=True)["records"][0]["IsDeleted"], True, "queryAll")


@check
def writes_are_validated():
    """each rule of a field is refused with its documented code"""
    for values, code, fields in [
        ({"LastName": "x"}, "REQUIRED_FIELD_MISSING", ["Company"]),
        ({"LastName": "x" * 81, "Company": "x"}, "STRING_TOO_LONG", ["LastName"]),
        ({"LastName": "x", "Company": "x", "Email": "nobody"}, "INVALID_EMAIL_ADDRESS", ["Email"]),
        ({"LastName": "x", "Company": "x", "Function__c": "Wizardry"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", ["Function__c"]),
        ({"LastName": "x", "Company": "x", "NumberOfEmployees": 123456789}, "NUMBER_OUTSIDE_VALID_RANGE", ["NumberOfEmployees"]),
        ({"LastName": "x", "Company": "x", "CreatedDate": "2020-01-01T00:00:00Z"}, "INVALID_FIELD_FOR_INSERT_UPDATE", ["CreatedDate"]),
        ({"LastName": "x", "Company": "x", "OwnerId": "nobody"}, "MALFORMED_ID", ["OwnerId"]),
    ]:
        error = error_of(refused(SalesforceMalformedRequest, lambda: org.Lead.create(values)))
        same((error["errorCode"], error["fields"]), (code, fields), code)
    error = error_of(refused(SalesforceMalformedRequest, lambda: org.Lead.create({"Nope": 1})))
    same(error["errorCode"], "INVALID_FIELD", "unknown field")


@check
def an_inactive_user_owns_nothing():
    """a record cannot be given to an inactive user"""
    user = org.query("SELECT Id FROM User WHERE IsActive = false LIMIT 1")["records"][0]["Id"]
    error = refused(SalesforceMalformedRequest, lambda: org.Account.create({"Name": "x", "OwnerId": user}))
    same(error_of(error)["errorCode"], "INACTIVE_OWNER_OR_USER", "code")


@check
def an_external_id_is_unique():
    """upsert creates once, then updates; a second record with the same external id is refused"""
    first = org.Contact.upsert("ZoomInfo_Id__c/judge-1", {"LastName": "Upserted"}, raw_response=True)
    same((first.status_code, first.json()["created"]), (201, True), "first")
    again = org.Contact.upsert("ZoomInfo_Id__c/judge-1", {"LastName": "Renamed"}, raw_response=True)
    same((again.status_code, again.json()["created"], again.json()["id"]), (200, False, first.json()["id"]), "second")
    double = {"LastName": "Double", "ZoomInfo_Id__c": "JUDGE-1"}
    error = error_of(refused(SalesforceMalformedRequest, lambda: org.Contact.create(double)))
    same(error["errorCode"], "DUPLICATE_VALUE", "duplicate")
    assert first.json()["id"] in error["message"], error["message"]


@check
def queries_escape_and_compare():
    """SOQL: what the client escapes is found exactly; LIKE, IN, parents and children work"""
    name = "O'Hara \\ 50%_\"x\" žluť"
    account = org.Account.create({"Name": name})["id"]
    contact = org.Contact.create({"LastName": "Child", "AccountId": account})["id"]
    same(org.query(format_soql("SELECT Id FROM Account WHERE Name = {}", name))["records"][0]["Id"], account, "=")
    pattern = format_soql("SELECT Id FROM Account WHERE Name LIKE '%{:like}%'", "50%_")
    same(org.query(pattern)["totalSize"], 1, "LIKE")
    up = org.query(format_soql("SELECT Account.Name, Owner.Name FROM Contact WHERE Id IN {}", [contact]))["records"][0]
    same((up["Account"]["Name"], up["Owner"]["Name"]), (name, "Demo Admin"), "parents")
    down = org.query(f"SELECT (SELECT Id FROM Contacts), (SELECT Id FROM Opportunities) FROM Account WHERE Id = '{account}'")
    same(down["records"][0]["Contacts"]["records"][0]["Id"], contact, "children")
    same(down["records"][0]["Opportunities"], None, "no children")
    org.Account.delete(account)
    same(refused(SalesforceResourceNotFound, lambda: org.Contact.get(contact)).status, 404, "deleted with its account")


@check
def bad_queries_are_refused():
    """SOQL that is none, and names that are none, are 400 with their codes"""
    for text, code in [
        ("SELECT Id FORM Lead WHERE", "MALFORMED_QUERY"),
        ("SELECT Nope FROM Lead", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
    ]:
        error = refused(SalesforceMalformedRequest, lambda: org.query(text))
        same((error.status, error_of(error)["errorCode"]), (400, code), text)


@check
def collections_keep_order():
    """Collections: 200 records at most, results in order, bad rows named or all rolled back"""
    lead = lambda number: {"attributes": {"type": "Lead"}, "LastName": f"Collected {number}", "Company": "Collected"}
    post = lambda body: org.restful("composite/sobjects", method="POST", json=body)
    results = post({"allOrNone": False, "records": [lead(0), {"attributes": {"type": "Lead"}}, lead(2)]})
    same([row["success"] for row in results], [True, False, True], "success")
    same(results[1]["errors"][0]["fields"], ["LastName", "Company"], "fields")
    same(org.Lead.get(results[2]["id"])["LastName"], "Collected 2", "order")
    results = post({"allOrNone": True, "records": [lead(7), {"attributes": {"type": "Lead"}}]})
    same([row["errors"][0]["statusCode"] for row in results], ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"], "rolled back")
    same(count("LastName = 'Collected 7'"), 0, "rolled back")
    error = refused(SalesforceMalformedRequest, lambda: post({"records": [lead(9)] * 201}))
    same(error_of(error)["errorCode"], "EXCEEDED_ID_LIMIT", "201")


@check
def bulk_inserts():
    """Bulk 2: rows with quotes, newlines and any script arrive exactly, and each has its result"""
    texts = ['a "quoted", one', "two\r\nlines", "žluťoučký 東京 😀", "tab\tand ; | ^ `"]
    rows = [
        {"LastName": f"Bulk {number:05}", "Company": "Judge Bulk", "Description": texts[number % 4], "Title": "T"}
        for number in range(BULK_ROWS)
    ]
    job = org.bulk2.Lead.insert(records=rows, line_ending=LineEnding.CRLF, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (BULK_ROWS, 0), "counts")
    found = table(org.bulk2.Lead.get_successful_records(job["job_id"]))
    same(list(found[0])[:2], ["sf__Id", "sf__Created"], "first columns")
    same(sorted(row["LastName"] for row in found), [row["LastName"] for row in rows], "rows")
    kept["leads"] = {row["LastName"]: row["sf__Id"] for row in found}
    for number in range(4):
        same(org.Lead.get(kept["leads"][f"Bulk {number:05}"])["Description"], texts[number], "value")
    same(table(org.bulk2.Lead.get_failed_records(job["job_id"])), [], "failed")
    same(table(org.bulk2.Lead.get_unprocessed_records(job["job_id"])), [], "unprocessed")


@check
def bulk_reports_bad_rows():
    """Bulk 2: a bad row fails alone, with code, message and fields in sf__Error"""
    rows = [{"LastName": "Fine", "Company": "Judge Mixed"}, {"LastName": "", "Company": "Judge Mixed"}]
    job = org.bulk2.Lead.insert(records=rows, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (2, 1), "counts")
    failed = table(org.bulk2.Lead.get_failed_records(job["job_id"]))
    wanted = "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --"
    same((failed[0]["sf__Id"], failed[0]["sf__Error"]), ("", wanted), "sf__Error")
    same(count("Company = 'Judge Mixed'"), 1, "saved")


@check
def bulk_updates():
    """Bulk 2: an empty cell leaves a field, #N/A empties it"""
    ids = kept["leads"]
    rows = [{"Id": ids["Bulk 00000"], "Title": "#N/A", "City": "Brno"}, {"Id": ids["Bulk 00001"], "Title": "", "City": "Brno"}]
    job = org.bulk2.Lead.update(records=rows, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (2, 0), "counts")
    titles = [org.Lead.get(row["Id"])["Title"] for row in rows]
    same(titles, [None, "T"], "Title")


@check
def bulk_upserts():
    """Bulk 2: upsert by external id creates and updates, and says which"""
    rows = lambda start, end: [{"ZoomInfo_Id__c": f"bulk-{number}", "LastName": "U", "Company": "U"} for number in range(start, end)]
    org.bulk2.Lead.upsert(records=rows(0, 20), external_id_field="ZoomInfo_Id__c", wait=0.1)
    job = org.bulk2.Lead.upsert(records=rows(10, 30), external_id_field="ZoomInfo_Id__c", wait=0.1)[0]
    created = [row["sf__Created"] for row in table(org.bulk2.Lead.get_successful_records(job["job_id"]))]
    same((created.count("true"), created.count("false")), (10, 10), "sf__Created")
    same(count("ZoomInfo_Id__c LIKE 'bulk-%'"), 30, "records")


@check
def bulk_delimiters():
    """Bulk 2: every column delimiter"""
    for delimiter in ColumnDelimiter:
        row = {"LastName": delimiter.name, "Company": "Judge; Delimiters, | ^ `"}
        job = org.bulk2.Lead.insert(records=[row], column_delimiter=delimiter, wait=0.1)[0]
        same(job["numberRecordsFailed"], 0, delimiter.name)
    same(count("Company = 'Judge; Delimiters, | ^ `'"), len(ColumnDelimiter), "records")


@check
def bulk_refuses_unknown_columns():
    """Bulk 2: a column that is no field fails the whole job"""
    rows = [{"LastName": "x", "Company": "Judge Column", "Nope__c": "1"}]
    error = refused(SalesforceOperationError, lambda: org.bulk2.Lead.insert(records=rows, wait=0.1))
    assert "InvalidBatch : Field name not found : Nope__c" in str(error), error
    same(count("Company = 'Judge Column'"), 0, "records")


@check
def queries_come_in_pages():
    """query: more than 2,000 records come in pages, in order, each once"""
    text = "SELECT LastName FROM Lead WHERE Company = 'Judge Bulk' ORDER BY LastName"
    first = org.query(text)
    same((first["totalSize"], len(first["records"]), first["done"]), (BULK_ROWS, 2000, False), "first page")
    everything = [row["LastName"] for row in org.query_all_iter(text)]
    same(everything, sorted(kept["leads"]), "all pages")


@check
def bulk_query_pages():
    """Bulk 2 query: pages by locator, a header on each, the last one says null"""
    results = org.bulk2.Lead.query("SELECT Id, LastName FROM Lead WHERE Company = 'Judge Bulk'", max_records=1000, wait=0.1)
    pages = [table(page) for page in results]
    same([len(page) for page in pages], [1000, 1000, BULK_ROWS - 2000], "rows of each page")
    same({row["LastName"]: row["Id"] for page in pages for row in page}, kept["leads"], "rows")


@check
def bulk_deletes():
    """Bulk 2: deleted records are gone, and deleting them again fails each row"""
    rows = [{"Id": found} for found in kept["leads"].values()]
    job = org.bulk2.Lead.delete(records=rows, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (BULK_ROWS, 0), "counts")
    same(count("Company = 'Judge Bulk'"), 0, "left")
    job = org.bulk2.Lead.delete(records=rows[:3], wait=0.1)[0]
    errors = [row["sf__Error"] for row in table(org.bulk2.Lead.get_failed_records(job["job_id"]))]
    same([error.split(":")[0] for error in errors], ["ENTITY_IS_DELETED"] * 3, "again")


@check
def usage_is_told():
    """every answer says how many requests were used, and limits agrees"""
    org.query("SELECT Id FROM Lead LIMIT 1")
    before = org.api_usage["api-usage"].used
    limits = org.limits()["DailyApiRequests"]
    after = org.api_usage["api-usage"].used
    same(after, before + 1, "used")
    same(limits["Max"] - limits["Remaining"], after, "limits")


@check
def a_wrong_token_is_refused():
    """an unknown token is 401 INVALID_SESSION_ID"""
    error = refused(SalesforceExpiredSession, lambda: connect("00Dxx!nobody").query("SELECT Id FROM Lead"))
    same(error_of(error)["errorCode"], "INVALID_SESSION_ID", "code")


run()
