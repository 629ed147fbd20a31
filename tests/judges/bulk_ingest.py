"""simple-salesforce against Bulk API 2.0 ingest: every operation, every way to fail, and the result files to the letter.

Sources: Bulk API 2.0 and Bulk API Developer Guide ("Create a Job", "Upload Job Data", "Upload Complete or Abort",
"Get Job Info", "Get All Jobs", "Delete a Job", "Get Job Successful/Failed/Unprocessed Record Results", "Prepare CSV
Files", "Relationship Fields in a Header Row").
"""

import json
import re

from simple_salesforce.bulk2 import ColumnDelimiter, LineEnding
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceOperationError, SalesforceResourceNotFound

from connection import DATA, ID, MOMENT, bad_request, connect, control, error_of, http, refused_with, table, until
from verdict import check, holds, refused, run, same

org = connect()
JOBS = f"{DATA}/jobs/ingest"
FINAL = ("JobComplete", "Failed", "Aborted")
CSV = {"Content-Type": "text/csv"}


def count(condition, objects="Lead"):
    return org.query(f"SELECT COUNT() FROM {objects} WHERE {condition}")["totalSize"]


def create(objects="Lead", operation="insert", **more):
    answer = http("POST", JOBS, json={"object": objects, "operation": operation, **more})
    same(answer.status_code, 200, answer.text[:300])
    return answer.json()


def upload(job, text):
    answer = http("PUT", f"{JOBS}/{job}/batches", data=text.encode(), headers=CSV)
    same((answer.status_code, answer.content), (201, b""), "upload")


def close(job, state="UploadComplete"):
    return http("PATCH", f"{JOBS}/{job}", json={"state": state})


def info(job):
    return http("GET", f"{JOBS}/{job}").json()


def finished(job):
    return until(lambda: (found := info(job))["state"] in FINAL and found, f"the end of job {job}")


def load(text, **more):
    """A job of this CSV text, when it has ended."""
    job = create(**more)["id"]
    upload(job, text)
    same(close(job).status_code, 200, "close")
    return finished(job)


def results(job, kind="successfulResults"):
    answer = http("GET", f"{JOBS}/{job}/{kind}", headers={"Accept": "text/csv"})
    same((answer.status_code, answer.headers["Content-Type"].split(";")[0]), (200, "text/csv"), kind)
    return answer.content.decode()


def failures(job, delimiter=","):
    return [row["sf__Error"] for row in table(results(job, "failedResults"), delimiter)]


def counted(job, processed, failed):
    same(job["state"], "JobComplete", job.get("errorMessage"))
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (processed, failed), "counts")


@check
def a_job_is_described():
    """create: job info with its members and their types"""
    job = create()
    wanted = {
        "operation": "insert",
        "object": "Lead",
        "state": "Open",
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": 60.0,
        "lineEnding": "LF",
        "columnDelimiter": "COMMA",
        "contentUrl": f"{DATA[1:]}/jobs/ingest/{job['id']}/batches",
    }
    same({key: job.get(key) for key in wanted}, wanted, "job")
    assert re.fullmatch(ID, job["id"]) and job["id"].startswith("750"), job["id"]
    assert job["createdById"].startswith("005"), job["createdById"]
    for moment in (job["createdDate"], job["systemModstamp"]):
        assert re.fullmatch(MOMENT, moment), moment
    same("assignmentRuleId" in job or "externalIdFieldName" in job, False, "members that were not set")
    same(create(operation="upsert", externalIdFieldName="ZoomInfo_Id__c")["externalIdFieldName"], "ZoomInfo_Id__c", "upsert")


@check
def states_follow_each_other():
    """Open, UploadComplete, JobComplete: what job info says at each"""
    job = create()["id"]
    opened = info(job)
    same((opened["state"], opened["jobType"]), ("Open", "V2Ingest"), "open")
    upload(job, "LastName,Company\nState,Bulk state\n")
    closed = close(job)
    same((closed.status_code, closed.json()["state"]), (200, "UploadComplete"), "close")
    job = finished(job)
    counted(job, 1, 0)
    keys = "jobType retries totalProcessingTime apiActiveProcessingTime apexProcessingTime".split()
    holds(job, keys, "job info")
    same("contentUrl" in job, False, "contentUrl after Open")


@check
def results_are_written_to_the_letter():
    """results: header cells as uploaded, every data cell quoted, sf__ columns first, empty id for a failed insert"""
    job = load('LastName,Company,title\nGood,Bulk letter,"a ""b"", c"\n,Bulk letter,bad\n')
    counted(job, 2, 1)
    good = results(job["id"])
    lines = good.split("\n")
    same(lines[0], '"sf__Id","sf__Created",LastName,Company,title', "successful: header")
    assert re.fullmatch(rf'"{ID}","true","Good","Bulk letter","a ""b"", c"', lines[1]), lines[1]
    same(lines[2:], [""], "successful: end")
    wanted = '"sf__Id","sf__Error",LastName,Company,title\n'
    wanted += '"","REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --","","Bulk letter","bad"\n'
    same(results(job["id"], "failedResults"), wanted, "failed")
    same(results(job["id"], "unprocessedrecords").strip(), "LastName,Company,title", "unprocessed")


@check
def results_are_found_in_any_case():
    """results: unprocessedRecords or unprocessedrecords, with or without a slash at the end"""
    job = load("LastName,Company\nCase,Bulk case\n")["id"]
    for kind in ("successfulResults", "failedResults", "unprocessedrecords", "unprocessedRecords", "UNPROCESSEDRECORDS"):
        same(results(job, kind), results(job, f"{kind}/"), kind)


@check
def rows_arrive_exactly():
    """insert: quotes, newlines, spaces and any script arrive exactly, and each row has its result"""
    texts = ['a "quoted", one', "two\r\nlines", "žluťoučký 東京 😀", "tab\tand ; | ^ `", "  spaces  "]
    rows = [{"LastName": f"Exact {number:03}", "Company": "Bulk exact", "Description": texts[number % 5]} for number in range(250)]
    job = org.bulk2.Lead.insert(records=rows, line_ending=LineEnding.CRLF, wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"], job["numberRecordsTotal"]), (250, 0, 250), "counts")
    found = table(org.bulk2.Lead.get_successful_records(job["job_id"]))
    same({row["LastName"]: row["Description"] for row in found}, {row["LastName"]: row["Description"] for row in rows}, "results")
    same([row["LastName"] for row in found] == [row["LastName"] for row in rows], False, "results in the order of the upload")
    saved = {row["LastName"]: row for row in found}
    for number in range(5):
        lead = org.Lead.get(saved[f"Exact {number:03}"]["sf__Id"])
        same(lead["Description"].strip(), texts[number].strip(), "value")
    same(table(org.bulk2.Lead.get_failed_records(job["job_id"])), [], "failed")
    same(table(org.bulk2.Lead.get_unprocessed_records(job["job_id"])), [], "unprocessed")


@check
def columns_are_split():
    """delimiters: each is understood, and used in the results too"""
    for delimiter, mark in [("TAB", "\t"), ("PIPE", "|"), ("SEMICOLON", ";"), ("CARET", "^"), ("BACKQUOTE", "`"), ("COMMA", ",")]:
        rows = [{"LastName": delimiter, "Company": "a,b;c|d^e`f\tg"}]
        job = org.bulk2.Lead.insert(records=rows, column_delimiter=ColumnDelimiter[delimiter], wait=0.05)[0]
        same(job["numberRecordsFailed"], 0, delimiter)
        found = table(results(job["job_id"]), mark)
        same([(row["LastName"], row["Company"]) for row in found], [(delimiter, rows[0]["Company"])], delimiter)


@check
def lines_end_as_they_began():
    """line endings: CRLF jobs have CRLF results; data with the other ending fail the job"""
    job = load("LastName,Company\r\nEnding,Bulk ending\r\n", lineEnding="CRLF")
    counted(job, 1, 0)
    same(results(job["id"]).count("\r\n"), 2, "lines of the results")
    for ending, text in [("LF", "LastName,Company\r\nEnding,Bulk wrong ending\r\n"), ("CRLF", "LastName,Company\nEnding,Bulk wrong ending\n")]:
        job = load(text, lineEnding=ending)
        wanted = f"ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is {ending}"
        same((job["state"], job["errorMessage"]), ("Failed", wanted), ending)
    same(count("Company = 'Bulk wrong ending'"), 0, "saved")


@check
def bad_rows_fail_alone():
    """failed rows: each with code, message and fields; the others are saved"""
    text = "LastName,Company,Email,Function__c,DoNotCall,NumberOfEmployees\n"
    for name, cells in {"Fine": ",,,", "x" * 81: ",,,", "E": "nobody,,,", "F": ",Wizardry,,", "B": ",,perhaps,", "N": ",,,many"}.items():
        text += f"{name},Bulk rows,{cells}\n"
    job = load(text)
    counted(job, 6, 5)
    found = {row["LastName"][:1]: row["sf__Error"] for row in table(results(job["id"], "failedResults"))}
    for name, code, field in [
        ("x", "STRING_TOO_LONG", "LastName"),
        ("E", "INVALID_EMAIL_ADDRESS", "Email"),
        ("F", "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Function__c"),
        ("B", "INVALID_TYPE_ON_FIELD_IN_RECORD", "DoNotCall"),
        ("N", "INVALID_TYPE_ON_FIELD_IN_RECORD", "NumberOfEmployees"),
    ]:
        assert found[name].startswith(f"{code}:") and found[name].endswith(f":{field} --"), found[name]
    same(count("Company = 'Bulk rows'"), 1, "saved")


@check
def values_are_read():
    """values: booleans in every spelling, days, moments with offset, columns in any case"""
    text = "lastname,DONOTCALL,birthdate\nYes,1,1990-02-28\nNo,0,\nTrue,TRUE,\nFalse,false,\n"
    job = load(text, objects="Contact")
    counted(job, 4, 0)
    ids = {row["lastname"]: row["sf__Id"] for row in table(results(job["id"]))}
    same({name: org.Contact.get(found)["DoNotCall"] for name, found in ids.items()}, {"Yes": True, "No": False, "True": True, "False": False}, "booleans")
    same(org.Contact.get(ids["Yes"])["Birthdate"], "1990-02-28", "day")
    job = load("Subject,DurationInMinutes,StartDateTime\nCall,30,2026-11-23T14:30:00.000+02:00\n", objects="Event")
    counted(job, 1, 0)
    found = org.Event.get(table(results(job["id"]))[0]["sf__Id"])
    same(found["StartDateTime"], "2026-11-23T12:30:00.000+0000", "moment")


@check
def updates_leave_or_empty():
    """update: an empty cell leaves the field, #N/A empties it; an unknown record fails its row"""
    lead = org.Lead.create({"LastName": "Updated", "Company": "Bulk update", "Title": "T", "Phone": "1"})["id"]
    rows = [{"Id": lead, "Title": "", "Phone": "#N/A"}, {"Id": "00Q000000000ABCAA1", "Title": "x", "Phone": ""}]
    job = org.bulk2.Lead.update(records=rows, wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (2, 1), "counts")
    found = org.Lead.get(lead)
    same((found["Title"], found["Phone"]), ("T", None), "values")
    row = table(results(job["job_id"]))[0]
    same((row["sf__Id"], row["sf__Created"], row["Phone"]), (lead, "false", "#N/A"), "result")


@check
def upserts_create_or_update():
    """upsert: by external id, and sf__Created says which; without the external id the row fails"""
    org.Lead.upsert("ZoomInfo_Id__c/bulk-1", {"LastName": "Before", "Company": "Bulk upsert"})
    text = "ZoomInfo_Id__c,LastName,Company\nbulk-1,After,Bulk upsert\nbulk-2,New,Bulk upsert\n,Nobody,Bulk upsert\n"
    job = load(text, operation="upsert", externalIdFieldName="ZoomInfo_Id__c")
    counted(job, 3, 1)
    created = {row["ZoomInfo_Id__c"]: row["sf__Created"] for row in table(results(job["id"]))}
    same(created, {"bulk-1": "false", "bulk-2": "true"}, "sf__Created")
    same([row["LastName"] for row in table(results(job["id"], "failedResults"))], ["Nobody"], "failed")
    same(count("Company = 'Bulk upsert'"), 2, "records")
    job = org.bulk2.Lead.upsert(
        records=[{"ZoomInfo_Id__c": "bulk-2", "LastName": "Newer", "Company": "Bulk upsert"}],
        external_id_field="ZoomInfo_Id__c",
        wait=0.05,
    )[0]
    same(count("LastName = 'Newer' AND Company = 'Bulk upsert'"), 1, "again")


@check
def upserts_know_ids():
    """upsert: by Id, an id updates and no id creates"""
    lead = org.Lead.create({"LastName": "Known", "Company": "Bulk ids"})["id"]
    rows = [{"Id": lead, "LastName": "Known 2", "Company": "Bulk ids"}, {"Id": "", "LastName": "Fresh", "Company": "Bulk ids"}]
    job = org.bulk2.Lead.upsert(records=rows, external_id_field="Id", wait=0.05)[0]
    created = {row["LastName"]: row["sf__Created"] for row in table(results(job["job_id"]))}
    same(created, {"Known 2": "false", "Fresh": "true"}, "sf__Created")


@check
def records_are_deleted():
    """delete: deleted rows go to the recycle bin, deleting again fails each; only Id is allowed"""
    ids = [org.Lead.create({"LastName": f"D{number}", "Company": "Bulk delete"})["id"] for number in range(3)]
    rows = [{"Id": found} for found in ids]
    job = org.bulk2.Lead.delete(records=rows, wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (3, 0), "counts")
    bin_ = org.query("SELECT Id FROM Lead WHERE Company = 'Bulk delete' AND IsDeleted = true", include_deleted=True)
    same((count("Company = 'Bulk delete'"), bin_["totalSize"]), (0, 3), "left")
    job = org.bulk2.Lead.delete(records=rows, wait=0.05)[0]
    same([error.split(":")[0] for error in failures(job["job_id"])], ["ENTITY_IS_DELETED"] * 3, "again")
    same(load(f"Id,LastName\n{ids[0]},x\n", operation="delete")["state"], "Failed", "another column")


@check
def nothing_is_deleted_for_ever():
    """hardDelete: without its permission the job is refused"""
    lead = org.Lead.create({"LastName": "Hard", "Company": "Bulk hard"})["id"]
    hard = lambda: org.bulk2.Lead.hard_delete(records=[{"Id": lead}], wait=0.05)
    error = error_of(refused(SalesforceMalformedRequest, hard))
    same(error["errorCode"], "FEATURENOTENABLED", error["message"])
    same(count(f"Id = '{lead}'"), 1, "left")


@check
def parents_are_named():
    """lookups: Account.ZoomInfo_Id__c and Owner.Email name the parent; an unknown one fails its row"""
    account = org.Account.create({"Name": "Named", "ZoomInfo_Id__c": "bulk-parent"})["id"]
    owner = org.query("SELECT Id, Username FROM User WHERE IsActive = true AND Name LIKE 'Mara%'")["records"][0]
    job = load(
        "LastName,Account.ZoomInfo_Id__c,Owner.Username\n"
        f"Named,bulk-parent,{owner['Username']}\n"
        f"Orphan,c9,{owner['Username']}\n",
        objects="Contact",
    )
    counted(job, 2, 1)
    found = org.Contact.get(table(results(job["id"]))[0]["sf__Id"])
    same((found["AccountId"], found["OwnerId"]), (account, owner["Id"]), "parents")
    wanted = "INVALID_FIELD:Foreign key external ID: c9 not found for field ZoomInfo_Id__c in entity Account:--"
    same(failures(job["id"]), [wanted], "sf__Error")


@check
def pointers_name_their_kind():
    """lookups: a pointer to several objects names the object before a colon"""
    lead = org.Lead.create({"LastName": "Pointed", "Company": "x", "Email": "pointed@judge.example"})["id"]
    job = load("Subject,Lead:Who.Email\nCall,pointed@judge.example\n", objects="Task")
    counted(job, 1, 0)
    same(org.Task.get(table(results(job["id"]))[0]["sf__Id"])["WhoId"], lead, "WhoId")
    same(load("LastName,Account:Account.ZoomInfo_Id__c\nx,bulk-parent\n", objects="Contact")["state"], "Failed", "prefix for nothing")


@check
def bad_files_fail_the_job():
    """Failed: an unknown column, another delimiter, a byte order mark; the client raises, nothing is saved"""
    rows = [{"LastName": "x", "Company": "Bulk column", "Nope__c": "1"}]
    error = refused(SalesforceOperationError, lambda: org.bulk2.Lead.insert(records=rows, wait=0.05))
    assert "InvalidBatch : Field name not found : Nope__c" in str(error), error
    for text in ("LastName|Company\nx|Bulk column\n", "\ufeffLastName,Company\nx,Bulk column\n"):
        job = load(text)
        same(job["state"], "Failed", repr(text))
        assert job["errorMessage"].startswith("InvalidBatch : Field name not found : "), job["errorMessage"]
    same(count("Company = 'Bulk column'"), 0, "records")


@check
def one_upload_is_all():
    """upload: a second one is refused, and so is one to a closed job"""
    job = create()["id"]
    upload(job, "LastName,Company\nFirst,Bulk second\n")
    again = http("PUT", f"{JOBS}/{job}/batches", data=b"LastName,Company\nSecond,Bulk second\n", headers=CSV)
    assert 400 <= again.status_code < 500, again.status_code
    assert "Found multiple contents for job" in again.text, again.text
    close(job)
    counted(finished(job), 1, 0)
    late = http("PUT", f"{JOBS}/{job}/batches", data=b"LastName,Company\nLate,Bulk second\n", headers=CSV)
    assert 400 <= late.status_code < 500, late.status_code
    same(count("Company = 'Bulk second'"), 1, "records")


@check
def small_jobs_come_in_one():
    """multipart: job and data in one request go straight to UploadComplete"""
    parts = {
        "job": (None, json.dumps({"object": "Lead", "operation": "insert", "contentType": "CSV"}), "application/json"),
        "content": ("content", "LastName,Company\nMultipart,Bulk multipart\n", "text/csv"),
    }
    answer = http("POST", JOBS, files=parts)
    same(answer.status_code, 200, answer.text[:200])
    same(answer.json()["state"], "UploadComplete", "state")
    counted(finished(answer.json()["id"]), 1, 0)
    same(count("Company = 'Bulk multipart'"), 1, "records")


@check
def jobs_are_refused():
    """create: an unknown object, operation or delimiter, and upsert without its field, are 400"""
    for body in (
        {"object": "Nope__c", "operation": "insert"},
        {"object": "Lead", "operation": "explode"},
        {"object": "Lead", "operation": "insert", "columnDelimiter": "HASH"},
        {"object": "Lead", "operation": "upsert"},
        {"operation": "insert"},
    ):
        answer = http("POST", JOBS, json=body)
        same((answer.status_code, type(answer.json())), (400, list), body)
        holds(answer.json()[0], ["errorCode", "message"], body)


@check
def jobs_are_aborted():
    """abort: an open job; then it cannot be closed; it can be deleted, and is not found any more"""
    job = create()["id"]
    upload(job, "LastName,Company\nAborted,Bulk abort\n")
    same(http("DELETE", f"{JOBS}/{job}").status_code, 400, "delete of an open job")
    same(org.bulk2.Lead._client.abort_job(job, False)["state"], "Aborted", "abort")
    refused_with(close(job), 400, "INVALIDJOBSTATE")
    same(http("DELETE", f"{JOBS}/{job}").status_code, 204, "delete")
    error = refused(SalesforceResourceNotFound, lambda: org.bulk2.Lead._client.get_job(job, False))
    same(error_of(error)["errorCode"], "NOT_FOUND", "deleted")
    done = load("LastName,Company\nx,Bulk abort done\n")["id"]
    refused_with(close(done, "Aborted"), 400, "INVALIDJOBSTATE")
    same(count("Company = 'Bulk abort'"), 0, "records")


@check
def aborted_jobs_reconcile():
    """abort in mid-run: what was saved stays, and successful, failed and unprocessed rows are all rows"""
    names = [f"Mid {number:03}" for number in range(1000)]
    job = create()["id"]
    upload(job, "LastName,Company\n" + "".join(f"{name},Bulk mid\n" for name in names))
    control("jobs/hold", {"after_rows": 400})
    try:
        close(job)
        until(lambda: info(job)["state"] == "InProgress" and count("Company = 'Bulk mid'") >= 400, "the first rows")
        same(close(job, "Aborted").json()["state"], "Aborted", "abort")
    finally:
        control("jobs/release")
    until(lambda: info(job)["state"] == "Aborted", "the abort")
    kinds = ("successfulResults", "failedResults", "unprocessedrecords")
    found = {kind: [row["LastName"] for row in table(results(job, kind))] for kind in kinds}
    same(sorted(name for rows in found.values() for name in rows), names, "all rows")
    same(len(found["successfulResults"]), count("Company = 'Bulk mid'"), "saved")
    assert found["unprocessedrecords"], "nothing is unprocessed"


@check
def results_have_their_time():
    """results: not to be had while the job is open; an unknown job is 404"""
    job = create()["id"]
    assert http("GET", f"{JOBS}/{job}/successfulResults").status_code >= 400, "open"
    same(http("GET", f"{JOBS}/750000000000ABCAA1/successfulResults").status_code, 404, "unknown")
    same(http("GET", f"{JOBS}/750000000000ABCAA1").status_code, 404, "unknown")


@check
def jobs_are_listed():
    """list: done, records, nextRecordsUrl"""
    job = create()["id"]
    answer = http("GET", JOBS, params={"jobType": "V2Ingest"}).json()
    same(set(answer), {"done", "records", "nextRecordsUrl"}, "members")
    found = [row for row in answer["records"] if row["id"] == job]
    same([(row["object"], row["state"], row["jobType"]) for row in found], [("Lead", "Open", "V2Ingest")], "job")


@check
def unique_values_stay_unique():
    """insert: a second record with the same external id fails with DUPLICATE_VALUE"""
    first = org.Lead.upsert("ZoomInfo_Id__c/bulk-unique", {"LastName": "x", "Company": "x"}, raw_response=True).json()["id"]
    job = load("LastName,Company,ZoomInfo_Id__c\nDouble,x,bulk-unique\n")
    counted(job, 1, 1)
    wanted = f"DUPLICATE_VALUE:duplicate value found: ZoomInfo_Id__c duplicates value on record with id: {first[:15]}"
    same(failures(job["id"])[0][: len(wanted)], wanted, "sf__Error")


@check
def an_open_job_can_be_closed_by_the_client():
    """the client's own calls: create, upload, close, job info"""
    client = org.bulk2.Lead._client
    job = client.create_job("insert")
    client.upload_job_data(job["id"], "LastName,Company\nOwn,Bulk own\n")
    client.close_job(job["id"])
    same(client.wait_for_job(job["id"], False, 0.05), "JobComplete", "state")
    bad_request("INVALIDJOBSTATE", lambda: client.close_job(job["id"]))


run()
