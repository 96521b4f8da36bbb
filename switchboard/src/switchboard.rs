//! The state of one workspace.

use crate::contact::Contact;
use crate::conversation::Conversation;
use crate::filing::Filed;
use crate::ids::IdMap;
use crate::presence::{Presence, Standing};
use crate::queue::Waiting;
use crate::routing::{Pace, Routing, Unsettled};
use crate::runs::Runs;
use crate::served::Served;
use crate::spam::SpamWatch;
use crate::tally::Tally;
use crate::{Change, Command, Decision, Directory, decide};
use protocol::{AgentId, ConversationId, PageSeen, QueueId, Refusal, Timestamp, VisitorId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One workspace's world. Open conversations' metadata is in memory; messages are not.
#[derive(Clone, Debug)]
pub struct Switchboard {
    pub(crate) directory: Directory,
    pub(crate) presence: Presence,
    /// Those that are not over, those whose notes are being finished, and those in which a workflow still runs.
    pub(crate) conversations: IdMap<ConversationId, Box<Conversation>>,
    /// Visitors who are known before their conversation begins, and conversations that closed a moment ago.
    pub(crate) recalled: HashMap<VisitorId, Recalled>,
    /// What visitors who are here look at; the first message of a conversation finds it here.
    pub(crate) pages: HashMap<VisitorId, PageSeen>,
    /// Conversations that are over, about to be acted on.
    pub(crate) old: HashMap<ConversationId, Box<Conversation>>,
    pub(crate) waiting: Waiting,
    pub(crate) by_visitor: HashMap<VisitorId, ConversationId>,
    /// Conversations of each visitor that are over and still known: notes on them are being finished, a workflow runs in
    /// them, or they ended since the last save.
    pub(crate) over_by_visitor: HashMap<VisitorId, BTreeSet<ConversationId>>,
    pub(crate) by_agent: IdMap<AgentId, BTreeSet<ConversationId>>,
    /// Room that is taken of each agent.
    pub(crate) loads: IdMap<AgentId, u32>,
    /// Conversations of a queue that each agent has; only where a queue bounds that.
    pub(crate) held_by_queue: HashMap<(AgentId, QueueId), u32>,
    pub(crate) timers: BTreeSet<(Timestamp, ConversationId)>,
    pub(crate) due: IdMap<ConversationId, Timestamp>,
    pub(crate) spam: IdMap<ConversationId, SpamWatch>,
    pub(crate) pace: HashMap<QueueId, Pace>,
    /// Who of each queue is online.
    pub(crate) served: Served,
    pub(crate) routing: Routing,
    pub(crate) runs: Runs,
    /// Conversations that are over since the last save, as they ended.
    pub(crate) ended: IdMap<ConversationId, Box<Conversation>>,
    /// Agents who stand otherwise since the last save.
    pub(crate) stood: BTreeSet<AgentId>,
    /// What there is of each queue.
    pub(crate) tally: Tally,
    /// Where each of the conversations is filed.
    pub(crate) filed: IdMap<ConversationId, Filed>,
}

/// What the store knows of a visitor without an open conversation.
#[derive(Clone, Debug, Default)]
pub struct Recalled {
    /// What is known of them.
    pub contact: Contact,
    /// The conversation that closed last.
    pub closed: Option<Box<Conversation>>,
}

/// Two are equal that know the same: all else follows from that.
impl PartialEq for Switchboard {
    fn eq(&self, other: &Self) -> bool {
        self.directory == other.directory
            && self.presence == other.presence
            && self.conversations == other.conversations
            && self.runs == other.runs
    }
}

impl Switchboard {
    /// A world in which nothing has happened. Rebuild one with [`Switchboard::restore`].
    pub fn new(directory: Directory, now: Timestamp) -> Self {
        Self::restore(directory, BTreeMap::new(), Vec::new(), now)
    }

    /// A world as it was saved: how each agent stood, and every conversation that is not over. Nobody is connected.
    pub fn restore(
        directory: Directory,
        mut standings: BTreeMap<AgentId, Standing>,
        conversations: Vec<Conversation>,
        now: Timestamp,
    ) -> Self {
        let mut presence = Presence::default();
        for agent in directory.agents().keys() {
            presence.restore(*agent, standings.remove(agent).unwrap_or_default(), now);
        }
        let mut board = Self {
            routing: Routing::new(&directory),
            directory,
            presence,
            conversations: IdMap::default(),
            recalled: HashMap::new(),
            pages: HashMap::new(),
            old: HashMap::new(),
            waiting: Waiting::default(),
            by_visitor: HashMap::new(),
            over_by_visitor: HashMap::new(),
            by_agent: IdMap::default(),
            loads: IdMap::default(),
            held_by_queue: HashMap::new(),
            timers: BTreeSet::new(),
            due: IdMap::default(),
            spam: IdMap::default(),
            pace: HashMap::new(),
            served: Served::default(),
            runs: Runs::default(),
            ended: IdMap::default(),
            stood: BTreeSet::new(),
            tally: Tally::default(),
            filed: IdMap::default(),
        };
        board.file_everybody(now);
        for conversation in conversations {
            let conversation = Box::new(Conversation { visitor_gone: Some(now), ..conversation });
            let id = conversation.id;
            board.refile(id, Some(conversation), now);
            board.unsettle(id, Unsettled::Found);
        }
        board.share_contacts();
        board
    }

    /// The same world under another setup. Everything is looked at again: whoever it waits for, or belongs to, may be gone.
    pub fn set_up(&mut self, directory: Directory, now: Timestamp) {
        let conversations: BTreeMap<_, _> = self.conversations.drain().collect();
        for agent in directory.agents().keys() {
            if self.directory.agent(*agent).is_none() {
                self.presence.restore(*agent, Standing::default(), now);
            }
        }
        let served: Vec<QueueId> =
            directory.plans().map(|(queue, _)| queue.clone()).filter(|queue| self.is_served(queue)).collect();
        self.routing = Routing::new(&directory);
        self.directory = directory;
        self.waiting = Waiting::default();
        self.by_visitor.clear();
        self.over_by_visitor.clear();
        self.by_agent.clear();
        self.loads.clear();
        self.held_by_queue.clear();
        self.timers.clear();
        self.due.clear();
        self.served = Served::default();
        self.tally = Tally::default();
        self.filed.clear();
        self.file_everybody(now);
        for (id, conversation) in conversations {
            self.refile(id, Some(conversation), now);
            self.unsettle(id, Unsettled::Found);
        }
        for queue in served {
            if self.is_served(&queue) {
                continue;
            }
            let waiting: Vec<ConversationId> = self.waiting.in_order(&queue).collect();
            waiting.into_iter().for_each(|id| self.unsettle(id, Unsettled::Again));
        }
    }

    /// The configuration in force.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What a command would lead to, or why it is refused. Changes nothing. Repeats of a request are the caller's to
    /// recognise, since only the store knows them all. Save what it leads to together with all that
    /// [`Switchboard::route`] says follows, then do what [`Switchboard::take_effects`] gives.
    pub fn decide(&self, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
        decide::decide(self, command, now)
    }

    /// Makes a change true. Cannot fail: an event of a conversation that is not known here is one of a conversation
    /// that has closed, and changes nothing.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Happened { event, .. } => self.apply_event(event),
            Change::StatusChosen { agent, status, at } => {
                self.stood.insert(*agent);
                self.agent_moves(*agent, |presence| presence.chose(*agent, *status, *at));
            }
            Change::Connection { agent, reach, at } => {
                if self.agent_moves(*agent, |presence| presence.reached(*agent, *reach, *at)) {
                    self.stood.insert(*agent);
                }
            }
            Change::Idle { agent, idle } => {
                self.agent_moves(*agent, |presence| presence.idles(*agent, *idle));
            }
            Change::VisitorConnection { visitor, gone } => {
                if gone.is_some() {
                    self.pages.remove(visitor);
                }
                self.visitor_moved(*visitor, *gone);
            }
            Change::PageSeen { visitor, page } => drop(self.pages.insert(*visitor, page.clone())),
            Change::Occurred { conversation, happened, told } => self.occurred(*conversation, happened, told),
            Change::Ran(moved) => self.apply_run(moved),
        }
    }

    /// The page a visitor who is here looks at.
    pub fn page_of(&self, visitor: VisitorId) -> Option<&PageSeen> {
        self.pages.get(&visitor)
    }

    /// What the store knows of a visitor, given before a command of theirs is decided that may begin a conversation. What
    /// is known here counts before it: it may have changed since the last save.
    pub fn recall(&mut self, visitor: VisitorId, recalled: Recalled) {
        self.recalled.insert(visitor, recalled);
    }

    /// A conversation that is over, given before somebody of the staff does something with it. What is known of its visitor now
    /// has to be in it.
    pub fn recall_old(&mut self, conversation: Conversation) {
        if conversation.is_gone() {
            self.old.insert(conversation.id, Box::new(conversation));
        }
    }

    /// A conversation that changed since the last save, as it is to be kept.
    pub fn snapshot(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(&id).or_else(|| self.ended.get(&id)).map(Box::as_ref)
    }

    /// How agents stand who stand otherwise since the last save.
    pub fn moved_standings(&self) -> Vec<(AgentId, Standing)> {
        self.stood.iter().map(|agent| (*agent, self.presence.kept(*agent))).collect()
    }

    /// All is saved: lets go of what was kept for that, and of what was recalled and not used.
    pub fn saved(&mut self) {
        self.recalled.clear();
        self.old.clear();
        for (id, ended) in std::mem::take(&mut self.ended) {
            if !self.conversations.contains_key(&id) {
                self.unfile_over(ended.visitor, id);
            }
        }
        self.stood.clear();
    }

    /// When [`Command::TimePasses`] is due next, or [`Switchboard::route`] finds more than before.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let timer = self.timers.first().map(|(due, _)| *due);
        [timer, self.routing.next_deadline(), self.runs.next_due()].into_iter().flatten().min()
    }

    /// The conversation whose timer is due first.
    pub(crate) fn first_due(&self, now: Timestamp) -> Option<(Timestamp, ConversationId)> {
        self.timers.first().copied().filter(|(due, _)| *due <= now)
    }

    fn file_everybody(&mut self, now: Timestamp) {
        let directory = self.directory.clone();
        for agent in directory.agents().keys() {
            self.file_agent(*agent);
            directory.queues_of(*agent).for_each(|queue| self.file_bars(*agent, queue, now));
        }
    }

    /// An agent came, went, or chose a status.
    fn agent_moves<T>(&mut self, agent: AgentId, how: impl FnOnce(&mut Presence) -> T) -> T {
        let was_online = self.is_online(agent);
        let answer = how(&mut self.presence);
        self.file_agent(agent);
        self.unsettle_for(agent, was_online);
        let own: Vec<ConversationId> = self.by_agent.get(&agent).into_iter().flatten().copied().collect();
        own.into_iter().for_each(|id| self.file_timer(id));
        answer
    }

    fn visitor_moved(&mut self, visitor: VisitorId, gone: Option<Timestamp>) {
        let Some(id) = self.by_visitor.get(&visitor).copied() else { return };
        if let Some(conversation) = self.conversations.get_mut(&id) {
            conversation.visitor_gone = gone;
        }
        self.file_timer(id);
    }
}
