//! Boolean filters such as `(1 AND 2) OR NOT 3`, turned into a condition of SOQL.

/// Replaces each number by the condition of that place, from 1. Says what is wrong with a filter that makes no sense,
/// and with one that leaves out a condition.
pub fn combine(filter: &str, conditions: &[String]) -> Result<String, String> {
    let words = words(filter)?;
    let mut reader = Reader {
        words: &words,
        conditions,
        used: vec![false; conditions.len()],
    };
    let text = reader.any()?;
    if let Some(word) = reader.words.first() {
        return Err(format!("The boolean filter cannot be read at {word}"));
    }
    match reader.used.iter().position(|used| !used) {
        Some(place) => Err(format!("The boolean filter leaves out filter {}", place + 1)),
        None => Ok(text),
    }
}

fn words(filter: &str) -> Result<Vec<String>, String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_word = false;
    for character in filter.chars() {
        match character {
            '(' | ')' => words.push(character.to_string()),
            letter if letter.is_ascii_alphanumeric() => {
                let letter = letter.to_ascii_uppercase();
                match words.last_mut().filter(|_| in_word) {
                    Some(word) => word.push(letter),
                    None => words.push(letter.to_string()),
                }
            }
            space if space.is_whitespace() => {}
            other => return Err(format!("The boolean filter cannot be read at {other}")),
        }
        in_word = character.is_ascii_alphanumeric();
    }
    Ok(words)
}

struct Reader<'text> {
    words: &'text [String],
    conditions: &'text [String],
    used: Vec<bool>,
}

impl Reader<'_> {
    fn take(&mut self, wanted: &str) -> bool {
        match self.words.split_first() {
            Some((word, rest)) if word == wanted => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }

    fn any(&mut self) -> Result<String, String> {
        self.joined("OR", Self::all)
    }

    fn all(&mut self) -> Result<String, String> {
        self.joined("AND", Self::one)
    }

    fn joined(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Result<String, String>,
    ) -> Result<String, String> {
        let mut parts = vec![part(self)?];
        while self.take(word) {
            parts.push(part(self)?);
        }
        Ok(match parts.len() {
            1 => parts.swap_remove(0),
            _ => format!("({})", parts.join(&format!(" {word} "))),
        })
    }

    fn one(&mut self) -> Result<String, String> {
        if self.take("NOT") {
            return Ok(format!("(NOT {})", self.one()?));
        }
        if self.take("(") {
            let inner = self.any()?;
            return if self.take(")") {
                Ok(inner)
            } else {
                Err("The boolean filter lacks a closing bracket".to_owned())
            };
        }
        let Some((word, rest)) = self.words.split_first() else {
            return Err("The boolean filter ends too early".to_owned());
        };
        let place = word
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let known = place.and_then(|place| Some((place, self.conditions.get(place)?)));
        let (place, condition) =
            known.ok_or_else(|| format!("The boolean filter names no filter with {word}"))?;
        self.words = rest;
        self.used[place] = true;
        Ok(format!("({condition})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_joined_by_the_filter() {
        let conditions = ["a = 1", "b = 2", "c = 3"].map(str::to_owned);
        for (filter, expected) in [
            ("1 AND 2 AND 3", "((a = 1) AND (b = 2) AND (c = 3))"),
            ("(1 or 2) and not 3", "(((a = 1) OR (b = 2)) AND (NOT (c = 3)))"),
            ("1 OR 2 AND 3", "((a = 1) OR ((b = 2) AND (c = 3)))"),
        ] {
            assert_eq!(combine(filter, &conditions).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let conditions = ["a = 1", "b = 2"].map(str::to_owned);
        for filter in [
            "",
            "1",
            "1 AND",
            "1 AND 3",
            "(1 AND 2",
            "1 AND 2)",
            "1 & 2",
            "0 OR 1 OR 2",
            "1 2",
        ] {
            assert!(combine(filter, &conditions).is_err(), "{filter}");
        }
    }
}
