//! What holds for any file: it is read without a panic, means the same however it is written, and fits the schema
//! exactly when nothing is said of its form.

mod documents;
mod form;

use super::document::WorkflowDoc;
use super::rehearse::{Recording, read_recording, rehearse};
use super::{Workspace, check_all, check_text};
use crate::tree::{Notation, read};
use crate::write;
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("../../../tests/workflow.yaml");
const RECORDING: &str = include_str!("../../../tests/recording.yaml");

#[test]
fn everything_there_is_is_in_order() {
    let checked = check_text(Notation::Yaml, EVERYTHING, &Workspace::default());
    assert_eq!(checked.mistakes, []);
    assert_eq!(
        read_recording(Notation::Yaml, RECORDING).map(|recording| recording.title).as_deref(),
        Ok("Everything")
    );
}

#[test]
fn a_document_reads_back_as_the_same() {
    let document = check_text(Notation::Yaml, EVERYTHING, &Workspace::default()).document.unwrap();
    let recording = read_recording(Notation::Yaml, RECORDING).unwrap();
    for (notation, write) in
        [(Notation::Json, write::to_json as fn(&WorkflowDoc) -> String), (Notation::Yaml, write::to_yaml)]
    {
        let again = check_text(notation, &write(&document), &Workspace::default());
        assert_eq!(again.document.as_ref(), Some(&document));
    }
    assert_eq!(read_recording(Notation::Yaml, &write::to_yaml(&recording)), Ok(recording));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a program makes of the types, it reads back, and never panics on the way.
    #[test]
    fn any_document_reads_back_as_the_same(document in documents::workflow()) {
        for (notation, text) in [
            (Notation::Json, write::to_json(&document)),
            (Notation::Yaml, write::to_yaml(&document)),
        ] {
            let json = read(notation, &text).unwrap().to_json();
            let again: WorkflowDoc = serde_json::from_value(json).unwrap();
            prop_assert_eq!(&again, &document, "{}", text);
            let checked = check_text(notation, &text, &Workspace::default());
            prop_assert_eq!(checked.is_sound(), checked.workflow.is_some());
            if let Some(document_again) = checked.document {
                prop_assert_eq!(&document_again, &document, "{}", text);
            }
        }
    }

    /// A workflow that can run does so on a conversation, and comes to rest.
    #[test]
    fn what_is_sound_can_be_rehearsed(document in documents::workflow()) {
        let checked = check_text(Notation::Json, &write::to_json(&document), &Workspace::default());
        // Too many that are not sound would fail this test.
        prop_assume!(checked.workflow.is_some());
        let workflow = checked.workflow.unwrap();
        let recording: Recording = read_recording(Notation::Yaml, documents::CONVERSATION).unwrap();
        let rehearsal = rehearse(&workflow, &recording).unwrap();
        let again = rehearse(&workflow, &recording).unwrap();
        prop_assert_eq!(rehearsal, again);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,300}", other in any::<String>()) {
        for notation in [Notation::Json, Notation::Yaml] {
            check_all(&[(notation, text.as_str()), (notation, other.as_str())], &Workspace::default());
            let _ = read_recording(notation, &text);
        }
    }

    /// Lines of a good file in another order, some of them gone.
    #[test]
    fn no_damage_makes_the_reader_panic(lines in proptest::collection::vec(0..400_usize, 0..80)) {
        for file in [EVERYTHING, RECORDING] {
            let all: Vec<&str> = file.lines().collect();
            let mut kept = all.clone();
            for line in &lines {
                let at = line % kept.len().max(1);
                if line % 3 > 0 {
                    kept[at] = all[line % all.len()];
                } else if kept.len() > 1 {
                    kept.remove(at);
                }
            }
            let text = kept.join("\n");
            check_text(Notation::Yaml, &text, &Workspace::default());
            let _ = read_recording(Notation::Yaml, &text);
        }
    }
}
