//! What is found again, and in which order.

use crate::Place;
use crate::talk::{
    ALL, Talk, agent, conversation, elsewhere, events, here, named, owner, replayed, request, save, site,
    visitor,
};
use bridge::store::{Answered, ConversationRow};
use protocol::Timestamp;
use switchboard::{Asker, Change};

pub async fn what_is_absent_is_none(place: Place) {
    let store = place.open().await;
    assert_eq!(store.events_after(conversation(1), 0, ALL).await.unwrap(), []);
    assert_eq!(store.live_conversations(&here()).await.unwrap(), []);
    assert_eq!(store.conversation(&here(), conversation(1)).await.unwrap(), None);
    assert_eq!(store.latest_conversation(&here(), visitor(1)).await.unwrap(), None);
    assert_eq!(store.answered(&[]).await.unwrap(), []);
    assert_eq!(store.answered(&[(Asker::Visitor(visitor(1)), request(1))]).await.unwrap(), []);
    assert_eq!(store.agents(&here()).await.unwrap(), []);
    assert_eq!(store.session(&[7; 32], Timestamp::from_millis(0)).await.unwrap(), None);
    let shelf = store.shelf();
    assert_eq!(shelf.current_versions(&here()).await.unwrap(), []);
    assert_eq!(shelf.versions(&here(), &site("shop")).await.unwrap(), []);
    assert_eq!(shelf.file(&here(), &site("shop"), "abc").await.unwrap(), None);
    assert_eq!(shelf.build(&here(), &site("shop"), "abc").await.unwrap(), None);
    store.set_password(agent(1), "x").await.expect("a password of nobody changes nothing");
    store.remove_session(&[7; 32]).await.expect("a session that is not there has ended");
}

pub async fn events_come_in_pages_after_a_number(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let mut batch = vec![talk.opens()];
    batch.extend((0..9).map(|name| talk.says(name)));
    save(&*store, &lease, &batch).await.unwrap();
    let all = events(&batch);
    for (after, limit, expected) in [
        (0, 4, &all[..4]),
        (4, 4, &all[4..8]),
        (8, 4, &all[8..]),
        (10, 4, &[]),
        (3, 0, &[]),
        (9, usize::MAX, &all[9..]),
        (u64::MAX, 4, &[]),
    ] {
        assert_eq!(
            store.events_after(talk.id, after, limit).await.unwrap(),
            expected,
            "{limit} after {after}"
        );
    }
}

pub async fn a_conversation_row_follows_its_events(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 4);
    let mut row = ConversationRow {
        conversation: conversation(1),
        visitor: visitor(4),
        site: site("shop"),
        queue: None,
        team: None,
        agent: None,
        last_number: 0,
        closed: false,
    };
    type Step = (fn(&mut Talk) -> Change, fn(&mut ConversationRow));
    let steps: [Step; 9] = [
        (Talk::opens, |_| {}),
        (|talk| talk.says(1), |_| {}),
        (|talk| talk.asks_for_a_person("desk"), |row| row.queue = Some(named("desk"))),
        (|talk| talk.offered(7), |_| {}),
        (|talk| talk.offer_ends(7), |_| {}),
        (|talk| talk.joined(8), |row| row.agent = Some(agent(8))),
        (|talk| talk.asks_for_a_person("billing"), |row| row.queue = Some(named("billing"))),
        (|talk| talk.joined(9), |row| row.agent = Some(agent(9))),
        (Talk::closes, |row| row.closed = true),
    ];
    for (act, expect) in steps {
        save(&*store, &lease, &[act(&mut talk)]).await.unwrap();
        row.last_number += 1;
        expect(&mut row);
        assert_eq!(store.conversation(&here(), talk.id).await.unwrap().as_ref(), Some(&row));
    }
    let mut at_once = Talk::new(2, 4);
    save(&*store, &lease, &steps.map(|(act, _)| renamed(act(&mut at_once)))).await.unwrap();
    let expected = ConversationRow { conversation: at_once.id, ..row };
    assert_eq!(
        store.conversation(&here(), at_once.id).await.unwrap(),
        Some(expected),
        "in one batch as in many"
    );
}

/// The same change under another request's name.
fn renamed(mut change: Change) -> Change {
    if let Change::Happened { event, .. } = &mut change {
        event.request = event.request.map(|_| request(1_000));
    }
    change
}

pub async fn the_latest_conversation_is_the_one_opened_last(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    for id in [5, 9, 2] {
        let mut talk = Talk::new(id, 1);
        save(&*store, &lease, &[talk.opens(), talk.closes()]).await.unwrap();
        save(&*store, &lease, &[Talk::new(id + 100, id + 100).opens()]).await.unwrap();
        let latest = store.latest_conversation(&here(), visitor(1)).await.unwrap();
        assert_eq!(latest.map(|row| row.conversation), Some(conversation(id)));
    }
    assert_eq!(store.latest_conversation(&elsewhere(), visitor(1)).await.unwrap(), None);
    assert_eq!(store.conversation(&elsewhere(), conversation(2)).await.unwrap(), None);
}

pub async fn saved_requests_are_found_by_asker_and_name(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second) = (Talk::new(1, 1), Talk::new(2, 2));
    let batch = [first.opens(), first.says(9), second.opens(), second.says(8), second.replies(7, 9)];
    save(&*store, &lease, &batch).await.unwrap();
    let of_visitor = |n, name| (Asker::Visitor(visitor(n)), request(name));
    let by_agent = (Asker::Agent(agent(7)), request(9));
    let asked = [
        of_visitor(1, 9),
        of_visitor(2, 9),
        of_visitor(2, 8),
        by_agent,
        (Asker::Agent(agent(1)), request(9)),
    ];
    let mut found = store.answered(&asked).await.unwrap();
    found.sort_by_key(|answered| (answered.conversation, answered.number));
    let answered =
        |(asker, request), n, number| Answered { asker, request, conversation: conversation(n), number };
    let expected =
        [answered(of_visitor(1, 9), 1, 2), answered(of_visitor(2, 8), 2, 2), answered(by_agent, 2, 3)];
    assert_eq!(found, expected);
}

pub async fn what_is_not_over_comes_whole(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut long, mut silent, mut over) = (Talk::new(9, 1), Talk::new(3, 2), Talk::new(5, 3));
    let batches = [
        vec![long.opens(), long.says(1), over.opens(), over.says(1), long.says(2)],
        vec![long.asks_for_a_person("desk"), silent.opens(), long.offered(7), long.says(3)],
        vec![long.offer_ends(7), over.closes(), long.joined(8), silent.asks_for_a_person("desk")],
    ];
    for batch in &batches {
        save(&*store, &lease, batch).await.unwrap();
    }
    let all = events(&batches.concat());
    let of = |talk: &Talk| {
        let own: Vec<_> = all.iter().filter(|event| event.conversation == talk.id).cloned().collect();
        replayed(&own).expect("it was opened")
    };
    assert_eq!(
        store.live_conversations(&here()).await.unwrap(),
        [of(&long), of(&silent)],
        "in order of opening"
    );
}

pub async fn what_is_not_over_is_that_of_the_workspace(place: Place) {
    let store = place.open().await;
    let (ours, theirs) = (owner(&*store).await, store.take_lease(&elsewhere()).await.unwrap());
    let (our, their) = ([Talk::new(1, 1).opens()], [Talk::new(2, 1).opens()]);
    save(&*store, &ours, &our).await.unwrap();
    save(&*store, &theirs, &their).await.unwrap();
    assert_eq!(store.live_conversations(&here()).await.unwrap(), [replayed(&events(&our)).unwrap()]);
    assert_eq!(store.live_conversations(&elsewhere()).await.unwrap(), [replayed(&events(&their)).unwrap()]);
}
