//! What a step says.

use super::Expr;
use protocol::rich::{Button, Card, Media, Table};
use serde::{Deserialize, Serialize};

/// One thing said or shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Words.
    Text(Wordings),
    /// A wait before what follows.
    Pause {
        /// How long; at most `protocol::limits::PAUSE_MS_MAX`.
        ms: u32,
        /// Whether the assistant seems to write meanwhile.
        typing: bool,
    },
    /// A picture, a film, a sound, or another page.
    Media(Media<Text>),
    /// A button on its own.
    Button(Button<Text>),
    /// A card.
    Card(Card<Text>),
    /// Cards side by side.
    Carousel(Vec<Card<Text>>),
    /// A table.
    Table(Table<Text>),
    /// A date picker beside no date question; choosing a date says it.
    DatePicker,
    /// Something only the page around the chat knows how to draw.
    UserDefined {
        /// Its JSON.
        json: Text,
        /// What is shown where nobody knows it; may be empty.
        text: Text,
    },
}

/// Words, in one or several wordings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wordings {
    /// How the wording is chosen.
    pub order: Order,
    /// The wordings; at least one.
    pub texts: Vec<Text>,
}

/// How one of several wordings is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// The first the first time, then the second, and around.
    InTurn,
    /// By chance, never the same twice in a row.
    Random,
    /// All of them, one message each.
    All,
}

/// A text with values to insert.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Text(pub Vec<Part>);

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// As it stands.
    Words(String),
    /// The value of this, as `Display` shows it; nothing when it has none.
    Insert(Expr),
}

impl Text {
    /// A text with nothing to insert.
    pub fn plain(words: &str) -> Self {
        Self(vec![Part::Words(words.to_owned())])
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|part| matches!(part, Part::Words(words) if words.is_empty()))
    }
}
