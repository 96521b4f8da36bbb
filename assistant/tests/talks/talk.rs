//! Conversations as readable text. A line that begins with `>` is the visitor's (`> (opens)` opens the chat); the lines
//! below it are what comes of it: replies, options in brackets, and `=>` for a hand-off with what is handed over.

use assistant::{Assistant, Heard, Session, Turn, hear, read};

/// Runs the visitor's lines of a talk and compares what comes of them with the lines written below each.
pub fn check(assistant: &Assistant, talk: &str) {
    let expected: Vec<&str> = talk.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut session = Session::default();
    let mut lines = Vec::new();
    for line in expected.iter().copied().filter_map(|line| line.strip_prefix('>')) {
        lines.push(format!(">{line}"));
        lines.extend(told(&turn(assistant, &mut session, line.trim())));
    }
    assert_eq!(lines.join("\n"), expected.join("\n"));
}

/// One turn, after the session went through JSON as it does when a page is reloaded.
pub fn turn(assistant: &Assistant, session: &mut Session, line: &str) -> Turn {
    let heard = match line {
        "(opens)" => Heard::Opened,
        said => Heard::Said(said.to_owned()),
    };
    let stored = serde_json::to_string(session).expect("a session is JSON");
    *session = serde_json::from_str(&stored).expect("a session reads back");
    let turn = hear(assistant, session, heard, 7);
    turn.replies.iter().for_each(|reply| reply.check().expect("replies keep to the limits"));
    turn.hand_off.iter().for_each(|hand_off| hand_off.check().expect("hand-offs keep to the limits"));
    assert!(!turn.trace.verdict.is_empty(), "every turn is explained");
    turn
}

/// Reads a definition that must be in order.
pub fn assistant(json: &str) -> Assistant {
    read(json).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn told(turn: &Turn) -> Vec<String> {
    let mut lines: Vec<String> = turn.replies.iter().map(|reply| reply.as_plain_text()).collect();
    if let Some(hand_off) = &turn.hand_off {
        let queue = hand_off.queue.as_ref().map_or("the default queue", |queue| queue.as_str());
        let reason = serde_json::to_string(&hand_off.reason).expect("a reason is JSON");
        lines.push(format!("=> {queue}, {}", reason.trim_matches('"')));
        lines.extend(hand_off.action.iter().map(|action| format!("action: {action}")));
        lines.extend(hand_off.message_to_agent.iter().map(|message| format!("for the agent: {message}")));
        lines.extend(hand_off.collected.iter().map(|c| format!("{}: {}", c.label, c.value)));
    }
    lines
}
