//! A mistake with the line it stands in and a mark below it.

use super::source::Source;
use crate::{Mistake, Severity};

/// Characters of a line shown around a mistake; a file may be one line.
const SHOWN_BEFORE_MAX: usize = 60;
const SHOWN_MAX: usize = 110;

/// Whether what is printed goes to somebody's terminal.
#[derive(Clone, Copy)]
pub struct Colours(pub bool);

impl Colours {
    fn paint(self, code: &str, text: &str) -> String {
        match self.0 {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

/// The mistake, where it stands, its line, and what would be right.
pub fn excerpt(source: &Source, mistake: &Mistake, colours: Colours) -> String {
    let (severity, colour) = match mistake.severity {
        Severity::Error => ("error", "1;31"),
        Severity::Warning => ("warning", "1;33"),
    };
    let head = colours.paint(colour, &format!("{severity}[{}]", mistake.code));
    let problem = colours.paint("1", &mistake.problem);
    let margin = mistake.line.to_string().len();
    let bar = colours.paint("34", "|");
    let arrow = colours.paint("34", "-->");
    let place = format!("{}:{}:{}", source.name, mistake.line, mistake.column);
    if source.text.is_empty() {
        return format!(
            "{head}: {problem}\n{:margin$}{arrow} {place}\n{:margin$} = {}\n",
            "", "", mistake.remedy
        );
    }
    let Window { shown, before, marked } = window(&source.text, mistake);
    let mark = colours.paint(colour, &"^".repeat(marked));
    let number = colours.paint("34", &mistake.line.to_string());
    format!(
        "{head}: {problem}\n{:margin$}{arrow} {place}\n{:margin$} {bar}\n{number} {bar} {shown}\n{:margin$} {bar} {:before$}{mark} {}\n",
        "", "", "", "", mistake.remedy
    )
}

/// The part of a line that is shown.
struct Window {
    shown: String,
    /// Characters before the mark.
    before: usize,
    marked: usize,
}

fn window(text: &str, mistake: &Mistake) -> Window {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = text.split('\n').nth(mistake.line - 1).unwrap_or_default().trim_end();
    let chars: Vec<char> = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let at = (mistake.column - 1).min(chars.len());
    let from = if chars.len() > SHOWN_MAX { at.saturating_sub(SHOWN_BEFORE_MAX) } else { 0 };
    let to = chars.len().min(from + SHOWN_MAX);
    let cut = |cut: bool| if cut { "…" } else { "" };
    let shown: String = chars[from..to].iter().collect();
    let marked = marked(&chars[at..to.max(at)]);
    Window {
        shown: format!("{}{shown}{}", cut(from > 0), cut(to < chars.len())),
        before: at - from + usize::from(from > 0),
        marked,
    }
}

/// How much of the rest of a line is the value concerned.
fn marked(rest: &[char]) -> usize {
    let end = match rest.first() {
        Some(quote @ ('"' | '\'')) => rest.iter().skip(1).position(|c| c == quote).map(|at| at + 2),
        Some('{' | '[') => Some(1),
        Some(_) => rest.iter().position(|c| matches!(c, ' ' | ',' | ':' | ']' | '}')),
        None => None,
    };
    end.unwrap_or(rest.len()).max(1)
}
