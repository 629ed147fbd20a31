use std::sync::{Arc, Mutex};

use futures_util::future::BoxFuture;
use salesforce::{QueryJob, QueryJobInfo, QueryRow, ResumePoint, RowSink, SinkError};
use serde_json::json;

use super::{Answer, JOB_ID, client};

/// Keeps everything that a download gives.
#[derive(Debug, Default)]
pub struct Kept {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Each with the number of rows given before it.
    pub checkpoints: Vec<(usize, ResumePoint)>,
    /// Refuse the row of this number, from 1.
    pub full_at: Option<usize>,
}

impl RowSink for Kept {
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError> {
        if self.full_at == Some(self.rows.len() + 1) {
            return Err("the shelf is full".into());
        }
        let cells: Vec<String> = row.cells().map(ToOwned::to_owned).collect();
        for (index, cell) in cells.iter().enumerate() {
            assert_eq!(row.cell(index), Some(cell.as_str()));
        }
        assert_eq!(row.cell(row.len()), None);
        self.rows.push(cells);
        Ok(())
    }

    fn checkpoint<'a>(&'a mut self, point: &'a ResumePoint) -> BoxFuture<'a, Result<(), SinkError>> {
        self.checkpoints.push((self.rows.len(), point.clone()));
        Box::pin(std::future::ready(Ok(())))
    }
}

pub fn query_path(rest: &str) -> String {
    format!("/services/data/v68.0/jobs/query/{JOB_ID}{rest}")
}

pub fn query_job_json(state: &str, rows: Option<u64>) -> serde_json::Value {
    let mut job = json!({
        "id": JOB_ID, "operation": "query", "object": "Contact", "createdById": "005Hs00000ABCDEIA1",
        "createdDate": "2026-11-23T12:34:56.000+0000", "systemModstamp": "2026-11-23T12:34:56.000+0000",
        "state": state, "concurrencyMode": "Parallel", "contentType": "CSV", "apiVersion": 68.0,
        "lineEnding": "LF", "columnDelimiter": "COMMA",
    });
    if let Some(rows) = rows {
        job["numberRecordsProcessed"] = rows.into();
    }
    job
}

/// The info of a complete job, read from a server of its own.
pub async fn complete_job(rows: Option<u64>) -> QueryJobInfo {
    let org = super::Org::start(move |_| Answer::json(200, &query_job_json("JobComplete", rows))).await;
    let job = QueryJob {
        id: JOB_ID.to_owned(),
        api_version: salesforce::ApiVersion::new(68),
    };
    client(&org.address).bulk_query().job(&job).await.unwrap()
}

/// CSV as Salesforce writes it: every cell in quotes.
pub fn quoted_csv(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
            .collect();
        cells.join(",") + "\n"
    };
    rows.iter().map(line).collect()
}

/// Pages of numbered rows (`Id`, `Name`), with the locators `p1`, `p2`, … after the first.
#[derive(Debug, Clone)]
pub struct Pages {
    pub rows_of_pages: Arc<Mutex<Vec<usize>>>,
}

impl Pages {
    pub fn new(rows_of_pages: &[usize]) -> Self {
        Self {
            rows_of_pages: Arc::new(Mutex::new(rows_of_pages.to_vec())),
        }
    }

    pub fn rows(&self, page: usize) -> Vec<Vec<String>> {
        let pages = self.rows_of_pages.lock().unwrap();
        let first: usize = pages[..page].iter().sum();
        (first..first + pages[page])
            .map(|row| vec![format!("{row:018}"), format!("Nam\"e,\n{row}")])
            .collect()
    }

    pub fn all_rows(&self) -> Vec<Vec<String>> {
        let count = self.rows_of_pages.lock().unwrap().len();
        (0..count).flat_map(|page| self.rows(page)).collect()
    }

    pub fn csv(&self, page: usize) -> String {
        let mut rows = vec![vec!["Id".to_owned(), "Name".to_owned()]];
        rows.extend(self.rows(page));
        quoted_csv(&rows)
    }

    pub fn number(locator: Option<&String>) -> usize {
        locator.map_or(0, |text| text.strip_prefix('p').unwrap().parse().unwrap())
    }

    pub fn answer(&self, locator: Option<&String>) -> Answer {
        let page = Self::number(locator);
        self.headed(page, Answer::text(200, "text/csv", self.csv(page)))
    }

    /// The headers of a page on some answer.
    pub fn headed(&self, page: usize, answer: Answer) -> Answer {
        let rows = self.rows_of_pages.lock().unwrap().clone();
        let next = if page + 1 < rows.len() {
            format!("p{}", page + 1)
        } else {
            "null".to_owned()
        };
        answer
            .header("sforce-locator", &next)
            .header("sforce-numberofrecords", &rows[page].to_string())
    }
}
