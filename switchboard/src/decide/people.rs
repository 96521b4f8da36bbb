//! Agents who come, go, and choose what they are.

use super::draft::Draft;
use super::{ownership, refuse};
use crate::conversation::Stage;
use crate::{Change, Decision, Switchboard};
use protocol::{Actor, AgentId, AgentStatus, Cause, Happening, OfferEnd, Refusal, Timestamp};

/// A console of the agent's is there.
pub fn connects(board: &Switchboard, agent: AgentId, now: Timestamp) -> Result<Decision, Refusal> {
    board.directory().active(agent).ok_or_else(refuse::not_configured)?;
    Ok(Decision::of(vec![Change::Connection { agent, connected: true, at: now }]))
}

/// The last one has gone: whatever they are asked, somebody else is asked instead.
pub fn disconnects(board: &Switchboard, agent: AgentId, now: Timestamp) -> Decision {
    if !board.is_connected(agent) {
        return Decision::default();
    }
    let mut changes = rescind(board, agent, now);
    changes.push(Change::Connection { agent, connected: false, at: now });
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
