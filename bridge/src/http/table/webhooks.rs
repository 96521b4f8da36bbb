//! Other systems are told of events: who, which, and what became of it.

use super::{DELETE, GET, MISSING, PATCH, POST};
use crate::error::Code;
use crate::http::api::{Access, Endpoint, Once, Page, PageQuery, Tag};
use crate::http::webhooks::{
    self, DeliveryCard, DeliveryInFull, DeliveryQuery, ReplayWanted, RotateWanted, Rotated, WebhookCard,
    WebhookMade, WebhookWanted, Webhooks,
};
use crate::keys::Scope;
use serde_json::json;

/// All of them.
pub fn endpoints() -> Vec<Endpoint> {
    [managing(), deliveries()].into_iter().flatten().collect()
}

fn managing() -> Vec<Endpoint> {
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
            .refuses(MISSING)
            .once(Once::Kept),
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
