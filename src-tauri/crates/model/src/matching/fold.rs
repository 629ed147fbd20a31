//! Texts as they are compared: without case, accents and punctuation.

use caseless::Caseless;
use deunicode::deunicode_char;
use strsim::jaro_winkler;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a text: runs of letters and digits without case and accents. Points and apostrophes do not part words
/// (`A.B.C.`, `O'Brien`). Latin, Greek and Cyrillic letters become plain Latin ones; others stay, because transliterating
/// them would make different names alike.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut take = |character: char| {
        if character.is_alphanumeric() {
            word.push(character);
        } else if !joins(character) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    };
    if text.is_ascii() {
        text.chars()
            .map(|character| character.to_ascii_lowercase())
            .for_each(&mut take);
    } else {
        folded(text, &mut take);
    }
    take(' ');
    words
}

/// All words as one.
pub(super) fn joined(text: &str) -> String {
    words(text).concat()
}

/// How like two words are, from 0 to 1 (Jaro and Winkler); the same either way round.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    // The measure itself may differ with the order in rare cases.
    jaro_winkler(one.min(other), one.max(other))
}

fn folded(text: &str, take: &mut impl FnMut(char)) {
    let plain = text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .default_case_fold();
    for character in plain {
        match character {
            '\u{80}'..='\u{24f}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}'
                if character.is_alphabetic() =>
            {
                match deunicode_char(character) {
                    Some(latin) => latin
                        .chars()
                        .map(|latin| latin.to_ascii_lowercase())
                        .for_each(&mut *take),
                    None => take(character),
                }
            }
            _ => take(character),
        }
    }
}

/// Characters that stand within a word.
fn joins(character: char) -> bool {
    matches!(
        character,
        '.' | '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_matter() {
        for (text, expected) in [
            ("  O’Brien-Smith ", "obrien smith"),
            ("A.B.C. Corp", "abc corp"),
            ("MÜLLER & Söhne", "muller sohne"),
            ("Straße", "strasse"),
            ("Łódź Ærø", "lodz aero"),
            ("ﬁne Ｗidth", "fine width"),
            ("Иванов", "ivanov"),
            ("王伟", "王伟"),
            ("e\u{301}toile", "etoile"),
            ("İstanbul", "istanbul"),
            ("---", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }
}
