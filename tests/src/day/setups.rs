//! Workspaces made up by chance, small enough that everything in them meets everything else.

use super::chance::Chance;
use super::step::{NAMES, agent, site};
use protocol::setup::{
    AgentRole, AgentSetup, AutoClose, CalendarSetup, Conduct, Fairness, Hours, Need, OfferMode, Orphans,
    PlanStep, Pool, Promises, QueueSetup, Rank, Reason, ReasonUse, Reminder, Rules, Setup, SiteSetup, SkipIf,
    Spam, Sticky, Strategy, Subject, TeamSetup, Tier, UntakenTransfers, What,
};
use protocol::{CalendarId, Outlet, QueueId, ReasonId, SkillId, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// Zones whose clocks are never changed, so that the second opinion can be simple.
pub const ZONES: [(&str, i64); 3] = [("UTC", 0), ("Asia/Kolkata", 330), ("America/Phoenix", -420)];

/// A queue by number.
pub fn queue(number: u64) -> QueueId {
    QueueId::new(format!("q{number}")).expect("it is spelled like a name")
}

/// A team by number.
pub fn team(number: u64) -> TeamId {
    TeamId::new(format!("t{number}")).expect("it is spelled like a name")
}

/// A reason by name.
pub fn reason(name: &str) -> ReasonId {
    ReasonId::new(name).expect("it is spelled like a name")
}

/// A workspace made up by chance.
pub fn draw(chance: &mut Chance) -> Setup {
    let (agents, teams, queues) = (1 + chance.below(6), 1 + chance.below(3), 1 + chance.below(4));
    let mut setup = Setup { rules: rules(chance), reasons: reasons(), ..Setup::default() };
    for number in 0..agents {
        let number = u8::try_from(number).unwrap_or_default();
        setup.agents.insert(agent(number), person(chance, number));
    }
    setup.calendars.insert(calendar_id(), calendar(chance));
    for number in 0..teams {
        let members = setup.agents.keys().filter(|_| chance.percent(60)).copied().collect();
        let conduct = conduct(chance);
        setup.teams.insert(team(number), TeamSetup { name: format!("Team {number}"), members, conduct });
    }
    for number in 0..queues {
        let made = queue_setup(chance, &setup, number, queues, teams);
        setup.queues.insert(queue(number), made);
    }
    setup.sites.insert(site(), SiteSetup { default_queue: queue(0) });
    setup
}

/// The same workspace after somebody has been at its settings.
pub fn change(chance: &mut Chance, before: &Setup) -> Setup {
    let mut setup = before.clone();
    let agents: Vec<_> = setup.agents.keys().copied().collect();
    let one = chance.one_of(&agents).copied();
    let team_ids: Vec<_> = setup.teams.keys().cloned().collect();
    match chance.below(9) {
        0 | 1 => {
            if let Some(agent) = one.and_then(|one| setup.agents.get_mut(&one)) {
                agent.capacity = u32::try_from(chance.below(5)).unwrap_or_default();
            }
        }
        2 => {
            if let Some(agent) = one.and_then(|one| setup.agents.get_mut(&one)) {
                agent.skills.clear();
                agent.languages.clear();
            }
        }
        3 => {
            if let Some(agent) = one.and_then(|one| setup.agents.get_mut(&one)) {
                agent.active = !agent.active;
            }
        }
        4 => {
            if let Some(team) = chance.one_of(&team_ids).and_then(|id| setup.teams.get_mut(id)) {
                team.members.clear();
            }
        }
        5 => remove_queue(chance, &mut setup),
        6 => {
            if let Some(team) = chance.one_of(&team_ids).and_then(|id| setup.teams.get_mut(id)) {
                team.conduct = conduct(chance);
                team.members = agents.iter().filter(|_| chance.percent(60)).copied().collect();
            }
        }
        7 => setup.rules = rules(chance),
        _ => redo_queue(chance, &mut setup),
    }
    // A skill that nobody knows any more is no mistake of a running workspace's, but would be one of its file.
    forget_unknown_needs(&mut setup);
    setup
}

fn redo_queue(chance: &mut Chance, setup: &mut Setup) {
    let queues: Vec<_> = setup.queues.keys().cloned().collect();
    let Some(id) = chance.one_of(&queues).cloned() else { return };
    let (number, all, teams) = (chance.below(4), queues.len() as u64, setup.teams.len() as u64);
    let mut made = queue_setup(chance, setup, number, all, teams);
    made.overflow = Outlet::Wait;
    setup.queues.insert(id, made);
}

fn remove_queue(chance: &mut Chance, setup: &mut Setup) {
    let queues: Vec<_> = setup.queues.keys().skip(1).cloned().collect();
    let Some(gone) = chance.one_of(&queues) else { return };
    setup.queues.remove(gone);
    for queue in setup.queues.values_mut() {
        for outlet in [&mut queue.overflow, &mut queue.when_closed] {
            if *outlet == Outlet::Queue(gone.clone()) {
                *outlet = Outlet::LeaveMessage;
            }
        }
    }
    if let Some(site) = setup.sites.get_mut(&site())
        && site.default_queue == *gone
        && let Some(first) = setup.queues.keys().next()
    {
        site.default_queue = first.clone();
    }
}

fn forget_unknown_needs(setup: &mut Setup) {
    let agents = setup.agents.clone();
    let known = |need: &Need| match &need.subject {
        Subject::Skill(skill) => agents.values().any(|agent| agent.skills.contains_key(skill)),
        Subject::Language(tag) => agents.values().any(|agent| agent.languages.contains_key(tag)),
    };
    setup.queues.values_mut().for_each(|queue| queue.needs.retain(known));
}

fn rules(chance: &mut Chance) -> Rules {
    let ranks = [Rank::HeadStart, Rank::HeadStart, Rank::StrictPriority, Rank::PromisedFirst];
    Rules {
        rank: *chance.one_of(&ranks).unwrap_or(&Rank::HeadStart),
        conduct: conduct(chance),
        closing_needs_category: chance.percent(15),
        closing_needs_note: chance.percent(10),
        transfer_needs_note: chance.percent(20),
        transfer_to_offline: chance.percent(30),
        transfers_max: small(chance, 0, 3),
        unassign_cooldown_seconds: *chance.one_of(&[0, 20, 60]).unwrap_or(&60),
        auto_close: auto_close(chance),
        assistant_close_seconds: *chance.one_of(&[600, 3_600, 86_400]).unwrap_or(&600),
        abandon_seconds: *chance.one_of(&[None, Some(30), Some(120)]).unwrap_or(&None),
        reopen_seconds: *chance.one_of(&[0, 0, 300, 3_600]).unwrap_or(&0),
        spam: Spam {
            detect: chance.percent(70),
            rate_messages: chance.percent(50).then_some(4),
            repeats: chance.percent(60).then_some(3),
            words: vec!["casino".to_owned()],
            blocked: (0..u8::from(chance.percent(8))).map(super::step::visitor).collect(),
            close_seconds: *chance.one_of(&[None, Some(3_600)]).unwrap_or(&None),
            ..Spam::default()
        },
    }
}

fn auto_close(chance: &mut Chance) -> AutoClose {
    let reminder = |seconds| Reminder { after_seconds: seconds, text: "Are you still there?".to_owned() };
    let reminders = [300, 900, 2_400].into_iter().take(usize::try_from(chance.below(4)).unwrap_or_default());
    let after_seconds = chance.percent(70).then_some(3_600);
    AutoClose { after_seconds, reminders: reminders.map(reminder).collect() }
}

fn conduct(chance: &mut Chance) -> Conduct {
    Conduct {
        offer: offer(chance),
        misses_max: small(chance, 1, 3),
        may_decline: !chance.percent(10),
        decline_needs_reason: chance.percent(10),
        busy_after_decline: chance.percent(15),
        wrap_up_seconds: if chance.percent(40) { small(chance, 10, 120) } else { 0 },
        wrap_up_takes_room: chance.percent(60),
        untaken_transfers: if chance.percent(30) {
            UntakenTransfers::Requeue
        } else {
            UntakenTransfers::Stay
        },
        orphans: match chance.below(3) {
            0 => Orphans::Keep,
            1 => Orphans::Requeue { after_seconds: small(chance, 0, 120) },
            _ => Orphans::RequeueWhenVisitorWrites,
        },
        first_reply_seconds: if chance.percent(50) { small(chance, 30, 900) } else { 0 },
        first_reply_tries: small(chance, 0, 3),
        quiet_after_seconds: chance.percent(25).then(|| small(chance, 60, 600)),
        may_exceed_capacity: chance.percent(25),
        anyone_may_reply: chance.percent(25),
    }
}

fn offer(chance: &mut Chance) -> OfferMode {
    if chance.percent(40) { OfferMode::AutoAccept } else { OfferMode::Ask { seconds: small(chance, 5, 60) } }
}

fn person(chance: &mut Chance, number: u8) -> AgentSetup {
    let name = NAMES.get(usize::from(number)).copied().unwrap_or("Zoe");
    let mut person = AgentSetup::named(name);
    person.role = if number == 0 || chance.percent(20) { AgentRole::Supervisor } else { AgentRole::Agent };
    person.capacity = small(chance, 0, 4).max(1);
    person.skills = levels(chance, &["billing", "repair"])
        .into_iter()
        .map(|(name, level)| (skill(name), level))
        .collect();
    person.languages =
        levels(chance, &["fr", "de"]).into_iter().map(|(tag, level)| (tag.to_owned(), level)).collect();
    person.tier = *chance
        .one_of(&[Tier::High, Tier::Medium, Tier::Medium, Tier::Low, Tier::Never])
        .unwrap_or(&Tier::Medium);
    person
}

fn levels<'a>(chance: &mut Chance, names: &[&'a str]) -> BTreeMap<&'a str, u8> {
    let known: Vec<&str> = names.iter().copied().filter(|_| chance.percent(60)).collect();
    known.into_iter().map(|name| (name, u8::try_from(1 + chance.below(5)).unwrap_or(1))).collect()
}

fn queue_setup(chance: &mut Chance, setup: &Setup, number: u64, queues: u64, teams: u64) -> QueueSetup {
    let mut queue = QueueSetup::of_team(format!("Queue {number}"), team(chance.below(teams)));
    if chance.percent(60) {
        queue.plan = plan(chance, setup, teams);
    }
    queue.strategy = strategy(chance);
    queue.secondary_for = setup.agents.keys().filter(|_| chance.percent(15)).copied().collect();
    queue.needs = needs(chance, setup);
    queue.weight = if chance.percent(20) { 2 } else { 1 };
    queue.priority = *chance.one_of(&[0, 0, 0, 2, 10, -5]).unwrap_or(&0);
    queue.sticky =
        chance.percent(60).then(|| Sticky { days: small(chance, 0, 2), wait_seconds: small(chance, 5, 60) });
    queue.agent_limit = chance.percent(20).then(|| small(chance, 1, 2));
    queue.fairness = chance
        .percent(20)
        .then(|| Fairness { most: small(chance, 1, 3), within_seconds: small(chance, 30, 600) });
    queue.overflow = outlet(chance, setup, number, queues);
    queue.max_wait_seconds = chance.percent(30).then(|| small(chance, 20, 900));
    queue.max_length = chance.percent(20).then(|| small(chance, 0, 3));
    queue.hours = chance.percent(25).then(calendar_id);
    queue.when_closed = outlet(chance, setup, number, queues);
    queue.keep_age = chance.percent(70);
    queue.drain_when_empty = chance.percent(20);
    queue.leaving_message = chance.percent(30).then(|| "We are sorry.".to_owned());
    queue.closed_message = chance.percent(30).then(|| "We are closed.".to_owned());
    queue.promises = Promises {
        first_reply_seconds: chance.percent(40).then(|| small(chance, 30, 900)),
        next_reply_seconds: chance.percent(30).then(|| small(chance, 30, 900)),
        open_hours_only: chance.percent(30),
    };
    queue
}

fn plan(chance: &mut Chance, setup: &Setup, teams: u64) -> Vec<PlanStep> {
    let many = 1 + chance.below(3);
    (0..many).map(|at| plan_step(chance, setup, teams, at + 1 == many)).collect()
}

fn plan_step(chance: &mut Chance, setup: &Setup, teams: u64, last: bool) -> PlanStep {
    let agents = match chance.percent(30) {
        true => setup.agents.keys().filter(|_| chance.percent(40)).copied().collect(),
        false => BTreeSet::new(),
    };
    let named =
        if chance.percent(50) { BTreeSet::from([team(chance.below(teams))]) } else { BTreeSet::new() };
    let skips = [SkipIf::NobodyOnline, SkipIf::NobodyEligible, SkipIf::MoreWaitThan(1), SkipIf::ClosedHours];
    PlanStep {
        stay_seconds: (!last || chance.percent(50)).then(|| small(chance, 5, 120)),
        pool: Pool { agents, teams: named },
        widen: chance.percent(50),
        drop_needs: needs(chance, setup).into_iter().map(|need| need.subject).collect(),
        priority_delta: *chance.one_of(&[0, 0, 5, -2]).unwrap_or(&0),
        skip_if: skips.into_iter().filter(|_| chance.percent(15)).collect(),
        strategy: chance.percent(30).then(|| strategy(chance)),
        offer: chance.percent(30).then(|| offer(chance)),
    }
}

fn strategy(chance: &mut Chance) -> Strategy {
    let all = [What::RoundRobin, What::LeastOpen, What::MostAvailable, What::LongestIdle, What::BestSkill];
    let by = if chance.percent(6) { What::Manual } else { *chance.one_of(&all).unwrap_or(&What::RoundRobin) };
    let ask_at_once =
        if chance.percent(25) { 2 + u16::try_from(chance.below(2)).unwrap_or_default() } else { 1 };
    Strategy { by, tiered: chance.percent(30), ask_at_once }
}

fn needs(chance: &mut Chance, setup: &Setup) -> Vec<Need> {
    let subjects = [
        Subject::Skill(skill("billing")),
        Subject::Skill(skill("repair")),
        Subject::Language("fr".to_owned()),
    ];
    let known = |subject: &Subject| match subject {
        Subject::Skill(skill) => setup.agents.values().any(|agent| agent.skills.contains_key(skill)),
        Subject::Language(tag) => setup.agents.values().any(|agent| agent.languages.contains_key(tag)),
    };
    let wanted: Vec<Subject> = subjects.into_iter().filter(|_| chance.percent(20)).filter(known).collect();
    wanted
        .into_iter()
        .map(|subject| Need {
            subject,
            level: u8::try_from(1 + chance.below(3)).unwrap_or(1),
            mandatory: !chance.percent(20),
        })
        .collect()
}

fn outlet(chance: &mut Chance, setup: &Setup, own: u64, queues: u64) -> Outlet {
    let agents: Vec<_> = setup.agents.keys().copied().collect();
    match chance.below(9) {
        0 => Outlet::Assistant,
        1 => Outlet::LeaveMessage,
        2 => Outlet::Close,
        3 => chance.one_of(&agents).map_or(Outlet::Wait, |agent| Outlet::Agent(*agent)),
        // Forwards and backwards, so that there are chains and circles.
        4 | 5 if queues > 1 => Outlet::Queue(queue((own + 1 + chance.below(queues - 1)) % queues)),
        _ => Outlet::Wait,
    }
}

fn calendar(chance: &mut Chance) -> CalendarSetup {
    let span = |from, to| Hours { from, to };
    let day = |chance: &mut Chance| match chance.below(4) {
        0 => Vec::new(),
        1 => vec![span(0, 24 * 60)],
        2 => vec![span(8 * 60, 12 * 60), span(13 * 60, 18 * 60)],
        _ => vec![span(9 * 60, 17 * 60)],
    };
    let zone = chance.one_of(&ZONES).map_or("UTC", |(zone, _)| *zone).to_owned();
    let week = std::array::from_fn(|_| day(chance));
    let days = BTreeMap::from([("2026-03-03".to_owned(), day(chance))]);
    CalendarSetup { name: "Hours".to_owned(), zone, week, days }
}

pub fn reasons() -> BTreeMap<ReasonId, Reason> {
    let made = |uses: &[ReasonUse], retired| Reason {
        label: "A reason".to_owned(),
        uses: uses.iter().copied().collect(),
        retired,
        position: 0,
    };
    BTreeMap::from([
        (reason("expert"), made(&[ReasonUse::Transfer], false)),
        (reason("old"), made(&[ReasonUse::Transfer, ReasonUse::Close, ReasonUse::Decline], true)),
        (reason("done"), made(&[ReasonUse::Close], false)),
        (reason("lunch"), made(&[ReasonUse::Decline, ReasonUse::Transfer], false)),
    ])
}

fn calendar_id() -> CalendarId {
    CalendarId::new("hours").expect("it is spelled like a name")
}

fn skill(name: &str) -> SkillId {
    SkillId::new(name).expect("it is spelled like a name")
}

fn small(chance: &mut Chance, least: u32, most: u32) -> u32 {
    least + u32::try_from(chance.below(u64::from(most - least + 1))).unwrap_or_default()
}
