//! The socket of a customer's own program. Which one it is was settled by its key before the first frame, and is looked at
//! again with each: a key that was revoked, or calls too often, does nothing.

use super::hub::{ConnectionId, OUTBOX_FRAMES_MAX};
use super::reading::Seen;
use super::visitor::store_failed;
use super::wire::{End, Heard, Wire};
use super::{frames, hello_deadline};
use crate::app::App;
use crate::keys::{NotAdmitted, Program, Scope};
use crate::runtime::{Answer, Input, NoAnswer};
use crate::secret::Secret;
use axum::extract::ws::close_code;
use futures_util::StreamExt;
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::FuturesUnordered;
use protocol::limits::{ATTENDED_MAX, EVENTS_PER_PAGE_MAX, WATCHED_MAX};
use protocol::{
    Act, AgentId, AgentStatus, BridgeToAgent, BridgeToProgram, ConversationId, Event, KeyId, ProgramFrame,
    Refusal, RefusalCode, RequestId,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use switchboard::{By, Command};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, mpsc, oneshot};

/// Events that a program may leave unread before it is disconnected; all that happen count.
pub const FEED_EVENTS_MAX: usize = 4_096;

/// A key is looked at this often while its program only listens.
const KEY_LOOKED_AT_SECONDS: u64 = 30;

/// Acts whose answers a program waits for; it is not read on before there are fewer.
const UNANSWERED_MAX: usize = 64;

/// What happens, for programs; `None` when some of it may have been missed.
pub type Feed = broadcast::Sender<Option<Arc<Event>>>;

/// No console of a sign-in has it.
const NO_SESSION: [u8; 32] = [0; 32];

/// Serves one connection to its end.
pub async fn serve(app: &App, mut wire: Wire, key: Secret, program: Program) {
    let end = match greet(app, &mut wire).await {
        Ok(()) => {
            let (teller, told) = mpsc::channel(OUTBOX_FRAMES_MAX);
            let mut connection = Connection {
                key,
                program,
                feed: app.feed.subscribe(),
                sees_all: false,
                seen_by_conversation: BTreeMap::new(),
                attended: BTreeMap::new(),
                teller,
                told,
                answers: FuturesUnordered::new(),
            };
            let end = connection.talk(app, &mut wire).await;
            for id in connection.attended.into_values() {
                // When the loop has stopped it has forgotten the connection anyway.
                let _ = app.runtime.put(Input::Leaves(id)).await;
            }
            end
        }
        Err(end) => end,
    };
    wire.end(end, |refusal| BridgeToProgram::Refused { id: None, refusal }).await;
}

/// Refuses everything until a good `hello` comes.
async fn greet(app: &App, wire: &mut Wire) -> Result<(), End> {
    let deadline = hello_deadline();
    loop {
        let heard = tokio::select! {
            heard = tokio::time::timeout_at(deadline, wire.hear()) => heard.map_err(|_| End::NO_HELLO)?,
            () = app.runtime.closed() => return Err(End::DIAL_AGAIN),
        };
        let (id, refusal) = match heard {
            Heard::Over(end) => return Err(end),
            Heard::Unreadable(text, refusal) => (text.and_then(|text| frames::request_in(&text)), refusal),
            Heard::Text(text) => match frames::read(&text, frames::PROGRAM_FRAMES) {
                Ok(ProgramFrame::Hello { version }) => match frames::check_version(version) {
                    Ok(()) => return Ok(()),
                    Err(refusal) => (None, refusal),
                },
                Ok(frame) => (frame.request(), frames::hello_first()),
                Err(unread) => unread,
            },
        };
        tell(wire, &BridgeToProgram::Refused { id, refusal }).await?;
    }
}

struct Connection {
    key: Secret,
    program: Program,
    feed: broadcast::Receiver<Option<Arc<Event>>>,
    sees_all: bool,
    seen_by_conversation: BTreeMap<ConversationId, Seen>,
    /// Agents it is there for: to the loop, a console of theirs each.
    attended: BTreeMap<AgentId, ConnectionId>,
    teller: mpsc::Sender<(AgentId, ConnectionId, Option<Arc<BridgeToAgent>>)>,
    told: mpsc::Receiver<(AgentId, ConnectionId, Option<Arc<BridgeToAgent>>)>,
    answers: FuturesUnordered<BoxFuture<'static, (RequestId, Option<Answer>)>>,
}

impl Connection {
    async fn talk(&mut self, app: &App, wire: &mut Wire) -> End {
        let scopes = self.program.scopes.iter().map(ToString::to_string).collect();
        let welcome = BridgeToProgram::Welcome { name: self.program.name.clone(), scopes };
        if !wire.tell(&welcome).await {
            return End::Theirs;
        }
        loop {
            if let Err(end) = self.turn(app, wire).await {
                return end;
            }
        }
    }

    async fn turn(&mut self, app: &App, wire: &mut Wire) -> Result<(), End> {
        let look_again = Duration::from_secs(KEY_LOOKED_AT_SECONDS);
        tokio::select! {
            heard = wire.hear(), if self.answers.len() < UNANSWERED_MAX => self.hear(app, wire, heard).await,
            happened = self.feed.recv() => match happened {
                Ok(Some(event)) => self.happened(wire, &event).await,
                Ok(None) | Err(RecvError::Lagged(_) | RecvError::Closed) => Err(End::DIAL_AGAIN),
            },
            Some((agent, id, told)) = self.told.recv() => self.tell_of(wire, agent, id, told).await,
            Some((id, answer)) = self.answers.next(), if !self.answers.is_empty() => {
                self.answer(wire, id, answer).await
            }
            () = tokio::time::sleep(look_again) => match self.admitted(app).await? {
                Ok(()) | Err(_) => Ok(()),
            },
            () = app.runtime.closed() => Err(End::DIAL_AGAIN),
        }
    }

    async fn hear(&mut self, app: &App, wire: &mut Wire, heard: Heard) -> Result<(), End> {
        let read = match heard {
            Heard::Over(end) => return Err(end),
            Heard::Unreadable(text, refusal) => {
                Err((text.and_then(|text| frames::request_in(&text)), refusal))
            }
            Heard::Text(text) => frames::read(&text, frames::PROGRAM_FRAMES),
        };
        match read {
            Ok(ProgramFrame::Ping) => tell(wire, &BridgeToProgram::Pong).await,
            Ok(frame) => {
                let id = frame.request();
                match self.admitted(app).await? {
                    Ok(()) => self.take(app, wire, frame).await,
                    Err(refusal) => tell(wire, &BridgeToProgram::Refused { id, refusal }).await,
                }
            }
            Err((id, refusal)) => tell(wire, &BridgeToProgram::Refused { id, refusal }).await,
        }
    }

    /// Whether the key still works; the connection ends when it does not.
    async fn admitted(&mut self, app: &App) -> Result<Result<(), Refusal>, End> {
        match app.keys.admit(&self.key).await {
            Ok(program) if program.scopes.contains(&Scope::ConversationsRead) => {
                self.program = program;
                Ok(Ok(()))
            }
            Ok(_) | Err(NotAdmitted::Unknown) => {
                let refusal = Refusal::new(RefusalCode::NotSignedIn, "this key does not work any more");
                Err(End::Refused(refusal, close_code::POLICY))
            }
            Err(NotAdmitted::TooOften(wait)) => {
                let message = format!("too many frames with this key: try again in {wait} seconds");
                Ok(Err(Refusal::new(RefusalCode::TooOften, message)))
            }
            Err(NotAdmitted::Store(error)) => Err(store_failed(error)),
        }
    }

    async fn take(&mut self, app: &App, wire: &mut Wire, frame: ProgramFrame) -> Result<(), End> {
        let id = frame.request();
        let taken = match frame {
            ProgramFrame::Hello { .. } => Err(frames::greeted_already()),
            ProgramFrame::Watch { conversation, after } => self.watch(app, wire, conversation, after).await?,
            ProgramFrame::Unwatch { conversation } => {
                self.seen_by_conversation.remove(&conversation);
                Ok(())
            }
            ProgramFrame::WatchAll { all } => {
                self.sees_all = all;
                Ok(())
            }
            ProgramFrame::Act { id, conversation, act, as_agent } => {
                self.act(app, id, conversation, act, as_agent).await?
            }
            ProgramFrame::Attend { agent } => self.attend(app, wire, agent).await?,
            ProgramFrame::Leave { agent } => {
                if let Some(id) = self.attended.get(&agent) {
                    app.runtime.put(Input::Leaves(*id)).await.map_err(no_answer)?;
                }
                Ok(())
            }
            ProgramFrame::SetStatus { agent, status } => self.set_status(app, agent, status).await?,
            ProgramFrame::Ping => Ok(()),
        };
        match taken {
            Ok(()) => Ok(()),
            Err(refusal) => tell(wire, &BridgeToProgram::Refused { id, refusal }).await,
        }
    }

    async fn watch(
        &mut self,
        app: &App,
        wire: &mut Wire,
        conversation: ConversationId,
        after: u64,
    ) -> Result<Result<(), Refusal>, End> {
        let is_new = !self.seen_by_conversation.contains_key(&conversation);
        if is_new && self.seen_by_conversation.len() >= WATCHED_MAX {
            let message = format!("{WATCHED_MAX} conversations can be watched at once: unwatch one first");
            return Ok(Err(Refusal::new(RefusalCode::NotAllowed, message)));
        }
        let row = app.store.conversation(&app.workspace.id, conversation).await.map_err(store_failed)?;
        if row.is_none() {
            let refusal = Refusal::new(RefusalCode::UnknownConversation, "there is no such conversation");
            return Ok(Err(refusal));
        }
        let mut seen = Seen::up_to(after);
        let read = seen.read(app.store.as_ref(), conversation, EVENTS_PER_PAGE_MAX).await;
        let events = read.map_err(store_failed)?;
        self.seen_by_conversation.insert(conversation, seen);
        let more = seen.is_behind();
        tell(wire, &BridgeToProgram::Events { conversation, events, more }).await.map(Ok)
    }

    /// Has it carried out. The answer is told after all that happened before it.
    async fn act(
        &mut self,
        app: &App,
        request: RequestId,
        conversation: ConversationId,
        act: Act,
        as_agent: Option<AgentId>,
    ) -> Result<Result<(), Refusal>, End> {
        if let Err(refusal) = self.needs(Scope::ConversationsWrite) {
            return Ok(Err(refusal));
        }
        let (key, name) = (KeyId(self.program.id), self.program.name.clone());
        let by = match (as_agent, self.needs(Scope::AgentsAct)) {
            (None, _) => By::Program { key, name },
            (Some(agent), Ok(())) => By::ForAgent { agent, key, name },
            (Some(_), Err(refusal)) => return Ok(Err(refusal)),
        };
        let command = Command::Acts { by, request, conversation, act };
        let (answer, answered) = oneshot::channel();
        app.runtime.put(Input::Orders { command, answer: Some(answer) }).await.map_err(no_answer)?;
        self.answers.push(async move { (request, answered.await.ok()) }.boxed());
        Ok(Ok(()))
    }

    /// From now on the agent is here by this connection, as by a console.
    async fn attend(
        &mut self,
        app: &App,
        wire: &mut Wire,
        agent: AgentId,
    ) -> Result<Result<(), Refusal>, End> {
        if let Err(refusal) = self.needs(Scope::AgentsAct) {
            return Ok(Err(refusal));
        }
        if self.attended.contains_key(&agent) {
            return Ok(Err(Refusal::new(RefusalCode::AlreadyThere, "you are there for this agent already")));
        }
        if self.attended.len() >= ATTENDED_MAX {
            let message = format!("one connection can be there for {ATTENDED_MAX} agents: open another");
            return Ok(Err(Refusal::new(RefusalCode::NoRoom, message)));
        }
        let unknown = || Refusal::new(RefusalCode::UnknownName, format!("there is no agent {agent}"));
        if app.directory().active(agent).is_none() {
            return Ok(Err(unknown()));
        }
        let (outbox, inbox) = mpsc::channel(OUTBOX_FRAMES_MAX);
        let id = ConnectionId::next();
        let joins = |welcome| Input::AgentJoins { id, agent, session: NO_SESSION, outbox, welcome };
        let welcome = app.runtime.ask(joins).await.map_err(no_answer)?;
        self.attended.insert(agent, id);
        tokio::spawn(pass_on(agent, id, inbox, self.teller.clone()));
        tell(wire, &BridgeToProgram::ForAgent { agent, told: Box::new(welcome) }).await.map(Ok)
    }

    async fn set_status(
        &mut self,
        app: &App,
        agent: AgentId,
        status: AgentStatus,
    ) -> Result<Result<(), Refusal>, End> {
        if !self.attended.contains_key(&agent) {
            let refusal = Refusal::new(RefusalCode::NotAllowed, "attend this agent first");
            return Ok(Err(refusal));
        }
        let command = Command::AgentSetsStatus { agent, status };
        let answer = app.runtime.ask(|answer| Input::Orders { command, answer: Some(answer) }).await;
        Ok(match answer.map_err(no_answer)? {
            Answer::Refused(_, refusal) => Err(refusal),
            Answer::Accepted(..) | Answer::Done => Ok(()),
        })
    }

    fn needs(&self, scope: Scope) -> Result<(), Refusal> {
        if self.program.scopes.contains(&scope) {
            return Ok(());
        }
        Err(Refusal::new(RefusalCode::NotAllowed, format!("this takes a key with the scope `{scope}`")))
    }

    /// Events that the answer to `watch` already held, or that the next page will hold, are not told again.
    async fn happened(&mut self, wire: &mut Wire, event: &Arc<Event>) -> Result<(), End> {
        let is_news = match self.seen_by_conversation.get_mut(&event.conversation) {
            Some(seen) => seen.is_news(event.number),
            None => self.sees_all,
        };
        match is_news {
            true => tell(wire, &BridgeToProgram::Happened(Box::new(event.as_ref().clone()))).await,
            false => Ok(()),
        }
    }

    async fn tell_of(
        &mut self,
        wire: &mut Wire,
        agent: AgentId,
        id: ConnectionId,
        told: Option<Arc<BridgeToAgent>>,
    ) -> Result<(), End> {
        if let Some(told) = told {
            let told = Box::new(told.as_ref().clone());
            return tell(wire, &BridgeToProgram::ForAgent { agent, told }).await;
        }
        if self.attended.get(&agent) == Some(&id) {
            self.attended.remove(&agent);
            return tell(wire, &BridgeToProgram::Left { agent }).await;
        }
        Ok(())
    }

    async fn answer(&mut self, wire: &mut Wire, id: RequestId, answer: Option<Answer>) -> Result<(), End> {
        loop {
            match self.feed.try_recv() {
                Ok(Some(event)) => self.happened(wire, &event).await?,
                Err(TryRecvError::Empty) => break,
                Ok(None) | Err(TryRecvError::Lagged(_) | TryRecvError::Closed) => {
                    return Err(End::DIAL_AGAIN);
                }
            }
        }
        let told = match answer.ok_or(End::DIAL_AGAIN)? {
            Answer::Accepted(id, (conversation, number)) => {
                BridgeToProgram::Accepted { id, conversation, number }
            }
            Answer::Refused(id, refusal) => BridgeToProgram::Refused { id, refusal },
            Answer::Done => {
                tracing::error!("an act of a program was done without an event");
                let refusal = Refusal::new(RefusalCode::TryAgain, "what became of it is not known");
                BridgeToProgram::Refused { id: Some(id), refusal }
            }
        };
        tell(wire, &told).await
    }
}

/// What a console of the agent's is told, until the loop lets go of it.
async fn pass_on(
    agent: AgentId,
    id: ConnectionId,
    mut inbox: mpsc::Receiver<Arc<BridgeToAgent>>,
    teller: mpsc::Sender<(AgentId, ConnectionId, Option<Arc<BridgeToAgent>>)>,
) {
    while let Some(told) = inbox.recv().await {
        if teller.send((agent, id, Some(told))).await.is_err() {
            return;
        }
    }
    // The connection may have ended, and nobody has to be told.
    let _ = teller.send((agent, id, None)).await;
}

async fn tell(wire: &mut Wire, frame: &BridgeToProgram) -> Result<(), End> {
    if wire.tell(frame).await { Ok(()) } else { Err(End::Theirs) }
}

fn no_answer(_: NoAnswer) -> End {
    End::DIAL_AGAIN
}
