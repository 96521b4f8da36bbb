//! Frames between the widget and the bridge.

use crate::limits::VISITOR_SECRET_BYTES;
use crate::{
    BrowserAuthor, Content, ConversationId, HandOff, PageSeen, Refusal, RequestId, SiteId, StateNow,
    Timestamp, VERSION, VisitorEvent,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What a visitor proves their identity with: [`VISITOR_SECRET_BYTES`] random bytes made in the browser, in
/// hexadecimal. Whoever holds it *is* that visitor, so it travels only inside `hello`, never in an address, and does
/// not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VisitorSecret(String);

impl VisitorSecret {
    /// A secret of fresh random bytes.
    pub fn from_bytes(bytes: [u8; VISITOR_SECRET_BYTES]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS[usize::from(nibble & 15)] as char;
        Self(bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect())
    }

    /// The characters, to digest or to store in the visitor's own browser.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for VisitorSecret {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if hex && text.len() == 2 * VISITOR_SECRET_BYTES {
            Ok(Self(text))
        } else {
            Err(format!("a visitor's secret is {} lower-case hexadecimal digits", 2 * VISITOR_SECRET_BYTES))
        }
    }
}

impl From<VisitorSecret> for String {
    fn from(secret: VisitorSecret) -> String {
        secret.0
    }
}

impl fmt::Debug for VisitorSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VisitorSecret(…)")
    }
}

/// What a widget may send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VisitorFrame {
    /// First of all: who I am and what I have seen.
    Hello {
        /// [`VERSION`].
        version: u16,
        /// Where the widget stands.
        site: SiteId,
        /// Who the visitor is.
        secret: VisitorSecret,
        /// The conversation the widget knows, if any.
        conversation: Option<ConversationId>,
        /// The last number seen in it.
        after: u64,
    },
    /// Something was said in the browser. Opens a conversation when none is open.
    Say {
        /// The message's name.
        id: RequestId,
        /// The visitor, or the assistant that answered them there.
        author: BrowserAuthor,
        /// What.
        content: Content,
        /// When, by the browser's clock.
        written_at: Timestamp,
    },
    /// A person is asked for. Asking again while waiting changes nothing.
    RequestAgent {
        /// The request's name.
        id: RequestId,
        /// What the assistant hands over.
        hand_off: HandOff,
    },
    /// The visitor no longer wants to wait: the assistant answers again. Refused when somebody has accepted meanwhile, so that
    /// nobody is turned away by a click that came a moment too late.
    StopWaiting {
        /// The request's name.
        id: RequestId,
    },
    /// The visitor is done: the conversation is closed.
    End {
        /// The request's name.
        id: RequestId,
    },
    /// The visitor is writing, or has stopped.
    Typing {
        /// Which of the two.
        typing: bool,
    },
    /// The page around the chat is this one. Sent behind `hello`, and again when it is another: staff and workflows find it
    /// among what is known of the visitor.
    Page {
        /// What it is.
        page: PageSeen,
    },
    /// The page around the chat tells of something, which may start workflows. Without an open conversation it is nothing to
    /// anybody.
    PageEvent {
        /// What it calls it.
        name: String,
        /// What it tells of it, by name.
        #[serde(default)]
        told: BTreeMap<String, String>,
    },
    /// What came after number `after`? Sent when `more` was true.
    After {
        /// The last number seen in the current conversation.
        after: u64,
    },
    /// Is anybody there?
    Ping,
}

impl VisitorFrame {
    /// The first frame of a connection.
    pub fn hello(site: SiteId, secret: VisitorSecret, seen: Option<(ConversationId, u64)>) -> Self {
        Self::Hello {
            version: VERSION,
            site,
            secret,
            conversation: seen.map(|(conversation, _)| conversation),
            after: seen.map_or(0, |(_, after)| after),
        }
    }

    /// The name of what it asks for, when it asks for something.
    pub fn request(&self) -> Option<RequestId> {
        match self {
            Self::Say { id, .. }
            | Self::RequestAgent { id, .. }
            | Self::StopWaiting { id }
            | Self::End { id } => Some(*id),
            Self::Hello { .. }
            | Self::Typing { .. }
            | Self::Page { .. }
            | Self::PageEvent { .. }
            | Self::After { .. }
            | Self::Ping => None,
        }
    }
}

/// What the bridge tells a widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum BridgeToVisitor {
    /// The answer to `hello`, and to `after`.
    Welcome {
        /// The visitor's latest conversation as it stands; `None` when they never wrote.
        state: Option<StateNow>,
        /// What came after the number said in `hello`: of the conversation named there first, when that one has
        /// since closed and another has opened.
        events: Vec<VisitorEvent>,
        /// Whether there is more: ask with `after`.
        more: bool,
    },
    /// Something happened.
    Happened(VisitorEvent),
    /// The conversation's state or the place in the queue changed.
    State(StateNow),
    /// The request was carried out; its event has this number.
    Accepted {
        /// Which request.
        id: RequestId,
        /// In which conversation.
        conversation: ConversationId,
        /// Its event's number.
        number: u64,
    },
    /// The agent is writing, or has stopped.
    Typing {
        /// The agent's name.
        name: String,
        /// Which of the two.
        typing: bool,
    },
    /// The request was not carried out, or the frame was not one.
    Refused {
        /// Which request; `None` when the frame could not be read.
        id: Option<RequestId>,
        /// Why.
        refusal: Refusal,
    },
    /// Yes.
    Pong,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_never_prints() {
        let secret = VisitorSecret::from_bytes([0xa7; VISITOR_SECRET_BYTES]);
        let json = serde_json::to_string(&secret).unwrap();
        assert_eq!(serde_json::from_str::<VisitorSecret>(&json).unwrap(), secret);
        assert!(!format!("{secret:?}").contains("a7"));
    }

    #[test]
    fn a_short_or_shouted_secret_is_refused() {
        for bad in ["", "abc", &"A7".repeat(VISITOR_SECRET_BYTES), &"g7".repeat(VISITOR_SECRET_BYTES)] {
            assert!(VisitorSecret::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
