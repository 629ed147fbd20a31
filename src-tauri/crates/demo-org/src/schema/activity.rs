//! Task and Event.

use super::{Field, Kind, Object, standard};

const WHO: &[&str] = &["Contact", "Lead"];
const WHAT: &[&str] = &["Account", "Campaign", "Opportunity"];

fn subject() -> Field {
    let values = &["Call", "Email", "Send Letter", "Send Quote", "Other"];
    Field {
        kind: Kind::Combobox,
        ..Field::picklist("Subject", "Subject", values)
    }
}

/// The Task object.
pub fn task() -> Object {
    let states = &[
        "Not Started",
        "In Progress",
        "Completed",
        "Waiting on someone else",
        "Deferred",
    ];
    Object::new(
        "Task",
        "Task",
        "Tasks",
        "00T",
        vec![
            Field::reference("WhoId", "Name ID", "Who", WHO).children("Tasks"),
            Field::reference("WhatId", "Related To ID", "What", WHAT).children("Tasks"),
            subject().naming(),
            Field::date("ActivityDate", "Due Date Only"),
            Field::picklist("Status", "Status", states)
                .defaulted()
                .default_value("Not Started"),
            Field::picklist("Priority", "Priority", &["High", "Normal", "Low"])
                .defaulted()
                .default_value("Normal"),
            standard::owner(&["User", "Group"]),
            Field::area("Description", "Description", 32_000),
            Field::flag("IsClosed", "Closed").read_only(),
            Field::picklist(
                "TaskSubtype",
                "Task Subtype",
                &["Task", "Email", "ListEmail", "Cadence", "Call"],
            )
            .create_only()
            .restrict(),
        ],
    )
}

/// The Event object.
pub fn event() -> Object {
    Object::new(
        "Event",
        "Event",
        "Events",
        "00U",
        vec![
            Field::reference("WhoId", "Name ID", "Who", WHO).children("Events"),
            Field::reference("WhatId", "Related To ID", "What", WHAT).children("Events"),
            subject().naming(),
            Field::text("Location", "Location", 255),
            Field::flag("IsAllDayEvent", "All-Day Event"),
            Field::moment("ActivityDateTime", "Due Date Time"),
            Field::date("ActivityDate", "Due Date Only"),
            Field::int("DurationInMinutes", "Duration", 8),
            Field::moment("StartDateTime", "Start Date Time"),
            Field::moment("EndDateTime", "End Date Time"),
            Field::area("Description", "Description", 32_000),
            standard::owner(&["User"]),
            Field::picklist("ShowAs", "Show Time As", &["Busy", "OutOfOffice", "Free"]).default_value("Busy"),
        ],
    )
}
