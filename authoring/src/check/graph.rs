//! Which step can follow which.

use super::subject::Routine;
use crate::document::{ExhaustedDoc, StepDoc, ThenDoc, ThenWord};

/// The steps of one action and what can follow each.
pub struct Graph {
    next: Vec<Vec<usize>>,
}

impl Graph {
    pub fn of(routine: &Routine<'_>) -> Self {
        Self { next: (0..routine.steps.len()).map(|index| next(routine.steps, index)).collect() }
    }

    /// Which steps can follow from one, itself included, without going through `barred`.
    pub fn reached(&self, from: usize, barred: Option<usize>) -> Vec<bool> {
        let mut reached = vec![false; self.next.len()];
        let mut waiting = vec![from];
        while let Some(index) = waiting.pop() {
            if Some(index) != barred && index < reached.len() && !std::mem::replace(&mut reached[index], true)
            {
                waiting.extend(&self.next[index]);
            }
        }
        reached
    }

    /// Which steps can come after one; itself only in a circle.
    pub fn after(&self, from: usize) -> Vec<bool> {
        let mut after = vec![false; self.next.len()];
        for next in self.next.get(from).into_iter().flatten() {
            let reached = self.reached(*next, None);
            after.iter_mut().zip(reached).for_each(|(after, reached)| *after |= reached);
        }
        after
    }
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
