//! An agent's console.

use super::{Socket, World, call, request};
use protocol::{
    Act, AgentFrame, AgentStatus, BridgeToAgent, ConversationId, ConversationState, Event, Line, RefusalCode,
    RequestId, Summary, Timestamp, VERSION,
};

/// A signed-in console.
pub struct Agent {
    pub socket: Socket,
    pub cookie: String,
}

impl Agent {
    /// Signs in and gives the cookie.
    pub async fn signs_in(world: &World, email: &str) -> String {
        let body = serde_json::json!({ "email": email, "password": world.password() }).to_string();
        let answer = call(world.address, "POST", "/api/session", &[], &body).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let cookie = answer.header("set-cookie").expect("a cookie");
        cookie.split(';').next().expect("a value").to_owned()
    }

    /// Signs in and says hello.
    pub async fn arrives(world: &World, email: &str) -> Self {
        let cookie = Self::signs_in(world, email).await;
        Self::with_cookie(world, cookie).await.0
    }

    /// Says hello with a sign-in that exists; gives the lists too.
    pub async fn with_cookie(world: &World, cookie: String) -> (Self, Vec<Summary>) {
        let (agent, welcome) = Self::welcomed(world, cookie).await;
        match welcome {
            BridgeToAgent::Welcome { conversations, .. } => (agent, conversations),
            other => panic!("waited for a welcome, and there came {other:?}"),
        }
    }

    /// Says hello; gives what is answered.
    pub async fn welcomed(world: &World, cookie: String) -> (Self, BridgeToAgent) {
        let origin = format!("http://{}", world.address);
        let headers = [("cookie", cookie.as_str()), ("origin", origin.as_str())];
        let socket = Socket::dial(world.address, "/api/agent/socket", &headers).await;
        let mut agent = Self { socket, cookie };
        agent.socket.tell(&AgentFrame::Hello { version: VERSION }).await;
        let welcome = agent.next("a welcome").await;
        (agent, welcome)
    }

    /// Says hello with a sign-in that exists.
    pub async fn arrives_by(world: &World, cookie: &str) -> Self {
        Self::with_cookie(world, cookie.to_owned()).await.0
    }

    /// Signs in, says hello and goes online.
    pub async fn arrives_online(world: &World, email: &str) -> Self {
        let mut agent = Self::arrives(world, email).await;
        agent.goes(AgentStatus::Online).await;
        agent
    }

    /// Chooses a status and waits until it is saved.
    pub async fn goes(&mut self, status: AgentStatus) {
        self.socket.tell(&AgentFrame::SetStatus { status }).await;
        self.until("the status", |frame| (frame == BridgeToAgent::Status { status }).then_some(())).await;
    }

    /// Waits until the conversation is offered to them.
    pub async fn is_offered(&mut self) -> Summary {
        self.until("an offer", |frame| match frame {
            BridgeToAgent::Changed(summary) if summary.state == ConversationState::Offered => Some(summary),
            _ => None,
        })
        .await
    }

    /// Takes what was offered, and waits until it is theirs.
    pub async fn accepts(&mut self, conversation: ConversationId) {
        self.does(conversation, Act::Accept).await;
    }

    /// Writes and waits until it is saved.
    pub async fn says(&mut self, conversation: ConversationId, text: &str) -> u64 {
        let text = Line::new(text).expect("a line");
        self.does(conversation, Act::Say { text, written_at: Timestamp::from_millis(1) }).await
    }

    /// Does something and waits until it is saved.
    pub async fn does(&mut self, conversation: ConversationId, act: Act) -> u64 {
        let id = self.asks(conversation, act).await;
        self.accepted(id).await
    }

    /// Asks for something to be done.
    pub async fn asks(&mut self, conversation: ConversationId, act: Act) -> RequestId {
        let id = request();
        self.socket.tell(&AgentFrame::Act { id, conversation, act }).await;
        id
    }

    /// Looks at a conversation from its beginning.
    pub async fn watches(&mut self, conversation: ConversationId) -> Vec<Event> {
        self.socket.tell(&AgentFrame::Watch { conversation, after: 0 }).await;
        self.until("the events", |frame| match frame {
            BridgeToAgent::Events { conversation: of, events, more: false } if of == conversation => {
                Some(events)
            }
            BridgeToAgent::Refused { refusal, .. } => panic!("refused: {refusal}"),
            _ => None,
        })
        .await
    }

    /// Waits for a request to be accepted.
    pub async fn accepted(&mut self, wanted: RequestId) -> u64 {
        self.until("a request to be accepted", |frame| match frame {
            BridgeToAgent::Accepted { id, number, .. } if id == wanted => Some(number),
            BridgeToAgent::Refused { refusal, .. } => panic!("refused: {refusal}"),
            _ => None,
        })
        .await
    }

    /// Waits for a refusal.
    pub async fn refused(&mut self) -> (Option<RequestId>, RefusalCode) {
        self.until("a refusal", |frame| match frame {
            BridgeToAgent::Refused { id, refusal } => Some((id, refusal.code)),
            _ => None,
        })
        .await
    }

    /// Skips frames until one is what is waited for.
    pub async fn until<T>(&mut self, what: &str, pick: impl Fn(BridgeToAgent) -> Option<T>) -> T {
        loop {
            if let Some(found) = pick(self.next(what).await) {
                return found;
            }
        }
    }

    /// The very next frame.
    pub async fn next(&mut self, what: &str) -> BridgeToAgent {
        self.socket.next(what).await
    }
}
