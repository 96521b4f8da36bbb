//! Webhooks: who is told of what, in which order, and what survives.

use crate::Place;
use crate::talk::{Talk, elsewhere, here, owner, save};
use bridge::store::{
    AttemptRow, DeliveryKey, DeliveryRow, DeliveryState, Lease, Mark, Next, Outcome, Store, StoreError,
    WebhookRow,
};
use protocol::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

const NOW: u64 = 1_800_000_000_000;

/// A store in which two conversations, of three events and of two, began after a webhook was made.
struct Desk {
    store: Arc<dyn Store>,
    lease: Lease,
    talks: [Talk; 2],
}

pub async fn events_become_deliveries_once_and_only_the_first_of_each_conversation_is_due(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    assert!(desk.fan_out().await);
    assert!(!desk.fan_out().await, "there is nothing more");
    assert_eq!(desk.due(NOW).await, [(1, 1), (2, 1)]);
    let all = desk.store.outgoing().deliveries(hook().id, None, None, 100).await.unwrap();
    assert_eq!(all.len(), 5);
    assert!(all.iter().all(|row| row.state == DeliveryState::Waiting && row.event.is_some()), "{all:?}");
    assert!(all.is_sorted_by(|a, b| a.event_seq > b.event_seq), "the newest first");
    let behind = desk.store.outgoing().deliveries(hook().id, None, Some(all[1].event_seq), 2).await.unwrap();
    assert_eq!(behind, all[2..4]);
    let (one, attempts) = desk.store.outgoing().delivery(&desk.key(1, 2)).await.unwrap().unwrap();
    assert_eq!((one.kind.as_str(), one.due_at, attempts.len()), ("said", None, 0));
}

pub async fn the_next_event_waits_until_the_one_before_has_ended(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    desk.ends(1, 1, Next::TryAt(at(NOW + 500)), Some(500)).await;
    assert_eq!(desk.due(NOW).await, [(2, 1)], "the one that failed waits");
    assert_eq!(desk.store.outgoing().next_due(&here(), at(NOW)).await.unwrap(), Some(at(NOW + 500)));
    assert_eq!(desk.due(NOW + 500).await, [(2, 1), (1, 1)], "the longest due first");
    desk.ends(1, 1, Next::Ends(DeliveryState::GivenUp), None).await;
    desk.ends(2, 1, Next::Ends(DeliveryState::Delivered), Some(200)).await;
    assert_eq!(desk.due(NOW + 500).await, [(1, 2), (2, 2)], "given up or delivered, the next one comes");
    let (row, attempts) = desk.store.outgoing().delivery(&desk.key(1, 1)).await.unwrap().unwrap();
    assert_eq!((row.state, row.attempts, row.ended_at), (DeliveryState::GivenUp, 2, Some(at(NOW + 3))));
    let statuses: Vec<Option<u16>> = attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [Some(500), None]);
    let given_up =
        desk.store.outgoing().deliveries(hook().id, Some(DeliveryState::GivenUp), None, 9).await.unwrap();
    assert_eq!(given_up.len(), 1);
}

pub async fn a_receiver_fails_from_its_first_failure_to_its_next_success(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    let failing = async || desk.store.outgoing().webhooks(&here()).await.unwrap()[0].failing_since;
    desk.ends(1, 1, Next::TryAt(at(NOW)), Some(500)).await;
    desk.ends(2, 1, Next::TryAt(at(NOW)), Some(500)).await;
    assert_eq!(failing().await, Some(at(NOW + 3)));
    desk.ends(1, 1, Next::Ends(DeliveryState::Delivered), Some(200)).await;
    assert_eq!(failing().await, None);
}

pub async fn only_the_kinds_that_are_wanted_are_told(place: Place) {
    let desk = Desk::of(&place, &["opened"]).await;
    desk.fan_out().await;
    let all = desk.store.outgoing().deliveries(hook().id, None, None, 100).await.unwrap();
    assert!(all.len() == 2 && all.iter().all(|row| row.kind == "opened"), "{all:?}");
    let kinds = desk.store.outgoing().webhooks(&here()).await.unwrap()[0].kinds.clone();
    assert_eq!(kinds, ["opened"]);
}

pub async fn a_process_that_no_longer_owns_the_workspace_delivers_nothing(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    let outcome = desk.outcome(1, 1, Next::Ends(DeliveryState::Delivered), Some(200));
    owner(desk.store.as_ref()).await;
    let recorded = desk.store.outgoing().record(&desk.lease, &[outcome]).await;
    assert!(matches!(recorded, Err(StoreError::NotOwner(_))), "{recorded:?}");
    let desk = Desk::of(&place, &[]).await;
    owner(desk.store.as_ref()).await;
    let fanned = desk.store.outgoing().fan_out(&desk.lease, at(NOW), 100).await;
    assert!(matches!(fanned, Err(StoreError::NotOwner(_))), "{fanned:?}");
}

pub async fn what_has_ended_is_sent_again_in_order(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    for (talk, number) in [(1, 1), (1, 2), (2, 1)] {
        desk.ends(talk, number, Next::Ends(DeliveryState::Delivered), Some(200)).await;
    }
    assert!(desk.store.outgoing().replay(&desk.key(1, 2), at(NOW)).await.unwrap());
    assert_eq!(desk.due(NOW + 9).await, [(1, 2), (2, 2)], "what comes later waits behind it again");
    assert!(
        !desk.store.outgoing().replay(&DeliveryKey { number: 99, ..desk.key(1, 1) }, at(NOW)).await.unwrap()
    );

    // Events of the talks have times that grow with their numbers.
    let since = |number: u64| at(1_700_000_000_000 + number);
    desk.store.outgoing().replay_since(hook().id, since(1)).await.unwrap();
    assert!(desk.fan_out().await);
    assert_eq!(desk.due(NOW + 9).await, [(1, 1), (2, 1)]);
    for talk in [1, 2] {
        desk.ends(talk, 1, Next::Ends(DeliveryState::Delivered), Some(200)).await;
    }
    assert_eq!(desk.due(NOW + 9).await, [(1, 2), (2, 2)]);
    desk.store.outgoing().replay_since(hook().id, at(NOW)).await.unwrap();
    assert!(!desk.fan_out().await, "nothing has happened since then");
}

pub async fn an_inactive_webhook_is_told_nothing_and_goes_on_with_what_comes(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    let outgoing = desk.store.outgoing();
    let stopped = WebhookRow { active: false, stopped: Some((at(NOW), "why".to_owned())), ..hook() };
    assert!(outgoing.set_webhook(&here(), &stopped, at(NOW)).await.unwrap());
    assert_eq!(outgoing.webhooks(&here()).await.unwrap(), [stopped]);
    assert_eq!(desk.due(NOW).await, [], "what waited is given up");
    let mut talk = desk.talks[0].clone();
    save(&*desk.store, &desk.lease, &[talk.says(90)]).await.unwrap();
    assert!(!desk.fan_out().await);
    assert!(outgoing.set_webhook(&here(), &hook(), at(NOW)).await.unwrap());
    assert!(!desk.fan_out().await, "what happened meanwhile is not told");
    save(&*desk.store, &desk.lease, &[talk.says(91)]).await.unwrap();
    assert!(desk.fan_out().await);
    assert_eq!(desk.due(NOW).await, [(1, talk.number)]);
    assert!(!outgoing.set_webhook(&elsewhere(), &hook(), at(NOW)).await.unwrap());
}

pub async fn two_secrets_are_good_at_the_same_time_and_not_three(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    let outgoing = desk.store.outgoing();
    let good = async |millis| {
        let rows = outgoing.secrets(hook().id, at(millis)).await.unwrap();
        rows.into_iter().map(|row| row.secret).collect::<Vec<String>>()
    };
    outgoing.rotate_secret(hook().id, "b", at(10), at(20)).await.unwrap();
    assert_eq!(good(19).await, ["b", "a"], "the newest first");
    assert_eq!(good(20).await, ["b"]);
    outgoing.rotate_secret(hook().id, "c", at(11), at(20)).await.unwrap();
    assert_eq!(good(12).await, ["c", "b"]);
}

pub async fn old_deliveries_and_removed_webhooks_leave_nothing(place: Place) {
    let desk = Desk::of(&place, &[]).await;
    desk.fan_out().await;
    desk.ends(1, 1, Next::Ends(DeliveryState::Delivered), Some(200)).await;
    let outgoing = desk.store.outgoing();
    assert_eq!(outgoing.prune_deliveries(at(NOW + 3), 9).await.unwrap(), 0);
    assert_eq!(outgoing.prune_deliveries(at(NOW + 4), 9).await.unwrap(), 1);
    assert_eq!(outgoing.delivery(&desk.key(1, 1)).await.unwrap(), None);
    assert_eq!(desk.due(NOW + 9).await, [(2, 1), (1, 2)]);
    assert!(!outgoing.remove_webhook(&elsewhere(), hook().id).await.unwrap());
    assert!(outgoing.remove_webhook(&here(), hook().id).await.unwrap());
    assert_eq!(outgoing.deliveries(hook().id, None, None, 9).await.unwrap(), []);
    desk.store.outgoing().record(&desk.lease, &[desk.outcome(2, 1, Next::TryAt(at(1)), None)]).await.unwrap();
}

impl Desk {
    async fn of(place: &Place, kinds: &[&str]) -> Self {
        let store = place.open().await;
        let lease = owner(store.as_ref()).await;
        let outgoing = store.outgoing();
        outgoing.remove_webhook(&here(), hook().id).await.unwrap();
        // Numbers that differ each time, so that a place can be used twice.
        let fresh = u128::from(lease.epoch.unsigned_abs()) * 100;
        let mut earlier = Talk::new(fresh, fresh);
        save(&*store, &lease, &[earlier.opens()]).await.unwrap();
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        outgoing.add_webhook(&here(), &WebhookRow { kinds, ..hook() }, "a").await.unwrap();
        let mut talks = [Talk::new(fresh + 1, fresh + 1), Talk::new(fresh + 2, fresh + 2)];
        let changes = [
            talks[0].opens(),
            talks[1].opens(),
            talks[0].says(fresh + 1),
            talks[1].says(fresh + 2),
            talks[0].says(fresh + 3),
        ];
        save(&*store, &lease, &changes).await.unwrap();
        Self { store, lease, talks }
    }

    async fn fan_out(&self) -> bool {
        self.store.outgoing().fan_out(&self.lease, at(NOW), 100).await.unwrap()
    }

    /// What of the talks is due, as numbers of talk and event.
    async fn due(&self, millis: u64) -> Vec<(usize, u64)> {
        let rows = self.store.outgoing().due(hook().id, at(millis), 100).await.unwrap();
        let talk = |row: &DeliveryRow| self.talks.iter().position(|talk| talk.id == row.key.conversation);
        rows.iter().filter_map(|row| Some((talk(row)? + 1, row.key.number))).collect()
    }

    async fn ends(&self, talk: usize, number: u64, next: Next, status: Option<u16>) {
        let outcome = self.outcome(talk, number, next, status);
        self.store.outgoing().record(&self.lease, &[outcome]).await.unwrap();
    }

    fn outcome(&self, talk: usize, number: u64, next: Next, status: Option<u16>) -> Outcome {
        let attempt = AttemptRow { at: at(NOW), millis: 3, status, why: None, answer: "ok".to_owned() };
        Outcome { key: self.key(talk, number), attempt, next }
    }

    fn key(&self, talk: usize, number: u64) -> DeliveryKey {
        DeliveryKey { webhook: hook().id, conversation: self.talks[talk - 1].id, number }
    }
}

fn hook() -> WebhookRow {
    WebhookRow {
        id: Uuid::from_u128(77),
        url: "https://hooks.example".to_owned(),
        description: "CRM".to_owned(),
        kinds: Vec::new(),
        active: true,
        made: Mark { at: at(1), by: Some("Ada".to_owned()) },
        failing_since: None,
        stopped: None,
    }
}

fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis)
}
