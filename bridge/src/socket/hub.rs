//! Who is connected, and the way to tell them.
//!
//! Every connection has a bounded outbox. Whoever does not empty theirs in time is disconnected: they come back and
//! resume after the last number they saw, which is cheaper than remembering for them.

use protocol::{AgentId, BridgeToAgent, BridgeToVisitor, ConversationId, Event, VisitorId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc;

/// Frames a connection may leave unread before it is disconnected.
pub const OUTBOX_FRAMES_MAX: usize = 256;

/// One open, greeted socket of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConnectionId(u64);

impl ConnectionId {
    /// A number not used before in this process.
    pub fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// Digest of the session a console belongs to.
pub type SessionDigest = [u8; 32];

/// Where frames for one connection are put.
pub type Outbox<F> = mpsc::Sender<Arc<F>>;

/// Everybody who is connected.
#[derive(Default)]
pub struct Hub {
    visitors: BTreeMap<ConnectionId, (VisitorId, Outbox<BridgeToVisitor>)>,
    agents: BTreeMap<ConnectionId, Console>,
    connections_by_visitor: BTreeMap<VisitorId, BTreeSet<ConnectionId>>,
    connections_by_agent: BTreeMap<AgentId, BTreeSet<ConnectionId>>,
    watchers_by_conversation: BTreeMap<ConversationId, BTreeSet<ConnectionId>>,
    agents_here: BTreeSet<AgentId>,
    departed: BTreeSet<AgentId>,
    /// Agents of whom a console came, went, or is typed in otherwise.
    stirred: BTreeSet<AgentId>,
    departed_visitors: Vec<VisitorId>,
}

struct Console {
    agent: AgentId,
    session: SessionDigest,
    outbox: Outbox<BridgeToAgent>,
    watched: BTreeSet<ConversationId>,
    /// Nothing was typed in it for a while.
    idle: bool,
}

impl Hub {
    /// A visitor's widget said hello.
    pub fn visitor_joins(&mut self, id: ConnectionId, visitor: VisitorId, outbox: Outbox<BridgeToVisitor>) {
        self.visitors.insert(id, (visitor, outbox));
        self.connections_by_visitor.entry(visitor).or_default().insert(id);
    }

    /// An agent's console said hello.
    pub fn agent_joins(
        &mut self,
        id: ConnectionId,
        agent: AgentId,
        session: SessionDigest,
        outbox: Outbox<BridgeToAgent>,
    ) {
        let console = Console { agent, session, outbox, watched: BTreeSet::new(), idle: false };
        self.agents.insert(id, console);
        self.stirred.insert(agent);
        self.connections_by_agent.entry(agent).or_default().insert(id);
        self.agents_here.insert(agent);
    }

    /// A connection has ended, or is to end: dropping its outbox is what ends it.
    pub fn leaves(&mut self, id: ConnectionId) {
        if let Some((visitor, _)) = self.visitors.remove(&id)
            && remove_from(&mut self.connections_by_visitor, visitor, id)
        {
            self.departed_visitors.push(visitor);
        }
        if let Some(console) = self.agents.remove(&id) {
            for conversation in console.watched {
                remove_from(&mut self.watchers_by_conversation, conversation, id);
            }
            self.stirred.insert(console.agent);
            if remove_from(&mut self.connections_by_agent, console.agent, id) {
                self.agents_here.remove(&console.agent);
                self.departed.insert(console.agent);
            }
        }
    }

    /// Ends every connection; their outboxes are still emptied.
    pub fn everybody_leaves(&mut self) {
        let all: Vec<ConnectionId> = self.visitors.keys().chain(self.agents.keys()).copied().collect();
        for id in all {
            self.leaves(id);
        }
    }

    /// Ends the consoles of a session that was signed out.
    pub fn session_ends(&mut self, session: &SessionDigest) {
        let ended: Vec<ConnectionId> = self
            .agents
            .iter()
            .filter(|(_, console)| console.session == *session)
            .map(|(id, _)| *id)
            .collect();
        for id in ended {
            self.leaves(id);
        }
    }

    /// Nothing was typed in a console for a while, or something is again.
    pub fn idles(&mut self, id: ConnectionId, idle: bool) {
        if let Some(console) = self.agents.get_mut(&id) {
            console.idle = idle;
            self.stirred.insert(console.agent);
        }
    }

    /// Whether an agent types in none of their consoles; `None` for who has none.
    pub fn is_idle(&self, agent: AgentId) -> Option<bool> {
        let consoles = self.connections_by_agent.get(&agent)?;
        Some(consoles.iter().filter_map(|id| self.agents.get(id)).all(|console| console.idle))
    }

    /// Agents with a console of whom one came, went, or is typed in otherwise since this was last asked.
    pub fn take_stirred(&mut self) -> Vec<(AgentId, bool)> {
        let stirred = std::mem::take(&mut self.stirred);
        stirred.into_iter().filter_map(|agent| Some((agent, self.is_idle(agent)?))).collect()
    }

    /// Agents whose last console has gone since this was last asked, and who have not come back.
    pub fn take_departed(&mut self) -> BTreeSet<AgentId> {
        let mut departed = std::mem::take(&mut self.departed);
        departed.retain(|agent| !self.agents_here.contains(agent));
        departed
    }

    /// Visitors whose last window has gone since this was last asked, and who have not come back.
    pub fn take_departed_visitors(&mut self) -> Vec<VisitorId> {
        let mut departed = std::mem::take(&mut self.departed_visitors);
        departed.retain(|visitor| !self.connections_by_visitor.contains_key(visitor));
        departed
    }

    /// Visitors with a window.
    pub fn visitors_here(&self) -> impl Iterator<Item = VisitorId> {
        self.connections_by_visitor.keys().copied()
    }

    /// Whether a visitor has a window.
    pub fn is_here(&self, visitor: VisitorId) -> bool {
        self.connections_by_visitor.contains_key(&visitor)
    }

    /// Agents with a console.
    pub fn agents_here(&self) -> &BTreeSet<AgentId> {
        &self.agents_here
    }

    /// To every console.
    pub fn tell_all_agents(&mut self, frame: &BridgeToAgent) {
        let all: BTreeSet<ConnectionId> = self.agents.keys().copied().collect();
        self.tell_consoles(all, frame.clone());
    }

    /// Whose console a connection is.
    pub fn agent_of(&self, id: ConnectionId) -> Option<AgentId> {
        self.agents.get(&id).map(|console| console.agent)
    }

    /// From now on this console is told what happens there.
    pub fn watches(&mut self, id: ConnectionId, conversation: ConversationId) {
        if let Some(console) = self.agents.get_mut(&id) {
            console.watched.insert(conversation);
            self.watchers_by_conversation.entry(conversation).or_default().insert(id);
        }
    }

    /// The console is no longer told.
    pub fn unwatches(&mut self, id: ConnectionId, conversation: ConversationId) {
        if let Some(console) = self.agents.get_mut(&id) {
            console.watched.remove(&conversation);
            remove_from(&mut self.watchers_by_conversation, conversation, id);
        }
    }

    /// Agents who look at a conversation.
    pub fn watchers(&self, conversation: ConversationId) -> BTreeSet<AgentId> {
        let consoles = self.watchers_by_conversation.get(&conversation).into_iter().flatten();
        consoles.filter_map(|id| self.agent_of(*id)).collect()
    }

    /// Conversations somebody looks at.
    pub fn watched(&self) -> Vec<ConversationId> {
        self.watchers_by_conversation.keys().copied().collect()
    }

    /// An agent may not look at a conversation any more, and is told so.
    pub fn shuts_out(&mut self, agent: AgentId, conversation: ConversationId) {
        let consoles = self.connections_by_agent.get(&agent).cloned().unwrap_or_default();
        let looks = |id: &ConnectionId| {
            self.agents.get(id).is_some_and(|console| console.watched.contains(&conversation))
        };
        let looking: BTreeSet<ConnectionId> = consoles.into_iter().filter(looks).collect();
        for id in &looking {
            self.unwatches(*id, conversation);
        }
        self.tell_consoles(looking, BridgeToAgent::Unwatched { conversation });
    }

    /// Nothing more will happen there.
    pub fn conversation_ends(&mut self, conversation: ConversationId) {
        for id in self.watchers_by_conversation.remove(&conversation).unwrap_or_default() {
            if let Some(console) = self.agents.get_mut(&id) {
                console.watched.remove(&conversation);
            }
        }
    }

    /// To every widget of a visitor.
    pub fn tell_visitor(&mut self, visitor: VisitorId, frame: BridgeToVisitor) {
        let to = self.connections_by_visitor.get(&visitor).cloned().unwrap_or_default();
        let frame = Arc::new(frame);
        for id in to {
            self.put_visitor(id, Arc::clone(&frame));
        }
    }

    /// To every console of an agent.
    pub fn tell_agent(&mut self, agent: AgentId, frame: BridgeToAgent) {
        let to = self.connections_by_agent.get(&agent).cloned().unwrap_or_default();
        self.tell_consoles(to, frame);
    }

    /// To every console that looks at the event's conversation, but for those of agents it is not for.
    pub fn tell_watchers(&mut self, event: &Event, is_for: impl Fn(AgentId) -> bool) {
        if let Some(mut to) = self.watchers_by_conversation.get(&event.conversation).cloned() {
            to.retain(|id| self.agent_of(*id).is_some_and(&is_for));
            self.tell_consoles(to, BridgeToAgent::Happened(event.clone()));
        }
    }

    /// To one connection, whichever kind it is; nothing happens when it has gone.
    pub fn answer(&mut self, id: ConnectionId, visitor: BridgeToVisitor, agent: BridgeToAgent) {
        if self.visitors.contains_key(&id) {
            self.put_visitor(id, Arc::new(visitor));
        } else {
            self.put_agent(id, Arc::new(agent));
        }
    }

    fn tell_consoles(&mut self, to: BTreeSet<ConnectionId>, frame: BridgeToAgent) {
        let frame = Arc::new(frame);
        for id in to {
            self.put_agent(id, Arc::clone(&frame));
        }
    }

    fn put_visitor(&mut self, id: ConnectionId, frame: Arc<BridgeToVisitor>) {
        let taken = self.visitors.get(&id).is_none_or(|(_, outbox)| outbox.try_send(frame).is_ok());
        if !taken {
            tracing::debug!(connection = id.0, "a widget reads too slowly or has gone: disconnected");
            self.leaves(id);
        }
    }

    fn put_agent(&mut self, id: ConnectionId, frame: Arc<BridgeToAgent>) {
        let taken = self.agents.get(&id).is_none_or(|console| console.outbox.try_send(frame).is_ok());
        if !taken {
            tracing::debug!(connection = id.0, "a console reads too slowly or has gone: disconnected");
            self.leaves(id);
        }
    }
}

/// Whether nothing is left under that key.
fn remove_from<K: Ord>(map: &mut BTreeMap<K, BTreeSet<ConnectionId>>, key: K, id: ConnectionId) -> bool {
    let Some(set) = map.get_mut(&key) else { return false };
    set.remove(&id);
    let empty = set.is_empty();
    if empty {
        map.remove(&key);
    }
    empty
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Timestamp;

    #[test]
    fn a_visitor_who_does_not_read_is_disconnected_and_others_are_not() {
        let mut hub = Hub::default();
        let (slow, mut slow_inbox) = join_visitor(&mut hub, visitor(1));
        let (_, mut other_inbox) = join_visitor(&mut hub, visitor(2));
        for _ in 0..=OUTBOX_FRAMES_MAX {
            hub.tell_visitor(visitor(1), BridgeToVisitor::Pong);
        }
        hub.tell_visitor(visitor(2), BridgeToVisitor::Pong);
        for _ in 0..OUTBOX_FRAMES_MAX {
            assert!(slow_inbox.try_recv().is_ok());
        }
        assert_eq!(slow_inbox.try_recv(), Err(mpsc::error::TryRecvError::Disconnected), "{slow:?}");
        assert!(other_inbox.try_recv().is_ok());
    }

    #[test]
    fn only_the_last_console_of_an_agent_is_a_departure() {
        let mut hub = Hub::default();
        let (first, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        let (second, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        hub.leaves(first);
        assert_eq!(hub.take_departed(), [].into());
        hub.leaves(second);
        hub.leaves(second);
        assert_eq!(hub.take_departed(), [agent(1)].into());
    }

    #[test]
    fn who_is_back_already_has_not_departed() {
        let mut hub = Hub::default();
        let (first, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        hub.leaves(first);
        let (_second, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        assert_eq!(hub.take_departed(), [].into());
    }

    #[test]
    fn an_agent_is_idle_when_all_their_consoles_are() {
        let mut hub = Hub::default();
        let (first, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        let (second, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        hub.idles(first, true);
        assert_eq!(hub.take_stirred(), [(agent(1), false)]);
        hub.idles(second, true);
        assert_eq!(hub.take_stirred(), [(agent(1), true)]);
        assert_eq!(hub.take_stirred(), []);
        hub.idles(first, false);
        hub.leaves(first);
        assert_eq!(hub.take_stirred(), [(agent(1), true)], "the one that is left is idle");
        hub.leaves(second);
        assert_eq!(hub.take_stirred(), [], "who has no console is not idle but gone");
    }

    #[test]
    fn who_is_shut_out_is_told_so_and_of_nothing_else() {
        let mut hub = Hub::default();
        let (looks, mut inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        let (_, mut other_inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        let event = closed();
        let conversation = event.conversation;
        hub.watches(looks, conversation);
        hub.shuts_out(agent(1), conversation);
        hub.tell_watchers(&event, |_| true);
        assert_eq!(inbox.try_recv().ok().as_deref(), Some(&BridgeToAgent::Unwatched { conversation }));
        assert!(inbox.try_recv().is_err() && other_inbox.try_recv().is_err());
    }

    #[test]
    fn signing_out_ends_the_consoles_of_that_session_alone() {
        let mut hub = Hub::default();
        let (out, _inbox) = join_agent(&mut hub, agent(1), [1; 32]);
        let (stays, _inbox) = join_agent(&mut hub, agent(1), [2; 32]);
        hub.session_ends(&[1; 32]);
        assert_eq!((hub.agent_of(out), hub.agent_of(stays)), (None, Some(agent(1))));
    }

    #[test]
    fn only_those_who_look_at_a_conversation_are_told_of_it() {
        let mut hub = Hub::default();
        let (looks, mut inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        let (_, mut other_inbox) = join_agent(&mut hub, agent(2), [0; 32]);
        let event = closed();
        hub.watches(looks, event.conversation);
        hub.tell_watchers(&event, |_| false);
        hub.tell_watchers(&event, |_| true);
        hub.unwatches(looks, event.conversation);
        hub.tell_watchers(&event, |_| true);
        assert_eq!(inbox.try_recv().ok().as_deref(), Some(&BridgeToAgent::Happened(event)));
        assert!(inbox.try_recv().is_err() && other_inbox.try_recv().is_err());
    }

    #[test]
    fn leaving_ends_the_watching_too() {
        let mut hub = Hub::default();
        let (looks, _inbox) = join_agent(&mut hub, agent(1), [0; 32]);
        hub.watches(looks, closed().conversation);
        hub.leaves(looks);
        assert!(hub.watchers_by_conversation.is_empty());
    }

    fn join_visitor(
        hub: &mut Hub,
        visitor: VisitorId,
    ) -> (ConnectionId, mpsc::Receiver<Arc<BridgeToVisitor>>) {
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let id = ConnectionId::next();
        hub.visitor_joins(id, visitor, outbox);
        (id, inbox)
    }

    fn join_agent(
        hub: &mut Hub,
        agent: AgentId,
        session: SessionDigest,
    ) -> (ConnectionId, mpsc::Receiver<Arc<BridgeToAgent>>) {
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let id = ConnectionId::next();
        hub.agent_joins(id, agent, session, outbox);
        (id, inbox)
    }

    fn visitor(n: u8) -> VisitorId {
        VisitorId::of_digest([n; 32])
    }

    fn agent(n: u8) -> AgentId {
        AgentId::at(Timestamp::default(), [n; 10])
    }

    fn closed() -> Event {
        let closing = protocol::Closing {
            source: protocol::ClosingSource::Visitor,
            category: None,
            note: None,
            wrap_up: None,
        };
        Event {
            conversation: ConversationId::at(Timestamp::default(), [7; 10]),
            number: 3,
            at: Timestamp::default(),
            request: None,
            by: protocol::Actor::Visitor,
            cause: protocol::Cause::Asked,
            happening: protocol::Happening::Closed(closing),
        }
    }
}
