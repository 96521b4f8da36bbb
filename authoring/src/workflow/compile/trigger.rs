//! What starts a workflow.

use super::Compiler;
use super::task::kind;
use crate::findings::segment;
use crate::workflow::document::{
    ClosedByDoc, ContactAtDoc, FormFieldDoc, OpenedByDoc, TriggerDoc, WebhookDoc,
};
use switchboard::workflow::definition::{
    ChangeOfTag, ClosedBy, ContactAt, ContactKey, FormField, OpenedBy, Trigger, WebhookValue,
};

impl Compiler<'_> {
    pub(super) fn trigger(&self, doc: &TriggerDoc) -> Trigger {
        match doc {
            TriggerDoc::Manual(_) => Trigger::Manual,
            TriggerDoc::Opened(doc) => {
                Trigger::Opened { by: doc.opened.by.iter().map(|by| opened_by(*by)).collect() }
            }
            TriggerDoc::Closed(doc) => Trigger::Closed {
                by: doc.closed.by.iter().map(|by| closed_by(*by)).collect(),
                categories: doc.closed.categories.clone(),
            },
            TriggerDoc::TagAdded(doc) => {
                Trigger::TagChanged { change: ChangeOfTag::Added, tags: doc.tag_added.clone() }
            }
            TriggerDoc::TagRemoved(doc) => {
                Trigger::TagChanged { change: ChangeOfTag::Removed, tags: doc.tag_removed.clone() }
            }
            TriggerDoc::FieldChanged(doc) => Trigger::FieldChanged { field: doc.field_changed.clone() },
            TriggerDoc::Shortcut(doc) => {
                Trigger::Shortcut { form: doc.shortcut.form.iter().map(form_field).collect() }
            }
            TriggerDoc::Webhook(doc) => self.webhook(&doc.webhook),
            TriggerDoc::PageEvent(doc) => Trigger::PageEvent { name: doc.page_event.clone() },
        }
    }

    fn webhook(&self, doc: &WebhookDoc) -> Trigger {
        let (key, name, at) = match &doc.contact {
            ContactAtDoc::Id(doc) => (ContactKey::Id, "id", &doc.id),
            ContactAtDoc::Email(doc) => (ContactKey::Email, "email", &doc.email),
            ContactAtDoc::Phone(doc) => (ContactKey::Phone, "phone", &doc.phone),
        };
        let base = "/trigger/webhook";
        let contact = ContactAt { key, path: self.json_path(at, &format!("{base}/contact/{name}")) };
        let value = |(name, at): (&String, &String)| WebhookValue {
            name: name.clone(),
            path: self.json_path(at, &format!("{base}/values/{}", segment(name))),
        };
        Trigger::Webhook { contact, values: doc.values.iter().map(value).collect() }
    }
}

fn form_field(doc: &FormFieldDoc) -> FormField {
    FormField {
        name: doc.name.clone(),
        kind: kind(doc.kind, &doc.options, (doc.min, doc.max), doc.order),
        required: doc.required,
    }
}

fn opened_by(by: OpenedByDoc) -> OpenedBy {
    match by {
        OpenedByDoc::Visitor => OpenedBy::Visitor,
        OpenedByDoc::Agent => OpenedBy::Agent,
        OpenedByDoc::Workflow => OpenedBy::Workflow,
        OpenedByDoc::Api => OpenedBy::Api,
    }
}

fn closed_by(by: ClosedByDoc) -> ClosedBy {
    match by {
        ClosedByDoc::Visitor => ClosedBy::Visitor,
        ClosedByDoc::Agent => ClosedBy::Agent,
        ClosedByDoc::Workflow => ClosedBy::Workflow,
        ClosedByDoc::Api => ClosedBy::Api,
        ClosedByDoc::Silence => ClosedBy::Silence,
    }
}
