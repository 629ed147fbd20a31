"""simple-salesforce and requests against the REST API's frame: versions, resources, headers, encodings, limits, refusals.

Sources: REST API Developer Guide ("Versions", "Resources by Version", "Limits", "Limit Info Header", "Compression",
"Status Codes and Error Responses"), "Legacy API Versions Retirement".
"""

import gzip
import json
import re

from simple_salesforce.exceptions import SalesforceExpiredSession, SalesforceResourceNotFound

from connection import DATA, INSTANCE, bad_request, connect, error_of, http, refused_with
from verdict import check, holds, refused, run, same

org = connect()


@check
def versions_are_listed():
    """versions: listed in ascending order, without a token and without using up a request"""
    org.query("SELECT Id FROM Account LIMIT 1")
    before = org.api_usage["api-usage"].used
    answer = http("GET", "/services/data", token=None)
    same(answer.status_code, 200, "status")
    versions = answer.json()
    for version in versions:
        same(set(version), {"label", "url", "version"}, "members")
        same(version["url"], f"/services/data/v{version['version']}", "url")
    numbers = [float(version["version"]) for version in versions]
    same(numbers, sorted(numbers), "order")
    holds(numbers, [31.0, 51.0, 60.0, 65.0, 66.0, 67.0, 68.0], "versions")
    same({version["version"]: version["label"] for version in versions}["68.0"], "Winter '27", "label")
    org.query("SELECT Id FROM Account LIMIT 1")
    same(org.api_usage["api-usage"].used, before + 1, "requests used")


@check
def retired_versions_are_gone():
    """versions: 30.0 and older are 410, unknown ones 404"""
    same(http("GET", "/services/data/v30.0/sobjects").status_code, 410, "v30.0")
    same(http("GET", "/services/data/v20.0/query?q=SELECT+Id+FROM+Lead").status_code, 410, "v20.0")
    same(http("GET", "/services/data/v99.0/sobjects").status_code, 404, "v99.0")
    for version in ("31.0", "51.0", "68.0"):
        assert connect(version=version).query("SELECT Id FROM Account LIMIT 1")["done"], version


@check
def resources_are_named():
    """resources: a version's resources are named with their paths"""
    resources = http("GET", DATA).json()
    wanted = "sobjects query queryAll limits composite jobs analytics recent search identity".split()
    holds(resources, wanted, "resources")
    same(resources["sobjects"], f"{DATA}/sobjects", "sobjects")
    assert "/id/00D" in resources["identity"], resources["identity"]


@check
def wrong_tokens_are_refused():
    """tokens: unknown or missing is 401 INVALID_SESSION_ID"""
    error = refused(SalesforceExpiredSession, lambda: connect("00Dxx!nobody").query("SELECT Id FROM Lead"))
    same(error_of(error)["errorCode"], "INVALID_SESSION_ID", "unknown")
    refused_with(http("GET", f"{DATA}/limits", token=None), 401, "INVALID_SESSION_ID")


@check
def usage_is_told():
    """usage: every answer says how many requests were used, and limits agrees"""
    org.query("SELECT Id FROM Lead LIMIT 1")
    before = org.api_usage["api-usage"].used
    limits = org.limits()["DailyApiRequests"]
    after = org.api_usage["api-usage"].used
    same(after, before + 1, "used")
    same(limits["Max"] - limits["Remaining"], after, "limits")
    for path in ("/sobjects/Nope", "/sobjects/Account/describe", "/jobs/ingest", "/analytics/reports"):
        told = http("GET", DATA + path).headers.get("Sforce-Limit-Info", "")
        assert re.match(r"api-usage=\d+/\d+", told), f"{path}: {told!r}"


@check
def limits_have_their_entries():
    """limits: the documented entries with Max and Remaining"""
    limits = org.limits()
    wanted = (
        "DailyApiRequests DailyBulkApiBatches DailyBulkV2QueryJobs DailyBulkV2QueryFileStorageMB DataStorageMB "
        "FileStorageMB ConcurrentSyncReportRuns ConcurrentAsyncGetReportInstances HourlySyncReportRuns "
        "HourlyAsyncReportRuns SingleEmail MassEmail"
    )
    holds(limits, wanted.split(), "limits")
    for name, limit in limits.items():
        assert 0 <= limit["Remaining"] <= limit["Max"], f"{name}: {limit}"
    same(limits["DailyBulkApiBatches"]["Max"], 15000, "DailyBulkApiBatches")
    same(limits["DailyBulkV2QueryJobs"]["Max"], 10000, "DailyBulkV2QueryJobs")
    assert "DailyBulkApiRequests" not in limits, "an entry that no org has"


@check
def answers_are_compressed():
    """gzip: answers are compressed for who accepts it, and only then"""
    path = f"{DATA}/sobjects/Account/describe"
    answer = http("GET", path, headers={"Accept-Encoding": "gzip"})
    same(answer.headers.get("Content-Encoding"), "gzip", "accepted")
    plain = http("GET", path, headers={"Accept-Encoding": "identity"})
    same(plain.headers.get("Content-Encoding"), None, "not accepted")
    same(plain.json(), answer.json(), "contents")


@check
def requests_may_be_compressed():
    """gzip: a compressed request is read"""
    body = gzip.compress(json.dumps({"Name": "Gzip žluť"}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = http("POST", f"{DATA}/sobjects/Account", data=body, headers=headers)
    same(answer.status_code, 201, answer.text[:200])
    same(org.Account.get(answer.json()["id"])["Name"], "Gzip žluť", "value")


@check
def pretty_print():
    """X-PrettyPrint: the answer has line breaks, and is the same JSON"""
    path = f"{DATA}/query?q=SELECT+Id,Name+FROM+Account+ORDER+BY+Id+LIMIT+3"
    plain, pretty = (http("GET", path, headers={"X-PrettyPrint": value}) for value in ("0", "1"))
    same(plain.json(), pretty.json(), "contents")
    assert "\n" in pretty.text.strip() and "\n" not in plain.text.strip(), pretty.text[:80]


@check
def head_is_answered():
    """HEAD: the status and headers of GET, without a body"""
    for path in ("/sobjects/Account", "/sobjects", "/limits"):
        answer = http("HEAD", DATA + path)
        same((answer.status_code, answer.content), (200, b""), path)


@check
def paths_are_tolerant():
    """paths: a slash at the end changes nothing"""
    for path in ("/sobjects", "/sobjects/Account", "/sobjects/Account/describe", "/limits", "/jobs/ingest"):
        same(http("GET", f"{DATA}{path}/").status_code, 200, path)


@check
def unknown_paths_are_refused():
    """paths: what does not exist is 404 NOT_FOUND, a wrong method 405 METHOD_NOT_ALLOWED"""
    refused_with(http("GET", f"{DATA}/nothing/here"), 404, "NOT_FOUND")
    error = refused_with(http("PUT", f"{DATA}/sobjects/Account", json={}), 405, "METHOD_NOT_ALLOWED")
    assert error["message"].startswith("HTTP Method 'PUT' not allowed. Allowed are "), error["message"]
    error = error_of(refused(SalesforceResourceNotFound, lambda: org.restful("sobjects/Nope")))
    same((error["errorCode"], error["message"]), ("NOT_FOUND", "The requested resource does not exist"), "object")


@check
def json_is_parsed():
    """JSON: what is none is 400 JSON_PARSER_ERROR; so is a value of the wrong type, without fields"""
    headers = {"Content-Type": "application/json"}
    refused_with(http("POST", f"{DATA}/sobjects/Account", data=b"{Name:", headers=headers), 400, "JSON_PARSER_ERROR")
    for name, values in [
        ("Lead", {"LastName": "x", "Company": "x", "NumberOfEmployees": "many"}),
        ("Opportunity", {"Name": "x", "StageName": "Prospecting", "CloseDate": "tomorrow"}),
        ("Contact", {"LastName": "x", "DoNotCall": "perhaps"}),
    ]:
        error = bad_request("JSON_PARSER_ERROR", lambda: getattr(org, name).create(values))
        assert not error.get("fields"), error


@check
def long_addresses_are_refused():
    """URI: more than 16,384 bytes are 414, with the headers 431"""
    query = "SELECT+Id+FROM+Account+WHERE+Name+IN+('" + "x" * 16_500 + "')"
    same(http("GET", f"{DATA}/query?q={query}").status_code, 414, "URI")
    query = "SELECT+Id+FROM+Account+WHERE+Name+IN+('" + "x" * 15_000 + "')"
    same(http("GET", f"{DATA}/query?q={query}", headers={"X-Long": "y" * 3_000}).status_code, 431, "with headers")


@check
def integration_headers_are_accepted():
    """headers: those that integrations send are accepted"""
    headers = {
        "Sforce-Call-Options": "client=Judge/1.0, defaultNamespace=none",
        "Sforce-Mru": "updateMru=false",
        "Sforce-Query-Options": "batchSize=200",
        "x-sfdc-packageversion-none": "1.0",
    }
    same(len(org.query("SELECT Id FROM Account LIMIT 3", headers=headers)["records"]), 3, "query")


@check
def the_organization_is_one_row():
    """Organization: one row with what clients ask of it"""
    fields = "Id, Name, OrganizationType, InstanceName, IsSandbox, NamespacePrefix, TrialExpirationDate"
    more = "LanguageLocaleKey, TimeZoneSidKey, DefaultLocaleSidKey"
    answer = org.query(f"SELECT {fields}, {more} FROM Organization")
    same((answer["totalSize"], answer["records"][0]["Id"][:3]), (1, "00D"), "rows")
    assert org.is_sandbox() in (True, False), "is_sandbox"
    assert INSTANCE.startswith("http"), INSTANCE


run()
