//! Mappings as files.

#![allow(clippy::unwrap_used, reason = "a test that fails here says where")]

mod support;

use model::{DocumentError, Mapping, MappingDocument, TargetObject, default_mapping};
use support::row;

#[test]
fn a_document_is_read_only_when_nothing_in_it_is_unknown() {
    let mapping = default_mapping(TargetObject::Contact, None);
    let good = MappingDocument::of(&mapping).to_text().unwrap();
    assert_eq!(MappingDocument::read(&good).unwrap(), mapping);
    let refused = |from: &str, to: &str| MappingDocument::read(&good.replacen(from, to, 1)).unwrap_err();
    assert_eq!(
        refused("\"version\": 1", "\"version\": 7, \"mood\": 1"),
        DocumentError::Newer { version: 7 }
    );
    assert_eq!(refused("landbridge-mapping", "other"), DocumentError::OtherFormat);
    assert!(matches!(
        refused("\"version\": 1", "\"version\": 0"),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"target\"", "\"mood\": 1, \"target\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"kind\"", "\"mood\": 1, \"kind\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        refused("\"contact\"", "\"opportunity\""),
        DocumentError::Malformed { .. }
    ));
    assert!(matches!(
        MappingDocument::read("{"),
        Err(DocumentError::NotJson { .. })
    ));
    assert!(matches!(
        MappingDocument::read("[]"),
        Err(DocumentError::OtherFormat)
    ));
    assert!(matches!(
        MappingDocument::read_for(&good, TargetObject::Lead),
        Err(DocumentError::OtherObject {
            found: TargetObject::Contact,
            ..
        })
    ));
    let many = Mapping {
        object: TargetObject::Lead,
        rows: vec![row("email", "Email"); 2_001],
    };
    let many = MappingDocument::of(&many).to_text().unwrap();
    assert_eq!(
        MappingDocument::read(&many),
        Err(DocumentError::TooManyRows { rows: 2_001 })
    );
}
