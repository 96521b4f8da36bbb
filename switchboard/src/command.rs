//! What can be asked of the switchboard, and by whom. Any of it may be refused.

use crate::workflow::{HttpAnswer, Ticket, Value};
use protocol::{
    Act, AgentId, AgentStatus, BrowserAuthor, Content, ConversationId, HandOff, KeyId, PageSeen, RequestId,
    RunId, SiteId, Timestamp, VisitorId, WorkflowId,
};
use std::collections::BTreeMap;

/// Whose request it is: repeats are recognised per asker, so nobody can occupy another's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asker {
    /// A visitor's browser.
    Visitor(VisitorId),
    /// A signed-in agent.
    Agent(AgentId),
    /// A customer's own program.
    Program(KeyId),
}

/// Who of the staff, or for it, does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A signed-in agent.
    Agent(AgentId),
    /// A customer's own program.
    Program {
        /// With which key.
        key: KeyId,
        /// As the key is called.
        name: String,
    },
    /// A customer's own program, in an agent's name: it may do what the agent may.
    ForAgent {
        /// In whose name.
        agent: AgentId,
        /// With which key.
        key: KeyId,
        /// As the key is called.
        name: String,
    },
}

/// An order to the switchboard.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Something was said in a visitor's browser.
    VisitorSays {
        /// Whose browser.
        visitor: VisitorId,
        /// On which site.
        site: SiteId,
        /// The message's name.
        request: RequestId,
        /// The visitor, or the assistant there.
        author: BrowserAuthor,
        /// What.
        content: Content,
        /// When, by the browser's clock.
        written_at: Timestamp,
        /// The id of the conversation this opens, when none is open.
        fresh: ConversationId,
    },
    /// A person is asked for.
    VisitorRequestsAgent {
        /// By whom.
        visitor: VisitorId,
        /// On which site.
        site: SiteId,
        /// The request's name.
        request: RequestId,
        /// What the assistant hands over.
        hand_off: HandOff,
        /// The id of the conversation this opens, when none is open.
        fresh: ConversationId,
    },
    /// The visitor stops waiting: the assistant answers again. Refused when nobody is asked for any more.
    VisitorStopsWaiting {
        /// Who.
        visitor: VisitorId,
        /// The request's name.
        request: RequestId,
    },
    /// The visitor is done: the conversation is closed, whoever answered.
    VisitorEnds {
        /// Who.
        visitor: VisitorId,
        /// The request's name.
        request: RequestId,
    },
    /// The visitor's first window connected, or the last one has gone.
    VisitorConnection {
        /// Who.
        visitor: VisitorId,
        /// Which of the two.
        here: bool,
    },
    /// A console of the agent's connected. The caller counts windows: only the first is reported.
    AgentConnects {
        /// Who.
        agent: AgentId,
    },
    /// The agent's last console has gone; they may be back in a moment.
    AgentDrops {
        /// Who.
        agent: AgentId,
    },
    /// The agent's last console has been gone for longer than the grace.
    AgentDisconnects {
        /// Who.
        agent: AgentId,
    },
    /// The agent chose a status.
    AgentSetsStatus {
        /// Who.
        agent: AgentId,
        /// Which.
        status: AgentStatus,
    },
    /// The agent has typed nothing for a while, or does so again.
    AgentIdles {
        /// Who.
        agent: AgentId,
        /// Which of the two.
        idle: bool,
    },
    /// The agent begins to write an answer: what they had put aside is theirs again. Others' typing changes nothing.
    AgentBegins {
        /// Who.
        agent: AgentId,
        /// Where.
        conversation: ConversationId,
    },
    /// Somebody of the staff, or a program, does something with a conversation.
    Acts {
        /// Who.
        by: By,
        /// The request's name.
        request: RequestId,
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        act: Act,
    },
    /// Somebody of the staff, or a program, writes to a visitor who has no open conversation.
    Opens {
        /// Who.
        by: By,
        /// The request's name.
        request: RequestId,
        /// To whom.
        visitor: VisitorId,
        /// On which site.
        site: SiteId,
        /// The id of the conversation this opens.
        fresh: ConversationId,
    },
    /// Another system asks for a workflow, by its webhook.
    WebhookCalled {
        /// For which.
        workflow: WorkflowId,
        /// Whom it is about.
        visitor: VisitorId,
        /// What was taken from its call, by name.
        told: BTreeMap<String, Value>,
    },
    /// A visitor's browser tells of the page around the chat.
    VisitorSees {
        /// Who.
        visitor: VisitorId,
        /// Which page, within its bounds.
        page: PageSeen,
    },
    /// The page around the chat tells of something.
    PageTells {
        /// Whose page.
        visitor: VisitorId,
        /// What it calls it.
        name: String,
        /// What it tells of it.
        told: BTreeMap<String, Value>,
    },
    /// Another system answered a workflow's call, or failed to.
    RunAnswered {
        /// Whose call.
        run: RunId,
        /// Which.
        ticket: Ticket,
        /// With what.
        answer: HttpAnswer,
    },
    /// Time has passed: what is due first is done. Ask again while [`crate::Switchboard::next_deadline`] is not later than now.
    TimePasses,
}

impl By {
    /// Whose request it is.
    pub fn asker(&self) -> Asker {
        match self {
            Self::Agent(agent) => Asker::Agent(*agent),
            Self::Program { key, .. } | Self::ForAgent { key, .. } => Asker::Program(*key),
        }
    }
}

impl Command {
    /// Who asks and under which name; `None` for what is not a client's request.
    pub fn request(&self) -> Option<(Asker, RequestId)> {
        match self {
            Self::VisitorSays { visitor, request, .. }
            | Self::VisitorRequestsAgent { visitor, request, .. }
            | Self::VisitorStopsWaiting { visitor, request }
            | Self::VisitorEnds { visitor, request } => Some((Asker::Visitor(*visitor), *request)),
            Self::Acts { by, request, .. } | Self::Opens { by, request, .. } => Some((by.asker(), *request)),
            Self::VisitorConnection { .. }
            | Self::AgentConnects { .. }
            | Self::AgentDrops { .. }
            | Self::AgentDisconnects { .. }
            | Self::AgentSetsStatus { .. }
            | Self::AgentIdles { .. }
            | Self::AgentBegins { .. }
            | Self::WebhookCalled { .. }
            | Self::VisitorSees { .. }
            | Self::PageTells { .. }
            | Self::RunAnswered { .. }
            | Self::TimePasses => None,
        }
    }
}
