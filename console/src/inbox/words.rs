//! Short words for spans of time and for people without names.

use protocol::{AgentStatus, Author, Notice, NoticeAbout, Summary, VisitorId};

/// How long somebody waits, as lists show it: one unit, so that its width stays the same for a while.
pub fn age(millis: u64) -> String {
    let minutes = millis / 60_000;
    match minutes {
        0 => format!("{} s", millis / 1_000),
        1..60 => format!("{minutes} min"),
        60..1_440 => format!("{} h", minutes / 60),
        1_440.. => format!("{} d", minutes / 1_440),
    }
}

/// What is left, as a clock; the last second shows as 0:01.
pub fn countdown(millis: u64) -> String {
    let seconds = millis.div_ceil(1_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A visitor without a name, by the beginning of their id.
pub fn visitor_name(visitor: VisitorId) -> String {
    let id = visitor.to_string();
    format!("Visitor {}", id.chars().take(6).collect::<String>().to_uppercase())
}

/// A status as the menu names it.
pub fn status_name(status: AgentStatus) -> &'static str {
    match status {
        AgentStatus::Online => "Online",
        AgentStatus::Busy => "Busy",
        AgentStatus::Away => "Away",
        AgentStatus::NotResponding => "Not responding",
        AgentStatus::Offline => "Offline",
    }
}

/// "1 person waits", "3 people wait".
pub fn people_wait(count: usize) -> String {
    match count {
        0 => "Nobody waits".to_owned(),
        1 => "1 person waits".to_owned(),
        _ => format!("{count} people wait"),
    }
}

/// What an agent is told in passing, with the last words of its conversation where it stands in their lists.
pub fn noticed(notice: &Notice, summary: Option<&Summary>) -> String {
    let what = match &notice.about {
        NoticeAbout::Mentioned { by } => format!("{} mentions you", author_name(by)),
        NoticeAbout::PassedOnTooOften { transfers } => {
            format!("A conversation was passed on {transfers} times")
        }
        NoticeAbout::PromiseMissed { .. } => "An answer that was promised is late".to_owned(),
    };
    match summary {
        Some(Summary { visitor, preview, .. }) => format!("{what}: {}, “{preview}”", visitor_name(*visitor)),
        None => format!("{what}."),
    }
}

fn author_name(author: &Author) -> &str {
    match author {
        Author::Agent(agent) => &agent.name,
        Author::Program { name } => name,
        Author::Workflow(_) => "A workflow",
        Author::Browser(_) | Author::Bridge => "Somebody",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_grow_through_their_units() {
        let cases =
            [(0, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (3_600_000, "1 h"), (172_800_000, "2 d")];
        for (millis, words) in cases {
            assert_eq!(age(millis), words);
        }
    }

    #[test]
    fn a_countdown_reaches_zero_only_at_the_end() {
        assert_eq!(countdown(61_000), "1:01");
        assert_eq!(countdown(1), "0:01");
        assert_eq!(countdown(0), "0:00");
    }

    #[test]
    fn a_visitor_is_named_by_the_beginning_of_the_id() {
        assert_eq!(visitor_name(VisitorId::of_digest([0xab; 32])), "Visitor ABABAB");
    }
}
