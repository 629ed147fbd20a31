//! The Mapping tab's rows.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{MappingRow, Source, Verdict, mapping_view};
use support::{lead_mapping, leads, profile, row};

#[test]
fn the_tab_shows_which_row_won_and_what_is_wrong() {
    let mapping = lead_mapping(vec![
        row("direct_phone", "Phone"),
        row("company_hq_phone", "Phone"),
        row("management_level", ""),
        row("primary_industry", "Industry"),
        row("revenue_thousands", "AnnualRevenue"),
        row("email", "Email"),
    ]);
    let sample = profile(&[
        ("company_hq_phone", "(555) 010-0002"),
        ("management_level", "Director"),
        ("primary_industry", "Retail"),
        ("revenue_thousands", "25464"),
        ("email", "nobody"),
    ]);
    let rows = mapping_view(&mapping, Some(&leads()), Some(&sample)).rows;
    let shown: Vec<_> = rows
        .iter()
        .map(|row| {
            let place = row
                .hierarchy
                .map(|place| (place.position, place.of, place.in_use));
            (
                row.source.as_str(),
                row.result.as_str(),
                row.result_note.as_str(),
                place,
                row.verdict,
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Last Name", "Okafor", "", None, Verdict::Ready),
            ("Company Name", "Tarn & Co", "", None, Verdict::Ready),
            (
                "Direct Phone Number",
                "",
                "Blank, 2 is used",
                Some((1, 2, false)),
                Verdict::Ready
            ),
            (
                "Company HQ Phone",
                "(555) 010-0002",
                "",
                Some((2, 2, true)),
                Verdict::Ready
            ),
            ("Management Level", "", "Not written", None, Verdict::Error),
            ("Primary Industry", "Retail", "", None, Verdict::Warning),
            (
                "Revenue (in 000s USD)",
                "25464000",
                "From thousands of USD",
                None,
                Verdict::Ready
            ),
            ("Email Address", "", "Left out", None, Verdict::Warning),
        ]
    );
    assert!(
        rows[0].required && rows[0].target_type == "Text(80)" && rows[0].target_label == "LastName label"
    );
    assert_eq!(
        (rows[3].source_kind.as_str(), rows[3].source_group.as_str()),
        ("Company field", "Company")
    );
    assert!(rows[4].verdict_sentence.contains("no target field"));
}

#[test]
fn without_an_org_the_tab_shows_rows_unchecked() {
    let mapping = lead_mapping(vec![MappingRow::new(Source::fixed("ZoomInfo"), "LeadSource")]);
    let rows = mapping_view(&mapping, None, Some(&profile(&[]))).rows;
    assert!(
        rows.iter()
            .all(|row| row.verdict == Verdict::Unknown && row.target_kind.is_none())
    );
    assert_eq!(
        (rows[2].source.as_str(), rows[2].sample_value.as_str()),
        ("“ZoomInfo”", "ZoomInfo")
    );
}

#[test]
fn a_sample_that_is_refused_says_so_at_its_row() {
    let rows = mapping_view(
        &lead_mapping(vec![]),
        Some(&leads()),
        Some(&profile(&[("company_name", "")])),
    )
    .rows;
    assert_eq!(
        (rows[1].result_note.as_str(), rows[1].verdict),
        ("Blank, this record is refused", Verdict::Warning)
    );
}
