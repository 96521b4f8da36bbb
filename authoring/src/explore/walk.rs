//! One talk of a walk.

use super::answers::{nonsense, right};
use super::hints::Hints;
use super::lists::{EACH, put};
use super::{ProblemKind, limit_name};
use crate::cases::{Case, Clock, Coverage, Input, Item, ItemKind, Output, hand_off_lines, reply_lines};
use assistant::definition::{Action, BUILT_IN_ACTIONS, FALLBACK, Kind, Step, Then};
use assistant::{Assistant, CallWanted, Heard, Outcome, Reply, Session, Turn, Value};
use fastrand::Rng;
use protocol::Content;
use protocol::inspect::{EndedBy, Happened, Trace, Waiting, WaitingFor};
use protocol::rich::Show;

/// One visitor in so many begins without a sensible word: four misses in a row, or four invalid answers, are rare otherwise.
const DIFFICULT_EVERY: u64 = 8;

/// One talk.
pub struct Walk<'a> {
    assistant: &'a Assistant,
    hints: &'a Hints,
    rng: Rng,
    clock: Clock,
    session: Session,
    turns: u64,
    waiting: Option<Waiting>,
    /// What the last turn offered to choose.
    offered: Vec<String>,
    call: Option<CallWanted>,
    over: bool,
    /// For a while the visitor answers nothing sensible.
    difficult: bool,
    told: Vec<Item>,
    problems: Vec<(ProblemKind, String, Case)>,
    seed: u64,
}

impl<'a> Walk<'a> {
    /// A talk that has not begun.
    pub fn new(assistant: &'a Assistant, hints: &'a Hints, seed: u64) -> Self {
        Self {
            assistant,
            hints,
            rng: Rng::with_seed(seed),
            clock: Clock::default(),
            session: Session::default(),
            turns: 0,
            waiting: None,
            offered: Vec::new(),
            call: None,
            over: false,
            difficult: seed.is_multiple_of(DIFFICULT_EVERY),
            told: vec![Item::made(ItemKind::Input(Input::Chance(seed)))],
            problems: Vec::new(),
            seed,
        }
    }

    /// Talks until a person takes over or the turns are used up.
    pub fn go(&mut self, turns_max: usize, coverage: &mut Coverage) {
        self.turn(Heard::Opened, coverage);
        for _ in 0..turns_max {
            if self.over {
                break;
            }
            let heard = self.next(coverage);
            self.turn(heard, coverage);
        }
    }

    /// Turns taken.
    pub fn turns(&self) -> u64 {
        self.turns
    }

    /// What went wrong.
    pub fn into_problems(self) -> Vec<(ProblemKind, String, Case)> {
        self.problems
    }

    fn next(&mut self, coverage: &Coverage) -> Heard {
        if let Some(call) = self.call.take() {
            return Heard::Called(self.outcome(&call));
        }
        Heard::Said(match &self.waiting {
            None => self.topic(coverage),
            Some(waiting) => {
                let waiting = waiting.clone();
                match self.rng.u8(..20) {
                    _ if self.difficult => nonsense(&mut self.rng),
                    0..=14 => self.answer(&waiting),
                    15..=17 => nonsense(&mut self.rng),
                    18 => self.topic(coverage),
                    _ => self.person(),
                }
            }
        })
    }

    fn answer(&mut self, waiting: &Waiting) -> String {
        match waiting.what {
            WaitingFor::Clarification | WaitingFor::Return | WaitingFor::Reading => self.offer(),
            // What a list holds is only known from what is offered.
            WaitingFor::Options
                if !self.offered.is_empty() && (self.is_listed(waiting) || self.rng.bool()) =>
            {
                self.offer()
            }
            WaitingFor::Options
            | WaitingFor::YesNo
            | WaitingFor::Pattern
            | WaitingFor::Number
            | WaitingFor::Currency
            | WaitingFor::Percent
            | WaitingFor::Date
            | WaitingFor::Time
            | WaitingFor::Text
            | WaitingFor::Call => {
                let action = self.action(&waiting.action);
                let step = action.and_then(|action| action.steps.iter().find(|step| step.id == waiting.step));
                let today = self.clock.0.date();
                match (action, step) {
                    (Some(action), Some(step)) => right(&mut self.rng, self.hints, action, step, today),
                    _ => nonsense(&mut self.rng),
                }
            }
        }
    }

    fn offer(&mut self) -> String {
        self.rng.choice(&self.offered).cloned().unwrap_or_else(|| nonsense(&mut self.rng.clone()))
    }

    /// A phrase, rather of an action nobody has been to.
    fn topic(&mut self, coverage: &Coverage) -> String {
        match self.rng.u8(..20) {
            _ if self.difficult => return nonsense(&mut self.rng),
            0 => return nonsense(&mut self.rng),
            1 => return self.person(),
            2 => return self.trigger_word(),
            _ => {}
        }
        let own = &self.assistant.definition().actions[BUILT_IN_ACTIONS.len()..];
        let with_phrases: Vec<&Action> = own.iter().filter(|action| !action.phrases.is_empty()).collect();
        let new =
            |action: &&&Action| action.steps.iter().any(|step| !coverage.has_step(&action.id, &step.id));
        let unfinished: Vec<&Action> = with_phrases.iter().filter(new).copied().collect();
        let among = if unfinished.is_empty() || self.rng.u8(..4) == 0 { with_phrases } else { unfinished };
        let phrase = self.rng.choice(among).and_then(|action| self.rng.choice(&action.phrases));
        phrase.cloned().unwrap_or_else(|| nonsense(&mut self.rng))
    }

    /// A word of one of the assistant's lists, among others.
    fn trigger_word(&mut self) -> String {
        let words = self.assistant.definition().words.iter().flat_map(|list| &list.words);
        let word = self.rng.choice(words.collect::<Vec<&String>>());
        word.map_or_else(|| nonsense(&mut self.rng.clone()), |word| format!("well, {word} then"))
    }

    fn person(&mut self) -> String {
        let fallback = self.assistant.definition().actions.get(FALLBACK);
        let phrase = fallback.and_then(|action| self.rng.choice(&action.phrases));
        phrase.cloned().unwrap_or_else(|| nonsense(&mut self.rng))
    }

    fn action(&self, id: &str) -> Option<&'a Action> {
        self.assistant.definition().actions.iter().find(|action| action.id == id)
    }

    /// An extension mostly answers, with what the assistant looks for in the answer; sometimes it fails.
    fn outcome(&mut self, call: &CallWanted) -> Outcome {
        match self.rng.u8(..10) {
            0 => return Outcome::default(),
            1 => return Outcome { success: false, status: 500, body: Value::Nothing },
            _ => {}
        }
        let mut body = Value::Nothing;
        for (action, result) in self.wanted_by(call) {
            let fill = |rng: &mut Rng, body: &mut Value, in_lists: bool| {
                for (path, value) in self.hints.results(&action, &result) {
                    let is_meant = path.iter().any(|name| name == EACH) == in_lists;
                    if is_meant && path.first().is_some_and(|first| first == "body") && rng.u8(..4) > 0 {
                        put(body, &path[1..], value.clone());
                    }
                }
            };
            fill(&mut self.rng, &mut body, false);
            for list in self.hints.lists(&action, &result) {
                if list.path.first().is_some_and(|first| first == "body") && self.rng.u8(..8) > 0 {
                    put(&mut body, &list.path[1..], list.make(&mut self.rng));
                }
            }
            fill(&mut self.rng, &mut body, true);
        }
        Outcome { success: true, status: 200, body }
    }

    /// The actions that make such a call, and what they call its result.
    fn wanted_by(&self, call: &CallWanted) -> Vec<(String, String)> {
        let wanted = |action: &Action, step: &Step| {
            let Then::Call(wanted) = &step.then else { return None };
            let same = wanted.extension == call.extension && wanted.operation == call.operation;
            same.then(|| (action.id.clone(), wanted.result.clone()))
        };
        let actions = self.assistant.definition().actions.iter();
        actions.flat_map(|action| action.steps.iter().filter_map(|step| wanted(action, step))).collect()
    }

    fn turn(&mut self, heard: Heard, coverage: &mut Coverage) {
        self.turns += 1;
        self.told.push(Item::made(ItemKind::Input(told(&heard))));
        let locale = self.assistant.language().to_owned();
        let chance = self.seed.wrapping_add(self.turns - 1);
        let around = self.clock.surroundings(&locale, chance, &Value::Nothing);
        let turn = assistant::hear(self.assistant, &mut self.session, heard, &around);
        coverage.note(&turn.trace);
        self.waiting = turn.trace.waiting.clone();
        self.offered = offered(&turn);
        self.call.clone_from(&turn.call);
        self.over = turn.hand_off.is_some();
        self.tell(&turn);
        self.look_for_problems(&turn);
    }

    fn tell(&mut self, turn: &Turn) {
        for reply in &turn.replies {
            self.told.push(Item::made(ItemKind::Output(match reply {
                Reply::Say(_) => Output::Assistant(reply_lines(reply)),
                Reply::Pause { ms, .. } => Output::Pause(*ms),
            })));
        }
        if let Some(hand_off) = &turn.hand_off {
            self.told.push(Item::made(ItemKind::Output(Output::HandOff(hand_off_lines(hand_off)))));
        }
    }

    fn look_for_problems(&mut self, turn: &Turn) {
        let nothing = &self.assistant.definition().texts.nothing_to_say;
        let says_nothing = turn.replies.iter().any(|reply| match reply {
            Reply::Say(Content::Text { text }) => text.as_str() == nothing,
            Reply::Say(_) | Reply::Pause { .. } => false,
        });
        if says_nothing {
            self.problem(ProblemKind::DeadEnd, last_action(&turn.trace));
        }
        let empty =
            self.waiting.as_ref().is_some_and(|w| w.what == WaitingFor::Options) && self.offered.is_empty();
        let hidden = || self.waiting.as_ref().is_some_and(|waiting| self.is_hidden(waiting));
        if empty && !hidden() {
            let place = self.waiting.as_ref().map(|w| format!("{}/{}", w.action, w.step));
            self.problem(ProblemKind::NothingToChoose, place.unwrap_or_default());
        }
        for happened in &turn.trace.happenings {
            if let Happened::LimitReached { limit, action, step } = happened {
                self.problem(ProblemKind::Circle(limit_name(*limit)), format!("{action}/{step}"));
            }
            if let Happened::ExpressionFailed { action, step, why } = happened {
                let place = step.as_ref().map_or_else(|| action.clone(), |step| format!("{action}/{step}"));
                self.problem(ProblemKind::ExpressionFailed(why.clone()), place);
            }
        }
    }

    /// Whether the question's choices are hidden on purpose.
    fn is_hidden(&self, waiting: &Waiting) -> bool {
        self.kind(waiting).is_some_and(|kind| {
            matches!(kind, Kind::Options { show, .. } | Kind::Dynamic { show, .. } if *show == Show::Hidden)
        })
    }

    /// Whether the question's choices come from a list.
    fn is_listed(&self, waiting: &Waiting) -> bool {
        self.kind(waiting).is_some_and(|kind| matches!(kind, Kind::Dynamic { .. }))
    }

    /// What is asked.
    fn kind(&self, waiting: &Waiting) -> Option<&'a Kind> {
        let step = self.action(&waiting.action)?.steps.iter().find(|step| step.id == waiting.step)?;
        step.ask.as_ref().map(|ask| &ask.kind)
    }

    fn problem(&mut self, kind: ProblemKind, place: String) {
        if self.problems.iter().all(|(known, at, _)| (known, at) != (&kind, &place)) {
            let title = format!("{} ({place})", kind.describe());
            let example = Case { title, line: 0, items: self.told.clone() };
            self.problems.push((kind, place, example));
        }
    }
}

fn told(heard: &Heard) -> Input {
    match heard {
        Heard::Opened => Input::Opens,
        Heard::Said(said) => Input::Visitor(said.clone()),
        Heard::Started(action) => Input::Starts(action.clone()),
        Heard::PersonWanted => Input::WantsPerson,
        Heard::Called(outcome) => {
            let body = serde_json::from_str(&assistant::json::to_json(&outcome.body)).unwrap_or_default();
            Input::Answer(outcome.status, body)
        }
    }
}

fn offered(turn: &Turn) -> Vec<String> {
    let options = turn.replies.iter().rev().find_map(|reply| match reply {
        Reply::Say(Content::Options { options, .. }) => Some(options.clone()),
        Reply::Say(_) | Reply::Pause { .. } => None,
    });
    options.unwrap_or_default()
}

fn last_action(trace: &Trace) -> String {
    for happened in trace.happenings.iter().rev() {
        if let Happened::ActionEnded { action, how } = happened {
            let in_vain = *how == EndedBy::NoStepsVisited;
            return if in_vain { format!("{action}, no step of which is taken") } else { action.clone() };
        }
    }
    String::new()
}
