//! The permission set as a file of the Metadata API: what it holds is decided by `model::doctor`.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use model::doctor::{PermissionSet, permission_set};
use model::{TargetObject, default_mapping};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use store::Read;

use crate::contract::lists::SavedFile;
use crate::fault::{Code, Fault};
use crate::ledger_file::write_file;

/// Name of the file, which Salesforce's tools expect to end so.
pub(super) const FILE_NAME: &str = "Landbridge.permissionset-meta.xml";
const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";
const DESCRIPTION: &str = "What Landbridge needs of the user whom it connects with. “Marketing User” is a check box of the user itself.";

type Xml = Writer<BufWriter<File>>;

/// The permission set for the mappings as they are saved, else for the default ones.
pub(super) fn of_saved_mappings(read: &Read<'_>) -> Result<PermissionSet, Fault> {
    let mut mappings = Vec::new();
    for object in TargetObject::ALL {
        // Before the first connection it is needed most: the user who connects may lack what it holds.
        mappings.push(match (read.mapping(object)?, read.describe(object)?) {
            (Some(saved), describe @ Some(_)) => (saved.mapping, describe),
            _ => (default_mapping(object, None), None),
        });
    }
    Ok(permission_set(&mappings))
}

/// Writes the file; its rows are the fields.
pub(super) fn write_to(path: &Path, set: &PermissionSet) -> Result<SavedFile, Fault> {
    write_file(path, |file| {
        let mut xml = Writer::new_with_indent(file, b' ', 4);
        write(&mut xml, set)
            .and_then(|()| {
                let file = xml.get_mut();
                file.write_all(b"\n")?;
                file.flush()
            })
            .map_err(|error| {
                Fault::new(
                    Code::FileSystem,
                    "The file could not be written. Make room on the disk, or choose another place.",
                )
                .with_detail(error.to_string())
            })?;
        Ok(u32::try_from(set.fields.len()).unwrap_or(u32::MAX))
    })
}

/// The elements in the order of the Metadata API's own files: by name.
fn write(xml: &mut Xml, set: &PermissionSet) -> std::io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("PermissionSet")
        .with_attribute(("xmlns", NAMESPACE))
        .write_inner_content(|xml| {
            text(xml, "description", DESCRIPTION)?;
            for field in &set.fields {
                xml.create_element("fieldPermissions")
                    .write_inner_content(|xml| {
                        text(xml, "editable", "true")?;
                        text(xml, "field", field)?;
                        text(xml, "readable", "true")
                    })?;
            }
            text(xml, "hasActivationRequired", "false")?;
            text(xml, "label", "Landbridge")?;
            for object in &set.objects {
                xml.create_element("objectPermissions")
                    .write_inner_content(|xml| {
                        text(xml, "allowCreate", word(object.creates))?;
                        text(xml, "allowDelete", word(object.deletes))?;
                        text(xml, "allowEdit", word(object.edits))?;
                        text(xml, "allowRead", "true")?;
                        text(xml, "modifyAllRecords", "false")?;
                        text(xml, "object", object.object)?;
                        text(xml, "viewAllRecords", "false")
                    })?;
            }
            for permission in set.user_permissions {
                xml.create_element("userPermissions").write_inner_content(|xml| {
                    text(xml, "enabled", "true")?;
                    text(xml, "name", permission)
                })?;
            }
            Ok(())
        })?;
    Ok(())
}

fn text(xml: &mut Xml, name: &str, content: &str) -> std::io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(content))?;
    Ok(())
}

fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}
