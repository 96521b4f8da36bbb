//! The authoring format: what an author's file holds, as types. The published JSON Schema is generated from them
//! (`docs/assistant.schema.json`), `shape.rs` reports what does not fit it, and the importer writes them.
//!
//! A doc comment here is what an author's editor shows. What authors may leave out has a default; a default is never
//! written, so that what an importer or `--update` writes stays short.

mod ask;
mod condition;
mod operand;
mod say;
mod settings;
mod then;

pub use ask::{
    AskDoc, CollectDoc, ExhaustedDoc, FullOptionDoc, KindDoc, OptionDoc, OptionsDoc, PatternsDoc, ShowDoc,
    TextsDoc, TopicDoc, WeekdayDoc,
};
pub use condition::{AllDoc, AnyDoc, NotDoc, SaidDoc};
pub use condition::{ConditionDoc, OperatorDoc, TestDoc};
pub use operand::{AddDoc, ExpressionDoc, StepOperandDoc, ValueDoc, VariableOperandDoc};
pub use operand::{DurationDoc, OperandDoc};
pub use say::{
    AllTextsDoc, AudioDoc, ButtonDoc, ButtonItemDoc, ButtonLookDoc, CardDoc, CardItemDoc, CardItemsDoc,
    CarouselDoc, DatePickerDoc, EmitDoc, FrameDoc, ImageDoc, InTurnDoc, ItemDoc, MediaDoc, PauseDoc,
    PauseItemDoc, RandomDoc, SayDoc, TableDoc, TableItemDoc, UserDefinedDoc, VideoDoc,
};
pub use settings::{
    ClarifyDoc, DateStyleDoc, DecimalsDoc, DecimalsWord, DisplayDoc, FrequencyDoc, ModeDoc, ModeRulesDoc,
    ModesDoc, ThousandsDoc, TimeStyleDoc, TopicsDoc,
};
pub use then::{
    AskAgainDoc, CallDoc, CallThenDoc, ConnectDoc, ConnectThenDoc, FallbackThenDoc, GoToDoc, ReasonDoc,
    RunDoc, RunThenDoc, StepsDoc, ThenDoc, ThenWord,
};

use assistant::limits::{ACTIONS_MAX, STEPS_MAX, VARIABLES_MAX};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The version of the format these types describe.
pub const FORMAT: u32 = 1;

/// What a name that is written in texts and expressions consists of.
pub const NAME: &str = "^[A-Za-z0-9_-]+$";

/// What a language tag consists of (BCP 47): a language, and perhaps a script, a region, variants and extensions.
pub const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?\
     (-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?$";

/// Whether a value is its type's default, and need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

/// An assistant for Passerelle: what visitors can ask for, what is done about it, and when a person is brought in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The schema this file follows, for editors; not looked at.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The version of the format: 1.
    #[schemars(range(min = 1, max = 1))]
    #[schemars(example = FORMAT)]
    pub format: u32,
    /// The business, or what the assistant is called.
    #[schemars(length(min = 1, max = 256))]
    #[schemars(example = "Harbour Bikes")]
    pub name: String,
    /// A language tag such as `en` or `fr-CA`. It decides how numbers, dates, yes and no are understood, and, with a
    /// region, whether `3/4` is the third of April or the fourth of March. `en`, `es`, `fr`, `pt`, `de` and `ru` are
    /// built in; in others numerals and ISO dates are understood, and texts you leave out are English.
    #[schemars(regex(pattern = LANGUAGE))]
    #[schemars(example = "en-GB")]
    pub language: String,
    /// Confidence from 0 to 1 below which no action is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub threshold: Option<f64>,
    /// Questions asked when several actions could be meant.
    #[serde(default, skip_serializing_if = "is_default")]
    pub clarify: ClarifyDoc,
    /// Changing the topic in the middle of an action, and coming back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub topics: TopicsDoc,
    /// Response modes: how readily actions act. Off while absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modes: Option<ModesDoc>,
    /// How values look in texts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub display: DisplayDoc,
    /// Values kept for the whole session, by name.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }, "maxProperties" = VARIABLES_MAX))]
    pub variables: IndexMap<String, VariableDoc>,
    /// Answers that several questions share, by name.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub saved: IndexMap<String, SavedDoc>,
    /// Lists of words looked for in everything visitors say, by name. `danger_words` and `profane_words` are tested by
    /// the built-in `trigger_words`.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub words: IndexMap<String, Vec<String>>,
    /// Other systems that steps can call, by name. Their addresses and secrets are in the bridge's configuration.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub extensions: IndexMap<String, ExtensionDoc>,
    /// What visitors say that no action is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub counterexamples: Vec<String>,
    /// Runs when the chat is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<BuiltInDoc>,
    /// Runs when nothing was recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_matches: Option<BuiltInDoc>,
    /// Runs when a person is asked for, or needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<BuiltInDoc>,
    /// Runs on everything visitors say, before anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trigger_words: Option<BuiltInDoc>,
    /// What visitors can ask for.
    #[schemars(length(max = ACTIONS_MAX))]
    #[schemars(extend("examples" = [[{ "id": "opening_hours", "title": "Opening hours", "phrases": ["when are you open"], "steps": [] }]]))]
    pub actions: Vec<ActionDoc>,
    /// The same assistant in other languages, by tag.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": LANGUAGE }))]
    pub translations: IndexMap<String, TranslationDoc>,
    /// What an import could not carry over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kept: Vec<KeptDoc>,
}

impl Document {
    /// Every step, those of the built-in actions first.
    pub fn steps(&self) -> impl Iterator<Item = &StepDoc> {
        let built_in = [&self.greeting, &self.no_matches, &self.fallback, &self.trigger_words];
        let built_in = built_in.into_iter().flatten().filter_map(|action| action.steps.as_ref());
        built_in.chain(self.actions.iter().map(|action| &action.steps)).flatten()
    }

    /// Every option that is known beforehand, those of questions first.
    pub fn options(&self) -> impl Iterator<Item = &OptionDoc> {
        let own = self.steps().filter_map(|step| step.ask.as_ref()).flat_map(|ask| {
            let listed = match &ask.options {
                Some(OptionsDoc::List(all)) => all.as_slice(),
                Some(OptionsDoc::Saved(_)) | None => &[],
            };
            listed.iter().chain(&ask.otherwise)
        });
        let saved = self.saved.values().flat_map(|saved| match saved {
            SavedDoc::Options(saved) => saved.options.as_slice(),
            SavedDoc::Patterns(_) => &[],
        });
        own.chain(saved)
    }
}

/// A variable of the session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VariableDoc {
    /// What it holds until a step sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial: Option<OperandDoc>,
    /// Agents see it under this name whenever a conversation is handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub shown_as: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Masked wherever a person could read it, and never handed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub protected: bool,
}

/// Answers that several questions share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum SavedDoc {
    /// Options.
    Options(SavedOptionsDoc),
    /// Patterns.
    Patterns(SavedPatternsDoc),
}

/// Options that several questions share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedOptionsDoc {
    /// The options.
    pub options: Vec<OptionDoc>,
}

impl Document {
    /// The author's own words for the built-in actions, in their places; `None` where the default ones stand.
    pub fn built_in(&self) -> [Option<&BuiltInDoc>; 4] {
        [&self.greeting, &self.no_matches, &self.fallback, &self.trigger_words].map(Option::as_ref)
    }
}

/// Patterns that several questions share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedPatternsDoc {
    /// Regular expressions by name.
    pub patterns: IndexMap<String, Vec<String>>,
}

/// A built-in action, in your words. What you leave out keeps its default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuiltInDoc {
    /// What visitors say to come here on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phrases: Option<Vec<String>>,
    /// What visitors say when they do not want to come here, near as it may sound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterexamples: Option<Vec<String>>,
    /// What is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepDoc>>,
    /// What an import could not carry over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kept: Vec<KeptDoc>,
}

/// One goal of a visitor and the way to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionDoc {
    /// Its name in programs.
    #[schemars(length(min = 1, max = 64), regex(pattern = NAME))]
    #[schemars(example = &"opening_hours")]
    pub id: String,
    /// Its name for people. It counts as a phrase.
    #[schemars(length(min = 1, max = 256))]
    #[schemars(example = "Opening hours")]
    pub title: String,
    /// Its name for visitors, in clarifying questions and suggestions, where it is not the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 256))]
    pub shown_as: Option<String>,
    /// What it is about, for authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Where it is listed, for authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64))]
    pub folder: Option<String>,
    /// What visitors say when they want it. Without any, only other actions and the page can run it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub phrases: Vec<String>,
    /// What visitors say when they do not want it, near as it may sound: what is nearer to one of these than to any of
    /// its phrases is not meant for it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub counterexamples: Vec<String>,
    /// It is not recognised while this is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<ConditionDoc>,
    /// Whether it may stand in clarifying questions and suggestions.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub offered: bool,
    /// How readily it acts, when `modes` are on.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: ModeDoc,
    /// Whether visitors may change the topic away from it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub leave: bool,
    /// Whether visitors may change the topic to it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enter: bool,
    /// Whether the interrupted action is forgotten when this one ends.
    #[serde(default, skip_serializing_if = "is_default")]
    pub never_return: bool,
    /// What is done.
    #[schemars(length(max = STEPS_MAX))]
    #[schemars(extend("examples" = [[{ "id": "answer", "say": "From nine to five." }]]))]
    pub steps: Vec<StepDoc>,
    /// What an import could not carry over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kept: Vec<KeptDoc>,
}

impl Default for ActionDoc {
    fn default() -> Self {
        Self {
            id: String::new(),
            title: String::new(),
            shown_as: None,
            notes: None,
            folder: None,
            phrases: Vec::new(),
            counterexamples: Vec::new(),
            when: None,
            offered: true,
            mode: ModeDoc::default(),
            leave: true,
            enter: true,
            never_return: false,
            steps: Vec::new(),
            kept: Vec::new(),
        }
    }
}

/// One step. What it holds happens in this order: condition, assignments, words, question, what comes after.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepDoc {
    /// Its name, and the name of its answer.
    #[schemars(length(min = 1, max = 64), regex(pattern = NAME))]
    #[schemars(example = &"ask_size")]
    pub id: String,
    /// Its name for authors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The step is passed over, whole, while this is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<ConditionDoc>,
    /// Variables and their new values.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub set: IndexMap<String, OperandDoc>,
    /// Expressions evaluated for what they change, after `set`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub evaluate: Vec<String>,
    /// What is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<SayDoc>,
    /// Offers so many likely topics as options under `say`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub suggest: Option<u8>,
    /// A question; `say` is its text. The action waits for the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<AskDoc>,
    /// What comes after it; the step below when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<ThenDoc>,
    /// From so many visits in one session on, the fallback takes over instead of what comes after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<VisitsDoc>,
    /// What an import could not carry over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kept: Vec<KeptDoc>,
}

/// A visit limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitsDoc {
    /// The visit on which the fallback takes over.
    #[schemars(range(min = 1, max = 100))]
    #[schemars(example = 3)]
    pub max: u32,
    /// The reason the fallback is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonDoc>,
}

/// Another system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDoc {
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What can be asked of it, by name.
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub operations: IndexMap<String, OperationDoc>,
}

/// One thing that can be asked of an extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationDoc {
    /// The HTTP method.
    pub method: MethodDoc,
    /// The path after the extension's address; `{name}` inserts a parameter.
    #[schemars(length(min = 1, max = 1024), regex(pattern = "^/"))]
    #[schemars(example = "/orders/{number}")]
    pub path: String,
    /// Its parameters by name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: IndexMap<String, ParameterDoc>,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum MethodDoc {
    /// Asks.
    #[default]
    GET,
    /// Makes.
    POST,
    /// Replaces.
    PUT,
    /// Changes.
    PATCH,
    /// Removes.
    DELETE,
}

/// A parameter of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterDoc {
    /// Where it goes. In a body, a dot in the name is a field inside: `user.name`.
    #[serde(rename = "in")]
    pub place: PlaceDoc,
    /// Whether the call fails without it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceDoc {
    /// Into the path.
    Path,
    /// Behind the question mark.
    #[default]
    Query,
    /// Into a header.
    Header,
    /// Into the JSON body.
    Body,
}

/// The assistant in another language. What is not translated, or empty, stays as it is, and `check` names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TranslationDoc {
    /// Every text and label, by the text as it stands in the assistant.
    #[serde(default, skip_serializing_if = "is_default")]
    pub texts: IndexMap<String, String>,
    /// Phrases by the action's id.
    #[serde(default, skip_serializing_if = "is_default")]
    pub phrases: IndexMap<String, Vec<String>>,
    /// Synonyms by the option's label as it stands in the assistant; `yes` and `no` are those of yes-or-no questions.
    #[serde(default, skip_serializing_if = "is_default")]
    pub synonyms: IndexMap<String, Vec<String>>,
    /// Lists of words by name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub words: IndexMap<String, Vec<String>>,
}

impl TranslationDoc {
    /// Without what is still to be translated: a template is filled in little by little.
    pub fn filled(&self) -> Self {
        let words = |lists: &IndexMap<String, Vec<String>>| {
            let filled = lists.iter().filter(|(_, words)| !words.is_empty());
            filled.map(|(name, words)| (name.clone(), words.clone())).collect()
        };
        let texts = self.texts.iter().filter(|(_, text)| !text.trim().is_empty());
        Self {
            texts: texts.map(|(own, text)| (own.clone(), text.clone())).collect(),
            phrases: words(&self.phrases),
            synonyms: words(&self.synonyms),
            words: words(&self.words),
        }
    }
}

/// Something an import found and could not carry over. It does nothing; `check` reminds of it until it is removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptDoc {
    /// What it is, and where it stood.
    pub what: String,
    /// Why it was not carried over, and what can be done.
    pub why: String,
    /// As it stood.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub original: Json,
}
