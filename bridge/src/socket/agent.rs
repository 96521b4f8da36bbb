//! A console's socket. Who it is was settled by the session cookie before the first frame.

use super::hub::{ConnectionId, OUTBOX_FRAMES_MAX};
use super::reading::Seen;
use super::visitor::store_failed;
use super::wire::{End, Heard, Wire};
use super::{FRAMES_AT_ONCE_MAX, frames, has_to_go, hello_deadline};
use crate::app::App;
use crate::door::Stranger;
use crate::http::sessions::SignedIn;
use crate::people;
use crate::runtime::{Input, NoAnswer};
use protocol::limits::{EVENTS_PER_PAGE_MAX, WATCHED_MAX};
use protocol::{AgentFrame, AgentId, BridgeToAgent, ConversationId, Happening, Refusal, RefusalCode};
use std::collections::BTreeMap;
use std::sync::Arc;
use switchboard::{By, Command};
use tokio::sync::mpsc;

/// Serves one connection to its end, which is that of the sign-in at the latest.
pub async fn serve(app: &App, mut wire: Wire, signed_in: SignedIn, stranger: Option<Arc<Stranger>>) {
    let greeted = greet(app, &mut wire, stranger.as_ref()).await;
    drop(stranger);
    let end = match greeted {
        Ok(()) => {
            let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
            let (id, agent) = (ConnectionId::next(), signed_in.badge.id);
            let mut connection = Connection { id, agent, inbox, seen_by_conversation: BTreeMap::new() };
            let session = signed_in.session;
            let joins = |welcome| Input::AgentJoins { id, agent, session, outbox, welcome };
            let end = match app.runtime.ask(joins).await {
                Ok(welcome) => tokio::select! {
                    end = connection.talk(app, &mut wire, welcome) => end,
                    () = tokio::time::sleep_until(app.clock.instant_of(signed_in.until)) => End::SIGNED_OUT,
                },
                Err(NoAnswer) => End::DIAL_AGAIN,
            };
            // When the loop has stopped it has forgotten the connection anyway.
            let _ = app.runtime.put(Input::Leaves(id)).await;
            end
        }
        Err(end) => end,
    };
    wire.end(end, |refusal| BridgeToAgent::Refused { id: None, refusal }).await;
}

/// Refuses everything until a good `hello` comes.
async fn greet(app: &App, wire: &mut Wire, stranger: Option<&Arc<Stranger>>) -> Result<(), End> {
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
            Heard::Text(text) => match frames::read(&text, frames::AGENT_FRAMES) {
                Ok(AgentFrame::Hello { version }) => match frames::check_version(version) {
                    Ok(()) => return Ok(()),
                    Err(refusal) => (None, refusal),
                },
                Ok(frame) => (frame.request(), frames::hello_first()),
                Err(unread) => unread,
            },
        };
        if !wire.tell(&BridgeToAgent::Refused { id, refusal }).await {
            return Err(End::Theirs);
        }
    }
}

struct Connection {
    id: ConnectionId,
    agent: AgentId,
    inbox: mpsc::Receiver<Arc<BridgeToAgent>>,
    seen_by_conversation: BTreeMap<ConversationId, Seen>,
}

impl Connection {
    async fn talk(&mut self, app: &App, wire: &mut Wire, welcome: BridgeToAgent) -> End {
        if !wire.tell(&welcome).await {
            return End::Theirs;
        }
        let mut waiting = Vec::new();
        loop {
            tokio::select! {
                heard = wire.hear() => if let Err(end) = self.hear(app, wire, heard).await { return end },
                count = self.inbox.recv_many(&mut waiting, FRAMES_AT_ONCE_MAX) => {
                    if count == 0 {
                        return End::DIAL_AGAIN;
                    }
                    let news = waiting.drain(..).filter(|frame| self.is_news(frame));
                    if !wire.tell_all(news).await {
                        return End::Theirs;
                    }
                }
            }
        }
    }

    /// Events that the answer to `watch` already held, or that the next page will hold, are not told again.
    fn is_news(&mut self, frame: &BridgeToAgent) -> bool {
        match frame {
            BridgeToAgent::Happened(event) => {
                let seen = self.seen_by_conversation.get_mut(&event.conversation);
                let news = seen.is_some_and(|seen| seen.is_news(event.number));
                if news && is_last(&event.happening) {
                    self.seen_by_conversation.remove(&event.conversation);
                }
                news
            }
            BridgeToAgent::Unwatched { conversation } => {
                self.seen_by_conversation.remove(conversation);
                true
            }
            BridgeToAgent::Welcome { .. }
            | BridgeToAgent::Notice(_)
            | BridgeToAgent::Changed(_)
            | BridgeToAgent::Gone { .. }
            | BridgeToAgent::Events { .. }
            | BridgeToAgent::Status { .. }
            | BridgeToAgent::Colleague(_)
            | BridgeToAgent::Typing { .. }
            | BridgeToAgent::Accepted { .. }
            | BridgeToAgent::Refused { .. }
            | BridgeToAgent::Pong => true,
        }
    }

    async fn hear(&mut self, app: &App, wire: &mut Wire, heard: Heard) -> Result<(), End> {
        match heard {
            Heard::Over(end) => Err(end),
            Heard::Unreadable(text, refusal) => {
                let id = text.and_then(|text| frames::request_in(&text));
                tell(wire, BridgeToAgent::Refused { id, refusal }).await
            }
            Heard::Text(text) => match frames::read(&text, frames::AGENT_FRAMES) {
                Ok(frame) => self.take(app, wire, frame).await,
                Err((id, refusal)) => tell(wire, BridgeToAgent::Refused { id, refusal }).await,
            },
        }
    }

    async fn take(&mut self, app: &App, wire: &mut Wire, frame: AgentFrame) -> Result<(), End> {
        let agent = self.agent;
        let input = match frame {
            AgentFrame::Hello { .. } => return refuse(wire, frames::greeted_already()).await,
            AgentFrame::Watch { conversation, after } => {
                return self.watch(app, wire, conversation, after).await;
            }
            AgentFrame::Ping => return tell(wire, BridgeToAgent::Pong).await,
            AgentFrame::Unwatch { conversation } => {
                self.seen_by_conversation.remove(&conversation);
                Input::Unwatches { from: self.id, conversation }
            }
            AgentFrame::Typing { conversation, typing } => Input::AgentTypes { agent, conversation, typing },
            AgentFrame::SetStatus { status } => self.asks(Command::AgentSetsStatus { agent, status }),
            AgentFrame::Idle { idle } => Input::AgentIdles { from: self.id, idle },
            AgentFrame::Act { id, conversation, act } => {
                self.asks(Command::Acts { by: By::Agent(agent), request: id, conversation, act })
            }
        };
        app.runtime.put(input).await.map_err(no_answer)
    }

    fn asks(&self, command: Command) -> Input {
        Input::Asks { from: self.id, command }
    }

    async fn watch(
        &mut self,
        app: &App,
        wire: &mut Wire,
        conversation: ConversationId,
        after: u64,
    ) -> Result<(), End> {
        let is_new = !self.seen_by_conversation.contains_key(&conversation);
        if is_new && self.seen_by_conversation.len() >= WATCHED_MAX {
            let message = format!("{WATCHED_MAX} conversations can be watched at once: unwatch one first");
            return refuse(wire, Refusal::new(RefusalCode::NotAllowed, message)).await;
        }
        let from = self.id;
        let watched = app.runtime.ask(|watched| Input::Watches { from, conversation, watched }).await;
        let watched = watched.map_err(no_answer)?;
        if !watched && !self.may_read_closed(app, conversation).await? {
            let refusal =
                Refusal::new(RefusalCode::UnknownConversation, "there is no such conversation for you");
            return refuse(wire, refusal).await;
        }
        let mut seen = Seen::up_to(after);
        let read = seen.read(app.store.as_ref(), conversation, EVENTS_PER_PAGE_MAX).await;
        let events = read.map_err(store_failed)?;
        match watched {
            true => self.seen_by_conversation.insert(conversation, seen),
            false => self.seen_by_conversation.remove(&conversation),
        };
        tell(wire, BridgeToAgent::Events { conversation, events, more: seen.is_behind() }).await
    }

    async fn may_read_closed(&self, app: &App, conversation: ConversationId) -> Result<bool, End> {
        let row = app.store.conversation(&app.workspace.id, conversation).await.map_err(store_failed)?;
        Ok(row.is_some_and(|row| people::reads_closed(&app.directory(), self.agent, &row)))
    }
}

/// Whether nothing more will happen in the conversation.
fn is_last(happening: &Happening) -> bool {
    let ended = matches!(happening, Happening::Closed(closing) if closing.wrap_up.is_none());
    ended || matches!(happening, Happening::WrappedUp { .. })
}

async fn tell(wire: &mut Wire, frame: BridgeToAgent) -> Result<(), End> {
    if wire.tell(&frame).await { Ok(()) } else { Err(End::Theirs) }
}

async fn refuse(wire: &mut Wire, refusal: Refusal) -> Result<(), End> {
    tell(wire, BridgeToAgent::Refused { id: None, refusal }).await
}

fn no_answer(_: NoAnswer) -> End {
    End::DIAL_AGAIN
}
