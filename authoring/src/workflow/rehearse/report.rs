//! What a dry run tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What happened when a workflow was tried on a recorded conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rehearsal {
    /// The recording's title.
    pub title: String,
    /// Everything that happened, in order.
    pub lines: Vec<Line>,
    /// The runs, in the order they began.
    pub runs: Vec<RunReport>,
    /// Who has the conversation in the end, by e-mail address; empty when nobody has.
    pub owner: String,
    /// The conversation's status in the end.
    pub status: String,
    /// The contact's tags in the end.
    pub tags: Vec<String>,
    /// The contact's fields in the end.
    pub contact: BTreeMap<String, String>,
    /// What the recording expected and is otherwise.
    pub unmet: Vec<String>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RehearsalLine")]
pub struct Line {
    /// When.
    pub at: String,
    /// Milliseconds after the start.
    pub after_ms: u64,
    /// Which run it belongs to, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<usize>,
    /// What kind of thing.
    pub kind: LineKind,
    /// In words.
    pub text: String,
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The recording says so.
    Happened,
    /// A workflow started, or did not.
    Start,
    /// A line of the run's log.
    Log,
    /// The run wanted it, and it was done.
    Effect,
}

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RunReport {
    /// When it began.
    pub began: String,
    /// How it ended, in words; absent while it goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<String>,
    /// The step it waits at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waits_at: Option<String>,
    /// Its variables.
    pub variables: BTreeMap<String, String>,
}

impl Rehearsal {
    /// Whether everything is as the recording expected.
    pub fn passed(&self) -> bool {
        self.unmet.is_empty()
    }
}

impl fmt::Display for Rehearsal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let mut last = None;
        for line in &self.lines {
            let after = told(line.after_ms);
            let when = if last == Some(line.after_ms) { "" } else { after.as_str() };
            last = Some(line.after_ms);
            let mark = match line.kind {
                LineKind::Happened => "",
                LineKind::Start => "* ",
                LineKind::Log => "  ",
                LineKind::Effect => "  > ",
            };
            // What was said stays on its line.
            writeln!(f, "  {when:>9}  {mark}{}", line.text.replace('\n', " / "))?;
        }
        let owner = if self.owner.is_empty() { "nobody" } else { &self.owner };
        writeln!(f, "  in the end: owner {owner}, status {}, tags [{}]", self.status, self.tags.join(", "))?;
        for (number, run) in self.runs.iter().enumerate() {
            let state = match (&run.ended, &run.waits_at) {
                (Some(ended), _) => format!("over, {ended}"),
                (None, Some(step)) => format!("waits at {step}"),
                (None, None) => "has not begun".to_owned(),
            };
            writeln!(f, "  run {}: {state}", number + 1)?;
        }
        self.unmet.iter().try_for_each(|unmet| writeln!(f, "  NOT AS EXPECTED: {unmet}"))
    }
}

/// Time since the start, as people write it.
fn told(millis: u64) -> String {
    let seconds = millis / 1_000;
    let units = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];
    let mut left = seconds;
    let mut text = String::from("+");
    for (size, unit) in units {
        if left >= size {
            text.push_str(&format!("{}{unit}", left / size));
            left %= size;
        }
    }
    if seconds == 0 { "+0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_authors_write_them() {
        for (millis, text) in
            [(0, "+0s"), (900_000, "+15m"), (5_400_000, "+1h30m"), (90_061_000, "+1d1h1m1s")]
        {
            assert_eq!(told(millis), text);
        }
    }
}
