//! Stable codes of what workflows look at, the same as on the wire.

use crate::workflow::definition::{ClosedBy, OpenedBy};
use protocol::{AgentStatus, ClosingSource, OpeningSource};

/// Who opened a conversation, as triggers and texts name it.
pub fn opened_by(source: OpeningSource) -> (OpenedBy, &'static str) {
    match source {
        OpeningSource::Visitor => (OpenedBy::Visitor, "visitor"),
        OpeningSource::Agent => (OpenedBy::Agent, "agent"),
        OpeningSource::Workflow => (OpenedBy::Workflow, "workflow"),
        OpeningSource::Program => (OpenedBy::Api, "program"),
    }
}

/// What closed a conversation. Triggers know nobody for what closed by itself; texts know more.
pub fn closed_by(source: ClosingSource) -> (ClosedBy, &'static str) {
    match source {
        ClosingSource::Visitor => (ClosedBy::Visitor, "visitor"),
        ClosingSource::Agent => (ClosedBy::Agent, "agent"),
        ClosingSource::Workflow => (ClosedBy::Workflow, "workflow"),
        ClosingSource::Program => (ClosedBy::Api, "program"),
        ClosingSource::Inactive => (ClosedBy::Silence, "inactive"),
        ClosingSource::Abandoned => (ClosedBy::Silence, "abandoned"),
        ClosingSource::NoAgent => (ClosedBy::Silence, "no_agent"),
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
