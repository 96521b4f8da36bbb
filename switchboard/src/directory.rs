//! Who and what a workspace consists of: its setup, and what is looked up in it for every decision. Made anew as a whole
//! when the setup changes.

use crate::hours::{BadCalendar, Calendar, Span};
use crate::ids::IdMap;
use crate::matching::{Ranking, SkillId};
use crate::plan::Plan;
use crate::workflow::value::fold;
use protocol::setup::{
    AgentRole, AgentSetup, CalendarSetup, Conduct, Fault, QueueSetup, Rank, Rules, Setup, Subject, check,
};
use protocol::{AgentBadge, AgentId, CalendarId, QueueBadge, QueueId, SiteId, Target, TeamBadge, TeamId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A checked setup with its indexes. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Directory(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    setup: Setup,
    plans: BTreeMap<QueueId, Plan>,
    /// Agents, as the setup has them: a search through many in order costs more than this.
    people: IdMap<AgentId, AgentSetup>,
    serves: IdMap<AgentId, BTreeSet<QueueId>>,
    teams_of: IdMap<AgentId, BTreeSet<TeamId>>,
    calendars: BTreeMap<CalendarId, Calendar>,
    skills: HashMap<Subject, SkillId>,
}

/// Two are equal that are made of the same.
impl PartialEq for Directory {
    fn eq(&self, other: &Self) -> bool {
        self.0.setup == other.0.setup
    }
}

impl Directory {
    /// Takes a setup, or says everything that is wrong with it.
    pub fn new(setup: Setup) -> Result<Self, Vec<Fault>> {
        let mut faults = check(&setup);
        let mut calendars = BTreeMap::new();
        for (id, calendar) in &setup.calendars {
            match compile_calendar(id, calendar) {
                Ok(calendar) => drop(calendars.insert(id.clone(), calendar)),
                Err(wrong) => faults.extend(wrong),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let plans: BTreeMap<QueueId, Plan> =
            setup.queues.iter().map(|(id, queue)| (id.clone(), Plan::of(&setup, queue))).collect();
        let mut serves: IdMap<AgentId, BTreeSet<QueueId>> = IdMap::default();
        for (queue, plan) in &plans {
            for agent in plan.everybody() {
                serves.entry(*agent).or_default().insert(queue.clone());
            }
        }
        let mut teams_of: IdMap<AgentId, BTreeSet<TeamId>> = IdMap::default();
        for (id, team) in &setup.teams {
            for agent in &team.members {
                teams_of.entry(*agent).or_default().insert(id.clone());
            }
        }
        let skills = number_skills(&setup);
        let people = setup.agents.iter().map(|(id, agent)| (*id, agent.clone())).collect();
        Ok(Self(Arc::new(Inner { setup, plans, people, serves, teams_of, calendars, skills })))
    }

    /// What it was made of.
    pub fn setup(&self) -> &Setup {
        &self.0.setup
    }

    /// What holds in the whole workspace.
    pub fn rules(&self) -> &Rules {
        &self.0.setup.rules
    }

    /// In which order what waits is taken.
    pub fn ranking(&self) -> Ranking {
        match self.rules().rank {
            Rank::HeadStart => Ranking::HeadStart,
            Rank::StrictPriority => Ranking::StrictPriority,
            Rank::PromisedFirst => Ranking::PromisedFirst,
        }
    }

    /// An agent, working here or not any more.
    pub fn agent(&self, id: AgentId) -> Option<&AgentSetup> {
        self.0.people.get(&id)
    }

    /// An agent who works here.
    pub fn active(&self, id: AgentId) -> Option<&AgentSetup> {
        self.agent(id).filter(|agent| agent.active)
    }

    /// The agent who works here whom this names: an id, an address for mail, or a name that only one has.
    pub fn named(&self, name: &str) -> Option<AgentId> {
        if let Ok(id) = name.parse::<AgentId>() {
            return self.active(id).map(|_| id);
        }
        let name = fold(name);
        let active = || self.0.setup.agents.iter().filter(|(_, agent)| agent.active);
        let by_mail =
            active().find(|(_, agent)| agent.email.as_deref().is_some_and(|mail| fold(mail) == name));
        let mut by_name = active().filter(|(_, agent)| fold(&agent.name) == name);
        let only = by_name.next().filter(|_| by_name.next().is_none());
        by_mail.or(only).map(|(id, _)| *id)
    }

    /// An agent, as others see them.
    pub fn badge(&self, id: AgentId) -> AgentBadge {
        let name = self.agent(id).map(|agent| agent.name.clone()).unwrap_or_default();
        AgentBadge { id, name }
    }

    /// Whether they work here and may do what this role may.
    pub fn is_at_least(&self, id: AgentId, role: AgentRole) -> bool {
        self.active(id).is_some_and(|agent| agent.role >= role)
    }

    /// Agents by id.
    pub fn agents(&self) -> &BTreeMap<AgentId, AgentSetup> {
        &self.0.setup.agents
    }

    /// A queue.
    pub fn queue(&self, id: &QueueId) -> Option<&QueueSetup> {
        self.0.setup.queues.get(id)
    }

    /// A queue's plan.
    pub fn plan(&self, id: &QueueId) -> Option<&Plan> {
        self.0.plans.get(id)
    }

    /// All plans.
    pub(crate) fn plans(&self) -> impl Iterator<Item = (&QueueId, &Plan)> {
        self.0.plans.iter()
    }

    /// Where a site's conversations wait when nothing else is said.
    pub fn default_queue(&self, site: &SiteId) -> Option<&QueueId> {
        self.0.setup.sites.get(site).map(|site| &site.default_queue)
    }

    /// Queues this agent serves in some step of their plans, in order of id.
    pub fn queues_of(&self, agent: AgentId) -> impl Iterator<Item = &QueueId> {
        self.0.serves.get(&agent).into_iter().flatten()
    }

    /// Whether an agent serves a queue.
    pub fn serves(&self, agent: AgentId, queue: &QueueId) -> bool {
        self.0.serves.get(&agent).is_some_and(|queues| queues.contains(queue))
    }

    /// Whether an agent is of a team.
    pub fn is_member(&self, agent: AgentId, team: &TeamId) -> bool {
        self.0.teams_of.get(&agent).is_some_and(|teams| teams.contains(team))
    }

    /// Teams of an agent, in order of id.
    pub fn teams_of(&self, agent: AgentId) -> impl Iterator<Item = &TeamId> {
        self.0.teams_of.get(&agent).into_iter().flatten()
    }

    /// Members of a team who work here.
    pub fn members(&self, team: &TeamId) -> impl Iterator<Item = AgentId> {
        let members = self.0.setup.teams.get(team).into_iter().flat_map(|team| &team.members).copied();
        members.filter(|agent| self.active(*agent).is_some())
    }

    /// How a team works, or whoever belongs to none.
    pub fn conduct(&self, team: Option<&TeamId>) -> &Conduct {
        let team = team.and_then(|team| self.0.setup.teams.get(team));
        team.map_or(&self.0.setup.rules.conduct, |team| &team.conduct)
    }

    /// How an agent works with what belongs to a team: as that team, if they are of it, or as the first of theirs.
    pub fn conduct_of(&self, agent: AgentId, team: Option<&TeamId>) -> &Conduct {
        let own = team.filter(|team| self.is_member(agent, team));
        self.conduct(own.or_else(|| self.teams_of(agent).next()))
    }

    /// Hours by id.
    pub fn calendar(&self, id: &CalendarId) -> Option<&Calendar> {
        self.0.calendars.get(id)
    }

    /// The hours of a queue; `None` is always.
    pub fn hours_of(&self, queue: &QueueId) -> Option<&Calendar> {
        self.calendar(self.queue(queue)?.hours.as_ref()?)
    }

    /// The number of a skill or language; `None` when nobody knows it.
    pub(crate) fn skill(&self, subject: &Subject) -> Option<SkillId> {
        self.0.skills.get(subject).copied()
    }

    /// Whether there is somebody, or something, of this name.
    pub fn knows(&self, target: &Target) -> bool {
        match target {
            Target::Agent(agent) => self.active(*agent).is_some(),
            Target::Team(team) => self.0.setup.teams.contains_key(team),
            Target::Queue(queue) => self.0.setup.queues.contains_key(queue),
            Target::Anybody => true,
        }
    }

    /// A queue, as the console shows it.
    pub fn queue_badges(&self, agent: AgentId) -> Vec<QueueBadge> {
        let badge = |(id, queue): (&QueueId, &protocol::setup::QueueSetup)| QueueBadge {
            id: id.clone(),
            name: queue.name.clone(),
            served: self.serves(agent, id),
        };
        self.0.setup.queues.iter().map(badge).collect()
    }

    /// All teams, as the console shows them.
    pub fn team_badges(&self) -> Vec<TeamBadge> {
        let badge = |(id, team): (&TeamId, &protocol::setup::TeamSetup)| TeamBadge {
            id: id.clone(),
            name: team.name.clone(),
        };
        self.0.setup.teams.iter().map(badge).collect()
    }
}

fn number_skills(setup: &Setup) -> HashMap<Subject, SkillId> {
    let known = setup.agents.values().flat_map(|agent| {
        let skills = agent.skills.keys().map(|skill| Subject::Skill(skill.clone()));
        skills.chain(agent.languages.keys().map(|tag| Subject::Language(tag.clone())))
    });
    let known: BTreeSet<Subject> = known.collect();
    known.into_iter().zip((0..).map(SkillId)).collect()
}

fn compile_calendar(id: &CalendarId, setup: &CalendarSetup) -> Result<Calendar, Vec<Fault>> {
    let spans = |hours: &Vec<protocol::setup::Hours>| -> Vec<Span> {
        hours.iter().map(|hours| Span { from: hours.from, to: hours.to }).collect()
    };
    let (mut days, mut faults) = (BTreeMap::new(), Vec::new());
    for (day, hours) in &setup.days {
        match day.parse() {
            Ok(date) => drop(days.insert(date, spans(hours))),
            Err(_) => faults.push(Fault {
                place: format!("calendars.{id}.days.{day}"),
                message: format!("`{day}` is no date: write it like 2026-12-24"),
            }),
        }
    }
    let week = std::array::from_fn(|day| spans(&setup.week[day]));
    match Calendar::new(&setup.zone, week, days) {
        Ok(calendar) if faults.is_empty() => return Ok(calendar),
        Ok(_) => {}
        // That one is not named at all is told already.
        Err(BadCalendar::UnknownZone(zone)) if zone.is_empty() => {}
        Err(wrong) => {
            let place = match &wrong {
                BadCalendar::UnknownZone(_) => format!("calendars.{id}.zone"),
                BadCalendar::BadSpan { .. } => format!("calendars.{id}"),
            };
            faults.push(Fault { place, message: wrong.to_string() });
        }
    }
    Err(faults)
}
