//! Spellings of columns. The current ones are the labels of `model::zoominfo_field`; here are the others.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::{ProfileKind, zoominfo_field};

/// Spellings other than the current labels, and the field that each means.
const ALIASES: &[(&str, &str)] = &[
    // Lists of 2018 and before.
    ("Zoom Individual ID", "zoominfo_contact_id"),
    ("Zoom Company ID", "zoominfo_company_id"),
    ("Company domain name", "website"),
    ("Company phone number", "company_hq_phone"),
    ("Company ZIP/Postal code", "company_zip"),
    ("Industry label", "primary_industry"),
    ("SIC1", "sic_code_1"),
    ("SIC2", "sic_code_2"),
    ("NAICS1", "naics_code_1"),
    ("NAICS2", "naics_code_2"),
    // Results of a match.
    ("Revenue (in 000s)", "revenue_thousands"),
    ("Revenue Range", "revenue_range"),
    ("Total Funding Amount (in 000s)", "total_funding_thousands"),
    ("Recent Funding Amount (in 000s)", "recent_funding_thousands"),
    (
        "Est. Marketing Department Budget (in 000s)",
        "marketing_budget_thousands",
    ),
    (
        "Est. Finance Department Budget (in 000s)",
        "finance_budget_thousands",
    ),
    ("Est. IT Department Budget (in 000s)", "it_budget_thousands"),
    ("Est. HR Department Budget (in 000s)", "hr_budget_thousands"),
    // Trimmed and re-exported lists.
    ("Number of Employees", "employees"),
    ("Company Zip", "company_zip"),
    ("Company Street", "company_street"),
    ("Company Phone", "company_hq_phone"),
    ("Company HQ Phone Number", "company_hq_phone"),
    ("Company Website", "website"),
    ("Company Revenue (in 000s USD)", "revenue_thousands"),
    ("Company Fax", "company_fax"),
    ("Direct Phone", "direct_phone"),
    ("Mobile Phone Number", "mobile_phone"),
    ("Email", "email"),
    ("Person Zip", "person_zip"),
];

static FIELDS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let labels = zoominfo_field::FIELDS
        .iter()
        .map(|field| (folded(field.label), field.id));
    labels
        .chain(ALIASES.iter().map(|(alias, id)| (folded(alias), *id)))
        .collect()
});

/// The field that a column's name means; `None` for a column that is not ZoomInfo's.
pub fn field(name: &str, kind: ProfileKind) -> Option<&'static str> {
    let folded = folded(name);
    // The one name that depends on the list: in a contact's row it is the person's.
    if folded == "country" {
        return Some(match kind {
            ProfileKind::Contact => "person_country",
            ProfileKind::Company => "company_country",
        });
    }
    let id = FIELDS.get(&folded).copied()?;
    zoominfo_field::find(id)
        .filter(|field| field.fits(kind))
        .map(|field| field.id)
}

/// A name without case, blanks, underscores and other signs.
pub fn folded(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_means_a_field_and_none_means_two() {
        for (alias, id) in ALIASES {
            assert!(zoominfo_field::find(id).is_some(), "{id}");
            let label = zoominfo_field::FIELDS
                .iter()
                .find(|field| folded(field.label) == folded(alias));
            assert!(label.is_none(), "{alias}");
        }
        let names: std::collections::HashSet<_> = ALIASES.iter().map(|(alias, _)| folded(alias)).collect();
        assert_eq!(names.len(), ALIASES.len());
        assert_eq!(FIELDS.len(), ALIASES.len() + zoominfo_field::FIELDS.len());
    }
}
