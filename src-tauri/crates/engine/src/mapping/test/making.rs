//! The calls of a test that write, each journaled before it is made.

use jiff::Timestamp;
use salesforce::{ApiError, AutoAssign, Client, DuplicateRule, Error, Record, WriteOptions};
use store::{TestRecordRow, TestRecordState};

use super::search::{self, Found};
use super::{account_of, journal};
use crate::Engine;
use crate::fault::Fault;

/// How often a record whose answer was lost is looked for.
const LOST_ANSWER_TRIES: u32 = 4;
/// How often a record that somebody else holds is tried to be deleted.
const LOCKED_ROW_TRIES: u32 = 4;

/// Who writes, and for which test.
pub(super) struct Maker<'a> {
    pub engine: &'a Engine,
    pub client: &'a Client,
    pub user_id: &'a str,
    pub test: i64,
}

/// What became of a record that was to be made.
pub(super) enum Made {
    /// It is in the org.
    Record(TestRecordRow),
    /// Salesforce refused it.
    Refused(Vec<ApiError>),
}

impl Maker<'_> {
    /// Makes a record. Assignment rules do not run, and duplicate rules that only alert do not refuse it.
    ///
    /// # Errors
    /// When Salesforce gave no answer; the journal says whether the record may be there.
    pub async fn create(&self, object: &str, cells: &Record) -> Result<Made, Fault> {
        let intended_at = self.client.org_time().unwrap_or_else(Timestamp::now).to_string();
        let mut record = journal::intend(self.engine, self.test, object, cells, intended_at).await?;
        let options = WriteOptions {
            auto_assign: AutoAssign::Off,
            duplicate_rule: Some(DuplicateRule {
                allow_save: true,
                include_record_details: false,
                run_as_current_user: true,
            }),
        };
        match self.client.create(object, cells, &options).await {
            Ok(id) => self.made(record, id).await,
            Err(error) if error.may_have_acted() => self.after_lost_answer(record, error).await,
            Err(error) => {
                record.state = TestRecordState::NeverMade;
                journal::settle(self.engine, &record).await?;
                match error {
                    Error::Salesforce { errors, .. } => Ok(Made::Refused(errors)),
                    other => Err(other.into()),
                }
            }
        }
    }

    async fn made(&self, mut record: TestRecordRow, id: String) -> Result<Made, Fault> {
        record.state = TestRecordState::Made;
        record.salesforce_id = Some(id);
        journal::settle(self.engine, &record).await?;
        Ok(Made::Record(record))
    }

    /// The record may be there: it is looked for, and never sent again.
    async fn after_lost_answer(&self, mut record: TestRecordRow, lost: Error) -> Result<Made, Fault> {
        tracing::warn!(error = %lost, "the answer to a test's record was lost");
        for tries in 1..=LOST_ANSWER_TRIES {
            match search::find(self.engine, self.client, self.user_id, &record).await? {
                Found::One(id) => return self.made(record, id).await,
                Found::Several(ids) => {
                    unclear(&mut record, ids);
                    journal::settle(self.engine, &record).await?;
                    return Err(lost.into());
                }
                Found::None { .. } => tokio::time::sleep(self.engine.pace().poll.pause(tries)).await,
            }
        }
        if let Error::Salesforce { errors, .. } = lost {
            // The org itself answered, so its transaction is over.
            record.state = TestRecordState::NeverMade;
            journal::settle(self.engine, &record).await?;
            return Ok(Made::Refused(errors));
        }
        account_of::not_found_yet(&mut record);
        journal::settle(self.engine, &record).await?;
        Err(lost.into())
    }

    /// Deletes a record; says why not where Salesforce refuses.
    ///
    /// # Errors
    /// When Salesforce gave no answer.
    pub async fn delete(&self, record: &mut TestRecordRow) -> Result<(), Fault> {
        let Some(id) = record.salesforce_id.clone() else {
            return Ok(());
        };
        let mut tries = 1;
        let refused = loop {
            match self.client.delete(&record.object, &id).await {
                Ok(()) => break Ok(()),
                Err(error) if error.is_not_found() => break Ok(()),
                Err(error) if error.api_code() == Some("UNABLE_TO_LOCK_ROW") && tries < LOCKED_ROW_TRIES => {
                    tokio::time::sleep(self.engine.pace().poll.pause(tries)).await;
                    tries += 1;
                }
                Err(error) => break Err(error),
            }
        };
        match refused {
            Ok(()) => {
                record.state = TestRecordState::Deleted;
                record.sentence.clear();
                journal::settle(self.engine, record).await
            }
            Err(Error::Salesforce { errors, .. }) => {
                account_of::not_deletable(record, &errors);
                journal::settle(self.engine, record).await
            }
            Err(error) => {
                account_of::not_deleted_yet(record);
                journal::settle(self.engine, record).await?;
                Err(error.into())
            }
        }
    }
}

/// One of several records is the test's, and nobody can tell which.
pub(super) fn unclear(record: &mut TestRecordRow, ids: Vec<String>) {
    record.state = TestRecordState::Unclear;
    record.candidates = ids;
    account_of::one_of_several(record);
}
