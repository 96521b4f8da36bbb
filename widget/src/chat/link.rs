//! The connection to the bridge: when to dial, how to know it is alive, and what to send again.

use super::{Alarm, Blocked, Chat, Cursor, Effect, Moment, SocketNews};
use protocol::limits::{PING_AFTER_SECONDS, PONG_WAIT_SECONDS};
use protocol::link::Backoff;
use protocol::{
    BridgeToVisitor, Refusal, RefusalCode, RequestId, StateNow, Told, VisitorEvent, VisitorFrame,
};

/// What the bridge could not store is sent again after this.
const RESEND_AFTER_MILLIS: u32 = 2_000;

/// The connection, as far as decisions need it.
#[derive(Debug, Default)]
pub struct Link {
    /// The bridge could not be reached, or was lost, since it last said welcome.
    pub unreachable: bool,
    phase: Phase,
    dial: u32,
    backoff: Backoff,
    asked_for_life: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Nobody wants it yet.
    #[default]
    Idle,
    /// Dialled, and not yet welcomed.
    Dialing,
    /// Welcomed.
    Up,
    /// Lost; an alarm is set.
    Resting,
    /// Refused for good.
    Over,
}

impl Chat {
    /// Whether what is written now has to wait for the bridge.
    pub fn is_unreachable(&self) -> bool {
        self.link.unreachable
    }

    /// Dials when there is a reason to: the panel is open, a conversation goes on, or something waits to be sent.
    /// Whoever merely passes by costs the bridge nothing.
    pub(super) fn dial_if_wanted(&mut self) {
        let goes_on = self.record.state.as_ref().is_some_and(|state| !state.assistant_enabled);
        let wanted = self.open || goes_on || !self.requests.is_empty();
        if wanted && self.link.phase == Phase::Idle && !self.is_preview() {
            self.dial();
        }
    }

    pub(super) fn dial_again(&mut self) {
        if self.link.phase == Phase::Resting {
            self.dial();
        }
    }

    pub(super) fn awoke(&mut self) {
        match self.link.phase {
            Phase::Resting => self.dial(),
            Phase::Up if !self.link.asked_for_life => self.ask_for_life(),
            Phase::Up | Phase::Idle | Phase::Dialing | Phase::Over => {}
        }
    }

    pub(super) fn silent(&mut self, moment: &mut Moment) {
        match self.link.phase {
            Phase::Up if !self.link.asked_for_life => self.ask_for_life(),
            Phase::Up | Phase::Dialing => {
                self.effects.push(Effect::HangUp);
                self.lost(moment);
            }
            Phase::Idle | Phase::Resting | Phase::Over => {}
        }
    }

    pub(super) fn socket_news(&mut self, dial: u32, news: SocketNews, moment: &mut Moment) {
        let expects_news = matches!(self.link.phase, Phase::Dialing | Phase::Up);
        if dial != self.link.dial || !expects_news {
            return;
        }
        match news {
            SocketNews::Connected => self.effects.push(Effect::Greet { seen: self.record.cursor }),
            SocketNews::Frame(frame) => {
                self.link.asked_for_life = false;
                self.wake(Alarm::Silence, seconds(PING_AFTER_SECONDS));
                self.frame_came(*frame, moment);
            }
            SocketNews::Lost => self.lost(moment),
        }
    }

    /// Keeps a request until it is answered, and sends it when there is somebody to send it to.
    pub(super) fn request(&mut self, frame: VisitorFrame) {
        let Some(id) = frame.request() else { return };
        self.requests.put(id, frame.clone());
        self.effects.push(Effect::KeepRequest(frame.clone()));
        self.send_if_up(frame);
    }

    pub(super) fn resend(&mut self) {
        let frames: Vec<VisitorFrame> = self.requests.frames().cloned().collect();
        for frame in frames {
            self.send_if_up(frame);
        }
    }

    pub(super) fn send_if_up(&mut self, frame: VisitorFrame) {
        if self.link.phase == Phase::Up {
            self.effects.push(Effect::Send(frame));
        }
    }

    pub(super) fn wake(&mut self, alarm: Alarm, after_millis: u32) {
        self.effects.push(Effect::Wake { alarm, after_millis });
    }

    /// A fetch failed: it is tried again with growing waits.
    pub(super) fn fetch_later(&mut self, moment: &mut Moment) {
        let wait = self.fetching.next_wait_millis(moment.chance());
        self.wake(Alarm::Fetch, wait);
    }

    fn dial(&mut self) {
        self.link.dial = self.link.dial.wrapping_add(1);
        self.link.phase = Phase::Dialing;
        self.link.asked_for_life = true;
        self.effects.push(Effect::Dial { dial: self.link.dial });
        self.wake(Alarm::Silence, seconds(PONG_WAIT_SECONDS));
    }

    fn ask_for_life(&mut self) {
        self.link.asked_for_life = true;
        self.effects.push(Effect::Send(VisitorFrame::Ping));
        self.wake(Alarm::Silence, seconds(PONG_WAIT_SECONDS));
    }

    fn lost(&mut self, moment: &mut Moment) {
        self.link.phase = Phase::Resting;
        self.link.unreachable = true;
        self.typing.agent = None;
        let wait = self.link.backoff.next_wait_millis(moment.chance());
        self.wake(Alarm::Dial, wait);
        self.tell_kept(moment.now);
    }

    fn frame_came(&mut self, frame: BridgeToVisitor, moment: &mut Moment) {
        match frame {
            BridgeToVisitor::Welcome { state, events, more } => self.welcomed(state, events, more, moment),
            BridgeToVisitor::Happened(event) => {
                self.happened(event, moment);
                self.tell_available(moment.now);
            }
            BridgeToVisitor::State(state) => self.stands(state, moment.now),
            BridgeToVisitor::Accepted { id, conversation, number } => {
                self.accepted(id, conversation, number);
            }
            BridgeToVisitor::Typing { name, typing } => self.agent_types(name, typing),
            BridgeToVisitor::Refused { id, refusal } => self.refusal_came(id, &refusal, moment),
            BridgeToVisitor::Pong => {}
        }
    }

    /// The state is taken first, so that no event older than it can contradict it.
    fn welcomed(
        &mut self,
        state: Option<StateNow>,
        events: Vec<VisitorEvent>,
        more: bool,
        moment: &mut Moment,
    ) {
        let first = self.link.phase == Phase::Dialing;
        self.link.phase = Phase::Up;
        self.link.backoff.succeeded();
        self.link.unreachable = false;
        self.record.state.clone_from(&state);
        if let Some(state) = state {
            self.stands(state, moment.now);
        }
        let told_to_its_end = events.last().is_some_and(|e| matches!(e.told, Told::Closed { .. }));
        for event in events {
            self.happened(event, moment);
        }
        self.tell_available(moment.now);
        if more {
            self.ask_for_more(told_to_its_end);
        }
        if first {
            self.resend();
        }
    }

    /// The next page. What comes after the end of one conversation is the latest one, from its beginning.
    fn ask_for_more(&mut self, told_to_its_end: bool) {
        let latest = self.record.state.as_ref().map(|state| state.conversation);
        if let (true, Some(conversation), Some(cursor)) = (told_to_its_end, latest, self.record.cursor)
            && cursor.conversation != conversation
        {
            self.record.cursor = Some(Cursor { conversation, number: 0 });
        }
        let after = self.record.cursor.map_or(0, |cursor| cursor.number);
        self.effects.push(Effect::Send(VisitorFrame::After { after }));
    }

    fn refusal_came(&mut self, id: Option<RequestId>, refusal: &Refusal, moment: &mut Moment) {
        match (id, refusal.code) {
            (None, RefusalCode::WrongVersion) => self.give_up(Blocked::Outdated),
            (_, RefusalCode::UnknownSite) => self.give_up(Blocked::UnknownSite),
            (None, RefusalCode::UnknownConversation) => self.begin_anew(),
            (Some(_), _) if refusal.is_temporary() => self.wake(Alarm::Resend, RESEND_AFTER_MILLIS),
            (None, _) if refusal.is_temporary() => {
                self.effects.push(Effect::HangUp);
                self.lost(moment);
            }
            (Some(id), _) => self.refused(id, refusal, moment),
            (None, _) => self.effects.push(Effect::Warn(refusal.message.clone())),
        }
    }

    /// The bridge does not have the conversation that was followed here; the log stays, and the next line opens
    /// another one.
    fn begin_anew(&mut self) {
        self.record.cursor = None;
        self.record.state = None;
        self.record_changed = true;
        self.effects.push(Effect::Greet { seen: None });
    }

    fn give_up(&mut self, why: Blocked) {
        self.blocked = Some(why);
        self.link.phase = Phase::Over;
        self.effects.push(Effect::HangUp);
    }
}

pub(super) fn seconds(seconds: u64) -> u32 {
    u32::try_from(seconds.saturating_mul(1_000)).unwrap_or(u32::MAX)
}
