//! A desk: what a bridge does for one run of one conversation, small enough to be read.
//!
//! Between any two inputs the run is written and read back, as it is when a bridge restarts there.

use super::world::{TODAY, World};
use crate::workflow::definition::{ChangeOfTag, OpenedBy};
use crate::workflow::facts::Sender;
use crate::workflow::*;
use protocol::{AgentId, Timestamp};
use std::collections::{BTreeMap, VecDeque};

/// A bridge's part, for one run.
pub struct Desk {
    pub workflow: Workflow,
    pub run: Run,
    pub world: World,
    pub now: Timestamp,
    /// What was done, without the log.
    pub done: Vec<Effect>,
    /// Members of teams.
    pub teams: BTreeMap<String, Vec<&'static str>>,
    /// Who is online.
    pub online: Vec<&'static str>,
    /// What another system answers.
    pub other_system: Option<fn(&HttpWanted) -> HttpAnswer>,
    /// Whether another run has a question open.
    pub busy: bool,
    wish: Option<AssignWanted>,
    pub turn: Option<Ticket>,
}

impl Desk {
    /// A desk at midnight, before anything happened.
    pub fn of(workflow: Workflow) -> Self {
        Self {
            workflow,
            run: Run::new(Vec::new()),
            world: World::default(),
            now: TODAY,
            done: Vec::new(),
            teams: BTreeMap::new(),
            online: Vec::new(),
            other_system: None,
            busy: false,
            wish: None,
            turn: None,
        }
    }

    pub fn team(mut self, name: &str, members: &[&'static str]) -> Self {
        self.teams.insert(name.to_owned(), members.to_vec());
        self
    }

    pub fn online(mut self, agents: &[&'static str]) -> Self {
        self.online = agents.to_vec();
        self
    }

    /// A conversation opens; the workflow starts if it may.
    pub fn open(mut self, by: OpenedBy) -> Self {
        self.world.conversation.insert("status".to_owned(), Value::text("open"));
        if by == OpenedBy::Visitor {
            self.world.says(None, "Hello", self.now);
        }
        let happened = Happened::Opened(by);
        let occasion = Occasion {
            happened: &happened,
            told: &BTreeMap::new(),
            causes: &[],
            running: false,
            ran_before: false,
        };
        if may_start(&self.workflow, &occasion, &self.world, self.now).is_ok() {
            self.tell(Input::Started { told: BTreeMap::new(), from: None });
        }
        self
    }

    pub fn visitor_says(&mut self, text: &str) {
        self.world.says(None, text, self.now);
        self.tell(Input::VisitorSaid { text: text.to_owned() });
    }

    pub fn agent_says(&mut self, text: &str) {
        self.world.says(Some(Sender::Human), text, self.now);
        self.tell(Input::HumanSaid);
    }

    pub fn close(&mut self) {
        self.world.conversation.insert("status".to_owned(), Value::text("closed"));
        self.tell(Input::Closed);
    }

    pub fn comes_online(&mut self, agent: &'static str) {
        self.online.push(agent);
        if let Some(wish) = self.wish.take() {
            self.perform(Effect::Assign(wish)).into_iter().for_each(|input| self.tell(input));
        }
    }

    /// Time passes, and the run is woken when it wants to be.
    pub fn minutes(&mut self, minutes: u64) {
        let until = self.now.plus_seconds(minutes * 60);
        while let Some(at) = self.run.wakes_at().filter(|at| *at <= until) {
            self.now = at.max(self.now);
            let before = self.run.clone();
            self.tell(Input::TimeReached);
            assert_ne!(self.run, before, "it wanted to be woken and sleeps on");
        }
        self.now = until;
    }

    /// Tells the run, does what it wants, and tells it what comes of that.
    pub fn tell(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.restart();
            let effects = advance(&self.workflow, &mut self.run, input, &self.world, self.now);
            for effect in effects {
                if !matches!(effect, Effect::Log(_)) {
                    self.done.push(effect.clone());
                }
                inputs.extend(self.perform(effect));
            }
        }
    }

    /// Who has the conversation.
    pub fn owner(&self) -> String {
        self.world.assignee.get("name").map_or_else(String::new, |name| name.written().into_owned())
    }

    /// What the visitor was told.
    pub fn said(&self) -> Vec<&str> {
        self.done
            .iter()
            .filter_map(
                |effect| if let Effect::Say { text, .. } = effect { Some(text.as_str()) } else { None },
            )
            .collect()
    }

    /// What only the staff sees.
    pub fn comments(&self) -> Vec<&str> {
        self.done
            .iter()
            .filter_map(
                |effect| if let Effect::Comment { text, .. } = effect { Some(text.as_str()) } else { None },
            )
            .collect()
    }

    /// What the run did, in words.
    pub fn log(&self) -> Vec<String> {
        self.run.log().lines().map(|line| line.told(&self.workflow)).collect()
    }

    fn restart(&mut self) {
        let bytes = postcard::to_allocvec(&self.run).expect("a run can be written");
        self.run = postcard::from_bytes(&bytes).expect("a run can be read back");
    }

    fn perform(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Assign(wish) => self.assign(wish),
            Effect::WithdrawAssign { .. } => self.drop_wish(),
            Effect::Say { text, .. } => self.heard(&text),
            Effect::AskForTurn { ticket } if self.busy => Some(Input::TurnRefused { ticket }),
            Effect::AskForTurn { ticket } => {
                assert_eq!(self.turn.replace(ticket), None, "a run has one turn at a time");
                Some(Input::TurnGranted { ticket })
            }
            Effect::ReleaseTurn => {
                self.turn = None;
                None
            }
            Effect::Close { .. } => {
                self.world.conversation.insert("status".to_owned(), Value::text("closed"));
                Some(Input::Closed)
            }
            Effect::Request(wanted) => {
                let answer = self.other_system?(&wanted);
                Some(Input::HttpAnswered { ticket: wanted.ticket, answer })
            }
            Effect::Field { field, value } => {
                self.world.contact.insert(field, value);
                None
            }
            Effect::Tag { change: ChangeOfTag::Added, tags } => {
                self.world.tags.extend(tags);
                None
            }
            Effect::Tag { change: ChangeOfTag::Removed, tags } => {
                self.world.tags.retain(|tag| !tags.contains(tag));
                None
            }
            Effect::Unassign => {
                self.world.assignee.clear();
                None
            }
            Effect::Comment { .. }
            | Effect::Open
            | Effect::Trigger { .. }
            | Effect::WakeAt(_)
            | Effect::Log(_)
            | Effect::Ended(_) => None,
        }
    }

    fn heard(&mut self, text: &str) -> Option<Input> {
        self.world.says(Some(Sender::Workflow), text, self.now);
        None
    }

    fn drop_wish(&mut self) -> Option<Input> {
        self.wish = None;
        None
    }

    fn assign(&mut self, wish: AssignWanted) -> Option<Input> {
        let members: Vec<&str> = match &wish.to {
            Whom::Team(team) => self.teams.get(&team.0).cloned().unwrap_or_default(),
            Whom::Agent(wanted) => {
                let all = self.teams.values().flatten().copied();
                all.filter(|name| *name == wanted.0 || agent(name).to_string() == wanted.0).collect()
            }
            Whom::Queue(_) | Whom::Workspace => self.teams.values().flatten().copied().collect(),
        };
        if members.is_empty() {
            return Some(Input::NobodyToAssign { ticket: wish.ticket });
        }
        let Some(name) = members.into_iter().find(|name| !wish.online_only || self.online.contains(name))
        else {
            self.wish = Some(wish);
            return None;
        };
        self.world.assignee.insert("name".to_owned(), Value::text(name));
        self.world.assignee.insert("id".to_owned(), Value::text(agent(name).to_string()));
        self.world.assigned_at = Some(self.now);
        Some(Input::Assigned { ticket: wish.ticket, agent: agent(name) })
    }
}

/// The agent of that name.
pub fn agent(name: &str) -> AgentId {
    let mut bytes = [0; 16];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    AgentId(uuid::Uuid::from_bytes(bytes))
}
