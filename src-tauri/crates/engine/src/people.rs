//! The people of the organisation, and who of them uses this window.

use crate::Engine;
use crate::contract::app::{AppState, Nothing};
use crate::contract::lists::FileHandle;
use crate::contract::people::{AddPerson, ChangePerson, People, PeopleFileCheck, PeopleHandle, PersonHandle};
use crate::fault::Fault;

/// `people.list`
pub(crate) async fn list(_engine: &Engine, _params: Nothing) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.add`
pub(crate) async fn add(_engine: &Engine, _params: AddPerson) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.change`
pub(crate) async fn change(_engine: &Engine, _params: ChangePerson) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.remove`
pub(crate) async fn remove(_engine: &Engine, _params: PeopleHandle) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.restore`
pub(crate) async fn restore(_engine: &Engine, _params: PeopleHandle) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.choose_file`
pub(crate) async fn choose_file(
    _engine: &Engine,
    _params: Nothing,
) -> Result<Option<PeopleFileCheck>, Fault> {
    Err(Fault::unanswered())
}

/// `people.import_file`
pub(crate) async fn import_file(_engine: &Engine, _params: FileHandle) -> Result<People, Fault> {
    Err(Fault::unanswered())
}

/// `people.switch_operator`
pub(crate) async fn switch_operator(_engine: &Engine, _params: PersonHandle) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}
