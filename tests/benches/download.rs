//! What it costs to read 2,000,000 contacts of 20 fields from a finished Bulk query job: our client, which
//! decompresses, parses and checks every row into a sink, beside `curl`, which decompresses the same pages into
//! nothing. Both are processes of their own, one after the other, against the same demo org.
//!
//! Run it by `cargo xtask bench`. Only the ratios mean something on another machine.

mod measured;
mod programs;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use measured::{Measured, measure};
use programs::{DemoOrg, command_line};
use reqwest::header::AUTHORIZATION;
use salesforce::{
    Client, ClientOptions, InstanceUrl, LoginUrl, Pace, QueryDownloadOptions, QueryJobInfo, QueryJobOptions,
    QueryRow, RowSink, SessionOnly, SinkError, Tokens,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

const SIZES: [u32; 2] = [500_000, 2_000_000];
/// The goal of the client's own memory, in bytes.
const MOST_MEMORY_BYTES: u64 = 60_000_000;
const QUERY: &str = "SELECT Id, FirstName, LastName, Salutation, AccountId, Title, Department, Email, Phone, MobilePhone, \
                     MailingStreet, MailingCity, MailingState, MailingPostalCode, MailingCountry, LeadSource, OwnerId, \
                     CreatedDate, LastModifiedDate, SystemModstamp FROM Contact";

#[tokio::main]
async fn main() -> Result<()> {
    support::use_ring();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [mode, instance_url, access_token, job] if mode == "read" => {
            read(&client(instance_url, access_token)?, job).await
        }
        _ => compare().await,
    }
}

async fn compare() -> Result<()> {
    let program = command_line()?;
    let folder = tempfile::tempdir()?;
    println!("records     reader                wall s    CPU s   peak MB      rows/s");
    let mut outcomes = Vec::new();
    for records in SIZES {
        let began = Instant::now();
        let org = DemoOrg::start(&program, &["--contacts", &records.to_string()])?;
        let start_seconds = began.elapsed().as_secs_f64();
        let client = client(&org.instance_url, &org.access_token)?;
        let job = finished_job(&client).await?;
        let pages = folder.path().join("pages");
        std::fs::write(&pages, page_list(&org, &job).await?)?;
        let curl = measure(curl(&pages))?;
        print(records, "curl, to nothing", &curl);
        let ours = measure(reader(&org, &job)?)?;
        let said: Value = serde_json::from_str(ours.output.trim())?;
        ensure!(said["rows"] == records, "not every row arrived: {said}");
        print(records, "client, every row", &ours);
        println!(
            "{records:>9}   {} bytes decompressed, {} bytes of cells",
            said["bytes"], said["cell_bytes"]
        );
        println!("{records:>9}   demo org started in {start_seconds:.2} s");
        outcomes.push((curl, ours));
    }
    let [(_, small), (curl, large)] = outcomes.as_slice() else {
        return Ok(());
    };
    println!();
    println!(
        "CPU of the client / curl, at 2,000,000: {:.2}",
        large.cpu_seconds / curl.cpu_seconds
    );
    println!(
        "peak memory of the client at 2,000,000 / at 500,000: {:.2}",
        large.peak_bytes as f64 / small.peak_bytes as f64
    );
    ensure!(
        large.peak_bytes < MOST_MEMORY_BYTES,
        "the client took {} bytes of memory; the goal is {MOST_MEMORY_BYTES}",
        large.peak_bytes
    );
    Ok(())
}

fn client(instance_url: &str, access_token: &str) -> Result<Client> {
    Ok(Client::new(ClientOptions {
        login_url: LoginUrl::parse(instance_url)?,
        client_id: String::new(),
        client_secret: None,
        api_version: None,
        tokens: Tokens::access_token_only(access_token.to_owned().into(), InstanceUrl::parse(instance_url)?),
        keep: Arc::new(SessionOnly),
        pace: Pace::default(),
    })?)
}

async fn finished_job(client: &Client) -> Result<QueryJobInfo> {
    let options = QueryJobOptions {
        soql: QUERY.to_owned(),
        with_deleted: false,
    };
    let job = client.bulk_query().create_job(&options).await?;
    let never = CancellationToken::new();
    Ok(client.bulk_query().wait(&job.job, &never, |_| ()).await?)
}

/// The addresses of all pages as curl's own configuration, with the token kept out of the process list.
async fn page_list(org: &DemoOrg, job: &QueryJobInfo) -> Result<String> {
    let http = reqwest::Client::new();
    let bearer = format!("Bearer {}", org.access_token);
    let mut list = format!("compressed\nsilent\nfail\nheader = \"Authorization: {bearer}\"\n");
    let mut next = Some(format!(
        "/services/data/v{}/jobs/query/{}/resultPages",
        job.job.api_version, job.job.id
    ));
    while let Some(path) = next {
        let address = format!("{}{path}", org.instance_url);
        let page: Value = http
            .get(address)
            .header(AUTHORIZATION, &bearer)
            .send()
            .await?
            .json()
            .await?;
        for entry in page["resultPages"].as_array().context("no pages")? {
            let url = entry["resultUrl"].as_str().context("no address")?;
            writeln!(
                list,
                "url = \"{}{url}\"\noutput = \"/dev/null\"",
                org.instance_url
            )?;
        }
        next = page["nextRecordsUrl"].as_str().map(str::to_owned);
    }
    Ok(list)
}

fn curl(pages: &Path) -> Command {
    let mut command = Command::new("curl");
    command.arg("--config").arg(pages);
    command
}

fn reader(org: &DemoOrg, job: &QueryJobInfo) -> Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["read", &org.instance_url, &org.access_token])
        .arg(serde_json::to_string(&job.job)?);
    Ok(command)
}

/// The child's part: every row of a finished job into a sink that keeps nothing.
async fn read(client: &Client, job: &str) -> Result<()> {
    let job = client.bulk_query().job(&serde_json::from_str(job)?).await?;
    let mut sink = Counted::default();
    let never = CancellationToken::new();
    let options = QueryDownloadOptions::default();
    let download = client
        .bulk_query()
        .download(&job, &options, &never, &mut sink)
        .await?;
    ensure!(
        download.rows == sink.rows,
        "the sink got {} of {} rows",
        sink.rows,
        download.rows
    );
    println!(
        "{}",
        serde_json::json!({ "rows": sink.rows, "bytes": download.bytes, "cell_bytes": sink.cell_bytes })
    );
    Ok(())
}

#[derive(Default)]
struct Counted {
    rows: u64,
    cell_bytes: u64,
}

impl RowSink for Counted {
    fn columns(&mut self, _columns: &[String]) -> Result<(), SinkError> {
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        self.rows += 1;
        self.cell_bytes += row.cells().map(|cell| cell.len() as u64).sum::<u64>();
        Ok(())
    }
}

fn print(records: u32, reader: &str, figures: &Measured) {
    println!(
        "{records:>9}   {reader:<18} {:>8.2} {:>8.2} {:>9.1} {:>11.0}",
        figures.wall_seconds,
        figures.cpu_seconds,
        figures.peak_bytes as f64 / 1e6,
        f64::from(records) / figures.wall_seconds
    );
}
