//! No words make the engine panic, run for ever or leave a visitor without an answer. The first half of the input may be
//! an assistant of its own; otherwise the demo's is talked to.
#![no_main]

use assistant::definition::Definition;
use assistant::{Assistant, Heard, Outcome, Session, Surroundings, hear};
use authoring::{World, check};
use libfuzzer_sys::fuzz_target;
use protocol::Timestamp;
use std::sync::LazyLock;

static DEMO: LazyLock<Definition> = LazyLock::new(|| {
    let checked = check("demo.json", include_str!("../../examples/demo/assistant.json"), &World::default());
    checked.definitions.into_iter().next().expect("the demo is sound").1
});

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (head, talk) = text.split_once("\n---\n").unwrap_or(("", text));
    let own = check("own.yaml", head, &World::default()).definitions.into_iter().next();
    let assistant = Assistant::new(own.map_or_else(|| DEMO.clone(), |(_, definition)| definition));
    let mut session = Session::default();
    for (index, line) in talk.lines().enumerate() {
        let heard = match line {
            "opens" => Heard::Opened,
            "person" => Heard::PersonWanted,
            "fails" => Heard::Called(Outcome::default()),
            said => Heard::Said(said.to_owned()),
        };
        let must_answer = matches!(&heard, Heard::Said(said) if !said.trim().is_empty());
        let around = Surroundings { chance: index as u64, ..Surroundings::at(Timestamp::from_millis(1_790_000_000_000)) };
        let turn = hear(&assistant, &mut session, heard, &around);
        let answered = !turn.replies.is_empty() || turn.hand_off.is_some() || turn.call.is_some();
        assert!(answered || !must_answer, "nobody answered `{line}`");
    }
});
