//! Questions after which nothing is said, whatever the visitor answers.

use super::graph::Graph;
use super::subject::{Routine, Subject};
use crate::compile::names::Used;
use crate::document::{CollectDoc, KindDoc, SayDoc, StepDoc, ThenDoc, ThenWord};

pub fn check(subject: &Subject<'_>) {
    for routine in &subject.routines {
        let is_run =
            |found: &&crate::compile::names::Use| found.what == Used::Action && found.name == routine.id;
        // What an action leaves unsaid, the one that runs it may say.
        if routine.unsure.is_empty() && !subject.survey.uses.iter().any(|found| is_run(&found)) {
            questions(routine, subject);
        }
    }
}

fn questions(routine: &Routine<'_>, subject: &Subject<'_>) {
    let graph = Graph::of(routine);
    for (index, step) in routine.steps.iter().enumerate().filter(|(_, step)| offers(step)) {
        let after = graph.after(index);
        let said = routine.steps.iter().zip(after).any(|(step, after)| after && speaks(step));
        if !said && !brings_on(step) {
            let problem = "nothing is said after this question, whatever is chosen: the visitor is told that there \
                           is no answer";
            let remedy = "add a step that says something, run another action, or ask nothing here";
            subject.findings.warning(
                "nothing-said",
                format!("{}/ask", routine.step_path(index)),
                problem,
                remedy,
            );
        }
    }
}

/// Whether it shows the visitor something to press. A word typed in vain is a smaller loss.
fn offers(step: &StepDoc) -> bool {
    step.ask.as_ref().is_some_and(|ask| {
        ask.collect != Some(CollectDoc::Never) && matches!(ask.kind, KindDoc::Options | KindDoc::YesNo)
    })
}

fn speaks(step: &StepDoc) -> bool {
    let says = step.say.as_ref().is_some_and(|say| match say {
        SayDoc::Text(text) => !text.trim().is_empty(),
        SayDoc::Item(_) => true,
        SayDoc::Items(items) => !items.is_empty(),
    });
    let asks = step.ask.as_ref().is_some_and(|ask| ask.collect != Some(CollectDoc::Never));
    says || asks || step.suggest.is_some() || brings_on(step)
}

/// Whether what comes after a step is said elsewhere.
fn brings_on(step: &StepDoc) -> bool {
    match &step.then {
        Some(
            ThenDoc::Run(_)
            | ThenDoc::AskAgain(_)
            | ThenDoc::ConnectToAgent(_)
            | ThenDoc::Fallback(_)
            | ThenDoc::Word(ThenWord::ConnectToAgent | ThenWord::Fallback),
        ) => true,
        Some(ThenDoc::GoTo(_) | ThenDoc::Call(_) | ThenDoc::Word(ThenWord::Continue | ThenWord::End))
        | None => false,
    }
}
