//! Running an action, step by step, until it asks something, hands over or ends.

use crate::answer::cut;
use crate::condition::{Values, holds};
use crate::definition::{
    Action, Ask, BUILT_IN_ACTIONS, Connect, FALLBACK, NO_MATCHES, Order, Say, Step, Text, Then,
};
use crate::known::Known;
use crate::limits::STEP_VISITS_MAX;
use crate::meaning::{Meaning, Ranking};
use crate::session::{Talk, entry};
use crate::turn::Turn;
use crate::value::Value;
use crate::words::{default_invalid_text, labels};
use crate::{Assistant, Session, hand_off};
use protocol::inspect::{StepTrace, Trace};
use protocol::limits::MESSAGE_BYTES_MAX;
use protocol::{Content, HandOff, HandOffReason, Line};

/// Said when an action that was started has nothing to say.
const NOTHING_TO_SAY: &str = "I'm sorry, I have no answer to that. Please ask me something else.";

/// One turn while it is being taken.
pub struct Run<'a> {
    pub assistant: &'a Assistant,
    session: &'a mut Session,
    chance: u32,
    pub heard: Option<String>,
    pub verdict: String,
    pub ranking: Ranking,
    /// The action that ran last.
    pub played: Option<usize>,
    replies: Vec<Content>,
    steps: Vec<StepTrace>,
    hand_off: Option<HandOff>,
    understood: bool,
}

/// Where an action goes from a step.
enum Next {
    Step(usize),
    Wait,
    End,
    Fallback,
}

impl<'a> Run<'a> {
    /// A turn in which nothing has been done.
    pub fn new(assistant: &'a Assistant, session: &'a mut Session, chance: u32) -> Self {
        Self {
            assistant,
            session,
            chance,
            heard: None,
            verdict: String::new(),
            ranking: Ranking::default(),
            played: None,
            replies: Vec::new(),
            steps: Vec::new(),
            hand_off: None,
            understood: true,
        }
    }

    /// Does what an utterance means; `talk` is the action that waited.
    pub fn act(&mut self, meaning: Meaning, talk: Option<Talk>) {
        match (meaning, talk) {
            (Meaning::Answer(value), Some(talk)) => self.take_answer(talk, value),
            (Meaning::Invalid(why), Some(talk)) => self.refuse_answer(talk, &why),
            (Meaning::Action(action), talk) => {
                self.give_up(talk.as_ref());
                self.start(action);
            }
            (Meaning::Person, talk) => self.fall_back(HandOffReason::AgentRequested, talk),
            (Meaning::Nothing | Meaning::Answer(_) | Meaning::Invalid(_), _) => {
                self.session.misses = self.session.misses.saturating_add(1);
                self.start(NO_MATCHES);
            }
        }
    }

    /// Starts an action from its first step.
    pub fn start(&mut self, index: usize) {
        let assistant = self.assistant;
        self.understood = index != NO_MATCHES;
        if let Some(action) = assistant.definition.actions.get(index) {
            self.play(index, Talk::of(action), 0);
        }
    }

    /// How many inputs in a row matched nothing.
    pub fn misses(&self) -> u32 {
        self.session.misses
    }

    /// Sees to it that something was said or a person asked for.
    pub fn answered(&mut self) {
        if self.replies.is_empty() && self.hand_off.is_none() {
            self.reply(NOTHING_TO_SAY, Vec::new());
        }
    }

    /// The turn as it was taken.
    pub fn finish(self) -> Turn {
        let definition = &self.assistant.definition;
        let known = Known { definition, session: self.session, talk: self.session.talk.as_ref() };
        let trace = Trace {
            heard: self.heard.clone(),
            verdict: self.verdict.clone(),
            candidates: self.ranking.candidates(definition),
            threshold: self.assistant.definition.threshold,
            action: self
                .played
                .and_then(|at| self.assistant.definition.actions.get(at))
                .map(|a| a.title.clone()),
            steps: self.steps.clone(),
            variables: known.all(),
            no_matches_count: if self.understood { 0 } else { self.session.misses },
            hand_off: self.hand_off.clone(),
        };
        // A fallback reached by misses still shows their number, and starts the next count from none.
        if self.understood || self.played == Some(FALLBACK) {
            self.session.misses = 0;
        }
        Turn { replies: self.replies, hand_off: self.hand_off, trace }
    }

    fn take_answer(&mut self, mut talk: Talk, value: Value) {
        let assistant = self.assistant;
        let Some((index, action, at, step)) = talk.place(&assistant.definition) else { return };
        self.note(action, step, format!("answered: {value}"));
        talk.keep(&step.id, value);
        talk.failures = 0;
        self.played = Some(index);
        let next = self.next(action, step, at, &talk);
        self.go(index, talk, next);
    }

    fn refuse_answer(&mut self, mut talk: Talk, why: &str) {
        let assistant = self.assistant;
        let Some((index, action, _, step)) = talk.place(&assistant.definition) else { return };
        let Some(ask) = &step.ask else { return };
        talk.failures = talk.failures.saturating_add(1);
        self.played = Some(index);
        self.note(action, step, format!("answer {} refused: {why}", talk.failures));
        if talk.failures > ask.attempts {
            self.verdict.push_str(" That was one too many.");
            return self.fall_back(HandOffReason::ValidationFailed, Some(talk));
        }
        let text = self.invalid_text(ask, &talk);
        self.reply(&text, labels(ask));
        self.session.talk = Some(talk);
    }

    fn give_up(&mut self, talk: Option<&Talk>) {
        let assistant = self.assistant;
        if let Some((_, action, _, step)) = talk.and_then(|talk| talk.place(&assistant.definition)) {
            self.note(action, step, "given up: the topic changed");
        }
    }

    /// Runs the fallback in place of the talk. A fallback that fails itself brings a person at once.
    fn fall_back(&mut self, reason: HandOffReason, talk: Option<Talk>) {
        let assistant = self.assistant;
        let Some(fallback) = assistant.definition.actions.get(FALLBACK) else { return };
        let failed_itself = reason == HandOffReason::ValidationFailed
            && talk.as_ref().is_some_and(|talk| talk.action == BUILT_IN_ACTIONS[FALLBACK]);
        let before = talk.and_then(|talk| hand_off::before(&assistant.definition, talk));
        let talk = Talk { reason: Some(reason), before, ..Talk::of(fallback) };
        if failed_itself {
            self.played = Some(FALLBACK);
        } else {
            self.play(FALLBACK, talk.clone(), 0);
        }
        if self.replies.is_empty() && self.hand_off.is_none() {
            self.connect(&talk, &Connect::default());
        }
    }

    fn play(&mut self, index: usize, mut talk: Talk, from: usize) {
        let assistant = self.assistant;
        let Some(action) = assistant.definition.actions.get(index) else { return };
        self.played = Some(index);
        let mut at = from;
        while let Some(step) = action.steps.get(at) {
            let visits = entry(&mut talk.visits, &step.id);
            *visits += 1;
            if *visits > STEP_VISITS_MAX {
                let note =
                    format!("stopped: visited more than {STEP_VISITS_MAX} times, the action goes in circles");
                return self.note(action, step, note);
            }
            match self.visit(action, step, at, &talk) {
                Next::Step(next) => at = next,
                Next::Wait => {
                    self.session.talk = Some(Talk { step: step.id.clone(), failures: 0, ..talk });
                    return;
                }
                other @ (Next::End | Next::Fallback) => return self.go(index, talk, other),
            }
        }
    }

    fn go(&mut self, index: usize, talk: Talk, next: Next) {
        match next {
            Next::Step(at) => self.play(index, talk, at),
            Next::Wait | Next::End => {}
            Next::Fallback => self.fall_back(HandOffReason::NoMatches, None),
        }
    }

    fn visit(&mut self, action: &Action, step: &Step, at: usize, talk: &Talk) -> Next {
        if step.when.as_ref().is_some_and(|condition| !holds(condition, &self.known(talk))) {
            self.note(action, step, "skipped: condition is false");
            return Next::Step(at + 1);
        }
        for (variable, operand) in &step.set {
            let value = self.known(talk).operand(operand);
            let shown = value.as_ref().map_or("nothing".to_owned(), Value::to_string);
            self.note(action, step, format!("set {variable} to {shown}"));
            *entry(&mut self.session.variables, variable) = value;
        }
        if let Some(say) = &step.say {
            let options = step
                .ask
                .as_ref()
                .map_or_else(|| self.ranking.suggestions(&self.assistant.definition, step.suggest), labels);
            let text = self.wording(action, step, say).clone();
            let text = self.known(talk).render(&text);
            self.note(action, step, if step.ask.is_some() { "asked" } else { "said" });
            match text.trim().is_empty() && step.ask.is_some() {
                true => self.reply("…", options),
                false => self.reply(&text, options),
            }
        }
        match &step.ask {
            Some(_) => Next::Wait,
            None => self.next(action, step, at, talk),
        }
    }

    fn next(&mut self, action: &Action, step: &Step, at: usize, talk: &Talk) -> Next {
        match &step.then {
            Then::Continue => Next::Step(at + 1),
            Then::End => {
                self.note(action, step, "ended the action");
                Next::End
            }
            Then::GoTo(target) => {
                self.note(action, step, format!("went to {target}"));
                action.steps.iter().position(|step| step.id == *target).map_or(Next::End, Next::Step)
            }
            Then::ConnectToAgent(connect) => {
                self.note(action, step, "reached: connect to agent");
                self.connect(talk, connect);
                Next::End
            }
            Then::Fallback => {
                self.note(action, step, "went to the fallback");
                Next::Fallback
            }
        }
    }

    fn connect(&mut self, talk: &Talk, connect: &Connect) {
        let known = self.known(talk);
        let hand_off = hand_off::hand_off(connect, talk, &known);
        self.hand_off = Some(hand_off);
    }

    fn known<'k>(&'k self, talk: &'k Talk) -> Known<'k> {
        Known { definition: &self.assistant.definition, session: self.session, talk: Some(talk) }
    }

    fn wording<'s>(&mut self, action: &Action, step: &Step, say: &'s Say) -> &'s Text {
        let count = u32::try_from(say.texts.len()).unwrap_or(u32::MAX);
        if count < 2 {
            return &say.texts[0];
        }
        let key = format!("{}/{}", action.id, step.id);
        let last = self.session.wordings.iter().find(|(known, _)| *known == key).map(|(_, last)| *last);
        let chosen = match (say.order, last) {
            (Order::InTurn, None) => 0,
            (Order::InTurn, Some(last)) => last.wrapping_add(1) % count,
            (Order::Random, last) if last == Some(self.chance % count) => (self.chance % count + 1) % count,
            (Order::Random, _) => self.chance % count,
        };
        *entry(&mut self.session.wordings, &key) = chosen;
        &say.texts[chosen as usize]
    }

    fn invalid_text(&self, ask: &Ask, talk: &Talk) -> String {
        let attempt = (talk.failures as usize).saturating_sub(1);
        match ask.invalid.get(attempt).or_else(|| ask.invalid.last()) {
            Some(text) => self.known(talk).render(text),
            None => default_invalid_text(&ask.kind),
        }
    }

    fn reply(&mut self, text: &str, options: Vec<String>) {
        let Ok(text) = Line::new(cut(text, MESSAGE_BYTES_MAX)) else { return };
        self.replies.push(match options.is_empty() {
            true => Content::Text { text },
            false => Content::Options { text, options },
        });
    }

    fn note(&mut self, action: &Action, step: &Step, note: impl Into<String>) {
        self.steps.push(StepTrace { action: action.title.clone(), step: step.id.clone(), note: note.into() });
    }
}
