//! Keys pressed and let go, as a person would: down, a short hold, up.

use anyhow::Result;
use serde_json::{Value, json};

use super::Session;

/// How long a key is held. React Aria tells a press from a repeat by the events between, so it must not be zero.
const HOLD_MILLISECONDS: u64 = 30;

/// Keys by name; the codes are WebDriver's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Tab,
    Enter,
    Escape,
    Right,
    Up,
    Down,
    Delete,
    Control,
    Alt,
    /// A key that writes this character.
    Character(char),
}

impl Key {
    fn code(self) -> char {
        match self {
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Escape => '\u{E00C}',
            Self::Right => '\u{E014}',
            Self::Up => '\u{E013}',
            Self::Down => '\u{E015}',
            Self::Delete => '\u{E017}',
            Self::Control => '\u{E009}',
            Self::Alt => '\u{E00A}',
            Self::Character(character) => character,
        }
    }
}

impl Session {
    /// Presses keys together: all but the last are held while the last is pressed.
    pub async fn press(&self, chord: &[Key]) -> Result<()> {
        let event = |kind: &str, key: &Key| json!({ "type": kind, "value": key.code().to_string() });
        let mut steps: Vec<Value> = chord.iter().map(|key| event("keyDown", key)).collect();
        steps.push(json!({ "type": "pause", "duration": HOLD_MILLISECONDS }));
        steps.extend(chord.iter().rev().map(|key| event("keyUp", key)));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": steps });
        self.post("/actions", json!({ "actions": [keyboard] }))
            .await
            .map(drop)
    }
}
