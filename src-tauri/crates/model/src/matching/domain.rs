//! Domains of companies, out of websites and e-mail addresses.

use std::collections::HashSet;
use std::sync::LazyLock;

use url::{Host, Url};

use crate::text;

/// Domains that many companies and people share, one a line.
static SHARED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("shared_domains.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Whether a registrable domain says nothing of a company: free mail, internet providers, social networks, page hosts.
#[must_use]
pub fn is_shared_domain(domain: &str) -> bool {
    SHARED.contains(domain)
}

/// The registrable domain of a website or a host, in lower case and in ASCII (`acme.co.uk` of
/// `https://www.Acme.co.uk/about`); `None` when there is none, or when it is shared by many companies.
/// Source of what is registrable: the Public Suffix List.
#[must_use]
pub fn company_domain(website: &str) -> Option<String> {
    let website = text::visible(website)?;
    if plain_host(website) {
        return registrable(&website.to_ascii_lowercase());
    }
    let address = if website.contains("://") {
        Url::parse(website)
    } else {
        Url::parse(&format!("http://{}", website.trim_start_matches('/')))
    };
    registrable(&host(&address.ok()?)?)
}

/// The host of an e-mail address in lower case and in ASCII.
pub(super) fn mail_host(host: &str) -> Option<String> {
    if plain_host(host) {
        return Some(host.to_ascii_lowercase());
    }
    match Host::parse(host).ok()? {
        Host::Domain(domain) if domain.contains('.') => Some(domain),
        _ => None,
    }
}

/// The company's domain of a host that is in lower case and in ASCII.
pub(super) fn registrable(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.');
    let domain = psl::domain_str(host)?;
    let known = psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    (known && !is_shared_domain(domain) && !is_shared_domain(host)).then(|| domain.to_owned())
}

fn host(address: &Url) -> Option<String> {
    match address.host()? {
        Host::Domain(domain) => Some(domain.to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Whether the text is a host and nothing else, which most are.
fn plain_host(text: &str) -> bool {
    text.contains('.')
        && !text.starts_with('.')
        && !text.contains("..")
        && !text.contains("xn--")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registrable_domain_is_found_in_whatever_people_write() {
        for (website, domain) in [
            ("acme.com", Some("acme.com")),
            ("https://www.Acme.co.uk:8080/about?x=1#y", Some("acme.co.uk")),
            ("HTTP://shop.acme.de/", Some("acme.de")),
            ("//acme.com/", Some("acme.com")),
            ("www.bücher.de", Some("xn--bcher-kva.de")),
            ("acme.github.io", Some("acme.github.io")),
            ("https://www.facebook.com/acme", None),
            ("gmail.com", None),
            ("mail.google.com", Some("google.com")),
            ("10.0.0.1", None),
            ("http://[::1]/", None),
            ("localhost", None),
            ("n/a", None),
            ("co.uk", None),
            ("acme", None),
            ("acme.nosuchtld", None),
            ("", None),
        ] {
            assert_eq!(company_domain(website).as_deref(), domain, "{website}");
        }
    }

    #[test]
    fn the_shared_domains_are_hosts_and_listed_once() {
        let listed = include_str!("shared_domains.txt")
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let mut seen = HashSet::new();
        let useless: Vec<&str> = listed
            .filter(|domain| psl::domain_str(domain).is_none() || !seen.insert(*domain))
            .collect();
        assert!(useless.is_empty(), "suffixes, or listed twice: {useless:?}");
    }
}
