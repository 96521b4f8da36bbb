//! What the checks look at.

use crate::World;
use crate::compile::Survey;
use crate::document::{Document, StepDoc};
use crate::findings::Findings;
use assistant::definition::{BUILT_IN_ACTIONS, Definition};
use std::collections::HashSet;

/// A document and what was made of it.
pub struct Subject<'a> {
    pub document: &'a Document,
    pub definitions: &'a [(String, Definition)],
    pub survey: &'a Survey,
    pub routines: Vec<Routine<'a>>,
    pub world: &'a World,
    pub findings: &'a Findings,
}

/// An action as its author wrote it, built in or not. Built-in ones that nobody rewrote have no steps here.
pub struct Routine<'a> {
    /// Its place in `Definition::actions`.
    pub place: usize,
    /// Its name in programs.
    pub id: &'a str,
    /// Where it stands.
    pub path: String,
    /// What is done.
    pub steps: &'a [StepDoc],
    /// Places of steps of which so much could not be read that nobody knows what follows them.
    pub unsure: HashSet<usize>,
}

impl<'a> Subject<'a> {
    pub fn new(
        document: &'a Document,
        definitions: &'a [(String, Definition)],
        survey: &'a Survey,
        world: &'a World,
        unsure: &HashSet<String>,
        findings: &'a Findings,
    ) -> Self {
        let built_in = BUILT_IN_ACTIONS.into_iter().zip(document.built_in()).enumerate();
        let built_in = built_in.map(|(place, (id, doc))| Routine {
            place,
            id,
            path: format!("/{id}"),
            steps: doc.and_then(|doc| doc.steps.as_deref()).unwrap_or_default(),
            unsure: HashSet::new(),
        });
        let own = document.actions.iter().enumerate().map(|(index, action)| Routine {
            place: BUILT_IN_ACTIONS.len() + index,
            id: &action.id,
            path: format!("/actions/{index}"),
            steps: &action.steps,
            unsure: HashSet::new(),
        });
        let with_unsure = |routine: Routine<'a>| {
            let is_unsure = |index: &usize| unsure.contains(&routine.step_path(*index));
            Routine { unsure: (0..routine.steps.len()).filter(is_unsure).collect(), ..routine }
        };
        let routines = built_in.chain(own).map(with_unsure).collect();
        Self { document, definitions, survey, routines, world, findings }
    }

    /// Every step and where it stands.
    pub fn steps(&self) -> impl Iterator<Item = (String, &'a StepDoc)> {
        self.routines.iter().flat_map(|routine| {
            let steps = routine.steps.iter().enumerate();
            steps.map(|(index, step)| (routine.step_path(index), step))
        })
    }
}

impl Routine<'_> {
    /// Where one of its steps stands.
    pub fn step_path(&self, index: usize) -> String {
        format!("{}/steps/{index}", self.path)
    }
}
