//! Questions after which nothing is said, whatever the visitor answers.

use super::graph::Graph;
use super::subject::{Routine, Subject};
use crate::compile::names::Used;
use crate::document::{CollectDoc, KindDoc, SayDoc, StepDoc, ThenDoc, ThenWord};
use std::collections::HashSet;

pub fn check(subject: &Subject<'_>) {
    let uses = subject.survey.uses.iter().filter(|found| found.what == Used::Action);
    // What an action leaves unsaid, the one that runs it may say.
    let run: HashSet<&str> = uses.map(|found| found.name.as_str()).collect();
    let silent = silent(subject);
    for routine in subject.routines.iter().filter(|routine| is_known(routine) && !run.contains(routine.id)) {
        questions(routine, &silent, subject);
    }
}

/// Actions that never say anything, whatever they run.
fn silent<'a>(subject: &Subject<'a>) -> HashSet<&'a str> {
    let mut silent: HashSet<&str> =
        subject.routines.iter().filter(|routine| is_known(routine)).map(|routine| routine.id).collect();
    loop {
        let before = silent.len();
        for routine in &subject.routines {
            if !is_known(routine) || routine.steps.iter().any(|step| speaks(step, &silent)) {
                silent.remove(routine.id);
            }
        }
        if silent.len() == before {
            return silent;
        }
    }
}

/// Whether all steps of an action were read. Built-in ones that nobody rewrote have words of their own.
fn is_known(routine: &Routine<'_>) -> bool {
    !routine.steps.is_empty() && routine.unsure.is_empty()
}

fn questions(routine: &Routine<'_>, silent: &HashSet<&str>, subject: &Subject<'_>) {
    let graph = Graph::of(routine);
    for (index, step) in routine.steps.iter().enumerate().filter(|(_, step)| offers(step)) {
        let after = graph.after(index);
        let said = routine.steps.iter().zip(after).any(|(step, after)| after && speaks(step, silent));
        if !said && !brings_on(step, silent) {
            let problem = "nothing is said after this question, whatever is chosen: the visitor is told that there \
                           is no answer";
            let remedy = "add a step that says something, run an action that does, or ask nothing here";
            let path = format!("{}/ask", routine.step_path(index));
            subject.findings.warning("nothing-said", path, problem, remedy);
        }
    }
}

/// Whether it shows the visitor something to press. A word typed in vain is a smaller loss.
fn offers(step: &StepDoc) -> bool {
    step.ask.as_ref().is_some_and(|ask| {
        ask.collect != Some(CollectDoc::Never) && matches!(ask.kind, KindDoc::Options | KindDoc::YesNo)
    })
}

fn speaks(step: &StepDoc, silent: &HashSet<&str>) -> bool {
    let says = step.say.as_ref().is_some_and(|say| match say {
        SayDoc::Text(text) => !text.trim().is_empty(),
        SayDoc::Item(_) => true,
        SayDoc::Items(items) => !items.is_empty(),
    });
    let asks = step.ask.as_ref().is_some_and(|ask| ask.collect != Some(CollectDoc::Never));
    says || asks || step.suggest.is_some() || brings_on(step, silent)
}

/// Whether what comes after a step is said elsewhere.
fn brings_on(step: &StepDoc, silent: &HashSet<&str>) -> bool {
    match &step.then {
        Some(ThenDoc::Run(run)) => !silent.contains(run.run.action.as_str()),
        Some(
            ThenDoc::AskAgain(_)
            | ThenDoc::ConnectToAgent(_)
            | ThenDoc::Fallback(_)
            | ThenDoc::Word(ThenWord::ConnectToAgent | ThenWord::Fallback),
        ) => true,
        Some(ThenDoc::GoTo(_) | ThenDoc::Call(_) | ThenDoc::Word(ThenWord::Continue | ThenWord::End))
        | None => false,
    }
}
