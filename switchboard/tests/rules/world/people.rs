//! Visitors, agents and programs, who do what such people do.

use super::setup::{queue, reason, site, team};
use super::{Chat, World, status};
use protocol::{
    Act, AgentId, AgentStatus, BrowserAuthor, Content, ConversationId, HandOff, HandOffReason, KeyId, Line,
    RefusalCode, Target, VisitorId,
};
use switchboard::{By, Command, Decision};
use uuid::Uuid;

/// Somebody on the site.
#[derive(Clone)]
pub struct Visitor {
    world: World,
    pub id: VisitorId,
}

impl Visitor {
    pub fn new(world: World, id: VisitorId) -> Self {
        Self { world, id }
    }

    /// Writes; gives back the conversation that is written in.
    pub fn says(&self, text: &str) -> Chat {
        self.browser_says(BrowserAuthor::Visitor, text).expect("a visitor may always write")
    }

    /// The assistant in their browser speaks.
    pub fn assistant_says(&self, text: &str) -> Result<Chat, RefusalCode> {
        self.browser_says(BrowserAuthor::Assistant, text)
    }

    fn browser_says(&self, author: BrowserAuthor, text: &str) -> Result<Chat, RefusalCode> {
        let command = Command::VisitorSays {
            visitor: self.id,
            site: site(),
            request: self.world.request(),
            author,
            content: Content::text(text).expect("a line"),
            written_at: self.world.now(),
            fresh: ConversationId(self.world.fresh()),
        };
        self.world.take(&command).map(|decision| self.chat(&decision))
    }

    /// Asks for a person, in the site's own queue.
    pub fn asks_for_person(&self) -> Chat {
        self.asks(None)
    }

    /// Asks for a person of this queue.
    pub fn asks_in(&self, name: &str) -> Chat {
        self.asks(Some(name))
    }

    fn asks(&self, named: Option<&str>) -> Chat {
        let asked = self.tries_to_ask(|hand_off| hand_off.queue = named.map(queue));
        asked.expect("a visitor may always ask for a person")
    }

    /// Asks for a person like this.
    pub fn tries_to_ask(&self, change: impl FnOnce(&mut HandOff)) -> Result<Chat, RefusalCode> {
        let mut hand_off = HandOff {
            queue: None,
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::Planned,
            online_message: "Somebody is coming.".to_owned(),
            offline_message: "Nobody is here.".to_owned(),
            message_to_agent: Some("For staff.".to_owned()),
            action: None,
            collected: Vec::new(),
        };
        change(&mut hand_off);
        let (request, fresh) = (self.world.request(), ConversationId(self.world.fresh()));
        let command =
            Command::VisitorRequestsAgent { visitor: self.id, site: site(), request, hand_off, fresh };
        self.world.take(&command).map(|decision| self.chat(&decision))
    }

    /// Does not want to wait any more.
    pub fn stops_waiting(&self) -> Result<(), RefusalCode> {
        let command = Command::VisitorStopsWaiting { visitor: self.id, request: self.world.request() };
        self.world.take(&command).map(drop)
    }

    /// Is done.
    pub fn ends(&self) -> Result<(), RefusalCode> {
        let command = Command::VisitorEnds { visitor: self.id, request: self.world.request() };
        self.world.take(&command).map(drop)
    }

    /// Closes the last window.
    pub fn leaves(&self) {
        self.is_here(false);
    }

    /// Opens a window again.
    pub fn returns(&self) {
        self.is_here(true);
    }

    fn is_here(&self, here: bool) {
        let command = Command::VisitorConnection { visitor: self.id, here };
        self.world.take(&command).expect("nobody is kept from coming and going");
    }

    fn chat(&self, decision: &Decision) -> Chat {
        let (_, conversation, _) = decision.accepted.expect("it is answered");
        Chat::new(self.world.clone(), conversation)
    }
}

/// Somebody of the staff.
#[derive(Clone)]
pub struct Agent {
    world: World,
    pub id: AgentId,
}

impl Agent {
    pub fn new(world: World, id: AgentId) -> Self {
        Self { world, id }
    }

    pub fn comes_online(&self) {
        self.connects();
        self.chooses(AgentStatus::Online);
    }

    pub fn connects(&self) {
        self.world.take(&Command::AgentConnects { agent: self.id }).expect("they work here");
    }

    pub fn drops(&self) {
        self.world.take(&Command::AgentDrops { agent: self.id }).expect("it happens");
    }

    /// Begins to write an answer.
    pub fn begins(&self, chat: &Chat) {
        let begins = Command::AgentBegins { agent: self.id, conversation: chat.id };
        self.world.take(&begins).expect("nobody is kept from writing");
    }

    pub fn disconnects(&self) {
        self.world.take(&Command::AgentDisconnects { agent: self.id }).expect("everybody may go");
    }

    pub fn chooses(&self, status: AgentStatus) {
        self.tries_status(status).expect("they work here");
    }

    pub fn tries_status(&self, status: AgentStatus) -> Result<(), RefusalCode> {
        self.world.take(&Command::AgentSetsStatus { agent: self.id, status }).map(drop)
    }

    pub fn idles(&self, idle: bool) {
        self.world.take(&Command::AgentIdles { agent: self.id, idle }).expect("they work here");
    }

    pub fn status(&self) -> AgentStatus {
        status(&self.world, self.id)
    }

    pub fn load(&self) -> u32 {
        self.world.ask(|board| board.load(self.id))
    }

    /// What stands in their lists.
    pub fn inbox(&self) -> Vec<ConversationId> {
        let mine = self.world.ask(|board| board.conversations_for(self.id));
        mine.into_iter().map(|summary| summary.conversation).collect()
    }

    /// Does something, or is told why not.
    pub fn tries(&self, chat: &Chat, act: Act) -> Result<(), RefusalCode> {
        acts(&self.world, By::Agent(self.id), chat, act)
    }

    /// Does something that they may do.
    pub fn does(&self, chat: &Chat, act: Act) {
        let code = act.code();
        self.tries(chat, act).unwrap_or_else(|refusal| panic!("`{code}` is refused: {refusal:?}"));
    }

    pub fn accepts(&self, chat: &Chat) {
        self.does(chat, Act::Accept);
    }

    pub fn declines(&self, chat: &Chat) {
        self.does(chat, Act::Decline { reason: None });
    }

    pub fn says(&self, chat: &Chat, text: &str) {
        self.does(chat, self.words(text));
    }

    /// The act of writing this to the visitor.
    pub fn words(&self, text: &str) -> Act {
        Act::Say { text: line(text), written_at: self.world.now() }
    }

    pub fn closes(&self, chat: &Chat) {
        self.does(chat, Act::Close { category: None, note: None });
    }

    pub fn transfers(&self, chat: &Chat, to: Target) {
        self.does(chat, transfer(to));
    }

    pub fn snoozes(&self, chat: &Chat, seconds: u64) {
        self.does(chat, Act::Snooze { until: self.world.now().plus_seconds(seconds) });
    }

    pub fn target(&self) -> Target {
        Target::Agent(self.id)
    }

    /// Writes to a visitor of their own accord.
    pub fn opens(&self, visitor: &Visitor) -> Result<Chat, RefusalCode> {
        opens(&self.world, By::Agent(self.id), visitor)
    }
}

/// A customer's own program.
#[derive(Clone)]
pub struct Program {
    world: World,
}

impl Program {
    pub fn new(world: World) -> Self {
        Self { world }
    }

    pub fn tries(&self, chat: &Chat, act: Act) -> Result<(), RefusalCode> {
        acts(&self.world, Self::by(), chat, act)
    }

    /// Does something in an agent's name.
    pub fn tries_as(&self, agent: &Agent, chat: &Chat, act: Act) -> Result<(), RefusalCode> {
        let by = By::ForAgent { agent: agent.id, key: KeyId(Uuid::from_u128(77)), name: "crm".to_owned() };
        acts(&self.world, by, chat, act)
    }

    pub fn opens(&self, visitor: &Visitor) -> Result<Chat, RefusalCode> {
        opens(&self.world, Self::by(), visitor)
    }

    fn by() -> By {
        By::Program { key: KeyId(Uuid::from_u128(77)), name: "crm".to_owned() }
    }
}

fn acts(world: &World, by: By, chat: &Chat, act: Act) -> Result<(), RefusalCode> {
    let request = world.request();
    world.take(&Command::Acts { by, request, conversation: chat.id, act }).map(drop)
}

fn opens(world: &World, by: By, visitor: &Visitor) -> Result<Chat, RefusalCode> {
    let (request, fresh) = (world.request(), ConversationId(world.fresh()));
    world.take(&Command::Opens { by, request, visitor: visitor.id, site: site(), fresh })?;
    Ok(Chat::new(world.clone(), fresh))
}

/// The act of passing on, for a reason that there is.
pub fn transfer(to: Target) -> Act {
    Act::Transfer { to, reason: reason("language"), note: Some("Speaks only Finnish.".to_owned()) }
}

/// A target by the name of its queue.
pub fn to_queue(name: &str) -> Target {
    Target::Queue(queue(name))
}

/// A target by the name of its team.
pub fn to_team(name: &str) -> Target {
    Target::Team(team(name))
}

/// A text within its bounds.
pub fn line(text: &str) -> Line {
    Line::new(text).expect("a line")
}
