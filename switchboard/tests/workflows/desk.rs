//! A workspace with workflows, and the bridge's part: decide, save, apply, route. Everything that is saved is written and
//! read as a store would; a second board is fed with the changes alone and has to be the same after every step.

pub use crate::shop::{NAMES, agent, queue, team_id, visitor, workflow_id};
use crate::shop::{shop, site};
use protocol::setup::Setup;
use protocol::{
    Act, AgentStatus, BrowserAuthor, Content, ConversationId, ConversationState, Event, HandOff,
    HandOffReason, Happening, Line, Refusal, RefusalCode, RequestId, RunId, StateNow, Timestamp, VisitorId,
    WorkflowId,
};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use switchboard::workflow::{HttpAnswer, HttpWanted, Value, Workflow};
use switchboard::{
    By, Change, Command, Conversation, Decision, Directory, Effect, Recalled, RunMoved, Switchboard,
};
use uuid::Uuid;

/// See the module.
pub struct Desk {
    pub board: Switchboard,
    mirror: Switchboard,
    pub now: Timestamp,
    pub events: Vec<Event>,
    /// What other systems were asked, and by whom.
    pub calls: Vec<(RunId, HttpWanted)>,
    /// Whether the process ends after every command, and another goes on.
    pub restarts: bool,
    store: Store,
    named: u128,
}

/// What a database would keep.
#[derive(Default)]
struct Store {
    setup: Setup,
    conversations: BTreeMap<ConversationId, Conversation>,
    kept: HashMap<VisitorId, Recalled>,
    runs: BTreeMap<RunId, String>,
    definitions: BTreeMap<(WorkflowId, u32), Arc<Workflow>>,
    starting: BTreeMap<WorkflowId, u32>,
}

impl Desk {
    /// Ada is of the first line, Bob and Cyd of the second, Dan and Sue of none. Nobody is asked before they get something.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = shop();
        change(&mut setup);
        let now = Timestamp::from_millis(1_795_219_200_000);
        let directory = Directory::new(setup.clone()).expect("the setup is right");
        let board = Switchboard::new(directory, now);
        let mirror = board.clone();
        let store = Store { setup, ..Store::default() };
        let (events, calls) = (Vec::new(), Vec::new());
        Self { board, mirror, now, events, calls, restarts: false, store, named: 1_000 }
    }

    /// The same desk, told to end and begin again after every command.
    pub fn restarting(self, restarts: bool) -> Self {
        Self { restarts, ..self }
    }

    pub fn publishes(mut self, workflow: Workflow) -> Self {
        self.publish(1, workflow);
        self
    }

    pub fn publish(&mut self, version: u32, workflow: Workflow) {
        let id = WorkflowId::new(workflow.id.0.clone()).expect("a slug");
        let workflow = Arc::new(workflow);
        self.store.definitions.insert((id.clone(), version), Arc::clone(&workflow));
        self.store.starting.insert(id, version);
        self.board.publish(version, Arc::clone(&workflow)).expect("a slug");
        self.mirror.publish(version, workflow).expect("a slug");
    }

    pub fn stops(&mut self, id: &str, cancel: bool) {
        let id = workflow_id(id);
        self.store.starting.remove(&id);
        self.board.stop_workflow(&id, cancel);
        self.mirror.stop_workflow(&id, false);
        self.go_on();
    }

    pub fn online(mut self, names: &[&str]) -> Self {
        names.iter().for_each(|name| self.comes_online(name));
        self
    }

    pub fn comes_online(&mut self, name: &str) {
        let agent = agent(name);
        self.done(Command::AgentConnects { agent });
        self.done(Command::AgentSetsStatus { agent, status: AgentStatus::Online });
    }

    pub fn goes_offline(&mut self, name: &str) {
        self.done(Command::AgentDisconnects { agent: agent(name) });
    }

    /// Writes; gives back the conversation that is written in.
    pub fn visitor_says(&mut self, number: u128, words: &str) -> ConversationId {
        self.browser_says(number, BrowserAuthor::Visitor, words).expect("a visitor may always write")
    }

    pub fn browser_says(
        &mut self,
        number: u128,
        author: BrowserAuthor,
        words: &str,
    ) -> Result<ConversationId, RefusalCode> {
        let command = Command::VisitorSays {
            visitor: visitor(number),
            site: site(),
            request: RequestId(self.fresh()),
            author,
            content: Content::text(words).expect("a line"),
            written_at: self.now,
            fresh: ConversationId(self.fresh()),
        };
        let decision = self.take(&command).map_err(|refusal| refusal.code)?;
        Ok(decision.accepted.expect("it is answered").1)
    }

    pub fn asks_for_person(&mut self, number: u128) -> ConversationId {
        let hand_off = HandOff {
            queue: None,
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::AgentRequested,
            online_message: "Somebody is coming.".to_owned(),
            offline_message: "Nobody is here.".to_owned(),
            message_to_agent: None,
            action: None,
            collected: Vec::new(),
        };
        let command = Command::VisitorRequestsAgent {
            visitor: visitor(number),
            site: site(),
            request: RequestId(self.fresh()),
            hand_off,
            fresh: ConversationId(self.fresh()),
        };
        self.take(&command).expect("it may be asked").accepted.expect("it is answered").1
    }

    pub fn agent_opens(&mut self, name: &str, number: u128) -> ConversationId {
        let fresh = ConversationId(self.fresh());
        let request = RequestId(self.fresh());
        let by = By::Agent(agent(name));
        self.done(Command::Opens { by, request, visitor: visitor(number), site: site(), fresh });
        fresh
    }

    pub fn agent_says(&mut self, name: &str, conversation: ConversationId, words: &str) {
        let text = Line::new(words).expect("a line");
        let written_at = self.now;
        self.does(name, conversation, Act::Say { text, written_at });
    }

    pub fn closes(&mut self, name: &str, conversation: ConversationId) {
        self.does(name, conversation, Act::Close { category: None, note: None });
    }

    pub fn does(&mut self, name: &str, conversation: ConversationId, act: Act) {
        let code = act.code();
        self.tries(name, conversation, act)
            .unwrap_or_else(|refusal| panic!("`{code}` is refused: {refusal:?}"));
    }

    pub fn tries(&mut self, name: &str, conversation: ConversationId, act: Act) -> Result<(), RefusalCode> {
        let (by, request) = (By::Agent(agent(name)), RequestId(self.fresh()));
        let command = Command::Acts { by, request, conversation, act };
        self.take(&command).map(drop).map_err(|refusal| refusal.code)
    }

    pub fn starts(
        &mut self,
        name: &str,
        conversation: ConversationId,
        workflow: &str,
        form: &[(&str, &str)],
    ) -> Result<(), RefusalCode> {
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.tries(name, conversation, Act::StartWorkflow { workflow: workflow_id(workflow), form })
    }

    pub fn answers(&mut self, call: usize, status: u16, values: Vec<Value>) {
        let (run, wanted) = self.calls[call].clone();
        let answer = HttpAnswer { status: Some(status), values };
        self.done(Command::RunAnswered { run, ticket: wanted.ticket, answer });
    }

    pub fn done(&mut self, command: Command) {
        self.take(&command).unwrap_or_else(|refusal| panic!("{command:?} is refused: {refusal}"));
    }

    /// Time passes, and what is due is done when it is due.
    pub fn seconds(&mut self, seconds: u64) {
        let end = self.now.plus_seconds(seconds);
        while let Some(due) = self.board.next_deadline().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.time_passes();
        }
        self.now = end;
    }

    pub fn minutes(&mut self, minutes: u64) {
        self.seconds(minutes * 60);
    }

    /// The process is down for a while; what became due meanwhile is done late.
    pub fn is_down(&mut self, seconds: u64) {
        self.now = self.now.plus_seconds(seconds);
        self.restart();
        self.time_passes();
    }

    pub fn conversation(&self, id: ConversationId) -> Conversation {
        self.store.conversations[&id].clone()
    }

    pub fn state(&self, id: ConversationId) -> ConversationState {
        self.conversation(id).state()
    }

    pub fn owner(&self, id: ConversationId) -> &'static str {
        let owner = self.conversation(id).owner();
        owner.map_or("", |owner| NAMES.into_iter().find(|name| agent(name) == owner).expect("somebody"))
    }

    pub fn told(&self, id: ConversationId) -> StateNow {
        self.board.state_now(id).expect("it is not over")
    }

    /// Runs of a conversation that have not ended, by workflow.
    pub fn running(&self, id: ConversationId) -> Vec<String> {
        self.board.runs_in(id).map(|moved| moved.workflow.to_string()).collect()
    }

    pub fn story(&self, id: ConversationId) -> Vec<&'static str> {
        self.of(id).map(|event| event.happening.kind()).collect()
    }

    pub fn count(&self, id: ConversationId, kind: &str) -> usize {
        self.story(id).iter().filter(|one| **one == kind).count()
    }

    /// What workflows said to the visitor.
    pub fn said(&self, id: ConversationId) -> Vec<String> {
        let said = self.of(id).filter_map(|event| match &event.happening {
            Happening::Said { author: protocol::Author::Workflow(_), content, .. } => {
                Some(content.as_plain_text())
            }
            _ => None,
        });
        said.collect()
    }

    pub fn comments(&self, id: ConversationId) -> Vec<String> {
        let written = self.of(id).filter_map(|event| match &event.happening {
            Happening::Commented { text, .. } => Some(text.clone()),
            _ => None,
        });
        written.collect()
    }

    /// How runs ended: workflow and code.
    pub fn ended(&self, id: ConversationId) -> Vec<String> {
        let ended = self.of(id).filter_map(|event| match &event.happening {
            Happening::WorkflowEnded { workflow, how, .. } => Some(format!("{workflow}: {how}")),
            _ => None,
        });
        ended.collect()
    }

    /// The log of the last run of a workflow, as saved.
    pub fn log(&self, workflow: &str) -> Vec<String> {
        let runs = self.store.runs.values().rev().map(|run| read::<RunMoved>(run));
        let mut runs = runs.filter(|moved| moved.workflow == workflow_id(workflow));
        let Some(moved) = runs.next() else { return Vec::new() };
        let workflow = &self.store.definitions[&(moved.workflow.clone(), moved.version)];
        moved.run.log().lines().map(|line| line.told(workflow)).collect()
    }

    pub fn of(&self, id: ConversationId) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.conversation == id)
    }

    pub fn take(&mut self, command: &Command) -> Result<Decision, Refusal> {
        if let Some((switchboard::Asker::Visitor(visitor), _)) = command.request()
            && let Some(known) = self.store.kept.get(&visitor)
        {
            self.board.recall(visitor, known.clone());
            self.mirror.recall(visitor, known.clone());
        }
        let before = self.board.clone();
        let decided = self.board.decide(command, self.now);
        assert_eq!(before.decide(command, self.now), decided, "deciding is repeatable");
        assert!(before == self.board, "deciding changes nothing");
        let decision = decided?;
        self.apply_all(&decision.changes);
        self.board.saved();
        self.mirror.saved();
        self.go_on();
        if self.restarts {
            self.restart();
        }
        Ok(decision)
    }

    /// The process ends, and another goes on with what was saved. Consoles dial again.
    pub fn restart(&mut self) {
        let setup = &self.store.setup;
        let directory = Directory::new(setup.clone()).expect("the setup is right");
        let standings = setup.agents.keys().map(|agent| (*agent, self.board.standing(*agent))).collect();
        let saved = |one: &Conversation| read::<Conversation>(&written(one));
        let (closed, open): (Vec<_>, Vec<_>) =
            self.board.conversations().map(saved).partition(Conversation::is_gone);
        let mut board = Switchboard::restore(directory, standings, open, self.now);
        for (id, version) in &self.store.starting {
            let workflow = &self.store.definitions[&(id.clone(), *version)];
            board.publish(*version, Arc::clone(workflow)).expect("a slug");
        }
        let runs = self.store.runs.values().map(|run| read::<RunMoved>(run)).collect();
        let definition =
            |id: &WorkflowId, version| self.store.definitions.get(&(id.clone(), version)).cloned();
        board.take_up(runs, closed, definition, self.now);
        for agent in setup.agents.keys() {
            let reach = self.board.reach(*agent);
            board.apply(&Change::Connection { agent: *agent, reach, at: self.now });
        }
        for one in self.board.conversations().filter(|one| one.visitor_gone.is_none()) {
            board.apply(&Change::VisitorConnection { visitor: one.visitor, gone: None });
        }
        let visible = |board: &Switchboard| -> Vec<_> {
            let all: Vec<_> = board.conversations().map(|one| one.id).collect();
            all.iter().map(|id| (board.state_now(*id), board.summary(*id))).collect()
        };
        assert_eq!(visible(&board), visible(&self.board), "everything is as it was");
        self.mirror = board.clone();
        self.mirror.forget_noted();
        self.board = board;
        self.go_on();
    }

    pub fn set_up(&mut self, change: impl FnOnce(&mut Setup)) {
        change(&mut self.store.setup);
        let directory = Directory::new(self.store.setup.clone()).expect("the setup is right");
        self.board.set_up(directory.clone(), self.now);
        self.mirror.set_up(directory, self.now);
        self.go_on();
    }

    fn time_passes(&mut self) {
        let mut fired = 0;
        while self.board.next_deadline().is_some_and(|due| due <= self.now) {
            fired += 1;
            assert!(fired < 10_000, "a timer fires again and again: {:#?}", self.events.last());
            let deadline = self.board.next_deadline();
            let decision = self.take(&Command::TimePasses).expect("time is never refused");
            let moved = !decision.changes.is_empty() || self.board.next_deadline() != deadline;
            assert!(moved, "what is due changes something");
        }
    }

    fn go_on(&mut self) {
        let mut steps = 0;
        while let Some(changes) = self.board.route(self.now) {
            steps += 1;
            assert!(steps < 20_000, "there is no end: {changes:#?}");
            assert!(!changes.is_empty(), "a step changes something");
            self.apply_all(&changes);
        }
        for effect in self.board.take_effects() {
            let Effect::Request { run, wanted } = effect;
            self.calls.push((run, *wanted));
        }
        self.mirror.forget_noted();
        assert!(self.mirror == self.board, "the changes alone make the same: {:#?}", self.events.last());
    }

    fn apply_all(&mut self, changes: &[Change]) {
        for change in changes {
            self.board.apply(change);
            self.mirror.apply(change);
            match change {
                Change::Happened { event, .. } => self.note(event),
                Change::Ran(moved) => drop(self.store.runs.insert(moved.id, written(moved))),
                _ => {}
            }
        }
    }

    /// What a store keeps of an event.
    fn note(&mut self, event: &Event) {
        let last = self.of(event.conversation).last().map_or(0, |last| last.number);
        assert_eq!(event.number, last + 1, "numbers have no gaps: {event:?}");
        self.events.push(event.clone());
        let id = event.conversation;
        let contact =
            |visitor| self.store.kept.get(&visitor).map(|known| known.contact.clone()).unwrap_or_default();
        let mut one = match (self.store.conversations.remove(&id), &event.happening) {
            (Some(one), _) => Conversation { contact: contact(one.visitor), ..one },
            (None, Happening::Opened { visitor, .. }) => {
                Conversation::begun_by(event, contact(*visitor)).expect("it is opened")
            }
            (None, other) => panic!("the first event opens a conversation, not {other:?}"),
        };
        one.apply(event);
        let closed = one.state().is_over().then(|| Box::new(one.clone()));
        let known = self.store.kept.entry(one.visitor).or_default();
        known.contact = one.contact.clone();
        if closed.is_some() || event.happening == Happening::Reopened {
            known.closed = closed;
        }
        self.store.conversations.insert(id, one);
    }

    fn fresh(&mut self) -> Uuid {
        self.named += 1;
        Uuid::from_u128(self.named)
    }
}

fn written(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it is written")
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("it is read")
}

/// Runs a scene twice: with one process, and with another after every command.
pub fn both_ways(scene: impl Fn(&dyn Fn(Desk) -> Desk)) {
    for restarts in [false, true] {
        scene(&move |desk: Desk| desk.restarting(restarts));
    }
}
