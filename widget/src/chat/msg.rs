//! What the chat is told.

use assistant::Outcome;
use protocol::inspect::PreviewOrder;
use protocol::{BridgeToVisitor, SiteCard};

/// Something the chat is told.
#[derive(Debug)]
pub enum Msg {
    /// The panel is shown.
    Opened {
        /// The visitor asked for it, so they may write at once.
        focus: bool,
    },
    /// The panel is hidden.
    Closed,
    /// The visitor wants the panel hidden.
    CloseAsked,
    /// The visitor edits what they write.
    Drafted(String),
    /// The visitor sends what they wrote.
    Submitted,
    /// The visitor chooses an option or a day, or presses a button that says something.
    Chose(String),
    /// The visitor presses a button that only the page around understands.
    Emitted {
        /// The event's name.
        event: String,
        /// JSON for it; may be empty.
        data: String,
    },
    /// The host page says something on the visitor's behalf.
    Said(String),
    /// The visitor stops waiting, or would end the conversation.
    EndAsked,
    /// The visitor means to end it.
    EndConfirmed,
    /// The visitor thought better of it.
    EndKept,
    /// The visitor wants the failed entry with this key sent again.
    RetryAsked(u64),
    /// The site's card was fetched.
    CardCame(Result<SiteCard, FetchFailure>),
    /// A published definition was fetched.
    DefinitionCame {
        /// Its hash.
        hash: String,
        /// The definition, as the engine reads it.
        bytes: Result<Vec<u8>, FetchFailure>,
    },
    /// The definition that the preview page wants run was fetched.
    DraftCame {
        /// Where it lies.
        path: String,
        /// The definition, as the engine reads it.
        bytes: Result<Vec<u8>, FetchFailure>,
    },
    /// An extension has answered, or has not.
    Called {
        /// Which call; answers to an older one are dropped.
        call: u32,
        /// What became of it.
        outcome: Outcome,
    },
    /// Something of the socket that was dialled under this number.
    Socket {
        /// Which dial; news of an older one are dropped.
        dial: u32,
        /// What.
        news: SocketNews,
    },
    /// The time that [`Effect::Wake`] asked for has come.
    Woke(Alarm),
    /// The browser is online again, or the page is looked at again: a good moment to see whether the bridge is there.
    Awoke,
    /// The preview page wants something.
    Ordered(PreviewOrder),
}

/// News of a socket.
#[derive(Debug)]
pub enum SocketNews {
    /// It can carry frames.
    Connected,
    /// It brought one.
    Frame(Box<BridgeToVisitor>),
    /// It is gone, or could not be made.
    Lost,
}

/// Why something could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// The bridge says there is no such thing.
    NotThere,
    /// The bridge does not answer as it should: ask again later.
    Unreachable,
}

/// Timers. Setting one replaces the one of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Dial again.
    Dial,
    /// Nothing was heard for long.
    Silence,
    /// Send again what the bridge could not take.
    Resend,
    /// Fetch again.
    Fetch,
    /// The visitor has paused.
    VisitorPaused,
    /// The agent has not been seen writing for a while.
    AgentPaused,
    /// The assistant has paused long enough.
    Reveal,
    /// The extension that was called has not answered.
    Call,
}
