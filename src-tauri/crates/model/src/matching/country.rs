//! Countries, for numbers that are written without theirs.

use std::str::FromStr;

use phonenumber::country::Id;

use super::fold;

/// Names of countries, folded into one word and in order, with their ISO codes: those where most business records are.
const NAMES: [(&str, &str); 78] = [
    ("argentina", "AR"),
    ("australia", "AU"),
    ("austria", "AT"),
    ("bangladesh", "BD"),
    ("belgium", "BE"),
    ("brasil", "BR"),
    ("brazil", "BR"),
    ("bulgaria", "BG"),
    ("canada", "CA"),
    ("chile", "CL"),
    ("china", "CN"),
    ("colombia", "CO"),
    ("costarica", "CR"),
    ("croatia", "HR"),
    ("cyprus", "CY"),
    ("czechia", "CZ"),
    ("czechrepublic", "CZ"),
    ("denmark", "DK"),
    ("deutschland", "DE"),
    ("egypt", "EG"),
    ("england", "GB"),
    ("espana", "ES"),
    ("estonia", "EE"),
    ("finland", "FI"),
    ("france", "FR"),
    ("germany", "DE"),
    ("ghana", "GH"),
    ("greatbritain", "GB"),
    ("greece", "GR"),
    ("hongkong", "HK"),
    ("hungary", "HU"),
    ("iceland", "IS"),
    ("india", "IN"),
    ("indonesia", "ID"),
    ("ireland", "IE"),
    ("israel", "IL"),
    ("italia", "IT"),
    ("italy", "IT"),
    ("japan", "JP"),
    ("kenya", "KE"),
    ("latvia", "LV"),
    ("lithuania", "LT"),
    ("luxembourg", "LU"),
    ("malaysia", "MY"),
    ("malta", "MT"),
    ("mexico", "MX"),
    ("morocco", "MA"),
    ("netherlands", "NL"),
    ("newzealand", "NZ"),
    ("nigeria", "NG"),
    ("norway", "NO"),
    ("pakistan", "PK"),
    ("peru", "PE"),
    ("philippines", "PH"),
    ("poland", "PL"),
    ("portugal", "PT"),
    ("romania", "RO"),
    ("saudiarabia", "SA"),
    ("scotland", "GB"),
    ("serbia", "RS"),
    ("singapore", "SG"),
    ("slovakia", "SK"),
    ("slovenia", "SI"),
    ("southafrica", "ZA"),
    ("southkorea", "KR"),
    ("spain", "ES"),
    ("sweden", "SE"),
    ("switzerland", "CH"),
    ("taiwan", "TW"),
    ("thailand", "TH"),
    ("thenetherlands", "NL"),
    ("turkey", "TR"),
    ("turkiye", "TR"),
    ("uk", "GB"),
    ("ukraine", "UA"),
    ("unitedarabemirates", "AE"),
    ("unitedkingdom", "GB"),
    ("vietnam", "VN"),
];

/// The country of a name or an ISO code; `None` when it is none that is known here.
pub(super) fn code(text: &str) -> Option<Id> {
    let name = fold::joined(text);
    if matches!(
        name.as_str(),
        "us" | "usa" | "unitedstates" | "unitedstatesofamerica"
    ) {
        return Some(Id::US);
    }
    let listed = NAMES.binary_search_by(|(own, _)| own.cmp(&name.as_str())).ok();
    match listed.and_then(|place| NAMES.get(place)) {
        Some((_, code)) => Id::from_str(code).ok(),
        None if name.len() == 2 => Id::from_str(&name.to_ascii_uppercase()).ok(),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_name_and_code() {
        assert!(NAMES.is_sorted());
        for (_, code) in NAMES {
            assert!(Id::from_str(code).is_ok(), "{code}");
        }
        for (text, expected) in [
            ("United States", Some(Id::US)),
            ("U.S.A.", Some(Id::US)),
            ("de", Some(Id::DE)),
            ("The Netherlands", Some(Id::NL)),
            ("Türkiye", Some(Id::TR)),
            ("Atlantis", None),
            ("", None),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }
}
