//! Many at once want what only one can have.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{Act, BridgeToAgent, ConversationId, RefusalCode};
use world::{Agent, TOMAS, Visitor, World, shop};

/// Consoles that race.
const CONSOLES: usize = 64;

#[tokio::test]
async fn of_sixty_four_conversations_one_agent_gets_as_many_as_they_have_room_for() {
    let world = World::of(&shop("capacity = 1\nqueues = [\"sales\"]")).await;
    let mut consoles = consoles(&world).await;
    let mut visitors = Vec::new();
    let mut conversations: Vec<ConversationId> = Vec::new();
    for name in 0..CONSOLES as u8 {
        let mut visitor = Visitor::arrives(&world, name).await;
        conversations.push(visitor.asks_for_a_person("sales").await);
        visitors.push(visitor);
    }
    let answers = race(&mut consoles, |console| conversations[console]).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
    let (_, mine) = Agent::with_cookie(&world, consoles[0].cookie.clone()).await;
    let owned = mine.iter().filter(|summary| summary.agent.is_some()).count();
    assert_eq!(owned, 1, "one is theirs, and there is no room for another");
}

#[tokio::test]
async fn a_conversation_that_sixty_four_accept_is_assigned_once() {
    let world = World::of(&shop("capacity = 1\nqueues = [\"sales\"]")).await;
    let mut consoles = consoles(&world).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("sales").await;
    let answers = race(&mut consoles, |_| conversation).await;
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.is_ok()), "{answers:?}");
    let events = consoles[0].watches(conversation).await;
    let kinds: Vec<&str> = events.iter().map(|event| event.happening.kind()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "assigned").count(), 1, "{kinds:?}");
}

/// Consoles of one agent, who is online.
async fn consoles(world: &World) -> Vec<Agent> {
    let first = Agent::arrives_online(world, TOMAS).await;
    let cookie = first.cookie.clone();
    let mut consoles = vec![first];
    while consoles.len() < CONSOLES {
        consoles.push(Agent::with_cookie(world, cookie.clone()).await.0);
    }
    consoles
}

/// All ask before the first is answered; where each answer's event is, or why there is none.
async fn race(
    consoles: &mut [Agent],
    accepts: impl Fn(usize) -> ConversationId,
) -> Vec<Result<u64, RefusalCode>> {
    let mut asked = Vec::new();
    for (number, console) in consoles.iter_mut().enumerate() {
        asked.push(console.asks(accepts(number), Act::Accept).await);
    }
    let mut answers = Vec::new();
    for (console, wanted) in consoles.iter_mut().zip(asked) {
        let answer = console.until("an answer", |frame| match frame {
            BridgeToAgent::Accepted { id, number, .. } if id == wanted => Some(Ok(number)),
            BridgeToAgent::Refused { id: Some(id), refusal } if id == wanted => Some(Err(refusal.code)),
            _ => None,
        });
        answers.push(answer.await);
    }
    answers
}
