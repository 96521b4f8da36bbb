//! What people might do next: mostly what makes sense where things stand, sometimes what does not.

use super::chance::Chance;
use super::model::{Model, State, Talk};
use super::setups;
use super::step::{Deed, Step, Who, agent, moment, visitor};
use super::world::{STAFF_ONLY, STATUSES};
use protocol::{Act, AgentId, AgentStatus, Line, Target, Timestamp};

/// Where a visitor's texts come from. Some repeat, one has a word of the list.
const TEXTS: [&str; 7] =
    ["Hello", "Is anybody there?", "My bike is broken", "Hello", "Thanks", "Try my casino", "Hm"];

/// Makes up a day, step by step.
pub struct Generator {
    chance: Chance,
    next: u32,
    at: u64,
    visitors: u8,
    agents: u8,
    /// How long things take, in ten thousandths: hurried days fill queues, slow ones run out timers.
    pace: u64,
}

impl Generator {
    /// The day of this seed, with so many agents.
    pub fn new(mut chance: Chance, agents: u8) -> Self {
        let visitors = 2 + u8::try_from(chance.below(9)).unwrap_or_default();
        let pace = *chance.one_of(&[500, 2_000, 10_000]).unwrap_or(&2_000);
        Self { chance, next: 0, at: 0, visitors, agents, pace }
    }

    /// What happens next.
    pub fn next(&mut self, model: &Model, due: Option<Timestamp>) -> Step {
        let jumped = self.wait(due);
        let batched = self.chance.percent(12);
        let deed = if self.next < u32::from(self.agents) * 2 && self.chance.percent(80) {
            self.comes_to_work()
        } else {
            self.deed(model)
        };
        self.next += 1;
        let batched = batched && !matches!(deed, Deed::Restarts | Deed::SetUp(_));
        Step { id: self.next, at: self.at, jumped, batched, deed }
    }

    fn wait(&mut self, due: Option<Timestamp>) -> bool {
        let ahead = due.and_then(|due| due.millis().checked_sub(moment(self.at).millis()));
        if let Some(ahead) = ahead.filter(|_| self.chance.percent(8)) {
            // The very moment at which something is due.
            self.at += ahead;
            return false;
        }
        let millis = match self.chance.below(100) {
            0..15 => 0,
            15..60 => self.chance.below(5_000),
            60..90 => self.chance.below(60_000),
            90..97 => self.chance.below(20 * 60_000),
            97..99 => self.chance.below(4 * 3_600_000),
            _ => self.chance.below(2 * 86_400_000),
        };
        self.at += millis * self.pace / 10_000;
        self.chance.percent(10)
    }

    fn comes_to_work(&mut self) -> Deed {
        let number = self.agent();
        if self.chance.percent(50) {
            Deed::Connected(number, true)
        } else {
            Deed::Chooses(number, AgentStatus::Online)
        }
    }

    fn deed(&mut self, model: &Model) -> Deed {
        match self.chance.below(100) {
            0..34 => self.of_visitor(model),
            34..46 => self.of_presence(model),
            46..80 => self.of_agent(model),
            80..88 => self.of_supervisor(model),
            88..90 => Deed::Acts(Who::Program, self.visitor(), self.any_act(model)),
            90..91 => Deed::Opens(self.somebody(), self.visitor()),
            91..94 => Deed::Repeats(
                self.next.saturating_sub(u32::try_from(self.chance.below(6)).unwrap_or_default()),
            ),
            94..96 => Deed::SetUp(Box::new(setups::change(&mut self.chance, &model.setup))),
            96..98 => Deed::Restarts,
            _ => Deed::Waits,
        }
    }

    fn of_visitor(&mut self, model: &Model) -> Deed {
        let number = self.visitor();
        if model.gone.contains_key(&visitor(number)) && self.chance.percent(70) {
            return Deed::Here(number, true);
        }
        let automated = model.of_visitor(visitor(number)).is_none_or(|talk| talk.state == State::Automated);
        let queues: Vec<_> = model.setup.queues.keys().cloned().collect();
        match self.chance.below(100) {
            0..45 if !automated => Deed::Writes(number, self.text()),
            0..25 => Deed::Writes(number, self.text()),
            25..35 => Deed::AssistantWrites(number, "How can I help?".to_owned()),
            35..80 => {
                let queue = self.chance.one_of(&queues).cloned().filter(|_| self.chance.percent(70));
                Deed::Asks(number, queue)
            }
            80..83 => Deed::GivesUp(number),
            83..86 => Deed::Ends(number),
            _ => Deed::Here(number, self.chance.percent(40)),
        }
    }

    fn of_presence(&mut self, model: &Model) -> Deed {
        let number = self.agent();
        let person = model.people.get(&agent(number)).cloned().unwrap_or_default();
        if (!person.connected || person.dropped) && self.chance.percent(80) {
            return Deed::Connected(number, true);
        }
        if person.status != AgentStatus::Online && self.chance.percent(70) {
            return Deed::Chooses(number, AgentStatus::Online);
        }
        match self.chance.below(4) {
            0 => Deed::Connected(number, false),
            1 => Deed::Chooses(number, *self.chance.one_of(&STATUSES).unwrap_or(&AgentStatus::Busy)),
            2 => Deed::Chooses(number, AgentStatus::NotResponding),
            _ => Deed::Idles(number, !person.idle),
        }
    }

    /// An agent does something with what concerns them, if anything does.
    fn of_agent(&mut self, model: &Model) -> Deed {
        let number = self.agent();
        let me = agent(number);
        let own: Vec<(u8, &Talk)> = self.talks(model).filter(|(_, talk)| concerns(talk, me)).collect();
        let Some((visitor, talk)) = self.chance.one_of(&own).copied().filter(|_| self.chance.percent(92))
        else {
            let act = if self.chance.percent(50) { Act::Accept } else { self.any_act(model) };
            return Deed::Acts(Who::Agent(number), self.visitor(), act);
        };
        let asked = matches!(&talk.state, State::Offered { .. })
            || talk.owner().is_some_and(|hold| hold.passing.is_some_and(|(to, _)| to == me));
        let act = if asked { self.answer() } else { self.act_of_owner(model, talk) };
        Deed::Acts(Who::Agent(number), visitor, act)
    }

    fn answer(&mut self) -> Act {
        match self.chance.below(10) {
            0..6 => Act::Accept,
            6..8 => Act::Decline { reason: self.chance.percent(50).then(|| setups::reason("lunch")) },
            8 => Act::Decline { reason: Some(setups::reason("old")) },
            _ => self.say(),
        }
    }

    fn act_of_owner(&mut self, model: &Model, talk: &Talk) -> Act {
        if matches!(talk.state, State::WrapUp { .. }) && self.chance.percent(60) {
            return Act::FinishWrapUp;
        }
        match self.chance.below(100) {
            0..30 => self.say(),
            30..48 => self.close(),
            48..68 => self.transfer(model),
            68..74 => Act::Snooze { until: moment(self.at + 1 + self.chance.below(30 * 60_000)) },
            74..78 => Act::Unassign,
            78..80 => Act::ReturnToAssistant { note: Some(self.note()) },
            _ => self.any_act(model),
        }
    }

    fn of_supervisor(&mut self, model: &Model) -> Deed {
        let by = if self.chance.percent(70) { Who::Agent(0) } else { self.somebody() };
        let takes_part = self
            .talks(model)
            .find(|(_, talk)| talk.participants.contains(&agent(0)))
            .map(|(number, _)| number);
        if let Some(number) = takes_part.filter(|_| self.chance.percent(20)) {
            return Deed::Acts(Who::Agent(0), number, Act::Part);
        }
        let queues: Vec<_> = model.setup.queues.keys().cloned().collect();
        let act = match self.chance.below(8) {
            0..3 => Act::Assign { to: self.target(model), even_if_unavailable: self.chance.percent(50) },
            3 => Act::SetPriority { priority: i32::try_from(self.chance.below(40)).unwrap_or_default() - 10 },
            4 => Act::TakeOver,
            5 => Act::Join,
            6 => Act::Dedicate { to: self.chance.percent(80).then(|| agent(self.agent())) },
            _ => {
                Act::Move { queue: self.chance.one_of(&queues).cloned().unwrap_or_else(|| setups::queue(9)) }
            }
        };
        Deed::Acts(by, self.visitor(), act)
    }

    fn any_act(&mut self, model: &Model) -> Act {
        match self.chance.below(19) {
            0 => self.say(),
            1 => Act::Comment { text: line(&self.note()), mentions: vec![self.target(model)] },
            2 => Act::Assign { to: self.target(model), even_if_unavailable: self.chance.percent(30) },
            3 => Act::Unassign,
            4 => self.transfer(model),
            5 => Act::TakeOver,
            6 => Act::ReturnToAssistant { note: None },
            7 => Act::Join,
            8 => Act::Part,
            9 => Act::Snooze { until: moment(self.at.saturating_sub(5) + self.chance.below(600_000)) },
            10 => Act::Wake,
            11 => self.close(),
            12 => Act::FinishWrapUp,
            13 => Act::MarkSpam,
            14 | 15 => Act::UnmarkSpam,
            16 => Act::Tag { tag: "vip".to_owned(), add: self.chance.percent(60) },
            17 => Act::SetField {
                field: "plan".to_owned(),
                value: self.chance.percent(60).then(|| "gold".to_owned()),
            },
            _ => Act::Decline { reason: None },
        }
    }

    fn transfer(&mut self, model: &Model) -> Act {
        let reason =
            *self.chance.one_of(&["expert", "expert", "lunch", "old", "done", "none"]).unwrap_or(&"expert");
        let note = self.chance.percent(70).then(|| self.note());
        Act::Transfer { to: self.target(model), reason: setups::reason(reason), note }
    }

    fn close(&mut self) -> Act {
        let category = *self.chance.one_of(&["done", "done", "done", "old", "expert"]).unwrap_or(&"done");
        let category = self.chance.percent(70).then(|| setups::reason(category));
        Act::Close { category, note: self.chance.percent(70).then(|| self.note()) }
    }

    fn target(&mut self, model: &Model) -> Target {
        let queues: Vec<_> = model.setup.queues.keys().cloned().collect();
        match self.chance.below(10) {
            0..5 => Target::Agent(agent(self.agent())),
            5..7 => Target::Team(setups::team(self.chance.below(4))),
            7..9 => Target::Queue(self.chance.one_of(&queues).cloned().unwrap_or_else(|| setups::queue(9))),
            _ => Target::Anybody,
        }
    }

    fn say(&mut self) -> Act {
        Act::Say { text: line("Let me see"), written_at: moment(self.at) }
    }

    fn note(&mut self) -> String {
        format!("{STAFF_ONLY}: careful")
    }

    fn text(&mut self) -> String {
        let text = self.chance.one_of(&TEXTS).copied().unwrap_or("Hello");
        if self.chance.percent(50) { format!("{text} {}", self.next) } else { text.to_owned() }
    }

    fn somebody(&mut self) -> Who {
        if self.chance.percent(80) { Who::Agent(self.agent()) } else { Who::Program }
    }

    fn agent(&mut self) -> u8 {
        u8::try_from(self.chance.below(u64::from(self.agents))).unwrap_or_default()
    }

    fn visitor(&mut self) -> u8 {
        u8::try_from(self.chance.below(u64::from(self.visitors))).unwrap_or_default()
    }

    fn talks<'m>(&self, model: &'m Model) -> impl Iterator<Item = (u8, &'m Talk)> + use<'m> {
        (0..self.visitors).filter_map(move |number| Some((number, model.last_of(visitor(number))?)))
    }
}

fn concerns(talk: &Talk, me: AgentId) -> bool {
    match &talk.state {
        State::Offered { to, .. } => to.contains(&me),
        State::Open(hold) | State::Pending { hold, .. } => {
            hold.agent == me || hold.passing.is_some_and(|(to, _)| to == me)
        }
        State::WrapUp { agent, .. } => *agent == me,
        State::Automated | State::Queued(_) | State::Spam(_) | State::Closed { .. } | State::Loose(_) => {
            false
        }
    }
}

fn line(text: &str) -> Line {
    Line::new(text).expect("it is not blank and short")
}
