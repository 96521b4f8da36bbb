//! Every operator asked of every kind of value.

use super::world::{TODAY, World};
use crate::workflow::Value;
use crate::workflow::condition::{holds, test_holds};
use crate::workflow::definition::{Clause, Condition, Join, Operand, Operator, Subject, Test};
use crate::workflow::facts::{Scope, Sender, Which};
use crate::workflow::memory::{Memory, Sight};
use crate::workflow::text::{Reference, Template};
use protocol::Timestamp;
use std::collections::BTreeSet;

/// 24 December 2026, 18:00 in Greenwich.
const EVE: Timestamp = Timestamp::from_millis(1_798_135_200_000);

/// An operator, and of which of [`kinds`] it is true: `x`.
fn table() -> Vec<(Operator, &'static str)> {
    use Operator as O;
    let t = Template::parse;
    let ts = |texts: &[&str]| texts.iter().map(|text| Template::parse(text)).collect::<Vec<Operand>>();
    vec![
        // Missing, Paris, "12", 12, true, 24 December, 18:00, that evening, Paris and Rome
        (O::Exists, ".xxxxxxxx"),
        (O::NotExists, "x........"),
        (O::Equals(t("paris ")), ".x......."),
        (O::Equals(t("12")), "..xx....."),
        (O::Equals(t("12.0")), "...x....."),
        (O::Equals(t("TRUE")), "....x...."),
        (O::Equals(t("2026-12-24")), ".....x.x."),
        (O::Equals(t("18:00")), "......x.."),
        (O::Equals(t("2026-12-24T19:00:00+01:00")), ".....x.x."),
        (O::Equals(t("$both")), "........x"),
        (O::Equals(t("$nothing")), "........."),
        (O::Equals(t("")), "........."),
        (O::NotEquals(t(" PARIS")), "x.xxxxxxx"),
        (O::NotEquals(t("12")), "xx..xxxxx"),
        (O::NotEquals(t("$nothing")), "xxxxxxxxx"),
        (O::Greater(t("5")), "..xx....."),
        (O::Greater(t("12")), "........."),
        (O::Greater(t("2026-12-01")), ".....x.x."),
        (O::Greater(t("17:59")), "......x.."),
        (O::Greater(t("London")), "........."),
        (O::Less(t("13")), "..xx....."),
        (O::Less(t("12")), "........."),
        (O::Less(t("2026-12-24T18:00:01Z")), ".......x."),
        (O::Less(t("$nothing")), "........."),
        (O::Between(t("12"), t("12")), "..xx....."),
        (O::Between(t("13"), t("20")), "........."),
        (O::Between(t("20"), t("1")), "........."),
        (O::Between(t("1"), t("$nothing")), "........."),
        (O::Between(t("2026-12-24"), t("2026-12-24")), ".....x.x."),
        (O::Between(t("18:00"), t("18:00")), "......x.."),
        (O::Contains(t("ari")), ".x......."),
        (O::Contains(t(" PARIS ")), ".x......x"),
        (O::Contains(t("2")), "..xx.x.x."),
        (O::Contains(t("$nothing")), "........."),
        (O::NotContains(t("PARIS")), "x.xxxxxx."),
        (O::NotContains(t("$nothing")), "xxxxxxxxx"),
        (O::AnyOf(ts(&["rome", "12"])), "..xx....x"),
        (O::AnyOf(ts(&["$both"])), ".x......x"),
        (O::AnyOf(ts(&[])), "........."),
        (O::AllOf(ts(&["rome", "Paris"])), "........x"),
        (O::AllOf(ts(&["12"])), "..xx....."),
        (O::AllOf(ts(&["$nothing"])), "........."),
        (O::AllOf(ts(&[])), "........."),
        (O::NoneOf(ts(&["rome", "12"])), "xx..xxxx."),
        (O::NoneOf(ts(&["$nothing"])), "xxxxxxxxx"),
        (O::NoneOf(ts(&[])), "xxxxxxxxx"),
        (O::After(t("2026-12-01")), ".....x.x."),
        (O::After(t("2026-12-24")), "........."),
        (O::After(t("17:00")), "......x.."),
        (O::After(t("5")), "........."),
        (O::Before(t("2026-12-31")), ".....x.x."),
        (O::Before(t("13")), "........."),
        (O::Within(t("2026-12-24"), t("2026-12-24T18:00:00Z")), ".....x.x."),
        (O::Within(t("18:00"), t("19:00")), "......x.."),
        (O::Within(t("1"), t("20")), "........."),
        (O::OlderThan(899), ".......x."),
        (O::OlderThan(900), "........."),
        (O::NewerThan(901), ".......x."),
        (O::NewerThan(900), "........."),
        (O::AgeBetween(900, 900), ".......x."),
        (O::AgeBetween(901, 2_000), "........."),
        (O::AgeBetween(0, u64::MAX), ".......x."),
    ]
}

fn kinds() -> [Value; 9] {
    [
        Value::Missing,
        Value::text(" Paris"),
        Value::text("12"),
        Value::Number(12.0),
        Value::Bool(true),
        Value::Date("2026-12-24".parse().unwrap()),
        Value::Time("18:00".parse().unwrap()),
        Value::Moment(EVE),
        Value::List(vec!["Paris".to_owned(), "rome ".to_owned()]),
    ]
}

#[test]
fn every_operator_means_the_same_for_every_kind_of_value() {
    for (operator, expected) in table() {
        let found: String =
            kinds().iter().map(|kind| if asked(kind, &operator) { 'x' } else { '.' }).collect();
        assert_eq!(found, expected, "{operator:?}");
    }
}

#[test]
fn the_table_leaves_no_operator_out() {
    let names: BTreeSet<&str> = table().iter().map(|(operator, _)| name_of(operator)).collect();
    assert_eq!(names.len(), 18, "{names:?}");
}

#[test]
fn blank_text_and_empty_lists_are_missing() {
    for value in [Value::text("  "), Value::List(vec![]), Value::Number(f64::NAN)] {
        assert!(asked(&value, &Operator::NotExists) && !asked(&value, &Operator::Exists), "{value:?}");
        assert!(asked(&value, &Operator::NotContains(Template::parse(" "))), "{value:?}");
    }
}

#[test]
fn a_moment_to_come_is_not_old_at_all() {
    let later = Value::Moment(EVE.plus_seconds(3_600));
    assert!(asked(&later, &Operator::NewerThan(1)) && asked(&later, &Operator::AgeBetween(0, 0)));
    assert!(!asked(&later, &Operator::OlderThan(0)));
}

#[test]
fn tests_are_joined_by_all_or_any_and_groups_among_themselves() {
    let yes = || Test { subject: Subject::Tags, operator: Operator::NotExists };
    let no = || Test { subject: Subject::Tags, operator: Operator::Exists };
    let group = |join, tests| Clause::Group { join, tests };
    for (join, clauses, expected) in [
        (Join::All, vec![], true),
        (Join::Any, vec![], true),
        (Join::All, vec![Clause::Test(yes()), Clause::Test(no())], false),
        (Join::Any, vec![Clause::Test(yes()), Clause::Test(no())], true),
        (Join::Any, vec![Clause::Test(no())], false),
        (Join::All, vec![Clause::Test(yes()), group(Join::Any, vec![no(), yes()])], true),
        (Join::All, vec![Clause::Test(yes()), group(Join::All, vec![no(), yes()])], false),
        (Join::Any, vec![Clause::Test(no()), group(Join::All, vec![yes(), yes()])], true),
        (Join::All, vec![group(Join::Any, vec![])], true),
    ] {
        let condition = Condition { join, clauses };
        let memory = Memory::default();
        let sight = Sight { memory: &memory, facts: &World::default(), now: TODAY };
        assert_eq!(holds(&condition, &sight), expected, "{condition:?}");
    }
}

#[test]
fn messages_are_looked_at_by_sender_and_scope() {
    let mut world = World::default();
    let at = |minutes: u64| TODAY.plus_seconds(minutes * 60);
    world.says(Some(Sender::Human), "long ago", at(0));
    world.messages[0].here = false;
    world.says(None, "Hello there", at(10));
    world.says(Some(Sender::Assistant), "Hi", at(11));
    world.assigned_at = Some(at(12));
    world.says(Some(Sender::Workflow), "A person will come", at(13));
    let human = Which::Outgoing(Sender::Human);
    let any = Which::Outgoing(Sender::Any);
    for (subject, operator, expected) in [
        (Subject::LastAt(human, Scope::Conversation), Operator::NotExists, true),
        (Subject::LastAt(human, Scope::Contact), Operator::Exists, true),
        (Subject::LastAt(human, Scope::Contact), Operator::OlderThan(19 * 60), true),
        (Subject::LastAt(any, Scope::Conversation), Operator::AgeBetween(7 * 60, 7 * 60), true),
        (
            Subject::LastAt(Which::Outgoing(Sender::Assistant), Scope::SinceAssignment),
            Operator::NotExists,
            true,
        ),
        (
            Subject::LastText(Which::Incoming, Scope::Conversation),
            Operator::Contains(Template::parse("hello")),
            true,
        ),
        (Subject::LastText(any, Scope::Conversation), Operator::Contains(Template::parse("person")), true),
        (
            Subject::LastSource(Sender::Any, Scope::Conversation),
            Operator::Equals(Template::parse("workflow")),
            true,
        ),
        (Subject::LastSource(Sender::Human, Scope::Conversation), Operator::Exists, false),
    ] {
        let test = Test { subject, operator };
        let memory = Memory::default();
        let sight = Sight { memory: &memory, facts: &world, now: at(20) };
        assert_eq!(test_holds(&test, &sight), expected, "{test:?}");
    }
}

#[test]
fn calendars_and_owners_can_be_asked_about() {
    let mut world = World::default();
    world.calendars.insert("shop".to_owned(), true);
    let test = |world: &World, subject, operator| {
        let memory = Memory::default();
        test_holds(&Test { subject, operator }, &Sight { memory: &memory, facts: world, now: TODAY })
    };
    let is = |text| Operator::Equals(Template::parse(text));
    let there = || Subject::Value(Reference::parse("assignee.exists").unwrap());
    assert!(test(&world, Subject::Calendar("shop".to_owned()), is("true")));
    assert!(test(&world, Subject::Calendar("no such".to_owned()), Operator::NotExists));
    assert!(test(&world, there(), is("false")));
    world.assignee.insert("name".to_owned(), Value::text("Ada"));
    assert!(test(&world, there(), is("true")));
}

fn asked(value: &Value, operator: &Operator) -> bool {
    let mut memory = Memory::default();
    memory.set("it", value.clone());
    memory.set("both", Value::List(vec!["ROME".to_owned(), "paris".to_owned()]));
    let subject = Subject::Value(Reference::parse("it").unwrap());
    let sight = Sight { memory: &memory, facts: &World::default(), now: EVE.plus_seconds(900) };
    test_holds(&Test { subject, operator: operator.clone() }, &sight)
}

/// One line for each operator: a new one breaks this, and then the count.
fn name_of(operator: &Operator) -> &'static str {
    match operator {
        Operator::Equals(_) => "equals",
        Operator::NotEquals(_) => "not equals",
        Operator::Greater(_) => "greater",
        Operator::Less(_) => "less",
        Operator::Between(..) => "between",
        Operator::Exists => "exists",
        Operator::NotExists => "not exists",
        Operator::Contains(_) => "contains",
        Operator::NotContains(_) => "not contains",
        Operator::AnyOf(_) => "any of",
        Operator::AllOf(_) => "all of",
        Operator::NoneOf(_) => "none of",
        Operator::After(_) => "after",
        Operator::Before(_) => "before",
        Operator::Within(..) => "within",
        Operator::OlderThan(_) => "older than",
        Operator::NewerThan(_) => "newer than",
        Operator::AgeBetween(..) => "age between",
    }
}
