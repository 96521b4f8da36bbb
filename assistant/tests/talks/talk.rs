//! Conversations as readable text. A line that begins with `>` is the visitor's (`> (opens)` opens the chat, `> (starts
//! x)` is the page starting an action, `> (person)` the button for a person, `> (called 200 text)` a call's answer); the
//! lines below it are what comes of it: replies, options in brackets, `!` for a call and `=>` for a hand-off with what is
//! handed over.

use assistant::{Assistant, Heard, Outcome, Reply, Session, Surroundings, Turn, Value, hear};
use protocol::Timestamp;

/// Runs the visitor's lines of a talk and compares what comes of them with the lines written below each.
pub fn check(assistant: &Assistant, talk: &str) {
    let expected: Vec<&str> = talk.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut session = Session::default();
    let mut lines = Vec::new();
    for line in expected.iter().copied().filter_map(|line| line.strip_prefix('>')) {
        lines.push(format!(">{line}"));
        lines.extend(told(&turn(assistant, &mut session, line.trim())));
    }
    let lines: Vec<&str> = lines.iter().flat_map(|line| line.lines()).map(str::trim).collect();
    assert_eq!(lines.join("\n"), expected.join("\n"));
}

/// One turn, after the session went through JSON as it does when a page is reloaded.
pub fn turn(assistant: &Assistant, session: &mut Session, line: &str) -> Turn {
    turn_by_chance(assistant, session, line, 7)
}

/// The same with another random number.
pub fn turn_by_chance(assistant: &Assistant, session: &mut Session, line: &str, chance: u64) -> Turn {
    let stored = serde_json::to_string(session).expect("a session is JSON");
    let restored: Session = serde_json::from_str(&stored).expect("a session reads back");
    assert_eq!(restored, *session, "a session is the same after a reload");
    *session = restored;
    let around = Surroundings { chance, ..Surroundings::at(Timestamp::from_millis(1_772_625_600_000)) };
    let turn = hear(assistant, session, heard(line), &around);
    for reply in &turn.replies {
        if let Reply::Say(content) = reply {
            content.check().expect("replies keep to the limits");
        }
    }
    turn.hand_off.iter().for_each(|hand_off| hand_off.check().expect("hand-offs keep to the limits"));
    turn
}

/// What a turn says and does, line by line.
pub fn told(turn: &Turn) -> Vec<String> {
    let mut lines: Vec<String> = turn.replies.iter().map(reply).collect();
    if let Some(call) = &turn.call {
        let with: Vec<String> =
            call.with.iter().map(|(name, value)| format!("{name}={}", value.plain())).collect();
        lines.push(format!("! {}.{}({})", call.extension, call.operation, with.join(", ")));
    }
    if let Some(hand_off) = &turn.hand_off {
        let queue = hand_off.queue.as_ref().map_or("the default queue", |queue| queue.as_str());
        lines.push(format!("=> {queue}, {}", hand_off.reason.code()));
        lines.extend(hand_off.action.iter().map(|action| format!("action: {action}")));
        lines.extend(hand_off.message_to_agent.iter().map(|message| format!("for the agent: {message}")));
        lines.extend(hand_off.collected.iter().map(|c| format!("{}: {}", c.label, c.value)));
    }
    lines
}

fn heard(line: &str) -> Heard {
    let inside = line.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    match inside.map(|inside| inside.split_once(' ').unwrap_or((inside, ""))) {
        Some(("opens", _)) => Heard::Opened,
        Some(("person", _)) => Heard::PersonWanted,
        Some(("starts", action)) => Heard::Started(action.to_owned()),
        Some(("called", outcome)) => {
            let (status, body) = outcome.split_once(' ').unwrap_or((outcome, ""));
            let status = status.parse().expect("a status");
            Heard::Called(Outcome { success: status == 200, status, body: Value::text(body) })
        }
        Some(_) | None => Heard::Said(line.to_owned()),
    }
}

fn reply(reply: &Reply) -> String {
    match reply {
        Reply::Say(content) => content.as_plain_text(),
        Reply::Pause { ms, .. } => format!("({ms} ms)"),
    }
}
