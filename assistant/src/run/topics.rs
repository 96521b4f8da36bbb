//! Changing the topic, coming back, and asking which topic is meant (`watsonx.md` 1.3 and 1.13).

use super::expect::Answering;
use super::{Engine, label};
use crate::Value;
use crate::answer::{Expected, Offer, Reading, read};
use crate::definition::{BUILT_IN_ACTIONS, Text};
use crate::limits::TALKS_MAX;
use crate::session::{Begun, Clarifying, Past, Question, Waits};
use crate::understand::{SURE, TOPIC_CHANGE, offers_support};
use protocol::HandOffReason;
use protocol::inspect::{EndedBy, Happened, Limit, Refused, StartedBy, Understood};
use protocol::rich::Show;

/// What was chosen from a clarifying question.
enum Choice {
    Action(usize),
    None,
    Support,
}

impl Engine<'_> {
    /// Turns to an action the visitor wants: begins it, or interrupts what waits with it.
    pub fn turn_to(&mut self, index: usize, why: StartedBy, said: Option<&str>) {
        self.session.misses = 0;
        let past = self.make_way();
        let begun = match self.session.talks.is_empty() {
            true => Begun::Alone,
            false => Begun::Interrupting,
        };
        if begun == Begun::Alone && said.is_some() {
            self.mark_as_beginning();
        }
        let next = self.push(index, begun, why);
        if let Some(talk) = self.session.talks.last_mut() {
            talk.past = past;
        }
        if let Some(said) = said {
            self.remember(said, None, false);
        }
        self.run(next);
    }

    /// Prepares what waits for being interrupted. A built-in action is given up instead: nobody wants to come back to a
    /// greeting. What it had learned is passed on.
    pub fn make_way(&mut self) -> Vec<Past> {
        self.session.question = None;
        let Some(last) = self.session.talks.len().checked_sub(1) else { return Vec::new() };
        if last + 1 >= TALKS_MAX {
            let (action, step) =
                self.session.talks.first().map(|t| (t.action.clone(), t.step.clone())).unwrap_or_default();
            self.tell(Happened::LimitReached { limit: Limit::Depth, action, step });
            return self.drop_talks(0, EndedBy::TopicChanged);
        }
        let outset = self.outset(last);
        let built_in =
            self.session.talks[outset..].iter().any(|talk| BUILT_IN_ACTIONS.contains(&talk.action.as_str()));
        if built_in {
            return self.drop_talks(outset, EndedBy::TopicChanged);
        }
        if let Some(talk) = self.session.talks.last_mut() {
            talk.waits = Waits::Answer;
            talk.failures = 0;
        }
        Vec::new()
    }

    /// Comes back to what was interrupted, if anything was.
    pub fn come_back(&mut self) {
        let Some(last) = self.session.talks.len().checked_sub(1) else { return };
        let topics = &self.definition().settings.topics;
        if !topics.ask_to_return {
            return self.resume();
        }
        self.session.question = Some(Question::Return { failures: 0 });
        let action = self.session.talks[self.outset(last)].action.clone();
        self.tell(Happened::ReturnAsked { action });
        self.say_whether_to_return();
    }

    /// Ends what was interrupted last.
    pub fn drop_interrupted(&mut self, how: EndedBy) -> Vec<Past> {
        match self.session.talks.len().checked_sub(1) {
            Some(last) => self.drop_talks(self.outset(last), how),
            None => Vec::new(),
        }
    }

    /// Hears the answer to the return question.
    pub fn hear_whether_to_return(&mut self, failures: u32) {
        let texts = &self.definition().texts;
        let (yes, no) = ([texts.yes.clone()], [texts.no.clone()]);
        let expected = Expected::YesNo { yes: &yes, no: &no };
        match read(&expected, &self.said, &self.context(self.around.local)) {
            Reading::Plain(Value::YesNo(true)) => self.resume_asked(),
            Reading::Plain(Value::YesNo(false)) => self.do_not_return(),
            Reading::Inside(value) => match self.other_topic(SURE, SURE) {
                Some(meant) => self.follow(meant),
                None if value == Value::YesNo(true) => self.resume_asked(),
                None => self.do_not_return(),
            },
            Reading::Plain(_) | Reading::Two(..) | Reading::Refused(_) => self.return_not_confirmed(failures),
        }
    }

    fn resume_asked(&mut self) {
        self.understood = Understood::Answer;
        self.session.question = None;
        self.resume();
    }

    fn resume(&mut self) {
        let Some(talk) = self.session.talk() else { return };
        let action = talk.action.clone();
        self.tell(Happened::ActionStarted { action, why: StartedBy::TopicReturn });
        self.repeat_question();
    }

    fn do_not_return(&mut self) {
        self.understood = Understood::Answer;
        self.session.question = None;
        self.drop_interrupted(EndedBy::NotReturnedTo);
        let text = &self.definition().texts.let_go;
        if self.session.talks.is_empty() {
            return self.say(text);
        }
        self.come_back();
    }

    /// Neither yes nor no. The name of what was interrupted is a yes, another topic is followed.
    fn return_not_confirmed(&mut self, failures: u32) {
        if self.names_the_interrupted() {
            return self.resume_asked();
        }
        let threshold = self.definition().settings.threshold;
        if let Some(meant) = self.other_topic(threshold, TOPIC_CHANGE) {
            return self.follow(meant);
        }
        self.understood = Understood::InvalidAnswer;
        let topics = &self.definition().settings.topics;
        let failures = failures.saturating_add(1);
        if failures >= topics.attempts {
            self.session.question = None;
            return self.fall_back(HandOffReason::TopicReturnFailed, EndedBy::NotReturnedTo);
        }
        self.session.question = Some(Question::Return { failures });
        let texts = &topics.not_understood;
        let text = texts.get(failures as usize - 1).or_else(|| texts.last()).unwrap_or(&topics.request);
        let text = self.text(text);
        self.say_answerable(&text, self.yes_or_no());
    }

    fn names_the_interrupted(&mut self) -> bool {
        let Some(last) = self.session.talks.len().checked_sub(1) else { return false };
        let action = self.session.talks[self.outset(last)].action.clone();
        let Some((index, _)) = self.assistant.action(&action) else { return false };
        let ranking = self.ranking();
        ranking.ranked.first().is_some_and(|top| top.action == index && top.confidence >= TOPIC_CHANGE)
    }

    pub fn yes_or_no(&self) -> Answering {
        let texts = &self.definition().texts;
        Answering::Options(vec![texts.yes.clone(), texts.no.clone()], Show::Auto)
    }

    /// Asks which of these actions is meant.
    pub fn clarify(&mut self, mut actions: Vec<usize>) {
        self.understood = Understood::Unclear;
        let settings = &self.definition().settings;
        let support = settings.modes.as_ref().zip(actions.first()).is_some_and(|(modes, first)| {
            offers_support(self.rules(modes, *first).offer_support, self.session.misses)
        });
        if settings.clarify.shuffle {
            self.shuffle(&mut actions);
        }
        let ids: Vec<String> =
            actions.iter().map(|index| self.definition().actions[*index].id.clone()).collect();
        let clarifying = Clarifying { actions: ids.clone(), support, said: self.said.clone() };
        self.tell(Happened::Clarified { actions: ids });
        self.say_which(&clarifying);
        self.session.question = Some(Question::Clarify(clarifying));
    }

    /// Hears the answer to a clarifying question. What is none of the choices is heard as if nothing had been asked.
    pub fn hear_which(&mut self, clarifying: &Clarifying) {
        self.session.question = None;
        let expected = Expected::Options(self.choices(clarifying));
        let chosen = match read(&expected, &self.said, &self.context(self.around.local)) {
            Reading::Plain(value) => choice(&value),
            Reading::Inside(value) => match self.other_topic(SURE, SURE) {
                Some(meant) => return self.follow(meant),
                None => choice(&value),
            },
            Reading::Two(..) | Reading::Refused(_) => None,
        };
        match chosen {
            Some(Choice::Action(at)) => {
                let action = clarifying.actions.get(at).and_then(|id| self.assistant.action(id));
                let Some((index, _)) = action else { return self.understand() };
                self.understood = Understood::Action;
                self.turn_to(index, StartedBy::Clarified, Some(&clarifying.said));
            }
            Some(Choice::Support) => self.bring_person(),
            Some(Choice::None) => match self.asked() {
                Some(asked) => self.refuse(&asked, Refused::NotOfThisKind),
                None => self.no_match(),
            },
            None => self.understand(),
        }
    }

    /// The choices of a clarifying question; their values are places among the actions, or what else was chosen.
    pub fn choices(&mut self, clarifying: &Clarifying) -> Vec<Offer> {
        let clarify = &self.definition().settings.clarify;
        let actions = clarifying.actions.iter().enumerate().filter_map(|(at, id)| {
            let (_, action) = self.assistant.action(id)?;
            Some(Offer { value: place(at), label: label(action).to_owned(), synonyms: Vec::new() })
        });
        let mut offers: Vec<Offer> = actions.collect();
        let none = match offers.len() {
            1 => clarify.one.as_ref().or(clarify.none.as_ref()),
            _ => clarify.none.as_ref(),
        };
        let support = clarify.support.as_ref().filter(|_| clarifying.support);
        let others: [(bool, Option<&Text>); 2] = [(false, none), (true, support)];
        for (value, text) in others {
            let label = text.map(|text| self.text(text)).unwrap_or_default();
            if !label.trim().is_empty() {
                offers.push(Offer { value: Value::YesNo(value), label, synonyms: Vec::new() });
            }
        }
        offers
    }

    fn shuffle(&mut self, actions: &mut [usize]) {
        for at in (1..actions.len()).rev() {
            let other = usize::try_from(self.draw() % (at as u64 + 1)).unwrap_or(0);
            actions.swap(at, other);
        }
    }
}

fn place(at: usize) -> Value {
    Value::text(at.to_string())
}

fn choice(value: &Value) -> Option<Choice> {
    match value {
        Value::Text(at) => at.parse().ok().map(Choice::Action),
        Value::YesNo(true) => Some(Choice::Support),
        Value::YesNo(false) => Some(Choice::None),
        Value::Nothing
        | Value::Number(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::DateTime(_)
        | Value::Money { .. }
        | Value::Percent(_)
        | Value::List(_)
        | Value::Map(_) => None,
    }
}
