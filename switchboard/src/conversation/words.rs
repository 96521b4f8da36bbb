//! What was said, as far as rules and lists look at it. Messages themselves are not kept in memory.

use protocol::limits::PREVIEW_CHARS_MAX;
use protocol::{Author, BrowserAuthor, Content, Timestamp};
use serde::{Deserialize, Serialize};

/// Characters of a message that conditions see. Longer ones are rare, and each conversation is saved with its last words.
pub const SAID_CHARS_MAX: usize = 4_000;

/// The last of each kind of message, and what follows from their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Beginning of the last thing said.
    pub preview: String,
    /// When that was, or when the conversation began.
    pub last_at: Timestamp,
    /// The visitor's last message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<Said>,
    /// The last message of a person who works here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human: Option<Said>,
    /// The assistant's last message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant: Option<Said>,
    /// The last message of a workflow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Said>,
    /// The last message of a program, or of the bridge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<Said>,
    /// Since when the visitor waits for an answer; `None` when the last word is a person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unanswered_since: Option<Timestamp>,
}

/// A message, as conditions look at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What it says, or its first [`SAID_CHARS_MAX`] characters.
    pub text: String,
    /// When it was saved.
    pub at: Timestamp,
}

impl Words {
    /// Nothing was said yet.
    pub fn new(at: Timestamp) -> Self {
        Self {
            preview: String::new(),
            last_at: at,
            visitor: None,
            human: None,
            assistant: None,
            workflow: None,
            program: None,
            unanswered_since: None,
        }
    }

    /// Takes note of a message.
    pub fn hear(&mut self, author: &Author, content: &Content, at: Timestamp) {
        let whole = content.as_plain_text();
        let text: String = whole.chars().take(SAID_CHARS_MAX).collect();
        self.preview = whole.chars().take(PREVIEW_CHARS_MAX).collect();
        self.last_at = at;
        let said = Some(Said { text, at });
        match author {
            Author::Browser(BrowserAuthor::Visitor) => {
                self.visitor = said;
                self.unanswered_since.get_or_insert(at);
            }
            Author::Browser(BrowserAuthor::Assistant) => {
                self.assistant = said;
                self.unanswered_since = None;
            }
            Author::Agent(_) => {
                self.human = said;
                self.unanswered_since = None;
            }
            Author::Workflow(_) => self.workflow = said,
            Author::Program { .. } => {
                self.program = said;
                self.unanswered_since = None;
            }
            Author::Bridge => {}
        }
    }

    /// When a person last wrote, if the visitor has not written since.
    pub fn waits_for_visitor_since(&self) -> Option<Timestamp> {
        let human = self.human.as_ref()?.at;
        let answered = self.visitor.as_ref().is_some_and(|visitor| visitor.at >= human);
        (!answered).then_some(human)
    }
}
