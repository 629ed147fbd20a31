//! The two parts of a job that is made together with its data (Bulk API 2.0 guide, Create a Job).

use crate::fault::ApiFault;

/// Most characters of such a request.
const GREATEST_CHARACTERS: usize = 100_000;

/// What a multipart request holds.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts<'body> {
    /// The part named `job`: JSON.
    pub job: &'body [u8],
    /// The part named `content`: CSV.
    pub content: &'body [u8],
}

/// The boundary of a multipart content type; `None` for any other type.
pub fn boundary(content_type: &str) -> Option<&str> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let pairs = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='));
    let mut found = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"));
    found.next().map(|(_, value)| value.trim().trim_matches('"'))
}

/// Takes a request apart.
pub fn parts<'body>(boundary: &str, body: &'body [u8]) -> Result<Parts<'body>, ApiFault> {
    let refused = |why: &str| {
        ApiFault::bad_request(
            "CLIENTINPUTERROR",
            format!("The multipart request cannot be read: {why}"),
        )
    };
    let text = std::str::from_utf8(body).map_err(|_| refused("it is not UTF-8"))?;
    if text.chars().count() > GREATEST_CHARACTERS {
        let message = format!(
            "A multipart request has at most {GREATEST_CHARACTERS} characters. Create the job first and upload its data \
             in a request of its own."
        );
        return Err(ApiFault::bad_request("CLIENTINPUTERROR", message));
    }
    let delimiter = format!("--{boundary}");
    let (mut job, mut content) = (None, None);
    let mut sections = text.split(delimiter.as_str()).skip(1);
    loop {
        let section = sections.next().ok_or_else(|| refused("it has no end"))?;
        if section.starts_with("--") {
            break;
        }
        let section = section
            .strip_prefix("\r\n")
            .or_else(|| section.strip_prefix('\n'));
        let section = section.ok_or_else(|| refused("a boundary is not on a line of its own"))?;
        let split = section
            .split_once("\r\n\r\n")
            .or_else(|| section.split_once("\n\n"));
        let (headers, value) = split.ok_or_else(|| refused("a part has no headers"))?;
        let value = value
            .strip_suffix("\r\n")
            .or_else(|| value.strip_suffix('\n'))
            .unwrap_or(value);
        match name(headers) {
            Some("job") => job = Some(value.as_bytes()),
            Some("content") => content = Some(value.as_bytes()),
            _ => return Err(refused("its parts are job and content")),
        }
    }
    Ok(Parts {
        job: job.ok_or_else(|| refused("the part job is missing"))?,
        content: content.ok_or_else(|| refused("the part content is missing"))?,
    })
}

/// The name that the headers of a part give it.
fn name(headers: &str) -> Option<&str> {
    let line = headers
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition"))?;
    let pairs = line.split(';').filter_map(|parameter| parameter.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("name"));
    named.next().map(|(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_line_ends_are_read() {
        for end in ["\r\n", "\n"] {
            let lines = [
                "--B",
                "Content-Type: application/json",
                "Content-Disposition: form-data; name=\"job\"",
                "",
                "{}",
                "--B",
                "Content-Type: text/csv",
                "Content-Disposition: form-data; name=\"content\"; filename=\"content\"",
                "",
                "Name",
                "A",
                "--B--",
            ];
            let body = lines.join(end);
            let parts = parts("B", body.as_bytes()).expect("two parts");
            assert_eq!(
                (parts.job, parts.content),
                (&b"{}"[..], format!("Name{end}A").as_bytes())
            );
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for body in [
            "",
            "--B\r\n\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"job\"\r\n\r\n{}\r\n--B--",
        ] {
            assert!(parts("B", body.as_bytes()).is_err(), "{body}");
        }
        assert_eq!(boundary("multipart/form-data; boundary=\"B C\""), Some("B C"));
        assert_eq!(boundary("application/json; boundary=B"), None);
    }
}
