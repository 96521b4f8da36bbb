//! The talk in this browser: what the visitor writes, what the assistant answers, and asking for a person.

use super::{
    Body, Chat, Delivery, Effect, Entry, FetchFailure, Helper, Mode, Moment, Notice, Speaker, Standing,
    ToHost,
};
use assistant::Heard;
use protocol::inspect::PreviewReport;
use protocol::{
    BrowserAuthor, Content, HandOff, HandOffReason, Line, RequestId, SiteCard, Timestamp, VisitorFrame,
};

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
        if due && matches!(self.helper, Helper::Ready(_)) {
            self.record.greeted = true;
            self.take_turn(Heard::Opened, moment);
        }
    }

    pub(super) fn card_came(&mut self, card: Result<SiteCard, FetchFailure>, moment: &mut Moment) {
        match card {
            Ok(card) => {
                self.effects.push(Effect::ShowLook { accent: card.look.accent.clone() });
                match &card.assistant {
                    Some(hash) => self.effects.push(Effect::FetchDefinition { hash: hash.clone() }),
                    None => self.nobody_automatic(self.words.none_published, moment),
                }
                self.card = Some(card);
            }
            Err(FetchFailure::NotThere) => self.blocked = Some(super::Blocked::UnknownSite),
            Err(FetchFailure::Unreachable) => self.fetch_later(moment),
        }
    }

    pub(super) fn definition_came(&mut self, json: Result<String, FetchFailure>, moment: &mut Moment) {
        match json.map(|json| assistant::read(&json)) {
            Ok(Ok(assistant)) => self.assistant_came(assistant, moment),
            Ok(Err(mistakes)) => {
                let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
                self.nobody_automatic(&lines.join("\n"), moment);
            }
            Err(FetchFailure::NotThere) => self.nobody_automatic(self.words.none_published, moment),
            Err(FetchFailure::Unreachable) => self.fetch_later(moment),
        }
    }

    pub(super) fn fetch_again(&mut self) {
        match self.card.as_ref().map(|card| &card.assistant) {
            None => self.effects.push(Effect::FetchCard),
            Some(Some(hash)) if self.is_loading() => {
                self.effects.push(Effect::FetchDefinition { hash: hash.clone() });
            }
            Some(_) => {}
        }
    }

    pub(super) fn assistant_came(&mut self, assistant: assistant::Assistant, moment: &mut Moment) {
        if self.is_preview() {
            let assistant = assistant.name().to_owned();
            self.effects.push(Effect::Report(PreviewReport::Ready { assistant }));
        }
        self.helper = Helper::Ready(Box::new(assistant));
        self.greet_if_due(moment);
        self.catch_up(moment);
    }

    /// The visitor stops waiting, or ends the conversation. It is over at once here: what they write next belongs to
    /// another conversation, at the bridge too, because requests are carried out in order.
    pub(super) fn end(&mut self, moment: &mut Moment) {
        if !self.can_end() {
            return;
        }
        let id = self.namer.name(moment);
        self.request(VisitorFrame::End { id });
        self.add_notice(Notice::Ended, Some(id), moment.now);
        self.conversation_over(moment);
    }

    /// The assistant answers again, and begins anew.
    pub(super) fn conversation_over(&mut self, moment: &mut Moment) {
        self.record.session = assistant::Session::default();
        self.record.wait = super::Wait::default();
        self.record.agent = None;
        self.typing.agent = None;
        let offers_help = matches!(self.helper, Helper::Ready(_) | Helper::Loading);
        if let (true, Ok(content)) = (offers_help, Content::text(self.words.anything_else)) {
            let held = Some((self.namer.name(moment), Delivery::Held));
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
        let (request, delivery) =
            reported.map_or((None, Delivery::Done), |(id, delivery)| (Some(id), delivery));
        self.add(Entry { key: 0, at, body: Body::Said { by, content }, delivery, request });
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

    fn add(&mut self, entry: Entry) {
        let entry = self.record.add(entry);
        self.record_changed = true;
        if let (Mode::Site, Body::Said { by, content }) = (self.mode, &entry.body) {
            let (by, text) = (speaker_code(by), content.as_plain_text());
            self.effects.push(Effect::TellHost(ToHost::Message { by, text }));
        }
        if !self.open && entry.calls_for_reading() {
            self.record.unread += 1;
            self.effects.push(Effect::TellHost(ToHost::Unread(self.record.unread)));
        }
    }

    fn assistant_hears(&mut self, text: String, moment: &mut Moment) {
        match self.helper {
            Helper::Loading => self.record.unheard.push(text),
            Helper::Ready(_) => self.take_turn(Heard::Said(text), moment),
            Helper::Absent => self.hand_over(self.direct_hand_off(), moment),
        }
    }

    /// What was written before it was known who answers is heard now.
    fn catch_up(&mut self, moment: &mut Moment) {
        for text in std::mem::take(&mut self.record.unheard) {
            if self.assistant_may_speak() {
                self.assistant_hears(text, moment);
            }
        }
        self.record_changed = true;
    }

    fn take_turn(&mut self, heard: Heard, moment: &mut Moment) {
        let Helper::Ready(assistant) = &self.helper else { return };
        let held = heard == Heard::Opened && self.mode == Mode::Site;
        let turn = assistant::hear(assistant, &mut self.record.session, heard, moment.chance());
        for content in turn.replies {
            let reported = match held {
                true => Some((self.namer.name(moment), Delivery::Held)),
                false => self.report(BrowserAuthor::Assistant, &content, moment),
            };
            self.add_said(Speaker::Assistant, content, reported, moment.now);
        }
        if self.is_preview() {
            self.effects.push(Effect::Report(PreviewReport::Turn(Box::new(turn.trace))));
        }
        if let Some(hand_off) = turn.hand_off {
            self.hand_over(hand_off, moment);
        }
        self.record_changed = true;
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

    /// There is no assistant: whoever has written is handed to people.
    fn nobody_automatic(&mut self, why: &str, moment: &mut Moment) {
        self.helper = Helper::Absent;
        self.effects.push(Effect::Warn(why.to_owned()));
        if self.is_preview() {
            let mistakes = why.lines().map(str::to_owned).collect();
            self.effects.push(Effect::Report(PreviewReport::Broken { mistakes }));
        }
        self.catch_up(moment);
    }

    fn direct_hand_off(&self) -> HandOff {
        HandOff {
            queue: None,
            reason: HandOffReason::AgentRequested,
            online_message: self.words.direct_online.to_owned(),
            offline_message: self.words.direct_offline.to_owned(),
            message_to_agent: None,
            action: None,
            collected: Vec::new(),
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

fn speaker_code(speaker: &Speaker) -> &'static str {
    match speaker {
        Speaker::Visitor => "visitor",
        Speaker::Assistant => "assistant",
        Speaker::Agent { .. } => "agent",
    }
}
