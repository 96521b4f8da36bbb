//! A small workspace that tests talk to in the product's words. Time stands still unless a test moves it, and after every
//! step all that is derived is compared with what a fresh start would make of what is saved.

mod chat;
mod people;
mod setup;
mod truth;

pub use chat::Chat;
pub use people::{Agent, Program, Visitor, line, to_queue, to_team, transfer};
pub use setup::{
    CAPACITY, OFFER_SECONDS, agent_id, conduct, desk, need, office_hours, plan_step, queue, reason, skill,
    team, workshop,
};

use protocol::setup::Setup;
use protocol::{
    AgentId, AgentStatus, ConversationId, Event, Refusal, RefusalCode, RequestId, Timestamp, VisitorId,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use switchboard::{Change, Command, Conversation, Decision, Directory, Recalled, Standing, Switchboard};
use uuid::Uuid;

/// A workspace; clones are the same one.
#[derive(Clone)]
pub struct World(Rc<RefCell<Inner>>);

struct Inner {
    board: Switchboard,
    setup: Setup,
    now: Timestamp,
    events: Vec<Event>,
    /// What a store would know of conversations that are over.
    kept: HashMap<VisitorId, Recalled>,
    /// Every conversation, made of its events alone.
    replayed: HashMap<ConversationId, Conversation>,
    /// What a store would know of how agents stand.
    standings: BTreeMap<AgentId, Standing>,
    named: u128,
    /// What is done is one batch: recalled before it, and saved after it.
    at_once: bool,
}

impl World {
    /// Anna and Ben serve the front desk, Carla the workshop; Sam is their supervisor. Nobody is here.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same with something set up otherwise.
    pub fn with(change: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = setup::shop();
        change(&mut setup);
        let now = Timestamp::from_millis(1_790_000_000_000);
        let board = Switchboard::new(directory(&setup), now);
        let (kept, replayed) = (HashMap::new(), HashMap::new());
        Self(Rc::new(RefCell::new(Inner {
            board,
            setup,
            now,
            events: Vec::new(),
            kept,
            replayed,
            standings: BTreeMap::new(),
            named: 1_000,
            at_once: false,
        })))
    }

    /// These agents, online.
    pub fn online<const N: usize>(&self, names: [&str; N]) -> [Agent; N] {
        names.map(|name| {
            let agent = self.agent(name);
            agent.comes_online();
            agent
        })
    }

    /// An agent, wherever they are.
    pub fn agent(&self, name: &str) -> Agent {
        Agent::new(self.clone(), setup::agent_id(name))
    }

    /// A visitor.
    pub fn visitor(&self, number: u128) -> Visitor {
        Visitor::new(self.clone(), VisitorId(Uuid::from_u128(number)))
    }

    /// A customer's own program.
    pub fn program(&self) -> Program {
        Program::new(self.clone())
    }

    /// The time it is.
    pub fn now(&self) -> Timestamp {
        self.0.borrow().now
    }

    /// Time passes, and what is due is done when it is due.
    pub fn wait(&self, seconds: u64) {
        let end = self.now().plus_seconds(seconds);
        while let Some(due) = self.next_deadline().filter(|due| *due <= end) {
            let now = self.now().max(due);
            self.0.borrow_mut().now = now;
            self.time_passes();
        }
        self.0.borrow_mut().now = end;
    }

    /// The clock jumps: what became due meanwhile is done late.
    pub fn jump(&self, seconds: u64) {
        let now = self.now().plus_seconds(seconds);
        self.0.borrow_mut().now = now;
        self.time_passes();
    }

    /// The clock goes on, and nobody has looked at what is due yet.
    pub fn set_clock(&self, seconds: u64) {
        let now = self.now().plus_seconds(seconds);
        self.0.borrow_mut().now = now;
    }

    /// All of this comes in one batch of the bridge: what the store knows is recalled before, and what follows is saved
    /// after it.
    pub fn at_once<T>(&self, what: impl FnOnce() -> T) -> T {
        self.0.borrow_mut().begin_batch();
        let answer = what();
        let mut inner = self.0.borrow_mut();
        inner.at_once = false;
        inner.go_on();
        answer
    }

    /// The process ends and another starts with what was saved. Nobody is connected to it yet.
    pub fn restart(&self) {
        let mut inner = self.0.borrow_mut();
        let saved: Vec<Conversation> = inner.board.conversations().map(truth::saved).collect();
        let standings = inner.standings.clone();
        inner.board = Switchboard::restore(directory(&inner.setup), standings, saved, inner.now);
        inner.go_on();
    }

    /// The setup changes while people work.
    pub fn set_up(&self, change: impl FnOnce(&mut Setup)) {
        let mut inner = self.0.borrow_mut();
        change(&mut inner.setup);
        let (directory, now) = (directory(&inner.setup), inner.now);
        inner.board.set_up(directory, now);
        inner.go_on();
    }

    /// Everything that happened so far, in order.
    pub fn events(&self) -> Vec<Event> {
        self.0.borrow().events.clone()
    }

    /// How many agents' conversations wait in a queue, in their order.
    pub fn waiting_in(&self, name: &str) -> Vec<ConversationId> {
        self.0.borrow().board.waiting_in(&queue(name)).collect()
    }

    /// When something is due by itself.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        self.0.borrow().board.next_deadline()
    }

    /// Asks, as the bridge does: decide, apply, and all that follows.
    pub fn take(&self, command: &Command) -> Result<Decision, RefusalCode> {
        self.0.borrow_mut().take(command).map_err(|refusal| refusal.code)
    }

    /// Why somebody may not do something.
    pub fn refused(&self, agent: AgentId, chat: &Chat, act: protocol::Act) -> Refusal {
        let (by, request) = (switchboard::By::Agent(agent), self.request());
        let command = Command::Acts { by, request, conversation: chat.id, act };
        self.0.borrow_mut().take(&command).expect_err("they may not")
    }

    /// A question to the switchboard.
    pub fn ask<T>(&self, question: impl FnOnce(&Switchboard) -> T) -> T {
        question(&self.0.borrow().board)
    }

    fn time_passes(&self) {
        let mut inner = self.0.borrow_mut();
        inner.go_on();
        let mut fired = 0;
        while inner.board.next_deadline().is_some_and(|due| due <= inner.now) {
            fired += 1;
            assert!(fired < 1_000, "a timer fires again and again: {:#?}", inner.events.last());
            inner.take(&Command::TimePasses).expect("time is never refused");
        }
    }

    fn request(&self) -> RequestId {
        RequestId(self.fresh())
    }

    fn fresh(&self) -> Uuid {
        let mut inner = self.0.borrow_mut();
        inner.named += 1;
        Uuid::from_u128(inner.named)
    }
}

impl Inner {
    fn take(&mut self, command: &Command) -> Result<Decision, Refusal> {
        if let Some((switchboard::Asker::Visitor(visitor), _)) = command.request()
            && let Some(known) = self.kept.get(&visitor).filter(|_| !self.at_once)
        {
            self.board.recall(visitor, known.clone());
        }
        let before = self.board.clone();
        let decided = self.board.decide(command, self.now);
        assert_eq!(before.decide(command, self.now), decided, "deciding is repeatable");
        let decision = decided?;
        truth::check_decision(&decision);
        self.apply_all(&decision.changes);
        self.go_on();
        Ok(decision)
    }

    fn go_on(&mut self) {
        let mut steps = 0;
        while let Some(changes) = self.board.route(self.now) {
            steps += 1;
            assert!(steps < 1_000, "routing does not come to an end: {changes:#?}");
            assert!(!changes.is_empty(), "a step of routing changes something");
            self.apply_all(&changes);
        }
        if !self.at_once {
            self.saved();
        }
        truth::check(&self.board, &self.setup, self.now, &self.replayed);
    }

    fn begin_batch(&mut self) {
        for (visitor, known) in &self.kept {
            if self.board.conversation_of(*visitor).is_none() {
                self.board.recall(*visitor, known.clone());
            }
        }
        self.at_once = true;
    }

    fn saved(&mut self) {
        self.standings.extend(self.board.moved_standings());
        self.board.saved();
        for (agent, kept) in &self.standings {
            assert_eq!(*kept, self.board.standing(*agent), "how {agent} stands is told to be saved");
        }
    }

    fn apply_all(&mut self, changes: &[Change]) {
        for change in changes {
            if let Change::Happened { event, .. } = change {
                self.note(event);
            }
            self.board.apply(change);
        }
    }

    /// What a store keeps of an event.
    fn note(&mut self, event: &Event) {
        self.events.push(event.clone());
        let id = event.conversation;
        match self.replayed.get_mut(&id) {
            Some(one) => {
                assert_eq!(event.number, one.number + 1, "numbers have no gaps: {event:?}");
                one.apply(event);
            }
            None => {
                let protocol::Happening::Opened { visitor, .. } = &event.happening else {
                    panic!("the first event opens a conversation, not {event:?}")
                };
                let visitor = *visitor;
                let contact = self.kept.get(&visitor).map(|known| known.contact.clone()).unwrap_or_default();
                let begun = Conversation::begun_by(event, contact).expect("it is opened");
                self.replayed.insert(id, begun);
            }
        }
        let one = self.replayed[&id].clone();
        // What is known of a visitor is one thing.
        for other in self.replayed.values_mut().filter(|other| other.visitor == one.visitor) {
            other.contact.clone_from(&one.contact);
        }
        let closed = one.state().is_over().then(|| Box::new(one.clone()));
        let known = self.kept.entry(one.visitor).or_default();
        *known = Recalled { contact: one.contact, closed };
    }
}

fn directory(setup: &Setup) -> Directory {
    Directory::new(setup.clone()).unwrap_or_else(|faults| panic!("the setup is wrong: {faults:#?}"))
}

/// The status of somebody, in few words.
pub fn status(world: &World, agent: AgentId) -> AgentStatus {
    world.ask(|board| board.effective_status(agent))
}

/// Gives an agent as many conversations as they have room for.
pub fn fills_up(world: &World, agent: &Agent) {
    for number in 900.. {
        if world.ask(|board| board.free_capacity(agent.id)) == 0 {
            return;
        }
        let chat = world.visitor(number).asks_for_person();
        agent.accepts(&chat);
    }
}
