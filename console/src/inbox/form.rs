//! What is asked before something is done: why, to whom, as what.

use super::{Effect, Inbox, Moment};
use protocol::limits::SNOOZE_SECONDS_MAX;
use protocol::setup::ReasonUse;
use protocol::{Act, ConversationId, ReasonId, Refusal, RefusalCode, Target, Terms, Timestamp};

const NOTE_MISSING: &str = "Leave a note: colleagues need one.";
const WHO_MISSING: &str = "Choose who is to have it.";

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
    /// Giving it to somebody, or letting it wait for others.
    Assign,
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
    /// Until when; `None` is no time that can be read.
    Until(Option<Timestamp>),
    /// Whether they get it even without room, or without being there.
    Anyway(bool),
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
    /// Until when.
    pub until: Option<Timestamp>,
    /// Whether they get it even without room, or without being there.
    pub anyway: bool,
    /// All that is missing.
    pub problems: Vec<String>,
}

impl Form {
    /// One with nothing filled in.
    pub fn new(kind: FormKind, conversation: ConversationId) -> Self {
        Self {
            kind,
            conversation,
            target: None,
            reason: None,
            note: String::new(),
            until: None,
            anyway: false,
            problems: Vec::new(),
        }
    }

    fn fill(&mut self, field: Field) {
        self.problems.clear();
        match field {
            Field::Target(target) => self.target = target,
            Field::Reason(reason) => self.reason = reason,
            Field::Note(note) => self.note = note,
            Field::Until(until) => self.until = until,
            Field::Anyway(anyway) => self.anyway = anyway,
        }
    }

    /// What is to be done, or all that is missing for it.
    fn act(&self, terms: Terms, now: Timestamp) -> Result<Act, Vec<&'static str>> {
        let note = Some(self.note.trim().to_owned()).filter(|note| !note.is_empty());
        let missing = self.missing(terms, note.is_some(), now);
        if !missing.is_empty() {
            return Err(missing);
        }
        match (self.kind, self.target.clone(), self.reason.clone(), self.until) {
            (FormKind::Decline, _, reason, _) => Ok(Act::Decline { reason }),
            (FormKind::Close, _, category, _) => Ok(Act::Close { category, note }),
            (FormKind::Transfer, Some(to), Some(reason), _) => Ok(Act::Transfer { to, reason, note }),
            (FormKind::Assign, Some(to), _, _) => Ok(Act::Assign { to, even_if_unavailable: self.anyway }),
            (FormKind::Snooze, _, _, Some(until)) => Ok(Act::Snooze { until }),
            (FormKind::Transfer | FormKind::Assign | FormKind::Snooze, _, _, _) => Err(missing),
        }
    }

    /// All that is missing, a sentence each.
    fn missing(&self, terms: Terms, noted: bool, now: Timestamp) -> Vec<&'static str> {
        let (nobody, no_reason) = (self.target.is_none(), self.reason.is_none());
        let too_late = now.plus_seconds(SNOOZE_SECONDS_MAX);
        let no_time = self.until.is_none_or(|until| until <= now || until > too_late);
        let asked = match self.kind {
            FormKind::Decline => vec![],
            FormKind::Close => vec![
                (terms.closing_needs_category && no_reason, "Choose a category."),
                (terms.closing_needs_note && !noted, NOTE_MISSING),
            ],
            FormKind::Transfer => vec![
                (nobody, WHO_MISSING),
                (no_reason, "Choose why you pass it on."),
                (terms.transfer_needs_note && !noted, NOTE_MISSING),
            ],
            FormKind::Assign => vec![(nobody, WHO_MISSING)],
            FormKind::Snooze => vec![(no_time, "Choose a date and a time to come, within a year.")],
        };
        asked.into_iter().filter(|(missing, _)| *missing).map(|(_, words)| words).collect()
    }

    /// The form that asked for this.
    fn of(act: &Act, conversation: ConversationId) -> Option<Self> {
        if let Act::Close { category, note } = act {
            let form = Self::new(FormKind::Close, conversation);
            Some(Self { reason: category.clone(), note: note.clone().unwrap_or_default(), ..form })
        } else if let Act::Assign { to, even_if_unavailable } = act {
            let form = Self::new(FormKind::Assign, conversation);
            Some(Self { target: Some(to.clone()), anyway: *even_if_unavailable, ..form })
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
        match form.act(terms, at.now) {
            Ok(act) => {
                let conversation = form.conversation;
                self.form = None;
                self.act(conversation, act, at)
            }
            Err(missing) => {
                form.problems = missing.into_iter().map(str::to_owned).collect();
                Vec::new()
            }
        }
    }

    /// What was refused for want of a reason, a note or somebody who can have it is asked again, with what was filled in.
    pub(super) fn ask_again(&mut self, act: &Act, there: ConversationId, refusal: &Refusal) -> bool {
        let somebody_else = matches!(refusal.code, RefusalCode::NotOnline | RefusalCode::NoRoom)
            && matches!(act, Act::Assign { .. } | Act::Transfer { .. });
        let wants =
            somebody_else || matches!(refusal.code, RefusalCode::ReasonRequired | RefusalCode::NoteRequired);
        let form =
            Form::of(act, there).filter(|_| wants && self.form.is_none() && self.selected == Some(there));
        let asked = form.is_some();
        self.form =
            form.map(|form| Form { problems: vec![refusal.message.clone()], ..form }).or(self.form.take());
        asked
    }

    /// Whether there is anything to say before closing.
    pub(super) fn asks_before_closing(&self) -> bool {
        self.office.terms().closing_needs_note || self.office.reasons(ReasonUse::Close).next().is_some()
    }
}
