//! What comes after a step (`watsonx.md` 1.9).

use super::{Expr, Text};
use protocol::{HandOffReason, QueueId};
use serde::{Deserialize, Serialize};

/// What comes after a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Then {
    /// The step below.
    #[default]
    Continue,
    /// Nothing: the action is done.
    End,
    /// The step of this id.
    GoTo(String),
    /// These steps are cleared and asked again, in their order. What comes after them does not count meanwhile, but for
    /// calls and actions they run, whose results are cleared too. Then this step is visited anew, provided that its
    /// condition looks at something that was asked or set: while it is still true it asks for the same again. Otherwise
    /// the step below it follows, as it does where this step asks something itself: then it is cleared and asked with the
    /// others. An answer that stayed the same is told.
    AskAgain(Vec<String>),
    /// Another action.
    Run(Run),
    /// A call of an extension, made by the bridge.
    Call(Box<Call>),
    /// A person. Ends the action, and counts it complete whatever becomes of the request.
    ConnectToAgent(Box<Connect>),
    /// The built-in fallback, for this reason.
    Fallback(HandOffReason),
}

impl Then {
    /// The name under which what it fetches is kept.
    pub fn result(&self) -> Option<&str> {
        match self {
            Self::Run(run) => Some(&run.result),
            Self::Call(call) => Some(&call.result),
            Self::Continue
            | Self::End
            | Self::GoTo(_)
            | Self::AskAgain(_)
            | Self::ConnectToAgent(_)
            | Self::Fallback(_) => None,
        }
    }
}

/// Another action, run from a step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub action: String,
    /// Answers to its steps, given beforehand.
    pub with: Vec<(String, Expr)>,
    /// Name under which its answers are kept, as a map by step id.
    pub result: String,
    /// Whether the action that runs it ends with it.
    pub ends: bool,
}

/// A call of an extension. Only the bridge knows its address and secrets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Which extension.
    pub extension: String,
    /// Which of its operations.
    pub operation: String,
    /// The operation's parameters.
    pub with: Vec<(String, Expr)>,
    /// Name under which the outcome is kept: a map of `success`, `status` and `body`.
    pub result: String,
}

/// How a person is asked for (`watsonx.md` 3.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connect {
    /// `None` is the site's default queue.
    pub queue: Option<QueueId>,
    /// For the visitor, when agents of the queue are online.
    pub online_message: Text,
    /// For the visitor, when none is.
    pub offline_message: Text,
    /// For the agent.
    pub message_to_agent: Option<Text>,
}
