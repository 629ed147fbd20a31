//! What the documents claim is there.

use std::path::Path;

/// Links of a document as text and address.
fn links(document: &str) -> impl Iterator<Item = (&str, &str)> {
    document.split('[').skip(1).filter_map(|rest| {
        let (text, rest) = rest.split_once("](")?;
        Some((text, rest.split_once(')')?.0))
    })
}

#[test]
fn every_test_that_the_comparison_names_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let document = std::fs::read_to_string(folder.join("mapping-editor.md")).unwrap();
    let mut named_tests = 0;
    for (text, address) in links(&document) {
        let source = std::fs::read_to_string(folder.join(address))
            .unwrap_or_else(|error| panic!("{address} of the document: {error}"));
        let Some(test) = text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) else {
            continue;
        };
        if !address.ends_with(test) {
            let is_there =
                source.contains(&format!("fn {test}(")) || source.contains(&format!("(\"{test}\""));
            assert!(is_there, "{address} has no test {test}");
        }
        named_tests += 1;
    }
    assert!(named_tests >= 20, "the table names only {named_tests} tests");
    let rows = document.lines().filter(|line| line.contains(" | yes")).count();
    let proven = document
        .lines()
        .filter(|line| line.contains(" | yes") && line.contains("](../"))
        .count();
    assert_eq!(rows, proven, "a yes without its test");
}
