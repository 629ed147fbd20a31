//! `@{referenceId.path}` in the url and the body of a later sub-request (REST guide, Composite Subrequest).

use std::collections::HashMap;

use serde_json::Value;

/// The answers so far, by reference id.
pub type Answers = HashMap<String, Value>;

/// A reference that has no value.
#[derive(Debug, PartialEq, Eq)]
pub struct Unresolved(String);

impl Unresolved {
    /// The sentence for the sub-request's error.
    pub fn message(&self) -> String {
        let reference = &self.0;
        let id = reference.split(['.', '[']).next().unwrap_or_default();
        format!("Invalid reference specified. No value for {reference} found in {id}")
    }
}

/// The url with its references filled in and their values encoded.
pub fn fill_url(url: &str, answers: &Answers) -> Result<String, Unresolved> {
    fill(url, answers, |value| {
        let text = text_of(value);
        url::form_urlencoded::byte_serialize(text.as_bytes())
            .collect::<String>()
            .replace('+', "%20")
    })
}

/// The body with its references filled in. A text that is nothing but a reference takes over the value's type.
pub fn fill_body(body: &Value, answers: &Answers) -> Result<Value, Unresolved> {
    Ok(match body {
        Value::String(text) => match text.strip_prefix("@{").and_then(|rest| rest.strip_suffix('}')) {
            Some(reference) if !reference.contains('}') => resolve(reference, answers)?.clone(),
            _ => Value::String(fill(text, answers, text_of)?),
        },
        Value::Array(items) => {
            let filled: Result<Vec<Value>, _> = items.iter().map(|item| fill_body(item, answers)).collect();
            Value::Array(filled?)
        }
        Value::Object(members) => {
            let filled: Result<_, Unresolved> = members
                .iter()
                .map(|(name, value)| Ok((name.clone(), fill_body(value, answers)?)))
                .collect();
            Value::Object(filled?)
        }
        other => other.clone(),
    })
}

fn fill(text: &str, answers: &Answers, print: impl Fn(&Value) -> String) -> Result<String, Unresolved> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("@{") {
        let Some((reference, after)) = behind.split_once('}') else {
            break;
        };
        filled.push_str(before);
        filled.push_str(&print(resolve(reference, answers)?));
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The scalar that a reference names.
fn resolve<'answers>(reference: &str, answers: &'answers Answers) -> Result<&'answers Value, Unresolved> {
    let unresolved = || Unresolved(reference.to_owned());
    let (id, path) = reference.split_at(reference.find(['.', '[']).unwrap_or(reference.len()));
    let mut value = answers.get(id).ok_or_else(unresolved)?;
    let path = match path.strip_prefix(".body") {
        Some(rest) if value.get("body").is_none() && (rest.is_empty() || rest.starts_with(['.', '['])) => {
            rest
        }
        _ => path,
    };
    for step in path.split('.').skip_while(|step| step.is_empty()) {
        let (name, indexes) = step.split_at(step.find('[').unwrap_or(step.len()));
        if !name.is_empty() {
            value = value.get(name).ok_or_else(unresolved)?;
        }
        for index in indexes.split('[').skip(1) {
            let index = index
                .strip_suffix(']')
                .and_then(|index| index.parse::<usize>().ok());
            value = index.and_then(|index| value.get(index)).ok_or_else(unresolved)?;
        }
    }
    if value.is_null() || value.is_object() || value.is_array() {
        return Err(unresolved());
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answers() -> Answers {
        let account = json!({ "id": "001A", "success": true });
        let found = json!({ "records": [{ "Name": "A & B", "Employees": 5, "Owner": { "Id": "005A" } }] });
        let list = json!([{ "id": "003A" }, { "id": "003B" }]);
        [("account", account), ("found", found), ("list", list)]
            .map(|(id, value)| (id.to_owned(), value))
            .into()
    }

    #[test]
    fn references_reach_members_and_items() {
        let body = json!({
            "AccountId": "@{account.id}", "Owner": "@{found.records[0].Owner.Id}", "Second": "@{list[1].id}",
            "Number": "@{found.records[0].Employees}", "Text": "is @{found.records[0].Employees}!", "None": [null, 1],
            "Whole": "@{account.body.id}",
        });
        let filled = fill_body(&body, &answers()).expect("every reference has a value");
        assert_eq!(
            filled,
            json!({
                "AccountId": "001A", "Owner": "005A", "Second": "003B", "Number": 5, "Text": "is 5!", "None": [null, 1],
                "Whole": "001A",
            })
        );
        let url = fill_url("/query?q=@{found.records[0].Name}", &answers()).expect("a url");
        assert_eq!(url, "/query?q=A%20%26%20B");
    }

    #[test]
    fn what_has_no_value_is_named() {
        for reference in [
            "account.Id",
            "nobody.id",
            "list[2].id",
            "found.records",
            "list[x].id",
        ] {
            let text = json!(format!("@{{{reference}}}"));
            assert_eq!(
                fill_body(&text, &answers()),
                Err(Unresolved(reference.to_owned()))
            );
        }
        let message = Unresolved("account.Id".to_owned()).message();
        assert_eq!(
            message,
            "Invalid reference specified. No value for account.Id found in account"
        );
    }
}
