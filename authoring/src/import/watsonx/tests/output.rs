//! What each assignment and each response becomes.

use super::{says, step, steps};
use serde_json::{Value as Json, json};

#[test]
fn assignments_keep_their_order_even_where_it_takes_several_steps() {
    let set = |name: &str, expression: &str| json!({ "skill_variable": name, "value": { "expression": expression } });
    let bare = json!({ "value": { "expression": "${list}.add(1)" } });
    let context = json!({ "variables": [set("budget", "1"), set("city", "${wish}"), bare, set("budget", "${budget} + 1")] });
    let imported = steps(vec![
        json!({ "step": "s", "condition": { "exists": { "variable": "wish" } }, "context": context }),
    ]);
    let ours = imported.document["actions"][0]["steps"].as_array().unwrap();
    let [before, own] = &ours[ours.len() - 2..] else { panic!("two steps") };
    assert_eq!(before["set"], json!({ "budget": { "expression": "1" }, "city": { "step": "wish" } }));
    assert_eq!(before["evaluate"], json!(["${list}.add(1)"]));
    assert_eq!(before["when"], own["when"]);
    assert_eq!((&before["id"], &own["id"]), (&json!("s_before"), &json!("s")));
    assert_eq!(own["set"], json!({ "budget": { "expression": "${budget} + 1" } }));
}

#[test]
fn an_assignment_inside_an_expression_is_kept() {
    let imported = step(
        json!({ "context": { "variables": [{ "skill_variable": "list", "value": { "expression": "${list}.n=3" } }] } }),
    );
    assert_eq!(imported.step["kept"][0]["original"]["value"]["expression"], json!("${list}.n=3"));
}

#[test]
fn wordings_are_chosen_as_there() {
    let text = |policy: &str, more: Json| {
        let mut text = json!({ "response_type": "text", "selection_policy": policy, "values": [{ "text": "A" }, { "text": "B" }] });
        text.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([text])
    };
    says(text("sequential", json!({})), json!({ "in_turn": ["A", "B"] }));
    says(text("incremental", json!({})), json!({ "in_turn": ["A", "B"] }));
    says(text("random", json!({})), json!({ "random": ["A", "B"] }));
    says(text("multiline", json!({})), json!({ "all": ["A", "B"] }));
    says(text("multiline", json!({ "delimiter": "\n" })), json!({ "all": ["A", "B"] }));
    says(text("multiline", json!({ "delimiter": ", " })), json!("A, B"));
    says(json!([{ "response_type": "text", "values": [{ "text": "" }] }]), Json::Null);
}

#[test]
fn values_are_inserted_and_braces_are_braces() {
    let concat = json!([
        { "scalar": "{x} " }, { "variable": "wish" }, { "scalar": ", " }, { "skill_variable": "city" }, { "scalar": ", " },
        { "variable": "call_result", "variable_path": "body.items[0].id" }, { "scalar": ", " }, { "system_variable": "digressed_from" }
    ]);
    let generic =
        json!([{ "response_type": "text", "values": [{ "text_expression": { "concat": concat } }] }]);
    says(generic, json!("{{x}} {wish}, {city}, {= ${call_result}.body.items[0].id }, {digressed_from}"));
    says(
        json!([{ "response_type": "text", "values": [{ "text": "$city costs $5 or ${budget}, $nobody; <? $wish ?>" }] }]),
        json!("{city} costs $5 or {budget}, $nobody; {wish}"),
    );
    let default = json!({ "skill_variable": "city", "default_value": { "scalar": "town" } });
    let generic =
        json!([{ "response_type": "text", "values": [{ "text_expression": { "concat": [default] } }] }]);
    says(generic, json!("{= ${city} == null ? \"town\" : ${city} }"));
}

#[test]
fn what_is_shown_is_shown_here() {
    says(
        json!([{ "response_type": "pause", "time": 90_000, "typing": true }]),
        json!({ "pause": { "ms": 60_000, "typing": true } }),
    );
    says(
        json!([{ "response_type": "image", "source": "https://example.org/a.png", "title": "A", "description": "B", "alt_text": "C" }]),
        json!({ "image": { "source": "https://example.org/a.png", "title": "A", "description": "B", "alt": "C" } }),
    );
    says(
        json!([{ "response_type": "iframe", "source": "https://example.org/map" }]),
        json!({ "iframe": { "source": "https://example.org/map" } }),
    );
    says(
        json!([{ "response_type": "user_defined", "user_defined": { "kind": "map", "at": "$city {here}" } }]),
        json!({ "user_defined": { "kind": "map", "at": "{city} {{here}}" } }),
    );
    says(
        json!([{ "response_type": "card", "body": [{ "response_type": "text", "text": "T" }],
                 "footer": [{ "response_type": "button", "button_type": "url", "kind": "link", "label": "Go", "url": "https://example.org" }] }]),
        json!({ "card": { "body": ["T"], "buttons": [{ "label": "Go", "look": "link", "open": "https://example.org" }] } }),
    );
    says(
        json!([{ "response_type": "table", "headers": ["a", "b"], "rows": [{ "cells": ["1", "2"] }] }]),
        json!({ "table": { "headers": ["a", "b"], "rows": [["1", "2"]] } }),
    );
    says(json!([{ "response_type": "date" }]), json!({ "date_picker": true }));
    says(
        json!([{ "response_type": "option", "title": "Pick", "options": [{ "label": "One", "value": { "input": { "text": "1" } } }] }]),
        json!(["Pick", { "button": { "label": "One", "say": "1" } }]),
    );
}

#[test]
fn what_is_for_the_telephone_or_other_channels_is_kept() {
    for response in [
        json!({ "response_type": "dtmf", "command_info": { "type": "collect" } }),
        json!({ "response_type": "end_session" }),
        json!({ "response_type": "text", "values": [{ "text": "x" }], "channels": [{ "channel": "voice_telephony" }] }),
        json!({ "response_type": "user_defined", "user_defined": { "vgwAction": { "command": "vgwActHangup" } } }),
        json!({ "response_type": "hologram", "source": "https://example.org" }),
        json!({ "response_type": "image", "source": "http://example.org/insecure.png" }),
    ] {
        let imported = step(json!({ "output": { "generic": [response] } }));
        assert!(imported.step.get("say").is_none(), "{response}");
        assert_eq!(imported.step["kept"][0]["original"], response);
    }
    let text = json!({ "response_type": "text", "values": [{ "text": "x" }], "channels": [{ "channel": "chat" }, { "channel": "slack" }] });
    says(json!([text]), json!("x"));
}
