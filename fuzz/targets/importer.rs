//! No export makes the importer panic or run for ever, and what it makes can be checked.
#![no_main]

use authoring::import::watsonx;
use authoring::{World, check, write};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(imported) = watsonx::import(text) {
        check("imported.json", &write::to_json(&imported.document), &World::default());
    }
});
