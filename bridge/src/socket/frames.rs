//! From a text to a frame, or to a refusal that names what is wrong with it and, where it can be found, which request
//! it was: a client that is told which request was refused does not send it again.

use crate::unreadable::{in_words, lacks_reason};
use protocol::limits::MESSAGE_BYTES_MAX;
use protocol::{Refusal, RefusalCode, RequestId, VERSION};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use std::collections::BTreeMap;

/// What a visitor may send, as the frames' tags spell it.
pub const VISITOR_FRAMES: &[&str] = &[
    "hello",
    "say",
    "request_agent",
    "stop_waiting",
    "end",
    "typing",
    "page",
    "page_event",
    "after",
    "ping",
];

/// What a console may send.
pub const AGENT_FRAMES: &[&str] =
    &["hello", "set_status", "idle", "watch", "unwatch", "act", "typing", "ping"];

/// What a customer's own program may send.
pub const PROGRAM_FRAMES: &[&str] =
    &["hello", "watch", "unwatch", "watch_all", "act", "attend", "leave", "set_status", "ping"];

/// An explanation may quote what was sent, up to here: a refusal is not an echo.
const QUOTED_CHARS_MAX: usize = 240;

/// A refusal, with the request's name if it could be found.
pub type Unread = (Option<RequestId>, Refusal);

/// Reads a frame.
pub fn read<F: DeserializeOwned>(text: &str, known: &[&str]) -> Result<F, Unread> {
    serde_json::from_str(text).map_err(|error| (request_in(text), why(text, known, &error)))
}

/// Refuses a `hello` of another version.
pub fn check_version(version: u16) -> Result<(), Refusal> {
    if version == VERSION { Ok(()) } else { Err(wrong_version(version)) }
}

/// The answer to anything that comes before `hello`.
pub fn hello_first() -> Refusal {
    Refusal::new(RefusalCode::HelloFirst, "the first frame of a connection is `hello`")
}

/// The answer to a second `hello`.
pub fn greeted_already() -> Refusal {
    Refusal::new(RefusalCode::Malformed, "`hello` was said already: open another connection to greet again")
}

/// The name of the request that an unreadable text seems to be.
pub fn request_in(text: &str) -> Option<RequestId> {
    #[derive(Deserialize)]
    struct Named {
        id: Option<RequestId>,
    }
    serde_json::from_str::<BTreeMap<String, Named>>(text).ok()?.into_values().find_map(|named| named.id)
}

fn why(text: &str, known: &[&str], error: &serde_json::Error) -> Refusal {
    let tag = tag_of(text);
    if tag.as_deref() == Some("hello")
        && let Some(version) = version_in(text).filter(|version| *version != VERSION)
    {
        return wrong_version(version);
    }
    match tag {
        Some(tag) if known.contains(&tag.as_str()) && has_too_long_text(text) => Refusal::new(
            RefusalCode::TooLarge,
            format!(
                "a message can have {MESSAGE_BYTES_MAX} bytes and this `{tag}` has more: send it in parts"
            ),
        ),
        Some(tag) if tag == "act" && known.contains(&"act") && lacks_reason(text.as_bytes()) => Refusal::new(
            RefusalCode::ReasonRequired,
            "passing on needs a reason: `act.act.transfer.reason` is one of those that are configured",
        ),
        Some(tag) if known.contains(&tag.as_str()) => {
            Refusal::new(RefusalCode::Malformed, format!("`{tag}` cannot be read: {}", quoted(error)))
        }
        Some(_) => Refusal::new(
            RefusalCode::UnknownFrame,
            format!("there is no such frame here; known are: {}", known.join(", ")),
        ),
        None => Refusal::new(RefusalCode::UnknownFrame, format!("this is not a frame: {}", quoted(error))),
    }
}

fn quoted(error: &serde_json::Error) -> String {
    let words = if error.is_data() { in_words(&error.to_string()) } else { error.to_string() };
    match words.char_indices().nth(QUOTED_CHARS_MAX) {
        Some((end, _)) => format!("{}… (line {}, column {})", &words[..end], error.line(), error.column()),
        None => words,
    }
}

/// Whether what a message says is longer than a message can be.
fn has_too_long_text(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Console {
        text: String,
    }
    #[derive(Deserialize)]
    struct Widget {
        content: BTreeMap<String, Console>,
    }
    #[derive(Deserialize)]
    struct Acting {
        act: BTreeMap<String, Console>,
    }
    let acting = serde_json::from_str::<BTreeMap<String, Acting>>(text).unwrap_or_default();
    let console = acting.into_values().flat_map(|acting| acting.act);
    let widget = serde_json::from_str::<BTreeMap<String, Widget>>(text).unwrap_or_default();
    let said = widget.into_values().flat_map(|say| say.content.into_values());
    said.chain(console.map(|(_, act)| act)).any(|said| said.text.len() > MESSAGE_BYTES_MAX)
}

/// A frame is `"tag"` or `{"tag":…}`.
fn tag_of(text: &str) -> Option<String> {
    if let Ok(tag) = serde_json::from_str::<String>(text) {
        return Some(tag);
    }
    let tagged: BTreeMap<String, IgnoredAny> = serde_json::from_str(text).ok()?;
    (tagged.len() == 1).then(|| tagged.into_keys().next()).flatten()
}

fn version_in(text: &str) -> Option<u16> {
    #[derive(Deserialize)]
    struct Hello {
        version: u16,
    }
    serde_json::from_str::<BTreeMap<String, Hello>>(text)
        .ok()?
        .into_values()
        .next()
        .map(|hello| hello.version)
}

fn wrong_version(version: u16) -> Refusal {
    Refusal::new(
        RefusalCode::WrongVersion,
        format!("this bridge speaks version {VERSION} and not {version}: reload the page to get its client"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{
        AgentFrame, AgentStatus, BrowserAuthor, Content, ConversationId, HandOff, HandOffReason, SiteId,
        Timestamp, VisitorFrame, VisitorSecret,
    };

    #[test]
    fn what_is_not_json_is_an_unknown_frame() {
        for text in ["", "hello", "{", "[]", "{}", "7", "{\"say\":{},\"end\":{}}"] {
            check::<VisitorFrame>(text, VISITOR_FRAMES, RefusalCode::UnknownFrame);
        }
    }

    #[test]
    fn an_agents_frame_is_unknown_to_a_visitor() {
        let frame = serde_json::to_string(&AgentFrame::Act {
            id: request(),
            conversation: conversation(),
            act: protocol::Act::Accept,
        })
        .unwrap();
        check::<VisitorFrame>(&frame, VISITOR_FRAMES, RefusalCode::UnknownFrame);
        check::<VisitorFrame>(
            r#"{"set_status":{"status":"online"}}"#,
            VISITOR_FRAMES,
            RefusalCode::UnknownFrame,
        );
    }

    #[test]
    fn a_visitors_frame_is_unknown_to_an_agent() {
        check::<AgentFrame>(r#"{"request_agent":{}}"#, AGENT_FRAMES, RefusalCode::UnknownFrame);
    }

    #[test]
    fn a_known_frame_with_a_bad_value_is_malformed_and_names_its_request() {
        let text = format!(
            r#"{{"say":{{"id":"{}","author":"agent","content":{{"text":{{"text":"x"}}}},"written_at":1}}}}"#,
            request()
        );
        let (id, refusal) = read::<VisitorFrame>(&text, VISITOR_FRAMES).unwrap_err();
        assert_eq!((id, refusal.code), (Some(request()), RefusalCode::Malformed));
        assert!(refusal.message.contains("`agent`"), "{refusal}");
    }

    #[test]
    fn another_version_is_named_even_when_its_hello_looks_different() {
        check::<VisitorFrame>(
            r#"{"hello":{"version":9,"who":"me"}}"#,
            VISITOR_FRAMES,
            RefusalCode::WrongVersion,
        );
    }

    #[test]
    fn nesting_without_end_is_refused_and_not_followed() {
        let deep = format!("{{\"say\":{}", "[".repeat(10_000));
        check::<VisitorFrame>(&deep, VISITOR_FRAMES, RefusalCode::UnknownFrame);
    }

    #[test]
    fn the_lists_of_known_frames_are_those_of_the_protocol() {
        let tags: Vec<String> = visitor_frames().iter().map(tag).collect();
        assert_eq!(tags, VISITOR_FRAMES);
        let tags: Vec<String> = agent_frames().iter().map(tag).collect();
        assert_eq!(tags, AGENT_FRAMES);
    }

    fn check<F: DeserializeOwned + std::fmt::Debug>(text: &str, known: &[&str], code: RefusalCode) {
        let (_, refusal) = read::<F>(text, known).expect_err("must be refused");
        assert_eq!(refusal.code, code, "{text}: {refusal}");
    }

    fn tag<F: serde::Serialize>(frame: &F) -> String {
        tag_of(&serde_json::to_string(frame).unwrap()).unwrap()
    }

    fn visitor_frames() -> Vec<VisitorFrame> {
        let hand_off = HandOff {
            queue: None,
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::Planned,
            online_message: String::new(),
            offline_message: String::new(),
            message_to_agent: None,
            action: None,
            collected: vec![],
        };
        vec![
            VisitorFrame::hello(SiteId::new("shop").unwrap(), VisitorSecret::from_bytes([0; 32]), None),
            VisitorFrame::Say {
                id: request(),
                author: BrowserAuthor::Visitor,
                content: Content::text("Hello").unwrap(),
                written_at: Timestamp::default(),
            },
            VisitorFrame::RequestAgent { id: request(), hand_off },
            VisitorFrame::StopWaiting { id: request() },
            VisitorFrame::End { id: request() },
            VisitorFrame::Typing { typing: true },
            VisitorFrame::Page { page: protocol::PageSeen::default() },
            VisitorFrame::PageEvent { name: "basket_left".to_owned(), told: BTreeMap::new() },
            VisitorFrame::After { after: 1 },
            VisitorFrame::Ping,
        ]
    }

    fn agent_frames() -> Vec<AgentFrame> {
        let (id, conversation) = (request(), conversation());
        vec![
            AgentFrame::Hello { version: VERSION },
            AgentFrame::SetStatus { status: AgentStatus::Online },
            AgentFrame::Idle { idle: true },
            AgentFrame::Watch { conversation, after: 0 },
            AgentFrame::Unwatch { conversation },
            AgentFrame::Act { id, conversation, act: protocol::Act::Accept },
            AgentFrame::Typing { conversation, typing: true },
            AgentFrame::Ping,
        ]
    }

    fn request() -> RequestId {
        RequestId::at(Timestamp::from_millis(1), [1; 10])
    }

    fn conversation() -> ConversationId {
        ConversationId::at(Timestamp::from_millis(1), [2; 10])
    }
}
