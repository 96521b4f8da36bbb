//! What is sent: an event in an envelope, the same bytes at every attempt. The event is passed on as it is stored.

use crate::store::{DeliveryKey, DeliveryRow};
use protocol::{ConversationId, WorkspaceId};
use serde_json::json;

/// How the ids of messages begin.
const PREFIX: &str = "evt_";

/// The kinds of events, as an event's tag spells them.
pub const KINDS: &[&str] = &[
    "opened",
    "said",
    "commented",
    "agent_requested",
    "queued",
    "step_reached",
    "offered",
    "offer_ended",
    "overflowed",
    "parked",
    "assigned",
    "unassigned",
    "transfer_offered",
    "transfer_ended",
    "transferred",
    "joined",
    "parted",
    "snoozed",
    "woken",
    "closed",
    "wrapped_up",
    "reopened",
    "returned_to_assistant",
    "marked_spam",
    "unmarked_spam",
    "tagged",
    "field_set",
    "dedicated",
    "priority_set",
    "promise_missed",
    "reminded",
    "passed_on_too_often",
    "unanswered_too_often",
    "went_quiet",
    "workflow_started",
    "workflow_ended",
];

/// A message's id: the event's own, so that receivers know a repeat, also one of another webhook.
pub fn message_id(key: &DeliveryKey) -> String {
    format!("{PREFIX}{}_{}", key.conversation, key.number)
}

/// Which event an id names.
pub fn event_of(id: &str) -> Option<(ConversationId, u64)> {
    let (conversation, number) = id.strip_prefix(PREFIX)?.split_once('_')?;
    Some((conversation.parse().ok()?, number.parse().ok()?))
}

/// The body, as JSON; `None` when the event is no longer kept.
pub fn body(workspace: &WorkspaceId, delivery: &DeliveryRow) -> Option<String> {
    let event = delivery.event.as_ref()?;
    let (id, key) = (json!(message_id(&delivery.key)), &delivery.key);
    let (kind, at) = (json!(delivery.kind), delivery.at.millis());
    let (workspace, conversation) = (json!(workspace), json!(key.conversation));
    Some(format!(
        "{{\"id\":{id},\"kind\":{kind},\"at\":{at},\"workspace\":{workspace},\"conversation\":{conversation},\
         \"number\":{},\"event\":{event}}}",
        key.number
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DeliveryState;
    use protocol::Timestamp;
    use serde_json::Value;
    use std::collections::BTreeSet;
    use std::path::Path;
    use uuid::Uuid;

    #[test]
    fn the_envelope_is_json_and_its_id_leads_back_to_the_event() {
        let key =
            DeliveryKey { webhook: Uuid::nil(), conversation: ConversationId(Uuid::from_u128(7)), number: 3 };
        let delivery = DeliveryRow {
            key,
            event_seq: 9,
            kind: "said".to_owned(),
            at: Timestamp::from_millis(5),
            state: DeliveryState::Waiting,
            attempts: 0,
            due_at: None,
            ended_at: None,
            event: Some(r#"{"said":{"text":"é"}}"#.to_owned()),
        };
        let workspace = WorkspaceId::new("main").unwrap();
        let body: Value = serde_json::from_str(&body(&workspace, &delivery).unwrap()).unwrap();
        assert_eq!(
            body,
            json!({
                "id": "evt_00000000-0000-0000-0000-000000000007_3", "kind": "said", "at": 5, "workspace": "main",
                "conversation": key.conversation, "number": 3, "event": { "said": { "text": "é" } },
            })
        );
        assert_eq!(event_of(body["id"].as_str().unwrap()), Some((key.conversation, 3)));
        assert_eq!(event_of("evt_7_3"), None);
    }

    #[test]
    fn every_kind_of_event_is_known() {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/samples");
        let read = |path| serde_json::from_slice::<Value>(&std::fs::read(path).unwrap()).unwrap();
        let files = samples.read_dir().unwrap().map(|entry| entry.unwrap().path());
        let is_event =
            |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("event.");
        let tag = |event: Value| {
            let tagged = event["happening"].as_object().and_then(|tagged| tagged.keys().next());
            tagged.map(String::as_str).or(event["happening"].as_str()).unwrap().to_owned()
        };
        let known: BTreeSet<String> = files.filter(is_event).map(|path| tag(read(path))).collect();
        assert_eq!(known, KINDS.iter().map(|kind| (*kind).to_owned()).collect());
    }
}
