//! What a workflow needs from the workspace: that it is there.

use super::Subject;
use super::conditions::conditions;
use crate::compile::nearest::did_you_mean;
use crate::findings::segment;
use crate::shape::brief;
use crate::workflow::document::{
    CommentDoc, DuringDoc, HeaderDoc, ManualWord, MentionDoc, OperandDoc, OwnerDoc, SaveDoc, StepDoc,
    SubjectDoc, TriggerDoc, ValueDoc,
};
use protocol::AgentId;
use switchboard::workflow::value::fold;

/// What is looked for in the workspace.
#[derive(Clone, Copy)]
enum What {
    Queue,
    Agent,
    Team,
    Calendar,
    Category,
    Field,
    Tag,
    Secret,
}

pub fn check(subject: &Subject<'_>) {
    trigger(subject);
    tests(subject);
    for (path, step) in subject.steps() {
        of_step(subject, &path, step);
    }
}

fn trigger(subject: &Subject<'_>) {
    match &subject.document.trigger {
        TriggerDoc::Closed(trigger) => {
            for (at, category) in trigger.closed.categories.iter().enumerate() {
                look_for(subject, What::Category, category, format!("/trigger/closed/categories/{at}"));
            }
        }
        TriggerDoc::TagAdded(trigger) => tags(subject, &trigger.tag_added, "/trigger/tag_added"),
        TriggerDoc::TagRemoved(trigger) => tags(subject, &trigger.tag_removed, "/trigger/tag_removed"),
        TriggerDoc::FieldChanged(trigger) => {
            let path = "/trigger/field_changed".to_owned();
            look_for(subject, What::Field, &trigger.field_changed, path);
        }
        TriggerDoc::Manual(ManualWord::Manual)
        | TriggerDoc::Opened(_)
        | TriggerDoc::Shortcut(_)
        | TriggerDoc::Webhook(_)
        | TriggerDoc::PageEvent(_) => {}
    }
}

fn tests(subject: &Subject<'_>) {
    for (path, condition) in conditions(subject.document) {
        for (at, test) in condition.tests() {
            let path = format!("{path}{at}");
            match (&test.subject, &test.value) {
                (SubjectDoc::Calendar(calendar), _) => {
                    let path = format!("{path}/subject/calendar");
                    look_for(subject, What::Calendar, &calendar.calendar, path);
                }
                (SubjectDoc::Name(name), Some(OperandDoc::Several(values))) if name == "tags" => {
                    for (at, value) in values.iter().enumerate() {
                        if let ValueDoc::Text(tag) = value {
                            look_for(subject, What::Tag, tag, format!("{path}/value/{at}"));
                        }
                    }
                }
                (_, _) => {}
            }
        }
    }
}

fn of_step(subject: &Subject<'_>, path: &str, step: &StepDoc) {
    match step {
        StepDoc::Assign(step) => {
            let path = format!("{path}/assign/to");
            match &step.assign.to {
                OwnerDoc::Agent(to) => look_for(subject, What::Agent, &to.agent, format!("{path}/agent")),
                OwnerDoc::Team(to) => look_for(subject, What::Team, &to.team, format!("{path}/team")),
                OwnerDoc::Queue(to) => look_for(subject, What::Queue, &to.queue, format!("{path}/queue")),
                OwnerDoc::Anybody(_) => {}
            }
        }
        StepDoc::Ask(step) => {
            for (at, save) in step.ask.save.iter().enumerate() {
                if let SaveDoc::Field(save) = save {
                    look_for(subject, What::Field, &save.field, format!("{path}/ask/save/{at}/field"));
                }
            }
        }
        StepDoc::AddTags(step) => tags(subject, &step.add_tags, &format!("{path}/add_tags")),
        StepDoc::RemoveTags(step) => tags(subject, &step.remove_tags, &format!("{path}/remove_tags")),
        StepDoc::SetField(step) => {
            look_for(subject, What::Field, &step.set_field.field, format!("{path}/set_field/field"));
        }
        StepDoc::Close(step) => {
            if let Some(category) = &step.close.category {
                look_for(subject, What::Category, category, format!("{path}/close/category"));
            }
        }
        StepDoc::During(step) => {
            if let DuringDoc::Calendar(calendar) = &step.during {
                look_for(subject, What::Calendar, &calendar.calendar, format!("{path}/during/calendar"));
            }
        }
        StepDoc::Comment(step) => {
            if let CommentDoc::Full(full) = &step.comment {
                for (at, mention) in full.mention.iter().enumerate() {
                    let path = format!("{path}/comment/mention/{at}");
                    match mention {
                        MentionDoc::Agent(to) => {
                            look_for(subject, What::Agent, &to.agent, format!("{path}/agent"));
                        }
                        MentionDoc::Team(to) => {
                            look_for(subject, What::Team, &to.team, format!("{path}/team"));
                        }
                    }
                }
            }
        }
        StepDoc::Request(step) => {
            for (name, header) in &step.request.headers {
                if let HeaderDoc::Secret(secret) = header {
                    let path = format!("{path}/request/headers/{}/secret", segment(name));
                    look_for(subject, What::Secret, &secret.secret, path);
                }
            }
        }
        StepDoc::Run(step) => another(subject, &step.run.workflow, step.run.from.as_deref(), path),
        StepDoc::Say(_)
        | StepDoc::Do(_)
        | StepDoc::Branch(_)
        | StepDoc::Set(_)
        | StepDoc::Jump(_)
        | StepDoc::Wait(_) => {}
    }
}

fn tags(subject: &Subject<'_>, tags: &[String], path: &str) {
    for (at, tag) in tags.iter().enumerate() {
        look_for(subject, What::Tag, tag, format!("{path}/{at}"));
    }
}

/// Another workflow: that it is there, that it can be started so, and that it has the step.
fn another(subject: &Subject<'_>, id: &str, from: Option<&str>, path: &str) {
    let among = subject.all.iter().find(|(_, other)| other.id == id).map(|(_, other)| other);
    let Some(other) = among else {
        if let Some(known) = &subject.workspace.workflows
            && !known.iter().any(|known| known == id)
        {
            let ids = known.iter().map(String::as_str);
            let ids = ids.chain(subject.all.iter().map(|(_, other)| other.id.as_str()));
            let problem = format!("there is no workflow `{}`", brief(id));
            let remedy = did_you_mean(id, ids, "workflows");
            subject.findings.error("unknown-workflow", format!("{path}/run/workflow"), problem, remedy);
        }
        return;
    };
    if !matches!(other.trigger, TriggerDoc::Manual(_)) {
        let problem = format!("`{}` cannot be started by another workflow", brief(id));
        let remedy = "write `trigger: manual` there";
        subject.findings.error("not-manual", format!("{path}/run/workflow"), problem, remedy);
    }
    if let Some(from) = from
        && !other.steps.iter().any(|step| step.id() == from)
    {
        let problem = format!("`{}` has no step `{}`", brief(id), brief(from));
        let remedy = did_you_mean(from, other.steps.iter().map(StepDoc::id), "steps there");
        subject.findings.error("unknown-step", format!("{path}/run/from"), problem, remedy);
    }
}

/// What stands in a variable is known when it runs.
fn look_for(subject: &Subject<'_>, what: What, name: &str, path: String) {
    let workspace = subject.workspace;
    let secrets = || workspace.secrets.as_ref().map(|secrets| secrets.keys().cloned().collect());
    let (known, noun, nouns): (&Option<Vec<String>>, _, _) = match what {
        What::Queue => (&workspace.queues, "queue", "queues"),
        What::Agent => (&workspace.agents, "agent", "agents"),
        What::Team => (&workspace.teams, "team", "teams"),
        What::Calendar => (&workspace.calendars, "calendar", "calendars"),
        What::Category => (&workspace.categories, "category", "categories"),
        What::Field => (&workspace.fields, "field", "fields"),
        What::Tag => (&workspace.tags, "tag", "tags"),
        What::Secret => (&secrets(), "secret", "secrets"),
    };
    let Some(known) = known else { return };
    // Ids are the store's, and a workspace file does not have them.
    let is_id = matches!(what, What::Agent) && name.parse::<AgentId>().is_ok();
    // People and tags are found however they are written; ids are what they are.
    let same = |known: &String| match what {
        What::Agent | What::Tag => fold(known) == fold(name),
        What::Queue | What::Team | What::Calendar | What::Category | What::Field | What::Secret => {
            known == name
        }
    };
    if is_id || name.contains('$') || known.iter().any(same) {
        return;
    }
    let problem = format!("there is no {noun} `{}` in this workspace", brief(name));
    let remedy = did_you_mean(name, known.iter().map(String::as_str), nouns);
    let findings = subject.findings;
    match what {
        What::Queue => findings.error("unknown-queue", path, problem, remedy),
        What::Agent => findings.error("unknown-agent", path, problem, remedy),
        What::Team => findings.error("unknown-team", path, problem, remedy),
        What::Calendar => findings.error("unknown-calendar", path, problem, remedy),
        What::Category => findings.error("unknown-category", path, problem, remedy),
        What::Field => findings.error("unknown-field", path, problem, remedy),
        // A tag is made by being used.
        What::Tag => findings.warning("unknown-tag", path, problem, remedy),
        What::Secret => findings.error("unknown-secret", path, problem, remedy),
    }
}
