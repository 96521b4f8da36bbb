//! How cases went, for people (a diff of the conversation) and for machines (TAP, JUnit).

use super::file::Case;
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
    /// As it went, when that is something else.
    pub actual: Option<Case>,
    /// How long it took.
    pub took: Duration,
}

impl Ran {
    fn diff(&self, colours: bool) -> String {
        self.actual.as_ref().map(|actual| diff(&self.case, actual, colours)).unwrap_or_default()
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

/// For people: a line for each case that did not go as written, its diff, and the sum.
pub fn human(ran: &[Ran], colours: bool) -> String {
    let mut text = String::new();
    for ran in ran.iter().filter(|ran| ran.actual.is_some()) {
        text.push_str(&format!("{}:{}: {}\n", ran.file, ran.case.line, ran.case.title));
        text.push_str(&ran.diff(colours));
        text.push('\n');
    }
    let failed = ran.iter().filter(|ran| ran.actual.is_some()).count();
    let took: Duration = ran.iter().map(|ran| ran.took).sum();
    text.push_str(&format!("{} passed, {failed} failed, {} ms\n", ran.len() - failed, took.as_millis()));
    text
}

/// Test Anything Protocol, version 14.
pub fn tap(ran: &[Ran]) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", ran.len());
    for (index, ran) in ran.iter().enumerate() {
        let ok = if ran.actual.is_some() { "not ok" } else { "ok" };
        let title = ran.case.title.replace('#', "\\#");
        text.push_str(&format!("{ok} {} - {}:{}: {title}\n", index + 1, ran.file, ran.case.line));
        if ran.actual.is_some() {
            text.push_str("  ---\n  diff: |\n");
            ran.diff(false).lines().for_each(|line| text.push_str(&format!("    {line}\n")));
            text.push_str("  ...\n");
        }
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
    let status = match &ran.actual {
        None => TestCaseStatus::success(),
        Some(_) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message("the conversation went another way").set_description(ran.diff(false));
            status
        }
    };
    let mut case = TestCase::new(ran.case.title.as_str(), status);
    case.set_time(ran.took);
    case.extra.insert("line".into(), ran.case.line.to_string().into());
    case
}
