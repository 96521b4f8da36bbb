//! A conversation, by its events.

use protocol::setup::Need;
use protocol::{
    Actor, AgentId, Choice, ConversationId, ConversationState, Event, Happening, OpeningSource, PlanPlace,
    QueueId, QueuedWhy, Target, TeamId, Timestamp, VisitorId,
};
use std::collections::{BTreeMap, BTreeSet};

/// A conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    /// Which.
    pub id: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Since when.
    pub opened_at: Timestamp,
    /// Of its last event.
    pub number: u64,
    /// Who answers.
    pub state: State,
    /// Where it waits or waited last.
    pub queue: Option<QueueId>,
    /// Whose ways hold.
    pub team: Option<TeamId>,
    /// Points it was given.
    pub priority: i32,
    /// Times it was taken from a silent owner.
    pub no_replies: u32,
    /// Times it was passed on.
    pub transfers: u32,
    /// Since when a person is wanted, and from when that counted as age when it last waited.
    pub wanted: Option<(Timestamp, Timestamp)>,
    /// Whether a person has written since.
    pub answered: bool,
    /// Whether the visitor began it.
    pub by_visitor: bool,
    /// Last word, whoever's.
    pub last_at: Timestamp,
    /// The visitor's last word.
    pub visitor_at: Option<Timestamp>,
    /// A person's last word.
    pub human_at: Option<Timestamp>,
    /// Since when the visitor has no answer.
    pub unanswered_since: Option<Timestamp>,
    /// When it last came to the staff or left them, was woken, or was said to be spam or none.
    pub quiet_from: Timestamp,
    /// Reminders since the last word of either side.
    pub reminders: u32,
    /// What the assistant said should be known.
    pub needs: Vec<Need>,
    /// When a promise was last told to be broken.
    pub missed_at: Option<Timestamp>,
    /// Who takes part.
    pub participants: BTreeSet<AgentId>,
    /// Who is asked first for its visitor.
    pub dedicated: Option<AgentId>,
    /// Who had its visitor last, and when.
    pub last_agent: Option<(AgentId, Timestamp)>,
    /// Whom it was passed on to, while it has not arrived.
    pub on_its_way: Option<Target>,
    /// Whom the assistant named.
    pub requested: Option<String>,
}

/// Who answers.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The assistant.
    Automated,
    /// Nobody.
    Queued(Wait),
    /// These are asked.
    Offered {
        /// What goes on when nobody accepts.
        wait: Wait,
        /// Who.
        to: Vec<AgentId>,
        /// Until when.
        until: Timestamp,
    },
    /// An agent.
    Open(Hold),
    /// An agent, later.
    Pending {
        /// Who.
        hold: Hold,
        /// When.
        until: Timestamp,
    },
    /// Nobody.
    Spam(Box<State>),
    /// Nobody; notes are being finished.
    WrapUp {
        /// Whose.
        agent: AgentId,
        /// Until when.
        until: Timestamp,
        /// When it was closed.
        closed: Timestamp,
    },
    /// Nobody.
    Closed {
        /// Since when.
        closed: Timestamp,
    },
    /// The next event has to say who; after what.
    Loose(&'static str),
}

/// A stay in a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// For whom.
    pub target: Target,
    /// Why.
    pub why: QueuedWhy,
    /// When it came.
    pub entered: Timestamp,
    /// From when its age counts.
    pub since: Timestamp,
    /// Who is asked first.
    pub preferred: Vec<(AgentId, Option<u32>)>,
    /// Where in the plan.
    pub place: PlanPlace,
    /// Since when.
    pub place_since: Timestamp,
    /// Points of its steps.
    pub delta: i32,
    /// Who let it go, and until when they are not asked.
    pub let_go: BTreeMap<AgentId, Timestamp>,
    /// Who was not asked from the start, and until when, whatever the step.
    pub kept_from: BTreeMap<AgentId, Timestamp>,
    /// How somebody is chosen.
    pub choice: Option<Choice>,
    /// Whether somebody has to pick it.
    pub parked: bool,
    /// Queues in a row that did not keep it.
    pub hops: u32,
    /// Whether its queue has just not kept it.
    pub leaving: bool,
}

/// That an agent has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Who.
    pub agent: AgentId,
    /// Since when.
    pub since: Timestamp,
    /// When it was last back from somewhere.
    pub woken: Option<Timestamp>,
    /// Whether a person has written since.
    pub replied: bool,
    /// Whether it was left for them while they were offline.
    pub left: bool,
    /// Whether it takes no room.
    pub quiet: bool,
    /// Who is asked to take it, until when.
    pub passing: Option<(AgentId, Timestamp)>,
    /// Who asked them.
    pub passed_by: Option<Actor>,
}

impl Talk {
    /// One that begins with this event.
    pub fn opened(event: &Event, visitor: VisitorId) -> Self {
        Self {
            id: event.conversation,
            visitor,
            opened_at: event.at,
            number: 0,
            state: State::Automated,
            queue: None,
            team: None,
            priority: 0,
            no_replies: 0,
            transfers: 0,
            wanted: None,
            answered: false,
            by_visitor: matches!(event.happening, Happening::Opened { source: OpeningSource::Visitor, .. }),
            last_at: event.at,
            visitor_at: None,
            human_at: None,
            unanswered_since: None,
            quiet_from: event.at,
            reminders: 0,
            needs: Vec::new(),
            missed_at: None,
            participants: BTreeSet::new(),
            dedicated: None,
            last_agent: None,
            on_its_way: None,
            requested: None,
        }
    }

    /// Its stay in a queue.
    pub fn wait(&self) -> Option<&Wait> {
        match &self.state {
            State::Queued(wait) | State::Offered { wait, .. } => Some(wait),
            State::Automated
            | State::Open(_)
            | State::Pending { .. }
            | State::Spam(_)
            | State::WrapUp { .. }
            | State::Closed { .. }
            | State::Loose(_) => None,
        }
    }

    /// Its owner.
    pub fn owner(&self) -> Option<&Hold> {
        match &self.state {
            State::Open(hold) | State::Pending { hold, .. } => Some(hold),
            State::Automated
            | State::Queued(_)
            | State::Offered { .. }
            | State::Spam(_)
            | State::WrapUp { .. }
            | State::Closed { .. }
            | State::Loose(_) => None,
        }
    }

    /// The queue it waits in.
    pub fn waits_in(&self) -> Option<&QueueId> {
        match &self.wait()?.target {
            Target::Queue(queue) => Some(queue),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => None,
        }
    }
}

impl Hold {
    /// Since when it is on their hands.
    pub fn active_since(&self) -> Timestamp {
        self.woken.map_or(self.since, |woken| woken.max(self.since))
    }
}

impl State {
    /// As lists show it; `None` in between two of them.
    pub fn shown(&self) -> Option<ConversationState> {
        match self {
            Self::Automated => Some(ConversationState::Automated),
            Self::Queued(_) => Some(ConversationState::Queued),
            Self::Offered { .. } => Some(ConversationState::Offered),
            Self::Open(_) => Some(ConversationState::Open),
            Self::Pending { .. } => Some(ConversationState::Pending),
            Self::Spam(_) => Some(ConversationState::Spam),
            Self::WrapUp { .. } => Some(ConversationState::WrapUp),
            Self::Closed { .. } => Some(ConversationState::Closed),
            Self::Loose(_) => None,
        }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::WrapUp { .. } | Self::Closed { .. })
    }
}
