//! The same assistant in other languages.

use super::*;

fn bilingual() -> Json {
    json!({
        "format": 1,
        "name": "Test",
        "language": "en",
        "variables": { "state": { "initial": "not known" }, "size": {} },
        "words": { "danger_words": ["fire"] },
        "actions": [{
            "id": "book",
            "title": "Book",
            "phrases": ["book a room"],
            "steps": [
                { "id": "kind", "say": "Which room?", "ask": {
                    "kind": "options", "label": "Room",
                    "options": [{ "label": "Small one", "value": "S", "synonyms": ["small"] }, "Large"]
                } },
                { "id": "sure", "say": "Sure?", "ask": { "kind": "yes_no", "yes": ["Go on", "do it"] } },
                { "id": "done", "when": { "step": "kind", "operator": "is", "value": "Small one" },
                  "set": { "state": "all set", "size": { "step": "kind" } },
                  "say": "{kind}, {size}: {state}. {= ${kind}}",
                  "then": { "connect_to_agent": { "message_to_agent": "A {kind}, please" } } }
            ]
        }],
        "translations": { "de": {
            "texts": {
                "Book": "Buchen", "Which room?": "Welches Zimmer?", "Small one": "Kleines", "Large": "Großes",
                "Sure?": "Sicher?", "Go on": "Weiter", "all set": "alles bereit", "not known": "nicht bekannt",
                "{kind}, {size}: {state}. {= ${kind}}": "{kind}/{size}/{state}"
            },
            "phrases": { "book": ["Zimmer buchen"] },
            "synonyms": { "Small one": ["klein"], "yes": ["los"] },
            "words": { "danger_words": ["Feuer"] }
        } }
    })
}

fn german() -> Definition {
    let (mut definitions, found) = compiled(&bilingual());
    assert_eq!(found, Vec::new());
    assert_eq!(definitions.iter().map(|(tag, _)| tag.as_str()).collect::<Vec<_>>(), ["en", "de"]);
    definitions.swap_remove(1).1
}

#[test]
fn everything_visitors_see_is_in_the_other_language() {
    let definition = german();
    let action = &definition.actions[4];
    assert_eq!((definition.language.as_str(), definition.display.locale.as_str()), ("de", "de"));
    assert_eq!(
        (action.title.as_str(), action.phrases.as_slice()),
        ("Buchen", &["Zimmer buchen".to_owned()][..])
    );
    assert_eq!(said(&action.steps[0]), ["Welches Zimmer?"]);
    assert_eq!(said(&definition.actions[GREETING].steps[0]), ["Willkommen! Wie kann ich Ihnen helfen?"]);
    assert_eq!(definition.texts.yes, "Ja");
    assert_eq!(definition.words[0].words, ["Feuer"]);
    let Some(Ask { kind: Kind::YesNo { yes, no }, .. }) = &action.steps[1].ask else { panic!("yes or no") };
    assert_eq!(
        (yes.as_slice(), no.as_slice()),
        (&["Weiter".to_owned(), "los".to_owned()][..], &["Nein".to_owned()][..])
    );
}

#[test]
fn values_stay_the_same_in_every_language() {
    let action = &german().actions[4];
    let Some(Ask { kind: Kind::Options { choices, .. }, .. }) = &action.steps[0].ask else {
        panic!("options")
    };
    let expected =
        Choice { value: "S".to_owned(), label: "Kleines".to_owned(), synonyms: vec!["klein".to_owned()] };
    assert_eq!(choices[0], expected);
    assert_eq!((choices[1].value.as_str(), choices[1].label.as_str()), ("Large", "Großes"));
    let Some(Condition::Test(test)) = &action.steps[2].when else { panic!("a comparison") };
    assert_eq!(test.right, text("S"));
    assert_eq!(action.steps[2].set[0].value, text("all set"));
}

#[test]
fn in_words_values_are_shown_in_the_visitors_language_and_to_agents_in_the_assistants() {
    let looked_up = |labels: &str, name: &str| {
        let label = format!("{{{labels}}}[${{{name}}}]");
        format!("{{{label} != null ? {label} : ${{{name}}}}}")
    };
    let action = &german().actions[4];
    let rooms = r#""Large": 'Großes', "S": 'Kleines'"#;
    let states = r#""all set": 'alles bereit', "not known": 'nicht bekannt'"#;
    assert_eq!(
        said(&action.steps[2]),
        [format!("{}/{}/{}", looked_up(rooms, "kind"), looked_up(rooms, "size"), looked_up(states, "state"))]
    );
    let Then::ConnectToAgent(connect) = &action.steps[2].then else { panic!("connects") };
    let message = connect.message_to_agent.as_ref().map(plain);
    assert_eq!(message, Some(format!("A {}, please", looked_up(r#""S": 'Small one'"#, "kind"))));
}

#[test]
fn what_is_not_translated_stays_and_is_listed() {
    let mut document = bilingual();
    document["translations"]["de"] = json!({});
    document["fallback"] = json!({ "phrases": ["help"] });
    let (definitions, found) = compiled(&document);
    assert_eq!(found, Vec::new());
    let action = &definitions[1].1.actions[4];
    assert_eq!((action.title.as_str(), action.phrases.as_slice()), ("Book", &["book a room".to_owned()][..]));
    let fallback = &definitions[1].1.actions[FALLBACK].phrases;
    assert!(fallback.contains(&"help".to_owned()) && fallback.contains(&"Mitarbeiter".to_owned()));

    let document: Document = serde_json::from_value(document).unwrap();
    let listed = texts(&document);
    let listed: Vec<(&str, &str)> =
        listed.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(
        listed,
        [
            ("/actions/0/title", "Book"),
            ("/actions/0/steps/0/say", "Which room?"),
            ("/actions/0/steps/0/ask/options/0/label", "Small one"),
            ("/actions/0/steps/0/ask/options/1", "Large"),
            ("/actions/0/steps/1/say", "Sure?"),
            ("/actions/0/steps/1/ask/yes/0", "Go on"),
            ("/actions/0/steps/2/say", "{kind}, {size}: {state}. {= ${kind}}"),
            ("/variables/state/initial", "not known"),
            ("/actions/0/steps/2/set/state", "all set"),
        ]
    );
}

#[test]
fn mistakes_of_a_translation_are_noted_once_and_in_the_translation() {
    let mut document = bilingual();
    let german = &mut document["translations"]["de"];
    german["texts"]["Which room?"] = json!("Welches {zimmr}?");
    german["texts"]["Sure?"] = json!("Sicher {");
    german["phrases"]["bok"] = json!([]);
    german["words"]["danger"] = json!([]);
    document["actions"][0]["steps"][0]["say"] = json!(["Which room?", "Which room?", "{oops}"]);
    let (_, found) = compiled(&document);
    let found: Vec<(&str, &str)> = found.iter().map(|found| (found.code, found.path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("unknown-name", "/actions/0/steps/0/say/2"),
            ("unknown-action", "/translations/de/phrases/bok"),
            ("unknown-list", "/translations/de/words/danger"),
            ("unknown-name", "/translations/de/texts/Which room?"),
            ("bad-text", "/translations/de/texts/Sure?"),
        ]
    );
}

#[test]
fn ready_texts_can_be_translated_where_there_are_none() {
    let mut document = bilingual();
    document["translations"] =
        json!({ "it": { "texts": { "Welcome, how can I assist you?": "Benvenuti!" } } });
    let (definitions, found) = compiled(&document);
    assert_eq!(said(&definitions[1].1.actions[GREETING].steps[0]), ["Benvenuti!"]);
    assert_eq!(found[0].path, "/translations/it");
}

#[test]
fn a_region_keeps_its_own_way_to_write_values() {
    let mut document = bilingual();
    document["display"] = json!({ "locale": "de-CH" });
    let (definitions, _) = compiled(&document);
    assert_eq!(definitions[0].1.display.locale, "en");
    assert_eq!(definitions[1].1.display.locale, "de-CH");
}
