//! Ids of Salesforce records.

use super::{FaultRule, Problem, TypedValue};

/// First three characters of ids. Source: Salesforce Help, "Standard Field Record ID Prefix Decoder".
const PREFIXES: [(&str, &str); 9] = [
    ("001", "Account"),
    ("003", "Contact"),
    ("005", "User"),
    ("006", "Opportunity"),
    ("00D", "Organization"),
    ("00G", "Group"),
    ("00Q", "Lead"),
    ("012", "RecordType"),
    ("701", "Campaign"),
];
const CHECK_CHARACTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The id of a record of one of these objects, given by API name: 15 letters and digits, or 18 with the check characters
/// that say which of them are capitals.
pub fn record_id(text: &str, objects: &[String]) -> Result<TypedValue, Problem> {
    let refuse = |why: String| Err(Problem::new(FaultRule::NotAnId, why));
    if !matches!(text.len(), 15 | 18) || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return refuse("is not a Salesforce record id, which has 15 or 18 letters and digits".to_owned());
    }
    let (short, check) = text.split_at(15);
    if !check.is_empty() && !check.eq_ignore_ascii_case(&check_characters(short)) {
        return refuse(
            "is not a Salesforce record id, as its last three characters do not fit the others".to_owned(),
        );
    }
    let object_of = |prefix: &str| {
        PREFIXES
            .iter()
            .find(|(known, _)| *known == prefix)
            .map(|(_, object)| *object)
    };
    let all_known = objects.iter().all(|object| {
        PREFIXES
            .iter()
            .any(|(_, known)| known.eq_ignore_ascii_case(object))
    });
    if !objects.is_empty() && all_known {
        let object = object_of(&text[..3]);
        if !objects
            .iter()
            .any(|wanted| object.is_some_and(|object| object.eq_ignore_ascii_case(wanted)))
        {
            let wanted = objects.join(" or ");
            return refuse(format!("is not the id of a record of {wanted}"));
        }
    }
    Ok(TypedValue::Text(text.to_owned()))
}

fn check_characters(short: &str) -> String {
    let places = short.as_bytes().chunks(5).map(|five| {
        let capitals = five
            .iter()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_uppercase());
        capitals.fold(0, |bits, (place, _)| bits | (1 << place))
    });
    places
        .map(|place: usize| CHECK_CHARACTERS.get(place).copied().map_or('A', char::from))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> Vec<String> {
        vec!["Account".to_owned()]
    }

    #[test]
    fn check_characters_are_checked() {
        assert_eq!(check_characters("001D000000IRFma"), "IAH");
        assert!(record_id("001D000000IRFmaIAH", &accounts()).is_ok());
        assert!(record_id("001D000000IRFma", &accounts()).is_ok());
        assert!(record_id("001D000000IRFmaIAP", &accounts()).is_err());
        assert!(record_id("001d000000irfmaIAH", &accounts()).is_err());
    }

    #[test]
    fn an_id_of_another_object_is_refused_where_its_prefix_tells() {
        assert!(record_id("003D000000IRFma", &accounts()).is_err());
        assert!(record_id("a0BD000000IRFma", &accounts()).is_err());
        assert!(record_id("a0BD000000IRFma", &["Region__c".to_owned()]).is_ok());
        let owners = ["Group".to_owned(), "User".to_owned()];
        assert!(record_id("005D000000IRFma", &owners).is_ok());
        assert!(record_id("001D000000IRFma", &owners).is_err());
    }
}
