//! Values of the standard picklists, as a new org has them.

use super::PicklistValue;

/// Entries without a default.
pub fn of(values: &[&'static str]) -> Vec<PicklistValue> {
    values
        .iter()
        .map(|value| PicklistValue {
            value,
            label: None,
            default: false,
            valid_for: &[],
        })
        .collect()
}

/// Ways to address a person.
pub const SALUTATIONS: &[&str] = &["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];

/// How exact a latitude and longitude are.
pub const GEOCODE_ACCURACIES: &[&str] = &[
    "Address",
    "NearAddress",
    "Block",
    "Street",
    "ExtendedZip",
    "Zip",
    "Neighborhood",
    "City",
    "County",
    "State",
    "Unknown",
];

/// Industries of accounts and leads.
pub const INDUSTRIES: &[&str] = &[
    "Agriculture",
    "Apparel",
    "Banking",
    "Biotechnology",
    "Chemicals",
    "Communications",
    "Construction",
    "Consulting",
    "Education",
    "Electronics",
    "Energy",
    "Engineering",
    "Entertainment",
    "Environmental",
    "Finance",
    "Food & Beverage",
    "Government",
    "Healthcare",
    "Hospitality",
    "Insurance",
    "Machinery",
    "Manufacturing",
    "Media",
    "Not For Profit",
    "Recreation",
    "Retail",
    "Shipping",
    "Technology",
    "Telecommunications",
    "Transportation",
    "Utilities",
    "Other",
];

/// Where a lead, contact or account came from.
pub const SOURCES: &[&str] = &[
    "Web",
    "Phone Inquiry",
    "Partner Referral",
    "Purchased List",
    "ZoomInfo",
    "Trade Show",
    "Other",
];

/// How promising an account or lead is.
pub const RATINGS: &[&str] = &["Hot", "Warm", "Cold"];

/// Who owns a company.
pub const OWNERSHIPS: &[&str] = &["Public", "Private", "Subsidiary", "Other"];

/// Kinds of account.
pub const ACCOUNT_TYPES: &[&str] = &[
    "Prospect",
    "Customer - Direct",
    "Customer - Channel",
    "Channel Partner / Reseller",
    "Installation Partner",
    "Technology Partner",
    "Other",
];

/// Segments of the custom account field.
pub const SEGMENTS: &[&str] = &["Enterprise", "Mid-Market", "SMB"];

/// States of a lead.
pub const LEAD_STATUSES: &[&str] = &[
    "Open - Not Contacted",
    "Working - Contacted",
    "Closed - Converted",
    "Closed - Not Converted",
];

/// Job functions of the custom contact and lead field.
pub const FUNCTIONS: &[&str] = &[
    "Engineering",
    "Finance",
    "Human Resources",
    "Information Technology",
    "Legal",
    "Marketing",
    "Operations",
    "Sales",
    "Other",
];

/// Stages of an opportunity.
pub const STAGES: &[&str] = &[
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Id. Decision Makers",
    "Perception Analysis",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
];
