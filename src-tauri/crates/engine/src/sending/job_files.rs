//! Files of a job while it is under way: its upload, and its results until its lines are settled. They hold people's
//! records, so they go when the job is at its end; what a kill left goes with the end of a run, or when runs are deleted.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use store::{JobRow, Read, Store, StoreError};

use crate::Engine;
use crate::fault::{Code, Fault};

/// Folder within a workspace that has one folder for each job.
const JOBS_FOLDER: &str = "jobs";

fn folder_name(job: &JobRow) -> String {
    format!("{}-{}", job.run_id, job.job_number)
}

/// Makes the folder of a job, if it is not there, and returns it.
pub(super) fn folder(store: &Store, job: &JobRow) -> Result<PathBuf, Fault> {
    let folder = store.folder().join(JOBS_FOLDER).join(folder_name(job));
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(folder),
        Err(error) => Err(Fault::new(
            Code::FileSystem,
            "The files of a job could not be kept in the workspace folder. Make room on the disk, or mend its permissions, and resume.",
        )
        .with_detail(error.to_string())),
    }
}

/// Removes the folders of jobs that are at their end. What cannot be removed now is tried again with the next job.
pub(super) async fn clear(engine: &Engine) {
    let store = Arc::clone(engine.store());
    if let Err(fault) = engine.blocking(move || remove(&store)).await {
        tracing::warn!(%fault, "files of a job are left");
    }
}

/// Removes the folders of jobs that are at their end, or deleted. One that cannot be removed keeps no other.
pub(crate) fn remove(store: &Store) -> Result<(), Fault> {
    let jobs = store.folder().join(JOBS_FOLDER);
    // Named before the jobs are asked for: a folder that is made in between is of a job that began in between.
    let found = match folders_in(&jobs) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(not_removed(&error)),
    };
    if found.is_empty() {
        return Ok(());
    }
    let open: HashSet<OsString> = store
        .read(|read: &Read<'_>| read.open_jobs())
        .map_err(|error: StoreError| Fault::from(error))?
        .iter()
        .map(|job| folder_name(job).into())
        .collect();
    let mut removed = Ok(());
    for name in found.iter().filter(|name| !open.contains(*name)) {
        match fs::remove_dir_all(jobs.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => removed = Err(not_removed(&error)),
            _ => {}
        }
    }
    removed
}

fn folders_in(folder: &Path) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.push(entry.file_name());
        }
    }
    Ok(names)
}

fn not_removed(error: &io::Error) -> Fault {
    Fault::new(
        Code::FileSystem,
        "The files of a job that is at its end could not be removed from the workspace folder. Mend its permissions.",
    )
    .with_detail(error.to_string())
}
