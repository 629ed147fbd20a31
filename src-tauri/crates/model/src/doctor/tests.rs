use super::*;
use crate::{Mapping, MappingRow, Source, TargetDescribe, TargetField, TargetObject};

#[expect(
    clippy::unnecessary_wraps,
    reason = "facts are results: some could not be found out"
)]
fn open(reads: bool, creates: bool, edits: bool) -> Fact<Seen> {
    Ok(Seen::Open(ObjectAccess {
        reads,
        creates,
        edits,
        deletes: true,
    }))
}

#[test]
fn every_need_is_told_by_name_when_it_is_missing() {
    for need in &NEEDS {
        let check = object_check(need, &open(true, true, true), &Ok(true));
        assert_eq!(check.state, CheckState::Passed, "{}", need.object);
        let hidden = object_check(need, &Ok(Seen::Hidden), &Ok(true));
        assert_eq!(hidden.state, CheckState::Failed, "{}", need.object);
        let read_only = object_check(need, &open(true, false, false), &Ok(true));
        assert_eq!(
            read_only.state == CheckState::Failed,
            need.creates || need.edits,
            "{}: {}",
            need.object,
            read_only.found
        );
        let silent = object_check(need, &Err("No answer.".to_owned()), &Ok(true));
        assert_eq!(
            (silent.state, silent.found.as_str()),
            (CheckState::Unknown, "No answer.")
        );
    }
}

#[test]
fn a_campaign_says_nothing_of_itself_while_the_user_is_no_marketing_user() {
    let campaign = NEEDS.iter().find(|need| need.object == "Campaign").unwrap();
    let check = object_check(campaign, &open(true, false, false), &Ok(false));
    assert_eq!(check.state, CheckState::Unknown);
    assert!(check.mend.contains("Marketing User"), "{}", check.mend);
}

#[test]
fn an_edition_without_the_api_gets_a_plain_explanation() {
    let told =
        |edition: &str| api_available(Door::ClosedForOrg, &Ok("68.0".to_owned()), "68.0", edition).mend;
    assert!(told("Team Edition").starts_with("Team Edition cannot have the API."));
    assert!(told("Professional Edition").contains("as an extra"));
    assert!(told("Enterprise Edition").contains("switched off"));
}

fn field(name: &str, createable: bool, updateable: bool) -> TargetField {
    TargetField {
        name: name.to_owned(),
        label: format!("Label of {name}"),
        createable,
        updateable,
        ..TargetField::default()
    }
}

fn lead(mapped: &[(&str, bool)], fields: Vec<TargetField>) -> ObjectFields {
    ObjectFields {
        object: TargetObject::Lead,
        mapped: mapped
            .iter()
            .map(|(name, is_updated)| MappedField {
                name: (*name).to_owned(),
                known_label: None,
                is_updated: *is_updated,
            })
            .collect(),
        shown: Ok(ShownObject {
            fields,
            creates: true,
            edits: true,
        }),
    }
}

#[test]
fn each_bad_field_has_its_line_and_the_fine_ones_share_one() {
    let object = lead(
        &[
            ("Title", true),
            ("Phone", true),
            ("Level__c", true),
            ("Once__c", true),
            ("Start__c", false),
        ],
        vec![
            field("Title", true, true),
            field("Level__c", false, false),
            field("Once__c", true, false),
            field("Start__c", true, false),
        ],
    );
    let checks = field_checks(&[object]);
    let names: Vec<&str> = checks.iter().map(|check| check.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "field_lead_Phone",
            "field_lead_Level__c",
            "field_lead_Once__c",
            "fields"
        ]
    );
    assert!(checks[0].title.contains("cannot be seen"), "{}", checks[0].title);
    assert!(checks[1].title.contains("can’t be edited"), "{}", checks[1].title);
    assert!(checks[2].mend.contains("never"), "{}", checks[2].mend);
    assert_eq!(checks[3].found, "2 can be read and edited");
}

#[test]
fn fields_of_an_object_that_cannot_be_written_are_not_blamed_for_it() {
    let mut object = lead(&[("Title", true)], vec![field("Title", false, false)]);
    if let Ok(shown) = &mut object.shown {
        (shown.creates, shown.edits) = (false, false);
    }
    assert!(
        field_checks(&[object])
            .iter()
            .all(|check| check.state == CheckState::Passed)
    );
}

#[test]
fn an_old_native_app_fails_and_an_unknown_version_is_not_guessed() {
    let app = |version| native_app(&Ok(Some(InstalledApp { version })));
    assert_eq!(app(Ok((1, 21))).state, CheckState::Failed);
    assert_eq!(app(Ok((1, 22))).state, CheckState::Passed);
    assert_eq!(app(Ok((2, 0))).state, CheckState::Passed);
    assert_eq!(app(Err("Refused.".to_owned())).state, CheckState::Unknown);
    assert_eq!(native_app(&Ok(None)).state, CheckState::Passed);
}

#[test]
fn a_permission_set_holds_only_what_the_metadata_api_takes() {
    let describe = TargetDescribe {
        object: TargetObject::Contact,
        fields: vec![
            TargetField {
                nillable: false,
                ..field("LastName", true, true)
            },
            TargetField {
                compound: Some("Name".to_owned()),
                ..field("FirstName", true, true)
            },
            TargetField {
                compound: Some("MailingAddress".to_owned()),
                permissionable: Some(true),
                ..field("MailingStreet", true, true)
            },
            TargetField {
                compound: Some("MailingAddress".to_owned()),
                ..field("MailingCity", true, true)
            },
            TargetField {
                nillable: false,
                kind: crate::FieldKind::Boolean,
                ..field("DoNotCall", true, true)
            },
            field("OwnerId", true, true),
            TargetField {
                permissionable: Some(false),
                ..field("Odd__c", true, true)
            },
            field("Title", true, true),
        ],
    };
    let mapping = Mapping {
        object: TargetObject::Contact,
        rows: describe
            .fields
            .iter()
            .map(|field| MappingRow::new(Source::field("job_title"), &field.name))
            .collect(),
    };
    let fields: Vec<String> = permission_set(&[(mapping, Some(describe))])
        .fields
        .into_iter()
        .collect();
    assert_eq!(
        fields,
        ["Contact.DoNotCall", "Contact.MailingAddress", "Contact.Title"]
    );
}
