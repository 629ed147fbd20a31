//! Node and npm: are they here, and new enough for the tools in `ui/package.json`?

use anyhow::{Result, bail};

use crate::program::{Program, on_path};

/// The oldest Node that the web UI's tools run on, as (major, minor).
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Fails with a plain sentence unless Node and npm can be used.
pub fn check() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let printed = Program::new("node").arguments(["--version"]).printed();
    let Some(version) = parsed(&printed) else {
        bail!(
            "Node was not found; the web UI is built with it. Install Node {major}.{minor} or newer from \
             https://nodejs.org or your system's packages, then run this again."
        );
    };
    if version < OLDEST_NODE {
        bail!(
            "Node {} is too old for the web UI's tools. Install Node {major}.{minor} or newer, then run this again.",
            printed.trim()
        );
    }
    if !cfg!(windows) && on_path("npm").is_none() {
        bail!(
            "npm was not found, though Node is there. Install npm (on Debian and Ubuntu: the package npm), then run this again."
        );
    }
    println!("Node {}", printed.trim());
    Ok(())
}

/// Major and minor of what `node --version` prints, such as `v20.20.2`.
fn parsed(printed: &str) -> Option<(u32, u32)> {
    let mut parts = printed.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_node_prints_them() {
        assert_eq!(parsed("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parsed(""), None);
        assert_eq!(parsed("node: not found"), None);
    }
}
