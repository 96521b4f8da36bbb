//! What the agent does, decided.

use super::form::{Form, FormKind};
use super::keys::Shortcut;
use super::mention::{self, Mentioning};
use super::typing::Typing;
use super::{Effect, Inbox, Moment, THREADS_KEPT_MAX, lists};
use protocol::setup::ReasonUse;
use protocol::{Act, AgentFrame, AgentStatus, ConversationId, Line, LineError, RequestId, Timestamp};
use std::rc::Rc;

impl Inbox {
    pub(super) fn choose_status(&mut self, status: AgentStatus) -> Vec<Effect> {
        self.status_wanted = Some(status);
        self.send(AgentFrame::SetStatus { status }).into_iter().collect()
    }

    pub(super) fn choose(&mut self, conversation: Option<ConversationId>) -> Vec<Effect> {
        if self.selected == conversation {
            return Vec::new();
        }
        let mut effects = self.leave_chosen();
        self.selected = conversation;
        if let Some(id) = conversation {
            self.cursor = conversation;
            self.remember(id);
            effects.extend(self.watch_chosen());
        }
        effects.push(Effect::ShowAddress);
        effects
    }

    pub(super) fn accept(&mut self, conversation: ConversationId, at: Moment) -> Vec<Effect> {
        if self.requests.awaited(conversation).is_some() {
            return Vec::new();
        }
        let mut effects = self.choose(Some(conversation));
        effects.extend(self.act(conversation, Act::Accept, at));
        effects
    }

    pub(super) fn decline(&mut self, conversation: ConversationId, at: Moment) -> Vec<Effect> {
        if self.office.reasons(ReasonUse::Decline).next().is_none() {
            return self.act(conversation, Act::Decline { reason: None }, at);
        }
        self.form = Some(Form::new(FormKind::Decline, conversation));
        Vec::new()
    }

    pub(super) fn act_chosen(&mut self, act: Act, at: Moment) -> Vec<Effect> {
        self.menu_shown = false;
        self.form = None;
        self.selected.map(|conversation| self.act(conversation, act, at)).unwrap_or_default()
    }

    /// One thing after the other: what is asked there and not answered yet decides what makes sense next.
    pub(super) fn act(&mut self, conversation: ConversationId, act: Act, at: Moment) -> Vec<Effect> {
        if self.requests.awaited(conversation).is_some() {
            return Vec::new();
        }
        self.ask(AgentFrame::Act { id: at.request(), conversation, act })
    }

    pub(super) fn choose_aside(&mut self, aside: bool) -> Vec<Effect> {
        let told = self.typing.stop();
        self.aside = aside;
        self.draft_problem = None;
        self.mentioning = Mentioning::default();
        self.tell_typing(told).into_iter().chain([Effect::FocusReply]).collect()
    }

    pub(super) fn draft_changed(&mut self, text: String, now: Timestamp) -> Vec<Effect> {
        let Some(conversation) = self.selected else { return Vec::new() };
        self.draft_problem = None;
        self.mentioning = Mentioning::default();
        let aside = self.is_aside();
        let told = self.typing.drafted(now, aside || text.trim().is_empty());
        let drafts = if aside { &mut self.comments } else { &mut self.drafts };
        if text.is_empty() {
            drafts.remove(&conversation);
        } else {
            drafts.insert(conversation, text);
        }
        let mut effects = vec![Effect::Keep];
        effects.extend(self.tell_typing(told));
        effects
    }

    pub(super) fn send_draft(&mut self, at: Moment) -> Vec<Effect> {
        let Some(conversation) = self.selected else { return Vec::new() };
        let standing = self.standing();
        let may = if self.is_aside() { standing.can_comment() } else { standing.may_write() };
        if !may {
            return Vec::new();
        }
        match Line::new(self.draft(conversation)) {
            Err(LineError::Blank) => Vec::new(),
            Err(too_long @ LineError::TooLong { .. }) => {
                self.draft_problem = Some(too_long.to_string());
                Vec::new()
            }
            Ok(text) => {
                let act = if self.is_aside() {
                    self.comments.remove(&conversation);
                    let mentions = mention::mentions(text.as_str(), &self.office);
                    Act::Comment { text, mentions }
                } else {
                    self.drafts.remove(&conversation);
                    Act::Say { text, written_at: at.now }
                };
                let told = self.typing.stop();
                let mut effects = self.ask(AgentFrame::Act { id: at.request(), conversation, act });
                effects.extend(self.tell_typing(told));
                effects
            }
        }
    }

    pub(super) fn retry(&mut self, id: RequestId) -> Vec<Effect> {
        let Some(frame) = self.requests.retry(id) else { return Vec::new() };
        let mut effects = vec![Effect::Keep];
        effects.extend(self.send(frame));
        effects
    }

    pub(super) fn discard(&mut self, id: RequestId) -> Vec<Effect> {
        self.requests.discard(id).map(|_| Effect::Keep).into_iter().collect()
    }

    pub(super) fn close(&mut self, at: Moment) -> Vec<Effect> {
        let Some(conversation) = self.selected else { return Vec::new() };
        if !self.standing().is_mine() || self.requests.awaited(conversation).is_some() {
            return Vec::new();
        }
        if self.asks_before_closing() {
            return self.open_form(FormKind::Close);
        }
        if !self.confirming_close {
            self.confirming_close = true;
            return Vec::new();
        }
        self.confirming_close = false;
        self.act(conversation, Act::Close { category: None, note: None }, at)
    }

    pub(super) fn sign_out(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.confirming_sign_out || self.requests.is_empty() {
            return vec![Effect::SignOut];
        }
        self.confirming_sign_out = true;
        self.notify("Something you wrote is not sent yet. Sign out again to leave without it.", now);
        Vec::new()
    }

    pub(super) fn key(&mut self, shortcut: Shortcut, at: Moment) -> Vec<Effect> {
        match shortcut {
            Shortcut::Next => self.move_cursor(1),
            Shortcut::Previous => self.move_cursor(-1),
            Shortcut::Accept => self.accept_by_key(at),
            Shortcut::Reply if self.standing().may_write() => self.choose_aside(false),
            Shortcut::Reply => Vec::new(),
            Shortcut::LeaveField => vec![Effect::Blur],
            Shortcut::Escape => self.step_out(),
            Shortcut::Help => {
                self.help_shown = !self.help_shown;
                Vec::new()
            }
        }
    }

    pub(super) fn tell_typing(&self, told: Option<bool>) -> Option<Effect> {
        let (typing, conversation) = (told?, self.selected?);
        self.send(AgentFrame::Typing { conversation, typing })
    }

    /// Asks for something by name: kept until it is answered, sent now if that is possible.
    fn ask(&mut self, frame: AgentFrame) -> Vec<Effect> {
        self.requests.put(frame.clone());
        let mut effects = vec![Effect::Keep];
        effects.extend(self.send(frame));
        effects
    }

    fn leave_chosen(&mut self) -> Vec<Effect> {
        let told = self.typing.stop();
        let mut effects: Vec<Effect> = self.tell_typing(told).into_iter().collect();
        if let Some(conversation) = self.selected {
            effects.extend(self.send(AgentFrame::Unwatch { conversation }));
        }
        self.typing = Typing::default();
        self.confirming_close = false;
        self.form = None;
        self.menu_shown = false;
        self.aside = false;
        self.draft_problem = None;
        self.mentioning = Mentioning::default();
        effects
    }

    /// Opens the conversation's thread, or the one from before, and forgets the oldest when there are too many.
    fn remember(&mut self, id: ConversationId) {
        let summary = self.summaries.get(&id).cloned();
        let thread = Rc::make_mut(self.threads.entry(id).or_default());
        if summary.is_some() {
            thread.summary = summary;
            thread.gone = false;
        }
        while self.threads.len() > THREADS_KEPT_MAX {
            let Some(oldest) = self.threads.keys().copied().find(|known| *known != id) else { break };
            self.threads.remove(&oldest);
        }
    }

    fn move_cursor(&mut self, by: isize) -> Vec<Effect> {
        let me = self.me.id;
        let rows = [lists::waiting(&self.summaries, me), lists::mine(&self.summaries, me), self.elsewhere()];
        let rows: Vec<ConversationId> =
            rows.concat().into_iter().map(|summary| summary.conversation).collect();
        let here = self.cursor.and_then(|cursor| rows.iter().position(|id| *id == cursor));
        let there = match here {
            Some(at) => at.saturating_add_signed(by).min(rows.len().saturating_sub(1)),
            None => 0,
        };
        self.cursor = rows.get(there).copied();
        self.cursor.map(Effect::FocusRow).into_iter().collect()
    }

    /// The focused row before the opened conversation: it is where the agent looks.
    fn accept_by_key(&mut self, at: Moment) -> Vec<Effect> {
        let me = self.me.id;
        let waits = |id: &ConversationId| self.summaries.get(id).is_some_and(|s| lists::is_waiting(s, me));
        match self.cursor.filter(waits).or(self.selected.filter(waits)) {
            Some(conversation) => self.accept(conversation, at),
            None => Vec::new(),
        }
    }

    fn step_out(&mut self) -> Vec<Effect> {
        if self.help_shown || self.confirming_close || self.menu_shown || self.form.is_some() {
            self.help_shown = false;
            self.confirming_close = false;
            self.menu_shown = false;
            self.form = None;
            return Vec::new();
        }
        let row = self.selected;
        let mut effects = self.choose(None);
        effects.extend(row.map(Effect::FocusRow));
        effects
    }
}
