//! Values that are never given, never looked at, or looked at too early.

use super::graph::Graph;
use super::subject::{Routine, Subject};
use crate::compile::names::{Use, Used, result_name};
use crate::document::{StepDoc, ThenDoc};
use crate::findings::segment;
use crate::shape::brief;
use std::collections::{HashMap, HashSet};

pub fn check(subject: &Subject<'_>) {
    let uses = Uses::of(subject);
    for (name, variable) in &subject.document.variables {
        let (read, set) = (uses.read.get(name.as_str()), uses.set.get(name.as_str()));
        let path = format!("/variables/{}", segment(name));
        match (read, set) {
            (None, _) if variable.shown_as.is_none() => {
                let problem = format!("nothing looks at `{}`", brief(name));
                let remedy = "remove it, or give it `shown_as` so that agents see it";
                subject.findings.warning("unused-variable", path, problem, remedy);
            }
            (_, None) if variable.initial.is_none() => {
                let problem = format!("`{}` never gets a value", brief(name));
                let remedy = "give it an `initial` value, `set` it in a step, or remove it";
                subject.findings.warning("unset-variable", path, problem, remedy);
            }
            (Some(read), Some(set)) if variable.initial.is_none() => read_too_early(read, set, subject),
            (_, _) => {}
        }
    }
    unused(subject, &uses);
    Answers::of(subject).check(subject);
}

/// Uses of session variables by name.
struct Uses<'a> {
    read: HashMap<&'a str, Vec<&'a Use>>,
    set: HashMap<&'a str, Vec<&'a Use>>,
    others: HashSet<(&'static str, &'a str)>,
}

impl<'a> Uses<'a> {
    fn of(subject: &Subject<'a>) -> Self {
        let mut uses = Self { read: HashMap::new(), set: HashMap::new(), others: HashSet::new() };
        for found in &subject.survey.uses {
            match found.what {
                // An expression that is evaluated for what it changes may give the value.
                Used::Variable if found.path.contains("/evaluate/") => {
                    uses.set.entry(&found.name).or_default().push(found);
                    uses.read.entry(&found.name).or_default();
                }
                Used::Variable => uses.read.entry(&found.name).or_default().push(found),
                Used::SetVariable => uses.set.entry(&found.name).or_default().push(found),
                Used::Saved => drop(uses.others.insert(("saved", &found.name))),
                Used::Extension => drop(uses.others.insert(("extensions", &found.name))),
                Used::Words | Used::Action | Used::Answer | Used::BuiltIn => {}
            }
        }
        uses
    }
}

/// Nothing else gives it a value, and what does comes only after.
fn read_too_early(read: &[&Use], set: &[&Use], subject: &Subject<'_>) {
    let Some(place) = set[0].action.filter(|place| set.iter().all(|set| set.action == Some(*place))) else {
        return;
    };
    let Some(routine) = subject.routines.get(place) else { return };
    let graph = Graph::of(routine);
    let after: Vec<Vec<bool>> = set.iter().filter_map(|set| set.step).map(|step| graph.after(step)).collect();
    for found in read.iter().filter(|read| read.action == Some(place)) {
        let Some(step) = found.step else { continue };
        let sets_itself = set.iter().any(|set| set.step == Some(step));
        if !sets_itself && step < routine.steps.len() && !after.iter().any(|after| after[step]) {
            let problem = format!("`{}` has no value yet: it is set only afterwards", brief(&found.name));
            let remedy = "set it earlier, or give it an `initial` value";
            subject.findings.warning("unset-variable", found.path.as_str(), problem, remedy);
        }
    }
}

fn unused(subject: &Subject<'_>, uses: &Uses<'_>) {
    let document = subject.document;
    let saved = document.saved.keys().map(|name| ("saved", name.as_str()));
    let extensions = document.extensions.keys().map(|name| ("extensions", name.as_str()));
    for (list, name) in saved.chain(extensions).filter(|named| !uses.others.contains(named)) {
        let problem = format!("nothing uses `{}`", brief(name));
        let path = format!("/{list}/{}", segment(name));
        subject.findings.warning("unused", path, problem, "use it, or remove it");
    }
}

/// Where answers come from.
struct Answers<'a> {
    graphs: Vec<Graph>,
    /// Steps one can come to, by action.
    reached: Vec<Vec<bool>>,
    /// Answers that other actions pass along, by action and step.
    given: HashSet<(&'a str, &'a str)>,
}

/// A step that gives an answer.
struct Source {
    step: usize,
    /// Steps that can come after it.
    after: Vec<bool>,
    /// Steps one can come to without it; `None` when it is conditional, and its author knows.
    without: Option<Vec<bool>>,
}

impl<'a> Answers<'a> {
    fn of(subject: &Subject<'a>) -> Self {
        let runs = subject.steps().filter_map(|(_, step)| match &step.then {
            Some(ThenDoc::Run(run)) => Some(&run.run),
            Some(_) | None => None,
        });
        let given =
            runs.flat_map(|run| run.with.keys().map(|name| (run.action.as_str(), name.as_str()))).collect();
        let graphs: Vec<Graph> = subject.routines.iter().map(Graph::of).collect();
        Self { reached: graphs.iter().map(|graph| graph.reached(0)).collect(), graphs, given }
    }

    fn check(&self, subject: &Subject<'_>) {
        let mut sources: HashMap<(usize, &str), Option<Source>> = HashMap::new();
        for found in subject.survey.uses.iter().filter(|found| found.what == Used::Answer) {
            let (Some(place), Some(step)) = (found.action, found.step) else { continue };
            let Some(routine) = subject.routines.get(place).filter(|r| step < r.steps.len()) else {
                continue;
            };
            let source =
                sources.entry((place, &found.name)).or_insert_with(|| self.source(routine, &found.name));
            // A step nobody comes to is told as such.
            let is_reached = self.reached[place][step];
            if let Some(source) = source.as_ref().filter(|source| source.step != step && is_reached) {
                note_early(found, source, step, routine, subject);
            }
        }
    }

    /// The step an answer or a result comes from, unless another action may give it.
    fn source(&self, routine: &Routine<'_>, name: &str) -> Option<Source> {
        if self.given.contains(&(routine.id, name)) {
            return None;
        }
        let asked = routine.steps.iter().position(|step| step.id == name && step.ask.is_some());
        let step = asked
            .or_else(|| routine.steps.iter().position(|step| result_name(step).as_deref() == Some(name)))?;
        let graph = &self.graphs[routine.place];
        let always = routine.steps[step].when.is_none() && step != 0;
        Some(Source { step, after: graph.after(step), without: always.then(|| graph.reached_without(step)) })
    }
}

/// Notes the use of an answer that cannot be there yet, or that some visitors were not asked for.
fn note_early(found: &Use, source: &Source, step: usize, routine: &Routine<'_>, subject: &Subject<'_>) {
    let name = brief(&found.name);
    let passed_by = source.without.as_ref().is_some_and(|without| without[step]);
    let problem = if !source.after[step] {
        format!("there is no answer to `{name}` yet: it comes only afterwards")
    } else if passed_by && !tests(&routine.steps[step], &found.name) {
        format!("there may be no answer to `{name}`: a jump leads past it")
    } else {
        return;
    };
    let id = brief(&routine.steps[source.step].id);
    let remedy = format!("use it after the step `{id}`, or test it with `is_defined` first");
    subject.findings.warning("unset-answer", found.path.as_str(), problem, remedy);
}

/// Whether the step's own condition looks at the answer.
fn tests(step: &StepDoc, name: &str) -> bool {
    let when = step.when.as_ref().and_then(|when| serde_json::to_string(when).ok());
    when.is_some_and(|when| when.contains(name))
}
