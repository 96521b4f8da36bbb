//! People who answer.

use super::{Need, Subject};
use crate::SkillId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The highest level of a skill; 1 is the lowest.
pub const LEVEL_MAX: u8 = 5;

/// Conversations an agent can hold when nothing else is said.
const CAPACITY_DEFAULT: u32 = 5;

/// What somebody of the staff may do. Each may do what those before may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentRole {
    /// Answers visitors.
    #[default]
    Agent,
    /// Also sees all conversations, and gives them to others.
    Supervisor,
    /// Also changes how everything is set up, and publishes assistants and workflows.
    Admin,
}

/// Which agents come first where a queue goes by that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// Before all others.
    High,
    /// As a rule.
    #[default]
    Medium,
    /// When nobody else can.
    Low,
    /// Not by routing.
    Never,
}

/// A person who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AgentSetup {
    /// The name visitors and colleagues see.
    pub name: String,
    /// The address for mail that workflows may name them by.
    #[serde(default)]
    pub email: Option<String>,
    /// What they may do.
    #[serde(default)]
    pub role: AgentRole,
    /// Room for conversations: the sum of the weights of what they can have at once.
    #[serde(default = "capacity_default")]
    pub capacity: u32,
    /// What they know, from 1 to [`LEVEL_MAX`].
    #[serde(default)]
    pub skills: BTreeMap<SkillId, u8>,
    /// Languages they speak, by tag such as `fr`, from 1 to [`LEVEL_MAX`].
    #[serde(default)]
    pub languages: BTreeMap<String, u8>,
    /// Where a queue goes by tiers.
    #[serde(default)]
    pub tier: Tier,
    /// Whether they work here. One who does not keeps their history and gets nothing.
    #[serde(default = "yes")]
    pub active: bool,
}

impl AgentSetup {
    /// The level at which they know something; `None` when they do not.
    pub fn level(&self, subject: &Subject) -> Option<u8> {
        match subject {
            Subject::Skill(skill) => self.skills.get(skill).copied(),
            Subject::Language(tag) => self.languages.get(tag).copied(),
        }
    }

    /// Whether they know what is needed, at its level or above.
    pub fn knows(&self, need: &Need) -> bool {
        self.level(&need.subject).is_some_and(|level| level >= need.level)
    }

    /// An agent of this name, with all the defaults.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            email: None,
            role: AgentRole::default(),
            capacity: CAPACITY_DEFAULT,
            skills: BTreeMap::new(),
            languages: BTreeMap::new(),
            tier: Tier::default(),
            active: true,
        }
    }
}

fn capacity_default() -> u32 {
    CAPACITY_DEFAULT
}

fn yes() -> bool {
    true
}
