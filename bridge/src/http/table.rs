//! Every endpoint of the API, in one table: routes and description are made of this, and of nothing else.

mod assistants;
mod desk;
mod webhooks;
mod workflows;

use super::api::{Access, Endpoint, Once, Page, PageQuery, Tag};
use super::keys::{KeyCard, KeyMade, KeyWanted, Me};
use super::sessions::{Credentials, Session};
use super::sites::{CardQuery, Sites};
use super::{calls, frames, keys, reference as described, sessions, sites};
use crate::error::Code;
use crate::extensions::Outcome;
use crate::keys::Scope;
use crate::socket;
use axum::http::Method;
use protocol::SiteCard;
use serde_json::json;

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

const MISSING: &[Code] = &[Code::NotFound];
const BYTES: &str = "application/octet-stream";

/// Every endpoint.
pub fn endpoints() -> Vec<Endpoint> {
    let groups = [
        access(),
        of_sites(),
        assistants::endpoints(),
        desk::endpoints(),
        sockets(),
        webhooks::endpoints(),
        workflows::endpoints(),
        reference(),
    ];
    groups.into_iter().flatten().collect()
}

fn access() -> Vec<Endpoint> {
    let tag = Tag::Access;
    vec![
        Endpoint::new(tag, Access::AnyCaller, (GET, "/me"), ("me", "Say who calls."), keys::me)
            .detail("For a key: whether it works, and what it may do.")
            .gives::<Me>(200, "Who calls."),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (GET, "/session"),
            ("current_session", "Say who is signed in."),
            sessions::current,
        )
        .gives::<Session>(200, "Who is signed in.")
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::OwnPages,
            (POST, "/session"),
            ("sign_in", "Sign an agent in."),
            sessions::sign_in,
        )
        .detail("Gives the cookie `passerelle_session`, which ends after 7 days.")
        .takes::<Credentials>(json!({ "email": "ada@example.com", "password": "…" }))
        .gives::<Session>(200, "Who is signed in now.")
        .refuses(&[Code::WrongSignIn, Code::TooManyAttempts])
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (DELETE, "/session"),
            ("sign_out", "Sign the agent out."),
            sessions::sign_out,
        )
        .detail("This sign-in's consoles are disconnected.")
        .gives_nothing(204, "Nobody is signed in any more.")
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::ADMINS_ONLY,
            (GET, "/keys"),
            ("list_keys", "List keys, the newest first."),
            keys::list,
        )
        .query::<PageQuery>()
        .gives::<Page<KeyCard>>(200, "A page of keys; those that were revoked are among them."),
        Endpoint::new(tag, Access::ADMINS_ONLY, (POST, "/keys"), ("make_key", "Make a key."), keys::make)
            .detail("The key is shown in this answer and never again.")
            .takes::<KeyWanted>(json!({ "name": "CRM", "scopes": ["webhooks:manage"], "days": 365 }))
            .gives::<KeyMade>(201, "The key, and what is kept of it.")
            .refuses(&[Code::TooManyThings])
            .once(Once::KeptSecret),
        Endpoint::new(
            tag,
            Access::ADMINS_ONLY,
            (DELETE, "/keys/{key}"),
            ("revoke_key", "Revoke a key."),
            keys::revoke,
        )
        .detail("From then on no call with it is let in.")
        .gives_nothing(204, "It is revoked.")
        .refuses(MISSING)
        .once(Once::Kept),
    ]
}

fn of_sites() -> Vec<Endpoint> {
    let tag = Tag::Sites;
    vec![
        Endpoint::new(tag, Access::agents(Scope::AssistantsRead), (GET, "/sites"), ("list_sites", "List the sites."), sites::list)
            .gives::<Sites>(200, "Every site.")
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::Anyone, (GET, "/sites/{site}"), ("site_card", "Show what a site's chat looks like and runs."), sites::card)
            .query::<CardQuery>()
            .gives::<SiteCard>(200, "The site's card. Any page may read it.")
            .refuses(MISSING)
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::Anyone, (GET, "/sites/{site}/assistant/{hash}"), ("assistant_bytes", "Get an assistant as the chat runs it."), sites::assistant)
            .detail("Its SHA-256 is the hash in the address, so it never changes there.")
            .gives_bytes(BYTES, "The assistant.")
            .refuses(MISSING)
            .compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::OwnPages, (POST, "/sites/{site}/call"), ("call_extension", "Have an assistant's extension called."), calls::call)
            .detail("For the visitor's chat. Redirects are not followed; what goes wrong on the way is an outcome with `why`.")
            .takes::<calls::Call>(json!({ "assistant": "99b24409…", "extension": "orders", "operation": "find", "with": { "id": "A 7" } }))
            .gives::<Outcome>(200, "What became of the call.")
            .refuses(&[Code::NotFound, Code::TooManyAttempts])
            .has_earlier_address(),
    ]
}

fn sockets() -> Vec<Endpoint> {
    let tag = Tag::Sockets;
    vec![
        Endpoint::new(
            tag,
            Access::Visitor,
            (GET, "/visitor/socket"),
            ("visitor_socket", "Connect a visitor's chat."),
            socket::visitor,
        )
        .detail("WebSocket; frames are JSON texts as `/api/frames.json` has them, the first is `hello`.")
        .gives_nothing(101, "The connection is open.")
        .refuses(&[Code::UpgradeRequired, Code::Malformed, Code::TooManyAttempts])
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (GET, "/agent/socket"),
            ("agent_socket", "Connect an agent's console."),
            socket::agent,
        )
        .detail("WebSocket; frames are JSON texts as `/api/frames.json` has them, the first is `hello`. From the bridge's own pages alone.")
        .gives_nothing(101, "The connection is open.")
        .refuses(&[Code::UpgradeRequired, Code::Malformed, Code::ForeignOrigin])
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::Programs(Scope::ConversationsRead),
            (GET, "/program/socket"),
            ("program_socket", "Connect a customer's own program."),
            socket::program,
        )
        .detail("WebSocket; frames are JSON texts as `/api/frames.json` has them, the first is `hello`. Acting takes `conversations:write` too; being there for agents, and acting in their names, `agents:act`.")
        .gives_nothing(101, "The connection is open.")
        .refuses(&[Code::UpgradeRequired, Code::Malformed]),
    ]
}

fn reference() -> Vec<Endpoint> {
    let tag = Tag::Reference;
    vec![
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/api/openapi.json"),
            ("openapi", "Get this description for programs."),
            described::document,
        )
        .gives_bytes("application/json", "OpenAPI 3.1.")
        .rooted()
        .compressed(),
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/api/frames.json"),
            ("frames", "Get the frames of the sockets, as a JSON Schema."),
            frames::show,
        )
        .gives_bytes("application/schema+json", "JSON Schema, 2020-12.")
        .rooted()
        .compressed(),
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/api/"),
            ("reference", "Get this description for people."),
            described::show,
        )
        .gives_bytes("text/html", "This page.")
        .rooted()
        .compressed(),
    ]
}
