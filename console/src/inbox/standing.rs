//! What a conversation is to me now: it decides which buttons there are and whether I may write.

use super::thread::{Progress, Thread};
use protocol::{AgentId, ConversationState, Timestamp};

/// A conversation, from my chair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not known yet.
    Unknown,
    /// I am asked to take it.
    OfferedToMe {
        /// When the offer ends by itself, by the bridge's clock.
        until: Option<Timestamp>,
    },
    /// Nobody has it; I may take it.
    Waiting,
    /// Somebody else is being asked.
    OfferedElsewhere,
    /// I talk with the visitor.
    Mine,
    /// Somebody else does.
    Colleagues(String),
    /// The assistant does.
    Automated,
    /// It is over.
    Closed,
    /// It has left my lists, and nobody said why.
    Gone,
}

impl Standing {
    /// Of that conversation. The list and the events are told separately, so whichever has seen more is believed.
    pub fn of(thread: &Thread, me: AgentId) -> Self {
        let events_know = thread.seen() > 0 && thread.progress() == &Progress::Following;
        let from_list = thread.summary.as_ref().filter(|s| !events_know || s.number > thread.seen());
        let standing = match from_list {
            Some(s) => {
                let agent = s.agent.as_ref();
                from_state(s.state, agent.map(|a| (a.id, a.name.as_str())), s.offer_until, me)
            }
            None if thread.seen() == 0 => Self::Unknown,
            None => from_events(thread, me),
        };
        if thread.gone && standing.needs_a_list() { Self::Gone } else { standing }
    }

    /// Whether it can only be true while the conversation is in my lists.
    fn needs_a_list(&self) -> bool {
        match self {
            Self::OfferedToMe { .. } | Self::Waiting | Self::Mine | Self::Unknown => true,
            Self::OfferedElsewhere | Self::Colleagues(_) | Self::Automated | Self::Closed | Self::Gone => {
                false
            }
        }
    }

    /// Whether "accept" makes sense.
    pub fn can_accept(&self) -> bool {
        match self {
            Self::OfferedToMe { .. } | Self::Waiting => true,
            Self::Unknown
            | Self::OfferedElsewhere
            | Self::Mine
            | Self::Colleagues(_)
            | Self::Automated
            | Self::Closed
            | Self::Gone => false,
        }
    }

    /// Why I cannot write; `None` when I can.
    pub fn why_not_write(&self) -> Option<String> {
        match self {
            Self::Mine => None,
            Self::Unknown => Some("Reading the conversation…".to_owned()),
            Self::OfferedToMe { .. } | Self::Waiting => Some("Accept the conversation to reply.".to_owned()),
            Self::OfferedElsewhere => {
                Some("A colleague has been asked to take this conversation.".to_owned())
            }
            Self::Colleagues(name) => Some(format!("{name} is in this conversation.")),
            Self::Automated => Some("The assistant is answering; nobody has asked for a person.".to_owned()),
            Self::Closed => Some("This conversation is closed.".to_owned()),
            Self::Gone => Some("This conversation is no longer on your list.".to_owned()),
        }
    }
}

fn from_events(thread: &Thread, me: AgentId) -> Standing {
    let facts = thread.facts();
    let joined = facts.agent.as_ref().map(|a| (a.id, a.name.as_str()));
    let agent = facts.offered.map(|(id, _)| (id, "")).or(joined);
    from_state(facts.state, agent, facts.offered.map(|(_, until)| until), me)
}

fn from_state(
    state: ConversationState,
    agent: Option<(AgentId, &str)>,
    until: Option<Timestamp>,
    me: AgentId,
) -> Standing {
    let is_me = agent.is_some_and(|(id, _)| id == me);
    match state {
        ConversationState::Automated => Standing::Automated,
        ConversationState::Queued => Standing::Waiting,
        ConversationState::Offered if is_me => Standing::OfferedToMe { until },
        ConversationState::Offered => Standing::OfferedElsewhere,
        ConversationState::Open if is_me => Standing::Mine,
        ConversationState::Open => {
            Standing::Colleagues(agent.map_or("A colleague", |(_, name)| name).to_owned())
        }
        ConversationState::Closed => Standing::Closed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::Happening;

    #[test]
    fn events_that_know_more_than_the_list_are_believed() {
        let mut thread = listed(open(1, ME, 3));
        assert_eq!(Standing::of(&thread, ME), Standing::Mine);
        thread.take_page(handed_over(), false);
        assert_eq!(Standing::of(&thread, ME), Standing::Waiting);
        thread.take_live(event(5, Happening::AgentJoined { agent: badge(COLLEAGUE) }));
        assert_eq!(Standing::of(&thread, ME), Standing::Colleagues("Ben".to_owned()));
    }

    #[test]
    fn a_list_that_knows_more_than_the_events_is_believed() {
        let mut thread = Thread::default();
        thread.take_page(handed_over(), false);
        thread.summary = Some(protocol::Summary { number: 9, ..open(1, ME, 9) });
        assert_eq!(Standing::of(&thread, ME), Standing::Mine);
    }

    #[test]
    fn only_the_one_who_joined_may_write() {
        for (standing, may) in [
            (Standing::Mine, true),
            (Standing::Waiting, false),
            (Standing::OfferedToMe { until: None }, false),
            (Standing::Colleagues("Ben".to_owned()), false),
            (Standing::Closed, false),
        ] {
            assert_eq!(standing.why_not_write().is_none(), may, "{standing:?}");
        }
    }

    #[test]
    fn what_has_left_the_lists_cannot_be_accepted() {
        let mut thread = listed(queued(1, 3));
        thread.gone = true;
        assert_eq!(Standing::of(&thread, ME), Standing::Gone);
    }
    fn listed(summary: protocol::Summary) -> Thread {
        let mut thread = Thread::default();
        thread.summary = Some(summary);
        thread
    }
}
