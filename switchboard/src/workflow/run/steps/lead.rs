//! Steps that only lead elsewhere.

use crate::workflow::condition::holds;
use crate::workflow::definition::{Case, Next, Step, StepAt, WhenOpen};
use crate::workflow::facts::Facts;
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{JUMPS_MAX, Outcome};

impl Walk<'_> {
    /// The first case that holds.
    pub fn branch(&mut self, step: &Step, cases: &[Case]) -> Flow {
        let sight = self.sight();
        match cases.iter().enumerate().find(|(_, case)| holds(&case.condition, &sight)) {
            Some((place, case)) => {
                Flow::Came(Outcome::Case(u16::try_from(place).unwrap_or(u16::MAX)), case.then)
            }
            None => Flow::Came(Outcome::Otherwise, step.next),
        }
    }

    /// There, so many times; then on.
    pub fn jump(&mut self, at: StepAt, step: &Step, to: StepAt, times: u8) -> Flow {
        let taken = self.run.jumps_taken.entry(at).or_default();
        if *taken < times.min(JUMPS_MAX) {
            *taken += 1;
            Flow::Came(Outcome::Jumped, Some(to))
        } else {
            Flow::Came(Outcome::JumpSkipped, step.next)
        }
    }

    /// A calendar that does not exist is never open.
    pub fn when_open(&mut self, step: &Step, when: &WhenOpen, outside: Next) -> Flow {
        let inside = match when {
            WhenOpen::Calendar(name) => self.facts.is_open(name, self.now) == Some(true),
            WhenOpen::Range { from, to } => (*from..=*to).contains(&self.now),
        };
        if inside { Flow::Came(Outcome::Inside, step.next) } else { Flow::Came(Outcome::Outside, outside) }
    }
}
