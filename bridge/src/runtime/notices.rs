//! Who is told of an event wherever they look: those whom a comment names, those whose promise is late, and supervisors.

use protocol::setup::AgentRole;
use protocol::{AgentId, Author, Event, Happening, Notice, NoticeAbout, Target};
use std::collections::BTreeSet;
use switchboard::Switchboard;

/// What those who are `here` are told of an event.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most events are for those alone who look at the conversation"
)]
pub fn of(event: &Event, board: &Switchboard, here: &BTreeSet<AgentId>) -> Vec<(AgentId, Notice)> {
    let about = match &event.happening {
        Happening::Commented { author, mentions, .. } if !mentions.is_empty() => {
            NoticeAbout::Mentioned { by: author.clone() }
        }
        Happening::PassedOnTooOften { transfers } => NoticeAbout::PassedOnTooOften { transfers: *transfers },
        Happening::PromiseMissed { promise, since } => {
            NoticeAbout::PromiseMissed { promise: *promise, since: *since }
        }
        _ => return Vec::new(),
    };
    let concerned = here.iter().copied().filter(|agent| concerns(event, board, *agent));
    let notice = Notice { conversation: event.conversation, at: event.at, about };
    concerned.map(|agent| (agent, notice.clone())).collect()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "as above")]
fn concerns(event: &Event, board: &Switchboard, agent: AgentId) -> bool {
    let oversees = board.directory().is_at_least(agent, AgentRole::Supervisor);
    match &event.happening {
        Happening::Commented { author, mentions, .. } => {
            let wrote = matches!(author, Author::Agent(by) if by.id == agent);
            !wrote && mentions.iter().any(|target| is_named(board, agent, target))
        }
        Happening::PassedOnTooOften { .. } => oversees,
        Happening::PromiseMissed { .. } => {
            let conversation = board.conversation(event.conversation);
            oversees || conversation.and_then(|one| one.owner()) == Some(agent)
        }
        _ => false,
    }
}

fn is_named(board: &Switchboard, agent: AgentId, target: &Target) -> bool {
    let directory = board.directory();
    match target {
        Target::Agent(one) => *one == agent,
        Target::Team(team) => directory.is_member(agent, team),
        Target::Queue(queue) => directory.serves(agent, queue),
        Target::Anybody => true,
    }
}
