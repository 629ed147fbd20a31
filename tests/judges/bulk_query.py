"""simple-salesforce against many rows: REST pages and Bulk API 2.0 query with its pages, results and refusals.

Sources: Bulk API 2.0 and Bulk API Developer Guide ("Create a Query Job", "Get Results for a Query Job", "Get Parallel
Results for a Query Job", "Abort a Query Job", "Delete a Query Job"), REST API Developer Guide ("Query", "Query Options
Header").
"""

import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from simple_salesforce.bulk2 import ColumnDelimiter, LineEnding

from connection import DATA, ID, MOMENT, bad_request, connect, control, http, refused_with, table, until
from verdict import check, holds, run, same

org = connect()
JOBS = f"{DATA}/jobs/query"
ROWS = 2500
NAMES = [f"Many {number:05}" for number in range(ROWS)]
MANY = "FROM Lead WHERE Company = 'Judge Many'"
FINAL = ("JobComplete", "Failed", "Aborted")
kept = {}


def created(query, operation="query", **more):
    answer = http("POST", JOBS, json={"operation": operation, "query": query, **more})
    same(answer.status_code, 200, answer.text[:300])
    return answer.json()


def finished(job):
    return until(lambda: (found := http("GET", f"{JOBS}/{job}").json())["state"] in FINAL and found, f"the end of job {job}")


def asked(query, **more):
    job = finished(created(query, **more)["id"])
    same(job["state"], "JobComplete", job)
    return job


def page(job, **parameters):
    answer = http("GET", f"{JOBS}/{job}/results", params=parameters, headers={"Accept": "text/csv"})
    same(answer.status_code, 200, answer.text[:200])
    return answer


def refusal(query):
    answer = http("POST", JOBS, json={"operation": "query", "query": query})
    same(answer.status_code, 400, query)
    return answer.json()[0]


@check
def many_rows_are_inserted():
    """2,500 leads are inserted in bulk"""
    texts = ['a "quoted", one', "two\nlines", "žluťoučký 東京 😀", ""]
    rows = [
        {"LastName": name, "Company": "Judge Many", "Description": texts[number % 4]} for number, name in enumerate(NAMES)
    ]
    job = org.bulk2.Lead.insert(records=rows, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (ROWS, 0), "counts")
    kept["texts"] = {row["LastName"]: row["Description"] for row in rows}


@check
def queries_come_in_pages():
    """query: more than 2,000 records come in pages, in order, each once"""
    text = f"SELECT LastName {MANY} ORDER BY LastName"
    first = org.query(text)
    same((first["totalSize"], len(first["records"]), first["done"]), (ROWS, 2000, False), "first page")
    assert first["nextRecordsUrl"].startswith(f"{DATA}/query/"), first["nextRecordsUrl"]
    rest = org.query_more(first["nextRecordsUrl"], identifier_is_url=True)
    same((rest["totalSize"], rest["done"], "nextRecordsUrl" in rest), (ROWS, True, False), "last page")
    same([row["LastName"] for row in org.query_all_iter(text)], NAMES, "all pages")
    again = org.query_more(first["nextRecordsUrl"].rsplit("/", 1)[1])
    same(again["records"], rest["records"], "the same page again, by its locator")


@check
def pages_may_be_smaller():
    """query: batchSize is between 200 and 2,000"""
    answer = org.query(f"SELECT Id {MANY}", headers={"Sforce-Query-Options": "batchSize=200"})
    assert 200 <= len(answer["records"]) <= 2000 and not answer["done"], len(answer["records"])
    everything = org.query_all(f"SELECT Id {MANY}", headers={"Sforce-Query-Options": "batchSize=300"})
    same(len({row["Id"] for row in everything["records"]}), ROWS, "rows")


@check
def a_query_job_is_described():
    """create: the job is born UploadComplete, with the object of its query; job info tells more"""
    job = created(f"SELECT Id {MANY}")
    wanted = {
        "operation": "query",
        "object": "Lead",
        "state": "UploadComplete",
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": 60.0,
        "lineEnding": "LF",
        "columnDelimiter": "COMMA",
    }
    same({key: job.get(key) for key in wanted}, wanted, "job")
    assert re.fullmatch(ID, job["id"]) and job["id"].startswith("750"), job["id"]
    assert re.fullmatch(MOMENT, job["createdDate"]), job["createdDate"]
    job = finished(job["id"])
    same((job["jobType"], job["state"], job["numberRecordsProcessed"]), ("V2Query", "JobComplete", ROWS), "info")
    holds(job, ["retries", "totalProcessingTime", "isPkChunkingSupported"], "info")


@check
def results_come_in_pages():
    """results: the client follows the locators, and every page has a header"""
    results = org.bulk2.Lead.query(f"SELECT LastName, Description {MANY}", max_records=1000, wait=0.1)
    pages = [table(text) for text in results]
    same([len(rows) for rows in pages], [1000, 1000, 500], "rows of each page")
    same({row["LastName"]: row["Description"] for rows in pages for row in rows}, kept["texts"], "rows")


@check
def results_are_written_to_the_letter():
    """results: columns in the order asked for, every cell quoted, null is empty, headers tell the count and the end"""
    text = f"SELECT LastName, Id, DoNotCall, Title, CreatedDate, Owner.Name, AnnualRevenue {MANY} AND LastName = '{NAMES[0]}'"
    job = asked(text)["id"]
    answer = page(job)
    same((answer.headers["Sforce-Locator"], answer.headers["Sforce-NumberOfRecords"]), ("null", "1"), "headers")
    assert answer.headers["Content-Type"].startswith("text/csv"), answer.headers["Content-Type"]
    head, row, end = answer.content.decode().split("\n")
    same((head, end), ('"LastName","Id","DoNotCall","Title","CreatedDate","Owner.Name","AnnualRevenue"', ""), "header")
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\+0000)"
    assert re.fullmatch(rf'"{NAMES[0]}","{ID}","false","","{moment}","[^"]+",""', row), row


@check
def locators_stay():
    """results: a page is the same when it is fetched again; an unknown locator is refused"""
    job = asked(f"SELECT Id, LastName {MANY}")["id"]
    first = page(job, maxRecords=700)
    locator = first.headers["Sforce-Locator"]
    same(first.headers["Sforce-NumberOfRecords"], "700", "rows")
    same(page(job, maxRecords=700, locator=locator).content, page(job, maxRecords=700, locator=locator).content, "again")
    seen, ends = table(first.text), 0
    while locator != "null":
        answer = page(job, maxRecords=700, locator=locator)
        seen, locator, ends = seen + table(answer.content.decode()), answer.headers["Sforce-Locator"], ends + 1
        assert ends < 10, "locators never end"
    same(sorted(row["LastName"] for row in seen), NAMES, "rows")
    same(http("GET", f"{JOBS}/{job}/results", params={"locator": "nonsense!"}).status_code, 400, "unknown locator")


@check
def pages_are_told_beforehand():
    """resultPages: addresses of pages that together hold every row once"""
    job = asked(f"SELECT Id, LastName {MANY}")["id"]
    address, seen, rounds = f"{JOBS}/{job}/resultPages", [], 0
    while address:
        answer = http("GET", address).json()
        assert 1 <= len(answer["resultPages"]) <= 5, answer
        for entry in answer["resultPages"]:
            assert entry["resultUrl"].startswith(f"{JOBS}/{job}/results"), entry
            result = http("GET", entry["resultUrl"], headers={"Accept": "text/csv"})
            seen += [row["LastName"] for row in table(result.content.decode())]
        address = answer.get("nextRecordsUrl")
        same(answer["done"], not address, "done")
        if address:
            assert urlsplit(address).path == f"{JOBS}/{job}/resultpages" and parse_qs(urlsplit(address).query)["locator"], address
        rounds += 1
        assert rounds < 50, "pages never end"
    same(sorted(seen), NAMES, "rows")


@check
def versions_do_not_mix():
    """results: only with the API version that created the job, else 409"""
    job = asked("SELECT Id FROM Lead LIMIT 1")["id"]
    same(http("GET", f"/services/data/v61.0/jobs/query/{job}/results").status_code, 409, "another version")


@check
def nothing_is_something():
    """results: no rows are 0 records, the last page, and at most a header"""
    job = asked("SELECT Id, LastName FROM Lead WHERE LastName = 'nobody at all'")
    same(job["numberRecordsProcessed"], 0, "processed")
    answer = page(job["id"])
    same((answer.headers["Sforce-Locator"], answer.headers["Sforce-NumberOfRecords"]), ("null", "0"), "headers")
    same(table(answer.content.decode()), [], "rows")
    same([table(text) for text in org.bulk2.Lead.query("SELECT Id FROM Lead WHERE LastName = 'nobody at all'", wait=0.05)], [[]], "the client")


@check
def results_have_the_jobs_format():
    """results: with the delimiter and line ending that the job asked for"""
    job = asked(f"SELECT LastName, Company {MANY} AND LastName = '{NAMES[1]}'", columnDelimiter="TAB", lineEnding="CRLF")["id"]
    same(page(job).content.decode(), f'"LastName"\t"Company"\r\n"{NAMES[1]}"\t"Judge Many"\r\n', "results")
    query = f"SELECT LastName, Company {MANY}"
    pages = org.bulk2.Lead.query(query, column_delimiter=ColumnDelimiter.PIPE, line_ending=LineEnding.CRLF, wait=0.05)
    same(sorted(row["LastName"] for text in pages for row in table(text, "|")), NAMES, "the client")


@check
def results_are_downloaded():
    """results: the client streams them to files; they are compressed for who asks"""
    with tempfile.TemporaryDirectory() as folder:
        files = org.bulk2.Lead.download(f"SELECT LastName {MANY}", folder, max_records=1500, wait=0.05)
        same([found["number_of_records"] for found in files], [1500, 1000], "pages")
        rows = [row for found in files for row in table(Path(found["file"]).read_text(encoding="utf-8"))]
    same(sorted(row["LastName"] for row in rows), NAMES, "rows")
    job = asked(f"SELECT LastName {MANY}")["id"]
    answer = http("GET", f"{JOBS}/{job}/results", headers={"Accept-Encoding": "gzip"})
    same((answer.headers.get("Content-Encoding"), len(table(answer.content.decode()))), ("gzip", ROWS), "gzip")


@check
def some_queries_are_not_for_bulk():
    """create: what Bulk cannot query is refused with 400 and a reason"""
    for query in (
        "SELECT COUNT() FROM Lead",
        "SELECT COUNT(Id) FROM Lead",
        "SELECT Company, COUNT(Id) FROM Lead GROUP BY Company",
        "SELECT Id FROM Lead LIMIT 10 OFFSET 5",
        "SELECT Id, (SELECT Id FROM Contacts) FROM Account",
        "SELECT FIELDS(ALL) FROM Lead LIMIT 200",
        "SELECT TYPEOF Who WHEN Contact THEN LastName END FROM Task",
    ):
        holds(refusal(query), ["errorCode", "message"], query)
    same(refusal("SELECT Id, MailingAddress FROM Contact")["message"], "Selecting compound data not supported in Bulk Query", "compound")


@check
def bad_queries_are_refused():
    """create: SOQL errors come at once, as from query"""
    for query, code in [
        ("SELECT Id FORM Lead", "MALFORMED_QUERY"),
        ("SELECT Nope FROM Lead", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
    ]:
        same(refusal(query)["errorCode"], code, query)
        bad_request(code, lambda: list(org.bulk2.Lead.query(query, wait=0.05)))


@check
def joins_limits_and_order_work():
    """create: semi-joins, LIMIT, ORDER BY and parents' fields are understood"""
    account = org.Account.create({"Name": "Judge Join"})["id"]
    for number in range(3):
        org.Contact.create({"LastName": f"Join {number}", "AccountId": account})
    inner = "SELECT Id FROM Account WHERE Name = 'Judge Join'"
    job = asked(f"SELECT LastName, Account.Name FROM Contact WHERE AccountId IN ({inner}) ORDER BY LastName DESC LIMIT 2")["id"]
    rows = table(page(job).content.decode())
    same([(row["LastName"], row["Account.Name"]) for row in rows], [("Join 2", "Judge Join"), ("Join 1", "Judge Join")], "rows")


@check
def live_jobs_are_aborted():
    """abort: a job that runs; deleting it while it runs is API_ERROR; an ended one cannot be aborted"""
    control("jobs/hold", {})
    try:
        job = created(f"SELECT Id {MANY}")["id"]
        answer = http("DELETE", f"{JOBS}/{job}")
        error = refused_with(answer, 400, "API_ERROR")
        same(error["message"], "Error encountered when deleting the job because the job is not terminated", "message")
        answer = http("PATCH", f"{JOBS}/{job}", json={"state": "Aborted"})
        same((answer.status_code, answer.json()["state"]), (200, "Aborted"), "abort")
    finally:
        control("jobs/release")
    same(http("DELETE", f"{JOBS}/{job}").status_code, 204, "delete")
    same(http("GET", f"{JOBS}/{job}").status_code, 404, "deleted")
    done = asked("SELECT Id FROM Lead LIMIT 1")["id"]
    error = refused_with(http("PATCH", f"{JOBS}/{done}", json={"state": "Aborted"}), 400, "INVALIDJOBSTATE")
    assert "Aborting already Completed Job not allowed" in error["message"], error["message"]


@check
def query_jobs_are_listed():
    """list: done, records, nextRecordsUrl"""
    job = created("SELECT Id FROM Lead LIMIT 1")["id"]
    answer = http("GET", JOBS, params={"jobType": "V2Query"}).json()
    same(set(answer), {"done", "records", "nextRecordsUrl"}, "members")
    same([(row["object"], row["operation"]) for row in answer["records"] if row["id"] == job], [("Lead", "query")], "job")


@check
def deleted_rows_are_queried():
    """queryAll: finds deleted rows, query does not"""
    ids = [row["Id"] for row in org.query_all(f"SELECT Id {MANY}")["records"]]
    job = org.bulk2.Lead.delete(records=[{"Id": found} for found in ids], wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (ROWS, 0), "counts")
    text = f"SELECT Id, IsDeleted {MANY}"
    same(asked(text)["numberRecordsProcessed"], 0, "query")
    same(asked(f"{text} AND IsDeleted = true", operation="queryAll")["numberRecordsProcessed"], ROWS, "queryAll")
    pages = org.bulk2.Lead.query_all(text, wait=0.05)
    same({row["IsDeleted"] for text in pages for row in table(text)}, {"true"}, "the client")
    same(len(org.query_all(text, include_deleted=True)["records"]), ROWS, "REST")


run()
