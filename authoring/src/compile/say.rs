//! What a step says and shows.

use super::at::At;
use super::json::json_text;
use super::scope::Scope;
use super::text::{plain_text, text};
use crate::document::{
    ButtonDoc, ButtonLookDoc, CardDoc, CardItemDoc, ItemDoc, MediaDoc, SayDoc, TableDoc, UserDefinedDoc,
};
use assistant::definition::{Order, Output, Part, Text, Wordings};
use protocol::limits::{PAUSE_MS_MAX, USER_DEFINED_BYTES_MAX};
use protocol::rich::{Button, ButtonLook, Card, CardPart, Media, MediaKind, Press, Table, is_safe_address};

/// Everything a step says, in order. An empty text says nothing.
pub(crate) fn outputs<'a>(scope: Scope<'a>, doc: &'a SayDoc, at: &At<'_>) -> Vec<Output> {
    match doc {
        SayDoc::Text(raw) => one(scope, raw, at).into_iter().collect(),
        SayDoc::Item(doc) => item(scope, doc, at).into_iter().collect(),
        SayDoc::Items(docs) => {
            let docs = docs.iter().enumerate();
            docs.filter_map(|(index, doc)| item(scope, doc, &at.index(index))).collect()
        }
    }
}

fn item<'a>(scope: Scope<'a>, doc: &'a ItemDoc, at: &At<'_>) -> Option<Output> {
    Some(match doc {
        ItemDoc::Text(raw) => return one(scope, raw, at),
        ItemDoc::InTurn(doc) => wordings(scope, Order::InTurn, &doc.in_turn, &at.key("in_turn"))?,
        ItemDoc::Random(doc) => wordings(scope, Order::Random, &doc.random, &at.key("random"))?,
        ItemDoc::All(doc) => wordings(scope, Order::All, &doc.all, &at.key("all"))?,
        ItemDoc::Pause(doc) => Output::Pause { ms: doc.pause.ms.min(PAUSE_MS_MAX), typing: doc.pause.typing },
        ItemDoc::Image(doc) => Output::Media(media(scope, MediaKind::Image, &doc.image, &at.key("image"))),
        ItemDoc::Video(doc) => Output::Media(media(scope, MediaKind::Video, &doc.video, &at.key("video"))),
        ItemDoc::Audio(doc) => Output::Media(media(scope, MediaKind::Audio, &doc.audio, &at.key("audio"))),
        ItemDoc::Frame(doc) => Output::Media(media(scope, MediaKind::Frame, &doc.iframe, &at.key("iframe"))),
        ItemDoc::Button(doc) => Output::Button(button(scope, &doc.button, &at.key("button"))),
        ItemDoc::Card(doc) => Output::Card(card(scope, &doc.card, &at.key("card"))),
        ItemDoc::Carousel(doc) => {
            let at = at.key("carousel");
            let cards = doc.carousel.iter().enumerate();
            Output::Carousel(cards.map(|(index, doc)| card(scope, doc, &at.index(index))).collect())
        }
        ItemDoc::Table(doc) => Output::Table(table(scope, &doc.table, &at.key("table"))),
        ItemDoc::DatePicker(doc) => return doc.date_picker.then_some(Output::DatePicker),
        ItemDoc::UserDefined(doc) => user_defined(scope, doc, at),
    })
}

fn one<'a>(scope: Scope<'a>, raw: &'a str, at: &At<'_>) -> Option<Output> {
    let text = text(scope, raw, at);
    (!text.is_empty()).then(|| Output::Text(Wordings { order: Order::InTurn, texts: vec![text] }))
}

fn wordings<'a>(scope: Scope<'a>, order: Order, raw: &'a [String], at: &At<'_>) -> Option<Output> {
    let texts: Vec<Text> =
        raw.iter().enumerate().map(|(index, raw)| text(scope, raw, &at.index(index))).collect();
    (!texts.is_empty()).then_some(Output::Text(Wordings { order, texts }))
}

fn media<'a>(scope: Scope<'a>, kind: MediaKind, doc: &'a MediaDoc, at: &At<'_>) -> Media<Text> {
    let part = |raw: &'a Option<String>, key| raw.as_ref().map(|raw| text(scope, raw, &at.key(key)));
    Media {
        kind,
        source: address(scope, &doc.source, &at.key("source")),
        title: part(&doc.title, "title"),
        description: part(&doc.description, "description"),
        alt: part(&doc.alt, "alt"),
    }
}

/// An address. A translation may name another one, and need not. What it inserts is checked when it is said.
fn address<'a>(scope: Scope<'a>, raw: &'a str, at: &At<'_>) -> Text {
    let address = plain_text(scope, raw, at);
    if let [Part::Words(words)] = address.0.as_slice()
        && !is_safe_address(words)
    {
        let problem = format!("`{words}` is no address that can be shown");
        scope.error("bad-address", at, problem, "write one that begins with `https://`, without spaces");
    }
    address
}

fn button<'a>(scope: Scope<'a>, doc: &'a ButtonDoc, at: &At<'_>) -> Button<Text> {
    let given = [doc.say.is_some(), doc.open.is_some(), doc.emit.is_some()];
    if given.into_iter().filter(|given| *given).count() != 1 {
        let problem = "a button does exactly one thing";
        scope.error("one-press", at, problem, "write one of `say`, `open` and `emit`");
    }
    let label = text(scope, &doc.label, &at.key("label"));
    let press = match (&doc.say, &doc.open, &doc.emit) {
        (Some(raw), _, _) => Press::Say(text(scope, raw, &at.key("say"))),
        (None, Some(raw), _) => Press::Open(address(scope, raw, &at.key("open"))),
        (None, None, Some(emit)) => {
            let at = at.key("emit");
            Press::Emit { event: emit.event.clone(), data: json_text(scope, &emit.data, &at.key("data")) }
        }
        (None, None, None) => Press::Say(label.clone()),
    };
    Button { label, look: look(doc.look), press }
}

fn look(doc: ButtonLookDoc) -> ButtonLook {
    match doc {
        ButtonLookDoc::Primary => ButtonLook::Primary,
        ButtonLookDoc::Secondary => ButtonLook::Secondary,
        ButtonLookDoc::Danger => ButtonLook::Danger,
        ButtonLookDoc::Link => ButtonLook::Link,
    }
}

fn card<'a>(scope: Scope<'a>, doc: &'a CardDoc, at: &At<'_>) -> Card<Text> {
    let (at_body, at_buttons) = (at.key("body"), at.key("buttons"));
    let body = doc.body.iter().enumerate();
    let buttons = doc.buttons.iter().enumerate();
    Card {
        body: body.map(|(index, doc)| card_part(scope, doc, &at_body.index(index))).collect(),
        buttons: buttons.map(|(index, doc)| button(scope, doc, &at_buttons.index(index))).collect(),
    }
}

fn card_part<'a>(scope: Scope<'a>, doc: &'a CardItemDoc, at: &At<'_>) -> CardPart<Text> {
    match doc {
        CardItemDoc::Text(raw) => CardPart::Text(text(scope, raw, at)),
        CardItemDoc::Image(doc) => {
            CardPart::Media(media(scope, MediaKind::Image, &doc.image, &at.key("image")))
        }
        CardItemDoc::Video(doc) => {
            CardPart::Media(media(scope, MediaKind::Video, &doc.video, &at.key("video")))
        }
        CardItemDoc::Audio(doc) => {
            CardPart::Media(media(scope, MediaKind::Audio, &doc.audio, &at.key("audio")))
        }
    }
}

fn table<'a>(scope: Scope<'a>, doc: &'a TableDoc, at: &At<'_>) -> Table<Text> {
    let part = |raw: &'a Option<String>, key| raw.as_ref().map(|raw| text(scope, raw, &at.key(key)));
    let cells = |raw: &'a [String], at: &At<'_>| -> Vec<Text> {
        raw.iter().enumerate().map(|(index, raw)| text(scope, raw, &at.index(index))).collect()
    };
    let at_rows = at.key("rows");
    let row = |(index, row): (usize, &'a Vec<String>)| {
        let at = at_rows.index(index);
        if row.len() != doc.headers.len() {
            let problem = match row.len() {
                1 => "this row has one cell".to_owned(),
                count => format!("this row has {count} cells"),
            };
            let remedy = format!("write {}: one for each header", doc.headers.len());
            scope.error("ragged-table", &at, problem, remedy);
        }
        let mut cells = cells(row, &at);
        cells.resize_with(doc.headers.len(), Text::default);
        cells
    };
    Table {
        title: part(&doc.title, "title"),
        description: part(&doc.description, "description"),
        headers: cells(&doc.headers, &at.key("headers")),
        rows: doc.rows.iter().enumerate().map(row).collect(),
    }
}

fn user_defined<'a>(scope: Scope<'a>, doc: &'a UserDefinedDoc, at: &At<'_>) -> Output {
    let at_json = at.key("user_defined");
    let bytes = doc.user_defined.to_string().len();
    if bytes > USER_DEFINED_BYTES_MAX {
        let problem = format!("this is {bytes} bytes of JSON");
        let remedy = format!("send {USER_DEFINED_BYTES_MAX} at most");
        scope.error("too-long", &at_json, problem, remedy);
    }
    let words = doc.text.as_ref().map(|raw| text(scope, raw, &at.key("text")));
    Output::UserDefined {
        json: json_text(scope, &doc.user_defined, &at_json),
        text: words.unwrap_or_default(),
    }
}
