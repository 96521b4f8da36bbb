//! What a conversation is to me now: it decides which buttons there are and whether I may write.

use super::thread::{Progress, Thread};
use protocol::{AgentBadge, AgentId, ConversationState, Summary, Timestamp};

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
    /// A colleague asks me to take it from them.
    PassedToMe {
        /// When that ends by itself.
        until: Option<Timestamp>,
    },
    /// Nobody has it; I may take it.
    Waiting,
    /// Somebody else is being asked.
    OfferedElsewhere,
    /// I talk with the visitor.
    Mine,
    /// I have put it aside.
    Pending {
        /// Until then.
        until: Option<Timestamp>,
    },
    /// It is over, and I am finishing my notes.
    WrapUp {
        /// Until then.
        until: Option<Timestamp>,
    },
    /// Somebody else does.
    Colleagues(String),
    /// Somebody else does, and I take part.
    Joined(String),
    /// The assistant does.
    Automated,
    /// It is taken for spam.
    Spam,
    /// It is over.
    Closed,
    /// It has left my lists, and nobody said why.
    Gone,
}

/// What either source says of a conversation.
struct Said<'a> {
    state: ConversationState,
    agent: Option<&'a AgentBadge>,
    offered: bool,
    passed: bool,
    /// End of an offer.
    offer_until: Option<Timestamp>,
    /// End of a pause, or of the time for notes.
    until: Option<Timestamp>,
}

impl Standing {
    /// Of that conversation. The list and the events are told separately, so whichever has seen more is believed.
    pub fn of(thread: &Thread, me: AgentId) -> Self {
        let events_know = thread.seen() > 0 && thread.progress() == &Progress::Following;
        let from_list = thread.summary.as_ref().filter(|s| !events_know || s.number > thread.seen());
        let standing = match from_list {
            Some(summary) => from(&said_by_list(summary, me), me),
            None if thread.seen() == 0 => Self::Unknown,
            None => from(&said_by_events(thread, me), me),
        };
        let joined = thread.facts().joined.contains(&me);
        let standing = if let (Self::Colleagues(name), true) = (&standing, joined) {
            Self::Joined(name.clone())
        } else {
            standing
        };
        if thread.gone && standing.needs_a_list() { Self::Gone } else { standing }
    }

    /// Whether it can only be true while the conversation is in my lists.
    fn needs_a_list(&self) -> bool {
        match self {
            Self::OfferedToMe { .. }
            | Self::PassedToMe { .. }
            | Self::Waiting
            | Self::Mine
            | Self::Pending { .. }
            | Self::Unknown => true,
            Self::OfferedElsewhere
            | Self::WrapUp { .. }
            | Self::Colleagues(_)
            | Self::Joined(_)
            | Self::Automated
            | Self::Spam
            | Self::Closed
            | Self::Gone => false,
        }
    }

    /// Whether "accept" makes sense.
    pub fn can_accept(&self) -> bool {
        self.is_offered() || *self == Self::Waiting
    }

    /// Whether I was asked, so that I can decline.
    pub fn is_offered(&self) -> bool {
        matches!(self, Self::OfferedToMe { .. } | Self::PassedToMe { .. })
    }

    /// Whether it belongs to me.
    pub fn is_mine(&self) -> bool {
        matches!(self, Self::Mine | Self::Pending { .. })
    }

    /// Whether somebody may take it over who is asked neither by routing nor by its owner.
    pub fn can_take_over(&self, oversees: bool) -> bool {
        match self {
            Self::Automated => true,
            Self::Colleagues(_) | Self::Joined(_) | Self::OfferedElsewhere => oversees,
            Self::Unknown
            | Self::OfferedToMe { .. }
            | Self::PassedToMe { .. }
            | Self::Waiting
            | Self::Mine
            | Self::Pending { .. }
            | Self::WrapUp { .. }
            | Self::Spam
            | Self::Closed
            | Self::Gone => false,
        }
    }

    /// Why I cannot write to the visitor; `None` when I can.
    pub fn why_not_write(&self) -> Option<String> {
        let why = match self {
            Self::Mine | Self::Pending { .. } | Self::Joined(_) => return None,
            Self::Unknown => "Reading the conversation…",
            Self::OfferedToMe { .. } | Self::PassedToMe { .. } | Self::Waiting => {
                "Accept the conversation to reply."
            }
            Self::OfferedElsewhere => "A colleague has been asked to take this conversation.",
            Self::Colleagues(name) => return Some(format!("{name} is in this conversation.")),
            Self::Automated => "The assistant is answering. Take the conversation over to reply.",
            Self::Spam => "This conversation is taken for spam.",
            Self::WrapUp { .. } | Self::Closed => "This conversation is closed.",
            Self::Gone => "This conversation is no longer on your list.",
        };
        Some(why.to_owned())
    }

    /// Whether I may write to the visitor.
    pub fn may_write(&self) -> bool {
        self.why_not_write().is_none()
    }

    /// Whether it is over for the visitor, and not yet for me.
    pub fn takes_only_notes(&self) -> bool {
        matches!(self, Self::WrapUp { .. })
    }

    /// Whether I may write for colleagues.
    pub fn can_comment(&self) -> bool {
        !matches!(self, Self::Unknown | Self::Closed | Self::Gone)
    }
}

fn said_by_list(summary: &Summary, me: AgentId) -> Said<'_> {
    Said {
        state: summary.state,
        agent: summary.agent.as_ref(),
        offered: summary.offered_to.iter().any(|agent| agent.id == me),
        passed: summary.transfer_to.as_ref().is_some_and(|agent| agent.id == me),
        offer_until: summary.offer_until,
        until: summary.until,
    }
}

fn said_by_events(thread: &Thread, me: AgentId) -> Said<'_> {
    let facts = thread.facts();
    Said {
        state: facts.state,
        agent: facts.agent.as_ref(),
        offered: facts.offered.contains(&me),
        passed: facts.passed_to == Some(me),
        offer_until: facts.until,
        until: facts.until,
    }
}

fn from(said: &Said<'_>, me: AgentId) -> Standing {
    let Said { offer_until, until, .. } = *said;
    let is_me = said.agent.is_some_and(|agent| agent.id == me);
    let colleagues =
        || Standing::Colleagues(said.agent.map_or("A colleague", |agent| agent.name.as_str()).to_owned());
    match said.state {
        ConversationState::Automated => Standing::Automated,
        ConversationState::Queued => Standing::Waiting,
        ConversationState::Offered if said.offered => Standing::OfferedToMe { until: offer_until },
        ConversationState::Offered => Standing::OfferedElsewhere,
        ConversationState::Open if is_me => Standing::Mine,
        ConversationState::Open if said.passed => Standing::PassedToMe { until: offer_until },
        ConversationState::Pending if is_me => Standing::Pending { until },
        ConversationState::Open | ConversationState::Pending => colleagues(),
        // Lists do not say whose notes are missing: they show what concerns me.
        ConversationState::WrapUp if is_me || said.agent.is_none() => Standing::WrapUp { until },
        ConversationState::WrapUp | ConversationState::Closed => Standing::Closed,
        ConversationState::Spam => Standing::Spam,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::{AssignedHow, Happening};

    #[test]
    fn events_that_know_more_than_the_list_are_believed() {
        let mut thread = listed(open(1, ME, 3));
        assert_eq!(Standing::of(&thread, ME), Standing::Mine);
        thread.take_page(handed_over(), false);
        assert_eq!(Standing::of(&thread, ME), Standing::Waiting);
        thread.take_live(event(5, assigned(COLLEAGUE, AssignedHow::Accepted)));
        assert_eq!(Standing::of(&thread, ME), Standing::Colleagues("Ben".to_owned()));
        thread.take_live(event(6, passed_to(ME, 30)));
        assert_eq!(Standing::of(&thread, ME), Standing::PassedToMe { until: Some(at(30)) });
    }

    #[test]
    fn a_list_that_knows_more_than_the_events_is_believed() {
        let mut thread = Thread::default();
        thread.take_page(handed_over(), false);
        thread.summary = Some(Summary { number: 9, ..open(1, ME, 9) });
        assert_eq!(Standing::of(&thread, ME), Standing::Mine);
    }

    #[test]
    fn only_whose_it_is_may_write_to_the_visitor() {
        for (standing, may) in [
            (Standing::Mine, true),
            (Standing::Pending { until: None }, true),
            (Standing::Waiting, false),
            (Standing::OfferedToMe { until: None }, false),
            (Standing::PassedToMe { until: None }, false),
            (Standing::Colleagues("Ben".to_owned()), false),
            (Standing::Joined("Ben".to_owned()), true),
            (Standing::Spam, false),
            (Standing::Closed, false),
        ] {
            assert_eq!(standing.why_not_write().is_none(), may, "{standing:?}");
        }
    }

    #[test]
    fn agents_take_over_from_the_assistant_and_supervisors_from_anybody() {
        let colleagues = Standing::Colleagues("Ben".to_owned());
        assert!(Standing::Automated.can_take_over(false) && !colleagues.can_take_over(false));
        assert!(colleagues.can_take_over(true) && !Standing::Mine.can_take_over(true));
    }

    #[test]
    fn whoever_has_joined_takes_part_until_they_leave_or_it_is_theirs() {
        let mut thread = Thread::default();
        thread.take_page(handed_over(), false);
        thread.take_live(event(5, assigned(COLLEAGUE, AssignedHow::Accepted)));
        thread.take_live(event(6, Happening::Joined { agent: badge(ME) }));
        assert_eq!(Standing::of(&thread, ME), Standing::Joined("Ben".to_owned()));
        thread.take_live(event(7, Happening::Parted { agent: ME }));
        assert_eq!(Standing::of(&thread, ME), Standing::Colleagues("Ben".to_owned()));
        thread.take_live(event(8, Happening::Joined { agent: badge(ME) }));
        thread.take_live(event(9, assigned(ME, AssignedHow::TookOver)));
        thread.take_live(event(10, assigned(COLLEAGUE, AssignedHow::Given)));
        assert_eq!(Standing::of(&thread, ME), Standing::Colleagues("Ben".to_owned()));
    }

    #[test]
    fn what_has_left_the_lists_cannot_be_accepted() {
        let mut thread = listed(queued(1, 3));
        thread.gone = true;
        assert_eq!(Standing::of(&thread, ME), Standing::Gone);
    }

    fn listed(summary: Summary) -> Thread {
        let mut thread = Thread::default();
        thread.summary = Some(summary);
        thread
    }
}
