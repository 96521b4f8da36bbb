//! A file of conversation tests, as it is written.

use serde_json::Value as Json;
use std::fmt;

/// A file of cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TalkFile {
    /// Comments and blank lines above the first case.
    pub head: Vec<String>,
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// One conversation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// What it shows.
    pub title: String,
    /// Line of its title in the file, from 1.
    pub line: usize,
    /// What happens, in order.
    pub items: Vec<Item>,
}

/// One thing in a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its line in the file, from 1; 0 when it was made and not read.
    pub line: usize,
    /// What it is.
    pub kind: ItemKind,
    /// How its author wrote it; empty when it was made and not read.
    pub written: String,
}

/// What a line of a case means.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// It goes into the assistant.
    Input(Input),
    /// It comes out of the assistant.
    Output(Output),
    /// It is looked at after what came out.
    Look(Look),
    /// A comment, or nothing.
    Comment(String),
}

/// What goes into the assistant, or changes the world around it.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The visitor opens the chat.
    Opens,
    /// The visitor says this.
    Visitor(String),
    /// The page starts an action.
    Starts(String),
    /// The visitor presses the button for a person.
    WantsPerson,
    /// People have closed the conversation; the assistant answers again.
    Returns,
    /// Time passes, such as `2 days`.
    Wait(jiff::SpanFieldwise),
    /// It is this moment there.
    Clock(jiff::Zoned),
    /// What chance decides from here on.
    Chance(u64),
    /// What the page tells, as JSON.
    Page(Json),
    /// A variable or an answer is set by hand, as JSON.
    Set(String, Json),
    /// An extension answers with this status and JSON; status 0 is no answer.
    Answer(u16, Json),
}

/// What comes out of the assistant.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// It says or shows this.
    Assistant(Vec<String>),
    /// Anything, up to the next input.
    Whatever,
    /// It waits so many milliseconds before what follows.
    Pause(u32),
    /// It wants an extension called: `extension.operation` and parameters as JSON.
    Call(String, Json),
    /// It asks for a person: the queue and the reason, then details.
    HandOff(Vec<String>),
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// A variable or an answer has this value, as JSON; `null` is none.
    Expect(String, Json),
    /// The action that was recognised, or `none`.
    Action(String),
    /// Where the talk stands.
    Outcome(String),
}

impl ItemKind {
    /// What comes out, when it is that.
    pub fn output(&self) -> Option<&Output> {
        match self {
            Self::Output(output) => Some(output),
            Self::Input(_) | Self::Look(_) | Self::Comment(_) => None,
        }
    }

    /// Whether it goes into the assistant.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::Input(_))
    }
}

impl Item {
    /// One that stands in no file.
    pub fn made(kind: ItemKind) -> Self {
        Self { line: 0, kind, written: String::new() }
    }
}

impl fmt::Display for Item {
    /// What was read is written as its author did: `10:00` stays `10:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.written.as_str() {
            "" => self.kind.fmt(f),
            written => f.write_str(written),
        }
    }
}

impl fmt::Display for TalkFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.head {
            writeln!(f, "{line}")?;
        }
        self.cases.iter().try_for_each(|case| case.fmt(f))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== {}", self.title)?;
        self.items.iter().try_for_each(|item| writeln!(f, "{item}"))
    }
}

impl fmt::Display for ItemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(input) => input.fmt(f),
            Self::Output(output) => output.fmt(f),
            Self::Look(look) => look.fmt(f),
            Self::Comment(comment) => f.write_str(comment),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Opens => f.write_str("opens"),
            Self::Visitor(said) => lines(f, "visitor:", said.split('\n')),
            Self::Starts(action) => write!(f, "starts: {action}"),
            Self::WantsPerson => f.write_str("wants a person"),
            Self::Returns => f.write_str("returns"),
            Self::Wait(span) => write!(f, "wait: {:#}", span.0),
            Self::Clock(at) => {
                let zone = at.time_zone().iana_name().unwrap_or("UTC");
                write!(f, "clock: {} {zone}", at.datetime().strftime("%Y-%m-%dT%H:%M:%S"))
            }
            Self::Chance(chance) => write!(f, "chance: {chance}"),
            Self::Page(facts) => write!(f, "page: {facts}"),
            Self::Set(name, value) => write!(f, "set: {name} = {value}"),
            Self::Answer(status, body) => write!(f, "answer: {status} {body}"),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Assistant(said) => lines(f, "assistant:", said.iter().map(String::as_str)),
            Self::Whatever => f.write_str("..."),
            Self::Pause(ms) => write!(f, "pause: {ms} ms"),
            Self::Call(what, with) => write!(f, "call: {what} {with}"),
            Self::HandOff(details) => lines(f, "hand-off:", details.iter().map(String::as_str)),
        }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expect(name, value) => write!(f, "expect: {name} = {value}"),
            Self::Action(action) => write!(f, "action: {action}"),
            Self::Outcome(outcome) => write!(f, "outcome: {outcome}"),
        }
    }
}

/// A keyword with the first line beside it and the others indented below.
fn lines<'a>(
    f: &mut fmt::Formatter<'_>,
    keyword: &str,
    mut texts: impl Iterator<Item = &'a str>,
) -> fmt::Result {
    f.write_str(keyword)?;
    if let Some(first) = texts.next().filter(|first| !first.is_empty()) {
        write!(f, " {first}")?;
    }
    texts.try_for_each(|text| write!(f, "\n  {text}"))
}
