//! Who may write: the newest owner of a workspace, and nobody else.

use crate::Place;
use crate::talk::{Talk, elsewhere, events, here, history, owner, refused, save};
use bridge::store::{Lease, Store, StoreError};
use std::sync::Arc;
use switchboard::Change;
use tokio::sync::watch;

/// Saves each process makes in the rules with several processes.
const SAVES: u64 = 20;

pub async fn every_owner_has_a_greater_epoch(place: Place) {
    let (first, second) = (place.open().await, place.open().await);
    let mut epochs = Vec::new();
    for store in [&first, &second, &first] {
        epochs.push(owner(&**store).await.epoch);
    }
    assert!(epochs.is_sorted_by(|earlier, later| earlier < later), "{epochs:?}");
    let other = first.take_lease(&elsewhere()).await.unwrap();
    assert_eq!(other.workspace, elsewhere());
}

pub async fn an_old_owner_cannot_write(place: Place) {
    let (old, new) = (place.open().await, place.open().await);
    let old_lease = owner(&*old).await;
    let mut talk = Talk::new(1, 1);
    let saved = [talk.opens()];
    save(&*old, &old_lease, &saved).await.unwrap();

    let new_lease = owner(&*new).await;
    let outcome = save(&*old, &old_lease, &[talk.clone().says(1)]).await;
    assert!(matches!(&outcome, Err(StoreError::NotOwner(workspace)) if *workspace == here()), "{outcome:?}");
    assert_eq!(history(&*new, &talk).await, events(&saved));
    save(&*new, &new_lease, &[talk.says(1)]).await.unwrap();
    assert_eq!(history(&*old, &talk).await.len(), 2, "the old owner may still read");
}

pub async fn who_never_owned_the_workspace_cannot_write(place: Place) {
    let store = place.open().await;
    let invented = Lease { workspace: here(), epoch: 1 };
    for _ in 0..2 {
        let outcome = save(&*store, &invented, &[Talk::new(1, 1).opens()]).await;
        assert!(matches!(outcome, Err(StoreError::NotOwner(_))), "{outcome:?}");
        let other = store.take_lease(&elsewhere()).await.unwrap();
        assert!(other.epoch >= invented.epoch);
    }
}

pub async fn an_owner_cannot_write_into_another_workspace(place: Place) {
    let store = place.open().await;
    let (ours, theirs) = (owner(&*store).await, store.take_lease(&elsewhere()).await.unwrap());
    let mut talk = Talk::new(1, 1);
    save(&*store, &ours, &[talk.opens()]).await.unwrap();
    refused(&save(&*store, &theirs, &[talk.clone().says(1)]).await);
    assert_eq!(history(&*store, &talk).await.len(), 1);
}

pub async fn of_two_processes_only_the_newest_owner_writes(place: Place) {
    let (old, new) = (place.open().await, place.open().await);
    let lease = owner(&*old).await;
    let mut talk = Talk::new(1, 1);
    save(&*old, &lease, &[talk.opens()]).await.unwrap();
    let (told, mut acknowledged) = watch::channel(talk.number);
    let losing = tokio::spawn(write_until_taken_over(old, lease, talk.clone(), told));

    acknowledged.wait_for(|number| *number >= SAVES).await.expect("the old owner writes");
    let lease = owner(&*new).await;
    talk.number = history(&*new, &talk).await.len() as u64;
    let found = talk.number;
    for name in 0..SAVES {
        save(&*new, &lease, &[talk.says(u128::from(1_000_000 + name))])
            .await
            .expect("nobody else writes now");
    }
    let acknowledged = losing.await.expect("the old owner was told that it is none");
    assert!(acknowledged <= found, "event {acknowledged} was acknowledged and the next owner found {found}");
    assert_eq!(history(&*new, &talk).await.len() as u64, found + SAVES);
}

/// Gives back the last number that was saved.
async fn write_until_taken_over(
    store: Arc<dyn Store>,
    lease: Lease,
    mut talk: Talk,
    told: watch::Sender<u64>,
) -> u64 {
    loop {
        let before = talk.number;
        let next: Change = talk.says(u128::from(before));
        match save(&*store, &lease, &[next]).await {
            Ok(()) => told.send_replace(talk.number),
            Err(StoreError::NotOwner(_)) => return before,
            Err(other) => panic!("the only other writer has a newer lease: {other}"),
        };
    }
}

pub async fn owners_in_a_crowd_lose_nothing(place: Place) {
    let store = place.open().await;
    let mut talk = Talk::new(1, 1);
    save(&*store, &owner(&*store).await, &[talk.opens()]).await.unwrap();
    let mut crowd = Vec::new();
    for member in 0..4 {
        crowd.push(tokio::spawn(take_turns(place.open().await, member, talk.clone())));
    }
    for member in crowd {
        member.await.expect("each has its turns");
    }
    let numbers: Vec<u64> = history(&*store, &talk).await.iter().map(|event| event.number).collect();
    assert_eq!(numbers, (1..=1 + 4 * SAVES).collect::<Vec<_>>());
}

/// Takes over, looks where the conversation stands and saves one event, until that has succeeded often enough.
async fn take_turns(store: Arc<dyn Store>, member: u64, mut talk: Talk) {
    let mut saved = 0;
    while saved < SAVES {
        let lease = owner(&*store).await;
        let row = store.conversation(&here(), talk.id).await.unwrap().expect("it is open");
        talk.number = row.last_number;
        match save(&*store, &lease, &[talk.says(u128::from(member * SAVES + saved))]).await {
            Ok(()) => saved += 1,
            Err(StoreError::NotOwner(_)) => {}
            Err(other) => panic!("who owns the workspace knows what is saved: {other}"),
        }
    }
}
