//! Random days of a workspace, on the real switchboard and with time that passes only here.
//!
//! A seed makes up a workspace and what people do in it. The day is kept as data, so that it can be played again without
//! chance and made shorter when it fails. After every event a second opinion, which knows nothing but the setup and the
//! saved events, says whether that may be; at rest it is compared with the switchboard.
//!
//! Workflows are not part of days yet: they belong into [`step::Deed`], and their runs into [`model`].

pub mod chance;
mod evening;
pub mod faults;
mod generator;
mod model;
mod rest;
mod setups;
mod shrink;
pub mod step;
mod store;
pub mod world;

use chance::Chance;
use faults::Fault;
use generator::Generator;
use step::{Day, Deed, Who};
use world::{Tally, World};

/// Things that happen in a day, at most.
const STEPS_MAX: u64 = 160;

/// A day that went wrong.
#[derive(Debug)]
pub struct Failure {
    /// What was wrong.
    pub why: String,
    /// What had happened.
    pub day: Day,
}

/// Lives through the day of a seed.
pub fn live(seed: u64, fault: Option<Fault>) -> Result<Tally, Box<Failure>> {
    let mut chance = Chance::new(seed);
    let setup = setups::draw(&mut chance);
    let steps = 20 + chance.below(STEPS_MAX - 20);
    let agents = u8::try_from(setup.agents.len()).unwrap_or(1);
    let mut generator = Generator::new(chance, agents);
    let mut day = Day { setup, steps: Vec::new() };
    let mut world = match World::new(&day, fault) {
        Ok(world) => world,
        Err(why) => return Err(Box::new(Failure { why, day })),
    };
    for _ in 0..steps {
        let due = world.model.first_due();
        let step = generator.next(&world.model, due);
        day.steps.push(step);
        let last = day.steps.last().map_or(Ok(()), |step| world.step(step));
        if let Err(why) = last {
            return Err(Box::new(Failure { why, day }));
        }
    }
    match ends(&mut world, &day) {
        Ok(()) => Ok(world.tally),
        Err(why) => Err(Box::new(Failure { why, day })),
    }
}

/// Plays a day again; the error says what was wrong.
pub fn play(day: &Day, fault: Option<Fault>) -> Result<Tally, String> {
    let mut world = World::new(day, fault)?;
    day.steps.iter().try_for_each(|step| world.step(step))?;
    ends(&mut world, day)?;
    Ok(world.tally)
}

/// The same failure in as few steps and settings as could be found.
pub fn shorten(failure: &Failure, fault: Option<Fault>) -> Failure {
    let first = kind(&failure.why);
    // A setup that is none fails too, but that is not what is looked for.
    let is_one = |day: &Day| [fault, None].into_iter().all(|fault| World::new(day, fault).is_ok());
    let fails = |day: &Day| is_one(day) && play(day, fault).is_err_and(|why| kind(&why) == first);
    let day = shrink::shrink(&failure.day, fails);
    let why = play(&day, fault).err().unwrap_or_else(|| failure.why.clone());
    Failure { why, day }
}

/// What a failure is about: its first words, without ids and numbers.
pub fn kind(why: &str) -> String {
    let words = why.lines().next().unwrap_or_default().split([' ', ':', '(', '[', '{']);
    let plain = |word: &&str| word.chars().all(|c| c.is_alphabetic());
    words.filter(plain).take(10).collect::<Vec<_>>().join(" ")
}

fn ends(world: &mut World, day: &Day) -> Result<(), String> {
    let ended = day.steps.last().map_or(0, |step| step.at);
    // What came in a batch with a step that never came is at rest now.
    world.step(&step::Step { id: u32::MAX, at: ended, jumped: false, batched: false, deed: Deed::Waits })?;
    let visitors =
        day.steps.iter().filter_map(|step| visitor_of(&step.deed)).max().map_or(0, |last| last + 1);
    evening::evening(world, &day.setup, ended, visitors)
}

fn visitor_of(deed: &Deed) -> Option<u8> {
    match deed {
        Deed::Writes(visitor, _)
        | Deed::AssistantWrites(visitor, _)
        | Deed::Asks(visitor, _)
        | Deed::GivesUp(visitor)
        | Deed::Ends(visitor)
        | Deed::Here(visitor, _)
        | Deed::Acts(Who::Agent(_) | Who::Program, visitor, _)
        | Deed::Opens(_, visitor) => Some(*visitor),
        Deed::Connected(..)
        | Deed::Chooses(..)
        | Deed::Idles(..)
        | Deed::Repeats(_)
        | Deed::SetUp(_)
        | Deed::Restarts
        | Deed::Waits => None,
    }
}
