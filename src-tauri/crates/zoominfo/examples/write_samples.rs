//! Writes the made-up lists: the two that ship with the app, and a messy one for tests. Always the same bytes.
//!
//! `cargo run -p zoominfo --example write_samples`

mod made_up;

use std::error::Error;
use std::path::Path;

use csv::{Terminator, WriterBuilder};
use made_up::{Company, Numbers, Person};

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    write(
        &here.join("samples/contacts_40.csv"),
        &contacts_40(),
        Style {
            bom: false,
            crlf: false,
        },
    )?;
    write(
        &here.join("samples/companies_60.csv"),
        &companies_60(),
        Style {
            bom: false,
            crlf: false,
        },
    )?;
    let messy = here.join("../../../tests/samples/contacts_2000_messy.csv");
    write(
        &messy,
        &contacts_2000_messy(),
        Style {
            bom: true,
            crlf: true,
        },
    )?;
    Ok(())
}

#[derive(Clone, Copy)]
struct Style {
    bom: bool,
    crlf: bool,
}

fn write(path: &Path, rows: &[Vec<String>], style: Style) -> Result<(), Box<dyn Error>> {
    let mut builder = WriterBuilder::new();
    if style.crlf {
        builder.terminator(Terminator::CRLF);
    }
    let start = if style.bom {
        "\u{feff}".as_bytes().to_vec()
    } else {
        Vec::new()
    };
    let mut writer = builder.from_writer(start);
    for row in rows {
        writer.write_record(row)?;
    }
    std::fs::write(path, writer.into_inner()?)?;
    println!("{}: {} rows", path.display(), rows.len() - 1);
    Ok(())
}

fn header(columns: &[&str]) -> Vec<String> {
    columns.iter().map(|column| (*column).to_owned()).collect()
}

fn contacts_40() -> Vec<Vec<String>> {
    let mut numbers = Numbers::new(40);
    let companies: Vec<Company> = (0..14).map(|index| Company::new(index, &mut numbers)).collect();
    let people =
        (0..40).map(|index| Person::new(index, &companies[index % companies.len()], &mut numbers).row());
    std::iter::once(header(made_up::CONTACT_COLUMNS))
        .chain(people)
        .collect()
}

fn companies_60() -> Vec<Vec<String>> {
    let mut numbers = Numbers::new(60);
    let companies = (0..60).map(|index| Company::new(index, &mut numbers).row());
    std::iter::once(header(made_up::COMPANY_COLUMNS))
        .chain(companies)
        .collect()
}

/// 2,000 contacts as lists really are, then the first 40 once more.
fn contacts_2000_messy() -> Vec<Vec<String>> {
    let mut numbers = Numbers::new(2_000);
    let companies: Vec<Company> = (0..300).map(|index| Company::new(index, &mut numbers)).collect();
    let mut rows = vec![header(made_up::CONTACT_COLUMNS)];
    for index in 0..2_000 {
        let mut person = Person::new(index, &companies[(index * 7) % companies.len()], &mut numbers);
        spoil(index, &mut person);
        rows.push(person.row());
    }
    rows.extend_from_within(1..=40);
    rows
}

fn spoil(index: usize, person: &mut Person) {
    if index < 40 {
        return;
    }
    match index % 83 {
        3 => person.last_name.clear(),
        9 => {
            person.first_name = "さくら".into();
            person.last_name = "渡辺".into();
        }
        15 => {
            person.first_name = "Ελένη".into();
            person.last_name = "Παπαδοπούλου".into();
        }
        21 => {
            person.first_name = "ليلى".into();
            person.last_name = "حداد".into();
        }
        27 => {
            person.title = format!(
                "{}, {}",
                person.title,
                "responsible for regional programmes and partners, ".repeat(5)
            );
        }
        33 => person.last_name = format!("\u{a0}{}\u{a0}", person.last_name),
        39 => person.company.name = format!("{} \"North\" & Sons, Ltd", person.company.name),
        45 => {
            person.company.street = format!(
                "Riverside Tower\r\nFloor {}\r\n{}",
                index % 9,
                person.company.street
            );
        }
        51 => person.title = "=HYPERLINK(\"http://tarn.example\",\"Director\")".into(),
        57 => person.company.name.clear(),
        63 => person.email = person.email.replace('@', " at "),
        69 => person.title = format!("{}\n(interim)", person.title),
        _ => {}
    }
    match index {
        100 => person.last_name = "\u{a0}".into(),
        200 => person.last_name = "-".into(),
        300 | 400 | 500 => person.id.clear(),
        600 => person.id = "0".into(),
        700 => person.company.revenue_thousands = "about 40 million".into(),
        _ => {}
    }
}
