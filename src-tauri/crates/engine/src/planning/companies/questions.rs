//! `runs.companies` and `runs.answer_companies`: the questions about accounts, and their answers.

use model::{CompanyAnswer, RunState};
use store::{CompanyFilter, CompanyRow, Read, RunRow};

use super::account::Accounts;
use super::answer::{cannot_create, settle};
use crate::Engine;
use crate::contract::runs::{
    AccountCandidate, AnswerCompanies, CompanyAnswer as AnswerWord, CompanyPage, CompanyQuery,
    CompanyQuestion, RunView,
};
use crate::fault::{Code, Fault};
use crate::planning::totals;
use crate::run_view::{self, require_run};

/// Questions of one window at most.
const LARGEST_WINDOW: u32 = 500;

/// `runs.companies`
pub(crate) async fn companies(engine: &Engine, params: CompanyQuery) -> Result<CompanyPage, Fault> {
    engine
        .read(move |read| {
            let run = require_run(read, params.run)?;
            let filter = CompanyFilter {
                waiting_only: params.waiting_only,
                accounts: params.accounts.map(Into::into),
            };
            let (total_companies, waiting_companies) = read.count_asked_companies(run.run_id)?;
            let asked = read.asked_companies(
                run.run_id,
                filter,
                params.offset,
                params.limit.min(LARGEST_WINDOW),
            )?;
            let accounts = if asked.is_empty() {
                None
            } else {
                Some(Accounts::stored(read, &run)?)
            };
            let companies = asked
                .into_iter()
                .map(|company| question(read, accounts.as_ref(), company));
            Ok(CompanyPage {
                matching_companies: read.count_asked(run.run_id, filter)?,
                total_companies,
                waiting_companies,
                offset: params.offset,
                companies: companies.collect::<Result<_, _>>()?,
            })
        })
        .await
}

fn question(
    read: &Read<'_>,
    accounts: Option<&Accounts>,
    company: CompanyRow,
) -> Result<CompanyQuestion, Fault> {
    let cannot_create = match accounts {
        Some(accounts) => cannot_create(read, accounts, &company)?,
        None => None,
    };
    Ok(CompanyQuestion {
        company: company.company_number,
        name: company.name,
        website: company.website,
        contacts: company.contacts,
        accounts: company.accounts.into(),
        candidates: company
            .candidates
            .into_iter()
            .map(|account| AccountCandidate {
                account_id: account.account_id,
                name: account.name,
                website: account.website,
                place: account.place,
                phone: account.phone,
                owner: account.owner,
                modified_at: account.modified_at,
                grade: account.grade.into(),
                criterion: account.criterion,
            })
            .collect(),
        cannot_create,
        answer: company.answer.map(|answer| match answer {
            CompanyAnswer::Create => AnswerWord::Create {},
            CompanyAnswer::Associate { account_id, .. } => AnswerWord::Associate { account_id },
            CompanyAnswer::WithoutAccount => AnswerWord::WithoutAccount {},
            CompanyAnswer::Skip => AnswerWord::Skip {},
        }),
    })
}

/// `runs.answer_companies`
pub(crate) async fn answer_companies(engine: &Engine, params: AnswerCompanies) -> Result<RunView, Fault> {
    let run_id = params.run;
    engine
        .write(move |write| {
            let run = require_run(write, run_id)?;
            require_planned(&run)?;
            let accounts = Accounts::stored(write, &run)?;
            for number in params.companies {
                let mut company = write.company(run_id, number)?.ok_or_else(|| {
                    Fault::new(Code::NotFound, format!("Run {run_id} has no company {number}."))
                        .at_field("companies")
                })?;
                company.answer = match &params.answer {
                    None => None,
                    Some(answer) => Some(checked(write, &accounts, &company, answer)?),
                };
                company.is_automatic = false;
                settle(write, company, &accounts)?;
            }
            totals::settle(write, run_id, run.object, &run.options, run.findings)
        })
        .await?;
    run_view::view(engine, run_id).await
}

fn require_planned(run: &RunRow) -> Result<(), Fault> {
    if run.state == RunState::Planned {
        return Ok(());
    }
    Err(Fault::new(
        Code::WrongState,
        "Answers are taken while a plan waits to be sent. What was left without an answer can be retried from the ledger.",
    ))
}

fn checked(
    read: &Read<'_>,
    accounts: &Accounts,
    company: &CompanyRow,
    answer: &AnswerWord,
) -> Result<CompanyAnswer, Fault> {
    Ok(match answer {
        AnswerWord::WithoutAccount {} => CompanyAnswer::WithoutAccount,
        AnswerWord::Skip {} => CompanyAnswer::Skip,
        AnswerWord::Create {} => match cannot_create(read, accounts, company)? {
            None => CompanyAnswer::Create,
            Some(sentence) => {
                return Err(Fault::new(
                    Code::Refused,
                    format!("The account {} cannot be created. {sentence}", company.name),
                )
                .at_field("answer"));
            }
        },
        AnswerWord::Associate { account_id } => {
            let account = company
                .candidates
                .iter()
                .find(|account| account.account_id == *account_id)
                .ok_or_else(|| {
                    Fault::new(
                        Code::Invalid,
                        format!(
                            "{account_id} is none of the accounts that {} may be. Choose one of those that are offered.",
                            company.name
                        ),
                    )
                    .at_field("answer")
                })?;
            CompanyAnswer::Associate {
                account_id: account.account_id.clone(),
                name: account.name.clone(),
            }
        }
    })
}
