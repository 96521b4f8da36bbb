//! The talk in this browser: what the visitor writes, what the assistant answers, and asking for a person.

use super::helper::Helper;
use super::{Body, Chat, Delivery, Effect, Entry, Mode, Moment, Notice, Speaker, Standing, ToHost};
use assistant::{Heard, Reply};
use protocol::inspect::PreviewReport;
use protocol::{BrowserAuthor, Content, HandOff, Line, RequestId, Timestamp, VisitorFrame};

impl Chat {
    /// The visitor said something. What cannot be a message is not one: the composer has said so already.
    pub(super) fn visitor_says(&mut self, text: &str, moment: &mut Moment) {
        let Ok(line) = Line::new(text.trim()) else { return };
        let content = Content::Text { text: line };
        let to_assistant = self.assistant_may_speak();
        if to_assistant {
            self.report_held();
        }
        let delivery = self.report(BrowserAuthor::Visitor, &content, moment);
        self.add_said(Speaker::Visitor, content, delivery, moment.now);
        if to_assistant {
            self.record.greeted = true;
            self.assistant_hears(text.trim().to_owned(), moment);
        }
        self.dial_if_wanted();
    }

    /// The assistant's first words, once the panel was opened and the assistant is there. They are not reported
    /// before the visitor writes: looking is not a conversation.
    pub(super) fn greet_if_due(&mut self, moment: &mut Moment) {
        let due = self.open && !self.record.greeted && self.assistant_may_speak();
        if due && matches!(self.helper, Helper::Ready { .. }) {
            self.record.greeted = true;
            self.take_turn(Heard::Opened, moment);
        }
    }

    /// The visitor stops waiting, or ends the conversation once they have said that they mean it. It is so at once here:
    /// what they write next is for the assistant, at the bridge too, because requests are carried out in order.
    pub(super) fn end(&mut self, sure: bool, moment: &mut Moment) {
        let notice = match self.standing() {
            Standing::Assistant => return,
            Standing::Person { .. } if !sure => {
                self.ending = !self.ending;
                return;
            }
            Standing::Person { .. } => Notice::Ended,
            Standing::Asking | Standing::Waiting { .. } | Standing::LeavingMessage | Standing::Connecting => {
                Notice::WaitEnded
            }
        };
        let over = notice == Notice::Ended;
        let id = self.namer.name(moment);
        self.request(if over { VisitorFrame::End { id } } else { VisitorFrame::StopWaiting { id } });
        self.add_notice(notice, Some(id), moment.now);
        self.people_are_done(over, moment);
        self.button_goes();
    }

    /// The assistant answers again; in a conversation that is over it begins anew.
    pub(super) fn people_are_done(&mut self, over: bool, moment: &mut Moment) {
        if over {
            self.record.session = assistant::Session::default();
        }
        self.forget_call();
        self.record.wait = super::Wait::default();
        self.record.agent = None;
        self.typing.agent = None;
        let offers_help = matches!(self.helper, Helper::Ready { .. } | Helper::Loading);
        if let (true, Ok(content)) = (offers_help, Content::text(self.words.anything_else)) {
            // Reported, it would open what is over again, before the visitor has a say in it.
            let held = (!over).then(|| (self.namer.name(moment), Delivery::Held));
            self.add_said(Speaker::Assistant, content, held, moment.now);
        }
    }

    /// The entry's line was refused; it is asked for again under a new name.
    pub(super) fn retry(&mut self, key: u64, moment: &mut Moment) {
        let entries = &self.record.entries;
        let failed = entries.iter().find(|e| e.key == key && matches!(e.delivery, Delivery::Failed { .. }));
        let Some(Body::Said { by: Speaker::Visitor, content }) = failed.map(|entry| &entry.body) else {
            return;
        };
        let content = content.clone();
        let Some((id, delivery)) = self.report(BrowserAuthor::Visitor, &content, moment) else { return };
        self.record.change(
            |entry| entry.key == key,
            |entry| {
                entry.request = Some(id);
                entry.delivery = delivery;
            },
        );
        self.record_changed = true;
    }

    pub(super) fn add_said(
        &mut self,
        by: Speaker,
        content: Content,
        reported: Option<(RequestId, Delivery)>,
        at: Timestamp,
    ) {
        self.add(said(by, content, reported, at));
    }

    pub(super) fn add_notice(&mut self, notice: Notice, request: Option<RequestId>, at: Timestamp) {
        self.add(Entry { key: 0, at, body: Body::Noticed(notice), delivery: Delivery::Done, request });
    }

    /// Tells the visitor, once, that their request for a person waits for the bridge.
    pub(super) fn tell_kept(&mut self, now: Timestamp) {
        if self.standing() == Standing::Asking && self.link.unreachable && !self.record.wait.told_kept {
            self.record.wait.told_kept = true;
            self.add_notice(Notice::RequestKept, None, now);
        }
    }

    /// Tells the page around of a line that is now shown.
    pub(super) fn announce(&mut self, entry: &Entry) {
        if let (Mode::Site, Body::Said { by, content }) = (self.mode, &entry.body) {
            let (by, text) = (speaker_code(by), content.as_plain_text());
            self.effects.push(Effect::TellHost(ToHost::Message { by, text }));
            if let Content::UserDefined { json, text } = content {
                let (json, text) = (json.clone(), text.clone());
                self.effects.push(Effect::TellHost(ToHost::UserDefined { json, text }));
            }
        }
        if !self.open && entry.calls_for_reading() {
            self.record.unread += 1;
            self.record_changed = true;
            self.effects.push(Effect::TellHost(ToHost::Unread(self.record.unread)));
        }
    }

    /// What was written before it was known who answers, or while the assistant waited for an extension, is heard now.
    pub(super) fn catch_up(&mut self, moment: &mut Moment) {
        while !self.is_loading() && !self.record.calling && !self.record.unheard.is_empty() {
            let text = self.record.unheard.remove(0);
            self.record_changed = true;
            if self.assistant_may_speak() {
                self.assistant_hears(text, moment);
            }
        }
    }

    pub(super) fn take_turn(&mut self, heard: Heard, moment: &mut Moment) {
        let around = moment.surroundings();
        let Helper::Ready { assistant, .. } = &self.helper else { return };
        let turn = assistant::hear(assistant, &mut self.record.session, heard, &around);
        self.record_changed = true;
        self.say_in_turn(turn.replies, moment);
        if self.is_preview() {
            self.effects.push(Effect::Report(PreviewReport::Turn(Box::new(turn.trace))));
        }
        if let Some(hand_off) = turn.hand_off {
            self.hand_over(hand_off, moment);
        }
        if let Some(wanted) = turn.call {
            self.call(wanted);
        }
    }

    fn say_in_turn(&mut self, replies: Vec<Reply>, moment: &mut Moment) {
        let held = self.mode == Mode::Site && !self.visitor_has_spoken();
        // A pause that nothing follows keeps nothing back.
        let mut pauses = Vec::new();
        for reply in replies {
            let content = match reply {
                Reply::Pause { ms, typing } => {
                    pauses.push((ms, typing));
                    continue;
                }
                Reply::Say(content) => content,
            };
            for (ms, typing) in pauses.drain(..) {
                self.pause(ms, typing);
            }
            let reported = match held {
                true => Some((self.namer.name(moment), Delivery::Held)),
                false => self.report(BrowserAuthor::Assistant, &content, moment),
            };
            self.add_in_turn(said(Speaker::Assistant, content, reported, moment.now));
        }
    }

    /// Whether the visitor has said anything in this conversation, as far as the log remembers.
    fn visitor_has_spoken(&self) -> bool {
        let newest = self.record.entries.iter().rev();
        let begins = |entry: &Entry| match &entry.body {
            Body::Noticed(notice) => *notice == Notice::Ended,
            Body::Said { .. } => entry.delivery == Delivery::Held,
        };
        newest.take_while(|entry| !begins(entry)).any(|entry| entry.is_visitors())
    }

    fn assistant_hears(&mut self, text: String, moment: &mut Moment) {
        self.give_up_lost_call(moment);
        match self.helper {
            Helper::Loading => self.record.unheard.push(text),
            Helper::Ready { .. } if self.record.calling => self.record.unheard.push(text),
            Helper::Ready { .. } => self.take_turn(Heard::Said(text), moment),
            Helper::Absent => self.hand_over(self.direct_hand_off(), moment),
        }
    }

    fn add(&mut self, entry: Entry) {
        self.end_pauses();
        self.add_in_turn(entry);
    }

    fn add_in_turn(&mut self, entry: Entry) {
        let entry = self.record.add(entry);
        self.record_changed = true;
        if !self.is_pausing() {
            self.announce(&entry);
        }
    }

    fn hand_over(&mut self, hand_off: HandOff, moment: &mut Moment) {
        match self.mode {
            Mode::Preview => self.add_notice(Notice::Demonstrated(Box::new(hand_off)), None, moment.now),
            Mode::Site => {
                self.report_held();
                self.record.wait = super::Wait::default();
                let id = self.namer.name(moment);
                self.request(VisitorFrame::RequestAgent { id, hand_off });
                self.tell_kept(moment.now);
            }
        }
    }

    /// Puts a line into the outbox; gives back its name and how it fares. A preview reports nothing.
    fn report(
        &mut self,
        author: BrowserAuthor,
        content: &Content,
        moment: &mut Moment,
    ) -> Option<(RequestId, Delivery)> {
        if self.is_preview() {
            return None;
        }
        let id = self.namer.name(moment);
        self.request(VisitorFrame::Say { id, author, content: content.clone(), written_at: moment.now });
        Some((id, Delivery::Sending))
    }

    /// Reports what the assistant said before the visitor wrote.
    fn report_held(&mut self) {
        let mut held = Vec::new();
        for entry in self.record.entries.iter().filter(|entry| entry.delivery == Delivery::Held) {
            if let (Body::Said { content, .. }, Some(id)) = (&entry.body, entry.request) {
                let (author, written_at) = (BrowserAuthor::Assistant, entry.at);
                held.push(VisitorFrame::Say { id, author, content: content.clone(), written_at });
            }
        }
        for frame in held {
            let id = frame.request();
            self.record.change(|entry| entry.request == id, |entry| entry.delivery = Delivery::Sending);
            self.request(frame);
        }
    }
}

fn said(by: Speaker, content: Content, reported: Option<(RequestId, Delivery)>, at: Timestamp) -> Entry {
    let (request, delivery) = reported.map_or((None, Delivery::Done), |(id, delivery)| (Some(id), delivery));
    Entry { key: 0, at, body: Body::Said { by, content }, delivery, request }
}

fn speaker_code(speaker: &Speaker) -> &'static str {
    match speaker {
        Speaker::Visitor => "visitor",
        Speaker::Assistant => "assistant",
        Speaker::Agent { .. } => "agent",
        Speaker::Business => "business",
    }
}
