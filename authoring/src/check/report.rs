//! What is said about a file in the end, and at which places.

use crate::findings::{Finding, Findings, segment};
use crate::mistake::{Mistake, Severity};
use crate::tree::{Node, Place, Unreadable};
use assistant::limits::MISTAKES_MAX;
use serde_path_to_error::Segment;
use std::collections::HashSet;

/// The one mistake of a file that cannot be read at all.
pub fn unreadable(unreadable: Unreadable) -> Mistake {
    Mistake {
        severity: Severity::Error,
        line: unreadable.place.line,
        column: unreadable.place.column,
        path: String::new(),
        code: "unreadable".to_owned(),
        problem: unreadable.problem,
        remedy: unreadable.remedy,
    }
}

/// Notes what the comparison with the schema let through and the types do not.
pub fn does_not_fit(error: &serde_path_to_error::Error<serde_json::Error>, findings: &Findings) {
    let part = |part: &Segment| match part {
        Segment::Seq { index } => Some(format!("/{index}")),
        Segment::Map { key } => Some(format!("/{}", segment(key))),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    let path: String = error.path().iter().filter_map(part).collect();
    findings.error(
        "wrong-type",
        path,
        format!("this does not fit: {}", error.inner()),
        "see the manual of the format",
    );
}

/// Everything that was found, with its places, in the order of the file.
pub fn placed(findings: Findings, root: &Node) -> Vec<Mistake> {
    let all_noted = !findings.is_full();
    let found = findings.into_vec();
    let errors: HashSet<String> =
        found.iter().filter(|f| f.severity == Severity::Error).map(|f| f.path.clone()).collect();
    // Where something cannot work at all, what is merely odd about it only distracts.
    let worth_telling = |f: &Finding| f.severity == Severity::Error || !errors.contains(&f.path);
    let mut mistakes: Vec<Mistake> =
        found.into_iter().filter(worth_telling).map(|finding| place(finding, root)).collect();
    sort(&mut mistakes);
    mistakes.dedup();
    shorten(&mut mistakes, all_noted);
    mistakes
}

/// Told of a key, whatever its value.
const OF_KEYS: [&str; 11] = [
    "key-of-other-kind",
    "key-without-from",
    "superfluous-value",
    "no-effect",
    "nothing-to-suggest",
    "untested-words",
    "extension-not-configured",
    "needless-body",
    "own-language",
    "no-ready-texts",
    "name-taken",
];

/// Objects whose keys are names that the author chose.
const NAMING: [&str; 8] =
    ["variables", "saved", "words", "extensions", "set", "with", "parameters", "translations"];

/// The same, in a translation: their names are those of something else.
const TRANSLATING: [&str; 4] = ["texts", "phrases", "synonyms", "words"];

/// Whether a mistake is in the key, and not in its value.
fn is_in_key(finding: &Finding) -> bool {
    let around = finding.path.rsplit('/').nth(1).unwrap_or_default();
    let is_named =
        ["unknown-", "unused", "unset-", "built-in-"].iter().any(|of| finding.code.starts_with(of));
    let is_name = NAMING.contains(&around)
        || TRANSLATING.contains(&around) && finding.path.starts_with("/translations/");
    OF_KEYS.contains(&finding.code) || is_named && is_name
}

fn place(finding: Finding, root: &Node) -> Mistake {
    let find = |path: &str| if is_in_key(&finding) { root.find_key(path) } else { root.find(path) };
    let place = finding.place.unwrap_or_else(|| find(&finding.path));
    Mistake {
        severity: finding.severity,
        line: place.line,
        column: place.column,
        path: finding.path,
        code: finding.code.to_owned(),
        problem: finding.problem,
        remedy: finding.remedy,
    }
}

fn sort(mistakes: &mut [Mistake]) {
    mistakes.sort_by(|a, b| {
        let key = |m: &Mistake| (m.line, m.column, m.severity);
        key(a).cmp(&key(b)).then_with(|| (&a.path, &a.code, &a.problem).cmp(&(&b.path, &b.code, &b.problem)))
    });
}

/// A file with more mistakes than that has one cause. Errors are kept before warnings.
fn shorten(mistakes: &mut Vec<Mistake>, all_noted: bool) {
    let Some(more) = mistakes.len().checked_sub(MISTAKES_MAX).filter(|more| *more > 0) else { return };
    mistakes.sort_by_key(|mistake| mistake.severity);
    let severity = mistakes[MISTAKES_MAX].severity;
    mistakes.truncate(MISTAKES_MAX);
    sort(mistakes);
    let Place { line, column } =
        mistakes.last().map_or(Place::START, |m| Place { line: m.line, column: m.column });
    mistakes.push(Mistake {
        severity,
        line,
        column,
        path: String::new(),
        code: "more".to_owned(),
        problem: format!("there are {}{more} more mistakes", if all_noted { "" } else { "at least " }),
        remedy: "mend these first".to_owned(),
    });
}
