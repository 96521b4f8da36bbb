//! Bad input: a named refusal, nothing stored, and nobody disconnected who did nothing wrong.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::limits::{FRAME_BYTES_MAX, MESSAGE_BYTES_MAX};
use protocol::{
    Act, AgentFrame, BrowserAuthor, ConversationId, RefusalCode, SiteId, Timestamp, VERSION, VisitorFrame,
    VisitorSecret,
};
use tokio_tungstenite::tungstenite::Message;
use world::{Agent, MARA, PRIYA, Socket, TOMAS, Visitor, World, request, say};

#[tokio::test]
async fn bad_frames_are_refused_by_name_and_the_conversation_goes_on() {
    let world = World::start().await;
    let mut bystander = Visitor::arrives(&world, 2).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Before").await;
    let id = request();
    let agents_frame = AgentFrame::Act { id, conversation: anywhere(), act: Act::Accept };
    let too_long = format!(
        r#"{{"say":{{"id":"{id}","author":"visitor","content":{{"text":{{"text":"{}"}}}},"written_at":1}}}}"#,
        "x".repeat(MESSAGE_BYTES_MAX + 1)
    );
    let as_agent = format!(
        r#"{{"say":{{"id":"{id}","author":{{"agent":{{}}}},"content":{{"text":{{"text":"x"}}}},"written_at":1}}}}"#
    );
    let oversized = format!(r#"{{"say":{{"id":"{id}","padding":"{}"}}}}"#, "x".repeat(FRAME_BYTES_MAX));
    let cases = [
        (Message::text("what?"), None, RefusalCode::UnknownFrame),
        (Message::text(r#"{"shout":{}}"#), None, RefusalCode::UnknownFrame),
        (Message::text(serde_json::to_string(&agents_frame).unwrap()), Some(id), RefusalCode::UnknownFrame),
        (Message::text(as_agent), Some(id), RefusalCode::Malformed),
        (Message::text(too_long), Some(id), RefusalCode::TooLarge),
        (Message::text(oversized), Some(id), RefusalCode::TooLarge),
        (Message::binary(vec![0xff, 0xfe]), None, RefusalCode::Malformed),
        (Message::text(hello_of(VERSION)), None, RefusalCode::Malformed),
    ];
    for (message, request, code) in cases {
        visitor.socket.send(message).await;
        assert_eq!(visitor.refused().await, (request, code));
    }
    let (_, number) = visitor.says("After").await;
    assert_eq!(number, 3, "nothing was stored in between");
    bystander.is_there().await;
}

#[tokio::test]
async fn a_visitor_says_words_and_the_assistant_may_show_more() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let table = r#"{"table":{"title":null,"description":null,"headers":["Day"],"rows":[["Monday"]]}}"#;
    let wide = table.replace("\"Day\"", &["\"Day\""; 11].join(","));
    let options = r#"{"options":{"text":"Which?","options":["A","B"],"show":"auto"}}"#;
    let say = |author: &str, content: &str| {
        let id = request();
        let json =
            format!(r#"{{"say":{{"id":"{id}","author":"{author}","content":{content},"written_at":1}}}}"#);
        (id, Message::text(json))
    };
    for (author, content) in [("visitor", table), ("visitor", options), ("assistant", wide.as_str())] {
        let (id, message) = say(author, content);
        visitor.socket.send(message).await;
        assert_eq!(visitor.refused().await, (Some(id), RefusalCode::Malformed), "{author} {content}");
    }
    let (id, message) = say("assistant", table);
    visitor.socket.send(message).await;
    assert_eq!(visitor.accepted(id).await.1, 2, "the first thing that is stored after the opening");
}

#[tokio::test]
async fn invalid_utf8_is_refused_by_name_and_closed_as_the_standard_asks() {
    use tokio::io::AsyncWriteExt;
    use tokio_tungstenite::MaybeTlsStream;
    let world = World::start().await;
    let mut bystander = Visitor::arrives(&world, 2).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let MaybeTlsStream::Plain(stream) = visitor.socket.raw() else { panic!("the socket is plain") };
    // A masked text frame of two bytes that are no UTF-8; the mask is zero.
    stream.write_all(&[0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]).await.unwrap();
    assert_eq!(visitor.refused().await, (None, RefusalCode::Malformed));
    assert_eq!(visitor.socket.closed().await, 1007);
    bystander.is_there().await;
}

#[tokio::test]
async fn a_message_far_above_the_limit_is_not_even_read() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.socket.send(Message::text("x".repeat(3 * FRAME_BYTES_MAX))).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::TooLarge));
    assert_eq!(visitor.socket.closed().await, 1009);
    assert_eq!(visitor.returns(None).await.events, []);
}

#[tokio::test]
async fn nothing_comes_before_hello() {
    let world = World::start().await;
    let mut visitor = Visitor::dials(&world, 1).await;
    let id = request();
    visitor.socket.tell(&say(id, BrowserAuthor::Visitor, "Hello?")).await;
    assert_eq!(visitor.refused().await, (Some(id), RefusalCode::HelloFirst));
    visitor.socket.tell(&VisitorFrame::Ping).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::HelloFirst));
    visitor.socket.send(Message::text("{}")).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::UnknownFrame));
    assert_eq!(visitor.hello(None).await.events, [], "a good hello is still welcome, and nothing was stored");
}

#[tokio::test]
async fn a_bad_hello_is_refused_by_name_and_a_good_one_is_still_welcome() {
    let world = World::start().await;
    let mut visitor = Visitor::dials(&world, 1).await;
    visitor.socket.send(Message::text(hello_of(VERSION + 1))).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::WrongVersion));
    let nowhere = SiteId::new("nowhere").unwrap();
    visitor.socket.tell(&VisitorFrame::hello(nowhere, visitor.secret.clone(), None)).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::UnknownSite));
    visitor.socket.tell(&hello(&visitor.secret, Some(anywhere()))).await;
    assert_eq!(visitor.refused().await, (None, RefusalCode::UnknownConversation));
    visitor.hello(None).await;
    visitor.is_there().await;
}

#[tokio::test]
async fn a_visitor_cannot_read_the_conversation_of_another() {
    let world = World::start().await;
    let mut ada = Visitor::arrives(&world, 1).await;
    let (conversation, _) = ada.says("My secret").await;
    let mut eve = Visitor::dials(&world, 2).await;
    eve.socket.tell(&hello(&eve.secret, Some(conversation))).await;
    assert_eq!(eve.refused().await, (None, RefusalCode::UnknownConversation), "as if there were none");
    assert_eq!(eve.hello(None).await.events, []);
    ada.says("Still here").await;
    eve.socket.tell(&VisitorFrame::Ping).await;
    assert_eq!(eve.next("a pong").await, protocol::BridgeToVisitor::Pong, "and nothing of it is told later");
}

#[tokio::test]
async fn a_console_needs_a_sign_in_and_the_bridges_own_page() {
    let world = World::start().await;
    let origin = format!("http://{}", world.address);
    let cookie = Agent::signs_in(&world, MARA).await;
    let dial = async |headers: &[(&'static str, &str)]| {
        Socket::try_dial(world.address, "/api/agent/socket", headers).await.err()
    };
    assert_eq!(dial(&[("origin", &origin)]).await, Some(401));
    assert_eq!(dial(&[("origin", &origin), ("cookie", "passerelle_session=guessed")]).await, Some(401));
    assert_eq!(dial(&[("cookie", &cookie)]).await, Some(403));
    assert_eq!(dial(&[("cookie", &cookie), ("origin", "https://evil.example")]).await, Some(403));
    assert_eq!(dial(&[("cookie", &cookie), ("origin", &origin)]).await, None);
}

#[tokio::test]
async fn an_agents_bad_frames_are_refused_by_name_too() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("To nobody").await;
    let automated = visitor.says("In particular").await.0;
    let workshop = visitor.asks_for_a_person("workshop").await;
    assert_eq!(automated, workshop);
    let mut priya = Agent::arrives_online(&world, PRIYA).await;
    let id = request();
    let text = protocol::Line::new("Hello").unwrap();
    let written_at = Timestamp::default();
    let close = Act::Close { category: None, note: None };
    let cases = [
        (AgentFrame::Watch { conversation: anywhere(), after: 0 }, None),
        (AgentFrame::Watch { conversation: workshop, after: 0 }, None),
        (AgentFrame::Act { id, conversation: workshop, act: Act::Accept }, Some(id)),
        (AgentFrame::Act { id, conversation: workshop, act: Act::Say { text, written_at } }, Some(id)),
        (AgentFrame::Act { id, conversation: anywhere(), act: close }, Some(id)),
    ];
    for (frame, request) in cases {
        priya.socket.tell(&frame).await;
        assert_eq!(priya.refused().await, (request, RefusalCode::UnknownConversation), "{frame:?}");
    }
    priya.socket.tell(&AgentFrame::Hello { version: VERSION }).await;
    assert_eq!(priya.refused().await, (None, RefusalCode::Malformed));
    priya.socket.send(Message::text(r#"{"request_agent":{}}"#)).await;
    assert_eq!(priya.refused().await, (None, RefusalCode::UnknownFrame));
}

#[tokio::test]
async fn the_slower_of_two_agents_is_told_so() {
    let world = World::start().await;
    let mut mara = Agent::arrives(&world, MARA).await;
    let mut tomas = Agent::arrives(&world, TOMAS).await;
    mara.goes(protocol::AgentStatus::Busy).await;
    tomas.goes(protocol::AgentStatus::Busy).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    mara.accepts(conversation).await;
    let id = tomas.asks(conversation, Act::Accept).await;
    assert_eq!(tomas.refused().await, (Some(id), RefusalCode::NoLongerAvailable));
}

fn hello(secret: &VisitorSecret, conversation: Option<ConversationId>) -> VisitorFrame {
    let site = SiteId::new("demo").expect("a site's name");
    VisitorFrame::hello(site, secret.clone(), conversation.map(|conversation| (conversation, 0)))
}

fn hello_of(version: u16) -> String {
    let secret = "ab".repeat(32);
    format!(
        r#"{{"hello":{{"version":{version},"site":"demo","secret":"{secret}","conversation":null,"after":0}}}}"#
    )
}

fn anywhere() -> ConversationId {
    ConversationId::at(Timestamp::from_millis(7), [7; 10])
}
