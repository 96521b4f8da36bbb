//! What visitors do.

use super::draft::Draft;
use super::queueing::{self, Entry};
use super::{closing, ownership, refuse, spam};
use crate::conversation::{Conversation, Stage};
use crate::{Asker, Change, Command, Decision, Switchboard, routing};
use protocol::setup::Orphans;
use protocol::{
    Actor, AssignedHow, Author, BrowserAuthor, Cause, ClosingSource, ConversationId, ConversationState,
    HandOff, Happening, OfferEnd, OpeningSource, QueueId, QueuedWhy, Refusal, RequestId, ReturnWhy, SiteId,
    Target, Timestamp, UnassignedWhy, VisitorId, WakeWhy,
};

/// Something was said in the browser. Opens a conversation when none is open.
pub fn says(board: &Switchboard, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
    let Command::VisitorSays { visitor, site, request, author, content, written_at, fresh } = command else {
        return Ok(Decision::default());
    };
    content.check().map_err(refuse::malformed)?;
    let by_visitor = *author == BrowserAuthor::Visitor;
    let mut draft = draft_for(board, *visitor, (site, *fresh), by_visitor, now)?;
    let silent =
        !draft.conversation().state().assistant_enabled() || board.runs.asks(draft.conversation().id);
    if *author == BrowserAuthor::Assistant && silent {
        return Err(refuse::assistant_silent());
    }
    let asked = (Asker::Visitor(*visitor), *request);
    let wanted = draft.conversation().wanted.is_some();
    let reopens = closing::reopen(&mut draft);
    let said = Happening::Said {
        author: Author::Browser(*author),
        content: content.clone(),
        written_at: *written_at,
    };
    let answered = draft.answer(asked, said);
    match author {
        BrowserAuthor::Visitor => {
            if reopens && wanted {
                goes_on(&mut draft);
            }
            spam::look(&mut draft, &content.as_plain_text());
            wakes_staff(&mut draft);
        }
        BrowserAuthor::Assistant => {}
    }
    Ok(draft.accepted(answered))
}

/// A person is asked for. Asking again while somebody is asked for, or answers, is accepted and changes nothing.
pub fn requests_agent(board: &Switchboard, command: &Command, now: Timestamp) -> Result<Decision, Refusal> {
    let Command::VisitorRequestsAgent { visitor, site, request, hand_off, fresh } = command else {
        return Ok(Decision::default());
    };
    hand_off.check().map_err(refuse::malformed)?;
    let mut draft = draft_for(board, *visitor, (site, *fresh), true, now)?;
    if !draft.conversation().state().assistant_enabled() {
        return Ok(draft.nothing_new(*request));
    }
    closing::reopen(&mut draft);
    let queue = queue_for(board, site, hand_off)?;
    let online = board.is_served(&queue);
    let mut hand_off = hand_off.clone();
    if let Some(setup) = board.directory().queue(&queue) {
        own_words(&mut hand_off.online_message, setup.online_message.as_ref());
        own_words(&mut hand_off.offline_message, setup.offline_message.as_ref());
    }
    let asked = (Asker::Visitor(*visitor), *request);
    let answered = draft.answer(
        asked,
        Happening::AgentRequested { queue: queue.clone(), online, hand_off: hand_off.clone() },
    );
    let requested = hand_off.agent.as_ref().and_then(|name| board.directory().named(name));
    let entry = Entry { requested, ..Entry::new(Target::Queue(queue), QueuedWhy::HandOff) };
    queueing::enter(&mut draft, entry);
    spam::look_at_request(&mut draft);
    Ok(draft.accepted(answered))
}

/// Whoever waits goes back to the assistant. Somebody who has accepted a moment before is not turned away by it; in what is
/// spam the visitor seems to wait, and is done.
pub fn stops_waiting(
    board: &Switchboard,
    visitor: VisitorId,
    request: RequestId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let conversation = board.of_visitor(visitor).ok_or_else(refuse::nothing_open)?;
    match conversation.state() {
        ConversationState::Queued | ConversationState::Offered => {}
        ConversationState::Spam => return ends(board, visitor, request, now),
        ConversationState::Automated
        | ConversationState::Open
        | ConversationState::Pending
        | ConversationState::WrapUp
        | ConversationState::Closed => return Err(refuse::not_waiting()),
    }
    let mut draft = Draft::of(board, conversation, Actor::Visitor, Cause::Asked, now);
    queueing::withdraw_offers(&mut draft, OfferEnd::Withdrawn, None);
    let back = Happening::ReturnedToAssistant { why: ReturnWhy::VisitorCancelled, note: None };
    let answered = draft.answer((Asker::Visitor(visitor), request), back);
    Ok(draft.accepted(answered))
}

/// Whoever is done leaves the queue, and the agent.
pub fn ends(
    board: &Switchboard,
    visitor: VisitorId,
    request: RequestId,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let conversation = board.of_visitor(visitor).ok_or_else(refuse::nothing_open)?;
    let mut draft = Draft::of(board, conversation, Actor::Visitor, Cause::Asked, now);
    let asked = (Asker::Visitor(visitor), request);
    if conversation.state().is_waiting() {
        queueing::withdraw_offers(&mut draft, OfferEnd::Withdrawn, None);
    } else {
        ownership::end_passing(&mut draft, OfferEnd::Withdrawn, None);
    }
    let closed = closing::of(&draft, ClosingSource::Visitor, None, None);
    let answered = draft.answer(asked, Happening::Closed(closed));
    Ok(draft.accepted(answered))
}

/// The visitor's windows came or went.
pub fn connection(visitor: VisitorId, here: bool, now: Timestamp) -> Decision {
    Decision::of(vec![Change::VisitorConnection { visitor, gone: (!here).then_some(now) }])
}

/// The visitor's conversation that is not over; or the one that was closed a moment ago, where that is opened again, which
/// nothing does that the assistant says by itself; or a fresh one.
fn draft_for<'b>(
    board: &'b Switchboard,
    visitor: VisitorId,
    (site, fresh): (&SiteId, ConversationId),
    reopens: bool,
    now: Timestamp,
) -> Result<Draft<'b>, Refusal> {
    if board.directory().default_queue(site).is_none() {
        return Err(refuse::unknown_site(site));
    }
    let closed = || board.reopenable(visitor, now).filter(|_| reopens);
    if let Some(conversation) = board.of_visitor(visitor).or_else(closed) {
        return Ok(Draft::of(board, conversation, Actor::Visitor, Cause::Asked, now));
    }
    let contact = board.contact(visitor);
    let conversation = Conversation::opened(fresh, visitor, site.clone(), now, contact);
    let opened = Happening::Opened { visitor, site: site.clone(), source: OpeningSource::Visitor };
    let mut draft = Draft::fresh(board, conversation, opened, Actor::Visitor, now);
    super::page::note(&mut draft, board.pages.get(&visitor));
    Ok(draft)
}

/// The queue the step names, or the site's default. A name that is configured no longer goes to the default too: a
/// visitor who asks for a person must reach one; `hand_off.queue` still tells the agent what was meant.
fn queue_for(board: &Switchboard, site: &SiteId, hand_off: &HandOff) -> Result<QueueId, Refusal> {
    let directory = board.directory();
    let named = hand_off.queue.as_ref().filter(|queue| directory.queue(queue).is_some());
    named.or_else(|| directory.default_queue(site)).cloned().ok_or_else(|| refuse::unknown_site(site))
}

fn own_words(message: &mut String, own: Option<&String>) {
    if let Some(own) = own {
        message.clone_from(own);
    }
}

/// What a person was wanted for when it was closed belongs to whom it belonged, or waits.
fn goes_on(draft: &mut Draft<'_>) {
    let owner = draft.conversation().last_owner;
    match owner.filter(|agent| draft.board.is_available(*agent, draft.conversation())) {
        Some(agent) => ownership::give_by_name(draft, agent, AssignedHow::Returned, routing::RETURNED),
        None => {
            let home = queueing::home(draft);
            queueing::enter(draft, Entry::new(home, QueuedWhy::Reopened));
        }
    }
}

/// What was put aside is back; what belongs to somebody who has gone looks for another.
fn wakes_staff(draft: &mut Draft<'_>) {
    match draft.stage() {
        Stage::Pending { .. } => ownership::wake(draft, WakeWhy::VisitorWrote),
        Stage::Open(held) => {
            let owner = held.agent.id;
            let conduct = draft.conversation().conduct(draft.board.directory());
            let requeues = conduct.orphans == Orphans::RequeueWhenVisitorWrites && !held.lies();
            if draft.board.directory().active(owner).is_none() {
                ownership::requeue(draft, UnassignedWhy::OwnerRemoved, QueuedWhy::Unassigned);
            } else if requeues && draft.board.offline_since(owner).is_some() {
                ownership::requeue(draft, UnassignedWhy::OwnerLeft, QueuedWhy::Unassigned);
            }
        }
        Stage::Automated
        | Stage::Queued(_)
        | Stage::Offered { .. }
        | Stage::Spam { .. }
        | Stage::Closed { .. } => {}
    }
}
