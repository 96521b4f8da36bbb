//! No file makes the checker panic or run for ever, and a file without errors gives an assistant that speaks.
#![no_main]

use authoring::{World, check};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for name in ["assistant.json", "assistant.yaml"] {
        let checked = check(name, text, &World::default());
        assert_eq!(checked.is_sound(), !checked.definitions.is_empty(), "{:?}", checked.mistakes);
    }
});
