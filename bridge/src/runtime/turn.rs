//! One batch of commands, being decided. The switchboard in memory is then ahead of the store, so nothing of a turn is
//! told before all of it is saved.

use crate::socket::hub::ConnectionId;
use protocol::{
    AgentId, ConversationId, Event, Happening, Refusal, RequestId, StateNow, Summary, Timestamp, VisitorId,
};
use std::collections::{BTreeMap, BTreeSet};
use switchboard::{Asker, Change, Command, Reach, Switchboard};

/// Where a request's event is.
pub type Place = (ConversationId, u64);

/// Steps that may follow from one command by themselves. Rules end long before; whoever breaks that must not stop the loop.
const STEPS_MAX: usize = 10_000;

/// What a turn has led to so far.
#[derive(Default)]
pub struct Turn {
    /// To save, in this order.
    pub changes: Vec<Change>,
    /// Every conversation changed, as it was before.
    pub touched: BTreeMap<ConversationId, Before>,
    /// What the askers are told.
    pub answers: Vec<(ConnectionId, Answer)>,
    answered: BTreeMap<(Asker, RequestId), Place>,
    here: BTreeSet<AgentId>,
}

/// A conversation before the turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Whose it is.
    pub visitor: VisitorId,
    /// As the switchboard told it.
    pub state: Option<StateNow>,
    /// Whether it was over, and kept for its workflows alone.
    pub lingers: bool,
    /// As lists show it.
    pub summary: Option<Summary>,
    /// Agents with a console who were told of it.
    pub agents: BTreeSet<AgentId>,
}

/// What an asker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was carried out; its event is there.
    Accepted(RequestId, Place),
    /// It was carried out, and is no event of a conversation.
    Done,
    /// It was not.
    Refused(Option<RequestId>, Refusal),
}

impl Turn {
    /// A turn in which these requests are known to be repeats, and these agents have a console.
    pub fn knowing(answered: BTreeMap<(Asker, RequestId), Place>, here: BTreeSet<AgentId>) -> Self {
        Self { answered, here, ..Self::default() }
    }

    /// Decides a command, makes it true in memory, and then what follows from it by itself.
    pub fn take(
        &mut self,
        board: &mut Switchboard,
        from: Option<ConnectionId>,
        command: &Command,
        now: Timestamp,
    ) -> Option<Answer> {
        let answer = self.decide(board, command, now);
        self.route(board, now);
        if let (Some(connection), Some(answer)) = (from, &answer) {
            self.answers.push((connection, answer.clone()));
        }
        answer
    }

    /// Does what is due before `now`, or at `now` too; one thing at a time, in the order in which it was due.
    pub fn pass_time(&mut self, board: &mut Switchboard, now: Timestamp, at_now_too: bool) {
        let is_due = |deadline: Timestamp| deadline < now || (at_now_too && deadline == now);
        for _ in 0..STEPS_MAX {
            if !board.next_deadline().is_some_and(is_due) {
                return;
            }
            let before = board.next_deadline();
            let changes = self.changes.len();
            self.take(board, None, &Command::TimePasses, now);
            if self.changes.len() == changes && board.next_deadline() == before {
                tracing::error!("something is due and nothing comes of it");
                return;
            }
        }
    }

    /// What follows by itself from what has been applied.
    pub fn route(&mut self, board: &mut Switchboard, now: Timestamp) {
        for _ in 0..STEPS_MAX {
            let Some(changes) = board.route(now) else { return };
            changes.into_iter().for_each(|change| self.apply(board, change));
        }
        tracing::error!("what follows by itself finds no end");
    }

    /// Makes a change true in memory and remembers to save it.
    pub fn apply(&mut self, board: &mut Switchboard, change: Change) {
        match &change {
            Change::Happened { event, .. } => self.remember(board, event.conversation, Some(event)),
            // A question that is open, or is no more, changes who answers the visitor.
            Change::Ran(moved) => self.remember(board, moved.conversation, None),
            Change::StatusChosen { .. }
            | Change::Connection { .. }
            | Change::Idle { .. }
            | Change::VisitorConnection { .. }
            | Change::PageSeen { .. }
            | Change::Occurred { .. } => {}
        }
        board.apply(&change);
        self.changes.push(change);
    }

    /// Requests that were carried out, in this turn or before.
    pub fn answered(&self) -> impl Iterator<Item = ((Asker, RequestId), Place)> {
        self.answered.iter().map(|(request, place)| (*request, *place))
    }

    /// Whether there is anything to save.
    pub fn is_kept(&self) -> bool {
        self.changes.iter().any(|change| match change {
            Change::Happened { .. } | Change::StatusChosen { .. } | Change::Ran(_) => true,
            // Whoever has just dropped out is kept as being there.
            Change::Connection { reach, .. } => *reach != Reach::Dropped,
            Change::Idle { .. }
            | Change::VisitorConnection { .. }
            | Change::PageSeen { .. }
            | Change::Occurred { .. } => false,
        })
    }

    fn decide(&mut self, board: &mut Switchboard, command: &Command, now: Timestamp) -> Option<Answer> {
        let asked = command.request();
        if let Some((request, place)) =
            asked.and_then(|key| self.answered.get(&key).map(|place| (key.1, *place)))
        {
            return Some(Answer::Accepted(request, place));
        }
        match board.decide(command, now) {
            Ok(decision) => {
                for change in decision.changes {
                    self.apply(board, change);
                }
                let (Some((asker, _)), Some((request, conversation, number))) = (asked, decision.accepted)
                else {
                    return Some(Answer::Done);
                };
                self.answered.insert((asker, request), (conversation, number));
                Some(Answer::Accepted(request, (conversation, number)))
            }
            Err(refusal) => Some(Answer::Refused(asked.map(|(_, request)| request), refusal)),
        }
    }

    fn remember(&mut self, board: &Switchboard, id: ConversationId, event: Option<&Event>) {
        if self.touched.contains_key(&id) {
            return;
        }
        let audience = board.audience(id, &self.here);
        let visitor = match (&audience, event.map(|event| &event.happening)) {
            (Some(audience), _) => audience.visitor,
            (None, Some(Happening::Opened { visitor, .. })) => *visitor,
            (None, _) => match board.reopening(id) {
                Some(visitor) => visitor,
                None => return,
            },
        };
        let agents = audience.map(|audience| audience.agents).unwrap_or_default();
        let state = board.state_now(id);
        let lingers = state.is_none() && board.conversation(id).is_some();
        let before = Before { visitor, state, lingers, summary: board.summary(id), agents };
        self.touched.insert(id, before);
    }
}
