//! The agents' inbox as a pure state machine: no page, no socket, no clock.
//!
//! [`Inbox::update`] takes a [`Msg`] and answers with [`Effect`]s for `browser/` to carry out. Time and chance arrive with
//! every message as a [`Moment`].

mod asked;
pub mod facts;
pub mod form;
pub mod happened;
mod heard;
mod held;
pub mod keys;
mod link;
pub mod lists;
pub mod mention;
mod message;
pub mod office;
mod requests;
#[cfg(test)]
mod samples;
mod standing;
mod thread;
pub mod transcript;
mod typing;
pub mod why;
pub mod words;

pub use facts::{Asked, Facts};
pub use held::Card;
pub use link::LinkView;
pub use message::{Effect, Moment, Msg};
pub use requests::{Mark, Unsent};
pub use standing::Standing;
pub use thread::{Progress, Thread};

use form::Form;
use link::Link;
use lists::Summaries;
use mention::Mentioning;
use office::Office;
use protocol::{AgentBadge, AgentFrame, AgentStatus, ConversationId, Timestamp};
use requests::Requests;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;
use typing::Typing;

/// Conversations whose events stay in memory after another one was chosen.
const THREADS_KEPT_MAX: usize = 20;

/// How long a notice stays.
const NOTICE_SECONDS: u64 = 8;

/// After so long without a key or a movement nobody sits here.
const IDLE_SECONDS: u64 = 10 * 60;

/// After a temporary refusal, this long passes before everything unanswered is sent again.
const RETRY_SECONDS: u64 = 3;

/// What survives a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    requests: Requests,
    drafts: BTreeMap<ConversationId, String>,
    #[serde(default)]
    comments: BTreeMap<ConversationId, String>,
}

/// Something the agent is told in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: String,
    shown_at: Timestamp,
}

/// The inbox. Everything is readable for those who draw; only [`Inbox::update`] changes it.
#[derive(Clone, Debug)]
pub struct Inbox {
    pub(crate) me: AgentBadge,
    pub(crate) link: Link,
    pub(crate) status: AgentStatus,
    /// Chosen and not confirmed yet.
    pub(crate) status_wanted: Option<AgentStatus>,
    pub(crate) office: Rc<Office>,
    /// The lists have been told at least once.
    pub(crate) loaded: bool,
    pub(crate) summaries: Summaries,
    /// What colleagues have, when that was last asked for.
    held: Summaries,
    held_asked_at: Option<Timestamp>,
    threads: BTreeMap<ConversationId, Rc<Thread>>,
    pub(crate) selected: Option<ConversationId>,
    cursor: Option<ConversationId>,
    drafts: BTreeMap<ConversationId, String>,
    comments: BTreeMap<ConversationId, String>,
    /// What is written is for colleagues, by choice.
    aside: bool,
    mentioning: Mentioning,
    pub(crate) requests: Requests,
    typing: Typing,
    retry_at: Option<Timestamp>,
    pub(crate) notice: Option<Notice>,
    /// For those who listen instead of looking.
    pub(crate) announcement: String,
    pub(crate) confirming_close: bool,
    /// What has to be asked before something is done.
    pub(crate) form: Option<Form>,
    pub(crate) menu_shown: bool,
    pub(crate) confirming_sign_out: bool,
    pub(crate) details_shown: bool,
    pub(crate) help_shown: bool,
    /// Why the draft cannot be sent.
    pub(crate) draft_problem: Option<String>,
    active_at: Timestamp,
    /// Nobody sits here, as far as keys and movements tell.
    idle: bool,
}

impl Inbox {
    /// An inbox that knows nothing yet but who looks at it, what a reload left behind, and which conversation the address
    /// names; and the first thing to do.
    pub fn start(
        me: AgentBadge,
        kept: Kept,
        selected: Option<ConversationId>,
        now: Timestamp,
    ) -> (Self, Vec<Effect>) {
        let mut inbox = Self {
            me,
            link: Link::new(now),
            status: AgentStatus::Offline,
            status_wanted: None,
            office: Rc::default(),
            loaded: false,
            summaries: Summaries::new(),
            held: Summaries::new(),
            held_asked_at: None,
            threads: BTreeMap::new(),
            selected,
            cursor: None,
            drafts: kept.drafts,
            comments: kept.comments,
            aside: false,
            mentioning: Mentioning::default(),
            requests: kept.requests,
            typing: Typing::default(),
            retry_at: None,
            notice: None,
            announcement: String::new(),
            confirming_close: false,
            form: None,
            menu_shown: false,
            confirming_sign_out: false,
            details_shown: true,
            help_shown: false,
            draft_problem: None,
            active_at: now,
            idle: false,
        };
        inbox.threads.extend(selected.map(|id| (id, Rc::default())));
        let dial = inbox.link.dial(now);
        (inbox, vec![dial])
    }

    /// Decides.
    pub fn update(&mut self, msg: Msg, at: Moment) -> Vec<Effect> {
        if !matches!(msg, Msg::SignOutPressed | Msg::Tick | Msg::Active) {
            self.confirming_sign_out = false;
        }
        match msg {
            Msg::SocketOpened { call } => self.link.opened(call).into_iter().collect(),
            Msg::Heard { call, frame } if self.link.heard(call, at.now) => self.heard(*frame, at.now),
            Msg::Heard { .. } => Vec::new(),
            Msg::SocketLost { call } => self.link.lost(call, at.now, at.number()),
            Msg::DialDue { call } => self.link.dial_due(call, at.now).into_iter().collect(),
            Msg::Woken => self.link.woken(at.now).into_iter().collect(),
            Msg::Tick => self.tick(at),
            Msg::StatusChosen(status) => self.choose_status(status),
            Msg::Chosen(conversation) => self.choose(conversation),
            Msg::RowFocused(conversation) => {
                self.cursor = Some(conversation);
                Vec::new()
            }
            Msg::AcceptPressed(conversation) => self.accept(conversation, at),
            Msg::DeclinePressed(conversation) => self.decline(conversation, at),
            Msg::ActPressed(act) => self.act_chosen(act, at),
            Msg::MenuToggled => {
                self.menu_shown = !self.menu_shown;
                Vec::new()
            }
            Msg::FormOpened(kind) => self.open_form(kind),
            Msg::FormFilled(field) => self.fill_form(field),
            Msg::FormSubmitted => self.submit_form(at),
            Msg::FormLeft => self.leave_form(),
            Msg::AsideChosen(aside) => self.choose_aside(aside),
            Msg::HeldTold(cards) => self.held_told(cards),
            Msg::MentionMoved(by) => self.move_mention(by),
            Msg::MentionChosen(target) => self.choose_mention(target, at.now),
            Msg::MentionsLeft => self.leave_mentions(),
            Msg::Active => self.active(at.now).into_iter().collect(),
            Msg::Drafted(text) => self.draft_changed(text, at.now),
            Msg::SendPressed => self.send_draft(at),
            Msg::RetryPressed(id) => self.retry(id),
            Msg::DiscardPressed(id) => self.discard(id),
            Msg::ClosePressed => self.close(at),
            Msg::CloseKept => {
                self.confirming_close = false;
                Vec::new()
            }
            Msg::NoticeDismissed => {
                self.notice = None;
                Vec::new()
            }
            Msg::DetailsToggled => {
                self.details_shown = !self.details_shown;
                Vec::new()
            }
            Msg::Key(shortcut) => self.key(shortcut, at),
            Msg::SignOutPressed => self.sign_out(at.now),
        }
    }

    /// What a reload must find.
    pub fn kept(&self) -> Kept {
        Kept { requests: self.requests.clone(), drafts: self.drafts.clone(), comments: self.comments.clone() }
    }

    /// The chosen conversation.
    pub fn thread(&self) -> Option<&Rc<Thread>> {
        self.threads.get(&self.selected?)
    }

    /// What the chosen conversation is to me.
    pub fn standing(&self) -> Standing {
        self.thread().map_or(Standing::Unknown, |thread| Standing::of(thread, self.me.id))
    }

    /// Whether what is written is for colleagues: by choice, or because nobody else can be written to any more.
    pub fn is_aside(&self) -> bool {
        self.aside || self.standing().takes_only_notes()
    }

    /// What is written there and not sent, to the visitor or to colleagues.
    pub fn draft(&self, conversation: ConversationId) -> &str {
        let drafts = if self.is_aside() { &self.comments } else { &self.drafts };
        drafts.get(&conversation).map_or("", String::as_str)
    }

    /// The status the agent wants to have, whether or not the bridge has confirmed it.
    pub fn status_shown(&self) -> AgentStatus {
        self.status_wanted.unwrap_or(self.status)
    }

    /// The window's title: what waits comes first, because tabs cut the rest.
    pub fn title(&self) -> String {
        match lists::attention(&self.summaries, self.me.id) {
            0 => "Inbox · Passerelle".to_owned(),
            count => format!("({count}) Inbox · Passerelle"),
        }
    }

    fn tick(&mut self, at: Moment) -> Vec<Effect> {
        let mut effects = self.link.tick(at.now, at.number());
        if self.notice.as_ref().is_some_and(|n| at.now.millis_since(n.shown_at) > NOTICE_SECONDS * 1_000) {
            self.notice = None;
        }
        if self.link.is_up() && self.retry_at.is_some_and(|due| at.now >= due) {
            self.retry_at = None;
            effects.extend(self.resend());
        }
        effects.extend(self.idle_since(at.now));
        effects.extend(self.ask_held(at.now));
        let told = self.typing.tick(at.now);
        effects.extend(self.tell_typing(told));
        effects
    }

    /// Whoever is away from the keyboard is told of once.
    fn idle_since(&mut self, now: Timestamp) -> Option<Effect> {
        let long = now.millis_since(self.active_at) >= IDLE_SECONDS * 1_000;
        if self.idle || !long {
            return None;
        }
        self.idle = true;
        self.send(AgentFrame::Idle { idle: true })
    }

    fn active(&mut self, now: Timestamp) -> Option<Effect> {
        self.active_at = now;
        let back = std::mem::take(&mut self.idle);
        if back { self.send(AgentFrame::Idle { idle: false }) } else { None }
    }

    fn resend(&self) -> Vec<Effect> {
        let idle = self.idle.then_some(AgentFrame::Idle { idle: true });
        let status = self.status_wanted.map(|status| AgentFrame::SetStatus { status });
        idle.into_iter().chain(status).chain(self.requests.to_resend()).map(Effect::Send).collect()
    }

    /// Sends now when the bridge is there. What has a name is also kept, so that it goes out later when it is not.
    fn send(&self, frame: AgentFrame) -> Option<Effect> {
        self.link.is_up().then_some(Effect::Send(frame))
    }

    fn thread_mut(&mut self, conversation: ConversationId) -> Option<&mut Thread> {
        self.threads.get_mut(&conversation).map(Rc::make_mut)
    }

    fn notify(&mut self, text: impl Into<String>, now: Timestamp) {
        self.notice = Some(Notice { text: text.into(), shown_at: now });
    }
}

#[cfg(test)]
mod tests;
