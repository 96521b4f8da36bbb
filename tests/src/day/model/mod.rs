//! A second, simple opinion: what the saved events say of the world, read without the switchboard's own code, and whether
//! each of them may be.
//!
//! It looks at everything anew whenever it is asked. That is slow for a workspace and right for a day of a dozen
//! conversations: there is no index that could be wrong.

mod eligible;
mod hours;
mod moves;
mod needs;
mod notes;
mod people;
mod pool;
mod routing;
mod talk;
mod timers;

pub use eligible::Key;
pub use people::Person;
pub use talk::{Hold, State, Talk, Wait};

use pool::Step;
use protocol::setup::{Conduct, QueueSetup, Setup};
use protocol::{AgentId, ConversationId, Event, Happening, QueueId, TeamId, Timestamp, VisitorId};
use std::collections::{BTreeMap, BTreeSet};

/// What may not be, in words.
pub type Wrong = Result<(), String>;

/// Fails with these words unless it holds.
#[macro_export]
macro_rules! hold {
    ($holds:expr, $($words:tt)+) => {
        if !$holds {
            return Err(format!($($words)+));
        }
    };
}

/// The world, by its events.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The setup in force.
    pub setup: Setup,
    /// Steps of the plans, worked out.
    plans: BTreeMap<QueueId, Vec<Step>>,
    /// How each agent stands.
    pub people: BTreeMap<AgentId, Person>,
    /// Conversations that are not over, or whose notes are being finished.
    pub talks: BTreeMap<ConversationId, Talk>,
    /// The last one of each visitor that is over.
    pub over: BTreeMap<VisitorId, Talk>,
    /// Visitors whose windows are closed, and since when.
    pub gone: BTreeMap<VisitorId, Timestamp>,
    /// What came to a place since everything was last at rest.
    pub came: BTreeSet<ConversationId>,
    /// When the bridge last started.
    restarted: Option<Timestamp>,
    /// The conversation and time of the event before.
    before: Option<(ConversationId, Timestamp)>,
}

impl Model {
    /// Nothing has happened.
    pub fn new(setup: Setup, now: Timestamp) -> Self {
        let mut model = Self::default();
        model.set_up(setup, now);
        model
    }

    /// The setup is another.
    pub fn set_up(&mut self, setup: Setup, now: Timestamp) {
        self.plans = pool::plans(&setup);
        // What came was looked at under the setup before.
        self.came.clear();
        for agent in setup.agents.keys() {
            self.people.entry(*agent).or_insert_with(|| Person::offline(now));
        }
        self.setup = setup;
    }

    /// The bridge started again: nobody is connected, and those who were may be back soon.
    pub fn restarted(&mut self, now: Timestamp) {
        self.restarted = Some(now);
        for person in self.people.values_mut() {
            // Since when they were offline is not saved.
            (person.offline_since, person.back_since) = (None, None);
            person.does(now, |one| (one.dropped, one.idle) = (one.connected, false));
        }
        let visitors: Vec<VisitorId> = self.talks.values().map(|talk| talk.visitor).collect();
        self.gone = visitors.into_iter().map(|visitor| (visitor, now)).collect();
    }

    /// An event was saved. What is wrong with it, if anything.
    pub fn hear(&mut self, event: &Event) -> Wrong {
        let id = event.conversation;
        hold!(self.before.is_none_or(|(_, at)| at <= event.at), "time goes backwards");
        if let Some((before, _)) = self.before.filter(|(before, _)| *before != id) {
            self.is_complete(before)?;
        }
        self.before = Some((id, event.at));
        self.may_follow(event)?;
        let talk = self.taken(event)?;
        hold!(event.number == talk.number + 1, "number {} follows {}", event.number, talk.number);
        let before = talk.clone();
        let after = self.moved(talk, event)?;
        self.note_people(&before, &after, event);
        if let Happening::Dedicated { agent } = event.happening {
            self.dedicate(after.visitor, agent);
        }
        if matches!(event.happening, Happening::Opened { .. } | Happening::Reopened) {
            self.gone.remove(&after.visitor);
        }
        if matches!(event.happening, Happening::Queued { .. } | Happening::StepReached { .. }) {
            self.came.insert(id);
        } else if matches!(event.happening, Happening::Offered { .. }) {
            self.came.remove(&id);
        }
        self.file(after)
    }

    /// Whether nothing is missing after the last event.
    pub fn is_settled(&self) -> Wrong {
        self.before.map_or(Ok(()), |(id, _)| self.is_complete(id))
    }

    /// The visitor's conversation that is not over.
    pub fn of_visitor(&self, visitor: VisitorId) -> Option<&Talk> {
        self.talks.values().find(|talk| talk.visitor == visitor && !talk.state.is_over())
    }

    /// The visitor's last conversation, over or not.
    pub fn last_of(&self, visitor: VisitorId) -> Option<&Talk> {
        let notes = || self.talks.values().find(|talk| talk.visitor == visitor);
        self.of_visitor(visitor).or_else(notes).or_else(|| self.over.get(&visitor))
    }

    /// A queue that is configured.
    pub fn queue(&self, id: &QueueId) -> Option<&QueueSetup> {
        self.setup.queues.get(id)
    }

    /// How a team works, or whoever belongs to none.
    pub fn conduct(&self, team: Option<&TeamId>) -> &Conduct {
        let team = team.and_then(|team| self.setup.teams.get(team));
        team.map_or(&self.setup.rules.conduct, |team| &team.conduct)
    }

    /// Whether an agent works here.
    pub fn is_active(&self, agent: AgentId) -> bool {
        self.setup.agents.get(&agent).is_some_and(|agent| agent.active)
    }

    /// Room a conversation takes.
    pub fn weight(&self, talk: &Talk) -> u32 {
        talk.queue.as_ref().and_then(|queue| self.queue(queue)).map_or(1, |queue| queue.weight)
    }

    /// Room an agent has taken.
    pub fn load(&self, agent: AgentId) -> u32 {
        self.talks.values().filter(|talk| self.takes_room(talk, agent)).map(|talk| self.weight(talk)).sum()
    }

    /// Conversations of a queue whose room an agent gives.
    pub fn held_of(&self, agent: AgentId, queue: &QueueId) -> u32 {
        let of_queue = self.talks.values().filter(|talk| talk.queue.as_ref() == Some(queue));
        u32::try_from(of_queue.filter(|talk| self.takes_room(talk, agent)).count()).unwrap_or(u32::MAX)
    }

    fn takes_room(&self, talk: &Talk, agent: AgentId) -> bool {
        match &talk.state {
            State::Offered { to, .. } => to.contains(&agent),
            State::Open(hold) => {
                (hold.agent == agent && !hold.quiet)
                    || hold.passing.as_ref().is_some_and(|(to, _)| *to == agent)
            }
            State::WrapUp { agent: one, .. } => {
                *one == agent && self.conduct(talk.team.as_ref()).wrap_up_takes_room
            }
            State::Automated
            | State::Queued(_)
            | State::Pending { .. }
            | State::Spam(_)
            | State::Closed { .. }
            | State::Loose(_) => false,
        }
    }

    fn taken(&self, event: &Event) -> Result<Talk, String> {
        if let Happening::Opened { visitor, .. } = &event.happening {
            hold!(!self.talks.contains_key(&event.conversation), "it was opened twice");
            hold!(self.of_visitor(*visitor).is_none(), "the visitor has two conversations");
            let known =
                self.talks.values().chain(self.over.get(visitor)).filter(|talk| talk.visitor == *visitor);
            let last = known.max_by_key(|talk| talk.opened_at);
            let (dedicated, last_agent) =
                last.map(|last| (last.dedicated, last.last_agent)).unwrap_or_default();
            return Ok(Talk { dedicated, last_agent, ..Talk::opened(event, *visitor) });
        }
        if let Some(talk) = self.talks.get(&event.conversation) {
            return Ok(talk.clone());
        }
        let closed = self.over.values().find(|talk| talk.id == event.conversation);
        match (&event.happening, closed) {
            (
                Happening::Reopened
                | Happening::Commented { .. }
                | Happening::Tagged { .. }
                | Happening::FieldSet { .. }
                | Happening::Dedicated { .. },
                Some(talk),
            ) => Ok(talk.clone()),
            (_, Some(_)) => Err("it is over".to_owned()),
            (_, None) => Err("it was never opened".to_owned()),
        }
    }

    /// Who is asked first belongs to the visitor, whichever of their conversations it was said in.
    fn dedicate(&mut self, visitor: VisitorId, agent: Option<AgentId>) {
        let talks = self.talks.values_mut().chain(self.over.get_mut(&visitor));
        talks.filter(|talk| talk.visitor == visitor).for_each(|talk| talk.dedicated = agent);
    }

    fn file(&mut self, talk: Talk) -> Wrong {
        let others = || self.talks.values().filter(|other| other.id != talk.id && !other.state.is_over());
        if !talk.state.is_over() {
            hold!(!others().any(|other| other.visitor == talk.visitor), "the visitor has two conversations");
        }
        if self.over.get(&talk.visitor).is_some_and(|over| over.id == talk.id) {
            self.over.remove(&talk.visitor);
        }
        match talk.state {
            State::Closed { .. } => {
                self.talks.remove(&talk.id);
                let newer =
                    self.over.get(&talk.visitor).is_some_and(|other| other.opened_at > talk.opened_at);
                if !newer {
                    self.over.insert(talk.visitor, talk);
                }
            }
            State::Automated
            | State::Queued(_)
            | State::Offered { .. }
            | State::Open(_)
            | State::Pending { .. }
            | State::Spam(_)
            | State::WrapUp { .. }
            | State::Loose(_) => drop(self.talks.insert(talk.id, talk)),
        }
        Ok(())
    }

    fn is_complete(&self, id: ConversationId) -> Wrong {
        let on_its_way = self.talks.get(&id).is_some_and(|talk| talk.on_its_way.is_some());
        hold!(!on_its_way, "it was passed on and arrived nowhere");
        match self.talks.get(&id).map(|talk| &talk.state) {
            Some(State::Loose(what)) => Err(format!("nothing says where it goes after {what}")),
            Some(State::Queued(Wait { leaving: true, .. })) => {
                Err("nothing says where it goes after it was not kept".to_owned())
            }
            Some(_) | None => Ok(()),
        }
    }
}
