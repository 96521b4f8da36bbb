//! What the bridge tells, taken in.

use super::office::{Office, Told};
use super::requests::act_of;
use super::typing::BELIEVED_SECONDS;
use super::words::{noticed, people_wait};
use super::{Effect, Inbox, Progress, RETRY_SECONDS, lists};
use protocol::{
    Act, AgentFrame, Author, BridgeToAgent, ConversationId, Event, Happening, Refusal, RefusalCode,
    RequestId, Summary, Timestamp,
};
use std::rc::Rc;

impl Inbox {
    pub(super) fn heard(&mut self, frame: BridgeToAgent, now: Timestamp) -> Vec<Effect> {
        match frame {
            BridgeToAgent::Welcome {
                me,
                role,
                status,
                queues,
                teams,
                colleagues,
                reasons,
                terms,
                conversations,
            } => {
                self.me = me.clone();
                let told = Told { me, role, queues, teams, colleagues, reasons, terms };
                self.office = Rc::new(Office::new(told));
                self.status = status;
                self.status_wanted = self.status_wanted.filter(|wanted| *wanted != status);
                self.link.welcomed(now);
                self.replace_lists(conversations);
                self.resume()
            }
            BridgeToAgent::Changed(summary) => {
                self.changed(summary);
                Vec::new()
            }
            BridgeToAgent::Gone { conversation } => {
                self.leave_lists(conversation);
                Vec::new()
            }
            BridgeToAgent::Events { conversation, events, more } => self.page(conversation, events, more),
            BridgeToAgent::Happened(event) => self.happened(event),
            BridgeToAgent::Unwatched { conversation } => {
                self.leave_lists(conversation);
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.refused("This conversation is not yours to read any more.".to_owned());
                }
                Vec::new()
            }
            BridgeToAgent::Notice(notice) => {
                let text = noticed(&notice, self.summaries.get(&notice.conversation));
                self.announcement.clone_from(&text);
                self.notify(text, now);
                Vec::new()
            }
            BridgeToAgent::Status { status } => {
                self.status = status;
                self.status_wanted = None;
                Vec::new()
            }
            BridgeToAgent::Colleague(colleague) => {
                Rc::make_mut(&mut self.office).colleague(colleague);
                Vec::new()
            }
            BridgeToAgent::Typing { conversation, typing } => {
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.typing_until = typing.then(|| now.plus_seconds(BELIEVED_SECONDS));
                }
                Vec::new()
            }
            BridgeToAgent::Accepted { id, conversation, number: _ } => self.carried_out(id, conversation),
            BridgeToAgent::Refused { id: Some(id), refusal } => self.refused(id, &refusal, now),
            BridgeToAgent::Refused { id: None, refusal } => self.refused_unnamed(&refusal, now),
            BridgeToAgent::Pong => Vec::new(),
        }
    }

    /// A welcome replaces the lists; opened conversations stay readable whether or not they are still listed.
    fn replace_lists(&mut self, conversations: Vec<Summary>) {
        self.summaries = conversations.into_iter().map(|s| (s.conversation, s)).collect();
        let known: Vec<ConversationId> = self.threads.keys().copied().collect();
        for id in known {
            match self.summaries.get(&id).cloned() {
                Some(summary) => self.list_says(summary),
                None => self.leave_lists(id),
            }
        }
        let waiting = lists::waiting(&self.summaries, self.me.id).len();
        if !self.loaded || waiting > 0 {
            self.announcement = people_wait(waiting);
        }
        self.loaded = true;
    }

    /// Reading goes on after the last number seen; then everything unanswered goes out again.
    fn resume(&mut self) -> Vec<Effect> {
        let mut effects: Vec<Effect> = self.watch_chosen().into_iter().collect();
        effects.extend(self.resend());
        effects
    }

    pub(super) fn watch_chosen(&mut self) -> Option<Effect> {
        let conversation = self.selected?;
        let thread = self.thread_mut(conversation)?;
        thread.reading();
        let after = thread.seen();
        self.send(AgentFrame::Watch { conversation, after })
    }

    fn changed(&mut self, summary: Summary) {
        let me = self.me.id;
        let before = self.summaries.get(&summary.conversation);
        let newly_offered =
            lists::is_offered_to(&summary, me) && !before.is_some_and(|b| lists::is_offered_to(b, me));
        let newly_waiting =
            lists::is_waiting(&summary, me) && !before.is_some_and(|b| lists::is_waiting(b, me));
        self.list_says(summary.clone());
        self.summaries.insert(summary.conversation, summary);
        let waiting = people_wait(lists::waiting(&self.summaries, me).len());
        if newly_offered {
            self.announcement = format!("A conversation is offered to you. {waiting}.");
        } else if newly_waiting {
            self.announcement = format!("A new conversation is waiting. {waiting}.");
        }
    }

    fn list_says(&mut self, summary: Summary) {
        if let Some(thread) = self.thread_mut(summary.conversation) {
            thread.summary = Some(summary);
            thread.gone = false;
        }
    }

    fn leave_lists(&mut self, conversation: ConversationId) {
        self.summaries.remove(&conversation);
        if let Some(thread) = self.thread_mut(conversation) {
            thread.gone = thread.summary.is_some();
        }
    }

    fn page(&mut self, conversation: ConversationId, events: Vec<Event>, more: bool) -> Vec<Effect> {
        let mut effects = vec![Effect::Keep];
        effects.extend(events.iter().filter_map(|event| self.shown(event)));
        let Some(thread) = self.thread_mut(conversation) else { return effects };
        let again = thread.take_page(events, more);
        if again && self.selected == Some(conversation) {
            effects.extend(self.watch_chosen());
        }
        effects
    }

    fn happened(&mut self, event: Event) -> Vec<Effect> {
        let conversation = event.conversation;
        let mut effects: Vec<Effect> = self.shown(&event).into_iter().collect();
        if event.request.is_some() {
            effects.push(Effect::Keep);
        }
        let Some(thread) = self.thread_mut(conversation) else { return effects };
        if let Happening::Said { author: Author::Browser(_), .. } = &event.happening {
            thread.typing_until = None;
        }
        if thread.take_live(event) && self.selected == Some(conversation) {
            effects.extend(self.watch_chosen());
        }
        effects
    }

    /// The event of a request may come before its answer, so either of them tells that it was carried out.
    fn shown(&mut self, event: &Event) -> Option<Effect> {
        let frame = self.requests.shown(event.request?);
        self.begin_reply(frame, event.conversation)
    }

    fn carried_out(&mut self, id: RequestId, conversation: ConversationId) -> Vec<Effect> {
        let frame = self.requests.accepted(id);
        let reply = self.begin_reply(frame, conversation);
        std::iter::once(Effect::Keep).chain(reply).collect()
    }

    /// Whoever has just taken a conversation wants to write.
    fn begin_reply(&self, done: Option<AgentFrame>, conversation: ConversationId) -> Option<Effect> {
        let takes = |act: &Act| matches!(act, Act::Accept | Act::TakeOver);
        let taken = done.as_ref().and_then(act_of).is_some_and(|(_, _, act)| takes(act));
        (taken && self.selected == Some(conversation)).then_some(Effect::FocusReply)
    }

    fn refused(&mut self, id: RequestId, refusal: &Refusal, now: Timestamp) -> Vec<Effect> {
        if refusal.is_temporary() {
            self.retry_at = Some(now.plus_seconds(RETRY_SECONDS));
            return Vec::new();
        }
        if let Some((_, conversation, act)) = self.requests.refused(id, refusal).as_ref().and_then(act_of) {
            self.not_done(act, conversation, refusal, now);
        }
        let ended = (refusal.code == RefusalCode::NotSignedIn).then_some(Effect::SessionEnded);
        std::iter::once(Effect::Keep).chain(ended).collect()
    }

    /// A line shows its own failure; a declined offer that is over is what was wanted; so is a closed end.
    fn not_done(&mut self, act: &Act, conversation: ConversationId, refusal: &Refusal, now: Timestamp) {
        let code = refusal.code;
        let as_wanted = code == RefusalCode::NoLongerAvailable && matches!(act, Act::Decline { .. })
            || code == RefusalCode::Closed && matches!(act, Act::Close { .. });
        if as_wanted || matches!(act, Act::Say { .. } | Act::Comment { .. }) {
            return;
        }
        if matches!(act, Act::Accept) && is_over(code) {
            // Being second is nobody's mistake: a calm sentence, and the row goes.
            self.leave_lists(conversation);
            self.notify("That conversation is no longer available: it was taken or has ended.", now);
        } else if !self.ask_again(act, conversation, refusal) {
            self.notify(&refusal.message, now);
        }
    }

    /// Refusals of frames without a name: `hello`, `watch`, `set_status` and what could not be read.
    fn refused_unnamed(&mut self, refusal: &Refusal, now: Timestamp) -> Vec<Effect> {
        match refusal.code {
            RefusalCode::NotSignedIn => vec![Effect::SessionEnded],
            RefusalCode::WrongVersion => {
                let why = "This page is older than the bridge. Reload it to go on; nothing is lost.";
                vec![self.link.stop(why.to_owned())]
            }
            RefusalCode::TryAgain | RefusalCode::TooOften => {
                self.retry_at = Some(now.plus_seconds(RETRY_SECONDS));
                Vec::new()
            }
            RefusalCode::UnknownConversation => {
                self.not_shown(&refusal.message);
                Vec::new()
            }
            RefusalCode::UnknownFrame
            | RefusalCode::HelloFirst
            | RefusalCode::TooLarge
            | RefusalCode::Malformed
            | RefusalCode::UnknownSite
            | RefusalCode::NotAllowed
            | RefusalCode::AssistantSilent
            | RefusalCode::NoLongerAvailable
            | RefusalCode::Closed
            | RefusalCode::NotOnline
            | RefusalCode::WrongState
            | RefusalCode::ReasonRequired
            | RefusalCode::NoteRequired
            | RefusalCode::UnknownName
            | RefusalCode::AlreadyThere
            | RefusalCode::NoRoom => {
                self.status_wanted = None;
                self.notify(&refusal.message, now);
                Vec::new()
            }
        }
    }

    /// The only conversation asked about without a name is the chosen one. What was read of it before stays readable.
    fn not_shown(&mut self, why: &str) {
        let Some(thread) = self.selected.and_then(|id| self.thread_mut(id)) else { return };
        match thread.progress() {
            Progress::Reading if thread.seen() == 0 => thread.refused(why.to_owned()),
            Progress::Reading => {
                thread.take_page(Vec::new(), false);
            }
            Progress::Following | Progress::Refused(_) => {}
        }
    }
}

/// Whether somebody else has it, or nobody any more.
fn is_over(code: RefusalCode) -> bool {
    matches!(code, RefusalCode::NoLongerAvailable | RefusalCode::Closed | RefusalCode::UnknownConversation)
}
