//! What a step says and shows (`watsonx.md` 2.9).

use super::reference::Scope;
use super::{DEPTH_MAX, Importer, TELEPHONE};
use crate::document::{
    AllTextsDoc, InTurnDoc, ItemDoc, PauseDoc, PauseItemDoc, RandomDoc, SayDoc, ShowDoc, UserDefinedDoc,
};
use crate::import::Sort;
use crate::import::node::Node;
use protocol::limits::{OPTION_LABEL_BYTES_MAX, PAUSE_MS_MAX, USER_DEFINED_BYTES_MAX};
use serde_json::Value as Json;

/// Responses that only make sense on the telephone.
const TELEPHONE_ONLY: &[&str] =
    &["dtmf", "speech_to_text", "text_to_speech", "start_activities", "stop_activities", "end_session"];

/// What a step says, and what belongs to its question.
#[derive(Debug, Default)]
pub(super) struct Said<'a> {
    /// What is said.
    pub items: Vec<ItemDoc>,
    /// The choices under it, as they are listed.
    pub choices: Vec<Choice<'a>>,
    /// How they are shown.
    pub show: ShowDoc,
    /// Whether choices known only later are listed.
    pub later: bool,
    /// Whether a date is picked.
    pub date: bool,
    /// Whether it is said again after an invalid answer.
    pub repeat: bool,
}

/// A choice as it is listed.
#[derive(Clone, Debug)]
pub(super) struct Choice<'a> {
    pub label: &'a str,
    pub text: &'a str,
    pub node: Node<'a>,
}

impl Said<'_> {
    /// As a step has it.
    pub fn say(&self) -> Option<SayDoc> {
        match self.items.as_slice() {
            [] => None,
            [ItemDoc::Text(text)] => Some(SayDoc::Text(text.clone())),
            [item] => Some(SayDoc::Item(item.clone())),
            items => Some(SayDoc::Items(items.to_vec())),
        }
    }

    /// The words of it.
    pub fn words(&self) -> String {
        let texts = self.items.iter().filter_map(|item| match item {
            ItemDoc::Text(text) => Some(text.as_str()),
            ItemDoc::InTurn(InTurnDoc { in_turn: texts }) | ItemDoc::Random(RandomDoc { random: texts }) => {
                texts.first().map(String::as_str)
            }
            ItemDoc::All(_)
            | ItemDoc::Pause(_)
            | ItemDoc::Image(_)
            | ItemDoc::Video(_)
            | ItemDoc::Audio(_)
            | ItemDoc::Frame(_)
            | ItemDoc::Button(_)
            | ItemDoc::Card(_)
            | ItemDoc::Carousel(_)
            | ItemDoc::Table(_)
            | ItemDoc::DatePicker(_)
            | ItemDoc::UserDefined(_) => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

impl<'a> Importer<'a> {
    /// What a step's output says.
    pub(super) fn output(&self, node: &Node<'a>, scope: &Scope) -> Said<'a> {
        let mut said = Said::default();
        let responses = node.get("output").map(|output| output.items_of("generic")).unwrap_or_default();
        for response in responses {
            self.response(&response, scope, &mut said);
        }
        said
    }

    fn response(&self, node: &Node<'a>, scope: &Scope, said: &mut Said<'a>) {
        let kind =
            node.peek_text("response_type").unwrap_or(if node.get("values").is_some() { "text" } else { "" });
        if TELEPHONE_ONLY.contains(&kind) || is_telephone_command(node) {
            return self.notes.keep(Sort::Kept, node, format!("a response of type `{kind}`"), TELEPHONE);
        }
        if !self.is_for_chat(node) {
            let why = "it is for other channels than the chat";
            return self.notes.keep(Sort::Kept, node, format!("a response of type `{kind}`"), why);
        }
        let known = match kind {
            "text" => self.text_response(node, scope, said),
            "option" => self.option_response(node, scope, said),
            "response_from_variable" => {
                said.later = true;
                self.shown_again(node);
                true
            }
            "date" => {
                said.date = true;
                self.shown_again(node);
                true
            }
            "pause" => self.pause(node, said),
            "user_defined" => self.user_defined(node, scope, said),
            _ => self.rich(kind, node, scope).map(|item| said.items.push(item)).is_some(),
        };
        if known {
            node.text_of("response_type");
        } else {
            let why = "nothing like it is known here; make it of texts, media, cards, tables or buttons";
            self.notes.keep(Sort::Decision, node, format!("a response of type `{kind}`"), why);
        }
    }

    fn is_for_chat(&self, node: &Node<'a>) -> bool {
        let channels = node.items_of("channels");
        let here = channels.iter().any(|channel| {
            let name = channel.get("channel").unwrap_or_else(|| channel.clone());
            name.is("chat") || name.is("webchat") || name.is("web_chat")
        });
        if here {
            let others = channels.iter().filter(|channel| !channel.unread().is_empty());
            others.for_each(|channel| {
                channel.take();
            });
        }
        here || channels.is_empty()
    }

    fn text_response(&self, node: &Node<'a>, scope: &Scope, said: &mut Said<'a>) -> bool {
        let values = node.items_of("values");
        let mut texts: Vec<String> = values.iter().filter_map(|value| self.words(value, scope)).collect();
        if values.is_empty() {
            texts.extend(node.get("text").and_then(|text| self.words(&text, scope)));
        }
        texts.retain(|text| !text.trim().is_empty());
        said.repeat |= node.truth_of("repeat_on_reprompt").unwrap_or(false);
        let policy = node.get("selection_policy");
        let is = |name: &str| policy.as_ref().is_some_and(|policy| policy.is(name));
        let (multiline, random, _) = (is("multiline"), is("random"), is("sequential") || is("incremental"));
        let delimiter = node.get("delimiter").filter(|_| multiline).and_then(|delimiter| delimiter.text());
        let item = match (texts.len(), delimiter) {
            (0, _) => None,
            (1, _) => texts.pop().map(ItemDoc::Text),
            (_, Some(delimiter)) if multiline && !delimiter.trim_matches(['\r', '\n']).is_empty() => {
                Some(ItemDoc::Text(texts.join(delimiter)))
            }
            _ if multiline => Some(ItemDoc::All(AllTextsDoc { all: texts })),
            _ if random => Some(ItemDoc::Random(RandomDoc { random: texts })),
            _ => Some(ItemDoc::InTurn(InTurnDoc { in_turn: texts })),
        };
        said.items.extend(item);
        true
    }

    fn option_response(&self, node: &Node<'a>, scope: &Scope, said: &mut Said<'a>) -> bool {
        self.shown_again(node);
        for key in ["title", "description"] {
            let text = node.get(key).and_then(|text| self.words(&text, scope));
            said.items.extend(text.filter(|text| !text.is_empty()).map(ItemDoc::Text));
        }
        let shown = node.get("preference");
        let is = |name: &str| shown.as_ref().is_some_and(|shown| shown.is(name));
        if is("button") {
            said.show = ShowDoc::Buttons;
        } else if is("dropdown") {
            said.show = ShowDoc::List;
        }
        for option in node.items_of("options") {
            let label = option.text_of("label").unwrap_or_default();
            let text =
                option.get("value").and_then(|value| value.get("input")?.text_of("text")).unwrap_or(label);
            let label = if label.is_empty() { text } else { label };
            if label.is_empty() || label.len() > OPTION_LABEL_BYTES_MAX {
                let why = format!("a label has between 1 and {OPTION_LABEL_BYTES_MAX} bytes");
                self.notes.keep(Sort::Decision, &option, "a choice", why);
                continue;
            }
            said.choices.push(Choice { label, text, node: option });
        }
        true
    }

    /// Choices and date pickers are shown again with every attempt, whatever the editor there noted.
    fn shown_again(&self, node: &Node<'a>) {
        if node.truth_of("repeat_on_reprompt") == Some(false) {
            let what = "choices that are not shown again after an invalid answer";
            self.notes.note(Sort::Changed, node, what, "they are always shown again here");
        }
    }

    fn pause(&self, node: &Node<'a>, said: &mut Said<'a>) -> bool {
        let Some(ms) = node.whole_of("time") else { return false };
        if ms > PAUSE_MS_MAX {
            let why = format!("it was cut to {PAUSE_MS_MAX} ms, the longest a chat waits here");
            self.notes.note(Sort::Changed, node, format!("a pause of {ms} ms"), why);
        }
        let pause = PauseDoc { ms: ms.min(PAUSE_MS_MAX), typing: node.truth_of("typing").unwrap_or(false) };
        said.items.push(ItemDoc::Pause(PauseItemDoc { pause }));
        true
    }

    fn user_defined(&self, node: &Node<'a>, scope: &Scope, said: &mut Said<'a>) -> bool {
        let inside = node.get("user_defined").filter(|inside| inside.depth() <= DEPTH_MAX);
        let Some(inside) = inside else { return false };
        let user_defined = self.with_inserts(inside.peek(), &inside, scope);
        if user_defined.to_string().len() > USER_DEFINED_BYTES_MAX {
            let why = format!("it has more than {USER_DEFINED_BYTES_MAX} bytes; make it shorter");
            self.notes.keep(Sort::Decision, node, "a response of type `user_defined`", why);
            return true;
        }
        inside.take();
        let what = "a response that the page around the chat draws";
        self.notes.note(
            Sort::Decision,
            node,
            what,
            "the page has to know it: see the loader's `userDefined` event",
        );
        said.items.push(ItemDoc::UserDefined(UserDefinedDoc { user_defined, text: None }));
        true
    }

    /// JSON whose texts are texts of ours.
    fn with_inserts(&self, json: &Json, node: &Node<'a>, scope: &Scope) -> Json {
        match json {
            Json::String(text) => Json::String(self.with_dollars(text, node, scope)),
            Json::Array(items) => items.iter().map(|item| self.with_inserts(item, node, scope)).collect(),
            Json::Object(members) => {
                let each =
                    |(key, value): (&String, &Json)| (key.clone(), self.with_inserts(value, node, scope));
                Json::Object(members.iter().map(each).collect())
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => json.clone(),
        }
    }
}

/// Commands for the telephone gateway are told by their name.
fn is_telephone_command(node: &Node<'_>) -> bool {
    node.get("user_defined")
        .is_some_and(|inside| inside.get("vgwAction").is_some() || inside.get("vgwActions").is_some())
}
