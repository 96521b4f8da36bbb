//! Saying again what waits for an answer.

use super::Engine;
use super::expect::Answering;
use crate::session::{Clarifying, Question, Waits};
use protocol::rich::Show;

impl Engine<'_> {
    /// Says again whatever waits, after something else was said: the visitor answers what stands last.
    pub fn repeat_what_waits(&mut self) {
        match self.session.question.clone() {
            Some(Question::Clarify(clarifying)) => self.say_which(&clarifying),
            Some(Question::Return { .. }) => self.say_whether_to_return(),
            None => match self.session.talk().map(|talk| talk.waits.clone()) {
                Some(Waits::Reading(first, second)) => self.say_which_reading(&first, &second),
                Some(Waits::Answer | Waits::Call | Waits::Run) | None => self.repeat_question(),
            },
        }
    }

    /// Says the waiting question again.
    pub fn repeat_question(&mut self) {
        let Some(asked) = self.asked() else { return };
        if let Some(talk) = self.session.talks.last_mut() {
            talk.waits = Waits::Answer;
        }
        let expected = self.expected(asked.ask);
        let answering = self.answering(asked.ask, &expected);
        self.say_question(asked.action, asked.step, answering, true);
    }

    /// Asks which action is meant.
    pub fn say_which(&mut self, clarifying: &Clarifying) {
        let labels = self.choices(clarifying).into_iter().map(|offer| offer.label).collect();
        let intro = self.text(&self.definition().settings.clarify.intro);
        self.say_answerable(&intro, Answering::Options(labels, Show::Auto));
    }

    /// Asks whether to return to what was interrupted.
    pub fn say_whether_to_return(&mut self) {
        let request = self.text(&self.definition().settings.topics.request);
        self.say_answerable(&request, self.yes_or_no());
    }
}
