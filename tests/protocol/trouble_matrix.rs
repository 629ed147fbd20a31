//! Every kind of trouble against every API family: what the caller gets, and what was written, by counting the
//! demo org's records.
//!
//! A line names the trouble, says it in the trouble file's words, and gives what each piece of work ends with, in
//! the order of `Work::ALL`. After `+` stand the leads that were written; where there is none, none was.

use demo_org::Options;
use support::demo_control::DemoControl;

use crate::signed_in::SignedIn;
use crate::work::{CONTACTS, WRITTEN_LEADS, Work, client_of};

const DONE: [&str; 5] = ["done", "done", "done +5", "done +5", "done"];

struct Line {
    name: &'static str,
    trouble: String,
    ends: [&'static str; 5],
}

/// Trouble for the calls that a JSON fragment of the trouble file describes.
fn calls(name: &'static str, call: &str, ends: [&'static str; 5]) -> Line {
    Line {
        name,
        trouble: format!(r#"{{ "calls": [{{ {call} }}] }}"#),
        ends,
    }
}

fn jobs(name: &'static str, job: &str, ends: [&'static str; 5]) -> Line {
    Line {
        name,
        trouble: format!(r#"{{ "jobs": [{{ {job} }}] }}"#),
        ends,
    }
}

fn session() -> Vec<Line> {
    vec![
        calls(
            "the session expires before the first call",
            r#""which": { "family": "data" }, "when": { "nth": 1 }, "what": "sessions_expire""#,
            DONE,
        ),
        calls(
            "the session expires in mid-run",
            r#""which": { "family": "data" }, "when": { "nth": 2 }, "what": "sessions_expire""#,
            DONE,
        ),
        calls(
            "the session expires before every third call",
            r#""which": { "family": "data" }, "when": { "every": 3 }, "what": "sessions_expire""#,
            DONE,
        ),
        calls(
            "a 403 in plain text says that the token is bad",
            r#""which": { "family": "data" }, "when": { "nth": 1 }, "what": "bad_oauth_token""#,
            DONE,
        ),
        calls(
            "a 401 is policy, which no new token mends",
            r#""which": { "family": "data" }, "what": "policy_refusal""#,
            ["refused INVALID_SESSION_ID"; 5],
        ),
        calls(
            "the refresh token was used elsewhere, so all tokens are dead",
            r#""which": { "family": "data" }, "when": { "nth": 1 }, "what": "grants_end""#,
            ["signed_out"; 5],
        ),
    ]
}

fn limits() -> Vec<Line> {
    vec![
        calls(
            "the daily limit is used up",
            r#""which": { "family": "data" }, "what": "daily_limit""#,
            ["daily_limit_reached"; 5],
        ),
        calls(
            "too many calls run at once, twice",
            r#""which": { "family": "data" }, "when": { "first": 2 }, "what": "concurrent_limit""#,
            DONE,
        ),
        calls(
            "too many calls run at once, always",
            r#""which": { "family": "data" }, "what": "concurrent_limit""#,
            ["concurrent_limit_reached"; 5],
        ),
    ]
}

/// The servers in front of the org answer in its place. A POST is never sent again, whatever the page says.
fn pages() -> Vec<Line> {
    let first = |name, status: &str, ends| {
        let call = format!(r#""which": {{ "family": "data" }}, "when": {{ "first": 1 }}, "what": {status}"#);
        calls(name, &call, ends)
    };
    let reading = |name, status: &str| {
        let call = format!(
            r#""which": {{ "family": "data", "method": "GET" }}, "when": {{ "every": 2 }}, "what": {status}"#
        );
        calls(name, &call, DONE)
    };
    let not_json = ["done", "done", "not_json", "not_json", "not_json"];
    vec![
        first("503 as a web page", r#"{ "status": 503 }"#, not_json),
        first("420 as a web page", r#"{ "status": 420 }"#, not_json),
        first("502 as a web page", r#"{ "status": 502 }"#, not_json),
        first("504 as a web page", r#"{ "status": 504 }"#, not_json),
        first("406 without a body", r#"{ "status": 406 }"#, not_json),
        first("429 without a body", r#"{ "status": 429 }"#, not_json),
        first(
            "an unexpected error",
            r#""unknown_exception""#,
            [
                "done",
                "done",
                "refused UNKNOWN_EXCEPTION",
                "refused UNKNOWN_EXCEPTION",
                "refused UNKNOWN_EXCEPTION",
            ],
        ),
        reading("503 at every second reading call", r#"{ "status": 503 }"#),
        reading("420 at every second reading call", r#"{ "status": 420 }"#),
        reading(
            "an unexpected error at every second reading call",
            r#""unknown_exception""#,
        ),
        calls(
            "503 at the upload, once",
            r#""which": { "family": "ingest_upload" }, "when": { "first": 1 }, "what": { "status": 503 }"#,
            DONE,
        ),
        calls(
            "a redirect to another origin",
            r#""which": { "family": "data" }, "what": { "redirect": { "to": "https://elsewhere.example/" } }"#,
            ["redirected"; 5],
        ),
    ]
}

fn connections() -> Vec<Line> {
    let first = |name, family: &str, what: &str, ends| {
        let call =
            format!(r#""which": {{ "family": "{family}" }}, "when": {{ "first": 1 }}, "what": {what}"#);
        calls(name, &call, ends)
    };
    let lost = "reply_lost";
    vec![
        first(
            "the connection is cut before anything is done",
            "data",
            r#""cut_before_acting""#,
            ["done", "done", lost, lost, lost],
        ),
        first(
            "the reply of the first call is lost after the work was done",
            "data",
            r#""lost_reply""#,
            ["done", "done", "reply_lost +5", lost, lost],
        ),
        first(
            "the reply of an upload is lost",
            "ingest_upload",
            r#""lost_reply""#,
            ["done", "done", "done +5", lost, "done"],
        ),
        first(
            "the reply of closing a job is lost",
            "ingest_close",
            r#""lost_reply""#,
            DONE,
        ),
        first(
            "closing a job does not get through",
            "ingest_close",
            r#""cut_before_acting""#,
            DONE,
        ),
        first(
            "the reply breaks off within its body",
            "data",
            r#"{ "cut_reply": { "after_bytes": 20 } }"#,
            ["done", "done", "reply_lost +5", lost, lost],
        ),
        first(
            "a page of a query breaks off",
            "query_more",
            r#"{ "cut_reply": { "after_bytes": 5000 } }"#,
            DONE,
        ),
        first(
            "a result file breaks off",
            "ingest_results",
            r#"{ "cut_reply": { "after_bytes": 30 } }"#,
            DONE,
        ),
        first(
            "a page of a query job breaks off",
            "query_job_results",
            r#"{ "cut_reply": { "after_bytes": 3000 } }"#,
            DONE,
        ),
        calls(
            "every second page of a query job breaks off",
            r#""which": { "family": "query_job_results" }, "when": { "every": 2 },
               "what": { "cut_reply": { "after_bytes": 2000 } }"#,
            DONE,
        ),
        first(
            "a request breaks off while it is sent",
            "data",
            r#"{ "cut_upload": { "after_bytes": 20 } }"#,
            ["done", "done", lost, lost, lost],
        ),
        first(
            "an upload breaks off while it is sent",
            "ingest_upload",
            r#"{ "cut_upload": { "after_bytes": 20 } }"#,
            ["done", "done", "done +5", lost, "done"],
        ),
    ]
}

/// Answers that come whole, but late, in pieces, or not as the org sent them.
fn odd_answers() -> Vec<Line> {
    vec![
        calls(
            "every answer is slow",
            r#""which": { "family": "data" }, "what": { "slow_reply": { "milliseconds": 20 } }"#,
            DONE,
        ),
        calls(
            "answers come in small pieces",
            r#""which": { "family": "data" }, "when": { "every": 2 },
               "what": { "trickle": { "bytes": 4096, "milliseconds": 1 } }"#,
            DONE,
        ),
        calls(
            "a proxy takes Salesforce's headers away",
            r#""which": { "family": "data" }, "what": { "strip_headers": {} }"#,
            // Pages of a size of one's own cannot be followed without the locator.
            ["done", "done", "done +5", "done +5", "unreadable"],
        ),
        calls(
            "NUL bytes stand in the results",
            r#""which": { "family": "query_job_results" }, "what": { "nul_bytes": { "every_rows": 7 } }"#,
            DONE,
        ),
    ]
}

fn bulk_jobs() -> Vec<Line> {
    let fails = |name, reason: &str, ingest, query_job| {
        let job = format!(r#""what": {{ "fails": {{ "reason": "{reason}" }} }}"#);
        jobs(name, &job, ["done", "done", "done +5", ingest, query_job])
    };
    vec![
        fails(
            "jobs fail for their line endings",
            "line_ending",
            "Failed ClientInputError, 5 unprocessed",
            "Failed ClientInputError",
        ),
        fails(
            "jobs fail for an unknown field",
            "field_name_not_found",
            "Failed InvalidBatch, 5 unprocessed",
            "Failed InvalidBatch",
        ),
        fails(
            "jobs fail for locks",
            "too_many_lock_failure",
            "Failed TooManyLockFailure, 5 unprocessed",
            "Failed TooManyLockFailure",
        ),
        fails(
            "jobs fail for the daily quota",
            "exceeded_quota",
            "Failed ExceededQuota, 5 unprocessed",
            "Failed ExceededQuota",
        ),
        fails(
            "jobs fail within the servers",
            "internal_server_error",
            "Failed InternalServerError, 5 unprocessed",
            "Failed InternalServerError",
        ),
        fails(
            "jobs fail without a word",
            "unsaid",
            "Failed unsaid, 5 unprocessed",
            "Failed unsaid",
        ),
        jobs(
            "an ingest job fails after some of its rows",
            r#""which": { "kind": "ingest" },
               "what": { "fails": { "reason": "too_many_lock_failure", "after_rows": 2 } }"#,
            [
                "done",
                "done",
                "done +5",
                "Failed TooManyLockFailure, 3 unprocessed +2",
                "done",
            ],
        ),
        jobs(
            "jobs take long",
            r#""what": { "stays_in_progress": { "polls": 7 } }"#,
            DONE,
        ),
        calls(
            "results are answered late",
            r#""which": { "family": "ingest_results" }, "each_path": true, "when": { "first": 1 },
               "what": "results_not_ready""#,
            // The job's rows are in the org, and its results can be asked for again.
            ["done", "done", "done +5", "refused INVALIDJOBSTATE +5", "done"],
        ),
        Line {
            name: "every row is locked once",
            trouble: r#"{ "row_locks": [{ "object": "Lead", "fraction": 1.0, "tries": 1 }] }"#.to_owned(),
            ends: [
                "done",
                "done",
                "5 rows UNABLE_TO_LOCK_ROW",
                "5 rows UNABLE_TO_LOCK_ROW",
                "done",
            ],
        },
    ]
}

/// Does one piece of work in an org of its own.
async fn met(line: &Line, work: Work) -> String {
    let person = SignedIn::start(Options {
        accounts: 2,
        contacts: CONTACTS,
        leads: 0,
        opportunities: 0,
        ..Options::default()
    })
    .await;
    let client = client_of(&person);
    client.api_version().await.unwrap();
    DemoControl::new(&person.org.instance_url())
        .add_trouble(&line.trouble)
        .await
        .unwrap();
    let mut end = work.run(&client).await;
    let written = person.org.record_count("Lead").unwrap();
    assert!(
        written <= WRITTEN_LEADS,
        "{}: {work:?} wrote {written} leads",
        line.name
    );
    if written > 0 {
        end.push_str(&format!(" +{written}"));
    }
    end
}

async fn check(lines: Vec<Line>) {
    let mut wrong = Vec::new();
    for line in &lines {
        for (work, expected) in Work::ALL.into_iter().zip(line.ends) {
            let end = met(line, work).await;
            if end != expected {
                wrong.push(format!(
                    "{}: {work:?} ended as `{end}`, not `{expected}`",
                    line.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_expired_session_is_renewed_and_policy_is_told() {
    check(session()).await;
}

#[tokio::test]
async fn limits_are_waited_for_or_told() {
    check(limits()).await;
}

#[tokio::test]
async fn pages_instead_of_answers_are_survived_by_reading_and_never_by_a_second_write() {
    check(pages()).await;
}

#[tokio::test]
async fn broken_connections_lose_and_repeat_nothing() {
    check(connections()).await;
}

#[tokio::test]
async fn odd_answers_are_read_or_told() {
    check(odd_answers()).await;
}

#[tokio::test]
async fn troubled_jobs_account_for_every_row() {
    check(bulk_jobs()).await;
}
