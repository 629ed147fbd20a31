//! Who uses this window.

use crate::Engine;
use crate::audit::{self, Entry};
use crate::contract::app::AppState;
use crate::contract::audit::AuditArea;
use crate::contract::people::PersonHandle;
use crate::fault::Fault;
use crate::integration::app_state;
use crate::people::require_person;

/// `people.switch_operator`
pub(crate) async fn switch_operator(engine: &Engine, params: PersonHandle) -> Result<AppState, Fault> {
    engine
        .write(move |write| {
            let person = require_person(write, params.person)?;
            let before = write.operator()?;
            if before
                .as_ref()
                .is_some_and(|before| before.person_id == person.person_id)
            {
                return Ok(());
            }
            write.set_operator(person.person_id)?;
            let entry = Entry::new(
                AuditArea::People,
                "operator_switched",
                format!("Handed this window to {}.", person.name),
            );
            let entry = match before {
                Some(before) => entry.before(before.name.clone()).by(before),
                None => entry,
            };
            audit::note(write, entry.after(person.name))
        })
        .await?;
    let state = app_state(engine).await?;
    engine.emit_state().await;
    Ok(state)
}
