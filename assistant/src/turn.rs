//! One turn of a conversation: what was heard, what it means, what is done about it.

use crate::definition::{GREETING, NO_MATCHES};
use crate::meaning::{Ranking, understand};
use crate::run::Run;
use crate::session::Talk;
use crate::{Assistant, Session};
use protocol::inspect::Trace;
use protocol::{Content, HandOff};

/// What the assistant hears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The visitor opened the chat and has said nothing yet.
    Opened,
    /// The visitor said this. Choosing an option is saying its label.
    Said(String),
}

/// What the assistant does about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What it says, in order. Every one keeps to the limits of the wire.
    pub replies: Vec<Content>,
    /// The person it asks for, if it does. The words about it being online or offline are not among the replies.
    pub hand_off: Option<HandOff>,
    /// Why, for the inspector.
    pub trace: Trace,
}

/// Takes one turn. `chance` is any random number: it chooses among an author's random wordings.
///
/// What a visitor says is always answered: the turn has a reply or hands over. `Opened` greets and forgets what waited.
pub fn hear(assistant: &Assistant, session: &mut Session, heard: Heard, chance: u32) -> Turn {
    let dropped = session.fit(&assistant.definition);
    let talk = session.talk.take();
    let mut run = Run::new(assistant, session, chance);
    match heard {
        Heard::Opened => {
            run.verdict = "The visitor opened the chat.".to_owned();
            run.start(GREETING);
        }
        Heard::Said(said) => {
            said_in(&mut run, talk, &said);
            run.answered();
            run.heard = Some(said);
        }
    }
    if let Some(dropped) = dropped {
        run.verdict = format!("The talk was dropped: {dropped}. {}", run.verdict);
    }
    run.finish()
}

fn said_in(run: &mut Run<'_>, talk: Option<Talk>, said: &str) {
    run.ranking = Ranking::of(run.assistant, said);
    let understood = understand(run.assistant, &run.ranking, talk.as_ref(), said);
    run.verdict = understood.verdict;
    run.act(understood.meaning, talk);
    if run.played == Some(NO_MATCHES) {
        run.verdict = format!("{} Not understood {} in a row.", run.verdict, run.misses());
    }
}
