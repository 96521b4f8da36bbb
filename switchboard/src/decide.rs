//! What each command leads to, or why it is refused. Nothing here changes anything.

use crate::conversation::{Conversation, Stage};
use crate::{Asker, Change, Command, Decision, Switchboard};
use protocol::{
    AgentBadge, AgentId, AgentStatus, Author, BrowserAuthor, ConversationId, Event, HandOff, Happening,
    OfferEnd, QueueId, Refusal, RefusalCode, RequestId, SiteId, Timestamp, VisitorId,
};

/// One arm per command.
pub fn decide(board: &Switchboard, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
    match command {
        Command::VisitorSays { visitor, site, request, author, content, written_at, fresh } => {
            content.check().map_err(malformed)?;
            let draft = Draft::for_visitor(board, *visitor, site, *fresh, now)?;
            if *author == BrowserAuthor::Assistant && !draft.assistant_may_speak {
                return Err(assistant_silent());
            }
            let author = Author::Browser(*author);
            let said = Happening::Said { author, content: content.clone(), written_at: *written_at };
            Ok(draft.answer(Asker::Visitor(*visitor), *request, said))
        }
        Command::VisitorRequestsAgent { visitor, site, request, hand_off, fresh } => {
            hand_off.check().map_err(malformed)?;
            let draft = Draft::for_visitor(board, *visitor, site, *fresh, now)?;
            Ok(request_agent(board, draft, *visitor, site, *request, hand_off))
        }
        Command::VisitorEnds { visitor, request } => {
            let conversation = board.of_visitor(*visitor).ok_or_else(nothing_open)?;
            let draft = Draft::of(conversation, now);
            Ok(draft.answer(Asker::Visitor(*visitor), *request, Happening::Closed { by: None }))
        }
        Command::AgentConnects { agent } => {
            profile(board, *agent)?;
            Ok(Decision::of(vec![Change::Connection { agent: *agent, connected: true }]))
        }
        Command::AgentDisconnects { agent } => Ok(agent_leaves(board, *agent, now)),
        Command::AgentSetsStatus { agent, status } => set_status(board, *agent, *status, now),
        Command::AgentAccepts { agent, request, conversation } => {
            accept(board, *agent, *request, *conversation, now)
        }
        Command::AgentDeclines { agent, request, conversation } => {
            let conversation = readable(board, *agent, *conversation)?;
            offered_to(conversation, *agent)?;
            let ended = Happening::OfferEnded { agent: *agent, why: OfferEnd::Declined };
            Ok(Draft::of(conversation, now).answer(Asker::Agent(*agent), *request, ended))
        }
        Command::AgentSays { agent, request, conversation, content, written_at } => {
            content.check().map_err(malformed)?;
            let (conversation, badge) = own(board, *agent, *conversation)?;
            let said = Happening::Said {
                author: Author::Agent(badge),
                content: content.clone(),
                written_at: *written_at,
            };
            Ok(Draft::of(conversation, now).answer(Asker::Agent(*agent), *request, said))
        }
        Command::AgentCloses { agent, request, conversation } => {
            let (conversation, badge) = own(board, *agent, *conversation)?;
            let closed = Happening::Closed { by: Some(badge) };
            Ok(Draft::of(conversation, now).answer(Asker::Agent(*agent), *request, closed))
        }
        Command::TimePasses => {
            Ok(Decision::of(offers_ended(board, now, OfferEnd::TimedOut, |_, until| until <= now)))
        }
    }
}

/// Events being written for one conversation, numbered as they are added.
struct Draft {
    conversation: ConversationId,
    number: u64,
    now: Timestamp,
    assistant_may_speak: bool,
    changes: Vec<Change>,
}

impl Draft {
    fn of(conversation: &Conversation, now: Timestamp) -> Self {
        Self {
            conversation: conversation.id,
            number: conversation.number,
            now,
            assistant_may_speak: conversation.state().assistant_enabled(),
            changes: Vec::new(),
        }
    }

    /// The visitor's conversation that is not closed, or a fresh one whose first event is `Opened`.
    fn for_visitor(
        board: &Switchboard,
        visitor: VisitorId,
        site: &SiteId,
        fresh: ConversationId,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        if !board.directory.sites.contains_key(site) {
            return Err(Refusal::new(RefusalCode::UnknownSite, format!("there is no site `{site}` here")));
        }
        if let Some(conversation) = board.of_visitor(visitor) {
            return Ok(Self::of(conversation, now));
        }
        let mut draft =
            Self { conversation: fresh, number: 0, now, assistant_may_speak: true, changes: Vec::new() };
        draft.add(None, Happening::Opened { visitor, site: site.clone() });
        Ok(draft)
    }

    fn add(&mut self, asked: Option<(Asker, RequestId)>, happening: Happening) {
        self.number += 1;
        let event = Event {
            conversation: self.conversation,
            number: self.number,
            at: self.now,
            request: asked.map(|(_, request)| request),
            happening,
        };
        self.changes.push(Change::Happened { event, asker: asked.map(|(asker, _)| asker) });
    }

    /// Adds the event that answers a request, and says where it is.
    fn answer(mut self, asker: Asker, request: RequestId, happening: Happening) -> Decision {
        self.add(Some((asker, request)), happening);
        Decision { accepted: Some((request, self.conversation, self.number)), changes: self.changes }
    }
}

impl Decision {
    fn of(changes: Vec<Change>) -> Self {
        Self { changes, accepted: None }
    }
}

/// Asking again while somebody is asked for, or answers, is accepted and changes nothing.
fn request_agent(
    board: &Switchboard,
    draft: Draft,
    visitor: VisitorId,
    site: &SiteId,
    request: RequestId,
    hand_off: &HandOff,
) -> Decision {
    if !draft.assistant_may_speak {
        return Decision { accepted: Some((request, draft.conversation, draft.number)), changes: Vec::new() };
    }
    let queue = queue_for(board, site, hand_off);
    let online = board.is_served(&queue);
    let asked = Happening::AgentRequested { queue, online, hand_off: hand_off.clone() };
    draft.answer(Asker::Visitor(visitor), request, asked)
}

/// The queue the step names, or the site's default. A name that is configured no longer goes to the default too: a
/// visitor who asks for a person must reach one; `hand_off.queue` still tells the agent what was meant.
fn queue_for(board: &Switchboard, site: &SiteId, hand_off: &HandOff) -> QueueId {
    let named = hand_off.queue.as_ref().filter(|queue| board.directory.queues.contains_key(queue));
    named.unwrap_or(&board.directory.sites[site].default_queue).clone()
}

fn set_status(
    board: &Switchboard,
    agent: AgentId,
    status: AgentStatus,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    profile(board, agent)?;
    let mut changes = match status {
        AgentStatus::Online => Vec::new(),
        AgentStatus::Busy | AgentStatus::Offline => rescind(board, agent, now),
    };
    changes.push(Change::StatusChosen { agent, status });
    Ok(Decision::of(changes))
}

fn agent_leaves(board: &Switchboard, agent: AgentId, now: Timestamp) -> Decision {
    let mut changes = rescind(board, agent, now);
    changes.push(Change::Connection { agent, connected: false });
    Decision::of(changes)
}

fn rescind(board: &Switchboard, agent: AgentId, now: Timestamp) -> Vec<Change> {
    offers_ended(board, now, OfferEnd::AgentLeft, |to, _| to == agent)
}

/// Ends the pending offers that `over` picks by their agent and end.
fn offers_ended(
    board: &Switchboard,
    now: Timestamp,
    why: OfferEnd,
    over: impl Fn(AgentId, Timestamp) -> bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (until, agent, id) in board.pending_offers() {
        if over(agent, until) {
            let mut draft = Draft::of(&board.conversations[&id], now);
            draft.add(None, Happening::OfferEnded { agent, why });
            changes.append(&mut draft.changes);
        }
    }
    changes
}

/// Takes what was offered, or picks from a queue of one's own. First come, first served: commands are decided one by one.
fn accept(
    board: &Switchboard,
    agent: AgentId,
    request: RequestId,
    id: ConversationId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let profile = profile(board, agent)?;
    let conversation = readable(board, agent, id)?;
    match &conversation.stage {
        Stage::Queued { .. } => has_room(board, agent)?,
        Stage::Offered { .. } => offered_to(conversation, agent)?,
        Stage::Open { .. } | Stage::Automated => return Err(taken()),
    }
    match board.presence.effective(agent) {
        AgentStatus::Online | AgentStatus::Busy => {}
        AgentStatus::Offline => return Err(not_online()),
    }
    let joined = Happening::AgentJoined { agent: profile.clone() };
    Ok(Draft::of(conversation, now).answer(Asker::Agent(agent), request, joined))
}

fn profile(board: &Switchboard, agent: AgentId) -> Result<&AgentBadge, Refusal> {
    let profile = board.directory.agents.get(&agent);
    let missing =
        || Refusal::new(RefusalCode::NotAllowed, "this agent is not configured in this workspace any more");
    profile.map(|profile| &profile.badge).ok_or_else(missing)
}

/// A conversation the agent may know of. What they may not see and what does not exist are refused alike.
fn readable(board: &Switchboard, agent: AgentId, id: ConversationId) -> Result<&Conversation, Refusal> {
    let unknown =
        || Refusal::new(RefusalCode::UnknownConversation, "there is no such open conversation for you");
    board.conversations.get(&id).filter(|_| board.may_read(agent, id)).ok_or_else(unknown)
}

fn own(
    board: &Switchboard,
    agent: AgentId,
    id: ConversationId,
) -> Result<(&Conversation, AgentBadge), Refusal> {
    let conversation = readable(board, agent, id)?;
    match &conversation.stage {
        Stage::Open { agent: owner } if owner.id == agent => Ok((conversation, owner.clone())),
        Stage::Open { .. } | Stage::Automated | Stage::Queued { .. } | Stage::Offered { .. } => {
            Err(Refusal::new(RefusalCode::NotAllowed, "this conversation is not yours: accept it first"))
        }
    }
}

fn offered_to(conversation: &Conversation, agent: AgentId) -> Result<(), Refusal> {
    match &conversation.stage {
        Stage::Offered { to, .. } if *to == agent => Ok(()),
        Stage::Offered { .. } | Stage::Queued { .. } | Stage::Open { .. } | Stage::Automated => Err(taken()),
    }
}

fn has_room(board: &Switchboard, agent: AgentId) -> Result<(), Refusal> {
    if board.free_capacity(agent) > 0 {
        return Ok(());
    }
    let held = board.load(agent);
    Err(Refusal::new(
        RefusalCode::NotAllowed,
        format!("you hold {held} conversations, which is your limit: close one first"),
    ))
}

fn malformed(what: String) -> Refusal {
    Refusal::new(RefusalCode::Malformed, what)
}

fn nothing_open() -> Refusal {
    Refusal::new(RefusalCode::Closed, "no conversation is open")
}

fn assistant_silent() -> Refusal {
    Refusal::new(RefusalCode::AssistantSilent, "the assistant is silent while a person is responsible")
}

fn taken() -> Refusal {
    Refusal::new(
        RefusalCode::NoLongerAvailable,
        "this conversation is no longer available: somebody else has it",
    )
}

fn not_online() -> Refusal {
    Refusal::new(RefusalCode::NotOnline, "you are offline: set your status to online or busy first")
}
