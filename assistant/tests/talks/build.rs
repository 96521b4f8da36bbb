//! Building definitions in few words. In texts `{name}` inserts a variable and `{#step}` an answer.

use assistant::definition::{
    Action, Ask, Assignment, Choice, Clarify, Collect, Condition, Connect, Definition, Display, Exhausted,
    Expr, Kind, Limits, Order, Output, Part, Run, Settings, Step, Test, TestOp, Text, Texts, Then,
    TopicFirst, Topics, Variable, Visits, WordList, Wordings, built_in,
};
use assistant::{Assistant, Value};
use protocol::HandOffReason;
use protocol::rich::Show;

/// An assistant with these actions, and the built-in ones as they are by default.
pub fn assistant(actions: Vec<Action>) -> Assistant {
    Assistant::new(definition(actions))
}

/// The same, to be changed.
pub fn definition(actions: Vec<Action>) -> Definition {
    let built_in = [greeting(), no_matches(), fallback(), trigger_words()];
    Definition {
        name: "Test".to_owned(),
        language: "en".to_owned(),
        settings: settings(),
        display: Display { locale: "en-US".to_owned(), ..Display::default() },
        texts: texts(),
        variables: vec![variable("colour", Value::text("red")), variable("note", Value::Nothing)],
        words: vec![words("danger", &["fire"]), words("profane", &["damn"])],
        actions: built_in.into_iter().chain(actions).collect(),
        ..Definition::default()
    }
}

/// An action `try`, started by `try`, with these steps; and one beside it.
pub fn trying(steps: Vec<Step>) -> Vec<Action> {
    vec![action("try", "Try", &["try"], steps), hours()]
}

/// Another topic.
pub fn hours() -> Action {
    let phrases = ["when are you open", "are you open today"];
    action("hours", "Opening hours", &phrases, vec![step("hours").say("From 8 to 6.")])
}

pub fn action(id: &str, title: &str, phrases: &[&str], steps: Vec<Step>) -> Action {
    Action { id: id.to_owned(), title: title.to_owned(), phrases: owned(phrases), steps, ..Action::default() }
}

pub fn step(id: &str) -> Step {
    Step { id: id.to_owned(), ..Step::default() }
}

/// What makes a step, one thing after the other.
pub trait Builds: Sized {
    fn say(self, text: &str) -> Self;
    fn shows(self, output: Output) -> Self;
    fn asks(self, kind: Kind) -> Self;
    fn asked(self, change: impl FnOnce(&mut Ask)) -> Self;
    fn collect(self, collect: Collect) -> Self;
    fn when(self, condition: Condition) -> Self;
    fn set(self, name: &str, value: impl Into<Expr>) -> Self;
    fn then(self, then: Then) -> Self;
}

impl Builds for Step {
    fn say(self, words: &str) -> Self {
        self.shows(Output::Text(Wordings { order: Order::InTurn, texts: vec![text(words)] }))
    }

    fn shows(mut self, output: Output) -> Self {
        self.say.push(output);
        self
    }

    fn asks(mut self, kind: Kind) -> Self {
        let collect = match matches!(kind, Kind::Text | Kind::YesNo { .. }) {
            true => Collect::Always,
            false => Collect::SkipIfMentioned,
        };
        self.ask = Some(Ask {
            kind,
            collect,
            attempts: 3,
            invalid: vec![text("Pardon?")],
            out_of_range: Vec::new(),
            repeat: false,
            exhausted: Exhausted::Fallback,
            label: None,
            protected: false,
            topic: TopicFirst::AfterAnswer,
        });
        self
    }

    fn asked(mut self, change: impl FnOnce(&mut Ask)) -> Self {
        change(self.ask.as_mut().expect("the step asks"));
        self
    }

    fn collect(self, collect: Collect) -> Self {
        self.asked(|ask| ask.collect = collect)
    }

    fn when(mut self, condition: Condition) -> Self {
        self.when = Some(condition);
        self
    }

    fn set(mut self, name: &str, value: impl Into<Expr>) -> Self {
        self.set.push(Assignment { target: Some(name.to_owned()), value: value.into() });
        self
    }

    fn then(mut self, then: Then) -> Self {
        self.then = then;
        self
    }
}

pub fn text(words: &str) -> Text {
    let mut parts = Vec::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("a brace is closed");
        parts.push(Part::Words(before.to_owned()));
        parts.push(Part::Insert(match name.strip_prefix('#') {
            Some(step) => answer(step),
            None => Expr::Variable(name.to_owned()),
        }));
        rest = after;
    }
    parts.push(Part::Words(rest.to_owned()));
    Text(parts)
}

pub fn answer(step: &str) -> Expr {
    Expr::Step(step.to_owned())
}

pub fn of_variable(name: &str) -> Expr {
    Expr::Variable(name.to_owned())
}

pub fn is(left: Expr, right: impl Into<Expr>) -> Condition {
    test(left, TestOp::Is, right)
}

pub fn test(left: Expr, op: TestOp, right: impl Into<Expr>) -> Condition {
    Condition::Test(Test { left, op, right: right.into() })
}

pub fn yes() -> Value {
    Value::YesNo(true)
}

pub fn no() -> Value {
    Value::YesNo(false)
}

pub fn options(labels: &[&str]) -> Kind {
    let choice = |label: &&str| Choice {
        value: (*label).to_owned(),
        label: (*label).to_owned(),
        synonyms: Vec::new(),
    };
    Kind::Options { choices: labels.iter().map(choice).collect(), show: Show::Auto }
}

pub fn yes_no() -> Kind {
    Kind::YesNo { yes: owned(&["Yes"]), no: owned(&["No"]) }
}

pub fn number() -> Kind {
    Kind::Number(Limits::default())
}

pub fn date(confirm: bool) -> Kind {
    Kind::Date { from: None, to: None, weekdays: Vec::new(), confirm }
}

pub fn run(action: &str, result: &str) -> Run {
    Run { action: action.to_owned(), result: result.to_owned(), ..Run::default() }
}

pub fn connect() -> Then {
    Then::ConnectToAgent(Box::new(Connect {
        queue: None,
        online_message: text("Let's send you to an available agent."),
        offline_message: text("There are no agents available at this time."),
        message_to_agent: None,
    }))
}

pub fn variable(name: &str, initial: Value) -> Variable {
    let initial = initial.is_defined().then_some(Expr::Value(initial));
    Variable { name: name.to_owned(), initial, ..Variable::default() }
}

fn settings() -> Settings {
    Settings {
        threshold: 0.4,
        clarify: Clarify {
            enabled: true,
            intro: text("Did you mean:"),
            none: Some(text("None of the above")),
            one: Some(text("Something else")),
            support: Some(text("Connect to support")),
            most: 5,
            shuffle: false,
        },
        topics: Topics {
            enabled: true,
            ask_to_return: true,
            request: text("Do you want to continue with the previous topic: {digressed_from}?"),
            not_understood: vec![text("I'm sorry, I did not catch that, please confirm.")],
            attempts: 3,
            unchanged: None,
        },
        modes: None,
    }
}

fn texts() -> Texts {
    Texts {
        nothing_to_say: "I have no answer to that.".to_owned(),
        let_go: "All right.".to_owned(),
        yes: "Yes".to_owned(),
        no: "No".to_owned(),
        which_reading: "Do you mean {first} or {second}?".to_owned(),
        masked: "***".to_owned(),
    }
}

fn words(name: &str, words: &[&str]) -> WordList {
    WordList { name: name.to_owned(), words: owned(words) }
}

fn greeting() -> Action {
    let welcome = step("welcome").say("Welcome, how can I assist you?").then(Then::End);
    action("greeting", "Greet customer", &[], vec![welcome])
}

fn no_matches() -> Action {
    let count = of_variable(built_in::NO_MATCHES_COUNT);
    let rephrase = step("rephrase")
        .when(test(count, TestOp::LessOrEqual, Value::Number(3.0)))
        .say("I'm afraid I don't understand. Please rephrase your question.")
        .then(Then::End);
    let give_up = step("give_up").then(Then::Fallback(HandOffReason::NoMatches));
    action("no_matches", "No matches", &[], vec![rephrase, give_up])
}

fn fallback() -> Action {
    let phrases = ["agent help", "call agent", "agent", "I would like to speak to a human"];
    let reasons = HandOffReason::ALL.iter().map(|(_, code)| {
        let reason = of_variable(built_in::FALLBACK_REASON);
        step(code).when(is(reason, Value::text(*code))).say(&format!("({code})")).then(connect())
    });
    action("fallback", "Fallback", &phrases, reasons.collect())
}

fn trigger_words() -> Action {
    let danger = step("danger")
        .when(Condition::Said("danger".to_owned()))
        .then(Then::Fallback(HandOffReason::DangerWord));
    let mut profane = step("profane")
        .when(Condition::Said("profane".to_owned()))
        .say("Please use appropriate language when interacting with the assistant.")
        .then(Then::End);
    profane.visits = Some(Visits { max: 2, reason: HandOffReason::Profanity });
    action("trigger_words", "Trigger word detected", &[], vec![danger, profane])
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
