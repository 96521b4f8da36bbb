//! The turn as it was taken, and its trace.

use super::Engine;
use crate::definition::Kind;
use crate::limits::CANDIDATES_MAX;
use crate::session::{Question, Utterance, Waits};
use crate::{Reply, Turn};
use protocol::inspect::{Candidate, Trace, Waiting, WaitingFor};

impl Engine<'_> {
    /// The turn as it was taken. What a visitor says is always answered.
    pub fn turn(mut self) -> Turn {
        let silent = self.replies.is_empty() && self.hand_off.is_none() && self.call.is_none();
        if silent && self.must_answer {
            self.nothing_to_say();
        }
        for reply in &self.replies {
            if let Reply::Say(content) = reply {
                let text = content.as_plain_text();
                self.session.remember(Utterance { visitor: false, text, began: false });
            }
        }
        let trace = self.trace();
        if self.forget_misses {
            self.session.misses = 0;
        }
        Turn { replies: self.replies, hand_off: self.hand_off, call: self.call, trace }
    }

    fn trace(&mut self) -> Trace {
        Trace {
            heard: self.heard.take(),
            understood: self.understood.clone(),
            candidates: self.candidates(),
            threshold: self.definition().settings.threshold,
            happenings: std::mem::take(&mut self.happenings),
            variables: self.session.variables(self.assistant),
            answers: self.session.answers(self.assistant),
            waiting: self.waiting(),
            no_matches_count: self.session.misses,
            hand_off: self.hand_off.clone(),
        }
    }

    fn candidates(&self) -> Vec<Candidate> {
        let ranked = self.ranking.iter().flat_map(|ranking| &ranking.ranked).take(CANDIDATES_MAX);
        let candidate = ranked.filter_map(|ranked| {
            let action = self.definition().actions.get(ranked.action)?;
            Some(Candidate {
                action: action.id.clone(),
                title: action.title.clone(),
                confidence: ranked.confidence,
                denied: self.denied.iter().find(|(index, _)| *index == ranked.action).map(|(_, why)| *why),
            })
        });
        candidate.collect()
    }

    fn waiting(&self) -> Option<Waiting> {
        let talk = self.session.talk();
        let what = match (&self.session.question, talk.map(|talk| &talk.waits)) {
            (Some(Question::Clarify(_)), _) => WaitingFor::Clarification,
            (Some(Question::Return { .. }), _) => WaitingFor::Return,
            (None, Some(Waits::Reading(..))) => WaitingFor::Reading,
            (None, Some(Waits::Call)) => WaitingFor::Call,
            (None, Some(Waits::Answer)) => waited_for(&self.asked()?.ask.kind),
            (None, Some(Waits::Run) | None) => return None,
        };
        let attempts_left = match (&self.session.question, self.asked()) {
            (Some(Question::Return { failures }), _) => {
                self.definition().settings.topics.attempts.saturating_sub(*failures)
            }
            (_, Some(asked)) => asked.ask.attempts.saturating_sub(talk.map_or(0, |talk| talk.failures)),
            (_, None) => 0,
        };
        Some(Waiting {
            action: talk.map(|talk| talk.action.clone()).unwrap_or_default(),
            step: talk.map(|talk| talk.step.clone()).unwrap_or_default(),
            what,
            attempts_left,
            interrupted: self.interrupted(),
        })
    }

    /// Actions that were interrupted, the innermost first, each by the one that was asked for.
    fn interrupted(&self) -> Vec<String> {
        let talks = &self.session.talks;
        let mut interrupted = Vec::new();
        let mut last = talks.len();
        while let Some(at) = last.checked_sub(1) {
            let outset = self.outset(at);
            interrupted.push(talks[outset].action.clone());
            last = outset;
        }
        let returning = matches!(self.session.question, Some(Question::Return { .. }));
        interrupted.split_off(usize::from(!returning).min(interrupted.len()))
    }
}

fn waited_for(kind: &Kind) -> WaitingFor {
    match kind {
        Kind::Options { .. } | Kind::Dynamic { .. } => WaitingFor::Options,
        Kind::YesNo { .. } => WaitingFor::YesNo,
        Kind::Pattern(_) => WaitingFor::Pattern,
        Kind::Number(_) => WaitingFor::Number,
        Kind::Currency(_) => WaitingFor::Currency,
        Kind::Percent(_) => WaitingFor::Percent,
        Kind::Date { .. } => WaitingFor::Date,
        Kind::Time { .. } => WaitingFor::Time,
        Kind::Text => WaitingFor::Text,
    }
}
