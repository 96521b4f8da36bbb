//! A recorded conversation: what was so, what happened and when. Written by people, or made from what a bridge keeps.

use super::expectation::ExpectDoc;
use super::timeline::EntryDoc;
use crate::workflow::document::{DURATION, NAME, ValueDoc};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// Whether a value is its type's default, and need not be written.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A recorded conversation that a workflow can be tried on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The schema this file follows, for editors; not looked at.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The version of the format: 1.
    #[schemars(range(min = 1, max = 1))]
    #[schemars(example = 1)]
    pub format: u32,
    /// What it shows.
    #[schemars(length(min = 1))]
    #[schemars(example = "Nobody answers for a quarter of an hour")]
    pub title: String,
    /// When it begins, such as `2026-11-21T09:00Z` or `2026-11-21T09:00[Europe/Berlin]`.
    #[schemars(example = "2026-11-21T09:00Z")]
    pub start: String,
    /// The workspace's time zone; `UTC` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The contact's fields.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub contact: IndexMap<String, ValueDoc>,
    /// The contact's tags.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tags: Vec<String>,
    /// What is known of the conversation: `status`, `priority`, `language`, `page` and whatever the site tells.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }))]
    pub conversation: IndexMap<String, ValueDoc>,
    /// The e-mail address of whoever has the conversation at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Whether the workflow ever ran for this contact before.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ran_before: bool,
    /// The staff, by e-mail address.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agents: IndexMap<String, AgentDoc>,
    /// Opening hours by the calendar's name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub calendars: IndexMap<String, HoursDoc>,
    /// Messages from before the start.
    #[serde(default, skip_serializing_if = "is_default")]
    pub earlier: Vec<EarlierDoc>,
    /// What other systems answer, by the step that calls them; of several, one for each call, and the last repeats.
    #[serde(default, skip_serializing_if = "is_default")]
    pub answers: IndexMap<String, Vec<AnswerDoc>>,
    /// What happens, in order.
    #[schemars(length(max = 1000))]
    #[schemars(extend("examples" = [[{ "opened": "visitor" }]]))]
    pub timeline: Vec<EntryDoc>,
    /// What must be so in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<ExpectDoc>,
}

/// A person of the staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AgentDoc {
    /// Their name; the e-mail address when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their id, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Their status; `online` when absent.
    #[serde(skip_serializing_if = "is_default")]
    pub status: StatusDoc,
    /// Teams they belong to.
    #[serde(skip_serializing_if = "is_default")]
    pub teams: Vec<String>,
    /// Queues they serve.
    #[serde(skip_serializing_if = "is_default")]
    pub queues: Vec<String>,
    /// Conversations they have open.
    #[serde(skip_serializing_if = "is_default")]
    pub open: u32,
    /// Conversations they can hold at once; any number when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}

/// Whether somebody can be given conversations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusDoc {
    /// Yes.
    #[default]
    Online,
    /// Not now.
    Busy,
    /// Not there for a while.
    Away,
    /// Not there.
    Offline,
}

/// When a calendar is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum HoursDoc {
    /// Always, or never.
    Always(bool),
    /// By the week.
    Week(WeekDoc),
}

/// Hours of a week, and days that differ. Hours are written `09:00-18:00`, the end of the day `24:00`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WeekDoc {
    /// The time zone; the workspace's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Hours by day; closed on those that are absent.
    #[serde(skip_serializing_if = "is_default")]
    pub week: IndexMap<String, Vec<String>>,
    /// Hours of days that differ, such as `2026-12-24`; an empty list is closed.
    #[serde(skip_serializing_if = "is_default")]
    pub days: IndexMap<String, Vec<String>>,
}

/// A message from before the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierDoc {
    /// When: a moment, or how long before the start.
    pub at: String,
    /// Who wrote it.
    pub from: WriterDoc,
    /// What.
    pub text: String,
    /// Whether it was in another conversation of the contact's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub elsewhere: bool,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WriterDoc {
    /// The visitor.
    Visitor,
    /// A person of the staff.
    Human,
    /// The assistant.
    Assistant,
    /// Another workflow.
    Workflow,
    /// Another system.
    Api,
}

/// What another system answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AnswerDoc {
    /// The status; no answer at all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 100, max = 599))]
    pub status: Option<u32>,
    /// What it says.
    #[serde(skip_serializing_if = "Json::is_null")]
    pub body: Json,
    /// After how long it comes; at once when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = DURATION))]
    pub after: Option<String>,
}
