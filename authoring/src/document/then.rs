//! What comes after a step.

use super::OperandDoc;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What comes after a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ThenDoc {
    /// One word.
    Word(ThenWord),
    /// A step of the same action.
    GoTo(GoToDoc),
    /// Earlier steps are asked again, and this one if it asks something. Then the step below follows, unless this one's
    /// `when` looks at what was asked and is still true. What comes after the earlier steps does not count meanwhile, but
    /// for calls and actions they run: list these steps as well where they depend on the answers.
    AskAgain(AskAgainDoc),
    /// Another action.
    Run(RunThenDoc),
    /// A call of an extension.
    Call(CallThenDoc),
    /// A person. Ends the action.
    ConnectToAgent(ConnectThenDoc),
    /// The built-in fallback.
    Fallback(FallbackThenDoc),
}

/// What comes after a step, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThenWord {
    /// The step below.
    Continue,
    /// Nothing: the action is done.
    End,
    /// A person, with the default words and the site's default queue.
    ConnectToAgent,
    /// The built-in fallback. Its reason is `no_matches` from the built-in `no_matches`, otherwise `agent_requested`.
    Fallback,
}

macro_rules! one_key {
    ($($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $kind:ty })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(#[$field_doc])* pub $field: $kind }
    )*};
}

one_key! {
    /// A step of the same action.
    GoToDoc { /// Its id.
        go_to: String }
    /// Steps that are asked again.
    AskAgainDoc { /// A step, from which everything that was asked is asked again; or a list of the very steps.
        ask_again: StepsDoc }
    /// Another action.
    RunThenDoc { /// Which, and how.
        run: RunDoc }
    /// A call of an extension.
    CallThenDoc { /// Which, and how.
        call: CallDoc }
    /// A person.
    ConnectThenDoc { /// How.
        connect_to_agent: ConnectDoc }
    /// The built-in fallback.
    FallbackThenDoc { /// Why.
        fallback: ReasonDoc }
}

/// A step, or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum StepsDoc {
    /// From this step on.
    From(String),
    /// These.
    These(Vec<String>),
}

/// Another action, run from a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunDoc {
    /// Its id.
    pub action: String,
    /// Answers to its steps, given beforehand, by step.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub with: IndexMap<String, OperandDoc>,
    /// Name under which its answers are kept; the step's id, or `STEP_result` when the step asks something itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    /// Whether this action ends when that one does.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub end: bool,
}

/// A call of an extension.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallDoc {
    /// Which of `extensions`.
    pub extension: String,
    /// Which of its operations.
    pub operation: String,
    /// The operation's parameters.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub with: IndexMap<String, OperandDoc>,
    /// Name under which the outcome is kept, with `success`, `status` and `body`; the step's id, or `STEP_result` when
    /// the step asks something itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// How a person is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectDoc {
    /// The queue; the site's default one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[a-z0-9]+(-[a-z0-9]+)*$"))]
    pub queue: Option<String>,
    /// What the visitor is told when agents of the queue are online.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_message: Option<String>,
    /// What the visitor is told when none is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline_message: Option<String>,
    /// What the agent is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_to_agent: Option<String>,
    /// Where outside service desks route it, by desk; as it stood in an import.
    #[serde(default, skip_serializing_if = "Json::is_null")]
    pub desk: Json,
}

/// Why a person is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonDoc {
    /// The visitor asked for one.
    AgentRequested,
    /// Not understood too many times.
    NoMatches,
    /// Too many invalid answers.
    ValidationFailed,
    /// Unclear whether to return to the earlier topic.
    TopicReturnFailed,
    /// A danger word was said.
    DangerWord,
    /// Profane words were said again.
    Profanity,
}
