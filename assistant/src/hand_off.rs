//! What is handed over when a person is asked for, within the limits of the wire.

use crate::definition::{Action, Ask, BUILT_IN_ACTIONS, Kind, Step, Then};
use crate::display::show;
use crate::run::cut;
use crate::session::{Begun, Session, Talk};
use crate::surroundings::{Case, Surroundings};
use crate::{Assistant, Value};
use protocol::limits::{COLLECTED_BYTES_MAX, COLLECTED_MAX, FRAME_BYTES_MAX, MESSAGE_BYTES_MAX};
use protocol::{Collected, HandOff};

/// What the assistant knows when a person is asked for.
pub struct Collecting<'a> {
    /// The assistant.
    pub assistant: &'a Assistant,
    /// Everything that is under way.
    pub session: &'a Session,
    /// The world around the turn.
    pub around: &'a Surroundings,
}

impl<'a> Collecting<'a> {
    /// Title of the action the visitor had asked for: of the last one that is an author's. The built-in ones tell an
    /// agent nothing.
    pub fn title(&self) -> Option<String> {
        let mut talks = self.session.talks.as_slice();
        while !talks.is_empty() {
            let runs = |talk: &Talk| matches!(talk.begun, Begun::Run { .. });
            let outset = talks.iter().rposition(|talk| !runs(talk)).unwrap_or(0);
            let (before, together) = talks.split_at(outset);
            let ids = together.iter().flat_map(ids);
            let own = ids.filter(|id| !BUILT_IN_ACTIONS.contains(id));
            if let Some((_, action)) = own.filter_map(|id| self.assistant.action(id)).next() {
                return Some(action.title.clone());
            }
            talks = before;
        }
        None
    }

    /// Answers, the earliest first, then the variables that agents see. What is protected is not among them.
    pub fn collected(&self) -> Vec<Collected> {
        let mut collected = Vec::new();
        for talk in &self.session.talks {
            let own = talk.as_read();
            let past = talk.past.iter().map(|past| (&past.action, &past.answers));
            for (action, answers) in past.chain([(&talk.action, &own)]) {
                if let Some((_, action)) = self.assistant.action(action) {
                    self.answers(
                        action,
                        answers.iter().map(|(name, value)| (name, value)),
                        0,
                        &mut collected,
                    );
                }
            }
        }
        collected.extend(self.variables());
        collected
    }

    /// Answers of one action; those of actions it ran stand where they were fetched.
    fn answers<'v>(
        &self,
        action: &Action,
        answers: impl Iterator<Item = (&'v String, &'v Value)>,
        depth: usize,
        into: &mut Vec<Collected>,
    ) {
        for (name, value) in answers {
            let asked = action.steps.iter().find(|step| step.id == *name && step.ask.is_some());
            match (asked, value) {
                (Some(step), value) => into.extend(self.answer(step, value)),
                (None, Value::Map(inner)) if depth < crate::limits::TALKS_MAX => {
                    if let Some(ran) = self.ran(action, name) {
                        self.answers(ran, inner.iter(), depth + 1, into);
                    }
                }
                (None, _) => {}
            }
        }
    }

    fn answer(&self, step: &Step, value: &Value) -> Option<Collected> {
        let ask = step.ask.as_ref().filter(|ask| !ask.protected)?;
        let label = ask.label.clone().unwrap_or_else(|| self.readable(&step.id));
        Some(Collected { label, value: offered(ask, value).unwrap_or_else(|| self.shown(value)) })
    }

    /// The action whose answers are kept under this name.
    fn ran(&self, action: &Action, result: &str) -> Option<&'a Action> {
        let run = action.steps.iter().find_map(|step| match &step.then {
            Then::Run(run) if run.result == result => Some(run),
            Then::Run(_)
            | Then::Continue
            | Then::End
            | Then::GoTo(_)
            | Then::AskAgain(_)
            | Then::Call(_)
            | Then::ConnectToAgent(_)
            | Then::Fallback(_) => None,
        })?;
        self.assistant.action(&run.action).map(|(_, action)| action)
    }

    fn variables(&self) -> impl Iterator<Item = Collected> {
        let shown = self.assistant.definition().variables.iter().filter(|variable| !variable.protected);
        shown.filter_map(|variable| {
            let label = variable.shown_as.clone()?;
            let value = self.shown(&self.session.variable(self.assistant, &variable.name));
            (!value.is_empty()).then_some(Collected { label, value })
        })
    }

    /// A step's id as words: `bike_kind` is `Bike kind`.
    fn readable(&self, id: &str) -> String {
        let words = id.replace(['_', '-'], " ");
        let first = words.chars().next().map_or(0, char::len_utf8);
        (self.around.in_case)(&words[..first], Case::Upper) + &words[first..]
    }

    fn shown(&self, value: &Value) -> String {
        let definition = self.assistant.definition();
        show(value, &definition.display, &definition.texts)
    }
}

/// The actions a talk is about, the earliest first.
fn ids(talk: &Talk) -> impl Iterator<Item = &str> {
    talk.past.iter().map(|past| past.action.as_str()).chain([talk.action.as_str()])
}

/// Cuts what is too long: a visitor can write so much that the whole would not fit the frame it travels in. The
/// transcript keeps the full words.
pub fn within_limits(hand_off: HandOff) -> HandOff {
    /// Left for the rest of the frame.
    const AROUND_BYTES: usize = 1024;
    let mut bytes_max = MESSAGE_BYTES_MAX;
    loop {
        let cut = shortened(&hand_off, bytes_max);
        if bytes(&cut) + AROUND_BYTES <= FRAME_BYTES_MAX || bytes_max == 0 {
            return cut;
        }
        bytes_max /= 2;
    }
}

fn shortened(hand_off: &HandOff, bytes_max: usize) -> HandOff {
    let text = |text: &String| cut(text, bytes_max).to_owned();
    let value = |text: &String| cut(text, bytes_max.min(COLLECTED_BYTES_MAX)).to_owned();
    let collected = hand_off.collected.iter().take(COLLECTED_MAX);
    HandOff {
        queue: hand_off.queue.clone(),
        needs: hand_off.needs.clone(),
        language: hand_off.language.clone(),
        agent: hand_off.agent.clone(),
        reason: hand_off.reason,
        online_message: text(&hand_off.online_message),
        offline_message: text(&hand_off.offline_message),
        message_to_agent: hand_off.message_to_agent.as_ref().map(text),
        action: hand_off.action.as_ref().map(text),
        collected: collected.map(|c| Collected { label: value(&c.label), value: value(&c.value) }).collect(),
    }
}

/// Bytes of its texts as JSON.
fn bytes(hand_off: &HandOff) -> usize {
    /// Around an entry of the list.
    const ENTRY_BYTES: usize = 24;
    let texts = [&hand_off.online_message, &hand_off.offline_message];
    let texts = texts.into_iter().chain(&hand_off.message_to_agent).chain(&hand_off.action);
    let entries = hand_off.collected.iter();
    let entries = entries.map(|entry| ENTRY_BYTES + json_bytes(&entry.label) + json_bytes(&entry.value));
    texts.map(|text| json_bytes(text)).chain(entries).sum()
}

fn json_bytes(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '"' | '\\' | '\n' | '\r' | '\t' => 2,
            c if c < ' ' => 6,
            c => c.len_utf8(),
        })
        .sum()
}

/// The label of the option that was chosen, where options are written in the file.
fn offered(ask: &Ask, value: &Value) -> Option<String> {
    let (Kind::Options { choices, .. }, Value::Text(value)) = (&ask.kind, value) else { return None };
    choices.iter().find(|choice| choice.value == *value).map(|choice| choice.label.clone())
}
