//! What each condition becomes.

use super::super::{Sort, defaults};
use super::{step, when};
use serde_json::{Value as Json, json};

#[test]
fn every_comparison_has_its_counterpart() {
    let test =
        |operator: &str, value: Json| json!({ "step": "colour", "operator": operator, "value": value });
    let red = json!({ "value": "Red", "from_entity": "entity_1" });
    let colour = json!({ "variable": "colour" });
    for (theirs, ours) in [
        ("eq", "is"),
        ("neq", "is_not"),
        ("lt", "<"),
        ("lte", "<="),
        ("gt", ">"),
        ("gte", ">="),
        ("contains", "contains"),
        ("matches", "matches"),
    ] {
        when(json!({ theirs: [colour, { "scalar": "x" }] }), test(ours, json!("x")));
    }
    when(json!({ "eq": [colour, red] }), test("is", json!("Red")));
    when(json!({ "not": { "eq": [colour, red] } }), test("is_not", json!("Red")));
    when(json!({ "not": { "contains": [colour, { "scalar": "x" }] } }), test("does_not_contain", json!("x")));
    when(json!({ "exists": colour }), json!({ "step": "colour", "operator": "is_defined" }));
    when(json!({ "not": { "exists": colour } }), json!({ "step": "colour", "operator": "is_not_defined" }));
}

#[test]
fn any_of_and_none_of_are_comparisons_with_a_collection() {
    let list = json!({ "collection": [{ "scalar": "Red" }, { "value": "Blue", "from_entity": "entity_1" }] });
    let colour = json!({ "variable": "colour" });
    let expected =
        |operator: &str| json!({ "step": "colour", "operator": operator, "value": ["Red", "Blue"] });
    when(json!({ "eq": [colour, list] }), expected("is_any_of"));
    when(json!({ "neq": [colour, list] }), expected("is_none_of"));
    when(json!({ "not": { "eq": [colour, list] } }), expected("is_none_of"));
    when(json!({ "contains": [list, colour] }), expected("is_any_of"));
    when(json!({ "in": [colour, list] }), expected("is_any_of"));
}

#[test]
fn groups_of_one_condition_are_that_condition() {
    let exists = |name: &str| json!({ "exists": { "skill_variable": name } });
    let ours = |name: &str| json!({ "variable": name, "operator": "is_defined" });
    when(json!({ "or": [{ "and": [exists("budget")] }] }), ours("budget"));
    when(
        json!({ "or": [{ "and": [exists("budget"), exists("city")] }, { "and": [exists("city")] }] }),
        json!({ "any": [{ "all": [ours("budget"), ours("city")] }, ours("city")] }),
    );
    when(
        json!({ "not": { "and": [exists("budget"), exists("city")] } }),
        json!({ "not": { "all": [ours("budget"), ours("city")] } }),
    );
}

#[test]
fn yes_and_no_are_no_texts_here() {
    let sure = json!({ "variable": "sure" });
    when(
        json!({ "eq": [sure, { "scalar": "yes" }] }),
        json!({ "step": "sure", "operator": "is", "value": true }),
    );
    when(
        json!({ "neq": [sure, { "scalar": "No" }] }),
        json!({ "step": "sure", "operator": "is_not", "value": false }),
    );
    when(
        json!({ "eq": [{ "skill_variable": "agreed" }, { "scalar": "yes" }] }),
        json!({ "variable": "agreed", "operator": "is", "value": true }),
    );
    when(
        json!({ "eq": [{ "skill_variable": "city" }, { "scalar": "yes" }] }),
        json!({ "variable": "city", "operator": "is", "value": "yes" }),
    );
}

#[test]
fn reasons_for_the_fallback_are_codes() {
    for (text, code) in defaults::REASONS {
        when(
            json!({ "eq": [{ "system_variable": "fallback_reason" }, { "scalar": text }] }),
            json!({ "variable": "fallback_reason", "operator": "is", "value": code }),
        );
    }
    when(
        json!({ "expression": "${system_fallback_reason} == \"Agent requested\"" }),
        json!({ "expression": "${fallback_reason} == \"agent_requested\"" }),
    );
}

#[test]
fn dates_are_compared_with_weekdays_and_with_sums() {
    let day = json!({ "variable": "day" });
    when(
        json!({ "gt": [day, { "add": [{ "system_variable": "current_date" }, { "duration": { "days": 3, "months": 1 } }] }] }),
        json!({ "step": "day", "operator": ">", "value": { "to": { "variable": "current_date" }, "add": { "months": 1, "days": 3 } } }),
    );
    when(
        json!({ "lt": [day, { "subtract": [{ "scalar": "2026-05-01" }, { "duration": { "weeks": 2 } }] }] }),
        json!({ "step": "day", "operator": "<", "value": { "to": "2026-05-01", "add": { "weeks": -2 } } }),
    );
    for weekday in [
        json!({ "day_of_the_week": 1 }),
        json!({ "day_of_the_week": { "scalar": "Monday" } }),
        json!({ "weekday": "1" }),
    ] {
        when(json!({ "eq": [day, weekday] }), json!({ "step": "day", "operator": "is", "value": "monday" }));
    }
    when(
        json!({ "gte": [{ "variable": "hour" }, { "time": "17:30" }] }),
        json!({ "step": "hour", "operator": ">=", "value": "17:30" }),
    );
}

#[test]
fn a_comparison_with_null_asks_whether_there_is_a_value() {
    let wish = json!({ "variable": "wish" });
    when(
        json!({ "eq": [wish, { "scalar": null }] }),
        json!({ "step": "wish", "operator": "is_not_defined" }),
    );
    when(
        json!({ "neq": [wish, { "expression": "null" }] }),
        json!({ "step": "wish", "operator": "is_defined" }),
    );
}

#[test]
fn case_counts_only_where_a_regular_expression_says_so() {
    let left = json!({ "variable": "wish", "options": { "ignore_case": true } });
    let scalar = |ignore: bool| json!({ "scalar": "now|soon", "options": { "ignore_case": ignore } });
    let test = |operator: &str, value: &str| json!({ "step": "wish", "operator": operator, "value": value });
    when(json!({ "matches": [{ "variable": "wish" }, scalar(true)] }), test("matches", "(?i)now|soon"));
    when(json!({ "matches": [{ "variable": "wish" }, scalar(false)] }), test("matches", "now|soon"));
    when(json!({ "contains": [left, { "scalar": "soon" }] }), test("contains", "soon"));
    let notes = when(json!({ "eq": [{ "variable": "wish" }, scalar(false)] }), test("is", "now|soon"));
    assert_eq!(notes[0].sort, Sort::Changed);
}

#[test]
fn the_name_of_a_pattern_is_compared_by_matching_it() {
    when(
        json!({ "eq": [{ "variable": "contact" }, { "value": "Phone", "from_entity": "entity_2" }] }),
        json!({ "step": "contact", "operator": "matches", "value": "^[0-9]+$" }),
    );
}

#[test]
fn entities_in_what_is_said_are_lists_of_words() {
    let imported = step(json!({ "condition": { "entity": "entity_1" } }));
    assert_eq!(imported.step["when"], json!({ "said": "entity_1" }));
    assert_eq!(imported.document["words"]["entity_1"], json!(["Red", "crimson", "Blue"]));
}

#[test]
fn a_condition_nobody_knows_is_kept_and_never_true() {
    let unknown = json!({ "sounds_like": [{ "variable": "wish" }, { "scalar": "x" }] });
    let imported = step(json!({ "condition": { "and": [{ "exists": { "variable": "wish" } }, unknown] } }));
    assert_eq!(imported.step["when"], json!({ "expression": "false" }));
    assert_eq!(imported.step["kept"][0]["original"]["and"][1], unknown);
}

#[test]
fn what_the_page_tells_is_found_under_visitor() {
    when(
        json!({ "expression": "${system_integrations.chat.browser_info.page_url}.contains('shop')" }),
        json!({ "expression": "${visitor.page_url}.contains('shop')" }),
    );
    let told = json!({ "expression": "${system_integrations.chat.browser_info.client_ip_address}" });
    let imported = step(json!({ "context": { "variables": [{ "skill_variable": "city", "value": told }] } }));
    assert_eq!(imported.step["kept"].as_array().map(Vec::len), Some(1));
    assert!(imported.step.get("set").is_none());
}
