//! The table of fields.

use super::{FieldGroup, Unit, ZoomInfoField};
use crate::ProfileKind;
use FieldGroup::{Company, CompanyAddress, Identity, Industry, Matching, Money, Person, PersonAddress};

/// All fields, in the order in which a list of sources shows them.
pub const FIELDS: &[ZoomInfoField] = &[
    person("first_name", "First Name", Person),
    person("last_name", "Last Name", Person),
    person("middle_name", "Middle Name", Person),
    person("salutation", "Salutation", Person),
    person("suffix", "Suffix", Person),
    person("job_title", "Job Title", Person),
    person("job_title_hierarchy_level", "Job Title Hierarchy Level", Person),
    person("management_level", "Management Level", Person),
    person("job_start_date", "Job Start Date", Person),
    person("job_function", "Job Function", Person),
    person("department", "Department", Person),
    person("company_division_name", "Company Division Name", Person),
    person("direct_phone", "Direct Phone Number", Person),
    person("mobile_phone", "Mobile Phone", Person),
    person("email", "Email Address", Person),
    person("email_domain", "Email Domain", Person),
    person("supplemental_email", "Supplemental Email", Person),
    person("education", "Highest Level of Education", Person),
    person("graduation_year", "Graduation Year", Person),
    person("notice_provided_date", "Notice Provided Date", Person),
    person("last_job_change_type", "Last Job Change Type", Person),
    person("last_job_change_date", "Last Job Change Date", Person),
    person("previous_job_title", "Previous Job Title", Person),
    person("previous_company_name", "Previous Company Name", Person),
    person(
        "previous_company_id",
        "Previous Company ZoomInfo Company ID",
        Person,
    ),
    person(
        "previous_company_linkedin_url",
        "Previous Company LinkedIn Profile",
        Person,
    ),
    person("person_street", "Person Street", PersonAddress),
    person("person_city", "Person City", PersonAddress),
    person("person_state", "Person State", PersonAddress),
    person("person_zip", "Person Zip Code", PersonAddress),
    person("person_country", "Person Country", PersonAddress),
    company("company_name", "Company Name", Company),
    company("website", "Website", Company),
    company("company_hq_phone", "Company HQ Phone", Company),
    company("company_fax", "Fax", Company),
    company("employees", "Employees", Company),
    company("employee_range", "Employee Range", Company),
    company("founded_year", "Founded Year", Company),
    company("ticker", "Ticker", Company),
    company("ownership_type", "Ownership Type", Company),
    company("business_model", "Business Model", Company),
    company("company_description", "Company Description", Company),
    company("number_of_locations", "Number of Locations", Company),
    company("alexa_rank", "Alexa Rank", Company),
    company(
        "employee_growth_1_year",
        "Past 1 Year Employee Growth Rate",
        Company,
    ),
    company(
        "employee_growth_2_years",
        "Past 2 Year Employee Growth Rate",
        Company,
    ),
    company("certified_active_company", "Certified Active Company", Company),
    company("certification_date", "Certification Date", Company),
    company("defunct_company", "Defunct Company", Company),
    company("company_is_acquired", "Company Is Acquired", Company),
    company("ultimate_parent_name", "Entity Name (Ultimate Parent)", Company),
    company("immediate_parent_name", "Entity Name (Immediate Parent)", Company),
    company(
        "immediate_parent_relationship",
        "Relationship (Immediate Parent)",
        Company,
    ),
    company("company_street", "Company Street Address", CompanyAddress),
    company("company_city", "Company City", CompanyAddress),
    company("company_state", "Company State", CompanyAddress),
    company("company_zip", "Company Zip Code", CompanyAddress),
    company("company_country", "Company Country", CompanyAddress),
    company("company_full_address", "Full Address", CompanyAddress),
    company("primary_industry", "Primary Industry", Industry),
    company("primary_sub_industry", "Primary Sub-Industry", Industry),
    company("all_industries", "All Industries", Industry),
    company("all_sub_industries", "All Sub-Industries", Industry),
    company(
        "industry_hierarchical_category",
        "Industry Hierarchical Category",
        Industry,
    ),
    company(
        "secondary_industry_hierarchical_category",
        "Secondary Industry Hierarchical Category",
        Industry,
    ),
    company("sic_code_1", "SIC Code 1", Industry),
    company("sic_code_2", "SIC Code 2", Industry),
    company("sic_codes", "SIC Codes", Industry),
    company("naics_code_1", "NAICS Code 1", Industry),
    company("naics_code_2", "NAICS Code 2", Industry),
    company("naics_codes", "NAICS Codes", Industry),
    thousands("revenue_thousands", "Revenue (in 000s USD)", Money),
    dollars("revenue_usd", "Revenue (in USD)", Money),
    company("revenue_range", "Revenue Range (in USD)", Money),
    thousands(
        "total_funding_thousands",
        "Total Funding Amount (in 000s USD)",
        Money,
    ),
    thousands(
        "recent_funding_thousands",
        "Recent Funding Amount (in 000s USD)",
        Money,
    ),
    company("recent_funding_round", "Recent Funding Round", Money),
    company("recent_funding_date", "Recent Funding Date", Money),
    company("recent_investors", "Recent Investors", Money),
    company("all_investors", "All Investors", Money),
    thousands(
        "marketing_budget_thousands",
        "Est. Marketing Department Budget (in 000s USD)",
        Money,
    ),
    thousands(
        "finance_budget_thousands",
        "Est. Finance Department Budget (in 000s USD)",
        Money,
    ),
    thousands(
        "it_budget_thousands",
        "Est. IT Department Budget (in 000s USD)",
        Money,
    ),
    thousands(
        "hr_budget_thousands",
        "Est. HR Department Budget (in 000s USD)",
        Money,
    ),
    person("zoominfo_contact_id", "ZoomInfo Contact ID", Identity),
    company("zoominfo_company_id", "ZoomInfo Company ID", Identity),
    person("contact_profile_url", "ZoomInfo Contact Profile URL", Identity),
    person("contact_linkedin_url", "LinkedIn Contact Profile URL", Identity),
    company("company_profile_url", "ZoomInfo Company Profile URL", Identity),
    company("company_linkedin_url", "LinkedIn Company Profile URL", Identity),
    company("company_facebook_url", "Facebook Company Profile URL", Identity),
    company("company_twitter_url", "Twitter Company Profile URL", Identity),
    company("ultimate_parent_id", "Company ID (Ultimate Parent)", Identity),
    company("immediate_parent_id", "Company ID (Immediate Parent)", Identity),
    person("contact_accuracy_score", "Contact Accuracy Score", Matching),
    person("contact_accuracy_grade", "Contact Accuracy Grade", Matching),
    company("record_id", "Record ID", Matching),
    company("match_status", "Match Status", Matching),
    person("person_has_moved", "Person Has Moved", Matching),
    person("person_looks_like_eu", "Person Looks Like EU", Matching),
    person("within_eu", "Within EU", Matching),
    person("free_email", "Free Email", Matching),
    person("generic_email", "Generic Email", Matching),
    person("malformed_email", "Malformed Email", Matching),
    person("email_matched_person_name", "Email Matched Person Name", Matching),
    person(
        "email_matched_company_name",
        "Email Matched Company Name",
        Matching,
    ),
    person("calculated_job_function", "Calculated Job Function", Matching),
    person(
        "calculated_management_level",
        "Calculated Management Level",
        Matching,
    ),
    person("title_code", "Title Code", Matching),
    person("source_count", "Source Count", Matching),
    person("encrypted_email", "Encrypted Email Address", Matching),
];

const fn person(id: &'static str, label: &'static str, group: FieldGroup) -> ZoomInfoField {
    ZoomInfoField {
        id,
        label,
        group,
        subject: ProfileKind::Contact,
        unit: None,
    }
}

const fn company(id: &'static str, label: &'static str, group: FieldGroup) -> ZoomInfoField {
    ZoomInfoField {
        id,
        label,
        group,
        subject: ProfileKind::Company,
        unit: None,
    }
}

const fn thousands(id: &'static str, label: &'static str, group: FieldGroup) -> ZoomInfoField {
    ZoomInfoField {
        unit: Some(Unit::ThousandsOfUsd),
        ..company(id, label, group)
    }
}

const fn dollars(id: &'static str, label: &'static str, group: FieldGroup) -> ZoomInfoField {
    ZoomInfoField {
        unit: Some(Unit::Usd),
        ..company(id, label, group)
    }
}
