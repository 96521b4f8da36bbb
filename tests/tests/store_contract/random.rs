//! Whatever valid changes are saved, in whatever batches: they are read back, and every other view of them agrees. On
//! SQLite only: the rules run on both, and this looks for shapes of batches that no rule thought of.

use crate::Place;
use crate::talk::{
    Talk, badge, closed, events, here, history, joined, owner, replayed, request, said, save, site, visitor,
};
use bridge::store::{Answered, ConversationRow, Store};
use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{Author, BrowserAuthor, Happening, RequestId, Target};
use switchboard::{Asker, Change};

const VISITORS: u128 = 3;

/// What happens next to a visitor's conversation; one is opened first when none is open.
#[derive(Clone, Debug)]
enum Deed {
    Say(String),
    Reply(String),
    AskForAPerson(bool),
    Offer,
    EndOffer,
    Join(u128),
    Close,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_saved_is_read_back(batches in vec(vec((0..VISITORS, deed()), 1..20), 1..8)) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
        runtime.block_on(check(batches));
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    let text = || vec(any::<char>(), 0..20).prop_map(|chars| format!("x{}", String::from_iter(chars)));
    prop_oneof![
        4 => text().prop_map(Deed::Say),
        2 => text().prop_map(Deed::Reply),
        1 => any::<bool>().prop_map(Deed::AskForAPerson),
        1 => Just(Deed::Offer),
        1 => Just(Deed::EndOffer),
        1 => (0..3u128).prop_map(Deed::Join),
        1 => Just(Deed::Close),
    ]
}

async fn check(batches: Vec<Vec<(u128, Deed)>>) {
    let place = Place::sqlite();
    let store = place.open().await;
    let lease = owner(&*store).await;
    let mut model = Model::default();
    for batch in batches {
        let changes: Vec<Change> = batch.into_iter().flat_map(|(of, deed)| model.act(of, deed)).collect();
        save(&*store, &lease, &changes).await.expect("what is valid is saved");
    }
    drop(store);
    model.compare(&*place.open().await).await;
}

/// What must be found, kept as plainly as can be.
#[derive(Default)]
struct Model {
    /// In order of opening.
    talks: Vec<Told>,
    requests: u128,
}

struct Told {
    talk: Talk,
    changes: Vec<Change>,
    closed: bool,
}

impl Model {
    fn act(&mut self, of: u128, deed: Deed) -> Vec<Change> {
        let mut changes = Vec::new();
        let open = |told: &Told| told.talk.visitor == visitor(of) && !told.closed;
        let at = self.talks.iter().position(open).unwrap_or_else(|| {
            let mut talk = Talk::new(scattered(self.talks.len()), of);
            changes.push(talk.opens());
            self.talks.push(Told { talk, changes: Vec::new(), closed: false });
            self.talks.len() - 1
        });
        self.requests += 1;
        let name = request(self.requests);
        let told = &mut self.talks[at];
        changes.push(told.next(name, deed));
        told.changes.extend(changes.iter().cloned());
        changes
    }

    async fn compare(&self, store: &dyn Store) {
        for told in &self.talks {
            assert_eq!(history(store, &told.talk).await, events(&told.changes));
            assert_eq!(store.conversation(&here(), told.talk.id).await.unwrap(), Some(told.row()));
        }
        for n in 0..VISITORS {
            let last = self.talks.iter().rev().find(|told| told.talk.visitor == visitor(n));
            assert_eq!(store.latest_conversation(&here(), visitor(n)).await.unwrap(), last.map(Told::row));
        }
        let open = self.talks.iter().filter(|told| !told.closed);
        let open: Vec<_> = open.filter_map(|told| replayed(&events(&told.changes))).collect();
        assert_eq!(store.live_conversations(&here()).await.unwrap(), open);

        let mut answers: Vec<Answered> = self.talks.iter().flat_map(Told::answers).collect();
        let asked: Vec<_> = answers.iter().map(|answer| (answer.asker, answer.request)).collect();
        let mut found = store.answered(&asked).await.unwrap();
        answers.sort_by_key(|answer| answer.request);
        found.sort_by_key(|answer| answer.request);
        assert_eq!(found, answers);
    }
}

impl Told {
    fn next(&mut self, name: RequestId, deed: Deed) -> Change {
        let of_visitor = Some((Asker::Visitor(self.talk.visitor), name));
        let of_agent = |n| Some((Asker::Agent(badge(n).id), name));
        match deed {
            Deed::Say(text) => {
                self.talk.answer(of_visitor, said(Author::Browser(BrowserAuthor::Visitor), &text))
            }
            Deed::Reply(text) => self.talk.answer(of_agent(1), said(Author::Agent(badge(1)), &text)),
            Deed::AskForAPerson(urgent) => {
                self.talk.asks_for_a_person(if urgent { "urgent" } else { "desk" })
            }
            Deed::Offer => self.talk.offered(1),
            Deed::EndOffer => self.talk.offer_ends(1),
            Deed::Join(n) => self.talk.answer(of_agent(n), joined(n)),
            Deed::Close => {
                self.closed = true;
                self.talk.answer(of_visitor, closed())
            }
        }
    }

    fn row(&self) -> ConversationRow {
        let mut row = ConversationRow {
            conversation: self.talk.id,
            visitor: self.talk.visitor,
            site: site("shop"),
            queue: None,
            team: None,
            agent: None,
            last_number: self.talk.number,
            closed: self.closed,
        };
        for event in events(&self.changes) {
            if let Happening::Queued { target: Target::Queue(queue), .. } = &event.happening {
                row.queue = Some(queue.clone());
            }
            if let Happening::Assigned { to, .. } = &event.happening {
                row.agent = Some(to.id);
            }
        }
        row
    }

    fn answers(&self) -> Vec<Answered> {
        let answer = |change: &Change| {
            let Change::Happened { event, asker } = change else { return None };
            Some(Answered {
                asker: (*asker)?,
                request: event.request?,
                conversation: event.conversation,
                number: event.number,
            })
        };
        self.changes.iter().filter_map(answer).collect()
    }
}

/// An id whose order is not the order of opening.
fn scattered(place: usize) -> u128 {
    (place as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
}
