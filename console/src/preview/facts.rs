//! What the bridge tells the preview page, and what the page shows.

use protocol::Timestamp;
use serde::Deserialize;
use std::rc::Rc;

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The assistant cannot run.
    Error,
    /// It runs, and probably not as meant.
    Warning,
}

/// One mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mistake {
    /// How bad it is.
    pub severity: Severity,
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// The value concerned, as a JSON pointer; empty for the whole file.
    pub path: String,
    /// The kind of mistake, such as `unknown-variable`.
    pub code: String,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

/// What is previewed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// What visitors of the site get.
    #[default]
    Published,
    /// What is kept beside it.
    Draft,
    /// An earlier or later version.
    Version(u64),
    /// A file of this computer.
    File,
    /// The file `passerelle preview` was started with.
    Local,
}

/// An author's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: Rc<str>,
    /// What is wrong with it.
    pub mistakes: Vec<Mistake>,
    /// Whether the chat runs it.
    pub runs: bool,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// Its number, from 1.
    pub number: u64,
    /// The file's name.
    pub name: String,
    /// What its author said of it.
    pub note: String,
    /// When.
    pub published_at: Timestamp,
    /// Who; none for a file the workspace's configuration names.
    pub published_by: Option<String>,
}

/// The draft.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Draft {
    /// The file's name.
    pub name: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// By whom.
    pub saved_by: Option<String>,
}

/// Draft and versions of a site's assistant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Versions {
    /// The version visitors get.
    pub current: Option<u64>,
    /// The draft, when there is one.
    pub draft: Option<Draft>,
    /// The versions that are kept.
    pub versions: Vec<Version>,
}

/// A link for people who cannot sign in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// Its path on the bridge.
    pub address: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// What a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The draft.
    Draft,
    /// The current version.
    Published,
    /// This version.
    Version(u64),
}

/// What a local preview tells, at once and after each save.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Local {
    /// The file's name; only at first.
    #[serde(default)]
    pub name: Option<String>,
    /// Its text, where it could be read.
    #[serde(default)]
    pub source: Option<String>,
    /// Where its definition lies; none while it has errors and none ran before.
    pub path: Option<String>,
    /// What is wrong with it.
    #[serde(default)]
    pub mistakes: Vec<Mistake>,
}

/// A call that the author answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AskedCall {
    /// Which extension.
    pub extension: String,
    /// Which of its operations.
    pub operation: String,
    /// Its parameters.
    pub with: serde_json::Map<String, serde_json::Value>,
}

/// A file that was made ready.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Ready {
    /// Where its definition lies.
    pub path: String,
    /// Its warnings.
    #[serde(default)]
    pub mistakes: Vec<Mistake>,
}

/// What came of publishing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Published {
    /// The version visitors get.
    pub version: u64,
    /// Whether they got something else before.
    #[serde(rename = "new")]
    pub is_new: bool,
}

/// What was asked of the bridge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Making a file ready to run.
    Try,
    /// Keeping the file as the site's draft.
    SaveDraft,
    /// Making the file the next version.
    Publish,
    /// Making an earlier version current again.
    RollBack(u64),
    /// Making a link.
    Share,
    /// Reading a draft or a version.
    Read,
    /// Listing the versions.
    List,
}

/// Why the bridge did not do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file has these mistakes.
    Mistakes(Vec<Mistake>),
    /// Nobody is signed in, or not as an admin: why, in words.
    NotAllowed(String),
    /// Anything else, in words.
    Other(String),
}
