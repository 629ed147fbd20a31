//! An org whose ingest jobs cost nothing: it keeps an upload in memory, calls every row written, and answers from there.
//! Everything else it passes on to a demo org in the same process, so that clients meet an org of Salesforce's shape.
//!
//! As with Salesforce, rows come back in batches and not in the order of the upload: here the last batch comes first.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, ensure};
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// The core of the org; clients are measured on another one.
const OWN_CORE: &str = "0";
/// Argument by which the bench's program is this org.
pub const MODE: &str = "null-org";
/// Rows that Salesforce processes together.
const BATCH_ROWS: usize = 10_000;

/// Such an org, in a process of its own.
pub struct NullOrg {
    process: Child,
    /// Where it answers.
    pub instance_url: String,
    /// Of its administrator.
    pub access_token: String,
    /// Its 18-character id.
    pub org_id: String,
}

impl NullOrg {
    /// Starts this program as the org.
    pub fn start() -> Result<Self> {
        let mut process = Command::new("taskset")
            .args(["--cpu-list", OWN_CORE])
            .arg(std::env::current_exe()?)
            .arg(MODE)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().context("no output")?).read_line(&mut line)?;
        let said: Value = serde_json::from_str(&line)?;
        let text = |name: &str| {
            let text = said[name].as_str().map(str::to_owned);
            text.with_context(|| format!("no {name} in {line}"))
        };
        Ok(Self {
            instance_url: text("instance_url")?,
            access_token: text("access_token")?,
            org_id: text("org_id")?,
            process,
        })
    }
}

impl NullOrg {
    /// The file of its first job.
    pub fn first_upload(&self) -> Result<Vec<u8>> {
        let address = format!(
            "{}/services/data/v60.0/jobs/ingest/{}/batches",
            self.instance_url,
            job_id(1)
        );
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let answer = reqwest::get(address).await?.error_for_status()?;
            Ok(answer.bytes().await?.to_vec())
        })
    }
}

fn job_id(number: usize) -> String {
    format!("750{number:012}AAA")
}

impl Drop for NullOrg {
    fn drop(&mut self) {
        if let Err(error) = self.process.kill().and_then(|()| self.process.wait()) {
            eprintln!("The null org could not be stopped: {error}");
        }
    }
}

/// The child's part: answers until it is killed.
pub fn serve() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let demo = demo_org::DemoOrg::start(demo_org::Options::default()).await?;
        let client = reqwest::Client::new();
        let org_id = org_id(&client, &demo).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!(
            "{}",
            json!({
                "instance_url": format!("http://{}", listener.local_addr()?),
                "access_token": demo.access_token(),
                "org_id": org_id,
            })
        );
        let org = Arc::new(Org {
            jobs: Mutex::default(),
            behind: demo.instance_url(),
            client,
        });
        axum::serve(listener, routes(org)).await?;
        Ok(())
    })
}

async fn org_id(client: &reqwest::Client, demo: &demo_org::DemoOrg) -> Result<String> {
    let query = format!(
        "{}/services/data/v60.0/query?q=SELECT+Id+FROM+Organization",
        demo.instance_url()
    );
    let answer = client.get(query).bearer_auth(demo.access_token()).send().await?;
    ensure!(
        answer.status().is_success(),
        "the demo org refuses: {}",
        answer.status()
    );
    let answer: Value = answer.json().await?;
    let id = answer["records"][0]["Id"].as_str();
    Ok(id.context("the org has no id")?.to_owned())
}

struct Org {
    jobs: Mutex<HashMap<String, Job>>,
    /// Address of the demo org.
    behind: String,
    client: reqwest::Client,
}

#[derive(Default)]
struct Job {
    asked: Value,
    state: &'static str,
    rows: usize,
    /// What `successfulResults` answers.
    results: Bytes,
    /// What the other results answer.
    header: Bytes,
    file: Bytes,
}

impl Org {
    fn jobs(&self) -> MutexGuard<'_, HashMap<String, Job>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn routes(org: Arc<Org>) -> Router {
    let ingest = "/services/data/{version}/jobs/ingest";
    let job = format!("{ingest}/{{job}}");
    Router::new()
        .route(ingest, post(create))
        .route(&job, get(told).patch(set_state).delete(remove))
        .route(&format!("{job}/batches"), put(upload).get(uploaded))
        .route(&format!("{job}/{{set}}"), get(results))
        .fallback(pass_on)
        .layer(DefaultBodyLimit::disable())
        .with_state(org)
}

async fn create(
    State(org): State<Arc<Org>>,
    Path(version): Path<String>,
    Json(asked): Json<Value>,
) -> Json<Value> {
    let mut jobs = org.jobs();
    let id = job_id(jobs.len() + 1);
    let job = Job {
        asked,
        state: "Open",
        ..Job::default()
    };
    let info = info(&id, &version, &job);
    jobs.insert(id, job);
    Json(info)
}

async fn upload(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
    file: Bytes,
) -> Result<StatusCode, (StatusCode, String)> {
    let results = as_results(&file).map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    let mut jobs = org.jobs();
    let job = jobs.get_mut(&id).ok_or_else(no_such_job)?;
    (job.header, job.results, job.rows) = results;
    job.file = file;
    Ok(StatusCode::CREATED)
}

/// What was uploaded, which Salesforce does not tell; the bench asks, to let another client upload the same.
async fn uploaded(
    State(org): State<Arc<Org>>,
    Path((_, id)): Path<(String, String)>,
) -> Result<Bytes, (StatusCode, String)> {
    let jobs = org.jobs();
    Ok(jobs.get(&id).ok_or_else(no_such_job)?.file.clone())
}

async fn set_state(
    State(org): State<Arc<Org>>,
    Path((version, id)): Path<(String, String)>,
    Json(asked): Json<Value>,
) -> Result<Json<Value>, (StatusCode, String)> {
    let mut jobs = org.jobs();
    let job = jobs.get_mut(&id).ok_or_else(no_such_job)?;
    job.state = if asked["state"] == "Aborted" {
        "Aborted"
    } else {
        "UploadComplete"
    };
    let info = info(&id, &version, job);
    if job.state == "UploadComplete" {
        job.state = "JobComplete";
    }
    Ok(Json(info))
}

async fn told(
    State(org): State<Arc<Org>>,
    Path((version, id)): Path<(String, String)>,
) -> Result<Json<Value>, (StatusCode, String)> {
    let jobs = org.jobs();
    let job = jobs.get(&id).ok_or_else(no_such_job)?;
    Ok(Json(info(&id, &version, job)))
}

async fn remove(State(org): State<Arc<Org>>, Path((_, id)): Path<(String, String)>) -> StatusCode {
    org.jobs().remove(&id);
    StatusCode::NO_CONTENT
}

async fn results(
    State(org): State<Arc<Org>>,
    Path((_, id, set)): Path<(String, String, String)>,
) -> Result<Response, (StatusCode, String)> {
    let jobs = org.jobs();
    let job = jobs.get(&id).ok_or_else(no_such_job)?;
    let rows = if set == "successfulResults" {
        &job.results
    } else {
        &job.header
    };
    Ok(([(header::CONTENT_TYPE, "text/csv")], rows.clone()).into_response())
}

fn no_such_job() -> (StatusCode, String) {
    (StatusCode::NOT_FOUND, "There is no such job.".to_owned())
}

fn info(id: &str, version: &str, job: &Job) -> Value {
    let is_complete = job.state == "JobComplete";
    json!({
        "id": id,
        "object": job.asked["object"],
        "operation": job.asked["operation"],
        "state": job.state,
        "createdById": "005000000000001AAA",
        "createdDate": "2026-01-01T00:00:00.000+0000",
        "systemModstamp": "2026-01-01T00:00:00.000+0000",
        "concurrencyMode": "Parallel",
        "contentType": "CSV",
        "apiVersion": version.trim_start_matches('v').parse::<f64>().unwrap_or_default(),
        "jobType": "V2Ingest",
        "contentUrl": format!("services/data/{version}/jobs/ingest/{id}/batches"),
        "lineEnding": "LF",
        "columnDelimiter": "COMMA",
        "numberRecordsProcessed": if is_complete { job.rows } else { 0 },
        "numberRecordsFailed": 0,
        "retries": 0,
        "totalProcessingTime": 0,
    })
}

/// The header of an upload's results, the results with every row written, and the number of rows. Every cell is quoted, as
/// Salesforce writes them.
fn as_results(file: &[u8]) -> Result<(Bytes, Bytes, usize)> {
    let mut reader = csv::Reader::from_reader(file);
    let columns: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let rows = reader.byte_records().collect::<Result<Vec<_>, _>>()?;
    let writer = |first: [&str; 2]| -> Result<csv::Writer<Vec<u8>>> {
        let mut writer = csv::WriterBuilder::new()
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        writer.write_record(first.into_iter().chain(columns.iter().map(String::as_str)))?;
        Ok(writer)
    };
    let unwritten = writer(["sf__Id", "sf__Error"])?.into_inner()?;
    let mut written = writer(["sf__Id", "sf__Created"])?;
    for (batch, rows) in rows.chunks(BATCH_ROWS).enumerate().rev() {
        for (place, row) in rows.iter().enumerate() {
            let id = format!("00Q{:012}EAA", batch * BATCH_ROWS + place + 1);
            written.write_record([id.as_bytes(), b"true"].into_iter().chain(row))?;
        }
    }
    Ok((unwritten.into(), written.into_inner()?.into(), rows.len()))
}

/// Asks the demo org.
async fn pass_on(State(org): State<Arc<Org>>, request: Request) -> Result<Response, (StatusCode, String)> {
    let bad_gateway = |error: &dyn std::fmt::Display| (StatusCode::BAD_GATEWAY, error.to_string());
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .map_err(|error| bad_gateway(&error))?;
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let mut headers = parts.headers;
    for own in [header::HOST, header::CONTENT_LENGTH, header::ACCEPT_ENCODING] {
        headers.remove(own);
    }
    let answer = org
        .client
        .request(parts.method, format!("{}{path}", org.behind))
        .headers(headers)
        .body(body)
        .send()
        .await
        .map_err(|error| bad_gateway(&error))?;
    let mut response = Response::builder().status(answer.status());
    let passed = |name: &HeaderName| *name != header::TRANSFER_ENCODING && *name != header::CONTENT_LENGTH;
    for (name, value) in answer.headers().iter().filter(|(name, _)| passed(name)) {
        response = response.header(name, value);
    }
    let body = answer.bytes().await.map_err(|error| bad_gateway(&error))?;
    response
        .body(Body::from(body))
        .map_err(|error| bad_gateway(&error))
}
