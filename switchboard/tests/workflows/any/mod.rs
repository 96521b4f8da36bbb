//! Any workflows, in any days: nothing panics, everything ends, nothing is kept that is over, the changes alone make the
//! same, and no conversation is driven further than its budget.

mod arbitrary;

use crate::desk::{Desk, agent, visitor, workflow_id};
use arbitrary::{Deed, deed, workflow};
use proptest::collection::vec;
use proptest::prelude::*;
use protocol::{Actor, BrowserAuthor, ConversationId, KeyId, RequestId, RunId};
use std::collections::BTreeMap;
use switchboard::workflow::{HttpAnswer, STEPS_MAX, Value};
use switchboard::{BEGUN_MAX, By, Command};
use uuid::Uuid;

/// Events one step leads to: offers that end, an owner who loses it, and what follows.
const EVENTS_OF_STEP_MAX: usize = 8;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_workflows_in_any_day_come_to_an_end(
        workflows in vec(workflow(), 1..5),
        deeds in vec(deed(), 0..60),
    ) {
        let mut desk = Desk::new();
        for (version, made) in (1..).zip(workflows) {
            desk.publish(version, made);
        }
        let mut version = 100;
        for deed in deeds {
            version += 1;
            happens(&mut desk, deed, version);
            check(&desk);
        }
        // When even spam has long been closed, nothing goes on by itself.
        desk.seconds(60 * 86_400);
        check(&desk);
        for one in desk.board.conversations().filter(|one| one.is_gone()) {
            prop_assert_eq!(desk.running(one.id).len(), 0);
        }
    }
}

fn happens(desk: &mut Desk, deed: Deed, version: u32) {
    let request = RequestId(Uuid::from_u128(u128::from(version) << 64));
    let of = |desk: &Desk, number| desk.board.conversation_of(visitor(number)).or_else(|| last(desk, number));
    match deed {
        Deed::Says(number, words) => drop(desk.browser_says(number, BrowserAuthor::Visitor, words)),
        Deed::AssistantSays(number) => drop(desk.browser_says(number, BrowserAuthor::Assistant, "I see")),
        Deed::Asks(number) => drop(desk.asks_for_person(number)),
        Deed::StopsWaiting(number) => {
            drop(desk.take(&Command::VisitorStopsWaiting { visitor: visitor(number), request }));
        }
        Deed::Ends(number) => drop(desk.take(&Command::VisitorEnds { visitor: visitor(number), request })),
        Deed::Comes(name, status) => {
            desk.comes_online(name);
            desk.done(Command::AgentSetsStatus { agent: agent(name), status });
        }
        Deed::Goes(name) => desk.goes_offline(name),
        Deed::Acts(name, number, act) => {
            if let Some(chat) = of(desk, number) {
                let _ = desk.tries(name, chat, act);
            }
        }
        Deed::Program(number, act) => {
            if let Some(conversation) = of(desk, number) {
                let by = By::Program { key: KeyId(Uuid::from_u128(5)), name: "crm".to_owned() };
                let _ = desk.take(&Command::Acts { by, request, conversation, act });
            }
        }
        Deed::Answers(which, status) if !desk.calls.is_empty() => {
            let (run, wanted) = desk.calls[which % desk.calls.len()].clone();
            let answer = HttpAnswer { status: Some(status), values: vec![Value::text("x")] };
            desk.done(Command::RunAnswered { run, ticket: wanted.ticket, answer });
        }
        Deed::Answers(..) => {}
        Deed::Page(number) => {
            let told = BTreeMap::from([("a".to_owned(), Value::text("b"))]);
            desk.done(Command::PageTells { visitor: visitor(number), name: "cart".to_owned(), told });
        }
        Deed::Webhook(number, id) => {
            let told = BTreeMap::new();
            let _ = desk.take(&Command::WebhookCalled {
                workflow: workflow_id(id),
                visitor: visitor(number),
                told,
            });
        }
        Deed::Passes(seconds) => desk.seconds(seconds),
        Deed::Restarts => desk.restart(),
        Deed::Down(seconds) => desk.is_down(seconds),
        Deed::Stops(id, cancel) => desk.stops(id, cancel),
        Deed::Publishes(workflow) => desk.publish(version, *workflow),
        Deed::Empties(name) => desk.set_up(|setup| {
            if let Some(team) = setup.teams.get_mut(&crate::desk::team_id(name)) {
                team.members.clear();
            }
        }),
    }
}

fn last(desk: &Desk, number: u128) -> Option<ConversationId> {
    let opened = desk.events.iter().rev().find(|event| match &event.happening {
        protocol::Happening::Opened { visitor: whose, .. } => *whose == visitor(number),
        _ => false,
    });
    opened.map(|event| event.conversation)
}

/// What holds whatever is published.
fn check(desk: &Desk) {
    let mut at_once: BTreeMap<(ConversationId, u64), usize> = BTreeMap::new();
    for event in &desk.events {
        if event.happening.kind() == "workflow_started" {
            *at_once.entry((event.conversation, event.at.millis() / 60_000)).or_default() += 1;
        }
    }
    assert!(at_once.values().all(|begun| *begun <= 2 * BEGUN_MAX), "{at_once:?}");
    let mut by_run: BTreeMap<RunId, usize> = BTreeMap::new();
    for event in &desk.events {
        if let Actor::Workflow { run, .. } = &event.by {
            *by_run.entry(*run).or_default() += 1;
        }
    }
    assert!(by_run.values().all(|events| *events <= EVENTS_OF_STEP_MAX * STEPS_MAX as usize), "{by_run:?}");
    for one in desk.board.conversations() {
        let running = desk.running(one.id);
        let mut distinct = running.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(running.len(), distinct.len(), "one run of a workflow at a time");
        let asking = desk.board.runs_in(one.id).filter(|moved| moved.run.has_question()).count();
        assert!(asking <= 1, "one question at a time");
        let in_line = desk.board.runs_in(one.id).filter(|moved| moved.run.turn_wanted().is_some()).count();
        assert!(in_line == 0 || asking == 1, "nobody waits for a turn that is free");
        assert!(!one.is_gone() || !running.is_empty(), "what is over is kept for its runs alone");
        assert!(
            desk.board.runs_in(one.id).all(|moved| moved.run.log().lines().count() <= STEPS_MAX as usize)
        );
        for moved in desk.board.runs_in(one.id) {
            if let (Some(_), Some(owner)) = (moved.run.wish(), one.owner()) {
                panic!(
                    "{} waits for somebody although {owner} has it: {:#?}",
                    moved.workflow,
                    desk.story(one.id)
                );
            }
        }
    }
}
