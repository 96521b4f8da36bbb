//! What people and programs ask of workflows.

use super::begin::Beginning;
use super::facts::Sights;
use super::occasion::Occasion;
use super::step::Step;
use crate::decide::draft::{Answered, Draft};
use crate::decide::refuse;
use crate::decide::staff::Staff;
use crate::workflow::answer::read_form;
use crate::workflow::definition::Trigger;
use crate::workflow::facts::Facts as _;
use crate::workflow::{self, Happened, Input, NotStarted, Stop, Value, Workflow};
use crate::{Change, Decision, Switchboard};
use protocol::{Actor, Refusal, RefusalCode, VisitorId, WorkflowId};
use std::collections::BTreeMap;

impl Switchboard {
    /// An agent, or a program, starts a workflow that can be started so. The event that says so is the answer.
    pub(crate) fn start_by_hand(
        &self,
        staff: &Staff<'_>,
        draft: &mut Draft<'_>,
        workflow: &WorkflowId,
        form: &[(String, String)],
    ) -> Result<Option<Answered>, Refusal> {
        let published = self.runs.published.get(workflow);
        let Some((version, definition)) = published else { return Err(unknown(workflow)) };
        let conversation = draft.conversation().clone();
        let sights = Sights { board: self, conversation: &conversation };
        let told = read(definition, form, sights.day(draft.now)).ok_or_else(|| unknown(workflow))??;
        let happened = Happened::Shortcut(workflow::WorkflowId(workflow.to_string()));
        let occasion = Occasion { happened, told, from: None, causes: Vec::new(), by: None };
        let now = draft.now;
        let mut beginning =
            Beginning { board: self, conversation: &conversation, workflow, occasion: &occasion, now };
        let own = beginning.may_begin().map_err(|why| refusal(workflow, why))?;
        if let Some(live) = own.and_then(|own| self.runs.live.get(&own)) {
            Step::of(draft, live).take(Input::Stopped(Stop::Restarted));
        }
        let conversation = draft.conversation().clone();
        beginning = Beginning { conversation: &conversation, ..beginning };
        let answered = draft.answer(staff.asked(), beginning.started(*version));
        let by = Actor::Workflow { workflow: workflow.clone(), run: beginning.run_id() };
        draft.go_on_as(by, beginning.cause());
        beginning.go(draft, *version, definition);
        Ok(Some(answered))
    }

    /// An agent stops a workflow that agents may stop; supervisors, admins and programs stop any.
    pub(crate) fn stop_by_hand(
        &self,
        staff: &Staff<'_>,
        draft: &mut Draft<'_>,
        workflow: &WorkflowId,
    ) -> Result<Option<Answered>, Refusal> {
        let Some(live) = self.runs.running(draft.conversation().id, workflow) else {
            let what = format!("the workflow `{workflow}` does not run here");
            return Err(Refusal::new(RefusalCode::UnknownName, what));
        };
        let stop = match (live.workflow.exits.agent_may_stop, staff.oversees()) {
            (_, true) => Stop::BySupervisor,
            (true, false) => Stop::ByAgent,
            (false, false) => {
                let what = format!("the workflow `{workflow}` is not one that agents may stop");
                return Err(refuse::not_allowed(what));
            }
        };
        Step::of(draft, live).take(Input::Stopped(stop));
        Ok(Some(draft.last_answers(staff.asked())))
    }

    /// Another system asks for a workflow.
    pub(crate) fn webhook_called(
        &self,
        workflow: &WorkflowId,
        visitor: VisitorId,
        told: &BTreeMap<String, Value>,
    ) -> Result<Decision, Refusal> {
        let published = self.runs.published.get(workflow).ok_or_else(|| unknown(workflow))?;
        let Trigger::Webhook { values, .. } = &published.1.trigger else { return Err(unknown(workflow)) };
        let conversation = self.conversation_of(visitor).ok_or_else(refuse::nothing_open)?;
        let asked_for = |name: &String| values.iter().any(|value| value.name == *name);
        let told = told.iter().filter(|(name, _)| asked_for(name));
        let told = told.map(|(name, value)| (name.clone(), value.clone())).collect();
        let happened = Happened::Webhook(workflow::WorkflowId(workflow.to_string()));
        Ok(Decision::of(vec![Change::Occurred { conversation, happened, told }]))
    }

    /// The page around the chat tells of something; without an open conversation that is nothing to anybody.
    pub(crate) fn page_tells(
        &self,
        visitor: VisitorId,
        name: &str,
        told: &BTreeMap<String, Value>,
    ) -> Decision {
        let Some(conversation) = self.conversation_of(visitor) else { return Decision::default() };
        let happened = Happened::PageEvent { name: name.to_owned() };
        Decision::of(vec![Change::Occurred { conversation, happened, told: told.clone() }])
    }
}

/// What was filled in; `None` when the workflow is not one to be started so.
fn read(
    workflow: &Workflow,
    form: &[(String, String)],
    today: workflow::Date,
) -> Option<Result<BTreeMap<String, Value>, Refusal>> {
    let Trigger::Shortcut { form: fields } = &workflow.trigger else { return None };
    let filled = form.iter().cloned().collect();
    Some(read_form(fields, &filled, today).map_err(|bad| refuse::malformed(bad.to_string())))
}

fn unknown(workflow: &WorkflowId) -> Refusal {
    let what = format!("there is no workflow `{workflow}` that can be started so");
    Refusal::new(RefusalCode::UnknownName, what)
}

fn refusal(workflow: &WorkflowId, why: NotStarted) -> Refusal {
    let code = match why {
        NotStarted::OtherTrigger | NotStarted::NotPublished => RefusalCode::UnknownName,
        NotStarted::RanBefore | NotStarted::AlreadyRunning => RefusalCode::AlreadyThere,
        NotStarted::Condition
        | NotStarted::Circle
        | NotStarted::ChainTooLong
        | NotStarted::TooOften
        | NotStarted::Spam => RefusalCode::WrongState,
    };
    Refusal::new(code, format!("the workflow `{workflow}` does not start: {why}"))
}
