//! Who answers, with the data that is true then.

use protocol::{
    Actor, AgentBadge, AgentId, Choice, Event, Happening, PlanPlace, QueuedWhy, ReasonId, Target, Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The assistant.
    Automated,
    /// Nobody yet.
    Queued(Visit),
    /// Nobody yet; these are asked.
    Offered {
        /// What goes on if nobody accepts.
        visit: Visit,
        /// Who has not answered yet; never empty.
        to: Vec<AgentId>,
        /// When they are not asked any more.
        until: Timestamp,
    },
    /// An agent.
    Open(Held),
    /// An agent, later.
    Pending {
        /// Who.
        held: Held,
        /// When.
        until: Timestamp,
    },
    /// Nobody, and nobody is told.
    Spam {
        /// What it was.
        before: Box<Stage>,
    },
    /// Nobody: it is over.
    Closed {
        /// Since when.
        at: Timestamp,
        /// Who had it.
        owner: Option<AgentBadge>,
        /// Who finishes notes, and until when.
        wrap_up: Option<(AgentId, Timestamp)>,
    },
}

/// One stay in a queue, from entering it to belonging to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// For whom it waits.
    pub target: Target,
    /// Why.
    pub why: QueuedWhy,
    /// When it entered.
    pub entered: Timestamp,
    /// The moment its age counts from.
    pub since: Timestamp,
    /// Who is asked before others, and for how many seconds it is held for each.
    pub preferred: Vec<(AgentId, Option<u32>)>,
    /// Where in its plan it is.
    pub place: PlanPlace,
    /// Since when.
    pub place_since: Timestamp,
    /// Points of priority its steps have added.
    pub priority_delta: i32,
    /// Who was not asked from the start, and until when; a further step changes nothing about that.
    pub kept_from: BTreeMap<AgentId, Timestamp>,
    /// Who is not asked, and until when.
    pub let_go: BTreeMap<AgentId, Timestamp>,
    /// Who did not answer in time, and until when their answer is late.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub missed: BTreeMap<AgentId, Timestamp>,
    /// How somebody is chosen, when that differs from what is configured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// Whether nobody is asked: somebody has to pick it.
    pub parked: bool,
    /// How many queues in a row have not kept it.
    pub hops: u32,
}

/// That an agent has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Who.
    pub agent: AgentBadge,
    /// Since when.
    pub since: Timestamp,
    /// When it was last back from being put aside, or from spam: no time is counted that passed meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub woken: Option<Timestamp>,
    /// Whether a person has written to the visitor since.
    pub replied: bool,
    /// Whether it was passed to them while they were offline, and lies in their inbox.
    #[serde(default)]
    pub left: bool,
    /// Whether the visitor has not written for so long that it takes no room.
    #[serde(default)]
    pub quiet: bool,
    /// Milliseconds they had it before it was put aside.
    #[serde(default)]
    pub had_ms: u64,
    /// The colleague who is asked to take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passing: Option<Passing>,
}

impl Held {
    /// That somebody has it from now on.
    pub fn begun(agent: AgentBadge, since: Timestamp, left: bool) -> Self {
        Self { agent, since, woken: None, replied: false, left, quiet: false, had_ms: 0, passing: None }
    }

    /// For how long they had it by now, in milliseconds, without the time it was put aside.
    pub fn had_until(&self, at: Timestamp) -> u64 {
        self.had_ms + at.millis_since(self.active_since())
    }

    /// Whether it lies in the inbox of somebody who has not looked at it yet.
    pub fn lies(&self) -> bool {
        self.left && !self.replied
    }

    /// Since when it is on their hands.
    pub fn active_since(&self) -> Timestamp {
        self.woken.map_or(self.since, |woken| woken.max(self.since))
    }
}

/// A transfer that waits for a colleague to accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passing {
    /// Who is asked.
    pub to: AgentId,
    /// Until when.
    pub until: Timestamp,
    /// Why.
    pub reason: ReasonId,
    /// For them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Who passes it on; `None` in what was saved before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Actor>,
}

impl Passing {
    /// The transfer an event offers; `None` for any other event.
    pub fn begun_by(event: &Event) -> Option<Self> {
        let Happening::TransferOffered { to, reason, note, until } = &event.happening else { return None };
        let by = Some(event.by.clone());
        Some(Self { to: *to, until: *until, reason: reason.clone(), note: note.clone(), by })
    }
}
