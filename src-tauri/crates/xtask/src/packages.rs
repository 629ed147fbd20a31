//! System packages: finds which are missing, says which and why, and installs them where it knows how.
//!
//! It knows how on Debian, Ubuntu and what derives from them. Elsewhere it prints what is needed and goes on, because
//! the tools may be there under other names.

mod table;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
pub use table::Purpose;
use table::{Need, needs};

use crate::program::{Program, on_path};

/// Makes sure that this machine has what the purpose needs.
pub fn install(purpose: Purpose) -> Result<()> {
    if !cfg!(target_os = "linux") || !is_debian_like() {
        print_needs(purpose);
        return Ok(());
    }
    let installed = installed(needs(purpose).flat_map(|need| need.debian).copied());
    let missing: Vec<&Need> = needs(purpose)
        .filter(|need| !need.debian.iter().any(|name| installed.contains(*name)))
        .collect();
    if missing.is_empty() {
        println!("All system packages are here");
        return Ok(());
    }
    println!("Missing system packages:");
    for need in &missing {
        println!("  {:<24} {}", need.debian[0], need.reason);
    }
    as_root(&["apt-get", "update", "-q"])?.run()?;
    let names = missing
        .iter()
        .map(|need| available(need))
        .collect::<Result<Vec<_>>>()?;
    let command = [
        ["apt-get", "install", "-q", "-y", "--no-install-recommends"].as_slice(),
        &names,
    ]
    .concat();
    as_root(&command)?.run()
}

/// Does `/etc/os-release` name Debian or Ubuntu, or a system like them?
fn is_debian_like() -> bool {
    std::fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
        && on_path("apt-get").is_some()
}

fn names_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches('"').split_whitespace())
        .any(|word| matches!(word, "debian" | "ubuntu"))
}

/// Which of these names dpkg calls installed.
fn installed(names: impl Iterator<Item = &'static str>) -> BTreeSet<String> {
    let printed = Program::new("dpkg-query")
        .arguments(["--show", "--showformat", "${Package} ${db:Status-Abbrev}\n"])
        .arguments(names)
        .printed();
    printed
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, state)| state.starts_with("ii"))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The first of the need's names that this release offers.
fn available(need: &Need) -> Result<&'static str> {
    need.debian
        .iter()
        .find(|name| {
            Program::new("apt-cache")
                .arguments(["policy", name])
                .environment("LC_ALL", "C")
                .printed()
                .lines()
                .filter_map(|line| line.trim().strip_prefix("Candidate: "))
                .any(|candidate| candidate != "(none)")
        })
        .copied()
        .with_context(|| {
            format!(
                "This system offers no package {}, needed {}. Install it by hand, or use Debian 12, Ubuntu 22.04 or newer.",
                need.debian.join(" or "),
                need.reason
            )
        })
}

/// The command as root: directly, else by sudo.
fn as_root(command: &[&str]) -> Result<Program> {
    let quiet = "DEBIAN_FRONTEND=noninteractive";
    if Program::new("id").arguments(["-u"]).printed().trim() == "0" {
        return Ok(Program::new("env").arguments([quiet]).arguments(command));
    }
    if on_path("sudo").is_none() {
        bail!(
            "System packages must be installed by root, and there is no sudo here. Run as root: {}",
            command.join(" ")
        );
    }
    Ok(Program::new("sudo").arguments(["env", quiet]).arguments(command))
}

/// What people on other systems install themselves.
fn print_needs(purpose: Purpose) {
    println!("This is not Debian or Ubuntu, so nothing is installed by itself. What is needed:");
    if cfg!(target_os = "macos") {
        println!("  xcode-select --install    to compile and link (WebKit comes with the system)");
        return;
    }
    if cfg!(windows) {
        println!("  Visual Studio Build Tools with \"Desktop development with C++\"    to compile and link");
        println!("  WebView2 Runtime (part of Windows 11)    to show the web UI in the app's window");
        return;
    }
    println!("  {:<26} {:<22} why", "Fedora", "Arch");
    for need in needs(purpose) {
        println!(
            "  {:<26} {:<22} {}",
            or_dash(need.fedora),
            or_dash(need.arch),
            need.reason
        );
    }
}

fn or_dash(name: &str) -> &str {
    if name.is_empty() { "-" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_known() {
        assert!(names_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(names_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!names_debian("ID=fedora\nID_LIKE=\"rhel centos\"\n"));
        assert!(!names_debian("NAME=debianish\nID=arch\n"));
    }
}
