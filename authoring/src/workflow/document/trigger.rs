//! What starts a workflow.

use super::{DateOrderDoc, FIELDS_MAX, KindDoc, NAME, OPTIONS_MAX, SLUG};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What starts a workflow: one thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum TriggerDoc {
    /// Another workflow's `run` step, and nothing else.
    Manual(ManualWord),
    /// A conversation is opened.
    Opened(OpenedTriggerDoc),
    /// A conversation is closed.
    Closed(ClosedTriggerDoc),
    /// A contact gets a tag.
    TagAdded(TagAddedDoc),
    /// A contact loses a tag.
    TagRemoved(TagRemovedDoc),
    /// A field of the contact's changes.
    FieldChanged(FieldChangedDoc),
    /// An agent starts it in a conversation.
    Shortcut(ShortcutTriggerDoc),
    /// Another system starts it by a call.
    Webhook(WebhookTriggerDoc),
    /// The page around the chat tells of something.
    PageEvent(PageEventDoc),
}

/// Another workflow's `run` step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManualWord {
    /// Another workflow's `run` step, and nothing else.
    Manual,
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
    /// A conversation is opened.
    OpenedTriggerDoc {
        /// By whom; `{}` is by anybody.
        opened: OpenedDoc }
    /// A conversation is closed.
    ClosedTriggerDoc {
        /// By whom, and as what; `{}` is any closing.
        closed: ClosedDoc }
    /// A contact gets a tag.
    TagAddedDoc {
        /// One of these; any when the list is empty.
        tag_added: Vec<String> }
    /// A contact loses a tag.
    TagRemovedDoc {
        /// One of these; any when the list is empty.
        tag_removed: Vec<String> }
    /// A field of the contact's changes.
    FieldChangedDoc {
        /// Which.
        #[schemars(length(max = 64), regex(pattern = NAME))]
        field_changed: String }
    /// An agent starts it in a conversation.
    ShortcutTriggerDoc {
        /// What they fill in before; `{}` is nothing.
        shortcut: ShortcutDoc }
    /// Another system starts it by a call.
    WebhookTriggerDoc {
        /// Whom it is about, and what is taken from the call.
        webhook: WebhookDoc }
    /// The page around the chat tells of something.
    PageEventDoc {
        /// What it calls it.
        #[schemars(length(min = 1, max = 64))]
        page_event: String }
    /// By the contact's id.
    ContactIdDoc {
        /// Where it stands in the body: `$.customer.id`.
        id: String }
    /// By an address for mail.
    ContactEmailDoc {
        /// Where it stands in the body: `$.customer.mail`.
        email: String }
    /// By a phone number.
    ContactPhoneDoc {
        /// Where it stands in the body: `$.customer.phone`.
        phone: String }
}

/// Who opened a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OpenedDoc {
    /// One of these; anybody when absent.
    #[serde(skip_serializing_if = "super::is_default")]
    pub by: Vec<OpenedByDoc>,
}

/// Who opens a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenedByDoc {
    /// The visitor, by writing.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow's step.
    Workflow,
    /// Another system.
    Api,
}

/// Who closed a conversation, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClosedDoc {
    /// One of these; anybody when absent.
    #[serde(skip_serializing_if = "super::is_default")]
    pub by: Vec<ClosedByDoc>,
    /// As one of these categories, which are the ids of reasons for closing; any, and none, when absent.
    #[serde(skip_serializing_if = "super::is_default")]
    #[schemars(inner(length(max = 64), regex(pattern = SLUG)))]
    pub categories: Vec<String>,
}

/// Who closes a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosedByDoc {
    /// The visitor.
    Visitor,
    /// An agent.
    Agent,
    /// A workflow's step.
    Workflow,
    /// Another system.
    Api,
    /// Nobody: it was silent for too long.
    Silence,
}

/// What an agent fills in before a workflow starts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ShortcutDoc {
    /// The fields, in order; each is `$trigger.` and its name.
    #[serde(skip_serializing_if = "super::is_default")]
    #[schemars(length(max = FIELDS_MAX))]
    pub form: Vec<FormFieldDoc>,
}

/// A field of a form. Which keys it can have beside the common ones depends on its `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormFieldDoc {
    /// Its name, as in `$trigger.name`.
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub name: String,
    /// What is valid.
    pub kind: KindDoc,
    /// `choice`: what can be chosen.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(length(max = OPTIONS_MAX))]
    pub options: Vec<String>,
    /// `number`: the least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// `number`: the greatest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// `date`: how `3/4` is read; `month_first` unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<DateOrderDoc>,
    /// Whether it must be filled in.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub required: bool,
}

/// A call of another system's that starts a workflow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookDoc {
    /// Whom it is about.
    #[schemars(extend("examples" = [{ "email": "$.email" }]))]
    pub contact: ContactAtDoc,
    /// Names and where in the body, which is JSON, their values stand: `$.order.number`; each is `$trigger.` and its
    /// name.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }, "maxProperties" = FIELDS_MAX))]
    pub values: IndexMap<String, String>,
}

/// By what a contact is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ContactAtDoc {
    /// By the contact's id.
    Id(ContactIdDoc),
    /// By an address for mail.
    Email(ContactEmailDoc),
    /// By a phone number.
    Phone(ContactPhoneDoc),
}
