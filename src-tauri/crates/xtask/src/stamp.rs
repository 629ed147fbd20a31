//! Stamps: what a slow step saw when it last succeeded, so that a second run can skip it.
//!
//! A stamp holds fingerprints of contents, not times: a fresh checkout or a changed branch is judged by what is there.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::Project;

/// Does the work unless the fingerprint is the one of its last success.
///
/// `fingerprint` is asked again after the work, because it may also cover what the work makes.
pub fn unless_done(
    project: &Project,
    name: &str,
    fingerprint: impl Fn() -> Result<String>,
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let file = project.scratch().join(format!("{name}.stamp"));
    let seen = fs::read_to_string(&file).unwrap_or_default();
    if !seen.is_empty() && seen == fingerprint()? {
        println!("{name}: nothing changed");
        return Ok(());
    }
    work()?;
    let stamp = fingerprint()?;
    fs::create_dir_all(project.scratch())
        .and_then(|()| fs::write(&file, stamp))
        .with_context(|| format!("could not write {}", file.display()))
}

/// The fingerprint of files and whole folders: names and contents. What does not exist counts as absent.
pub fn fingerprint(paths: &[PathBuf], skipped_names: &[&str]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, skipped_names, &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, skipped_names: &[&str], hasher: &mut DefaultHasher) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if skipped_names.contains(&name.as_ref()) {
        return Ok(());
    }
    hasher.write(name.as_bytes());
    if path.is_dir() {
        let mut entries = fs::read_dir(path)
            .and_then(|entries| {
                entries
                    .map(|entry| entry.map(|entry| entry.path()))
                    .collect::<Result<Vec<_>, _>>()
            })
            .with_context(|| format!("could not list {}", path.display()))?;
        entries.sort();
        hasher.write_usize(entries.len());
        for entry in entries {
            add(&entry, skipped_names, hasher)?;
        }
    } else if path.is_file() {
        let contents = fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
        hasher.write_usize(contents.len());
        hasher.write(&contents);
    } else {
        hasher.write_u8(0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_follows_contents_and_skips_what_it_is_told_to() {
        let folder = std::env::temp_dir().join(format!("landbridge-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("a.ts"), "one").unwrap();
        let paths = [folder.clone()];
        let first = fingerprint(&paths, &["node_modules"]).unwrap();
        fs::write(folder.join("node_modules/b.js"), "two").unwrap();
        assert_eq!(fingerprint(&paths, &["node_modules"]).unwrap(), first);
        fs::write(folder.join("a.ts"), "two").unwrap();
        assert_ne!(fingerprint(&paths, &["node_modules"]).unwrap(), first);
        fs::remove_dir_all(&folder).unwrap();
        assert_ne!(fingerprint(&paths, &["node_modules"]).unwrap(), first);
    }
}
