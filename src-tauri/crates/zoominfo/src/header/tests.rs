use model::zoominfo_field;

use super::*;
use crate::samples;

fn split(header: &str) -> Vec<&str> {
    header.split(',').collect()
}

fn read(header: &str) -> Header {
    Header::read(&split(header)).unwrap()
}

fn sample_header(sample: &'static [u8]) -> Vec<&'static str> {
    split(std::str::from_utf8(sample).unwrap().lines().next().unwrap())
}

#[test]
fn current_headers_are_known_to_the_last_column() {
    let contacts = Header::read(&sample_header(samples::CONTACTS_40)).unwrap();
    assert_eq!(
        (contacts.kind, contacts.generation),
        (ProfileKind::Contact, Generation::Current)
    );
    let extras: Vec<_> = contacts
        .columns
        .iter()
        .filter(|column| column.field.is_none())
        .map(|column| &column.name)
        .collect();
    assert_eq!(extras, ["Query Name"]);
    let companies = Header::read(&sample_header(samples::COMPANIES_60)).unwrap();
    assert_eq!(
        (companies.kind, companies.generation),
        (ProfileKind::Company, Generation::Current)
    );
    assert!(companies.columns.iter().all(|column| column.field.is_some()));
}

#[test]
fn older_and_other_generations_are_known() {
    let cases = [
        (
            "Zoom Individual ID,Last name,First name,Job title,Zoom company ID,Company name,Company domain name,SIC1,TitleCode,\
          Source count,Encrypted Email Address,Company ZIP/Postal code,Industry label,NAICS2,Company phone number",
            ProfileKind::Contact,
            Generation::Before2019,
        ),
        (
            "Record ID,Match status,Last Name,Company Name,Supplemental Email,Person Has Moved,Within EU,Revenue (in 000s),\
          Est. Marketing Department Budget (in 000s),Calculated Job Function,Email Matched Company Name",
            ProfileKind::Contact,
            Generation::MatchResults,
        ),
        (
            "Last Name,Job Title Hierarchy Level,Last Job Change Type,Previous Company ZoomInfo Company ID,Past 1 Year Employee \
          Growth Rate,Est. HR Department Budget (in 000s USD)",
            ProfileKind::Contact,
            Generation::Richer,
        ),
        (
            "Last Name,First Name,Mobile Phone,Number of Employees,Graduation Year,Person Country,Company Zip",
            ProfileKind::Contact,
            Generation::Trimmed,
        ),
        (
            "Company Name,Website,Revenue (in USD)",
            ProfileKind::Company,
            Generation::Trimmed,
        ),
    ];
    for (header, kind, generation) in cases {
        let read = read(header);
        assert_eq!((read.kind, read.generation), (kind, generation), "{header}");
        let unknown: Vec<_> = read
            .columns
            .iter()
            .filter(|column| column.field.is_none())
            .collect();
        assert_eq!(unknown, Vec::<&Column>::new(), "{header}");
    }
}

#[test]
fn order_case_blanks_and_signs_do_not_matter() {
    let header = read("\u{feff}company_name, LAST NAME ,primary  sub industry,E-mail Address");
    let fields: Vec<_> = header.columns.iter().map(|column| column.field).collect();
    assert_eq!(
        fields,
        [
            Some("company_name"),
            Some("last_name"),
            Some("primary_sub_industry"),
            Some("email")
        ]
    );
    assert_eq!(header.columns[0].name, "company_name");
}

#[test]
fn country_is_the_persons_in_a_list_of_people() {
    assert_eq!(
        read("Last Name,Country,Company Country").column_of("person_country"),
        Some("Country")
    );
    assert_eq!(
        read("Company Name,Country").column_of("company_country"),
        Some("Country")
    );
}

#[test]
fn what_is_named_twice_is_kept_as_an_extra() {
    let header = read("Last Name,Email,Email Address,Note,Note,,Email");
    let columns: Vec<_> = header
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.field))
        .collect();
    assert_eq!(
        columns,
        [
            ("Last Name", Some("last_name")),
            ("Email", Some("email")),
            ("Email Address", None),
            ("Note", None),
            ("Note 2", None),
            ("Column 6", None),
            ("Email 2", None),
        ]
    );
}

#[test]
fn a_persons_column_in_a_list_of_companies_is_an_extra() {
    let header = read("Company Name,Email Domain");
    assert_eq!(
        header.columns[1],
        Column {
            name: "Email Domain".to_owned(),
            field: None
        }
    );
}

#[test]
fn other_files_are_refused_with_what_is_missing() {
    let error = |header: &str| Header::read(&split(header)).unwrap_err();
    assert!(
        matches!(error("sku,price,stock"), ImportError::NotZoomInfo { columns } if columns.contains("“sku”"))
    );
    assert!(
        matches!(error("Okafor,Ada,ada@tarn.example"), ImportError::NoHeader { first_cell } if first_cell == "Okafor")
    );
    assert!(matches!(error("2000000001,Okafor"), ImportError::NoHeader { .. }));
    assert!(matches!(
        error("First Name,Email Address"),
        ImportError::MissingColumn {
            column: "Last Name",
            ..
        }
    ));
    assert!(matches!(
        error("ZoomInfo Company ID,Website"),
        ImportError::MissingColumn {
            column: "Company Name",
            ..
        }
    ));
    assert!(matches!(
        error(&",".repeat(1_000)),
        ImportError::TooWide { columns: 1_001 }
    ));
}

#[test]
fn every_field_is_found_by_its_label() {
    for field in zoominfo_field::FIELDS {
        assert_eq!(aliases::field(field.label, ProfileKind::Contact), Some(field.id));
    }
}
