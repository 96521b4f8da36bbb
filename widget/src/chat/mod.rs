//! What the chat decides. [`Chat::update`] takes one message and says what is to be done about it; `browser/` does it,
//! `components/` draw what is here. No clock, no chance, no browser.

mod call;
mod effect;
mod entry;
mod happenings;
mod helper;
mod link;
mod moment;
mod msg;
mod pauses;
mod preview;
mod record;
mod standing;
mod talk;
mod typing;

#[cfg(test)]
mod tests;

pub use effect::{Effect, ToHost};
pub use entry::{Body, Delivery, Entry, Notice, Speaker};
pub use moment::{Moment, Namer};
pub use msg::{Alarm, FetchFailure, Msg, SocketNews};
pub use record::{Cursor, ENTRIES_MAX, Record, Wait};
pub use standing::Standing;

use crate::locale::Words;
use helper::Helper;
use link::Link;
use protocol::link::{Backoff, Outbox};
use protocol::{SiteCard, VisitorFrame};
use std::rc::Rc;

/// Why the chat runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A visitor talks to the business.
    Site,
    /// An author tries the assistant: no socket, no storage, nobody is transferred.
    Preview,
}

/// What a chat begins with.
pub struct Start {
    /// Why it runs.
    pub mode: Mode,
    /// The words it uses.
    pub words: &'static Words,
    /// Languages the visitor reads, the best first, as tags.
    pub languages: Vec<String>,
    /// What was kept.
    pub record: Record,
    /// Requests that were not answered.
    pub requests: Vec<VisitorFrame>,
    /// What the visitor had begun to write.
    pub draft: String,
}

/// Why the chat cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// The bridge speaks a newer protocol: the page must be reloaded.
    Outdated,
    /// The bridge knows no such site.
    UnknownSite,
}

/// The chat.
#[derive(Debug)]
pub struct Chat {
    mode: Mode,
    words: &'static Words,
    languages: Vec<String>,
    record: Record,
    draft: String,
    requests: Outbox<VisitorFrame>,
    namer: Namer,
    card: Option<SiteCard>,
    helper: Helper,
    link: Link,
    fetching: Backoff,
    blocked: Option<Blocked>,
    open: bool,
    /// The visitor is asked whether they mean to end the conversation.
    ending: bool,
    typing: typing::Typing,
    pauses: pauses::Pauses,
    calls: call::Calls,
    record_changed: bool,
    effects: Vec<Effect>,
}

impl Chat {
    /// A chat that goes on where the last one stopped, and what is to be done first.
    pub fn begin(start: Start) -> (Self, Vec<Effect>) {
        let Start { mode, words, languages, mut record, requests, draft } = start;
        record.reconcile(&requests);
        let mut outbox = Outbox::default();
        for frame in requests {
            if let Some(id) = frame.request() {
                outbox.put(id, frame);
            }
        }
        let mut chat = Self {
            mode,
            words,
            languages,
            record,
            draft,
            requests: outbox,
            namer: Namer::default(),
            card: None,
            helper: Helper::Loading,
            link: Link::default(),
            fetching: Backoff::default(),
            blocked: None,
            open: false,
            ending: false,
            typing: typing::Typing::default(),
            pauses: pauses::Pauses::default(),
            calls: call::Calls::default(),
            record_changed: false,
            effects: vec![Effect::FetchCard],
        };
        chat.dial_if_wanted();
        if chat.record.unread > 0 {
            chat.effects.push(Effect::TellHost(ToHost::Unread(chat.record.unread)));
        }
        let effects = chat.take_effects();
        (chat, effects)
    }

    /// Takes one message.
    pub fn update(&mut self, msg: Msg, moment: &mut Moment) -> Vec<Effect> {
        match msg {
            Msg::Opened { focus } => self.opened(focus, moment),
            Msg::Closed => self.open = false,
            Msg::CloseAsked => self.effects.push(Effect::TellHost(ToHost::Close)),
            Msg::Drafted(text) => self.drafted(text, moment),
            Msg::Submitted => self.submitted(moment),
            Msg::Chose(label) => {
                self.visitor_says(&label, moment);
                self.button_goes();
            }
            Msg::Emitted { event, data } => {
                self.effects.push(Effect::TellHost(ToHost::Event { event, data }));
            }
            Msg::Said(text) => self.visitor_says(&text, moment),
            Msg::EndAsked => self.end(false, moment),
            Msg::EndConfirmed => self.end(true, moment),
            Msg::EndKept => {
                self.ending = false;
                self.button_goes();
            }
            Msg::RetryAsked(key) => {
                self.retry(key, moment);
                self.button_goes();
            }
            Msg::CardCame(card) => self.card_came(card, moment),
            Msg::DefinitionCame { hash, bytes } => self.definition_came(hash, bytes, moment),
            Msg::DraftCame { path, bytes } => self.draft_came(&path, bytes, moment),
            Msg::Called { call, outcome } => self.called(call, outcome, moment),
            Msg::Socket { dial, news } => self.socket_news(dial, news, moment),
            Msg::Woke(alarm) => self.woke(alarm, moment),
            Msg::Awoke => self.awoke(),
            Msg::Ordered(order) => self.ordered(order, moment),
        }
        self.ending = self.asks_whether_to_end();
        self.take_effects()
    }

    /// The whole log, oldest first, with what a pause of the assistant still keeps back.
    pub fn entries(&self) -> &Rc<Vec<Rc<Entry>>> {
        &self.record.entries
    }

    /// What survives a reload.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// What the visitor has begun to write.
    pub fn draft(&self) -> &str {
        &self.draft
    }

    /// The site's card, once it was fetched.
    pub fn card(&self) -> Option<&SiteCard> {
        self.card.as_ref()
    }

    /// Whether a preview runs.
    pub fn is_preview(&self) -> bool {
        self.mode == Mode::Preview
    }

    /// Why the chat cannot be used, if it cannot.
    pub fn blocked(&self) -> Option<Blocked> {
        self.blocked
    }

    /// Whether the panel is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    fn opened(&mut self, focus: bool, moment: &mut Moment) {
        self.open = true;
        if focus {
            self.effects.push(Effect::FocusComposer);
        }
        if self.record.unread > 0 {
            self.record.unread = 0;
            self.record_changed = true;
            self.effects.push(Effect::TellHost(ToHost::Unread(0)));
        }
        self.greet_if_due(moment);
        self.resume_if_due(moment);
        self.dial_if_wanted();
    }

    /// The button that was pressed disappears; whoever works with the keyboard must not be lost with it.
    fn button_goes(&mut self) {
        self.effects.push(Effect::FocusComposer);
    }

    fn submitted(&mut self, moment: &mut Moment) {
        let text = std::mem::take(&mut self.draft);
        if protocol::Line::new(text.as_str()).is_err() {
            self.draft = text;
            return;
        }
        self.effects.push(Effect::KeepDraft);
        self.visitor_stopped_typing();
        self.visitor_says(&text, moment);
    }

    fn woke(&mut self, alarm: Alarm, moment: &mut Moment) {
        match alarm {
            Alarm::Dial => self.dial_again(),
            Alarm::Silence => self.silent(moment),
            Alarm::Resend => self.resend(),
            Alarm::Fetch => self.fetch_again(),
            Alarm::VisitorPaused => self.visitor_stopped_typing(),
            Alarm::AgentPaused => self.typing.agent = None,
            Alarm::Reveal => self.reveal(),
            Alarm::Call => self.call_takes_too_long(moment),
        }
    }

    fn take_effects(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.record_changed) {
            self.effects.push(Effect::KeepRecord);
        }
        std::mem::take(&mut self.effects)
    }
}
