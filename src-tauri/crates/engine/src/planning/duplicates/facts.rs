//! What tells a company or a person, whichever the run is of.

use model::matching::{
    CompanyFacts, Match, MatchKey, PersonFacts, RecordFields, compare_accounts, compare_contacts,
    compare_leads,
};
use model::{ProfileValues, TargetObject};

/// Facts of a profile or of a record.
pub(in crate::planning) enum Facts {
    Company(CompanyFacts),
    Person(PersonFacts),
}

impl Facts {
    /// Of a profile that becomes a record of this object.
    pub fn of_profile(object: TargetObject, profile: &impl ProfileValues) -> Self {
        match object {
            TargetObject::Account => Self::Company(CompanyFacts::of_profile(profile)),
            TargetObject::Contact | TargetObject::Lead => Self::Person(PersonFacts::of_profile(profile)),
        }
    }

    /// Of a record of this object.
    pub fn of_record(
        object: TargetObject,
        record: &impl RecordFields,
        zoominfo_id_field: Option<&str>,
    ) -> Self {
        match object {
            TargetObject::Account => Self::Company(CompanyFacts::of_account(record, zoominfo_id_field)),
            TargetObject::Contact => Self::Person(PersonFacts::of_contact(record, zoominfo_id_field)),
            TargetObject::Lead => Self::Person(PersonFacts::of_lead(record, zoominfo_id_field)),
        }
    }

    /// What another must share one of to be the same.
    pub fn keys(&self) -> Vec<MatchKey> {
        match self {
            Self::Company(facts) => facts.keys(),
            Self::Person(facts) => facts.keys(),
        }
    }

    /// Whether a profile and another one, or a record of this object, are the same.
    pub fn compare(&self, theirs: &Self, object: TargetObject) -> Option<Match> {
        match (self, theirs) {
            (Self::Company(own), Self::Company(theirs)) => compare_accounts(own, theirs),
            (Self::Person(own), Self::Person(theirs)) => match object {
                TargetObject::Lead => compare_leads(own, theirs),
                TargetObject::Account | TargetObject::Contact => compare_contacts(own, theirs),
            },
            _ => None,
        }
    }
}

/// What agrees, in words: `Email, but another name`.
pub(super) fn reason(found: Match) -> String {
    match found.doubt {
        Some(doubt) => format!("{}, {}", found.criterion.label(), doubt.label()),
        None => found.criterion.label().to_owned(),
    }
}
