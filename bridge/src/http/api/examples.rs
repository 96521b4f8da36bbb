//! How a call looks on a command line.

use super::access::Access;
use super::endpoint::{Body, Endpoint, Once};

/// What stands for a parameter of an address in an example, and what it means.
pub fn parameter(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "site" => ("shop", "The site's name in the workspace file."),
        "workflow" => ("reassign", "The workflow's id, as in its file."),
        "template" => ("reassign-after-silence", "The template's name."),
        "run" => ("01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c91", "The run's id."),
        "number" => ("3", "The version's number."),
        "hash" => ("99b24409f0c3", "The hash that the site's card names, or a draft's."),
        "preview" => ("b3f1c2", "The name that sending the file gave."),
        "conversation" => ("01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8f", "The conversation's id."),
        "contact" => ("01932f0c-7d00-8000-8000-000000000001", "The visitor's id."),
        "revision" => ("3", "The revision's number."),
        "queue" => ("workshop", "The queue's id."),
        "agent" => ("01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c90", "The agent's id."),
        "part" => (
            "reasons",
            "A part of the setup: `agents`, `teams`, `queues`, `sites`, `calendars` or `reasons`.",
        ),
        "id" => ("other-team", "The id of one thing of that part."),
        "key" => ("01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8d", "The key's id."),
        "webhook" => ("01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8e", "The webhook's id."),
        "delivery" => {
            ("evt_01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8f_4", "The delivery's id, as in `webhook-id`.")
        }
        _ => return None,
    })
}

/// The call, for a shell.
pub fn curl(endpoint: &Endpoint) -> String {
    let mut address = endpoint.address();
    for name in endpoint.path_parameters() {
        let example = parameter(name).map_or("…", |(example, _)| example);
        address = address.replace(&format!("{{{name}}}"), example);
    }
    let mut lines = vec![match endpoint.method.as_str() {
        "GET" => format!("curl https://chat.example{address}"),
        method => format!("curl -X {method} https://chat.example{address}"),
    }];
    match endpoint.access {
        Access::AnyCaller | Access::Programs(_) | Access::Callers(_, Some(_)) => {
            lines.push("-H \"Authorization: Bearer $PASSERELLE_KEY\"".to_owned())
        }
        Access::Callers(_, None) => lines.push("-b \"passerelle_session=$SESSION\"".to_owned()),
        Access::Anyone | Access::OwnPages | Access::Visitor => {}
    }
    if endpoint.once != Once::Harmless {
        lines.push("-H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    match &endpoint.body {
        Some(Body::Json(_, example)) => {
            lines.push("-H \"Content-Type: application/json\"".to_owned());
            lines.push(format!("-d '{example}'"));
        }
        Some(Body::File(_)) => lines.push("--data-binary @shop.yaml".to_owned()),
        None => {}
    }
    lines.join(" \\\n  ")
}
