//! What a step says and shows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What is said: a text, wordings to choose from, or several things one after the other. In texts `{name}` inserts a
/// variable or an answer, `{= … }` an expression; a brace itself is written `{{` or `}}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SayDoc {
    /// A text.
    Text(String),
    /// Several things, one after the other.
    Items(Vec<ItemDoc>),
    /// One thing.
    Item(ItemDoc),
}

/// One thing said or shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ItemDoc {
    /// A text.
    Text(String),
    /// Wordings, the next one each time.
    InTurn(InTurnDoc),
    /// Wordings, one drawn each time, never the same twice in a row.
    Random(RandomDoc),
    /// Texts, one message each.
    All(AllTextsDoc),
    /// A wait before what follows.
    Pause(PauseItemDoc),
    /// A picture.
    Image(ImageDoc),
    /// A film.
    Video(VideoDoc),
    /// A sound.
    Audio(AudioDoc),
    /// Another page, in a frame.
    Frame(FrameDoc),
    /// A button.
    Button(ButtonItemDoc),
    /// A card.
    Card(CardItemsDoc),
    /// Cards side by side.
    Carousel(CarouselDoc),
    /// A table.
    Table(TableItemDoc),
    /// A date picker; a question for a date has one by itself.
    DatePicker(DatePickerDoc),
    /// Something only the page around the chat knows how to draw.
    UserDefined(UserDefinedDoc),
}

macro_rules! items {
    ($($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $kind:ty })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(#[$field_doc])* pub $field: $kind }
    )*};
}

items! {
    /// Wordings, the next one each time.
    InTurnDoc { /// The wordings.
        #[schemars(length(min = 1))]
        in_turn: Vec<String> }
    /// Wordings, one drawn each time.
    RandomDoc { /// The wordings.
        #[schemars(length(min = 1))]
        random: Vec<String> }
    /// Texts, one message each.
    AllTextsDoc { /// The texts.
        #[schemars(length(min = 1))]
        all: Vec<String> }
    /// A wait before what follows.
    PauseItemDoc { /// The wait.
        pause: PauseDoc }
    /// A picture.
    ImageDoc { /// The picture.
        image: MediaDoc }
    /// A film.
    VideoDoc { /// The film.
        video: MediaDoc }
    /// A sound.
    AudioDoc { /// The sound.
        audio: MediaDoc }
    /// Another page, in a frame.
    FrameDoc { /// The page.
        iframe: MediaDoc }
    /// A button.
    ButtonItemDoc { /// The button.
        button: ButtonDoc }
    /// A card.
    CardItemsDoc { /// The card.
        card: CardDoc }
    /// Cards side by side.
    CarouselDoc { /// The cards.
        #[schemars(length(min = 1, max = 10))]
        carousel: Vec<CardDoc> }
    /// A table.
    TableItemDoc { /// The table.
        table: TableDoc }
    /// A date picker.
    DatePickerDoc { /// `true`.
        date_picker: bool }
}

/// Something only the page around the chat knows how to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserDefinedDoc {
    /// Any JSON, up to 5000 bytes; texts in it may insert values.
    pub user_defined: Json,
    /// What is shown where nobody knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseDoc {
    /// How long, in milliseconds.
    #[schemars(range(min = 0, max = 60000))]
    pub ms: u32,
    /// Whether the assistant seems to write meanwhile.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub typing: bool,
}

/// A picture, a film, a sound, or another page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaDoc {
    /// Where it lies: an `https` address.
    #[schemars(length(min = 1, max = 2048))]
    pub source: String,
    /// Above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// For those who cannot see or hear it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}

/// A button. It does one thing: `say`, `open` or `emit`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ButtonDoc {
    /// What stands on it.
    #[schemars(length(min = 1, max = 256))]
    pub label: String,
    /// How much it stands out.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub look: ButtonLookDoc,
    /// Pressing it says this for the visitor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<String>,
    /// Pressing it opens this `https` address in a new tab.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 2048))]
    pub open: Option<String>,
    /// Pressing it tells the page around the chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emit: Option<EmitDoc>,
}

/// An event for the page around the chat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmitDoc {
    /// Its name.
    #[schemars(length(min = 1, max = 64))]
    pub event: String,
    /// JSON for it.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub data: Json,
}

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ButtonLookDoc {
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

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardDoc {
    /// What is on it.
    #[schemars(length(min = 1, max = 10))]
    pub body: Vec<CardItemDoc>,
    /// What can be done.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(length(max = 5))]
    pub buttons: Vec<ButtonDoc>,
}

/// Something on a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum CardItemDoc {
    /// A text.
    Text(String),
    /// A picture.
    Image(ImageDoc),
    /// A film.
    Video(VideoDoc),
    /// A sound.
    Audio(AudioDoc),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableDoc {
    /// Above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Below the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Names of the columns.
    #[schemars(length(min = 1, max = 10))]
    pub headers: Vec<String>,
    /// Cells by row; as many in each as there are headers.
    #[schemars(length(max = 100))]
    pub rows: Vec<Vec<String>>,
}
