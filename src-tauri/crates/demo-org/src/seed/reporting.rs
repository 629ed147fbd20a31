//! The records of list views and reports.

use super::{Garden, flag, text};
use crate::{
    fault::RowFault,
    reporting::{REPORTS, VIEWS},
    value::Value,
};

const FOLDER: &str = "Sales Lists";

/// Makes them.
pub fn plant(garden: &mut Garden) -> Result<(), RowFault> {
    for view in VIEWS {
        garden.push(
            "ListView",
            vec![
                ("Name", text(view.label)),
                ("DeveloperName", text(view.developer_name)),
                ("SobjectType", text(view.object)),
                ("IsSoqlCompatible", flag(true)),
            ],
        )?;
    }
    let folder = garden.push(
        "Folder",
        vec![
            ("Name", text(FOLDER)),
            ("DeveloperName", text("Sales_Lists")),
            ("AccessType", text("Public")),
            ("Type", text("Report")),
        ],
    )?;
    for report in REPORTS {
        garden.push(
            "Report",
            vec![
                ("OwnerId", Some(Value::Reference(folder))),
                ("FolderName", text(FOLDER)),
                ("Name", text(report.name)),
                ("Description", text(report.description)),
                ("DeveloperName", text(report.developer_name)),
                ("Format", text("Tabular")),
            ],
        )?;
    }
    Ok(())
}
