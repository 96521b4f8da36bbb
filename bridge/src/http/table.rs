//! Every endpoint of the API, on one page: routes and description are made of this, and of nothing else.

use super::api::{Access, Endpoint, File, Once, Page, PageQuery, Tag};
use super::assistants::{
    Broken, DraftFile, DraftSaved, FileQuery, PublishWanted, PublishedCard, RollBackWanted, Versions,
};
use super::keys::{KeyCard, KeyMade, KeyWanted, Me};
use super::sessions::{Credentials, Session};
use super::share::{Link, ShareWanted};
use super::sites::{CardQuery, Sites};
use super::webhooks::{
    DeliveryCard, DeliveryInFull, DeliveryQuery, ReplayWanted, RotateWanted, Rotated, WebhookCard,
    WebhookMade, WebhookWanted, Webhooks,
};
use super::workbench::{Checked, PreviewQuery, Previewed};
use super::{assistants, calls, keys, reference as described, sessions, share, sites, webhooks, workbench};
use crate::error::Code;
use crate::extensions::Outcome;
use crate::keys::Scope;
use crate::socket;
use axum::http::Method;
use protocol::SiteCard;
use protocol::limits::ASSISTANT_BYTES_MAX;
use serde_json::json;

const GET: Method = Method::GET;
const POST: Method = Method::POST;
const PUT: Method = Method::PUT;
const PATCH: Method = Method::PATCH;
const DELETE: Method = Method::DELETE;

const MISSING: &[Code] = &[Code::NotFound];
const FILE: File = File("An author's file, JSON or YAML as its name says.");
const BYTES: &str = "application/octet-stream";

/// Every endpoint.
pub fn endpoints() -> Vec<Endpoint> {
    let groups = [
        access(),
        of_sites(),
        looking_at_assistants(),
        changing_assistants(),
        before_anything_is_kept(),
        sockets(),
        managing_webhooks(),
        deliveries(),
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
        .refuses(MISSING),
    ]
}

fn of_sites() -> Vec<Endpoint> {
    let tag = Tag::Sites;
    vec![
        Endpoint::new(tag, Access::agents(Scope::AssistantsRead), (GET, "/sites"), ("list_sites", "List the sites."), sites::list)
            .gives::<Sites>(200, "Every site.")
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::Anyone, (GET, "/sites/{site}"), ("site_card", "Show what a site's chat looks like and runs."), sites::card)
            .query::<CardQuery>()
            .gives::<SiteCard>(200, "The site's card. Any page may read it.")
            .refuses(MISSING)
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::Anyone, (GET, "/sites/{site}/assistant/{hash}"), ("assistant_bytes", "Get an assistant as the chat runs it."), sites::assistant)
            .detail("Its SHA-256 is the hash in the address, so it never changes there.")
            .gives_bytes(BYTES, "The assistant.")
            .refuses(MISSING)
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, Access::OwnPages, (POST, "/sites/{site}/call"), ("call_extension", "Have an assistant's extension called."), calls::call)
            .detail("For the visitor's chat. Redirects are not followed; what goes wrong on the way is an outcome with `why`.")
            .takes::<calls::Call>(json!({ "assistant": "99b24409…", "extension": "orders", "operation": "find", "with": { "id": "A 7" } }))
            .gives::<Outcome>(200, "What became of the call.")
            .refuses(&[Code::NotFound, Code::TooManyAttempts])
            .has_earlier_address(),
    ]
}

fn looking_at_assistants() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Assistants, Access::agents(Scope::AssistantsRead));
    vec![
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/draft"),
            ("draft", "Get the draft."),
            assistants::draft,
        )
        .gives::<DraftFile>(200, "The draft, with its text.")
        .refuses(MISSING)
        .is_compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/versions"),
            ("list_versions", "List versions and releases."),
            assistants::versions,
        )
        .gives::<Versions>(200, "What the site runs, ran, and is worked on.")
        .refuses(MISSING)
        .is_compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            may,
            (GET, "/sites/{site}/assistant/versions/{number}"),
            ("version_source", "Get a version's file."),
            assistants::source,
        )
        .gives_bytes("text/plain", "The file as it was written, as an attachment with its name.")
        .refuses(MISSING)
        .is_compressed()
        .has_earlier_address(),
    ]
}

fn changing_assistants() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Assistants, Access::admins(Scope::AssistantsWrite));
    vec![
        Endpoint::new(tag, may, (PUT, "/sites/{site}/assistant"), ("publish", "Publish a file at once."), assistants::publish)
            .detail("The draft stays. A file that is current already is not published again.")
            .query::<FileQuery>()
            .takes_file(FILE, ASSISTANT_BYTES_MAX)
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (PUT, "/sites/{site}/assistant/draft"), ("save_draft", "Keep a file as the draft."), assistants::save_draft)
            .query::<FileQuery>()
            .takes_file(FILE, ASSISTANT_BYTES_MAX)
            .gives::<DraftSaved>(200, "It is kept, also with warnings.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (DELETE, "/sites/{site}/assistant/draft"), ("delete_draft", "Drop the draft."), assistants::delete_draft)
            .gives_nothing(204, "There is no draft any more.")
            .refuses(MISSING)
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/publish"), ("publish_draft", "Publish the draft."), assistants::publish_draft)
            .takes::<PublishWanted>(json!({ "note": "Winter hours" }))
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .once(Once::Kept)
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/rollback"), ("roll_back", "Make an earlier version current again."), assistants::roll_back)
            .takes::<RollBackWanted>(json!({ "version": 3 }))
            .gives::<PublishedCard>(200, "What the site runs now.")
            .gives::<Broken>(422, "")
            .refuses(&[Code::NotFound, Code::Mistakes])
            .once(Once::Kept)
            .is_compressed()
            .has_earlier_address(),
        Endpoint::new(tag, may, (POST, "/sites/{site}/assistant/share"), ("share", "Make a link that shows an assistant to people who cannot sign in."), share::share)
            .detail("It shows that very file until it ends. Whoever has it may look; conversations there are real ones.")
            .takes::<ShareWanted>(json!({ "of": "draft", "hours": 48 }))
            .gives::<Link>(200, "The link.")
            .refuses(MISSING)
            .once(Once::Kept)
            .is_compressed()
            .has_earlier_address(),
    ]
}

fn before_anything_is_kept() -> Vec<Endpoint> {
    let tag = Tag::Assistants;
    vec![
        Endpoint::new(
            tag,
            Access::agents(Scope::AssistantsRead),
            (POST, "/check"),
            ("check", "Say what is wrong with a file."),
            workbench::check,
        )
        .detail("Nothing is stored.")
        .query::<FileQuery>()
        .takes_file(FILE, ASSISTANT_BYTES_MAX)
        .gives::<Checked>(200, "Everything that is wrong with it, and what it holds.")
        .is_compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (POST, "/preview"),
            ("make_preview", "Have a file ready for the preview's chat."),
            workbench::preview,
        )
        .detail("Kept in memory for an hour at most. Only an admin's preview may have extensions called.")
        .query::<PreviewQuery>()
        .query::<FileQuery>()
        .takes_file(FILE, ASSISTANT_BYTES_MAX)
        .gives::<Previewed>(200, "Where it lies.")
        .gives::<Broken>(422, "")
        .refuses(&[Code::NotFound, Code::Mistakes])
        .is_compressed()
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/preview/{preview}"),
            ("preview_bytes", "Get a preview as the chat runs it."),
            workbench::bytes,
        )
        .detail("For whoever knows its name, which cannot be guessed.")
        .gives_bytes(BYTES, "The assistant.")
        .refuses(MISSING)
        .is_compressed()
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
        .detail("WebSocket; frames are JSON texts, the first is `hello`.")
        .gives_nothing(101, "The connection is open.")
        .refuses(&[Code::UpgradeRequired, Code::Malformed])
        .has_earlier_address(),
        Endpoint::new(
            tag,
            Access::SIGNED_IN,
            (GET, "/agent/socket"),
            ("agent_socket", "Connect an agent's console."),
            socket::agent,
        )
        .detail("WebSocket; frames are JSON texts, the first is `hello`. From the bridge's own pages alone.")
        .gives_nothing(101, "The connection is open.")
        .refuses(&[Code::UpgradeRequired, Code::Malformed, Code::ForeignOrigin])
        .has_earlier_address(),
    ]
}

fn managing_webhooks() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Webhooks, Access::admins(Scope::WebhooksManage));
    let example = || json!({ "url": "https://hooks.example.com/passerelle", "description": "CRM", "kinds": ["opened", "closed"] });
    vec![
        Endpoint::new(tag, may, (GET, "/webhooks"), ("list_webhooks", "List webhooks, the oldest first."), webhooks::list)
            .gives::<Webhooks>(200, "Every webhook."),
        Endpoint::new(tag, may, (POST, "/webhooks"), ("make_webhook", "Make a webhook."), webhooks::make)
            .detail("It is told of what happens from now on. Its secret is shown in this answer and never again.")
            .takes::<WebhookWanted>(example())
            .gives::<WebhookMade>(201, "The webhook and its secret.")
            .refuses(&[Code::TooManyThings])
            .once(Once::KeptSecret),
        Endpoint::new(tag, may, (GET, "/webhooks/{webhook}"), ("webhook", "Show a webhook."), webhooks::show)
            .gives::<WebhookCard>(200, "The webhook.")
            .refuses(MISSING),
        Endpoint::new(tag, may, (PATCH, "/webhooks/{webhook}"), ("change_webhook", "Change a webhook."), webhooks::change)
            .detail("What is not given stays as it is.")
            .takes::<WebhookWanted>(json!({ "active": true }))
            .gives::<WebhookCard>(200, "The webhook, as it is now.")
            .refuses(MISSING),
        Endpoint::new(tag, may, (DELETE, "/webhooks/{webhook}"), ("remove_webhook", "Remove a webhook and the record of its deliveries."), webhooks::remove)
            .gives_nothing(204, "It is gone.")
            .refuses(MISSING),
        Endpoint::new(tag, may, (POST, "/webhooks/{webhook}/secret"), ("rotate_secret", "Replace a webhook's secret."), webhooks::rotate)
            .detail("For a while deliveries are signed with both, so that the receiver can change over. A third secret ends the first.")
            .takes::<RotateWanted>(json!({ "overlap_hours": 24 }))
            .gives::<Rotated>(200, "The new secret, and when the earlier one ends.")
            .refuses(MISSING)
            .once(Once::KeptSecret),
    ]
}

fn deliveries() -> Vec<Endpoint> {
    let (tag, may) = (Tag::Webhooks, Access::admins(Scope::WebhooksManage));
    vec![
        Endpoint::new(
            tag,
            may,
            (GET, "/webhooks/{webhook}/deliveries"),
            ("list_deliveries", "List deliveries, the newest event first."),
            webhooks::deliveries,
        )
        .detail("Those that have ended are kept for 30 days.")
        .query::<DeliveryQuery>()
        .query::<PageQuery>()
        .gives::<Page<DeliveryCard>>(200, "A page of deliveries.")
        .refuses(MISSING),
        Endpoint::new(
            tag,
            may,
            (GET, "/webhooks/{webhook}/deliveries/{delivery}"),
            ("delivery", "Show a delivery, its body and its attempts."),
            webhooks::delivery,
        )
        .gives::<DeliveryInFull>(200, "The delivery with all that is known of it.")
        .refuses(MISSING),
        Endpoint::new(
            tag,
            may,
            (POST, "/webhooks/{webhook}/deliveries/{delivery}/replay"),
            ("replay_delivery", "Send one delivery once more."),
            webhooks::replay,
        )
        .detail("With the same `webhook-id` and body, and a signature of now.")
        .gives_nothing(202, "It waits to be sent.")
        .refuses(MISSING)
        .once(Once::Kept),
        Endpoint::new(
            tag,
            may,
            (POST, "/webhooks/{webhook}/replay"),
            ("replay_since", "Send everything since a time once more."),
            webhooks::replay_since,
        )
        .detail("In the order in which it happened, what was delivered and what was given up alike.")
        .takes::<ReplayWanted>(json!({ "since": 1_764_000_000_000_u64 }))
        .gives_nothing(202, "It waits to be sent.")
        .refuses(MISSING)
        .once(Once::Kept),
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
        .is_rooted()
        .is_compressed(),
        Endpoint::new(
            tag,
            Access::Anyone,
            (GET, "/api/"),
            ("reference", "Get this description for people."),
            described::show,
        )
        .gives_bytes("text/html", "This page.")
        .is_rooted()
        .is_compressed(),
    ]
}
