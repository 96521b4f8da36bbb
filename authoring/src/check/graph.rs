//! Which step can follow which.

use super::subject::Routine;
use crate::document::{ExhaustedDoc, StepDoc, ThenDoc, ThenWord};

/// The steps of one action and what can follow each. After a step that could not be read may come any other, and none
/// for sure.
pub struct Graph {
    next: Vec<Vec<usize>>,
    surely: Vec<Vec<usize>>,
}

impl Graph {
    pub fn of(routine: &Routine<'_>) -> Self {
        let count = routine.steps.len();
        let written = |index| next(routine.steps, index);
        let among = |unsure: Vec<usize>| {
            let is_sure = |index| !routine.unsure.contains(&index);
            (0..count).map(|index| if is_sure(index) { written(index) } else { unsure.clone() }).collect()
        };
        Self { next: among((0..count).collect()), surely: among(Vec::new()) }
    }

    /// Which steps can follow from one, itself included.
    pub fn reached(&self, from: usize) -> Vec<bool> {
        reached(&self.next, from, None)
    }

    /// Which steps are known to follow from the first one without going through `barred`.
    pub fn reached_without(&self, barred: usize) -> Vec<bool> {
        reached(&self.surely, 0, Some(barred))
    }

    /// Which steps can come after one; itself only in a circle.
    pub fn after(&self, from: usize) -> Vec<bool> {
        let mut after = vec![false; self.next.len()];
        for next in self.next.get(from).into_iter().flatten() {
            let reached = self.reached(*next);
            after.iter_mut().zip(reached).for_each(|(after, reached)| *after |= reached);
        }
        after
    }
}

fn reached(next: &[Vec<usize>], from: usize, barred: Option<usize>) -> Vec<bool> {
    let mut reached = vec![false; next.len()];
    let mut waiting = vec![from];
    while let Some(index) = waiting.pop() {
        if Some(index) != barred && index < reached.len() && !std::mem::replace(&mut reached[index], true) {
            waiting.extend(&next[index]);
        }
    }
    reached
}

/// The place of a step by its id.
pub fn position(steps: &[StepDoc], id: &str) -> Option<usize> {
    steps.iter().position(|step| !id.is_empty() && step.id == id)
}

/// Steps that can follow a step directly, in its action.
pub fn next(steps: &[StepDoc], index: usize) -> Vec<usize> {
    let step = &steps[index];
    let passed_over =
        step.when.is_some() || step.ask.as_ref().is_some_and(|ask| ask.exhausted == ExhaustedDoc::Continue);
    let below = index + 1;
    let mut next: Vec<usize> = if passed_over { vec![below] } else { Vec::new() };
    match &step.then {
        None | Some(ThenDoc::Word(ThenWord::Continue) | ThenDoc::AskAgain(_) | ThenDoc::Call(_)) => {
            next.push(below)
        }
        Some(ThenDoc::GoTo(target)) => next.extend(position(steps, &target.go_to)),
        Some(ThenDoc::Run(run)) => next.extend((!run.run.end).then_some(below)),
        Some(
            ThenDoc::Word(ThenWord::End | ThenWord::ConnectToAgent | ThenWord::Fallback)
            | ThenDoc::ConnectToAgent(_)
            | ThenDoc::Fallback(_),
        ) => {}
    }
    next.retain(|next| *next < steps.len());
    next
}
