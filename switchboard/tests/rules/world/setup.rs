//! The workspace of the tests, and what of it tests change.

use protocol::setup::{
    AgentRole, AgentSetup, CalendarSetup, Conduct, Hours, LEVEL_MAX, Need, PlanStep, Pool, QueueSetup,
    Reason, ReasonUse, Setup, SiteSetup, Subject, TeamSetup,
};
use protocol::{AgentId, CalendarId, QueueId, ReasonId, SiteId, SkillId, TeamId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Conversations each agent can hold.
pub const CAPACITY: u32 = 2;

/// Seconds an offer lasts when nothing else is said.
pub const OFFER_SECONDS: u64 = 30;

const NAMES: [&str; 6] = ["Anna", "Ben", "Carla", "Dora", "Emil", "Sam"];

/// The id of somebody by name.
pub fn agent_id(name: &str) -> AgentId {
    let place = NAMES.iter().position(|known| *known == name).unwrap_or_else(|| panic!("who is {name}?"));
    AgentId(Uuid::from_u128(place as u128 + 1))
}

/// Anna and Ben serve the desk, Carla the workshop; Dora and Emil belong to no team, Sam oversees all.
pub fn shop() -> Setup {
    let agent = |name: &&str| (agent_id(name), AgentSetup { capacity: CAPACITY, ..AgentSetup::named(*name) });
    let mut agents: BTreeMap<AgentId, AgentSetup> = NAMES.iter().map(agent).collect();
    agents.entry(agent_id("Sam")).and_modify(|sam| sam.role = AgentRole::Supervisor);
    let of = |name: &str, members: &[&str]| {
        let members = members.iter().map(|name| agent_id(name)).collect();
        (team(name), TeamSetup { name: name.to_owned(), members, conduct: Conduct::default() })
    };
    let serves = |name: &str| (queue(name), QueueSetup::of_team(name, team(name)));
    let reasons = [
        ("language", vec![ReasonUse::Transfer], false),
        ("lunch", vec![ReasonUse::Decline], false),
        ("solved", vec![ReasonUse::Close], false),
        ("other", vec![ReasonUse::Transfer, ReasonUse::Close, ReasonUse::Decline], false),
        ("gone", vec![ReasonUse::Transfer, ReasonUse::Close, ReasonUse::Decline], true),
    ];
    let reasons = reasons.map(|(name, uses, retired)| {
        let uses = uses.into_iter().collect();
        (reason(name), Reason { label: name.to_owned(), uses, retired, position: 0 })
    });
    Setup {
        agents,
        teams: [of("desk", &["Anna", "Ben"]), of("workshop", &["Carla"])].into(),
        queues: [serves("desk"), serves("workshop")].into(),
        sites: [(site(), SiteSetup { default_queue: queue("desk") })].into(),
        reasons: reasons.into(),
        ..Setup::default()
    }
}

/// The queue most visitors wait in.
pub fn desk(setup: &mut Setup) -> &mut QueueSetup {
    setup.queues.get_mut(&queue("desk")).expect("it is set up")
}

/// The other queue.
pub fn workshop(setup: &mut Setup) -> &mut QueueSetup {
    setup.queues.get_mut(&queue("workshop")).expect("it is set up")
}

/// How those of the desk work.
pub fn conduct(setup: &mut Setup) -> &mut Conduct {
    &mut setup.teams.get_mut(&team("desk")).expect("it is set up").conduct
}

/// Monday to Friday from 9 to 17 in UTC, by the name `office`. The tests begin on a Monday at 13:33.
pub fn office_hours(setup: &mut Setup) -> CalendarId {
    let id = CalendarId::new("office").expect("a slug");
    let hours = Hours::try_from("09:00-17:00".to_owned()).expect("hours");
    let week = std::array::from_fn(|day| if day < 5 { vec![hours] } else { Vec::new() });
    let calendar =
        CalendarSetup { name: "Office".to_owned(), zone: "UTC".to_owned(), week, days: BTreeMap::new() };
    setup.calendars.insert(id.clone(), calendar);
    id
}

/// A step that asks these agents for so long.
pub fn plan_step(names: &[&str], stay_seconds: Option<u32>) -> PlanStep {
    let agents = names.iter().map(|name| agent_id(name)).collect();
    PlanStep { stay_seconds, pool: Pool { agents, ..Pool::default() }, ..PlanStep::default() }
}

/// Gives somebody a skill.
pub fn skill(setup: &mut Setup, name: &str, skill: &str, level: u8) {
    assert!(level <= LEVEL_MAX);
    let skill = SkillId::new(skill).expect("a slug");
    setup.agents.get_mut(&agent_id(name)).expect("they are set up").skills.insert(skill, level);
}

/// A queue by name.
pub fn queue(name: &str) -> QueueId {
    QueueId::new(name).expect("a slug")
}

/// A team by name.
pub fn team(name: &str) -> TeamId {
    TeamId::new(name).expect("a slug")
}

/// A reason by name.
pub fn reason(name: &str) -> ReasonId {
    ReasonId::new(name).expect("a slug")
}

/// The site all visitors are on.
pub fn site() -> SiteId {
    SiteId::new("shop").expect("a slug")
}

/// That a skill is needed at this level.
pub fn need(name: &str, level: u8) -> Need {
    Need { subject: Subject::Skill(SkillId::new(name).expect("a slug")), level, mandatory: true }
}
