//! What a save keeps, and what it refuses.

use crate::Place;
use crate::talk::{
    ALL, Talk, agent, agent_row, conversation, elsewhere, events, here, history, owner, refused, request,
    said, visitor,
};
use bridge::store::StoreError;
use protocol::{AgentStatus, Author, BrowserAuthor, Happening};
use switchboard::{Asker, Change};
use uuid::Uuid;

pub async fn what_is_saved_is_read_back_in_order(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let odd = "quotes ' \" \\, a null \u{0}, a line\nbreak, \u{1F309} and {json}";
    let first = [talk.opens(), talk.says(1), talk.next(said(Author::Browser(BrowserAuthor::Assistant), odd))];
    let second = [talk.asks_for_a_person("desk"), talk.joined(7), talk.replies(7, 2), talk.closes()];
    store.save(&lease, &first).await.unwrap();
    store.save(&lease, &second).await.unwrap();
    assert_eq!(history(&*store, &talk).await, events(&[&first[..], &second[..]].concat()));
}

pub async fn what_is_saved_survives_closing_and_opening_the_store(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let saved = [talk.opens(), talk.says(1)];
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    store.save(&lease, &saved).await.unwrap();
    drop(store);

    let store = place.open().await;
    assert_eq!(history(&*store, &talk).await, events(&saved));
    assert_eq!(store.agents(&here()).await.unwrap(), [agent_row(7, "ada@example.com")]);
    store.save(&lease, &[talk.says(2)]).await.expect("a lease nobody else took is still good");
    refused(&store.save(&lease, &[Talk::new(2, 1).opens()]).await);
}

pub async fn a_batch_is_saved_whole_or_not_at_all(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut good, mut old) = (Talk::new(1, 1), Talk::new(2, 2));
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    store.save(&lease, &[old.opens(), old.says(1)]).await.unwrap();
    let before = history(&*store, &old).await;

    let status = Change::StatusChosen { agent: agent(7), status: AgentStatus::Online };
    let sound = [good.opens(), good.says(2), old.clone().says(3), status];
    let repeated = old.clone().says(1);
    let misnumbered = Talk { number: 40, ..old.clone() }.says(4);
    let stranger = Change::StatusChosen { agent: agent(8), status: AgentStatus::Online };
    let unopened = Talk::new(3, 3).says(5);
    for bad in [repeated, misnumbered, stranger, unopened] {
        let batch = [&sound[..2], std::slice::from_ref(&sound[3]), &[bad]].concat();
        store.save(&lease, &batch).await.expect_err("must be refused");
        assert_eq!(history(&*store, &good).await, []);
        assert_eq!(history(&*store, &old).await, before);
        assert_eq!(store.agents(&here()).await.unwrap()[0].status, AgentStatus::Offline);
    }
    store.save(&lease, &sound).await.expect("without the bad one it is saved");
}

pub async fn a_thousand_changes_are_saved_as_one(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talks: Vec<Talk> = (0..150).map(|n| Talk::new(n, n)).collect();
    let mut batch: Vec<Change> = talks.iter_mut().map(Talk::opens).collect();
    for round in 0..6 {
        batch.extend(talks.iter_mut().enumerate().map(|(n, talk)| talk.says(round * 1_000 + n as u128)));
    }
    store.save(&lease, &batch).await.unwrap();
    let more: Vec<Change> = talks.iter_mut().map(|talk| talk.asks_for_a_person("desk")).collect();
    store.save(&lease, &more).await.unwrap();
    batch.extend(more);
    for talk in &talks {
        let expected: Vec<_> =
            events(&batch).into_iter().filter(|event| event.conversation == talk.id).collect();
        assert_eq!(history(&*store, talk).await, expected);
    }
    let asked: Vec<_> =
        talks.iter().zip(0..).map(|(talk, n)| (Asker::Visitor(talk.visitor), request(n))).collect();
    assert_eq!(store.answered(&asked).await.unwrap().len(), talks.len());
}

pub async fn an_event_must_have_the_next_number(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let saved = [talk.opens(), talk.says(1)];
    store.save(&lease, &saved).await.unwrap();
    for (wrong, name) in [(0, 10), (1, 11), (2, 12), (4, 13), (u64::MAX, 14)] {
        let batch = [Talk { number: wrong, ..talk.clone() }.says_as(wrong, name)];
        refused(&store.save(&lease, &batch).await);
    }
    let mut gapped = talk.clone();
    let third = gapped.says(20);
    gapped.number += 1;
    refused(&store.save(&lease, &[third, gapped.says(21)]).await);
    assert_eq!(history(&*store, &talk).await, events(&saved));
    store.save(&lease, &[talk.says(22)]).await.expect("3 is the next number");
}

impl Talk {
    /// What the visitor says, under a number that is not the next one.
    fn says_as(&mut self, number: u64, name: u128) -> Change {
        self.number = 0;
        let mut change = self.says(name);
        if let Change::Happened { event, .. } = &mut change {
            event.number = number;
        }
        change
    }
}

pub async fn a_conversation_begins_with_being_opened_and_only_once(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    refused(&store.save(&lease, &[talk.clone().says(1)]).await);
    refused(&store.save(&lease, &[talk.clone().says(1), talk.clone().opens()]).await);
    assert_eq!(store.conversation(&here(), talk.id).await.unwrap(), None);

    store.save(&lease, &[talk.opens()]).await.unwrap();
    refused(&store.save(&lease, &[Talk::new(1, 1).opens()]).await);
    refused(&store.save(&lease, &[Talk::new(1, 2).opens()]).await);
    refused(&store.save(&lease, &[talk.clone().opens()]).await);
    assert_eq!(history(&*store, &talk).await.len(), 1);
}

pub async fn a_visitor_has_at_most_one_conversation_that_is_not_closed(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second) = (Talk::new(1, 1), Talk::new(2, 1));
    store.save(&lease, &[first.opens()]).await.unwrap();
    refused(&store.save(&lease, &[second.clone().opens()]).await);
    refused(&store.save(&lease, &[Talk::new(3, 5).opens(), Talk::new(4, 5).opens()]).await);
    assert_eq!(store.conversation(&here(), second.id).await.unwrap(), None);

    let other_team = store.take_lease(&elsewhere()).await.unwrap();
    store.save(&other_team, &[Talk::new(5, 1).opens()]).await.expect("workspaces know nothing of each other");
    store.save(&lease, &[first.closes()]).await.unwrap();
    store.save(&lease, &[second.opens()]).await.expect("the first is closed");
}

pub async fn a_visitor_may_close_and_open_in_one_batch(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second, mut third) = (Talk::new(3, 1), Talk::new(2, 1), Talk::new(1, 1));
    store.save(&lease, &[first.opens()]).await.unwrap();
    let batch = [first.closes(), second.opens(), second.closes(), third.opens(), third.says(1)];
    store.save(&lease, &batch).await.unwrap();
    let latest = store.latest_conversation(&here(), visitor(1)).await.unwrap().expect("there is one");
    assert_eq!((latest.conversation, latest.last_number, latest.closed), (conversation(1), 2, false));
    assert!(store.conversation(&here(), second.id).await.unwrap().expect("it is there").closed);
}

pub async fn a_request_is_saved_once(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    store.save(&lease, &[talk.opens(), talk.says(1)]).await.unwrap();
    let twice = [talk.clone().says(1)];
    let in_one_batch = {
        let mut talk = talk.clone();
        [talk.says(2), talk.says(2)]
    };
    for batch in [&twice[..], &in_one_batch[..]] {
        let outcome = store.save(&lease, batch).await;
        assert!(matches!(outcome, Err(StoreError::Repeated)), "{outcome:?}");
    }
    assert_eq!(history(&*store, &talk).await.len(), 2);

    store.save(&lease, &[talk.closes()]).await.unwrap();
    let mut later = Talk::new(2, 1);
    let outcome = store.save(&lease, &[later.opens(), later.says(1)]).await;
    assert!(matches!(outcome, Err(StoreError::Repeated)), "in another conversation too: {outcome:?}");
}

pub async fn a_request_of_the_same_name_by_another_asker_is_another_request(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second) = (Talk::new(1, 1), Talk::new(2, 2));
    // An agent whose id happens to be that of the first visitor is somebody else.
    let namesake = Uuid::from_u128(1).as_u128();
    let batch = [first.opens(), second.opens(), first.says(9), second.says(9), first.replies(namesake, 9)];
    store.save(&lease, &batch).await.unwrap();
    assert_eq!(store.events_after(first.id, 0, ALL).await.unwrap().len(), 3);
    let unnamed = [first.next(Happening::Closed { by: None }), second.next(Happening::Closed { by: None })];
    store.save(&lease, &unnamed).await.expect("events without a request never repeat one another");
}

pub async fn connections_are_not_kept(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    let known = Change::Connection { agent: agent(7), connected: true };
    let unknown = Change::Connection { agent: agent(8), connected: true };
    store.save(&lease, &[known, unknown]).await.unwrap();
    store.save(&lease, &[]).await.unwrap();
    assert_eq!(store.agents(&here()).await.unwrap(), [agent_row(7, "ada@example.com")]);
}
