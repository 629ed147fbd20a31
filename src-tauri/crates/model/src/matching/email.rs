//! E-mail addresses as they are compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::domain;
use crate::text;

/// Mailboxes of a role instead of a person.
static ROLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "accounting accounts admin administration billing careers contact customerservice enquiries finance hello \
    help helpdesk hr info inquiries jobs kontakt mail marketing media noreply office orders post press \
    reception sales service support team webmaster"
        .split(' ')
        .collect()
});

/// One address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Email {
    /// The address in lower case, its host in ASCII.
    pub(super) address: String,
    /// The domain of the company whose address it is; `None` of free mail.
    pub(super) company_domain: Option<String>,
}

impl Email {
    /// Reads an address. What a sandbox appends so that nobody is written to, `.invalid`, is left out (Salesforce Help,
    /// "Sandbox Setup Considerations").
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text::visible(text)?;
        let text = text.strip_prefix("mailto:").unwrap_or(text);
        let text = text.strip_suffix(".invalid").unwrap_or(text);
        let (mailbox, host) = text.rsplit_once('@')?;
        if mailbox.is_empty() || mailbox.chars().any(text::is_invisible) {
            return None;
        }
        let host = domain::mail_host(host)?;
        Some(Self {
            company_domain: domain::registrable(&host),
            address: format!("{}@{host}", mailbox.to_lowercase()),
        })
    }

    /// Whether it is a role's.
    pub(super) fn is_of_a_role(&self) -> bool {
        let mailbox = self.address.split('@').next().unwrap_or_default();
        let mailbox: String = mailbox.chars().filter(char::is_ascii_alphabetic).collect();
        ROLES.contains(mailbox.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_without_case_and_without_what_a_sandbox_appends() {
        for (text, address) in [
            (" Ada@Example.COM ", Some("ada@example.com")),
            ("ada@example.com.invalid", Some("ada@example.com")),
            ("ada@bücher.de", Some("ada@xn--bcher-kva.de")),
            ("ada@localhost", None),
            ("@example.com", None),
            ("ada okafor@example.com", None),
            ("none", None),
            ("", None),
        ] {
            assert_eq!(
                Email::read(text).map(|email| email.address).as_deref(),
                address,
                "{text}"
            );
        }
        assert_eq!(Email::read("ada@gmail.com").unwrap().company_domain, None);
        assert_eq!(
            Email::read("ada@mail.acme.co.uk")
                .unwrap()
                .company_domain
                .as_deref(),
            Some("acme.co.uk")
        );
    }

    #[test]
    fn a_role_is_told_from_a_person() {
        assert!(Email::read("Info@acme.com").unwrap().is_of_a_role());
        assert!(Email::read("no-reply@acme.com").unwrap().is_of_a_role());
        assert!(!Email::read("ada@acme.com").unwrap().is_of_a_role());
    }
}
