//! The addresses of an org: validated once, so that a credential can only ever go to its own origin.

use url::{Host, Url};

/// Login host of production and Developer Edition orgs.
pub const PRODUCTION_LOGIN: &str = "https://login.salesforce.com";
/// Login host of sandboxes.
pub const SANDBOX_LOGIN: &str = "https://test.salesforce.com";

/// Why a text is no address of an org.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\u{201c}{address}\u{201d} cannot be used as an org's address: {reason}. \
     Enter an https address such as https://acme.my.salesforce.com."
)]
pub struct AddressError {
    /// The text as it was given.
    pub address: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// Where a person signs in: `login.salesforce.com`, `test.salesforce.com`, a My Domain, or a loopback server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginUrl(Url);

impl LoginUrl {
    /// Reads what a person typed or pasted: a missing scheme is added, a path is dropped, and the address of the
    /// Lightning or Setup pages becomes the My Domain that answers OAuth.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let mut url = parse_origin(text)?;
        let domain = match url.host() {
            Some(Host::Domain(domain)) => my_domain_host(domain),
            _ => None,
        };
        if let Some(domain) = domain {
            url.set_host(Some(&domain))
                .map_err(|_| refused(text, "its host name is not valid"))?;
        }
        Ok(Self(url))
    }

    /// The origin without a trailing slash, e.g. `https://login.salesforce.com`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    pub(crate) fn endpoint(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }

    /// Whether the host is this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

/// The origin that serves an org's data, as the token endpoint named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceUrl(Url);

impl InstanceUrl {
    /// Reads an `instance_url`. https, or http on a loopback host; no credentials in it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        parse_origin(text).map(Self)
    }

    /// The origin without a trailing slash, e.g. `https://acme.my.salesforce.com`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Resolves an address that the org gave (`nextRecordsUrl`, `contentUrl`, …), with or without leading slash
    /// or origin. An address of another origin is refused.
    pub fn join(&self, address: &str) -> Result<Url, AddressError> {
        let url = self
            .0
            .join(address)
            .map_err(|_| refused(address, "it is not a valid address"))?;
        if self.owns(&url) {
            Ok(url)
        } else {
            Err(refused(address, "it leads to another server than the org's own"))
        }
    }

    /// Whether a request to this address stays within the org's own origin.
    #[must_use]
    pub fn owns(&self, url: &Url) -> bool {
        url.origin() == self.0.origin() && url.username().is_empty() && url.password().is_none()
    }

    /// Whether the host is this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl std::fmt::Display for LoginUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::fmt::Display for InstanceUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

fn refused(address: &str, reason: &'static str) -> AddressError {
    AddressError {
        address: address.to_owned(),
        reason,
    }
}

fn parse_origin(text: &str) -> Result<Url, AddressError> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(refused(text, "it is empty"));
    }
    let with_scheme = if trimmed.contains("://") {
        trimmed.to_owned()
    } else {
        format!("https://{trimmed}")
    };
    let mut url = Url::parse(&with_scheme).map_err(|_| refused(text, "it is not a valid address"))?;
    if url.host().is_none() {
        return Err(refused(text, "it names no host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused(text, "it contains a user name or a password"));
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        "http" => {
            return Err(refused(
                text,
                "plain http is only allowed for this computer itself",
            ));
        }
        _ => return Err(refused(text, "it does not begin with https://")),
    }
    url.set_path("/");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(domain)) => domain.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// `acme.lightning.force.com` and `acme.my.salesforce-setup.com` are pages of `acme.my.salesforce.com`.
fn my_domain_host(domain: &str) -> Option<String> {
    [".lightning.force.com", ".my.salesforce-setup.com"]
        .iter()
        .find_map(|ending| domain.strip_suffix(ending))
        .map(|name| format!("{name}.my.salesforce.com"))
}
