//! All pages of a complete job, into a sink: one after the other by locator, or several at a time by the list of
//! pages. One task reads, decompresses and parses, so the sink is never called twice at once.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt};
use url::Url;

use super::page::{Event, Following, Page};
use super::resume::{PageRows, ResumePoint};
use super::sink::RowSink;
use super::{BulkQuery, QueryJobInfo, page_list};
use crate::bulk_ingest::JobState;
use crate::error::{Effort, Error};

/// Rows between two checkpoints, about.
const CHECKPOINT_ROWS: u64 = 1_000;

/// How a job's rows are fetched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryDownloadOptions {
    /// Most rows of a page; `None` leaves it to the org, which is best. Not obeyed with parallel pages.
    pub max_records: Option<u32>,
    /// Pages read at the same time, at most 16; 0 and 1 read one after the other, in order. More need a job of API
    /// version 58 or later, else they are read one after the other too.
    pub parallel_pages: usize,
    /// Where an earlier download of the same job stopped.
    pub resume: Option<ResumePoint>,
}

/// More pages at a time would only make the org refuse some.
const MOST_PARALLEL_PAGES: usize = 16;

/// What a download brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryDownload {
    /// The columns in SELECT order; empty if an empty job gave no header.
    pub columns: Vec<String>,
    /// Rows of the whole job, those of an earlier download included.
    pub rows: u64,
    /// Pages read now.
    pub pages: u64,
    /// Bytes of CSV read now, decompressed.
    pub bytes: u64,
    /// NUL bytes left out of the pages read now.
    pub stripped_nul_bytes: u64,
}

struct Mark {
    locator: Option<String>,
    rows: u64,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Waiting,
    Running,
    Complete,
}

struct Transfer<'a> {
    query: BulkQuery<'a>,
    info: &'a QueryJobInfo,
    max_records: Option<u32>,
    /// The pages known so far, in their order.
    marks: Vec<Mark>,
    /// Those before it are complete and counted in `rows_before`.
    first_unfinished: usize,
    rows_before: u64,
    /// Whether `marks` is the whole list, else each page names the next.
    listed: bool,
    ahead: Vec<PageRows>,
    known_locators: HashSet<String>,
    columns: Vec<String>,
    done: QueryDownload,
}

pub(super) async fn run<S: RowSink + ?Sized>(
    query: BulkQuery<'_>,
    info: &QueryJobInfo,
    options: &QueryDownloadOptions,
    sink: &mut S,
) -> Result<QueryDownload, Error> {
    if info.state != JobState::JobComplete {
        let told = info.error_message.clone().filter(|text| !text.is_empty());
        return Err(Error::JobNotComplete {
            job_id: info.job.id.clone(),
            state: info.state.as_str().to_owned(),
            reason: told.unwrap_or_else(|| "the org gave no reason".to_owned()),
        });
    }
    let resume = options.resume.clone().unwrap_or_default();
    let mut transfer = Transfer {
        query,
        info,
        max_records: options.max_records,
        marks: Vec::new(),
        first_unfinished: 0,
        rows_before: resume.rows_before,
        listed: false,
        ahead: resume.ahead,
        known_locators: HashSet::new(),
        columns: resume.columns,
        done: QueryDownload::default(),
    };
    if !transfer.columns.is_empty() {
        sink.columns(&transfer.columns).map_err(Error::Sink)?;
    }
    let parallel_pages = options.parallel_pages.clamp(1, MOST_PARALLEL_PAGES);
    if parallel_pages > 1 && page_list::is_offered(&info.job) {
        transfer.list_pages(resume.locator.as_ref()).await?;
    }
    if transfer.marks.is_empty() {
        transfer.mark(resume.locator)?;
    }
    if let Some(first) = transfer.marks.first_mut() {
        first.rows = resume.page_rows;
    }
    transfer.read_pages(parallel_pages, sink).await?;
    transfer.finish()
}

impl Transfer<'_> {
    async fn list_pages(&mut self, from: Option<&String>) -> Result<(), Error> {
        let locators = page_list::locators(self.query, &self.info.job).await?;
        let first = match from {
            None => 0,
            Some(_) => locators
                .iter()
                .position(|locator| locator.as_ref() == from)
                .ok_or_else(|| unreadable("the page to go on with is no longer listed"))?,
        };
        // An empty list tells nothing, not even the columns; the first page does.
        self.listed = !locators.is_empty();
        self.max_records = None;
        for locator in locators.into_iter().skip(first) {
            self.mark(locator)?;
        }
        Ok(())
    }

    /// Adds a page to the list. A page that comes twice would never let the download end.
    fn mark(&mut self, locator: Option<String>) -> Result<(), Error> {
        let mut mark = Mark {
            locator,
            rows: 0,
            state: State::Waiting,
        };
        if let Some(locator) = &mark.locator {
            if !self.known_locators.insert(locator.clone()) {
                return Err(unreadable("a page names itself or an earlier one as the next"));
            }
            if let Some(known) = self.ahead.iter().find(|page| page.locator == *locator) {
                mark.rows = known.rows;
                // Without the list only the page itself can name the next one, so it is read again.
                if known.complete && self.listed {
                    mark.state = State::Complete;
                }
            }
        }
        self.marks.push(mark);
        Ok(())
    }

    async fn read_pages<S: RowSink + ?Sized>(
        &mut self,
        parallel_pages: usize,
        sink: &mut S,
    ) -> Result<(), Error> {
        let mut running: FuturesUnordered<BoxFuture<'_, (Page, Result<Event, Error>)>> =
            FuturesUnordered::new();
        let mut unmarked_rows = 0;
        loop {
            while running.len() < parallel_pages
                && let Some(page) = self.start_next()?
            {
                running.push(Box::pin(advance(page)));
            }
            let Some((mut page, event)) = running.next().await else {
                return Ok(());
            };
            let place = page.place;
            let mut broken = None;
            match event? {
                Event::Opened => {}
                Event::Piece(piece) => {
                    let handed_rows = &mut self.marks[place].rows;
                    let before = *handed_rows;
                    page.take(&piece, handed_rows, &mut self.columns, sink)?;
                    unmarked_rows += *handed_rows - before;
                }
                Event::Ended => {
                    let handed_rows = &mut self.marks[place].rows;
                    broken = page.end(handed_rows, &mut self.columns, sink)?;
                    if broken.is_none() {
                        self.complete(&page).await?;
                        unmarked_rows = CHECKPOINT_ROWS;
                    }
                }
                Event::Broken(detail) => broken = Some(detail),
            }
            if let Some(detail) = broken {
                page.ask_again(detail)?;
            }
            if self.marks[place].state == State::Running {
                running.push(Box::pin(advance(page)));
            }
            if unmarked_rows >= CHECKPOINT_ROWS {
                unmarked_rows = 0;
                let point = self.resume_point();
                sink.checkpoint(&point).await.map_err(Error::Sink)?;
            }
        }
    }

    fn start_next(&mut self) -> Result<Option<Page>, Error> {
        let Some(place) = self.marks.iter().position(|mark| mark.state == State::Waiting) else {
            return Ok(None);
        };
        self.marks[place].state = State::Running;
        let url = self.page_address(self.marks[place].locator.as_deref())?;
        Ok(Some(Page::new(self.query.client.clone(), place, url)))
    }

    fn page_address(&self, locator: Option<&str>) -> Result<Url, Error> {
        let mut url = self.query.job_address(&self.info.job, &["results"])?;
        if let Some(locator) = locator {
            url.query_pairs_mut().append_pair("locator", locator);
        }
        if let Some(rows) = self.max_records {
            url.query_pairs_mut().append_pair("maxRecords", &rows.to_string());
        }
        Ok(url)
    }

    async fn complete(&mut self, page: &Page) -> Result<(), Error> {
        self.marks[page.place].state = State::Complete;
        self.done.pages += 1;
        self.done.bytes += page.bytes();
        self.done.stripped_nul_bytes += page.stripped_nul_bytes();
        if self.listed {
            return Ok(());
        }
        match page.following().clone() {
            Following::Nothing => Ok(()),
            Following::Locator(locator) => self.mark(Some(locator)),
            Following::Untold if self.info.number_records_processed == Some(self.rows()) => Ok(()),
            Following::Untold => self.find_next(page.place).await,
        }
    }

    /// The page did not tell what follows it; the list of pages may.
    async fn find_next(&mut self, place: usize) -> Result<(), Error> {
        if self.max_records.is_some() || !page_list::is_offered(&self.info.job) {
            return Err(unreadable("a page does not tell whether another one follows it"));
        }
        let locators = page_list::locators(self.query, &self.info.job).await?;
        let current = self.marks[place].locator.as_ref();
        let index = match current {
            None => Some(0),
            Some(_) => locators.iter().position(|locator| locator.as_ref() == current),
        };
        let index = index.ok_or_else(|| unreadable("a page is missing in the list of pages"))?;
        match locators.into_iter().nth(index + 1) {
            Some(next) => self.mark(next),
            None => Ok(()),
        }
    }

    fn rows(&self) -> u64 {
        let unfinished = &self.marks[self.first_unfinished..];
        self.rows_before + unfinished.iter().map(|mark| mark.rows).sum::<u64>()
    }

    fn resume_point(&mut self) -> ResumePoint {
        while self.first_unfinished + 1 < self.marks.len()
            && self.marks[self.first_unfinished].state == State::Complete
        {
            self.rows_before += self.marks[self.first_unfinished].rows;
            self.first_unfinished += 1;
        }
        let (first, later) = match self.marks.get(self.first_unfinished..) {
            Some([first, later @ ..]) => (Some(first), later),
            _ => (None, &[][..]),
        };
        let ahead = later.iter().filter(|mark| mark.rows > 0).filter_map(|mark| {
            Some(PageRows {
                locator: mark.locator.clone()?,
                rows: mark.rows,
                complete: mark.state == State::Complete,
            })
        });
        ResumePoint {
            locator: first.and_then(|mark| mark.locator.clone()),
            page_rows: first.map_or(0, |mark| mark.rows),
            rows_before: self.rows_before,
            ahead: ahead.collect(),
            columns: self.columns.clone(),
        }
    }

    fn finish(mut self) -> Result<QueryDownload, Error> {
        let received_rows = self.rows();
        if let Some(expected_rows) = self.info.number_records_processed
            && expected_rows != received_rows
        {
            return Err(Error::RowCount {
                job_id: self.info.job.id.clone(),
                expected_rows,
                received_rows,
            });
        }
        self.done.rows = received_rows;
        self.done.columns = self.columns;
        Ok(self.done)
    }
}

fn unreadable(detail: &'static str) -> Error {
    Error::Unreadable {
        what: "the results of a query job",
        detail: detail.to_owned(),
        effort: Effort::default(),
    }
}

async fn advance(mut page: Page) -> (Page, Result<Event, Error>) {
    let event = page.next().await;
    (page, event)
}
