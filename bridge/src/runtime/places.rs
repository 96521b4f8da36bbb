//! What waiting visitors are told of their place and wait. A place never grows while they wait in one queue; an expected
//! wait grows only when fewer agents are there than when it was last told.
//!
//! Those near the front are told at once when it changes, the others with the notices their queue sends.

use protocol::{ConversationId, QueueId, StateNow, Timestamp};
use std::collections::{BTreeSet, HashMap};
use switchboard::Switchboard;

/// Places from the front that are told at once.
pub const NEAR: usize = 20;

/// What was told last.
#[derive(Debug, Default)]
pub struct Places {
    shown: HashMap<ConversationId, Shown>,
    notices: BTreeSet<(Timestamp, ConversationId)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    queue: QueueId,
    place: u32,
    wait_seconds: Option<u32>,
    slots: u64,
    notice: Option<Timestamp>,
}

impl Places {
    /// A conversation as its visitor is told now.
    pub fn state(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) -> Option<StateNow> {
        let Some(mut state) = board.state_now(id) else {
            self.forget(id);
            return None;
        };
        let (Some(queue), Some(place)) = (&state.queue, state.place) else {
            self.forget(id);
            return Some(state);
        };
        let slots = board.slots(queue);
        let before = self.shown.get(&id).filter(|shown| shown.queue == *queue);
        let place = before.map_or(place, |shown| shown.place.min(place));
        let held = before.filter(|shown| shown.slots <= slots).and_then(|shown| shown.wait_seconds);
        state.place = Some(place);
        state.wait_seconds = match (state.wait_seconds, held) {
            (Some(wait), Some(told)) => Some(wait.min(told)),
            (wait, _) => wait,
        };
        let notice = before.and_then(|shown| shown.notice);
        let shown = Shown { queue: queue.clone(), place, wait_seconds: state.wait_seconds, slots, notice };
        self.shown.insert(id, shown);
        if notice.is_none() {
            self.schedule(board, id, now);
        }
        Some(state)
    }

    /// A conversation as it was before, with the place and the wait that its visitor was told last.
    pub fn as_told(&self, state: StateNow) -> StateNow {
        let shown = self.shown.get(&state.conversation);
        match shown.filter(|shown| state.queue.as_ref() == Some(&shown.queue) && state.place.is_some()) {
            Some(shown) => StateNow { place: Some(shown.place), wait_seconds: shown.wait_seconds, ..state },
            None => state,
        }
    }

    /// As [`Places::state`], when it differs from what was told last.
    pub fn news(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) -> Option<StateNow> {
        let before = self.shown.get(&id).map(|shown| (shown.place, shown.wait_seconds));
        let state = self.state(board, id, now)?;
        (state.place.map(|place| (place, state.wait_seconds)) != before).then_some(state)
    }

    /// When somebody is to be told next.
    pub fn next_notice(&self) -> Option<Timestamp> {
        self.notices.first().map(|(at, _)| *at)
    }

    /// Those who are to be told now; each is told again after their queue's while.
    pub fn due(&mut self, board: &Switchboard, now: Timestamp) -> Vec<ConversationId> {
        let mut due = Vec::new();
        while let Some((_, id)) = self.notices.first().copied().filter(|(at, _)| *at <= now) {
            self.notices.pop_first();
            if let Some(shown) = self.shown.get_mut(&id) {
                shown.notice = None;
                self.schedule(board, id, now);
                due.push(id);
            }
        }
        due
    }

    fn schedule(&mut self, board: &Switchboard, id: ConversationId, now: Timestamp) {
        let Some(shown) = self.shown.get_mut(&id) else { return };
        let seconds = board.directory().queue(&shown.queue).map_or(0, |queue| queue.notice_seconds);
        if seconds > 0 {
            let at = now.plus_seconds(seconds.into());
            shown.notice = Some(at);
            self.notices.insert((at, id));
        }
    }

    fn forget(&mut self, id: ConversationId) {
        if let Some(at) = self.shown.remove(&id).and_then(|shown| shown.notice) {
            self.notices.remove(&(at, id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::setup::{AgentSetup, QueueSetup, Reason, ReasonUse, Setup, SiteSetup, TeamSetup};
    use protocol::{AgentId, HandOff, HandOffReason, ReasonId, RequestId, SiteId, TeamId, VisitorId};
    use std::collections::BTreeMap;
    use switchboard::{Command, Directory};

    const NOTICE_SECONDS: u64 = 45;

    #[test]
    fn who_waits_is_told_again_after_a_while_and_who_has_gone_is_forgotten() {
        let (mut board, mut places) = (board(), Places::default());
        let first = asks(&mut board, 1);
        let second = asks(&mut board, 2);
        for id in [first, second] {
            places.state(&board, id, at(0));
        }
        assert_eq!(places.next_notice(), Some(at(NOTICE_SECONDS)));
        assert_eq!(places.due(&board, at(NOTICE_SECONDS)), [first, second]);
        for (visitor, id) in [(1, first), (2, second)] {
            take(
                &mut board,
                &Command::VisitorEnds { visitor: visitor_of(visitor), request: request(10 + visitor) },
            );
            assert_eq!(places.news(&board, id, at(50)), None);
        }
        assert_eq!((places.next_notice(), places.shown.len()), (None, 0));
    }

    #[test]
    fn a_place_never_grows_while_one_waits() {
        let (mut board, mut places) = (board(), Places::default());
        let first = asks(&mut board, 1);
        let second = asks(&mut board, 2);
        let told =
            |places: &mut Places, board: &Switchboard| places.state(board, second, at(1)).unwrap().place;
        assert_eq!(told(&mut places, &board), Some(2));
        let gives_up = Command::VisitorStopsWaiting { visitor: visitor_of(1), request: request(11) };
        take(&mut board, &gives_up);
        assert_eq!(told(&mut places, &board), Some(1));
        take(&mut board, &asking(1, 31));
        assert_eq!(board.state_now(first).and_then(|state| state.place), Some(1), "it kept its age");
        assert_eq!(told(&mut places, &board), Some(1));
    }

    fn board() -> Switchboard {
        let (team, queue) = (TeamId::new("desk").unwrap(), QueueId::new("desk").unwrap());
        let agent = AgentId::at(at(0), [1; 10]);
        let reason = Reason {
            label: "Else".to_owned(),
            uses: [ReasonUse::Transfer].into(),
            retired: false,
            position: 0,
        };
        let setup = Setup {
            agents: BTreeMap::from([(agent, AgentSetup::named("Ada"))]),
            teams: BTreeMap::from([(
                team.clone(),
                TeamSetup { members: [agent].into(), ..TeamSetup::default() },
            )]),
            queues: BTreeMap::from([(queue.clone(), QueueSetup::of_team("Desk", team))]),
            sites: BTreeMap::from([(site(), SiteSetup { default_queue: queue })]),
            reasons: BTreeMap::from([(ReasonId::new("else").unwrap(), reason)]),
            ..Setup::default()
        };
        Switchboard::new(Directory::new(setup).unwrap(), at(0))
    }

    fn asks(board: &mut Switchboard, visitor: u8) -> ConversationId {
        take(board, &asking(visitor, visitor));
        board.conversation_of(visitor_of(visitor)).unwrap()
    }

    fn asking(visitor: u8, name: u8) -> Command {
        let hand_off = HandOff {
            queue: None,
            needs: Vec::new(),
            language: None,
            agent: None,
            reason: HandOffReason::Planned,
            online_message: String::new(),
            offline_message: String::new(),
            message_to_agent: None,
            action: None,
            collected: Vec::new(),
        };
        let fresh = ConversationId::at(at(0), [visitor; 10]);
        let visitor = visitor_of(visitor);
        Command::VisitorRequestsAgent { visitor, site: site(), request: request(name), hand_off, fresh }
    }

    fn take(board: &mut Switchboard, command: &Command) {
        let decision = board.decide(command, at(0)).unwrap();
        decision.changes.iter().for_each(|change| board.apply(change));
        while let Some(changes) = board.route(at(0)) {
            changes.iter().for_each(|change| board.apply(change));
        }
    }

    fn site() -> SiteId {
        SiteId::new("shop").unwrap()
    }

    fn visitor_of(n: u8) -> VisitorId {
        VisitorId::of_digest([n; 32])
    }

    fn request(n: u8) -> RequestId {
        RequestId::at(at(0), [n; 10])
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(1_000_000).plus_seconds(seconds)
    }
}
