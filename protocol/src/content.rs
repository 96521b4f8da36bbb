//! What a message says.

use crate::limits::{
    CARDS_MAX, MESSAGE_BYTES_MAX, OPTION_LABEL_BYTES_MAX, OPTIONS_MAX, USER_DEFINED_BYTES_MAX,
};
use crate::rich::{Button, Card, Media, Show, Table};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A line of text within its bounds: not blank, at most [`MESSAGE_BYTES_MAX`] bytes. It is plain text with a little
/// Markdown; no part of it is ever HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

impl Line {
    /// Takes a text, or says why it cannot be a message.
    pub fn new(text: impl Into<String>) -> Result<Self, LineError> {
        let text = text.into();
        if text.trim().is_empty() {
            return Err(LineError::Blank);
        }
        if text.len() > MESSAGE_BYTES_MAX {
            return Err(LineError::TooLong { bytes: text.len() });
        }
        Ok(Self(text))
    }

    /// The text as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Line {
    type Error = LineError;

    fn try_from(text: String) -> Result<Self, LineError> {
        Self::new(text)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> String {
        line.0
    }
}

/// Why a text cannot be a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineError {
    /// Nothing but white space.
    Blank,
    /// More than [`MESSAGE_BYTES_MAX`].
    TooLong {
        /// How long it is.
        bytes: usize,
    },
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("a message cannot be empty"),
            Self::TooLong { bytes } => write!(
                f,
                "a message can have {MESSAGE_BYTES_MAX} bytes and this one has {bytes}: send it in parts"
            ),
        }
    }
}

impl std::error::Error for LineError {}

/// What a message carries. A client that does not know a kind shows [`Content::as_plain_text`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text {
        /// What is said.
        text: Line,
    },
    /// Words, and choices to answer them with.
    Options {
        /// The question.
        text: Line,
        /// Labels of the choices, in order; choosing one is saying its label.
        options: Vec<String>,
        /// How they are shown.
        show: Show,
    },
    /// A question for a day, to be answered in words or with a date picker. Choosing a day says it as `2026-11-21`.
    Date {
        /// The question.
        text: Line,
        /// The first day that can be chosen, as `2026-11-21`.
        from: Option<String>,
        /// The last one.
        to: Option<String>,
    },
    /// A picture, a film, a sound, or another page.
    Media(Media),
    /// A button on its own.
    Button(Button),
    /// A card.
    Card(Card),
    /// Cards side by side.
    Carousel(Vec<Card>),
    /// A table.
    Table(Table),
    /// Something only the page around the chat knows how to draw.
    UserDefined {
        /// Its JSON.
        json: String,
        /// What is shown where nobody knows it; may be empty.
        text: String,
    },
}

impl Content {
    /// Words alone.
    pub fn text(text: impl Into<String>) -> Result<Self, LineError> {
        Ok(Self::Text { text: Line::new(text)? })
    }

    /// What a reader without any special display sees.
    pub fn as_plain_text(&self) -> String {
        match self {
            Self::Text { text } => text.as_str().to_owned(),
            Self::Options { text, options, show: Show::Auto | Show::Buttons | Show::List } => {
                format!("{} [{}]", text.as_str(), options.join(" | "))
            }
            Self::Options { text, show: Show::Hidden, .. } | Self::Date { text, .. } => {
                text.as_str().to_owned()
            }
            Self::Media(media) => media.as_plain_text(),
            Self::Button(button) => format!("[{}]", button.label),
            Self::Card(card) => card.as_plain_text(),
            Self::Carousel(cards) => {
                cards.iter().map(Card::as_plain_text).collect::<Vec<String>>().join("\n")
            }
            Self::Table(table) => table.as_plain_text(),
            Self::UserDefined { text, .. } => text.clone(),
        }
    }

    /// Checks the bounds that the types do not hold by themselves; the error says which one is broken.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::Text { .. } => Ok(()),
            Self::Options { options, .. } => check_options(options),
            Self::Date { from, to, .. } => check_days(from.as_ref(), to.as_ref()),
            Self::Media(media) => media.check(),
            Self::Button(button) => button.check(),
            Self::Card(card) => card.check(),
            Self::Carousel(cards) if cards.len() > CARDS_MAX => {
                Err(format!("a carousel can have {CARDS_MAX} cards and this one has {}", cards.len()))
            }
            Self::Carousel(cards) => cards.iter().try_for_each(Card::check),
            Self::Table(table) => table.check(),
            Self::UserDefined { json, text } => match json.len().max(text.len()) {
                0..=USER_DEFINED_BYTES_MAX => Ok(()),
                bytes => {
                    Err(format!("own content can have {USER_DEFINED_BYTES_MAX} bytes and this has {bytes}"))
                }
            },
        }
    }
}

fn check_days(from: Option<&String>, to: Option<&String>) -> Result<(), String> {
    let is_day = |text: &&String| {
        let shape = |(index, byte): (usize, u8)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        };
        text.len() == 10 && text.bytes().enumerate().all(shape)
    };
    match from.into_iter().chain(to).find(|day| !is_day(day)) {
        Some(_) => Err("a day is written as 2026-11-21".to_owned()),
        None => Ok(()),
    }
}

fn check_options(options: &[String]) -> Result<(), String> {
    if options.len() > OPTIONS_MAX {
        return Err(format!("a question can have {OPTIONS_MAX} options and this one has {}", options.len()));
    }
    match options.iter().position(|label| label.trim().is_empty() || label.len() > OPTION_LABEL_BYTES_MAX) {
        Some(at) => Err(format!("option {} must have 1 to {OPTION_LABEL_BYTES_MAX} bytes", at + 1)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_neither_blank_nor_too_long() {
        assert_eq!(Line::new(" \n"), Err(LineError::Blank));
        assert!(Line::new("x".repeat(MESSAGE_BYTES_MAX)).is_ok());
        let long = MESSAGE_BYTES_MAX + 1;
        assert_eq!(Line::new("x".repeat(long)), Err(LineError::TooLong { bytes: long }));
    }

    #[test]
    fn an_oversized_line_is_refused_while_reading_json() {
        let json = format!(r#"{{"text":{{"text":"{}"}}}}"#, "x".repeat(MESSAGE_BYTES_MAX + 1));
        let error = serde_json::from_str::<Content>(&json).expect_err("must be refused");
        assert!(error.to_string().contains("send it in parts"), "{error}");
    }

    #[test]
    fn too_many_options_are_named() {
        let options = vec!["x".to_owned(); OPTIONS_MAX + 1];
        let content = Content::Options { text: Line::new("Which?").unwrap(), options, show: Show::Auto };
        assert!(content.check().unwrap_err().contains("51"));
    }
}
