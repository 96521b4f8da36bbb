//! What the chat wants done.

use super::{Alarm, Cursor};
use assistant::CallWanted;
use protocol::inspect::PreviewReport;
use protocol::{RequestId, VisitorFrame};

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Fetch the site's card.
    FetchCard,
    /// Fetch the definition with this hash.
    FetchDefinition {
        /// As the card names it.
        hash: String,
    },
    /// Fetch the definition that the preview page wants run.
    FetchDraft {
        /// A path of the bridge.
        path: String,
    },
    /// Have the bridge call an extension; its answer carries this number.
    Call {
        /// Which call.
        call: u32,
        /// Name of the definition that calls: the bridge makes only calls that stand in it.
        assistant: String,
        /// What is called.
        wanted: CallWanted,
    },
    /// Open a socket; its news carry this number.
    Dial {
        /// Which dial.
        dial: u32,
    },
    /// Close the socket; no news of it are wanted.
    HangUp,
    /// Say hello on the socket, with the visitor's secret, which the chat itself never holds.
    Greet {
        /// The last event seen.
        seen: Option<Cursor>,
    },
    /// Send a frame.
    Send(VisitorFrame),
    /// Tell the chat when so much time has passed.
    Wake {
        /// Under which name.
        alarm: Alarm,
        /// After how long.
        after_millis: u32,
    },
    /// Store [`Chat::record`].
    KeepRecord,
    /// Store [`Chat::draft`].
    KeepDraft,
    /// Store a request until it is answered.
    KeepRequest(VisitorFrame),
    /// A request was answered.
    DropRequest(RequestId),
    /// Tell the page around.
    TellHost(ToHost),
    /// Tell the preview page around.
    Report(PreviewReport),
    /// Put the brand's colour on the page.
    ShowLook {
        /// `#rrggbb`, as configured.
        accent: String,
    },
    /// Let the visitor write at once.
    FocusComposer,
    /// Tell the developer.
    Warn(String),
}

/// What the page around is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToHost {
    /// The chat wants to be hidden.
    Close,
    /// So many lines were not read.
    Unread(u32),
    /// Something was said.
    Message {
        /// `visitor`, `assistant`, `agent` or `business`.
        by: &'static str,
        /// What, as plain text.
        text: String,
    },
    /// The visitor has pressed a button that only the page understands.
    Event {
        /// The event's name.
        event: String,
        /// JSON for it; may be empty.
        data: String,
    },
    /// Something was shown that only the page knows how to draw.
    UserDefined {
        /// Its JSON.
        json: String,
        /// What the chat shows instead.
        text: String,
    },
}
