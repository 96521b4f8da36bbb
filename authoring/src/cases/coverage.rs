//! What of an assistant the cases have been through: actions begun, steps visited, conditions seen true and false.

use assistant::definition::Definition;
use protocol::inspect::{Denied, Happened, Trace};
use std::collections::BTreeSet;

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    actions: BTreeSet<String>,
    steps: BTreeSet<(String, String)>,
    skipped: BTreeSet<(String, String)>,
    denied: BTreeSet<String>,
}

/// A part of a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were seen.
    pub seen: usize,
    /// How many there are.
    pub of: usize,
    /// Those that were not, in words.
    pub missing: Vec<String>,
}

impl Coverage {
    /// Takes note of a turn.
    pub fn note(&mut self, trace: &Trace) {
        let denied = |denied: &Option<Denied>| *denied == Some(Denied::ConditionFalse);
        self.denied.extend(trace.candidates.iter().filter(|c| denied(&c.denied)).map(|c| c.action.clone()));
        for happened in &trace.happenings {
            if let Happened::ActionStarted { action, .. } = happened {
                self.actions.insert(action.clone());
            }
            // A step that had its answer already was reached too, though it did not ask.
            if let Happened::StepVisited { action, step, .. } | Happened::StepAnswered { action, step, .. } =
                happened
            {
                self.steps.insert((action.clone(), step.clone()));
            }
            if let Happened::StepSkipped { action, step } = happened {
                self.skipped.insert((action.clone(), step.clone()));
            }
        }
    }

    /// Whether a step was ever visited.
    pub fn has_step(&self, action: &str, step: &str) -> bool {
        self.steps.contains(&(action.to_owned(), step.to_owned()))
    }

    /// Actions begun.
    pub fn actions(&self, definition: &Definition) -> Share {
        let with_steps = definition.actions.iter().filter(|action| !action.steps.is_empty());
        share(with_steps.map(|action| (self.actions.contains(&action.id), action.id.clone())))
    }

    /// Steps visited.
    pub fn steps(&self, definition: &Definition) -> Share {
        share(definition.actions.iter().flat_map(|action| {
            let name = |step: &str| (action.id.clone(), step.to_owned());
            action
                .steps
                .iter()
                .map(move |step| (self.steps.contains(&name(&step.id)), format!("{}/{}", action.id, step.id)))
        }))
    }

    /// Outcomes of conditions: each can be true and false.
    pub fn conditions(&self, definition: &Definition) -> Share {
        share(definition.actions.iter().flat_map(|action| {
            let own = action.when.iter().flat_map(move |_| {
                [
                    (self.actions.contains(&action.id), format!("{} when true", action.id)),
                    (self.denied.contains(&action.id), format!("{} when false", action.id)),
                ]
            });
            let steps = action.steps.iter().filter(|step| step.when.is_some()).flat_map(move |step| {
                let name = (action.id.clone(), step.id.clone());
                [
                    (self.steps.contains(&name), format!("{}/{} when true", action.id, step.id)),
                    (self.skipped.contains(&name), format!("{}/{} when false", action.id, step.id)),
                ]
            });
            own.chain(steps)
        }))
    }
}

impl Share {
    /// In percent, rounded down; of nothing, all.
    pub fn percent(&self) -> usize {
        (self.seen * 100).checked_div(self.of).unwrap_or(100)
    }
}

fn share(all: impl Iterator<Item = (bool, String)>) -> Share {
    all.fold(Share::default(), |mut share, (seen, name)| {
        share.of += 1;
        match seen {
            true => share.seen += 1,
            false => share.missing.push(name),
        }
        share
    })
}
