//! Who answers the visitor, as far as this browser knows.

use super::Chat;
use super::helper::Helper;
use protocol::{ConversationState, VisitorFrame};

/// Who answers the visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The assistant, or nobody yet when there is none.
    Assistant,
    /// A person was asked for, and the bridge has not answered yet.
    Asking,
    /// They wait in a queue.
    Waiting {
        /// The best place they have had: it is never shown to rise.
        place: Option<u32>,
        /// How long it will probably take still.
        seconds: Option<u32>,
        /// Nobody was there when they asked, and nobody has come since.
        told_offline: bool,
    },
    /// Nobody is there, and they were asked to leave a message.
    LeavingMessage,
    /// Somebody has been asked to take them.
    Connecting,
    /// An agent.
    Person {
        /// The name shown.
        name: Option<String>,
    },
}

impl Chat {
    /// Who answers once everything that was asked of the bridge is carried out. The assistant runs only while this is
    /// [`Standing::Assistant`].
    pub fn standing(&self) -> Standing {
        let told = self.told_standing();
        match self.requests.frames().filter_map(asks).last() {
            Some(Asks::End) => Standing::Assistant,
            Some(Asks::Person) if told == Standing::Assistant => Standing::Asking,
            Some(Asks::Person) | None => told,
        }
    }

    /// Whether the visitor can stop waiting or end the conversation.
    pub fn can_end(&self) -> bool {
        self.standing() != Standing::Assistant
    }

    /// Whether the visitor is being asked if they mean to end the conversation.
    pub fn asks_whether_to_end(&self) -> bool {
        self.ending && matches!(self.standing(), Standing::Person { .. })
    }

    /// The name of whoever answers when no person does; `None` when people do.
    pub fn assistant_name(&self) -> Option<&str> {
        match &self.helper {
            Helper::Ready { assistant, .. } => Some(assistant.name()),
            Helper::Loading | Helper::Absent => None,
        }
    }

    /// Whether it is not yet known who answers.
    pub fn is_loading(&self) -> bool {
        matches!(self.helper, Helper::Loading)
    }

    /// Whether the visitor waits for the assistant: to be loaded, or to hear from an extension.
    pub fn assistant_is_awaited(&self) -> bool {
        self.assistant_may_speak()
            && (self.record.calling || self.is_loading() && !self.record.unheard.is_empty())
    }

    /// Place in the log from which on choices can be taken: they answer what was said since the visitor's last line.
    /// `None` while no assistant listens.
    pub fn live_from(&self) -> Option<usize> {
        let entries = &self.record.entries;
        let answered = entries.iter().rposition(|entry| entry.is_visitors()).map_or(0, |at| at + 1);
        self.assistant_may_speak().then_some(answered)
    }

    pub(super) fn assistant_may_speak(&self) -> bool {
        self.standing() == Standing::Assistant
    }

    fn told_standing(&self) -> Standing {
        let Some(state) = &self.record.state else { return Standing::Assistant };
        match state.state {
            ConversationState::Automated | ConversationState::WrapUp | ConversationState::Closed => {
                Standing::Assistant
            }
            ConversationState::Queued | ConversationState::Spam if self.record.wait.parked => {
                Standing::LeavingMessage
            }
            ConversationState::Queued | ConversationState::Spam => self.waiting(state.wait_seconds),
            ConversationState::Offered => Standing::Connecting,
            ConversationState::Open | ConversationState::Pending => {
                Standing::Person { name: self.record.agent.clone() }
            }
        }
    }

    fn waiting(&self, seconds: Option<u32>) -> Standing {
        let wait = &self.record.wait;
        let told_offline = wait.told_offline && !wait.told_available;
        Standing::Waiting { place: wait.best_place, seconds, told_offline }
    }
}

enum Asks {
    Person,
    End,
}

fn asks(frame: &VisitorFrame) -> Option<Asks> {
    match frame {
        VisitorFrame::RequestAgent { .. } => Some(Asks::Person),
        VisitorFrame::StopWaiting { .. } | VisitorFrame::End { .. } => Some(Asks::End),
        VisitorFrame::Hello { .. }
        | VisitorFrame::Say { .. }
        | VisitorFrame::Typing { .. }
        | VisitorFrame::Page { .. }
        | VisitorFrame::PageEvent { .. }
        | VisitorFrame::After { .. }
        | VisitorFrame::Ping => None,
    }
}
