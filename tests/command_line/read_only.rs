//! A workspace in a folder that may be read and not written: it is said with the mend, and nothing in it is touched.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use support::command_line::{CommandLine, Finished};
use support::lists;

const FOLDER: u32 = 0o755;
const FILE: u32 = 0o644;
/// Takes the right to write from everybody.
const WITHOUT_WRITING: u32 = 0o555;

fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn permit(folder: &Path, allowed: u32) {
    for (file, _) in files(folder) {
        fs::set_permissions(file, Permissions::from_mode(FILE & allowed)).unwrap();
    }
    fs::set_permissions(folder, Permissions::from_mode(FOLDER & allowed)).unwrap();
}

fn assert_refused(finished: &Finished) {
    assert_eq!(finished.code, Some(2), "{finished:?}");
    assert!(finished.said.contains("right to write"), "{}", finished.said);
}

#[tokio::test]
async fn a_read_only_workspace_is_refused_and_not_touched() {
    let command_line = CommandLine::unconnected();
    let file = command_line.file("people.csv", lists::contacts(3));
    command_line.import(&file, "People").await;
    let workspace = command_line.workspace();
    let before = files(&workspace);
    permit(&workspace, WITHOUT_WRITING);
    for arguments in [
        &["runs", "list"][..],
        &["audit"],
        &["import", file.to_str().unwrap(), "--list", "More people"],
    ] {
        assert_refused(&command_line.json_without_privileges(arguments).await);
    }
    assert_eq!(files(&workspace), before);

    permit(&workspace, FOLDER);
    assert_eq!(command_line.json(&["runs", "list"]).await.code, Some(0));
}

#[tokio::test]
async fn a_workspace_that_cannot_be_made_is_told() {
    let command_line = CommandLine::unconnected();
    let beside = command_line.path("");
    fs::set_permissions(&beside, Permissions::from_mode(WITHOUT_WRITING)).unwrap();
    let finished = command_line.json_without_privileges(&["runs", "list"]).await;
    fs::set_permissions(&beside, Permissions::from_mode(FOLDER)).unwrap();
    assert_eq!(finished.code, Some(2), "{finished:?}");
    assert!(finished.said.contains("permission"), "{}", finished.said);
}
