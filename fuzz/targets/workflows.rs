//! No file makes the checker of workflows panic or run for ever; a workflow without errors can be tried on a
//! conversation, and comes to the same each time. A file may hold a conversation behind a form feed.
#![no_main]

use authoring::tree::Notation;
use authoring::workflow::{Workspace, check_text, read_recording, rehearse};
use libfuzzer_sys::fuzz_target;

/// A conversation in which every trigger but webhooks has an occasion.
const CONVERSATION: &str = "\
format: 1
title: Anything
start: 2026-11-21T09:00Z
contact: { email: ada@example.com }
agents: { ada@shop.example: { teams: [support, first-line], queues: [front-desk] } }
calendars: { office: true }
answers: { lookup: [{ status: 200, body: { customers: [{ tier: gold }] }, after: 1s }, {}] }
timeline:
  - { opened: visitor }
  - { tag_added: vip }
  - { field_changed: plan, to: 1 }
  - { started: { a: 1 } }
  - { shortcut: {} }
  - { at: 1m, visitor: \"1\" }
  - { at: 1h, human: Hello }
  - { closed: agent }
";

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (file, conversation) = text.split_once('\u{c}').unwrap_or((text, CONVERSATION));
    for notation in [Notation::Json, Notation::Yaml] {
        let checked = check_text(notation, file, &Workspace::default());
        assert_eq!(checked.is_sound(), checked.workflow.is_some(), "{:?}", checked.mistakes);
        let Ok(recording) = read_recording(Notation::Yaml, conversation) else { continue };
        if let Some(workflow) = checked.workflow {
            let told = rehearse(&workflow, &recording).expect("a recording that was read can be played");
            assert_eq!(rehearse(&workflow, &recording).ok(), Some(told));
        }
    }
});
