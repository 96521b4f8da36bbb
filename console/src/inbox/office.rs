//! Who and what there is to name and to choose from: colleagues, teams, queues, reasons.

use super::words::status_name;
use protocol::setup::{AgentRole, ReasonUse};
use protocol::{
    AgentBadge, AgentId, AgentStatus, Colleague, QueueBadge, QueueId, ReasonBadge, ReasonId, Target,
    TeamBadge, TeamId, Terms,
};
use std::collections::BTreeMap;

/// The workspace, as far as one agent knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    me: Option<AgentId>,
    role: AgentRole,
    queues: Vec<QueueBadge>,
    teams: Vec<TeamBadge>,
    colleagues: BTreeMap<AgentId, Colleague>,
    reasons: Vec<ReasonBadge>,
    terms: Terms,
}

/// What the bridge says of it in its welcome.
pub struct Told {
    /// Who is signed in.
    pub me: AgentBadge,
    /// What they may do.
    pub role: AgentRole,
    /// All queues.
    pub queues: Vec<QueueBadge>,
    /// All teams.
    pub teams: Vec<TeamBadge>,
    /// Who else there is.
    pub colleagues: Vec<Colleague>,
    /// Reasons to choose from, and those that history names.
    pub reasons: Vec<ReasonBadge>,
    /// What has to be said before something is done.
    pub terms: Terms,
}

/// Somebody or something a conversation can be passed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who or what.
    pub target: Target,
    /// Its name, with what helps to choose.
    pub label: String,
}

impl Office {
    /// As the bridge tells it.
    pub fn new(told: Told) -> Self {
        let Told { me, role, queues, teams, colleagues, reasons, terms } = told;
        let colleagues = colleagues.into_iter().filter(|one| one.badge.id != me.id);
        let colleagues = colleagues.map(|one| (one.badge.id, one)).collect();
        Self { me: Some(me.id), role, queues, teams, colleagues, reasons, terms }
    }

    /// A colleague came, went, or has more or less room.
    pub fn colleague(&mut self, now: Colleague) {
        if Some(now.badge.id) != self.me {
            self.colleagues.insert(now.badge.id, now);
        }
    }

    /// Whether that is me.
    pub fn is_me(&self, agent: AgentId) -> bool {
        self.me == Some(agent)
    }

    /// Whether I may also do what supervisors may.
    pub fn oversees(&self) -> bool {
        self.role >= AgentRole::Supervisor
    }

    /// What has to be said before something is done.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// Reasons for this.
    pub fn reasons(&self, of: ReasonUse) -> impl Iterator<Item = &ReasonBadge> {
        self.reasons.iter().filter(move |reason| reason.uses.contains(&of))
    }

    /// Colleagues to pass something to: those who are online first.
    pub fn people(&self) -> Vec<Choice> {
        let mut people: Vec<&Colleague> = self.colleagues.values().collect();
        people.sort_by(|a, b| (a.status, &a.badge.name).cmp(&(b.status, &b.badge.name)));
        let choice = |one: &Colleague| {
            let room = match (one.status, one.free) {
                (AgentStatus::Online | AgentStatus::Busy, 0) => ", no room",
                (
                    AgentStatus::Online
                    | AgentStatus::Busy
                    | AgentStatus::Away
                    | AgentStatus::NotResponding
                    | AgentStatus::Offline,
                    _,
                ) => "",
            };
            let label = format!("{} ({}{room})", one.badge.name, status_name(one.status).to_lowercase());
            Choice { target: Target::Agent(one.badge.id), label }
        };
        people.into_iter().map(choice).collect()
    }

    /// Everybody and everything with its bare name, colleagues first.
    pub fn names(&self) -> Vec<Choice> {
        let name =
            |one: &Colleague| Choice { target: Target::Agent(one.badge.id), label: one.badge.name.clone() };
        let mut names: Vec<Choice> = self.colleagues.values().map(name).collect();
        names.sort_by(|a, b| a.label.cmp(&b.label));
        names.into_iter().chain(self.teams()).chain(self.queues()).collect()
    }

    /// Teams to pass something to.
    pub fn teams(&self) -> Vec<Choice> {
        let choice =
            |team: &TeamBadge| Choice { target: Target::Team(team.id.clone()), label: team.name.clone() };
        self.teams.iter().map(choice).collect()
    }

    /// Queues to pass something to: those of others too, mine first.
    pub fn queues(&self) -> Vec<Choice> {
        let (mine, others): (Vec<_>, Vec<_>) = self.queues.iter().partition(|queue| queue.served);
        let choice = |queue: &QueueBadge| Choice {
            target: Target::Queue(queue.id.clone()),
            label: queue.name.clone(),
        };
        mine.into_iter().chain(others).map(choice).collect()
    }

    /// A queue's name, or its id where there is none of it any more.
    pub fn queue<'a>(&'a self, id: &'a QueueId) -> &'a str {
        self.queues.iter().find(|queue| queue.id == *id).map_or(id.as_str(), |queue| &queue.name)
    }

    /// A team's name.
    pub fn team<'a>(&'a self, id: &'a TeamId) -> &'a str {
        self.teams.iter().find(|team| team.id == *id).map_or(id.as_str(), |team| &team.name)
    }

    /// A reason's label.
    pub fn reason<'a>(&'a self, id: &'a ReasonId) -> &'a str {
        self.reasons.iter().find(|reason| reason.id == *id).map_or(id.as_str(), |reason| &reason.label)
    }

    /// An agent's name in the middle of a sentence; I am "you".
    pub fn agent(&self, id: AgentId) -> &str {
        if self.me == Some(id) {
            return "you";
        }
        self.colleagues.get(&id).map_or("a colleague", |one| &one.badge.name)
    }

    /// Whoever has a badge, in the middle of a sentence.
    pub fn badge<'a>(&self, badge: &'a AgentBadge) -> &'a str {
        if self.me == Some(badge.id) { "you" } else { &badge.name }
    }

    /// Where something goes, in the middle of a sentence.
    pub fn target(&self, target: &Target) -> String {
        match target {
            Target::Agent(agent) => self.agent(*agent).to_owned(),
            Target::Team(team) => format!("the team {}", self.team(team)),
            Target::Queue(queue) => self.queue(queue).to_owned(),
            Target::Anybody => "anybody".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;

    #[test]
    fn those_who_are_online_are_the_first_to_choose_and_i_am_not_among_them() {
        let labels: Vec<String> = office().people().into_iter().map(|choice| choice.label).collect();
        assert_eq!(labels, ["Cleo (online, no room)", "Ben (away)"]);
    }

    #[test]
    fn i_am_you_and_whoever_is_unknown_is_a_colleague() {
        let office = office();
        assert_eq!(office.agent(ME), "you");
        assert_eq!(office.agent(COLLEAGUE), "Ben");
        assert_eq!(office.agent(protocol::AgentId(uuid::Uuid::from_u128(99))), "a colleague");
    }
}
