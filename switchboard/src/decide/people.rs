//! Agents who come, go, and choose what they are.

use super::draft::Draft;
use super::{ownership, refuse};
use crate::conversation::Stage;
use crate::{Change, Decision, Reach, Switchboard};
use protocol::{
    Actor, AgentId, AgentStatus, Cause, ConversationId, Happening, OfferEnd, Refusal, Timestamp, WakeWhy,
};

/// A console of the agent's is there.
pub fn connects(board: &Switchboard, agent: AgentId, now: Timestamp) -> Result<Decision, Refusal> {
    board.directory().active(agent).ok_or_else(refuse::not_configured)?;
    Ok(Decision::of(vec![Change::Connection { agent, reach: Reach::Here, at: now }]))
}

/// The last one has gone: whatever they are asked, somebody else is asked instead. They keep what is theirs, and are what
/// they were until they stay away.
pub fn drops(board: &Switchboard, agent: AgentId, now: Timestamp) -> Decision {
    match board.reach(agent) {
        Reach::Here => leaves(board, agent, Reach::Dropped, now),
        Reach::Dropped | Reach::Gone => Decision::default(),
    }
}

/// They have stayed away.
pub fn disconnects(board: &Switchboard, agent: AgentId, now: Timestamp) -> Decision {
    match board.reach(agent) {
        Reach::Here | Reach::Dropped => leaves(board, agent, Reach::Gone, now),
        Reach::Gone => Decision::default(),
    }
}

fn leaves(board: &Switchboard, agent: AgentId, reach: Reach, now: Timestamp) -> Decision {
    let mut changes = rescind(board, agent, now);
    changes.push(Change::Connection { agent, reach, at: now });
    Decision::of(changes)
}

/// The agent is this from now on.
pub fn sets_status(
    board: &Switchboard,
    agent: AgentId,
    status: AgentStatus,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    board.directory().active(agent).ok_or_else(refuse::not_configured)?;
    let mut changes = match status {
        AgentStatus::Online => Vec::new(),
        AgentStatus::Busy | AgentStatus::Away | AgentStatus::Offline => rescind(board, agent, now),
        AgentStatus::NotResponding => {
            let what = "`not_responding` cannot be chosen: choose online, busy, away or offline";
            return Err(refuse::malformed(what));
        }
    };
    changes.push(Change::StatusChosen { agent, status, at: now });
    Ok(Decision::of(changes))
}

/// The agent has typed nothing for a while, or does so again. What they are asked they may still accept.
pub fn idles(board: &Switchboard, agent: AgentId, idle: bool) -> Result<Decision, Refusal> {
    board.directory().active(agent).ok_or_else(refuse::not_configured)?;
    Ok(Decision::of(vec![Change::Idle { agent, idle }]))
}

/// What they had put aside, and begin to answer, is theirs again.
pub fn begins(board: &Switchboard, agent: AgentId, conversation: ConversationId, now: Timestamp) -> Decision {
    let own = board.conversation(conversation).filter(|one| one.owner() == Some(agent));
    let Some(conversation) = own else { return Decision::default() };
    let by = Actor::Agent(board.directory().badge(agent));
    let mut draft = Draft::of(board, conversation, by, Cause::Asked, now);
    ownership::wake(&mut draft, WakeWhy::AgentWrote);
    draft.decided()
}

/// Ends what an agent is asked, which is no fault of theirs.
fn rescind(board: &Switchboard, agent: AgentId, now: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    for conversation in board.of_agent(agent) {
        let mut draft = Draft::of(board, conversation, Actor::Bridge, Cause::Presence, now);
        match &conversation.stage {
            Stage::Offered { to, .. } if to.contains(&agent) => {
                draft.add(Happening::OfferEnded { agent, why: OfferEnd::AgentLeft, reason: None });
            }
            Stage::Open(held) if held.passing.as_ref().is_some_and(|passing| passing.to == agent) => {
                draft.add(Happening::TransferEnded { agent, why: OfferEnd::AgentLeft });
                ownership::is_untaken(&mut draft, agent);
            }
            Stage::Automated
            | Stage::Queued(_)
            | Stage::Offered { .. }
            | Stage::Open(_)
            | Stage::Pending { .. }
            | Stage::Spam { .. }
            | Stage::Closed { .. } => {}
        }
        changes.extend(draft.into_changes());
    }
    changes
}
