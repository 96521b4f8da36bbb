//! What holds in a whole workspace.

use super::Conduct;
use crate::{QueueId, VisitorId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What holds in a whole workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// In which order conversations are taken.
    pub rank: Rank,
    /// How people work who belong to no team.
    pub conduct: Conduct,
    /// Whether a conversation is closed only with a category. What nobody closes by hand needs none.
    pub closing_needs_category: bool,
    /// Whether a conversation is closed only with a note.
    pub closing_needs_note: bool,
    /// Whether a conversation is passed on only with a note; a reason is always needed.
    pub transfer_needs_note: bool,
    /// Whether a conversation can be passed to somebody who is away; it then lies in their inbox until they are back.
    pub transfer_to_offline: bool,
    /// When one conversation has been passed on this often, a supervisor is told, once; 0 is never.
    pub transfers_max: u32,
    /// Seconds for which a conversation does not go back to whom it was taken from.
    pub unassign_cooldown_seconds: u32,
    /// What becomes of conversations in which nobody writes.
    pub auto_close: AutoClose,
    /// Seconds after which an assistant's conversation is over in which nobody writes.
    pub assistant_close_seconds: u32,
    /// Seconds a visitor may be gone while waiting; `None` is for ever.
    pub abandon_seconds: Option<u32>,
    /// Seconds after closing in which a visitor's message opens the same conversation again; 0 is never.
    pub reopen_seconds: u32,
    /// What looks like spam.
    pub spam: Spam,
}

/// In which order conversations are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// By age, where a point of priority is worth a minute.
    #[default]
    HeadStart,
    /// By priority, then by age.
    StrictPriority,
    /// By the time until which a first answer is promised.
    PromisedFirst,
}

/// What becomes of conversations in which the visitor does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AutoClose {
    /// Seconds after a person's last word, from 1,800 to 1,209,600; `None` is never.
    pub after_seconds: Option<u32>,
    /// What visitors are reminded with before, at most three.
    pub reminders: Vec<Reminder>,
}

/// One reminder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Seconds after a person's last word.
    pub after_seconds: u32,
    /// What is said.
    pub text: String,
}

/// What looks like spam. Whatever is found is kept with the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Spam {
    /// Whether it is looked for.
    pub detect: bool,
    /// More messages than this …
    pub rate_messages: Option<u32>,
    /// … within so many seconds.
    pub rate_seconds: u32,
    /// The same words for so many times …
    pub repeats: Option<u32>,
    /// … within so many seconds.
    pub repeat_seconds: u32,
    /// More addresses than this in one message.
    pub links_max: Option<u32>,
    /// Words nobody says in earnest, whole words, in any case.
    pub words: Vec<String>,
    /// Hosts nobody links to in earnest, and all below them.
    pub hosts: Vec<String>,
    /// Visitors who are not listened to.
    pub blocked: BTreeSet<VisitorId>,
    /// Seconds after which what nobody has said to be none is closed; `None` is never.
    pub close_seconds: Option<u32>,
}

/// Why something is done, as people choose it from a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// As it is shown.
    pub label: String,
    /// For what it can be chosen.
    pub uses: BTreeSet<ReasonUse>,
    /// Whether it is offered no more. Where it was chosen, it stays.
    #[serde(default)]
    pub retired: bool,
    /// Its place among the others; the smaller comes first.
    #[serde(default)]
    pub position: u32,
}

/// For what a reason can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReasonUse {
    /// Passing on.
    Transfer,
    /// Declining an offer.
    Decline,
    /// Closing.
    Close,
}

/// A place the widget is embedded, as far as conversations are concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SiteSetup {
    /// Where conversations wait when the assistant names no queue.
    pub default_queue: QueueId,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            rank: Rank::default(),
            conduct: Conduct::default(),
            closing_needs_category: false,
            closing_needs_note: false,
            transfer_needs_note: false,
            transfer_to_offline: false,
            transfers_max: 5,
            unassign_cooldown_seconds: 60,
            auto_close: AutoClose::default(),
            assistant_close_seconds: 86_400,
            abandon_seconds: Some(120),
            reopen_seconds: 0,
            spam: Spam::default(),
        }
    }
}

impl Default for AutoClose {
    fn default() -> Self {
        Self { after_seconds: Some(86_400), reminders: Vec::new() }
    }
}

impl Default for Spam {
    /// Nobody types 20 messages in 30 seconds, or says the same five times in ten minutes, or sends six addresses.
    fn default() -> Self {
        Self {
            detect: true,
            rate_messages: Some(20),
            rate_seconds: 30,
            repeats: Some(5),
            repeat_seconds: 600,
            links_max: Some(5),
            words: Vec::new(),
            hosts: Vec::new(),
            blocked: BTreeSet::new(),
            close_seconds: Some(30 * 86_400),
        }
    }
}
