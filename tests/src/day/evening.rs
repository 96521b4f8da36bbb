//! How a day ends: everybody is back, answers what they are asked, and closes what they have. Then nothing is left.

use super::model::{State, Wrong};
use super::setups;
use super::step::{Deed, Step, Who, agent, visitor};
use super::world::World;
use crate::hold;
use protocol::setup::{AgentRole, Setup};
use protocol::{Act, AgentId, AgentStatus, Line};

/// Rounds in which everybody does something with everything.
const ROUNDS: u64 = 80;

/// Between two rounds: shorter than any offer lasts.
const ROUND_MS: u64 = 1_000;

/// Steps of the evening have names above those of the day.
const FIRST_ID: u32 = 1_000_000;

/// After so long nothing is waited for any more: longer than any silence or snooze of a day.
const NIGHT_MS: u64 = 3 * 86_400_000;

/// Lives through the evening of a day that ended at this time under this first setup.
pub fn evening(world: &mut World, morning: &Setup, ended: u64, visitors: u8) -> Wrong {
    let everybody: Vec<u8> = morning.agents.keys().filter_map(|one| number_of(*one)).collect();
    // In a day that was shortened nobody may be left.
    let Some(lead) = everybody.first().copied() else { return Ok(()) };
    let mut evening = Evening { world, at: ended, id: FIRST_ID, lead };
    evening.does(Deed::SetUp(Box::new(open_house(morning))))?;
    for number in everybody {
        evening.does(Deed::Connected(number, true))?;
        evening.does(Deed::Chooses(number, AgentStatus::Online))?;
    }
    for _ in 0..ROUNDS {
        evening.at += ROUND_MS;
        evening.does(Deed::Waits)?;
        let is_done = |state: &State| matches!(state, State::Automated | State::WrapUp { .. });
        if evening.world.model.talks.values().all(|talk| is_done(&talk.state)) {
            return evening.night();
        }
        for number in 0..visitors {
            evening.round(number)?;
        }
    }
    let is_left = |state: &State| !matches!(state, State::Automated | State::WrapUp { .. });
    let left = evening.world.model.talks.values().find(|talk| is_left(&talk.state));
    Err(format!("everybody is there, and this is left: {left:?}"))
}

struct Evening<'w> {
    world: &'w mut World,
    at: u64,
    id: u32,
    /// Who supervises.
    lead: u8,
}

impl Evening<'_> {
    fn does(&mut self, deed: Deed) -> Wrong {
        self.id += 1;
        self.world.step(&Step { id: self.id, at: self.at, jumped: false, batched: false, deed })
    }

    /// Whoever has a visitor's conversation brings it nearer to its end.
    fn round(&mut self, number: u8) -> Wrong {
        let Some(talk) = self.world.model.last_of(visitor(number)) else { return Ok(()) };
        let done = Act::Close { category: Some(setups::reason("done")), note: Some("Done".to_owned()) };
        let (who, act) = match &talk.state {
            State::Offered { to, .. } => (to.first().and_then(|one| number_of(*one)), Act::Accept),
            State::Open(hold) if hold.passing.is_some() => {
                (hold.passing.and_then(|(to, _)| number_of(to)), Act::Accept)
            }
            State::Open(hold) if !hold.replied => (number_of(hold.agent), say()),
            State::Open(hold) => (number_of(hold.agent), done),
            State::Pending { .. } => (Some(self.lead), Act::Wake),
            State::WrapUp { agent, .. } => (number_of(*agent), Act::FinishWrapUp),
            State::Spam(_) => (Some(self.lead), Act::UnmarkSpam),
            // Nobody is there with what it needs, or somebody has to pick it.
            State::Queued(_) => {
                let to = protocol::Target::Agent(agent(self.lead));
                (Some(self.lead), Act::Assign { to, even_if_unavailable: true })
            }
            State::Automated | State::Closed { .. } | State::Loose(_) => return Ok(()),
        };
        who.map_or(Ok(()), |who| self.does(Deed::Acts(Who::Agent(who), number, act)))
    }

    /// Nobody writes any more: all that is left ends by itself, and nothing is waited for.
    fn night(mut self) -> Wrong {
        self.at += NIGHT_MS;
        self.does(Deed::Waits)?;
        let left = self.world.board.conversations().next();
        hold!(left.is_none(), "this never ends: {left:?}");
        let next = self.world.board.next_deadline();
        hold!(next.is_none(), "nothing is there, and {next:?} is waited for");
        self.world.store.replays()
    }
}

/// The first setup with everybody at work, with one supervisor at least, and with all reasons: a day that was shortened may have
/// lost them.
fn open_house(morning: &Setup) -> Setup {
    let mut setup = morning.clone();
    for person in setup.agents.values_mut() {
        person.active = true;
        person.capacity = person.capacity.max(2);
    }
    if let Some(lead) = setup.agents.values_mut().next() {
        lead.role = AgentRole::Supervisor;
    }
    setup.reasons.extend(setups::reasons());
    setup
}

fn number_of(one: AgentId) -> Option<u8> {
    (0..u8::MAX).find(|number| agent(*number) == one)
}

fn say() -> Act {
    Act::Say {
        text: Line::new("Good evening").expect("it is not blank"),
        written_at: protocol::Timestamp::default(),
    }
}
