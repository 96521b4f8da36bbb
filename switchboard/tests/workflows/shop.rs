//! The workspace of the scenes.

use protocol::setup::{
    AgentSetup, Conduct, OfferMode, QueueSetup, Reason, ReasonUse, Setup, SiteSetup, TeamSetup,
};
use protocol::{AgentId, AgentRole, QueueId, ReasonId, SiteId, TeamId, VisitorId, WorkflowId};
use std::collections::BTreeMap;
use uuid::Uuid;

pub const NAMES: [&str; 5] = ["ada", "bob", "cyd", "dan", "sue"];

pub fn agent(name: &str) -> AgentId {
    let place = NAMES.iter().position(|known| *known == name).unwrap_or_else(|| panic!("who is {name}?"));
    AgentId(Uuid::from_u128(place as u128 + 1))
}

pub fn visitor(number: u128) -> VisitorId {
    VisitorId(Uuid::from_u128(number))
}

pub fn workflow_id(id: &str) -> WorkflowId {
    WorkflowId::new(id).expect("a slug")
}

pub fn team_id(id: &str) -> TeamId {
    TeamId::new(id).expect("a slug")
}

pub fn queue(id: &str) -> QueueId {
    QueueId::new(id).expect("a slug")
}

pub fn site() -> SiteId {
    SiteId::new("shop").expect("a slug")
}

/// Ada is of the first line, Bob and Cyd of the second, Dan and Sue of none; Sue oversees all.
pub fn shop() -> Setup {
    let named = |name: &&str| {
        let email = Some(format!("{name}@example.com"));
        (agent(name), AgentSetup { email, capacity: 3, ..AgentSetup::named(*name) })
    };
    let conduct = Conduct { offer: OfferMode::AutoAccept, first_reply_seconds: 0, ..Conduct::default() };
    let of = |name: &str, members: &[&str]| {
        let members = members.iter().map(|name| agent(name)).collect();
        (team_id(name), TeamSetup { name: name.to_owned(), members, conduct: conduct.clone() })
    };
    let mut agents: BTreeMap<_, _> = NAMES.iter().map(named).collect();
    agents.entry(agent("sue")).and_modify(|sue| sue.role = AgentRole::Supervisor);
    let reason = Reason {
        label: "Solved".to_owned(),
        uses: [ReasonUse::Close, ReasonUse::Transfer].into(),
        retired: false,
        position: 0,
    };
    let mut setup = Setup {
        agents,
        teams: [of("first", &["ada"]), of("second", &["bob", "cyd"]), of("empty", &[])].into(),
        queues: ["first", "second"]
            .map(|name| (queue(name), QueueSetup::of_team(name, team_id(name))))
            .into(),
        sites: [(site(), SiteSetup { default_queue: queue("first") })].into(),
        reasons: [(ReasonId::new("solved").expect("a slug"), reason)].into(),
        ..Setup::default()
    };
    setup.rules.conduct = conduct;
    setup.rules.spam.detect = false;
    setup
}
