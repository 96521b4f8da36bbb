//! Playing a case: its inputs go into the engine, what comes out is kept beside each.

use super::file::{Case, Input, ItemKind, Output};
use super::wording::{hand_off_lines, reply_lines};
use assistant::definition::built_in;
use assistant::json::to_json;
use assistant::surroundings::in_case;
use assistant::{Assistant, Heard, Outcome, Reply, Session, Surroundings, Turn, Value};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use protocol::HandOffReason;
use protocol::inspect::{Happened, StartedBy, Trace, Waiting, WaitingFor};

/// Where and when a case begins that does not say so: a Monday noon, so that nothing depends on the day of the test.
const CLOCK_DEFAULT: &str = "2026-05-04T12:00:00+00:00[UTC]";

/// What came of one input.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// What came out, in order.
    pub outputs: Vec<Output>,
    /// The turn's trace; `None` for inputs that are no turn.
    pub trace: Option<Trace>,
    /// Variables and answers after it, by name, as JSON.
    pub values: Vec<(String, serde_json::Value)>,
    /// The action that was recognised, or `none`.
    pub action: String,
    /// Where the talk stands.
    pub outcome: String,
    /// Why the input could not be given.
    pub refused: Option<String>,
}

/// Plays a case. The answer has one [`Played`] for each input, in order.
pub fn play(assistant: &Assistant, case: &Case) -> Vec<Played> {
    let mut table = Table::new(assistant);
    let inputs = case.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Input(input) => Some(input),
        ItemKind::Output(_) | ItemKind::Look(_) | ItemKind::Comment(_) => None,
    });
    inputs.map(|input| table.input(input)).collect()
}

/// A clock that only moves when it is told to, and the visitor's place in the world.
#[derive(Clone, Debug)]
pub struct Clock(pub Zoned);

impl Default for Clock {
    fn default() -> Self {
        let fallback = || Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
        Self(CLOCK_DEFAULT.parse().unwrap_or_else(|_| fallback()))
    }
}

impl Clock {
    /// What the engine is told of the world at this moment.
    pub fn surroundings(&self, locale: &str, chance: u64, page: &Value) -> Surroundings {
        let now =
            protocol::Timestamp::from_millis(u64::try_from(self.0.timestamp().as_millisecond()).unwrap_or(0));
        Surroundings {
            now,
            local: self.0.datetime(),
            time_zone: self.0.time_zone().iana_name().unwrap_or("UTC").to_owned(),
            locale: locale.to_owned(),
            chance,
            visitor: page.clone(),
            clock_in,
            in_case,
        }
    }
}

fn clock_in(zone: &str, at: protocol::Timestamp) -> Option<DateTime> {
    let zone = TimeZone::get(zone).ok()?;
    let at = Timestamp::from_millisecond(i64::try_from(at.millis()).ok()?).ok()?;
    Some(at.to_zoned(zone).datetime())
}

/// The table at which visitor and assistant sit.
struct Table<'a> {
    assistant: &'a Assistant,
    session: Session,
    clock: Clock,
    chance: u64,
    page: Value,
    /// Why people have the conversation, while they have it.
    handed_over: Option<HandOffReason>,
    waiting: Option<Waiting>,
}

impl<'a> Table<'a> {
    fn new(assistant: &'a Assistant) -> Self {
        Self {
            assistant,
            session: Session::default(),
            clock: Clock::default(),
            chance: 0,
            page: Value::Nothing,
            handed_over: None,
            waiting: None,
        }
    }

    fn input(&mut self, input: &Input) -> Played {
        let mut played = match input {
            Input::Visitor(_) | Input::Starts(_) | Input::WantsPerson if self.handed_over.is_some() => {
                refused("people have the conversation here; write `returns` first, when they have closed it")
            }
            Input::Answer(..) if !self.is_call_waiting() => refused(
                "no call waits for an answer here; remove it, or put it below the input that makes the call",
            ),
            Input::Opens => self.turn(Heard::Opened),
            Input::Visitor(said) => self.turn(Heard::Said(said.clone())),
            Input::Starts(action) => self.turn(Heard::Started(action.clone())),
            Input::WantsPerson => self.turn(Heard::PersonWanted),
            Input::Answer(status, body) => {
                let body = assistant::json::from_json(&body.to_string()).unwrap_or_default();
                self.turn(Heard::Called(Outcome {
                    success: (200..300).contains(status),
                    status: *status,
                    body,
                }))
            }
            Input::Set(name, value) => self.set(name, value),
            Input::Returns => {
                self.session = Session::default();
                self.handed_over = None;
                self.waiting = None;
                Played::default()
            }
            Input::Wait(span) => {
                self.clock.0 = self.clock.0.saturating_add(span.0);
                Played::default()
            }
            Input::Clock(at) => {
                self.clock.0 = at.clone();
                Played::default()
            }
            Input::Chance(chance) => {
                self.chance = *chance;
                Played::default()
            }
            Input::Page(facts) => {
                self.page = assistant::json::from_json(&facts.to_string()).unwrap_or_default();
                Played::default()
            }
        };
        played.values = self.values();
        played.outcome = self.outcome();
        played
    }

    /// A conversation that was handed over belongs to people: the assistant is silent.
    fn turn(&mut self, heard: Heard) -> Played {
        if self.handed_over.is_some() {
            return Played { action: "none".to_owned(), ..Played::default() };
        }
        let around = self.clock.surroundings(self.assistant.language(), self.chance, &self.page);
        self.chance = self.chance.wrapping_add(1);
        let turn = assistant::hear(self.assistant, &mut self.session, heard, &around);
        self.handed_over = turn.hand_off.as_ref().map(|hand_off| hand_off.reason);
        self.waiting = turn.trace.waiting.clone();
        Played {
            outputs: outputs(&turn),
            action: recognised(&turn.trace),
            trace: Some(turn.trace),
            ..Played::default()
        }
    }

    fn set(&mut self, name: &str, value: &serde_json::Value) -> Played {
        let value = assistant::json::from_json(&value.to_string()).unwrap_or_default();
        let as_variable = self.session.set_variable(self.assistant, name, value.clone());
        let set = as_variable.or_else(|_| self.session.set_answer(self.assistant, name, value));
        Played { refused: set.err(), ..Played::default() }
    }

    /// What every name stands for; answers hide variables of the same name, as they do in texts.
    fn values(&self) -> Vec<(String, serde_json::Value)> {
        let answers = self.session.answers(self.assistant).into_iter().map(|answer| answer.name);
        let answers = answers.map(|name| (self.session.answer(&name), name));
        let variables = self.assistant.definition().variables.iter();
        let variables = variables
            .map(|variable| (self.session.variable(self.assistant, &variable.name), variable.name.clone()));
        let built_in = built_in::ALL.into_iter().map(|name| (self.built_in(name), name.to_owned()));
        let all = answers.chain(variables).chain(built_in);
        all.filter_map(|(value, name)| Some((name, serde_json::from_str(&to_json(&value)).ok()?))).collect()
    }

    fn built_in(&self, name: &str) -> Value {
        if let Some(value) = self.session.built_in(self.assistant, name) {
            // The fallback is over once people have the conversation; what it was for is still worth looking at.
            let why = self
                .handed_over
                .filter(|why| name == built_in::FALLBACK_REASON && *why != HandOffReason::Planned);
            return why.map_or(value, |why| Value::text(why.code()));
        }
        let around = self.clock.surroundings(self.assistant.language(), self.chance, &self.page);
        match name {
            built_in::NOW => Value::DateTime(around.local),
            built_in::CURRENT_DATE => Value::Date(around.local.date()),
            built_in::CURRENT_TIME => Value::Time(around.local.time()),
            built_in::TIMEZONE => Value::text(&around.time_zone),
            built_in::LOCALE => Value::text(&around.locale),
            built_in::CHANNEL_NAME => Value::text("chat"),
            built_in::VISITOR => around.visitor,
            _ => Value::Nothing,
        }
    }

    fn is_call_waiting(&self) -> bool {
        self.handed_over.is_none()
            && self.waiting.as_ref().is_some_and(|waiting| waiting.what == WaitingFor::Call)
    }

    fn outcome(&self) -> String {
        match (&self.waiting, self.handed_over) {
            (_, Some(_)) => "handed over".to_owned(),
            (Some(waiting), None) => format!("waits at {}/{}", waiting.action, waiting.step),
            (None, None) => "ended".to_owned(),
        }
    }
}

/// An input that does nothing where it stands.
fn refused(why: &str) -> Played {
    Played { refused: Some(why.to_owned()), action: "none".to_owned(), ..Played::default() }
}

fn outputs(turn: &Turn) -> Vec<Output> {
    let replies = turn.replies.iter().map(|reply| match reply {
        Reply::Say(_) => Output::Assistant(reply_lines(reply)),
        Reply::Pause { ms, .. } => Output::Pause(*ms),
    });
    let call = turn.call.iter().map(|call| {
        let with = call.with.iter().map(|(name, value)| {
            let json: serde_json::Value = serde_json::from_str(&to_json(value)).unwrap_or_default();
            (name.clone(), json)
        });
        Output::Call(format!("{}.{}", call.extension, call.operation), with.collect())
    });
    let hand_off = turn.hand_off.iter().map(|hand_off| Output::HandOff(hand_off_lines(hand_off)));
    replies.chain(call).chain(hand_off).collect()
}

/// The action that was recognised in the visitor's words, or chosen by them.
fn recognised(trace: &Trace) -> String {
    let by_visitor = |why: &StartedBy| {
        matches!(
            why,
            StartedBy::Intent | StartedBy::Clarified | StartedBy::TopicChange | StartedBy::AgentRequested
        )
    };
    for happened in &trace.happenings {
        if let Happened::ActionStarted { action, why } = happened
            && by_visitor(why)
        {
            return action.clone();
        }
    }
    "none".to_owned()
}
