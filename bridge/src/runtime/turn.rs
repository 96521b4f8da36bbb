//! One batch of commands, being decided. The switchboard in memory is then ahead of the store, so nothing of a turn is
//! told before all of it is saved.

use crate::socket::hub::ConnectionId;
use protocol::{
    ConversationId, Event, Happening, Refusal, RequestId, StateNow, Summary, Timestamp, VisitorId,
};
use std::collections::BTreeMap;
use switchboard::{Asker, Audience, Change, Command, Switchboard};

/// Where a request's event is.
pub type Place = (ConversationId, u64);

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
}

/// A conversation before the turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// Whose it is.
    pub visitor: VisitorId,
    /// As the visitor was told.
    pub state: Option<StateNow>,
    /// As lists show it.
    pub summary: Option<Summary>,
    /// Who was told of it.
    pub audience: Option<Audience>,
}

/// What an asker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was carried out; its event is there.
    Accepted(RequestId, Place),
    /// It was not.
    Refused(Option<RequestId>, Refusal),
}

impl Turn {
    /// A turn in which these requests are known to be repeats.
    pub fn knowing(answered: BTreeMap<(Asker, RequestId), Place>) -> Self {
        Self { answered, ..Self::default() }
    }

    /// Decides a command and makes it true in memory.
    pub fn take(
        &mut self,
        board: &mut Switchboard,
        from: Option<ConnectionId>,
        command: &Command,
        now: Timestamp,
    ) {
        let asked = command.request();
        if let Some((request, place)) =
            asked.and_then(|key| self.answered.get(&key).map(|place| (key.1, *place)))
        {
            return self.answer(from, Answer::Accepted(request, place));
        }
        match board.decide(command, now) {
            Ok(decision) => {
                for change in decision.changes {
                    self.apply(board, change);
                }
                if let (Some((asker, _)), Some((request, conversation, number))) = (asked, decision.accepted)
                {
                    self.answered.insert((asker, request), (conversation, number));
                    self.answer(from, Answer::Accepted(request, (conversation, number)));
                }
            }
            Err(refusal) => self.answer(from, Answer::Refused(asked.map(|(_, request)| request), refusal)),
        }
    }

    /// Makes a change true in memory and remembers to save it.
    pub fn apply(&mut self, board: &mut Switchboard, change: Change) {
        if let Change::Happened { event, .. } = &change {
            self.remember(board, event);
        }
        board.apply(&change);
        self.changes.push(change);
    }

    /// Whether there is anything to save.
    pub fn is_kept(&self) -> bool {
        self.changes.iter().any(|change| match change {
            Change::Happened { .. } | Change::StatusChosen { .. } => true,
            Change::Connection { .. } => false,
        })
    }

    fn answer(&mut self, from: Option<ConnectionId>, answer: Answer) {
        if let Some(connection) = from {
            self.answers.push((connection, answer));
        }
    }

    fn remember(&mut self, board: &Switchboard, event: &Event) {
        let id = event.conversation;
        if self.touched.contains_key(&id) {
            return;
        }
        let audience = board.audience(id);
        let visitor = match (&audience, &event.happening) {
            (Some(audience), _) => audience.visitor,
            (None, Happening::Opened { visitor, .. }) => *visitor,
            (
                None,
                Happening::Said { .. }
                | Happening::AgentRequested { .. }
                | Happening::Offered { .. }
                | Happening::OfferEnded { .. }
                | Happening::AgentJoined { .. }
                | Happening::Closed { .. },
            ) => return,
        };
        let before = Before { visitor, state: board.state_now(id), summary: board.summary(id), audience };
        self.touched.insert(id, before);
    }
}
