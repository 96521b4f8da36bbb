//! What is asked before something is done: why, to whom, as what.

use super::{Effect, Inbox, Moment};
use protocol::setup::ReasonUse;
use protocol::{Act, ConversationId, ReasonId, Refusal, RefusalCode, Target, Terms};

const NOTE_MISSING: &str = "Leave a note: colleagues need one.";

/// For what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// Saying no to an offer.
    Decline,
    /// Passing it on.
    Transfer,
    /// Closing it.
    Close,
    /// Putting it aside.
    Snooze,
}

/// Something filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// To whom.
    Target(Option<Target>),
    /// Why, or as what.
    Reason(Option<ReasonId>),
    /// In some words.
    Note(String),
}

/// A form that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// For what.
    pub kind: FormKind,
    /// For which conversation.
    pub conversation: ConversationId,
    /// To whom.
    pub target: Option<Target>,
    /// Why, or as what.
    pub reason: Option<ReasonId>,
    /// In some words.
    pub note: String,
    /// What is missing.
    pub problem: Option<String>,
}

impl Form {
    /// One with nothing filled in.
    pub fn new(kind: FormKind, conversation: ConversationId) -> Self {
        Self { kind, conversation, target: None, reason: None, note: String::new(), problem: None }
    }

    fn fill(&mut self, field: Field) {
        self.problem = None;
        match field {
            Field::Target(target) => self.target = target,
            Field::Reason(reason) => self.reason = reason,
            Field::Note(note) => self.note = note,
        }
    }

    /// What is to be done, or what is missing for it.
    fn act(&self, terms: Terms) -> Result<Act, &'static str> {
        let note = Some(self.note.trim().to_owned()).filter(|note| !note.is_empty());
        match self.kind {
            FormKind::Decline => Ok(Act::Decline { reason: self.reason.clone() }),
            FormKind::Close if terms.closing_needs_category && self.reason.is_none() => {
                Err("Choose what it was about.")
            }
            FormKind::Close if terms.closing_needs_note && note.is_none() => Err(NOTE_MISSING),
            FormKind::Close => Ok(Act::Close { category: self.reason.clone(), note }),
            FormKind::Transfer => {
                let to = self.target.clone().ok_or("Choose who is to have it.")?;
                let reason = self.reason.clone().ok_or("Choose why you pass it on.")?;
                if terms.transfer_needs_note && note.is_none() {
                    return Err(NOTE_MISSING);
                }
                Ok(Act::Transfer { to, reason, note })
            }
            FormKind::Snooze => Err("Choose until when."),
        }
    }

    /// The form that asked for this.
    fn of(act: &Act, conversation: ConversationId) -> Option<Self> {
        if let Act::Close { category, note } = act {
            let form = Self::new(FormKind::Close, conversation);
            Some(Self { reason: category.clone(), note: note.clone().unwrap_or_default(), ..form })
        } else if let Act::Transfer { to, reason, note } = act {
            let (target, reason) = (Some(to.clone()), Some(reason.clone()));
            let form = Self::new(FormKind::Transfer, conversation);
            Some(Self { target, reason, note: note.clone().unwrap_or_default(), ..form })
        } else {
            None
        }
    }
}

impl Inbox {
    /// Asks what has to be asked. Closing where there is nothing to choose from is asked about in its own place.
    pub(super) fn open_form(&mut self, kind: FormKind) -> Vec<Effect> {
        self.menu_shown = false;
        if let Some(conversation) = self.selected {
            self.form = Some(Form::new(kind, conversation));
        }
        Vec::new()
    }

    pub(super) fn fill_form(&mut self, field: Field) -> Vec<Effect> {
        if let Some(form) = &mut self.form {
            form.fill(field);
        }
        Vec::new()
    }

    pub(super) fn leave_form(&mut self) -> Vec<Effect> {
        self.form = None;
        Vec::new()
    }

    pub(super) fn submit_form(&mut self, at: Moment) -> Vec<Effect> {
        let terms = self.office.terms();
        let Some(form) = &mut self.form else { return Vec::new() };
        match form.act(terms) {
            Ok(act) => {
                let conversation = form.conversation;
                self.form = None;
                self.act(conversation, act, at)
            }
            Err(missing) => {
                form.problem = Some(missing.to_owned());
                Vec::new()
            }
        }
    }

    /// What was refused for want of a reason or a note is asked again, with what was filled in.
    pub(super) fn ask_again(&mut self, act: &Act, there: ConversationId, refusal: &Refusal) -> bool {
        let wants = matches!(refusal.code, RefusalCode::ReasonRequired | RefusalCode::NoteRequired);
        let form =
            Form::of(act, there).filter(|_| wants && self.form.is_none() && self.selected == Some(there));
        let asked = form.is_some();
        self.form =
            form.map(|form| Form { problem: Some(refusal.message.clone()), ..form }).or(self.form.take());
        asked
    }

    /// Whether there is anything to say before closing.
    pub(super) fn asks_before_closing(&self) -> bool {
        self.office.terms().closing_needs_note || self.office.reasons(ReasonUse::Close).next().is_some()
    }
}
