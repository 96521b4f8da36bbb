//! What `cargo xtask bench engine` times: assistants of 10, 100 and 1,000 actions, loaded and talked to, natively and in
//! a browser, in the same build as what is installed.
//!
//! The work is cut into [`Stage`]s of single calls. Natively `main` times them all and prints JSON. In a browser the page
//! calls `main` once for each call and holds the watch: the module has no clock.

use assistant::definition::{
    Action, Ask, Assignment, BUILT_IN_ACTIONS, BinaryOp, Choice, Collect, Condition, Definition, Exhausted,
    Expr, Kind, Limits, Order, Output, Part, Step, Test, TestOp, Text, Then, TopicFirst, Variable, Wordings,
};
use assistant::{Assistant, Heard, Session, Surroundings, Value, hear};
use protocol::Timestamp;
use std::cell::RefCell;

/// Actions of the assistants, one after the other.
const SIZES: [usize; 3] = [10, 100, 1_000];

/// Phrases of one action.
const PHRASES: usize = 10;

/// Talks held with each assistant; each is one turn that has to be recognised and [`ANSWERS`] that have not.
const TALKS: usize = 200;

/// Turns of a talk in which a question is answered.
const ANSWERS: usize = 3;

/// What one call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Makes the bytes of an assistant: not timed.
    Make,
    /// Reads them and learns from the phrases.
    Load,
    /// Recognises what the visitor wants, and takes the first step.
    Recognise,
    /// Takes an answer and the steps after it.
    Answer,
}

/// Calls for one assistant: made, loaded, then its talks.
const CALLS: usize = 2 + TALKS * (1 + ANSWERS);

/// What a call does, by its place. The page has the same rule.
fn stage(call: usize) -> Stage {
    match call {
        0 => Stage::Make,
        1 => Stage::Load,
        call if (call - 2).is_multiple_of(1 + ANSWERS) => Stage::Recognise,
        _ => Stage::Answer,
    }
}

/// The work, call by call.
#[derive(Default)]
struct Bench {
    size: usize,
    call: usize,
    talk: usize,
    bytes: Vec<u8>,
    assistant: Option<Assistant>,
    session: Session,
    answers: usize,
}

impl Bench {
    fn call(&mut self) {
        match stage(self.call) {
            Stage::Make => {
                self.assistant = None;
                self.bytes = definition(SIZES[self.size]).to_bytes();
            }
            Stage::Load => self.assistant = Assistant::load(&self.bytes).ok(),
            Stage::Recognise => {
                self.session = Session::default();
                self.answers = 0;
                let (action, phrase) = (self.talk * 7 % SIZES[self.size], self.talk % PHRASES);
                self.hear(phrase_of(action, phrase));
                self.talk += 1;
            }
            Stage::Answer => {
                let said = ["Second", "4", "yes"][self.answers];
                self.answers += 1;
                self.hear(said.to_owned());
            }
        }
        self.call += 1;
        if self.call == CALLS {
            self.call = 0;
            self.talk = 0;
            self.size = (self.size + 1) % SIZES.len();
        }
    }

    fn hear(&mut self, said: String) {
        let Some(assistant) = &self.assistant else { panic!("nothing was loaded") };
        let around = Surroundings::at(Timestamp::from_millis(1_790_000_000_000));
        let turn = hear(assistant, &mut self.session, Heard::Said(said), &around);
        assert!(!turn.replies.is_empty(), "every turn of the bench is answered");
    }
}

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::new(Bench::default());
}

#[cfg(target_arch = "wasm32")]
fn main() {
    BENCH.with_borrow_mut(Bench::call);
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::time::Instant;
    for size in SIZES {
        let mut times: [Vec<f64>; 4] = Default::default();
        for call in 0..CALLS {
            let begun = Instant::now();
            BENCH.with_borrow_mut(Bench::call);
            times[stage(call) as usize].push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        let list = |stage: Stage| format!("{:?}", times[stage as usize]);
        let (load, recognise, answer) = (list(Stage::Load), list(Stage::Recognise), list(Stage::Answer));
        let bytes = definition(size).to_bytes().len();
        let resident = resident_kib();
        println!(
            "{{\"actions\":{size},\"bytes\":{bytes},\"resident_kib\":{resident},\"load\":{load},\
             \"recognise\":{recognise},\"answer\":{answer}}}"
        );
    }
}

/// What the process holds, where the system tells.
#[cfg(not(target_arch = "wasm32"))]
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// An assistant as businesses have them: questions of several kinds, conditions, values in texts.
fn definition(size: usize) -> Definition {
    let built_in = BUILT_IN_ACTIONS.map(|id| Action {
        id: id.to_owned(),
        title: id.to_owned(),
        steps: vec![Step { id: "say".to_owned(), say: say("Here we are."), ..Step::default() }],
        ..Action::default()
    });
    let mut definition = Definition {
        name: format!("{size} actions"),
        language: "en".to_owned(),
        variables: vec![Variable { name: "price".to_owned(), ..Variable::default() }],
        actions: built_in.into_iter().chain((0..size).map(action)).collect(),
        ..Definition::default()
    };
    // Nothing but a greeting speaks by itself.
    definition.actions[3].steps.clear();
    definition.settings.threshold = 0.4;
    definition.texts.nothing_to_say = "Nothing.".to_owned();
    definition.texts.yes = "yes".to_owned();
    definition.texts.no = "no".to_owned();
    definition
}

fn action(index: usize) -> Action {
    let step = |id: &str| Step { id: id.to_owned(), ..Step::default() };
    let choices = ["First", "Second", "Third"].map(|label| Choice {
        value: label.to_owned(),
        label: label.to_owned(),
        synonyms: vec![format!("the {}", label.to_lowercase())],
    });
    let options = Kind::Options { choices: choices.to_vec(), show: protocol::rich::Show::Auto };
    let least = Limits { min: Some(Expr::Value(Value::Number(1.0))), max: None, whole: true };
    let yes_no = Kind::YesNo { yes: vec!["yes".to_owned()], no: vec!["no".to_owned()] };
    let price = Expr::Binary(
        BinaryOp::Multiply,
        Box::new(Expr::Step("count".to_owned())),
        Box::new(Expr::Value(Value::Number(12.0))),
    );
    let is_second = Condition::Test(Test {
        left: Expr::Step("kind".to_owned()),
        op: TestOp::Is,
        right: Expr::Value(Value::text("Second")),
    });
    Action {
        id: format!("action_{index}"),
        title: phrase_of(index, PHRASES),
        phrases: (0..PHRASES).map(|phrase| phrase_of(index, phrase)).collect(),
        steps: vec![
            Step { say: say("Which one?"), ask: Some(ask(options)), ..step("kind") },
            Step { say: say("How many?"), ask: Some(ask(Kind::Number(least))), ..step("count") },
            Step {
                set: vec![Assignment { target: Some("price".to_owned()), value: price }],
                when: Some(is_second),
                say: vec![Output::Text(Wordings {
                    order: Order::InTurn,
                    texts: vec![Text(vec![
                        Part::Words("That is ".to_owned()),
                        Part::Insert(Expr::Variable("price".to_owned())),
                    ])],
                })],
                ..step("price")
            },
            Step { say: say("Shall I?"), ask: Some(ask(yes_no)), ..step("sure") },
            Step { say: say("Done."), then: Then::End, ..step("done") },
        ],
        ..Action::default()
    }
}

fn say(words: &str) -> Vec<Output> {
    vec![Output::Text(Wordings { order: Order::InTurn, texts: vec![Text::plain(words)] })]
}

fn ask(kind: Kind) -> Ask {
    Ask {
        kind,
        collect: Collect::Always,
        attempts: 3,
        invalid: vec![Text::plain("Again, please.")],
        out_of_range: Vec::new(),
        repeat: false,
        exhausted: Exhausted::Fallback,
        label: None,
        protected: false,
        topic: TopicFirst::AfterAnswer,
    }
}

/// Five words of a made-up language, two of which belong to the action alone.
fn phrase_of(action: usize, phrase: usize) -> String {
    let own = [word(action * 2 + 1_000), word(action * 2 + 1_001)];
    let common = [word(phrase * 3), word(phrase * 5 + 1), word((phrase + action) % 40)];
    format!("{} {} {} {} {}", common[0], own[0], common[1], own[1], common[2])
}

fn word(number: usize) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu", "cha", "dre", "flo", "gri", "plu", "sta",
    ];
    // A multiplication spreads neighbours over the whole space of words.
    let mut rest = number.wrapping_mul(40_503) % 65_536;
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}
