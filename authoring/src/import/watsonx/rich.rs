//! Media, buttons, cards and tables, as their JSON is written in the editor there.

use super::reference::Scope;
use super::{DEPTH_MAX, Importer};
use crate::document::{
    AudioDoc, ButtonDoc, ButtonItemDoc, ButtonLookDoc, CardDoc, CardItemDoc, CardItemsDoc, CarouselDoc,
    EmitDoc, FrameDoc, ImageDoc, ItemDoc, MediaDoc, TableDoc, TableItemDoc, VideoDoc,
};
use crate::import::Sort;
use crate::import::node::Node;
use protocol::limits::{
    BUTTONS_MAX, CARD_PARTS_MAX, CARDS_MAX, OPTION_LABEL_BYTES_MAX, TABLE_COLUMNS_MAX, TABLE_ROWS_MAX,
    URL_BYTES_MAX,
};

/// The longest name of an event.
const EVENT_CHARS_MAX: usize = 64;

impl<'a> Importer<'a> {
    /// A response of a kind that shows rather than says. `None` is a kind that is not known, or one that cannot be shown
    /// here: whoever asks keeps it.
    pub(super) fn rich(&self, kind: &str, node: &Node<'a>, scope: &Scope) -> Option<ItemDoc> {
        Some(match kind {
            "image" => ItemDoc::Image(ImageDoc { image: self.media(node, scope)? }),
            "video" => ItemDoc::Video(VideoDoc { video: self.media(node, scope)? }),
            "audio" => ItemDoc::Audio(AudioDoc { audio: self.media(node, scope)? }),
            "iframe" => ItemDoc::Frame(FrameDoc { iframe: self.media(node, scope)? }),
            "button" => ItemDoc::Button(ButtonItemDoc { button: self.button(node, scope)? }),
            "card" => ItemDoc::Card(CardItemsDoc { card: self.card(node, scope)? }),
            "carousel" => {
                let cards = node.items_of("items");
                let carousel: Option<Vec<_>> = cards.iter().map(|card| self.card(card, scope)).collect();
                let carousel = carousel.filter(|cards| (1..=CARDS_MAX).contains(&cards.len()))?;
                for card in &cards {
                    card.text_of("response_type");
                }
                ItemDoc::Carousel(CarouselDoc { carousel })
            }
            "table" => ItemDoc::Table(TableItemDoc { table: self.table(node, scope)? }),
            _ => return None,
        })
    }

    fn media(&self, node: &Node<'a>, scope: &Scope) -> Option<MediaDoc> {
        let source = self.words(&node.get("source")?, scope)?;
        let is_address = source.starts_with("https://") || source.starts_with('{');
        if !is_address || source.len() > URL_BYTES_MAX {
            return None;
        }
        let text = |key: &str| self.filled(node, key, scope);
        Some(MediaDoc {
            source,
            title: text("title"),
            description: text("description"),
            alt: text("alt_text"),
        })
    }

    fn button(&self, node: &Node<'a>, scope: &Scope) -> Option<ButtonDoc> {
        let label =
            self.filled(node, "label", scope).filter(|label| label.len() <= OPTION_LABEL_BYTES_MAX)?;
        let kind = node.get("kind");
        let is = |name: &str| kind.as_ref().is_some_and(|kind| kind.is(name));
        let look =
            match (is("danger"), is("link"), is("secondary") || is("tertiary") || is("ghost"), is("primary"))
            {
                (true, ..) => ButtonLookDoc::Danger,
                (_, true, ..) => ButtonLookDoc::Link,
                (_, _, true, _) => ButtonLookDoc::Secondary,
                (..) => ButtonLookDoc::Primary,
            };
        let does = node.get("button_type")?;
        let button = ButtonDoc { label, look, ..ButtonDoc::default() };
        if does.is("url") {
            let open = self.filled(node, "url", scope).filter(|url| url.len() <= URL_BYTES_MAX)?;
            return Some(ButtonDoc { open: Some(open), ..button });
        }
        if does.is("post_back") {
            let text = node
                .get("value")
                .map(|value| value.get("input").and_then(|input| input.get("text")).unwrap_or(value));
            return Some(ButtonDoc { say: Some(text.and_then(|text| self.words(&text, scope))?), ..button });
        }
        if does.is("custom_event") {
            let event = node
                .text_of("custom_event_name")
                .filter(|event| (1..=EVENT_CHARS_MAX).contains(&event.len()))?;
            let event = event.to_owned();
            let data = node
                .get("user_defined")
                .filter(|data| data.depth() <= DEPTH_MAX)
                .map(|data| data.take().clone())
                .unwrap_or_default();
            return Some(ButtonDoc { emit: Some(EmitDoc { event, data }), ..button });
        }
        None
    }

    fn card(&self, node: &Node<'a>, scope: &Scope) -> Option<CardDoc> {
        let mut card = CardDoc::default();
        for part in node.items_of("body") {
            let kind = part.text_of("response_type").unwrap_or("text");
            match kind {
                "text" => card.body.push(CardItemDoc::Text(self.filled(&part, "text", scope)?)),
                "image" => card.body.push(CardItemDoc::Image(ImageDoc { image: self.media(&part, scope)? })),
                "video" => card.body.push(CardItemDoc::Video(VideoDoc { video: self.media(&part, scope)? })),
                "audio" => card.body.push(CardItemDoc::Audio(AudioDoc { audio: self.media(&part, scope)? })),
                "button" => card.buttons.push(self.button(&part, scope)?),
                _ => return None,
            }
        }
        for button in node.items_of("footer") {
            button.text_of("response_type");
            card.buttons.push(self.button(&button, scope)?);
        }
        let fits = (1..=CARD_PARTS_MAX).contains(&card.body.len()) && card.buttons.len() <= BUTTONS_MAX;
        fits.then_some(card)
    }

    fn table(&self, node: &Node<'a>, scope: &Scope) -> Option<TableDoc> {
        let texts = |cells: Vec<Node<'a>>| -> Option<Vec<String>> {
            cells.iter().map(|cell| self.words(cell, scope)).collect()
        };
        let headers = texts(node.items_of("headers"))?;
        let rows: Option<Vec<_>> =
            node.items_of("rows").into_iter().map(|row| texts(row.items_of("cells"))).collect();
        let rows = rows?;
        let fits = (1..=TABLE_COLUMNS_MAX).contains(&headers.len())
            && rows.len() <= TABLE_ROWS_MAX
            && rows.iter().all(|row| row.len() == headers.len());
        let [title, description] = ["title", "description"].map(|key| self.filled(node, key, scope));
        fits.then_some(TableDoc { title, description, headers, rows })
    }

    /// The text under a key, unless it is empty.
    fn filled(&self, node: &Node<'a>, key: &str, scope: &Scope) -> Option<String> {
        let text = self.words(&node.get(key)?, scope)?;
        (!text.is_empty()).then_some(text)
    }

    /// Choices without a question: buttons that say them.
    pub(super) fn loose_choices(&self, choices: &[super::output::Choice<'a>]) -> Vec<ItemDoc> {
        let each = choices.iter().map(|choice| {
            let why = "they belong to no question: each became a button that says it";
            self.notes.note(Sort::Changed, &choice.node, "choices without a question", why);
            let say = Some(crate::compile::escape(choice.text));
            let button =
                ButtonDoc { label: crate::compile::escape(choice.label), say, ..ButtonDoc::default() };
            ItemDoc::Button(ButtonItemDoc { button })
        });
        each.collect()
    }
}
