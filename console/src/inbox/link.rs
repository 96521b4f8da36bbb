//! The connection to the bridge, as a state machine without a socket: when to dial, greet, ping, give up and dial again.
//!
//! Every dial has a number, its *call*. What an earlier call still says is dropped.

use super::Effect;
use protocol::limits::{PING_AFTER_SECONDS, PONG_WAIT_SECONDS};
use protocol::link::Backoff;
use protocol::{AgentFrame, Timestamp, VERSION};

/// A socket that is neither open nor welcomed after this long is given up.
const DIAL_WAIT_SECONDS: u64 = 10;

/// Where the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    Dialing { since: Timestamp, opened: bool },
    Up { heard_at: Timestamp, pinged_at: Option<Timestamp> },
    Waiting { until: Timestamp },
    Stopped { why: String },
}

/// What the agent is shown of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkView<'a> {
    /// The first dial has not failed yet.
    Starting,
    /// All is well.
    Up,
    /// A dial is under way after a loss.
    Redialing,
    /// The next dial is this far away.
    RedialIn {
        /// Whole seconds, rounded up.
        seconds: u64,
    },
    /// Dialing again would not help, and this is why.
    Stopped(&'a str),
}

/// The connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    call: u32,
    phase: Phase,
    backoff: Backoff,
    was_lost: bool,
}

impl Link {
    /// A link that is about to be dialled for the first time.
    pub fn new(now: Timestamp) -> Self {
        let phase = Phase::Dialing { since: now, opened: false };
        Self { call: 0, phase, backoff: Backoff::default(), was_lost: false }
    }

    /// What to show.
    pub fn view(&self, now: Timestamp) -> LinkView<'_> {
        match &self.phase {
            Phase::Up { .. } => LinkView::Up,
            Phase::Dialing { .. } if self.was_lost => LinkView::Redialing,
            Phase::Dialing { .. } => LinkView::Starting,
            Phase::Waiting { until } => {
                LinkView::RedialIn { seconds: until.millis_since(now).div_ceil(1_000) }
            }
            Phase::Stopped { why } => LinkView::Stopped(why),
        }
    }

    /// Whether frames can be sent now.
    pub fn is_up(&self) -> bool {
        matches!(self.phase, Phase::Up { .. })
    }

    /// Opens a new call; whatever an older one still says no longer counts.
    pub fn dial(&mut self, now: Timestamp) -> Effect {
        self.call = self.call.wrapping_add(1);
        self.phase = Phase::Dialing { since: now, opened: false };
        Effect::Dial { call: self.call }
    }

    /// The socket of a call is open: greet.
    pub fn opened(&mut self, call: u32) -> Option<Effect> {
        match &mut self.phase {
            Phase::Dialing { opened, .. } if call == self.call => {
                *opened = true;
                Some(Effect::Send(AgentFrame::Hello { version: VERSION }))
            }
            Phase::Dialing { .. } | Phase::Up { .. } | Phase::Waiting { .. } | Phase::Stopped { .. } => None,
        }
    }

    /// A frame came; whether it is from the current call.
    pub fn heard(&mut self, call: u32, now: Timestamp) -> bool {
        if let Phase::Up { heard_at, pinged_at } = &mut self.phase
            && call == self.call
        {
            *heard_at = now;
            *pinged_at = None;
        }
        call == self.call
    }

    /// The bridge knows us.
    pub fn welcomed(&mut self, now: Timestamp) {
        self.backoff.succeeded();
        self.phase = Phase::Up { heard_at: now, pinged_at: None };
    }

    /// The socket of a call is gone.
    pub fn lost(&mut self, call: u32, now: Timestamp, chance: u32) -> Vec<Effect> {
        if call != self.call {
            return Vec::new();
        }
        match self.phase {
            Phase::Dialing { opened, .. } => self.give_up(now, chance, !opened),
            Phase::Up { .. } => self.give_up(now, chance, false),
            Phase::Waiting { .. } | Phase::Stopped { .. } => Vec::new(),
        }
    }

    /// The wait before the next dial is over.
    pub fn dial_due(&mut self, call: u32, now: Timestamp) -> Option<Effect> {
        (call == self.call && matches!(self.phase, Phase::Waiting { .. })).then(|| self.dial(now))
    }

    /// The network, the tab or the machine has come back: no reason to wait any longer.
    pub fn woken(&mut self, now: Timestamp) -> Option<Effect> {
        match &mut self.phase {
            Phase::Waiting { .. } => Some(self.dial(now)),
            Phase::Up { pinged_at, .. } if pinged_at.is_none() => {
                *pinged_at = Some(now);
                Some(Effect::Send(AgentFrame::Ping))
            }
            Phase::Up { .. } | Phase::Dialing { .. } | Phase::Stopped { .. } => None,
        }
    }

    /// Once a second: pings a silent bridge and gives up a dead one.
    pub fn tick(&mut self, now: Timestamp, chance: u32) -> Vec<Effect> {
        match &mut self.phase {
            Phase::Dialing { since, opened } if over(now, *since, DIAL_WAIT_SECONDS) => {
                let unopened = !*opened;
                self.give_up(now, chance, unopened)
            }
            Phase::Up { pinged_at: Some(at), .. } if over(now, *at, PONG_WAIT_SECONDS) => {
                self.give_up(now, chance, false)
            }
            Phase::Up { heard_at, pinged_at }
                if pinged_at.is_none() && over(now, *heard_at, PING_AFTER_SECONDS) =>
            {
                *pinged_at = Some(now);
                vec![Effect::Send(AgentFrame::Ping)]
            }
            Phase::Dialing { .. } | Phase::Up { .. } | Phase::Waiting { .. } | Phase::Stopped { .. } => {
                Vec::new()
            }
        }
    }

    /// Dialing again would be refused again.
    pub fn stop(&mut self, why: String) -> Effect {
        self.phase = Phase::Stopped { why };
        Effect::HangUp
    }

    /// A socket that never opened may mean that the session has ended: the browser does not say why it failed.
    fn give_up(&mut self, now: Timestamp, chance: u32, ask_session: bool) -> Vec<Effect> {
        let millis = self.backoff.next_wait_millis(chance);
        self.was_lost = true;
        self.phase = Phase::Waiting { until: Timestamp::from_millis(now.millis() + u64::from(millis)) };
        let mut effects = vec![Effect::HangUp, Effect::DialAfter { call: self.call, millis }];
        if ask_session {
            effects.push(Effect::CheckSession);
        }
        effects
    }
}

fn over(now: Timestamp, since: Timestamp, seconds: u64) -> bool {
    now.millis_since(since) > seconds * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_bridge_is_pinged_and_then_given_up() {
        let mut link = up_at(0);
        assert!(link.tick(at(PING_AFTER_SECONDS), 0).is_empty());
        assert_eq!(link.tick(at(PING_AFTER_SECONDS + 1), 0), [Effect::Send(AgentFrame::Ping)]);
        assert!(link.tick(at(PING_AFTER_SECONDS + 2), 0).is_empty(), "one ping is enough");
        let end = PING_AFTER_SECONDS + PONG_WAIT_SECONDS + 2;
        assert_eq!(link.tick(at(end), 0).first(), Some(&Effect::HangUp));
        assert!(!link.is_up());
    }

    #[test]
    fn any_frame_counts_as_an_answer_to_a_ping() {
        let mut link = up_at(0);
        link.tick(at(PING_AFTER_SECONDS + 1), 0);
        assert!(link.heard(1, at(PING_AFTER_SECONDS + 2)));
        assert!(link.tick(at(PING_AFTER_SECONDS + PONG_WAIT_SECONDS + 2), 0).is_empty());
    }

    #[test]
    fn an_earlier_call_is_not_listened_to() {
        let mut link = up_at(0);
        link.lost(1, at(1), 0);
        link.dial(at(2));
        assert!(!link.heard(1, at(3)));
        assert!(link.lost(1, at(3), 0).is_empty());
        assert_eq!(link.opened(1), None);
        assert!(link.opened(2).is_some());
    }

    #[test]
    fn a_socket_that_never_opened_makes_the_session_suspect() {
        let mut link = Link::new(at(0));
        link.dial(at(0));
        assert!(link.lost(1, at(1), 0).contains(&Effect::CheckSession));
        let mut link = up_at(0);
        assert!(!link.lost(1, at(1), 0).contains(&Effect::CheckSession));
    }

    #[test]
    fn waking_up_dials_at_once() {
        let mut link = up_at(0);
        link.lost(1, at(1), 0);
        assert_eq!(link.woken(at(1)), Some(Effect::Dial { call: 2 }));
        assert_eq!(link.dial_due(1, at(2)), None, "the timer of the wait that was cut short says nothing");
    }

    #[test]
    fn a_dial_without_any_answer_is_given_up() {
        let mut link = Link::new(at(0));
        link.dial(at(0));
        assert!(link.tick(at(DIAL_WAIT_SECONDS), 0).is_empty());
        assert!(!link.tick(at(DIAL_WAIT_SECONDS + 1), 0).is_empty());
    }

    #[test]
    fn a_stopped_link_stays_stopped() {
        let mut link = up_at(0);
        assert_eq!(link.stop("too old".to_owned()), Effect::HangUp);
        assert!(link.lost(1, at(1), 0).is_empty());
        assert_eq!(link.woken(at(1)), None);
        assert_eq!(link.view(at(1)), LinkView::Stopped("too old"));
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    fn up_at(seconds: u64) -> Link {
        let mut link = Link::new(at(seconds));
        link.dial(at(seconds));
        link.opened(1);
        link.welcomed(at(seconds));
        link
    }
}
