//! An office of any size on a switchboard of its own, driven as the bridge drives it, without a store.

use protocol::setup::{
    AgentSetup, Conduct, OfferMode, QueueSetup, Reason, ReasonUse, Setup, SiteSetup, Strategy, TeamSetup,
    What,
};
use protocol::{
    Act, AgentId, AgentStatus, BrowserAuthor, Content, ConversationId, Event, HandOff, HandOffReason,
    Happening, QueueId, ReasonId, RequestId, SiteId, TeamId, Timestamp, VisitorId,
};
use std::collections::BTreeSet;
use switchboard::{By, Change, Command, Directory, Switchboard};

/// Conversations an agent has at once.
pub const CAPACITY: u32 = 5;

/// Queues an agent serves, where there are as many.
const QUEUES_EACH: usize = 3;

/// When everything begins.
const OPENS_AT: Timestamp = Timestamp::from_millis(1_800_000_000_000);

/// Milliseconds between two things that happen.
const STEP_MS: u64 = 1;

/// How large an office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Conversations that wait.
    pub waiting: usize,
    /// Agents, each with room for [`CAPACITY`].
    pub agents: usize,
    /// Queues, each with a team of its own.
    pub queues: usize,
}

/// See the module.
pub struct Office {
    pub board: Switchboard,
    pub agents: Vec<AgentId>,
    pub now: Timestamp,
    chance: fastrand::Rng,
    /// How many have somebody.
    queues: usize,
    /// Names given so far.
    named: u64,
}

/// Where a conversation is after a command.
pub enum Became {
    /// It waits.
    Waits,
    /// It is this agent's.
    Assigned(ConversationId, AgentId),
    /// It is over.
    Closed(ConversationId),
}

impl Office {
    /// Everybody is online, and nothing has happened.
    pub fn open(size: Size) -> Self {
        let mut chance = fastrand::Rng::with_seed(7);
        let agents: Vec<AgentId> = (0..size.agents).map(agent).collect();
        let directory = Directory::new(setup(&agents, size.queues, &mut chance)).expect("it is sound");
        let board = Switchboard::new(directory, OPENS_AT);
        let mut office = Self { board, agents, now: OPENS_AT, chance, queues: size.queues, named: 0 };
        for agent in office.agents.clone() {
            office.take(&Command::AgentConnects { agent });
            office.take(&Command::AgentSetsStatus { agent, status: AgentStatus::Online });
        }
        office
    }

    /// Some agent.
    pub fn somebody(&mut self) -> AgentId {
        self.agents[self.chance.usize(..self.agents.len())]
    }

    /// A visitor whom nobody has seen before asks for a person of some queue.
    pub fn visitor_asks(&mut self) -> Command {
        let queue = self.chance.usize(..self.queues);
        self.visitor_asks_for(queue_id(queue))
    }

    /// The same where nobody is there.
    pub fn visitor_asks_in_vain(&mut self) -> Command {
        self.visitor_asks_for(elsewhere())
    }

    fn visitor_asks_for(&mut self, queue: QueueId) -> Command {
        self.named += 1;
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&self.chance.u64(..).to_be_bytes());
        digest[9..16].copy_from_slice(&self.named.to_be_bytes()[1..]);
        let fresh = ConversationId::at(self.now, self.name());
        Command::VisitorRequestsAgent {
            visitor: VisitorId::of_digest(digest),
            site: site(),
            request: self.request(),
            hand_off: HandOff {
                queue: Some(queue),
                needs: Vec::new(),
                language: None,
                agent: None,
                reason: HandOffReason::Planned,
                online_message: "Somebody will be with you in a moment.".to_owned(),
                offline_message: "Nobody is here at the moment.".to_owned(),
                message_to_agent: None,
                action: None,
                collected: Vec::new(),
            },
            fresh,
        }
    }

    /// An agent closes a conversation of theirs.
    pub fn closes(&mut self, agent: AgentId, conversation: ConversationId) -> Command {
        let (by, request) = (By::Agent(agent), self.request());
        Command::Acts { by, request, conversation, act: Act::Close { category: None, note: None } }
    }

    /// Time passes a little.
    pub fn tick(&mut self) {
        self.now = Timestamp::from_millis(self.now.millis() + STEP_MS);
    }

    /// Carries out a command and all that follows from it, as the bridge does but for saving and telling. Every change is
    /// given to `heard` before it is made true.
    pub fn carry_out(&mut self, command: &Command, heard: &mut impl FnMut(&Change)) {
        self.decide(command, heard);
        self.route(heard);
    }

    /// Carries out a command alone.
    pub fn decide(&mut self, command: &Command, heard: &mut impl FnMut(&Change)) {
        let decision = self.board.decide(command, self.now).expect("nothing here is refused");
        for change in decision.changes {
            heard(&change);
            self.board.apply(&change);
        }
    }

    /// All that follows from what was carried out.
    pub fn route(&mut self, heard: &mut impl FnMut(&Change)) {
        while let Some(changes) = self.board.route(self.now) {
            for change in changes {
                heard(&change);
                self.board.apply(&change);
            }
        }
    }

    /// As [`Office::carry_out`], and taken for saved; what became of conversations.
    pub fn take(&mut self, command: &Command) -> Vec<Became> {
        let mut became = Vec::new();
        self.carry_out(command, &mut |change| became.extend(became_of(change)));
        self.board.saved();
        became
    }

    /// A visitor whom nobody has seen before says something to the assistant.
    pub fn visitor_says(&mut self) -> Command {
        let Command::VisitorRequestsAgent { visitor, site, request, fresh, .. } = self.visitor_asks_in_vain()
        else {
            unreachable!("it asks for an agent");
        };
        let content = Content::text("Good morning, do you have this in blue?").expect("it is not blank");
        let (author, written_at) = (BrowserAuthor::Visitor, self.now);
        Command::VisitorSays { visitor, site, request, author, content, written_at, fresh }
    }

    fn request(&mut self) -> RequestId {
        RequestId::at(self.now, self.name())
    }

    fn name(&mut self) -> [u8; 10] {
        self.named += 1;
        let mut name = [0; 10];
        name[2..].copy_from_slice(&self.named.to_be_bytes());
        name
    }
}

/// What an event says of where its conversation is.
pub fn became_of(change: &Change) -> Option<Became> {
    let Change::Happened { event: Event { conversation, happening, .. }, .. } = change else { return None };
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these matter here")]
    match happening {
        Happening::Queued { .. } => Some(Became::Waits),
        Happening::Closed(_) => Some(Became::Closed(*conversation)),
        Happening::Assigned { to, .. } => Some(Became::Assigned(*conversation, to.id)),
        _ => None,
    }
}

/// The workspace: a queue is served by a team that nobody has to ask, and takes who has least to do.
fn setup(agents: &[AgentId], queues: usize, chance: &mut fastrand::Rng) -> Setup {
    let conduct = Conduct { offer: OfferMode::AutoAccept, ..Conduct::default() };
    let mut setup = Setup::default();
    let label = "Somebody else knows more".to_owned();
    let reason = Reason { label, uses: [ReasonUse::Transfer].into(), retired: false, position: 0 };
    setup.reasons.insert(ReasonId::new("passed-on").expect("a slug"), reason);
    setup.sites.insert(site(), SiteSetup { default_queue: elsewhere() });
    setup.agents.insert(absent(), AgentSetup::named("Somebody who is never there"));
    let named = |number| (queue_id(number), team_id(number), BTreeSet::new());
    let alone = (elsewhere(), TeamId::new("elsewhere").expect("a slug"), BTreeSet::from([absent()]));
    for (queue, team, members) in (0..queues).map(named).chain([alone]) {
        let strategy = Strategy { by: What::LeastOpen, ..Strategy::default() };
        let made = QueueSetup { strategy, ..QueueSetup::of_team(queue.to_string(), team.clone()) };
        let people = TeamSetup { name: team.to_string(), members, conduct: conduct.clone() };
        setup.queues.insert(queue, made);
        setup.teams.insert(team, people);
    }
    for (number, agent) in agents.iter().enumerate() {
        let named = AgentSetup { capacity: CAPACITY, ..AgentSetup::named(format!("Agent {number}")) };
        setup.agents.insert(*agent, named);
        // Nobody's queue is served by nobody.
        let own = (0..QUEUES_EACH).map(|nth| if nth == 0 { number % queues } else { chance.usize(..queues) });
        for queue in own {
            if let Some(team) = setup.teams.get_mut(&team_id(queue)) {
                team.members.insert(*agent);
            }
        }
    }
    setup
}

/// Who serves the queue of those who ask in vain.
fn absent() -> AgentId {
    AgentId::at(OPENS_AT, [u8::MAX; 10])
}

fn elsewhere() -> QueueId {
    QueueId::new("elsewhere").expect("a slug")
}

fn agent(number: usize) -> AgentId {
    let mut name = [0; 10];
    name[2..].copy_from_slice(&(number as u64).to_be_bytes());
    AgentId::at(OPENS_AT, name)
}

fn site() -> SiteId {
    SiteId::new("office").expect("a slug")
}

fn queue_id(number: usize) -> QueueId {
    QueueId::new(format!("queue-{number}")).expect("a slug")
}

fn team_id(number: usize) -> TeamId {
    TeamId::new(format!("team-{number}")).expect("a slug")
}
