//! The connection doctor: whether the org and the connected user allow what the app does.

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::doctor::{CheckHandle, DoctorReport};
use crate::contract::lists::SavedFile;
use crate::fault::Fault;

/// `doctor.last`
pub(crate) async fn last(_engine: &Engine, _params: Nothing) -> Result<Option<DoctorReport>, Fault> {
    Err(Fault::unanswered())
}

/// `doctor.run`
pub(crate) async fn run(_engine: &Engine, _params: Nothing) -> Result<DoctorReport, Fault> {
    Err(Fault::unanswered())
}

/// `doctor.open_setup`
pub(crate) async fn open_setup(_engine: &Engine, _params: CheckHandle) -> Result<Nothing, Fault> {
    Err(Fault::unanswered())
}

/// `doctor.save_permission_set`
pub(crate) async fn save_permission_set(
    _engine: &Engine,
    _params: Nothing,
) -> Result<Option<SavedFile>, Fault> {
    Err(Fault::unanswered())
}
