//! What the operator's role allows. The window hides what is not allowed; here it is refused.

use store::Read;

use crate::fault::{Code, Fault};

/// Refuses whoever is not an admin. `doing` follows "may", e.g. `change mappings`.
pub(crate) fn require_admin(read: &Read<'_>, doing: &str) -> Result<(), Fault> {
    match refusal(read, doing)? {
        Some(sentence) => Err(Fault::new(Code::NotAllowed, sentence)),
        None => Ok(()),
    }
}

/// Why the operator may not do it and who may; `None` for an admin.
pub(crate) fn refusal(read: &Read<'_>, doing: &str) -> Result<Option<String>, Fault> {
    if read.operator()?.is_some_and(|operator| operator.is_admin) {
        return Ok(None);
    }
    let names = read.admin_names()?;
    let who = match names.as_slice() {
        [] => "This workspace has no admin now.".to_owned(),
        [name] => format!("The admin of this workspace is {name}."),
        names => format!("The admins of this workspace are {}.", names.join(", ")),
    };
    Ok(Some(format!("Only admins may {doing}. {who}")))
}
