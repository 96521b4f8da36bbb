//! What starts a workflow, and what does not.

use super::flow::*;
use super::world::{TODAY, World};
use crate::workflow::definition::*;
use crate::workflow::*;
use std::collections::BTreeMap;

#[test]
fn each_trigger_answers_to_its_own_occasion_alone() {
    let id = || WorkflowId("it".to_owned());
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let all = [
        (Trigger::Opened { by: vec![] }, Happened::Opened(OpenedBy::Api)),
        (
            Trigger::Closed { by: vec![], categories: vec![] },
            Happened::Closed { by: ClosedBy::Silence, category: None },
        ),
        (
            Trigger::TagChanged { change: ChangeOfTag::Added, tags: names(&["VIP"]) },
            Happened::TagChanged { tag: "vip ".to_owned(), change: ChangeOfTag::Added },
        ),
        (Trigger::FieldChanged { field: "city".into() }, Happened::FieldChanged { field: "city".into() }),
        (Trigger::Shortcut { form: vec![] }, Happened::Shortcut(id())),
        (webhook(), Happened::Webhook(id())),
        (Trigger::Manual, Happened::Manual(id())),
        (Trigger::PageEvent { name: "cart".into() }, Happened::PageEvent { name: "cart".into() }),
    ];
    for (row, (trigger, _)) in all.iter().enumerate() {
        for (column, (_, happened)) in all.iter().enumerate() {
            let expected = if row == column { Ok(Start::Fresh) } else { Err(NotStarted::OtherTrigger) };
            assert_eq!(asked(trigger, happened), expected, "{trigger:?} {happened:?}");
        }
    }
}

#[test]
fn what_a_trigger_asks_for_in_particular_must_be_so() {
    let other = || WorkflowId("other".to_owned());
    let closed = |by, category: Option<&str>| Happened::Closed { by, category: category.map(str::to_owned) };
    let by_agent_as_sale = Trigger::Closed { by: vec![ClosedBy::Agent], categories: vec!["Sale".to_owned()] };
    let added = Trigger::TagChanged { change: ChangeOfTag::Added, tags: vec![] };
    for (trigger, happened, starts) in [
        (Trigger::Opened { by: vec![OpenedBy::Visitor] }, Happened::Opened(OpenedBy::Agent), false),
        (by_agent_as_sale.clone(), closed(ClosedBy::Agent, Some("sale")), true),
        (by_agent_as_sale.clone(), closed(ClosedBy::Visitor, Some("sale")), false),
        (by_agent_as_sale.clone(), closed(ClosedBy::Agent, Some("other")), false),
        (by_agent_as_sale, closed(ClosedBy::Agent, None), false),
        (added.clone(), Happened::TagChanged { tag: "x".into(), change: ChangeOfTag::Added }, true),
        (added, Happened::TagChanged { tag: "x".into(), change: ChangeOfTag::Removed }, false),
        (Trigger::FieldChanged { field: "a".into() }, Happened::FieldChanged { field: "b".into() }, false),
        (Trigger::PageEvent { name: "a".into() }, Happened::PageEvent { name: "b".into() }, false),
        (Trigger::Manual, Happened::Manual(other()), false),
        (webhook(), Happened::Webhook(other()), false),
        (Trigger::Shortcut { form: vec![] }, Happened::Shortcut(other()), false),
    ] {
        assert_eq!(asked(&trigger, &happened).is_ok(), starts, "{trigger:?} {happened:?}");
    }
}

#[test]
fn its_condition_must_hold_and_sees_what_the_trigger_tells() {
    let mut it = manual();
    let urgent = value("trigger.severity", Operator::Greater(text("3")));
    it.condition = Condition { join: Join::All, clauses: vec![Clause::Test(urgent)] };
    let told = |severity: f64| BTreeMap::from([("severity".to_owned(), Value::Number(severity))]);
    assert_eq!(may(&it, &told(4.0), &[], false, false), Ok(Start::Fresh));
    assert_eq!(may(&it, &told(3.0), &[], false, false), Err(NotStarted::Condition));
    assert_eq!(may(&it, &BTreeMap::new(), &[], false, false), Err(NotStarted::Condition));
}

#[test]
fn a_workflow_never_leads_to_itself_and_chains_have_an_end() {
    let chain = |names: &[&str]| names.iter().map(|name| WorkflowId((*name).to_owned())).collect::<Vec<_>>();
    let causes = |causes: &[WorkflowId]| may(&manual(), &BTreeMap::new(), causes, false, false);
    assert_eq!(causes(&chain(&["a", "b"])), Ok(Start::Fresh));
    assert_eq!(causes(&chain(&["a", "it", "b"])), Err(NotStarted::Circle));
    let long: Vec<String> = (0..=CAUSES_MAX).map(|n| n.to_string()).collect();
    let long = chain(&long.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(causes(&long[..CAUSES_MAX]), Ok(Start::Fresh));
    assert_eq!(causes(&long), Err(NotStarted::ChainTooLong));
}

#[test]
fn it_runs_once_at_a_time_and_once_for_each_contact_where_that_is_chosen() {
    let mut it = manual();
    let none = BTreeMap::new();
    assert_eq!(may(&it, &none, &[], true, true), Err(NotStarted::AlreadyRunning));
    assert_eq!(may(&it, &none, &[], false, true), Ok(Start::Fresh));
    it.restart_when_triggered_again = true;
    assert_eq!(may(&it, &none, &[], true, true), Ok(Start::InPlace));
    it.once_per_contact = true;
    assert_eq!(may(&it, &none, &[], false, true), Err(NotStarted::RanBefore));
    assert_eq!(may(&it, &none, &[], false, false), Ok(Start::Fresh));
}

fn asked(trigger: &Trigger, happened: &Happened) -> Result<Start, NotStarted> {
    let it = Workflow { trigger: trigger.clone(), ..manual() };
    let occasion =
        Occasion { happened, told: &BTreeMap::new(), causes: &[], running: false, ran_before: false };
    may_start(&it, &occasion, &World::default(), TODAY)
}

fn may(
    it: &Workflow,
    told: &BTreeMap<String, Value>,
    causes: &[WorkflowId],
    running: bool,
    ran_before: bool,
) -> Result<Start, NotStarted> {
    let happened = Happened::Manual(it.id.clone());
    may_start(
        it,
        &Occasion { happened: &happened, told, causes, running, ran_before },
        &World::default(),
        TODAY,
    )
}

fn manual() -> Workflow {
    Workflow { trigger: Trigger::Manual, ..workflow("it", |_| vec![step("wait", minutes(1))]) }
}

fn webhook() -> Trigger {
    let path = vec![PathPart::Key("email".to_owned())];
    Trigger::Webhook { contact: ContactAt { key: ContactKey::Email, path }, values: vec![] }
}
