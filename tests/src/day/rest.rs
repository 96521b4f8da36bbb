//! When everything is at rest, the switchboard and the second opinion have to agree on all that can be seen.

use super::model::{State, Wrong};
use super::world::World;
use crate::hold;
use protocol::{ConversationId, QueueId};
use std::collections::BTreeMap;

impl World {
    /// Compares them, and looks for what should have gone on.
    pub(super) fn is_at_rest(&mut self) -> Wrong {
        self.model.is_at_rest(self.now)?;
        self.model.came.clear();
        self.same_conversations()?;
        self.same_people()?;
        self.same_places()?;
        let due = self.model.first_due();
        let next = self.board.next_deadline();
        hold!(
            due.is_none_or(|due| next.is_some_and(|next| next <= due)),
            "{due:?} is due and {next:?} is waited for"
        );
        Ok(())
    }

    fn same_conversations(&self) -> Wrong {
        let known = self.board.conversations().count();
        hold!(known == self.model.talks.len(), "{known} are known of {}", self.model.talks.len());
        for talk in self.model.talks.values() {
            let id = talk.id;
            let conversation = self.board.conversation(id).ok_or_else(|| format!("{id} is lost"))?;
            let shown = Some(conversation.state());
            hold!(shown == talk.state.shown(), "{id} is {shown:?}, not {:?}", talk.state.shown());
            hold!(conversation.number == talk.number, "{id} has another number");
            let owner = talk.owner().map(|hold| hold.agent);
            hold!(conversation.owner() == owner, "{id} belongs to {:?}, not {owner:?}", conversation.owner());
            hold!(
                conversation.team == talk.team,
                "{id} is of team {:?}, not {:?}",
                conversation.team,
                talk.team
            );
            if !talk.state.is_over() {
                let found = self.board.conversation_of(talk.visitor);
                hold!(found == Some(id), "the visitor's is {found:?}, not {id}");
                let told = self.board.state_now(id).map(|now| now.assistant_enabled);
                let automated = talk.state == State::Automated;
                hold!(told == Some(automated), "{id}: the assistant may speak: {told:?}");
            }
        }
        Ok(())
    }

    fn same_people(&self) -> Wrong {
        for agent in self.model.setup.agents.keys() {
            let (load, expected) = (self.board.load(*agent), self.model.load(*agent));
            hold!(load == expected, "{agent} has a load of {load}, not {expected}");
            let (status, expected) = (self.board.effective_status(*agent), self.model.effective(*agent));
            hold!(status == expected, "{agent} is {status:?}, not {expected:?}");
        }
        Ok(())
    }

    /// Places in each queue, in order of rank. What somebody has to pick is nobody's next.
    fn same_places(&self) -> Wrong {
        let mut by_queue: BTreeMap<&QueueId, Vec<(super::model::Key, ConversationId)>> = BTreeMap::new();
        for talk in self.model.talks.values() {
            let Some(wait) = talk.wait() else { continue };
            if let Some(queue) = talk.waits_in().filter(|_| !wait.parked) {
                by_queue.entry(queue).or_default().push((self.model.key(talk, wait), talk.id));
            }
        }
        let expected = by_queue.values_mut().flat_map(|waiting| {
            waiting.sort_unstable();
            (1_u32..).zip(waiting.iter()).map(|(place, (_, id))| (*id, place)).collect::<Vec<_>>()
        });
        let expected: BTreeMap<ConversationId, u32> = expected.collect();
        let places: BTreeMap<ConversationId, u32> = self.board.places().into_iter().collect();
        hold!(places == expected, "places are {places:?}, not {expected:?}");
        Ok(())
    }
}
