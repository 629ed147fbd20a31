//! A download that breaks goes on at its locator, in the same process and in a later one.

use salesforce::{QueryDownloadOptions, ResumePoint};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::{Answer, Kept, Org, Pages, Seen, client, complete_job, query_path};

/// Answers the request of this number with half a page, others whole.
fn breaking(
    pages: &Pages,
    cut_requests: &'static [usize],
) -> impl Fn(&Seen) -> Answer + Clone + Send + Sync + use<> {
    let pages = pages.clone();
    move |seen| {
        let page = Pages::number(seen.query.get("locator"));
        let csv = pages.csv(page);
        if cut_requests.contains(&seen.number) {
            let half = csv.as_bytes()[..csv.len() / 2].to_vec();
            pages.headed(page, Answer::cut(200, "text/csv", half))
        } else {
            pages.answer(seen.query.get("locator"))
        }
    }
}

#[tokio::test]
async fn a_broken_page_is_asked_again_and_no_row_comes_twice() {
    let pages = Pages::new(&[900, 700, 800]);
    let org = Org::start(breaking(&pages, &[1, 3, 4])).await;
    let mut sink = Kept::default();
    let info = complete_job(Some(2_400)).await;
    let outcome = client(&org.address)
        .bulk_query()
        .download(
            &info,
            &QueryDownloadOptions::default(),
            &CancellationToken::new(),
            &mut sink,
        )
        .await
        .unwrap();
    assert_eq!(sink.rows, pages.all_rows());
    assert_eq!((outcome.rows, outcome.pages), (2_400, 3));
    let asked: Vec<Option<String>> = org
        .seen()
        .iter()
        .map(|seen| seen.query.get("locator").cloned())
        .collect();
    let p1 = || Some("p1".to_owned());
    assert_eq!(asked, [None, None, p1(), p1(), p1(), Some("p2".to_owned())]);
}

#[tokio::test]
async fn an_expired_session_between_pages_is_renewed() {
    let pages = Pages::new(&[2, 2]);
    let served = pages.clone();
    let org = Org::start(move |seen| {
        if seen.path == "/services/oauth2/token" {
            return Answer::json(
                200,
                &json!({ "access_token": "access-2", "token_type": "Bearer", "instance_url": seen.origin() }),
            );
        }
        if seen.query.contains_key("locator") && seen.header("authorization") == "Bearer access-1" {
            return Answer::error(401, "INVALID_SESSION_ID", "Session expired or invalid");
        }
        served.answer(seen.query.get("locator"))
    })
    .await;
    let mut sink = Kept::default();
    let info = complete_job(Some(4)).await;
    client(&org.address)
        .bulk_query()
        .download(
            &info,
            &QueryDownloadOptions::default(),
            &CancellationToken::new(),
            &mut sink,
        )
        .await
        .unwrap();
    assert_eq!(sink.rows, pages.all_rows());
}

#[tokio::test]
async fn every_checkpoint_is_a_place_to_go_on_from() {
    let pages = Pages::new(&[2_500, 1_200, 3]);
    let org = Org::start(breaking(&pages, &[])).await;
    let client = client(&org.address);
    let info = complete_job(Some(3_703)).await;
    let go_on = CancellationToken::new();
    let mut whole = Kept::default();
    let options = QueryDownloadOptions::default();
    client
        .bulk_query()
        .download(&info, &options, &go_on, &mut whole)
        .await
        .unwrap();
    assert!(whole.checkpoints.len() >= 5, "{}", whole.checkpoints.len());
    for (handed_rows, point) in &whole.checkpoints {
        let stored = serde_json::to_string(point).unwrap();
        let point: ResumePoint = serde_json::from_str(&stored).unwrap();
        assert_eq!(point.rows(), *handed_rows as u64);
        let mut rest = Kept::default();
        let options = QueryDownloadOptions {
            resume: Some(point),
            ..QueryDownloadOptions::default()
        };
        let outcome = client
            .bulk_query()
            .download(&info, &options, &go_on, &mut rest)
            .await
            .unwrap();
        assert_eq!(outcome.rows, 3_703);
        assert_eq!(rest.columns, ["Id", "Name"]);
        assert_eq!(rest.rows, pages.all_rows()[*handed_rows..]);
    }
}

#[tokio::test]
async fn a_parallel_download_goes_on_too() {
    let pages = Pages::new(&[1_500, 1_500, 1_500, 1_500]);
    let served = breaking(&pages, &[]);
    let org = Org::start(move |seen| {
        if seen.path.ends_with("/resultPages") {
            let urls = ["", "?locator=p1", "?locator=p2", "?locator=p3"];
            let list: Vec<_> = urls
                .iter()
                .map(|query| json!({ "resultUrl": format!("{}{query}", query_path("/results")) }))
                .collect();
            return Answer::json(200, &json!({ "resultPages": list, "done": true }));
        }
        served(seen)
    })
    .await;
    let client = client(&org.address);
    let info = complete_job(Some(6_000)).await;
    let go_on = CancellationToken::new();
    let options = |parallel_pages, resume| QueryDownloadOptions {
        parallel_pages,
        resume,
        ..QueryDownloadOptions::default()
    };
    let mut whole = Kept::default();
    client
        .bulk_query()
        .download(&info, &options(3, None), &go_on, &mut whole)
        .await
        .unwrap();
    for (handed_rows, point) in &whole.checkpoints {
        for parallel_pages in [1, 3] {
            let mut rest = Kept::default();
            let options = options(parallel_pages, Some(point.clone()));
            client
                .bulk_query()
                .download(&info, &options, &go_on, &mut rest)
                .await
                .unwrap();
            let mut all = whole.rows[..*handed_rows].to_vec();
            all.extend(rest.rows);
            all.sort();
            assert_eq!(all, pages.all_rows());
        }
    }
}

#[tokio::test]
async fn a_page_that_keeps_breaking_is_an_error_with_its_effort() {
    let pages = Pages::new(&[40]);
    let org = Org::start(breaking(&pages, &[1, 2, 3, 4, 5, 6, 7, 8, 9])).await;
    let mut sink = Kept::default();
    let info = complete_job(Some(40)).await;
    let error = client(&org.address)
        .bulk_query()
        .download(
            &info,
            &QueryDownloadOptions::default(),
            &CancellationToken::new(),
            &mut sink,
        )
        .await
        .unwrap_err();
    assert_eq!(error.code(), "network");
    // The first try brought rows, so five more may fail to bring another one.
    assert_eq!(error.effort().unwrap().attempts, 5);
    assert_eq!(sink.rows, pages.all_rows()[..sink.rows.len()]);
}
