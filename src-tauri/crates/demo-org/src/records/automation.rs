//! What the org does by itself when a record is written: owners by rule, values that follow from others.

use super::{Assignment, IndexKey, Records};
use crate::{
    fault::RowFault,
    value::{Key, Value},
};

/// Completes a new record.
pub fn before_insert(
    records: &Records,
    object: u16,
    values: &mut Vec<(u16, Value)>,
    assignment: Assignment,
) -> Result<(), RowFault> {
    match records.schema.object(usize::from(object)).name {
        "Lead" => {
            if let (Some(owner), Some(field)) = (
                owner_by_rule(records, assignment)?,
                find(records, object, "OwnerId"),
            ) {
                set(values, field, Value::Reference(owner));
            }
        }
        "CampaignMemberStatus" => refuse_second_label(records, object, values)?,
        "CampaignMember" => {
            let person = refuse_second_membership(records, object, values)?;
            let kind = records.schema.object(usize::from(person.object)).name;
            set_named(
                records,
                object,
                values,
                "LeadOrContactId",
                Value::Reference(person),
            );
            set_named(records, object, values, "Type", Value::text(kind));
        }
        _ => {}
    }
    number(records, object, values);
    derive(records, Key { object, number: 0 }, values);
    Ok(())
}

/// Completes a change.
pub fn before_update(records: &Records, key: Key, values: &mut Vec<(u16, Value)>) {
    derive(records, key, values);
}

/// Gives a new record its automatic numbers.
pub fn number(records: &Records, object: u16, values: &mut Vec<(u16, Value)>) {
    let definition = records.schema.object(usize::from(object));
    for (index, field) in (0_u16..).zip(&definition.fields) {
        if let Some(before) = field.auto_number {
            let next = records.table(object).len().saturating_add(1);
            set(values, index, Value::text(format!("{before}{next:04}")));
        }
    }
}

/// Whom a rule gives a new lead to (REST guide, Assignment Rule Header; Bulk API 2.0 guide, `assignmentRuleId`).
fn owner_by_rule(records: &Records, assignment: Assignment) -> Result<Option<Key>, RowFault> {
    let mut rules = records.rules.lead_assignments.iter();
    match assignment {
        Assignment::Off => Ok(None),
        Assignment::Active => Ok(rules.find(|rule| rule.active).map(|rule| rule.owner)),
        Assignment::Rule(key) => {
            let rule = rules.find(|rule| rule.rule == key);
            rule.map(|rule| Some(rule.owner)).ok_or_else(unknown_rule)
        }
        Assignment::Unknown => Err(unknown_rule()),
    }
}

fn unknown_rule() -> RowFault {
    RowFault::new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
}

/// Records that come with a new one: a campaign brings its two member statuses.
pub fn after_insert(records: &Records, key: Key) -> Vec<(u16, Vec<(u16, Value)>)> {
    if records.schema.object(usize::from(key.object)).name != "Campaign" {
        return Vec::new();
    }
    let Some(object) = records.object_index("CampaignMemberStatus") else {
        return Vec::new();
    };
    let status = |label: &str, order: f64, responded: bool| {
        let named = [
            ("CampaignId", Value::Reference(key)),
            ("Label", Value::text(label)),
            ("SortOrder", Value::Number(order)),
            ("IsDefault", Value::Boolean(!responded)),
            ("HasResponded", Value::Boolean(responded)),
        ];
        let values = named
            .into_iter()
            .filter_map(|(name, value)| Some((find(records, object, name)?, value)));
        (object, values.collect())
    };
    vec![status("Sent", 1.0, false), status("Responded", 2.0, true)]
}

fn derive(records: &Records, key: Key, values: &mut Vec<(u16, Value)>) {
    let object = key.object;
    match records.schema.object(usize::from(object)).name {
        "Opportunity" => {
            let Some(stage) = given(records, object, values, "StageName") else {
                return;
            };
            let (closed, won) = (stage.starts_with("Closed"), stage == "Closed Won");
            set_named(records, object, values, "IsClosed", Value::Boolean(closed));
            set_named(records, object, values, "IsWon", Value::Boolean(won));
            if given_number(records, object, values, "Probability").is_none() {
                let probability = stage_probability(&stage);
                set_named(records, object, values, "Probability", Value::Number(probability));
            }
        }
        "Task" => {
            let Some(status) = given(records, object, values, "Status") else {
                return;
            };
            set_named(
                records,
                object,
                values,
                "IsClosed",
                Value::Boolean(status == "Completed"),
            );
        }
        "CampaignMember" => settle_status(records, key, values),
        _ => {}
    }
}

/// A member has one of its campaign's statuses: an unknown one becomes the default (object reference,
/// `CampaignMember.Status`), and whether the member has responded follows from it.
fn settle_status(records: &Records, key: Key, values: &mut Vec<(u16, Value)>) {
    let object = key.object;
    let Some(wanted) = given(records, object, values, "Status") else {
        return;
    };
    let campaign_field = find(records, object, "CampaignId");
    let given_campaign = campaign_field
        .and_then(|field| values.iter().find(|(known, _)| *known == field))
        .and_then(|(_, value)| value.as_reference());
    let stored = || {
        let row = records.row(key)?;
        records.named(key, &row, "CampaignId").as_reference()
    };
    let Some(campaign) = given_campaign.or_else(stored) else {
        return;
    };
    let Some(statuses) = records.object_index("CampaignMemberStatus") else {
        return;
    };
    let Some(field) = find(records, statuses, "CampaignId") else {
        return;
    };
    let flag =
        |key: Key, row: &super::Row, name: &str| *records.named(key, row, name) == Value::Boolean(true);
    let mut chosen: Option<(String, bool)> = None;
    for number in records.find_live(statuses, field, &IndexKey::Record(campaign)) {
        let status = Key {
            object: statuses,
            number,
        };
        let Some(row) = records.row(status) else { continue };
        let label = records.text_of(status, "Label").unwrap_or_default();
        let is_wanted = label.eq_ignore_ascii_case(&wanted);
        if is_wanted || (chosen.is_none() && flag(status, &row, "IsDefault")) {
            chosen = Some((label, flag(status, &row, "HasResponded")));
        }
        if is_wanted {
            break;
        }
    }
    if let Some((label, responded)) = chosen {
        set_named(records, object, values, "Status", Value::text(label));
        set_named(records, object, values, "HasResponded", Value::Boolean(responded));
    }
}

fn stage_probability(stage: &str) -> f64 {
    match stage {
        "Needs Analysis" => 20.0,
        "Value Proposition" => 50.0,
        "Id. Decision Makers" => 60.0,
        "Perception Analysis" => 70.0,
        "Proposal/Price Quote" => 75.0,
        "Negotiation/Review" => 90.0,
        "Closed Won" => 100.0,
        "Closed Lost" => 0.0,
        _ => 10.0,
    }
}

/// A campaign has one status of a label.
fn refuse_second_label(records: &Records, object: u16, values: &[(u16, Value)]) -> Result<(), RowFault> {
    let Some(field) = find(records, object, "CampaignId") else {
        return Ok(());
    };
    let campaign = values
        .iter()
        .find(|(known, _)| *known == field)
        .and_then(|(_, value)| value.as_reference());
    let (Some(campaign), Some(label)) = (campaign, given(records, object, values, "Label")) else {
        return Ok(());
    };
    for number in records.find_live(object, field, &IndexKey::Record(campaign)) {
        let key = Key { object, number };
        let known = records.text_of(key, "Label").unwrap_or_default();
        if known.eq_ignore_ascii_case(&label) {
            let id = records.ids.id(key);
            let message = format!("duplicate value found: Label duplicates value on record with id: {id}");
            return Err(RowFault::new("DUPLICATE_VALUE", message));
        }
    }
    Ok(())
}

/// The person of a new membership; refused when it has none or is a member already.
fn refuse_second_membership(
    records: &Records,
    object: u16,
    values: &[(u16, Value)],
) -> Result<Key, RowFault> {
    let reference = |name: &str| {
        let field = find(records, object, name)?;
        values.iter().find(|(known, _)| *known == field)?.1.as_reference()
    };
    let person = reference("LeadId").map(|key| ("LeadId", key));
    let Some((field, person)) = person.or_else(|| reference("ContactId").map(|key| ("ContactId", key)))
    else {
        return Err(RowFault::new(
            "REQUIRED_FIELD_MISSING",
            "Required fields are missing: [LeadId or ContactId]",
        ));
    };
    let Some(field) = find(records, object, field) else {
        return Ok(person);
    };
    let campaign = reference("CampaignId");
    for number in records.find_live(object, field, &IndexKey::Record(person)) {
        let key = Key { object, number };
        let Some(row) = records.live(key) else { continue };
        if records.named(key, &row, "CampaignId").as_reference() == campaign {
            return Err(RowFault::new("DUPLICATE_VALUE", "Already a campaign member."));
        }
    }
    Ok(person)
}

fn find(records: &Records, object: u16, name: &str) -> Option<u16> {
    records.schema.object(usize::from(object)).find(name)
}

fn given(records: &Records, object: u16, values: &[(u16, Value)], name: &str) -> Option<String> {
    let field = find(records, object, name)?;
    values
        .iter()
        .find(|(known, _)| *known == field)?
        .1
        .as_text()
        .map(str::to_owned)
}

fn given_number(records: &Records, object: u16, values: &[(u16, Value)], name: &str) -> Option<f64> {
    let field = find(records, object, name)?;
    match values.iter().find(|(known, _)| *known == field)?.1 {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

fn set_named(records: &Records, object: u16, values: &mut Vec<(u16, Value)>, name: &str, value: Value) {
    if let Some(field) = find(records, object, name) {
        set(values, field, value);
    }
}

fn set(values: &mut Vec<(u16, Value)>, field: u16, value: Value) {
    values.retain(|(known, _)| *known != field);
    values.push((field, value));
}
