//! Cells of result files.

/// Appends a cell in quotes, inner quotes doubled.
pub fn push_quoted(out: &mut Vec<u8>, cell: &str) {
    out.push(b'"');
    if cell.as_bytes().contains(&b'"') {
        out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
}

/// Appends a header cell as it was uploaded: in quotes only when it needs them.
pub fn push_header_cell(out: &mut Vec<u8>, cell: &str, delimiter: u8) {
    let special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    if cell.bytes().any(special) {
        push_quoted(out, cell);
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quoted_cells_read_back(cells in proptest::collection::vec(".*", 1..5)) {
            let mut line = Vec::new();
            for (position, cell) in cells.iter().enumerate() {
                if position > 0 {
                    line.push(b',');
                }
                push_quoted(&mut line, cell);
            }
            line.push(b'\n');
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
            let record = reader.records().next().expect("a row").expect("a readable row");
            let read: Vec<String> = record.iter().map(str::to_owned).collect();
            prop_assert_eq!(read, cells);
        }
    }
}
