//! What can be asked of the switchboard, and by whom. Any of it may be refused.

use protocol::{
    AgentId, AgentStatus, BrowserAuthor, Content, ConversationId, HandOff, RequestId, SiteId, Timestamp,
    VisitorId,
};

/// Whose request it is: repeats are recognised per asker, so nobody can occupy another's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asker {
    /// A visitor's browser.
    Visitor(VisitorId),
    /// A signed-in agent.
    Agent(AgentId),
}

/// An order to the switchboard.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The visitor stops waiting or ends the conversation.
    VisitorEnds {
        /// Who.
        visitor: VisitorId,
        /// The request's name.
        request: RequestId,
    },
    /// A console of the agent's connected. The caller counts windows: only the first is reported.
    AgentConnects {
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
    /// The agent takes a conversation, offered or waiting.
    AgentAccepts {
        /// Who.
        agent: AgentId,
        /// The request's name.
        request: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// The agent does not take what was offered.
    AgentDeclines {
        /// Who.
        agent: AgentId,
        /// The request's name.
        request: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// The agent writes to the visitor.
    AgentSays {
        /// Who.
        agent: AgentId,
        /// The message's name.
        request: RequestId,
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        content: Content,
        /// When, by the console's clock.
        written_at: Timestamp,
    },
    /// The agent ends the conversation.
    AgentCloses {
        /// Who.
        agent: AgentId,
        /// The request's name.
        request: RequestId,
        /// Which conversation.
        conversation: ConversationId,
    },
    /// Time has passed: end what is due.
    TimePasses,
}

impl Command {
    /// Who asks and under which name; `None` for what is not a client's request.
    pub fn request(&self) -> Option<(Asker, RequestId)> {
        match self {
            Self::VisitorSays { visitor, request, .. }
            | Self::VisitorRequestsAgent { visitor, request, .. }
            | Self::VisitorEnds { visitor, request } => Some((Asker::Visitor(*visitor), *request)),
            Self::AgentAccepts { agent, request, .. }
            | Self::AgentDeclines { agent, request, .. }
            | Self::AgentSays { agent, request, .. }
            | Self::AgentCloses { agent, request, .. } => Some((Asker::Agent(*agent), *request)),
            Self::AgentConnects { .. }
            | Self::AgentDisconnects { .. }
            | Self::AgentSetsStatus { .. }
            | Self::TimePasses => None,
        }
    }
}
