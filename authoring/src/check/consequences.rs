//! What only follows from a value that could not be read, and is not told: what it would have declared is missing, what
//! it would have used looks unused, and whatever stood in its place means something else.
//!
//! Everything else of the file is told, so each loss is given as little reach as it has. A value can only have declared
//! or used a name that stands in it; only of one without any words, such as `[[5]]`, nobody knows.

use crate::compile::Survey;
use crate::compile::names::{Use, Used};
use crate::document::{Document, StepDoc};
use crate::findings::{Finding, Findings, segment};
use crate::shape::Lost;
use assistant::definition::BUILT_IN_ACTIONS;
use std::collections::HashSet;
use std::rc::Rc;

/// Told of what nothing uses, or nothing gives a value: it may have been done by what was lost.
const USES: &[&str] = &[
    "unused",
    "unused-variable",
    "unset-variable",
    "unreached-action",
    "untested-words",
    "unknown-text",
    "nothing-to-suggest",
    "nothing-said",
];

/// Told of an object that lacks something.
const WHOLE: &[&str] = &["one-left-side", "missing-value", "missing-parameter"];

/// Told of names of steps and results.
const ANSWERS: &[&str] = &["unknown-step", "unknown-name", "step-without-answer", "nothing-to-ask-again"];

/// Told of names that are declared beside the actions.
const DECLARED: &[&str] =
    &["unknown-variable", "unknown-name", "unknown-list", "unknown-saved", "unknown-extension"];

/// Keys of a question that say what its answer can be. Without any other, nothing that is told here changes.
const OF_THE_ANSWER: [&str; 9] =
    ["kind", "options", "from", "item_label", "item_value", "otherwise", "patterns", "yes", "no"];

/// Steps of which so much could not be read that nobody knows what follows them, as JSON pointers.
pub fn unsure_steps(lost: &[Lost]) -> HashSet<String> {
    let is_way = |rest: &[&str]| {
        matches!(
            rest,
            [] | ["id" | "when" | "visits" | "evaluate", ..]
                | ["ask" | "then"]
                | ["ask", "collect" | "exhausted"]
                | ["then", _]
                | ["then", "run", "action" | "end"]
                | ["set", ..]
        )
    };
    lost.iter()
        .filter_map(|lost| step_of(&lost.path).filter(|(_, rest)| is_way(rest)).map(|(step, _)| step))
        .collect()
}

/// The step something belongs to, and what it is of the step.
fn step_of(path: &str) -> Option<(String, Vec<&str>)> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["actions", _, "steps", _, rest @ ..] => Some((first(path, 4), rest.to_vec())),
        [built_in, "steps", _, rest @ ..] if BUILT_IN_ACTIONS.contains(built_in) => {
            Some((first(path, 3), rest.to_vec()))
        }
        _ => None,
    }
}

/// Takes over what was found after the comparison with the format, but for what only follows from what was lost.
pub fn keep_own(found: Findings, lost: &[Lost], document: &Document, survey: &Survey, findings: &Findings) {
    let mut reach = Reach { malformed: findings.paths("malformed"), ..Reach::default() };
    for lost in lost {
        reach.add(lost, document, survey);
    }
    for finding in found.into_vec() {
        if !reach.covers(&finding, document) {
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
    silences: Vec<Silence>,
    /// Pointers of texts that cannot stand there: that they are nothing else either is no news.
    malformed: HashSet<String>,
    /// Whether a question is not known that other actions may answer beforehand.
    is_question_lost: bool,
}

/// What is not told below a pointer.
#[derive(Debug)]
struct Silence {
    place: String,
    codes: &'static [&'static str],
    names: Names,
}

/// Names something that was lost may be about; `None` is any.
type Names = Option<Rc<HashSet<String>>>;

impl Silence {
    fn covers(&self, finding: &Finding, about: &HashSet<String>) -> bool {
        let is_about = || self.names.as_ref().is_none_or(|names| !names.is_disjoint(about));
        self.codes.contains(&finding.code) && is_within(&finding.path, &self.place) && is_about()
    }
}

impl Reach {
    fn covers(&self, finding: &Finding, document: &Document) -> bool {
        if self.malformed.contains(&finding.path)
            || self.places.iter().any(|place| is_within(&finding.path, place))
        {
            return true;
        }
        if self.is_question_lost && finding.code == "unknown-step" && finding.path.contains("/then/run/with/")
        {
            return true;
        }
        let about = about(finding, document);
        self.silences.iter().any(|silence| silence.covers(finding, &about))
    }

    fn silence(&mut self, place: impl Into<String>, codes: &'static [&'static str], names: Names) {
        self.silences.push(Silence { place: place.into(), codes, names });
    }

    fn add(&mut self, lost: &Lost, document: &Document, survey: &Survey) {
        let parts: Vec<&str> = lost.path.split('/').skip(1).collect();
        let names = names_in(lost);
        if !lost.is_word {
            self.silence("", USES, names.clone());
            self.silence("/translations", &["unknown-option"], names.clone());
        }
        match parts.as_slice() {
            [] | ["actions"] => self.places.push(String::new()),
            ["actions", _] | ["actions", _, "id"] => {
                self.places.push(lost.path.clone());
                self.silence(first(&lost.path, 2), USES, None);
                self.silence("", &["unknown-action"], names);
            }
            ["actions", _, "steps"] => {
                self.places.push(first(&lost.path, 2));
                self.is_question_lost = true;
            }
            [built_in, "steps"] if BUILT_IN_ACTIONS.contains(built_in) => self.places.push(lost.path.clone()),
            ["actions", index, "steps", step, rest @ ..] => {
                let own = index.parse().unwrap_or(usize::MAX);
                let steps = document.actions.get(own).map(|action| action.steps.as_slice());
                let step = Step::of(first(&lost.path, 4), BUILT_IN_ACTIONS.len() + own, steps, step);
                self.step(&step, rest, lost, survey);
            }
            [built_in, "steps", step, rest @ ..] if BUILT_IN_ACTIONS.contains(built_in) => {
                let place = BUILT_IN_ACTIONS.iter().position(|id| id == built_in).unwrap_or_default();
                let doc = document.built_in()[place];
                let steps = doc.and_then(|doc| doc.steps.as_deref());
                self.step(&Step::of(first(&lost.path, 3), place, steps, step), rest, lost, survey);
            }
            ["variables" | "saved" | "words" | "extensions"] => self.list(lost),
            [list @ ("variables" | "saved" | "words" | "extensions"), name, rest @ ..] => {
                self.places.push(first(&lost.path, if rest.len() > 1 { 4 } else { 2 }));
                self.named(list, name, lost, survey);
            }
            ["translations", ..] | ["actions", ..] => self.places.push(first(&lost.path, 3)),
            ["modes", ..] => self.silence("", &["no-effect"], None),
            ["language"] => self.silence("", &["no-ready-texts", "own-language"], None),
            [_, ..] => {
                self.places.push(first(&lost.path, 2));
                // A key that is not known, or a slip of one, such as a second `variables`.
                self.silence("", DECLARED, names.or_else(|| Some(Rc::default())));
            }
        }
    }

    fn step(&mut self, step: &Step<'_>, rest: &[&str], lost: &Lost, survey: &Survey) {
        self.places.push(around(&step.path, rest));
        if let (Some((object, _)), [_, _, ..]) = (lost.path.rsplit_once('/'), rest) {
            self.silence(object, WHOLE, None);
        }
        let routine = step.path.rsplitn(3, '/').last().unwrap_or_default().to_owned();
        let names = names_in(lost);
        if !matches!(rest, ["title" | "kept" | "set" | "evaluate", ..]) {
            self.silence(routine.as_str(), &["nothing-said"], None);
        }
        match rest {
            [] | ["id"] => {
                self.is_question_lost = true;
                self.silence(routine, ANSWERS, names);
            }
            ["ask", "kind"] => {
                // Without its kind a question does not know what to do with its other keys.
                self.silence("", USES, Some(step.in_question()));
                self.answer(step, &routine, survey);
            }
            ["when"] => self.silence(step.path.as_str(), &["always-asked-again"], None),
            ["ask"] => self.answer(step, &routine, survey),
            ["ask", key, ..] if OF_THE_ANSWER.contains(key) => self.answer(step, &routine, survey),
            ["ask", ..] => {}
            ["then"] | ["then", _] | ["then", "run" | "call", "result"] => {
                self.silence(routine, ANSWERS, names.map(|names| step.and_own(&names)));
            }
            ["then" | "say" | "suggest" | "title" | "kept" | "when" | "set" | "evaluate" | "visits", ..] => {}
            // A key that is not known, or a slip of one.
            [_, ..] => {
                self.silence(routine.clone(), ANSWERS, names);
                self.answer(step, &routine, survey);
            }
        }
    }

    /// The answer to a question is not known.
    fn answer(&mut self, step: &Step<'_>, routine: &str, survey: &Survey) {
        self.uses(survey, |found| step.is_answer(found));
        self.silence(routine, ANSWERS, Some(step.and_own(&HashSet::new())));
    }

    /// All that is declared in one place.
    fn list(&mut self, lost: &Lost) {
        self.places.push(lost.path.clone());
        self.silence("", DECLARED, None);
        self.silence("", &["unknown-operation", "never-true"], None);
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
            self.silence("", &["never-true", "wrong-kind", "unknown-saved", "unknown-option"], None);
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

/// Where nothing is told of a step something of which was lost: at what was lost, and at what it is a part of, when
/// that only means something as a whole.
fn around(step: &str, rest: &[&str]) -> String {
    let parts = match rest {
        ["ask", key, ..] if !OF_THE_ANSWER.contains(key) => rest.len(),
        ["when" | "then", ..] if rest.len() > 1 => rest.len(),
        // What is said and set consists of parts that have nothing to do with each other.
        ["set", ..] => 2,
        ["say" | "suggest" | "evaluate", part, ..] if part.parse::<usize>().is_ok() => 2,
        _ => 1,
    };
    rest.iter().take(parts).fold(step.to_owned(), |place, part| format!("{place}/{part}"))
}

/// Names that stand in something that was lost: its texts, and every word of them. `None` when it has no words.
fn names_in(lost: &Lost) -> Names {
    let mut names = HashSet::new();
    for text in &lost.texts {
        names.extend(words(text));
        if !names.is_empty() {
            names.insert(segment(text));
        }
    }
    (!names.is_empty()).then(|| Rc::new(names))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
    words.filter(|word| !word.is_empty()).map(str::to_owned)
}

/// What a finding is about: names in backquotes, and the name of what it points at.
fn about(finding: &Finding, document: &Document) -> HashSet<String> {
    let mut about: HashSet<String> =
        finding.problem.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    about.extend(finding.path.rsplit('/').next().map(str::to_owned));
    if let Some(index) = finding.path.strip_prefix("/actions/").and_then(|index| index.parse::<usize>().ok())
    {
        about.extend(document.actions.get(index).map(|action| action.id.clone()));
    }
    about
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

    /// These names, and those its answer and its result have unless they are given others.
    fn and_own(&self, names: &HashSet<String>) -> Rc<HashSet<String>> {
        let own = self.doc.into_iter().flat_map(|doc| [doc.id.clone(), format!("{}_result", doc.id)]);
        Rc::new(names.iter().cloned().chain(own).collect())
    }

    /// Every word its question holds.
    fn in_question(&self) -> Rc<HashSet<String>> {
        let ask = self.doc.and_then(|doc| serde_json::to_string(&doc.ask).ok());
        Rc::new(ask.iter().flat_map(|ask| words(ask)).collect())
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
