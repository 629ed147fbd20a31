//! The workspaces of this machine: one an org.

use crate::Engine;
use crate::contract::app::{AppState, Nothing};
use crate::contract::workspaces::{NewWorkspace, RenameWorkspace, WorkspaceHandle, Workspaces};
use crate::fault::Fault;

/// `workspaces.list`
pub(crate) async fn list(_engine: &Engine, _params: Nothing) -> Result<Workspaces, Fault> {
    Err(Fault::unanswered())
}

/// `workspaces.create`
pub(crate) async fn create(_engine: &Engine, _params: NewWorkspace) -> Result<Nothing, Fault> {
    Err(Fault::unanswered())
}

/// `workspaces.open`
pub(crate) async fn open(_engine: &Engine, _params: WorkspaceHandle) -> Result<Nothing, Fault> {
    Err(Fault::unanswered())
}

/// `workspaces.forget`
pub(crate) async fn forget(_engine: &Engine, _params: WorkspaceHandle) -> Result<Workspaces, Fault> {
    Err(Fault::unanswered())
}

/// `workspaces.rename`
pub(crate) async fn rename(_engine: &Engine, _params: RenameWorkspace) -> Result<AppState, Fault> {
    Err(Fault::unanswered())
}
