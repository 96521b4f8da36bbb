//! Workflows: what authors write, which versions start, what their runs did.

use super::{DELETE, GET, MISSING, POST, PUT};
use crate::error::Code;
use crate::http::api::{Access, Endpoint, File, Once, Page, PageQuery, Tag};
use crate::http::assistants::{Broken, FileQuery};
use crate::http::runs::{self, RehearsalWanted, Rehearsed, RunCard, RunInFull};
use crate::http::workflows::{
    self, StopWanted, Templates, WorkflowChecked, WorkflowInFull, WorkflowList, WorkflowPublishWanted,
    WorkflowPublished, WorkflowRollBackWanted, WorkflowStopped,
};
use crate::keys::Scope;
use crate::workflows::WORKFLOW_BYTES_MAX;
use serde_json::{Value, json};

const FILE: File = File("A workflow, JSON or YAML as its name says.");

/// All of them.
pub fn endpoints() -> Vec<Endpoint> {
    [looking(), writing(), releasing(), running()].into_iter().flatten().collect()
}

fn looking() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Workflows, Access::agents(Scope::WorkflowsRead));
    vec![
        Endpoint::new(tag, may, (GET, "/workflows"), ("list_workflows", "List workflows."), workflows::list)
            .gives::<WorkflowList>(200, "Every workflow that was published or is worked on.")
            .compressed(),
        Endpoint::new(tag, may, (GET, "/workflows/{workflow}"), ("workflow", "Show a workflow, its draft and its versions."), workflows::show)
            .gives::<WorkflowInFull>(200, "All that is kept of it but its runs.")
            .refuses(MISSING)
            .compressed(),
        Endpoint::new(tag, may, (GET, "/workflows/{workflow}/versions/{number}"), ("workflow_source", "Get the file of a workflow's version."), workflows::source)
            .gives_bytes("text/plain", "The file as it was written.")
            .refuses(MISSING)
            .compressed(),
        Endpoint::new(tag, may, (GET, "/workflow-templates"), ("list_workflow_templates", "List ready workflows."), workflows::templates)
            .gives::<Templates>(200, "Files to begin with.")
            .compressed(),
        Endpoint::new(tag, may, (GET, "/workflow-templates/{template}"), ("workflow_template", "Get a ready workflow."), workflows::one_template)
            .gives_bytes("text/plain", "The file, YAML.")
            .refuses(MISSING)
            .compressed(),
        Endpoint::new(tag, may, (POST, "/check/workflow"), ("check_workflow", "Say what is wrong with a workflow."), workflows::check)
            .detail("It is looked at together with the workflows that start: queues, teams, agents, calendars, reasons and secrets it names have to be there. Nothing is stored.")
            .query::<FileQuery>()
            .takes_file(FILE, WORKFLOW_BYTES_MAX)
            .gives::<WorkflowChecked>(200, "Everything that is wrong with it.")
            .compressed(),
    ]
}

fn writing() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Workflows, Access::admins(Scope::WorkflowsWrite));
    vec![
        Endpoint::new(
            tag,
            may,
            (PUT, "/workflows/{workflow}/draft"),
            ("save_workflow_draft", "Keep a file as a workflow's draft."),
            workflows::save_draft,
        )
        .detail("It is kept with its mistakes, which the answer tells. A draft changes nothing.")
        .query::<FileQuery>()
        .takes_file(FILE, WORKFLOW_BYTES_MAX)
        .gives::<WorkflowChecked>(200, "It is kept.")
        .refuses(&[Code::TooManyThings])
        .compressed(),
        Endpoint::new(
            tag,
            may,
            (DELETE, "/workflows/{workflow}/draft"),
            ("delete_workflow_draft", "Drop a workflow's draft."),
            workflows::delete_draft,
        )
        .gives_nothing(204, "There is no draft any more.")
        .refuses(MISSING),
    ]
}

fn releasing() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Workflows, Access::admins(Scope::WorkflowsWrite));
    vec![
        Endpoint::new(tag, may, (PUT, "/workflows/{workflow}"), ("publish_workflow", "Publish a workflow's file at once."), workflows::publish)
            .detail("It becomes the next version, which starts from now on; runs go on with theirs. The draft stays. The file that starts already is the same version again.")
            .query::<FileQuery>()
            .takes_file(FILE, WORKFLOW_BYTES_MAX)
            .gives::<WorkflowPublished>(200, "The version that starts now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::Mistakes, Code::TooManyThings])
            .compressed(),
        Endpoint::new(tag, may, (POST, "/workflows/{workflow}/publish"), ("publish_workflow_draft", "Publish a workflow's draft."), workflows::publish_draft)
            .takes::<WorkflowPublishWanted>(json!({ "note": "Waits longer" }))
            .gives::<WorkflowPublished>(200, "The version that starts now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes, Code::TooManyThings])
            .once(Once::Kept)
            .compressed(),
        Endpoint::new(tag, may, (POST, "/workflows/{workflow}/rollback"), ("roll_back_workflow", "Publish an earlier version of a workflow again."), workflows::roll_back)
            .detail("Under the next number, and checked as any other.")
            .takes::<WorkflowRollBackWanted>(json!({ "version": 3 }))
            .gives::<WorkflowPublished>(200, "The version that starts now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes, Code::TooManyThings])
            .once(Once::Kept)
            .compressed(),
        Endpoint::new(tag, may, (POST, "/workflows/{workflow}/stop"), ("stop_workflow", "Let a workflow start no more."), workflows::stop)
            .detail("Its runs go on to their end, unless `cancel_runs` ends them at once; that also ends those of one that was stopped before.")
            .takes::<StopWanted>(json!({ "cancel_runs": false }))
            .gives::<WorkflowStopped>(200, "It starts no more.")
            .refuses(&[Code::WrongState])
            .once(Once::Kept),
        Endpoint::new(tag, may, (DELETE, "/workflows/{workflow}"), ("delete_workflow", "Delete a workflow that starts no more."), workflows::delete)
            .detail("Its draft, versions and ended runs are gone with it. It has to be stopped, and none of its runs may go on.")
            .gives_nothing(204, "Nothing is kept of it any more.")
            .refuses(&[Code::NotFound, Code::WrongState]),
    ]
}

fn running() -> Vec<Endpoint> {
    let tag = Tag::Workflows;
    let own = Access::agents(Scope::WorkflowsRead);
    vec![
        Endpoint::new(tag, Access::supervisors(Scope::WorkflowsRead), (GET, "/workflows/{workflow}/runs"), ("list_workflow_runs", "List a workflow's runs, the newest first."), runs::of_workflow)
            .detail("Those that ended are kept for 30 days.")
            .query::<PageQuery>()
            .gives::<Page<RunCard>>(200, "A page of runs.")
            .compressed(),
        Endpoint::new(tag, own, (GET, "/conversations/{conversation}/runs"), ("list_conversation_runs", "List the runs of workflows in a conversation, the newest first."), runs::of_conversation)
            .detail("Agents may look at those of conversations they may read.")
            .query::<PageQuery>()
            .gives::<Page<RunCard>>(200, "A page of runs.")
            .refuses(MISSING)
            .compressed(),
        Endpoint::new(tag, own, (GET, "/runs/{run}"), ("run", "Show a run and what it did."), runs::show)
            .gives::<RunInFull>(200, "The run, with the last 200 lines of its log.")
            .refuses(MISSING)
            .compressed(),
        Endpoint::new(tag, Access::admins(Scope::WorkflowsStart), (POST, "/workflows/{workflow}/calls"), ("call_workflow", "Start a workflow whose trigger is `webhook`."), runs::call)
            .detail("The body is any JSON object. The trigger says where the contact stands in it, who has to have an open conversation, and what else is taken. Whether it starts is up to its conditions.")
            .takes::<Value>(json!({ "mail": "ada@example.com", "order": { "number": 7 } }))
            .gives_nothing(202, "The workflow was asked to start.")
            .refuses(&[Code::NotFound, Code::WrongState, Code::UnknownName, Code::NoLongerAvailable, Code::Closed])
            .once(Once::Kept),
        Endpoint::new(tag, Access::admins(Scope::WorkflowsRead), (POST, "/workflows/{workflow}/rehearsals"), ("rehearse_workflow", "Try a workflow on a conversation or a recording."), runs::rehearsal)
            .detail("In virtual time and without any call; nothing is done, and nothing is kept. A key needs `conversations:read` too for a conversation.")
            .takes::<RehearsalWanted>(json!({ "conversation": "01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8f" }))
            .gives::<Rehearsed>(200, "What it would have done.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::WrongState, Code::Mistakes])
            .compressed(),
    ]
}
