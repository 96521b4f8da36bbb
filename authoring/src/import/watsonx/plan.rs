//! The order of actions and steps, and what everything is called. It is settled before anything is carried over, because
//! everything may refer to everything.

use super::Importer;
use super::order::{Link, follow};
use super::reference::{Answer, Scope, suffix};
use crate::import::node::Node;
use crate::import::{Sort, name};
use assistant::definition::{BUILT_IN_ACTIONS, built_in};
use assistant::limits::{ACTIONS_MAX, STEPS_MAX};
use std::collections::{HashMap, HashSet};

/// The longest title of an action.
pub(super) const TITLE_CHARS_MAX: usize = 256;

/// The actions there is one of in every assistant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuiltIn {
    Greeting,
    NoMatches,
    Fallback,
    TriggerWords,
}

impl BuiltIn {
    /// The one that has this id in exports.
    fn of(id: &str) -> Option<Self> {
        match id {
            "welcome" => Some(Self::Greeting),
            "anything_else" => Some(Self::NoMatches),
            "fallback" => Some(Self::Fallback),
            "run_always" => Some(Self::TriggerWords),
            _ => None,
        }
    }

    /// Its id here.
    pub fn id(self) -> &'static str {
        match self {
            Self::Greeting => "greeting",
            Self::NoMatches => "no_matches",
            Self::Fallback => "fallback",
            Self::TriggerWords => "trigger_words",
        }
    }
}

/// What an action becomes.
#[derive(Clone, Debug)]
pub(super) enum Target {
    BuiltIn(BuiltIn),
    /// With its id.
    Own(String),
}

impl Target {
    /// Its id here.
    pub fn id(&self) -> &str {
        match self {
            Self::BuiltIn(built_in) => built_in.id(),
            Self::Own(id) => id,
        }
    }
}

/// An action, before it is carried over.
pub(super) struct Plan<'a> {
    pub node: Node<'a>,
    pub target: Target,
    pub title: String,
    /// In their order.
    pub steps: Vec<Node<'a>>,
    pub scope: Scope,
    /// What is said about its variables, by variable.
    pub facts: HashMap<&'a str, Node<'a>>,
}

impl<'a> Importer<'a> {
    /// Plans every action.
    pub(super) fn plan(&mut self) -> Vec<Plan<'a>> {
        let actions: Vec<Node<'a>> = self
            .workspace
            .items_of("actions")
            .into_iter()
            .filter(|action| action.peek().is_object())
            .collect();
        let mut actions = self.ordered(actions, "action", "next_action");
        self.cut(&mut actions, ACTIONS_MAX, "actions");
        self.count_askers(&actions);
        let (mut ids, mut titles) = (BUILT_IN_ACTIONS.map(str::to_owned).into(), HashSet::new());
        let mut plans: Vec<Plan<'a>> =
            actions.into_iter().map(|action| self.plan_action(action, &mut ids, &mut titles)).collect();
        for plan in &plans {
            let id = plan.node.peek_text("action").unwrap_or_default().to_owned();
            let steps = plan.scope.steps.iter().map(|(name, answer)| (name.clone(), answer.step.clone()));
            self.answers.insert(id.clone(), steps.collect());
            self.targets.insert(id, plan.target.clone());
        }
        for plan in &mut plans {
            self.name_outcomes(plan);
        }
        self.name_variables(&plans);
        plans
    }

    /// Elements in the order in which they lead to each other.
    fn ordered(&self, nodes: Vec<Node<'a>>, id: &str, next: &str) -> Vec<Node<'a>> {
        let link = |node: &Node<'a>| Link {
            id: node.text_of(id).unwrap_or_default(),
            next: node.text_of(next).filter(|next| !next.is_empty()),
        };
        let links: Vec<Link<'_>> = nodes.iter().map(link).collect();
        match follow(&links) {
            Ok(order) => order.into_iter().map(|place| nodes[place].clone()).collect(),
            Err(problem) => {
                let what = format!("the order of the {id}s: {problem}");
                let first = nodes.first().unwrap_or(&self.workspace);
                self.notes.note(
                    Sort::Decision,
                    first,
                    what,
                    "they stand as they stood in the file: see whether that is right",
                );
                nodes
            }
        }
    }

    /// Keeps the first so many; the others are kept as they stood.
    fn cut(&self, nodes: &mut Vec<Node<'a>>, most: usize, what: &str) {
        for left in nodes.split_off(most.min(nodes.len())) {
            let why =
                format!("there are more than {most} {what}, the most there can be: see which are needed");
            self.notes.keep(Sort::Decision, &left, format!("one of the {what}"), why);
        }
    }

    fn count_askers(&mut self, actions: &[Node<'a>]) {
        for step in actions.iter().flat_map(|action| action.items_of("steps")) {
            if let Some(entity) = step.get("question").and_then(|question| question.peek_text("entity")) {
                *self.askers.entry(entity).or_default() += 1;
            }
        }
    }

    fn plan_action(
        &self,
        node: Node<'a>,
        ids: &mut HashSet<String>,
        titles: &mut HashSet<String>,
    ) -> Plan<'a> {
        let was = node.peek_text("action").unwrap_or_default();
        let written = node
            .get("title")
            .map(|title| title.peek().as_str().unwrap_or_default().trim())
            .unwrap_or_default();
        let written = if written.is_empty() { was } else { written };
        let built_in = BuiltIn::of(was);
        let title = match built_in {
            Some(_) => written.to_owned(),
            None => self.title(&node, written, titles),
        };
        let target = match built_in {
            Some(built_in) => Target::BuiltIn(built_in),
            None => {
                Target::Own(name::unique(name::slug(&title).unwrap_or_else(|| name::sanitized(was)), ids))
            }
        };
        let steps = node.items_of("steps").into_iter().filter(|step| step.peek().is_object()).collect();
        let mut steps = self.ordered(steps, "step", "next_step");
        self.cut(&mut steps, STEPS_MAX, "steps");
        let scope = self.scope(&node, &steps);
        let facts = node
            .items_of("variables")
            .into_iter()
            .filter_map(|fact| Some((fact.peek_text("variable")?, fact)));
        Plan { facts: facts.collect(), node, target, title, steps, scope }
    }

    /// A title nobody else has.
    fn title(&self, node: &Node<'a>, written: &str, taken: &mut HashSet<String>) -> String {
        let written: String = if written.is_empty() { "Action".to_owned() } else { written.to_owned() };
        let mut title: String = written.chars().take(TITLE_CHARS_MAX).collect();
        for number in 2.. {
            if taken.insert(title.to_lowercase()) {
                break;
            }
            let room = TITLE_CHARS_MAX - 8;
            title = format!("{} ({number})", written.chars().take(room).collect::<String>());
        }
        node.text_of("title");
        if title != written {
            let why = format!(
                "titles are unique here and not longer than {TITLE_CHARS_MAX} characters: it is `{title}` now"
            );
            self.notes.note(Sort::Changed, node, format!("the title `{written}`"), why);
        }
        title
    }

    /// What the steps of an action are called.
    fn scope(&self, action: &Node<'a>, steps: &[Node<'a>]) -> Scope {
        let (mut scope, mut taken) = (Scope::default(), HashSet::new());
        let whole = action.peek().to_string();
        for step in steps {
            let id = step.peek_text("step").unwrap_or_default();
            let variable = step.text_of("variable").unwrap_or(id).to_owned();
            let own = name::unique(name::sanitized(id), &mut taken);
            if own != id {
                self.notes.note(
                    Sort::Changed,
                    step,
                    format!("the step `{id}`"),
                    format!("it is called `{own}` now"),
                );
            }
            let (kind, element) = (self.kind_of(step), element(step, &variable, &whole));
            let answer = Answer { step: own, variable: variable.clone(), kind, element };
            scope.by_pointer.insert(step.pointer().to_owned(), answer.clone());
            if variable != id {
                scope.steps.insert(id.to_owned(), answer.clone());
            }
            scope.steps.insert(variable, answer);
        }
        scope
    }

    /// Session variables: no name may mean two things.
    fn name_variables(&mut self, plans: &[Plan<'a>]) {
        let mut taken: HashSet<String> = built_in::ALL.into_iter().map(str::to_owned).collect();
        for Plan { scope, .. } in plans {
            taken.extend(scope.steps.values().map(|answer| answer.step.clone()));
            taken.extend(scope.results.values().cloned());
        }
        for variable in self.workspace.items_of("variables") {
            let Some(name) = variable.peek_text("variable") else { continue };
            let own = name::sanitized(name);
            let own = if taken.contains(&own) { format!("{own}_variable") } else { own };
            let own = name::unique(own, &mut taken);
            if own != name {
                let why = format!("it is called `{own}` now, everywhere");
                self.notes.note(Sort::Changed, &variable, format!("the variable `{name}`"), why);
            }
            let data_type = variable.peek_text("data_type").unwrap_or("any").to_owned();
            self.names.variables.entry(name.to_owned()).or_insert((own, data_type));
        }
    }
}

/// What of an element of a list is the value of an answer, where the action looks at the element itself.
fn element(step: &Node<'_>, variable: &str, action: &str) -> Option<String> {
    let question = step.get("question")?;
    question.get("source_variable")?;
    let looked_at = [
        format!("${{{variable}}}.item"),
        format!("${{{variable}.item"),
        "\"variable_path\":\"item".to_owned(),
    ];
    if !looked_at.iter().any(|text| action.contains(text)) {
        return None;
    }
    let template = question.get("option_list").and_then(|list| list.get("templates")?.get("value"));
    let value = template.and_then(|template| template.peek_text("expression")).unwrap_or("${item}").trim();
    let (inside, behind) = value.strip_prefix("${item")?.split_once('}')?;
    Some(format!("{}{}", suffix(inside), suffix(behind)))
}
