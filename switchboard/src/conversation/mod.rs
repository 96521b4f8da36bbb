//! One conversation, and how events move it. A stage is a variant with just the data that is true in it.

mod apply;
mod stage;
mod timers;
mod wanted;
mod words;

pub use apply::EXCLUDED_SECONDS;
pub use stage::{Held, Passing, Stage, Visit};
pub use wanted::Wanted;
pub use words::{SAID_CHARS_MAX, Said, Words};

use crate::contact::Contact;
use crate::directory::Directory;
use crate::matching::{Rank, Ranking};
use protocol::setup::{Conduct, Need};
use protocol::{
    AgentBadge, AgentId, ClosingSource, ConversationId, ConversationState, HandOffReason, OpeningSource,
    PlanPlace, QueueId, SiteId, Target, TeamId, Timestamp, VisitorId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is kept of a conversation in memory, and saved beside its events so that it need not be rebuilt from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Which.
    pub id: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// Where it began.
    pub site: SiteId,
    /// When it began.
    pub opened_at: Timestamp,
    /// Who began it.
    pub opened_by: OpeningSource,
    /// What ended it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<ClosingSource>,
    /// Number of its last event.
    pub number: u64,
    /// What was said.
    pub words: Words,
    /// Why a person was asked for last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<HandOffReason>,
    /// That a person is wanted, or was when it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// Where it waits, or waited last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// The team it waits for, or belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// Points of priority it was given, besides those of its queue.
    pub priority: i32,
    /// Times it was passed on.
    pub transfers: u32,
    /// Times it was taken from somebody who did not write.
    pub no_replies: u32,
    /// When a promise was last found broken, so that it is told once for each.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed_at: Option<Timestamp>,
    /// Reminders sent since our last word.
    pub reminders: u32,
    /// What whoever takes it should know, as was said when a person was asked for last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// The agent the assistant named when a person was asked for last, as it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_for: Option<String>,
    /// When it last came to the staff or left them, was woken, or said to be spam or none: the visitor's silence counts from
    /// then at the earliest.
    pub quiet_from: Timestamp,
    /// Those of the staff who take part without owning it.
    pub participants: BTreeMap<AgentId, AgentBadge>,
    /// Whether somebody has said that it is no spam: it is not looked for any more.
    pub cleared: bool,
    /// Who had it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_owner: Option<AgentId>,
    /// What is known of its visitor.
    pub contact: Contact,
    /// Since when the visitor is gone. Known while the process runs, never saved.
    #[serde(skip)]
    pub visitor_gone: Option<Timestamp>,
    /// Who answers.
    pub stage: Stage,
}

impl Conversation {
    /// A conversation that has just begun.
    pub fn opened(
        id: ConversationId,
        visitor: VisitorId,
        site: SiteId,
        at: Timestamp,
        contact: Contact,
    ) -> Self {
        Self {
            id,
            visitor,
            site,
            opened_at: at,
            opened_by: OpeningSource::Visitor,
            closed_by: None,
            number: 1,
            words: Words::new(at),
            reason: None,
            wanted: None,
            queue: None,
            team: None,
            priority: 0,
            transfers: 0,
            no_replies: 0,
            missed_at: None,
            reminders: 0,
            needs: Vec::new(),
            asked_for: None,
            quiet_from: at,
            participants: BTreeMap::new(),
            cleared: false,
            last_owner: None,
            contact,
            visitor_gone: None,
            stage: Stage::Automated,
        }
    }

    /// As lists show it.
    pub fn state(&self) -> ConversationState {
        match &self.stage {
            Stage::Automated => ConversationState::Automated,
            Stage::Queued(_) => ConversationState::Queued,
            Stage::Offered { .. } => ConversationState::Offered,
            Stage::Open(_) => ConversationState::Open,
            Stage::Pending { .. } => ConversationState::Pending,
            Stage::Spam { .. } => ConversationState::Spam,
            Stage::Closed { wrap_up: Some(_), .. } => ConversationState::WrapUp,
            Stage::Closed { wrap_up: None, .. } => ConversationState::Closed,
        }
    }

    /// Whether it is over, with all that belongs to it: kept, if at all, for workflows that still run.
    pub fn is_gone(&self) -> bool {
        matches!(self.stage, Stage::Closed { wrap_up: None, .. })
    }

    /// Its visit to a queue, waiting or offered.
    pub fn visit(&self) -> Option<&Visit> {
        match &self.stage {
            Stage::Queued(visit) | Stage::Offered { visit, .. } => Some(visit),
            Stage::Automated
            | Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => None,
        }
    }

    /// Its owner, and how they hold it.
    pub fn held(&self) -> Option<&Held> {
        match &self.stage {
            Stage::Open(held) | Stage::Pending { held, .. } => Some(held),
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => None,
        }
    }

    /// Its owner.
    pub fn owner(&self) -> Option<AgentId> {
        self.held().map(|held| held.agent.id)
    }

    /// Its owner, or who finishes notes on it.
    pub fn answers_for(&self) -> Option<AgentId> {
        match &self.stage {
            Stage::Open(held) | Stage::Pending { held, .. } => Some(held.agent.id),
            Stage::Closed { wrap_up, .. } => wrap_up.map(|(agent, _)| agent),
            Stage::Automated | Stage::Queued(_) | Stage::Offered { .. } | Stage::Spam { .. } => None,
        }
    }

    /// Those who are asked to accept it.
    pub fn offered_to(&self) -> &[AgentId] {
        match &self.stage {
            Stage::Offered { to, .. } => to,
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => &[],
        }
    }

    /// Agents whose room it takes, each with how much.
    pub fn takes_room(&self, directory: &Directory) -> Vec<(AgentId, u32)> {
        let weight = self.weight(directory);
        let of = |agent: AgentId| (agent, weight);
        match &self.stage {
            Stage::Offered { to, .. } => to.iter().copied().map(of).collect(),
            Stage::Open(held) => {
                let asked = held.passing.as_ref().map(|passing| passing.to);
                let owner = (!held.quiet).then_some(held.agent.id);
                owner.into_iter().chain(asked).map(of).collect()
            }
            Stage::Closed { wrap_up: Some((agent, _)), .. } if self.conduct(directory).wrap_up_takes_room => {
                vec![of(*agent)]
            }
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => Vec::new(),
        }
    }

    /// Agents in whose own list it stands: its owner, those who are asked, those who take part, who finishes notes.
    pub fn concerns(&self) -> Vec<AgentId> {
        let mut agents: Vec<AgentId> = match &self.stage {
            Stage::Offered { to, .. } => to.clone(),
            Stage::Open(held) | Stage::Pending { held, .. } => std::iter::once(held.agent.id)
                .chain(held.passing.as_ref().map(|passing| passing.to))
                .collect(),
            Stage::Closed { wrap_up: Some((agent, _)), .. } => vec![*agent],
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Spam { .. }
            | Stage::Closed { wrap_up: None, .. } => Vec::new(),
        };
        // Nobody is told of spam.
        if !self.state().is_over() && !matches!(self.stage, Stage::Spam { .. }) {
            agents.extend(self.participants.keys());
        }
        agents.sort_unstable();
        agents.dedup();
        agents
    }

    /// Room it takes.
    pub fn weight(&self, directory: &Directory) -> u32 {
        let queue = self.queue.as_ref().and_then(|queue| directory.queue(queue));
        queue.map_or(1, |queue| queue.weight)
    }

    /// How those work for whom it waits, or who have it.
    pub fn conduct<'d>(&self, directory: &'d Directory) -> &'d Conduct {
        directory.conduct(self.team.as_ref())
    }

    /// Points of priority in all.
    pub fn points(&self, directory: &Directory) -> i32 {
        let queue = self.queue.as_ref().and_then(|queue| directory.queue(queue));
        let of_queue = queue.map_or(0, |queue| queue.priority);
        let of_step =
            self.visit().map_or(0, |visit| visit.priority_delta.saturating_add(of_first(visit, directory)));
        self.priority.saturating_add(of_queue).saturating_add(of_step)
    }

    /// The queue it waits in now; `None` when it waits for a team or a person, or does not wait.
    pub fn waits_in(&self) -> Option<&QueueId> {
        match &self.visit()?.target {
            Target::Queue(queue) => Some(queue),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => None,
        }
    }

    /// Its place among all that waits.
    pub fn rank(&self, directory: &Directory) -> Option<Rank> {
        let visit = self.visit()?;
        let ranking = directory.ranking();
        let promised = match ranking {
            Ranking::PromisedFirst => self.promised_first(directory),
            Ranking::HeadStart | Ranking::StrictPriority => None,
        };
        Some(ranking.rank(visit.since, self.points(directory), promised))
    }
}

/// Points of the first step, which no event tells of: a conversation is there once it is not held for anybody.
fn of_first(visit: &Visit, directory: &Directory) -> i32 {
    match (visit.place, &visit.target) {
        (PlanPlace::Step(_), Target::Queue(queue)) => {
            directory.plan(queue).and_then(|plan| plan.step(0)).map_or(0, |step| step.priority_delta)
        }
        (
            PlanPlace::Step(_) | PlanPlace::Preferred(_),
            Target::Queue(_) | Target::Agent(_) | Target::Team(_) | Target::Anybody,
        ) => 0,
    }
}
