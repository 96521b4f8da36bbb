//! What the loop does at once because it changes nothing that is kept: joining, leaving, looking, typing. Answers show
//! the switchboard before the turn, which is the saved one.

use super::{Ask, Input, Runtime};
use crate::socket::hub::ConnectionId;
use protocol::setup::{Reason, Rules};
use protocol::{
    AgentId, BridgeToAgent, BridgeToVisitor, ConversationId, ConversationState, ReasonBadge, ReasonId,
    StateNow, Summary, Terms, Timestamp, VisitorId,
};
use std::collections::BTreeSet;
use switchboard::{Change, Command};

impl Runtime {
    /// Does it, or gives back what has to be decided. Whoever waits for an answer may have gone: then it is dropped.
    pub(super) fn take(&mut self, input: Input, now: Timestamp) -> Option<Ask> {
        match input {
            Input::Asks { from, command } if self.is_out_of_turn(from, &command) => {
                self.ask_to_try_again(Some(from), &command, None);
            }
            Input::Asks { from, command } => return Some(Ask { from: Some(from), command, answer: None }),
            Input::Orders { command, answer } => return Some(Ask { from: None, command, answer }),
            Input::SetsUp { change, answer } => self.setups.push((change, answer)),
            Input::Releases { change, answer } => self.releases.push((change, answer)),
            Input::Looks(look) => look(&self.board),
            Input::VisitorJoins { id, visitor, outbox, state } => {
                self.hub.visitor_joins(id, visitor, outbox);
                self.board.apply(&Change::VisitorConnection { visitor, gone: None });
                let _ = state.send(self.state_of(visitor, now));
            }
            Input::VisitorState { visitor, state } => {
                let _ = state.send(self.state_of(visitor, now));
            }
            Input::IsHere { visitor, here } => {
                let _ = here.send(self.hub.is_here(visitor));
            }
            Input::AgentJoins { id, agent, session, outbox, welcome } => {
                if let Some(frame) = self.welcome(agent) {
                    self.hub.agent_joins(id, agent, session, outbox);
                    self.presence.joined(agent);
                    let _ = welcome.send(frame);
                }
            }
            Input::Leaves(id) => {
                self.held.remove(&id);
                self.hub.leaves(id);
            }
            Input::Watches { from, conversation, watched } => {
                // A console that was disconnected because it does not read gets no answer: its socket ends and it
                // dials again. Were it refused, it would take the conversation for gone.
                if let Some(agent) = self.hub.agent_of(from) {
                    let may = self.board.may_read(agent, conversation);
                    if may {
                        self.hub.watches(from, conversation);
                    }
                    let _ = watched.send(may);
                }
            }
            Input::Unwatches { from, conversation } => self.hub.unwatches(from, conversation),
            Input::VisitorTypes { visitor, typing } => self.visitor_types(visitor, typing),
            Input::AgentTypes { agent, conversation, typing } => {
                let begins = self.agent_types(agent, conversation, typing);
                return begins.map(|command| Ask { from: None, command, answer: None });
            }
            Input::AgentIdles { from, idle } => self.hub.idles(from, idle),
            Input::SessionEnds(session) => self.hub.session_ends(&session),
        }
        None
    }

    /// Whether a request has overtaken one of the same connection that could not be saved.
    fn is_out_of_turn(&mut self, from: ConnectionId, command: &Command) -> bool {
        let Some(held) = self.held.get(&from) else { return false };
        let Some((_, request)) = command.request() else { return false };
        let is_its_turn = request == *held;
        if is_its_turn {
            self.held.remove(&from);
        }
        !is_its_turn
    }

    fn state_of(&mut self, visitor: VisitorId, now: Timestamp) -> Option<StateNow> {
        self.places.state(&self.board, self.board.conversation_of(visitor)?, now)
    }

    fn welcome(&self, agent: AgentId) -> Option<BridgeToAgent> {
        let directory = self.board.directory();
        let profile = directory.active(agent)?;
        let mut reasons: Vec<_> = directory.setup().reasons.iter().collect();
        reasons.sort_by_key(|(_, reason)| reason.position);
        let badge = |(id, reason): (&ReasonId, &Reason)| ReasonBadge {
            id: id.clone(),
            label: reason.label.clone(),
            uses: if reason.retired { BTreeSet::new() } else { reason.uses.clone() },
        };
        Some(BridgeToAgent::Welcome {
            me: directory.badge(agent),
            role: profile.role,
            status: self.board.status(agent),
            queues: directory.queue_badges(agent),
            teams: directory.team_badges(),
            colleagues: self.board.colleagues(),
            reasons: reasons.into_iter().map(badge).collect(),
            terms: terms(directory.rules()),
            conversations: self.board.conversations_for(agent),
        })
    }

    /// A visitor's typing concerns the agent who talks with them, and nobody else.
    fn visitor_types(&mut self, visitor: VisitorId, typing: bool) {
        let open = self.board.conversation_of(visitor).and_then(|id| self.talking(id));
        if let Some(Summary { conversation, agent: Some(agent), .. }) = open {
            self.hub.tell_agent(agent.id, BridgeToAgent::Typing { conversation, typing });
        }
    }

    /// An owner's typing concerns the visitor, and takes up what they had put aside. Nobody else's concerns anybody.
    fn agent_types(&mut self, agent: AgentId, conversation: ConversationId, typing: bool) -> Option<Command> {
        let Summary { visitor, agent: owner, state, .. } = self.board.summary(conversation)?;
        let name = owner.filter(|owner| owner.id == agent)?.name;
        let aside = state == ConversationState::Pending;
        if state == ConversationState::Open || (aside && typing) {
            self.hub.tell_visitor(visitor, BridgeToVisitor::Typing { name, typing });
        }
        (aside && typing).then_some(Command::AgentBegins { agent, conversation })
    }

    fn talking(&self, conversation: ConversationId) -> Option<Summary> {
        self.board.summary(conversation).filter(|summary| summary.state == ConversationState::Open)
    }
}

fn terms(rules: &Rules) -> Terms {
    Terms {
        closing_needs_category: rules.closing_needs_category,
        closing_needs_note: rules.closing_needs_note,
        transfer_needs_note: rules.transfer_needs_note,
    }
}
