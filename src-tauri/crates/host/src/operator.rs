//! Who uses this machine, as the operating system knows them.

use std::env;
use std::fs;

/// Full name of the account, else its login name, else "Admin".
#[must_use]
pub fn operator_name() -> String {
    let login = env::var("USER")
        .or_else(|_| env::var("USERNAME"))
        .unwrap_or_default();
    let full = fs::read_to_string("/etc/passwd")
        .ok()
        .and_then(|passwd| full_name(&passwd, &login));
    match full {
        Some(name) => name,
        None if login.is_empty() || login == "root" => "Admin".to_owned(),
        None => login,
    }
}

/// The full name that a passwd file has for an account other than root.
fn full_name(passwd: &str, login: &str) -> Option<String> {
    let fields = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let gecos = fields
        .into_iter()
        .find(|fields| fields.first() == Some(&login))
        .and_then(|fields| fields.get(4).copied())?;
    let name = gecos.split(',').next().unwrap_or_default().trim();
    (!name.is_empty() && login != "root").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::full_name;

    #[test]
    fn the_full_name_is_the_first_part_of_the_comment_field() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000:Ada Example,,,:/home/ada:/bin/bash\nbo:x:1001:1001::/home/bo:/bin/sh\n";
        assert_eq!(full_name(passwd, "ada").as_deref(), Some("Ada Example"));
        assert_eq!(full_name(passwd, "bo"), None);
        assert_eq!(full_name(passwd, "root"), None);
        assert_eq!(full_name(passwd, "nobody"), None);
    }
}
