//! The format of workflows: what an author's file holds, as types. `docs/workflow.schema.json` is generated from them.
//!
//! A doc comment here is what an author's editor shows. Every way out of a step is a key of the step, so that a list of
//! steps can be drawn: boxes with named lines between them.

mod act;
mod ask;
mod condition;
mod request;
mod step;
mod trigger;

pub use act::{
    AnybodyWord, AssignDoc, ByDoc, CalendarDoc, CloseDoc, CommentDoc, CommentTextDoc, DoDoc, DuringDoc,
    JumpDoc, MentionDoc, OwnerDoc, RangeDoc, RunDoc, SetDoc, SetFieldDoc, ToAgentDoc, ToQueueDoc, ToTeamDoc,
    ValueDoc,
};
pub use ask::{AskDoc, DateOrderDoc, KindDoc, SaveDoc, SaveFieldDoc, SaveVariableDoc, TagWord};
pub use condition::{
    AboutDoc, AllDoc, AnyDoc, CalendarSubjectDoc, ClauseDoc, ConditionDoc, FromDoc, GroupDoc,
    LastMessageAtDoc, LastMessageDoc, LastMessageSourceDoc, OperandDoc, OperatorDoc, ScopeDoc, SubjectDoc,
    TestDoc, TestsAllDoc, TestsAnyDoc,
};
pub use request::{
    BodyDoc, FormBodyDoc, HeaderDoc, JsonBodyDoc, MethodDoc, RequestDoc, SecretDoc, TextBodyDoc,
};
pub use step::{
    AddTagsStepDoc, AskStepDoc, AssignStepDoc, BranchStepDoc, CaseDoc, CloseStepDoc, CommentStepDoc,
    DoStepDoc, DuringStepDoc, JumpStepDoc, RemoveTagsStepDoc, RequestStepDoc, RunStepDoc, SayStepDoc,
    SetFieldStepDoc, SetStepDoc, StepDoc, WaitStepDoc,
};
pub use trigger::{
    ClosedByDoc, ClosedDoc, ClosedTriggerDoc, ContactAtDoc, ContactEmailDoc, ContactIdDoc, ContactPhoneDoc,
    FieldChangedDoc, FormFieldDoc, ManualWord, OpenedByDoc, OpenedDoc, OpenedTriggerDoc, PageEventDoc,
    ShortcutDoc, ShortcutTriggerDoc, TagAddedDoc, TagRemovedDoc, TriggerDoc, WebhookDoc, WebhookTriggerDoc,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the format these types describe.
pub const FORMAT: u32 = 1;

/// What a name that texts insert with `$` consists of.
pub const NAME: &str = "^[A-Za-z_][A-Za-z0-9_]*$";

/// What the name of a workflow, a team or a queue consists of.
pub const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// What a length of time consists of: `15m`, `1h30m`.
pub const DURATION: &str = "^([0-9]{1,6}[smhdw] ?)+$";

/// The next step of one after which nothing follows.
pub const END: &str = "end";

/// Steps of a workflow.
pub const STEPS_MAX: usize = 100;

/// Cases of one branch.
pub const CASES_MAX: usize = 10;

/// Tests side by side in one condition or group.
pub const TESTS_MAX: usize = 20;

/// Options of one question.
pub const OPTIONS_MAX: usize = 20;

/// Headers of one request, and values taken from one answer.
pub const MAPPINGS_MAX: usize = 10;

/// Fields of one form, and values taken from one webhook.
pub const FIELDS_MAX: usize = 20;

/// Whether a value is its type's default, and need not be written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A workflow for Passerelle: what happens to a conversation by itself, and what starts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkflowDoc {
    /// The schema this file follows, for editors; not looked at.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The version of the format: 1.
    #[schemars(range(min = 1, max = 1))]
    #[schemars(example = FORMAT)]
    pub format: u32,
    /// How other workflows and the bridge call it, through all its versions.
    #[schemars(length(min = 1, max = 64), regex(pattern = SLUG))]
    #[schemars(example = "reassign-after-silence")]
    pub id: String,
    /// How people call it.
    #[schemars(length(min = 1, max = 256))]
    #[schemars(example = "Reassign after silence")]
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What starts it: one thing.
    #[schemars(extend("examples" = [{ "opened": { "by": ["visitor"] } }]))]
    pub trigger: TriggerDoc,
    /// What must hold besides, or it does not start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<ConditionDoc>,
    /// Whether a contact that it ever ran for is left alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub once_per_contact: bool,
    /// Whether its trigger, while it runs, ends the run and begins another. Otherwise the trigger is passed over.
    #[serde(default, skip_serializing_if = "is_default")]
    pub restart_when_triggered_again: bool,
    /// Whether it goes on when the conversation is closed. One that a closing starts always does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub survives_close: bool,
    /// What else ends a run before its last step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exits: ExitsDoc,
    /// What is done, beginning with the first.
    #[schemars(length(min = 1, max = STEPS_MAX))]
    #[schemars(extend("examples" = [[{ "id": "hello", "say": "Somebody will be with you soon." }]]))]
    pub steps: Vec<StepDoc>,
}

/// What ends a run before its last step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ExitsDoc {
    /// Whether agents may stop it in their conversation.
    #[serde(skip_serializing_if = "is_default")]
    pub agent_may_stop: bool,
    /// Whether a message of the visitor's ends it that answers none of its questions.
    #[serde(skip_serializing_if = "is_default")]
    pub on_visitor_message: bool,
    /// Whether a person's message to the visitor ends it.
    #[serde(skip_serializing_if = "is_default")]
    pub on_human_message: bool,
    /// Whether assigning the conversation by hand ends it.
    #[serde(skip_serializing_if = "is_default")]
    pub on_manual_assignment: bool,
}
