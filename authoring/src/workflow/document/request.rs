//! Calls of other systems.

use super::{MAPPINGS_MAX, NAME};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A call of another system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestDoc {
    /// How; `GET` when absent.
    #[serde(default, skip_serializing_if = "super::is_default")]
    pub method: MethodDoc,
    /// Where to: `https://` and a host, then with variables, which are percent-encoded.
    #[schemars(length(min = 1, max = 2048))]
    pub url: String,
    /// Headers by name.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(extend("maxProperties" = MAPPINGS_MAX))]
    pub headers: IndexMap<String, HeaderDoc>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<BodyDoc>,
    /// Variables and where in the answer, which is JSON, their values stand: `$.data.contacts[1].name`.
    #[serde(default, skip_serializing_if = "super::is_default")]
    #[schemars(extend("propertyNames" = { "pattern": NAME }, "maxProperties" = MAPPINGS_MAX))]
    pub take: IndexMap<String, String>,
    /// A variable for the answer's status, which is 0 when there is no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64), regex(pattern = NAME))]
    pub status: Option<String>,
}

/// What is asked of the other system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum MethodDoc {
    /// To tell.
    #[default]
    Get,
    /// To take.
    Post,
    /// To replace.
    Put,
    /// To change.
    Patch,
    /// To remove.
    Delete,
}

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum HeaderDoc {
    /// A text with variables. No secret: this file is read by many.
    Text(String),
    /// A secret of the bridge's configuration.
    Secret(SecretDoc),
}

/// A secret of the bridge's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretDoc {
    /// How it is called there.
    #[schemars(length(min = 1, max = 64))]
    pub secret: String,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BodyDoc {
    /// JSON.
    Json(JsonBodyDoc),
    /// The fields of a form.
    Form(FormBodyDoc),
    /// Plain text.
    Text(TextBodyDoc),
}

/// JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonBodyDoc {
    /// Any JSON; its texts can hold variables.
    pub json: Json,
}

/// The fields of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormBodyDoc {
    /// The fields by name; their values can hold variables.
    pub form: IndexMap<String, String>,
}

/// Plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBodyDoc {
    /// The text, with variables.
    pub text: String,
}
