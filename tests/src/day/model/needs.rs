//! What whoever takes a conversation should know: by its queue as it is set up now, and as the assistant said.

use super::{Model, Talk};
use protocol::setup::{Need, Subject};
use protocol::{AgentId, HandOff, Target};
use std::collections::BTreeSet;

/// What was said when a person was asked for.
pub fn said(hand_off: &HandOff) -> Vec<Need> {
    let mut needs = hand_off.needs.clone();
    if let Some(tag) = &hand_off.language {
        let subject = Subject::Language(tag.clone());
        if needs.iter().all(|need| need.subject != subject) {
            needs.push(Need { subject, level: 1, mandatory: true });
        }
    }
    needs
}

impl Model {
    /// What counts while it waits for this target.
    pub fn needs(&self, talk: &Talk, target: &Target) -> Vec<Need> {
        let (mut needs, members) = match target {
            Target::Agent(_) => return Vec::new(),
            Target::Queue(queue) => {
                let steps = self.plans.get(queue).into_iter().flatten();
                let members: BTreeSet<AgentId> = steps.flat_map(|step| step.members.clone()).collect();
                (self.queue(queue).map(|queue| queue.needs.clone()).unwrap_or_default(), members)
            }
            Target::Team(team) => {
                let team = self.setup.teams.get(team);
                (Vec::new(), team.map(|team| team.members.clone()).unwrap_or_default())
            }
            Target::Anybody => (Vec::new(), self.setup.agents.keys().copied().collect()),
        };
        let somebody = |need: &Need| {
            let able = |agent: &AgentId| self.is_active(*agent) && self.knows(*agent, need);
            members.iter().any(able)
        };
        for own in &talk.needs {
            let mut own = own.clone();
            if own.mandatory && !somebody(&own) {
                let wider = match &own.subject {
                    Subject::Language(tag) => tag.split('-').next().unwrap_or(tag).to_owned(),
                    Subject::Skill(_) => String::new(),
                };
                let wider = Need { subject: Subject::Language(wider), ..own.clone() };
                if somebody(&wider) {
                    own = wider;
                } else {
                    own.mandatory = false;
                }
            }
            match needs.iter_mut().find(|need: &&mut Need| need.subject == own.subject) {
                None => needs.push(own),
                Some(known) if known.mandatory == own.mandatory => known.level = known.level.max(own.level),
                Some(known) if own.mandatory => *known = own,
                Some(_) => {}
            }
        }
        needs
    }

    /// Whether an agent knows what is needed.
    pub fn knows(&self, agent: AgentId, need: &Need) -> bool {
        self.level(agent, &need.subject).is_some_and(|level| level >= need.level)
    }

    /// At which level an agent knows something.
    pub fn level(&self, agent: AgentId, subject: &Subject) -> Option<u8> {
        let setup = self.setup.agents.get(&agent)?;
        match subject {
            Subject::Skill(skill) => setup.skills.get(skill).copied(),
            Subject::Language(tag) => setup.languages.get(tag).copied(),
        }
    }

    /// The agent who works here whom this names.
    pub fn named(&self, name: &str) -> Option<AgentId> {
        let mut all = self.setup.agents.iter().filter(|(_, agent)| agent.active && agent.name == name);
        let only = all.next().filter(|_| all.next().is_none());
        only.map(|(agent, _)| *agent)
    }
}
