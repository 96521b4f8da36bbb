//! Whole exports: what is imported is sound, nothing of it is lost in silence, and no file makes the importer fail.
//! `exports/harbour.json` has an example of nearly everything the format knows, and of some things it does not.

use authoring::document::TextsDoc;
use authoring::import::watsonx::{BOOKKEEPING, import, is_bookkeeping};
use authoring::import::{ImportError, Imported, Sort};
use authoring::tree::Notation;
use authoring::{Severity, World, check_text, write};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};
use std::path::PathBuf;

const HARBOUR: &str = include_str!("exports/harbour.json");

#[test]
fn an_export_becomes_an_assistant_that_can_run() {
    let imported = import(HARBOUR).expect("it is an export");
    let mistakes = errors(&imported);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

#[test]
fn actions_and_steps_stand_in_the_order_in_which_they_lead_to_each_other() {
    let document = import(HARBOUR).expect("it is an export").document;
    let actions: Vec<&str> = document.actions.iter().map(|action| action.id.as_str()).collect();
    assert_eq!(actions, ["hire_a_bike", "who_you_are", "repairs"]);
    let mut source = harbour();
    let steps = source.pointer_mut("/workspace/actions/3/steps").and_then(Json::as_array_mut).expect("steps");
    steps.reverse();
    assert_eq!(import(&source.to_string()).expect("it is an export").document, document);
}

#[test]
fn a_broken_order_is_told_and_the_order_of_the_file_taken() {
    let mut source = harbour();
    source["workspace"]["actions"][3]["steps"][3]["next_step"] = json!("step_nowhere");
    let imported = import(&source.to_string()).expect("it is an export");
    assert_eq!(imported.document, import(HARBOUR).expect("it is an export").document);
    let told = imported.report.of(Sort::Decision).any(|note| note.what.contains("step_nowhere"));
    assert!(told, "{}", imported.report);
}

#[test]
fn titles_that_are_there_twice_are_told_apart() {
    let mut source = harbour();
    source["workspace"]["actions"][5]["title"] = json!("Hire a bike");
    let imported = import(&source.to_string()).expect("it is an export");
    let titles: Vec<_> =
        imported.document.actions.iter().map(|action| (action.id.as_str(), action.title.as_str())).collect();
    assert_eq!(titles[2], ("hire_a_bike_2", "Hire a bike (2)"));
    assert!(imported.report.of(Sort::Changed).any(|note| note.why.contains("Hire a bike (2)")));
}

#[test]
fn built_in_actions_nobody_edited_follow_our_defaults() {
    let imported = import(HARBOUR).expect("it is an export");
    assert_eq!((&imported.document.no_matches, &imported.document.trigger_words), (&None, &None));
    let fallback = imported
        .document
        .fallback
        .as_ref()
        .and_then(|fallback| fallback.steps.as_ref())
        .expect("it was edited");
    assert_eq!(fallback.len(), 4, "a step for reasons it did not know");
    assert!(imported.document.greeting.is_some());
    let untouched =
        imported.report.of(Sort::Default).filter(|note| note.why.starts_with("nobody had edited it"));
    assert_eq!(untouched.count(), 2, "{}", imported.report);
}

#[test]
fn texts_of_older_exports_are_carried_over_in_their_own_words() {
    let said = |text: &str| json!({ "generic": [{ "response_type": "text", "values": [{ "text": text }] }] });
    for (messages, request, not_understood) in [
        (
            json!({ "confirmation_request": said("Do you want to return to your previous topic"),
                    "confirmation_failure": said("Please reply back with yes or no") }),
            "Do you want to return to your previous topic",
            "Please reply back with yes or no",
        ),
        (
            json!({ "confirm_return": { "text": "Return to previous topic?" } }),
            "Return to previous topic?",
            "",
        ),
    ] {
        let mut source = harbour();
        source["workspace"]["system_settings"]["topic_switch"]["messages"] = messages;
        let topics = import(&source.to_string()).expect("it is an export").document.topics;
        assert_eq!(topics.request.as_deref(), Some(request));
        let expected =
            Some(not_understood).filter(|text| !text.is_empty()).map(str::to_owned).map(TextsDoc::One);
        assert_eq!(topics.not_understood, expected);
    }
}

#[test]
fn amounts_are_shown_without_their_unit_as_the_original_does() {
    let formats = [
        json!({}),
        json!({ "system_settings": {} }),
        json!({ "system_settings": { "variable": { "format": {} } } }),
    ];
    for mut workspace in formats {
        workspace["actions"] = json!([{ "action": "a", "title": "A", "steps": [] }]);
        let export = json!({ "workspace": workspace }).to_string();
        let Imported { document, .. } = import(&export).expect("it is an export");
        assert_eq!(document.display.currency_symbol, Some(false), "{export}");
    }
}

#[test]
fn numbers_too_large_and_texts_at_random_are_told() {
    let invalid = |policy: &str| {
        let values = json!([{ "text": "Once more?" }, { "text": "Again?" }]);
        let generic = json!([{ "response_type": "text", "values": values, "selection_policy": policy }]);
        json!({ "workspace": {
            "system_settings": { "disambiguation": { "max_suggestions": 30 }, "variable": { "format": { "number": { "fraction_digits": 40 } } } },
            "actions": [{ "action": "a", "title": "A", "steps": [{
                "step": "s", "question": { "entity": "sys-number" },
                "handlers": [{ "type": "not_found", "output": { "generic": generic }, "resolver": { "type": "prompt_again" } }],
                "resolver": { "type": "continue" }
            }] }]
        } })
    };
    for (policy, expected) in [
        ("random", TextsDoc::Several(vec!["Once more?".to_owned(), "Again?".to_owned()])),
        ("multiline", TextsDoc::One("Once more?\nAgain?".to_owned())),
    ] {
        let Imported { document, report } = import(&invalid(policy).to_string()).expect("it is an export");
        let ask = document.actions[0].steps[0].ask.as_ref().expect("it asks");
        assert_eq!(ask.invalid.as_ref(), Some(&expected));
        let told: Vec<&str> = report.of(Sort::Changed).map(|note| note.what.as_str()).collect();
        assert_eq!(
            told.contains(&"texts about an invalid answer, at random"),
            policy == "random",
            "{told:?}"
        );
        assert!(
            told.contains(&"`max_suggestions` of 30") && told.contains(&"`fraction_digits` of 40"),
            "{told:?}"
        );
    }
}

#[test]
fn a_call_that_reads_by_what_is_asked_again_is_made_again() {
    let call = |method: &str| {
        json!({ "type": "callout", "callout": { "type": "integration_interaction", "method": method, "path": "/free",
                "internal": {}, "request_mapping": { "query": [{ "parameter": "n", "value": { "variable": "step_1" } }] },
                "result_variable": "free" } })
    };
    let export = |method: &str| {
        json!({ "workspace": { "actions": [{ "action": "a", "title": "A", "steps": [
            { "step": "step_1", "variable": "step_1", "question": { "entity": "sys-number" }, "resolver": { "type": "continue" } },
            { "step": "step_2", "variable": "step_2", "resolver": call(method) },
            { "step": "step_3", "variable": "step_3", "resolver": { "type": "replay", "clear": [{ "variable": "step_1" }] } }
        ] }] } })
    };
    for (method, expected) in [("GET", vec!["step_1", "step_2"]), ("POST", vec!["step_1"])] {
        let imported = import(&export(method).to_string()).expect("it is an export");
        let then = serde_json::to_value(&imported.document.actions[0].steps[2].then).expect("it is JSON");
        assert_eq!(then, json!({ "ask_again": expected }), "{}", imported.report);
        let told = imported.report.of(Sort::Changed).any(|note| note.what == "the call of `step_2`");
        assert_eq!(told, method == "GET");
    }
}

#[test]
fn what_follows_our_defaults_or_is_left_out_is_told() {
    let mut source = harbour();
    let settings = &mut source["workspace"]["system_settings"];
    settings["auto_learn"] = json!({ "apply": true });
    settings["topic_switch"]["messages"] =
        json!({ "confirm_switch": { "text": "Switch from the current topic?" } });
    let report = import(&source.to_string()).expect("it is an export").report;
    let told = |sort: Sort, pointer: &str| {
        let found =
            report.of(sort).any(|note| note.pointer == format!("/workspace/system_settings/{pointer}"));
        assert!(found, "{pointer}\n{report}");
    };
    told(Sort::Default, "spelling_auto_correct");
    told(Sort::Changed, "auto_learn");
    told(Sort::Changed, "topic_switch/messages/confirm_switch");
    let usual =
        report.of(Sort::Default).any(|note| note.what.starts_with("the usual words about an invalid answer"));
    assert!(usual, "{report}");
    let left = report.left_out.iter().map(|left| left.place.as_str());
    let left: Vec<&str> = left.filter(|place| place.contains("/nlp/")).collect();
    assert_eq!(left, ["/workspace/system_settings/nlp/**"]);
    assert!(
        report.to_string().contains("\nLeft out: it says nothing about what visitors meet ("),
        "{report}"
    );
}

#[test]
fn answers_that_several_questions_share_are_saved() {
    let document = import(HARBOUR).expect("it is an export").document;
    assert_eq!(document.saved.keys().collect::<Vec<_>>(), ["entity_1"]);
    assert_eq!(document.words["danger_words"], ["fire", "burning"]);
}

#[test]
fn a_skill_is_found_among_others_and_without_its_envelope() {
    let ids = |source: Json| -> Vec<String> {
        let document = import(&source.to_string()).expect("it has actions").document;
        document.actions.into_iter().map(|action| action.id).collect()
    };
    let several = json!({ "assistant_skills": [{ "type": "dialog", "workspace": {} }, harbour()] });
    assert_eq!(ids(several), ids(harbour()));
    assert_eq!(ids(harbour()["workspace"].clone()), ids(harbour()));
}

#[test]
fn what_is_no_export_is_refused_with_a_word_on_what_would_be_right() {
    for (text, problem) in [
        ("{\"workspace\": {\"actions\": [}}", "this is not JSON"),
        ("{\"type\": \"dialog\", \"workspace\": {\"dialog_nodes\": []}}", "type `dialog`"),
        ("{\"type\": \"dialog\", \"workspace\": {\"actions\": []}}", "type `dialog`"),
        ("[]", "no actions"),
        ("7", "no actions"),
    ] {
        let ImportError { problem: found, remedy, .. } = import(text).expect_err(text);
        assert!(found.contains(problem) && !remedy.is_empty(), "{found}");
    }
}

#[test]
fn the_report_says_where_everything_stood() {
    let report = import(HARBOUR).expect("it is an export").report;
    let source = harbour();
    for note in &report.notes {
        assert!(source.pointer(&note.pointer).is_some(), "{note}");
        assert!(!note.what.is_empty() && !note.why.is_empty());
    }
    let telephone = report.of(Sort::Kept).find(|note| note.what.contains("dtmf")).expect("it is kept");
    assert_eq!((telephone.action.as_deref(), telephone.step.as_deref()), (Some("Repairs"), Some("step_303")));
    let text = report.to_string();
    assert!(text.contains("action_300 is repairs: Repairs") && text.contains("Needs a decision"), "{text}");
}

#[test]
fn what_is_left_out_is_listed_in_the_manual() {
    let manual = include_str!("../../docs/importing.md");
    let missing = BOOKKEEPING.iter().filter(|(place, _)| !manual.contains(&format!("`{place}`")));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
}

/// The promise, tried out: whatever is changed in a file changes what comes out, or is bookkeeping.
#[test]
fn nothing_is_dropped_in_silence() {
    assert_eq!(unheard(&harbour(), 1), Vec::<String>::new());
}

#[test]
fn nothing_of_real_exports_is_dropped_in_silence() {
    for (name, source) in samples() {
        // Every leaf of every file would take minutes; each run of the same files takes the same ones.
        assert_eq!(unheard(&source, 17), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn real_exports_become_assistants_that_can_run() {
    for (name, source) in samples() {
        let imported = import(&source.to_string()).expect("it is an export");
        let mistakes = errors(&imported);
        assert!(mistakes.is_empty(), "{name}\n{}", mistakes.join("\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_json_is_refused_or_can_run(source in any_json(), workspace in any_json()) {
        prop_assert_eq!(survives(&source), Ok(()));
        prop_assert_eq!(survives(&json!({ "workspace": workspace })), Ok(()));
    }

    #[test]
    fn no_text_makes_the_importer_panic(text in ".{0,200}") {
        drop(import(&text));
    }

    #[test]
    fn whatever_is_damaged_what_is_imported_can_run(hits in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 1..8)) {
        let mut source = harbour();
        for (index, json) in hits {
            let places = places(&source, "");
            let place = index.get(&places);
            *source.pointer_mut(place).expect("it was found there") = json;
        }
        prop_assert_eq!(survives(&source), Ok(()));
    }
}

/// What is imported is written, reads back as the same, and can run.
fn survives(source: &Json) -> Result<(), String> {
    let Ok(imported) = import(&source.to_string()) else { return Ok(()) };
    let yaml = write::to_yaml(&imported.document);
    let checked = check_text(Notation::Yaml, &yaml, &World::default());
    let errors = checked.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|mistake| format!("{mistake} ({})", mistake.path)).collect();
    match checked.document {
        Some(document) if document != imported.document => {
            Err(format!("it reads back as something else\n{document:#?}\n{:#?}", imported.document))
        }
        Some(_) if errors.is_empty() => Ok(()),
        Some(_) | None => Err(errors.join("\n")),
    }
}

/// Leaves whose value may be any other without a difference in the document or the report. `nth` looks at every such
/// leaf only.
fn unheard(source: &Json, nth: usize) -> Vec<String> {
    let before = import(&source.to_string()).expect("it is an export");
    let counts = |place: &String| is_leaf(source, place) && !is_bookkeeping(place) && !is_name(place);
    let leaves = places(source, "").into_iter().filter(counts);
    leaves.step_by(nth).filter(|place| is_unheard(source, place, &before)).collect()
}

/// Names of steps, answers, results and entities: what nothing refers to may be called anything.
fn is_name(place: &str) -> bool {
    let mut parts = place.rsplit('/');
    let (key, within) = (parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default());
    match key {
        "step" | "variable" => within == "steps",
        "entity" => within == "entities",
        "result_variable" => true,
        _ => false,
    }
}

fn is_unheard(source: &Json, place: &str, before: &Imported) -> bool {
    let mut source = source.clone();
    let leaf = source.pointer_mut(place).expect("it was found there");
    *leaf = another(leaf);
    import(&source.to_string()).is_ok_and(|after| after == *before)
}

fn another(leaf: &Json) -> Json {
    match leaf {
        Json::Bool(truth) => json!(!truth),
        Json::Number(number) => json!(number.as_f64().unwrap_or_default() + 1.0),
        Json::String(text) => json!(format!("{text}x")),
        other @ (Json::Null | Json::Array(_) | Json::Object(_)) => other.clone(),
    }
}

fn is_leaf(source: &Json, place: &str) -> bool {
    source.pointer(place).is_some_and(|json| json.is_boolean() || json.is_number() || json.is_string())
}

/// Every place of a file, as JSON pointers.
fn places(json: &Json, at: &str) -> Vec<String> {
    let mut found = vec![at.to_owned()];
    match json {
        Json::Array(items) => {
            found.extend(
                items.iter().enumerate().flat_map(|(index, item)| places(item, &format!("{at}/{index}"))),
            );
        }
        Json::Object(members) => found.extend(members.iter().flat_map(|(key, member)| {
            places(member, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")))
        })),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
    found
}

/// Mistakes that keep an imported assistant from running, and whether it reads back as the same.
fn errors(imported: &Imported) -> Vec<String> {
    let yaml = write::to_yaml(&imported.document);
    let checked = check_text(Notation::Yaml, &yaml, &World::default());
    assert_eq!(checked.document.as_ref(), Some(&imported.document));
    let errors = checked.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
    errors.map(|mistake| format!("{mistake} ({})", mistake.path)).collect()
}

fn harbour() -> Json {
    serde_json::from_str(HARBOUR).expect("it is JSON")
}

/// Exports of others, which are no part of this repository.
fn samples() -> Vec<(String, Json)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/watsonx");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: there are no exports in {}", folder.display());
        return Vec::new();
    };
    let paths = files.filter_map(|file| file.ok().map(|file| file.path()));
    let paths = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        (path.display().to_string(), serde_json::from_str(&text).expect("it is JSON"))
    };
    paths.map(read).collect()
}

/// JSON, often made of what exports are made of.
fn any_json() -> impl Strategy<Value = Json> {
    let keys: Vec<String> = words(&harbour());
    let words = keys.clone();
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i32>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "\\PC{0,20}".prop_map(Json::from),
        prop::sample::select(words).prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let key = prop_oneof![4 => prop::sample::select(keys.clone()), 1 => "\\PC{0,8}".boxed()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::vec((key, inner), 0..6)
                .prop_map(|members| Json::Object(Map::from_iter(members))),
        ]
    })
}

/// Every key and every text of a file.
fn words(json: &Json) -> Vec<String> {
    let mut words: Vec<String> = match json {
        Json::String(text) => vec![text.clone()],
        Json::Array(items) => items.iter().flat_map(words).collect(),
        Json::Object(members) => {
            members.iter().flat_map(|(key, member)| [vec![key.clone()], words(member)].concat()).collect()
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => Vec::new(),
    };
    words.sort();
    words.dedup();
    words
}
