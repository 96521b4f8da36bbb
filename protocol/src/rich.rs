//! What a message can show beside words: pictures, buttons, cards, tables. `T` is a text: a plain one on the wire, one
//! with values to insert in an assistant's definition.

use crate::limits::{
    BUTTONS_MAX, CARD_PARTS_MAX, MESSAGE_BYTES_MAX, OPTION_LABEL_BYTES_MAX, TABLE_COLUMNS_MAX,
    TABLE_ROWS_MAX, URL_BYTES_MAX,
};
use serde::{Deserialize, Serialize};

/// How choices are shown (`watsonx.md` 1.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Buttons up to four, a list from five on.
    #[default]
    Auto,
    /// Buttons.
    Buttons,
    /// A list to open.
    List,
    /// Not at all: the question is open.
    Hidden,
}

/// What kind of thing is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// A sound.
    Audio,
    /// Another page, in a frame of its own.
    Frame,
}

/// A picture, a film, a sound, or another page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Media<T = String> {
    /// What it is.
    pub kind: MediaKind,
    /// Where it lies: an `https` address.
    pub source: T,
    /// Above it.
    pub title: Option<T>,
    /// Below it.
    pub description: Option<T>,
    /// For those who cannot see or hear it.
    pub alt: Option<T>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Button<T = String> {
    /// What stands on it.
    pub label: T,
    /// How much it stands out.
    pub look: ButtonLook,
    /// What pressing it does.
    pub press: Press<T>,
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ButtonLook {
    /// The one to press.
    #[default]
    Primary,
    /// Another.
    Secondary,
    /// Loses something.
    Danger,
    /// Like a link.
    Link,
}

/// What pressing a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Press<T = String> {
    /// The visitor says this.
    Say(T),
    /// This address opens in a new tab.
    Open(T),
    /// The page around the chat is told.
    Emit {
        /// The event's name.
        event: String,
        /// JSON for it; may be empty.
        data: T,
    },
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Card<T = String> {
    /// What is on it.
    pub body: Vec<CardPart<T>>,
    /// What can be done.
    pub buttons: Vec<Button<T>>,
}

/// Something on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CardPart<T = String> {
    /// Words, with a little Markdown.
    Text(T),
    /// A picture, a film or a sound.
    Media(Media<T>),
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table<T = String> {
    /// Above it.
    pub title: Option<T>,
    /// Below the title.
    pub description: Option<T>,
    /// Names of the columns.
    pub headers: Vec<T>,
    /// Cells by row; each row has as many as there are headers.
    pub rows: Vec<Vec<T>>,
}

impl<T> Media<T> {
    /// The same with other texts.
    pub fn map<U>(&self, text: &mut impl FnMut(&T) -> U) -> Media<U> {
        Media {
            kind: self.kind,
            source: text(&self.source),
            title: self.title.as_ref().map(&mut *text),
            description: self.description.as_ref().map(&mut *text),
            alt: self.alt.as_ref().map(&mut *text),
        }
    }
}

impl<T> Button<T> {
    /// The same with other texts.
    pub fn map<U>(&self, text: &mut impl FnMut(&T) -> U) -> Button<U> {
        let press = match &self.press {
            Press::Say(said) => Press::Say(text(said)),
            Press::Open(address) => Press::Open(text(address)),
            Press::Emit { event, data } => Press::Emit { event: event.clone(), data: text(data) },
        };
        Button { label: text(&self.label), look: self.look, press }
    }
}

impl<T> Card<T> {
    /// The same with other texts.
    pub fn map<U>(&self, text: &mut impl FnMut(&T) -> U) -> Card<U> {
        let body = self.body.iter().map(|part| match part {
            CardPart::Text(words) => CardPart::Text(text(words)),
            CardPart::Media(media) => CardPart::Media(media.map(text)),
        });
        Card { body: body.collect(), buttons: self.buttons.iter().map(|button| button.map(text)).collect() }
    }
}

impl<T> Table<T> {
    /// The same with other texts.
    pub fn map<U>(&self, text: &mut impl FnMut(&T) -> U) -> Table<U> {
        Table {
            title: self.title.as_ref().map(&mut *text),
            description: self.description.as_ref().map(&mut *text),
            headers: self.headers.iter().map(&mut *text).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(&mut *text).collect()).collect(),
        }
    }
}

/// Whether an address may be shown or opened: `https`, or `http` on this machine, and not too long. Anything else,
/// `javascript:` before all, could run in the visitor's page.
pub fn is_safe_address(address: &str) -> bool {
    const LOCAL: [&str; 3] = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let is_local = |start: &str| {
        address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    };
    let web = address.len() > "https://".len() && address.starts_with("https://");
    let plain = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    address.len() <= URL_BYTES_MAX && plain && (web || LOCAL.into_iter().any(is_local))
}

impl Media {
    /// Checks the bounds; the error says which one is broken.
    pub fn check(&self) -> Result<(), String> {
        if !is_safe_address(&self.source) {
            return Err("a source must be an https address".to_owned());
        }
        let texts = [&self.title, &self.description, &self.alt];
        texts.into_iter().flatten().try_for_each(|text| within(text, MESSAGE_BYTES_MAX))
    }

    /// What it says in words.
    pub fn as_plain_text(&self) -> String {
        let words = [&self.title, &self.description, &self.alt].into_iter().flatten().next();
        words.map_or_else(|| self.source.clone(), |words| format!("{words} ({})", self.source))
    }
}

impl Button {
    /// Checks the bounds; the error says which one is broken.
    pub fn check(&self) -> Result<(), String> {
        if self.label.trim().is_empty() || self.label.len() > OPTION_LABEL_BYTES_MAX {
            return Err(format!("a button's label must have 1 to {OPTION_LABEL_BYTES_MAX} bytes"));
        }
        match &self.press {
            Press::Say(said) => within(said, MESSAGE_BYTES_MAX),
            Press::Open(address) if is_safe_address(address) => Ok(()),
            Press::Open(_) => Err("a button can open https addresses".to_owned()),
            Press::Emit { event, data } => {
                within(event, OPTION_LABEL_BYTES_MAX).and_then(|()| within(data, MESSAGE_BYTES_MAX))
            }
        }
    }
}

impl Card {
    /// Checks the bounds; the error says which one is broken.
    pub fn check(&self) -> Result<(), String> {
        if self.body.len() > CARD_PARTS_MAX || self.buttons.len() > BUTTONS_MAX {
            return Err(format!("a card can have {CARD_PARTS_MAX} parts and {BUTTONS_MAX} buttons"));
        }
        self.buttons.iter().try_for_each(Button::check)?;
        self.body.iter().try_for_each(|part| match part {
            CardPart::Text(words) => within(words, MESSAGE_BYTES_MAX),
            CardPart::Media(media) => media.check(),
        })
    }

    /// What it says in words.
    pub fn as_plain_text(&self) -> String {
        let parts = self.body.iter().map(|part| match part {
            CardPart::Text(words) => words.clone(),
            CardPart::Media(media) => media.as_plain_text(),
        });
        let buttons = self.buttons.iter().map(|button| format!("[{}]", button.label));
        parts.chain(buttons).collect::<Vec<String>>().join(" ")
    }
}

impl Table {
    /// Checks the bounds; the error says which one is broken.
    pub fn check(&self) -> Result<(), String> {
        if self.headers.len() > TABLE_COLUMNS_MAX || self.rows.len() > TABLE_ROWS_MAX {
            return Err(format!("a table can have {TABLE_COLUMNS_MAX} columns and {TABLE_ROWS_MAX} rows"));
        }
        if self.rows.iter().any(|row| row.len() != self.headers.len()) {
            return Err("each row of a table has as many cells as there are headers".to_owned());
        }
        let texts = self.title.iter().chain(&self.description).chain(&self.headers);
        texts.chain(self.rows.iter().flatten()).try_for_each(|text| within(text, MESSAGE_BYTES_MAX))
    }

    /// What it says in words.
    pub fn as_plain_text(&self) -> String {
        let rows = std::iter::once(&self.headers).chain(&self.rows).map(|row| row.join(" | "));
        let above = self.title.iter().chain(&self.description).cloned();
        above.chain(rows).collect::<Vec<String>>().join("\n")
    }
}

fn within(text: &str, bytes_max: usize) -> Result<(), String> {
    match text.len() <= bytes_max {
        true => Ok(()),
        false => Err(format!("a text here can have {bytes_max} bytes and this one has {}", text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_cannot_run_anything_are_safe() {
        for safe in ["https://a.example/x?y=1", "http://localhost:8080/a", "http://127.0.0.1/a.png"] {
            assert!(is_safe_address(safe), "{safe}");
        }
        for unsafe_ in [
            "javascript:alert(1)",
            "http://a.example/",
            "https://",
            "data:text/html,x",
            "https://a b",
            "//a.example",
            "http://localhost.evil.example/",
            "https://a\u{0}b",
        ] {
            assert!(!is_safe_address(unsafe_), "{unsafe_}");
        }
    }

    #[test]
    fn a_ragged_table_is_refused() {
        let table = Table {
            title: None,
            description: None,
            headers: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec!["1".to_owned()]],
        };
        assert!(table.check().is_err());
    }
}
