//! Bringing in a person (`watsonx.md` 3.1).

use super::reference::Scope;
use super::{Importer, TELEPHONE, defaults};
use crate::document::{ConnectDoc, ConnectThenDoc, ThenDoc, ThenWord};
use crate::import::node::Node;
use crate::import::{Sort, name};
use serde_json::Value as Json;

impl<'a> Importer<'a> {
    /// A person.
    pub(super) fn connect(&self, node: &Node<'a>, scope: &Scope) -> ThenDoc {
        let response = node.get("response").unwrap_or_else(|| node.clone());
        let message = |key: &str, usual: &[&str]| {
            let message = response.get(key)?.get("message")?;
            let text = self.words(&message, scope)?;
            if usual.contains(&text.as_str()) {
                message.leave_to_default("the usual words about agents who are there or not");
                return None;
            }
            Some(text).filter(|text| !text.is_empty())
        };
        let mut connect = ConnectDoc {
            online_message: message("agent_available", defaults::AGENTS_ONLINE),
            offline_message: message("agent_unavailable", defaults::AGENTS_OFFLINE),
            message_to_agent: response
                .get("message_to_human_agent")
                .and_then(|message| self.words(&message, scope))
                .filter(|text| !text.is_empty()),
            ..ConnectDoc::default()
        };
        for (desk, target) in response
            .get("transfer_info")
            .and_then(|info| info.get("target"))
            .map(|target| target.members())
            .unwrap_or_default()
        {
            self.target(desk, &target, &mut connect);
        }
        if connect == ConnectDoc::default() {
            return ThenDoc::Word(ThenWord::ConnectToAgent);
        }
        ThenDoc::ConnectToAgent(ConnectThenDoc { connect_to_agent: connect })
    }

    /// Where a desk routes it.
    fn target(&self, desk: &str, node: &Node<'a>, connect: &mut ConnectDoc) {
        for (key, place) in node.members() {
            if ["sip", "tel", "phone"].contains(&key) || is_telephone(place.peek()) {
                self.notes.keep(Sort::Kept, &place, "a transfer to a telephone number", TELEPHONE);
            }
        }
        if node.unread().is_empty() {
            return;
        }
        let department = node.get("department").filter(|_| desk == "service_desk");
        if let Some(department) =
            department.and_then(|department| department.peek().as_str().zip(Some(department)))
        {
            let (title, department) = department;
            connect.queue = name::hyphenated(title);
            let why = match &connect.queue {
                Some(queue) => format!("it became the queue `{queue}`: create it, or name another"),
                None => "no queue can be called so: name one".to_owned(),
            };
            self.notes.note(Sort::Decision, &department, format!("the department `{title}`"), why);
        }
        let left = node.unread();
        for part in &left {
            part.take();
        }
        if !left.is_empty() {
            let mut desks = connect.desk.as_object().cloned().unwrap_or_default();
            desks.insert(desk.to_owned(), without_telephone(node.peek()));
            connect.desk = Json::Object(desks);
            let what = format!("where `{desk}` routes the conversation");
            self.notes.note(
                Sort::Changed,
                node,
                what,
                "it is handed over as it stood, for an outside desk of that name",
            );
        }
    }
}

fn is_telephone(json: &Json) -> bool {
    json.as_str().is_some_and(|text| text.starts_with("tel:") || text.starts_with("sip:"))
}

fn without_telephone(target: &Json) -> Json {
    let members = target.as_object().into_iter().flatten();
    let members = members
        .filter(|(key, value)| !["sip", "tel", "phone"].contains(&key.as_str()) && !is_telephone(value));
    Json::Object(members.map(|(key, value)| (key.clone(), value.clone())).collect())
}
