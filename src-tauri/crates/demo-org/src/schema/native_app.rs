//! What the ZoomInfo native app (namespace `DOZISF`) brings to an org: fields and objects.
//!
//! The names of the fields on Account, Contact, Lead and Opportunity, and the names of the objects, are those seen in real
//! orgs, and so are the three lookups and the two record types of `DOZISF__ZoomInfo__c`. The other fields of the three
//! objects were chosen here, because the package does not publish them: a client has to look at describe.

use super::{Field, Object};

const ENRICH_STATES: &[&str] = &["Not Enriched", "Enriched", "No Match"];

fn of_every_profile(label: &'static str) -> Vec<Field> {
    vec![
        Field::text("DOZISF__ZoomInfo_Id__c", label, 255).external_shared(),
        Field::moment("DOZISF__ZoomInfo_First_Updated__c", "ZoomInfo First Updated"),
        Field::moment("DOZISF__ZoomInfo_Last_Updated__c", "ZoomInfo Last Updated"),
        Field::picklist(
            "DOZISF__ZoomInfo_Enrich_Status__c",
            "ZoomInfo Enrich Status",
            ENRICH_STATES,
        ),
    ]
}

fn of_operations() -> Vec<Field> {
    vec![
        Field::text(
            "DOZISF__ZoomInfo_Opsos_App_Field__c",
            "ZoomInfo OpsOS App Field",
            255,
        ),
        Field::text(
            "DOZISF__ZoomInfo_Opsos_Current_Endpoint__c",
            "ZoomInfo OpsOS Current Endpoint",
            255,
        ),
        Field::moment(
            "DOZISF__ZoomInfo_Opsos_Last_Processed_Date__c",
            "ZoomInfo OpsOS Last Processed Date",
        ),
    ]
}

/// The fields that the package adds to a standard object.
pub fn fields_of(object: &str) -> Vec<Field> {
    let inbox = Field::text("DOZISF__ZoomInfo_InboxAI_ID__c", "ZoomInfo InboxAI ID", 255);
    let company = Field::text("DOZISF__ZoomInfo_Company_ID__c", "ZoomInfo Company ID", 255);
    let mut fields = Vec::new();
    match object {
        "Account" => {
            fields.extend(of_every_profile("ZoomInfo Company ID"));
            fields.push(inbox);
        }
        "Contact" => {
            fields.extend(of_every_profile("ZoomInfo Contact ID"));
            fields.extend([
                inbox,
                company,
                Field::text(
                    "DOZISF__ZoomInfo_Non_Matched_Reason__c",
                    "ZoomInfo Non Matched Reason",
                    255,
                ),
            ]);
            fields.extend(of_operations());
        }
        "Lead" => {
            fields.extend(of_every_profile("ZoomInfo Contact ID"));
            fields.push(company);
        }
        "Opportunity" => fields.extend(of_operations()),
        _ => {}
    }
    fields
}

fn account(children: &'static str) -> Field {
    Field::reference(
        "DOZISF__Account__c",
        "Account",
        "DOZISF__Account__r",
        &["Account"],
    )
    .children(children)
}

fn lead(children: &'static str) -> Field {
    Field::reference("DOZISF__Lead__c", "Lead", "DOZISF__Lead__r", &["Lead"]).children(children)
}

fn contact(children: &'static str) -> Field {
    Field::reference(
        "DOZISF__Contact__c",
        "Contact",
        "DOZISF__Contact__r",
        &["Contact"],
    )
    .children(children)
}

/// The profile that the package keeps beside a record.
fn zoominfo() -> Object {
    Object::new(
        "DOZISF__ZoomInfo__c",
        "ZoomInfo",
        "ZoomInfo",
        "a0A",
        vec![
            Field::auto_number("Name", "ZoomInfo Name", "ZI-").naming(),
            super::standard::record_type(),
            super::standard::owner(&["Group", "User"]),
            account("DOZISF__ZoomInfo__r"),
            contact("DOZISF__ZoomInfo__r"),
            lead("DOZISF__ZoomInfo__r"),
            Field::text("DOZISF__ZoomInfo_Id__c", "ZoomInfo ID", 255).external_shared(),
            Field::moment("DOZISF__Last_Updated__c", "Last Updated"),
        ],
    )
    .with_record_types(&[("Company", "Company"), ("Contact", "Contact")])
}

/// A piece of news about a company or a person.
fn scoop() -> Object {
    Object::new(
        "DOZISF__ZoomInfo_Scoop__c",
        "ZoomInfo Scoop",
        "ZoomInfo Scoops",
        "a0B",
        vec![
            Field::auto_number("Name", "Scoop Name", "SCOOP-").naming(),
            super::standard::owner(&["Group", "User"]),
            account("DOZISF__ZoomInfo_Scoops__r"),
            lead("DOZISF__ZoomInfo_Scoops__r"),
            Field::text("DOZISF__Scoop_ID__c", "Scoop ID", 255).external(),
            Field::moment("DOZISF__Published_Date__c", "Published Date"),
            Field::moment("DOZISF__Original_Published_Date__c", "Original Published Date"),
            Field::area("DOZISF__Description__c", "Description", 32_768),
            Field::text("DOZISF__Topics__c", "Topics", 255),
            Field::text("DOZISF__Types__c", "Types", 255),
            Field::url("DOZISF__Link__c", "Link"),
            Field::text("DOZISF__Link_Text__c", "Link Text", 255),
            Field::area("DOZISF__Update_Text__c", "Update Text", 32_768),
        ],
    )
}

/// A sign that a company is interested in a topic.
fn intent() -> Object {
    Object::new(
        "DOZISF__ZoomInfo_Intent__c",
        "ZoomInfo Intent",
        "ZoomInfo Intent",
        "a0C",
        vec![
            Field::auto_number("Name", "Intent Name", "INTENT-").naming(),
            super::standard::owner(&["Group", "User"]),
            account("DOZISF__ZoomInfo_Intents__r"),
            Field::text("DOZISF__Signal_ID__c", "Signal ID", 255).external(),
            Field::text("DOZISF__Topic__c", "Topic", 255),
            Field::text("DOZISF__Category__c", "Category", 255),
            Field::double("DOZISF__Signal_Score__c", "Signal Score", 3, 0),
            Field::text("DOZISF__Audience_Strength__c", "Audience Strength", 1),
            Field::date("DOZISF__Signal_Date__c", "Signal Date"),
            Field::double("DOZISF__Spikes_In_Date_Range__c", "Spikes In Date Range", 6, 0),
        ],
    )
}

/// The objects that the package brings.
pub fn objects() -> Vec<Object> {
    vec![zoominfo(), scoop(), intent()]
}
