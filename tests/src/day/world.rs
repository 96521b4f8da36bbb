//! A day lived through: the switchboard, driven as the bridge drives it, beside a store and the second opinion.

use super::faults::Fault;
use super::model::{Model, Wrong};
use super::step::{Day, Deed, NAMES, Step, Who, agent, moment, site, visitor};
use super::store::Store;
use crate::hold;
use protocol::setup::{Need, Subject};
use protocol::{
    AgentId, AgentStatus, BrowserAuthor, Content, Event, HandOff, HandOffReason, KeyId, RefusalCode,
    Timestamp, VisitorId,
};
use std::collections::BTreeMap;
use switchboard::{By, Change, Command, Decision, Directory, Reach, Recalled, Switchboard};
use uuid::Uuid;

/// Due things in a row at one moment that mean that they never end.
const STORM: usize = 3_000;

/// Whose last console has been gone for so long is gone.
const GRACE_SECONDS: u64 = 30;

/// What only the staff may read begins with this.
pub const STAFF_ONLY: &str = "staff-only";

/// What a day amounted to, to see that days are eventful.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Things done.
    pub steps: usize,
    /// Commands that were refused, by code.
    pub refusals: BTreeMap<String, usize>,
    /// Events, by kind.
    pub events: BTreeMap<&'static str, usize>,
    /// Times the bridge was restarted.
    pub restarts: usize,
}

/// A day in progress.
pub struct World {
    /// The switchboard itself.
    pub board: Switchboard,
    /// The second opinion.
    pub model: Model,
    /// What has been saved.
    pub store: Store,
    /// The time it is.
    pub now: Timestamp,
    /// What has happened so far.
    pub tally: Tally,
    sent: BTreeMap<u32, Command>,
    /// Agents who have dropped out, and until when they may be back.
    dropped: BTreeMap<AgentId, Timestamp>,
    /// What the store knew of visitors when the batch began.
    recalled: Option<BTreeMap<VisitorId, Recalled>>,
    fault: Option<Fault>,
}

impl World {
    /// The morning of a day; with a fault that is planted, to see whether it is found.
    pub fn new(day: &Day, fault: Option<Fault>) -> Result<Self, String> {
        let now = moment(0);
        let setup = fault.map_or_else(|| day.setup.clone(), |fault| fault.set_up(&day.setup));
        Ok(Self {
            board: Switchboard::new(directory(&setup)?, now),
            model: Model::new(day.setup.clone(), now),
            store: Store::default(),
            now,
            tally: Tally::default(),
            sent: BTreeMap::new(),
            dropped: BTreeMap::new(),
            recalled: None,
            fault,
        })
    }

    /// Does one step. What is wrong then, if anything.
    pub fn step(&mut self, step: &Step) -> Wrong {
        self.tally.steps += 1;
        self.pass_until(moment(step.at), step.jumped)?;
        match &step.deed {
            // Both happen between two turns of the bridge, which routes and saves whatever came in one.
            Deed::SetUp(setup) => {
                self.route()?;
                self.keep()?;
                self.set_up(setup)?;
            }
            Deed::Restarts => {
                self.route()?;
                self.keep()?;
                self.restart()?;
            }
            Deed::Waits => {}
            Deed::Repeats(id) => {
                if let Some(command) = self.sent.get(id).cloned() {
                    self.ask(&command)?;
                }
            }
            Deed::Writes(..)
            | Deed::AssistantWrites(..)
            | Deed::Asks(..)
            | Deed::GivesUp(_)
            | Deed::Ends(_)
            | Deed::Here(..)
            | Deed::Connected(..)
            | Deed::Chooses(..)
            | Deed::Idles(..)
            | Deed::Acts(..)
            | Deed::Opens(..) => {
                if let Some(command) = self.command(step) {
                    self.sent.insert(step.id, command.clone());
                    self.ask(&command)?;
                }
            }
        }
        if step.batched {
            return Ok(());
        }
        self.route()?;
        self.keep()?;
        self.is_at_rest()
    }

    /// Everything that is due before a moment happens, each at its time; or all at that moment, when the clock jumps.
    pub fn pass_until(&mut self, then: Timestamp, jumped: bool) -> Wrong {
        for _ in 0..STORM {
            let Some(due) = self.due().filter(|due| *due < then) else {
                self.now = self.now.max(then);
                return Ok(());
            };
            self.now = if jumped { then } else { self.now.max(due) };
            self.tick(due)?;
            if !jumped && self.due().is_none_or(|next| next > self.now) {
                self.is_at_rest()?;
            }
        }
        Err("what is due never ends".to_owned())
    }

    /// When something happens next by itself: what the switchboard waits for, or somebody who has stayed away.
    fn due(&self) -> Option<Timestamp> {
        self.deadline().into_iter().chain(self.dropped.values().copied()).min()
    }

    /// When the switchboard wants to be asked again.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let late = u64::from(self.fault == Some(Fault::DeadlineLate));
        self.board.next_deadline().map(|due| due.plus_seconds(late))
    }

    /// What is due first is done.
    fn tick(&mut self, due: Timestamp) -> Wrong {
        self.model.came.clear();
        let away = self.dropped.iter().find(|(_, until)| **until <= due).map(|(agent, _)| *agent);
        if let Some(agent) = away {
            self.dropped.remove(&agent);
            self.ask(&Command::AgentDisconnects { agent })?;
            self.route()?;
            return self.keep();
        }
        let decision = self.decide(&Command::TimePasses)?.map_err(|no| format!("time is refused: {no}"))?;
        let fired = !decision.changes.is_empty();
        let changes = self.fault.map_or(decision.changes.clone(), |fault| fault.mistime(decision.changes));
        for change in changes {
            self.take(change)?;
        }
        self.model.is_settled()?;
        let routed = self.route()?;
        self.keep()?;
        let next = self.deadline();
        hold!(
            fired || routed || next.is_none_or(|next| next > due),
            "what was due at {due:?} changes nothing"
        );
        Ok(())
    }

    /// Somebody asks for something; repeats are answered from the store, as the bridge does.
    fn ask(&mut self, command: &Command) -> Wrong {
        if let Some(request) = command.request()
            && self.store.answered(request)
        {
            return Ok(());
        }
        self.recall(command);
        let decided = self.decide(command)?;
        match decided {
            Ok(decision) => self.accept(command, decision)?,
            Err(refusal) => {
                hold!(refusal.code != RefusalCode::TryAgain, "a pure decision cannot be tried again");
                *self.tally.refusals.entry(format!("{:?}", refusal.code)).or_default() += 1;
            }
        }
        self.model.is_settled()
    }

    /// A batch is saved.
    fn keep(&mut self) -> Wrong {
        self.recalled = None;
        self.store.keep(&mut self.board)
    }

    fn accept(&mut self, command: &Command, decision: Decision) -> Wrong {
        let changes =
            self.fault.map_or(decision.changes.clone(), |fault| fault.tamper(decision.changes.clone()));
        if let (Some((request, id, number)), Some((asker, _))) = (decision.accepted, command.request()) {
            let answers = |change: &&Change| {
                matches!(change, Change::Happened { event, asker: whose }
                    if event.request == Some(request) && *whose == Some(asker) && event.conversation == id
                        && event.number == number)
            };
            let many = decision.changes.iter().filter(answers).count();
            hold!(decision.changes.is_empty() || many == 1, "{many} events answer the request: {decision:?}");
        }
        for change in changes {
            self.take(change)?;
        }
        Ok(())
    }

    /// What a command leads to; the same when it is asked again.
    fn decide(&self, command: &Command) -> Result<Result<Decision, protocol::Refusal>, String> {
        let decided = self.board.decide(command, self.now);
        hold!(
            decided == self.board.decide(command, self.now),
            "decided otherwise when asked again: {command:?}"
        );
        Ok(decided)
    }

    /// What follows, until nothing does.
    fn route(&mut self) -> Result<bool, String> {
        for round in 0..STORM {
            let Some(changes) = self.board.route(self.now) else { return Ok(round > 0) };
            hold!(!changes.is_empty(), "routing goes on without doing anything");
            let changes = self.fault.map_or(changes.clone(), |fault| fault.misroute(changes));
            for change in changes {
                self.take(change)?;
            }
            self.model.is_settled()?;
        }
        Err("routing never ends".to_owned())
    }

    /// One change is saved and made true.
    fn take(&mut self, change: Change) -> Wrong {
        match &change {
            Change::Happened { event, asker } => {
                *self.tally.events.entry(event.happening.kind()).or_default() += 1;
                let told = |why| {
                    format!("{why}\n  at {event:?}\n  of {:?}", self.model.talks.get(&event.conversation))
                };
                hold!(event.at == self.now, "the event is of another time: {event:?}");
                is_silent_about_staff(event).map_err(told)?;
                let before = self.model.talks.get(&event.conversation).cloned();
                self.model.hear(event).map_err(|why| format!("{why}\n  at {event:?}\n  of {before:?}"))?;
                self.store.save(event, *asker)?;
            }
            Change::StatusChosen { agent, status, at } => {
                let person = self.model.people.entry(*agent).or_default();
                person.does(*at, |one| (one.status, one.misses, one.idle) = (*status, 0, false));
            }
            Change::Connection { agent, reach, at } => {
                let person = self.model.people.entry(*agent).or_default();
                person.does(*at, |one| {
                    one.connected = *reach != Reach::Gone;
                    one.dropped = *reach == Reach::Dropped;
                    one.idle = false;
                });
                match reach {
                    Reach::Dropped => drop(self.dropped.insert(*agent, at.plus_seconds(GRACE_SECONDS))),
                    Reach::Here | Reach::Gone => drop(self.dropped.remove(agent)),
                }
            }
            Change::Idle { agent, idle } => self.model.people.entry(*agent).or_default().idle = *idle,
            Change::VisitorConnection { visitor, gone } => {
                let known = self.model.of_visitor(*visitor).is_some();
                match gone.filter(|_| known) {
                    Some(since) => drop(self.model.gone.insert(*visitor, since)),
                    None => drop(self.model.gone.remove(visitor)),
                }
            }
            Change::PageSeen { .. } => return Err("nobody told of a page".to_owned()),
            Change::Ran(_) | Change::Occurred { .. } => {
                return Err("a workflow ran, and there is none".to_owned());
            }
        }
        self.board.apply(&change);
        if let Change::Happened { event, .. } = &change {
            self.store.agrees(&self.board, event.conversation)?;
        }
        Ok(())
    }

    fn set_up(&mut self, setup: &protocol::setup::Setup) -> Wrong {
        // What a day was shortened by may have left a setup that does not fit any more.
        if let Ok(directory) =
            directory(&self.fault.map_or_else(|| setup.clone(), |fault| fault.set_up(setup)))
        {
            self.board.set_up(directory, self.now);
            self.model.set_up(setup.clone(), self.now);
        }
        Ok(())
    }

    /// The process ends, and another begins with what was saved.
    fn restart(&mut self) -> Wrong {
        self.tally.restarts += 1;
        self.is_at_rest()?;
        let mut conversations = self.store.kept()?;
        if self.fault == Some(Fault::RestartLosesOne) {
            conversations.pop();
        }
        let standings = self.store.standings()?;
        let directory = self.board.directory().clone();
        self.board = Switchboard::restore(directory, standings, conversations, self.now);
        self.model.restarted(self.now);
        let until = self.now.plus_seconds(GRACE_SECONDS);
        self.dropped = self.board.dropped().map(|agent| (agent, until)).collect();
        self.store.agree(&self.board)
    }

    /// What the store knew of a visitor before the batch is given, as the bridge does it.
    fn recall(&mut self, command: &Command) {
        if let Command::VisitorSays { visitor, .. }
        | Command::VisitorRequestsAgent { visitor, .. }
        | Command::Opens { visitor, .. } = command
        {
            let known = self.recalled.get_or_insert_with(|| self.store.recalled());
            if let Some(recalled) = known.get(visitor) {
                self.board.recall(*visitor, recalled.clone());
            }
        }
    }

    /// A deed as the switchboard is asked.
    fn command(&self, step: &Step) -> Option<Command> {
        let (request, fresh) = (step.request(), step.fresh());
        let says = |number: u8, author, text: &str| {
            let content = Content::text(text).ok()?;
            let (visitor, written_at) = (visitor(number), self.now);
            Some(Command::VisitorSays { visitor, site: site(), request, author, content, written_at, fresh })
        };
        match &step.deed {
            Deed::Writes(number, text) => says(*number, BrowserAuthor::Visitor, text),
            Deed::AssistantWrites(number, text) => says(*number, BrowserAuthor::Assistant, text),
            Deed::Asks(number, queue) => Some(Command::VisitorRequestsAgent {
                visitor: visitor(*number),
                site: site(),
                request,
                hand_off: hand_off(queue.clone(), request),
                fresh,
            }),
            Deed::GivesUp(number) => {
                Some(Command::VisitorStopsWaiting { visitor: visitor(*number), request })
            }
            Deed::Ends(number) => Some(Command::VisitorEnds { visitor: visitor(*number), request }),
            Deed::Here(number, here) => {
                Some(Command::VisitorConnection { visitor: visitor(*number), here: *here })
            }
            Deed::Connected(number, true) => Some(Command::AgentConnects { agent: agent(*number) }),
            Deed::Connected(number, false) => Some(Command::AgentDrops { agent: agent(*number) }),
            Deed::Chooses(number, status) => {
                Some(Command::AgentSetsStatus { agent: agent(*number), status: *status })
            }
            Deed::Idles(number, idle) => Some(Command::AgentIdles { agent: agent(*number), idle: *idle }),
            Deed::Acts(who, number, act) => Some(Command::Acts {
                by: by(*who),
                request,
                conversation: self.last_of(visitor(*number))?,
                act: act.clone(),
            }),
            Deed::Opens(who, number) => {
                Some(Command::Opens { by: by(*who), request, visitor: visitor(*number), site: site(), fresh })
            }
            Deed::Repeats(_) | Deed::SetUp(_) | Deed::Restarts | Deed::Waits => None,
        }
    }

    fn last_of(&self, visitor: VisitorId) -> Option<protocol::ConversationId> {
        self.model.last_of(visitor).map(|talk| talk.id)
    }
}

/// A setup, checked.
fn directory(setup: &protocol::setup::Setup) -> Result<Directory, String> {
    Directory::new(setup.clone())
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// The visitor is told nothing that is meant for the staff.
fn is_silent_about_staff(event: &Event) -> Wrong {
    let Some(told) = event.for_visitor() else { return Ok(()) };
    let text = format!("{told:?}");
    hold!(!text.contains(STAFF_ONLY), "the visitor is told what is for the staff");
    Ok(())
}

fn by(who: Who) -> By {
    match who {
        Who::Agent(number) => By::Agent(agent(number)),
        Who::Program => By::Program { key: KeyId(Uuid::from_u128(0xD)), name: "A program".to_owned() },
    }
}

/// What is wished for follows from the request's name: some wish for nothing, some for what nobody knows.
fn hand_off(queue: Option<protocol::QueueId>, request: protocol::RequestId) -> HandOff {
    let chance = request.0.as_bytes().iter().fold(7_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
    let skill = protocol::SkillId::new(if chance % 3 == 0 { "repair" } else { "flying" }).ok();
    let need = skill.filter(|_| chance % 5 == 0).map(|skill| Need {
        subject: Subject::Skill(skill),
        level: 1 + chance % 4,
        mandatory: chance % 2 == 0,
    });
    let language = ["fr", "de-AT", "fi"].get(usize::from(chance % 13)).map(|tag| (*tag).to_owned());
    let agent = NAMES.get(usize::from(chance % 29)).map(|name| (*name).to_owned());
    HandOff {
        queue,
        needs: need.into_iter().collect(),
        language,
        agent,
        reason: HandOffReason::AgentRequested,
        online_message: "One moment.".to_owned(),
        offline_message: "Nobody is here.".to_owned(),
        message_to_agent: Some(format!("{STAFF_ONLY}: they are in a hurry")),
        action: None,
        collected: Vec::new(),
    }
}

/// Those that can be chosen.
pub const STATUSES: [AgentStatus; 4] =
    [AgentStatus::Online, AgentStatus::Busy, AgentStatus::Away, AgentStatus::Offline];
