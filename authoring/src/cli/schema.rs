//! `passerelle schema`: the format's JSON Schema, for editors.

use anyhow::Result;
use clap::Args;
use std::io::Write;

/// Prints the JSON Schema of assistants.
#[derive(Clone, Debug, Args)]
pub struct Schema {}

impl Schema {
    /// Prints it.
    pub fn run(&self, out: &mut dyn Write) -> Result<bool> {
        out.write_all(crate::schema::text().as_bytes())?;
        Ok(true)
    }
}
