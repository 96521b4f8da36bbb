//! Names of what calls and other actions bring. Steps that bring nothing here leave nothing to refer to.

use super::Importer;
use super::callout::called;
use super::plan::{BuiltIn, Plan, Target};
use crate::import::name;
use crate::import::node::Node;
use std::collections::HashSet;

impl<'a> Importer<'a> {
    /// Names the outcomes of an action's steps, and the answers inside them.
    pub(super) fn name_outcomes(&self, plan: &mut Plan<'a>) {
        let scope = &mut plan.scope;
        let mut taken: HashSet<String> = scope.steps.values().map(|answer| answer.step.clone()).collect();
        for step in &plan.steps {
            let Some(theirs) = result_variable(step) else { continue };
            scope.promised.insert(theirs.to_owned());
            if !self.brings(step) {
                continue;
            }
            let ours = scope.results.entry(theirs.to_owned());
            let ours = ours.or_insert_with(|| name::unique(name::sanitized(theirs), &mut taken)).clone();
            let action = step.get("resolver").and_then(|resolver| resolver.get("invoke_action"));
            let answers = action.and_then(|action| self.answers.get(action.peek_text("action")?));
            for (name, step) in answers.into_iter().flatten() {
                scope.inside.insert(name.clone(), (ours.clone(), step.clone()));
            }
        }
    }

    /// Whether a step brings something that later steps can look at.
    fn brings(&self, step: &Node<'a>) -> bool {
        let Some(resolver) = step.get("resolver") else { return false };
        match resolver.peek_text("type") {
            Some("callout") => called(&resolver).is_some(),
            Some("invoke_another_action") => {
                let target =
                    resolver.get("invoke_action").and_then(|run| self.targets.get(run.peek_text("action")?));
                match target {
                    Some(Target::BuiltIn(BuiltIn::Fallback)) | None => false,
                    Some(Target::BuiltIn(_) | Target::Own(_)) => true,
                }
            }
            _ => false,
        }
    }
}

/// The name under which a step keeps what a call or another action brought.
fn result_variable<'a>(step: &Node<'a>) -> Option<&'a str> {
    let resolver = step.get("resolver")?;
    let inside = resolver.get("callout").or_else(|| resolver.get("invoke_action"))?;
    inside.peek_text("result_variable")
}
