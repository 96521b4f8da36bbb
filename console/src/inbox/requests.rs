//! What the agent asked for and has not seen done: kept over reloads, sent again under the same names, shown as
//! pending or failed until the conversation itself shows it.

use protocol::link::Outbox;
use protocol::{AgentFrame, ConversationId, Refusal, RequestId, Timestamp};
use serde::{Deserialize, Serialize};

/// Unanswered, refused and not yet shown requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    outbox: Outbox<AgentFrame>,
    failed: Vec<(AgentFrame, String)>,
    /// Saved by the bridge, but their events have not come yet: without these a line would vanish for a moment.
    #[serde(skip)]
    saved: Vec<AgentFrame>,
}

/// How far a line of mine has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not answered yet.
    Pending,
    /// The bridge has it.
    Saved,
    /// Refused for good, and why.
    Failed(String),
}

/// A line of mine that is not among the conversation's events yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// Its name.
    pub id: RequestId,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// How far it has come.
    pub mark: Mark,
}

/// Something other than a line that awaits its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Taking the conversation.
    Accept,
    /// Passing it on.
    Decline,
    /// Ending it.
    Close,
}

impl Requests {
    /// Keeps a request until it is answered. Frames without a name ask for nothing and are not kept.
    pub fn put(&mut self, frame: AgentFrame) {
        if let Some(id) = frame.request() {
            self.outbox.put(id, frame);
        }
    }

    /// What has to be sent again after a welcome, in order.
    pub fn to_resend(&self) -> Vec<AgentFrame> {
        self.outbox.frames().cloned().collect()
    }

    /// Whether a reload or signing out would find something unsent.
    pub fn is_empty(&self) -> bool {
        self.outbox.is_empty() && self.failed.is_empty()
    }

    /// The bridge has carried it out; gives it back the first time.
    pub fn accepted(&mut self, id: RequestId) -> Option<AgentFrame> {
        let frame = self.outbox.answered(id)?;
        if matches!(frame, AgentFrame::Say { .. }) {
            self.saved.push(frame.clone());
        }
        Some(frame)
    }

    /// The bridge has not carried it out; gives it back when that is final. A temporary refusal leaves it to be sent
    /// again.
    pub fn refused(&mut self, id: RequestId, refusal: &Refusal) -> Option<AgentFrame> {
        if refusal.is_temporary() {
            return None;
        }
        let frame = self.outbox.answered(id)?;
        if matches!(frame, AgentFrame::Say { .. }) {
            self.failed.push((frame.clone(), refusal.message.clone()));
        }
        Some(frame)
    }

    /// Its event is here: whatever we thought of it, it is done. Gives it back when nobody had answered it yet.
    pub fn shown(&mut self, id: RequestId) -> Option<AgentFrame> {
        self.saved.retain(|frame| frame.request() != Some(id));
        self.failed.retain(|(frame, _)| frame.request() != Some(id));
        self.outbox.answered(id)
    }

    /// A failed line goes out once more under its old name: nothing was stored under it.
    pub fn retry(&mut self, id: RequestId) -> Option<AgentFrame> {
        let frame = self.discard(id)?;
        self.put(frame.clone());
        Some(frame)
    }

    /// A failed line is given up.
    pub fn discard(&mut self, id: RequestId) -> Option<AgentFrame> {
        let at = self.failed.iter().position(|(frame, _)| frame.request() == Some(id))?;
        Some(self.failed.remove(at).0)
    }

    /// My lines there that are not events yet, oldest first.
    pub fn unsent(&self, there: ConversationId) -> Vec<Unsent> {
        let saved = self.saved.iter().map(|f| (f, Mark::Saved));
        let pending = self.outbox.frames().map(|f| (f, Mark::Pending));
        let failed = self.failed.iter().map(|(f, why)| (f, Mark::Failed(why.clone())));
        let mut lines: Vec<Unsent> =
            saved.chain(pending).chain(failed).filter_map(|(frame, mark)| line(frame, there, mark)).collect();
        lines.sort_by_key(|line| line.id);
        lines
    }

    /// What else is asked there and not answered yet.
    pub fn awaited(&self, there: ConversationId) -> Option<Awaited> {
        self.outbox.frames().find_map(|frame| match frame {
            AgentFrame::Accept { conversation, .. } if *conversation == there => Some(Awaited::Accept),
            AgentFrame::Decline { conversation, .. } if *conversation == there => Some(Awaited::Decline),
            AgentFrame::Close { conversation, .. } if *conversation == there => Some(Awaited::Close),
            AgentFrame::Accept { .. }
            | AgentFrame::Decline { .. }
            | AgentFrame::Close { .. }
            | AgentFrame::Say { .. }
            | AgentFrame::Hello { .. }
            | AgentFrame::SetStatus { .. }
            | AgentFrame::Watch { .. }
            | AgentFrame::Unwatch { .. }
            | AgentFrame::Typing { .. }
            | AgentFrame::Ping => None,
        })
    }
}

fn line(frame: &AgentFrame, there: ConversationId, mark: Mark) -> Option<Unsent> {
    match frame {
        AgentFrame::Say { id, conversation, text, written_at } if *conversation == there => {
            Some(Unsent { id: *id, text: text.as_str().to_owned(), written_at: *written_at, mark })
        }
        AgentFrame::Say { .. }
        | AgentFrame::Accept { .. }
        | AgentFrame::Decline { .. }
        | AgentFrame::Close { .. }
        | AgentFrame::Hello { .. }
        | AgentFrame::SetStatus { .. }
        | AgentFrame::Watch { .. }
        | AgentFrame::Unwatch { .. }
        | AgentFrame::Typing { .. }
        | AgentFrame::Ping => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::{Line, RefusalCode};

    #[test]
    fn a_line_stays_visible_until_its_event_is_here() {
        let mut requests = holding([1]);
        assert_eq!(marks(&requests), [Mark::Pending]);
        requests.accepted(request(1));
        assert_eq!(marks(&requests), [Mark::Saved]);
        requests.shown(request(1));
        assert!(marks(&requests).is_empty());
    }

    #[test]
    fn an_event_that_comes_before_its_answer_is_answer_enough() {
        let mut requests = holding([1]);
        requests.shown(request(1));
        assert_eq!(requests.accepted(request(1)), None);
        assert!(marks(&requests).is_empty() && requests.is_empty());
    }

    #[test]
    fn a_failed_line_goes_out_again_under_its_old_name() {
        let mut requests = holding([1]);
        requests.refused(request(1), &Refusal::new(RefusalCode::NotAllowed, "not yours"));
        assert_eq!(marks(&requests), [Mark::Failed("not yours".to_owned())]);
        assert!(requests.to_resend().is_empty(), "a welcome alone does not repeat it");
        assert_eq!(requests.retry(request(1)).and_then(|f| f.request()), Some(request(1)));
        assert_eq!(marks(&requests), [Mark::Pending]);
    }

    #[test]
    fn a_temporary_refusal_keeps_the_line_pending() {
        let mut requests = holding([1]);
        assert_eq!(requests.refused(request(1), &Refusal::new(RefusalCode::TryAgain, "full")), None);
        assert_eq!(marks(&requests), [Mark::Pending]);
    }

    #[test]
    fn lines_keep_their_order_whatever_became_of_them() {
        let mut requests = holding([1, 2, 3]);
        requests.accepted(request(2));
        requests.refused(request(1), &Refusal::new(RefusalCode::NotAllowed, "no"));
        let ids: Vec<RequestId> = requests.unsent(conversation(1)).iter().map(|u| u.id).collect();
        assert_eq!(ids, [request(1), request(2), request(3)]);
    }

    #[test]
    fn what_is_kept_reads_back() {
        let requests = holding([1, 2]);
        let json = serde_json::to_string(&requests).expect("serialisable");
        assert_eq!(serde_json::from_str::<Requests>(&json).expect("readable"), requests);
    }

    fn holding(ids: impl IntoIterator<Item = u64>) -> Requests {
        let mut requests = Requests::default();
        for n in ids {
            let text = Line::new(format!("line {n}")).expect("a line");
            requests.put(AgentFrame::Say {
                id: request(n),
                conversation: conversation(1),
                text,
                written_at: at(n),
            });
        }
        requests
    }

    fn marks(requests: &Requests) -> Vec<Mark> {
        requests.unsent(conversation(1)).into_iter().map(|u| u.mark).collect()
    }
}
