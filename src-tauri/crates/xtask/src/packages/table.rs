//! THE TABLE: every system package that a chore needs, why, and what it is called elsewhere.

/// What somebody wants to do on this machine. Each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Build the library crates and the command line program.
    Terminal,
    /// Build the app too, and open it.
    App,
    /// Run every test too.
    Test,
}

/// One need of the system.
pub struct Need {
    /// Debian's and Ubuntu's names, the first that the machine knows is taken.
    pub debian: &'static [&'static str],
    /// Fedora's name; empty if Fedora brings it in its base.
    pub fedora: &'static str,
    /// Arch's name; empty if Arch brings it in its base.
    pub arch: &'static str,
    /// The first purpose that needs it.
    pub purpose: Purpose,
    /// Why, after the words "needed".
    pub reason: &'static str,
}

/// All needs, in the order in which people read them.
pub const NEEDS: &[Need] = &[
    Need {
        debian: &["build-essential"],
        fedora: "gcc gcc-c++ make",
        arch: "base-devel",
        purpose: Purpose::Terminal,
        reason: "to compile SQLite and the TLS library, and to link every program",
    },
    Need {
        debian: &["pkg-config"],
        fedora: "pkgconf-pkg-config",
        arch: "pkgconf",
        purpose: Purpose::App,
        reason: "to find the system's WebKit while the app compiles",
    },
    Need {
        debian: &["libwebkit2gtk-4.1-dev"],
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
        purpose: Purpose::App,
        reason: "to show the web UI in the app's window",
    },
    Need {
        debian: &["webkit2gtk-driver", "webkitgtk-webdriver"],
        fedora: "webkit2gtk-driver",
        arch: "",
        purpose: Purpose::Test,
        reason: "to drive the app's window in tests (WebKitWebDriver)",
    },
    Need {
        debian: &["xvfb"],
        fedora: "xorg-x11-server-Xvfb",
        arch: "xorg-server-xvfb",
        purpose: Purpose::Test,
        reason: "to show the window on a screen that nobody sees",
    },
    Need {
        debian: &["openbox"],
        fedora: "openbox",
        arch: "openbox",
        purpose: Purpose::Test,
        reason: "to give that window the keyboard focus, as a window manager does",
    },
    Need {
        debian: &["dbus"],
        fedora: "dbus-daemon",
        arch: "dbus",
        purpose: Purpose::Test,
        reason: "to run a message bus of the tests' own",
    },
    Need {
        debian: &["gnome-keyring"],
        fedora: "gnome-keyring",
        arch: "gnome-keyring",
        purpose: Purpose::Test,
        reason: "to keep tokens on that bus in a keychain, as on a desktop",
    },
    Need {
        debian: &["chromium", "chromium-browser"],
        fedora: "chromium",
        arch: "chromium",
        purpose: Purpose::Test,
        reason: "to play the person's browser on the login page",
    },
    Need {
        debian: &["chromium-driver", "chromium-chromedriver"],
        fedora: "chromedriver",
        arch: "",
        purpose: Purpose::Test,
        reason: "to drive that browser",
    },
    Need {
        debian: &["fonts-liberation"],
        fedora: "liberation-fonts-all",
        arch: "ttf-liberation",
        purpose: Purpose::Test,
        reason: "to draw screenshots with the same letters everywhere",
    },
    Need {
        debian: &["python3-venv"],
        fedora: "python3",
        arch: "python",
        purpose: Purpose::Test,
        reason: "to run Salesforce clients that nobody here wrote, and to fetch labelled data",
    },
];

/// What a purpose needs.
pub fn needs(purpose: Purpose) -> impl Iterator<Item = &'static Need> {
    NEEDS.iter().filter(move |need| need.purpose <= purpose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_include_one_another() {
        let counts = [Purpose::Terminal, Purpose::App, Purpose::Test].map(|purpose| needs(purpose).count());
        assert!(counts[0] < counts[1] && counts[1] < counts[2]);
        assert_eq!(counts[2], NEEDS.len());
    }

    #[test]
    fn every_need_has_a_name_and_a_reason() {
        for need in NEEDS {
            assert!(!need.debian.is_empty());
            assert!(need.reason.starts_with("to "), "{}", need.reason);
        }
    }
}
