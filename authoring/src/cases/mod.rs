//! Conversation tests: talks written as text files, played without a browser, compared line by line.
//!
//! ```text
//! == Two people for three hours
//! clock: 2026-05-04T10:00 Europe/Lisbon
//!
//! visitor: I want to hire a kayak
//! assistant: For one or for two?
//!   [Single] [Double]
//! visitor: double
//! assistant: For how many hours?
//! visitor: 3
//! expect: price = 18
//! hand-off: boathouse (planned)
//!   Kayak = Double
//! ```
//!
//! [`TalkFile::parse`] reads them, [`play`] plays one case, [`compare`] says whether it went as written and, where it
//! did not, gives the case as it went: the diff of the two is the report, and the second is what `--update` writes.
//! `docs/testing.md` describes the format to authors.

mod compare;
mod coverage;
mod file;
mod names;
mod parse;
mod play;
mod report;
mod wording;

pub use compare::{Verdict, compare};
pub use coverage::{Coverage, Share};
pub use file::{Case, Input, Item, ItemKind, Look, Output, TalkFile};
pub use names::unknown_names;
pub use parse::NotATalk;
pub use play::{Clock, Played, play};
pub use report::{Format, Ran, Went, diff, human, junit, tap};
pub(crate) use wording::{hand_off_lines, reply_lines};
