//! `mapping show`

use engine::{Engine, Fault};

use crate::exit::Exit;
use crate::options::MappingCommand;
use crate::output::Output;

/// Prints the mapping document of one object.
pub async fn run(engine: &Engine, command: &MappingCommand, output: Output) -> Result<Exit, Fault> {
    let MappingCommand::Show { object } = command;
    let document = engine::mapping_document(engine, object.word()).await?;
    let text = serde_json::to_string_pretty(&document).unwrap_or_else(|_| document.to_string());
    output.result(&document, &text);
    Ok(Exit::Done)
}
