//! What a key may do. Codes are stable: they stand in the store and in other people's programs.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// See the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Scope {
    /// Look at conversations.
    ConversationsRead,
    /// Act in conversations.
    ConversationsWrite,
    /// Look at contacts.
    ContactsRead,
    /// Change contacts.
    ContactsWrite,
    /// Look at agents and teams.
    AgentsRead,
    /// Change agents and teams.
    AgentsWrite,
    /// Be there for agents, and act in their names.
    AgentsAct,
    /// Look at assistants.
    AssistantsRead,
    /// Publish assistants.
    AssistantsWrite,
    /// Look at workflows.
    WorkflowsRead,
    /// Publish workflows.
    WorkflowsWrite,
    /// Start workflows by a call.
    WorkflowsStart,
    /// Look at settings.
    SettingsRead,
    /// Change settings.
    SettingsWrite,
    /// Everything about webhooks.
    WebhooksManage,
    /// Look at who did what.
    AuditRead,
}

impl Scope {
    /// Each with its code and what it lets a key do.
    pub const ALL: [(Self, &'static str, &'static str); 16] = [
        (Self::ConversationsRead, "conversations:read", "look at conversations and their events"),
        (
            Self::ConversationsWrite,
            "conversations:write",
            "open, answer, assign, transfer and close conversations",
        ),
        (Self::ContactsRead, "contacts:read", "look at contacts and what is known of them"),
        (Self::ContactsWrite, "contacts:write", "change what is known of contacts"),
        (Self::AgentsRead, "agents:read", "look at agents, teams, queues and who is there"),
        (Self::AgentsWrite, "agents:write", "change agents, teams, queues and what they are set to"),
        (Self::AgentsAct, "agents:act", "be there for agents, and act in their names"),
        (Self::AssistantsRead, "assistants:read", "look at sites, drafts and versions of their assistants"),
        (
            Self::AssistantsWrite,
            "assistants:write",
            "save drafts, publish and roll back assistants, make links",
        ),
        (Self::WorkflowsRead, "workflows:read", "look at workflows and what they did"),
        (Self::WorkflowsWrite, "workflows:write", "save, publish, stop, delete and roll back workflows"),
        (Self::WorkflowsStart, "workflows:start", "start workflows whose trigger is `webhook`"),
        (Self::SettingsRead, "settings:read", "look at the workspace's settings"),
        (Self::SettingsWrite, "settings:write", "change the workspace's settings"),
        (
            Self::WebhooksManage,
            "webhooks:manage",
            "make, change and remove webhooks; look at deliveries and replay them",
        ),
        (Self::AuditRead, "audit:read", "look at who did what, and when"),
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(scope, ..)| *scope == self).map_or("", |(_, code, _)| code)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.code().to_owned()
    }
}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, code, _)| *code == text).map(|(scope, ..)| *scope);
        found.ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|(_, code, _)| *code).collect();
            format!("there is no such scope; the scopes are: {}", known.join(", "))
        })
    }
}

impl TryFrom<String> for Scope {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl JsonSchema for Scope {
    fn schema_name() -> Cow<'static, str> {
        "Scope".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<&str> = Self::ALL.iter().map(|(_, code, _)| *code).collect();
        let lines = Self::ALL.iter().map(|(_, code, may)| format!("* `{code}`: {may}"));
        let described = format!("What a key may do.\n\n{}", lines.collect::<Vec<String>>().join("\n"));
        json_schema!({ "type": "string", "enum": codes, "description": described })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scope_is_read_back_from_its_code() {
        for (scope, code, may) in Scope::ALL {
            assert_eq!((code.parse(), scope.code()), (Ok(scope), code));
            assert!(!may.is_empty());
        }
        assert!("everything".parse::<Scope>().unwrap_err().contains("webhooks:manage"));
    }
}
