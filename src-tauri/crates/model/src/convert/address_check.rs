//! E-mail and web addresses: checked, never cut.

use super::{FaultRule, Problem, TypedValue, text_value};

/// An e-mail address as Salesforce takes it: ASCII, one `@`, a domain with a dot.
pub fn email(text: &str, length: usize) -> Result<TypedValue, Problem> {
    if !is_email(text) {
        return Err(Problem::new(FaultRule::NotAnEmail, "is not an e-mail address"));
    }
    text_value::uncut(text, length)
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let is_atom = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte))
    };
    local.len() <= 64 && local.split('.').all(is_atom) && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}

/// A web address, with or without its scheme. Salesforce stores what it gets, so a scheme that browsers run as a
/// program is refused here.
pub fn url(text: &str, length: usize) -> Result<TypedValue, Problem> {
    let rest = match text.split_once("://") {
        Some((scheme, rest))
            if ["http", "https", "ftp"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known)) =>
        {
            rest
        }
        Some(_) => "",
        None => text,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        Some(_) => "",
        None => host,
    };
    let is_host = name.contains('.')
        && name.split('.').all(|label| !label.is_empty())
        && name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '.' | '-' | '_'));
    if !is_host || text.chars().any(char::is_whitespace) {
        return Err(Problem::new(FaultRule::NotAUrl, "is not a web address"));
    }
    text_value::uncut(text, length)
}
