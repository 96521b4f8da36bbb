//! Why something is not done, in words.

use super::notes;
use crate::Directory;
use protocol::{AgentId, AgentStatus, ConversationState, Refusal, RefusalCode, SiteId, Target};

pub fn malformed(what: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::Malformed, what)
}

pub fn nothing_open() -> Refusal {
    Refusal::new(RefusalCode::Closed, "no conversation is open")
}

pub fn assistant_silent() -> Refusal {
    Refusal::new(RefusalCode::AssistantSilent, "the assistant is silent while a person is responsible")
}

pub fn unknown_conversation() -> Refusal {
    Refusal::new(RefusalCode::UnknownConversation, "there is no such open conversation for you")
}

pub fn unknown_site(site: &SiteId) -> Refusal {
    Refusal::new(RefusalCode::UnknownSite, format!("there is no site `{site}` here"))
}

pub fn not_waiting() -> Refusal {
    Refusal::new(
        RefusalCode::WrongState,
        "nobody is waited for any more: somebody answers, or nobody was asked for",
    )
}

/// It is not theirs to take, or to decline: who has it by now.
pub fn taken(state: ConversationState) -> Refusal {
    let who = match state {
        ConversationState::Queued => "it is not offered to you any more, and waits for others",
        ConversationState::Offered => "it is offered to somebody else",
        ConversationState::Open | ConversationState::Pending => "somebody else has it",
        ConversationState::Automated => "the assistant has it, and nobody is waited for",
        ConversationState::Spam => "it is taken for spam",
        ConversationState::WrapUp | ConversationState::Closed => "it is closed",
    };
    let message = format!("this conversation is no longer available: {who}");
    Refusal::new(RefusalCode::NoLongerAvailable, message)
}

pub fn not_online(status: AgentStatus) -> Refusal {
    let what = match status {
        AgentStatus::Offline => "offline",
        AgentStatus::Away => "away",
        AgentStatus::NotResponding => "taken for not responding, since you missed an offer",
        AgentStatus::Online | AgentStatus::Busy => "not there",
    };
    Refusal::new(RefusalCode::NotOnline, format!("you are {what}: set your status to online or busy first"))
}

pub fn too_late() -> Refusal {
    Refusal::new(
        RefusalCode::NoLongerAvailable,
        "this offer is no longer available: its time is over, and others are asked now",
    )
}

pub fn not_configured() -> Refusal {
    Refusal::new(RefusalCode::NotAllowed, "this agent is not configured in this workspace any more")
}

/// Whoever is named works here no more, or never was added.
pub fn not_there(directory: &Directory, agent: AgentId) -> Refusal {
    match directory.agent(agent) {
        Some(_) => not_configured(),
        None => unknown_name(format!("there is no agent {agent}: GET /api/v1/agents lists those there are")),
    }
}

pub fn not_allowed(what: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::NotAllowed, what)
}

pub fn wrong_state(state: ConversationState, what: &str) -> Refusal {
    Refusal::new(RefusalCode::WrongState, format!("this conversation is {}: {what}", state.code()))
}

/// Nothing can wait for people there are none of.
pub fn nobody_in(directory: &Directory, to: &Target) -> Result<(), Refusal> {
    let nobody = match to {
        Target::Team(team) => directory.members(team).next().is_none(),
        Target::Queue(queue) => directory.plan(queue).is_none_or(|plan| plan.everybody().is_empty()),
        Target::Agent(_) | Target::Anybody => false,
    };
    if nobody {
        return Err(unknown_name(format!("nobody is in {}: choose another target", notes::target(to))));
    }
    Ok(())
}

pub fn unknown_name(what: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::UnknownName, what)
}
