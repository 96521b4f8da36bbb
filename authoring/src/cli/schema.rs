//! `passerelle schema`: the formats' JSON Schemas, for editors.

use crate::schema::{RECORDING_SCHEMA, SCHEMA, WORKFLOW_SCHEMA, text};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::io::Write;

/// Prints the JSON Schema of assistants, of workflows, or of recorded conversations.
#[derive(Clone, Debug, Args)]
pub struct Schema {
    /// Of what.
    #[arg(value_enum, default_value_t = Of::Assistant)]
    of: Of,
}

/// What a file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Of {
    /// An assistant.
    Assistant,
    /// A workflow.
    Workflow,
    /// A recorded conversation, for `passerelle workflow run`.
    Recording,
}

impl Schema {
    /// Prints it.
    pub fn run(&self, out: &mut dyn Write) -> Result<bool> {
        let schema = match self.of {
            Of::Assistant => &SCHEMA,
            Of::Workflow => &WORKFLOW_SCHEMA,
            Of::Recording => &RECORDING_SCHEMA,
        };
        out.write_all(text(schema).as_bytes())?;
        Ok(true)
    }
}
