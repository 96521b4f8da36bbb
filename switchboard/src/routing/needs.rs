//! What whoever takes a conversation has to know, or had better: what its queue needs by the setup in force, and what the
//! assistant said when it asked for a person.

use crate::conversation::Conversation;
use crate::directory::Directory;
use protocol::setup::{AgentSetup, Need, Subject};
use protocol::{AgentId, Target};

/// What counts while a conversation waits for this target. Whoever is meant by name need not know anything. What the
/// assistant said is only wished where nobody of the target knows it: nobody is kept waiting for ever by a word in a browser.
pub fn of(conversation: &Conversation, target: &Target, directory: &Directory) -> Vec<Need> {
    let of_queue = match target {
        Target::Queue(queue) => directory.queue(queue).map(|queue| queue.needs.clone()).unwrap_or_default(),
        Target::Team(_) | Target::Anybody => Vec::new(),
        Target::Agent(_) => return Vec::new(),
    };
    let mut needs = of_queue;
    for own in &conversation.needs {
        let own = adapted(own, target, directory);
        match needs.iter_mut().find(|need| need.subject == own.subject) {
            Some(need) if need.mandatory == own.mandatory => need.level = need.level.max(own.level),
            Some(need) if own.mandatory => *need = own,
            Some(_) => {}
            None => needs.push(own),
        }
    }
    needs
}

/// A need of the conversation's own, as far as those of the target can meet it: `fr-CA` is `fr` where nobody speaks it.
fn adapted(need: &Need, target: &Target, directory: &Directory) -> Need {
    let is_known = |need: &Need| members(target, directory).any(|agent| agent.knows(need));
    if !need.mandatory || is_known(need) {
        return need.clone();
    }
    if let Subject::Language(tag) = &need.subject
        && let Some((language, _)) = tag.split_once('-')
    {
        let wider = Need { subject: Subject::Language(language.to_owned()), ..need.clone() };
        if is_known(&wider) {
            return wider;
        }
    }
    Need { mandatory: false, ..need.clone() }
}

/// Those of a target who work here.
fn members<'d>(target: &Target, directory: &'d Directory) -> Box<dyn Iterator<Item = &'d AgentSetup> + 'd> {
    let active = |agent: AgentId| directory.active(agent);
    match target {
        Target::Queue(queue) => {
            let all = directory.plan(queue).into_iter().flat_map(|plan| plan.everybody());
            Box::new(all.copied().filter_map(active))
        }
        Target::Team(team) => {
            let members: Vec<AgentId> = directory.members(team).collect();
            Box::new(members.into_iter().filter_map(active))
        }
        Target::Agent(agent) => Box::new(active(*agent).into_iter()),
        Target::Anybody => Box::new(directory.agents().keys().copied().filter_map(active)),
    }
}
