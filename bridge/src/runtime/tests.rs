//! The loop with a store that can be made to fail, driven as sockets drive it.

use super::remembered::AHEAD_SECONDS_MAX;
use super::turn::Answer;
use super::{Input, Runtime, RuntimeLine, Start};
use crate::clock::{self, Clock};
use crate::config::{Workspace, WorkspaceSource};
use crate::socket::hub::{ConnectionId, OUTBOX_FRAMES_MAX};
use crate::store::{
    self, AgentRow, Answered, AuditRow, ConversationQuery, ConversationRow, Lease, Saving, SessionRow,
    SetupRow, Shelf, Store, StoreError,
};
use async_trait::async_trait;
use protocol::{
    AgentId, BridgeToVisitor, BrowserAuthor, Content, ConversationId, Event, RefusalCode, RequestId, SiteId,
    StateNow, Timestamp, VisitorId, WorkspaceId,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;
use switchboard::{Asker, Command, Contact, Conversation, Directory};
use tokio::sync::{mpsc, watch};

#[tokio::test]
async fn when_saving_fails_nothing_is_told_and_asking_again_succeeds() {
    let mut world = World::start().await;
    let mut visitor = world.visitor(1).await;
    world.store.fails(Failure::Save);
    let command = visitor.says();
    world.asks(&visitor, &command).await;
    let (request, code) = visitor.refused().await;
    assert_eq!((request, code), (command.request().map(|(_, id)| id), RefusalCode::TryAgain));
    assert!(!*world.healthy.borrow_and_update());

    world.store.fails(Failure::None);
    world.rests().await;
    assert_eq!(world.state(&visitor).await, None, "memory was taken back");
    world.asks(&visitor, &command).await;
    let BridgeToVisitor::Happened(event) = visitor.next().await else { panic!("nothing else comes first") };
    assert_eq!(event.number, 1);
    assert!(*world.healthy.borrow_and_update());
}

#[tokio::test]
async fn while_the_store_is_away_everybody_is_asked_to_try_again() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    world.store.fails(Failure::All);
    let command = visitor.says();
    for _ in 0..3 {
        world.asks(&visitor, &command).await;
        assert_eq!(visitor.refused().await.1, RefusalCode::TryAgain);
    }
    let (outbox, _inbox) = mpsc::channel(1);
    let id = ConnectionId::next();
    let visitor_id = visitor.id;
    let joins = |state| Input::VisitorJoins { id, visitor: visitor_id, outbox, state };
    assert!(world.line.ask(joins).await.is_err(), "nobody is greeted with a picture that may be wrong");
    world.store.fails(Failure::None);
    world.rests().await;
    world.asks(&visitor, &command).await;
    assert!(matches!(visitor.next().await, BridgeToVisitor::Happened(_)));
}

#[tokio::test]
async fn what_was_said_after_something_that_could_not_be_saved_does_not_overtake_it() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    let mut bystander = world.visitor(2).await;
    let (first, second) = (visitor.says(), visitor.says());
    world.store.fails(Failure::Save);
    world.asks(&visitor, &first).await;
    assert_eq!(visitor.refused().await.1, RefusalCode::TryAgain);
    world.store.fails(Failure::None);
    world.rests().await;
    world.asks(&visitor, &second).await;
    let named = second.request().map(|(_, id)| id);
    assert_eq!(
        visitor.refused().await,
        (named, RefusalCode::TryAgain),
        "it was sent before the refusal came"
    );
    world.asks(&bystander, &bystander.says()).await;
    assert!(matches!(bystander.next().await, BridgeToVisitor::Happened(_)), "others are not kept waiting");
    for command in [&first, &second] {
        world.asks(&visitor, command).await;
    }
    let mut accepted = Vec::new();
    while accepted.len() < 2 {
        if let BridgeToVisitor::Accepted { id, .. } = visitor.next().await {
            accepted.push(Some(id));
        }
    }
    assert_eq!(accepted, [first.request().map(|(_, id)| id), named]);
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_neither_lost_nor_doubled() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    let mut bystander = world.visitor(2).await;
    world.store.fails(Failure::AnswerOfSave);
    let command = visitor.says();
    world.asks(&visitor, &command).await;
    assert_eq!(visitor.refused().await.1, RefusalCode::TryAgain);
    assert!(visitor.is_disconnected().await && bystander.is_disconnected().await, "they resume and read it");

    world.store.fails(Failure::None);
    world.rests().await;
    let mut visitor = world.visitor(1).await;
    assert_eq!(world.state(&visitor).await.map(|state| state.number), Some(2));
    world.asks(&visitor, &command).await;
    let answer = visitor.next().await;
    assert!(matches!(answer, BridgeToVisitor::Accepted { number: 2, .. }), "{answer:?}");
}

#[tokio::test]
async fn a_repeat_that_is_taken_for_new_is_answered_as_a_repeat() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    let command = visitor.says();
    world.asks(&visitor, &command).await;
    let accepted = visitor.accepted().await;
    world.store.fails(Failure::LooksAway);
    let other = visitor.says();
    world.asks(&visitor, &command).await;
    world.asks(&visitor, &other).await;
    assert_eq!(visitor.accepted().await, accepted, "and nothing has happened twice");
    assert_eq!(visitor.accepted().await.1, accepted.1 + 1);
    assert!(*world.healthy.borrow());
}

#[tokio::test]
async fn what_was_asked_lately_is_not_looked_up_in_the_store() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    let started = world.clock.now();
    while world.clock.now() <= started {
        tokio::task::yield_now().await;
    }
    let command = visitor.says_at(world.clock.now().plus_seconds(AHEAD_SECONDS_MAX));
    world.store.fails(Failure::LookUp);
    world.asks(&visitor, &command).await;
    let accepted = visitor.accepted().await;
    world.asks(&visitor, &command).await;
    assert_eq!(visitor.accepted().await, accepted);
}

#[tokio::test]
async fn a_console_that_was_disconnected_is_not_told_that_a_conversation_is_gone() {
    let world = World::start().await;
    let conversation = ConversationId::at(Timestamp::default(), [1; 10]);
    let from = ConnectionId::next();
    let watches = |watched| Input::Watches { from, conversation, watched };
    assert!(world.line.ask(watches).await.is_err(), "no answer: its socket dials again");
}

#[tokio::test]
async fn stopping_finishes_what_was_asked() {
    let world = World::start().await;
    let mut visitor = world.visitor(1).await;
    let command = visitor.says();
    world.asks(&visitor, &command).await;
    world.stop.send_replace(true);
    assert!(matches!(visitor.next().await, BridgeToVisitor::Happened(_)));
    world.running.await.expect("no panic").expect("it ends well");
    let kept = world.store.inner.answered(&command.request().into_iter().collect::<Vec<_>>()).await;
    assert_eq!(kept.expect("the store answers").len(), 1);
}

struct World {
    store: Arc<Flaky>,
    clock: Clock,
    line: RuntimeLine,
    healthy: watch::Receiver<bool>,
    stop: watch::Sender<bool>,
    running: tokio::task::JoinHandle<Result<(), StoreError>>,
    _data: tempfile::TempDir,
}

impl World {
    async fn start() -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite://{}", data.path().join("test.db").display());
        let inner = store::open(&address).await.expect("a store");
        let store = Arc::new(Flaky { inner, failure: AtomicU8::new(Failure::None as u8) });
        let workspace = Arc::new(Workspace::load(&WorkspaceSource::Demo).expect("the demo"));
        let (line, inputs) = RuntimeLine::new();
        let (health, healthy) = watch::channel(true);
        let (stop, stopped) = watch::channel(false);
        let kept: Arc<dyn Store> = store.clone();
        let (effects, _) = mpsc::channel(1);
        let (directory, _) = watch::channel(Directory::default());
        let clock = Clock::start();
        let runtime = Runtime::start(Start {
            workspace,
            store: kept,
            clock,
            inputs,
            healthy: health,
            effects,
            feed: tokio::sync::broadcast::channel(1).0,
            directory,
            agent_grace_seconds: 0,
        })
        .await;
        let running = tokio::spawn(runtime.expect("it starts").run(stopped));
        Self { store, clock, line, healthy, stop, running, _data: data }
    }

    async fn visitor(&self, name: u8) -> Visitor {
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let visitor =
            Visitor { id: VisitorId::of_digest([name; 32]), connection: ConnectionId::next(), inbox };
        let (id, who) = (visitor.connection, visitor.id);
        let joins = |state| Input::VisitorJoins { id, visitor: who, outbox, state };
        self.line.ask(joins).await.expect("the loop answers");
        visitor
    }

    async fn asks(&self, visitor: &Visitor, command: &Command) {
        let input = Input::Asks { from: visitor.connection, command: command.clone() };
        self.line.put(input).await.expect("the loop runs");
    }

    /// Whoever asks at once after a failure is refused: the store is left alone for a moment. Asks until that is over.
    async fn rests(&self) {
        let asks = async || {
            let passes = |answer| Input::Orders { command: Command::TimePasses, answer: Some(answer) };
            while !matches!(self.line.ask(passes).await.expect("the loop answers"), Answer::Done) {}
        };
        tokio::time::timeout(Duration::from_secs(10), asks()).await.expect("the store is asked again");
    }

    async fn state(&self, visitor: &Visitor) -> Option<StateNow> {
        let visitor = visitor.id;
        self.line.ask(|state| Input::VisitorState { visitor, state }).await.expect("the loop answers")
    }
}

struct Visitor {
    id: VisitorId,
    connection: ConnectionId,
    inbox: mpsc::Receiver<Arc<BridgeToVisitor>>,
}

impl Visitor {
    fn says(&self) -> Command {
        self.says_at(Timestamp::from_millis(1))
    }

    /// With a name made at that time.
    fn says_at(&self, made_at: Timestamp) -> Command {
        Command::VisitorSays {
            visitor: self.id,
            site: SiteId::new("demo").expect("a site"),
            request: RequestId::at(made_at, clock::random()),
            author: BrowserAuthor::Visitor,
            content: Content::text("Hello").expect("a line"),
            written_at: Timestamp::from_millis(1),
            fresh: ConversationId::at(Timestamp::from_millis(1), clock::random()),
        }
    }

    async fn next(&mut self) -> BridgeToVisitor {
        let frame = tokio::time::timeout(Duration::from_secs(10), self.inbox.recv()).await;
        (*frame.expect("a frame in time").expect("still connected")).clone()
    }

    /// The answer, after whatever else is told.
    async fn accepted(&mut self) -> (ConversationId, u64) {
        loop {
            match self.next().await {
                BridgeToVisitor::Accepted { conversation, number, .. } => return (conversation, number),
                BridgeToVisitor::Refused { refusal, .. } => panic!("refused: {refusal:?}"),
                _ => {}
            }
        }
    }

    async fn refused(&mut self) -> (Option<RequestId>, RefusalCode) {
        match self.next().await {
            BridgeToVisitor::Refused { id, refusal } => (id, refusal.code),
            other => panic!("waited for a refusal, and there came {other:?}"),
        }
    }

    async fn is_disconnected(&mut self) -> bool {
        matches!(tokio::time::timeout(Duration::from_secs(10), self.inbox.recv()).await, Ok(None))
    }
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Failure {
    None,
    /// Saving.
    Save,
    /// Saving works and its answer is lost.
    AnswerOfSave,
    /// Looking up repeats.
    LookUp,
    /// The next time, looking up repeats finds none.
    LooksAway,
    /// Everything the loop does.
    All,
}

struct Flaky {
    inner: Arc<dyn Store>,
    failure: AtomicU8,
}

impl Flaky {
    fn fails(&self, failure: Failure) {
        self.failure.store(failure as u8, Ordering::SeqCst);
    }

    fn check(&self, failures: &[Failure]) -> Result<(), StoreError> {
        let now = self.failure.load(Ordering::SeqCst);
        match failures.iter().any(|failure| *failure as u8 == now) {
            true => Err(StoreError::Database(sqlx::Error::PoolTimedOut)),
            false => Ok(()),
        }
    }
}

#[async_trait]
impl Store for Flaky {
    async fn take_lease(&self, workspace: &WorkspaceId) -> Result<Lease, StoreError> {
        self.inner.take_lease(workspace).await
    }

    async fn save(&self, lease: &Lease, saving: Saving<'_>) -> Result<(), StoreError> {
        self.check(&[Failure::Save, Failure::All])?;
        self.inner.save(lease, saving).await?;
        self.check(&[Failure::AnswerOfSave])
    }

    async fn answered(&self, requests: &[(Asker, RequestId)]) -> Result<Vec<Answered>, StoreError> {
        self.check(&[Failure::LookUp, Failure::All])?;
        let looks_away = self.failure.compare_exchange(
            Failure::LooksAway as u8,
            Failure::None as u8,
            Ordering::SeqCst,
            Ordering::SeqCst,
        );
        if looks_away.is_ok() {
            return Ok(Vec::new());
        }
        self.inner.answered(requests).await
    }

    async fn events_after(
        &self,
        conversation: ConversationId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        self.inner.events_after(conversation, after, limit).await
    }

    async fn live_conversations(&self, workspace: &WorkspaceId) -> Result<Vec<Conversation>, StoreError> {
        self.check(&[Failure::All])?;
        self.inner.live_conversations(workspace).await
    }

    async fn last_conversations(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<Conversation>, StoreError> {
        self.inner.last_conversations(workspace, visitors).await
    }

    async fn whole_conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        self.inner.whole_conversation(workspace, conversation).await
    }

    async fn conversations(
        &self,
        workspace: &WorkspaceId,
        query: &ConversationQuery,
    ) -> Result<Vec<(i64, Conversation)>, StoreError> {
        self.inner.conversations(workspace, query).await
    }

    async fn decisions_of(&self, conversation: ConversationId) -> Result<Vec<Event>, StoreError> {
        self.inner.decisions_of(conversation).await
    }

    async fn contacts(
        &self,
        workspace: &WorkspaceId,
        visitors: &[VisitorId],
    ) -> Result<Vec<(VisitorId, Contact)>, StoreError> {
        self.inner.contacts(workspace, visitors).await
    }

    async fn setup(&self, workspace: &WorkspaceId) -> Result<Option<SetupRow>, StoreError> {
        self.inner.setup(workspace).await
    }

    async fn setup_revisions(
        &self,
        workspace: &WorkspaceId,
        before: u64,
        limit: u64,
    ) -> Result<Vec<(u64, Timestamp, String)>, StoreError> {
        self.inner.setup_revisions(workspace, before, limit).await
    }

    async fn setup_at(&self, workspace: &WorkspaceId, revision: u64) -> Result<Option<SetupRow>, StoreError> {
        self.inner.setup_at(workspace, revision).await
    }

    async fn audit(
        &self,
        workspace: &WorkspaceId,
        until: Timestamp,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        self.inner.audit(workspace, until, skip, limit).await
    }

    async fn remove_sessions_of(&self, agent: AgentId) -> Result<Vec<Vec<u8>>, StoreError> {
        self.inner.remove_sessions_of(agent).await
    }

    async fn save_setup(&self, lease: &Lease, setup: &SetupRow) -> Result<(), StoreError> {
        self.inner.save_setup(lease, setup).await
    }

    async fn conversation(
        &self,
        workspace: &WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        self.inner.conversation(workspace, conversation).await
    }

    async fn latest_conversation(
        &self,
        workspace: &WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<ConversationRow>, StoreError> {
        self.inner.latest_conversation(workspace, visitor).await
    }

    async fn add_agent(&self, workspace: &WorkspaceId, agent: &AgentRow) -> Result<(), StoreError> {
        self.inner.add_agent(workspace, agent).await
    }

    async fn set_password(&self, agent: AgentId, password_hash: &str) -> Result<(), StoreError> {
        self.inner.set_password(agent, password_hash).await
    }

    async fn agents(&self, workspace: &WorkspaceId) -> Result<Vec<AgentRow>, StoreError> {
        self.check(&[Failure::All])?;
        self.inner.agents(workspace).await
    }

    async fn add_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        self.inner.add_session(session).await
    }

    async fn session(&self, digest: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StoreError> {
        self.inner.session(digest, now).await
    }

    async fn remove_session(&self, digest: &[u8]) -> Result<(), StoreError> {
        self.inner.remove_session(digest).await
    }

    fn shelf(&self) -> &dyn Shelf {
        self.inner.shelf()
    }

    fn keyring(&self) -> &dyn crate::store::Keyring {
        self.inner.keyring()
    }

    fn outgoing(&self) -> &dyn crate::store::Outgoing {
        self.inner.outgoing()
    }

    fn workflows(&self) -> &dyn crate::store::Workflows {
        self.inner.workflows()
    }
}
