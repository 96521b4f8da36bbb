//! The lists and their order: who waits, whom I talk with, and what colleagues have.

use protocol::{AgentId, ConversationId, ConversationState, Summary};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Summaries by conversation, as the bridge last told them.
pub type Summaries = BTreeMap<ConversationId, Summary>;

/// Who waits and could be mine: offers to me first, the soonest to end on top; then whoever has waited longest. What
/// is offered to a colleague is not among them: taking it would collide.
pub fn waiting(summaries: &Summaries, me: AgentId) -> Vec<&Summary> {
    let mut list: Vec<&Summary> = summaries.values().filter(|s| is_waiting(s, me)).collect();
    list.sort_by_key(|s| {
        let offer_ends = is_offered_to(s, me).then_some(s.offer_until).flatten();
        (!is_offered_to(s, me), offer_ends, s.waiting_since.unwrap_or(s.last_at), s.conversation)
    });
    list
}

/// My conversations: the latest activity on top, and what is put aside below, the soonest to return first.
pub fn mine(summaries: &Summaries, me: AgentId) -> Vec<&Summary> {
    let mut list: Vec<&Summary> = summaries.values().filter(|s| is_mine(s, me)).collect();
    list.sort_by_key(|s| {
        let pending = s.state == ConversationState::Pending;
        (pending, s.until.filter(|_| pending), Reverse((s.last_at, s.conversation)))
    });
    list
}

/// What colleagues are asked to take or have. Offers first, the soonest to end on top; then the latest activity.
pub fn elsewhere<'a>(all: impl Iterator<Item = &'a Summary>, me: AgentId) -> Vec<&'a Summary> {
    let mut list: Vec<&Summary> = all.filter(|s| is_elsewhere(s, me)).collect();
    list.sort_by_key(|s| {
        let offered = s.state == ConversationState::Offered;
        (!offered, s.offer_until.filter(|_| offered), Reverse((s.last_at, s.conversation)))
    });
    list
}

/// How many people wait for me: in the queues, or for my answer.
pub fn attention(summaries: &Summaries, me: AgentId) -> usize {
    let unanswered = |s: &&Summary| is_mine(s, me) && is_unanswered(s);
    summaries.values().filter(|s| is_waiting(s, me)).count() + summaries.values().filter(unanswered).count()
}

/// Whether I have been asked to accept it, by routing or by a colleague.
pub fn is_offered_to(summary: &Summary, me: AgentId) -> bool {
    let offered = summary.state == ConversationState::Offered;
    offered && summary.offered_to.iter().any(|agent| agent.id == me)
        || summary.transfer_to.as_ref().is_some_and(|agent| agent.id == me)
}

/// Whether it stands in the list of those who wait.
pub fn is_waiting(summary: &Summary, me: AgentId) -> bool {
    summary.state == ConversationState::Queued || is_offered_to(summary, me)
}

/// Whether its visitor waits for an answer of its owner.
pub fn is_unanswered(summary: &Summary) -> bool {
    summary.state == ConversationState::Open && summary.unanswered_since.is_some()
}

/// Whether it is a colleague's, or theirs to take.
pub fn is_elsewhere(summary: &Summary, me: AgentId) -> bool {
    match summary.state {
        ConversationState::Offered | ConversationState::Open | ConversationState::Pending => {
            !is_waiting(summary, me) && !is_mine(summary, me)
        }
        ConversationState::Automated
        | ConversationState::Queued
        | ConversationState::WrapUp
        | ConversationState::Closed
        | ConversationState::Spam => false,
    }
}

fn is_mine(summary: &Summary, me: AgentId) -> bool {
    match summary.state {
        ConversationState::Open | ConversationState::Pending => {
            summary.agent.as_ref().is_some_and(|agent| agent.id == me)
        }
        // Lists show only those whose notes are mine to finish.
        ConversationState::WrapUp => true,
        ConversationState::Automated
        | ConversationState::Queued
        | ConversationState::Offered
        | ConversationState::Closed
        | ConversationState::Spam => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::*;
    use super::*;

    #[test]
    fn offers_to_me_come_first_and_then_the_longest_wait() {
        let all = collect([queued(1, 30), queued(2, 10), offered(3, ME, 40), offered(4, ME, 35)]);
        assert_eq!(ids(&waiting(&all, ME)), [4, 3, 2, 1]);
    }

    #[test]
    fn what_colleagues_have_or_are_asked_to_take_is_shown_as_theirs() {
        let aside = Summary { state: ConversationState::Pending, ..open(4, COLLEAGUE, 3) };
        let all = collect([
            open(2, COLLEAGUE, 5),
            open(3, COLLEAGUE, 8),
            offered(1, COLLEAGUE, 40),
            aside,
            queued(5, 1),
        ]);
        assert!(mine(&all, ME).is_empty());
        assert_eq!((ids(&waiting(&all, ME)), ids(&elsewhere(all.values(), ME))), (vec![5], vec![1, 3, 2, 4]));
        assert_eq!(attention(&all, ME), 1, "what is theirs asks for nobody else");
    }

    #[test]
    fn mine_is_ordered_by_latest_activity() {
        let all = collect([open(1, ME, 5), open(2, ME, 9), open(3, ME, 7)]);
        assert_eq!(ids(&mine(&all, ME)), [2, 3, 1]);
    }

    #[test]
    fn attention_counts_those_waiting_and_those_unanswered() {
        let mut answered = open(1, ME, 5);
        answered.unanswered_since = None;
        let all = collect([answered, open(2, ME, 6), queued(3, 1)]);
        assert_eq!(attention(&all, ME), 2);
    }

    #[test]
    fn what_is_put_aside_stands_below_and_what_is_passed_to_me_waits_for_me() {
        let aside = Summary { state: ConversationState::Pending, until: Some(at(99)), ..open(1, ME, 50) };
        let passed =
            Summary { transfer_to: Some(badge(ME)), offer_until: Some(at(9)), ..open(2, COLLEAGUE, 5) };
        let notes = Summary { state: ConversationState::WrapUp, agent: None, ..open(3, ME, 6) };
        let all = collect([aside, passed, notes, open(4, ME, 7), queued(5, 1)]);
        assert_eq!(ids(&mine(&all, ME)), [4, 3, 1]);
        assert_eq!(ids(&waiting(&all, ME)), [2, 5]);
    }

    fn collect(list: impl IntoIterator<Item = Summary>) -> Summaries {
        list.into_iter().map(|s| (s.conversation, s)).collect()
    }

    fn ids(list: &[&Summary]) -> Vec<u64> {
        list.iter().map(|s| number_of(s.conversation)).collect()
    }
}
