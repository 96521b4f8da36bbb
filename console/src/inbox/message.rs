//! What can happen to the inbox, and what the browser has to do about it.

use super::form::{Field, FormKind};
use super::held::Card;
use super::keys::Shortcut;
use protocol::{Act, AgentFrame, AgentStatus, BridgeToAgent, ConversationId, RequestId, Target, Timestamp};

/// When a message is handled, and random bytes for what it names.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By the console's clock.
    pub now: Timestamp,
    /// Fresh for every message.
    pub chance: [u8; 10],
}

/// What can happen to the inbox.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The socket of that call is open.
    SocketOpened {
        /// Which dial it answers.
        call: u32,
    },
    /// The bridge says something.
    Heard {
        /// Which dial it answers.
        call: u32,
        /// What.
        frame: Box<BridgeToAgent>,
    },
    /// The socket of that call is closed.
    SocketLost {
        /// Which dial it was.
        call: u32,
    },
    /// The wait after that call is over.
    DialDue {
        /// The call that failed.
        call: u32,
    },
    /// The network, the tab or the machine has come back, or the agent wants to try at once.
    Woken,
    /// A second has passed.
    Tick,
    /// The agent chose a status.
    StatusChosen(AgentStatus),
    /// The address or a row names a conversation, or none.
    Chosen(Option<ConversationId>),
    /// A row has the keyboard's focus.
    RowFocused(ConversationId),
    /// Take it.
    AcceptPressed(ConversationId),
    /// Say no to an offer.
    DeclinePressed(ConversationId),
    /// Do this with the chosen conversation.
    ActPressed(Act),
    /// Show or hide what else can be done.
    MenuToggled,
    /// Ask for what this needs before it is done.
    FormOpened(FormKind),
    /// Something was filled in.
    FormFilled(Field),
    /// Do what was filled in.
    FormSubmitted,
    /// Do not.
    FormLeft,
    /// Write to colleagues instead of the visitor, or the other way round.
    AsideChosen(bool),
    /// What colleagues have.
    HeldTold(Vec<Card>),
    /// Another of those whom the comment could name.
    MentionMoved(isize),
    /// The comment names them; `None` is the one that is pointed out.
    MentionChosen(Option<Target>),
    /// The comment names nobody there.
    MentionsLeft,
    /// A key was pressed or the pointer moved.
    Active,
    /// The draft in the chosen conversation has changed.
    Drafted(String),
    /// Send the draft.
    SendPressed,
    /// Send a failed line again.
    RetryPressed(RequestId),
    /// Give a failed line up.
    DiscardPressed(RequestId),
    /// End the conversation: the first press asks, the second does it.
    ClosePressed,
    /// The agent thought better of it.
    CloseKept,
    /// Away with the notice.
    NoticeDismissed,
    /// Show or hide what is known of the visitor.
    DetailsToggled,
    /// A key was pressed.
    Key(Shortcut),
    /// The agent wants to leave: the first press warns when something would be lost.
    SignOutPressed,
}

/// What the browser has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Open a socket, after closing any older one.
    Dial {
        /// What its messages are marked with.
        call: u32,
    },
    /// Say [`Msg::DialDue`] after this wait.
    DialAfter {
        /// The call that failed.
        call: u32,
        /// How long.
        millis: u32,
    },
    /// Close the socket.
    HangUp,
    /// Send a frame.
    Send(AgentFrame),
    /// Find out what colleagues have, for [`Msg::HeldTold`].
    AskHeld,
    /// Find out whether the session is still good.
    CheckSession,
    /// Write down what [`super::Inbox::kept`] says.
    Keep,
    /// Make the address name the chosen conversation.
    ShowAddress,
    /// Put the keyboard's focus on a row.
    FocusRow(ConversationId),
    /// Put the keyboard's focus into the reply.
    FocusReply,
    /// Take the keyboard's focus out of the field it is in.
    Blur,
    /// The session has ended by itself.
    SessionEnded,
    /// The agent leaves: end the session and forget what was kept.
    SignOut,
}

impl Moment {
    /// Any random number.
    pub(super) fn number(&self) -> u32 {
        u32::from_le_bytes([self.chance[0], self.chance[1], self.chance[2], self.chance[3]])
    }

    /// A name for what is asked for now.
    pub(super) fn request(&self) -> RequestId {
        RequestId::at(self.now, self.chance)
    }
}
