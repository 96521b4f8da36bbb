//! The loop, turn by turn: what comes in one batch, and who is told what of it.

use super::{Input, Runtime, RuntimeLine, Start};
use crate::clock::{self, Clock};
use crate::config::{Workspace, WorkspaceSource};
use crate::runtime::AGENT_GRACE_SECONDS;
use crate::socket::hub::{ConnectionId, OUTBOX_FRAMES_MAX};
use crate::store::{self, AgentRow, Store};
use protocol::{
    Act, AgentId, AgentStatus, Author, BridgeToAgent, BridgeToVisitor, BrowserAuthor, Content,
    ConversationId, ConversationState, HandOff, HandOffReason, Line, Notice, NoticeAbout, QueueId, ReasonId,
    RequestId, SiteId, Target, Timestamp, VisitorId,
};
use std::sync::Arc;
use switchboard::{By, Command, Directory, Reach, Standing};
use tokio::sync::{mpsc, oneshot, watch};

#[tokio::test]
async fn a_console_that_is_back_in_the_same_batch_has_not_left() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let (joins, again) = tomas.joins();
    bench.turn(vec![Input::Leaves(tomas.connection), joins]).await;
    bench.turn(vec![]).await;
    assert_eq!(bench.reach(&again), Reach::Here);
    assert_eq!(bench.runtime.presence.next_deadline(), None);
}

#[tokio::test]
async fn a_console_that_was_cut_off_because_it_did_not_read_can_come_back() {
    let mut bench = Bench::start().await;
    let mut tomas = bench.agent("tomas").await;
    for idle in std::iter::repeat_n([true, false], OUTBOX_FRAMES_MAX).flatten() {
        bench.turn(vec![Input::AgentIdles { from: tomas.connection, idle }]).await;
    }
    assert!(tomas.is_disconnected());
    let (joins, again) = tomas.joins();
    bench.turn(vec![joins]).await;
    bench.turn(vec![Input::Leaves(tomas.connection)]).await;
    assert_eq!(bench.reach(&again), Reach::Here);
}

#[tokio::test]
async fn what_is_offered_to_who_drops_out_is_offered_no_more_and_they_missed_nothing() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    assert_eq!(bench.state(chat), ConversationState::Offered);
    bench.turn(vec![Input::Leaves(tomas.connection)]).await;
    assert_eq!(bench.state(chat), ConversationState::Queued);
    let status = bench.runtime.board.effective_status(tomas.id);
    assert_eq!((status, bench.reach(&tomas)), (AgentStatus::Online, Reach::Dropped));
    let (joins, _again) = tomas.joins();
    bench.turn(vec![joins]).await;
    assert_eq!(bench.state(chat), ConversationState::Offered);
}

#[tokio::test]
async fn after_a_restart_whoever_was_there_has_the_grace() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let mut bench = bench.restart().await;
    bench.turn(vec![]).await;
    assert_eq!(bench.runtime.board.effective_status(tomas.id), AgentStatus::Online);
    let due = bench.runtime.presence.next_deadline().expect("somebody may be back");
    assert!(due <= bench.runtime.clock.now().plus_seconds(AGENT_GRACE_SECONDS));
}

#[tokio::test]
async fn a_forgotten_window_makes_nobody_away_who_works_in_another() {
    let mut bench = Bench::start().await;
    let mut tomas = bench.agent("tomas").await;
    let (joins, mut other) = tomas.joins();
    bench.turn(vec![joins, Input::AgentIdles { from: tomas.connection, idle: true }]).await;
    assert_eq!(bench.runtime.board.effective_status(tomas.id), AgentStatus::Online);
    tomas.news();
    bench.turn(vec![Input::AgentIdles { from: other.connection, idle: true }]).await;
    assert_eq!(bench.runtime.board.effective_status(tomas.id), AgentStatus::Away);
    for console in [&mut tomas, &mut other] {
        assert!(console.news().contains(&BridgeToAgent::Status { status: AgentStatus::Away }));
    }
    bench.turn(vec![Input::AgentIdles { from: other.connection, idle: false }]).await;
    bench.turn(vec![Input::Leaves(other.connection)]).await;
    assert_eq!(bench.runtime.board.effective_status(tomas.id), AgentStatus::Away);
}

#[tokio::test]
async fn who_asks_for_a_person_and_is_gone_in_the_same_batch_is_gone() {
    let mut bench = Bench::start().await;
    let visitor = bench.visitor(1).await;
    let asks = visitor.asks_for("workshop");
    let inputs =
        vec![Input::Asks { from: visitor.connection, command: asks }, Input::Leaves(visitor.connection)];
    bench.turn(inputs).await;
    let chat = bench.runtime.board.conversation_of(visitor.id).expect("it waits");
    assert!(bench.runtime.board.conversation(chat).expect("it waits").visitor_gone.is_some());
}

#[tokio::test]
async fn what_is_known_of_a_visitor_outlives_closing_and_writing_in_one_batch() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    bench.acts(&tomas, chat, Act::Accept).await;
    bench.acts(&tomas, chat, Act::Tag { tag: "vip".to_owned(), add: true }).await;
    let closes = tomas.input(chat, Act::Close { category: None, note: None });
    let says = Input::Asks { from: visitor.connection, command: visitor.says("One more thing") };
    bench.turn(vec![closes, says]).await;
    let next = bench.runtime.board.conversation_of(visitor.id).expect("another one");
    assert_ne!(next, chat);
    let contacts =
        bench.store.contacts(&bench.runtime.workspace.id, &[visitor.id]).await.expect("it answers");
    assert!(contacts[0].1.tags.contains("vip"));
    assert!(bench.runtime.board.conversation(next).expect("it is open").contact.tags.contains("vip"));
}

#[tokio::test]
async fn a_place_never_grows_when_somebody_is_asked() {
    let mut bench = Bench::start().await;
    let first = bench.visitor(1).await;
    let mut second = bench.visitor(2).await;
    bench.asks(&first, "workshop").await;
    bench.asks(&second, "workshop").await;
    let (visitor, request) = (first.id, request());
    let gives_up = Command::VisitorStopsWaiting { visitor, request };
    bench.turn(vec![Input::Asks { from: first.connection, command: gives_up }]).await;
    bench.asks(&first, "workshop").await;
    bench.agent("tomas").await;
    let places: Vec<u32> = second.places();
    assert_eq!(places, [2, 1]);
}

#[tokio::test]
async fn who_is_asked_by_a_colleague_is_told_what_they_are_after_it() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    bench.acts(&tomas, chat, Act::Accept).await;
    let mut mara = bench.agent("mara").await;
    bench.acts(&tomas, chat, pass_to(Target::Agent(mara.id))).await;
    mara.news();
    bench.acts(&mara, chat, Act::Decline { reason: None }).await;
    let news = mara.news();
    assert!(news.contains(&BridgeToAgent::Status { status: AgentStatus::Online }), "{news:?}");
}

#[tokio::test]
async fn beginning_to_write_takes_up_what_was_put_aside() {
    let mut bench = Bench::start().await;
    let tomas = bench.agent("tomas").await;
    let mut visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    bench.acts(&tomas, chat, Act::Accept).await;
    let until = bench.runtime.clock.now().plus_seconds(600);
    bench.acts(&tomas, chat, Act::Snooze { until }).await;
    let types = |typing| Input::AgentTypes { agent: tomas.id, conversation: chat, typing };
    bench.turn(vec![types(false)]).await;
    assert_eq!(bench.state(chat), ConversationState::Pending, "who stops writing begins nothing");
    bench.turn(vec![types(true)]).await;
    assert_eq!(bench.state(chat), ConversationState::Open);
    assert!(visitor.news().iter().any(|frame| matches!(frame, BridgeToVisitor::Typing { typing: true, .. })));
}

#[tokio::test]
async fn who_may_not_read_it_any_more_is_told_so_and_of_nothing_further() {
    let mut bench = Bench::start().await;
    let mut tomas = bench.agent("tomas").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    bench.acts(&tomas, chat, Act::Accept).await;
    assert!(bench.watches(&tomas, chat).await);
    tomas.news();
    let says = Input::Asks { from: visitor.connection, command: visitor.says("My card is 1234") };
    let passes = tomas.input(chat, pass_to(Target::Queue(QueueId::new("front-desk").expect("a queue"))));
    bench.turn(vec![passes, says]).await;
    let news = tomas.news();
    let happened = |kind: &str| {
        news.iter()
            .any(|frame| matches!(frame, BridgeToAgent::Happened(event) if event.happening.kind() == kind))
    };
    assert!(happened("transferred") && !happened("said"), "{news:?}");
    assert!(news.contains(&BridgeToAgent::Unwatched { conversation: chat }));
    assert!(!bench.watches(&tomas, chat).await);
}

#[tokio::test]
async fn a_setup_under_which_somebody_may_not_read_it_ends_their_looking() {
    let mut bench = Bench::start().await;
    let mut priya = bench.agent("priya").await;
    let mara = bench.agent("mara").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "front-desk").await;
    for agent in [&priya, &mara] {
        assert!(bench.watches(agent, chat).await);
    }
    let mut setup = bench.runtime.board.directory().setup().clone();
    setup.teams.values_mut().for_each(|team| team.members.retain(|member| *member != priya.id));
    let change = super::SetupChange { from: bench.runtime.revision, by: "a test".to_owned(), setup };
    let (answer, mut answered) = oneshot::channel();
    priya.news();
    bench.turn(vec![Input::SetsUp { change: Box::new(change), answer }]).await;
    assert!(matches!(answered.try_recv(), Ok(Ok(_))));
    assert!(priya.news().contains(&BridgeToAgent::Unwatched { conversation: chat }));
    assert_eq!(bench.runtime.hub.watchers(chat), [mara.id].into());
}

#[tokio::test]
async fn whom_a_comment_names_is_told_wherever_they_look() {
    let mut bench = Bench::start().await;
    let mut tomas = bench.agent("tomas").await;
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "workshop").await;
    bench.acts(&tomas, chat, Act::Accept).await;
    let (mut mara, mut priya) = (bench.agent("mara").await, bench.agent("priya").await);
    let text = Line::new("Can you look at this?").expect("a line");
    bench.acts(&tomas, chat, Act::Comment { text, mentions: vec![Target::Agent(priya.id)] }).await;
    let notices = priya.notices();
    let [Notice { conversation, about: NoticeAbout::Mentioned { by: Author::Agent(by) }, .. }] = &notices[..]
    else {
        panic!("{notices:?}")
    };
    assert_eq!((*conversation, by.id), (chat, tomas.id));
    assert!(tomas.notices().is_empty() && mara.notices().is_empty(), "nobody else is named");
}

#[tokio::test]
async fn supervisors_are_told_wherever_they_look_of_what_is_passed_on_too_often() {
    let mut bench = Bench::start().await;
    let (mut mara, mut priya) = (bench.agent("mara").await, bench.agent("priya").await);
    let visitor = bench.visitor(1).await;
    let chat = bench.asks(&visitor, "front-desk").await;
    let queues = ["workshop", "front-desk"].map(|queue| QueueId::new(queue).expect("a queue"));
    for queue in queues.iter().cycle().take(12) {
        let owner = Act::Assign { to: Target::Agent(mara.id), even_if_unavailable: true };
        bench.acts(&mara, chat, owner).await;
        bench.acts(&mara, chat, pass_to(Target::Queue(queue.clone()))).await;
    }
    let often = |notice: &Notice| matches!(notice.about, NoticeAbout::PassedOnTooOften { .. });
    assert!(mara.notices().iter().any(often));
    assert!(priya.notices().is_empty());
}

struct Bench {
    runtime: Runtime,
    store: Arc<dyn Store>,
    workspace: Arc<Workspace>,
    data: tempfile::TempDir,
}

impl Bench {
    async fn start() -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let workspace = Arc::new(Workspace::load(&WorkspaceSource::Demo).expect("the demo"));
        let store = opened(&data).await;
        for (number, agent) in (1..).zip(&workspace.agents) {
            let row = AgentRow {
                id: AgentId::at(Timestamp::from_millis(number), [7; 10]),
                email: agent.email.clone(),
                password_hash: String::new(),
                standing: Standing::default(),
            };
            store.add_agent(&workspace.id, &row).await.expect("a new agent");
        }
        Self { runtime: started(&workspace, &store).await, store, workspace, data }
    }

    async fn restart(self) -> Self {
        let Self { runtime, store, workspace, data } = self;
        drop((runtime, store));
        let store = opened(&data).await;
        Self { runtime: started(&workspace, &store).await, store, workspace, data }
    }

    async fn turn(&mut self, mut inputs: Vec<Input>) {
        self.runtime.turn(&mut inputs).await.expect("it owns the workspace");
    }

    /// Somebody of the demo, online.
    async fn agent(&mut self, name: &str) -> Agent {
        let rows = self.store.agents(&self.workspace.id).await.expect("it answers");
        let id = rows.iter().find(|row| row.email.starts_with(name)).expect("they work there").id;
        let (joins, agent) = Agent::joining(id);
        let online = Command::AgentSetsStatus { agent: id, status: AgentStatus::Online };
        self.turn(vec![joins, Input::Asks { from: agent.connection, command: online }]).await;
        agent
    }

    async fn visitor(&mut self, name: u8) -> Visitor {
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let (id, visitor) = (ConnectionId::next(), VisitorId::of_digest([name; 32]));
        let (state, _) = oneshot::channel();
        self.turn(vec![Input::VisitorJoins { id, visitor, outbox, state }]).await;
        Visitor { id: visitor, connection: id, inbox }
    }

    async fn asks(&mut self, visitor: &Visitor, queue: &str) -> ConversationId {
        let command = visitor.asks_for(queue);
        self.turn(vec![Input::Asks { from: visitor.connection, command }]).await;
        self.runtime.board.conversation_of(visitor.id).expect("they wait")
    }

    async fn acts(&mut self, agent: &Agent, conversation: ConversationId, act: Act) {
        let (answer, mut answered) = oneshot::channel();
        let command = agent.command(conversation, act);
        self.turn(vec![Input::Orders { command, answer: Some(answer) }]).await;
        let answer = answered.try_recv();
        assert!(matches!(answer, Ok(super::Answer::Accepted(..))), "{answer:?}");
    }

    async fn watches(&mut self, agent: &Agent, conversation: ConversationId) -> bool {
        let (watched, mut answer) = oneshot::channel();
        self.turn(vec![Input::Watches { from: agent.connection, conversation, watched }]).await;
        answer.try_recv().expect("an answer")
    }

    fn state(&self, conversation: ConversationId) -> ConversationState {
        self.runtime.board.conversation(conversation).expect("it is known").state()
    }

    fn reach(&self, agent: &Agent) -> Reach {
        self.runtime.board.reach(agent.id)
    }
}

struct Agent {
    id: AgentId,
    connection: ConnectionId,
    inbox: mpsc::Receiver<Arc<BridgeToAgent>>,
}

impl Agent {
    fn joining(agent: AgentId) -> (Input, Self) {
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let id = ConnectionId::next();
        let (welcome, _) = oneshot::channel();
        let joins = Input::AgentJoins { id, agent, session: [0; 32], outbox, welcome };
        (joins, Self { id: agent, connection: id, inbox })
    }

    /// Another console of theirs.
    fn joins(&self) -> (Input, Self) {
        Self::joining(self.id)
    }

    fn command(&self, conversation: ConversationId, act: Act) -> Command {
        Command::Acts { by: By::Agent(self.id), request: request(), conversation, act }
    }

    fn input(&self, conversation: ConversationId, act: Act) -> Input {
        Input::Asks { from: self.connection, command: self.command(conversation, act) }
    }

    /// What they were told since they were last asked.
    fn news(&mut self) -> Vec<BridgeToAgent> {
        std::iter::from_fn(|| self.inbox.try_recv().ok()).map(|frame| (*frame).clone()).collect()
    }

    fn notices(&mut self) -> Vec<Notice> {
        let notice = |frame| match frame {
            BridgeToAgent::Notice(notice) => Some(notice),
            _ => None,
        };
        self.news().into_iter().filter_map(notice).collect()
    }

    fn is_disconnected(&mut self) -> bool {
        self.news();
        self.inbox.try_recv() == Err(mpsc::error::TryRecvError::Disconnected)
    }
}

struct Visitor {
    id: VisitorId,
    connection: ConnectionId,
    inbox: mpsc::Receiver<Arc<BridgeToVisitor>>,
}

impl Visitor {
    fn says(&self, text: &str) -> Command {
        Command::VisitorSays {
            visitor: self.id,
            site: site(),
            request: request(),
            author: BrowserAuthor::Visitor,
            content: Content::text(text).expect("a line"),
            written_at: Timestamp::from_millis(1),
            fresh: fresh(),
        }
    }

    fn asks_for(&self, queue: &str) -> Command {
        let hand_off = HandOff {
            queue: Some(QueueId::new(queue).expect("a queue")),
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::Planned,
            online_message: String::new(),
            offline_message: String::new(),
            message_to_agent: None,
            action: None,
            collected: Vec::new(),
        };
        let (visitor, request, fresh) = (self.id, request(), fresh());
        Command::VisitorRequestsAgent { visitor, site: site(), request, hand_off, fresh }
    }

    fn news(&mut self) -> Vec<BridgeToVisitor> {
        std::iter::from_fn(|| self.inbox.try_recv().ok()).map(|frame| (*frame).clone()).collect()
    }

    /// The places they were told, without repeats.
    fn places(&mut self) -> Vec<u32> {
        let place = |frame| match frame {
            BridgeToVisitor::State(state) => state.place,
            _ => None,
        };
        let mut places: Vec<u32> = self.news().into_iter().filter_map(place).collect();
        places.dedup();
        places
    }
}

async fn opened(data: &tempfile::TempDir) -> Arc<dyn Store> {
    let address = format!("sqlite://{}", data.path().join("test.db").display());
    store::open(&address).await.expect("a store")
}

async fn started(workspace: &Arc<Workspace>, store: &Arc<dyn Store>) -> Runtime {
    let (_, inputs) = RuntimeLine::new();
    let start = Start {
        workspace: Arc::clone(workspace),
        store: Arc::clone(store),
        clock: Clock::start(),
        inputs,
        healthy: watch::channel(true).0,
        effects: mpsc::channel(1).0,
        feed: tokio::sync::broadcast::channel(1).0,
        directory: watch::channel(Directory::default()).0,
        agent_grace_seconds: AGENT_GRACE_SECONDS,
    };
    Runtime::start(start).await.expect("it starts")
}

fn pass_to(to: Target) -> Act {
    Act::Transfer { to, reason: ReasonId::new("other-team").expect("a reason"), note: None }
}

fn site() -> SiteId {
    SiteId::new("demo").expect("a site")
}

fn request() -> RequestId {
    RequestId::at(Timestamp::from_millis(1), clock::random())
}

fn fresh() -> ConversationId {
    ConversationId::at(Timestamp::from_millis(1), clock::random())
}
