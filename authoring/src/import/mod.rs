//! Assistants that were written elsewhere, as documents of ours.
//!
//! Nothing is dropped in silence. An importer reads its source through [`node::Node`], which remembers what was read;
//! what nobody has read or set aside in the end is kept in the document as it stood, with a word on why.

mod ledger;
mod lenient;
mod name;
mod node;
mod notes;
mod report;
mod settle;
pub mod watsonx;

pub use report::{Counts, Note, Report, Sort, Taken};

use crate::Document;
use std::fmt;

/// What became of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The assistant.
    pub document: Document,
    /// What was carried over and what was not.
    pub report: Report,
}

/// Why a file could not be imported at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// Where in the file: line and column from 1. `None` is the whole file.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.place {
            write!(f, "{line}:{column}: ")?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

impl std::error::Error for ImportError {}
