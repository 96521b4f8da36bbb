//! Keys of programs, and names under which something is done once.

use crate::Place;
use crate::talk::{elsewhere, here};
use bridge::store::{Claim, Claimed, KeyRow, Mark};
use protocol::Timestamp;
use uuid::Uuid;

pub async fn a_key_is_found_by_its_digest_in_its_workspace(place: Place) {
    let store = place.open().await;
    let keyring = store.keyring();
    for n in [1, 2, 3] {
        keyring.add_key(&here(), &key(n), &[n; 32]).await.unwrap();
    }
    drop(store);
    let store = place.open().await;
    let keyring = store.keyring();
    assert_eq!(keyring.key_of(&here(), &[2; 32]).await.unwrap(), Some(key(2)));
    assert_eq!(keyring.key_of(&elsewhere(), &[2; 32]).await.unwrap(), None);
    assert_eq!(keyring.key_of(&here(), &[9; 32]).await.unwrap(), None);
    assert_eq!(keyring.keys(&here(), None, 2).await.unwrap(), [key(3), key(2)], "the newest first");
    assert_eq!(keyring.keys(&here(), Some(key(2).id), 2).await.unwrap(), [key(1)]);
    assert!(keyring.add_key(&here(), &key(4), &[3; 32]).await.is_err(), "two keys cannot be the same");
}

pub async fn a_key_is_revoked_once_and_does_not_count_any_more(place: Place) {
    let store = place.open().await;
    let keyring = store.keyring();
    keyring.add_key(&here(), &key(1), &[1; 32]).await.unwrap();
    keyring.add_key(&here(), &KeyRow { until: Some(at(50)), ..key(2) }, &[2; 32]).await.unwrap();
    assert_eq!(keyring.count_keys(&here(), at(49)).await.unwrap(), 2);
    assert_eq!(keyring.count_keys(&here(), at(50)).await.unwrap(), 1, "one has ended");
    let revoked = Mark { at: at(7), by: Some("Ada".to_owned()) };
    assert!(!keyring.revoke_key(&elsewhere(), key(1).id, &revoked).await.unwrap());
    assert!(keyring.revoke_key(&here(), key(1).id, &revoked).await.unwrap());
    let later = Mark { at: at(8), by: None };
    assert!(!keyring.revoke_key(&here(), key(1).id, &later).await.unwrap());
    assert_eq!(keyring.key_of(&here(), &[1; 32]).await.unwrap().unwrap().revoked, Some(revoked));
    assert_eq!(keyring.count_keys(&here(), at(50)).await.unwrap(), 0);
}

pub async fn the_last_use_of_a_key_never_goes_back(place: Place) {
    let store = place.open().await;
    let keyring = store.keyring();
    keyring.add_key(&here(), &key(1), &[1; 32]).await.unwrap();
    for millis in [5, 9, 7] {
        keyring.key_used(&here(), key(1).id, at(millis)).await.unwrap();
    }
    assert_eq!(keyring.key_of(&here(), &[1; 32]).await.unwrap().unwrap().used_at, Some(at(9)));
}

pub async fn a_name_is_taken_once(place: Place) {
    let store = place.open().await;
    let mut takers = tokio::task::JoinSet::new();
    for process in 0..8 {
        let store = store.clone();
        takers.spawn(
            async move { store.keyring().claim(&here(), &claim("ada", process), at(1)).await.unwrap() },
        );
    }
    let outcomes = takers.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == Claimed::New).count(), 1, "{outcomes:?}");
    let keyring = store.keyring();
    assert_eq!(
        keyring.claim(&here(), &claim("bob", 1), at(1)).await.unwrap(),
        Claimed::New,
        "names are each caller's own"
    );
    assert_eq!(keyring.claim(&elsewhere(), &claim("ada", 1), at(1)).await.unwrap(), Claimed::New);
}

pub async fn an_answer_is_kept_under_its_name_until_it_is_old(place: Place) {
    let store = place.open().await;
    let keyring = store.keyring();
    let ask = async |process| keyring.claim(&here(), &claim("ada", process), at(1)).await.unwrap();
    assert_eq!(ask(1).await, Claimed::New);
    keyring.give_back(&here(), &claim("ada", 1)).await.unwrap();
    assert_eq!(ask(1).await, Claimed::New, "it was given back");
    let known = |status, body: Option<&[u8]>| Claimed::Known {
        fingerprint: vec![7; 32],
        process: vec![1; 16],
        status,
        body: body.map(<[u8]>::to_vec),
    };
    assert_eq!(ask(2).await, known(None, None), "it is not answered yet");
    keyring.keep_answer(&here(), &claim("ada", 1), 201, Some(b"{}\0")).await.unwrap();
    keyring.give_back(&here(), &claim("ada", 1)).await.unwrap();
    assert_eq!(ask(2).await, known(Some(201), Some(b"{}\0")), "what was answered cannot be given back");
    assert_eq!(keyring.forget_answers(at(1)).await.unwrap(), 0);
    assert_eq!(keyring.forget_answers(at(2)).await.unwrap(), 1);
    assert_eq!(ask(2).await, Claimed::New);
}

fn key(n: u8) -> KeyRow {
    KeyRow {
        id: Uuid::from_u128(u128::from(n)),
        prefix: format!("pk_{n}"),
        name: format!("Key {n}"),
        scopes: "audit:read webhooks:manage".to_owned(),
        made: Mark { at: at(u64::from(n)), by: None },
        until: None,
        used_at: None,
        revoked: None,
    }
}

fn claim(caller: &str, process: u8) -> Claim {
    Claim {
        caller: caller.to_owned(),
        name: Uuid::from_u128(5),
        fingerprint: [7; 32],
        process: [process; 16],
    }
}

fn at(millis: u64) -> Timestamp {
    Timestamp::from_millis(millis)
}
