//! What each question becomes.

use super::{asks, step, steps};
use serde_json::{Value as Json, json};

#[test]
fn questions_are_asked_as_there() {
    let kind = |entity: &str, kind: &str| {
        asks(json!({ "question": { "entity": entity, "max_tries": 3 } }), json!({ "kind": kind }))
    };
    kind("sys-number", "number");
    kind("sys-currency", "currency");
    kind("sys-percentage", "percent");
    kind("sys-date", "date");
    kind("sys-time", "time");
    kind("sys-yes-no", "yes_no");
    asks(json!({ "question": { "free_text": true } }), json!({ "kind": "text" }));
    asks(
        json!({ "question": { "entity": "sys-number", "max_tries": 5, "response_collection_behavior": "always_ask" } }),
        json!({ "kind": "number", "attempts": 5, "collect": "always" }),
    );
    asks(
        json!({ "question": { "entity": "sys-date", "response_collection_behavior": "never_ask" } }),
        json!({ "kind": "date", "collect": "never" }),
    );
    asks(
        json!({ "question": { "entity": "sys-date", "only_populate_when_prompted": true } }),
        json!({ "kind": "date", "collect": "always" }),
    );
    asks(
        json!({ "question": { "entity": "sys-yes-no", "response_collection_behavior": "optionally_ask" } }),
        json!({ "kind": "yes_no", "collect": "skip_if_mentioned" }),
    );
    asks(
        json!({ "question": { "free_text": true, "allow_topic_switch": true } }),
        json!({ "kind": "text", "topic": "before_answer" }),
    );
    asks(
        json!({ "question": { "entity": "sys-number", "allow_topic_switch": false } }),
        json!({ "kind": "number", "topic": "never" }),
    );
}

#[test]
fn options_are_listed_as_in_the_output_and_understood_as_in_the_entity() {
    let option = |label: &str, text: &str| json!({ "label": label, "value": { "input": { "text": text } } });
    let generic = json!([{ "response_type": "option", "preference": "dropdown", "options": [option("Deep blue", "Blue"), option("Red", "Red")] }]);
    asks(
        json!({ "question": { "entity": "entity_1" }, "output": { "generic": generic } }),
        json!({ "kind": "options", "show": "list", "options": [{ "label": "Deep blue", "value": "Blue", "synonyms": ["Blue"] }, { "label": "Red", "synonyms": ["crimson"] }] }),
    );
    asks(
        json!({ "question": { "entity": "entity_1" } }),
        json!({ "kind": "options", "show": "hidden", "options": [{ "label": "Red", "synonyms": ["crimson"] }, "Blue"] }),
    );
    asks(
        json!({ "question": { "entity": "entity_2" } }),
        json!({ "kind": "pattern", "patterns": { "e_mail": ["[a-z]+@[a-z]+"], "phone": ["^[0-9]+$"] } }),
    );
}

#[test]
fn choices_from_a_list_are_made_of_its_elements() {
    let question = json!({
        "source_variable": { "variable": "call_result", "variable_path": "body.items" },
        "option_list": { "templates": { "label": { "expression": "${item.name}" }, "value": { "expression": "${item}.id" } } }
    });
    let other = json!({ "response_type": "option", "options": [{ "label": "None", "value": { "input": { "text": "None" } } }] });
    let generic = json!([{ "response_type": "response_from_variable" }, other]);
    asks(
        json!({ "question": question, "output": { "generic": generic } }),
        json!({ "kind": "options", "from": { "expression": "${call_result.body.items}" }, "item_label": "${item.name}",
                "item_value": "${item}.id", "otherwise": "None" }),
    );
}

#[test]
fn an_answer_that_is_looked_into_holds_the_element() {
    let question = json!({
        "source_variable": { "skill_variable": "list" },
        "option_list": { "templates": { "value": { "expression": "${item.id}" } } }
    });
    let concat = json!([{ "variable": "pick", "variable_path": "item.price" }, { "scalar": " " }, { "variable": "pick" }]);
    let imported = steps(vec![
        json!({ "step": "pick", "question": question }),
        json!({ "step": "tell", "output": { "generic": [{ "response_type": "text", "values": [{ "text_expression": { "concat": concat } }] }] } }),
    ]);
    let ours = imported.document["actions"][0]["steps"].as_array().unwrap();
    let [pick, tell] = &ours[ours.len() - 2..] else { panic!("two steps") };
    assert_eq!(pick["ask"], json!({ "kind": "options", "from": { "variable": "list" } }));
    assert_eq!(tell["say"], json!("{pick.price} {pick.id}"));
}

#[test]
fn invalid_answers_are_told_as_there() {
    let text = |text: &str| json!({ "response_type": "text", "selection_policy": "incremental", "values": [{ "text": text }] });
    let handler = |kind: &str, texts: Vec<Json>| json!({ "type": kind, "output": { "generic": texts }, "resolver": { "type": "prompt_again" } });
    let end = |resolver: &str| json!({ "type": "not_found_max_tries", "resolver": { "type": resolver } });
    let number = json!({ "entity": "sys-number" });
    let usual = handler("not_found", vec![text("I didn't catch that. Enter a number.")]);
    asks(json!({ "question": number, "handlers": [usual, end("fallback")] }), json!({ "kind": "number" }));
    asks(
        json!({ "question": number, "handlers": [handler("not_found", vec![text("Once?"), text("Twice?")]), end("end_action")] }),
        json!({ "kind": "number", "invalid": ["Once?", "Twice?"], "exhausted": "end" }),
    );
    let mut range = handler("input_validation", vec![text("Too many.")]);
    range["input_constraints"] = json!([{ "name": "minimum", "value": { "scalar": 1 } }, { "name": "maximum", "value": { "skill_variable": "budget" } }]);
    asks(
        json!({ "question": number, "handlers": [range, end("continue")] }),
        json!({ "kind": "number", "min": 1.0, "max": { "variable": "budget" }, "out_of_range": "Too many.", "exhausted": "continue" }),
    );
    let kept = step(
        json!({ "question": number, "handlers": [{ "type": "user_defined", "output": { "generic": [text("x")] } }] }),
    );
    assert_eq!(kept.step["kept"][0]["original"]["type"], json!("user_defined"));
}

#[test]
fn dates_and_times_have_their_limits() {
    let asked = |entity: &str, constraints: Json, expected: Json| {
        let handler = json!({ "type": "input_validation", "resolver": { "type": "prompt_again" }, "input_constraints": constraints });
        asks(json!({ "question": { "entity": entity }, "handlers": [handler] }), expected);
    };
    let days = json!([{ "scalar": 1 }, { "scalar": 6 }, { "scalar": 0 }]);
    asked(
        "sys-date",
        json!([{ "name": "day_of_the_week", "value": { "collection": days } }]),
        json!({ "kind": "date", "weekdays": ["monday", "saturday", "sunday"] }),
    );
    asked(
        "sys-date",
        json!([{ "name": "minimum", "value": { "system_variable": "current_date" } }, { "name": "before", "value": { "scalar": "2027-01-01" } }]),
        json!({ "kind": "date", "earliest": { "variable": "current_date" }, "latest": { "to": "2027-01-01", "add": { "days": -1 } } }),
    );
    asked(
        "sys-time",
        json!([{ "name": "start", "value": { "time": "09:00" } }, { "name": "end", "value": { "scalar": "17:00" } }]),
        json!({ "kind": "time", "earliest": "09:00", "latest": "17:00" }),
    );
}
