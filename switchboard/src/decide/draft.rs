//! Events being written for one conversation, numbered and applied as they are added, so that what follows is decided on
//! what has just happened.

use crate::conversation::{Conversation, Stage};
use crate::{Asker, Change, Decision, Switchboard};
use protocol::{Actor, Cause, Event, Happening, RequestId, Timestamp};
use std::borrow::Cow;

/// See the module.
pub struct Draft<'b> {
    /// The world before.
    pub board: &'b Switchboard,
    /// The time it is.
    pub now: Timestamp,
    conversation: Cow<'b, Conversation>,
    by: Actor,
    cause: Cause,
    changes: Vec<Change>,
}

impl<'b> Draft<'b> {
    /// Events of a conversation that there is, by this actor.
    pub fn of(
        board: &'b Switchboard,
        conversation: &'b Conversation,
        by: Actor,
        cause: Cause,
        now: Timestamp,
    ) -> Self {
        Self::about(board, Cow::Borrowed(conversation), by, cause, now)
    }

    /// Events of a conversation that is otherwise than the board has it.
    pub fn about(
        board: &'b Switchboard,
        conversation: Cow<'b, Conversation>,
        by: Actor,
        cause: Cause,
        now: Timestamp,
    ) -> Self {
        Self { board, now, conversation, by, cause, changes: Vec::new() }
    }

    /// Events of a conversation that begins with them.
    pub fn fresh(
        board: &'b Switchboard,
        conversation: Conversation,
        opened: Happening,
        by: Actor,
        now: Timestamp,
    ) -> Self {
        let conversation = Conversation { number: 0, ..conversation };
        let cause = Cause::Asked;
        let mut draft =
            Self { board, now, conversation: Cow::Owned(conversation), by, cause, changes: Vec::new() };
        draft.add(opened);
        draft
    }

    /// The conversation, with all that has been added.
    pub fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    /// Its stage, with all that has been added.
    pub fn stage(&self) -> &Stage {
        &self.conversation.stage
    }

    /// What is added from here on is done by another, and for another reason.
    pub fn go_on_as(&mut self, by: Actor, cause: Cause) {
        self.by = by;
        self.cause = cause;
    }

    /// Adds an event. The first has the draft's cause; those after it follow from it.
    pub fn add(&mut self, happening: Happening) {
        self.push(None, happening);
    }

    /// Adds an event that is somebody else's doing than those around it.
    pub fn add_by(&mut self, by: Actor, happening: Happening) {
        let before = std::mem::replace(&mut self.by, by);
        self.push(None, happening);
        self.by = before;
    }

    /// Adds the event that answers a request, and says where it is.
    pub fn answer(&mut self, asked: (Asker, RequestId), happening: Happening) -> Answered {
        self.push(Some(asked), happening);
        Answered(asked.1, self.conversation.number)
    }

    /// Makes the event added last the answer to a request.
    pub fn last_answers(&mut self, asked: (Asker, RequestId)) -> Answered {
        let last = self.changes.iter_mut().rev().find_map(|change| match change {
            Change::Happened { event, asker } => Some((event, asker)),
            Change::StatusChosen { .. }
            | Change::Connection { .. }
            | Change::Idle { .. }
            | Change::VisitorConnection { .. }
            | Change::PageSeen { .. }
            | Change::Occurred { .. }
            | Change::Ran(_) => None,
        });
        if let Some((event, asker)) = last {
            event.request = Some(asked.1);
            *asker = Some(asked.0);
        }
        Answered(asked.1, self.conversation.number)
    }

    /// A change that is no event.
    pub fn also(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// What was added.
    pub fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// A decision that answers nobody.
    pub fn decided(self) -> Decision {
        Decision { changes: self.changes, accepted: None }
    }

    /// A decision that answers a request.
    pub fn accepted(self, answered: Answered) -> Decision {
        let accepted = Some((answered.0, self.conversation.id, answered.1));
        Decision { changes: self.changes, accepted }
    }

    /// A decision that answers a request with what is already so.
    pub fn nothing_new(self, request: RequestId) -> Decision {
        let answered = Answered(request, self.conversation.number);
        self.accepted(answered)
    }

    fn push(&mut self, asked: Option<(Asker, RequestId)>, happening: Happening) {
        let cause = match &self.cause {
            // Every event says which workflows led to it, so that no circle of them goes unseen.
            chain @ Cause::Workflows(_) => chain.clone(),
            cause if self.changes.is_empty() => cause.clone(),
            Cause::Asked
            | Cause::Follows
            | Cause::Matched
            | Cause::Timer(_)
            | Cause::Presence
            | Cause::Setup => Cause::Follows,
        };
        let event = Event {
            conversation: self.conversation.id,
            number: self.conversation.number + 1,
            at: self.now,
            request: asked.map(|(_, request)| request),
            by: self.by.clone(),
            cause,
            happening,
        };
        self.conversation.to_mut().apply(&event);
        self.changes.push(Change::Happened { event, asker: asked.map(|(asker, _)| asker) });
    }
}

/// That a request was answered by the event of this number.
#[derive(Clone, Copy, Debug)]
pub struct Answered(pub RequestId, pub u64);
