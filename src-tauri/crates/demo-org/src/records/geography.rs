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
/// given and do not fit, the code counts in a new record, and a change is refused (Salesforce Help, "State and
/// Country/Territory Picklist Field-Syncing Logic"). A label that is not listed is left to [`check`].
pub fn complete(
    records: &Records,
    object: u16,
    own: Option<Key>,
    values: &mut Vec<(u16, Value)>,
) -> Result<(), RowFault> {
    if !records.rules.lists_states {
        return Ok(());
    }
    let definition = records.schema.object(usize::from(object));
    for field in &definition.fields {
        let Role::Address(prefix) = field.role else {
            continue;
        };
        let find = |part: &str| definition.find(&format!("{prefix}{part}"));
        let fields = (
            find("Country"),
            find("CountryCode"),
            find("State"),
            find("StateCode"),
        );
        let (Some(country), Some(country_code), Some(state), Some(state_code)) = fields else {
            continue;
        };
        let changes = own.is_some();
        let unlisted = |code: u16, text: &str, what: &str| {
            let name = definition.field(code).name;
            let message = format!(
                "The {name} field contains {text}, which isn't an available {what}. Your administrator can add it for you."
            );
            RowFault::new("FIELD_INTEGRITY_EXCEPTION", message).at(name)
        };
        let countries = Pair {
            code: country_code,
            label: country,
        };
        countries
            .complete(values, changes, &|text, by_code| {
                COUNTRIES
                    .iter()
                    .find(|(code, label)| text.eq_ignore_ascii_case(if by_code { code } else { label }))
                    .copied()
            })
            .map_err(|text| unlisted(country_code, &text, "country/territory"))?;
        let within = given(values, country)
            .or_else(|| {
                let own = own?;
                let row = records.row(own)?;
                Some(records.value(own, &row, country).into_owned())
            })
            .and_then(|value| country_named(value.as_text()?))
            .map(|(code, _)| *code);
        let states = Pair {
            code: state_code,
            label: state,
        };
        states
            .complete(values, changes, &|text, by_code| {
                STATES
                    .iter()
                    .find(|(code, label, of)| {
                        within.is_none_or(|within| within == *of)
                            && text.eq_ignore_ascii_case(if by_code { code } else { label })
                    })
                    .map(|(code, label, _)| (*code, *label))
            })
            .map_err(|text| unlisted(state_code, &text, "state"))?;
    }
    Ok(())
}

fn given(values: &[(u16, Value)], field: u16) -> Option<Value> {
    values
        .iter()
        .find(|(known, _)| *known == field)
        .map(|(_, value)| value.clone())
}

/// Two fields that show one value.
struct Pair {
    code: u16,
    label: u16,
}

/// Finds code and label by a text, which is a code where the other argument says so.
type Listed<'a> = &'a dyn Fn(&str, bool) -> Option<(&'static str, &'static str)>;

impl Pair {
    /// Puts the other beside the one that was given; an error is the code that is not listed, or fits no label.
    fn complete(
        &self,
        values: &mut Vec<(u16, Value)>,
        changes: bool,
        listed: Listed<'_>,
    ) -> Result<(), String> {
        let label = given(values, self.label);
        let (code, label) = match (given(values, self.code), label) {
            (None, None) => return Ok(()),
            (Some(code), label) => match code.as_text() {
                None => (Value::Null, Value::Null),
                Some(text) => {
                    let (code, of_code) = listed(text, true).ok_or_else(|| text.to_owned())?;
                    let label = label.as_ref().and_then(Value::as_text);
                    if changes && label.is_some_and(|label| !label.eq_ignore_ascii_case(of_code)) {
                        return Err(text.to_owned());
                    }
                    (Value::text(code), Value::text(of_code))
                }
            },
            (None, Some(label)) => {
                let code = label.as_text().and_then(|text| listed(text, false));
                (code.map_or(Value::Null, |(code, _)| Value::text(code)), label)
            }
        };
        values.retain(|(known, _)| *known != self.code && *known != self.label);
        values.extend([(self.code, code), (self.label, label)]);
        Ok(())
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
