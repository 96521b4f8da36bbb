//! What `cargo xtask bench turn` times in a browser: each call of `main` is one turn of the demo's assistant, in the same
//! build of it as the widget's.
//!
//! The visitor says every phrase its authors gave as an example, one after the other and from the beginning again, in
//! talks as long as `TURNS_PER_TALK`.

use assistant::{Assistant, Heard, Session, hear, read};
use std::cell::RefCell;

const DEFINITION: &str = include_str!("../../examples/demo/assistant.json");

const TURNS_PER_TALK: usize = 20;

struct Talk {
    assistant: Assistant,
    phrases: Vec<String>,
    session: Session,
    turns: usize,
}

thread_local! {
    static TALK: RefCell<Talk> = RefCell::new(Talk::begin());
}

fn main() {
    TALK.with_borrow_mut(Talk::turn);
}

impl Talk {
    fn begin() -> Self {
        let assistant =
            read(DEFINITION).unwrap_or_else(|mistakes| panic!("the demo is broken: {mistakes:?}"));
        Self { assistant, phrases: phrases(), session: Session::default(), turns: 0 }
    }

    fn turn(&mut self) {
        if self.turns.is_multiple_of(TURNS_PER_TALK) {
            self.session = Session::default();
            hear(&self.assistant, &mut self.session, Heard::Opened, 0);
        }
        let said = self.phrases[self.turns % self.phrases.len()].clone();
        let turn = hear(&self.assistant, &mut self.session, Heard::Said(said), self.turns as u32);
        assert!(!turn.replies.is_empty(), "a turn of the demo always answers");
        self.turns += 1;
    }
}

/// The examples of all actions, in the order of the file.
fn phrases() -> Vec<String> {
    let definition: serde_json::Value = serde_json::from_str(DEFINITION).expect("it was read before");
    let actions = definition["actions"].as_array().into_iter().flatten();
    let phrases = actions.flat_map(|action| action["phrases"].as_array().into_iter().flatten());
    phrases.filter_map(|phrase| phrase.as_str().map(str::to_owned)).collect()
}
