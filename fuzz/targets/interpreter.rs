//! No words make the engine panic, run for ever or leave a visitor without an answer. The first half of the input may be
//! an assistant of its own; otherwise the demo's is talked to.
#![no_main]

use assistant::{Assistant, Heard, Outcome, Session, Surroundings, hear};
use authoring::{World, check};
use libfuzzer_sys::fuzz_target;
use protocol::Timestamp;
use std::sync::LazyLock;

/// More lines find nothing that fewer do not.
const LINES_MAX: usize = 60;

static DEMO: LazyLock<Assistant> = LazyLock::new(|| {
    own("demo.json", include_str!("../../examples/demo/assistant.json")).expect("the demo is sound")
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (own, talk) = match text.split_once("\n---\n") {
        Some((head, talk)) => (own("own.yaml", head), talk),
        None => (None, text),
    };
    let assistant = own.as_ref().unwrap_or(&DEMO);
    let mut session = Session::default();
    for (index, line) in talk.lines().take(LINES_MAX).enumerate() {
        let heard = match line {
            "opens" => Heard::Opened,
            "person" => Heard::PersonWanted,
            "fails" => Heard::Called(Outcome::default()),
            said => Heard::Said(said.to_owned()),
        };
        let must_answer = matches!(&heard, Heard::Said(said) if !said.trim().is_empty());
        let around = Surroundings {
            chance: index as u64,
            ..Surroundings::at(Timestamp::from_millis(1_790_000_000_000))
        };
        let turn = hear(assistant, &mut session, heard, &around);
        let answered = !turn.replies.is_empty() || turn.hand_off.is_some() || turn.call.is_some();
        assert!(answered || !must_answer, "nobody answered `{line}`");
    }
});

fn own(name: &str, text: &str) -> Option<Assistant> {
    let definition = check(name, text, &World::default()).definitions.into_iter().next()?.1;
    Some(Assistant::new(definition))
}
