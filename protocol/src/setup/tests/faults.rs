//! Each fault of a setup is found where it is.

use super::super::*;
use super::{desk_id, id, shop};
use crate::{Outlet, SkillId};
use uuid::Uuid;

/// What is changed, and the beginnings of the place and of the message that are found then.
type Case = (fn(&mut Setup), &'static str, &'static str);

#[test]
fn each_fault_of_rules_is_found() {
    let cases: [Case; 14] = [
        (|s| s.rules.spam.close_seconds = Some(59), "rules.spam.close_seconds", "59 is out"),
        (
            |s| team(s).conduct.quiet_after_seconds = Some(59),
            "teams.desk.conduct.quiet_after_seconds",
            "59 is out",
        ),
        (
            |s| team(s).conduct.decline_needs_reason = true,
            "teams.desk.conduct.decline_needs_reason",
            "nothing can be declined",
        ),
        (|s| s.rules.conduct.misses_max = 0, "rules.conduct.misses_max", "it has to be 1"),
        (
            |s| s.rules.conduct.offer = OfferMode::Ask { seconds: 4 },
            "rules.conduct.offer",
            "4 is out of bounds: 5 to 900",
        ),
        (
            |s| team(s).conduct.offer = OfferMode::Ask { seconds: 901 },
            "teams.desk.conduct.offer",
            "901 is out",
        ),
        (
            |s| {
                team(s).members.insert(nobody());
            },
            "teams.desk.members",
            "there is no agent",
        ),
        (|s| s.rules.auto_close.after_seconds = Some(1_799), "rules.auto_close.after_seconds", "1799 is out"),
        (
            |s| s.rules.auto_close.after_seconds = Some(1_209_601),
            "rules.auto_close.after_seconds",
            "1209601 is out",
        ),
        (|s| s.rules.assistant_close_seconds = 59, "rules.assistant_close_seconds", "59 is out"),
        (|s| reminders(s, &[1, 2, 3, 4]), "rules.auto_close.reminders", "at most 3"),
        (|s| reminders(s, &[20, 10]), "rules.auto_close.reminders", "each has to come later"),
        (|s| reminders(s, &[86_400]), "rules.auto_close.reminders", "each has to come before"),
        (
            |s| s.rules.auto_close.reminders = vec![Reminder { after_seconds: 9, text: " ".to_owned() }],
            "rules.auto_close.reminders",
            "each needs a text",
        ),
    ];
    cases.into_iter().for_each(assert_found);
}

#[test]
fn each_fault_of_people_and_reasons_is_found() {
    let cases: [Case; 6] = [
        (|s| anna(s).name = " ".to_owned(), "agents.", "it cannot be empty"),
        (|s| anna(s).capacity = 101, "agents.", "101 is out of bounds: 0 to 100"),
        (
            |s| {
                anna(s).skills.insert(skill("repairs"), 6);
            },
            "agents.",
            "6 is out of bounds: 1 to 5",
        ),
        (
            |s| {
                anna(s).languages.insert("fr".to_owned(), 0);
            },
            "agents.",
            "0 is out of bounds: 1 to 5",
        ),
        (
            |s| s.reasons.values_mut().for_each(|one| one.label.clear()),
            "reasons.moved.label",
            "it needs a label",
        ),
        (
            |s| s.reasons.values_mut().for_each(|one| one.uses.clear()),
            "reasons.moved.uses",
            "it can never be chosen",
        ),
    ];
    cases.into_iter().for_each(assert_found);
}

#[test]
fn each_fault_of_queues_is_found() {
    let cases: [Case; 10] = [
        (|s| desk(s).team = Some(no_team()), "queues.desk.team", "there is no team `nowhere`"),
        (|s| desk(s).team = None, "queues.desk", "nobody serves it"),
        (
            |s| {
                desk(s).secondary_for.insert(nobody());
            },
            "queues.desk.secondary_for",
            "there is no agent",
        ),
        (|s| desk(s).weight = 0, "queues.desk.weight", "0 is out of bounds: 1 to 100"),
        (
            |s| desk(s).strategy.ask_at_once = 0,
            "queues.desk.strategy.ask_at_once",
            "0 is out of bounds: 1 to 50",
        ),
        (|s| desk(s).agent_limit = Some(0), "queues.desk.agent_limit", "nobody could"),
        (
            |s| desk(s).fairness = Some(Fairness { most: 0, within_seconds: 60 }),
            "queues.desk.fairness",
            "nobody would",
        ),
        (
            |s| needs(s, Subject::Skill(skill("repairs"))),
            "queues.desk.needs",
            "nobody knows the skill `repairs`",
        ),
        (
            |s| needs(s, Subject::Language("fr".to_owned())),
            "queues.desk.needs",
            "nobody knows the language `fr`",
        ),
        (
            |s| desk(s).plan = vec![PlanStep::default(); 21],
            "queues.desk.plan",
            "21 is out of bounds: 0 to 20",
        ),
    ];
    cases.into_iter().for_each(assert_found);
}

#[test]
fn each_fault_of_plans_outlets_sites_and_calendars_is_found() {
    let cases: [Case; 12] = [
        (
            |s| desk(s).plan = vec![PlanStep::default(); 2],
            "queues.desk.plan[0].stay_seconds",
            "the steps after it are never reached",
        ),
        (
            |s| {
                step(s).pool.agents.insert(nobody());
            },
            "queues.desk.plan[0].pool.agents",
            "there is no agent",
        ),
        (
            |s| {
                step(s).pool.teams.insert(no_team());
            },
            "queues.desk.plan[0].pool.teams",
            "there is no team",
        ),
        (
            |s| step(s).strategy = Some(Strategy { ask_at_once: 51, ..Strategy::default() }),
            "queues.desk.plan[0].strategy.ask_at_once",
            "51 is out",
        ),
        (|s| step(s).offer = Some(OfferMode::Ask { seconds: 1 }), "queues.desk.plan[0].offer", "1 is out"),
        (|s| desk(s).overflow = Outlet::Queue(no_queue()), "queues.desk.overflow", "there is no queue"),
        (
            |s| desk(s).overflow = Outlet::Queue(desk_id()),
            "queues.desk.overflow",
            "a queue cannot overflow into itself",
        ),
        (|s| desk(s).when_closed = Outlet::Agent(nobody()), "queues.desk.when_closed", "there is no agent"),
        (
            |s| desk(s).hours = Some(CalendarId::new("nowhere").unwrap()),
            "queues.desk.hours",
            "there is no calendar `nowhere`",
        ),
        (
            |s| s.sites.values_mut().for_each(|site| site.default_queue = no_queue()),
            "sites.shop.default_queue",
            "there is no queue",
        ),
        (
            |s| s.calendars.values_mut().for_each(|one| one.zone.clear()),
            "calendars.office.zone",
            "name a time zone",
        ),
        (|s| s.reasons.clear(), "reasons", "nothing can be passed on"),
    ];
    cases.into_iter().for_each(assert_found);
}

#[test]
fn closing_needs_a_reason_for_it_only_where_a_category_is_needed() {
    let mut setup = shop();
    setup.rules.closing_needs_category = true;
    assert!(check(&setup).iter().any(|fault| fault.message.starts_with("nothing can be closed")));
}

#[test]
fn all_faults_are_told_at_once_by_place() {
    let mut setup = shop();
    desk(&mut setup).weight = 0;
    anna(&mut setup).capacity = 101;
    let places: Vec<String> = check(&setup).iter().map(ToString::to_string).collect();
    assert_eq!(places.len(), 2);
    assert!(
        places.iter().any(|place| place.starts_with("queues.desk.weight: 0 is out of bounds")),
        "{places:?}"
    );
}

#[test]
fn what_nobody_can_have_meant_is_found_where_it_is_and_does_not_keep_a_setup_from_being_used() {
    let cases: [Case; 7] = [
        (|s| desk(s).name = " ".to_owned(), "queues.desk.name", "it cannot be empty"),
        (|s| team(s).name.clear(), "teams.desk.name", "it cannot be empty"),
        (|s| desk(s).max_wait_seconds = Some(0), "queues.desk.max_wait_seconds", "0 is out of bounds: 1 to"),
        (
            |s| desk(s).max_wait_seconds = Some(2_592_001),
            "queues.desk.max_wait_seconds",
            "2592001 is out of bounds",
        ),
        (
            |s| {
                desk(s).warn_seconds = Some(100);
                desk(s).critical_seconds = Some(10);
            },
            "queues.desk.warn_seconds",
            "100 never comes before `critical_seconds`, which is 10",
        ),
        (
            |s| team(s).conduct.wrap_up_seconds = 99_999_999,
            "teams.desk.conduct.wrap_up_seconds",
            "99999999 is out of bounds: 0 to 28800 seconds",
        ),
        (
            |s| s.rules.conduct.wrap_up_seconds = 28_801,
            "rules.conduct.wrap_up_seconds",
            "28801 is out of bounds",
        ),
    ];
    assert_eq!(odd(&shop()), []);
    for (change, place, message) in cases {
        let mut setup = shop();
        change(&mut setup);
        let found = odd(&setup);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].place == place && found[0].message.starts_with(message), "{found:#?}");
        assert_eq!(check(&setup), [], "{place}");
    }
}

fn assert_found((change, place, message): Case) {
    let mut setup = shop();
    change(&mut setup);
    let faults = check(&setup);
    let found = |fault: &Fault| fault.place.starts_with(place) && fault.message.starts_with(message);
    assert!(faults.iter().any(found), "{place}: {message}: {faults:#?}");
}

fn desk(setup: &mut Setup) -> &mut QueueSetup {
    setup.queues.get_mut(&desk_id()).unwrap()
}

fn step(setup: &mut Setup) -> &mut PlanStep {
    desk(setup).plan = vec![PlanStep::default()];
    &mut desk(setup).plan[0]
}

fn team(setup: &mut Setup) -> &mut TeamSetup {
    setup.teams.get_mut(&TeamId::new("desk").unwrap()).unwrap()
}

fn anna(setup: &mut Setup) -> &mut AgentSetup {
    setup.agents.get_mut(&id()).unwrap()
}

fn needs(setup: &mut Setup, subject: Subject) {
    desk(setup).needs = vec![Need { subject, level: 1, mandatory: true }];
}

fn reminders(setup: &mut Setup, after: &[u32]) {
    let reminder = |seconds: &u32| Reminder { after_seconds: *seconds, text: "Hello?".to_owned() };
    setup.rules.auto_close.reminders = after.iter().map(reminder).collect();
}

fn nobody() -> AgentId {
    AgentId(Uuid::from_u128(404))
}

fn no_queue() -> QueueId {
    QueueId::new("nowhere").unwrap()
}

fn no_team() -> TeamId {
    TeamId::new("nowhere").unwrap()
}

fn skill(name: &str) -> SkillId {
    SkillId::new(name).unwrap()
}
