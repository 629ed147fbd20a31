//! The rows of a query job ("Get Results for a Query Job", "Get Parallel Results for a Query Job").

use std::io::Write as _;

use proptest::prelude::*;
use salesforce::{Client, Error, QueryDownload, QueryDownloadOptions};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, Kept, Org, Pages, Seen, client, complete_job, query_path, quoted_csv};

async fn download(
    client: &Client,
    rows: Option<u64>,
    options: QueryDownloadOptions,
) -> (Result<QueryDownload, Error>, Kept) {
    let mut sink = Kept::default();
    let info = complete_job(rows).await;
    let outcome = client
        .bulk_query()
        .download(&info, &options, &CancellationToken::new(), &mut sink)
        .await;
    (outcome, sink)
}

async fn one_page(body: impl Into<Vec<u8>>, rows: Option<u64>) -> (Result<QueryDownload, Error>, Kept) {
    let body = body.into();
    let org =
        Org::start(move |_| Answer::bytes(200, "text/csv", body.clone()).header("sforce-locator", "null"))
            .await;
    download(&client(&org.address), rows, QueryDownloadOptions::default()).await
}

fn parallel(pages: usize) -> QueryDownloadOptions {
    QueryDownloadOptions {
        parallel_pages: pages,
        ..QueryDownloadOptions::default()
    }
}

fn page_list(seen: &Seen, pages: &Pages) -> Answer {
    let result = |page: usize| {
        let query = if page == 0 {
            String::new()
        } else {
            format!("?locator=p{page}")
        };
        json!({ "resultUrl": format!("{}{query}", query_path("/results")) })
    };
    let count = pages.rows_of_pages.lock().unwrap().len();
    let first = usize::from(seen.query.get("locator").is_some_and(|part| part == "two")) * 2;
    let last = (first + 2).min(count);
    let mut answer =
        json!({ "resultPages": (first..last).map(result).collect::<Vec<_>>(), "done": last == count });
    if last < count {
        answer["nextRecordsUrl"] = format!("{}?locator=two", query_path("/resultpages")).into();
    }
    Answer::json(200, &answer)
}

#[tokio::test]
async fn pages_follow_their_locators_to_the_text_null() {
    let pages = Pages::new(&[3, 2, 4]);
    let served = pages.clone();
    let org = Org::start(move |seen| served.answer(seen.query.get("locator"))).await;
    let options = QueryDownloadOptions {
        max_records: Some(4),
        ..QueryDownloadOptions::default()
    };
    let (outcome, sink) = download(&client(&org.address), Some(9), options).await;
    let outcome = outcome.unwrap();
    assert_eq!(sink.columns, ["Id", "Name"]);
    assert_eq!(sink.rows, pages.all_rows());
    assert_eq!((outcome.rows, outcome.pages), (9, 3));
    assert_eq!(outcome.columns, sink.columns);
    let seen = org.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen.iter().all(|one| one.query["maxRecords"] == "4"));
    assert!(seen[0].header("accept-encoding").contains("gzip"));
    assert_eq!(seen[0].header("accept"), "text/csv");
}

#[tokio::test]
async fn compressed_pages_are_read_as_they_come() {
    let pages = Pages::new(&[2_000]);
    let served = pages.clone();
    let org = Org::start(move |_| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(served.csv(0).as_bytes()).unwrap();
        let answer =
            Answer::bytes(200, "text/csv", gzip.finish().unwrap()).header("content-encoding", "gzip");
        served.headed(0, answer)
    })
    .await;
    let (outcome, sink) = download(
        &client(&org.address),
        Some(2_000),
        QueryDownloadOptions::default(),
    )
    .await;
    assert_eq!(outcome.unwrap().bytes, pages.csv(0).len() as u64);
    assert_eq!(sink.rows, pages.all_rows());
    assert!(sink.checkpoints.len() > 1);
    assert!(
        sink.checkpoints
            .iter()
            .all(|(rows, point)| point.rows() == *rows as u64)
    );
}

#[tokio::test]
async fn pages_are_read_in_parallel_by_the_list_of_pages() {
    let pages = Pages::new(&[2, 3, 1, 2]);
    let served = pages.clone();
    let org = Org::start(move |seen| {
        if seen.path.to_ascii_lowercase().ends_with("/resultpages") {
            page_list(seen, &served)
        } else {
            served.answer(seen.query.get("locator"))
        }
    })
    .await;
    let (outcome, mut sink) = download(&client(&org.address), Some(8), parallel(3)).await;
    assert_eq!(outcome.unwrap().pages, 4);
    sink.rows.sort();
    assert_eq!(sink.rows, pages.all_rows());
    assert_eq!(org.count("GET", &query_path("/results")), 4);
    assert_eq!(org.count("GET", &query_path("/resultPages")), 1);
    assert_eq!(org.count("GET", &query_path("/resultpages")), 1);
}

#[tokio::test]
async fn no_rows_come_as_a_header_or_as_nothing() {
    for (body, columns) in [("\"Id\",\"Name\"\n", 2), ("", 0)] {
        let (outcome, sink) = one_page(body, Some(0)).await;
        let outcome = outcome.unwrap();
        assert_eq!((outcome.rows, outcome.columns.len()), (0, columns));
        assert_eq!((sink.rows.len(), sink.columns.len()), (0, columns));
    }
    // An empty list of pages is followed by a look at the first page.
    let org = Org::start(|seen| {
        if seen.path.ends_with("/resultPages") {
            Answer::json(200, &json!({ "resultPages": [], "done": true }))
        } else {
            Answer::text(200, "text/csv", "\"Id\"\n").header("sforce-locator", "NULL")
        }
    })
    .await;
    let (outcome, sink) = download(&client(&org.address), Some(0), parallel(4)).await;
    assert_eq!(outcome.unwrap().rows, 0);
    assert_eq!(sink.columns, ["Id"]);
}

#[tokio::test]
async fn cells_keep_line_breaks_quotes_the_text_null_and_lose_nul_bytes() {
    let body = "\"Id\",\"Name\"\n\"1\",\"a\nb\"\n\"2\",\"null\"\n\"3\",\"\"\n\"4\",\"c\0\0d\r\ne\"\"f,\"\n";
    let (outcome, sink) = one_page(body, Some(4)).await;
    assert_eq!(outcome.unwrap().stripped_nul_bytes, 2);
    let names: Vec<&str> = sink.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(names, ["a\nb", "null", "", "cd\r\ne\"f,"]);
    // A column alone may be empty in a row.
    let (outcome, sink) = one_page("\"Email\"\n\"\"\n\"a@b.example\"\n", Some(2)).await;
    assert_eq!(outcome.unwrap().rows, 2);
    assert_eq!(sink.rows, [[""], ["a@b.example"]]);
}

#[tokio::test]
async fn damaged_pages_are_refused() {
    let mut not_utf8 = b"\"Id\"\n\"a".to_vec();
    not_utf8.extend([0xC3, b'"', b'\n']);
    let mut split_between_cells = b"\"Id\",\"Name\"\n\"".to_vec();
    split_between_cells.extend(b"\xC3\",\"\xA9\"\n");
    let bodies: [(Vec<u8>, &str); 3] = [
        (not_utf8, "not UTF-8"),
        (split_between_cells, "not UTF-8"),
        (b"\"Id\",\"Name\"\n\"1\"\n".to_vec(), "1 cells for 2 columns"),
    ];
    for (body, words) in bodies {
        let error = one_page(body, None).await.0.unwrap_err();
        assert_eq!(error.code(), "csv");
        assert!(error.to_string().contains(words), "{error}");
    }
    let org = Org::start(|seen| match seen.query.get("locator") {
        None => Answer::text(200, "text/csv", "\"Id\"\n\"1\"\n").header("sforce-locator", "p1"),
        Some(_) => Answer::text(200, "text/csv", "\"Name\"\n\"2\"\n").header("sforce-locator", "null"),
    })
    .await;
    let (outcome, _) = download(&client(&org.address), None, QueryDownloadOptions::default()).await;
    assert!(outcome.unwrap_err().to_string().contains("other columns"));
}

#[tokio::test]
async fn locators_never_lead_round_in_a_circle() {
    for circle in [["p1", "p1"], ["p1", "p2"]] {
        let org = Org::start(move |seen| {
            let next = match seen.query.get("locator").map(String::as_str) {
                None => circle[0],
                Some("p1") => circle[1],
                Some(_) => "p1",
            };
            Answer::text(200, "text/csv", "\"Id\"\n\"1\"\n").header("sforce-locator", next)
        })
        .await;
        let (outcome, _) = download(&client(&org.address), None, QueryDownloadOptions::default()).await;
        assert_eq!(outcome.unwrap_err().code(), "unreadable");
        assert!(org.seen().len() <= 3);
    }
}

#[tokio::test]
async fn a_missing_locator_is_looked_up_in_the_list_or_refused() {
    let pages = Pages::new(&[2, 1, 2]);
    let served = pages.clone();
    let org = Org::start(move |seen| {
        if seen.path.to_ascii_lowercase().ends_with("/resultpages") {
            page_list(seen, &served)
        } else {
            let page = Pages::number(seen.query.get("locator"));
            Answer::text(200, "text/csv", served.csv(page))
        }
    })
    .await;
    let client = client(&org.address);
    let (outcome, sink) = download(&client, None, QueryDownloadOptions::default()).await;
    assert_eq!(outcome.unwrap().rows, 5);
    assert_eq!(sink.rows, pages.all_rows());
    // The list does not fit pages of a size that the caller chose.
    let options = QueryDownloadOptions {
        max_records: Some(2),
        ..QueryDownloadOptions::default()
    };
    let (outcome, _) = download(&client, None, options).await;
    assert_eq!(outcome.unwrap_err().code(), "unreadable");
    // When all rows are there nothing is missing.
    let (outcome, _) = one_page_without_locator().await;
    assert_eq!(outcome.unwrap().rows, 1);
}

async fn one_page_without_locator() -> (Result<QueryDownload, Error>, Kept) {
    let org = Org::start(|_| Answer::text(200, "text/csv", "\"Id\"\n\"1\"\n")).await;
    download(&client(&org.address), Some(1), QueryDownloadOptions::default()).await
}

#[tokio::test]
async fn the_orgs_counts_are_checked() {
    let (outcome, _) = one_page("\"Id\"\n\"1\"\n", Some(2)).await;
    let error = outcome.unwrap_err();
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
    // A page that is shorter than its head says is asked again, then refused.
    let org = Org::start(|_| {
        Answer::text(200, "text/csv", "\"Id\"\n\"1\"\n")
            .header("sforce-locator", "null")
            .header("sforce-numberofrecords", "2")
    })
    .await;
    let (outcome, sink) = download(&client(&org.address), None, QueryDownloadOptions::default()).await;
    let error = outcome.unwrap_err();
    assert_eq!((error.code(), error.effort().unwrap().attempts), ("network", 5));
    assert_eq!(sink.rows.len(), 1);
}

#[tokio::test]
async fn a_job_without_results_is_not_read() {
    let org = Org::start(|_| Answer::empty(500)).await;
    let mut info = complete_job(None).await;
    info.state = salesforce::JobState::Failed;
    let client = client(&org.address);
    let error = client
        .bulk_query()
        .download(
            &info,
            &QueryDownloadOptions::default(),
            &CancellationToken::new(),
            &mut Kept::default(),
        )
        .await
        .unwrap_err();
    assert_eq!(error.code(), "job_not_complete");
    assert!(org.seen().is_empty());
}

#[tokio::test]
async fn another_version_is_refused_as_the_org_says() {
    let org = Org::start(|_| Answer::error(409, "API_ERROR", "The API version must match the job's")).await;
    let (outcome, _) = download(&client(&org.address), None, QueryDownloadOptions::default()).await;
    assert!(matches!(
        outcome.unwrap_err(),
        Error::Salesforce { status: 409, .. }
    ));
    assert_eq!(org.seen().len(), 1);
}

#[tokio::test]
async fn the_receivers_error_and_a_cancellation_stop_it() {
    let pages = Pages::new(&[5]);
    let org = Org::start(move |seen| pages.answer(seen.query.get("locator"))).await;
    let client = client(&org.address);
    let info = complete_job(None).await;
    let mut sink = Kept {
        full_at: Some(3),
        ..Kept::default()
    };
    let options = QueryDownloadOptions::default();
    let go_on = CancellationToken::new();
    let outcome = client
        .bulk_query()
        .download(&info, &options, &go_on, &mut sink)
        .await;
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "The rows could not be taken over: the shelf is full."
    );
    assert_eq!(sink.rows.len(), 2);
    let stop = CancellationToken::new();
    stop.cancel();
    let outcome = client
        .bulk_query()
        .download(&info, &options, &stop, &mut sink)
        .await;
    assert_eq!(outcome.unwrap_err().code(), "cancelled");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_cells_come_back(
        rows in proptest::collection::vec(proptest::collection::vec("(?s)[\"\n\r, a-cé\u{1F600}]{0,12}", 3), 0..40),
        cut in 1_usize..64,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let header = ["Id", "Owner.Name", "Note__c"].map(ToOwned::to_owned).to_vec();
            let body = quoted_csv(&[&[header], rows.as_slice()].concat());
            // In pieces of any size, so that rows, quotes and characters are cut anywhere.
            let org = Org::start(move |_| Answer::pieces(body.as_bytes(), cut).header("sforce-locator", "null")).await;
            let count = rows.len() as u64;
            let (outcome, sink) = download(&client(&org.address), Some(count), QueryDownloadOptions::default()).await;
            prop_assert_eq!(outcome.unwrap().rows, count);
            prop_assert_eq!(sink.rows, rows);
            Ok(())
        })?;
    }
}
