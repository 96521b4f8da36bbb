//! What guests may ask: bounded by their address and in all, and told so.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{BridgeToVisitor, BrowserAuthor, RefusalCode, SiteId, VisitorFrame, VisitorSecret};
use world::{Socket, World, request, say, shop};

const SOCKET: &str = "/api/v1/visitor/socket";
const HERE: [(&str, &str); 1] = [("x-forwarded-for", "203.0.113.7")];
const ELSEWHERE: [(&str, &str); 1] = [("x-forwarded-for", "203.0.113.8")];

#[tokio::test]
async fn sockets_are_bounded_by_address_and_in_all_and_a_closed_one_makes_room() {
    let world = limited("visitor_sockets = 3\nvisitor_sockets_per_address = 2").await;
    let first = Socket::dial(world.address, SOCKET, &HERE).await;
    let _second = Socket::dial(world.address, SOCKET, &HERE).await;
    assert_eq!(Socket::try_dial(world.address, SOCKET, &HERE).await.err(), Some(429));
    let _third = Socket::dial(world.address, SOCKET, &ELSEWHERE).await;
    assert_eq!(Socket::try_dial(world.address, SOCKET, &[]).await.err(), Some(429), "three in all");
    drop(first);
    let room = async {
        while Socket::try_dial(world.address, SOCKET, &HERE).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    world::within("room to be there again", room).await;
}

#[tokio::test]
async fn whoever_greets_too_often_is_told_to_wait_and_others_are_not() {
    let world = limited("hellos_at_once = 2\nhellos_per_second = 1").await;
    for _ in 0..2 {
        let mut socket = Socket::dial(world.address, SOCKET, &HERE).await;
        socket.tell(&hello(1)).await;
        assert!(matches!(socket.next("a welcome").await, BridgeToVisitor::Welcome { .. }));
    }
    let mut third = Socket::dial(world.address, SOCKET, &HERE).await;
    third.tell(&hello(1)).await;
    let refused: BridgeToVisitor = third.next("a refusal").await;
    assert!(
        matches!(&refused, BridgeToVisitor::Refused { refusal, .. } if refusal.code == RefusalCode::TooOften),
        "{refused:?}"
    );
    assert_eq!(third.closed().await, 1013, "dial again later");
    let mut other = Socket::dial(world.address, SOCKET, &ELSEWHERE).await;
    other.tell(&hello(2)).await;
    assert!(matches!(other.next("a welcome").await, BridgeToVisitor::Welcome { .. }));
}

#[tokio::test]
async fn a_flood_of_messages_is_refused_by_name_and_the_rest_are_answered() {
    let world = limited("messages_at_once = 5\nmessages_per_second = 1").await;
    let mut socket = Socket::dial(world.address, SOCKET, &HERE).await;
    socket.tell(&hello(1)).await;
    let frames: Vec<VisitorFrame> =
        (0..9).map(|_| say(request(), BrowserAuthor::Visitor, "Buy now")).collect();
    for frame in &frames {
        socket.tell(frame).await;
    }
    let (mut accepted, mut refused) = (0, Vec::new());
    while accepted + refused.len() < frames.len() {
        match socket.next("answers").await {
            BridgeToVisitor::Accepted { .. } => accepted += 1,
            BridgeToVisitor::Refused { id, refusal } => refused.push((id, refusal.code)),
            _ => {}
        }
    }
    assert_eq!((accepted, refused.len()), (5, 4));
    for (frame, refused) in frames[5..].iter().zip(refused) {
        assert_eq!(refused, (frame.request(), RefusalCode::TooOften));
    }
    socket.tell(&VisitorFrame::Ping).await;
    // The socket goes on.
    while socket.next::<BridgeToVisitor>("a pong").await != BridgeToVisitor::Pong {}
}

#[tokio::test]
async fn only_a_named_proxy_speaks_for_others() {
    let world = limited("trusted_proxies = [\"10.0.0.0/8\"]\nvisitor_sockets_per_address = 1").await;
    let _first = Socket::dial(world.address, SOCKET, &HERE).await;
    assert_eq!(
        Socket::try_dial(world.address, SOCKET, &ELSEWHERE).await.err(),
        Some(429),
        "this machine is no proxy here, so all of it is one address"
    );
}

async fn limited(limits: &str) -> World {
    World::of(&format!("{}\n[limits]\n{limits}\n", shop(""))).await
}

fn hello(visitor: u8) -> VisitorFrame {
    let site = SiteId::new("demo").expect("a site");
    VisitorFrame::hello(site, VisitorSecret::from_bytes([visitor; 32]), None)
}
