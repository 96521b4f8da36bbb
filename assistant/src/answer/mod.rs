//! Reading what was said as the answer to a question.

mod choice;
mod number;
mod yes_no;

use crate::definition::Kind;
use crate::value::Value;
use protocol::limits::MESSAGE_BYTES_MAX;

/// What an utterance is worth as an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// It is the answer and nothing else.
    Plain(Value),
    /// The answer stands in it, among other words.
    Inside(Value),
    /// It is no valid answer, for this reason.
    Refused(String),
}

/// Reads an utterance. `language` decides what a point and a comma mean in numbers.
pub fn read(kind: &Kind, said: &str, language: &str) -> Reading {
    match kind {
        Kind::Options(choices) => choice::read(choices, said),
        Kind::Number(range) => number::read(*range, said, language),
        Kind::YesNo { yes, no } => yes_no::read(yes, no, said),
        Kind::Text => text(said),
    }
}

/// The first bytes of a text, cut between characters.
pub fn cut(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

fn text(said: &str) -> Reading {
    match said.trim() {
        "" => Reading::Refused("nothing was said".to_owned()),
        words => Reading::Plain(Value::Text(cut(words, MESSAGE_BYTES_MAX).to_owned())),
    }
}
