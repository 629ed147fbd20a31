//! Words, literals and signs of a query's text.

use super::QueryFault;

/// One word of the query.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A name or keyword.
    Word(String),
    /// What stands between single quotes, escapes unread.
    Text(String),
    /// Something that begins with a digit or sign: a number, a date or a moment.
    Figure(String),
    /// A sign: `( ) , . : = != < <= > >= <>`.
    Sign(&'static str),
    /// The end of the text.
    End,
}

impl Token {
    /// How an error names it.
    pub fn shown(&self) -> String {
        match self {
            Self::Word(text) | Self::Figure(text) => text.clone(),
            Self::Text(text) => format!("'{text}'"),
            Self::Sign(sign) => (*sign).to_owned(),
            Self::End => "<EOF>".to_owned(),
        }
    }
}

const SIGNS: [&str; 12] = ["!=", "<>", "<=", ">=", "(", ")", ",", ".", ":", "=", "<", ">"];

/// Splits a query; each token comes with its byte position. The last is [`Token::End`].
pub fn tokens(text: &str) -> Result<Vec<(Token, usize)>, QueryFault> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let byte = bytes[at];
        if byte.is_ascii_whitespace() {
            at += 1;
        } else if byte == b'\'' {
            at = end_of_text(text, start)?;
            found.push((Token::Text(text[start + 1..at - 1].to_owned()), start));
        } else if byte.is_ascii_alphabetic() || byte == b'_' {
            at = run(bytes, at, |byte| byte.is_ascii_alphanumeric() || byte == b'_');
            found.push((Token::Word(text[start..at].to_owned()), start));
        } else if byte.is_ascii_digit() || ((byte == b'-' || byte == b'+') && starts_digit(bytes, at + 1)) {
            at = run(bytes, at + 1, |byte| {
                byte.is_ascii_alphanumeric() || b":.+-".contains(&byte)
            });
            found.push((Token::Figure(text[start..at].to_owned()), start));
        } else if let Some(sign) = SIGNS.iter().find(|sign| text[start..].starts_with(*sign)) {
            at += sign.len();
            found.push((Token::Sign(sign), start));
        } else {
            let character = text[start..].chars().next().unwrap_or_default();
            return Err(QueryFault::malformed(
                text,
                start,
                format!("unexpected token: '{character}'"),
            ));
        }
    }
    found.push((Token::End, text.len()));
    Ok(found)
}

fn run(bytes: &[u8], mut at: usize, belongs: impl Fn(u8) -> bool) -> usize {
    while bytes.get(at).is_some_and(|byte| belongs(*byte)) {
        at += 1;
    }
    at
}

fn starts_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// The position behind the closing quote of the text that opens at `start`.
fn end_of_text(text: &str, start: usize) -> Result<usize, QueryFault> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'\'' => return Ok(at + 1),
            _ => at += 1,
        }
    }
    Err(QueryFault::malformed(
        text,
        start,
        "line ended inside a string literal",
    ))
}

/// A piece of a text literal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A character.
    Character(char),
    /// `_` of a LIKE pattern.
    One,
    /// `%` of a LIKE pattern.
    Many,
}

/// Reads the escapes of a text literal. In a LIKE pattern, bare `%` and `_` are wildcards. `None` for an escape that
/// SOQL does not know (SOQL guide, quoted string escape sequences).
pub fn pieces(raw: &str, like: bool) -> Option<Vec<Piece>> {
    let mut found = Vec::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        let piece = match character {
            '%' if like => Piece::Many,
            '_' if like => Piece::One,
            '\\' => Piece::Character(match characters.next()? {
                'n' | 'N' => '\n',
                'r' | 'R' => '\r',
                't' | 'T' => '\t',
                'b' | 'B' => '\u{8}',
                'f' | 'F' => '\u{c}',
                same @ ('\'' | '"' | '\\') => same,
                same @ ('_' | '%') if like => same,
                'u' => {
                    let digits: String = characters.by_ref().take(4).collect();
                    if digits.len() != 4 {
                        return None;
                    }
                    unicode(u32::from_str_radix(&digits, 16).ok()?, &mut characters)?
                }
                _ => return None,
            }),
            other => Piece::Character(other),
        };
        found.push(piece);
    }
    Some(found)
}

/// The character of `\uXXXX`; a pair of surrogates makes one character.
fn unicode(unit: u32, rest: &mut std::str::Chars<'_>) -> Option<char> {
    if !(0xD800..0xDC00).contains(&unit) {
        return char::from_u32(unit);
    }
    if rest.next()? != '\\' || rest.next()? != 'u' {
        return None;
    }
    let digits: String = rest.by_ref().take(4).collect();
    let low = u32::from_str_radix(&digits, 16)
        .ok()
        .filter(|low| (0xDC00..0xE000).contains(low))?;
    char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
}

/// The text of a literal that is no pattern.
pub fn plain(raw: &str) -> Option<String> {
    let found = pieces(raw, false)?;
    let characters = found.into_iter().filter_map(|piece| match piece {
        Piece::Character(character) => Some(character),
        Piece::One | Piece::Many => None,
    });
    Some(characters.collect())
}
