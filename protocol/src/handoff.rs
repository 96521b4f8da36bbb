//! What the assistant hands over when it asks for a person.

use crate::QueueId;
use crate::limits::{COLLECTED_BYTES_MAX, COLLECTED_MAX, MESSAGE_BYTES_MAX, NAMED_BYTES_MAX, NEEDS_MAX};
use crate::setup::{LEVEL_MAX, Need, Subject};
use serde::{Deserialize, Serialize};

/// Why a person is asked for: codes to count and branch on, stable across languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HandOffReason {
    /// A step of an action says so.
    Planned,
    /// The visitor asked for a person.
    AgentRequested,
    /// The visitor was not understood too many times in a row.
    NoMatches,
    /// The visitor's answers to one question were invalid too many times.
    ValidationFailed,
    /// The visitor would not say whether to return to the earlier topic.
    TopicReturnFailed,
    /// A word was said that calls for a person at once.
    DangerWord,
    /// Profane words were said again after a warning.
    Profanity,
}

impl HandOffReason {
    /// Each with its code.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Planned, "planned"),
        (Self::AgentRequested, "agent_requested"),
        (Self::NoMatches, "no_matches"),
        (Self::ValidationFailed, "validation_failed"),
        (Self::TopicReturnFailed, "topic_return_failed"),
        (Self::DangerWord, "danger_word"),
        (Self::Profanity, "profanity"),
    ];

    /// The code, the same as on the wire.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(reason, _)| *reason == self).map_or("planned", |(_, code)| code)
    }
}

/// One answer the assistant has, for the agent to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Collected {
    /// What it is, in the author's words.
    pub label: String,
    /// The answer, as text.
    pub value: String,
}

/// A request for a person, as the step or the fallback words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandOff {
    /// The queue the step names; `None` is the site's default.
    pub queue: Option<QueueId>,
    /// What whoever takes it should know, besides what the queue needs. What nobody there knows is only wished.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// The visitor's language, by tag such as `fr`: whoever speaks it is asked, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who is asked first: an agent's id, address for mail, or a name that only one has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// Why.
    pub reason: HandOffReason,
    /// What the visitor is told when agents of that queue are online.
    pub online_message: String,
    /// What the visitor is told when none is.
    pub offline_message: String,
    /// For the agent only.
    pub message_to_agent: Option<String>,
    /// Title of the action that was running, for the agent.
    pub action: Option<String>,
    /// What the assistant has learned.
    pub collected: Vec<Collected>,
}

impl HandOff {
    /// All that whoever takes it should know, the visitor's language among it.
    pub fn all_needs(&self) -> Vec<Need> {
        let language = self.language.clone().map(|tag| Need {
            subject: Subject::Language(tag),
            level: 1,
            mandatory: true,
        });
        let named = |need: &Need| self.needs.iter().all(|own| own.subject != need.subject);
        self.needs.iter().cloned().chain(language.filter(named)).collect()
    }

    /// Checks the bounds; the error says which field is out of them and what would fit.
    pub fn check(&self) -> Result<(), String> {
        let texts = [
            ("online_message", Some(&self.online_message)),
            ("offline_message", Some(&self.offline_message)),
            ("message_to_agent", self.message_to_agent.as_ref()),
            ("action", self.action.as_ref()),
        ];
        for (field, text) in texts {
            if text.is_some_and(|t| t.len() > MESSAGE_BYTES_MAX) {
                return Err(format!("{field} can have {MESSAGE_BYTES_MAX} bytes"));
            }
        }
        for (field, name) in [("language", &self.language), ("agent", &self.agent)] {
            if name.as_ref().is_some_and(|name| name.is_empty() || name.len() > NAMED_BYTES_MAX) {
                return Err(format!("{field} has 1 to {NAMED_BYTES_MAX} bytes"));
            }
        }
        if self.needs.len() > NEEDS_MAX {
            return Err(format!("{NEEDS_MAX} needs can be handed over, not {}", self.needs.len()));
        }
        if let Some(at) = self.needs.iter().position(|need| !(1..=LEVEL_MAX).contains(&need.level)) {
            return Err(format!("need {} has a level from 1 to {LEVEL_MAX}", at + 1));
        }
        if self.collected.len() > COLLECTED_MAX {
            return Err(format!(
                "{COLLECTED_MAX} collected answers can be handed over, not {}",
                self.collected.len()
            ));
        }
        let too_long =
            |c: &Collected| c.label.len() > COLLECTED_BYTES_MAX || c.value.len() > COLLECTED_BYTES_MAX;
        match self.collected.iter().position(too_long) {
            Some(at) => Err(format!("collected answer {} can have {COLLECTED_BYTES_MAX} bytes", at + 1)),
            None => Ok(()),
        }
    }
}
