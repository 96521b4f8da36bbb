//! Workflows that start themselves, or each other in a circle. The bridge refuses the start that closes a circle, so
//! what was hoped of it does not happen.

use super::Subject;
use crate::check::strongly_connected;
use crate::workflow::document::{ClosedByDoc, DoDoc, OpenedByDoc, SaveDoc, StepDoc, TriggerDoc, WorkflowDoc};
use switchboard::workflow::value::fold;

pub fn check(subject: &Subject<'_>) {
    let places: Vec<usize> = subject.all.iter().map(|(place, _)| *place).collect();
    let Some(own) = places.iter().position(|place| *place == subject.own) else { return };
    let starts = |from: &WorkflowDoc| -> Vec<usize> {
        let others = subject.all.iter().enumerate();
        others.filter(|(_, (_, to))| starting_step(from, to).is_some()).map(|(at, _)| at).collect()
    };
    let next: Vec<Vec<usize>> = subject.all.iter().map(|(_, document)| starts(document)).collect();
    let circles = strongly_connected(&next);
    let Some(circle) = circles.iter().find(|circle| circle.contains(&own)) else { return };
    if circle.len() == 1 && !next[own].contains(&own) {
        return;
    }
    let into = next[own].iter().find(|to| circle.contains(to)).map(|to| subject.all[*to].1);
    let Some((into, step)) = into.and_then(|into| Some((into, starting_step(subject.document, into)?)))
    else {
        return;
    };
    let problem = match circle.len() {
        1 => "this starts the workflow itself".to_owned(),
        _ => {
            let names: Vec<String> = circle.iter().map(|at| format!("`{}`", subject.all[*at].1.id)).collect();
            format!("this starts `{}`, and these start each other in a circle: {}", into.id, names.join(", "))
        }
    };
    let remedy = "break the circle: the start that closes it is refused, and logged";
    subject.findings.warning("workflow-loop", format!("/steps/{step}"), problem, remedy);
}

/// The first step of one workflow that can start the other.
fn starting_step(from: &WorkflowDoc, to: &WorkflowDoc) -> Option<usize> {
    from.steps.iter().position(|step| can_start(step, from, to))
}

fn can_start(step: &StepDoc, from: &WorkflowDoc, to: &WorkflowDoc) -> bool {
    match (step, &to.trigger) {
        (StepDoc::Run(step), _) => step.run.workflow == to.id,
        (StepDoc::AddTags(step), TriggerDoc::TagAdded(trigger)) => meets(&step.add_tags, &trigger.tag_added),
        (StepDoc::RemoveTags(step), TriggerDoc::TagRemoved(trigger)) => {
            meets(&step.remove_tags, &trigger.tag_removed)
        }
        (StepDoc::Ask(step), TriggerDoc::TagAdded(trigger)) => {
            let saves = step.ask.save.iter().any(|save| matches!(save, SaveDoc::Tag(_)));
            saves && meets(&step.ask.options, &trigger.tag_added)
        }
        (StepDoc::Ask(step), TriggerDoc::FieldChanged(trigger)) => {
            step.ask.save.iter().any(|save| match save {
                SaveDoc::Field(save) => save.field == trigger.field_changed,
                SaveDoc::Tag(_) | SaveDoc::Variable(_) => false,
            })
        }
        (StepDoc::SetField(step), TriggerDoc::FieldChanged(trigger)) => {
            step.set_field.field == trigger.field_changed
        }
        (StepDoc::Do(step), TriggerDoc::Opened(trigger)) => {
            let by = &trigger.opened.by;
            step.does == DoDoc::Open && (by.is_empty() || by.contains(&OpenedByDoc::Workflow))
        }
        (StepDoc::Close(step), TriggerDoc::Closed(trigger)) => {
            let (by, categories) = (&trigger.closed.by, &trigger.closed.categories);
            let as_one =
                step.close.category.iter().any(|own| categories.iter().any(|c| fold(c) == fold(own)));
            (by.is_empty() || by.contains(&ClosedByDoc::Workflow)) && (categories.is_empty() || as_one)
                // Once more closed it starts nothing: what is closed already is not closed again.
                && from.id != to.id
        }
        (_, _) => false,
    }
}

/// Whether one of these tags is one of those; none at all stands for any.
fn meets(changed: &[String], wanted: &[String]) -> bool {
    let is_wanted = |tag: &String| tag.contains('$') || wanted.iter().any(|wanted| fold(wanted) == fold(tag));
    wanted.is_empty() || changed.iter().any(is_wanted)
}
