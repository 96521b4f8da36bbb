//! Who is writing. Told while a person answers, and only as often as it takes to keep the other side sure.

use super::{Alarm, Chat, Effect, Moment, Standing};
use protocol::{Timestamp, VisitorFrame};

/// While the visitor goes on writing, the agent is told again after this.
const TELL_AGAIN_MILLIS: u64 = 3_000;

/// A visitor who has not written for this long has paused.
const PAUSE_MILLIS: u32 = 5_000;

/// An agent who is not reported to write for this long has paused: the report of the pause may be lost.
const AGENT_PAUSE_MILLIS: u32 = 8_000;

/// Who is writing.
#[derive(Debug, Default)]
pub struct Typing {
    /// The agent's name while they write.
    pub agent: Option<String>,
    told_at: Option<Timestamp>,
}

impl Chat {
    /// The agent who is writing.
    pub fn typing_agent(&self) -> Option<&str> {
        self.typing.agent.as_deref()
    }

    pub(super) fn drafted(&mut self, text: String, moment: &mut Moment) {
        self.draft = text;
        self.effects.push(Effect::KeepDraft);
        if self.draft.trim().is_empty() {
            self.visitor_stopped_typing();
        } else if matches!(self.standing(), Standing::Person { .. }) {
            self.visitor_types(moment.now);
        }
    }

    pub(super) fn visitor_stopped_typing(&mut self) {
        if self.typing.told_at.take().is_some() {
            self.send_if_up(VisitorFrame::Typing { typing: false });
        }
    }

    pub(super) fn agent_types(&mut self, name: String, typing: bool) {
        self.typing.agent = typing.then_some(name);
        if typing {
            self.wake(Alarm::AgentPaused, AGENT_PAUSE_MILLIS);
        }
    }

    fn visitor_types(&mut self, now: Timestamp) {
        if self.typing.told_at.is_none_or(|told| now.millis_since(told) >= TELL_AGAIN_MILLIS) {
            self.typing.told_at = Some(now);
            self.send_if_up(VisitorFrame::Typing { typing: true });
        }
        self.wake(Alarm::VisitorPaused, PAUSE_MILLIS);
    }
}
