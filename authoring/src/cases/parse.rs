//! Reading a file of conversation tests.

use super::file::{Case, Input, Item, ItemKind, Look, Output, TalkFile};
use assistant::civil;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use std::fmt;

/// Every keyword that is followed by a colon.
const KEYWORDS: [&str; 15] = [
    "visitor",
    "assistant",
    "hand-off",
    "starts",
    "wait",
    "clock",
    "chance",
    "page",
    "set",
    "answer",
    "pause",
    "call",
    "expect",
    "action",
    "outcome",
];

/// A line that means nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATalk {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl fmt::Display for NotATalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.line, self.problem, self.remedy)
    }
}

impl TalkFile {
    /// Reads a file; every line that means nothing is named.
    pub fn parse(text: &str) -> Result<Self, Vec<NotATalk>> {
        let mut reader = Reader::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        text.lines().enumerate().for_each(|(index, line)| reader.line(index + 1, line));
        match reader.wrong.is_empty() {
            true => Ok(reader.file),
            false => Err(reader.wrong),
        }
    }
}

#[derive(Default)]
struct Reader {
    file: TalkFile,
    wrong: Vec<NotATalk>,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        if let Some(title) = line.strip_prefix("==") {
            let title = title.trim().to_owned();
            if title.is_empty() {
                self.complain(number, "this case has no title", "write `== What it shows`");
            }
            self.file.cases.push(Case { title, line: number, items: Vec::new() });
            return;
        }
        let is_comment = line.trim().is_empty() || line.starts_with('#');
        let Some(case) = self.file.cases.last_mut() else {
            match is_comment {
                true => self.file.head.push(line.to_owned()),
                false => self.complain(number, "no case has begun here", "begin one with `== What it shows`"),
            }
            return;
        };
        if is_comment {
            let comment = line.trim_end().to_owned();
            case.items.push(Item { line: number, kind: ItemKind::Comment(comment), written: String::new() });
        } else if let Some(more) = line.strip_prefix("  ").or_else(|| line.strip_prefix('\t')) {
            self.continued(number, line, more);
        } else {
            match keyword(line) {
                Ok(kind) => {
                    case.items.push(Item { line: number, kind, written: line.trim_end().to_owned() });
                }
                Err((problem, remedy)) => self.complain(number, &problem, &remedy),
            }
        }
    }

    /// An indented line goes on with what is above it.
    fn continued(&mut self, number: usize, line: &str, more: &str) {
        let last = self.file.cases.last_mut().and_then(|case| case.items.last_mut());
        let goes_on = last.is_some_and(|item| {
            let goes_on = go_on(&mut item.kind, more);
            if goes_on {
                item.written.push('\n');
                item.written.push_str(line.trim_end());
            }
            goes_on
        });
        if !goes_on {
            let remedy = "only `visitor:`, `assistant:` and `hand-off:` go on over several lines";
            self.complain(number, "this indented line belongs to nothing", remedy);
        }
    }

    fn complain(&mut self, line: usize, problem: &str, remedy: &str) {
        self.wrong.push(NotATalk { line, problem: problem.to_owned(), remedy: remedy.to_owned() });
    }
}

/// Adds a line to what goes on over several; `false` when it does not.
fn go_on(kind: &mut ItemKind, more: &str) -> bool {
    match kind {
        ItemKind::Input(Input::Visitor(said)) => {
            said.push('\n');
            said.push_str(more);
            true
        }
        ItemKind::Output(Output::Assistant(lines) | Output::HandOff(lines)) => {
            lines.push(more.trim_end().to_owned());
            true
        }
        ItemKind::Input(_) | ItemKind::Output(_) | ItemKind::Look(_) | ItemKind::Comment(_) => false,
    }
}

type Wrong = (String, String);

fn keyword(line: &str) -> Result<ItemKind, Wrong> {
    match line.trim_end() {
        "opens" => return Ok(ItemKind::Input(Input::Opens)),
        "wants a person" => return Ok(ItemKind::Input(Input::WantsPerson)),
        "returns" => return Ok(ItemKind::Input(Input::Returns)),
        "..." => return Ok(ItemKind::Output(Output::Whatever)),
        _ => {}
    }
    let (word, rest) =
        line.split_once(':').map_or((line.trim(), ""), |(word, rest)| (word.trim(), rest.trim()));
    let found = input(word, rest)?.map(ItemKind::Input);
    let found = match found {
        None => output(word, rest)?.map(ItemKind::Output),
        found => found,
    };
    let found = match found {
        None => look(word, rest)?.map(ItemKind::Look),
        found => found,
    };
    found.ok_or_else(|| unknown(word))
}

fn input(word: &str, rest: &str) -> Result<Option<Input>, Wrong> {
    Ok(Some(match word {
        "visitor" => Input::Visitor(rest.to_owned()),
        "starts" => Input::Starts(rest.to_owned()),
        "wait" => wait(rest)?,
        "clock" => clock(rest)?,
        "chance" => {
            Input::Chance(rest.parse().map_err(|_| wrong(rest, "write a number such as `chance: 7`"))?)
        }
        "page" => Input::Page(json(rest)?),
        "set" => assignment(rest).map(|(name, value)| Input::Set(name, value))?,
        "answer" => answer(rest)?,
        _ => return Ok(None),
    }))
}

fn output(word: &str, rest: &str) -> Result<Option<Output>, Wrong> {
    Ok(Some(match word {
        "assistant" => Output::Assistant(vec![rest.to_owned()]),
        "hand-off" => Output::HandOff(vec![rest.to_owned()]),
        "pause" => pause(rest)?,
        "call" => call(rest)?,
        _ => return Ok(None),
    }))
}

fn look(word: &str, rest: &str) -> Result<Option<Look>, Wrong> {
    Ok(Some(match word {
        "expect" => assignment(rest).map(|(name, value)| Look::Expect(name, value))?,
        "action" => Look::Action(rest.to_owned()),
        "outcome" => Look::Outcome(rest.to_owned()),
        _ => return Ok(None),
    }))
}

fn unknown(word: &str) -> Wrong {
    let near = KEYWORDS.iter().find(|known| assistant::alike(known, &word.to_lowercase()));
    let remedy = near.map_or_else(
        || format!("lines begin with {}, `opens`, `returns` or `wants a person`", KEYWORDS.join(":, ") + ":"),
        |known| format!("did you mean `{known}:`?"),
    );
    (format!("`{}` is no keyword", word.chars().take(40).collect::<String>()), remedy)
}

fn wrong(text: &str, remedy: &str) -> Wrong {
    (format!("`{text}` cannot be read"), remedy.to_owned())
}

fn json(text: &str) -> Result<Json, Wrong> {
    serde_json::from_str(text).map_err(|error| {
        (format!("`{text}` is not JSON: {error}"), "texts stand in quotes: `\"red\"`".to_owned())
    })
}

fn assignment(text: &str) -> Result<(String, Json), Wrong> {
    let remedy = "write a name and a value as JSON: `price = 18`";
    let (name, value) = text.split_once('=').ok_or_else(|| wrong(text, remedy))?;
    Ok((name.trim().to_owned(), json(value.trim())?))
}

fn call(text: &str) -> Result<Output, Wrong> {
    let (what, with) = text.split_once(' ').unwrap_or((text, "{}"));
    Ok(Output::Call(what.to_owned(), json(with.trim())?))
}

fn answer(text: &str) -> Result<Input, Wrong> {
    let (status, body) = text.split_once(' ').unwrap_or((text, "null"));
    let remedy = "write a status and JSON: `answer: 200 {\"free\": 3}`, or `answer: 0` for none";
    let status = status.parse().map_err(|_| wrong(text, remedy))?;
    Ok(Input::Answer(status, json(body.trim())?))
}

fn pause(text: &str) -> Result<Output, Wrong> {
    let ms = text.strip_suffix("ms").unwrap_or(text).trim().parse();
    ms.map(Output::Pause).map_err(|_| wrong(text, "write milliseconds: `pause: 500 ms`"))
}

fn wait(text: &str) -> Result<Input, Wrong> {
    let span = text.parse::<jiff::Span>().map_err(|_| wrong(text, "write a length of time: `wait: 2 days`"));
    span.map(|span| Input::Wait(span.fieldwise()))
}

fn clock(text: &str) -> Result<Input, Wrong> {
    let remedy = "write a moment and a time zone: `clock: 2026-05-04T10:00 Europe/Lisbon`";
    let (moment, zone) = text.split_once(' ').unwrap_or((text, "UTC"));
    let at = civil::read_date_time(moment).ok_or_else(|| wrong(moment, remedy))?;
    let zone = TimeZone::get(zone.trim()).map_err(|_| wrong(zone, "write a zone such as `Europe/Lisbon`"))?;
    at.to_zoned(zone).map(Input::Clock).map_err(|_| wrong(text, remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "# Hire\n\n== Two people\nclock: 2026-05-04T10:00:00 Europe/Lisbon\nopens\nvisitor: a kayak\n  \
                        please\nassistant: For one or for two?\n  [Single] [Double]\n# a comment\nexpect: price = 18\n...\n\
                        wait: 2 days\nhand-off: boathouse (planned)\n  Kayak = Double\nanswer: 200 {\"a\":1}\noutcome: ended\n";

    #[test]
    fn what_is_read_is_written_back() {
        let file = TalkFile::parse(TALK).unwrap();
        assert_eq!(file.cases.len(), 1);
        let written = file.to_string();
        assert_eq!(TalkFile::parse(&written).unwrap().to_string(), written);
        assert_eq!(written.replace("wait: 2d", "wait: 2 days"), TALK);
    }

    #[test]
    fn every_line_that_means_nothing_is_named_with_what_would_be_right() {
        let text = "visitor: hi\n== A\nvisitr: hi\nclock: soon\nexpect: price 3\n  lost\nanswer: x\n";
        let wrong = TalkFile::parse(text).unwrap_err();
        let lines: Vec<usize> = wrong.iter().map(|wrong| wrong.line).collect();
        assert_eq!(lines, [1, 3, 4, 5, 6, 7]);
        assert_eq!(wrong[1].remedy, "did you mean `visitor:`?");
    }
}
