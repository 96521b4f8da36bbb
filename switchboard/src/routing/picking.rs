//! Who could pick a conversation that waits where nobody is asked: it is told like a decision of routing.

use super::explain::{NAMED_MAX, why_not};
use crate::Switchboard;
use crate::conversation::{Conversation, Visit};
use crate::matching::PoolId;
use protocol::setup::What;
use protocol::{AgentId, AgentStatus, PassedOver, PlanPlace, Routed, Target};
use std::collections::BTreeMap;

impl Switchboard {
    /// Whether nobody is asked where it waits: agents pick.
    pub(super) fn is_picked(&self, visit: &Visit) -> bool {
        let many = matches!(visit.place, PlanPlace::Step(_)) && !matches!(visit.target, Target::Agent(_));
        many && self.chosen_by(visit) == What::Manual
    }

    /// Who could pick it. Everybody of the pool is looked at: this is asked by somebody who looks, never on the way of an
    /// assignment.
    pub(super) fn picked(&self, conversation: &Conversation, visit: &Visit, pool: PoolId) -> Routed {
        let members: Vec<AgentId> = self.routing.matcher.members(pool).collect();
        let not: Vec<(AgentId, PassedOver)> = members
            .iter()
            .filter_map(|agent| Some((*agent, self.why_not_picked(*agent, conversation)?)))
            .collect();
        let mut unavailable = BTreeMap::new();
        for (_, why) in &not {
            *unavailable.entry(*why).or_default() += 1;
        }
        Routed {
            queue: conversation.waits_in().cloned(),
            step: visit.place,
            strategy: What::Manual.code().to_owned(),
            waiting_since: visit.since,
            priority: conversation.points(&self.directory),
            ready: u32::try_from(members.len() - not.len()).unwrap_or(u32::MAX),
            next: None,
            unavailable,
            passed: not.into_iter().take(NAMED_MAX).collect(),
        }
    }

    /// Why somebody could not pick it: who is busy may.
    fn why_not_picked(&self, agent: AgentId, conversation: &Conversation) -> Option<PassedOver> {
        let exceeds = self.directory.conduct_of(agent, conversation.team.as_ref()).may_exceed_capacity;
        match self.presence.askable(agent) {
            AgentStatus::Online | AgentStatus::Busy => {
                (!exceeds && !self.fits(agent, conversation)).then_some(PassedOver::Full)
            }
            away @ (AgentStatus::Away | AgentStatus::NotResponding | AgentStatus::Offline) => {
                why_not(away, 0)
            }
        }
    }
}
