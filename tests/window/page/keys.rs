//! What people do on a page who have no pointer.

use anyhow::{Context, Result, bail};

use super::Page;
use crate::driver::{Key, PATIENCE, until};

/// More presses of one key than any page needs.
const MOST_PRESSES: usize = 200;

impl Page {
    /// Waits for the element, goes there by Tab, and presses Enter on it.
    pub async fn press_enter_on(&self, role: &str, name: &str) -> Result<()> {
        self.focus_by_tab(role, name).await?;
        self.session.press(&[Key::Enter]).await
    }

    /// Waits for the element, goes there by Tab, and presses the space bar on it.
    pub async fn press_space_on(&self, role: &str, name: &str) -> Result<()> {
        self.focus_by_tab(role, name).await?;
        self.session.press(&[Key::Character(' ')]).await
    }

    /// Goes by Tab to a group whose chosen card has these words, and by the arrows to another card, which chooses it.
    pub async fn choose_card(&self, chosen: &str, other: &str) -> Result<()> {
        self.find_containing("radio", chosen).await?;
        self.go_by(Key::Tab, "radio", chosen, "contains").await?;
        self.go_by(Key::Down, "radio", other, "contains").await
    }

    /// Goes to the field by Tab, and types in place of what is there.
    pub async fn type_into(&self, label: &str, text: &str) -> Result<()> {
        self.focus_by_tab("textbox", label).await?;
        self.session.press(&[Key::Control, Key::Character('a')]).await?;
        for character in text.chars() {
            self.session.press(&[Key::Character(character)]).await?;
        }
        Ok(())
    }

    /// Waits for the element, and goes there by Tab.
    pub async fn focus_by_tab(&self, role: &str, name: &str) -> Result<()> {
        self.find(role, name).await?;
        self.go_by(Key::Tab, role, name, "exact").await
    }

    /// Presses Escape until the dialog is gone; a tooltip that is open takes the first one for itself.
    pub async fn escape_from_dialog(&self, title: &str) -> Result<()> {
        until(&format!("dialog \"{title}\" to close"), PATIENCE, async || {
            self.session.press(&[Key::Escape]).await?;
            let dialogs = self.names("dialog").await?;
            Ok((!dialogs.iter().any(|name| name == title)).then_some(()))
        })
        .await
    }

    /// Goes to a table by Tab and to the row with these words by the arrows, and opens it.
    ///
    /// The first cell of a row chooses it; its name, and what Enter opens, is in the second.
    pub async fn open_row_by_keyboard(&self, table: &str, words: &str) -> Result<()> {
        self.find("grid", table).await?;
        self.find_containing("row", words).await?;
        self.go_by(Key::Tab, "row", "", "contains").await?;
        self.go_by(Key::Down, "row", words, "contains").await?;
        self.session.press(&[Key::Right]).await?;
        self.session.press(&[Key::Enter]).await
    }

    /// Goes to a table by Tab, to the row with these words and to a column from 0 by the arrows, and presses Enter there.
    pub async fn open_cell_by_keyboard(&self, table: &str, words: &str, column: usize) -> Result<()> {
        self.find("grid", table).await?;
        self.find_containing("row", words).await?;
        self.go_by(Key::Tab, "row", "", "contains").await?;
        self.go_by(Key::Down, "row", words, "contains").await?;
        for _ in 0..column {
            self.session.press(&[Key::Right]).await?;
        }
        self.session.press(&[Key::Enter]).await
    }

    /// Opens the menu of the button with these words in its name, goes to an entry by the arrows, and presses Enter on it.
    pub async fn choose_from_menu(&self, button: &str, entry: &str) -> Result<()> {
        self.find_containing("button", button).await?;
        self.go_by(Key::Tab, "button", button, "contains").await?;
        self.session.press(&[Key::Enter]).await?;
        self.find("menuitem", entry).await?;
        self.go_by(Key::Down, "menuitem", entry, "exact").await?;
        self.session.press(&[Key::Enter]).await
    }

    /// Presses the key until such an element has the focus.
    async fn go_by(&self, key: Key, role: &str, name: &str, matching: &str) -> Result<()> {
        for _ in 0..MOST_PRESSES {
            let found = self.by_role(role, name, matching).await?;
            let all = found.as_array().context("the page found no list of elements")?;
            if all.iter().any(|one| one["is_focused"] == true) {
                return Ok(());
            }
            self.session.press(&[key]).await?;
        }
        bail!("{MOST_PRESSES} times {key:?} never reached {role} \"{name}\"")
    }
}
