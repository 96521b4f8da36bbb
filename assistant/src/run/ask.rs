//! Questions and their answers.

use super::Engine;
use super::expect::Answering;
use super::flow::Next;
use crate::Value;
use crate::answer::{Expected, Offer, Reading, read};
use crate::definition::{Action, Ask, Collect, Exhausted, Kind, Step};
use crate::session::Waits;
use protocol::HandOffReason;
use protocol::inspect::{EndedBy, Happened, Refused, Understood};
use protocol::rich::Show;

/// The question that waits, as the definition has it.
pub struct Asked<'a> {
    /// Its action.
    pub action: &'a Action,
    /// The step's place.
    pub at: usize,
    /// The step.
    pub step: &'a Step,
    /// The question.
    pub ask: &'a Ask,
}

impl<'a> Engine<'a> {
    /// Asks, unless the answer is known or is never asked for. A question with options of which there are none is
    /// passed over: nobody could answer it.
    pub fn ask(&mut self, action: &'a Action, at: usize, step: &'a Step, ask: &'a Ask) -> Next {
        let expected = self.expected(ask);
        if let Some(value) = self.known_beforehand(step, ask, &expected) {
            self.answered(step, ask, value, false);
            return self.then(action, at);
        }
        if ask.collect == Collect::Never {
            return self.then(action, at);
        }
        if matches!((&ask.kind, &expected), (Kind::Dynamic { .. }, Expected::Options(offers)) if offers.is_empty())
        {
            self.wrong("there are no options to choose from: the question is passed over".to_owned());
            return self.below(action, at);
        }
        let answering = self.answering(ask, &expected);
        self.say_question(action, step, answering, false);
        if let Some(Happened::StepVisited { asked, .. }) =
            self.happenings.iter_mut().rfind(|happened| matches!(happened, Happened::StepVisited { .. }))
        {
            *asked = true;
        }
        self.wait_for(Waits::Answer);
        Next::Stop
    }

    /// The question that waits, whatever else is asked meanwhile.
    pub fn asked(&self) -> Option<Asked<'a>> {
        let (action, talk) = self.running()?;
        let at = talk.place(action)?;
        let step = action.steps.get(at)?;
        let waits = matches!(talk.waits, Waits::Answer | Waits::Reading(..));
        let ask = step.ask.as_ref().filter(|_| waits)?;
        Some(Asked { action, at, step, ask })
    }

    /// Takes a valid answer and goes on. `inside` tells that other words stood around it.
    pub fn take_answer(&mut self, asked: &Asked<'a>, value: Value, inside: bool) {
        let Asked { action, at, step, ask } = *asked;
        self.understood = Understood::Answer;
        self.hide_what_was_said(ask);
        let before = self.answer_before(&step.id);
        if (inside || ask.kind == Kind::Text) && !ask.protected {
            let said = std::mem::take(&mut self.said);
            self.remember(&said, Some((&step.id, &value)), !inside);
            self.said = said;
        }
        let unchanged = before.as_ref() == Some(&value);
        self.answered(step, ask, value, true);
        if inside {
            self.replace_mentioned();
        }
        if let Some(talk) = self.session.talks.last_mut() {
            talk.failures = 0;
            talk.waits = Waits::Answer;
        }
        if unchanged {
            self.tell(Happened::Unchanged { action: action.id.clone(), step: step.id.clone() });
            if let Some(text) = &self.definition().settings.topics.unchanged {
                let text = self.text(text);
                self.say(&text);
            }
        }
        let next = self.then(action, at);
        self.run(next);
    }

    /// Asks which of two readings of a date or time is meant.
    pub fn ask_reading(&mut self, first: Value, second: Value) {
        self.understood = Understood::Answer;
        self.tell(Happened::ReadingAsked { first: self.shown(&first), second: self.shown(&second) });
        self.say_which_reading(&first, &second);
        self.wait_for(Waits::Reading(first, second));
    }

    /// Says the question which of two readings is meant.
    pub fn say_which_reading(&mut self, first: &Value, second: &Value) {
        let (one, two) = (self.shown(first), self.shown(second));
        let question = &self.definition().texts.which_reading;
        let question = question.replace("{first}", &one).replace("{second}", &two);
        self.say_answerable(&question, Answering::Options(vec![one, two], Show::Auto));
    }

    /// The reading that was chosen, where one of two was asked for.
    pub fn reading_chosen(&mut self) -> Option<Value> {
        let Waits::Reading(first, second) = &self.session.talk()?.waits else { return None };
        let offer = |value: &Value| Offer {
            value: value.clone(),
            label: self.shown(value),
            synonyms: vec![value.plain()],
        };
        let expected = Expected::Options(vec![offer(first), offer(second)]);
        match read(&expected, &self.said, &self.context(self.around.local)) {
            Reading::Plain(value) | Reading::Inside(value) => Some(value),
            Reading::Two(..) | Reading::Refused(_) => None,
        }
    }

    /// Refuses what is no valid answer: asks again, or gives up after the last attempt.
    pub fn refuse(&mut self, asked: &Asked<'a>, why: Refused) {
        let Asked { action, at, step, ask } = *asked;
        self.understood = Understood::InvalidAnswer;
        let Some(talk) = self.session.talks.last_mut() else { return };
        talk.failures = talk.failures.saturating_add(1);
        talk.waits = Waits::Answer;
        let failures = talk.failures;
        self.tell(Happened::AnswerRefused {
            action: action.id.clone(),
            step: step.id.clone(),
            why,
            attempts_left: ask.attempts.saturating_sub(failures),
        });
        if failures <= ask.attempts {
            return self.reprompt(asked, why, failures);
        }
        match ask.exhausted {
            Exhausted::Fallback => {
                self.fall_back(HandOffReason::ValidationFailed, EndedBy::ValidationFailed);
            }
            Exhausted::End => self.run(Next::Ended(EndedBy::ValidationFailed)),
            Exhausted::Continue => {
                let next = self.below(action, at);
                self.run(next);
            }
        }
    }

    fn reprompt(&mut self, asked: &Asked<'a>, why: Refused, failures: u32) {
        let Asked { action, step, ask, .. } = *asked;
        let texts = match why.is_limit() && !ask.out_of_range.is_empty() {
            true => &ask.out_of_range,
            false => &ask.invalid,
        };
        let text = texts.get(failures as usize - 1).or_else(|| texts.last());
        let text = text.map(|text| self.text(text)).unwrap_or_default();
        let expected = self.expected(ask);
        let answering = self.answering(ask, &expected);
        if ask.repeat {
            self.say(&text);
            self.say_question(action, step, answering, true);
        } else {
            self.say_answerable(&text, answering);
        }
    }

    /// The answer the step had before it was asked again.
    fn answer_before(&self, step: &str) -> Option<Value> {
        let again = self.session.talk()?.again.as_ref()?;
        again.before.iter().find(|(known, _)| known == step).map(|(_, value)| value.clone())
    }

    /// Masks the utterance wherever it would be kept, when it answers a protected question.
    pub fn hide_what_was_said(&mut self, ask: &Ask) {
        if !ask.protected {
            return;
        }
        let masked = &self.definition().texts.masked;
        self.heard = self.heard.as_ref().map(|_| masked.clone());
        if let Some(last) = self.session.history.iter_mut().rfind(|utterance| utterance.visitor) {
            last.text.clone_from(masked);
        }
    }
}
