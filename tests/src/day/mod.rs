//! Random days of a workspace, on the real switchboard and with time that passes only here.
//!
//! A day is a seed: who writes, asks, accepts, leaves and when the bridge is killed follow from it. After every step
//! [`rules`] are checked against a second opinion drawn from the saved events alone.

pub mod chance;
pub mod history;
pub mod people;
pub mod rules;

use chance::Chance;
use history::History;
use people::{People, site, visitors};
use protocol::{
    AgentId, AgentStatus, BrowserAuthor, Content, ConversationId, ConversationState, HandOff, HandOffReason,
    QueueId, Refusal, RefusalCode, RequestId, Timestamp, VisitorId,
};
use rules::Moment;
use std::collections::{BTreeMap, VecDeque};
use switchboard::{Change, Command, Switchboard};

/// Commands remembered for the report of a day that went wrong.
const JOURNAL_ENTRIES: usize = 15;

/// Rounds of the evening: enough for one agent who holds one conversation at a time to serve everybody.
const EVENING_ROUNDS: u64 = 60;

/// Between them; shorter than an offer lasts, so that none runs out.
const EVENING_ROUND_MILLIS: u64 = 10_000;

/// A day in progress.
pub struct Day {
    board: Switchboard,
    history: History,
    people: People,
    chance: Chance,
    now: Timestamp,
    journal: VecDeque<(Timestamp, Entry)>,
}

/// What the report of a day that went wrong tells.
#[derive(Debug)]
#[expect(dead_code, reason = "read by `Debug` alone")]
#[expect(clippy::large_enum_variant, reason = "few are kept")]
enum Entry {
    Asked(Command),
    Restarted,
}

/// What a day amounted to, to see that days are eventful.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Events saved.
    pub events: usize,
    /// Commands that were refused.
    pub refusals: usize,
    /// Times the bridge was restarted.
    pub restarts: usize,
}

/// Lives through a day of so many steps; the error says what was wrong, and what had led to it.
pub fn live(seed: u64, steps: usize) -> Result<Tally, String> {
    let mut day = Day::new(seed);
    let mut tally = Tally::default();
    let outcome = (0..steps).try_for_each(|_| day.step(&mut tally)).and_then(|()| day.evening());
    tally.events = day.history.len();
    outcome.map(|()| tally).map_err(|why| {
        let entries: Vec<String> = day.journal.iter().map(|entry| format!("{entry:?}")).collect();
        format!("{why}\nThe last commands were:\n{}", entries.join("\n"))
    })
}

impl Day {
    fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let people = People::new(&mut chance);
        let now = Timestamp::from_millis(1_732_190_400_000);
        let board = Switchboard::new(people.directory());
        Self { board, history: History::default(), people, chance, now, journal: VecDeque::new() }
    }

    /// One thing happens to somebody.
    fn step(&mut self, tally: &mut Tally) -> Result<(), String> {
        self.pass_millis(1)?;
        let command = match self.chance.below(100) {
            0..30 => self.somebody_says(),
            30..42 => self.somebody_asks(),
            42..46 => self.somebody_ends(),
            46..58 => self.an_agent_comes_or_goes(),
            58..90 => self.an_agent_acts(),
            90..98 => {
                let millis = self.chance.below(90_000);
                return self.pass_millis(millis);
            }
            _ => {
                tally.restarts += 1;
                return self.restart();
            }
        };
        let refused = self.take(&command)?;
        tally.refusals += usize::from(refused.is_some());
        self.refusal_is_right(&command, refused.as_ref())
    }

    /// The bridge's loop: decide, save, apply, route, save, apply. Gives back the refusal, if it was one.
    fn take(&mut self, command: &Command) -> Result<Option<Refusal>, String> {
        self.remember(Entry::Asked(command.clone()));
        let before: BTreeMap<ConversationId, u32> = self.board.places().into_iter().collect();
        let decided = self.board.decide(command, self.now);
        let refusal = match decided {
            Ok(decision) => {
                self.save(&decision.changes)?;
                None
            }
            Err(refusal) => Some(refusal),
        };
        while let Some(offer) = self.board.route(self.now) {
            self.save(&[offer])?;
        }
        self.moment().holds()?;
        rules::places_only_improve(&before, &self.board.places().into_iter().collect())?;
        Ok(refusal)
    }

    fn save(&mut self, changes: &[Change]) -> Result<(), String> {
        for change in changes {
            match change {
                Change::Happened { event, asker } => {
                    self.moment().may_happen(event, *asker)?;
                    self.history.keep(event)?;
                }
                Change::StatusChosen { agent, status } => self.people.chose(*agent, *status),
                Change::Connection { agent, connected } => self.people.connected(*agent, *connected),
            }
            self.board.apply(change);
        }
        Ok(())
    }

    /// Time passes, and the bridge wakes at every deadline on the way.
    fn pass_millis(&mut self, millis: u64) -> Result<(), String> {
        let until = Timestamp::from_millis(self.now.millis() + millis);
        while let Some(deadline) = self.board.next_deadline().filter(|deadline| *deadline <= until) {
            self.now = deadline;
            self.take(&Command::TimePasses)?;
        }
        self.now = until;
        Ok(())
    }

    /// The bridge is killed and started again on what was saved: it answers every question as before, except that
    /// nobody is connected any more.
    fn restart(&mut self) -> Result<(), String> {
        self.remember(Entry::Restarted);
        let mut rebuilt = Switchboard::new(self.people.directory());
        for event in self.history.kept_for_restart() {
            rebuilt.apply(&Change::Happened { event, asker: None });
        }
        rebuilt.catch_up(self.now);
        let cut_off = rebuilt.clone();
        for agent in self.people.agents().filter(|agent| self.people.is_connected(*agent)) {
            rebuilt.apply(&Change::Connection { agent, connected: true });
        }
        let (before, after) =
            (self.moment().answers(), Moment { board: &rebuilt, ..self.moment() }.answers());
        if before != after {
            return Err(format!("rebuilt, the world is another.\nBefore: {before:#?}\nAfter: {after:#?}"));
        }
        self.board = cut_off;
        self.people.all_cut_off();
        self.take(&Command::TimePasses).map(|_| ())
    }

    /// Everybody comes, accepts and closes until nobody waits whom anybody could serve.
    fn evening(&mut self) -> Result<(), String> {
        let agents: Vec<AgentId> = self.people.agents().collect();
        for agent in &agents {
            self.take(&Command::AgentConnects { agent: *agent })?;
            self.take(&Command::AgentSetsStatus { agent: *agent, status: AgentStatus::Online })?;
        }
        for _ in 0..EVENING_ROUNDS {
            for (conversation, agent, state) in self.held() {
                let request = self.request();
                let command = match state {
                    ConversationState::Offered => Command::AgentAccepts { agent, request, conversation },
                    ConversationState::Automated
                    | ConversationState::Queued
                    | ConversationState::Open
                    | ConversationState::Closed => Command::AgentCloses { agent, request, conversation },
                };
                self.take(&command)?;
            }
            self.pass_millis(EVENING_ROUND_MILLIS)?;
        }
        let waiting = self.history.waiting();
        let stranded = waiting.iter().find(|(queue, _)| self.people.members(queue).next().is_some());
        stranded.map_or(Ok(()), |stranded| {
            Err(format!("at the end of the day somebody still waits: {stranded:?}"))
        })
    }

    /// The assistant is refused exactly while a person is responsible; an agent who writes where another answers, too.
    fn refusal_is_right(&self, command: &Command, refusal: Option<&Refusal>) -> Result<(), String> {
        let code = refusal.map(|refusal| refusal.code);
        let Command::VisitorSays { visitor, author, .. } = command else { return Ok(()) };
        let silent = match author {
            BrowserAuthor::Visitor => false,
            BrowserAuthor::Assistant => {
                let state = self.history.of_visitor(*visitor).map(|(_, standing)| standing.state);
                state.is_some_and(|state| state != ConversationState::Automated)
            }
        };
        let expected = silent.then_some(RefusalCode::AssistantSilent);
        if code == expected {
            Ok(())
        } else {
            Err(format!("{command:?} was refused with {code:?}, not {expected:?}"))
        }
    }

    fn somebody_says(&mut self) -> Command {
        let author = if self.chance.percent(40) { BrowserAuthor::Assistant } else { BrowserAuthor::Visitor };
        Command::VisitorSays {
            visitor: self.visitor(),
            site: site(),
            request: self.request(),
            author,
            content: self.content(),
            written_at: self.now,
            fresh: self.fresh(),
        }
    }

    fn somebody_asks(&mut self) -> Command {
        let unknown = QueueId::new("renamed").ok();
        let mut queues: Vec<Option<QueueId>> = self.people.queues().cloned().map(Some).collect();
        queues.extend([None, unknown]);
        let queue = self.chance.one_of(&queues).cloned().flatten();
        Command::VisitorRequestsAgent {
            visitor: self.visitor(),
            site: site(),
            request: self.request(),
            hand_off: hand_off(queue),
            fresh: self.fresh(),
        }
    }

    fn somebody_ends(&mut self) -> Command {
        Command::VisitorEnds { visitor: self.visitor(), request: self.request() }
    }

    fn an_agent_comes_or_goes(&mut self) -> Command {
        let agent = self.agent();
        let statuses = [AgentStatus::Online, AgentStatus::Online, AgentStatus::Busy, AgentStatus::Offline];
        let status = self.chance.one_of(&statuses).copied().unwrap_or_default();
        match (self.people.is_connected(agent), self.chance.percent(40)) {
            (false, true) => Command::AgentConnects { agent },
            (true, true) => Command::AgentDisconnects { agent },
            (_, false) => Command::AgentSetsStatus { agent, status },
        }
    }

    /// Mostly what an agent would do with a conversation of theirs, sometimes what they must not do with another's.
    fn an_agent_acts(&mut self) -> Command {
        let held = self.held();
        let open: Vec<ConversationId> = self.history.open().map(|(id, _)| id).collect();
        let own = self.chance.percent(80).then(|| self.chance.one_of(&held).copied()).flatten();
        let (conversation, agent) = match own {
            Some((conversation, agent, _)) => (conversation, agent),
            None => (self.chance.one_of(&open).copied().unwrap_or_else(|| self.fresh()), self.agent()),
        };
        let request = self.request();
        match self.chance.below(10) {
            0..4 => Command::AgentAccepts { agent, request, conversation },
            4..5 => Command::AgentDeclines { agent, request, conversation },
            5..8 => {
                let content = self.content();
                Command::AgentSays { agent, request, conversation, content, written_at: self.now }
            }
            _ => Command::AgentCloses { agent, request, conversation },
        }
    }

    fn held(&self) -> Vec<(ConversationId, AgentId, ConversationState)> {
        let held = |(id, standing): (ConversationId, &history::Standing)| {
            Some((id, standing.agent?, standing.state))
        };
        self.history.open().filter_map(held).collect()
    }

    fn moment(&self) -> Moment<'_> {
        Moment { board: &self.board, history: &self.history, people: &self.people, now: self.now }
    }

    fn visitor(&mut self) -> VisitorId {
        *self.chance.one_of(&visitors()).expect("there are visitors")
    }

    fn agent(&mut self) -> AgentId {
        let agents: Vec<AgentId> = self.people.agents().collect();
        *self.chance.one_of(&agents).expect("there are agents")
    }

    fn request(&mut self) -> RequestId {
        RequestId::at(self.now, self.chance.ten_bytes())
    }

    fn fresh(&mut self) -> ConversationId {
        ConversationId::at(self.now, self.chance.ten_bytes())
    }

    fn content(&mut self) -> Content {
        Content::text(format!("line {}", self.chance.below(1_000))).expect("a line that is not blank")
    }

    fn remember(&mut self, entry: Entry) {
        self.journal.push_back((self.now, entry));
        if self.journal.len() > JOURNAL_ENTRIES {
            self.journal.pop_front();
        }
    }
}

/// A request for a person in this queue.
fn hand_off(queue: Option<QueueId>) -> HandOff {
    HandOff {
        queue,
        reason: HandOffReason::Planned,
        online_message: "Somebody is coming.".to_owned(),
        offline_message: "Nobody is here.".to_owned(),
        message_to_agent: None,
        action: None,
        collected: Vec::new(),
    }
}
