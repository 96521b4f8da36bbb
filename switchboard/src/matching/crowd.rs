//! Conversations with one wish, and the agents who can grant it.

use super::order::{Order, Standing, Strategy, Tier};
use super::rank::Rank;
use super::{Profile, Wish};
use protocol::{AgentId, ConversationId};
use std::collections::BTreeSet;

/// Who waits with this wish, and who can take one of them now; each in order.
#[derive(Clone, Debug)]
pub struct Crowd {
    pub wish: Wish,
    pub waiting: BTreeSet<(Rank, ConversationId)>,
    pub ready: BTreeSet<(Order, AgentId)>,
    /// How many could ever take one.
    pub members: usize,
}

/// An agent's place in a crowd.
#[derive(Clone, Debug)]
pub struct Member {
    pub crowd: usize,
    /// How far its conversations come after others.
    pub later: u8,
    /// Where the agent stands among those who are ready; `None` when they are not.
    pub filed: Option<Order>,
    /// Sum of the levels of the skills asked for.
    levels: u32,
}

impl Crowd {
    /// Nobody is in it.
    pub fn of(wish: Wish) -> Self {
        Self { wish, waiting: BTreeSet::new(), ready: BTreeSet::new(), members: 0 }
    }

    /// Puts an agent where they belong now.
    pub fn file(
        &mut self,
        id: AgentId,
        member: &mut Member,
        profile: &Profile,
        standing: &Standing,
        barred: bool,
    ) {
        let place = place(&self.wish, member, profile, standing, barred);
        if place == member.filed {
            return;
        }
        if let Some(old) = member.filed.take() {
            self.ready.remove(&(old, id));
        }
        if let Some(new) = place {
            self.ready.insert((new, id));
        }
        member.filed = place;
    }
}

/// An agent's place among those who can take what waits with this wish; `None` when they cannot.
pub fn place(
    wish: &Wish,
    member: &Member,
    profile: &Profile,
    standing: &Standing,
    barred: bool,
) -> Option<Order> {
    let Wish { strategy, weight, tiered, .. } = *wish;
    let tier = profile.tier;
    let asked = strategy != Strategy::Manual && (!tiered || tier != Tier::Never);
    let below = wish.load_below.is_none_or(|most| standing.load < most);
    let can = asked && !barred && below && standing.available && standing.free() >= weight;
    let tier = if tiered { tier } else { Tier::Medium };
    can.then(|| Order::by(strategy, tier, standing, member.levels))
}

impl Member {
    /// An agent's place among those with these skills; `None` without them.
    pub fn of(crowd: usize, wish: &Wish, profile: &Profile) -> Option<Self> {
        let mut levels = 0;
        for (skill, least) in &wish.skills {
            let level = profile.skills.get(skill).filter(|level| *level >= least)?;
            levels += u32::from(*level);
        }
        for skill in &wish.wished {
            levels += profile.skills.get(skill).copied().map_or(0, u32::from);
        }
        let later = profile.later.get(&wish.pool).copied().unwrap_or_default();
        Some(Self { crowd, later, filed: None, levels })
    }
}
