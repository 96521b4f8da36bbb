//! The authors' preview as a pure state machine: what the widget in the frame reports, what it is ordered, and what
//! becomes of a file that was loaded.

use protocol::inspect::{PreviewOrder, PreviewReport, Trace};
use protocol::limits::ASSISTANT_BYTES_MAX;
use serde::Deserialize;
use std::rc::Rc;

/// Turns that stay in the inspector; older ones are forgotten.
const TURNS_KEPT_MAX: usize = 100;

/// One turn, with its place in the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// From 1 since the last restart.
    pub number: u32,
    /// What the assistant says of it.
    pub trace: Rc<Trace>,
}

/// One mistake in a definition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// The value concerned, as a JSON pointer; empty for the whole file.
    pub path: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

/// What is wrong with the loaded file, by who found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistakes {
    /// None known.
    None,
    /// The file cannot be read at all.
    Unreadable(String),
    /// The widget refused it, one line for each mistake.
    Loading(Vec<String>),
    /// The bridge refused to publish it.
    Publishing(Vec<Mistake>),
}

/// A file the author gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its name.
    pub name: String,
    /// Its text.
    pub definition: Rc<str>,
    /// The widget runs it.
    pub runs: bool,
}

/// How publishing goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publishing {
    /// Not asked for.
    Idle,
    /// Asked for by somebody who is not signed in, or not as an admin: why, in words.
    NeedsSignIn(String),
    /// On its way.
    Working,
    /// The site runs it now.
    Done,
    /// It did not work, and why.
    Failed(String),
}

/// What the bridge answers to publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// The site runs it now.
    Yes,
    /// It has mistakes.
    Broken(Vec<Mistake>),
    /// Nobody is signed in, or not as an admin.
    NotAllowed(String),
    /// Anything else, in words.
    Failed(String),
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The widget says something.
    Reported(PreviewReport),
    /// Start over.
    RestartPressed,
    /// The author gave a file.
    FileRead {
        /// Its name.
        name: String,
        /// Its text.
        text: String,
    },
    /// The author gave a file that is not text.
    FileUnreadable(String),
    /// Make the loaded file the site's assistant; also said after signing in.
    PublishPressed,
    /// The bridge has answered.
    PublishAnswered(Published),
}

/// What the browser has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tell the widget.
    Order(PreviewOrder),
    /// Ask the bridge to publish this.
    Publish(Rc<str>),
}

/// The preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What runs in the frame, once it has said so.
    pub assistant: Option<String>,
    /// The latest first.
    pub turns: Vec<Turn>,
    /// The author's file.
    pub loaded: Option<Loaded>,
    /// What is wrong with it.
    pub mistakes: Mistakes,
    /// Whether it is or was published.
    pub publishing: Publishing,
    next_number: u32,
    /// A file was handed to the widget and it has not said whether it runs it.
    trying: bool,
}

impl Default for Preview {
    fn default() -> Self {
        Self {
            assistant: None,
            turns: Vec::new(),
            loaded: None,
            mistakes: Mistakes::None,
            publishing: Publishing::Idle,
            next_number: 1,
            trying: false,
        }
    }
}

impl Preview {
    /// Decides.
    pub fn update(&mut self, msg: Msg) -> Option<Effect> {
        match msg {
            Msg::Reported(report) => self.reported(report),
            Msg::RestartPressed => {
                self.forget_turns();
                Some(Effect::Order(PreviewOrder::Restart))
            }
            Msg::FileRead { name, text } => self.load(name, text),
            Msg::FileUnreadable(why) => {
                self.mistakes = Mistakes::Unreadable(why);
                None
            }
            Msg::PublishPressed => self.publish(),
            Msg::PublishAnswered(answer) => {
                self.answered(answer);
                None
            }
        }
    }

    fn reported(&mut self, report: PreviewReport) -> Option<Effect> {
        match report {
            PreviewReport::Ready { assistant } => {
                self.ready(assistant);
                None
            }
            PreviewReport::Turn(trace) => {
                let turn = Turn { number: self.next_number, trace: Rc::from(trace) };
                self.next_number += 1;
                self.turns.insert(0, turn);
                self.turns.truncate(TURNS_KEPT_MAX);
                None
            }
            PreviewReport::Broken { mistakes } => {
                self.trying = false;
                self.mistakes = Mistakes::Loading(mistakes);
                None
            }
        }
    }

    /// The widget is there, or runs what it was given: either way it starts a conversation of its own.
    fn ready(&mut self, assistant: String) {
        self.assistant = Some(assistant);
        self.forget_turns();
        if let Some(loaded) = &mut self.loaded {
            loaded.runs = self.trying;
        }
        self.trying = false;
    }

    fn load(&mut self, name: String, text: String) -> Option<Effect> {
        self.publishing = Publishing::Idle;
        if text.len() > ASSISTANT_BYTES_MAX {
            let why = format!(
                "{name} has {} bytes and an assistant can have {ASSISTANT_BYTES_MAX}: split off what is not needed",
                text.len()
            );
            self.mistakes = Mistakes::Unreadable(why);
            return None;
        }
        self.mistakes = Mistakes::None;
        self.trying = true;
        self.loaded = Some(Loaded { name, definition: Rc::from(text.as_str()), runs: false });
        Some(Effect::Order(PreviewOrder::Load { definition: text }))
    }

    fn publish(&mut self) -> Option<Effect> {
        let definition = self.loaded.as_ref()?.definition.clone();
        self.publishing = Publishing::Working;
        Some(Effect::Publish(definition))
    }

    fn answered(&mut self, answer: Published) {
        self.publishing = match answer {
            Published::Yes => {
                self.mistakes = Mistakes::None;
                Publishing::Done
            }
            Published::Broken(mistakes) => {
                self.mistakes = Mistakes::Publishing(mistakes);
                Publishing::Failed(
                    "Not published: the file has mistakes. The one in use stays in use.".to_owned(),
                )
            }
            Published::NotAllowed(why) => Publishing::NeedsSignIn(why),
            Published::Failed(why) => Publishing::Failed(why),
        };
    }

    fn forget_turns(&mut self) {
        self.turns.clear();
        self.next_number = 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_shown_latest_first_and_numbered_from_the_restart() {
        let mut preview = running();
        turns(&mut preview, 3);
        assert_eq!(numbers(&preview), [3, 2, 1]);
        assert_eq!(preview.update(Msg::RestartPressed), Some(Effect::Order(PreviewOrder::Restart)));
        turns(&mut preview, 1);
        assert_eq!(numbers(&preview), [1]);
    }

    #[test]
    fn a_long_conversation_forgets_its_beginning() {
        let mut preview = running();
        turns(&mut preview, TURNS_KEPT_MAX + 1);
        assert_eq!((preview.turns.len(), numbers(&preview).last()), (TURNS_KEPT_MAX, Some(&2)));
    }

    #[test]
    fn a_file_the_widget_refuses_leaves_what_was_running() {
        let mut preview = running();
        turns(&mut preview, 2);
        assert!(matches!(load(&mut preview, "{"), Some(Effect::Order(PreviewOrder::Load { .. }))));
        let mistakes = vec!["line 1, column 2: the file ends; add `}`".to_owned()];
        preview.update(Msg::Reported(PreviewReport::Broken { mistakes: mistakes.clone() }));
        assert_eq!(preview.mistakes, Mistakes::Loading(mistakes));
        assert_eq!(numbers(&preview), [2, 1]);
        assert!(!preview.loaded.expect("kept").runs);
    }

    #[test]
    fn a_file_the_widget_runs_starts_over() {
        let mut preview = running();
        turns(&mut preview, 2);
        load(&mut preview, "{}");
        preview.update(Msg::Reported(PreviewReport::Ready { assistant: "Mine".to_owned() }));
        assert!(preview.turns.is_empty() && preview.loaded.is_some_and(|l| l.runs));
        assert_eq!(preview.assistant.as_deref(), Some("Mine"));
    }

    #[test]
    fn publishing_sends_the_loaded_file_and_tells_what_became_of_it() {
        let mut preview = running();
        assert_eq!(preview.update(Msg::PublishPressed), None, "nothing is loaded");
        load(&mut preview, "{}");
        assert_eq!(preview.update(Msg::PublishPressed), Some(Effect::Publish(Rc::from("{}"))));
        preview.update(Msg::PublishAnswered(Published::NotAllowed("Sign in".to_owned())));
        assert_eq!(preview.publishing, Publishing::NeedsSignIn("Sign in".to_owned()));
        preview.update(Msg::PublishPressed);
        preview.update(Msg::PublishAnswered(Published::Yes));
        assert_eq!(preview.publishing, Publishing::Done);
    }

    #[test]
    fn a_file_that_is_too_large_is_not_even_tried() {
        let mut preview = running();
        assert_eq!(load(&mut preview, &"x".repeat(ASSISTANT_BYTES_MAX + 1)), None);
        assert!(matches!(preview.mistakes, Mistakes::Unreadable(_)));
    }

    fn running() -> Preview {
        let mut preview = Preview::default();
        preview.update(Msg::Reported(PreviewReport::Ready { assistant: "Demo".to_owned() }));
        preview
    }

    fn turns(preview: &mut Preview, count: usize) {
        for _ in 0..count {
            preview.update(Msg::Reported(PreviewReport::Turn(Box::default())));
        }
    }

    fn load(preview: &mut Preview, text: &str) -> Option<Effect> {
        preview.update(Msg::FileRead { name: "assistant.json".to_owned(), text: text.to_owned() })
    }

    fn numbers(preview: &Preview) -> Vec<u32> {
        preview.turns.iter().map(|turn| turn.number).collect()
    }
}
