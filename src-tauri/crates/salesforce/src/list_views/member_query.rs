//! A list view's query, reduced to the ids of its records.

/// A query for ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberQuery {
    /// `SELECT Id FROM …` with the list's scope and conditions, without its order.
    pub soql: String,
    /// Whether Bulk takes it: no `USING SCOPE`, no `toLabel()`, no `format()`. Else run it by REST.
    pub fits_bulk: bool,
}

impl MemberQuery {
    /// Reduces a query; `None` if it has no FROM of its own.
    pub(super) fn reduce(query: &str) -> Option<Self> {
        let words = top_level_words(query);
        let from = words.iter().position(|word| word.is("from"))?;
        let order = words
            .windows(2)
            .position(|pair| pair[0].is("order") && pair[1].is("by"));
        let limit = words.iter().position(|word| word.is("limit"));
        // A limit chooses by the order, so both stay or the order goes.
        let end = match (order, limit) {
            (Some(order), None) => words.get(order).map_or(query.len(), |word| word.start),
            _ => query.len(),
        };
        let rest = query.get(words.get(from)?.start..end)?.trim();
        let scoped = words
            .windows(2)
            .any(|pair| pair[0].is("using") && pair[1].is("scope"));
        let plain = without_texts(rest).to_ascii_lowercase();
        let formatted = ["tolabel(", "format("].iter().any(|name| plain.contains(name));
        Some(Self {
            soql: format!("SELECT Id {rest}"),
            fits_bulk: !scoped && !formatted,
        })
    }
}

struct Word<'a> {
    text: &'a str,
    start: usize,
}

impl Word<'_> {
    fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// The words outside of parentheses and quoted texts.
fn top_level_words(query: &str) -> Vec<Word<'_>> {
    let (mut words, mut depth, mut start) = (Vec::new(), 0_i32, None);
    for (place, character, quoted) in marked(query) {
        let inside = !quoted && depth == 0 && (character.is_ascii_alphanumeric() || character == '_');
        match (inside, start) {
            (true, None) => start = Some(place),
            (false, Some(first)) => {
                words.push(Word {
                    text: &query[first..place],
                    start: first,
                });
                start = None;
            }
            _ => {}
        }
        match character {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    if let Some(first) = start {
        words.push(Word {
            text: &query[first..],
            start: first,
        });
    }
    words
}

fn without_texts(query: &str) -> String {
    marked(query)
        .filter(|(_, character, quoted)| !quoted && !character.is_whitespace())
        .map(|(_, character, _)| character)
        .collect()
}

/// Each character with its place and whether it belongs to a quoted text, its quotes included.
fn marked(query: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let (mut in_quotes, mut escaped) = (false, false);
    query.char_indices().map(move |(place, character)| {
        let before = in_quotes;
        match character {
            _ if escaped => escaped = false,
            '\\' if in_quotes => escaped = true,
            '\'' => in_quotes = !in_quotes,
            _ => {}
        }
        (place, character, before || in_quotes)
    })
}

#[cfg(test)]
mod tests {
    use super::MemberQuery;

    #[test]
    fn only_ids_conditions_and_scope_stay() {
        let table = [
            (
                "SELECT Name, toLabel(Status), (SELECT Id FROM Tasks WHERE x = 1), Id FROM Lead WHERE Name = 'a ORDER BY b' ORDER BY Name ASC NULLS FIRST, Id",
                "SELECT Id FROM Lead WHERE Name = 'a ORDER BY b'",
                true,
            ),
            (
                "SELECT Name FROM Lead USING SCOPE mine WHERE IsConverted = false",
                "SELECT Id FROM Lead USING SCOPE mine WHERE IsConverted = false",
                false,
            ),
            (
                "SELECT Name FROM Lead WHERE toLabel (Status) = 'Offen'",
                "SELECT Id FROM Lead WHERE toLabel (Status) = 'Offen'",
                false,
            ),
            (
                r"SELECT Id FROM Lead WHERE Name = 'it\'s toLabel(x)' ORDER BY Name LIMIT 5",
                r"SELECT Id FROM Lead WHERE Name = 'it\'s toLabel(x)' ORDER BY Name LIMIT 5",
                true,
            ),
            ("select Name from Lead", "SELECT Id from Lead", true),
        ];
        for (query, soql, fits_bulk) in table {
            let reduced = MemberQuery::reduce(query).unwrap();
            assert_eq!((reduced.soql.as_str(), reduced.fits_bulk), (soql, fits_bulk));
        }
        assert_eq!(MemberQuery::reduce("SELECT 'from' x"), None);
    }
}
