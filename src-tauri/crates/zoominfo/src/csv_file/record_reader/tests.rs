use proptest::prelude::*;

use super::*;

/// Bytes that come in pieces of a given size, and repeat a filler as often as asked: a big file without its memory.
struct Pieces {
    parts: Vec<(Vec<u8>, u64)>,
    part: usize,
    given_bytes: u64,
    piece: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((bytes, times)) = self.parts.get(self.part) else {
            return Ok(0);
        };
        let total = bytes.len() as u64 * times;
        let mut count = 0;
        while count < buffer.len().min(self.piece) && self.given_bytes < total {
            let place = usize::try_from(self.given_bytes % bytes.len() as u64).unwrap();
            let run = (bytes.len() - place)
                .min(buffer.len() - count)
                .min(self.piece - count);
            buffer[count..count + run].copy_from_slice(&bytes[place..place + run]);
            count += run;
            self.given_bytes += run as u64;
        }
        if count == 0 {
            self.part += 1;
            self.given_bytes = 0;
            return self.read(buffer);
        }
        Ok(count)
    }
}

fn pieces(parts: &[(&str, u64)], piece: usize) -> Pieces {
    let parts = parts
        .iter()
        .map(|(text, times)| (text.as_bytes().to_vec(), *times))
        .collect();
    Pieces {
        parts,
        part: 0,
        given_bytes: 0,
        piece,
    }
}

/// Lines and cells of every record, or the rule that its lines break.
fn all(source: impl Read) -> Vec<(u64, u64, Result<Vec<String>, RecordRule>)> {
    let mut reader = RecordReader::new(source);
    let mut records = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        records.push(match record {
            Record::Cells { line, last_line } => (
                line,
                last_line,
                Ok(reader.texts().unwrap().into_iter().map(str::to_owned).collect()),
            ),
            Record::Broken(broken) => (broken.line, broken.last_line, Err(broken.rule)),
        });
    }
    assert!(reader.buffer.len() <= MOST_BYTES);
    records
}

type Found = Result<Vec<String>, RecordRule>;

fn cells(texts: &[&str]) -> Found {
    texts.iter().map(|text| Ok((*text).to_owned())).collect()
}

#[test]
fn lines_are_counted_through_cells_with_line_breaks() {
    let text = "a,\"b\r\nb\nb\"\r\n\"c\"\"c\",d\r,\n\"e";
    assert_eq!(
        all(text.as_bytes()),
        [
            (1, 3, cells(&["a", "b\r\nb\nb"])),
            (4, 4, cells(&["c\"c", "d"])),
            (5, 5, cells(&["", ""])),
            (6, 6, Err(RecordRule::UnclosedQuote)),
        ]
    );
}

#[test]
fn rows_behind_an_unclosed_quote_are_kept() {
    let text = "a,\"b\nc,d\ne,f\n";
    assert_eq!(
        all(text.as_bytes()),
        [
            (1, 1, Err(RecordRule::UnclosedQuote)),
            (2, 2, cells(&["c", "d"])),
            (3, 3, cells(&["e", "f"])),
        ]
    );
    let closed_by_another = "a,\"b\nc,\"d\"\ne,f\n";
    assert_eq!(
        all(closed_by_another.as_bytes()),
        [
            (1, 1, Err(RecordRule::UnclosedQuote)),
            (2, 2, cells(&["c", "d"])),
            (3, 3, cells(&["e", "f"])),
        ]
    );
}

#[test]
fn a_line_of_a_quarter_gigabyte_is_refused_and_not_held() {
    let long = "xxxxxxxx,".repeat(1 << 12);
    let source = pieces(
        &[
            ("a,b\n", 1),
            (&long, (1 << 28) / long.len() as u64),
            ("\r\nc,d\n", 1),
        ],
        1 << 16,
    );
    assert_eq!(
        all(source),
        [
            (1, 1, cells(&["a", "b"])),
            (2, 2, Err(RecordRule::TooLong)),
            (3, 3, cells(&["c", "d"]))
        ]
    );
}

#[test]
fn a_long_cell_behind_one_with_a_line_break_is_too_long() {
    let source = pieces(&[("\"a\nb\",", 1), ("x", 3 << 20), ("\nc,d\n", 1)], 1 << 16);
    assert_eq!(
        all(source),
        [
            (1, 1, Err(RecordRule::TooLong)),
            (2, 2, Err(RecordRule::TooLong)),
            (3, 3, cells(&["c", "d"])),
        ]
    );
}

#[test]
fn a_quote_left_open_for_megabytes_costs_its_own_line_only() {
    let source = pieces(&[("a,\"b\n", 1), ("c,d\n", 1 << 19)], 1 << 16);
    let records = all(source);
    assert_eq!(records[0], (1, 1, Err(RecordRule::UnclosedQuote)));
    assert_eq!(records.len(), 1 + (1 << 19));
    assert!(records[1..].iter().all(|(_, _, record)| record.is_ok()));
}

#[test]
fn a_file_made_of_open_quotes_ends_and_every_line_is_accounted_for() {
    let lines = 1 << 18;
    let records = all(pieces(&[("x\"y,\"z\n", lines)], 1 << 16));
    let mut next = 1;
    for (line, last_line, record) in records {
        assert!(record.is_err());
        assert_eq!(line, next);
        next = last_line + 1;
    }
    assert_eq!(next, lines + 1);
}

proptest! {
    #[test]
    fn pieces_do_not_matter(text in "[a,\"\r\n]{0,60}", piece in 1_usize..9) {
        prop_assert_eq!(all(pieces(&[(&text, 1)], piece)), all(text.as_bytes()));
    }

    #[test]
    fn lines_never_overlap_and_never_go_back(text in "[a,\"\r\n]{0,80}") {
        let mut last = 0;
        for (line, last_line, _) in all(text.as_bytes()) {
            prop_assert!(line > last && last_line >= line);
            last = last_line;
        }
        prop_assert!(last <= line_breaks(text.as_bytes()) + 1);
    }

    #[test]
    fn what_the_csv_crate_writes_is_read_alike(
        rows in prop::collection::vec(prop::collection::vec("[a-zé,;\"\r\n\t ]{0,8}", 3), 1..8),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        always_quote: bool,
        crlf: bool,
    ) {
        let mut writer = csv::WriterBuilder::new();
        writer.delimiter(delimiter.byte());
        writer.quote_style(if always_quote { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary });
        if crlf {
            writer.terminator(csv::Terminator::CRLF);
        }
        let mut writer = writer.from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let mut reader = RecordReader::new(bytes.as_slice());
        reader.set_delimiter(delimiter);
        let mut next = 1;
        for row in &rows {
            let Some(Record::Cells { line, last_line }) = reader.next_record().unwrap() else { panic!("a row is lost") };
            prop_assert_eq!(reader.texts().unwrap(), row.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(line, next);
            prop_assert_eq!(last_line - line, row.iter().map(|cell| line_breaks(cell.as_bytes())).sum::<u64>());
            next = last_line + 1;
        }
        prop_assert!(reader.next_record().unwrap().is_none());
    }
}
