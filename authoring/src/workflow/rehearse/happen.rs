//! What a recording says happens, done to the world and told to the run.

use super::json::found;
use super::recording::WriterDoc;
use super::report::LineKind;
use super::stage::Stage;
use super::timeline::{ClosedEntryDoc, EntryDoc, FieldChangedEntryDoc, HappensDoc};
use super::world::value_of;
use crate::workflow::document::{ClosedByDoc, OpenedByDoc, ValueDoc};
use indexmap::IndexMap;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use switchboard::workflow::answer::read_form;
use switchboard::workflow::definition::{ChangeOfTag, ClosedBy, OpenedBy, Trigger};
use switchboard::workflow::facts::Facts;
use switchboard::workflow::{Happened, Input, Stop, Value};

impl Stage<'_> {
    /// One thing happens.
    pub(super) fn happen(&mut self, entry: &EntryDoc) {
        let id = self.workflow.id.clone();
        match entry {
            EntryDoc::Opened(entry) => {
                let (by, who) = opened_by(entry.opened);
                self.told(format!("{who} opens the conversation"));
                self.world.begin();
                self.may_start(&Happened::Opened(by), BTreeMap::new(), None);
            }
            EntryDoc::Closed(entry) => self.close(entry),
            EntryDoc::Visitor(entry) => {
                self.told(format!("the visitor writes \"{}\"", entry.visitor));
                self.world.says(WriterDoc::Visitor, &entry.visitor, self.now);
                self.tell(Input::VisitorSaid { text: entry.visitor.clone() });
            }
            EntryDoc::Human(entry) => {
                self.told(format!("a person writes \"{}\"", entry.human));
                self.world.says(WriterDoc::Human, &entry.human, self.now);
                self.tell(Input::HumanSaid);
            }
            EntryDoc::Assistant(entry) => {
                self.told(format!("the assistant writes \"{}\"", entry.assistant));
                self.world.says(WriterDoc::Assistant, &entry.assistant, self.now);
            }
            EntryDoc::Api(entry) => {
                self.told(format!("another system writes \"{}\"", entry.api));
                self.world.says(WriterDoc::Api, &entry.api, self.now);
            }
            EntryDoc::Assigned(entry) => self.assign(&entry.assigned),
            EntryDoc::Status(entry) => {
                let Some(at) = self.prepared.agent(&entry.status_of) else { return };
                self.world.agents[at].doc.status = entry.is;
                let status = format!("{:?}", entry.is).to_lowercase();
                self.told(format!("{} is {status}", self.world.agents[at].name));
                self.look_again();
            }
            EntryDoc::TagAdded(entry) => self.tag(ChangeOfTag::Added, &entry.tag_added),
            EntryDoc::TagRemoved(entry) => self.tag(ChangeOfTag::Removed, &entry.tag_removed),
            EntryDoc::FieldChanged(entry) => self.change_field(entry),
            EntryDoc::PageEvent(entry) => {
                self.told(format!("the page tells of {}", entry.page_event));
                let happened = Happened::PageEvent { name: entry.page_event.clone() };
                self.may_start(&happened, values(&entry.told), None);
            }
            EntryDoc::Shortcut(entry) => self.shortcut(&entry.shortcut),
            EntryDoc::Webhook(entry) => {
                self.told("another system calls".to_owned());
                let told = self.taken(&entry.webhook);
                self.may_start(&Happened::Webhook(id), told, None);
            }
            EntryDoc::Started(entry) => {
                self.told("another workflow starts this one".to_owned());
                self.may_start(&Happened::Manual(id), values(&entry.started), entry.from.clone());
            }
            EntryDoc::Happens(entry) => self.something(entry.happens),
            EntryDoc::Expect(entry) => {
                let after = self.now.millis_since(self.prepared.start) / 1_000;
                self.compare(&entry.expect, &format!("after {after} seconds "));
            }
        }
    }

    fn told(&mut self, text: String) {
        self.line(LineKind::Happened, text);
    }

    fn close(&mut self, entry: &ClosedEntryDoc) {
        let (by, who) = closed_by(entry.closed);
        self.told(format!("{who} closes the conversation"));
        self.world.close(self.now);
        self.tell(Input::Closed);
        let happened = Happened::Closed { by, category: entry.category.clone() };
        self.may_start(&happened, BTreeMap::new(), None);
    }

    fn assign(&mut self, email: &str) {
        let Some(at) = self.prepared.agent(email) else { return };
        let Some(agent) = self.world.id(at) else { return };
        self.told(format!("{} has the conversation, by hand", self.world.agents[at].name));
        self.world.own(Some(at), self.now);
        self.forget_wish();
        self.tell(Input::AssignedByHand { agent });
    }

    /// Somebody may be free now.
    fn look_again(&mut self) {
        if let Some(input) = self.look_for() {
            self.tell(input);
        }
    }

    fn tag(&mut self, change: ChangeOfTag, tag: &str) {
        let verb = if change == ChangeOfTag::Added { "gets" } else { "loses" };
        self.told(format!("the contact {verb} the tag {tag}"));
        self.world.tag(change, &[tag.to_owned()]);
        self.may_start(&Happened::TagChanged { tag: tag.to_owned(), change }, BTreeMap::new(), None);
    }

    fn change_field(&mut self, entry: &FieldChangedEntryDoc) {
        let value = entry.to.as_ref().map(value_of).unwrap_or_default();
        let field = entry.field_changed.clone();
        self.told(format!("the contact's {field} is \"{}\" now", value.written()));
        self.world.contact.insert(field.clone(), value);
        self.may_start(&Happened::FieldChanged { field }, BTreeMap::new(), None);
    }

    fn shortcut(&mut self, filled: &IndexMap<String, String>) {
        self.told("an agent starts the workflow".to_owned());
        let form = match &self.workflow.trigger {
            Trigger::Shortcut { form } => form.as_slice(),
            Trigger::Opened { .. }
            | Trigger::Closed { .. }
            | Trigger::TagChanged { .. }
            | Trigger::FieldChanged { .. }
            | Trigger::Webhook { .. }
            | Trigger::Manual
            | Trigger::PageEvent { .. } => &[],
        };
        let filled = filled.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
        match read_form(form, &filled, self.world.day(self.now)) {
            Ok(told) => self.may_start(&Happened::Shortcut(self.workflow.id.clone()), told, None),
            Err(bad) => self.line(LineKind::Start, format!("the workflow does not start: {bad}")),
        }
    }

    /// What the trigger takes from a webhook's body.
    fn taken(&self, body: &Json) -> BTreeMap<String, Value> {
        match &self.workflow.trigger {
            Trigger::Webhook { values, .. } => {
                values.iter().map(|value| (value.name.clone(), found(body, &value.path))).collect()
            }
            Trigger::Opened { .. }
            | Trigger::Closed { .. }
            | Trigger::TagChanged { .. }
            | Trigger::FieldChanged { .. }
            | Trigger::Shortcut { .. }
            | Trigger::Manual
            | Trigger::PageEvent { .. } => BTreeMap::new(),
        }
    }

    fn something(&mut self, happens: HappensDoc) {
        match happens {
            HappensDoc::Unassigned => {
                self.told("the conversation is taken from its owner".to_owned());
                self.world.own(None, self.now);
                self.look_again();
            }
            HappensDoc::Spam => {
                self.told("the conversation is taken for spam".to_owned());
                self.world.silence();
                self.tell(Input::Spam);
            }
            HappensDoc::AgentStops => {
                self.told("an agent stops the run".to_owned());
                self.tell(Input::Stopped(Stop::ByAgent));
            }
            HappensDoc::QuestionElsewhere => {
                self.told("another workflow asks the visitor something".to_owned());
                self.question_elsewhere(true);
            }
            HappensDoc::QuestionElsewhereDone => {
                self.told("the other workflow's question is done with".to_owned());
                self.question_elsewhere(false);
            }
        }
    }
}

fn values(told: &IndexMap<String, ValueDoc>) -> BTreeMap<String, Value> {
    told.iter().map(|(name, value)| (name.clone(), value_of(value))).collect()
}

fn opened_by(by: OpenedByDoc) -> (OpenedBy, &'static str) {
    match by {
        OpenedByDoc::Visitor => (OpenedBy::Visitor, "the visitor"),
        OpenedByDoc::Agent => (OpenedBy::Agent, "an agent"),
        OpenedByDoc::Workflow => (OpenedBy::Workflow, "another workflow"),
        OpenedByDoc::Api => (OpenedBy::Api, "another system"),
    }
}

fn closed_by(by: ClosedByDoc) -> (ClosedBy, &'static str) {
    match by {
        ClosedByDoc::Visitor => (ClosedBy::Visitor, "the visitor"),
        ClosedByDoc::Agent => (ClosedBy::Agent, "an agent"),
        ClosedByDoc::Workflow => (ClosedBy::Workflow, "another workflow"),
        ClosedByDoc::Api => (ClosedBy::Api, "another system"),
        ClosedByDoc::Silence => (ClosedBy::Silence, "silence"),
    }
}
