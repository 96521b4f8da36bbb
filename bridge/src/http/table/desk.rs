//! Conversations, queues, agents, and how the workspace is set up.

use super::{DELETE, GET, MISSING, PATCH, POST, PUT};
use crate::error::{Code, Flaw};
use crate::http::api::{Access, Endpoint, Once, Page, PageQuery, Tag};
use crate::http::audit::{self, AuditCard};
use crate::http::contacts::{self, ContactNow, ContactWanted};
use crate::http::conversations::{
    self, ConversationCard, ConversationInFull, EventQuery, Events, ListQuery, OpenWanted, Routing,
};
use crate::http::desk::{self, Agents, Queues, StatusWanted};
use crate::http::live::{AsQuery, Done};
use crate::http::setup::{self, Changed, PartWanted, Revision, SetupNow, SetupWanted};
use crate::http::staff::{self, AgentAdded, AgentWanted, PasswordMade, PasswordWanted};
use crate::keys::Scope;
use protocol::setup::Rules;
use protocol::{Act, Summary};
use serde_json::json;

/// A setup of thousands of agents fits.
const SETUP_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A message of `MESSAGE_BYTES_MAX` fits, whatever of it has to be escaped.
const ACT_BYTES_MAX: usize = 6 * protocol::limits::MESSAGE_BYTES_MAX + 8 * 1024;

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
    [reading(), acting(), of_contacts(), desk(), staff(), setting_up()].into_iter().flatten().collect()
}

fn reading() -> Vec<Endpoint> {
    let tag = Tag::Conversations;
    let own = Access::agents(Scope::ConversationsRead);
    vec![
        Endpoint::new(tag, own, (GET, "/conversations"), ("list_conversations", "List conversations, the newest first."), conversations::list)
            .detail("Those that are over and those the assistant had alone are among them. Agents list those they have, or had last; supervisors and keys all.")
            .query::<ListQuery>()
            .query::<PageQuery>()
            .gives::<Page<ConversationCard>>(200, "A page of conversations.")
            .refuses(&[Code::NotAllowed]),
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
            .detail("It belongs to the agent who begins it.")
            .query::<AsQuery>()
            .takes::<OpenWanted>(json!({ "visitor": "01932f0c-7d00-8000-8000-000000000001", "site": "shop" }))
            .gives::<Done>(201, "Where it is.")
            .refuses(REFUSALS)
            .once(Once::Recognised),
        Endpoint::new(tag, may, (POST, "/conversations/{conversation}/acts"), ("act", "Do something with a conversation."), conversations::act)
            .detail("Accept, say, comment, assign, transfer, snooze, close and all else; who may do what is said with each. Comments, tags, fields and whose visitor somebody is can be written on closed ones too.")
            .query::<AsQuery>()
            .takes::<Act>(transfer)
            .gives::<Done>(200, "The number of its event, or of the last one when it is so already.")
            .refuses(REFUSALS)
            .up_to(ACT_BYTES_MAX)
            .once(Once::Recognised),
    ]
}

fn of_contacts() -> Vec<Endpoint> {
    let tag = Tag::Contacts;
    let (read, write) = (Access::agents(Scope::ContactsRead), Access::agents(Scope::ContactsWrite));
    let known =
        json!({ "fields": { "email": "zoe@example.com", "phone": null }, "tags": { "regular": true } });
    vec![
        Endpoint::new(tag, read, (GET, "/contacts/{contact}"), ("contact", "Show what is known of a visitor."), contacts::show)
            .detail("Agents see visitors whose latest conversation they may read.")
            .gives::<ContactNow>(200, "What is known.")
            .refuses(MISSING),
        Endpoint::new(tag, write, (PATCH, "/contacts/{contact}"), ("change_contact", "Change what is known of a visitor."), contacts::change)
            .detail("Fields, tags, and who is asked first; what is not named stays. Each becomes an event of their conversation, open or over. Asking again does no harm.")
            .takes::<ContactWanted>(known)
            .gives::<ContactNow>(200, "What is known now.")
            .refuses(REFUSALS),
        Endpoint::new(tag, Access::agents(Scope::ConversationsRead), (GET, "/contacts/{contact}/conversations"), ("contact_conversations", "List a visitor's conversations, the newest first."), contacts::conversations)
            .detail("Agents see those they may read.")
            .query::<PageQuery>()
            .gives::<Page<ConversationCard>>(200, "A page of conversations.")
            .refuses(MISSING),
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
        .detail("Agents may look at queues they serve. Places move between two pages: one that has left the queue since its page begins the list again.")
        .query::<PageQuery>()
        .gives::<Page<Summary>>(200, "A page of what waits.")
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

fn staff() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Desk, Access::admins(Scope::AgentsWrite));
    let new = json!({ "email": "noor@example.com", "name": "Noor Haddad", "teams": ["workshop"] });
    let chosen = json!({ "current": "…", "new": "…" });
    vec![
        Endpoint::new(tag, may, (POST, "/agents"), ("add_agent", "Add somebody who works here."), staff::add)
            .detail("The answer holds a password, which is shown this once. Whoever worked here before is the same agent again, with their history, and has a new password. A key makes nobody an admin.")
            .takes::<AgentWanted>(new)
            .gives::<AgentAdded>(201, "They can sign in.")
            .refuses(&[Code::AlreadyThere, Code::UnknownName, Code::Faults, Code::NotAllowed, Code::NotFound])
            .once(Once::KeptSecret),
        Endpoint::new(tag, may, (DELETE, "/agents/{agent}"), ("let_agent_go", "Let somebody go."), staff::let_go)
            .detail("They are signed out and get nothing any more; what they wrote keeps their name. Their conversations go on to others.")
            .gives_nothing(204, "They do not work here any more.")
            .refuses(&[Code::NotFound, Code::Faults])
            .once(Once::Kept),
        Endpoint::new(tag, may, (POST, "/agents/{agent}/password"), ("new_password", "Give an agent a new password."), staff::new_password)
            .detail("Their sign-ins end. A key gives no admin a password.")
            .gives::<PasswordMade>(200, "The password, which is shown this once.")
            .refuses(&[Code::NotFound, Code::NotAllowed])
            .once(Once::KeptSecret),
        Endpoint::new(tag, Access::SIGNED_IN, (PUT, "/session/password"), ("choose_password", "Choose another password."), staff::choose_password)
            .detail("All sign-ins of the agent end, this one too.")
            .takes::<PasswordWanted>(chosen)
            .gives_nothing(204, "Sign in with it.")
            .refuses(&[Code::WrongSignIn, Code::TooManyAttempts]),
    ]
}

fn setting_up() -> Vec<Endpoint> {
    let tag = Tag::Setup;
    let (read, write) = (Access::supervisors(Scope::SettingsRead), Access::admins(Scope::SettingsWrite));
    let refusals = &[Code::NotFound, Code::Faults, Code::Outdated, Code::NotAllowed];
    let reason = json!({ "label": "Belongs to another team", "uses": ["transfer"] });
    vec![
        Endpoint::new(tag, read, (GET, "/setup"), ("setup", "Show how the workspace is set up."), setup::show)
            .gives::<SetupNow>(200, "Everything that is set up.")
            .revised()
            .refuses(MISSING),
        Endpoint::new(tag, read, (GET, "/setup/revisions"), ("setup_revisions", "List what the setup was, the newest first."), setup::revisions)
            .query::<PageQuery>()
            .gives::<Page<Revision>>(200, "A page of revisions."),
        Endpoint::new(tag, read, (GET, "/setup/revisions/{revision}"), ("setup_revision", "Show what the setup was."), setup::revision)
            .gives::<SetupNow>(200, "Everything that was set up.")
            .refuses(MISSING),
        Endpoint::new(tag, Access::admins(Scope::AuditRead), (GET, "/audit"), ("audit", "List who changed what in the workspace's settings, the newest first."), audit::list)
            .detail("Changes of the setup, keys, webhooks, and releases of assistants and workflows. What was done in conversations is in their events.")
            .query::<PageQuery>()
            .gives::<Page<AuditCard>>(200, "A page of what was changed."),
        Endpoint::new(tag, write, (PUT, "/setup"), ("replace_setup", "Replace the whole setup."), setup::replace)
            .detail("It is refused when somebody else changed it meanwhile. What waits is looked at again at once.")
            .takes::<SetupWanted>(json!({ "revision": 3, "setup": {} }))
            .gives::<Changed>(200, "It is in force.")
            .revised()
            .refuses(refusals)
            .up_to(SETUP_BYTES_MAX)
            .once(Once::Kept),
        Endpoint::new(tag, read, (POST, "/setup/check"), ("check_setup", "Check a setup without changing anything."), setup::check)
            .takes::<SetupWanted>(json!({ "revision": 0, "setup": {} }))
            .gives::<Vec<Flaw>>(200, "Everything that is wrong with it.")
            .up_to(SETUP_BYTES_MAX),
        Endpoint::new(tag, write, (PUT, "/setup/rules"), ("put_rules", "Replace what holds in the whole workspace."), setup::put_rules)
            .takes::<Rules>(json!({ "closing_needs_category": true }))
            .gives::<Changed>(200, "It is in force.")
            .revised()
            .refuses(refusals)
            .up_to(SETUP_BYTES_MAX)
            .once(Once::Kept),
        Endpoint::new(tag, write, (PUT, "/setup/{part}/{id}"), ("put_part", "Add or replace one thing of the setup."), setup::put_part)
            .detail("Parts are `agents`, `teams`, `queues`, `sites`, `calendars` and `reasons`; each thing has the form it has in the whole setup.")
            .takes::<PartWanted>(reason)
            .gives::<Changed>(200, "It is in force.")
            .revised()
            .refuses(refusals)
            .up_to(SETUP_BYTES_MAX)
            .once(Once::Kept),
        Endpoint::new(tag, write, (DELETE, "/setup/{part}/{id}"), ("remove_part", "Remove one thing of the setup."), setup::remove_part)
            .detail("It is refused while something else names it. A reason is retired: it cannot be chosen any more, and what was done for it keeps its words.")
            .gives::<Changed>(200, "It is gone.")
            .revised()
            .refuses(refusals)
            .once(Once::Kept),
    ]
}
