//! What only follows from a value that could not be read, and is not told: what it would have declared is missing, what
//! it would have used looks unused, and whatever stood in its place means something else.
//!
//! Everything else of the file is told, so each kind of loss is given as little reach as it has.

use crate::compile::Survey;
use crate::compile::names::{Use, Used};
use crate::document::{Document, StepDoc};
use crate::findings::{Finding, Findings};
use crate::shape::Lost;
use assistant::definition::BUILT_IN_ACTIONS;
use std::collections::HashSet;

/// Told of what nothing uses, or nothing gives a value: it may have been done by what was lost.
const USES: &[&str] = &[
    "unused",
    "unused-variable",
    "unset-variable",
    "unreached-action",
    "untested-words",
    "unknown-text",
    "unknown-option",
    "nothing-to-suggest",
];

/// Told of the ways through an action.
const WAYS: &[&str] = &[
    "unreachable-step",
    "needless-jump",
    "circle",
    "always-asked-again",
    "stale-result",
    "nothing-to-ask-again",
    "not-earlier",
    "unset-answer",
];

/// Told of names of steps and results.
const ANSWERS: &[&str] = &["unknown-step", "unknown-name", "step-without-answer"];

/// Told of names that are declared beside the actions.
const DECLARED: &[&str] =
    &["unknown-variable", "unknown-name", "unknown-list", "unknown-saved", "unknown-extension"];

/// Keys of a question that have no say in what its answer can be.
const BESIDE_THE_ANSWER: [&str; 8] =
    ["label", "attempts", "invalid", "out_of_range", "repeat", "protected", "show", "confirm"];

/// Takes over what was found after the comparison with the format, but for what only follows from what was lost.
pub fn keep_own(found: Findings, lost: &[Lost], document: &Document, survey: &Survey, findings: &Findings) {
    let mut reach = Reach { malformed: findings.paths("malformed"), ..Reach::default() };
    for lost in lost {
        reach.add(lost, document, survey);
    }
    for finding in found.into_vec() {
        if !reach.covers(&finding) {
            findings.take(finding);
        }
    }
}

/// How far the consequences go.
#[derive(Debug, Default)]
struct Reach {
    /// Pointers below which nothing is told.
    places: Vec<String>,
    /// Pointers below which some things are not told.
    codes: Vec<(String, &'static [&'static str])>,
    /// Pointers of texts that cannot stand there: that they are nothing else either is no news.
    malformed: HashSet<String>,
    /// Names, in backquotes, that may have been declared.
    declared: Vec<String>,
    /// Whether a question is not known that other actions may answer beforehand.
    is_answer_lost: bool,
}

impl Reach {
    fn covers(&self, finding: &Finding) -> bool {
        let is_declared = || self.declared.iter().any(|name| finding.problem.contains(name.as_str()));
        self.malformed.contains(&finding.path)
            || DECLARED.contains(&finding.code) && is_declared()
            || self.is_answer_lost
                && finding.code == "unknown-step"
                && finding.path.contains("/then/run/with/")
            || self.places.iter().any(|place| is_within(&finding.path, place))
            || self
                .codes
                .iter()
                .any(|(place, codes)| codes.contains(&finding.code) && is_within(&finding.path, place))
    }

    fn add(&mut self, lost: &Lost, document: &Document, survey: &Survey) {
        let parts: Vec<&str> = lost.path.split('/').skip(1).collect();
        if !lost.is_word {
            self.codes.push((String::new(), USES));
        }
        match parts.as_slice() {
            [] | ["actions"] => self.places.push(String::new()),
            ["actions", index] => self.action(&first(&lost.path, 2), index),
            ["actions", index, "id"] => self.action(&lost.path, index),
            ["actions", _, "steps"] => {
                self.places.push(first(&lost.path, 2));
                self.codes.push((String::new(), &["circle"]));
                self.is_answer_lost = true;
            }
            [built_in, "steps"] if BUILT_IN_ACTIONS.contains(built_in) => self.places.push(lost.path.clone()),
            ["actions", index, "steps", step, rest @ ..] => {
                let own = index.parse().unwrap_or(usize::MAX);
                let steps = document.actions.get(own).map(|action| action.steps.as_slice());
                let step = Step::of(first(&lost.path, 4), BUILT_IN_ACTIONS.len() + own, steps, step);
                self.step(&step, rest, survey);
            }
            [built_in, "steps", step, rest @ ..] if BUILT_IN_ACTIONS.contains(built_in) => {
                let place = BUILT_IN_ACTIONS.iter().position(|id| id == built_in).unwrap_or_default();
                let doc = super::subject::built_in(document)[place];
                let steps = doc.and_then(|doc| doc.steps.as_deref());
                self.step(&Step::of(first(&lost.path, 3), place, steps, step), rest, survey);
            }
            ["variables" | "saved" | "words" | "extensions"] => self.list(lost),
            [list @ ("variables" | "saved" | "words" | "extensions"), name, rest @ ..] => {
                self.places.push(first(&lost.path, if rest.len() > 1 { 4 } else { 2 }));
                self.named(list, name, lost, survey);
            }
            ["translations", ..] | ["actions", ..] => self.places.push(first(&lost.path, 3)),
            ["modes", ..] => self.codes.push((String::new(), &["no-effect"])),
            ["language"] => self.codes.push((String::new(), &["no-ready-texts", "own-language"])),
            [_, ..] => {
                self.places.push(first(&lost.path, 2));
                // A key that is not known, or a slip of one, such as a second `variables`.
                self.declared.extend(lost.keys.iter().map(|key| format!("`{key}`")));
            }
        }
    }

    /// An action of which not even the name is known.
    fn action(&mut self, place: &str, index: &str) {
        self.places.push(place.to_owned());
        self.codes.push((format!("/actions/{index}"), USES));
        self.codes.extend([(String::new(), &["unknown-action"][..]), (String::new(), &["circle"])]);
    }

    fn step(&mut self, step: &Step<'_>, rest: &[&str], survey: &Survey) {
        // What is said and set consists of parts that have nothing to do with each other.
        let parts = if let ["say" | "set" | "evaluate", part, ..] = rest
            && (rest[0] == "set" || part.parse::<usize>().is_ok())
        {
            2
        } else {
            1
        };
        let place = rest.iter().take(parts).fold(step.path.clone(), |place, part| format!("{place}/{part}"));
        self.places.push(place);
        let routine = step.path.rsplitn(3, '/').last().unwrap_or_default().to_owned();
        match rest {
            [] | ["id"] => {
                self.codes.push((routine.clone(), WAYS));
                self.codes.extend([(routine, ANSWERS), (String::new(), &["circle"])]);
                self.is_answer_lost = true;
            }
            ["ask", key, ..] if BESIDE_THE_ANSWER.contains(key) => {}
            ["ask", key @ ..] => {
                // Without its kind a question does not know what to do with its other keys.
                if key == ["kind"] {
                    self.codes.push((String::new(), USES));
                }
                self.codes.push((routine, WAYS));
                self.codes.push((String::new(), &["circle"]));
                self.uses(survey, |found| step.is_answer(found));
            }
            ["then", ..] => {
                self.codes.push((routine.clone(), WAYS));
                self.codes.push((String::new(), &["circle"]));
                let beside_the_result = ["action", "with", "end", "extension", "operation"];
                if rest.get(2).is_none_or(|key| !beside_the_result.contains(key)) {
                    self.codes.push((routine, ANSWERS));
                }
            }
            ["say" | "suggest" | "title" | "kept", ..] => {}
            ["when" | "set" | "evaluate" | "visits", ..] => {
                self.codes.push((routine, WAYS));
                self.codes.push((String::new(), &["circle"]));
            }
            // A key that is not known, or a slip of one.
            [_, ..] => self.codes.extend([(routine.clone(), WAYS), (routine, ANSWERS)]),
        }
    }

    /// All that is declared in one place.
    fn list(&mut self, lost: &Lost) {
        self.places.push(lost.path.clone());
        self.codes.extend([(String::new(), DECLARED), (String::new(), &["unknown-operation", "never-true"])]);
    }

    /// Something that is declared and not known in full.
    fn named(&mut self, list: &str, name: &str, lost: &Lost, survey: &Survey) {
        let is_used = |found: &Use| match list {
            "variables" => matches!(found.what, Used::Variable | Used::SetVariable) && found.name == name,
            "saved" => found.what == Used::Saved && found.name == name,
            "words" => found.what == Used::Words && found.name == name,
            _ => found.what == Used::Extension && found.name == name && !lost.is_word,
        };
        self.uses(survey, is_used);
        if list == "saved" {
            self.codes.push((String::new(), &["never-true", "wrong-kind", "unknown-saved"]));
        }
    }

    /// What is said of places where a name is used.
    fn uses(&mut self, survey: &Survey, is_meant: impl Fn(&Use) -> bool) {
        for found in survey.uses.iter().filter(|found| is_meant(found)) {
            let (around, key) = found.path.rsplit_once('/').unwrap_or_default();
            // In these it is one of several keys that mean something together.
            let together = ["step", "variable", "left", "extension", "options", "patterns"].contains(&key);
            self.places.push(if together { around.to_owned() } else { found.path.clone() });
        }
    }
}

/// A step something of which was lost.
struct Step<'a> {
    path: String,
    /// The place of its action in `Definition::actions`.
    action: usize,
    doc: Option<&'a StepDoc>,
}

impl<'a> Step<'a> {
    fn of(path: String, action: usize, steps: Option<&'a [StepDoc]>, index: &str) -> Self {
        let doc = steps.zip(index.parse::<usize>().ok()).and_then(|(steps, index)| steps.get(index));
        Self { path, action, doc }
    }

    /// Whether its answer is used there.
    fn is_answer(&self, found: &Use) -> bool {
        let is_named = self.doc.is_some_and(|doc| doc.id == found.name);
        is_named && found.what == Used::Answer && found.action == Some(self.action)
    }
}

fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The first parts of a pointer.
fn first(path: &str, parts: usize) -> String {
    let end = path.match_indices('/').nth(parts).map_or(path.len(), |(at, _)| at);
    path[..end].to_owned()
}
