//! What the bridge tells of the conversation. An event is shown once: by its number, and by the name of the request it
//! answers when that was made here.

use super::helper::Helper;
use super::record::state_after;
use super::{Chat, Delivery, Effect, Moment, Notice, Speaker, Standing, Wait};
use protocol::{
    Content, ConversationId, ConversationState, Refusal, RefusalCode, RequestId, StateNow, Timestamp, Told,
    VisitorEvent, VisitorFrame,
};

impl Chat {
    /// Shows an event that was not seen before.
    pub(super) fn happened(&mut self, event: VisitorEvent, moment: &mut Moment) {
        if !self.record.follow(&event) {
            return;
        }
        self.record_changed = true;
        if let Some(state) = state_after(&event.told) {
            self.record.apply_state(event.conversation, event.number, state);
        }
        let shown = event.request.is_some_and(|id| self.is_shown(id));
        let (from, number) = (self.record.next_key(), event.number);
        self.show(event, shown, moment);
        self.keep_place(number);
        self.record.put_before_unsent(from);
    }

    fn show(&mut self, event: VisitorEvent, shown: bool, moment: &mut Moment) {
        let VisitorEvent { conversation, at, request, told, .. } = event;
        match told {
            Told::Opened => {}
            Told::Said { .. } if shown => {}
            Told::Said { author, content, written_at } => self.said(author, content, request, written_at),
            Told::AgentRequested { online, message } => {
                self.record.wait = Wait { told_offline: !online, ..Wait::default() };
                self.tell(Notice::Told { text: message }, request, shown, at);
            }
            Told::Waiting => {
                self.leaves_assistant();
                self.record.agent = None;
                self.tell(Notice::Waiting, request, shown, at);
            }
            Told::LeaveMessage { message } => {
                self.leaves_assistant();
                self.record.wait.parked = true;
                self.tell(Notice::Told { text: message }, request, shown, at);
            }
            Told::AgentJoined { agent } => {
                self.leaves_assistant();
                self.record.agent = Some(agent.name.clone());
                self.tell(Notice::Joined { name: agent.name }, request, shown, at);
            }
            // The visitor's own wish was shown when they had it.
            Told::AssistantBack | Told::Closed { .. } if shown || self.end_is_asked() => {}
            Told::AssistantBack => {
                let there = !matches!(self.helper, Helper::Absent);
                let notice = if there { Notice::AssistantBack } else { Notice::WaitEnded };
                self.ended(notice, conversation, request, at, moment);
            }
            Told::Closed { .. } => self.ended(Notice::Ended, conversation, request, at, moment),
            Told::Reopened => self.tell(Notice::Reopened, request, shown, at),
        }
    }

    /// Somebody else answers, or will.
    fn leaves_assistant(&mut self) {
        self.record.unheard.clear();
        self.record.wait = Wait::default();
        self.typing.agent = None;
    }

    fn tell(&mut self, notice: Notice, request: Option<RequestId>, shown: bool, at: Timestamp) {
        if !shown {
            self.add_notice(notice, request, at);
        }
    }

    /// Takes over what the bridge says of the state, unless something later is known.
    pub(super) fn stands(&mut self, state: StateNow, now: Timestamp) {
        let late = |known: &StateNow| known.conversation == state.conversation && state.number < known.number;
        if self.record.state.as_ref().is_some_and(late) {
            return;
        }
        if !state.assistant_enabled {
            self.record.unheard.clear();
        }
        self.record.state = Some(state);
        self.keep_place(0);
        self.record_changed = true;
        self.tell_available(now);
    }

    /// What the state says of the place holds although earlier events are told after it.
    fn keep_place(&mut self, after: u64) {
        let state = self.record.state.as_ref().filter(|state| state.number >= after);
        if let Some(place) = state.and_then(|state| state.place) {
            let best = self.record.wait.best_place.map_or(place, |best| best.min(place));
            self.record.wait.best_place = Some(best);
        }
    }

    /// Whoever was told that nobody is there hears of it when somebody is.
    pub(super) fn tell_available(&mut self, now: Timestamp) {
        let offered = self.record.state.as_ref().is_some_and(|s| s.state == ConversationState::Offered);
        let wait = &mut self.record.wait;
        if offered && wait.told_offline && !wait.told_available {
            wait.told_available = true;
            self.add_notice(Notice::SomeoneAvailable, None, now);
        }
    }

    /// A request was carried out.
    pub(super) fn accepted(&mut self, id: RequestId, conversation: ConversationId, number: u64) {
        if let Some(VisitorFrame::RequestAgent { .. }) = self.settle(id) {
            self.record.apply_state(conversation, number, ConversationState::Queued);
        }
    }

    /// A request was refused for good: asking again unchanged would be refused again.
    pub(super) fn refused(&mut self, id: RequestId, refusal: &Refusal, moment: &mut Moment) {
        let silenced = refusal.code == RefusalCode::AssistantSilent;
        match self.settle(id) {
            Some(VisitorFrame::Say { .. }) if silenced => {
                self.record.remove(|entry| entry.request == Some(id))
            }
            Some(VisitorFrame::Say { .. }) => {
                let why = refusal.message.clone();
                let failed = |entry: &mut super::Entry| entry.delivery = Delivery::Failed { why };
                self.record.change(|entry| entry.request == Some(id), failed);
            }
            Some(VisitorFrame::RequestAgent { .. }) => {
                let why = refusal.message.clone();
                self.add_notice(Notice::RequestRefused { why }, Some(id), moment.now);
            }
            // Nobody was waited for any more. Where that is because somebody has come, it is as if nothing was asked.
            Some(VisitorFrame::StopWaiting { .. }) => {
                if matches!(self.standing(), Standing::Person { .. }) {
                    self.record.remove(|entry| entry.request == Some(id));
                }
            }
            // Nothing was open, which is what was asked for.
            Some(VisitorFrame::End { .. }) => {}
            Some(
                VisitorFrame::Hello { .. }
                | VisitorFrame::Typing { .. }
                | VisitorFrame::Page { .. }
                | VisitorFrame::PageEvent { .. }
                | VisitorFrame::After { .. }
                | VisitorFrame::Ping,
            )
            | None => {}
        }
        self.record_changed = true;
    }

    fn said(
        &mut self,
        author: protocol::Speaker,
        content: Content,
        request: Option<RequestId>,
        at: Timestamp,
    ) {
        let speaker = Speaker::from(author);
        if matches!(speaker, Speaker::Agent { .. }) {
            self.typing.agent = None;
        }
        self.add_said(speaker, content, request.map(|id| (id, Delivery::Done)), at);
    }

    /// No person answers any more. Only the latest conversation says who does.
    fn ended(
        &mut self,
        notice: Notice,
        conversation: ConversationId,
        request: Option<RequestId>,
        at: Timestamp,
        moment: &mut Moment,
    ) {
        let over = notice == Notice::Ended;
        self.add_notice(notice, request, at);
        let latest = self.record.state.as_ref().is_none_or(|state| state.conversation == conversation);
        if latest && self.assistant_may_speak() {
            self.people_are_done(over, moment);
        }
    }

    /// Whether the visitor has ended it themselves and the answer is still to come: they have been told already.
    fn end_is_asked(&self) -> bool {
        self.requests
            .frames()
            .any(|frame| matches!(frame, VisitorFrame::StopWaiting { .. } | VisitorFrame::End { .. }))
    }

    /// Whether what this request led to is in the log. The bridge has the request then.
    fn is_shown(&mut self, id: RequestId) -> bool {
        self.settle(id);
        self.record.entries.iter().any(|entry| entry.request == Some(id))
    }

    /// Takes a request out of the outbox, and marks its entry as delivered.
    fn settle(&mut self, id: RequestId) -> Option<VisitorFrame> {
        let frame = self.requests.answered(id)?;
        self.effects.push(Effect::DropRequest(id));
        self.record.change(|entry| entry.request == Some(id), |entry| entry.delivery = Delivery::Done);
        self.record_changed = true;
        Some(frame)
    }
}
