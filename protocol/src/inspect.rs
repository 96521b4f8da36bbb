//! What the assistant says of itself: a trace of each turn, for the preview's inspector, for conversation tests and for
//! explorers. Facts, not sentences: whoever shows them words them. And the two messages between the preview page and
//! the widget inside it.

use crate::HandOff;
use serde::{Deserialize, Serialize};

/// One turn of the assistant, explained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// What was heard; `None` when the visitor opened the chat.
    pub heard: Option<String>,
    /// How it was understood.
    pub understood: Understood,
    /// The actions that were considered, the surest first. Empty when nothing had to be recognised.
    pub candidates: Vec<Candidate>,
    /// Below this an action is not taken.
    pub threshold: f32,
    /// What was done, in order.
    pub happenings: Vec<Happened>,
    /// The session's variables after the turn.
    pub variables: Vec<VariableTrace>,
    /// Answers and results of the action that runs, after the turn.
    pub answers: Vec<VariableTrace>,
    /// The question that waits after the turn.
    pub waiting: Option<Waiting>,
    /// Utterances in a row that matched nothing.
    pub no_matches_count: u32,
    /// What was handed over, when the turn reached "connect to agent".
    pub hand_off: Option<HandOff>,
}

/// How an utterance was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Understood {
    /// Nothing had to be: the chat was opened, an action was started, a call came back.
    #[default]
    Nothing,
    /// As the answer to the waiting question.
    Answer,
    /// As an answer the waiting question cannot take.
    InvalidAnswer,
    /// As an action asked for.
    Action,
    /// As another topic in the middle of an action.
    TopicChange,
    /// As one of several actions: which is asked.
    Unclear,
    /// As asking for a person.
    Person,
    /// As nothing the assistant knows.
    NoMatch,
    /// As having trigger words in it.
    TriggerWord,
}

/// One action that could have been meant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id in the definition.
    pub action: String,
    /// Its title.
    pub title: String,
    /// How surely, from 0 to 1.
    pub confidence: f32,
    /// What kept it from being taken although it was likely.
    pub denied: Option<Denied>,
}

/// What kept an action from being taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    /// Its condition is false.
    ConditionFalse,
    /// It is already under way.
    AlreadyRunning,
    /// Topics do not change to it, or not away from where the talk stands.
    TopicFixed,
}

/// Something that happened in a turn. Actions and steps are named by their ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// An action began, or went on.
    ActionStarted {
        /// Which.
        action: String,
        /// Why.
        why: StartedBy,
    },
    /// An action is over.
    ActionEnded {
        /// Which.
        action: String,
        /// How.
        how: EndedBy,
    },
    /// A step was done: its condition held, it said its words.
    StepVisited {
        /// Of which action.
        action: String,
        /// Which.
        step: String,
        /// Whether it asked and waits.
        asked: bool,
    },
    /// A step was passed over because its condition is false.
    StepSkipped {
        /// Of which action.
        action: String,
        /// Which.
        step: String,
    },
    /// A step has its answer.
    StepAnswered {
        /// Of which action.
        action: String,
        /// Which.
        step: String,
        /// The answer, in words; masked when it is protected.
        value: String,
        /// Whether it was asked for; otherwise it was mentioned, passed, or kept.
        prompted: bool,
    },
    /// An answer was refused.
    AnswerRefused {
        /// Of which action.
        action: String,
        /// Which step asked.
        step: String,
        /// Why.
        why: Refused,
        /// Invalid answers that are still tolerated.
        attempts_left: u32,
    },
    /// A variable of the session was set.
    VariableSet {
        /// Its name.
        name: String,
        /// Its value, in words; masked when it is protected.
        value: String,
    },
    /// An answer was asked again and stayed the same.
    Unchanged {
        /// Of which action.
        action: String,
        /// Which step.
        step: String,
    },
    /// It was asked which of these actions is meant.
    Clarified {
        /// Their ids, as offered.
        actions: Vec<String>,
    },
    /// It was asked whether to return to an interrupted action.
    ReturnAsked {
        /// Which.
        action: String,
    },
    /// It was asked which of two readings of a date or time is meant.
    ReadingAsked {
        /// The likelier reading.
        first: String,
        /// The other one.
        second: String,
    },
    /// An extension is to be called.
    CallWanted {
        /// Which.
        extension: String,
        /// Which operation.
        operation: String,
    },
    /// A call came back.
    CallAnswered {
        /// Whether it succeeded.
        success: bool,
        /// The HTTP status; 0 when there was no answer.
        status: u16,
    },
    /// An expression could not be evaluated; a condition is then false, a value nothing.
    ExpressionFailed {
        /// Of which action.
        action: String,
        /// In which step; `None` is the action's own condition.
        step: Option<String>,
        /// Why.
        why: String,
    },
    /// A limit was reached and the turn cut short there.
    LimitReached {
        /// Which.
        limit: Limit,
        /// The action in which it was.
        action: String,
        /// The step.
        step: String,
    },
    /// The talk was dropped: what it waited for is no longer in the definition.
    TalkDropped {
        /// The action it was about.
        action: String,
        /// The step that waited.
        step: String,
    },
}

/// Why an action began (`watsonx.md` 2.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartedBy {
    /// The chat was opened.
    Opened,
    /// The visitor asked for it.
    Intent,
    /// The visitor chose it from a clarifying question.
    Clarified,
    /// The page around the chat started it.
    Page,
    /// A step ran it.
    SubAction,
    /// An action run by one of its steps ended.
    SubActionReturn,
    /// The visitor changed the topic to it.
    TopicChange,
    /// The visitor returned to it.
    TopicReturn,
    /// A person was asked for.
    AgentRequested,
    /// Too many invalid answers.
    ValidationFailed,
    /// Nothing was recognised.
    NoMatches,
    /// Returning was not confirmed.
    TopicReturnFailed,
    /// Trigger words are looked for.
    TriggerWords,
    /// A trigger word was found.
    TriggerWordFound,
}

/// How an action ended (`watsonx.md` 2.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// After its last step.
    AllStepsDone,
    /// No step's condition held.
    NoStepsVisited,
    /// A step ended it.
    EndedByStep,
    /// A person was asked for.
    ConnectedToAgent,
    /// Too many invalid answers.
    ValidationFailed,
    /// The fallback took over.
    Fallback,
    /// The topic changed and it was not returned to.
    TopicChanged,
    /// The visitor did not want to return to it.
    NotReturnedTo,
    /// A limit was reached.
    LimitReached,
    /// Its caller ended with it.
    EndedWithSubAction,
    /// The visitor opened the chat anew.
    StartedOver,
}

/// Why an answer was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// Nothing was said.
    Empty,
    /// It is not of the kind asked for.
    NotOfThisKind,
    /// It could be several things.
    SeveralMeant,
    /// It is smaller or earlier than allowed.
    TooSmall,
    /// It is greater or later than allowed.
    TooGreat,
    /// A fraction where a whole number is asked.
    NotWhole,
    /// A day of the week that is not allowed.
    WrongWeekday,
}

impl Refused {
    /// Whether a value of the kind asked for was said, beyond what is allowed.
    pub fn is_limit(self) -> bool {
        match self {
            Self::TooSmall | Self::TooGreat | Self::NotWhole | Self::WrongWeekday => true,
            Self::Empty | Self::NotOfThisKind | Self::SeveralMeant => false,
        }
    }
}

/// What keeps an assistant from running for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Visits of one step in one run of its action.
    StepVisits,
    /// Actions begun in one turn.
    ActionsVisited,
    /// Actions inside each other.
    Depth,
}

/// A question that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Of which action.
    pub action: String,
    /// Which step.
    pub step: String,
    /// What is waited for.
    pub what: WaitingFor,
    /// Invalid answers that are still tolerated.
    pub attempts_left: u32,
    /// Actions interrupted by the one that waits, the innermost first.
    pub interrupted: Vec<String>,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// One of several options.
    Options,
    /// Yes or no.
    YesNo,
    /// Something of a shape.
    Pattern,
    /// A number.
    Number,
    /// An amount of money.
    Currency,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// Anything.
    Text,
    /// Which of several actions is meant.
    Clarification,
    /// Whether to return to an interrupted action.
    Return,
    /// Which of two readings is meant.
    Reading,
    /// An extension's answer.
    Call,
}

/// One variable and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableTrace {
    /// Its name.
    pub name: String,
    /// Its value as the assistant would insert it in a text; masked when it is protected, empty when it has none.
    pub value: String,
    /// Its value as JSON, to edit it, `null` when it has none; empty when it is protected.
    pub json: String,
}

/// From the widget to the preview page around it. Only a widget started as a preview sends these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewReport {
    /// The widget runs and listens; `assistant` names what it runs.
    Ready {
        /// The assistant's name.
        assistant: String,
    },
    /// A turn was taken.
    Turn(Box<Trace>),
    /// A variable was set by hand; these are their values now.
    Variables {
        /// Of the session.
        variables: Vec<VariableTrace>,
        /// Of the action that runs.
        answers: Vec<VariableTrace>,
    },
    /// A variable could not be set by hand; it stays as it was.
    NotSet {
        /// Its name.
        name: String,
        /// What would be right.
        why: String,
    },
    /// The definition could not be fetched or read; the old one stays.
    Broken {
        /// Why.
        why: String,
    },
}

/// From the preview page to the widget inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewOrder {
    /// Forget everything and greet again.
    Restart,
    /// Fetch the definition at this address of the bridge and run it from now on. The talk goes on where it can.
    Load {
        /// A path of the bridge, such as `/api/preview/…`.
        path: String,
    },
    /// Set a variable of the session.
    SetVariable {
        /// Its name.
        name: String,
        /// Its new value, as JSON.
        json: String,
    },
    /// Set an answer of the action that runs.
    SetAnswer {
        /// The step, or the result's name.
        name: String,
        /// Its new value, as JSON.
        json: String,
    },
}
