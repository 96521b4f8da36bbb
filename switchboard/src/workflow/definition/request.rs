//! Calls of other systems.

use super::Next;
use crate::workflow::text::Template;
use serde::{Deserialize, Serialize};

/// A call of another system. An answer of success (2xx) goes to the next step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Where to. What variables put in is percent-encoded, and what makes `..` of a part of the path is not called.
    pub url: Template,
    /// With these.
    pub headers: Vec<Header>,
    /// With this.
    pub body: Option<Body>,
    /// What is taken from the answer.
    pub mappings: Vec<Mapping>,
    /// The variable that holds the answer's status; 0 when there was no answer.
    pub status: Option<String>,
    /// What follows any other answer, and none.
    pub failed: Next,
}

/// What is asked of the other system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    /// To tell.
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

/// A header.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: HeaderValue,
}

/// What a header says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeaderValue {
    /// A text. Control characters in what variables put in are left out.
    Text(Template),
    /// A secret of this name. The caller knows it; no definition and no run does.
    Secret(String),
}

/// What is sent. What variables put in is escaped as the kind demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// JSON; variables stand inside its strings.
    Json(Template),
    /// The fields of a form: `a=1&b=2`.
    Form(Template),
    /// Plain text.
    Text(Template),
}

/// A part of the answer and the variable it goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Where it stands in the JSON: `$.data.contacts[1].name`.
    pub path: Vec<PathPart>,
    /// Where it goes. Absent in the answer, it is missing afterwards.
    pub variable: String,
}

/// One step into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PathPart {
    /// Into a field of an object.
    Key(String),
    /// Into an item of an array, from 0.
    Index(u32),
}
