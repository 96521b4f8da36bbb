//! Workflows at work (`routing-and-inbox.md` E.8): what starts them, what their runs are told, and what they do.
//!
//! Events start workflows and move runs, but an event only becomes true here: what is to be looked at is noted, and
//! [`crate::Switchboard::route`] works it off, one run and one thing at a time, in the order in which it was noted. Each
//! step is saved as [`RunMoved`], after the events it consists of. What is noted, and what runs want besides
//! events, is never saved: the caller saves a command together with all that follows from it.
//!
//! The store keeps every [`RunMoved`], the definitions by id and version, and with each conversation its contact, which
//! knows what ever ran for it. Those that have not ended are given back with [`crate::Switchboard::take_up`].

mod assign;
mod begin;
mod bonds;
mod codes;
mod facts;
mod hear;
mod occasion;
mod published;
mod say;
mod staff;
mod step;
mod work;

pub use bonds::{Before, Bonds, Want, Wish};
pub use published::AFTER_CLOSE_SECONDS_MAX;
pub use work::{BEGUN_MAX, BEGUN_WITHIN_SECONDS};

use crate::ids::IdMap;
use crate::workflow::Workflow;
use crate::{Effect, Published, RunMoved};
use hear::Noted;
use protocol::{ConversationId, RunId, Timestamp, WorkflowId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Every workflow that can start, every run that has not ended, and what runs have yet to be told.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    published: BTreeMap<WorkflowId, Published>,
    live: BTreeMap<RunId, Live>,
    by_conversation: IdMap<ConversationId, BTreeSet<RunId>>,
    due: BTreeSet<(Timestamp, RunId)>,
    noted: VecDeque<Noted>,
    /// How much is noted for each conversation: until it is looked at, the conversation is kept, closed or not.
    noted_for: IdMap<ConversationId, u32>,
    /// The conversation of what is being worked off.
    working: Option<ConversationId>,
    /// When runs began lately.
    begun: IdMap<ConversationId, VecDeque<Timestamp>>,
    effects: Vec<Effect>,
    /// Runs that have ended, until what they did last is worked off: what it does not start is written into their logs.
    ended: BTreeMap<RunId, RunMoved>,
}

/// A run that has not ended, and the version of its workflow it keeps to.
#[derive(Clone, Debug, PartialEq)]
struct Live {
    moved: RunMoved,
    workflow: Arc<Workflow>,
    due: Option<Timestamp>,
}

/// Two are equal whose workflows and runs are: all else follows, or is gone once it is worked off.
impl PartialEq for Runs {
    fn eq(&self, other: &Self) -> bool {
        self.published == other.published && self.live == other.live
    }
}

impl Runs {
    /// When one of them is to be woken.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.due.first().map(|(due, _)| *due)
    }

    /// The run that is to be woken first.
    pub fn first_due(&self, now: Timestamp) -> Option<(Timestamp, RunId)> {
        self.due.first().copied().filter(|(due, _)| *due <= now)
    }

    /// Whether a conversation is needed here, even when it is over.
    pub fn holds(&self, conversation: ConversationId) -> bool {
        self.working == Some(conversation)
            || self.by_conversation.contains_key(&conversation)
            || self.noted_for.contains_key(&conversation)
    }

    /// Whether the visitor's next message answers a run.
    pub fn asks(&self, conversation: ConversationId) -> bool {
        self.of(conversation).any(|live| live.moved.run.has_question())
    }

    /// Runs of a conversation, in the order of their ids, which is that of their beginning.
    fn of(&self, conversation: ConversationId) -> impl Iterator<Item = &Live> {
        let ids = self.by_conversation.get(&conversation).into_iter().flatten();
        ids.filter_map(|id| self.live.get(id))
    }

    /// A run that has not ended, or has just done so.
    fn at_work(&self, run: RunId) -> Option<&RunMoved> {
        self.live.get(&run).map(|live| &live.moved).or_else(|| self.ended.get(&run))
    }

    /// The run of a workflow in a conversation.
    fn running(&self, conversation: ConversationId, workflow: &WorkflowId) -> Option<&Live> {
        self.of(conversation).find(|live| live.moved.workflow == *workflow)
    }
}
