//! What becomes of each thing that comes after a step.

use super::{step, then};
use serde_json::{Value as Json, json};

#[test]
fn what_comes_after_a_step_comes_after_it_here() {
    then(json!({ "type": "continue" }), Json::Null);
    then(json!({ "type": "end_action" }), json!("end"));
    then(json!({ "type": "fallback" }), json!("fallback"));
    then(
        json!({ "type": "replay", "clear": [{ "variable": "colour" }, { "variable": "s" }] }),
        json!({ "ask_again": ["colour"] }),
    );
    let run = |kind: &str, more: Json| {
        let mut invoked = json!({ "action": "action_2", "policy": "default", "parameters": null, "result_variable": "s_result_1" });
        invoked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "type": kind, "invoke_action": invoked })
    };
    then(
        run("invoke_another_action", json!({})),
        json!({ "run": { "action": "other", "result": "s_result_1" } }),
    );
    then(
        run("invoke_another_action_and_end", json!({})),
        json!({ "run": { "action": "other", "end": true } }),
    );
    then(run("invoke_another_action_and_end", json!({ "action": "fallback" })), json!("fallback"));
    for parameters in [
        json!([{ "parameter": "inner", "value": { "variable": "wish" } }]),
        json!([{ "variable": { "variable": "inner" }, "value": { "variable": "wish" } }]),
        json!({ "inner": { "variable": "wish" } }),
        json!({ "variables": [{ "step": "inner", "value": { "variable": "wish" } }] }),
    ] {
        then(
            run("invoke_another_action", json!({ "parameters": parameters })),
            json!({ "run": { "action": "other", "with": { "inner": { "step": "wish" } }, "result": "s_result_1" } }),
        );
    }
}

#[test]
fn what_cannot_come_after_a_step_is_kept() {
    let kept = |resolver: Json, expected: Json| {
        let imported = step(json!({ "resolver": resolver }));
        assert_eq!(imported.step.get("then").cloned().unwrap_or_default(), expected, "{resolver}");
        assert!(!imported.step["kept"].as_array().unwrap().is_empty(), "{resolver}");
    };
    kept(json!({ "type": "teleport", "to": "mars" }), Json::Null);
    kept(json!({ "type": "invoke_another_action", "invoke_action": { "policy": "dynamic" } }), json!("end"));
    kept(json!({ "type": "invoke_another_action", "invoke_action": { "action": "action_99" } }), Json::Null);
    kept(
        json!({ "type": "invoke_another_action_and_end", "invoke_action": { "action": "action_99" } }),
        json!("end"),
    );
    kept(json!({ "type": "replay", "clear": [] , "why": 1 }), Json::Null);
    kept(json!({ "type": "callout", "callout": { "type": "search", "query": "x" } }), Json::Null);
    kept(
        json!({ "type": "callout", "callout": { "type": "integration_interaction", "method": "BREW", "path": "/pot" } }),
        Json::Null,
    );
}

#[test]
fn a_person_is_brought_in_as_there() {
    let connect = |more: Json| {
        let mut response = json!({
            "agent_available": { "message": "Let's send you to an available agent." },
            "agent_unavailable": { "message": "There are no agents available at this time. When one becomes available, we'll connect you." },
            "message_to_human_agent": "", "transfer_info": { "target": {} }
        });
        response.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "type": "connect_to_agent", "response": response })
    };
    then(connect(json!({})), json!("connect_to_agent"));
    then(
        connect(
            json!({ "agent_available": { "message": "Hold on." }, "message_to_human_agent": "Wants ${wish} for $5 {x}" }),
        ),
        json!({ "connect_to_agent": { "online_message": "Hold on.", "message_to_agent": "Wants {wish} for $5 {{x}}" } }),
    );
    then(
        connect(
            json!({ "transfer_info": { "target": { "service_desk": { "department": "Bikes & Boats" } } } }),
        ),
        json!({ "connect_to_agent": { "queue": "bikes-boats", "desk": { "service_desk": { "department": "Bikes & Boats" } } } }),
    );
    then(
        connect(
            json!({ "transfer_info": { "target": { "zendesk": { "department": "Sales" }, "salesforce": { "button_id": "7" } } } }),
        ),
        json!({ "connect_to_agent": { "desk": { "zendesk": { "department": "Sales" }, "salesforce": { "button_id": "7" } } } }),
    );
    let sip = json!({ "uri": "tel:+15550100", "transfer_headers": [] });
    let imported = step(
        json!({ "resolver": connect(json!({ "transfer_info": { "target": { "service_desk": { "sip": sip } } } })) }),
    );
    assert_eq!(imported.step["then"], json!("connect_to_agent"));
    assert_eq!(imported.step["kept"][0]["original"], sip);
}

#[test]
fn calls_declare_what_they_call() {
    let callout = json!({
        "type": "integration_interaction", "method": "PUT", "path": "/v1/orders/{id}.json", "result_variable": "s_result_1",
        "internal": { "catalog_item_id": "c", "spec_hash_id": "h" },
        "request_mapping": {
            "path": [{ "parameter": "id", "value": { "variable": "wish" } }],
            "query": [{ "parameter": "page", "value": { "scalar": 2 } }],
            "header": [{ "parameter": "X-Shop", "value": { "skill_variable": "city" } }],
            "body": [{ "parameter": "order.colour", "value": { "variable": "colour" } }]
        }
    });
    let imported = step(json!({ "resolver": { "type": "callout", "callout": callout } }));
    let with = json!({ "id": { "step": "wish" }, "page": 2.0, "X-Shop": { "variable": "city" }, "order.colour": { "step": "colour" } });
    let call = json!({ "extension": "extension_2", "operation": "put_v1_orders", "with": with, "result": "s_result_1" });
    assert_eq!(imported.step["then"], json!({ "call": call }));
    let parameters = json!({
        "id": { "in": "path", "required": true }, "page": { "in": "query" }, "X-Shop": { "in": "header" }, "order.colour": { "in": "body" }
    });
    let operation = json!({ "method": "PUT", "path": "/v1/orders/{id}.json", "parameters": parameters });
    assert_eq!(imported.document["extensions"]["extension_2"]["operations"]["put_v1_orders"], operation);
    assert_eq!(
        imported.document["extensions"]["extension_2"]["description"],
        json!("Catalog item c, API document h.")
    );
}

#[test]
fn visits_are_limited_as_there() {
    let handler =
        json!({ "type": "max_hits", "handler": "max_hits_handler", "resolver": { "type": "fallback" } });
    let imported = step(json!({ "max_hits": 4, "handlers": [handler] }));
    assert_eq!(imported.step["visits"], json!({ "max": 4 }));
    assert!(imported.step.get("kept").is_none());
}
