//! The reports of the org.

use super::columns::{ACCOUNTS, CONTACTS, LEADS, ReportType};

/// A saved report. All are tabular.
#[derive(Debug, Clone, Copy)]
pub struct Report {
    /// Its API name.
    pub developer_name: &'static str,
    /// Its label.
    pub name: &'static str,
    /// What it is about.
    pub description: &'static str,
    /// What it reads.
    pub reads: ReportType,
    /// Names of the columns that it shows.
    pub columns: &'static [&'static str],
    /// Column, operator and value of its filters; all must hold.
    pub filters: &'static [(&'static str, &'static str, &'static str)],
    /// Only the user's own records.
    pub mine: bool,
}

/// Every report.
pub const REPORTS: &[Report] = &[
    Report {
        developer_name: "All_Accounts",
        name: "All Accounts",
        description: "Every account with its address and owner",
        reads: ACCOUNTS,
        columns: &[
            "ACCOUNT_ID",
            "ACCOUNT.NAME",
            "INDUSTRY",
            "ADDRESS1_COUNTRY",
            "SALES",
            "EMPLOYEES",
            "USERS.NAME",
            "CREATED_DATE",
        ],
        filters: &[],
        mine: false,
    },
    Report {
        developer_name: "All_Contacts",
        name: "All Contacts",
        description: "Every contact with its account",
        reads: CONTACTS,
        columns: &[
            "CONTACT_ID",
            "FIRST_NAME",
            "LAST_NAME",
            "TITLE",
            "ACCOUNT.NAME",
            "EMAIL",
            "PHONE3",
        ],
        filters: &[],
        mine: false,
    },
    Report {
        developer_name: "All_Leads",
        name: "All Leads",
        description: "Every lead with its status",
        reads: LEADS,
        columns: &[
            "LEAD_ID",
            "FIRST_NAME",
            "LAST_NAME",
            "COMPANY",
            "EMAIL",
            "STATUS",
            "LEAD_SOURCE",
            "OWNER",
            "CREATED_DATE",
        ],
        filters: &[],
        mine: false,
    },
    Report {
        developer_name: "Open_Leads",
        name: "Open Leads",
        description: "Leads that nobody has contacted",
        reads: LEADS,
        columns: &["LEAD_ID", "LEAD_NAME", "COMPANY", "EMAIL", "STATUS"],
        filters: &[
            ("STATUS", "equals", "Open - Not Contacted"),
            ("CONVERTED", "equals", "false"),
        ],
        mine: false,
    },
    Report {
        developer_name: "My_Accounts",
        name: "My Accounts",
        description: "The user's own accounts",
        reads: ACCOUNTS,
        columns: &["ACCOUNT.NAME", "TYPE", "PHONE1", "URL"],
        filters: &[],
        mine: true,
    },
];
