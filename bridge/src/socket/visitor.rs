//! A visitor's socket.

use super::hub::{ConnectionId, OUTBOX_FRAMES_MAX};
use super::reading::Place;
use super::wire::{End, Heard, Wire};
use super::{FRAMES_AT_ONCE_MAX, frames, has_to_go, hello_deadline};
use crate::app::App;
use crate::clock;
use crate::door::Stranger;
use crate::guests::Entered;
use crate::runtime::{self, Input, NoAnswer};
use crate::secret::sha256;
use crate::store::StoreError;
use axum::extract::ws::close_code;
use protocol::{
    BridgeToVisitor, BrowserAuthor, Content, ConversationId, Refusal, RefusalCode, SiteId, StateNow,
    VisitorFrame, VisitorId, VisitorSecret, check_page_event,
};
use std::sync::Arc;
use switchboard::Command;
use switchboard::workflow::Value;
use tokio::sync::mpsc;

/// Serves one connection to its end.
pub async fn serve(app: &App, mut wire: Wire, entered: &Entered, stranger: Option<Arc<Stranger>>) {
    let greeted = greet(app, &mut wire, entered, stranger.as_ref()).await;
    drop(stranger);
    let end = match greeted {
        Ok((hello, place)) => {
            let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
            let id = ConnectionId::next();
            let mut connection =
                Connection { id, visitor: hello.visitor, site: hello.site, inbox, place, entered };
            let joins = |state| Input::VisitorJoins { id, visitor: connection.visitor, outbox, state };
            let end = match app.runtime.ask(joins).await {
                Ok(state) => connection.talk(app, &mut wire, state).await,
                Err(NoAnswer) => End::DIAL_AGAIN,
            };
            // When the loop has stopped it has forgotten the connection anyway.
            let _ = app.runtime.put(Input::Leaves(id)).await;
            end
        }
        Err(end) => end,
    };
    wire.end(end, |refusal| BridgeToVisitor::Refused { id: None, refusal }).await;
}

struct Hello {
    visitor: VisitorId,
    site: SiteId,
}

/// Refuses everything until a good `hello` comes.
async fn greet(
    app: &App,
    wire: &mut Wire,
    entered: &Entered,
    stranger: Option<&Arc<Stranger>>,
) -> Result<(Hello, Place), End> {
    let deadline = hello_deadline();
    loop {
        let heard = tokio::select! {
            heard = tokio::time::timeout_at(deadline, wire.hear()) => heard.map_err(|_| End::NO_HELLO)?,
            () = app.runtime.closed() => return Err(End::DIAL_AGAIN),
            () = has_to_go(stranger) => return Err(End::NO_HELLO),
        };
        let (id, refusal) = match heard {
            Heard::Over(end) => return Err(end),
            Heard::Unreadable(text, refusal) => (text.and_then(|text| frames::request_in(&text)), refusal),
            Heard::Text(text) => match frames::read(&text, frames::VISITOR_FRAMES) {
                Ok(VisitorFrame::Hello { version, site, secret, conversation, after }) => {
                    entered
                        .says_hello(app.clock.now())
                        .map_err(|wait| End::Refused(too_often("greetings", wait), close_code::AGAIN))?;
                    match admit(app, version, site, &secret, conversation.map(|id| (id, after))).await? {
                        Ok(admitted) => return Ok(admitted),
                        Err(refusal) => (None, refusal),
                    }
                }
                Ok(frame) => (frame.request(), frames::hello_first()),
                Err(unread) => unread,
            },
        };
        if !wire.tell(&BridgeToVisitor::Refused { id, refusal }).await {
            return Err(End::Theirs);
        }
    }
}

/// Who says hello, and where they are; or why they may not.
async fn admit(
    app: &App,
    version: u16,
    site: SiteId,
    secret: &VisitorSecret,
    seen: Option<(ConversationId, u64)>,
) -> Result<Result<(Hello, Place), Refusal>, End> {
    if let Err(refusal) = frames::check_version(version) {
        return Ok(Err(refusal));
    }
    if !app.workspace.sites.contains_key(&site) {
        let message = format!("there is no site `{site}` here: check `data-site` in the embedding page");
        return Ok(Err(Refusal::new(RefusalCode::UnknownSite, message)));
    }
    let hello = Hello { visitor: VisitorId::of_digest(sha256(secret.expose().as_bytes())), site };
    let Some((conversation, after)) = seen else { return Ok(Ok((hello, Place::default()))) };
    // Nearly always it is the one that is open, of which the loop knows all there is to know.
    let visitor = hello.visitor;
    let open = app.runtime.ask(|state| Input::VisitorState { visitor, state }).await.map_err(no_answer)?;
    if let Some(open) = open.filter(|open| open.conversation == conversation) {
        return Ok(Ok((hello, Place::at(conversation, after.min(open.number)))));
    }
    let row = app.store.conversation(&app.workspace.id, conversation).await.map_err(store_failed)?;
    match row.filter(|row| row.visitor == hello.visitor) {
        // A number the store never gave out would hide what comes; the store may have been restored from a copy.
        Some(row) => Ok(Ok((hello, Place::at(conversation, after.min(row.last_number))))),
        None => Ok(Err(Refusal::new(
            RefusalCode::UnknownConversation,
            "there is no such conversation of yours: say hello without one",
        ))),
    }
}

struct Connection<'e> {
    id: ConnectionId,
    visitor: VisitorId,
    site: SiteId,
    inbox: mpsc::Receiver<Arc<BridgeToVisitor>>,
    place: Place,
    entered: &'e Entered,
}

impl Connection<'_> {
    async fn talk(&mut self, app: &App, wire: &mut Wire, state: Option<StateNow>) -> End {
        if let Err(end) = self.welcome(app, wire, state).await {
            return end;
        }
        let mut waiting = Vec::new();
        loop {
            tokio::select! {
                heard = wire.hear() => if let Err(end) = self.hear(app, wire, heard).await { return end },
                count = self.inbox.recv_many(&mut waiting, FRAMES_AT_ONCE_MAX) => {
                    if count == 0 {
                        return End::DIAL_AGAIN;
                    }
                    let place = &mut self.place;
                    let news = waiting.drain(..).filter(|frame| match frame.as_ref() {
                        BridgeToVisitor::Happened(event) => place.is_news(event),
                        BridgeToVisitor::Welcome { .. }
                        | BridgeToVisitor::State(_)
                        | BridgeToVisitor::Accepted { .. }
                        | BridgeToVisitor::Typing { .. }
                        | BridgeToVisitor::Refused { .. }
                        | BridgeToVisitor::Pong => true,
                    });
                    if !wire.tell_all(news).await {
                        return End::Theirs;
                    }
                }
            }
        }
    }

    async fn hear(&mut self, app: &App, wire: &mut Wire, heard: Heard) -> Result<(), End> {
        match heard {
            Heard::Over(end) => Err(end),
            Heard::Unreadable(text, refusal) => {
                let id = text.and_then(|text| frames::request_in(&text));
                tell(wire, BridgeToVisitor::Refused { id, refusal }).await
            }
            Heard::Text(text) => match frames::read(&text, frames::VISITOR_FRAMES) {
                Ok(frame) => self.take(app, wire, frame).await,
                Err((id, refusal)) => tell(wire, BridgeToVisitor::Refused { id, refusal }).await,
            },
        }
    }

    async fn take(&mut self, app: &App, wire: &mut Wire, frame: VisitorFrame) -> Result<(), End> {
        if let Some(refusal) = unfit(&frame) {
            return tell(wire, BridgeToVisitor::Refused { id: frame.request(), refusal }).await;
        }
        if let Err(wait) = self.passes(app, &frame) {
            let refusal = too_often("messages", wait);
            return tell(wire, BridgeToVisitor::Refused { id: frame.request(), refusal }).await;
        }
        let visitor = self.visitor;
        let command = match frame {
            VisitorFrame::Hello { .. } => {
                let refusal = frames::greeted_already();
                return tell(wire, BridgeToVisitor::Refused { id: None, refusal }).await;
            }
            VisitorFrame::Say { id, author, content, written_at } => Command::VisitorSays {
                visitor,
                site: self.site.clone(),
                request: id,
                author,
                content,
                written_at,
                fresh: fresh(app),
            },
            VisitorFrame::RequestAgent { id, hand_off } => Command::VisitorRequestsAgent {
                visitor,
                site: self.site.clone(),
                request: id,
                hand_off,
                fresh: fresh(app),
            },
            VisitorFrame::StopWaiting { id } => Command::VisitorStopsWaiting { visitor, request: id },
            VisitorFrame::End { id } => Command::VisitorEnds { visitor, request: id },
            VisitorFrame::Typing { typing } => {
                return app.runtime.put(Input::VisitorTypes { visitor, typing }).await.map_err(no_answer);
            }
            VisitorFrame::Page { page } => Command::VisitorSees { visitor, page: page.bare() },
            VisitorFrame::PageEvent { name, told } => {
                let told = told.into_iter().map(|(name, value)| (name, Value::text(value)));
                Command::PageTells { visitor, name, told: told.collect() }
            }
            VisitorFrame::After { after } => {
                self.place.go_back_to(after);
                let state = app.runtime.ask(|state| Input::VisitorState { visitor, state }).await;
                return self.welcome(app, wire, state.map_err(no_answer)?).await;
            }
            VisitorFrame::Ping => return tell(wire, BridgeToVisitor::Pong).await,
        };
        app.runtime.put(Input::Asks { from: self.id, command }).await.map_err(no_answer)
    }

    /// Whether as much may be asked from there; what costs nothing always may.
    fn passes(&self, app: &App, frame: &VisitorFrame) -> Result<(), u64> {
        match frame {
            VisitorFrame::Hello { .. } | VisitorFrame::Ping => Ok(()),
            VisitorFrame::Say { .. }
            | VisitorFrame::RequestAgent { .. }
            | VisitorFrame::StopWaiting { .. }
            | VisitorFrame::End { .. }
            | VisitorFrame::Typing { .. }
            | VisitorFrame::Page { .. }
            | VisitorFrame::PageEvent { .. }
            | VisitorFrame::After { .. } => self.entered.asks(app.clock.now()),
        }
    }

    /// Tells where the visitor's latest conversation stands, and the next page of what came after what they saw.
    async fn welcome(&mut self, app: &App, wire: &mut Wire, open: Option<StateNow>) -> Result<(), End> {
        let state = self.latest(app, open).await?;
        let latest = state.as_ref().map(|state| state.conversation);
        let has_all = state.as_ref().is_some_and(|state| self.place.is_at(state.conversation, state.number));
        let (events, more) = match has_all {
            true => (Vec::new(), false),
            false => self.place.read(app.store.as_ref(), latest).await.map_err(store_failed)?,
        };
        tell(wire, BridgeToVisitor::Welcome { state, events, more }).await
    }

    /// The open conversation's state, or the closed one's that was the last.
    async fn latest(&self, app: &App, mut open: Option<StateNow>) -> Result<Option<StateNow>, End> {
        let visitor = self.visitor;
        loop {
            if open.is_some() {
                return Ok(open);
            }
            let row =
                app.store.latest_conversation(&app.workspace.id, visitor).await.map_err(store_failed)?;
            match row {
                Some(row) if row.closed => {
                    return Ok(Some(runtime::closed(row.conversation, row.last_number)));
                }
                None => return Ok(None),
                // It has opened since the loop was asked.
                Some(_) => {
                    let state = app.runtime.ask(|state| Input::VisitorState { visitor, state }).await;
                    open = state.map_err(no_answer)?;
                }
            }
        }
    }
}

async fn tell(wire: &mut Wire, frame: BridgeToVisitor) -> Result<(), End> {
    if wire.tell(&frame).await { Ok(()) } else { Err(End::Theirs) }
}

/// Visitors say words; pictures, buttons and the like are the assistant's to show. What a page tells has its bounds.
fn unfit(frame: &VisitorFrame) -> Option<Refusal> {
    let malformed = |what: String| Refusal::new(RefusalCode::Malformed, what);
    match frame {
        VisitorFrame::Page { page } => page.check().err().map(malformed),
        VisitorFrame::PageEvent { name, told } => check_page_event(name, told).err().map(malformed),
        VisitorFrame::Say { author: BrowserAuthor::Visitor, content: Content::Text { .. }, .. } => None,
        VisitorFrame::Say { author: BrowserAuthor::Visitor, .. } => Some(Refusal::new(
            RefusalCode::Malformed,
            "a visitor says `text`; other contents are the assistant's",
        )),
        VisitorFrame::Say { author: BrowserAuthor::Assistant, .. }
        | VisitorFrame::Hello { .. }
        | VisitorFrame::RequestAgent { .. }
        | VisitorFrame::StopWaiting { .. }
        | VisitorFrame::End { .. }
        | VisitorFrame::Typing { .. }
        | VisitorFrame::After { .. }
        | VisitorFrame::Ping => None,
    }
}

fn too_often(what: &str, wait: u64) -> Refusal {
    let message = format!("too many {what} from your address: try again in {wait} seconds");
    Refusal::new(RefusalCode::TooOften, message)
}

fn fresh(app: &App) -> ConversationId {
    ConversationId::at(app.clock.now(), clock::random())
}

fn no_answer(_: NoAnswer) -> End {
    End::DIAL_AGAIN
}

pub(super) fn store_failed(error: StoreError) -> End {
    tracing::error!("a socket cannot be served: {error}");
    let refusal =
        Refusal::new(RefusalCode::TryAgain, "the store cannot be read at the moment: connect again later");
    End::Refused(refusal, close_code::AGAIN)
}
