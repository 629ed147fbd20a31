//! What differs between two documents, a line for each value: `rules.no_account: manual`.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values before and after of what differs, by name; `None` when nothing does. Parts of a list are named by their member
/// `object`, where they have one.
pub(crate) fn difference(before: &Value, after: &Value) -> Option<(String, String)> {
    let (before, after) = (named_values(before), named_values(after));
    let told = |own: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let lines: Vec<String> = own
            .iter()
            .filter(|(name, value)| other.get(*name) != Some(value))
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        lines.join("\n")
    };
    (before != after).then(|| (told(&before, &after), told(&after, &before)))
}

fn named_values(document: &Value) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    collect("", document, &mut values);
    values
}

fn collect(name: &str, value: &Value, values: &mut BTreeMap<String, String>) {
    let within = |member: &str| {
        if name.is_empty() {
            member.to_owned()
        } else {
            format!("{name}.{member}")
        }
    };
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                collect(&within(member), value, values);
            }
        }
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                let own = part.get("object").and_then(Value::as_str);
                let own = own.map_or_else(|| (place + 1).to_string(), str::to_owned);
                collect(&within(&own), part, values);
            }
        }
        value => {
            let text = match value {
                Value::Null => "none".to_owned(),
                Value::Bool(true) => "yes".to_owned(),
                Value::Bool(false) => "no".to_owned(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            values.insert(name.to_owned(), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn only_what_differs_is_told_by_its_name() {
        let before = json!({ "objects": [{ "object": "lead", "allowed": true, "limit": 5 }], "rules": { "budget": null } });
        let after = json!({ "objects": [{ "object": "lead", "allowed": false, "limit": 5 }], "rules": { "budget": 7 } });
        assert_eq!(
            difference(&before, &after),
            Some((
                "objects.lead.allowed: yes\nrules.budget: none".to_owned(),
                "objects.lead.allowed: no\nrules.budget: 7".to_owned()
            ))
        );
        assert_eq!(difference(&after, &after), None);
        assert_eq!(
            difference(&json!({}), &json!({ "new": "x" })),
            Some((String::new(), "new: x".to_owned()))
        );
    }
}
