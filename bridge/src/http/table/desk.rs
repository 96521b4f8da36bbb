//! Conversations, queues, agents, and how the workspace is set up.

use super::{DELETE, GET, MISSING, POST, PUT};
use crate::error::Code;
use crate::http::api::{Access, Endpoint, Page, PageQuery, Tag};
use crate::http::conversations::{
    self, ConversationCard, ConversationInFull, EventQuery, Events, ListQuery, OpenWanted, Routing,
};
use crate::http::desk::{self, Agents, Queues, StatusWanted, WaitingList};
use crate::http::live::Done;
use crate::http::setup::{self, Changed, SetupNow, SetupWanted, Told};
use crate::keys::Scope;
use protocol::Act;
use serde_json::{Value, json};

/// Why the switchboard may refuse an act.
const REFUSALS: &[Code] = &[
    Code::NotFound,
    Code::NotAllowed,
    Code::WrongState,
    Code::NoLongerAvailable,
    Code::Closed,
    Code::NotOnline,
    Code::AlreadyThere,
    Code::NoRoom,
    Code::ReasonRequired,
    Code::NoteRequired,
    Code::UnknownName,
];

/// All of them.
pub fn endpoints() -> Vec<Endpoint> {
    [reading(), acting(), desk(), setting_up()].into_iter().flatten().collect()
}

fn reading() -> Vec<Endpoint> {
    let tag = Tag::Conversations;
    let (all, own) =
        (Access::supervisors(Scope::ConversationsRead), Access::agents(Scope::ConversationsRead));
    vec![
        Endpoint::new(tag, all, (GET, "/conversations"), ("list_conversations", "List conversations, the newest first."), conversations::list)
            .detail("Those that are over and those the assistant had alone are among them.")
            .query::<ListQuery>()
            .query::<PageQuery>()
            .gives::<Page<ConversationCard>>(200, "A page of conversations."),
        Endpoint::new(tag, own, (GET, "/conversations/{conversation}"), ("conversation", "Show a conversation and its visitor."), conversations::show)
            .detail("Agents may read what is theirs, what waits or waited in queues they serve, and what belongs to their teams.")
            .gives::<ConversationInFull>(200, "The conversation.")
            .refuses(MISSING),
        Endpoint::new(tag, own, (GET, "/conversations/{conversation}/events"), ("conversation_events", "List what happened in a conversation."), conversations::events)
            .detail("In order of their numbers, which grow by one. Ask again behind the last number until `more` is false.")
            .query::<EventQuery>()
            .gives::<Events>(200, "Events.")
            .refuses(MISSING),
        Endpoint::new(tag, own, (GET, "/conversations/{conversation}/routing"), ("conversation_routing", "Say why a conversation is where it is."), conversations::routing)
            .detail("For each decision: who was chosen by which rule, how many could have taken it, and who was passed over for what reason.")
            .gives::<Routing>(200, "What was decided, and why it waits if it does.")
            .refuses(MISSING),
    ]
}

fn acting() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Conversations, Access::agents(Scope::ConversationsWrite));
    let transfer = json!({ "transfer": { "to": { "queue": "workshop" }, "reason": "other-team", "note": "Knows bikes." } });
    vec![
        Endpoint::new(tag, may, (POST, "/conversations"), ("open_conversation", "Begin a conversation with a visitor who has none open."), conversations::open)
            .detail("It belongs to the agent who begins it. An `Idempotency-Key` makes a repeat give the first answer.")
            .takes::<OpenWanted>(json!({ "visitor": "01932f0c-7d00-8000-8000-000000000001", "site": "shop" }))
            .gives::<Done>(201, "Where it is.")
            .refuses(REFUSALS),
        Endpoint::new(tag, may, (POST, "/conversations/{conversation}/acts"), ("act", "Do something with a conversation."), conversations::act)
            .detail("Accept, say, comment, assign, transfer, snooze, close and all else; who may do what is said with each. An `Idempotency-Key` makes a repeat give the first answer.")
            .takes::<Act>(transfer)
            .gives::<Done>(200, "The number of its event.")
            .refuses(REFUSALS),
    ]
}

fn desk() -> Vec<Endpoint> {
    let tag = Tag::Desk;
    let (read, write) = (Access::agents(Scope::AgentsRead), Access::agents(Scope::AgentsWrite));
    vec![
        Endpoint::new(
            tag,
            read,
            (GET, "/queues"),
            ("list_queues", "Show every queue at this moment."),
            desk::queues,
        )
        .gives::<Queues>(200, "Every queue."),
        Endpoint::new(
            tag,
            read,
            (GET, "/queues/{queue}/waiting"),
            ("queue_waiting", "List what waits in a queue, the next one first."),
            desk::waiting,
        )
        .detail("Agents may look at queues they serve.")
        .gives::<WaitingList>(200, "What waits.")
        .refuses(MISSING),
        Endpoint::new(
            tag,
            read,
            (GET, "/agents"),
            ("list_agents", "Show everybody who works here at this moment."),
            desk::agents,
        )
        .gives::<Agents>(200, "Everybody."),
        Endpoint::new(
            tag,
            write,
            (PUT, "/agents/{agent}/status"),
            ("set_agent_status", "Choose an agent's status."),
            desk::set_status,
        )
        .detail("Agents choose their own; supervisors that of others.")
        .takes::<StatusWanted>(json!({ "status": "online" }))
        .gives_nothing(204, "It is chosen.")
        .refuses(&[Code::NotFound, Code::NotAllowed]),
    ]
}

fn setting_up() -> Vec<Endpoint> {
    let tag = Tag::Setup;
    let (read, write) = (Access::supervisors(Scope::SettingsRead), Access::admins(Scope::SettingsWrite));
    let refusals = &[Code::NotFound, Code::Faults];
    let reason = json!({ "label": "Belongs to another team", "uses": ["transfer"] });
    vec![
        Endpoint::new(tag, read, (GET, "/setup"), ("setup", "Show how the workspace is set up."), setup::show)
            .gives::<SetupNow>(200, "Everything that is set up.")
            .refuses(MISSING),
        Endpoint::new(tag, write, (PUT, "/setup"), ("replace_setup", "Replace the whole setup."), setup::replace)
            .detail("It is refused when somebody else changed it meanwhile. What waits is looked at again at once.")
            .takes::<SetupWanted>(json!({ "revision": 3, "setup": {} }))
            .gives::<Changed>(200, "It is in force.")
            .refuses(&[Code::Faults, Code::Outdated]),
        Endpoint::new(tag, read, (POST, "/setup/check"), ("check_setup", "Check a setup without changing anything."), setup::check)
            .takes::<SetupWanted>(json!({ "revision": 0, "setup": {} }))
            .gives::<Vec<Told>>(200, "Everything that is wrong with it."),
        Endpoint::new(tag, write, (PUT, "/setup/rules"), ("put_rules", "Replace what holds in the whole workspace."), setup::put_rules)
            .takes::<Value>(json!({ "closing_needs_category": true }))
            .gives::<Changed>(200, "It is in force.")
            .refuses(refusals),
        Endpoint::new(tag, write, (PUT, "/setup/{part}/{id}"), ("put_part", "Add or replace one thing of the setup."), setup::put_part)
            .detail("Parts are `agents`, `teams`, `queues`, `sites`, `calendars` and `reasons`; each thing has the form it has in the whole setup.")
            .takes::<Value>(reason)
            .gives::<Changed>(200, "It is in force.")
            .refuses(refusals),
        Endpoint::new(tag, write, (DELETE, "/setup/{part}/{id}"), ("remove_part", "Remove one thing of the setup."), setup::remove_part)
            .detail("It is refused while something else names it.")
            .gives::<Changed>(200, "It is gone.")
            .refuses(refusals),
    ]
}
