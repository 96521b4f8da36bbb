//! How cases went, for people (a diff of the conversation) and for machines (TAP, JUnit).

use super::file::Case;
use super::parse::NotATalk;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use similar::{ChangeTag, TextDiff};
use std::time::Duration;

/// What is written about the cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Human,
    /// Test Anything Protocol, version 14.
    Tap,
}

/// A case that was played.
#[derive(Clone, Debug)]
pub struct Ran {
    /// The file it stands in.
    pub file: String,
    /// As it is written.
    pub case: Case,
    /// How it went.
    pub went: Went,
    /// How long it took.
    pub took: Duration,
}

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub enum Went {
    /// As it is written.
    AsWritten,
    /// As it is given here.
    Otherwise(Case),
    /// As it is given here; that is written in its file now.
    Rewritten(Case),
    /// It cannot be played as it is written: these lines of it mean nothing.
    Wrong(Vec<NotATalk>),
}

impl Ran {
    /// Whether the case is as it went.
    pub fn passed(&self) -> bool {
        match &self.went {
            Went::AsWritten | Went::Rewritten(_) => true,
            Went::Otherwise(_) | Went::Wrong(_) => false,
        }
    }

    /// What is to be said of it.
    fn details(&self, colours: bool) -> String {
        match &self.went {
            Went::AsWritten => String::new(),
            Went::Otherwise(actual) | Went::Rewritten(actual) => diff(&self.case, actual, colours),
            Went::Wrong(lines) => lines.iter().map(|line| format!("{}:{line}\n", self.file)).collect(),
        }
    }
}

/// The difference between a case as written and as it went: `-` was expected, `+` came.
pub fn diff(written: &Case, actual: &Case, colours: bool) -> String {
    /// Lines around a difference that tell where in the talk it is.
    const AROUND: usize = 4;
    let (written, actual) = (written.to_string(), actual.to_string());
    let diff = TextDiff::from_lines(&written, &actual);
    let mut text = String::new();
    for (index, group) in diff.grouped_ops(AROUND).iter().enumerate() {
        if index > 0 {
            text.push_str("  ⋮\n");
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, colour) = match change.tag() {
                ChangeTag::Delete => ('-', "\u{1b}[31m"),
                ChangeTag::Insert => ('+', "\u{1b}[32m"),
                ChangeTag::Equal => (' ', ""),
            };
            let line = change.value().trim_end_matches('\n');
            match colours && !colour.is_empty() {
                true => text.push_str(&format!("{colour}{sign} {line}\u{1b}[0m\n")),
                false => text.push_str(format!("{sign} {line}").trim_end()),
            }
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
    }
    text
}

/// For people: each case that did not go as written with its diff, and the sum.
pub fn human(ran: &[Ran], colours: bool) -> String {
    let mut text = String::new();
    for ran in ran.iter().filter(|ran| ran.went != Went::AsWritten) {
        let how = match ran.went {
            Went::Rewritten(_) => "rewritten: ",
            Went::AsWritten | Went::Otherwise(_) | Went::Wrong(_) => "",
        };
        text.push_str(&format!("{how}{}:{}: {}\n", ran.file, ran.case.line, ran.case.title));
        text.push_str(&ran.details(colours));
        text.push('\n');
    }
    for (file, rewritten) in rewritten(ran) {
        let cases = if rewritten == 1 { "1 case".to_owned() } else { format!("{rewritten} cases") };
        text.push_str(&format!("{file}: {cases} rewritten\n"));
    }
    let count = |wanted: fn(&Ran) -> bool| ran.iter().filter(|ran| wanted(ran)).count();
    let (passed, failed) = (count(|ran| ran.went == Went::AsWritten), count(|ran| !ran.passed()));
    let took: Duration = ran.iter().map(|ran| ran.took).sum();
    let rewritten = match ran.len() - passed - failed {
        0 => String::new(),
        rewritten => format!("{rewritten} rewritten, "),
    };
    text.push_str(&format!("{passed} passed, {rewritten}{failed} failed, {} ms\n", took.as_millis()));
    text
}

/// Files with rewritten cases, and how many they are.
fn rewritten(ran: &[Ran]) -> Vec<(&str, usize)> {
    let mut files: Vec<(&str, usize)> = Vec::new();
    for ran in ran.iter().filter(|ran| matches!(ran.went, Went::Rewritten(_))) {
        match files.last_mut().filter(|(file, _)| *file == ran.file) {
            Some((_, count)) => *count += 1,
            None => files.push((&ran.file, 1)),
        }
    }
    files
}

/// Test Anything Protocol, version 14.
pub fn tap(ran: &[Ran]) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", ran.len());
    for (index, ran) in ran.iter().enumerate() {
        let ok = if ran.passed() { "ok" } else { "not ok" };
        let title = ran.case.title.replace('#', "\\#");
        text.push_str(&format!("{ok} {} - {}:{}: {title}\n", index + 1, ran.file, ran.case.line));
        let about = match ran.went {
            Went::AsWritten => continue,
            Went::Otherwise(_) => "diff",
            Went::Rewritten(_) => "rewritten",
            Went::Wrong(_) => "wrong",
        };
        text.push_str(&format!("  ---\n  {about}: |\n"));
        ran.details(false).lines().for_each(|line| text.push_str(&format!("    {line}\n")));
        text.push_str("  ...\n");
    }
    text
}

/// JUnit's XML: one suite for each file.
pub fn junit(ran: &[Ran]) -> Result<String, quick_junit::SerializeError> {
    let mut report = Report::new("passerelle test");
    let mut files: Vec<&str> = ran.iter().map(|ran| ran.file.as_str()).collect();
    files.dedup();
    for file in files {
        let mut suite = TestSuite::new(file);
        suite.add_test_cases(ran.iter().filter(|ran| ran.file == file).map(test_case));
        report.add_test_suite(suite);
    }
    report.to_string()
}

fn test_case(ran: &Ran) -> TestCase {
    let failed = |message: &str| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message).set_description(ran.details(false));
        status
    };
    let status = match ran.went {
        Went::AsWritten | Went::Rewritten(_) => TestCaseStatus::success(),
        Went::Otherwise(_) => failed("the conversation went another way"),
        Went::Wrong(_) => failed("lines of the case mean nothing"),
    };
    let mut case = TestCase::new(ran.case.title.as_str(), status);
    case.set_time(ran.took);
    case.extra.insert("line".into(), ran.case.line.to_string().into());
    case
}
