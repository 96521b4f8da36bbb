//! Giving the conversation to somebody: done when they have it, not when they are asked.

use crate::workflow::definition::{AgentName, Assign, Owner, Step, StepAt, Task};
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{AssignWanted, Awaited, Effect, Outcome, Ticket, Whom};
use crate::workflow::text::Escape;
use crate::workflow::value::Value;
use protocol::AgentId;

impl Walk<'_> {
    /// Wishes for somebody and waits. A person whose name comes to nothing is nobody.
    pub fn assign(&mut self, at: StepAt, assign: &Assign) -> Flow {
        let Some(to) = self.whom(at, &assign.to) else {
            return Flow::Came(Outcome::Nobody, assign.nobody);
        };
        let ticket = self.ticket();
        self.want(Effect::Assign(AssignWanted {
            ticket,
            to,
            choosing: assign.choosing,
            online_only: assign.online_only,
            fewer_open_than: assign.fewer_open_than,
        }));
        Flow::Wait { until: self.until(assign.timeout_seconds), of: Awaited::Owner(ticket) }
    }

    fn whom(&mut self, at: StepAt, owner: &Owner) -> Option<Whom> {
        match owner {
            Owner::Agent(name) => {
                let name = self.filled(at, name, Escape::None).trim().to_owned();
                (!name.is_empty()).then_some(Whom::Agent(AgentName(name)))
            }
            Owner::Team(team) => Some(Whom::Team(team.clone())),
            Owner::Queue(queue) => Some(Whom::Queue(queue.clone())),
            Owner::Workspace => Some(Whom::Workspace),
        }
    }

    /// Somebody has it.
    pub fn owned(&mut self, at: StepAt, agent: AgentId) {
        let Some((step, _)) = self.assign_at(at) else { return self.lost(at) };
        self.run.memory.keep(&step.name, Value::text(agent.to_string()));
        self.resume(at, Flow::Came(Outcome::Assigned(agent), step.next));
    }

    /// Nobody ever could.
    pub fn nobody(&mut self, at: StepAt) {
        let Some((_, assign)) = self.assign_at(at) else { return self.lost(at) };
        self.resume(at, Flow::Came(Outcome::Nobody, assign.nobody));
    }

    /// Nobody did in time.
    pub fn found_in_vain(&mut self, at: StepAt, ticket: Ticket, assign: &Assign) {
        self.want(Effect::WithdrawAssign { ticket });
        self.resume(at, Flow::Came(Outcome::TimedOut, assign.timed_out));
    }
}

impl<'a> Walk<'a> {
    fn assign_at(&self, at: StepAt) -> Option<(&'a Step, &'a Assign)> {
        let step = self.workflow.step(at)?;
        if let Task::Assign(assign) = &step.task { Some((step, assign)) } else { None }
    }
}
