//! The audit log: who did what, when, and what was before and after.

use crate::Engine;
use crate::contract::audit::{AuditPage, AuditQuery, SaveAudit};
use crate::contract::lists::SavedFile;
use crate::fault::Fault;

/// `audit.list`
pub(crate) async fn list(_engine: &Engine, _params: AuditQuery) -> Result<AuditPage, Fault> {
    Err(Fault::unanswered())
}

/// `audit.save_file`
pub(crate) async fn save_file(_engine: &Engine, _params: SaveAudit) -> Result<Option<SavedFile>, Fault> {
    Err(Fault::unanswered())
}
