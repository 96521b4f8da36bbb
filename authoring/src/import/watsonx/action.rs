//! Actions.

use super::Importer;
use super::plan::{Plan, TITLE_CHARS_MAX, Target};
use crate::Document;
use crate::document::{ActionDoc, ModeDoc};
use crate::import::Sort;
use crate::import::node::Node;

/// The longest name of a folder.
const FOLDER_CHARS_MAX: usize = 64;

impl<'a> Importer<'a> {
    /// Carries an action over.
    pub(super) fn carry_over(&self, plan: &Plan<'a>, document: &mut Document) {
        let Plan { node, target, .. } = plan;
        node.get("type").map(|kind| kind.is("standard"));
        self.outcomes(plan);
        match target {
            Target::BuiltIn(built_in) => self.carry_over_built_in(plan, *built_in, document),
            Target::Own(id) => document.actions.push(self.action(plan, id)),
        }
    }

    /// What is said about outcomes of calls and of other actions, about answers of built-in actions, and about answers of
    /// steps that are gone.
    fn outcomes(&self, plan: &Plan<'a>) {
        for (name, fact) in &plan.facts {
            let is_answer = plan.scope.steps.contains_key(*name);
            if !is_answer && !plan.scope.promised.contains(*name) {
                fact.take();
                let why = "no step of the action gives it any more: nothing is left of it to carry over";
                self.notes.note(Sort::Changed, fact, format!("the answer `{name}`"), why);
            } else if !is_answer || matches!(plan.target, Target::BuiltIn(_)) {
                fact.text_of("variable");
                fact.get("privacy").map(|privacy| privacy.has_usual("enabled", false));
            }
        }
    }

    fn action(&self, plan: &Plan<'a>, id: &str) -> ActionDoc {
        let Plan { node, title, .. } = plan;
        let trigger = self.trigger(node, &plan.scope);
        let steps = self.steps(plan, None);
        let notes = ["notes", "description"].map(|key| node.text_of(key).map(str::to_owned));
        let notes: Vec<String> = notes
            .into_iter()
            .chain([trigger.description.and_then(|text| text.text()).map(str::to_owned)])
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        let topic = node.get("topic_switch");
        let truth = |key: &str| topic.as_ref().and_then(|topic| topic.truth_of(key));
        let mut action = ActionDoc {
            id: id.to_owned(),
            title: title.clone(),
            shown_as: node
                .get("display_name")
                .filter(|name| {
                    name.peek().as_str().is_some_and(|name| name.chars().count() <= TITLE_CHARS_MAX)
                })
                .and_then(|name| name.text())
                .filter(|name| !name.is_empty() && name != title)
                .map(str::to_owned),
            notes: Some(notes.join("\n")).filter(|notes| !notes.is_empty()),
            folder: self.folder(node),
            phrases: trigger.phrases,
            counterexamples: Vec::new(),
            when: trigger.when,
            offered: !node.truth_of("disambiguation_opt_out").unwrap_or(false),
            mode: self.mode(node),
            leave: truth("allowed_from").unwrap_or(true),
            enter: truth("allowed_into").unwrap_or(true),
            never_return: truth("never_return").unwrap_or(false),
            steps,
            kept: Vec::new(),
        };
        self.sweep(node);
        action.kept = self.notes.take_kept(node);
        action
    }

    /// How readily it acts, by itself or as all actions do.
    fn mode(&self, node: &Node<'a>) -> ModeDoc {
        let modes = self.workspace.get("system_settings").and_then(|settings| settings.get("launch_mode"));
        let own = node.get("launch_mode");
        let is = |name: &str| own.as_ref().is_some_and(|own| own.is(name));
        let usual = || modes.as_ref().and_then(|modes| modes.peek_text("default")) == Some("confident");
        match (is("confident"), is("learning") || is("clarifying")) {
            (true, _) => ModeDoc::Confident,
            (false, false) if own.is_none() && usual() => ModeDoc::Confident,
            (false, _) => ModeDoc::Clarifying,
        }
    }

    /// The first collection it is in.
    fn folder(&self, node: &Node<'a>) -> Option<String> {
        let id = node.peek_text("action")?;
        let mut folder = None;
        for collection in self.workspace.items_of("collections") {
            for reference in collection.items_of("action_references") {
                let named = reference.get("action").unwrap_or(reference);
                if !named.is(id) {
                    continue;
                }
                let title = collection.text_of("title").unwrap_or_default();
                if folder.is_some() {
                    let why = "an action is in one folder here: it is in the other one";
                    self.notes.note(
                        Sort::Changed,
                        &named,
                        format!("the place of an action in `{title}`"),
                        why,
                    );
                } else {
                    folder = Some(title.chars().take(FOLDER_CHARS_MAX).collect())
                        .filter(|title: &String| !title.is_empty());
                }
            }
        }
        folder
    }
}
