//! What a search looks for (SOSL guide, FIND): words and phrases with `*` and `?`, joined by AND, OR and AND NOT.

/// Words that must all be found, or phrases; an alternative of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Alternative {
    wanted: Vec<Vec<String>>,
    unwanted: Vec<Vec<String>>,
}

/// What is looked for: one of some alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    alternatives: Vec<Alternative>,
}

/// A piece of the text between the braces.
enum Piece {
    Phrase(Vec<String>),
    Word(String),
}

impl Terms {
    /// Reads the text between the braces, escapes included.
    pub fn parse(text: &str) -> Self {
        let mut alternatives = vec![Alternative::default()];
        let mut negated = false;
        for piece in pieces(text) {
            let words = match piece {
                Piece::Word(word) if word == "OR" => {
                    alternatives.push(Alternative::default());
                    continue;
                }
                Piece::Word(word) if word == "AND" => continue,
                Piece::Word(word) if word == "NOT" => {
                    negated = true;
                    continue;
                }
                Piece::Word(word) => words_of(&word),
                Piece::Phrase(words) => words,
            };
            if let Some(alternative) = alternatives.last_mut().filter(|_| !words.is_empty()) {
                let list = if negated {
                    &mut alternative.unwanted
                } else {
                    &mut alternative.wanted
                };
                list.push(words);
            }
            negated = false;
        }
        alternatives.retain(|alternative| !alternative.wanted.is_empty());
        Self { alternatives }
    }

    /// Looks for all words of a text that is no search expression.
    pub fn literal(text: &str) -> Self {
        let wanted: Vec<Vec<String>> = words_of(text).into_iter().map(|word| vec![word]).collect();
        let alternative = Alternative {
            wanted,
            unwanted: Vec::new(),
        };
        let alternatives = [alternative]
            .into_iter()
            .filter(|alternative| !alternative.wanted.is_empty());
        Self {
            alternatives: alternatives.collect(),
        }
    }

    /// Whether there is anything to look for.
    pub fn is_empty(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// Whether only single characters are looked for.
    pub fn is_too_short(&self) -> bool {
        let is_short = |words: &Vec<String>| {
            words
                .iter()
                .all(|word| word.chars().filter(|one| *one != '*').count() < 2)
        };
        self.alternatives
            .iter()
            .any(|alternative| alternative.wanted.iter().all(is_short))
    }

    /// Whether texts of a record hold what is looked for.
    pub fn are_in(&self, texts: &[String]) -> bool {
        let split: Vec<Vec<String>> = texts.iter().map(|text| words_of(text)).collect();
        let found = |phrase: &Vec<String>| split.iter().any(|words| holds_phrase(words, phrase));
        self.alternatives.iter().any(|alternative| {
            alternative.wanted.iter().all(found) && !alternative.unwanted.iter().any(found)
        })
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => word.extend(characters.next()),
            '"' => {
                let mut phrase = String::new();
                while let Some(inner) = characters.next().filter(|inner| *inner != '"') {
                    match inner {
                        '\\' => phrase.extend(characters.next()),
                        other => phrase.push(other),
                    }
                }
                found.push(Piece::Phrase(words_of(&phrase)));
            }
            blank if blank.is_whitespace() || blank == '(' || blank == ')' => {
                if !word.is_empty() {
                    found.push(Piece::Word(std::mem::take(&mut word)));
                }
            }
            other => word.push(other),
        }
    }
    if !word.is_empty() {
        found.push(Piece::Word(word));
    }
    found
}

/// The words of a text in lower case; wildcards stay in them.
fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric() && character != '*' && character != '?')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn holds_phrase(words: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty()
        && words.windows(phrase.len()).any(|window| {
            window
                .iter()
                .zip(phrase)
                .all(|(word, pattern)| fits(pattern, word))
        })
}

/// Whether a word fits a pattern with `*` for any characters and `?` for one.
fn fits(pattern: &str, word: &str) -> bool {
    use super::{filter::like, lexer::Piece};
    let pieces: Vec<Piece> = pattern
        .chars()
        .map(|character| match character {
            '*' => Piece::Many,
            '?' => Piece::One,
            other => Piece::Character(other),
        })
        .collect();
    like(&pieces, word)
}

#[cfg(test)]
mod tests {
    use super::Terms;

    fn finds(search: &str, text: &str) -> bool {
        Terms::parse(search).are_in(&[text.to_owned()])
    }

    #[test]
    fn words_phrases_wildcards_and_operators_are_searched() {
        let text = "Juniper Energy Holdings, 12 Main-Street";
        for search in [
            "juniper",
            "energy JUNIPER",
            "jun*",
            "jun?per",
            "\"energy holdings\"",
            "nobody OR juniper",
            "juniper AND NOT acme",
            "main street",
            "(juniper) AND (energy)",
        ] {
            assert!(finds(search, text), "{search}");
        }
        for search in [
            "juni",
            "\"holdings energy\"",
            "juniper AND acme",
            "juniper AND NOT energy",
            "",
        ] {
            assert!(!finds(search, text), "{search}");
        }
        assert!(Terms::parse("a").is_too_short() && !Terms::parse("ab").is_too_short());
        assert!(!Terms::literal("juniper OR acme").are_in(&[text.to_owned()]));
    }
}
