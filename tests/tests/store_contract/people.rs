//! Agents and their sessions.

use crate::Place;
use crate::talk::{Talk, agent, agent_row, elsewhere, here, owner, refused, save_with};
use bridge::store::{AgentRow, SessionRow, Store};
use protocol::{AgentId, AgentStatus, Timestamp};
use switchboard::Standing;

pub async fn an_agent_is_added_once(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    store.add_agent(&here(), &agent_row(1, "ada@example.com")).await.unwrap();
    save_with(&*store, &lease, &[], &[stands(1, AgentStatus::Online)]).await.unwrap();
    store.add_agent(&here(), &agent_row(2, "ada@example.com")).await.unwrap();
    let kept = AgentRow { standing: stands(1, AgentStatus::Online).1, ..agent_row(1, "ada@example.com") };
    assert_eq!(store.agents(&here()).await.unwrap(), [kept]);
    store.add_agent(&elsewhere(), &agent_row(2, "ada@example.com")).await.unwrap();
    assert_eq!(store.agents(&elsewhere()).await.unwrap(), [agent_row(2, "ada@example.com")]);
}

pub async fn agents_come_in_order_of_email(place: Place) {
    let store = place.open().await;
    for (n, email) in
        [(1, "bo.b@example.com"), (2, "ada@example.com"), (3, "bo-b@example.com"), (4, "zoé@example.com")]
    {
        store.add_agent(&here(), &agent_row(n, email)).await.unwrap();
    }
    let emails: Vec<String> =
        store.agents(&here()).await.unwrap().into_iter().map(|agent| agent.email).collect();
    assert_eq!(emails, ["ada@example.com", "bo-b@example.com", "bo.b@example.com", "zoé@example.com"]);
}

pub async fn a_password_is_replaced(place: Place) {
    let store = place.open().await;
    store.add_agent(&here(), &agent_row(1, "ada@example.com")).await.unwrap();
    store.add_agent(&here(), &agent_row(2, "bob@example.com")).await.unwrap();
    store.set_password(agent(1), "$argon2id$new").await.unwrap();
    let renewed = AgentRow { password_hash: "$argon2id$new".to_owned(), ..agent_row(1, "ada@example.com") };
    assert_eq!(store.agents(&here()).await.unwrap(), [renewed, agent_row(2, "bob@example.com")]);
}

pub async fn how_agents_stand_is_kept_with_its_batch(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    store.add_agent(&here(), &agent_row(1, "ada@example.com")).await.unwrap();
    store.add_agent(&here(), &agent_row(2, "bob@example.com")).await.unwrap();
    let mut talk = Talk::new(1, 1);
    let standings = [stands(1, AgentStatus::Busy), stands(2, AgentStatus::Online)];
    save_with(&*store, &lease, &[talk.opens()], &standings).await.unwrap();
    assert_eq!(statuses(&*store).await, [AgentStatus::Busy, AgentStatus::Online]);
    drop(store);
    assert_eq!(statuses(&*place.open().await).await, [AgentStatus::Busy, AgentStatus::Online]);
}

pub async fn how_an_unknown_agent_stands_is_refused(place: Place) {
    let store = place.open().await;
    let lease = owner(&*store).await;
    store.add_agent(&here(), &agent_row(1, "ada@example.com")).await.unwrap();
    store.add_agent(&elsewhere(), &agent_row(2, "bob@example.com")).await.unwrap();
    let online = |n| stands(n, AgentStatus::Online);
    for stranger in [2, 3] {
        refused(&save_with(&*store, &lease, &[], &[online(1), online(stranger)]).await);
    }
    assert_eq!(statuses(&*store).await, [AgentStatus::Offline]);
}

pub async fn a_session_ends_by_itself(place: Place) {
    let store = place.open().await;
    let session = signed_in(&*store).await;
    for (now, there) in [(0, true), (999, true), (1_000, false), (u64::MAX, false)] {
        let found = store.session(&session.secret_digest, Timestamp::from_millis(now)).await.unwrap();
        assert_eq!(found, there.then(|| session.clone()), "at {now}");
    }
    let almost = [8; 31];
    assert_eq!(store.session(&almost, Timestamp::from_millis(0)).await.unwrap(), None);
}

pub async fn a_session_ends_when_it_is_removed(place: Place) {
    let store = place.open().await;
    let session = signed_in(&*store).await;
    let other = SessionRow { secret_digest: vec![9; 32], ..session.clone() };
    store.add_session(&other).await.unwrap();
    store.remove_session(&session.secret_digest).await.unwrap();
    let now = Timestamp::from_millis(0);
    assert_eq!(store.session(&session.secret_digest, now).await.unwrap(), None);
    assert_eq!(store.session(&other.secret_digest, now).await.unwrap(), Some(other));
}

fn stands(n: u128, status: AgentStatus) -> (AgentId, Standing) {
    (
        agent(n),
        Standing { status, misses: 2, last_asked: Some(Timestamp::from_millis(7)), ..Standing::default() },
    )
}

async fn statuses(store: &dyn Store) -> Vec<AgentStatus> {
    store.agents(&here()).await.unwrap().into_iter().map(|agent| agent.standing.status).collect()
}

async fn signed_in(store: &dyn Store) -> SessionRow {
    store.add_agent(&here(), &agent_row(1, "ada@example.com")).await.unwrap();
    let session =
        SessionRow { secret_digest: vec![8; 32], agent: agent(1), until: Timestamp::from_millis(1_000) };
    store.add_session(&session).await.unwrap();
    session
}
