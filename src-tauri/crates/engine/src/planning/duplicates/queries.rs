//! Looks for the profiles' e-mail addresses, names, websites and numbers in the org, many at a time.

use std::collections::{BTreeMap, BTreeSet};

use model::matching::{SearchField, SearchOperator, SearchTerm};
use salesforce::soql;
use salesforce::soql::Literal;

use super::counted;
use super::records::FoundRecord;
use super::searched::Searched;
use super::window::{Window, WindowLine};
use crate::fault::Fault;
use crate::planning::plan::Planning;

/// Bytes of a query's address that are left to conditions and fields; the client refuses 16,000 in all.
const LONGEST_QUERY_BYTES: usize = 15_000;
/// Conditions have at least so many bytes, however many fields are read.
const SHORTEST_CONDITION_BYTES: usize = 2_000;

/// Fields that are asked for together, the surest first: a line that was surely found is not asked for again.
const GROUPS: [&[SearchField]; 5] = [
    &[SearchField::ZoominfoId],
    &[SearchField::Email],
    &[SearchField::Name],
    &[SearchField::Website],
    &[SearchField::Phone, SearchField::MobilePhone],
];

/// Asks for every line that is created as things stand; returns how, in words.
pub(super) async fn find(planning: &Planning) -> Result<String, Fault> {
    let (mut after_line, mut checked_records, mut queries) = (0, 0, 0);
    loop {
        planning.check_cancelled()?;
        let (run_id, object) = (planning.run_id, planning.object);
        let mut window = planning
            .engine
            .read(move |read| Window::load(read, run_id, object, after_line))
            .await?;
        let Some(last) = window.lines.last() else { break };
        after_line = last.line;
        for searched in planning.searched.iter() {
            queries += ask(planning, searched, &mut window).await?;
        }
        checked_records += u32::try_from(window.lines.len()).unwrap_or(u32::MAX);
        keep(planning, window).await?;
        planning.progress.checked(checked_records);
    }
    Ok(format!(
        "{} by ZoomInfo id, e-mail, name, website and phone",
        counted(queries, "query", "queries")
    ))
}

/// How many queries a window takes at most.
pub(super) fn count_queries(searched: &[Searched], window: &Window) -> u64 {
    let queries = searched.iter().flat_map(|searched| {
        GROUPS
            .into_iter()
            .map(|group| conditions(searched, group, &window.lines).len() as u64)
    });
    queries.sum()
}

/// Keeps what was found for the lines of a window.
pub(in crate::planning) async fn keep(planning: &Planning, window: Window) -> Result<(), Fault> {
    let run_id = planning.run_id;
    if window.lines.iter().all(|line| line.found.is_empty()) {
        return Ok(());
    }
    planning
        .engine
        .write(move |write| {
            for line in &window.lines {
                for candidate in &line.found {
                    write.add_candidate(run_id, line.line, candidate)?;
                }
            }
            Ok(())
        })
        .await
}

/// Asks for the lines of a window that were not surely found; returns the number of queries.
pub(in crate::planning) async fn ask(
    planning: &Planning,
    searched: &Searched,
    window: &mut Window,
) -> Result<u64, Fault> {
    let mut queries = 0;
    for group in GROUPS {
        for condition in conditions(searched, group, &window.lines) {
            planning.check_cancelled()?;
            let query = format!(
                "SELECT {} FROM {}{}",
                searched.selected(),
                searched.object.api_name(),
                searched.narrowed(Some(&condition))
            );
            queries += 1;
            let mut pages = planning.client.pages(query);
            while let Some(page) = pages.next().await? {
                for record in &page.records {
                    if let Some(found) = FoundRecord::of_answer(searched.object, record) {
                        window.compare(searched, &found);
                    }
                }
            }
        }
    }
    Ok(queries)
}

/// The conditions that ask for what the lines say in these fields, each short enough for an address.
fn conditions(searched: &Searched, group: &[SearchField], lines: &[WindowLine]) -> Vec<String> {
    let wanted: BTreeSet<(SearchField, SearchOperator, &str)> = lines
        .iter()
        .filter(|line| !line.has_exact())
        .flat_map(|line| &line.terms)
        .filter(|term| group.contains(&term.field))
        .map(|term: &SearchTerm| (term.field, term.operator, term.value.as_str()))
        .collect();
    let room = LONGEST_QUERY_BYTES
        .saturating_sub(encoded_bytes(&searched.selected()) + 200)
        .max(SHORTEST_CONDITION_BYTES);
    let mut conditions = Vec::new();
    let mut parts = Parts::default();
    for (field, operator, value) in wanted {
        let Some(name) = name_of(searched, field) else {
            continue;
        };
        let Some(literal) = literal(searched, field, operator, value) else {
            continue;
        };
        let bytes = encoded_bytes(&literal)
            + if operator == SearchOperator::Equals {
                3
            } else {
                name.len() + 16
            };
        if parts.bytes + bytes > room && parts.bytes > 0 {
            conditions.push(std::mem::take(&mut parts).condition());
        }
        parts.add(name, operator, literal, bytes);
    }
    if parts.bytes > 0 {
        conditions.push(parts.condition());
    }
    conditions
}

fn name_of(searched: &Searched, field: SearchField) -> Option<&str> {
    match field.api_name() {
        // The full name is not compared, and every object that is searched has it.
        Some("Name") => Some("Name"),
        Some(name) => searched.has(name).then_some(name),
        None => searched.zoominfo_id_field(),
    }
}

fn literal(searched: &Searched, field: SearchField, operator: SearchOperator, value: &str) -> Option<String> {
    let is_number = field == SearchField::ZoominfoId
        && searched.zoominfo_id.as_ref().is_some_and(|field| field.is_number);
    Some(match operator {
        SearchOperator::Equals if is_number => {
            let digits = value.bytes().all(|byte| byte.is_ascii_digit());
            return digits.then(|| Literal::Decimal(value.to_owned()).to_soql());
        }
        SearchOperator::Equals => soql::quoted(value),
        SearchOperator::BeginsWith => soql::beginning_with(value),
        SearchOperator::Contains => {
            let pattern = soql::beginning_with(value);
            format!("'%{}", pattern.strip_prefix('\'').unwrap_or(&pattern))
        }
    })
}

fn encoded_bytes(text: &str) -> usize {
    url::form_urlencoded::byte_serialize(text.as_bytes())
        .map(str::len)
        .sum()
}

/// Parts of one condition, any of which may hold.
#[derive(Default)]
struct Parts<'a> {
    lists: BTreeMap<&'a str, Vec<String>>,
    patterns: Vec<String>,
    bytes: usize,
}

impl<'a> Parts<'a> {
    fn add(&mut self, name: &'a str, operator: SearchOperator, literal: String, bytes: usize) {
        self.bytes += bytes;
        match operator {
            SearchOperator::Equals => self.lists.entry(name).or_default().push(literal),
            SearchOperator::BeginsWith | SearchOperator::Contains => {
                self.patterns.push(format!("{name} LIKE {literal}"));
            }
        }
    }

    fn condition(self) -> String {
        let lists = self
            .lists
            .into_iter()
            .map(|(name, literals)| format!("{name} IN ({})", literals.join(",")));
        let parts: Vec<String> = lists.chain(self.patterns).collect();
        format!("({})", parts.join(" OR "))
    }
}

#[cfg(test)]
mod tests {
    use model::TargetObject;
    use model::matching::Criterion;

    use super::*;
    use crate::planning::duplicates::Facts;
    use crate::planning::duplicates::searched::IdField;

    fn searched(is_number: bool) -> Searched {
        Searched {
            object: TargetObject::Lead,
            zoominfo_id: Some(IdField {
                name: "Zi__c".to_owned(),
                is_number,
            }),
            fields: ["Email", "Id", "IsConverted"].map(str::to_owned).to_vec(),
        }
    }

    fn line(terms: &[(SearchField, SearchOperator, &str)]) -> WindowLine {
        WindowLine {
            line: 1,
            facts: Facts::Person(model::matching::PersonFacts::default()),
            terms: terms
                .iter()
                .map(|(field, operator, value)| SearchTerm {
                    field: *field,
                    operator: *operator,
                    value: (*value).to_owned(),
                    criterion: Criterion::Email,
                })
                .collect(),
            found: Vec::new(),
        }
    }

    #[test]
    fn values_are_quoted_and_fields_that_the_org_lacks_are_left_out() {
        let lines = [line(&[
            (SearchField::Email, SearchOperator::Equals, "o'neil@x.example"),
            (SearchField::Phone, SearchOperator::Equals, "1"),
            (SearchField::Website, SearchOperator::Contains, "50%_off.example"),
        ])];
        assert_eq!(
            conditions(&searched(false), &[SearchField::Email], &lines),
            ["(Email IN ('o\\'neil@x.example'))"]
        );
        assert_eq!(
            conditions(&searched(false), &[SearchField::Phone], &lines),
            Vec::<String>::new()
        );
        let mut with_website = searched(false);
        with_website.fields.push("Website".to_owned());
        assert_eq!(
            conditions(&with_website, &[SearchField::Website], &lines),
            ["(Website LIKE '%50\\%\\_off.example%')"]
        );
    }

    #[test]
    fn a_number_is_no_text() {
        let lines = [line(&[
            (SearchField::ZoominfoId, SearchOperator::Equals, "17"),
            (
                SearchField::ZoominfoId,
                SearchOperator::Equals,
                "17 OR Id != null",
            ),
        ])];
        assert_eq!(
            conditions(&searched(true), &[SearchField::ZoominfoId], &lines),
            ["(Zi__c IN (17))"]
        );
        assert_eq!(
            conditions(&searched(false), &[SearchField::ZoominfoId], &lines),
            ["(Zi__c IN ('17','17 OR Id != null'))"]
        );
    }

    #[test]
    fn every_query_fits_an_address() {
        let names: Vec<String> = (0..2_000)
            .map(|number| format!("Ä-{number} & Söhne GmbH"))
            .collect();
        let lines: Vec<WindowLine> = names
            .iter()
            .map(|name| line(&[(SearchField::Name, SearchOperator::Equals, name)]))
            .collect();
        let conditions = conditions(&searched(false), &[SearchField::Name], &lines);
        assert!(conditions.len() > 3);
        for condition in &conditions {
            assert!(
                encoded_bytes(condition) < LONGEST_QUERY_BYTES,
                "{}",
                encoded_bytes(condition)
            );
        }
    }
}
