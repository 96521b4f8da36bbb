//! Calls that lie between steps that are asked again and the step that wants it. There they are made again only when they
//! are listed too. What only reads is listed here; whether what changes something is done twice is for people to decide.

use super::Importer;
use super::plan::Plan;
use crate::document::{CallDoc, MethodDoc, StepDoc, StepsDoc, ThenDoc};
use crate::import::Sort;
use serde_json::json;

impl<'a> Importer<'a> {
    /// Adds calls that read by what is asked again to the steps that are done again.
    pub(super) fn repeat_what_reads(&self, steps: &mut [StepDoc], plan: &Plan<'a>) {
        for here in 0..steps.len() {
            let (before, from) = steps.split_at_mut(here);
            let Some(ThenDoc::AskAgain(doc)) = &mut from[0].then else { continue };
            let StepsDoc::These(again) = &mut doc.ask_again else { continue };
            let added: Vec<&StepDoc> = depending(before, again).filter(|call| self.reads(call)).collect();
            if added.is_empty() {
                continue;
            }
            let names: Vec<String> = added.iter().map(|step| format!("`{}`", step.id)).collect();
            again.extend(added.iter().map(|step| step.id.clone()));
            let why = "it reads by an answer that is asked again, so that it is read again too";
            self.notes.note(Sort::Changed, &plan.node, format!("the call of {}", names.join(", ")), why);
        }
    }

    fn reads(&self, step: &StepDoc) -> bool {
        let Some(CallDoc { extension, operation, .. }) = call(step) else { return false };
        let extensions = self.extensions.borrow();
        let operation = extensions.found.get(extension).and_then(|found| found.operations.get(operation));
        operation.is_some_and(|operation| operation.method == MethodDoc::GET)
    }
}

/// Steps that call with the answer of one that is done again, behind the first of these.
fn depending<'s>(before: &'s [StepDoc], again: &[String]) -> impl Iterator<Item = &'s StepDoc> {
    let first = before.iter().position(|step| again.contains(&step.id)).unwrap_or(before.len());
    let between = before[first..].iter().filter(|step| !again.contains(&step.id));
    let again = again.to_vec();
    between.filter(move |step| {
        let with = call(step).map(|call| json!(call.with).to_string()).unwrap_or_default();
        again.iter().any(|name| {
            with.contains(&format!("\"step\":\"{name}\"")) || with.contains(&format!("${{{name}}}"))
        })
    })
}

fn call(step: &StepDoc) -> Option<&CallDoc> {
    if let Some(ThenDoc::Call(call)) = &step.then { Some(&call.call) } else { None }
}
