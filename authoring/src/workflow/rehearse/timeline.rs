//! What happens in a recorded conversation.

use super::expectation::ExpectDoc;
use super::recording::StatusDoc;
use crate::workflow::document::{ClosedByDoc, OpenedByDoc, ValueDoc};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Declares what can happen: the key as it is written, what stands there, and further keys.
macro_rules! entries {
    ($(
        $(#[$doc:meta])*
        $variant:ident $name:ident {
            $(#[$key_doc:meta])* $key:ident: $kind:ty
            $(, $(#[$more_doc:meta])* $more:ident: $more_kind:ty)*
        }
    )*) => {
        /// Something that happens.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(untagged)]
        pub enum EntryDoc {
            $($(#[$doc])* $variant($name),)*
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
            #[serde(deny_unknown_fields)]
            pub struct $name {
                /// When: how long after the start, or a moment; together with the one before when absent.
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub at: Option<String>,
                $(#[$key_doc])*
                pub $key: $kind,
                $(
                    $(#[$more_doc])*
                    #[serde(default, skip_serializing_if = "super::recording::is_default")]
                    pub $more: $more_kind,
                )*
            }
        )*

        impl EntryDoc {
            /// When it happens, as it is written.
            pub fn at(&self) -> Option<&str> {
                match self { $(Self::$variant(entry) => entry.at.as_deref(),)* }
            }
        }
    };
}

entries! {
    /// The conversation is opened.
    Opened OpenedEntryDoc { /// By whom.
        opened: OpenedByDoc }
    /// The conversation is closed.
    Closed ClosedEntryDoc { /// By whom.
        closed: ClosedByDoc, /// As what.
        category: Option<String> }
    /// The visitor writes.
    Visitor VisitorEntryDoc { /// What.
        visitor: String }
    /// A person of the staff writes to the visitor.
    Human HumanEntryDoc { /// What.
        human: String }
    /// The assistant writes to the visitor.
    Assistant AssistantEntryDoc { /// What.
        assistant: String }
    /// Another system writes to the visitor.
    Api ApiEntryDoc { /// What.
        api: String }
    /// Somebody gives the conversation to somebody, or takes it.
    Assigned AssignedEntryDoc { /// Who has it then, by e-mail address.
        assigned: String }
    /// An agent's status changes.
    Status StatusEntryDoc { /// Whose, by e-mail address.
        status_of: String, /// What it is then.
        is: StatusDoc }
    /// The contact gets a tag.
    TagAdded TagAddedEntryDoc { /// Which.
        tag_added: String }
    /// The contact loses a tag.
    TagRemoved TagRemovedEntryDoc { /// Which.
        tag_removed: String }
    /// A field of the contact's changes.
    FieldChanged FieldChangedEntryDoc { /// Which.
        field_changed: String, /// To what; it is cleared when absent.
        to: Option<ValueDoc> }
    /// The page around the chat tells of something.
    PageEvent PageEventEntryDoc { /// What it calls it.
        page_event: String, /// What it tells, read as `$trigger.name`.
        told: IndexMap<String, ValueDoc> }
    /// An agent starts the workflow.
    Shortcut ShortcutEntryDoc { /// What they fill in, by field.
        shortcut: IndexMap<String, String> }
    /// Another system starts the workflow.
    Webhook WebhookEntryDoc { /// The body of its call.
        webhook: Json }
    /// Another workflow starts this one.
    Started StartedEntryDoc { /// Its variables, read as `$trigger.name`.
        started: IndexMap<String, ValueDoc>, /// The step it begins with; the first when absent.
        from: Option<String> }
    /// Something else happens.
    Happens HappensEntryDoc { /// What.
        happens: HappensDoc }
    /// Something must be so at this moment.
    Expect ExpectEntryDoc { /// What.
        expect: Box<ExpectDoc> }
}

/// Something else that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HappensDoc {
    /// The conversation is taken from its owner by hand.
    Unassigned,
    /// The conversation is taken for spam.
    Spam,
    /// An agent stops the run.
    AgentStops,
    /// Another workflow asks the visitor something, and waits for the answer.
    QuestionElsewhere,
    /// That question is done with.
    QuestionElsewhereDone,
}
