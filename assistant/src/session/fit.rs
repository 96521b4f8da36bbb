//! Dropping what no longer fits the definition.

use super::{Question, Session, Talk, Waits, talk::place_of};
use crate::Assistant;
use crate::definition::{Action, FALLBACK, Then};
use protocol::inspect::Happened;

impl Session {
    /// Drops what does not fit the definition; tells it when that is the talk itself.
    pub(crate) fn fit(&mut self, assistant: &Assistant) -> Option<Happened> {
        self.variables.retain(|name, _| assistant.variable(name).is_some());
        self.wordings.retain(|key, _| exists(assistant, key));
        self.visits.retain(|key, _| exists(assistant, key));
        let misfit = self.talks.iter().find(|talk| !fits(assistant, talk));
        let dropped =
            misfit.map(|talk| Happened::TalkDropped { action: talk.action.clone(), step: talk.step.clone() });
        if dropped.is_some() || !self.is_consistent() {
            self.talks.clear();
            self.question = None;
        }
        if let Some(Question::Clarify(clarifying)) = &mut self.question {
            clarifying.actions.retain(|id| assistant.action(id).is_some());
        }
        dropped
    }

    /// Whether the last talk is the one that waits, and nobody else. A session of JSON could be anything.
    fn is_consistent(&self) -> bool {
        let waits_for_run = |talk: &Talk| matches!(talk.waits, Waits::Run);
        let last_waits = self.talks.last().is_none_or(|talk| !waits_for_run(talk));
        let returns_somewhere =
            !matches!(self.question, Some(Question::Return { .. })) || !self.talks.is_empty();
        last_waits && returns_somewhere
    }
}

fn fits(assistant: &Assistant, talk: &Talk) -> bool {
    let Some((index, action)) = assistant.action(&talk.action) else { return false };
    let Some(step) = talk.place(action).and_then(|at| action.steps.get(at)) else { return false };
    let waits = match &talk.waits {
        Waits::Answer | Waits::Reading(..) => step.ask.is_some(),
        Waits::Call => matches!(step.then, Then::Call(_)),
        Waits::Run => true,
    };
    let again = talk.again.as_ref().is_none_or(|again| is_step(action, &again.from));
    waits && again && (index != FALLBACK || talk.reason.is_some())
}

fn is_step(action: &Action, id: &str) -> bool {
    place_of(action, id).is_some()
}

fn exists(assistant: &Assistant, key: &str) -> bool {
    let mut names = key.split('/');
    let action = names.next().and_then(|id| assistant.action(id));
    match (action, names.next()) {
        (Some((_, action)), Some(step)) => is_step(action, step),
        (Some(_), None) | (None, _) => false,
    }
}
