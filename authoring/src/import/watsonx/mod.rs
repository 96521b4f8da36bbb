//! Action exports of watsonx Assistant (`watsonx.md` part 2).
//!
//! `envelope.rs` finds the skill, `plan.rs` puts actions and steps in order and finds out what everything is called, then
//! `action.rs`, `built_in.rs`, `variable.rs` and `settings.rs` carry over what they are named after. Each reads what it
//! understands; the sweep at the end keeps what nobody has read. What `bookkeeping.rs` lists is left out, and counted in the
//! report.

mod action;
mod again;
mod bookkeeping;
mod built_in;
mod callout;
mod choice;
mod condition;
mod connect;
mod defaults;
mod envelope;
mod expression;
mod handler;
mod markup;
mod operand;
mod order;
mod outcome;
mod output;
mod phrases;
mod plan;
mod question;
mod reference;
mod resolver;
mod rich;
mod settings;
mod step;
mod text;
mod variable;

pub use bookkeeping::{BOOKKEEPING, is_bookkeeping};

use super::ledger::Ledger;
use super::node::Node;
use super::notes::Notes;
use super::report::{Counts, LeftOut, Note, Report, Taken};
use super::settle::{settle, silent};
use super::{ImportError, Imported, Sort, lenient};
use crate::document::{Document, FORMAT, SavedDoc};
use callout::Extensions;
use indexmap::IndexMap;
use plan::{Plan, Target};
use reference::Names;
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// Why something for the telephone does nothing.
const TELEPHONE: &str = "it is for telephone calls and means nothing in a chat";

/// Values and conditions nested deeper than any person would write are kept as they stood.
const DEPTH_MAX: usize = 30;

/// Makes a document of an export.
pub fn import(text: &str) -> Result<Imported, ImportError> {
    let source = lenient::read(text)?;
    let ledger = Ledger::default();
    let root = Node::root(&source, &ledger);
    let skill = envelope::skill(&root)?;
    let mut importer = Importer::new(skill.workspace.clone(), skill.node.clone());
    let plans = importer.plan();
    let mut document = Document { format: FORMAT, ..Document::default() };
    envelope::describe(&importer, &skill, &mut document);
    importer.settings(&mut document);
    for plan in &plans {
        importer.carry_over(plan, &mut document);
    }
    importer.variables(&mut document);
    document.saved = importer.shared.take();
    document.words = importer.words.take().into_iter().filter(|(_, words)| !words.is_empty()).collect();
    document.extensions = std::mem::take(&mut importer.extensions.borrow_mut().found);
    importer.sweep(&root);
    document.kept = importer.notes.take_kept(&root);
    let origins = |action: &str, step: &str| origin(&plans, action, step);
    let (document, set_aside) = settle(document, &origins);
    let mut notes = importer.notes.into_notes();
    notes.extend(ledger.left_to_defaults().into_iter().map(left_to_default));
    notes.extend(set_aside);
    notes.extend(silent(&document, &origins));
    let mut report = report(&document, &plans, notes, &source);
    report.left_out = left_out(&importer.left_out.into_inner());
    Ok(Imported { document, report })
}

/// What is known while one export is carried over.
struct Importer<'a> {
    skill: Node<'a>,
    workspace: Node<'a>,
    notes: Notes,
    entities: HashMap<&'a str, Node<'a>>,
    intents: HashMap<&'a str, Node<'a>>,
    /// How many questions ask for each entity.
    askers: HashMap<&'a str, usize>,
    names: Names,
    /// Actions by their id there.
    targets: HashMap<String, Target>,
    /// Steps of actions, by their ids there.
    answers: HashMap<String, HashMap<String, String>>,
    /// Answers that several questions share.
    shared: RefCell<IndexMap<String, SavedDoc>>,
    words: RefCell<IndexMap<String, Vec<String>>>,
    extensions: RefCell<Extensions>,
    /// Bookkeeping that was come across: which it is, and where it stands.
    left_out: RefCell<BTreeSet<(usize, String)>>,
}

impl<'a> Importer<'a> {
    fn new(workspace: Node<'a>, skill: Node<'a>) -> Self {
        let by_name = |list: &str, key: &str| -> HashMap<&'a str, Node<'a>> {
            let items = workspace.items_of(list).into_iter();
            items.filter_map(|node| Some((node.peek_text(key)?, node))).collect()
        };
        Self {
            entities: by_name("entities", "entity"),
            intents: by_name("intents", "intent"),
            notes: Notes::default(),
            askers: HashMap::new(),
            names: Names::default(),
            targets: HashMap::new(),
            answers: HashMap::new(),
            shared: RefCell::default(),
            words: RefCell::default(),
            extensions: RefCell::default(),
            left_out: RefCell::default(),
            skill,
            workspace,
        }
    }

    /// Keeps what was not read of a value, but for bookkeeping.
    fn sweep(&self, node: &Node<'a>) {
        for left in node.unread() {
            let leaves = left.leaves();
            let known: Option<Vec<usize>> = leaves
                .iter()
                .map(|leaf| bookkeeping::bookkeeping(&self.within_skill(leaf.pointer())))
                .collect();
            if let Some(known) = known {
                let places = leaves.iter().map(|leaf| leaf.pointer().to_owned());
                self.left_out.borrow_mut().extend(known.into_iter().zip(places));
                continue;
            }
            let place = self.within_skill(left.pointer());
            let (sort, why) = if place.starts_with("/workspace/entities/") {
                (Sort::Kept, "no question and no condition uses it")
            } else if place.starts_with("/workspace/intents/") {
                (Sort::Kept, "no action is recognised by it")
            } else {
                (Sort::Decision, "nothing like it is known here: look whether visitors would miss it")
            };
            let name = place.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
            self.notes.keep(sort, &left, format!("`{name}`"), why);
        }
    }

    /// A place as it is in a skill of its own.
    fn within_skill(&self, pointer: &str) -> String {
        let inside = pointer.strip_prefix(self.skill.pointer()).unwrap_or(pointer);
        if self.workspace.pointer() == self.skill.pointer() {
            format!("/workspace{inside}")
        } else {
            inside.to_owned()
        }
    }
}

/// Why something cannot be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Obstacle {
    sort: Sort,
    why: String,
}

impl Obstacle {
    fn new(why: impl Into<String>) -> Self {
        Self { sort: Sort::Decision, why: why.into() }
    }

    fn telephone(why: impl Into<String>) -> Self {
        Self { sort: Sort::Kept, why: why.into() }
    }

    fn too_deep() -> Self {
        Self::new("it is nested too deep to be read by people: say it in several steps")
    }

    fn unknown(what: &str) -> Self {
        Self::new(format!("it holds {what} that is not known here"))
    }
}

/// Where a step stands in the file.
fn origin(plans: &[Plan<'_>], action: &str, step: &str) -> Option<String> {
    let plan = plans.iter().find(|plan| plan.target.id() == action)?;
    let found = plan.scope.by_pointer.iter().find(|(_, answer)| answer.step == step);
    Some(found.map_or(plan.node.pointer(), |(pointer, _)| pointer).to_owned())
}

/// A word on what stands as it is by default: one for all places that say the same.
fn left_to_default((what, places): (String, Vec<String>)) -> Note {
    let what = match places.len() {
        1 => what,
        count => format!("{what}, in {count} places"),
    };
    let why = "it is as it is by default: our own default takes its place".to_owned();
    let pointer = places.into_iter().next().unwrap_or_default();
    Note { sort: Sort::Default, pointer, action: None, step: None, what, why }
}

/// Bookkeeping that was come across, each sort of it once.
fn left_out(found: &BTreeSet<(usize, String)>) -> Vec<LeftOut> {
    let entries = BOOKKEEPING.iter().enumerate().map(|(entry, (place, what))| LeftOut {
        place: (*place).to_owned(),
        what: (*what).to_owned(),
        values: found.iter().filter(|(found, _)| *found == entry).count(),
    });
    entries.filter(|entry| entry.values > 0).collect()
}

fn report(document: &Document, plans: &[Plan<'_>], mut notes: Vec<Note>, source: &Json) -> Report {
    let actions = plans.iter().map(|plan| Taken {
        was: plan.node.peek_text("action").unwrap_or_default().to_owned(),
        is: plan.target.id().to_owned(),
        title: plan.title.clone(),
    });
    notes.sort_by_cached_key(|note| order_of(&note.pointer));
    for note in &mut notes {
        (note.action, note.step) = place(&note.pointer, source);
    }
    Report {
        assistant: document.name.clone(),
        counts: Counts::of(document),
        actions: actions.collect(),
        notes,
        left_out: Vec::new(),
    }
}

/// Pointers in the order of the file: numbers as numbers.
fn order_of(pointer: &str) -> Vec<(usize, String)> {
    pointer.split('/').map(|part| (part.parse().unwrap_or(0), part.to_owned())).collect()
}

/// The title of the action and the id of the step a place is in.
fn place(pointer: &str, source: &Json) -> (Option<String>, Option<String>) {
    let within = |list: &str, key: &str| {
        let at = pointer.find(list)? + list.len();
        let end = pointer[at..].find('/').map_or(pointer.len(), |length| at + length);
        source.pointer(&pointer[..end])?.get(key)?.as_str().map(str::to_owned)
    };
    (within("/actions/", "title"), within("/steps/", "step"))
}

#[cfg(test)]
mod tests;
