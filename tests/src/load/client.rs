//! One client: dials, greets, says what it is told to say, and resumes after whatever ends its connection. What was not
//! acknowledged is sent again under its old name, as the widget and the console do.

use super::field::Field;
use super::ledger::Side;
use super::wire::{self, Accepted, Event, Page, Refused, Socket, Summary, Told, Welcome};
use futures_util::{SinkExt, StreamExt};
use protocol::{
    Act, AgentFrame, BrowserAuthor, Content, ConversationId, HandOff, HandOffReason, Line, QueueId,
    RefusalCode, RequestId, SiteId, VERSION, VisitorFrame, VisitorSecret,
};
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message as Frame;

/// Milliseconds before another attempt to dial, scattered.
const REDIAL_MILLIS: Range<u64> = 10..30;

/// After a request could not be saved, everything unanswered is sent again so much later.
const RESEND_AFTER: Duration = Duration::from_secs(1);

/// What a client is told to do.
#[derive(Debug)]
pub enum Order {
    /// Open a conversation, and have it handed over where there are agents.
    Begin,
    /// Say this message of the ledger.
    Say(usize),
    /// Hang up without a word and stay away.
    Leave,
    /// Keep the connection and read nothing any more.
    Freeze,
    /// Dial again.
    Return,
}

/// Whose client it is.
#[derive(Debug)]
pub enum Who {
    /// A visitor's, who has the conversation of the same index.
    Visitor {
        /// Which.
        index: usize,
        /// Who they are.
        secret: VisitorSecret,
    },
    /// An agent's, who has these conversations.
    Agent {
        /// Their sign-in.
        session: String,
        /// Indices of their conversations.
        conversations: Range<usize>,
    },
}

/// See the module.
pub struct Client {
    field: Rc<Field>,
    who: Who,
    orders: mpsc::UnboundedReceiver<Order>,
    /// Said and not acknowledged, in order.
    unanswered: VecDeque<usize>,
    /// Conversations asked for, so that none is accepted twice.
    accepted: BTreeSet<ConversationId>,
    /// Answers to `watch` that are still to come before this client is whole again.
    pages_to_come: usize,
    /// When everything unanswered is sent again.
    resend_at: Option<Instant>,
    frames: Vec<Frame>,
}

/// Why a connection is over.
enum Ended {
    /// The other side, or the network.
    Broken,
    /// This client was told to; a frozen one keeps its socket.
    Away(Option<Box<Socket>>),
    /// The field is done.
    Done,
}

impl Client {
    /// A client that does as it is told over `orders`.
    pub fn new(field: Rc<Field>, who: Who, orders: mpsc::UnboundedReceiver<Order>) -> Self {
        Self {
            field,
            who,
            orders,
            unanswered: VecDeque::new(),
            accepted: BTreeSet::new(),
            pages_to_come: 0,
            resend_at: None,
            frames: Vec::new(),
        }
    }

    /// Lives until nobody can give it orders any more.
    pub async fn live(mut self) {
        loop {
            match self.connect().await {
                Ended::Broken => {
                    self.field.counts.broken.set(self.field.counts.broken.get() + 1);
                    tokio::time::sleep(Duration::from_millis(fastrand::u64(REDIAL_MILLIS))).await;
                }
                Ended::Away(socket) => {
                    if !self.wait_for_return().await {
                        return;
                    }
                    drop(socket);
                }
                Ended::Done => return,
            }
            if self.orders.is_closed() && self.orders.is_empty() {
                return;
            }
        }
    }

    async fn connect(&mut self) -> Ended {
        let bridge = self.field.bridge.get();
        let dialled = match &self.who {
            Who::Visitor { .. } => wire::dial_visitor(bridge).await,
            Who::Agent { session, .. } => wire::dial_agent(bridge, session).await,
        };
        match dialled {
            Ok(socket) => self.talk(socket).await,
            Err(_) => Ended::Broken,
        }
    }

    async fn wait_for_return(&mut self) -> bool {
        loop {
            match self.orders.recv().await {
                Some(Order::Return) => return true,
                Some(Order::Say(message)) => self.unanswered.push_back(message),
                Some(Order::Begin | Order::Leave | Order::Freeze) => {}
                None => return false,
            }
        }
    }

    async fn talk(&mut self, mut socket: Socket) -> Ended {
        self.greet();
        loop {
            if !self.frames.is_empty() && !self.send(&mut socket).await {
                return Ended::Broken;
            }
            let resend_at = self.resend_at.map(Into::into);
            tokio::select! {
                () = sleep_until(resend_at) => self.resend(),
                frame = socket.next() => match frame {
                    Some(Ok(Frame::Text(text))) => self.hear(&text),
                    Some(Ok(Frame::Close(_)) | Err(_)) | None => return Ended::Broken,
                    Some(Ok(_)) => {}
                },
                order = self.orders.recv() => match order {
                    Some(Order::Begin) => self.begin(),
                    Some(Order::Say(message)) => self.say(message),
                    Some(Order::Leave) => return Ended::Away(None),
                    Some(Order::Freeze) => return Ended::Away(Some(Box::new(socket))),
                    Some(Order::Return) => {}
                    None => return Ended::Done,
                },
            }
        }
    }

    async fn send(&mut self, socket: &mut Socket) -> bool {
        for frame in self.frames.drain(..) {
            if socket.feed(frame).await.is_err() {
                return false;
            }
        }
        socket.flush().await.is_ok()
    }

    fn resend(&mut self) {
        self.resend_at = None;
        for message in self.unanswered.clone() {
            let again = self.message_frame(message);
            self.frames.push(again);
        }
    }

    fn greet(&mut self) {
        self.frames.clear();
        match &self.who {
            Who::Visitor { index, secret } => {
                let ledger = self.field.ledger.borrow();
                let seen = ledger.name(*index).map(|name| (name, ledger.seen(*index, Side::Visitor)));
                let hello = VisitorFrame::hello(self.field.site.clone(), secret.clone(), seen);
                self.frames.push(frame(&hello));
            }
            Who::Agent { .. } => self.frames.push(frame(&AgentFrame::Hello { version: VERSION })),
        }
        self.resend();
    }

    /// Opens a conversation by saying something; the rest follows from the answers.
    fn begin(&mut self) {
        let Who::Visitor { .. } = self.who else { return };
        let Ok(content) = Content::text("good morning") else { return };
        let say = VisitorFrame::Say {
            id: self.field.fresh_request(),
            author: BrowserAuthor::Visitor,
            content,
            written_at: self.field.now(),
        };
        self.frames.push(frame(&say));
    }

    fn say(&mut self, message: usize) {
        self.unanswered.push_back(message);
        let said = self.message_frame(message);
        self.frames.push(said);
    }

    fn message_frame(&self, message: usize) -> Frame {
        let mut ledger = self.field.ledger.borrow_mut();
        ledger.sent(message, Instant::now());
        let (id, written_at) = (ledger.request(message), ledger.written_at(message));
        let text = Line::new(ledger.text(message)).expect("its number is not blank, and it is within bounds");
        let conversation = ledger.name(ledger.message(message).conversation);
        match (&self.who, conversation) {
            (Who::Agent { .. }, Some(conversation)) => {
                frame(&AgentFrame::Act { id, conversation, act: Act::Say { text, written_at } })
            }
            (Who::Visitor { .. } | Who::Agent { .. }, _) => frame(&VisitorFrame::Say {
                id,
                author: BrowserAuthor::Visitor,
                content: Content::Text { text },
                written_at,
            }),
        }
    }

    fn hear(&mut self, text: &str) {
        if wire::is_list_row(text) && self.field.is_settled() {
            return;
        }
        match serde_json::from_str::<Told>(text) {
            Ok(Told::Welcome(welcome)) => self.welcomed(&welcome, text),
            Ok(Told::Happened(event)) => self.happened(&event, text),
            Ok(Told::Accepted(accepted)) => self.is_accepted(&accepted),
            Ok(Told::Refused(refused)) => self.is_refused(&refused),
            Ok(Told::Events(page)) => self.read(&page, text),
            Ok(Told::Changed(summary)) => self.takes(&summary),
            Ok(
                Told::State(_)
                | Told::Typing(_)
                | Told::Gone(_)
                | Told::Status(_)
                | Told::Colleague(_)
                | Told::Notice(_)
                | Told::Unwatched(_)
                | Told::Pong,
            ) => {}
            Err(error) => self.field.trouble(&format!("a frame cannot be read: {error}")),
        }
    }

    fn welcomed(&mut self, welcome: &Welcome, text: &str) {
        welcome.events.iter().for_each(|event| self.happened(event, text));
        match &self.who {
            Who::Visitor { index, .. } if welcome.more => {
                let after = self.field.ledger.borrow().seen(*index, Side::Visitor);
                self.frames.push(frame(&VisitorFrame::After { after }));
            }
            Who::Visitor { .. } => self.field.is_whole(),
            Who::Agent { conversations, .. } => {
                let ledger = self.field.ledger.borrow();
                let known = conversations.clone().filter_map(|index| Some((index, ledger.name(index)?)));
                let known: Vec<_> = known.filter(|(_, name)| self.accepted.contains(name)).collect();
                for (index, conversation) in &known {
                    let after = ledger.seen(*index, Side::Agent);
                    self.frames.push(frame(&AgentFrame::Watch { conversation: *conversation, after }));
                }
                self.pages_to_come = known.len();
                if known.is_empty() {
                    self.field.is_whole();
                }
            }
        }
    }

    fn happened(&mut self, event: &Event, text: &str) {
        let (side, own) = self.side();
        let mut ledger = self.field.ledger.borrow_mut();
        match ledger.find(event.conversation) {
            Some(index) if own.contains(&index) => {
                ledger.heard(index, side, event.number, event.request, text, Instant::now());
            }
            // A conversation that is being opened has no name here yet.
            None if !self.field.is_settled() => {}
            Some(_) | None => ledger.misrouted(),
        }
        drop(ledger);
        self.field.looked_at();
    }

    fn is_accepted(&mut self, accepted: &Accepted) {
        let mut ledger = self.field.ledger.borrow_mut();
        if let Some(message) = ledger.message_of(accepted.id) {
            ledger.accepted(message, accepted.number, Instant::now());
            self.unanswered.retain(|unanswered| *unanswered != message);
            drop(ledger);
            return self.field.looked_at();
        }
        match &self.who {
            Who::Visitor { index, .. } if ledger.name(*index).is_none() => {
                ledger.named(*index, accepted.conversation);
                ledger.knows(*index, Side::Visitor, accepted.number);
                drop(ledger);
                match self.field.queue_of(*index) {
                    Some(queue) => self.frames.push(frame(&hand_over(self.field.fresh_request(), queue))),
                    None => self.field.is_ready(),
                }
            }
            Who::Visitor { .. } => {}
            Who::Agent { .. } => {
                let conversation = accepted.conversation;
                if let Some(index) = ledger.find(conversation) {
                    ledger.knows(index, Side::Agent, accepted.number);
                }
                self.frames.push(frame(&AgentFrame::Watch { conversation, after: accepted.number }));
            }
        }
    }

    fn is_refused(&mut self, refused: &Refused) {
        if refused.refusal.code == RefusalCode::TryAgain {
            self.field.counts.put_off.set(self.field.counts.put_off.get() + 1);
            self.resend_at.get_or_insert(Instant::now() + RESEND_AFTER);
            return;
        }
        let message = refused.id.and_then(|id| self.field.ledger.borrow().message_of(id));
        if let Some(message) = message {
            self.field.ledger.borrow_mut().refused(message);
            self.unanswered.retain(|unanswered| *unanswered != message);
        }
        self.field.trouble(&refused.refusal.message);
        self.field.looked_at();
    }

    /// The answer to `watch`.
    fn read(&mut self, page: &Page, text: &str) {
        page.events.iter().for_each(|event| self.happened(event, text));
        if page.more {
            let ledger = self.field.ledger.borrow();
            let after = ledger.find(page.conversation).map_or(0, |index| ledger.seen(index, Side::Agent));
            return self.frames.push(frame(&AgentFrame::Watch { conversation: page.conversation, after }));
        }
        match self.pages_to_come {
            0 => self.field.is_ready(),
            1 => {
                self.pages_to_come = 0;
                self.field.is_whole();
            }
            _ => self.pages_to_come -= 1,
        }
    }

    /// Accepts what waits for this agent.
    fn takes(&mut self, summary: &Summary) {
        if summary.state.is_waiting() && self.accepted.insert(summary.conversation) {
            let id = self.field.fresh_request();
            self.frames.push(frame(&AgentFrame::Act {
                id,
                conversation: summary.conversation,
                act: Act::Accept,
            }));
        }
    }

    fn side(&self) -> (Side, Range<usize>) {
        match &self.who {
            Who::Visitor { index, .. } => (Side::Visitor, *index..*index + 1),
            Who::Agent { conversations, .. } => (Side::Agent, conversations.clone()),
        }
    }
}

/// Where the site of a field's visitors is configured.
pub fn site() -> SiteId {
    SiteId::new("load").expect("a slug")
}

/// Never, without a time.
async fn sleep_until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

fn hand_over(id: RequestId, queue: QueueId) -> VisitorFrame {
    let hand_off = HandOff {
        queue: Some(queue),
        needs: Vec::new(),
        language: None,
        agent: None,
        reason: HandOffReason::AgentRequested,
        online_message: "One moment, please.".to_owned(),
        offline_message: "Nobody is here.".to_owned(),
        message_to_agent: None,
        action: None,
        collected: Vec::new(),
    };
    VisitorFrame::RequestAgent { id, hand_off }
}

fn frame(frame: &impl Serialize) -> Frame {
    Frame::text(serde_json::to_string(frame).expect("frames are JSON"))
}
