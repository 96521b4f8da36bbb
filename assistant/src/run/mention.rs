//! Answers that nobody asked for: passed by whoever runs the action, or found in what the visitor said earlier
//! (`watsonx.md` 1.7).
//!
//! Each step looks only at messages that came after its last turn, and takes nothing from a message that it or another
//! step has taken already. So `from May 3` answers one of two questions for a date, and a step that is asked again is
//! asked.

use super::Engine;
use crate::Value;
use crate::answer::{Context, Expected, Reading, mentioned, read};
use crate::definition::{Ask, Collect, Kind, Step};
use crate::limits::{MESSAGES_KEPT_MAX, PHRASE_CHARS_MAX};
use crate::session::Message;
use protocol::inspect::Happened;

impl<'a> Engine<'a> {
    /// Keeps what was said for the steps to come. Some of it may already be taken; `free` tells that all of it answered a
    /// question for a free text.
    pub fn remember(&mut self, text: &str, taken: Option<(&str, &Value)>, free: bool) {
        let at = self.around.local;
        let Some(talk) = self.session.talks.last_mut() else { return };
        talk.heard = talk.heard.saturating_add(1);
        talk.messages.push(Message {
            number: talk.heard,
            text: text.chars().take(PHRASE_CHARS_MAX).collect(),
            at,
            free,
            taken: taken.into_iter().map(|(step, value)| (step.to_owned(), value.clone())).collect(),
        });
        let too_many = talk.messages.len().saturating_sub(MESSAGES_KEPT_MAX);
        talk.messages.drain(..too_many);
    }

    /// The answer to a step that is reached, when it was passed or said before.
    pub fn known_beforehand(
        &mut self,
        step: &'a Step,
        ask: &'a Ask,
        expected: &Expected<'_>,
    ) -> Option<Value> {
        let known = self.take_passed(step).or_else(|| match ask.collect {
            Collect::SkipIfMentioned | Collect::Never => self.take_mentioned(step, expected),
            Collect::Always => None,
        });
        if let Some(talk) = self.session.talks.last_mut() {
            talk.see(&step.id);
        }
        known
    }

    /// Takes answers to earlier steps out of the newest message: there they replace what those steps had. Tells whether
    /// there were any.
    pub fn replace_mentioned(&mut self) -> bool {
        let Some((action, talk)) = self.running() else { return false };
        let at = talk.place(action).unwrap_or(0);
        let mut replaced = false;
        for step in &action.steps[..at] {
            let Some(ask) = step.ask.as_ref().filter(|ask| ask.collect == Collect::SkipIfMentioned) else {
                continue;
            };
            let Some(before) = self.running().and_then(|(_, talk)| talk.answer(&step.id)).cloned() else {
                continue;
            };
            let expected = self.expected(ask);
            let Some(value) = self.take_mentioned(step, &expected) else { continue };
            if value != before {
                self.answered(step, ask, value, false);
                replaced = true;
            }
        }
        replaced
    }

    /// Keeps an answer and tells of it.
    pub fn answered(&mut self, step: &Step, ask: &'a Ask, value: Value, prompted: bool) {
        let shown = match ask.protected {
            true => self.definition().texts.masked.clone(),
            false => self.shown(&value),
        };
        let label = self.label_of(ask, &value);
        let Some(talk) = self.session.talks.last_mut() else { return };
        talk.keep(&step.id, value);
        if let Some(label) = label {
            talk.keep_label(&step.id, label);
        }
        talk.see(&step.id);
        if let (true, Some(again)) = (prompted, &mut talk.again) {
            again.asked = true;
        }
        let action = talk.action.clone();
        self.tell(Happened::StepAnswered { action, step: step.id.clone(), value: shown, prompted });
    }

    /// What a value was offered as, where options come from a list.
    fn label_of(&mut self, ask: &'a Ask, value: &Value) -> Option<String> {
        let Kind::Dynamic { .. } = ask.kind else { return None };
        let Expected::Options(offers) = self.expected(ask) else { return None };
        let label = offers.into_iter().find(|offer| offer.value == *value)?.label;
        Some(label).filter(|label| *label != self.shown(value))
    }

    fn take_passed(&mut self, step: &Step) -> Option<Value> {
        let talk = self.session.talks.last_mut()?;
        let at = talk.passed.iter().position(|(known, _)| *known == step.id)?;
        Some(talk.passed.remove(at).1)
    }

    /// The newest message that holds the answer and that the step has not seen.
    fn take_mentioned(&mut self, step: &Step, expected: &Expected<'_>) -> Option<Value> {
        let (_, talk) = self.running()?;
        let seen = talk.seen.get(&step.id).copied().unwrap_or(0);
        let unseen = talk.messages.iter().enumerate().rev().filter(|(_, message)| message.number > seen);
        let (index, value) = unseen
            .filter_map(|(index, message)| {
                let value = self.mentioned_in(message, expected)?;
                (!message.gave(&step.id, &value)).then_some((index, value))
            })
            .next()?;
        let message = self.session.talks.last_mut()?.messages.get_mut(index)?;
        message.taken.push((step.id.clone(), value.clone()));
        Some(value)
    }

    /// What answered a question for a free text can hold more, but not when it would be nothing but this answer: then it
    /// was meant for that question alone.
    fn mentioned_in(&self, message: &Message, expected: &Expected<'_>) -> Option<Value> {
        let context = self.context(message.at);
        if self.confirms(expected, &context) {
            return None;
        }
        let value = mentioned(expected, &message.text, &context)?;
        let alone =
            || matches!(read(expected, &message.text, &context), Reading::Plain(_) | Reading::Two(..));
        (!message.free || !alone()).then_some(value)
    }

    /// Whether one of the options is a yes or a no: `Yes, send it`. Such words stand in many messages and mean something
    /// else there, so they are never taken for a confirmation that nobody asked for.
    fn confirms(&self, expected: &Expected<'_>, context: &Context<'_>) -> bool {
        let Expected::Options(offers) = expected else { return false };
        let texts = &self.definition().texts;
        let (yes, no) = ([texts.yes.clone()], [texts.no.clone()]);
        let either = Expected::YesNo { yes: &yes, no: &no };
        let mut names = offers.iter().flat_map(|offer| offer.synonyms.iter().chain([&offer.label]));
        names.any(|name| matches!(read(&either, name, context), Reading::Plain(_) | Reading::Inside(_)))
    }
}

impl Message {
    fn gave(&self, step: &str, value: &Value) -> bool {
        self.taken.iter().any(|(taker, taken)| taker == step || taken == value)
    }
}
