//! Calls of extensions. The bridge makes them, since only it knows their addresses and secrets; until it answers, the
//! assistant waits, and what the visitor writes meanwhile is heard afterwards.

use super::{Alarm, Chat, Effect, Helper, Moment};
use assistant::{CallWanted, Heard, Outcome};
use protocol::limits::CALL_SECONDS_MAX;

/// Time for the way to the bridge and back, on top of what the extension may take.
const WAY_SECONDS: u64 = 5;

/// The calls of this page.
#[derive(Debug, Default)]
pub struct Calls {
    made: u32,
    /// The one that has not been answered.
    waits: Option<u32>,
}

impl Chat {
    /// Has an extension called.
    pub(super) fn call(&mut self, wanted: CallWanted) {
        let Helper::Ready { hash, .. } = &self.helper else { return };
        let assistant = hash.clone();
        self.calls.made = self.calls.made.wrapping_add(1);
        let call = self.calls.made;
        self.calls.waits = Some(call);
        self.record.calling = true;
        self.effects.push(Effect::Call { call, assistant, wanted });
        // An author who answers in the extension's place may take their time.
        if !self.is_preview() {
            self.wake(Alarm::Call, super::link::seconds(CALL_SECONDS_MAX + WAY_SECONDS));
        }
    }

    pub(super) fn called(&mut self, call: u32, outcome: Outcome, moment: &mut Moment) {
        if self.calls.waits == Some(call) {
            self.calls.waits = None;
            self.hear_outcome(outcome, moment);
        }
    }

    pub(super) fn call_takes_too_long(&mut self, moment: &mut Moment) {
        if self.calls.waits.take().is_some() {
            self.hear_outcome(Outcome::default(), moment);
        }
    }

    /// A call was under way when the page was left. Whether it was carried out cannot be known here, and making it
    /// again could do twice what must be done once: it has failed. Only where the visitor looks: another tab may have
    /// made it and be waiting.
    pub(super) fn resume_if_due(&mut self, moment: &mut Moment) {
        if self.open {
            self.give_up_lost_call(moment);
        }
    }

    pub(super) fn give_up_lost_call(&mut self, moment: &mut Moment) {
        if self.record.calling && self.calls.waits.is_none() && matches!(self.helper, Helper::Ready { .. }) {
            self.hear_outcome(Outcome::default(), moment);
        }
    }

    /// Nobody waits for an answer any more.
    pub(super) fn forget_call(&mut self) {
        self.calls.waits = None;
        self.record.calling = false;
    }

    fn hear_outcome(&mut self, outcome: Outcome, moment: &mut Moment) {
        if self.assistant_may_speak() {
            self.record.calling = false;
            self.take_turn(Heard::Called(outcome), moment);
            self.catch_up(moment);
        }
    }
}
