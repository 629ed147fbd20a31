//! Lists made for tests and benches, in the shape of ZoomInfo's CSV exports.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Header of a current contact export, trimmed to what the default mapping reads.
pub const CONTACT_HEADER: &str = "ZoomInfo Contact ID,Last Name,First Name,Job Title,Email Address,Direct Phone Number,\
Mobile phone,Person City,Person State,Person Zip Code,Country,ZoomInfo Company ID,Company Name,Website,\
Revenue (in 000s USD),Employees,Primary Industry,Company Street Address,Company City,Company State,Company Zip Code,\
Company Country,Query Name";

/// Writes so many contacts, each with an id, a name and a company of its own.
///
/// # Errors
/// When the file cannot be written.
pub fn write_contacts(path: &Path, contacts: u32) -> io::Result<()> {
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    writeln!(file, "{CONTACT_HEADER}")?;
    for number in 0..contacts {
        writeln!(file, "{}", contact_row(number))?;
    }
    file.flush()
}

/// The text of a list with so many contacts.
#[must_use]
pub fn contacts(contacts: u32) -> String {
    let mut text = format!("{CONTACT_HEADER}\n");
    for number in 0..contacts {
        // Writing to a String cannot fail.
        writeln!(text, "{}", contact_row(number)).unwrap_or_default();
    }
    text
}

/// A list of contacts with these values, by columns of [`CONTACT_HEADER`]; the other columns are blank.
#[must_use]
pub fn contacts_with(rows: &[&[(&str, &str)]]) -> String {
    let columns: Vec<&str> = CONTACT_HEADER.split(',').collect();
    let mut text = format!("{CONTACT_HEADER}\n");
    for row in rows {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| {
                let value = row.iter().find(|(name, _)| name == column);
                value.map_or_else(String::new, |(_, value)| {
                    format!("\"{}\"", value.replace('"', "\"\""))
                })
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A person of a small list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Person<'a> {
    /// Last name; an e-mail address and an id are made of it.
    pub last_name: &'a str,
    /// Company.
    pub company: &'a str,
    /// Its website.
    pub website: &'a str,
    /// Its ZoomInfo id.
    pub company_id: &'a str,
}

/// The text of a list of these people.
#[must_use]
pub fn people(people: &[Person<'_>]) -> String {
    let mut text =
        "ZoomInfo Contact ID,Last Name,First Name,Email Address,ZoomInfo Company ID,Company Name,Website\n"
            .to_owned();
    for (place, person) in people.iter().enumerate() {
        let Person {
            last_name,
            company,
            website,
            company_id,
        } = person;
        let mailbox = last_name.to_lowercase();
        // Writing to a String cannot fail.
        writeln!(
            text,
            "{},{last_name},Ada,{mailbox}@people-of-landbridge.com,{company_id},\"{company}\",{website}",
            700_000_000 + place
        )
        .unwrap_or_default();
    }
    text
}

fn contact_row(number: u32) -> String {
    let id = 3_000_000_000_u64 + u64::from(number);
    let company = number / 3;
    format!(
        "{id},Marsh{number},Ada,\"Director, Plant {number}\",ada.marsh{number}@works{company}.example,(555) 010-{:04},,\
         Dover,Delaware,{:05},United States,{},Works {company},www.works{company}.example,{},{},Manufacturing,\
         \"{} Quay Road\nDock {company}\",Dover,Delaware,{:05},United States,Bench",
        number % 10_000,
        number % 100_000,
        20_000_000 + company,
        1_000 + company,
        10 + company % 5_000,
        1 + company % 900,
        company % 100_000,
    )
}
