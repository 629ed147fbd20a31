//! List files through the public door: kinds, encodings, refusals, whole files that cannot be imported.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use model::{
    CompiledMapping, FieldKind, MarkRule, ProfileKind, TargetDescribe, TargetField, TargetObject, apply,
    default_mapping,
};
use proptest::prelude::*;
use tempfile::NamedTempFile;
use zoominfo::{
    Delimiter, Encoding, Generation, ImportError, ListReader, ListRow, Refusal, RefusalRule, Row, samples,
};

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

fn open(bytes: &[u8]) -> Result<ListReader, ImportError> {
    ListReader::open(file(bytes).path())
}

fn rows(reader: ListReader) -> (Vec<Row>, Vec<Refusal>) {
    let (mut profiles, mut refusals) = (Vec::new(), Vec::new());
    for row in reader {
        match row.unwrap() {
            ListRow::Profile(row) => profiles.push(row),
            ListRow::Refused(refusal) => refusals.push(refusal),
        }
    }
    (profiles, refusals)
}

fn read(text: &str) -> (Vec<Row>, Vec<Refusal>) {
    rows(open(text.as_bytes()).unwrap())
}

fn code(bytes: &[u8]) -> &'static str {
    open(bytes).err().map_or("opened", |error| error.code())
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[test]
fn the_samples_are_read_whole() {
    for (bytes, kind, count) in [
        (samples::CONTACTS_40, ProfileKind::Contact, 40),
        (samples::COMPANIES_60, ProfileKind::Company, 60),
    ] {
        let reader = ListReader::of_bytes(bytes).unwrap();
        let description = reader.description().clone();
        assert_eq!(
            (description.kind, description.generation),
            (kind, Generation::Current)
        );
        let (profiles, refusals) = rows(reader);
        assert_eq!((profiles.len(), refusals.len()), (count, 0));
        assert!(profiles.iter().all(|row| !row.lacks_id() && !row.lacks_company()));
        let ids: std::collections::HashSet<_> = profiles.iter().map(|row| &row.profile.zoominfo_id).collect();
        assert_eq!(ids.len(), count);
    }
}

#[test]
fn every_sample_contact_becomes_a_lead_without_a_fault() {
    let names = [
        "Title",
        "Email",
        "Phone",
        "MobilePhone",
        "Fax",
        "Website",
        "Street",
        "City",
        "State",
        "PostalCode",
        "Country",
    ];
    let field = |name: &str, kind| TargetField {
        name: name.into(),
        label: name.into(),
        kind,
        ..TargetField::default()
    };
    let mut fields: Vec<_> = names.iter().map(|name| field(name, FieldKind::String)).collect();
    fields.extend(["LastName", "Company"].map(|name| TargetField {
        nillable: false,
        length: 40,
        ..field(name, FieldKind::String)
    }));
    fields.push(TargetField {
        precision: 18,
        ..field("AnnualRevenue", FieldKind::Currency)
    });
    fields.push(TargetField {
        digits: 8,
        ..field("NumberOfEmployees", FieldKind::Int)
    });
    fields
        .iter_mut()
        .filter(|field| field.name == "Email")
        .for_each(|field| field.kind = FieldKind::Email);
    fields
        .iter_mut()
        .filter(|field| field.name == "Website")
        .for_each(|field| field.kind = FieldKind::Url);
    let describe = TargetDescribe {
        object: TargetObject::Lead,
        fields,
    };
    let mapping =
        CompiledMapping::compile(&default_mapping(TargetObject::Lead, Some(&describe)), &describe).unwrap();
    let (profiles, _) = rows(ListReader::of_bytes(samples::CONTACTS_40).unwrap());
    for row in profiles {
        let mapped = apply(&mapping, &row.profile);
        assert_eq!((mapped.faults.len(), mapped.marks.len()), (0, 0), "{mapped:?}");
        let thousands: i64 = row.profile.value("revenue_thousands").unwrap().parse().unwrap();
        assert_eq!(mapped.to_json()["AnnualRevenue"], thousands * 1_000);
    }
}

#[test]
fn a_messy_list_is_accounted_for_row_by_row() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/samples/contacts_2000_messy.csv");
    let mut peer = csv::Reader::from_path(&path).unwrap();
    let peer_rows = peer.records().count();
    let reader = ListReader::open(&path).unwrap();
    assert_eq!(reader.description().encoding, Encoding::Utf8WithBom);
    assert_eq!(reader.description().extra_columns, ["Query Name"]);
    let (profiles, refusals) = rows(reader);
    assert_eq!((peer_rows, profiles.len() + refusals.len()), (2_040, 2_040));
    let mut rules = BTreeMap::new();
    for refusal in &refusals {
        *rules
            .entry((refusal.rule.code(), refusal.why.as_str()))
            .or_insert(0) += 1;
        assert_eq!(refusal.column.as_deref(), Some("Last Name"));
    }
    assert_eq!(rules.values().copied().collect::<Vec<i32>>(), [1, 1, 24]);
    assert_eq!(profiles.iter().filter(|row| row.lacks_id()).count(), 4);
    assert_eq!(profiles.iter().filter(|row| row.lacks_company()).count(), 24);
    let (first, again) = (&profiles[0], &profiles[profiles.len() - 40]);
    assert_eq!(first.profile, again.profile);
    let street = profiles.iter().find_map(|row| {
        row.profile
            .value("company_street")
            .filter(|street| street.contains('\n'))
    });
    assert!(street.unwrap().starts_with("Riverside Tower\r\nFloor "));
}

#[test]
fn encodings_and_delimiters_are_told_apart() {
    let text = "Last Name;Company Name;Country\nMüller;Zoë & Söhne;Österreich\nBélanger;Tarn;Canada\n";
    let windows: Vec<u8> = text
        .chars()
        .map(|character| u8::try_from(u32::from(character)).unwrap())
        .collect();
    let with_bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
    let cases = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (with_bom, Encoding::Utf8WithBom),
        (utf16(text, true), Encoding::Utf16Le),
        (utf16(text, false), Encoding::Utf16Be),
        (windows, Encoding::Windows1252),
    ];
    for (bytes, encoding) in cases {
        let total = bytes.len() as u64;
        let mut reader = open(&bytes).unwrap();
        assert_eq!(
            (reader.description().encoding, reader.description().delimiter),
            (encoding, Delimiter::Semicolon)
        );
        let Some(Ok(ListRow::Profile(first))) = reader.next() else {
            panic!("{encoding:?}")
        };
        assert_eq!(first.profile.value("last_name"), Some("Müller"));
        assert_eq!(first.profile.value("person_country"), Some("Österreich"));
        assert_eq!(reader.by_ref().count(), 1);
        assert_eq!((reader.bytes_read(), reader.total_bytes()), (total, total));
    }
    let tabs = open(b"Last Name\tCompany Name\nOkafor\tTarn, Ltd\n").unwrap();
    assert_eq!(tabs.description().delimiter, Delimiter::Tab);
}

#[test]
fn one_broken_byte_costs_its_own_row() {
    let mut bytes = "Last Name,Company Name\nMüller,Zoë\nSørensen,Ärla\n"
        .as_bytes()
        .to_vec();
    bytes.extend(b"Be\xe9langer,Tarn\nOkafor,Tarn\n");
    let (profiles, refusals) = rows(open(&bytes).unwrap());
    assert_eq!(profiles.len(), 3);
    assert_eq!((refusals[0].line, refusals[0].rule), (4, RefusalRule::NotText));
    assert_eq!(refusals[0].column.as_deref(), Some("Last Name"));
}

#[test]
fn names_that_are_none_are_refused_with_what_stands_there() {
    let (profiles, refusals) =
        read("First Name,Last Name\nAda,\nAda,\u{a0}\nAda,–\nAda,\"\u{200b}\"\nAda,Okafor\n,\n");
    assert_eq!(profiles.len(), 1);
    let told: Vec<_> = refusals
        .iter()
        .map(|refusal| (refusal.line, refusal.value.as_str(), refusal.rule))
        .collect();
    assert_eq!(
        told,
        [
            (2, "", RefusalRule::NoLastName),
            (3, "“ ” (a non-breaking space)", RefusalRule::NoLastName),
            (4, "–", RefusalRule::NoLastName),
            (5, "“ ” (invisible characters)", RefusalRule::NoLastName),
            (7, "", RefusalRule::BlankRow),
        ]
    );
    let (_, refusals) = read("Company Name,Website\n,tarn.example\n");
    assert_eq!(refusals[0].rule, RefusalRule::NoCompanyName);
}

#[test]
fn rows_of_another_width_are_refused_unless_only_blank_cells_are_too_many() {
    let (profiles, refusals) =
        read("Last Name,Company Name\nOkafor\nOkafor,Tarn,,\nOkafor,Tarn,Ltd\n\nOkafor,Tarn");
    assert_eq!(profiles.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 6]);
    let told: Vec<_> = refusals
        .iter()
        .map(|refusal| (refusal.line, refusal.value.as_str(), refusal.rule))
        .collect();
    assert_eq!(
        told,
        [
            (2, "Okafor", RefusalRule::TooFewCells),
            (4, "Ltd", RefusalRule::TooManyCells)
        ]
    );
}

#[test]
fn an_unclosed_quote_costs_its_own_line() {
    let (profiles, refusals) = read("Last Name,Company Name\nOkafor,\"Tarn\nMoreau,\"Quay\"\nSzabó,Ivorne\n");
    assert_eq!(profiles.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(
        (refusals[0].line, refusals[0].rule),
        (2, RefusalRule::UnclosedQuote)
    );
    assert!(refusals[0].value.starts_with("Okafor") && refusals[0].fix.contains("line 2"));
}

#[test]
fn ids_of_nobody_are_blank_and_shortened_ones_are_refused() {
    let (profiles, refusals) = read(
        "ZoomInfo Contact ID,Last Name,ZoomInfo Company ID\n0,A,0\n,B,17.0\n3000000001,C,17\n3.00E+09,D,1\n",
    );
    let ids: Vec<_> = profiles
        .iter()
        .map(|row| {
            (
                row.profile.zoominfo_id.as_deref(),
                row.profile.value("zoominfo_company_id"),
            )
        })
        .collect();
    assert_eq!(
        ids,
        [(None, None), (None, Some("17")), (Some("3000000001"), Some("17"))]
    );
    assert_eq!(
        (refusals[0].line, refusals[0].rule),
        (5, RefusalRule::ShortenedId)
    );
}

#[test]
fn extra_columns_and_formulas_are_kept_as_they_are() {
    let (profiles, _) = read("Last Name,Query Name,Note,Note\nOkafor,Spring,=1+1,\u{a0}x\n");
    let extras: Vec<_> = profiles[0]
        .profile
        .extras
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        extras,
        [("Note", "=1+1"), ("Note 2", "x"), ("Query Name", "Spring")]
    );
}

#[test]
fn a_repeated_row_is_told_by_whoever_knows_it() {
    let refusal = Refusal::repeats(9, 4);
    assert_eq!((refusal.line, refusal.rule.code()), (9, "repeats"));
    assert!(refusal.why.contains("line 4"));
}

#[test]
fn files_that_are_no_lists_are_refused_by_their_kind() {
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b"\xef\xbb\xbf\r\n\r\n  \r\n"), "empty");
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not_csv");
    assert_eq!(
        code(b"PK\x03\x04\x14\0\x06\0[Content_Types].xml xl/workbook.xml"),
        "not_csv"
    );
    assert_eq!(code(b"Last Name,\0\x01\x02\x03,a"), "not_csv");
    assert_eq!(code(b"Last Name,Company Name\n"), "no_data");
    assert_eq!(code(b"Last Name,Company Name\n\n\r\n"), "no_data");
    assert_eq!(code(b"Okafor,Ada,ada@tarn.example\n"), "no_header");
    assert_eq!(code(b"sku,price\n1,2\n"), "not_zoominfo");
    assert_eq!(
        code(b"First Name,Email\nAda,ada@tarn.example\n"),
        "missing_column"
    );
    assert_eq!(
        code(format!("Last Name{}\nA\n", ",x".repeat(2_000)).as_bytes()),
        "too_wide"
    );
    assert_eq!(code("Last Name,".repeat(1 << 18).as_bytes()), "header_too_long");
    assert_eq!(
        code(b"\"Last Name,Company Name\nOkafor,Tarn\n"),
        "header_too_long"
    );
    assert!(matches!(
        ListReader::open(Path::new("/nowhere/list.csv")),
        Err(ImportError::Unreadable(_))
    ));
    assert!(matches!(
        ListReader::open(&std::env::temp_dir()),
        Err(ImportError::Unreadable(_))
    ));
}

#[test]
fn over_long_titles_are_cut_at_mapping_and_not_at_import() {
    let title = "Director ".repeat(40);
    let (profiles, _) = read(&format!("Last Name,Job Title\nOkafor,{title}\n"));
    assert_eq!(profiles[0].profile.value("job_title"), Some(title.trim()));
    let field = |name: &str| TargetField {
        name: name.into(),
        label: name.into(),
        length: 128,
        ..TargetField::default()
    };
    let describe = TargetDescribe {
        object: TargetObject::Lead,
        fields: vec![field("LastName"), field("Title")],
    };
    let mapping =
        CompiledMapping::compile(&default_mapping(TargetObject::Lead, Some(&describe)), &describe).unwrap();
    assert_eq!(
        apply(&mapping, &profiles[0].profile).marks[0].rule,
        MarkRule::Truncated
    );
}

fn any_cell() -> impl Strategy<Value = String> {
    "[a-zé漢\",;\t\r\n =+@-]{0,10}".prop_map(|cell| cell.trim().to_owned())
}

proptest! {
    #[test]
    fn a_table_is_read_as_it_was_written(
        table in prop::collection::vec((1_u64..1_000_000, "[a-zé]{1,9}", prop::collection::vec(any_cell(), 3)), 1..12),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        encoding in 0_usize..4,
        always_quote: bool,
        crlf: bool,
    ) {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(match delimiter { Delimiter::Comma => b',', Delimiter::Semicolon => b';', Delimiter::Tab => b'\t' });
        builder.quote_style(if always_quote { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary });
        if crlf {
            builder.terminator(csv::Terminator::CRLF);
        }
        let mut writer = builder.from_writer(Vec::new());
        writer.write_record(["ZoomInfo Contact ID", "Last Name", "Job Title", "Company Name", "Note"]).unwrap();
        let mut line = 2;
        let mut expected = Vec::new();
        for (id, name, cells) in &table {
            let id = id.to_string();
            writer.write_record([&id, name, &cells[0], &cells[1], &cells[2]]).unwrap();
            expected.push((line, id, name.clone(), cells.clone()));
            let breaks: usize = cells.iter().map(|cell| cell.replace("\r\n", "\n").matches(['\r', '\n']).count()).sum();
            line += 1 + breaks as u64;
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bytes = match encoding {
            0 => text.into_bytes(),
            1 => [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat(),
            2 => utf16(&text, true),
            _ => utf16(&text, false),
        };
        let (profiles, refusals) = rows(open(&bytes).unwrap());
        prop_assert_eq!(refusals, []);
        let found: Vec<_> = profiles.into_iter().map(|row| {
            let text = |field: &str| row.profile.value(field).unwrap_or_default().to_owned();
            let cells = vec![text("job_title"), text("company_name"), row.profile.extra("Note").unwrap_or_default().to_owned()];
            (row.line, row.profile.zoominfo_id.clone().unwrap_or_default(), text("last_name"), cells)
        }).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_bytes_make_the_reader_panic_or_go_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let bytes = [b"Last Name,Company Name\n".as_slice(), &bytes].concat();
        let Ok(reader) = open(&bytes) else { return Ok(()) };
        let mut last = 1;
        for row in reader {
            let (line, last_line) = match row.unwrap() {
                ListRow::Profile(row) => (row.line, row.last_line),
                ListRow::Refused(refusal) => (refusal.line, refusal.last_line),
            };
            prop_assert!(line > last && last_line >= line);
            last = last_line;
        }
    }

    #[test]
    fn no_file_makes_opening_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        prop_assert!(open(&bytes).is_err());
    }
}
