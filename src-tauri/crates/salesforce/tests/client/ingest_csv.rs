//! The CSV of an upload, read back by the csv crate.

use proptest::prelude::*;
use salesforce::{IngestCell, IngestCsv, ReservedText};

fn write(columns: &[&str], rows: &[Vec<Option<String>>]) -> (String, u64, u64) {
    let mut csv = IngestCsv::new(Vec::new(), columns).unwrap();
    for row in rows {
        csv.row(row).unwrap();
    }
    let (rows, bytes) = (csv.rows(), csv.bytes());
    (String::from_utf8(csv.finish().unwrap()).unwrap(), rows, bytes)
}

#[test]
fn the_file_is_as_the_guide_asks() {
    let row = [
        "plain",
        "a,b",
        "say \"hi\"",
        "two\r\nlines\rthree\n",
        " kept ",
        "#NA",
    ];
    let mut cells: Vec<_> = row.iter().map(|cell| Some((*cell).to_owned())).collect();
    cells.push(None);
    let (text, rows, bytes) = write(&["A", "B", "C", "D", "E", "F", "Account.Ext__c"], &[cells]);
    assert_eq!(
        text,
        "A,B,C,D,E,F,Account.Ext__c\nplain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\nthree\n\",\" kept \",#NA,\n"
    );
    assert_eq!((rows, bytes), (1, text.len() as u64));
}

#[test]
fn null_is_asked_for_and_never_written_by_accident() {
    let mut csv = IngestCsv::new(Vec::new(), &["A", "B", "C"]).unwrap();
    let cells = [IngestCell::Null, IngestCell::Untouched, IngestCell::Text("#N/A ")];
    csv.cells(cells.into_iter()).unwrap();
    for text in ["#N/A", "#n/a"] {
        let error = csv.row(&[None, Some(text), None]).unwrap_err();
        let reserved = error.get_ref().unwrap().downcast_ref::<ReservedText>().unwrap();
        assert_eq!(reserved.column, "B");
    }
    assert_eq!(csv.rows(), 1);
    assert_eq!(csv.finish().unwrap(), b"A,B,C\n#N/A,,\"#N/A \"\n");
    assert!(IngestCsv::new(Vec::new(), &["\u{feff}A"]).is_err());
}

#[test]
fn a_row_of_another_width_is_refused() {
    let mut csv = IngestCsv::new(Vec::new(), &["A", "B"]).unwrap();
    assert!(csv.row(&[Some("only one")]).is_err());
    assert_eq!(csv.rows(), 0);
    assert_eq!(csv.finish().unwrap(), b"A,B\n");
}

proptest! {
    #[test]
    fn every_cell_comes_back(
        rows in (1_usize..4).prop_flat_map(|width| {
            let cell = proptest::option::of("(?s)(?:[ -~\n\r\"',é\u{feff}\u{0}]|\\PC){0,12}|");
            proptest::collection::vec(proptest::collection::vec(cell, width), 0..8)
        })
    ) {
        let width = rows.first().map_or(1, Vec::len);
        let columns = &["A", "B", "C"][..width];
        let (text, _, bytes) = write(columns, &rows);
        prop_assert!(!text.contains('\r') && text.ends_with('\n'));
        prop_assert_eq!(bytes, text.len() as u64);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect())
            .collect();
        let sent: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let cells = row.iter().map(|cell| cell.clone().unwrap_or_default());
                cells.map(|cell| cell.replace("\r\n", "\n").replace('\r', "\n")).collect()
            })
            .collect();
        prop_assert_eq!(read, sent);
    }
}
