//! Test Mapping.

use crate::Engine;
use crate::contract::app::Nothing;
use crate::contract::mapping::test::{MappingTest, TestHandle, TestMapping, TestRecordHandle};
use crate::fault::{Code, Fault};

/// `mapping.test`
pub(crate) async fn run(_engine: &Engine, _params: TestMapping) -> Result<MappingTest, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.clean_test`
pub(crate) async fn clean(_engine: &Engine, _params: TestHandle) -> Result<MappingTest, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}

/// `mapping.open_record`
pub(crate) async fn open_record(_engine: &Engine, _params: TestRecordHandle) -> Result<Nothing, Fault> {
    Err(Fault::new(Code::UnknownCall, "This comes with its slice."))
}
