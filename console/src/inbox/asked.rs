//! What the agent does, decided.

use super::keys::Shortcut;
use super::typing::Typing;
use super::{Effect, Inbox, Moment, Standing, THREADS_KEPT_MAX, lists};
use protocol::{AgentFrame, AgentStatus, ConversationId, Line, LineError, RequestId, Timestamp};
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
        effects.extend(self.ask(AgentFrame::Accept { id: at.request(), conversation }));
        effects
    }

    pub(super) fn decline(&mut self, conversation: ConversationId, at: Moment) -> Vec<Effect> {
        if self.requests.awaited(conversation).is_some() {
            return Vec::new();
        }
        self.ask(AgentFrame::Decline { id: at.request(), conversation })
    }

    pub(super) fn draft_changed(&mut self, text: String, now: Timestamp) -> Vec<Effect> {
        let Some(conversation) = self.selected else { return Vec::new() };
        self.draft_problem = None;
        let told = self.typing.drafted(now, text.trim().is_empty());
        if text.is_empty() {
            self.drafts.remove(&conversation);
        } else {
            self.drafts.insert(conversation, text);
        }
        let mut effects = vec![Effect::Keep];
        effects.extend(self.tell_typing(told));
        effects
    }

    pub(super) fn send_draft(&mut self, at: Moment) -> Vec<Effect> {
        let Some(conversation) = self.selected else { return Vec::new() };
        if self.standing() != Standing::Mine {
            return Vec::new();
        }
        match Line::new(self.draft(conversation)) {
            Err(LineError::Blank) => Vec::new(),
            Err(too_long @ LineError::TooLong { .. }) => {
                self.draft_problem = Some(too_long.to_string());
                Vec::new()
            }
            Ok(text) => {
                self.drafts.remove(&conversation);
                let told = self.typing.stop();
                let say = AgentFrame::Say { id: at.request(), conversation, text, written_at: at.now };
                let mut effects = self.ask(say);
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
        if self.standing() != Standing::Mine || self.requests.awaited(conversation).is_some() {
            return Vec::new();
        }
        if !self.confirming_close {
            self.confirming_close = true;
            return Vec::new();
        }
        self.confirming_close = false;
        self.ask(AgentFrame::Close { id: at.request(), conversation })
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
            Shortcut::Reply if self.standing() == Standing::Mine => vec![Effect::FocusReply],
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
        self.draft_problem = None;
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
        let rows: Vec<ConversationId> = lists::waiting(&self.summaries, me)
            .into_iter()
            .chain(lists::mine(&self.summaries, me))
            .map(|summary| summary.conversation)
            .collect();
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
        if self.help_shown || self.confirming_close {
            self.help_shown = false;
            self.confirming_close = false;
            return Vec::new();
        }
        let row = self.selected;
        let mut effects = self.choose(None);
        effects.extend(row.map(Effect::FocusRow));
        effects
    }
}
