//! The state of one workspace and the questions it answers.

use crate::conversation::{Conversation, Stage};
use crate::presence::Presence;
use crate::queue::Waiting;
use crate::routing::Routing;
use crate::{Audience, Change, Command, Decision, Directory, decide};
use protocol::{
    AgentId, AgentStatus, ConversationId, QueueId, Refusal, StateNow, Summary, Timestamp, VisitorId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One workspace's world. Open conversations' metadata is in memory; messages are not.
#[derive(Clone, Debug)]
pub struct Switchboard {
    pub(crate) directory: Directory,
    pub(crate) presence: Presence,
    pub(crate) conversations: BTreeMap<ConversationId, Conversation>,
    pub(crate) waiting: Waiting,
    pub(crate) by_visitor: BTreeMap<VisitorId, ConversationId>,
    pub(crate) by_agent: BTreeMap<AgentId, BTreeSet<ConversationId>>,
    pub(crate) offers: BTreeSet<(Timestamp, AgentId, ConversationId)>,
    pub(crate) routing: Routing,
}

/// Two are equal that know the same: the routing follows from the rest.
impl PartialEq for Switchboard {
    fn eq(&self, other: &Self) -> bool {
        self.directory == other.directory
            && self.presence == other.presence
            && self.conversations == other.conversations
            && self.waiting == other.waiting
            && self.by_visitor == other.by_visitor
            && self.by_agent == other.by_agent
            && self.offers == other.offers
    }
}

impl Switchboard {
    /// An empty world with this directory. Rebuild it by applying what the store kept.
    pub fn new(directory: Directory) -> Self {
        let mut presence = Presence::default();
        for (agent, profile) in &directory.agents {
            presence.chose(*agent, profile.status);
        }
        let routing = Routing::new(&directory);
        let mut board = Self {
            directory,
            presence,
            conversations: BTreeMap::new(),
            waiting: Waiting::default(),
            by_visitor: BTreeMap::new(),
            by_agent: BTreeMap::new(),
            offers: BTreeSet::new(),
            routing,
        };
        let agents: Vec<AgentId> = board.directory.agents.keys().copied().collect();
        agents.into_iter().for_each(|agent| board.file_agent(agent));
        board
    }

    /// The configuration in force.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What a command would lead to, or why it is refused. Changes nothing. Repeats of a request are the caller's to
    /// recognise, since only the store knows them all.
    pub fn decide(&self, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
        decide::decide(self, command, now)
    }

    /// Makes a change true. Cannot fail: an event of a conversation that is not known here is one of a conversation
    /// that has closed, and changes nothing.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Happened { event, .. } => self.apply_event(event),
            Change::StatusChosen { agent, status } => {
                self.presence.chose(*agent, *status);
                self.file_agent(*agent);
            }
            Change::Connection { agent, connected } => {
                self.presence.connected(*agent, *connected);
                self.file_agent(*agent);
            }
        }
    }

    /// When [`Command::TimePasses`] is due next: the first end of a pending offer, or of an agent's time of not being
    /// asked again.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let offer = self.offers.first().map(|(until, ..)| *until);
        [offer, self.routing.next_exclusion_end()].into_iter().flatten().min()
    }

    /// The visitor's conversation that is not closed.
    pub fn conversation_of(&self, visitor: VisitorId) -> Option<ConversationId> {
        self.by_visitor.get(&visitor).copied()
    }

    /// A conversation as the visitor is told; `None` when it is closed or unknown.
    pub fn state_now(&self, conversation: ConversationId) -> Option<StateNow> {
        let conversation = self.conversations.get(&conversation)?;
        let state = conversation.state();
        Some(StateNow {
            conversation: conversation.id,
            state,
            assistant_enabled: state.assistant_enabled(),
            number: conversation.number,
            queue: conversation.waits().map(|(queue, _)| queue.clone()),
            place: self.waiting.place(conversation),
        })
    }

    /// A conversation as lists show it; `None` when it is closed or unknown.
    pub fn summary(&self, conversation: ConversationId) -> Option<Summary> {
        let conversation = self.conversations.get(&conversation)?;
        let asked = conversation.asked.as_ref();
        Some(Summary {
            conversation: conversation.id,
            visitor: conversation.visitor,
            site: conversation.site.clone(),
            state: conversation.state(),
            number: conversation.number,
            queue: asked.map(|asked| asked.queue.clone()),
            reason: asked.map(|asked| asked.reason),
            waiting_since: asked.map(|asked| asked.since),
            agent: conversation
                .occupies()
                .and_then(|agent| self.directory.agents.get(&agent))
                .map(|a| a.badge.clone()),
            offer_until: match &conversation.stage {
                Stage::Offered { until, .. } => Some(*until),
                Stage::Automated | Stage::Queued { .. } | Stage::Open { .. } => None,
            },
            preview: conversation.last.preview.clone(),
            last_at: conversation.last.at,
            unanswered: conversation.last.by_visitor,
        })
    }

    /// Who is told of it; `None` when it is closed or unknown.
    pub fn audience(&self, conversation: ConversationId) -> Option<Audience> {
        let conversation = self.conversations.get(&conversation)?;
        let agents = match &conversation.stage {
            Stage::Automated => BTreeSet::new(),
            Stage::Queued { .. } => self.members_waiting_for(conversation),
            Stage::Offered { to, .. } => {
                let mut agents = self.members_waiting_for(conversation);
                agents.insert(*to);
                agents
            }
            Stage::Open { agent } => BTreeSet::from([agent.id]),
        };
        Some(Audience { visitor: conversation.visitor, agents })
    }

    /// What stands in an agent's lists: waiting in queues they serve, offered to them, or theirs.
    pub fn conversations_for(&self, agent: AgentId) -> Vec<Summary> {
        let waiting =
            self.directory.queues_of(agent).flat_map(|queue| self.waiting.in_order(&queue.badge.id));
        let own = self.by_agent.get(&agent).into_iter().flatten().copied();
        let ids: BTreeSet<ConversationId> = waiting.chain(own).collect();
        ids.into_iter().filter_map(|id| self.summary(id)).collect()
    }

    /// Whether an agent may read a conversation that is not closed: it is theirs, or it waits or waited in a queue they
    /// serve.
    pub fn may_read(&self, agent: AgentId, conversation: ConversationId) -> bool {
        let Some(conversation) = self.conversations.get(&conversation) else { return false };
        let queue = conversation.asked.as_ref().and_then(|asked| self.directory.queues.get(&asked.queue));
        conversation.occupies() == Some(agent) || queue.is_some_and(|queue| queue.members.contains(&agent))
    }

    /// Every waiting conversation with its place in its queue, 1 is next.
    pub fn places(&self) -> Vec<(ConversationId, u32)> {
        self.waiting.places()
    }

    /// What the agent chose to be.
    pub fn status(&self, agent: AgentId) -> AgentStatus {
        self.presence.chosen(agent)
    }

    /// Whether an agent of this queue is online now.
    pub fn is_served(&self, queue: &QueueId) -> bool {
        let members = self.directory.queues.get(queue).into_iter().flat_map(|queue| &queue.members);
        members.into_iter().any(|agent| self.presence.effective(*agent) == AgentStatus::Online)
    }

    /// Conversations an agent has, offers included.
    pub fn load(&self, agent: AgentId) -> u32 {
        let held = self.by_agent.get(&agent).map_or(0, BTreeSet::len);
        u32::try_from(held).unwrap_or(u32::MAX)
    }

    pub(crate) fn free_capacity(&self, agent: AgentId) -> u32 {
        let capacity = self.directory.agents.get(&agent).map_or(0, |profile| profile.capacity);
        capacity.saturating_sub(self.load(agent))
    }

    pub(crate) fn of_visitor(&self, visitor: VisitorId) -> Option<&Conversation> {
        self.conversations.get(self.by_visitor.get(&visitor)?)
    }

    /// Pending offers, the first to end first.
    pub(crate) fn pending_offers(&self) -> impl Iterator<Item = (Timestamp, AgentId, ConversationId)> {
        self.offers.iter().copied()
    }

    fn members_waiting_for(&self, conversation: &Conversation) -> BTreeSet<AgentId> {
        let queue = conversation.waits().and_then(|(queue, _)| self.directory.queues.get(queue));
        queue.map(|queue| queue.members.clone()).unwrap_or_default()
    }
}
