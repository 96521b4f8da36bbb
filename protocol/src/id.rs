//! Names of things. Never bare strings: a queue's id cannot be passed where a site's is wanted.

use crate::limits::SLUG_BYTES_MAX;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use uuid::{Builder, Uuid};

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A name whose order is the order of making: a UUIDv7 of the time and ten random bytes.
            pub fn at(now: crate::Timestamp, chance: [u8; 10]) -> Self {
                Self(Builder::from_unix_timestamp_millis(now.millis(), &chance).into_uuid())
            }

            /// When it was made, by the clock of whoever made it: a UUIDv7 begins with 48 bits of milliseconds.
            pub fn made_at(self) -> crate::Timestamp {
                crate::Timestamp::from_millis(self.0.as_u64_pair().0 >> 16)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

uuid_id! {
    /// One conversation, from opened to closed.
    ConversationId
}
uuid_id! {
    /// What a client calls a thing it asks for: a message, a hand-off, a close. Given where it was written, so that
    /// a repeat after a lost answer is recognised.
    RequestId
}
uuid_id! {
    /// A person who answers visitors.
    AgentId
}
uuid_id! {
    /// One workflow on its way through one conversation.
    RunId
}
uuid_id! {
    /// The key of a customer's own program.
    KeyId
}

/// A visitor, as the bridge knows them: derived from the visitor's secret by [`VisitorId::of_digest`], so that the
/// id can be shown to agents while the secret stays in the visitor's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct VisitorId(pub Uuid);

impl VisitorId {
    /// The id that belongs to a secret's SHA-256 digest: its first 16 bytes, marked as a custom UUID (version 8).
    pub fn of_digest(digest: [u8; 32]) -> Self {
        let mut head = [0; 16];
        head.copy_from_slice(&digest[..16]);
        Self(Builder::from_custom_bytes(head).into_uuid())
    }
}

impl fmt::Display for VisitorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for VisitorId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a name chosen by a person: lower-case letters, digits and inner hyphens.
            pub fn new(text: impl Into<String>) -> Result<Self, SlugError> {
                let text = text.into();
                check_slug(&text)?;
                Ok(Self(text.into()))
            }

            /// The name as it was written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = SlugError;

            fn try_from(text: String) -> Result<Self, SlugError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.as_str().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = SlugError;

            fn from_str(text: &str) -> Result<Self, SlugError> {
                Self::new(text)
            }
        }
    };
}

slug_id! {
    /// One team's world: its sites, agents, queues and conversations.
    WorkspaceId
}
slug_id! {
    /// A place the widget is embedded.
    SiteId
}
slug_id! {
    /// Where conversations wait for a person.
    QueueId
}
slug_id! {
    /// A set of agents with rules of their own.
    TeamId
}
slug_id! {
    /// Something people know, at some level.
    SkillId
}
slug_id! {
    /// Hours in which somebody is there.
    CalendarId
}
slug_id! {
    /// Why a conversation was passed on, declined, given back or closed, as configured.
    ReasonId
}
slug_id! {
    /// A workflow, through all its versions.
    WorkflowId
}

/// Why a text cannot be a name in a configuration or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlugError {
    text: String,
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` cannot be a name here: use 1 to {SLUG_BYTES_MAX} lower-case letters, digits and inner hyphens, such as `front-desk`",
            self.text.chars().take(SLUG_BYTES_MAX).collect::<String>()
        )
    }
}

impl std::error::Error for SlugError {}

fn check_slug(text: &str) -> Result<(), SlugError> {
    let fits = (1..=SLUG_BYTES_MAX).contains(&text.len());
    let spelled = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits && spelled && !text.starts_with('-') && !text.ends_with('-') {
        Ok(())
    } else {
        Err(SlugError { text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_name_made_later_sorts_later() {
        let early = RequestId::at(Timestamp::from_millis(1_000), [0xff; 10]);
        let late = RequestId::at(Timestamp::from_millis(1_001), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn a_name_says_when_it_was_made() {
        let made = Timestamp::from_millis(1_763_779_000_123);
        assert_eq!(RequestId::at(made, [0xff; 10]).made_at(), made);
    }

    #[test]
    fn slugs_are_lower_case_words_joined_by_hyphens() {
        for good in ["a", "front-desk", "queue2"] {
            assert!(QueueId::new(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "Front", "front desk", "é", &"x".repeat(SLUG_BYTES_MAX + 1)] {
            assert!(QueueId::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_bad_slug_is_refused_while_reading_json() {
        let error = serde_json::from_str::<SiteId>("\"No Such\"").expect_err("must be refused");
        assert!(error.to_string().contains("lower-case letters"), "{error}");
    }
}
