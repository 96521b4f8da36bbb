//! Files named on the command line; `-` is standard input.

use crate::tree::Notation;
use anyhow::{Context, Result};
use std::io::Read;
use std::path::Path;

/// A file's name and text.
pub struct Source {
    /// How it is called in what is printed.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// How it is written.
    pub notation: Notation,
}

impl Source {
    /// One of which only the name is known.
    pub fn unread(path: &Path) -> Self {
        let name = path.display().to_string();
        Self { notation: Notation::of(&name), name, text: String::new() }
    }

    /// Reads a file. Standard input has no name that would tell its notation: what begins with a brace is JSON.
    pub fn read(path: &Path, stdin: &mut dyn Read) -> Result<Self> {
        if path == Path::new("-") {
            let mut text = String::new();
            stdin.read_to_string(&mut text).context("cannot read standard input")?;
            let notation = if text.trim_start().starts_with('{') { Notation::Json } else { Notation::Yaml };
            return Ok(Self { name: "<stdin>".to_owned(), text, notation });
        }
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.display().to_string();
        Ok(Self { notation: Notation::of(&name), name, text })
    }
}
