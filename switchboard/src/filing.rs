//! Where conversations are found: every index stays true to them as they move.

use crate::conversation::{Conversation, Stage};
use crate::queue::Place;
use crate::tally::Counted;
use crate::{Directory, Switchboard};
use protocol::{AgentId, ConversationId, QueueId, Target, Timestamp, VisitorId};
use std::collections::BTreeSet;

/// Where a conversation is filed: what has to be taken out again when it moves.
#[derive(Clone, Debug)]
pub struct Filed {
    /// Under whom.
    visitor: VisitorId,
    /// Whether it is over.
    over: bool,
    /// Whether it waits.
    waits: bool,
    /// Whom it is held for while it waits.
    preferred: Vec<AgentId>,
    /// With agents.
    own: Own,
    /// On boards.
    counted: Counted,
}

/// What of a conversation agents' own lists and room depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Own {
    /// In whose own lists it stands.
    concerns: Vec<AgentId>,
    /// Whose room it takes, each with how much.
    room: Vec<(AgentId, u32)>,
    /// Who had it, and for how long.
    held: Option<(AgentId, Had)>,
    /// Its queue, where that bounds what one agent has.
    bounding: Option<QueueId>,
}

/// How long somebody had a conversation, without the time it was put aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Had {
    /// Milliseconds before.
    ms: u64,
    /// Since when it is theirs to answer again; `None` while it is put aside.
    since: Option<Timestamp>,
}

impl Had {
    /// In milliseconds, by then.
    pub fn until(&self, at: Timestamp) -> u64 {
        self.ms + self.since.map_or(0, |since| at.millis_since(since))
    }
}

fn had(conversation: &Conversation) -> Option<(AgentId, Had)> {
    let held = conversation.held()?;
    let since = matches!(conversation.stage, Stage::Open(_)).then(|| held.active_since());
    Some((held.agent.id, Had { ms: held.had_ms, since }))
}

impl Filed {
    /// Where this one belongs.
    fn of(conversation: &Conversation, directory: &Directory) -> Self {
        let queue = conversation.queue.as_ref().filter(|queue| {
            directory.queue(queue).is_some_and(|one| one.agent_limit.is_some() || one.fairness.is_some())
        });
        let visit = conversation.visit();
        let preferred = visit.into_iter().flat_map(|visit| &visit.preferred);
        Self {
            visitor: conversation.visitor,
            over: conversation.state().is_over(),
            waits: visit.is_some(),
            preferred: preferred.map(|(agent, _)| *agent).collect(),
            own: Own {
                concerns: conversation.concerns(),
                room: conversation.takes_room(directory),
                held: had(conversation),
                bounding: queue.cloned(),
            },
            counted: Counted::of(conversation, directory),
        }
    }

    /// Who had it, and for how long.
    pub fn held(&self) -> Option<(AgentId, Had)> {
        self.own.held
    }

    /// What boards count of it.
    fn counts(&self) -> (&Counted, &[(AgentId, u32)]) {
        (&self.counted, &self.own.room)
    }

    /// Whose share of its queue it counts for.
    fn bounded(&self) -> impl Iterator<Item = (AgentId, &QueueId)> {
        let queue = self.own.bounding.iter();
        queue.flat_map(|queue| self.own.room.iter().map(move |(agent, _)| (*agent, queue)))
    }
}

impl Switchboard {
    /// Puts a conversation where it belongs now, and takes it from where it was.
    pub(crate) fn refile(&mut self, id: ConversationId, after: Option<Box<Conversation>>, now: Timestamp) {
        let was = self.filed.remove(&id);
        let kept = after.as_ref().is_some_and(|new| !new.is_gone() || self.runs.holds(id));
        let is = after.as_ref().filter(|_| kept).map(|new| Filed::of(new, &self.directory));
        self.file_visitor(id, was.as_ref(), is.as_ref());
        self.file_counted(id, was.as_ref(), is.as_ref());
        if let Some(old) = was.as_ref().filter(|old| old.over) {
            self.unfile_over(old.visitor, id);
        }
        if let Some(new) = after.as_ref().filter(|new| new.state().is_over()) {
            self.over_by_visitor.entry(new.visitor).or_default().insert(id);
        }
        let moves = was.as_ref().map(|was| &was.own) != is.as_ref().map(|is| &is.own);
        if moves {
            was.iter().for_each(|old| self.file_with_agents(id, &old.own, false));
            is.iter().for_each(|new| self.file_with_agents(id, &new.own, true));
        }
        if let Some(old) = was.as_ref().filter(|old| old.waits) {
            self.routing.forget(id, &old.preferred);
        }
        self.file_wait(id, after.as_deref().filter(|_| kept), now);
        match after {
            Some(new) if kept => drop(self.conversations.insert(id, new)),
            ended => {
                self.spam.remove(&id);
                self.runs.forget(id);
                self.ended.extend(ended.map(|conversation| (id, conversation)));
            }
        }
        self.file_timer(id);
        self.file_runs(id);
        let both = || was.iter().chain(&is);
        if moves {
            let touched: BTreeSet<AgentId> = both().flat_map(|filed| &filed.own.concerns).copied().collect();
            touched.into_iter().for_each(|agent| self.file_agent(agent));
        }
        both().flat_map(Filed::bounded).for_each(|(agent, queue)| self.file_bars(agent, queue, now));
        self.filed.extend(is.map(|is| (id, is)));
    }

    /// What is known of its visitor is otherwise than when it was filed.
    pub(crate) fn recount(&mut self, id: ConversationId) {
        let (Some(conversation), Some(was)) = (self.conversations.get(&id), self.filed.get(&id)) else {
            return;
        };
        let is = Filed { counted: Counted::of(conversation, &self.directory), ..was.clone() };
        let was = self.filed.insert(id, is.clone());
        self.file_counted(id, was.as_ref(), Some(&is));
    }

    fn file_counted(&mut self, id: ConversationId, was: Option<&Filed>, is: Option<&Filed>) {
        if was.map(Filed::counts) == is.map(Filed::counts) {
            return;
        }
        for (filed, more) in was.map(|was| (was, false)).into_iter().chain(is.map(|is| (is, true))) {
            self.tally.count(id, &filed.counted, &filed.own.room, more);
        }
    }

    fn file_visitor(&mut self, id: ConversationId, was: Option<&Filed>, is: Option<&Filed>) {
        let of = |filed: &Filed| (!filed.over).then_some(filed.visitor);
        let (before, after) = (was.and_then(of), is.and_then(of));
        if before == after {
            return;
        }
        if let Some(visitor) = before.filter(|visitor| self.by_visitor.get(visitor) == Some(&id)) {
            self.by_visitor.remove(&visitor);
        }
        self.by_visitor.extend(after.map(|visitor| (visitor, id)));
    }

    /// Puts it to the agents it concerns, or takes it from them.
    fn file_with_agents(&mut self, id: ConversationId, own: &Own, more: bool) {
        for agent in &own.concerns {
            let list = self.by_agent.entry(*agent).or_default();
            if more {
                list.insert(id)
            } else {
                list.remove(&id)
            };
        }
        for (agent, weight) in &own.room {
            let load = self.loads.entry(*agent).or_default();
            *load = if more { *load + weight } else { load.saturating_sub(*weight) };
            self.count_held(*agent, own.bounding.as_ref(), more);
        }
    }

    fn file_wait(&mut self, id: ConversationId, conversation: Option<&Conversation>, now: Timestamp) {
        self.waiting.file(id, conversation.and_then(|conversation| self.place_of(conversation)));
        if let Some(conversation) = conversation.filter(|conversation| conversation.visit().is_some()) {
            self.routing.file(conversation, &self.directory, now);
        }
    }

    fn place_of(&self, conversation: &Conversation) -> Option<Place> {
        let visit = conversation.visit()?;
        Some(match &visit.target {
            Target::Queue(queue) if visit.parked => Place::Parked(queue.clone()),
            Target::Queue(queue) => Place::Queue(queue.clone(), conversation.rank(&self.directory)?),
            Target::Agent(_) | Target::Team(_) | Target::Anybody => Place::Named(visit.target.clone()),
        })
    }

    /// Files what a conversation waits for.
    pub(crate) fn file_timer(&mut self, id: ConversationId) {
        let conversation = self.conversations.get(&id);
        let timer = conversation.and_then(|one| one.next_timer(&self.directory, &self.presence));
        let due = timer.map(|(due, _)| due);
        let before = match due {
            Some(due) => self.due.insert(id, due),
            None => self.due.remove(&id),
        };
        if before != due {
            before.map(|before| self.timers.remove(&(before, id)));
            self.timers.extend(due.map(|due| (due, id)));
        }
    }

    fn count_held(&mut self, agent: AgentId, queue: Option<&QueueId>, more: bool) {
        let Some(queue) =
            queue.filter(|queue| self.directory.queue(queue).is_some_and(|one| one.agent_limit.is_some()))
        else {
            return;
        };
        let count = self.held_by_queue.entry((agent, queue.clone())).or_default();
        *count = if more { *count + 1 } else { count.saturating_sub(1) };
    }
}
