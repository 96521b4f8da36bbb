//! What was said, as a page shows it.

use serde::Deserialize;
use std::fmt;

/// One entry of the widget's log or the console's transcript.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Entry {
    /// `visitor`, `assistant`, `agent` or `notice`.
    pub author: String,
    /// What it says.
    pub text: String,
    /// Whether the bridge has it.
    pub sent: bool,
}

/// Reads every entry inside the element that `arguments[0]` selects.
pub const READ_ENTRIES: &str = r#"
    const text = e => (e.querySelector('[data-part=text]') ?? e).innerText.trim();
    const entries = document.querySelectorAll(`${arguments[0]} [data-part=entry]`);
    return [...entries].map(e => ({ author: e.dataset.author, text: text(e), sent: e.dataset.sent !== 'false' }));
"#;

/// What people and the assistant said, without the page's own notices: the part both sides must agree on.
pub fn said(entries: &[Entry]) -> Vec<(String, String)> {
    let words = entries.iter().filter(|entry| entry.author != "notice");
    words.map(|entry| (entry.author.clone(), entry.text.clone())).collect()
}

/// The texts of one author, in order.
pub fn texts_of(author: &str, entries: &[Entry]) -> Vec<String> {
    entries.iter().filter(|entry| entry.author == author).map(|entry| entry.text.clone()).collect()
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.sent { "" } else { " (not sent)" };
        write!(f, "{}: {}{mark}", self.author, self.text)
    }
}
