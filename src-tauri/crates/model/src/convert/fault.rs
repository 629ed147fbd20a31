//! What can go wrong with a value, and what can be changed about it.

use serde::{Deserialize, Serialize};

use crate::text::excerpt;

/// Rules that a value can break. The set is closed: each has one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultRule {
    /// A required field has no value.
    MissingRequired,
    /// Too long, and cutting it would make it wrong or is not wanted.
    TooLong,
    /// Not a number.
    NotANumber,
    /// A whole number is needed.
    NotWhole,
    /// More digits than the field has.
    TooManyDigits,
    /// Not a date in a known shape.
    NotADate,
    /// Not a date and time in a known shape.
    NotADateTime,
    /// Not a time of day.
    NotATime,
    /// Neither true nor false.
    NotTrueOrFalse,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a web address.
    NotAUrl,
    /// The restricted picklist does not have it.
    NotInPicklist,
    /// Not a state of the record's country.
    NotInCountry,
    /// A state in a record without a country.
    StateWithoutCountry,
    /// No record type that the connected user may choose.
    UnknownRecordType,
    /// Not the id of a Salesforce record.
    NotAnId,
    /// A text that Salesforce reads as "no value".
    ReservedText,
    /// The field's type cannot be written.
    UnsupportedType,
}

impl FaultRule {
    /// Code for machines, e.g. `too_long`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingRequired => "missing_required",
            Self::TooLong => "too_long",
            Self::NotANumber => "not_a_number",
            Self::NotWhole => "not_whole",
            Self::TooManyDigits => "too_many_digits",
            Self::NotADate => "not_a_date",
            Self::NotADateTime => "not_a_date_time",
            Self::NotATime => "not_a_time",
            Self::NotTrueOrFalse => "not_true_or_false",
            Self::NotAnEmail => "not_an_email",
            Self::NotAUrl => "not_a_url",
            Self::NotInPicklist => "not_in_picklist",
            Self::NotInCountry => "not_in_country",
            Self::StateWithoutCountry => "state_without_country",
            Self::UnknownRecordType => "unknown_record_type",
            Self::NotAnId => "not_an_id",
            Self::ReservedText => "reserved_text",
            Self::UnsupportedType => "unsupported_type",
        }
    }
}

impl FaultRule {
    /// The rule in a few words that a count can follow, e.g. `Too long`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::MissingRequired => "Required and blank",
            Self::TooLong => "Too long",
            Self::NotANumber => "Not a number",
            Self::NotWhole => "Not a whole number",
            Self::TooManyDigits => "Too many digits",
            Self::NotADate => "Not a date",
            Self::NotADateTime => "Not a date and time",
            Self::NotATime => "Not a time of day",
            Self::NotTrueOrFalse => "Neither yes nor no",
            Self::NotAnEmail => "Not an e-mail address",
            Self::NotAUrl => "Not a web address",
            Self::NotInPicklist => "Not in the org’s picklist",
            Self::NotInCountry => "Not a state of the record’s country",
            Self::StateWithoutCountry => "A state without a country",
            Self::UnknownRecordType => "Not a record type to choose",
            Self::NotAnId => "Not a record id",
            Self::ReservedText => "A text that Salesforce reads as “no value”",
            Self::UnsupportedType => "Of a type that cannot be written",
        }
    }
}

impl MarkRule {
    /// The change in a few words that a count can follow, e.g. `Cut to fit`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Truncated => "Too long and cut",
            Self::Rounded => "Rounded",
            Self::ControlCharactersRemoved => "Control characters taken out",
            Self::LinesJoined => "Lines joined",
            Self::DayAssumed => "First day of the month taken",
            Self::TimeDropped => "Time of day dropped",
            Self::TimeAssumed => "Midnight taken",
            Self::ZoneAssumed => "Time zone taken as UTC",
            Self::EarlierTimeTaken => "Earlier of two times taken",
            Self::PhoneKept => "Phone number written as it is",
            Self::NotInPicklist => "Not in the org’s picklist",
            Self::NotForControllingValue => "Not offered for the controlling field’s value",
        }
    }
}

/// A value that could not be converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// API name of the target field.
    pub target: String,
    /// The source in words.
    pub source: String,
    /// The value, shortened for display.
    pub value: String,
    /// The rule that it breaks.
    pub rule: FaultRule,
    /// What, why and how to mend it.
    pub sentence: String,
    /// Whether the whole record is refused for it; otherwise the record goes on without the field.
    pub refuses_record: bool,
}

/// What was changed about a value so that the field takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// API name of the target field.
    pub target: String,
    /// The source in words.
    pub source: String,
    /// The change.
    pub rule: MarkRule,
    /// The change in one sentence.
    pub sentence: String,
}

/// Changes that a value can go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkRule {
    /// Cut to the field's length.
    Truncated,
    /// Rounded to the field's decimals.
    Rounded,
    /// Control characters were taken out.
    ControlCharactersRemoved,
    /// Line breaks became spaces, because the field has one line.
    LinesJoined,
    /// The source names a month; its first day is written.
    DayAssumed,
    /// The source has a time; only its day is written.
    TimeDropped,
    /// The source has no time; midnight is written.
    TimeAssumed,
    /// The source has no time zone; UTC is taken.
    ZoneAssumed,
    /// Clocks showed this time twice, as they were put back; the earlier one is written.
    EarlierTimeTaken,
    /// The row asks for a format, and the number could not be read with certainty; it is written as it is.
    PhoneKept,
    /// The picklist does not have it; it is written all the same, as the picklist is not restricted.
    NotInPicklist,
    /// The controlling field's value does not offer it; it is written all the same, as Salesforce's API takes it.
    NotForControllingValue,
}

impl MarkRule {
    /// Code for machines, e.g. `truncated`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::Rounded => "rounded",
            Self::ControlCharactersRemoved => "control_characters_removed",
            Self::LinesJoined => "lines_joined",
            Self::DayAssumed => "day_assumed",
            Self::TimeDropped => "time_dropped",
            Self::TimeAssumed => "time_assumed",
            Self::ZoneAssumed => "zone_assumed",
            Self::EarlierTimeTaken => "earlier_time_taken",
            Self::PhoneKept => "phone_kept",
            Self::NotInPicklist => "picklist_value_added",
            Self::NotForControllingValue => "not_for_controlling_value",
        }
    }
}

/// A broken rule before it is known which record it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub rule: FaultRule,
    /// Follows the quoted value: "is not a number".
    pub why: String,
}

impl Problem {
    pub fn new(rule: FaultRule, why: impl Into<String>) -> Self {
        Self {
            rule,
            why: why.into(),
        }
    }

    pub fn sentence(&self, value: &str, label: &str) -> String {
        let mend = match self.rule {
            FaultRule::NotInPicklist => {
                "Add it to the picklist in Salesforce, or map it to another value on the Mapping tab."
            }
            FaultRule::StateWithoutCountry => "Add a row for the country, or its value in the list.",
            FaultRule::UnknownRecordType => "Map it to one of them on the Mapping tab.",
            FaultRule::NotAnId => "Give the id, or let the row look the record up by an external id.",
            FaultRule::UnsupportedType => "Map another field.",
            _ => "Correct it in the list, or change the row on the Mapping tab.",
        };
        format!("{label}: “{}” {}. {mend}", excerpt(value, 60), self.why)
    }
}
