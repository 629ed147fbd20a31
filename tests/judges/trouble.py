"""simple-salesforce against scripted trouble: what it gets, and what the org has done meanwhile.

The trouble is the demo org's own; what a client sees of it is Salesforce's. Sources: REST API Developer Guide ("Status
Codes and Error Responses"), Bulk API 2.0 and Bulk API Developer Guide ("Job and batch lifecycle", "Errors").
"""

import requests
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceGeneralError,
    SalesforceMalformedRequest,
    SalesforceOperationError,
    SalesforceRefusedRequest,
)

from connection import DATA, connect, control, error_of, http, table, until
from oauth_app import authlib, log_in, status_of
from oauth_app import TOKEN as TOKEN_ENDPOINT
from verdict import check, refused, run, same

org = connect()
LOST = (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)
QUERY = "SELECT Id FROM Account LIMIT 1"


def trouble(calls=(), **more):
    """Takes earlier trouble back and plans this."""
    control("trouble", method="DELETE")
    control("trouble", {"calls": [{"which": which, "when": when, "what": what} for which, when, what in calls], **more})


def count(condition, objects="Lead"):
    return org.query(f"SELECT COUNT() FROM {objects} WHERE {condition}")["totalSize"]


def lead(name):
    return {"LastName": name, "Company": "Trouble"}


@check
def servers_in_distress_answer_pages():
    """503 and 420 are web pages, not JSON; the next call is served"""
    for status in (503, 420, 502):
        trouble([({"family": "query"}, {"first": 1}, {"status": status})])
        error = refused(SalesforceGeneralError, lambda: org.query(QUERY))
        same((error.status, isinstance(error.content, str)), (status, True), "answer")
        assert "<html" in error.content.lower(), error.content[:100]
        same(org.query(QUERY)["totalSize"], 1, "the next call")


@check
def limits_are_reached():
    """limits: daily and concurrent are 403 REQUEST_LIMIT_EXCEEDED, told apart by their message"""
    for what, text in (("daily_limit", "TotalRequests Limit exceeded."), ("concurrent_limit", "ConcurrentRequests")):
        trouble([({"family": "query"}, {"first": 1}, what)])
        error = error_of(refused(SalesforceRefusedRequest, lambda: org.query(QUERY)))
        same(error["errorCode"], "REQUEST_LIMIT_EXCEEDED", what)
        assert text in error["message"], error["message"]
    trouble()
    same(org.query(QUERY)["totalSize"], 1, "afterwards")


@check
def sessions_expire():
    """sessions: expired in mid-run every call is 401 INVALID_SESSION_ID; the refresh token gives a working one"""
    token = log_in()
    client = connect(token["access_token"])
    trouble([({"family": "query"}, {"nth": 3}, "sessions_expire")])
    same([client.query(QUERY)["totalSize"] for _ in range(2)], [1, 1], "before")
    for _ in range(2):
        error = error_of(refused(SalesforceExpiredSession, lambda: client.query(QUERY)))
        same((error["errorCode"], error["message"]), ("INVALID_SESSION_ID", "Session expired or invalid"), "expired")
    fresh = authlib().refresh_token(TOKEN_ENDPOINT, refresh_token=token["refresh_token"])
    global org
    org = connect(fresh["access_token"])
    trouble()
    same(org.query(QUERY)["totalSize"], 1, "after the refresh")


@check
def policy_is_no_expiry():
    """sessions: a policy's 401 has other words, and the token stays good"""
    trouble([({"family": "query"}, {"first": 1}, "policy_refusal")])
    error = error_of(refused(SalesforceExpiredSession, lambda: org.query(QUERY)))
    same(error["message"], "This session is not valid for use with the REST API", "message")
    same(org.query(QUERY)["totalSize"], 1, "the next call")


@check
def grants_end():
    """sessions: when the grant has ended the refresh token is dead too"""
    token = log_in()
    trouble([({"family": "query"}, {"first": 1}, "grants_end")])
    refused(SalesforceExpiredSession, lambda: connect(token["access_token"]).query(QUERY))
    trouble()
    refused(Exception, lambda: authlib().refresh_token(TOKEN_ENDPOINT, refresh_token=token["refresh_token"]))
    again = log_in()["access_token"]
    same(status_of(again), 200, "a new login")
    global org
    org = connect(again)


@check
def replies_are_lost():
    """lost replies: the client gets none, and the org has acted, once"""
    found = org.Lead.create(lead("Lost before"))["id"]
    body = {"records": [{"attributes": {"type": "Lead"}, **lead("Lost collected")}] * 3}
    for family, call, condition, wanted in [
        ("record", lambda: org.Lead.create(lead("Lost created")), "LastName = 'Lost created'", 1),
        ("record", lambda: org.Lead.update(found, {"LastName": "Lost updated"}), "LastName = 'Lost updated'", 1),
        ("record", lambda: org.Lead.upsert("ZoomInfo_Id__c/lost", lead("Lost upserted")), "LastName = 'Lost upserted'", 1),
        ("collections", lambda: org.restful("composite/sobjects", method="POST", json=body), "LastName = 'Lost collected'", 3),
    ]:
        trouble([({"family": family}, {"first": 1}, "lost_reply")])
        refused(LOST, call)
        same(count(condition), wanted, condition)


@check
def calls_are_lost():
    """cut before acting: the client gets no reply, and the org has done nothing"""
    trouble([({"family": "record"}, {"first": 1}, "cut_before_acting")])
    refused(LOST, lambda: org.Lead.create(lead("Never done")))
    same(count("LastName = 'Never done'"), 0, "records")


@check
def uploads_are_cut():
    """a cut upload: nothing is done, and the job stays open"""
    jobs = f"{DATA}/jobs/ingest"
    job = http("POST", jobs, token=org.session_id, json={"object": "Lead", "operation": "insert"}).json()["id"]
    text = "LastName,Company\n" + "Cut,Trouble\n" * 60_000
    trouble([({"family": "ingest_upload"}, {"first": 1}, {"cut_upload": {"after_bytes": 65_536}})])
    put = lambda: http("PUT", f"{jobs}/{job}/batches", token=org.session_id, data=text.encode(), headers={"Content-Type": "text/csv"})
    refused(LOST, put)
    same(http("GET", f"{jobs}/{job}", token=org.session_id).json()["state"], "Open", "state")
    same(http("PATCH", f"{jobs}/{job}", token=org.session_id, json={"state": "Aborted"}).json()["state"], "Aborted", "abort")
    same(count("LastName = 'Cut'"), 0, "records")


@check
def downloads_are_cut():
    """a cut download: the client notices, and the same page can be read again"""
    trouble()
    jobs = f"{DATA}/jobs/query"
    job = http("POST", jobs, token=org.session_id, json={"operation": "query", "query": "SELECT Id, Name FROM Contact"}).json()["id"]
    info = until(lambda: (found := http("GET", f"{jobs}/{job}", token=org.session_id).json())["state"] == "JobComplete" and found, "the end")
    page = lambda: http("GET", f"{jobs}/{job}/results", token=org.session_id, headers={"Accept-Encoding": "identity"})
    trouble([({"family": "query_job_results"}, {"first": 1}, {"cut_reply": {"after_bytes": 500}})])
    refused(LOST, page)
    same(len(table(page().content.decode())), info["numberRecordsProcessed"], "rows")


@check
def answers_are_slow():
    """slow answers: they come, and are right"""
    trouble([({"family": "query"}, {"first": 1}, {"slow_start": {"milliseconds": 200}}), ({"family": "describe"}, {"first": 1}, {"trickle": {"bytes": 8192, "milliseconds": 1}})])
    refused(requests.exceptions.ReadTimeout, lambda: org.query(QUERY, timeout=0.1))
    same(org.query(QUERY, timeout=10)["totalSize"], 1, "the next call")
    same(org.Account.describe()["name"], "Account", "trickle")


@check
def jobs_fail_with_reasons():
    """Failed: each reason in its words; rows before it are saved, the others unprocessed"""
    for reason, text in [
        ("too_many_lock_failure", "TooManyLockFailure : "),
        ("exceeded_quota", "ExceededQuota : "),
        ("internal_server_error", "InternalServerError : "),
        ("line_ending", "ClientInputError : LineEnding is invalid on user data."),
        ("field_name_not_found", "InvalidBatch : Field name not found : "),
    ]:
        trouble(jobs=[{"which": {"kind": "ingest", "object": "Lead"}, "when": {"first": 1}, "what": {"fails": {"reason": reason, "after_rows": 0}}}])
        error = refused(SalesforceOperationError, lambda: org.bulk2.Lead.insert(records=[lead("Failed")], wait=0.05))
        assert text in str(error), error
    same(count("LastName = 'Failed'"), 0, "saved")


@check
def partial_failures_reconcile():
    """Failed after some rows: successful, failed and unprocessed rows are all rows"""
    trouble(jobs=[{"which": {"kind": "ingest", "object": "Lead"}, "when": {"first": 1}, "what": {"fails": {"reason": "too_many_lock_failure", "after_rows": 400}}}])
    client = org.bulk2.Lead._client
    job = client.create_job("insert")["id"]
    names = [f"Part {number:03}" for number in range(1000)]
    client.upload_job_data(job, "LastName,Company\n" + "".join(f"{name},Trouble\n" for name in names))
    client.close_job(job)
    info = until(lambda: (found := client.get_job(job, False))["state"] == "Failed" and found, "the failure")
    kinds = (org.bulk2.Lead.get_successful_records, org.bulk2.Lead.get_failed_records, org.bulk2.Lead.get_unprocessed_records)
    good, bad, left = ([row["LastName"] for row in table(kind(job))] for kind in kinds)
    same(sorted(good + bad + left), names, "all rows")
    same((len(good), len(left), count("LastName LIKE 'Part %'")), (400, 600, 400), "rows")
    same(info["numberRecordsProcessed"], 400, "processed")


@check
def rows_are_locked():
    """row locks: some rows fail with UNABLE_TO_LOCK_ROW; sent again they are saved"""
    ids = [org.Lead.create(lead(f"Lock {number}"))["id"] for number in range(40)]
    trouble(row_locks=[{"object": "Lead", "fraction": 0.5, "tries": 1}])
    rows = [{"Id": found, "Title": "Locked"} for found in ids]
    job = org.bulk2.Lead.update(records=rows, wait=0.05)[0]
    failed = table(org.bulk2.Lead.get_failed_records(job["job_id"]))
    assert 0 < len(failed) < 40, len(failed)
    for row in failed:
        assert row["sf__Error"].startswith("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record"), row["sf__Error"]
    job = org.bulk2.Lead.update(records=[{"Id": row["Id"], "Title": "Locked"} for row in failed], wait=0.05)[0]
    same(job["numberRecordsFailed"], 0, "again")
    same(count("Title = 'Locked' AND LastName LIKE 'Lock %'"), 40, "saved")


@check
def completion_is_delayed():
    """a job that stays in progress: the client waits, and gets its results"""
    trouble(jobs=[{"which": {"kind": "ingest"}, "when": {"first": 1}, "what": {"stays_in_progress": {"polls": 3}}}])
    job = org.bulk2.Lead.insert(records=[lead("Delayed")], wait=0.02)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (1, 0), "counts")


@check
def refusals_are_scripted():
    """any documented error can be scripted, and nothing is written meanwhile"""
    what = {"refusal": {"status": 400, "code": "TXN_SECURITY_METERING_ERROR", "message": "The policy took too long."}}
    trouble([({"family": "record"}, {"first": 1}, what)])
    error = error_of(refused(SalesforceMalformedRequest, lambda: org.Lead.create(lead("Refused"))))
    same(error["errorCode"], "TXN_SECURITY_METERING_ERROR", "code")
    trouble([({"family": "record"}, {"first": 1}, "unknown_exception")])
    error = refused(SalesforceGeneralError, lambda: org.Lead.create(lead("Refused")))
    same((error.status, error_of(error)["errorCode"]), (500, "UNKNOWN_EXCEPTION"), "500")
    same(count("LastName = 'Refused'"), 0, "saved")


@check
def rotation_is_scripted():
    """rotation: switched on, an old refresh token ends its successor"""
    trouble(rotates_refresh_tokens=True)
    token = log_in()
    fresh = authlib().refresh_token(TOKEN_ENDPOINT, refresh_token=token["refresh_token"])
    assert fresh["refresh_token"] != token["refresh_token"], "the same refresh token"
    refused(Exception, lambda: authlib().refresh_token(TOKEN_ENDPOINT, refresh_token=token["refresh_token"]))
    same(status_of(fresh["access_token"]), 401, "the successor's access token")


@check
def trouble_is_taken_back():
    """trouble that is taken back happens no more"""
    trouble([({"family": "any"}, "always", {"status": 503})])
    same(http("GET", f"{DATA}/limits").status_code, 503, "trouble")
    control("trouble", method="DELETE")
    same(http("GET", "/services/data", token=None).status_code, 200, "taken back")


run()
