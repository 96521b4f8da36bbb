//! What an utterance means where the talk stands, in the order of `watsonx.md` 1.2.
//!
//! Trigger words come first. An utterance that is nothing but a valid answer to the waiting question is that answer. An
//! answer that stands inside a longer sentence gives way to a surer topic or person. Without a valid answer a
//! recognised topic is followed; otherwise the answer counts as invalid.

use super::Engine;
use super::ask::Asked;
use crate::answer::{Expected, Reading, read};
use crate::definition::{
    BUILT_IN_ACTIONS, FALLBACK, Kind, Mode, ModeRules, Modes, NO_MATCHES, TRIGGER_WORDS, TopicFirst,
};
use crate::session::{Begun, Question, Utterance};
use crate::understand::{Circumstances, Decision, Ranked, Ranking, SURE, TOPIC_CHANGE, decide};
use protocol::inspect::{Denied, EndedBy, Happened, Refused, StartedBy, Understood};

/// Surer than anything can be: what is looked for with it is not found.
const NEVER: f32 = 2.0;

/// What is meant, if it is no answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Meant {
    /// This action.
    Action(usize),
    /// One of these.
    OneOf(Vec<usize>),
    /// A person.
    Person,
}

impl<'a> Engine<'a> {
    /// Hears an utterance.
    pub fn listen(&mut self, said: String) {
        self.must_answer = true;
        self.keep_in_history(&said);
        self.heard = Some(said.clone());
        let gave_up = self.give_calls_up();
        self.said = said;
        if self.hand_off.is_some() || self.has_trigger_words() {
            return;
        }
        match self.session.question.clone() {
            Some(Question::Clarify(clarifying)) => self.hear_which(&clarifying),
            Some(Question::Return { failures }) => self.hear_whether_to_return(failures),
            None if gave_up && self.asked().is_some() => self.overhear(),
            None => self.understand(),
        }
    }

    /// Hears what was said before the question that waits was put: it cannot be the answer.
    fn overhear(&mut self) {
        let threshold = self.definition().settings.threshold;
        match self.other_topic(threshold, self.topic_change()) {
            Some(meant) => self.follow(meant),
            None => {
                let said = self.said.clone();
                self.remember(&said, None, false);
            }
        }
    }

    /// Finds the meaning of what was said, when no question of the engine's own waits.
    pub fn understand(&mut self) {
        match self.asked() {
            Some(asked) => self.hear_answer(&asked),
            None => {
                let threshold = self.definition().settings.threshold;
                match self.other_topic(threshold, threshold) {
                    Some(meant) => self.follow(meant),
                    None => self.no_match(),
                }
            }
        }
    }

    /// Does what is meant.
    pub fn follow(&mut self, meant: Meant) {
        match meant {
            Meant::Action(index) => {
                let (understood, why) = match self.session.talks.is_empty() {
                    true => (Understood::Action, StartedBy::Intent),
                    false => (Understood::TopicChange, StartedBy::TopicChange),
                };
                self.understood = understood;
                let said = self.said.clone();
                self.turn_to(index, why, Some(&said));
            }
            Meant::OneOf(actions) => self.clarify(actions),
            Meant::Person => self.bring_person(),
        }
    }

    fn hear_answer(&mut self, asked: &Asked<'a>) {
        if let Some(value) = self.reading_chosen() {
            return self.take_answer(asked, value, false);
        }
        let ask = asked.ask;
        let expected = self.expected(ask);
        let reading = read(&expected, &self.said, &self.context(self.around.local));
        let (person, topic) = match (&reading, &ask.kind, ask.topic) {
            (Reading::Plain(_), Kind::Text | Kind::Pattern(_), TopicFirst::BeforeAnswer) => {
                (TOPIC_CHANGE, TOPIC_CHANGE)
            }
            (Reading::Plain(_), Kind::Text, _) => (SURE, NEVER),
            (Reading::Plain(_) | Reading::Two(..), _, _) => (NEVER, NEVER),
            (Reading::Inside(_), _, _) => (SURE, SURE),
            (Reading::Refused(why), _, _) if why.is_limit() && self.is_nothing_else(&expected) => {
                (NEVER, NEVER)
            }
            (Reading::Refused(_), _, _) => (self.definition().settings.threshold, self.topic_change()),
        };
        let valid = !matches!(reading, Reading::Refused(_));
        match self.other_topic(person, topic) {
            Some(Meant::OneOf(_)) if valid => {}
            Some(meant) => return self.follow(meant),
            None => {}
        }
        match reading {
            Reading::Plain(value) => self.take_answer(asked, value, false),
            Reading::Inside(value) => self.take_answer(asked, value, true),
            Reading::Two(first, second) => self.ask_reading(first, second),
            Reading::Refused(why) => self.no_answer(asked, why),
        }
    }

    /// Whether what was said is a value of the kind that is asked for and nothing else, limits aside: it was meant for
    /// this question, whatever it resembles.
    fn is_nothing_else(&self, expected: &Expected<'_>) -> bool {
        let reading = read(&expected.without_limits(), &self.said, &self.context(self.around.local));
        matches!(reading, Reading::Plain(_) | Reading::Two(..))
    }

    /// How sure a topic has to be to interrupt what waits. A built-in action, such as a greeting that asks something, can
    /// be left for anything.
    fn topic_change(&self) -> f32 {
        let built_in =
            self.session.talk().is_some_and(|talk| BUILT_IN_ACTIONS.contains(&talk.action.as_str()));
        match built_in {
            true => self.definition().settings.threshold,
            false => TOPIC_CHANGE,
        }
    }

    /// What is no answer can still correct earlier ones; the question is then asked again. Otherwise it is refused. An
    /// answer of the right kind that is out of bounds was meant for this question, and for no other.
    fn no_answer(&mut self, asked: &Asked<'a>, why: Refused) {
        let other_kind = matches!(why, Refused::NotOfThisKind | Refused::Empty);
        if other_kind && !asked.ask.protected {
            let said = self.said.clone();
            self.remember(&said, None, false);
        }
        if other_kind && self.replace_mentioned() {
            self.understood = Understood::Answer;
            return self.repeat_question();
        }
        self.hide_what_was_said(asked.ask);
        self.refuse(asked, why);
    }

    /// Another topic, or a person, that is meant at least so surely. Neither is looked for when nothing can be so sure.
    pub fn other_topic(&mut self, person: f32, topic: f32) -> Option<Meant> {
        if person >= NEVER && topic >= NEVER {
            return None;
        }
        let candidates = self.candidates_now();
        let against = self.ranking().against;
        let top = *candidates.first()?;
        if top.action == FALLBACK {
            return (top.confidence >= person && top.confidence >= against).then_some(Meant::Person);
        }
        let settings = &self.definition().settings;
        let circumstances = Circumstances {
            threshold: settings.threshold.max(topic),
            against,
            clarify: &settings.clarify,
            rules: settings.modes.as_ref().map(|modes| self.rules(modes, top.action)),
        };
        let actions = &self.definition().actions;
        let offered = |index: usize| index >= BUILT_IN_ACTIONS.len() && actions[index].offered;
        match decide(&candidates, offered, &circumstances) {
            Decision::Act(NO_MATCHES) | Decision::Nothing => None,
            Decision::Act(action) => Some(Meant::Action(action)),
            Decision::Ask(actions) => Some(Meant::OneOf(actions)),
        }
    }

    /// The rules of an action's response mode.
    pub fn rules<'m>(&self, modes: &'m Modes, action: usize) -> &'m ModeRules {
        match self.definition().actions.get(action).map(|action| action.mode) {
            Some(Mode::Confident) => &modes.confident,
            Some(Mode::Clarifying) | None => &modes.clarifying,
        }
    }

    /// What the utterance resembles.
    pub fn ranking(&mut self) -> &Ranking {
        let (assistant, said) = (self.assistant, &self.said);
        self.ranking.get_or_insert_with(|| assistant.model.rank(said))
    }

    /// The actions sure enough to be taken that can be taken where the talk stands, the surest first. Why others cannot
    /// is kept for the trace.
    fn candidates_now(&mut self) -> Vec<Ranked> {
        let threshold = self.definition().settings.threshold;
        let likely = self.ranking().ranked.iter().copied();
        let likely: Vec<Ranked> = likely.take_while(|ranked| ranked.confidence >= threshold).collect();
        let own = self.running().and_then(|(action, _)| self.assistant.action(&action.id));
        let own = own.filter(|(index, _)| *index != FALLBACK);
        let own = own.map_or(0.0, |(index, _)| self.ranking().of(index));
        let fixed = self.is_topic_fixed();
        self.denied.clear();
        let mut candidates = Vec::new();
        for ranked in likely {
            match self.denied(ranked.action, fixed) {
                Some(denied) => self.denied.push((ranked.action, denied)),
                None if ranked.confidence > own => candidates.push(ranked),
                None => {}
            }
        }
        candidates
    }

    /// What keeps an action from being taken here.
    fn denied(&mut self, index: usize, fixed: bool) -> Option<Denied> {
        let action = self.definition().actions.get(index)?;
        let talks = &self.session.talks;
        if index == FALLBACK {
            return None;
        }
        if talks.iter().any(|talk| talk.action == action.id) {
            return Some(Denied::AlreadyRunning);
        }
        if !talks.is_empty() && (fixed || !action.enter || index == NO_MATCHES) {
            return Some(Denied::TopicFixed);
        }
        (!self.action_holds(action)).then_some(Denied::ConditionFalse)
    }

    /// Whether the topic cannot change away from what waits.
    fn is_topic_fixed(&self) -> bool {
        let talks = &self.session.talks;
        let outset = self.outset(talks.len().saturating_sub(1));
        let actions = talks.iter().skip(outset).filter_map(|talk| self.assistant.action(&talk.action));
        let kept = self.asked().is_some_and(|asked| asked.ask.topic == TopicFirst::Never)
            || actions.into_iter().any(|(_, action)| !action.leave);
        // Who is asked whether to return has left already.
        !self.definition().settings.topics.enabled || (kept && self.session.question.is_none())
    }

    /// Runs the action that looks for trigger words. Tells whether the turn is over with it.
    fn has_trigger_words(&mut self) -> bool {
        let Some(action) = self.definition().actions.get(TRIGGER_WORDS) else { return false };
        if action.steps.is_empty() {
            return false;
        }
        let (begun, told, replies) = (self.begun, self.happenings.len(), self.replies.len());
        let talks = self.session.talks.len();
        self.begin(TRIGGER_WORDS, Begun::Alone, StartedBy::TriggerWords);
        if let Some(Happened::ActionEnded { how: EndedBy::NoStepsVisited, .. }) = self.happenings.last() {
            // Nothing was found, as almost always: it is not worth telling.
            self.begun = begun;
            let failed = |happened: &Happened| matches!(happened, Happened::ExpressionFailed { .. });
            let failures: Vec<Happened> = self.happenings.drain(told..).filter(failed).collect();
            self.happenings.extend(failures);
        }
        let over = self.replies.len() > replies
            || self.hand_off.is_some()
            || self.call.is_some()
            || self.session.talks.len() != talks;
        if over {
            self.understood = Understood::TriggerWord;
            let nothing_else_began = self.begun == begun + 1 && self.session.talks.len() == talks;
            if nothing_else_began && self.hand_off.is_none() && self.call.is_none() {
                self.repeat_what_waits();
            }
        }
        over
    }

    fn keep_in_history(&mut self, said: &str) {
        self.session.remember(Utterance { visitor: true, text: said.to_owned(), began: false });
    }

    /// Marks what was said as the beginning of an action that no other had run.
    pub fn mark_as_beginning(&mut self) {
        if let Some(last) = self.session.history.iter_mut().rfind(|utterance| utterance.visitor) {
            last.began = true;
        }
    }
}
