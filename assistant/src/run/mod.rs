//! One turn.
//!
//! [`hear`] makes an [`Engine`] of the assistant, the session and the world, lets it take the turn, and keeps nothing.
//! `listen` finds out what was meant, `flow` runs actions step by step, `ask` deals with questions and answers, `say`
//! with words, `topics` with changing the topic and coming back, `fallback` with what was not understood and with
//! people, `scope` with values, `report` with the trace.

mod ask;
mod expect;
mod fallback;
mod flow;
mod listen;
mod mention;
mod repeat;
mod report;
mod say;
mod scope;
mod sub;
mod topics;

pub use say::cut;

use crate::definition::{Action, Definition, FALLBACK, GREETING, NO_MATCHES, TRIGGER_WORDS};
use crate::session::{Begun, Talk};
use crate::understand::Ranking;
use crate::{Assistant, CallWanted, Heard, Reply, Session, Surroundings, Turn};
use protocol::HandOff;
use protocol::inspect::{Denied, EndedBy, Happened, StartedBy, Understood};

/// Takes one turn. What a visitor says is always answered: the turn has a reply, hands over, or calls an extension.
pub fn hear(assistant: &Assistant, session: &mut Session, heard: Heard, around: &Surroundings) -> Turn {
    let mut engine = Engine::new(assistant, session, around);
    engine.prepare();
    engine.take(heard);
    engine.turn()
}

/// One turn while it is being taken.
struct Engine<'a> {
    assistant: &'a Assistant,
    session: &'a mut Session,
    around: &'a Surroundings,
    /// State of the generator of random numbers.
    chance: u64,
    /// What the visitor said.
    said: String,
    /// Whether something has to be said: who opens the chat may find an assistant that waits to be spoken to.
    must_answer: bool,
    heard: Option<String>,
    understood: Understood,
    /// What the utterance resembles; nothing until that has to be known.
    ranking: Option<Ranking>,
    /// What keeps likely actions from being taken.
    denied: Vec<(usize, Denied)>,
    happenings: Vec<Happened>,
    /// Actions begun in this turn.
    begun: u32,
    /// The count of misses starts anew after the turn, which still shows it.
    forget_misses: bool,
    /// Texts are for an agent's eyes: protected values are masked.
    masking: bool,
    replies: Vec<Reply>,
    hand_off: Option<HandOff>,
    call: Option<CallWanted>,
}

impl<'a> Engine<'a> {
    fn new(assistant: &'a Assistant, session: &'a mut Session, around: &'a Surroundings) -> Self {
        Self {
            assistant,
            session,
            around,
            chance: around.chance,
            said: String::new(),
            must_answer: false,
            heard: None,
            understood: Understood::Nothing,
            ranking: None,
            denied: Vec::new(),
            happenings: Vec::new(),
            begun: 0,
            forget_misses: false,
            masking: false,
            replies: Vec::new(),
            hand_off: None,
            call: None,
        }
    }

    /// Makes the session fit the definition, and gives variables the initial values that have to be evaluated.
    fn prepare(&mut self) {
        let dropped = self.session.fit(self.assistant);
        self.happenings.extend(dropped);
        self.initial_values();
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            Heard::Opened => self.open(),
            Heard::Said(said) => self.listen(said),
            Heard::Started(action) => self.start_from_page(&action),
            Heard::PersonWanted => self.person_wanted(),
            Heard::Called(outcome) => self.call_answered(&outcome),
        }
    }

    /// Greets, and forgets what was under way.
    fn open(&mut self) {
        self.session.question = None;
        self.session.misses = 0;
        self.drop_talks(0, EndedBy::StartedOver);
        self.begin(GREETING, Begun::Alone, StartedBy::Opened);
    }

    fn person_wanted(&mut self) {
        self.must_answer = true;
        self.give_calls_up();
        if self.hand_off.is_none() {
            self.bring_person();
        }
    }

    /// Starts an action because the page wants it: as if its phrase had been said, wherever the talk stands.
    fn start_from_page(&mut self, id: &str) {
        self.give_calls_up();
        if self.hand_off.is_some() {
            return;
        }
        self.must_answer = true;
        let Some((index, action)) = self.assistant.action(id) else { return };
        if index == FALLBACK {
            return self.bring_person();
        }
        let under_way = self.session.talks.iter().any(|talk| talk.action == id);
        let built_in = index == NO_MATCHES || index == TRIGGER_WORDS;
        if under_way || built_in || !self.action_holds(action) {
            return;
        }
        self.turn_to(index, StartedBy::Page, None);
    }

    fn definition(&self) -> &'a Definition {
        &self.assistant.definition
    }

    /// The action that runs, and its talk.
    fn running(&self) -> Option<(&'a Action, &Talk)> {
        let talk = self.session.talks.last()?;
        let (_, action) = self.assistant.action(&talk.action)?;
        Some((action, talk))
    }

    fn tell(&mut self, happened: Happened) {
        self.happenings.push(happened);
    }
}

/// The name an action has for visitors.
fn label(action: &Action) -> &str {
    action.shown_as.as_deref().unwrap_or(&action.title)
}
