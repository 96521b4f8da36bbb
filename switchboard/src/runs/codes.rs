//! Stable codes of what workflows look at, the same as on the wire.

use protocol::{AgentStatus, ClosingSource, OpeningSource};

/// Who opened a conversation, as texts name it.
pub fn opened_by(source: OpeningSource) -> &'static str {
    match source {
        OpeningSource::Visitor => "visitor",
        OpeningSource::Agent => "agent",
        OpeningSource::Workflow => "workflow",
        OpeningSource::Program => "program",
    }
}

/// What closed a conversation, as texts name it; they know more than triggers do.
pub fn closed_by(source: ClosingSource) -> &'static str {
    match source {
        ClosingSource::Visitor => "visitor",
        ClosingSource::Agent => "agent",
        ClosingSource::Workflow => "workflow",
        ClosingSource::Program => "program",
        ClosingSource::Inactive => "inactive",
        ClosingSource::Abandoned => "abandoned",
        ClosingSource::NoAgent => "no_agent",
    }
}

/// How an agent is.
pub fn status(status: AgentStatus) -> &'static str {
    match status {
        AgentStatus::Online => "online",
        AgentStatus::Busy => "busy",
        AgentStatus::Away => "away",
        AgentStatus::NotResponding => "not_responding",
        AgentStatus::Offline => "offline",
    }
}
