//! JSON Schemas of what has a form of its own: names and times.

use crate::limits::{MESSAGE_BYTES_MAX, SLUG_BYTES_MAX};
use crate::setup::Hours;
use crate::{
    AgentId, CalendarId, ConversationId, KeyId, Line, QueueId, ReasonId, RequestId, RunId, SiteId, SkillId,
    TeamId, Timestamp, VisitorId, VisitorSecret, WorkflowId, WorkspaceId,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

macro_rules! has_form {
    ($($name:ident: $form:expr;)+) => {
        $(impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $form
            }
        })+
    };
}

has_form! {
    ConversationId: id("A conversation.");
    RequestId: id("A name that a client gives to what it asks for.");
    AgentId: id("An agent.");
    VisitorId: id("A visitor.");
    WorkspaceId: slug("A workspace.");
    SiteId: slug("A site.");
    QueueId: slug("A queue.");
    TeamId: slug("A team.");
    SkillId: slug("A skill.");
    CalendarId: slug("A calendar.");
    ReasonId: slug("A reason.");
    WorkflowId: slug("A workflow.");
    RunId: id("One workflow on its way through one conversation.");
    KeyId: id("The key of a program.");
    Line: json_schema!({
        "type": "string", "minLength": 1, "maxLength": MESSAGE_BYTES_MAX,
        "description": "What is said: not blank, with a little Markdown.",
    });
    Hours: json_schema!({
        "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", "examples": ["09:00-18:00"],
        "description": "A part of a day, from one time to another; the end is not in it and can be 24:00.",
    });
    VisitorSecret: json_schema!({ "type": "string", "description": "A visitor's secret." });
    Timestamp: json_schema!({
        "type": "integer", "format": "int64", "minimum": 0, "examples": [1_764_000_000_000_u64],
        "description": "Milliseconds since 1970-01-01T00:00:00Z.",
    });
}

fn id(of: &str) -> Schema {
    json_schema!({ "type": "string", "format": "uuid", "description": of })
}

fn slug(of: &str) -> Schema {
    let described = format!("{of} Lower-case letters, digits and inner hyphens.");
    json_schema!({
        "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", "maxLength": SLUG_BYTES_MAX,
        "description": described,
    })
}
