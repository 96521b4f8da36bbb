//! What the bridge tells of the conversation. An event is shown once: by its number, and by the name of the request it
//! answers when that was made here.

use super::record::state_after;
use super::{Chat, Delivery, Effect, Moment, Notice, Speaker, Wait};
use protocol::{
    Author, Content, ConversationId, ConversationState, Event, Happening, Refusal, RefusalCode, RequestId,
    StateNow, Timestamp, VisitorFrame,
};

impl Chat {
    /// Shows an event that was not seen before.
    pub(super) fn happened(&mut self, event: Event, moment: &mut Moment) {
        if !self.record.follow(&event) {
            return;
        }
        self.record_changed = true;
        if let Some(state) = state_after(&event.happening) {
            self.record.apply_state(event.conversation, event.number, state);
        }
        let shown = event.request.is_some_and(|id| self.is_shown(id));
        let from = self.record.next_key();
        self.show(event, shown, moment);
        self.record.put_before_unsent(from);
    }

    fn show(&mut self, event: Event, shown: bool, moment: &mut Moment) {
        let Event { conversation, at, request, happening, .. } = event;
        match happening {
            Happening::Opened { .. } | Happening::Offered { .. } | Happening::OfferEnded { .. } => {}
            Happening::Said { .. } if shown => {}
            Happening::Said { author, content, written_at } => {
                self.said(author, content, request, written_at)
            }
            Happening::AgentRequested { online, hand_off, .. } => {
                self.record.wait = Wait { told_offline: !online, ..Wait::default() };
                if !shown {
                    let text = hand_off.told(online).to_owned();
                    self.add_notice(Notice::Told { text }, request, at);
                }
            }
            Happening::AgentJoined { agent } => {
                self.record.unheard.clear();
                self.record.wait = Wait::default();
                self.record.agent = Some(agent.name.clone());
                if !shown {
                    self.add_notice(Notice::Joined { name: agent.name }, request, at);
                }
            }
            Happening::Closed { .. } if shown || self.end_is_asked() => {}
            Happening::Closed { .. } => self.closed(conversation, request, at, moment),
        }
    }

    /// Takes over what the bridge says of the state, unless something later is known.
    pub(super) fn stands(&mut self, state: StateNow, now: Timestamp) {
        let late = |known: &StateNow| known.conversation == state.conversation && state.number < known.number;
        if self.record.state.as_ref().is_some_and(late) {
            return;
        }
        if let Some(place) = state.place {
            let best = self.record.wait.best_place.map_or(place, |best| best.min(place));
            self.record.wait.best_place = Some(best);
        }
        if !state.assistant_enabled {
            self.record.unheard.clear();
        }
        self.record.state = Some(state);
        self.record_changed = true;
        self.tell_available(now);
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
            // Nothing was open, which is what was asked for.
            Some(VisitorFrame::End { .. }) => {}
            Some(
                VisitorFrame::Hello { .. }
                | VisitorFrame::Typing { .. }
                | VisitorFrame::After { .. }
                | VisitorFrame::Ping,
            )
            | None => {}
        }
        self.record_changed = true;
    }

    fn said(&mut self, author: Author, content: Content, request: Option<RequestId>, at: Timestamp) {
        let speaker = match author {
            Author::Browser(author) => Speaker::from(author),
            Author::Agent(badge) => {
                self.typing.agent = None;
                Speaker::Agent { name: badge.name }
            }
        };
        self.add_said(speaker, content, request.map(|id| (id, Delivery::Done)), at);
    }

    fn closed(
        &mut self,
        conversation: ConversationId,
        request: Option<RequestId>,
        at: Timestamp,
        moment: &mut Moment,
    ) {
        self.add_notice(Notice::Ended, request, at);
        let latest = self.record.state.as_ref().is_none_or(|state| state.conversation == conversation);
        if latest && self.assistant_may_speak() {
            self.conversation_over(moment);
        }
    }

    /// Whether the visitor has ended it themselves and the answer is still to come: they have been told already.
    fn end_is_asked(&self) -> bool {
        self.requests.frames().any(|frame| matches!(frame, VisitorFrame::End { .. }))
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
