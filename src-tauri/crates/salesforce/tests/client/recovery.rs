//! What a crash or a lost answer leaves behind, case by case, against a server that keeps jobs as the guide says
//! (Bulk API 2.0 and Bulk API Developer Guide, "Bulk API 2.0 Ingest").

use std::io::Write as _;
use std::sync::{Arc, Mutex};

use salesforce::{
    Client, Error, IngestOptions, JobInfo, JobState, Operation, Recovery, ResultRows, ResultSet, RowError,
    SentRows,
};
use serde_json::json;

use crate::support::{Answer, Org, Seen, client};

const ME: &str = "005Hs00000ABCDEIA1";

#[derive(Clone)]
struct Job {
    id: String,
    state: &'static str,
    content: Option<String>,
    created_by: &'static str,
    /// Successful, failed and unprocessed rows, once they can be read.
    results: Option<[&'static str; 3]>,
}

/// An org's ingest jobs. The answer to one kind of request may be lost after the org has acted.
#[derive(Clone, Default)]
struct Jobs {
    jobs: Arc<Mutex<Vec<Job>>>,
    lost: Arc<Mutex<Option<&'static str>>>,
}

impl Jobs {
    fn add(&self, state: &'static str, created_by: &'static str) -> String {
        let mut jobs = self.jobs.lock().unwrap();
        let id = format!("750Hs0000000{:03}IA1", jobs.len());
        jobs.push(Job {
            id: id.clone(),
            state,
            content: None,
            created_by,
            results: None,
        });
        id
    }

    fn states(&self) -> Vec<&'static str> {
        self.jobs.lock().unwrap().iter().map(|job| job.state).collect()
    }

    fn lose(&self, what: &'static str) {
        *self.lost.lock().unwrap() = Some(what);
    }

    fn set(&self, id: &str, change: impl FnOnce(&mut Job)) {
        change(
            self.jobs
                .lock()
                .unwrap()
                .iter_mut()
                .find(|job| job.id == id)
                .unwrap(),
        );
    }

    fn info(job: &Job) -> serde_json::Value {
        json!({ "id": job.id, "state": job.state, "object": "Lead", "operation": "insert",
                "createdById": job.created_by })
    }

    fn answer(&self, seen: &Seen) -> Answer {
        let answer = self.act(seen);
        let mut lost = self.lost.lock().unwrap();
        if *lost == Some(&*seen.method) {
            *lost = None;
            return Answer::html(502);
        }
        answer
    }

    fn act(&self, seen: &Seen) -> Answer {
        let rest = seen
            .path
            .strip_prefix("/services/data/v68.0/jobs/ingest")
            .unwrap();
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        if parts.is_empty() && seen.method == "POST" {
            let id = self.add("Open", ME);
            return self.act(&Seen {
                method: "GET".to_owned(),
                path: format!("{}/{id}", seen.path),
                ..seen.clone()
            });
        }
        let mut jobs = self.jobs.lock().unwrap();
        if parts.is_empty() {
            let records: Vec<_> = jobs.iter().map(Self::info).collect();
            return Answer::json(200, &json!({ "done": true, "records": records }));
        }
        let Some(job) = jobs.iter_mut().find(|job| job.id == parts[0]) else {
            return Answer::error(404, "NOT_FOUND", "The requested resource does not exist");
        };
        match (seen.method.as_str(), parts.get(1).copied()) {
            ("GET", None) => Answer::json(200, &Self::info(job)),
            ("PUT", Some("batches")) if job.content.is_some() => {
                Answer::error(400, "INVALIDJOBSTATE", "Found multiple contents for job")
            }
            ("PUT", Some("batches")) => {
                job.content = Some(seen.body.clone());
                Answer::empty(201)
            }
            ("PATCH", None) if seen.json()["state"] == "Aborted" => match job.state {
                "JobComplete" | "Failed" | "Aborted" => Answer::error(
                    400,
                    "INVALIDJOBSTATE",
                    "Aborting already Completed Job not allowed",
                ),
                _ => {
                    job.state = "Aborted";
                    Answer::json(200, &Self::info(job))
                }
            },
            ("PATCH", None) if job.state != "Open" => {
                Answer::error(400, "INVALIDJOBSTATE", "Closing already closed Job not allowed")
            }
            ("PATCH", None) => {
                job.state = "UploadComplete";
                Answer::json(200, &Self::info(job))
            }
            ("GET", Some(set)) => match job.results {
                None => Answer::error(404, "NOT_FOUND", "The requested resource does not exist"),
                Some([successful, failed, unprocessed]) => Answer::text(
                    200,
                    "text/csv",
                    match set {
                        "successfulResults" => successful,
                        "failedResults" => failed,
                        _ => unprocessed,
                    },
                ),
            },
            other => panic!("{other:?}"),
        }
    }
}

async fn org() -> (Jobs, Org, Client) {
    let jobs = Jobs::default();
    let served = jobs.clone();
    let org = Org::start(move |seen| served.answer(seen)).await;
    let client = client(&org.address);
    (jobs, org, client)
}

fn options() -> IngestOptions {
    IngestOptions {
        object: "Lead".to_owned(),
        operation: Operation::Insert,
        assignment_rule_id: None,
    }
}

fn upload() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"LastName\nA\nB\nC\n").unwrap();
    file
}

#[tokio::test]
async fn a_lost_creation_leaves_an_open_job_that_is_found_and_aborted() {
    let (jobs, org, client) = org().await;
    let bulk = client.bulk_ingest();
    jobs.lose("POST");
    let error = bulk.create_job(&options()).await.unwrap_err();
    assert!(error.may_have_acted());
    // It is not created a second time unasked.
    assert_eq!(org.seen().len(), 1);
    let known = jobs.add("Open", ME);
    jobs.add("Open", "005Hs00000OTHERIA1");
    jobs.add("InProgress", ME);
    let aborted = bulk
        .abort_orphans(ME, "Lead", std::slice::from_ref(&known))
        .await
        .unwrap();
    assert_eq!(aborted.len(), 1);
    assert_eq!(jobs.states(), ["Aborted", "Open", "Open", "InProgress"]);
    assert!(bulk.abort_orphans(ME, "Contact", &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn after_a_lost_upload_the_job_is_aborted_and_a_new_one_made() {
    let (jobs, org, client) = org().await;
    let bulk = client.bulk_ingest();
    let file = upload();
    let job = bulk.create_job(&options()).await.unwrap();
    jobs.lose("PUT");
    let error = bulk.upload(&job, file.path(), None).await.unwrap_err();
    assert!(error.may_have_acted());
    assert_eq!(bulk.recover(&job.id).await.unwrap(), Recovery::StartAnew);
    let anew = bulk.create_job(&options()).await.unwrap();
    bulk.upload(&anew, file.path(), None).await.unwrap();
    assert_eq!(
        bulk.close(&anew.id).await.unwrap().state,
        JobState::UploadComplete
    );
    assert_eq!(jobs.states(), ["Aborted", "UploadComplete"]);
    // Each job has been offered its content once.
    let uploads: Vec<String> = org
        .seen()
        .iter()
        .filter(|seen| seen.method == "PUT")
        .map(|seen| seen.path.clone())
        .collect();
    assert_eq!(uploads.len(), 2);
    assert_ne!(uploads[0], uploads[1]);
}

#[tokio::test]
async fn a_lost_close_reads_the_state_and_never_makes_a_second_job() {
    let (jobs, org, client) = org().await;
    let bulk = client.bulk_ingest();
    let job = bulk.create_job(&options()).await.unwrap();
    jobs.lose("PATCH");
    assert_eq!(bulk.close(&job.id).await.unwrap().state, JobState::UploadComplete);
    let methods: Vec<String> = org.seen().iter().map(|seen| seen.method.clone()).collect();
    assert_eq!(methods, ["POST", "PATCH", "GET"]);
    // The same in a later process: the job is asked, and waited for.
    for state in ["UploadComplete", "InProgress"] {
        jobs.set(&job.id, |job| job.state = state);
        let recovery = bulk.recover(&job.id).await.unwrap();
        assert!(
            matches!(&recovery, Recovery::Running(info) if info.state.as_str() == state),
            "{recovery:?}"
        );
    }
    assert_eq!(org.count("POST", "/services/data/v68.0/jobs/ingest"), 1);
    assert_eq!(jobs.states(), ["InProgress"]);
}

#[tokio::test]
async fn a_job_that_ended_early_tells_what_to_send_again() {
    let (jobs, _org, client) = org().await;
    let bulk = client.bulk_ingest();
    for state in ["Failed", "Aborted"] {
        let id = jobs.add(state, ME);
        jobs.set(&id, |job| {
            job.results = Some([
                "\"sf__Id\",\"sf__Created\",LastName\n\"00QHs00000ABCDEMA1\",\"true\",\"B\"\n",
                "\"sf__Id\",\"sf__Error\",LastName\n\"\",\"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--\",\"D\"\n\
                 \"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Company]:Company --\",\"A\"\n",
                "LastName\n\"C\"\n",
            ]);
        });
        let recovery = bulk.recover(&id).await.unwrap();
        assert!(
            matches!(&recovery, Recovery::Finished(info) if info.state.as_str() == state),
            "{recovery:?}"
        );
        let folder = tempfile::tempdir().unwrap();
        let files = bulk.download_all_results(&id, 4, folder.path()).await.unwrap();
        assert_eq!(
            (files.successful_rows, files.failed_rows, files.unprocessed_rows),
            (1, 2, 1)
        );

        let mut sent = SentRows::by_values(&["LastName"]);
        for (number, name) in ["A", "B", "C", "D"].iter().enumerate() {
            sent.add(number as u64, &[Some(name)]);
        }
        let mut again = Vec::new();
        for set in [ResultSet::Successful, ResultSet::Failed, ResultSet::Unprocessed] {
            let rows = ResultRows::open(&files.path(set)).unwrap();
            sent.read_columns(rows.columns());
            for row in rows.map(Result::unwrap) {
                let number = sent.take(&row.cells).unwrap();
                let passing = row.error.as_ref().is_some_and(RowError::is_passing);
                if set == ResultSet::Unprocessed || passing {
                    again.push(number);
                }
            }
        }
        assert_eq!((again, sent.remaining()), (vec![3, 2], 0));
    }
}

#[tokio::test]
async fn without_results_only_what_is_safe_may_be_sent_again() {
    let (jobs, _org, client) = org().await;
    let bulk = client.bulk_ingest();
    // The job is gone, or it is there and its results are not.
    let gone = bulk.recover("750Hs0000000999IA1").await.unwrap();
    assert_eq!(gone, Recovery::ResultsGone);
    let id = jobs.add("JobComplete", ME);
    let folder = tempfile::tempdir().unwrap();
    let error = bulk
        .download_all_results(&id, 3, folder.path())
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
    let upsert = Operation::Upsert {
        external_id_field: "Ext__c".to_owned(),
    };
    assert!(upsert.is_safe_to_repeat());
    assert!(!Operation::Insert.is_safe_to_repeat());
    assert!(!Operation::HardDelete.is_safe_to_repeat());
}

#[tokio::test]
async fn results_that_do_not_add_up_are_fetched_again_and_then_refused() {
    let (jobs, org, client) = org().await;
    let bulk = client.bulk_ingest();
    let id = jobs.add("JobComplete", ME);
    jobs.set(&id, |job| {
        job.results = Some([
            "\"sf__Id\",\"sf__Created\",LastName\n\"00QHs00000ABCDEMA1\",\"true\",\"A\"\n",
            "",
            "",
        ]);
    });
    let folder = tempfile::tempdir().unwrap();
    let error = bulk
        .download_all_results(&id, 2, folder.path())
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::RowCount {
                expected_rows: 2,
                received_rows: 1,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(org.seen().len(), 9);
    assert_eq!(
        bulk.download_all_results(&id, 1, folder.path())
            .await
            .unwrap()
            .successful_rows,
        1
    );
}

#[tokio::test]
async fn a_job_closed_in_the_same_moment_is_not_lost() {
    let (jobs, _org, client) = org().await;
    let id = jobs.add("Open", ME);
    // Between the look and the abort somebody else closes it, and it ends.
    let served = jobs.clone();
    let racing = Org::start(move |seen| {
        if seen.method == "PATCH" {
            served.set(&seen.path[seen.path.len() - 18..], |job| {
                job.state = "JobComplete";
            });
        }
        served.answer(seen)
    })
    .await;
    let recovery = crate::support::client(&racing.address)
        .bulk_ingest()
        .recover(&id)
        .await
        .unwrap();
    let finished: Option<JobInfo> = match recovery {
        Recovery::Finished(info) => Some(info),
        _ => None,
    };
    assert_eq!(finished.unwrap().state, JobState::JobComplete);
    assert!(client.bulk_ingest().open_jobs(ME).await.unwrap().is_empty());
}
