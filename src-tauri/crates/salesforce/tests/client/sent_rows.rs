//! Results come in any order and without row numbers.

use proptest::prelude::*;
use salesforce::SentRows;

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn a_key_tells_rows_and_cells_tell_those_that_share_it() {
    let columns = ["Ext__c", "LastName"];
    assert!(SentRows::by_key(&columns, "Email").is_err());
    let mut sent = SentRows::by_key(&columns, "ext__c").unwrap();
    sent.add(1, &[Some("x"), Some("A")]);
    sent.add(2, &[Some("y"), Some("B\r\nC")]);
    sent.add(3, &[Some("y"), Some("D")]);
    sent.add(4, &[None, Some("E")]);
    // The org may write a cell otherwise; the key decides as long as it is the only one.
    assert_eq!(sent.take(&row(&["x", "a"])), Some(1));
    assert_eq!(sent.take(&row(&["y", "other"])), None);
    sent.read_columns(&["LASTNAME", "EXT__C"]);
    assert_eq!(sent.take(&row(&["D", "y"])), Some(3));
    assert_eq!(sent.take(&row(&["B\nC", "y"])), Some(2));
    assert_eq!(sent.take(&row(&["B\nC", "y"])), None);
    assert_eq!(sent.remaining(), 1);
    assert_eq!(sent.into_remaining(), [4]);
}

proptest! {
    #[test]
    fn every_row_finds_its_own_however_they_are_shuffled(
        rows in proptest::collection::vec(proptest::collection::vec("[ab\n\r,]{0,2}", 2), 0..30),
        seed in any::<u64>(),
    ) {
        let mut sent = SentRows::by_values(&["A", "B"]);
        for (number, cells) in rows.iter().enumerate() {
            sent.add(number as u64, &[Some(&cells[0]), Some(&cells[1])]);
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|number| (*number as u64).wrapping_add(1).wrapping_mul(seed | 1));
        let written = |cell: &str| cell.replace("\r\n", "\n").replace('\r', "\n");
        let mut found = Vec::new();
        for number in order {
            let cells: Vec<String> = rows[number].iter().map(|cell| written(cell)).collect();
            let taken = usize::try_from(sent.take(&cells).unwrap()).unwrap();
            let own: Vec<String> = rows[taken].iter().map(|cell| written(cell)).collect();
            prop_assert_eq!(own, cells);
            found.push(taken);
        }
        found.sort_unstable();
        prop_assert_eq!(found, (0..rows.len()).collect::<Vec<_>>());
        prop_assert_eq!(sent.remaining(), 0);
    }
}
