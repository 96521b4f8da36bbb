//! Every message of a run: when it was due, sent, acknowledged and delivered; and what went wrong with it.
//!
//! A message's number in the ledger travels inside its request's name and at the head of its text, so that whoever hears
//! it finds it without a search and knows whether it is the text that was written.

use protocol::{ConversationId, RequestId, Timestamp};
use serde::Serialize;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Bytes of a message's text.
const TEXT_BYTES: usize = 120;

/// Marks names of messages among names of other requests: the byte before the number.
const MESSAGE_MARK: u8 = 0xA5;

/// Digits of a message's number at the head of its text.
const NUMBER_DIGITS: usize = 12;

/// Which end of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The visitor's.
    Visitor,
    /// The agent's.
    Agent,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Index of its conversation.
    pub conversation: usize,
    /// Who says it.
    pub by: Side,
    /// When it was to be sent; what it is charged from.
    pub due: Instant,
    /// When it was handed to the socket.
    pub sent: Option<Instant>,
    /// When the bridge said that it has it.
    pub accepted: Option<Instant>,
    /// When the other side heard it.
    pub delivered: Option<Instant>,
    written_at: Timestamp,
    more_bytes: usize,
    number: u64,
    echoed: bool,
    refused: bool,
}

/// What went wrong; all of it has to be zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Acknowledged, and never delivered, not even after resuming.
    pub lost: u64,
    /// Heard twice by one side.
    pub doubled: u64,
    /// Heard or numbered in another order than said.
    pub reordered: u64,
    /// Heard by somebody else, or with another text.
    pub misrouted: u64,
    /// Neither acknowledged nor refused.
    pub unanswered: u64,
    /// Refused.
    pub refused: u64,
}

impl Verdict {
    /// Whether nothing went wrong.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

/// Where a conversation stands for one of its sides.
#[derive(Clone, Copy, Debug, Default)]
struct Heard {
    last_number: u64,
}

/// The book of a run.
#[derive(Debug, Default)]
pub struct Ledger {
    messages: Vec<Message>,
    conversations: Vec<[Heard; 2]>,
    ids: HashMap<ConversationId, usize>,
    names: Vec<Option<ConversationId>>,
    wrong: Verdict,
    unaccepted: usize,
    undelivered: usize,
    /// Without an agent the other side of a visitor's message is the visitor's own widget.
    automated: bool,
}

impl Ledger {
    /// A book of so many conversations.
    pub fn new(conversations: usize, automated: bool) -> Self {
        Self {
            conversations: vec![Default::default(); conversations],
            names: vec![None; conversations],
            automated,
            ..Self::default()
        }
    }

    /// The bridge's name of a conversation.
    pub fn named(&mut self, conversation: usize, id: ConversationId) {
        self.ids.insert(id, conversation);
        self.names[conversation] = Some(id);
    }

    /// The bridge's name of a conversation, once it has one.
    pub fn name(&self, conversation: usize) -> Option<ConversationId> {
        self.names[conversation]
    }

    /// Which conversation that is.
    pub fn find(&self, id: ConversationId) -> Option<usize> {
        self.ids.get(&id).copied()
    }

    /// The last number that side has heard.
    pub fn seen(&self, conversation: usize, side: Side) -> u64 {
        self.conversations[conversation][side as usize].last_number
    }

    /// That side knows everything up to this number.
    pub fn knows(&mut self, conversation: usize, side: Side, number: u64) {
        let heard = &mut self.conversations[conversation][side as usize];
        heard.last_number = heard.last_number.max(number);
    }

    /// A message becomes due.
    pub fn say(&mut self, conversation: usize, by: Side, due: Instant, written_at: Timestamp) -> usize {
        self.say_long(conversation, by, due, written_at, 0)
    }

    /// A message becomes due whose text is so many bytes longer than usual.
    pub fn say_long(
        &mut self,
        conversation: usize,
        by: Side,
        due: Instant,
        written_at: Timestamp,
        more_bytes: usize,
    ) -> usize {
        self.messages.push(Message {
            conversation,
            by,
            due,
            sent: None,
            accepted: None,
            delivered: None,
            written_at,
            more_bytes,
            number: 0,
            echoed: false,
            refused: false,
        });
        self.unaccepted += 1;
        self.undelivered += 1;
        self.messages.len() - 1
    }

    /// A message's name, the same each time it is sent.
    pub fn request(&self, message: usize) -> RequestId {
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&(message as u64).to_be_bytes());
        chance[3] = MESSAGE_MARK;
        RequestId::at(self.messages[message].written_at, chance)
    }

    /// Whose message a request is; `None` for other requests.
    pub fn message_of(&self, request: RequestId) -> Option<usize> {
        let bytes = request.0.as_bytes();
        let number = bytes[10..].iter().fold(0, |number, byte| number << 8 | usize::from(*byte));
        (bytes[9] == MESSAGE_MARK && number < self.messages.len()).then_some(number)
    }

    /// What it says.
    pub fn text(&self, message: usize) -> String {
        text(message, self.messages[message].more_bytes)
    }

    /// The message itself.
    pub fn message(&self, message: usize) -> &Message {
        &self.messages[message]
    }

    /// When it was written, by its writer's clock.
    pub fn written_at(&self, message: usize) -> Timestamp {
        self.messages[message].written_at
    }

    /// It was handed to a socket; the first time counts.
    pub fn sent(&mut self, message: usize, now: Instant) {
        self.messages[message].sent.get_or_insert(now);
    }

    /// The bridge says that it has it, under this number.
    pub fn accepted(&mut self, message: usize, number: u64, now: Instant) {
        let message = &mut self.messages[message];
        if message.accepted.is_none() {
            self.unaccepted -= 1;
            message.accepted = Some(now);
            message.number = number;
        }
    }

    /// The bridge does not take it.
    pub fn refused(&mut self, message: usize) {
        let message = &mut self.messages[message];
        if !std::mem::replace(&mut message.refused, true) {
            self.wrong.refused += 1;
            self.unaccepted -= usize::from(message.accepted.is_none());
            self.undelivered -= usize::from(message.delivered.is_none());
        }
    }

    /// A side hears an event of its conversation; `frame` is the text it came in.
    pub fn heard(
        &mut self,
        conversation: usize,
        side: Side,
        number: u64,
        request: Option<RequestId>,
        frame: &str,
        now: Instant,
    ) {
        let message = request.and_then(|request| self.message_of(request));
        let heard = &mut self.conversations[conversation][side as usize];
        let is_late = number <= heard.last_number;
        heard.last_number = heard.last_number.max(number);
        let Some(index) = message else { return };
        let message = &mut self.messages[index];
        let digits = format!("{index:0NUMBER_DIGITS$} ");
        if message.conversation != conversation || !frame.contains(&digits) {
            self.wrong.misrouted += 1;
            return;
        }
        let is_other = message.by != side || self.automated;
        let before = if is_other { message.delivered.is_some() } else { message.echoed };
        self.wrong.doubled += u64::from(before);
        self.wrong.reordered += u64::from(is_late && !before);
        if is_other && !before {
            self.undelivered -= usize::from(!message.refused);
            message.delivered = Some(now);
        }
        message.echoed |= !is_other;
    }

    /// Somebody hears of a conversation that is not theirs.
    pub fn misrouted(&mut self) {
        self.wrong.misrouted += 1;
    }

    /// When messages were acknowledged, in order.
    pub fn acknowledgements(&self) -> Vec<Instant> {
        let mut all: Vec<Instant> = self.messages.iter().filter_map(|message| message.accepted).collect();
        all.sort_unstable();
        all
    }

    /// Notes acknowledged messages that the store does not hold, and those it holds twice: `stored` has the names of all it
    /// holds of one conversation.
    pub fn compare(&mut self, conversation: usize, stored: &HashMap<RequestId, usize>) {
        for (index, message) in self.messages.iter().enumerate() {
            if message.conversation == conversation && message.accepted.is_some() {
                match stored.get(&self.request(index)) {
                    None => self.wrong.lost += 1,
                    Some(1) => {}
                    Some(_) => self.wrong.doubled += 1,
                }
            }
        }
    }

    /// Messages that are not acknowledged yet.
    pub fn unanswered(&self) -> usize {
        self.unaccepted
    }

    /// Messages that are not acknowledged yet, or not delivered.
    pub fn outstanding(&self) -> usize {
        self.unaccepted.max(self.undelivered)
    }

    /// Every message so far.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// What went wrong so far. A message that was said first has the lower number: each side of a conversation is one
    /// socket.
    pub fn verdict(&self) -> Verdict {
        let mut verdict = self.wrong;
        let mut last: HashMap<(usize, bool), u64> = HashMap::new();
        for message in self.messages.iter().filter(|message| !message.refused) {
            let Some(_) = message.accepted else {
                verdict.unanswered += 1;
                continue;
            };
            verdict.lost += u64::from(message.delivered.is_none());
            let before = last.entry((message.conversation, message.by == Side::Agent)).or_default();
            verdict.reordered += u64::from(message.number <= *before);
            *before = message.number;
        }
        verdict
    }

    /// Messages that were due in a span of time.
    pub fn due_within(&self, from: Instant, until: Instant) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(move |message| (from..until).contains(&message.due))
    }
}

/// A message's text: its number, and what makes it as long as people write.
pub fn text(number: usize, more_bytes: usize) -> String {
    format!("{number:0NUMBER_DIGITS$} {:.<width$}", "", width = TEXT_BYTES - NUMBER_DIGITS - 1 + more_bytes)
}

impl Message {
    /// From due to delivered.
    pub fn delivery(&self) -> Option<Duration> {
        Some(self.delivered?.saturating_duration_since(self.due))
    }

    /// From due to acknowledged.
    pub fn acceptance(&self) -> Option<Duration> {
        Some(self.accepted?.saturating_duration_since(self.due))
    }

    /// From due to sent: the generator's own delay, which the other two include.
    pub fn lateness(&self) -> Option<Duration> {
        Some(self.sent?.saturating_duration_since(self.due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_both_sides_heard_once_is_fine() {
        let mut ledger = Ledger::new(1, false);
        let message = say(&mut ledger);
        accept(&mut ledger, message, 5);
        hear(&mut ledger, Side::Visitor, 5, message);
        hear(&mut ledger, Side::Agent, 5, message);
        assert_eq!((ledger.verdict(), ledger.outstanding()), (Verdict::default(), 0));
    }

    #[test]
    fn what_was_acknowledged_and_not_delivered_is_lost() {
        let mut ledger = Ledger::new(1, false);
        let message = say(&mut ledger);
        accept(&mut ledger, message, 5);
        hear(&mut ledger, Side::Visitor, 5, message);
        assert_eq!(ledger.verdict(), Verdict { lost: 1, ..Verdict::default() });
        let _ = say(&mut ledger);
        assert_eq!(ledger.verdict(), Verdict { lost: 1, unanswered: 1, ..Verdict::default() });
    }

    #[test]
    fn hearing_twice_and_hearing_late_are_told_apart() {
        let mut ledger = Ledger::new(1, false);
        let (first, second) = (say(&mut ledger), say(&mut ledger));
        accept(&mut ledger, first, 5);
        accept(&mut ledger, second, 6);
        hear(&mut ledger, Side::Agent, 6, second);
        hear(&mut ledger, Side::Agent, 5, first);
        hear(&mut ledger, Side::Agent, 6, second);
        assert_eq!(ledger.verdict(), Verdict { doubled: 1, reordered: 1, ..Verdict::default() });
    }

    #[test]
    fn numbers_against_the_order_of_saying_are_a_wrong_order() {
        let mut ledger = Ledger::new(1, false);
        let (first, second) = (say(&mut ledger), say(&mut ledger));
        accept(&mut ledger, first, 6);
        accept(&mut ledger, second, 5);
        assert_eq!(ledger.verdict(), Verdict { lost: 2, reordered: 1, ..Verdict::default() });
    }

    #[test]
    fn another_text_or_another_conversation_is_misrouted() {
        let mut ledger = Ledger::new(2, false);
        let message = say(&mut ledger);
        let request = ledger.request(message);
        ledger.heard(0, Side::Agent, 5, Some(request), "something else", Instant::now());
        ledger.heard(1, Side::Agent, 5, Some(request), &text(message, 0), Instant::now());
        assert_eq!(ledger.verdict(), Verdict { misrouted: 2, unanswered: 1, ..Verdict::default() });
    }

    #[test]
    fn a_messages_name_leads_back_to_it() {
        let mut ledger = Ledger::new(1, false);
        let messages: Vec<usize> = (0..300).map(|_| say(&mut ledger)).collect();
        for message in messages {
            assert_eq!(ledger.message_of(ledger.request(message)), Some(message));
        }
        assert_eq!(ledger.message_of(RequestId::at(Timestamp::default(), [7; 10])), None);
    }

    fn say(ledger: &mut Ledger) -> usize {
        ledger.say(0, Side::Visitor, Instant::now(), Timestamp::from_millis(1_000))
    }

    fn accept(ledger: &mut Ledger, message: usize, number: u64) {
        ledger.accepted(message, number, Instant::now());
    }

    fn hear(ledger: &mut Ledger, side: Side, number: u64, message: usize) {
        let request = ledger.request(message);
        ledger.heard(0, side, number, Some(request), &text(message, 0), Instant::now());
    }
}
