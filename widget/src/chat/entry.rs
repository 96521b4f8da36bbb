//! One line of the log: what was said, or what happened.

use protocol::{Content, HandOff, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in the log: newer entries have greater ones, and none is given twice.
    pub key: u64,
    /// When it was written, by the writer's clock.
    pub at: Timestamp,
    /// What it holds.
    pub body: Body,
    /// How far it has come.
    pub delivery: Delivery,
    /// The request that reports it to the bridge, or that it answers.
    pub request: Option<RequestId>,
}

/// What a line of the log holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Somebody said something.
    Said {
        /// Who.
        by: Speaker,
        /// What.
        content: Content,
    },
    /// Something happened.
    Noticed(Notice),
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Speaker {
    /// The person in front of this browser.
    Visitor,
    /// The assistant that runs here.
    Assistant,
    /// A person of the business.
    Agent {
        /// The name shown.
        name: String,
    },
    /// The business, by itself.
    Business,
}

/// What happened. `locale` has the words, so that a stored log can be read in another language later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// A person was asked for; the words are the author's.
    Told {
        /// The online or the offline message.
        text: String,
    },
    /// A person was asked for while the bridge is away.
    RequestKept,
    /// Nobody was there when a person was asked for, and now somebody is.
    SomeoneAvailable,
    /// An agent took the conversation.
    Joined {
        /// The name shown.
        name: String,
    },
    /// Somebody is to answer, who may be another than before.
    Waiting,
    /// The visitor does not want to wait any longer.
    WaitEnded,
    /// The assistant answers again, although the conversation goes on.
    AssistantBack,
    /// The conversation is over.
    Ended,
    /// It goes on after all.
    Reopened,
    /// A person cannot be asked for.
    RequestRefused {
        /// Why, in the bridge's words.
        why: String,
    },
    /// A preview reached "connect to agent": nobody is transferred.
    Demonstrated(Box<HandOff>),
}

/// How far a line has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// The bridge has it, or need not.
    Done,
    /// The assistant said it before the visitor wrote anything: reported with the visitor's first line.
    Held,
    /// On its way to the bridge.
    Sending,
    /// The bridge will not take it.
    Failed {
        /// Why, in the bridge's words.
        why: String,
    },
}

impl Entry {
    /// Whether the visitor wrote it.
    pub fn is_visitors(&self) -> bool {
        match &self.body {
            Body::Said { by: Speaker::Visitor, .. } => true,
            Body::Said { by: Speaker::Assistant | Speaker::Agent { .. } | Speaker::Business, .. }
            | Body::Noticed(_) => false,
        }
    }

    /// Whether it makes the unread count grow when the panel is closed.
    pub fn calls_for_reading(&self) -> bool {
        match &self.body {
            Body::Said { by, .. } => *by != Speaker::Visitor,
            Body::Noticed(Notice::Joined { .. } | Notice::SomeoneAvailable) => true,
            Body::Noticed(
                Notice::Told { .. }
                | Notice::RequestKept
                | Notice::Waiting
                | Notice::WaitEnded
                | Notice::AssistantBack
                | Notice::Ended
                | Notice::Reopened
                | Notice::RequestRefused { .. }
                | Notice::Demonstrated(_),
            ) => false,
        }
    }

    /// Whether there is nothing to see: only the page around knows what to draw.
    pub fn is_for_page_alone(&self) -> bool {
        matches!(&self.body, Body::Said { content: Content::UserDefined { text, .. }, .. } if text.is_empty())
    }

    /// Whether it is answered by choosing.
    pub fn has_choices(&self) -> bool {
        match &self.body {
            Body::Said { content: Content::Options { .. } | Content::Date { .. }, .. } => true,
            Body::Said {
                content:
                    Content::Text { .. }
                    | Content::Media(_)
                    | Content::Button(_)
                    | Content::Card(_)
                    | Content::Carousel(_)
                    | Content::Table(_)
                    | Content::UserDefined { .. },
                ..
            }
            | Body::Noticed(_) => false,
        }
    }

    /// Whether both lines are of one speaker, so that the second needs no heading of its own.
    pub fn continues(&self, previous: &Self) -> bool {
        match (&self.body, &previous.body) {
            (Body::Said { by, .. }, Body::Said { by: before, .. }) => by == before,
            (Body::Noticed(_), Body::Said { .. } | Body::Noticed(_))
            | (Body::Said { .. }, Body::Noticed(_)) => false,
        }
    }
}
