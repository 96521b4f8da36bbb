//! The assistant's own words about a question: its options, and what it says to an invalid answer.

use crate::definition::{Ask, Kind, Range};

/// Labels of the answers that can be chosen.
pub fn labels(ask: &Ask) -> Vec<String> {
    match &ask.kind {
        Kind::Options(choices) => choices.iter().map(|choice| choice.label.clone()).collect(),
        Kind::YesNo { yes, no } => yes.first().into_iter().chain(no.first()).cloned().collect(),
        Kind::Number(_) | Kind::Text => Vec::new(),
    }
}

/// What is said to an invalid answer when the author wrote nothing.
pub fn default_invalid_text(kind: &Kind) -> String {
    match kind {
        Kind::Options(_) => "I didn't catch that. Select a valid option:".to_owned(),
        Kind::YesNo { .. } | Kind::Text => {
            "I'm sorry, I did not catch that, please restate your response.".to_owned()
        }
        Kind::Number(range) => format!("I didn't catch that. Enter a {}.", in_words(*range)),
    }
}

fn in_words(range: Range) -> String {
    let number = if range.whole { "whole number" } else { "number" };
    match (range.min, range.max) {
        (Some(min), Some(max)) => format!("{number} from {min} to {max}"),
        (Some(min), None) => format!("{number}, {min} or more"),
        (None, Some(max)) => format!("{number}, {max} or less"),
        (None, None) => number.to_owned(),
    }
}
