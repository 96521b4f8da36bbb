//! A visitor's widget.

use super::{Socket, World, hand_off, request};
use protocol::{
    BridgeToVisitor, BrowserAuthor, Content, ConversationId, RefusalCode, RequestId, SiteId, StateNow,
    Timestamp, Told, VisitorEvent, VisitorFrame, VisitorSecret,
};
use std::net::SocketAddr;

/// A visitor, with a socket that may have been greeted.
pub struct Visitor {
    pub secret: VisitorSecret,
    pub socket: Socket,
    address: SocketAddr,
}

/// What greeted a visitor.
#[derive(Debug)]
pub struct Welcome {
    pub state: Option<StateNow>,
    pub events: Vec<VisitorEvent>,
    pub more: bool,
}

impl Visitor {
    /// Dials without a hello.
    pub async fn dials(world: &World, name: u8) -> Self {
        let socket = Socket::dial(world.address, "/api/visitor/socket", &[]).await;
        Self { secret: VisitorSecret::from_bytes([name; 32]), socket, address: world.address }
    }

    /// Dials and says hello for the first time.
    pub async fn arrives(world: &World, name: u8) -> Self {
        let mut visitor = Self::dials(world, name).await;
        visitor.hello(None).await;
        visitor
    }

    /// Dials again and says how far they are.
    pub async fn returns(&mut self, seen: Option<(ConversationId, u64)>) -> Welcome {
        self.socket = Socket::dial(self.address, "/api/visitor/socket", &[]).await;
        self.hello(seen).await
    }

    /// Says hello and is welcomed.
    pub async fn hello(&mut self, seen: Option<(ConversationId, u64)>) -> Welcome {
        let site = SiteId::new("demo").expect("a site's name");
        self.socket.tell(&VisitorFrame::hello(site, self.secret.clone(), seen)).await;
        self.welcome().await
    }

    /// The answer to `hello` or `after`.
    pub async fn welcome(&mut self) -> Welcome {
        match self.next("a welcome").await {
            BridgeToVisitor::Welcome { state, events, more } => Welcome { state, events, more },
            other => panic!("waited for a welcome, and there came {other:?}"),
        }
    }

    /// Says something and waits until it is saved.
    pub async fn says(&mut self, text: &str) -> (ConversationId, u64) {
        let id = self.sends(text).await;
        self.accepted(id).await
    }

    /// Says something.
    pub async fn sends(&mut self, text: &str) -> RequestId {
        let id = request();
        self.socket.tell(&say(id, BrowserAuthor::Visitor, text)).await;
        id
    }

    /// Asks for a person and waits until that is saved.
    pub async fn asks_for_a_person(&mut self, queue: &str) -> ConversationId {
        let id = request();
        self.socket.tell(&VisitorFrame::RequestAgent { id, hand_off: hand_off(Some(queue)) }).await;
        self.accepted(id).await.0
    }

    /// Stops waiting and waits until that is saved.
    pub async fn stops_waiting(&mut self) -> (ConversationId, u64) {
        let id = request();
        self.socket.tell(&VisitorFrame::StopWaiting { id }).await;
        self.accepted(id).await
    }

    /// Ends the conversation and waits until that is saved.
    pub async fn ends(&mut self) -> (ConversationId, u64) {
        let id = request();
        self.socket.tell(&VisitorFrame::End { id }).await;
        self.accepted(id).await
    }

    /// Waits for a request to be accepted.
    pub async fn accepted(&mut self, wanted: RequestId) -> (ConversationId, u64) {
        self.until("a request to be accepted", |frame| match frame {
            BridgeToVisitor::Accepted { id, conversation, number } if id == wanted => {
                Some((conversation, number))
            }
            BridgeToVisitor::Refused { refusal, .. } => panic!("refused: {refusal}"),
            _ => None,
        })
        .await
    }

    /// Waits for a refusal.
    pub async fn refused(&mut self) -> (Option<RequestId>, RefusalCode) {
        self.until("a refusal", |frame| match frame {
            BridgeToVisitor::Refused { id, refusal } => Some((id, refusal.code)),
            _ => None,
        })
        .await
    }

    /// Waits for something to happen.
    pub async fn sees<T>(&mut self, what: &str, pick: impl Fn(&Told) -> Option<T>) -> T {
        self.until(what, |frame| match frame {
            BridgeToVisitor::Happened(event) => pick(&event.told),
            _ => None,
        })
        .await
    }

    /// Waits for a state.
    pub async fn state(&mut self, what: &str, is: impl Fn(&StateNow) -> bool) -> StateNow {
        self.until(what, |frame| match frame {
            BridgeToVisitor::State(state) if is(&state) => Some(state),
            _ => None,
        })
        .await
    }

    /// Skips frames until one is what is waited for.
    pub async fn until<T>(&mut self, what: &str, pick: impl Fn(BridgeToVisitor) -> Option<T>) -> T {
        loop {
            if let Some(found) = pick(self.next(what).await) {
                return found;
            }
        }
    }

    /// The very next frame.
    pub async fn next(&mut self, what: &str) -> BridgeToVisitor {
        self.socket.next(what).await
    }

    /// Whether the connection still works: everything sent before has been answered.
    pub async fn is_there(&mut self) {
        self.socket.tell(&VisitorFrame::Ping).await;
        self.until("a pong", |frame| (frame == BridgeToVisitor::Pong).then_some(())).await;
    }
}

/// A message's frame.
pub fn say(id: RequestId, author: BrowserAuthor, text: &str) -> VisitorFrame {
    let content = Content::text(text).expect("a line");
    VisitorFrame::Say { id, author, content, written_at: Timestamp::from_millis(1) }
}
