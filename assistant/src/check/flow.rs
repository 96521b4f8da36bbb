//! Ways through an action: steps that are never reached, and circles in which nothing is asked.

use crate::definition::{Action, Step, Then};
use crate::read::node::Findings;

/// Notes steps that cannot be reached and circles that cannot end.
pub fn check(action: &Action, findings: &Findings) {
    unreachable(action, findings);
    for (index, step) in action.steps.iter().enumerate() {
        if let Then::GoTo(_) = &step.then
            && circles(action, index)
        {
            findings.note(
                format!("{}/steps/{index}/then/go_to", action.path),
                "this jump leads back here and nothing is asked on the way",
                "jump to a step further on, or ask something in between",
            );
        }
    }
}

/// Only the first step of a stretch that is not reached is named: the others follow from it.
fn unreachable(action: &Action, findings: &Findings) {
    let reached = reached(action, 0, |_| true);
    for index in 1..action.steps.len() {
        if !reached[index] && reached[index - 1] {
            findings.note(
                format!("{}/steps/{index}", action.path),
                "this step is never reached: the one before it always goes elsewhere",
                "give the step before it a condition (`when`), jump here, or remove this step",
            );
        }
    }
}

/// Whether the jump of a step can come back to it without a question on the way.
fn circles(action: &Action, jump: usize) -> bool {
    let Then::GoTo(target) = &action.steps[jump].then else { return false };
    let silent = |step: &Step| step.ask.is_none();
    let Some(target) = position(action, target) else { return false };
    silent(&action.steps[jump]) && reached(action, target, silent)[jump]
}

/// Which steps can follow from one, going on only through steps that `pass`.
fn reached(action: &Action, from: usize, pass: impl Fn(&Step) -> bool) -> Vec<bool> {
    let mut reached = vec![false; action.steps.len()];
    let mut waiting = vec![from];
    while let Some(index) = waiting.pop() {
        let Some(step) = action.steps.get(index) else { continue };
        if std::mem::replace(&mut reached[index], true) || !pass(step) {
            continue;
        }
        if step.when.is_some() {
            waiting.push(index + 1);
        }
        match &step.then {
            Then::Continue => waiting.push(index + 1),
            Then::GoTo(target) => waiting.extend(position(action, target)),
            Then::End | Then::ConnectToAgent(_) | Then::Fallback => {}
        }
    }
    reached
}

fn position(action: &Action, id: &str) -> Option<usize> {
    action.steps.iter().position(|step| !id.is_empty() && step.id == id)
}
