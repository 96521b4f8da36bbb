//! A visitor, as the staff and workflows know them over all conversations.

use crate::conversation::{Said, Words};
use protocol::{AgentId, Happening, Timestamp, WorkflowId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Tags.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Fields by name; only those with a value.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Who is asked first, and waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dedicated: Option<AgentId>,
    /// Who had a conversation of theirs last, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_agent: Option<(AgentId, Timestamp)>,
    /// The last words of conversations of theirs that are over.
    pub earlier: Earlier,
    /// Workflows that ever ran for them: some do so once.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub ran: BTreeSet<WorkflowId>,
}

/// The last message of each kind in conversations that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Earlier {
    /// Theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<Said>,
    /// Of a person who works here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub human: Option<Said>,
    /// The assistant's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant: Option<Said>,
    /// A workflow's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Said>,
    /// Of a program, or of the bridge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<Said>,
}

impl Earlier {
    /// A conversation is over: its last words are the newer ones.
    pub fn absorb(&mut self, words: &Words) {
        let Self { visitor, human, assistant, workflow, program } = self;
        for (known, said) in [
            (visitor, &words.visitor),
            (human, &words.human),
            (assistant, &words.assistant),
            (workflow, &words.workflow),
            (program, &words.program),
        ] {
            if said.is_some() {
                known.clone_from(said);
            }
        }
    }
}

impl Contact {
    /// Whether a contact may be another after this happened in one of its conversations.
    pub fn is_touched_by(happening: &Happening) -> bool {
        match happening {
            Happening::Opened { .. }
            | Happening::Assigned { .. }
            | Happening::Unassigned { .. }
            | Happening::Transferred { .. }
            | Happening::Snoozed { .. }
            | Happening::Woken { .. }
            | Happening::Closed(_)
            | Happening::WrappedUp { .. }
            | Happening::Reopened
            | Happening::ReturnedToAssistant { .. }
            | Happening::MarkedSpam(_)
            | Happening::UnmarkedSpam
            | Happening::Tagged { .. }
            | Happening::FieldSet { .. }
            | Happening::Dedicated { .. }
            | Happening::WorkflowStarted { .. }
            | Happening::WorkflowEnded { .. } => true,
            Happening::Said { .. }
            | Happening::Commented { .. }
            | Happening::AgentRequested { .. }
            | Happening::Queued { .. }
            | Happening::StepReached { .. }
            | Happening::Overflowed { .. }
            | Happening::Parked { .. }
            | Happening::Offered { .. }
            | Happening::OfferEnded { .. }
            | Happening::TransferOffered { .. }
            | Happening::TransferEnded { .. }
            | Happening::Joined { .. }
            | Happening::Parted { .. }
            | Happening::PrioritySet { .. }
            | Happening::PromiseMissed { .. }
            | Happening::Reminded
            | Happening::PassedOnTooOften { .. }
            | Happening::UnansweredTooOften { .. }
            | Happening::WentQuiet => false,
        }
    }

    /// They get a tag, or lose it.
    pub fn tag(&mut self, tag: &str, add: bool) {
        match add {
            true => self.tags.insert(tag.to_owned()),
            false => self.tags.remove(tag),
        };
    }

    /// A field of theirs is set, or cleared.
    pub fn set(&mut self, field: &str, value: Option<&String>) {
        match value {
            Some(value) => self.fields.insert(field.to_owned(), value.clone()),
            None => self.fields.remove(field),
        };
    }
}
