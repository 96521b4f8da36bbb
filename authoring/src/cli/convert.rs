//! `passerelle convert`: JSON to YAML and back. Everything stays, whether it is right or not, but comments.

use super::save::{check_free, save};
use super::source::Source;
use crate::tree::{Notation, read};
use crate::write;
use anyhow::{Result, anyhow};
use clap::Args;
use std::io::{Read, Write};
use std::path::PathBuf;

/// Writes an assistant as YAML when it is JSON, as JSON when it is YAML. Comments are lost: JSON has none.
#[derive(Clone, Debug, Args)]
pub struct Convert {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// Where it is written, in the notation of this name; printed, in the other notation, when absent.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl Convert {
    /// Converts the file.
    pub fn run(&self, stdin: &mut dyn Read, out: &mut dyn Write) -> Result<bool> {
        self.out.as_ref().map_or(Ok(()), |path| check_free(path, self.force))?;
        let source = Source::read(&self.file, stdin)?;
        let tree = read(source.notation, &source.text).map_err(|unreadable| {
            let (line, column) = (unreadable.place.line, unreadable.place.column);
            anyhow!("{}:{line}:{column}: {}; {}", source.name, unreadable.problem, unreadable.remedy)
        })?;
        let wanted = match (&self.out, source.notation) {
            (Some(path), _) => Notation::of(&path.to_string_lossy()),
            (None, Notation::Json) => Notation::Yaml,
            (None, Notation::Yaml) => Notation::Json,
        };
        let text = match wanted {
            Notation::Json => write::json(&tree.to_json()),
            Notation::Yaml => write::yaml(&tree.to_json()),
        };
        match &self.out {
            Some(path) => save(path, &text)?,
            None => out.write_all(text.as_bytes())?,
        }
        Ok(true)
    }
}
