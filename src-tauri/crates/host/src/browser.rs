//! The system browser.

use std::process::{Command, Stdio};

use engine::{Code, Fault};
use url::{Host, Url};

/// A program that is run with the address as its only argument, in place of the system browser.
const BROWSER_COMMAND: &str = "LANDBRIDGE_BROWSER_COMMAND";

/// Opens a page. Only https, and http on loopback (the demo org), is ever handed to the system.
///
/// # Errors
/// `not_here` when the address is of another kind, or no browser can be started.
pub fn open_in_browser(address: &str) -> Result<(), Fault> {
    if !may_be_opened(address) {
        return Err(
            Fault::new(Code::NotHere, "This address is not one that Landbridge opens.").with_detail(address),
        );
    }
    let started = match std::env::var_os(BROWSER_COMMAND) {
        Some(program) => Command::new(program)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map(drop),
        None => open::that_detached(address),
    };
    started.map_err(|error| {
        Fault::new(
            Code::NotHere,
            "No browser could be started. Copy the address and open it yourself.",
        )
        .with_detail(error.to_string())
    })
}

fn may_be_opened(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}

#[cfg(test)]
mod tests {
    use super::may_be_opened;

    #[test]
    fn only_https_and_loopback_are_opened() {
        assert!(may_be_opened("https://acme.my.salesforce.com/001"));
        assert!(may_be_opened("http://127.0.0.1:8080/001"));
        assert!(may_be_opened("http://localhost:8080/001"));
        assert!(!may_be_opened("http://acme.example/001"));
        assert!(!may_be_opened("file:///etc/passwd"));
        assert!(!may_be_opened("javascript:alert(1)"));
        assert!(!may_be_opened("--version"));
    }
}
