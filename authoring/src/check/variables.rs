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
    let graphs: Vec<Graph> = subject.routines.iter().map(Graph::of).collect();
    let given = given_beforehand(subject);
    for found in subject.survey.uses.iter().filter(|found| found.what == Used::Answer) {
        answer(found, &graphs, &given, subject);
    }
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

/// Answers that other actions pass along, by the place of the action and the step.
fn given_beforehand<'a>(subject: &Subject<'a>) -> HashSet<(&'a str, &'a str)> {
    let runs = subject.steps().filter_map(|(_, step)| match &step.then {
        Some(ThenDoc::Run(run)) => Some(&run.run),
        Some(_) | None => None,
    });
    runs.flat_map(|run| run.with.keys().map(|name| (run.action.as_str(), name.as_str()))).collect()
}

/// Notes the use of an answer that cannot be there yet, or that some visitors were not asked for.
fn answer(found: &Use, graphs: &[Graph], given: &HashSet<(&str, &str)>, subject: &Subject<'_>) {
    let (Some(place), Some(step)) = (found.action, found.step) else { return };
    let Some(routine) = subject.routines.get(place).filter(|routine| step < routine.steps.len()) else {
        return;
    };
    let Some(source) = source(routine, &found.name) else { return };
    if source == step || given.contains(&(routine.id, found.name.as_str())) {
        return;
    }
    let name = brief(&found.name);
    let never = !graphs[place].after(source)[step];
    let problem = match never {
        true => format!("there is no answer to `{name}` yet: it comes only afterwards"),
        false
            if is_jumped_over(routine, &graphs[place], source, step)
                && !tests(&routine.steps[step], &found.name) =>
        {
            format!("there may be no answer to `{name}`: a jump leads past it")
        }
        false => return,
    };
    let remedy = format!(
        "use it after the step `{}`, or test it with `is_defined` first",
        brief(&routine.steps[source].id)
    );
    subject.findings.warning("unset-answer", found.path.as_str(), problem, remedy);
}

/// The step an answer or a result comes from.
fn source(routine: &Routine<'_>, name: &str) -> Option<usize> {
    let asked = routine.steps.iter().position(|step| step.id == name && step.ask.is_some());
    asked.or_else(|| routine.steps.iter().position(|step| result_name(step).as_deref() == Some(name)))
}

/// Whether one can get to a step without another that is not conditional.
fn is_jumped_over(routine: &Routine<'_>, graph: &Graph, source: usize, step: usize) -> bool {
    routine.steps[source].when.is_none() && source != 0 && graph.reached(0, Some(source))[step]
}

/// Whether the step's own condition looks at the answer.
fn tests(step: &StepDoc, name: &str) -> bool {
    let when = step.when.as_ref().and_then(|when| serde_json::to_string(when).ok());
    when.is_some_and(|when| when.contains(name))
}
