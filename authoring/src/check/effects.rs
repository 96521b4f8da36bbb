//! Settings that change nothing as the rest of the file stands.

use super::subject::{Routine, Subject};
use crate::document::{ClarifyDoc, SayDoc, StepDoc, TopicsDoc};

pub fn check(subject: &Subject<'_>) {
    clarify(subject);
    topics(&subject.document.topics, subject);
    for routine in &subject.routines {
        for (index, step) in routine.steps.iter().enumerate().filter(|(_, step)| step.suggest.is_some()) {
            suggest(routine, index, step, subject);
        }
    }
}

fn clarify(subject: &Subject<'_>) {
    let ClarifyDoc { enabled, intro, none, one, support, most, shuffle } = &subject.document.clarify;
    if !enabled {
        let given = [
            ("intro", intro.is_some()),
            ("none", none.is_some()),
            ("one", one.is_some()),
            ("support", support.is_some()),
            ("most", most.is_some()),
            ("shuffle", *shuffle),
        ];
        let why = "nobody is asked what they mean while `enabled` is `false`";
        no_effect(subject, "clarify", &given, why, "remove it, or `enabled`");
    } else if subject.document.modes.is_none() {
        let why = "a person is among the choices only where response modes are on";
        no_effect(subject, "clarify", &[("support", support.is_some())], why, "add `modes`, or remove it");
    }
}

fn topics(doc: &TopicsDoc, subject: &Subject<'_>) {
    let given = [
        ("request", doc.request.is_some()),
        ("not_understood", doc.not_understood.is_some()),
        ("attempts", doc.attempts.is_some()),
    ];
    if !doc.enabled {
        let given = [given.as_slice(), &[("ask_to_return", !doc.ask_to_return)]].concat();
        let why = "the topic cannot change while `enabled` is `false`";
        no_effect(subject, "topics", &given, why, "remove it, or `enabled`");
    } else if !doc.ask_to_return {
        let why = "nobody is asked whether to return while `ask_to_return` is `false`";
        no_effect(subject, "topics", &given, why, "remove it, or `ask_to_return`");
    }
}

fn no_effect(subject: &Subject<'_>, group: &str, given: &[(&str, bool)], why: &str, remedy: &str) {
    for (key, _) in given.iter().filter(|(_, given)| *given) {
        let problem = format!("`{key}` has no effect: {why}");
        subject.findings.warning("no-effect", format!("/{group}/{key}"), problem, remedy);
    }
}

/// Offering topics takes a text to offer them under, no question beside it, and topics.
fn suggest(routine: &Routine<'_>, index: usize, step: &StepDoc, subject: &Subject<'_>) {
    let path = format!("{}/suggest", routine.step_path(index));
    let is_silent = match &step.say {
        None => true,
        Some(SayDoc::Text(text)) => text.trim().is_empty(),
        Some(SayDoc::Items(items)) => items.is_empty(),
        Some(SayDoc::Item(_)) => false,
    };
    let mut topics = subject.document.actions.iter();
    if step.ask.is_some() {
        let problem = "`suggest` has no effect beside `ask`: the choices are those of the question";
        let remedy = "remove it, or offer the actions in a step of their own";
        subject.findings.warning("no-effect", path, problem, remedy);
    } else if is_silent {
        let problem = "`suggest` has no effect without `say`: it offers actions under words";
        subject.findings.warning("no-effect", path, problem, "add a `say`, such as `Is it one of these?`");
    } else if !topics.any(|action| action.offered && !action.phrases.is_empty() && action.id != routine.id) {
        let problem = "this step is always passed over: no other action has `phrases` and may be `offered`";
        subject.findings.warning(
            "nothing-to-suggest",
            path,
            problem,
            "give other actions `phrases`, or remove it",
        );
    }
}
