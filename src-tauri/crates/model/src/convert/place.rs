//! Countries and states of orgs that list them. See [`ListedAddress`].

use std::collections::HashMap;

use super::choice::folded;
use super::dependent::{Controlling, Places};
use super::{FaultRule, Problem, TypedValue};
use crate::target::{ListedAddress, ListedPart, TargetField};

/// The labels of countries, by code and by label.
#[derive(Debug, Clone)]
pub struct Countries(HashMap<String, String>);

impl Countries {
    /// Of the field with the codes.
    pub fn of(codes: &TargetField) -> Self {
        let active = || codes.picklist.iter().filter(|entry| entry.active);
        let mut labels = HashMap::new();
        for (name, entry) in active()
            .map(|entry| (&entry.value, entry))
            .chain(active().map(|entry| (&entry.label, entry)))
        {
            labels.entry(folded(name)).or_insert_with(|| entry.label.clone());
        }
        Self(labels)
    }

    /// The label of the country that a text names.
    pub fn convert(&self, text: &str) -> Result<TypedValue, Problem> {
        self.0.get(&folded(text)).map_or_else(
            || {
                Err(Problem::new(
                    FaultRule::NotInPicklist,
                    "is not in the org’s list of countries",
                ))
            },
            |label| Ok(TypedValue::Text(label.clone())),
        )
    }
}

/// The states of all countries.
#[derive(Debug, Clone)]
pub struct States {
    listed: Vec<State>,
    /// Places in `listed`, by code and by label; a code may stand for states of several countries.
    by_name: HashMap<String, Vec<usize>>,
    countries: Places,
    writes_code: bool,
    /// API names of the fields that may tell the country, the code first.
    controllers: Vec<String>,
}

#[derive(Debug, Clone)]
struct State {
    code: String,
    label: String,
    countries: Vec<u16>,
}

impl States {
    /// Of a listed address; `None` when the field is no state.
    pub fn of(address: &ListedAddress<'_>) -> Option<Self> {
        if !address.part.is_state() {
            return None;
        }
        let active = address.state_code?.picklist.iter().filter(|entry| entry.active);
        let listed: Vec<State> = active
            .map(|entry| State {
                code: entry.value.clone(),
                label: entry.label.clone(),
                countries: entry.valid_for.clone(),
            })
            .collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let codes = listed.iter().map(|state| &state.code).enumerate();
        // Codes come first, so that they win where a label of the same country reads alike.
        for (place, name) in codes.chain(listed.iter().map(|state| &state.label).enumerate()) {
            let places = by_name.entry(folded(name)).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let controllers = [Some(address.country_code), address.country];
        Some(Self {
            listed,
            by_name,
            countries: Places::of(address.country_code),
            writes_code: address.part == ListedPart::StateCode,
            controllers: controllers
                .into_iter()
                .flatten()
                .map(|field| field.name.clone())
                .collect(),
        })
    }

    /// API names of the fields that may tell the country.
    pub fn controllers(&self) -> &[String] {
        &self.controllers
    }

    /// The code or the label of the state that a text names, within the record's country.
    pub fn convert(&self, text: &str, country: Controlling<'_>) -> Result<TypedValue, Problem> {
        let named = self.by_name.get(&folded(text)).map_or(&[][..], Vec::as_slice);
        let mut named = named.iter().filter_map(|place| self.listed.get(*place));
        let (rule, why) = match country {
            Controlling::Unchecked => match named.next() {
                Some(state) => return Ok(self.written(state)),
                None => (
                    FaultRule::NotInPicklist,
                    "is not in the org’s list of states".to_owned(),
                ),
            },
            Controlling::Blank => (
                FaultRule::StateWithoutCountry,
                "is a state without its country, and Salesforce takes both together only".to_owned(),
            ),
            Controlling::Is(country) => {
                let place = self.countries.of_value(country);
                let fits = |state: &&State| place.is_some_and(|place| state.countries.contains(&place));
                match named.find(fits) {
                    Some(state) => return Ok(self.written(state)),
                    None => (
                        FaultRule::NotInCountry,
                        format!("is not a state of {country} in the org’s lists"),
                    ),
                }
            }
        };
        Err(Problem::new(rule, why))
    }

    fn written(&self, state: &State) -> TypedValue {
        let text = if self.writes_code {
            &state.code
        } else {
            &state.label
        };
        TypedValue::Text(text.clone())
    }
}
