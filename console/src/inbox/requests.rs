//! What the agent asked for and has not seen done: kept over reloads, sent again under the same names, shown as
//! pending or failed until the conversation itself shows it.

use protocol::link::Outbox;
use protocol::{Act, AgentFrame, ConversationId, Line, Refusal, RequestId, Timestamp};
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
    /// Whether only colleagues read it.
    pub aside: bool,
    /// When it was written.
    pub written_at: Timestamp,
    /// How far it has come.
    pub mark: Mark,
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
        if words(&frame).is_some() {
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
        if words(&frame).is_some() {
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
    pub fn awaited(&self, there: ConversationId) -> Option<&Act> {
        let asked = |frame| match act_of(frame) {
            Some((_, conversation, act)) if conversation == there && words(frame).is_none() => Some(act),
            Some(_) | None => None,
        };
        self.outbox.frames().find_map(asked)
    }
}

/// What a frame does with which conversation, and under which name.
pub fn act_of(frame: &AgentFrame) -> Option<(RequestId, ConversationId, &Act)> {
    if let AgentFrame::Act { id, conversation, act } = frame { Some((*id, *conversation, act)) } else { None }
}

/// What a frame says, and whether only to colleagues.
fn words(frame: &AgentFrame) -> Option<(&Line, bool)> {
    let (_, _, act) = act_of(frame)?;
    if let Act::Say { text, .. } = act {
        Some((text, false))
    } else if let Act::Comment { text, .. } = act {
        Some((text, true))
    } else {
        None
    }
}

fn line(frame: &AgentFrame, there: ConversationId, mark: Mark) -> Option<Unsent> {
    let (id, conversation, act) = act_of(frame)?;
    let (text, aside) = words(frame)?;
    let written_at = if let Act::Say { written_at, .. } = act { *written_at } else { named_at(id) };
    (conversation == there).then(|| Unsent { id, text: text.as_str().to_owned(), aside, written_at, mark })
}

/// A name tells when it was given.
fn named_at(id: RequestId) -> Timestamp {
    let millis = id.0.get_timestamp().map_or(0, |at| {
        let (seconds, nanos) = at.to_unix();
        seconds * 1_000 + u64::from(nanos) / 1_000_000
    });
    Timestamp::from_millis(millis)
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;
    use protocol::RefusalCode;

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

    #[test]
    fn a_comment_waits_like_a_line_and_is_marked_as_one() {
        let mut requests = Requests::default();
        let act = Act::Comment { text: Line::new("VIP").expect("a line"), mentions: vec![] };
        requests.put(AgentFrame::Act { id: request(7), conversation: conversation(1), act });
        let unsent = requests.unsent(conversation(1));
        assert_eq!((unsent[0].aside, unsent[0].written_at), (true, Timestamp::from_millis(7)));
        assert_eq!(requests.awaited(conversation(1)), None, "it holds nothing up");
    }

    fn holding(ids: impl IntoIterator<Item = u64>) -> Requests {
        let mut requests = Requests::default();
        for n in ids {
            let text = Line::new(format!("line {n}")).expect("a line");
            let act = Act::Say { text, written_at: at(n) };
            requests.put(AgentFrame::Act { id: request(n), conversation: conversation(1), act });
        }
        requests
    }

    fn marks(requests: &Requests) -> Vec<Mark> {
        requests.unsent(conversation(1)).into_iter().map(|u| u.mark).collect()
    }
}
