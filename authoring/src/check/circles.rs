//! Circles that would go on until the engine's limit: nothing is asked on the way, and nothing changes that could end
//! them. Jumps and actions that run each other are looked at together.

use super::graph::{next, position};
use super::subject::{Routine, Subject};
use crate::document::{CollectDoc, StepDoc, ThenDoc};
use std::collections::HashMap;

pub fn check(subject: &Subject<'_>) {
    let steps = Steps::of(subject);
    for circle in strongly_connected(&steps.next) {
        let alone = circle.len() == 1 && !steps.next[circle[0]].contains(&circle[0]);
        if !alone && steps.is_endless(&circle) {
            steps.note(&circle, subject);
        }
    }
}

/// Every step of every action, numbered, with the steps that can follow without the visitor having a say.
struct Steps<'a> {
    all: Vec<(&'a Routine<'a>, usize)>,
    next: Vec<Vec<usize>>,
}

impl<'a> Steps<'a> {
    fn of(subject: &'a Subject<'a>) -> Self {
        let routines = &subject.routines;
        let all: Vec<_> =
            routines.iter().flat_map(|r| (0..r.steps.len()).map(move |index| (r, index))).collect();
        let mut first = Vec::new();
        routines.iter().fold(0, |from, routine| {
            first.push(from);
            from + routine.steps.len()
        });
        let by_id: HashMap<&str, usize> =
            routines.iter().enumerate().map(|(index, r)| (r.id, index)).rev().collect();
        let follow = |(routine, index): &(&Routine<'_>, usize)| {
            let step = &routine.steps[*index];
            if asks(step) || routine.unsure.contains(index) {
                return Vec::new();
            }
            let own = first[routine.place];
            let ran = ran_by(step).and_then(|id| by_id.get(id));
            let may_wait = ran_by(step).is_some() && ran.is_none_or(|other| may_wait_in(&routines[*other]));
            let stays = next(routine.steps, *index).into_iter().filter(|_| !may_wait || step.when.is_some());
            let into = ran.filter(|other| !routines[**other].steps.is_empty()).map(|other| first[*other]);
            stays.map(|next| own + next).chain(into).collect()
        };
        let next = all.iter().map(follow).collect();
        Self { all, next }
    }

    fn step(&self, number: usize) -> &'a StepDoc {
        let (routine, index) = self.all[number];
        &routine.steps[index]
    }

    /// Nothing can lead out of it: no step is conditional, or no step changes anything.
    fn is_endless(&self, circle: &[usize]) -> bool {
        let any = |test: fn(&StepDoc) -> bool| circle.iter().any(|number| test(self.step(*number)));
        let leaves = any(|step| step.when.is_some());
        let changes = any(|step| !step.set.is_empty() || !step.evaluate.is_empty() || waits_for_call(step));
        let ends = any(|step| step.visits.is_some()) || (leaves && changes);
        !ends
    }

    /// The mistake is at the jump that closes the circle.
    fn note(&self, circle: &[usize], subject: &Subject<'_>) {
        let closes = |number: &&usize| {
            let (routine, index) = self.all[**number];
            let step = &routine.steps[index];
            let back = match &step.then {
                Some(ThenDoc::GoTo(jump)) => {
                    position(routine.steps, &jump.go_to).is_some_and(|to| to <= index)
                }
                _ => false,
            };
            back || ran_by(step).is_some()
        };
        let number = circle.iter().filter(closes).max().or(circle.first());
        let Some((routine, index)) = number.map(|number| self.all[*number]) else { return };
        let path = format!("{}/then", routine.step_path(index));
        let (problem, remedy) = match ran_by(&routine.steps[index]) {
            Some(id) => (
                format!("`{id}` leads back here, and nothing is asked or changed on the way"),
                "run another action, or ask something in between",
            ),
            None => (
                "this jump leads back here, and nothing is asked or changed on the way".to_owned(),
                "jump to a step further on, ask something in between, or change what a `when` looks at",
            ),
        };
        subject.findings.error("circle", path, problem, remedy);
    }
}

/// Whether the visitor has the next word.
fn asks(step: &StepDoc) -> bool {
    step.ask.as_ref().is_some_and(|ask| ask.collect != Some(CollectDoc::Never))
}

fn waits_for_call(step: &StepDoc) -> bool {
    matches!(step.then, Some(ThenDoc::Call(_)))
}

/// Whether the visitor may have a word in an action; what could not be read may ask for one.
fn may_wait_in(routine: &Routine<'_>) -> bool {
    routine.steps.is_empty() || !routine.unsure.is_empty() || routine.steps.iter().any(may_wait)
}

/// Whether the action a step belongs to may not come to its end in silence.
fn may_wait(step: &StepDoc) -> bool {
    asks(step) || ran_by(step).is_some()
}

fn ran_by(step: &StepDoc) -> Option<&str> {
    match &step.then {
        Some(ThenDoc::Run(run)) => Some(&run.run.action),
        _ => None,
    }
}

/// Groups of numbers that lead to each other (Tarjan's way, without recursion).
pub(crate) fn strongly_connected(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut search = Search {
        next,
        found: vec![None; next.len()],
        low: vec![0; next.len()],
        open: Vec::new(),
        is_open: vec![false; next.len()],
        count: 0,
        groups: Vec::new(),
    };
    (0..next.len()).for_each(|start| search.from(start));
    search.groups
}

struct Search<'a> {
    next: &'a [Vec<usize>],
    found: Vec<Option<usize>>,
    low: Vec<usize>,
    open: Vec<usize>,
    is_open: Vec<bool>,
    count: usize,
    groups: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        if self.found[start].is_some() {
            return;
        }
        self.enter(start);
        let mut path = vec![(start, 0)];
        while let Some((node, child)) = path.last_mut() {
            let node = *node;
            match self.next[node].get(*child).copied() {
                Some(next) => {
                    *child += 1;
                    match self.found[next] {
                        None => {
                            self.enter(next);
                            path.push((next, 0));
                        }
                        Some(found) if self.is_open[next] => self.low[node] = self.low[node].min(found),
                        Some(_) => {}
                    }
                }
                None => {
                    path.pop();
                    if let Some((parent, _)) = path.last() {
                        self.low[*parent] = self.low[*parent].min(self.low[node]);
                    }
                    self.leave(node);
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.found[node] = Some(self.count);
        self.low[node] = self.count;
        self.count += 1;
        self.open.push(node);
        self.is_open[node] = true;
    }

    fn leave(&mut self, node: usize) {
        if self.found[node] != Some(self.low[node]) {
            return;
        }
        let at = self.open.iter().rposition(|open| *open == node).unwrap_or_default();
        let mut group = self.open.split_off(at);
        group.iter().for_each(|node| self.is_open[*node] = false);
        group.sort_unstable();
        self.groups.push(group);
    }
}
