//! The lists that addresses are held against once an org uses state and country picklists.

use super::{Records, Row};
use crate::{
    fault::RowFault,
    schema::{COUNTRIES, Role, STATES},
    value::{Key, Value},
};

/// What the org lists for a country that was given by code or by label.
fn country_named(text: &str) -> Option<&'static (&'static str, &'static str)> {
    COUNTRIES
        .iter()
        .find(|(code, label)| code.eq_ignore_ascii_case(text) || label.eq_ignore_ascii_case(text))
}

/// Writes the code beside each given label and the label beside each given code, as both show one value. Where both are
/// given, the code counts. A value that is not listed stays as it is, to be refused by [`check`].
pub fn complete(records: &Records, object: u16, own: Option<Key>, values: &mut Vec<(u16, Value)>) {
    if !records.rules.lists_states {
        return;
    }
    let definition = records.schema.object(usize::from(object));
    for field in &definition.fields {
        let Role::Address(prefix) = field.role else {
            continue;
        };
        let find = |part: &str| definition.find(&format!("{prefix}{part}"));
        let (Some(country), Some(state)) = (find("Country"), find("State")) else {
            continue;
        };
        if let Some(code) = find("CountryCode") {
            pair(values, code, country, |text, by_code| {
                let found = COUNTRIES
                    .iter()
                    .find(|(code, label)| text.eq_ignore_ascii_case(if by_code { code } else { label }))?;
                Some(if by_code { found.1 } else { found.0 })
            });
        }
        let country = values
            .iter()
            .find(|(known, _)| *known == country)
            .map(|(_, value)| value.clone())
            .or_else(|| {
                let own = own?;
                let row = records.row(own)?;
                Some(records.value(own, &row, country).into_owned())
            });
        let country_code = country
            .as_ref()
            .and_then(Value::as_text)
            .and_then(country_named)
            .map(|(code, _)| *code);
        if let Some(code) = find("StateCode") {
            pair(values, code, state, |text, by_code| {
                let found = STATES.iter().find(|(code, label, of)| {
                    Some(*of) == country_code && text.eq_ignore_ascii_case(if by_code { code } else { label })
                })?;
                Some(if by_code { found.1 } else { found.0 })
            });
        }
    }
}

/// Puts the other of code and label beside the one that was given. `other` finds it, from the code or from the label.
fn pair(
    values: &mut Vec<(u16, Value)>,
    code: u16,
    label: u16,
    other: impl Fn(&str, bool) -> Option<&'static str>,
) {
    let given = |values: &[(u16, Value)], field: u16| {
        values
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, value)| value.clone())
    };
    for (from, to, by_code) in [(code, label, true), (label, code, false)] {
        let Some(value) = given(values, from) else {
            continue;
        };
        let beside = match value.as_text() {
            None => Value::Null,
            // A code of no state of the country shows in the text, so that it is refused.
            Some(text) => match other(text, by_code) {
                Some(other) => Value::text(other),
                None if by_code => Value::text(text),
                None => Value::Null,
            },
        };
        values.retain(|(known, _)| *known != to);
        values.push((to, beside));
        return;
    }
}

/// Refuses an address whose country or state is not listed, when the org lists them. Only addresses that `changed`
/// touches are looked at.
pub fn check(records: &Records, key: Key, row: &Row, changed: &[u16]) -> Result<(), RowFault> {
    if !records.rules.lists_states {
        return Ok(());
    }
    let definition = records.schema.object(usize::from(key.object));
    for field in &definition.fields {
        let Role::Address(prefix) = field.role else {
            continue;
        };
        let parts = [format!("{prefix}Country"), format!("{prefix}State")];
        let touched = parts
            .iter()
            .filter_map(|part| definition.find(part))
            .any(|part| changed.contains(&part));
        if !touched {
            continue;
        }
        let text = |name: &str| {
            records
                .named(key, row, name)
                .as_text()
                .unwrap_or_default()
                .to_owned()
        };
        let label = |name: &str| {
            let field = definition.find(name).map(|index| definition.field(index));
            field.map_or("", |field| field.label)
        };
        address(
            [&text(&parts[0]), &text(&parts[1])],
            [label(&parts[0]), label(&parts[1])],
        )
        .map_err(|(message, part)| RowFault::new("FIELD_INTEGRITY_EXCEPTION", message).at(&parts[part]))?;
    }
    Ok(())
}

/// Checks country and state; an error says the sentence and which of the two is at fault.
fn address(
    [country, state]: [&str; 2],
    [country_label, state_label]: [&str; 2],
) -> Result<(), (String, usize)> {
    if country.is_empty() {
        if state.is_empty() {
            return Ok(());
        }
        let message = format!(
            "A country/territory must be specified before specifying a state value for field: {state_label}"
        );
        return Err((message, 1));
    }
    let listed = COUNTRIES
        .iter()
        .find(|(_, label)| label.eq_ignore_ascii_case(country));
    if listed.is_none() {
        let message = format!(
            "There's a problem with this country, even though it may appear correct. Please select a country/territory \
             from the list of valid countries.: {country_label}"
        );
        return Err((message, 0));
    }
    let is_listed = STATES.iter().any(|(_, label, of)| {
        listed.is_some_and(|(code, _)| code == of) && label.eq_ignore_ascii_case(state)
    });
    if state.is_empty() || is_listed {
        return Ok(());
    }
    let message = format!(
        "There's a problem with this state, even though it may appear correct. Please select a state from the list of \
         valid states.: {state_label}"
    );
    Err((message, 1))
}
