//! What happened in a turn, in words for authors.

use protocol::inspect::{Denied, EndedBy, Happened, Limit, Refused, StartedBy, Understood, WaitingFor};

/// How a line stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// An action begins or ends.
    Marker,
    /// Something was said, asked or answered.
    Plain,
    /// Something was passed over.
    Faint,
    /// Something did not go as the author may want.
    Wrong,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its kind, for programs.
    pub kind: &'static str,
    /// How it stands out.
    pub tone: Tone,
    /// The action and the step it is about; the step is empty when it is about the whole action.
    pub place: Option<(String, String)>,
    /// What happened.
    pub words: String,
}

/// A happening as a line.
pub fn line(happened: &Happened) -> Line {
    let place = place(happened);
    let (kind, tone, words) = match happened {
        Happened::ActionStarted { why, .. } => ("action_started", Tone::Marker, started(*why).to_owned()),
        Happened::ActionEnded { how, .. } => ("action_ended", Tone::Marker, ended(*how).to_owned()),
        Happened::StepVisited { asked: true, .. } => {
            ("step_visited", Tone::Plain, "asked, and waits".to_owned())
        }
        Happened::StepVisited { asked: false, .. } => ("step_visited", Tone::Plain, "done".to_owned()),
        Happened::StepSkipped { .. } => {
            ("step_skipped", Tone::Faint, "passed over: its condition is false".to_owned())
        }
        Happened::StepAnswered { value, prompted: true, .. } => {
            ("step_answered", Tone::Plain, format!("answered: {value}"))
        }
        Happened::StepAnswered { value, prompted: false, .. } => {
            ("step_answered", Tone::Plain, format!("known without asking: {value}"))
        }
        Happened::AnswerRefused { why, attempts_left, .. } => (
            "answer_refused",
            Tone::Wrong,
            format!("answer refused: {}; {} left", refused(*why), attempts(*attempts_left)),
        ),
        Happened::VariableSet { name, value } => {
            ("variable_set", Tone::Plain, format!("set {name} to {}", shown(value)))
        }
        Happened::Unchanged { .. } => {
            ("unchanged", Tone::Plain, "asked again, and nothing changed".to_owned())
        }
        Happened::Clarified { actions } => {
            ("clarified", Tone::Plain, format!("asked which is meant: {}", actions.join(", ")))
        }
        Happened::ReturnAsked { action } => {
            ("return_asked", Tone::Plain, format!("asked whether to return to {action}"))
        }
        Happened::ReadingAsked { first, second } => {
            ("reading_asked", Tone::Plain, format!("asked whether {first} or {second} is meant"))
        }
        Happened::CallWanted { extension, operation } => {
            ("call_wanted", Tone::Plain, format!("called {extension}.{operation}"))
        }
        Happened::CallAnswered { success: true, status } => {
            ("call_answered", Tone::Plain, format!("the call succeeded with status {status}"))
        }
        Happened::CallAnswered { success: false, status: 0 } => {
            ("call_answered", Tone::Wrong, "the call got no answer".to_owned())
        }
        Happened::CallAnswered { success: false, status } => {
            ("call_answered", Tone::Wrong, format!("the call failed with status {status}"))
        }
        Happened::ExpressionFailed { why, .. } => {
            ("expression_failed", Tone::Wrong, format!("an expression failed: {why}"))
        }
        Happened::LimitReached { limit, .. } => ("limit_reached", Tone::Wrong, limited(*limit).to_owned()),
        Happened::TalkDropped { .. } => (
            "talk_dropped",
            Tone::Wrong,
            "the question that waited is no longer in the assistant: the talk was dropped".to_owned(),
        ),
    };
    Line { kind, tone, place, words }
}

fn place(happened: &Happened) -> Option<(String, String)> {
    match happened {
        Happened::ActionStarted { action, .. } | Happened::ActionEnded { action, .. } => {
            Some((action.clone(), String::new()))
        }
        Happened::StepVisited { action, step, .. }
        | Happened::StepSkipped { action, step }
        | Happened::StepAnswered { action, step, .. }
        | Happened::AnswerRefused { action, step, .. }
        | Happened::Unchanged { action, step }
        | Happened::LimitReached { action, step, .. }
        | Happened::TalkDropped { action, step } => Some((action.clone(), step.clone())),
        Happened::ExpressionFailed { action, step, .. } => {
            Some((action.clone(), step.clone().unwrap_or_default()))
        }
        Happened::VariableSet { .. }
        | Happened::Clarified { .. }
        | Happened::ReturnAsked { .. }
        | Happened::ReadingAsked { .. }
        | Happened::CallWanted { .. }
        | Happened::CallAnswered { .. } => None,
    }
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "nothing" } else { value }
}

/// `1 attempt`, `3 attempts`.
pub fn attempts(count: u32) -> String {
    match count {
        1 => "1 attempt".to_owned(),
        count => format!("{count} attempts"),
    }
}

/// How an utterance was understood.
pub fn understood(understood: &Understood) -> &'static str {
    match understood {
        Understood::Nothing => "Nothing had to be understood.",
        Understood::Answer => "The answer to the question that waited.",
        Understood::InvalidAnswer => "No valid answer to the question that waited.",
        Understood::Action => "An action was asked for.",
        Understood::TopicChange => "The topic changed in the middle of an action.",
        Understood::Unclear => "Several actions could be meant: which was asked.",
        Understood::Person => "A person was asked for.",
        Understood::NoMatch => "Nothing the assistant knows.",
        Understood::TriggerWord => "A trigger word was in it.",
    }
}

/// What kept a likely action from being taken.
pub fn denied(denied: Denied) -> &'static str {
    match denied {
        Denied::ConditionFalse => "its condition is false",
        Denied::AlreadyRunning => "it is under way already",
        Denied::TopicFixed => "the topic does not change here",
    }
}

/// What is waited for.
pub fn waiting_for(what: WaitingFor) -> &'static str {
    match what {
        WaitingFor::Options => "one of the options",
        WaitingFor::YesNo => "yes or no",
        WaitingFor::Pattern => "a text of a certain shape",
        WaitingFor::Number => "a number",
        WaitingFor::Currency => "an amount of money",
        WaitingFor::Percent => "a percentage",
        WaitingFor::Date => "a day",
        WaitingFor::Time => "a time of day",
        WaitingFor::Text => "any words",
        WaitingFor::Clarification => "which action is meant",
        WaitingFor::Return => "whether to return to the earlier topic",
        WaitingFor::Reading => "which of two readings is meant",
        WaitingFor::Call => "an extension's answer",
    }
}

fn started(why: StartedBy) -> &'static str {
    match why {
        StartedBy::Opened => "begins: the chat was opened",
        StartedBy::Intent => "begins: the visitor asked for it",
        StartedBy::Clarified => "begins: the visitor chose it",
        StartedBy::Page => "begins: the page started it",
        StartedBy::SubAction => "begins: a step ran it",
        StartedBy::SubActionReturn => "goes on: the action its step ran has ended",
        StartedBy::TopicChange => "begins: the visitor changed the topic",
        StartedBy::TopicReturn => "goes on: the visitor came back to it",
        StartedBy::AgentRequested => "begins: a person was asked for",
        StartedBy::ValidationFailed => "begins: too many invalid answers",
        StartedBy::NoMatches => "begins: nothing was recognised",
        StartedBy::TopicReturnFailed => "begins: unclear whether to return to the earlier topic",
        StartedBy::TriggerWords => "looks for trigger words",
        StartedBy::TriggerWordFound => "begins: a trigger word was said",
    }
}

fn ended(how: EndedBy) -> &'static str {
    match how {
        EndedBy::AllStepsDone => "ends: all steps are done",
        EndedBy::NoStepsVisited => "ends: no step's condition was true",
        EndedBy::EndedByStep => "ends: a step ended it",
        EndedBy::ConnectedToAgent => "ends: connect to agent",
        EndedBy::ValidationFailed => "ends: too many invalid answers",
        EndedBy::Fallback => "ends: the fallback takes over",
        EndedBy::TopicChanged => "ends: the topic changed",
        EndedBy::NotReturnedTo => "ends: the visitor did not want to come back",
        EndedBy::LimitReached => "ends: a limit was reached",
        EndedBy::EndedWithSubAction => "ends with the action its step ran",
        EndedBy::StartedOver => "ends: the chat was opened anew",
    }
}

fn refused(why: Refused) -> &'static str {
    match why {
        Refused::Empty => "nothing was said",
        Refused::NotOfThisKind => "not of the kind asked for",
        Refused::SeveralMeant => "it could be several things",
        Refused::TooSmall => "smaller or earlier than allowed",
        Refused::TooGreat => "greater or later than allowed",
        Refused::NotWhole => "not a whole number",
        Refused::WrongWeekday => "not an allowed day of the week",
    }
}

fn limited(limit: Limit) -> &'static str {
    match limit {
        Limit::StepVisits => "stopped: this step was visited too often",
        Limit::ActionsVisited => "stopped: too many actions began in one turn",
        Limit::Depth => "stopped: too many actions run inside each other",
    }
}
