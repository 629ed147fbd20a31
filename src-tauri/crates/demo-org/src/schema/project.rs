//! Custom objects as an administrator makes them: a project with a field of every type, and its steps.

use super::{Field, Object, formula::Formula, formula::Rule, standard};

/// Price times seats.
static TOTAL: Formula = Formula {
    text: "Seats__c * Unit_Price__c",
    rule: Rule::Product(&["Seats__c", "Unit_Price__c"]),
};
/// Code and region.
static CODE_AND_REGION: Formula = Formula {
    text: "Project_Code__c & \" / \" & TEXT(Region__c)",
    rule: Rule::Joined(&["Project_Code__c", "Region__c"], " / "),
};

const AMERICAS: &[&str] = &["Americas"];
const EUROPE: &[&str] = &["Europe"];
const EVERYWHERE: &[&str] = &["Americas", "Europe"];

/// The Project object.
pub fn project() -> Object {
    let countries = &[
        ("Canada", AMERICAS),
        ("United States", AMERICAS),
        ("Germany", EUROPE),
        ("Ireland", EUROPE),
        ("Elsewhere", EVERYWHERE),
    ];
    let mut fields = vec![
        Field::text("Name", "Project Name", 80).required().naming(),
        standard::record_type(),
        standard::owner(&["Group", "User"]),
        Field::text("Project_Code__c", "Project Code", 40).external(),
        Field::text("Legacy_Code__c", "Legacy Code", 20).external_shared(),
        Field::reference("Account__c", "Account", "Account__r", &["Account"]).children("Projects__r"),
        Field::reference("Sponsor__c", "Sponsor", "Sponsor__r", &["Contact"])
            .children("Sponsored_Projects__r"),
        Field::picklist("Stage__c", "Stage", &["Planned", "Running", "Done", "Dropped"])
            .restrict()
            .default_value("Planned"),
        Field::picklist("Region__c", "Region", EVERYWHERE).restrict(),
        Field::dependent("Country__c", "Country", "Region__c", countries),
        Field::multi_picklist(
            "Topics__c",
            "Topics",
            &["Data", "Integration", "Security", "Training"],
        )
        .restrict(),
        Field::double("Seats__c", "Seats", 8, 0),
        Field::double("Score__c", "Score", 5, 2),
        Field::currency("Unit_Price__c", "Unit Price", 16, 2),
        Field::currency("Total__c", "Total", 18, 2).formula(&TOTAL),
        Field::text("Reference__c", "Reference", 1300).formula(&CODE_AND_REGION),
        Field::percent("Discount__c", "Discount"),
        Field::date("Start_Date__c", "Start Date"),
        Field::moment("Kickoff__c", "Kickoff"),
        Field::time("Standup__c", "Standup"),
        Field::flag("Billable__c", "Billable"),
        Field::email("Contact_Email__c", "Contact Email"),
        Field::phone("Contact_Phone__c", "Contact Phone"),
        Field::url("Link__c", "Link"),
        Field::area("Summary__c", "Summary", 255),
        Field::area("Notes__c", "Notes", 32_768),
        Field {
            extra_type: Some("richtextarea"),
            ..Field::area("Details__c", "Details", 32_768)
        },
        Field::encrypted("Access_Word__c", "Access Word", 40),
    ];
    fields.extend(Field::location(
        ["Place__Latitude__s", "Place__Longitude__s", "Place__c"],
        ["Place (Latitude)", "Place (Longitude)", "Place"],
        "Place",
    ));
    Object::new("Project__c", "Project", "Projects", "a00", fields)
        .with_record_types(&[("Client", "Client Project"), ("Internal", "Internal Project")])
        .limiting("Internal", "Stage__c", &["Planned", "Running", "Done"])
}

/// The steps of a project: a detail of it, numbered by the org.
pub fn project_step() -> Object {
    let master = Field::reference("Project__c", "Project", "Project__r", &["Project__c"])
        .required()
        .create_only()
        .children("Steps__r")
        .cascades();
    Object::new(
        "Project_Step__c",
        "Project Step",
        "Project Steps",
        "a01",
        vec![
            Field::auto_number("Name", "Step Number", "STEP-").naming(),
            master,
            Field::text("Title__c", "Title", 120),
            Field::flag("Done__c", "Done"),
            Field::int("Position__c", "Position", 4),
        ],
    )
}
