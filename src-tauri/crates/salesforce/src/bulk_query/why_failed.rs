//! The same query for one record only.

/// The query with `LIMIT 1` at its end; one that has a limit of its own stays as it is.
pub(super) fn with_limit_one(soql: &str) -> String {
    let (mut in_quotes, mut escaped, mut depth) = (false, false, 0_i32);
    let mut outside = String::with_capacity(soql.len());
    for character in soql.chars() {
        let quoted = in_quotes;
        match character {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '\'' => in_quotes = !in_quotes,
            '(' if !in_quotes => depth += 1,
            ')' if !in_quotes => depth -= 1,
            _ => {}
        }
        if !quoted && !in_quotes && depth == 0 {
            outside.push(character);
        }
    }
    let limited = outside
        .split_whitespace()
        .any(|word| word.eq_ignore_ascii_case("limit"));
    if limited {
        soql.to_owned()
    } else {
        format!("{} LIMIT 1", soql.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::with_limit_one;

    #[test]
    fn only_a_limit_of_the_query_itself_counts() {
        let asked = [
            ("SELECT Id FROM Lead ", "SELECT Id FROM Lead LIMIT 1"),
            ("SELECT Id FROM Lead limit 5", "SELECT Id FROM Lead limit 5"),
            (
                r"SELECT Id FROM Lead WHERE Name = 'a\' limit 2'",
                r"SELECT Id FROM Lead WHERE Name = 'a\' limit 2' LIMIT 1",
            ),
            (
                "SELECT Id FROM Lead WHERE Id IN (SELECT LeadId FROM CampaignMember LIMIT 3)",
                "SELECT Id FROM Lead WHERE Id IN (SELECT LeadId FROM CampaignMember LIMIT 3) LIMIT 1",
            ),
        ];
        for (soql, limited) in asked {
            assert_eq!(with_limit_one(soql), limited);
        }
    }
}
