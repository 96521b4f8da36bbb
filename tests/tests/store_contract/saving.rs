//! What a save keeps, and what it refuses.

use crate::Place;
use crate::talk::{
    ALL, Talk, agent, agent_row, closed, conversation, elsewhere, events, here, history, owner, refused,
    replayed, request, said, save, save_with, visitor,
};
use bridge::store::{Saving, SetupRow, StoreError};
use protocol::setup::{Rules, Setup};
use protocol::{AgentStatus, Author, BrowserAuthor, ConversationState, Happening, Timestamp};
use switchboard::{Asker, Change, Reach, Standing};
use uuid::Uuid;

pub async fn what_is_saved_is_read_back_in_order(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let odd = "quotes ' \" \\, a null \u{0}, a line\nbreak, \u{1F309} and {json}";
    let first = [talk.opens(), talk.says(1), talk.next(said(Author::Browser(BrowserAuthor::Assistant), odd))];
    let second = [talk.asks_for_a_person("desk"), talk.joined(7), talk.replies(7, 2), talk.closes()];
    save(&*store, &lease, &first).await.unwrap();
    save(&*store, &lease, &second).await.unwrap();
    assert_eq!(history(&*store, &talk).await, events(&[&first[..], &second[..]].concat()));
}

pub async fn what_is_saved_survives_closing_and_opening_the_store(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let saved = [talk.opens(), talk.says(1)];
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    save(&*store, &lease, &saved).await.unwrap();
    drop(store);

    let store = place.open().await;
    assert_eq!(history(&*store, &talk).await, events(&saved));
    assert_eq!(store.agents(&here()).await.unwrap(), [agent_row(7, "ada@example.com")]);
    save(&*store, &lease, &[talk.says(2)]).await.expect("a lease nobody else took is still good");
    refused(&save(&*store, &lease, &[Talk::new(2, 1).opens()]).await);
}

pub async fn a_batch_is_saved_whole_or_not_at_all(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut good, mut old) = (Talk::new(1, 1), Talk::new(2, 2));
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    save(&*store, &lease, &[old.opens(), old.says(1)]).await.unwrap();
    let before = history(&*store, &old).await;

    let sound = [good.opens(), good.says(2), old.clone().says(3)];
    let online = (agent(7), stands(AgentStatus::Online));
    let stranger = (agent(8), stands(AgentStatus::Online));
    let repeated = old.clone().says(1);
    let misnumbered = Talk { number: 40, ..old.clone() }.says(4);
    let unopened = Talk::new(3, 3).says(5);
    for bad in [repeated, misnumbered, unopened] {
        let batch = [&sound[..2], &[bad]].concat();
        save_with(&*store, &lease, &batch, std::slice::from_ref(&online)).await.expect_err("must be refused");
        assert_eq!(history(&*store, &good).await, []);
        assert_eq!(history(&*store, &old).await, before);
        assert_eq!(store.agents(&here()).await.unwrap()[0].standing, Standing::default());
    }
    save_with(&*store, &lease, &sound, &[online.clone(), stranger])
        .await
        .expect_err("nobody knows the second");
    assert_eq!(history(&*store, &good).await, []);
    save_with(&*store, &lease, &sound, std::slice::from_ref(&online))
        .await
        .expect("without the bad one it is saved");
    assert_eq!(store.agents(&here()).await.unwrap()[0].standing, online.1);
}

pub async fn a_thousand_changes_are_saved_as_one(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talks: Vec<Talk> = (0..150).map(|n| Talk::new(n, n)).collect();
    let mut batch: Vec<Change> = talks.iter_mut().map(Talk::opens).collect();
    for round in 0..6 {
        batch.extend(talks.iter_mut().enumerate().map(|(n, talk)| talk.says(round * 1_000 + n as u128)));
    }
    save(&*store, &lease, &batch).await.unwrap();
    let more: Vec<Change> = talks.iter_mut().map(|talk| talk.asks_for_a_person("desk")).collect();
    save(&*store, &lease, &more).await.unwrap();
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
    save(&*store, &lease, &saved).await.unwrap();
    for (wrong, name) in [(0, 10), (1, 11), (2, 12), (4, 13), (u64::MAX, 14)] {
        let batch = [Talk { number: wrong, ..talk.clone() }.says_as(wrong, name)];
        refused(&save(&*store, &lease, &batch).await);
    }
    let mut gapped = talk.clone();
    let third = gapped.says(20);
    gapped.number += 1;
    refused(&save(&*store, &lease, &[third, gapped.says(21)]).await);
    assert_eq!(history(&*store, &talk).await, events(&saved));
    save(&*store, &lease, &[talk.says(22)]).await.expect("3 is the next number");
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
    refused(&save(&*store, &lease, &[talk.clone().says(1)]).await);
    refused(&save(&*store, &lease, &[talk.clone().says(1), talk.clone().opens()]).await);
    assert_eq!(store.conversation(&here(), talk.id).await.unwrap(), None);

    save(&*store, &lease, &[talk.opens()]).await.unwrap();
    refused(&save(&*store, &lease, &[Talk::new(1, 1).opens()]).await);
    refused(&save(&*store, &lease, &[Talk::new(1, 2).opens()]).await);
    refused(&save(&*store, &lease, &[talk.clone().opens()]).await);
    assert_eq!(history(&*store, &talk).await.len(), 1);
}

pub async fn a_visitor_has_at_most_one_conversation_that_is_not_closed(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second) = (Talk::new(1, 1), Talk::new(2, 1));
    save(&*store, &lease, &[first.opens()]).await.unwrap();
    refused(&save(&*store, &lease, &[second.clone().opens()]).await);
    refused(&save(&*store, &lease, &[Talk::new(3, 5).opens(), Talk::new(4, 5).opens()]).await);
    assert_eq!(store.conversation(&here(), second.id).await.unwrap(), None);

    let other_team = store.take_lease(&elsewhere()).await.unwrap();
    save(&*store, &other_team, &[Talk::new(5, 1).opens()])
        .await
        .expect("workspaces know nothing of each other");
    save(&*store, &lease, &[first.closes()]).await.unwrap();
    save(&*store, &lease, &[second.opens()]).await.expect("the first is closed");
}

pub async fn a_visitor_may_close_and_open_in_one_batch(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second, mut third) = (Talk::new(3, 1), Talk::new(2, 1), Talk::new(1, 1));
    save(&*store, &lease, &[first.opens()]).await.unwrap();
    let batch = [first.closes(), second.opens(), second.closes(), third.opens(), third.says(1)];
    save(&*store, &lease, &batch).await.unwrap();
    let latest = store.latest_conversation(&here(), visitor(1)).await.unwrap().expect("there is one");
    assert_eq!((latest.conversation, latest.last_number, latest.closed), (conversation(1), 2, false));
    assert!(store.conversation(&here(), second.id).await.unwrap().expect("it is there").closed);
}

pub async fn a_request_is_saved_once(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    save(&*store, &lease, &[talk.opens(), talk.says(1)]).await.unwrap();
    let twice = [talk.clone().says(1)];
    let in_one_batch = {
        let mut talk = talk.clone();
        [talk.says(2), talk.says(2)]
    };
    for batch in [&twice[..], &in_one_batch[..]] {
        let outcome = save(&*store, &lease, batch).await;
        assert!(matches!(outcome, Err(StoreError::Repeated)), "{outcome:?}");
    }
    assert_eq!(history(&*store, &talk).await.len(), 2);

    save(&*store, &lease, &[talk.closes()]).await.unwrap();
    let mut later = Talk::new(2, 1);
    let outcome = save(&*store, &lease, &[later.opens(), later.says(1)]).await;
    assert!(matches!(outcome, Err(StoreError::Repeated)), "in another conversation too: {outcome:?}");
}

pub async fn a_request_of_the_same_name_by_another_asker_is_another_request(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let (mut first, mut second) = (Talk::new(1, 1), Talk::new(2, 2));
    // An agent whose id happens to be that of the first visitor is somebody else.
    let namesake = Uuid::from_u128(1).as_u128();
    let batch = [first.opens(), second.opens(), first.says(9), second.says(9), first.replies(namesake, 9)];
    save(&*store, &lease, &batch).await.unwrap();
    assert_eq!(store.events_after(first.id, 0, ALL).await.unwrap().len(), 3);
    let unnamed = [first.next(closed()), second.next(closed())];
    save(&*store, &lease, &unnamed).await.expect("events without a request never repeat one another");
}

pub async fn connections_are_not_kept(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    store.add_agent(&here(), &agent_row(7, "ada@example.com")).await.unwrap();
    let at = Timestamp::from_millis(1);
    let known = Change::Connection { agent: agent(7), reach: Reach::Here, at };
    let unknown = Change::Connection { agent: agent(8), reach: Reach::Here, at };
    save(&*store, &lease, &[known, unknown]).await.unwrap();
    save(&*store, &lease, &[]).await.unwrap();
    assert_eq!(store.agents(&here()).await.unwrap(), [agent_row(7, "ada@example.com")]);
}

pub async fn a_conversation_is_saved_as_it_stands_after_its_last_event(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut talk = Talk::new(1, 1);
    let batch = [talk.opens(), talk.says(1)];
    let before = replayed(&events(&batch[..1])).expect("it was opened");
    for given in [&[][..], &[&before][..]] {
        refused(&store.save(&lease, Saving { changes: &batch, conversations: given, standings: &[] }).await);
    }
    assert_eq!(history(&*store, &talk).await, []);
}

pub async fn what_is_known_of_a_visitor_is_kept_from_one_conversation_to_the_next(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    assert_eq!(store.contacts(&here(), &[visitor(1)]).await.unwrap(), []);
    let mut talk = Talk::new(1, 1);
    let tagged = Happening::Tagged { tag: "vip".to_owned(), added: true };
    let field = Happening::FieldSet { field: "city".to_owned(), value: Some("Rouen \u{0} '".to_owned()) };
    save(&*store, &lease, &[talk.opens(), talk.next(tagged), talk.next(field), talk.closes()]).await.unwrap();
    let known = store.contacts(&here(), &[visitor(2), visitor(1)]).await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!((known[0].0, known[0].1.tags.len(), known[0].1.fields.len()), (visitor(1), 1, 1));
    assert_eq!(store.contacts(&elsewhere(), &[visitor(1)]).await.unwrap(), []);
    save(&*store, &lease, &[Talk::new(2, 2).opens()]).await.unwrap();
    let visitors = [visitor(1), visitor(2), visitor(3)];
    let mut last = store.last_conversations(&here(), &visitors).await.unwrap();
    last.sort_by_key(|conversation| conversation.id);
    let found: Vec<_> = last.iter().map(|one| (one.id, one.state())).collect();
    let closed = (talk.id, ConversationState::Closed);
    assert_eq!(found, [closed, (conversation(2), ConversationState::Automated)]);
}

pub async fn a_setup_is_kept_with_its_revision_and_only_the_next_one_is_taken(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    assert_eq!(store.setup(&here()).await.unwrap(), None);
    let revision = |revision| SetupRow {
        revision,
        changed_at: Timestamp::from_millis(revision),
        changed_by: "Ada".to_owned(),
        setup: Setup { rules: Rules { reopen_seconds: 60, ..Rules::default() }, ..Setup::default() },
    };
    store.save_setup(&lease, &revision(1)).await.unwrap();
    refused(&store.save_setup(&lease, &revision(1)).await);
    refused(&store.save_setup(&lease, &revision(3)).await);
    store.save_setup(&lease, &revision(2)).await.unwrap();
    assert_eq!(store.setup(&here()).await.unwrap(), Some(revision(2)));
    assert_eq!(store.setup(&elsewhere()).await.unwrap(), None);
    let newer = owner(&*store).await;
    let outcome = store.save_setup(&lease, &revision(3)).await;
    assert!(matches!(outcome, Err(StoreError::NotOwner(_))), "{outcome:?}");
    store.save_setup(&newer, &revision(3)).await.unwrap();
}

fn stands(status: AgentStatus) -> Standing {
    Standing { status, ..Standing::default() }
}
