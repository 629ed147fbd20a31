//! The day's budget of API calls: every call of this app is counted before it is made, whoever asks for it, and none is made
//! beyond what an admin allows. The count is in the workspace, so it holds over restarts and for several windows.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use salesforce::{CallMeter, Client, MeterError};
use store::{Store, StoreError};

use crate::Engine;
use crate::export_settings::today;
use crate::fault::Fault;
use crate::sending::waiting::next_day;

/// The budget of one connection.
pub(crate) struct ApiBudget {
    store: Arc<Store>,
    /// The org, once it has said who it is.
    org_id: OnceLock<String>,
    /// Calls before that.
    early_calls: AtomicU32,
}

enum Count {
    Counted,
    UsedUp { budget_calls: u32 },
}

impl ApiBudget {
    /// Holds a client's calls against the budget from now on.
    pub fn of(engine: &Engine, client: &Client, org_id: Option<&str>) -> Arc<Self> {
        let budget = Arc::new(Self {
            store: Arc::clone(engine.store()),
            org_id: org_id.map(|id| OnceLock::from(id.to_owned())).unwrap_or_default(),
            early_calls: AtomicU32::new(0),
        });
        client.count_calls_by(Arc::clone(&budget) as Arc<dyn CallMeter>);
        budget
    }

    /// The org has said who it is: what was called to find out counts for it.
    pub async fn know_org(&self, engine: &Engine, org_id: &str) -> Result<(), Fault> {
        let org_id = self.org_id.get_or_init(|| org_id.to_owned()).clone();
        let early = self.early_calls.swap(0, Ordering::Relaxed);
        engine
            .write(move |write| Ok(write.add_api_calls_of_day(&org_id, &today(), early)?))
            .await
    }
}

impl CallMeter for ApiBudget {
    fn count_call(&self) -> BoxFuture<'_, Result<(), MeterError>> {
        let store = Arc::clone(&self.store);
        let org_id = self.org_id.get().cloned();
        let early = if org_id.is_none() {
            self.early_calls.fetch_add(1, Ordering::Relaxed)
        } else {
            0
        };
        let counting = tokio::task::spawn_blocking(move || {
            let day = today();
            store.write(|write| {
                let budget = write.export_rules()?.daily_budget_calls;
                // An org that has not said who it is yet is taken for the one that was called most today.
                let used = match &org_id {
                    Some(org_id) => write.api_calls_of_day(org_id, &day)?,
                    None => write.most_api_calls_of_day(&day)?.saturating_add(early),
                };
                if let Some(budget_calls) = budget.filter(|budget| used >= *budget) {
                    return Ok(Count::UsedUp { budget_calls });
                }
                if let Some(org_id) = &org_id {
                    write.add_api_calls_of_day(org_id, &day, 1)?;
                }
                Ok::<_, StoreError>(Count::Counted)
            })
        });
        async move {
            let not_counted = |error: &dyn std::fmt::Display| MeterError::NotCounted {
                detail: error.to_string(),
            };
            match counting
                .await
                .map_err(|error| not_counted(&error))?
                .map_err(|error| not_counted(&error))?
            {
                Count::Counted => Ok(()),
                Count::UsedUp { budget_calls } => {
                    if self.org_id.get().is_none() {
                        self.early_calls.fetch_sub(1, Ordering::Relaxed);
                    }
                    Err(MeterError::BudgetUsedUp {
                        budget_calls,
                        until: next_day().strftime("%H:%M UTC on %Y-%m-%d").to_string(),
                    })
                }
            }
        }
        .boxed()
    }
}
