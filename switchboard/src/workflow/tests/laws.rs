//! What holds for any definition and any inputs.

use super::arbitrary::{self, Told};
use super::world::{TODAY, World};
use crate::workflow::memory::TRIGGER_VALUES_MAX;
use crate::workflow::value::VALUE_BYTES_MAX;
use crate::workflow::*;
use proptest::prelude::*;
use protocol::Timestamp;

/// Effects one step has at most: what it does, a line for each name it did not know, and waiting.
const EFFECTS_PER_STEP_MAX: usize = 24;

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_run_ends_or_waits_within_bounds_whatever_it_is_told(
        (workflow, world, all) in anything()
    ) {
        let mut play = Play::new();
        let mut effects_in_all = 0;
        for told in all {
            let over = play.run.ended().is_some();
            let before = play.run.clone();
            let effects = play.tell(&workflow, &world, told);
            effects_in_all += effects.len();
            prop_assert!(!over || (effects.is_empty() && play.run == before), "a run that is over moved");
            let ends = effects.iter().filter(|effect| matches!(effect, Effect::Ended(_))).count();
            prop_assert_eq!(ends, usize::from(!over && play.run.ended().is_some()));
            prop_assert!(ends == 0 || matches!(effects.last(), Some(Effect::Ended(_))));
            prop_assert!(effects.iter().all(within_bounds), "a text has no bound");
        }
        prop_assert!(effects_in_all < (STEPS_MAX as usize + 64) * EFFECTS_PER_STEP_MAX);
        prop_assert!(play.run.log().lines().count() <= LOG_LINES_MAX);
        prop_assert!(play.run.memory().variables().len() <= TRIGGER_VALUES_MAX);
    }

    #[test]
    fn a_run_written_and_read_back_goes_on_as_if_nothing_had_been(
        (workflow, world, all) in anything()
    ) {
        let reread: Workflow = postcard::from_bytes(&postcard::to_allocvec(&workflow).unwrap()).unwrap();
        let mut play = Play::new();
        let mut other = play.clone();
        for told in all {
            other.run = postcard::from_bytes(&postcard::to_allocvec(&other.run).unwrap()).unwrap();
            let effects = play.tell(&workflow, &world, told.clone());
            let same = other.tell(&reread, &world, told);
            prop_assert_eq!(effects, same);
            prop_assert_eq!(&play.run, &other.run);
        }
    }

    #[test]
    fn a_turn_is_asked_for_before_it_is_given_back_and_given_back_once(
        (workflow, world, all) in anything()
    ) {
        let mut play = Play::new();
        let mut has_turn = false;
        for told in all {
            for effect in play.tell(&workflow, &world, told) {
                match effect {
                    Effect::AskForTurn { .. } => prop_assert!(!std::mem::replace(&mut has_turn, true)),
                    Effect::ReleaseTurn => prop_assert!(std::mem::take(&mut has_turn)),
                    Effect::Ended(_) => prop_assert!(!has_turn, "a run that is over keeps the turn"),
                    Effect::Say { .. }
                    | Effect::Comment { .. }
                    | Effect::Assign(_)
                    | Effect::WithdrawAssign { .. }
                    | Effect::Unassign
                    | Effect::Tag { .. }
                    | Effect::Field { .. }
                    | Effect::Open
                    | Effect::Close { .. }
                    | Effect::Request(_)
                    | Effect::Trigger { .. }
                    | Effect::WakeAt(_)
                    | Effect::Log(_) => {}
                }
            }
            prop_assert!(has_turn || !play.run.has_question(), "a question without a turn");
        }
    }

    #[test]
    fn a_workflow_without_waiting_ends_at_once(
        (mut workflow, world, _) in anything()
    ) {
        use crate::workflow::definition::Task;
        workflow.steps.retain(|step| !matches!(step.task, Task::Ask(_) | Task::Assign(_) | Task::Wait { .. } | Task::Request(_)));
        let mut run = Run::new(Vec::new());
        let started = Input::Started { told: [].into(), from: None };
        advance(&workflow, &mut run, started, &world, TODAY);
        prop_assert!(run.ended().is_some());
    }

    #[test]
    fn any_text_is_a_template_and_any_answer_is_read(text in any::<String>(), today in any::<u32>()) {
        use crate::workflow::definition::{DateOrder, Kind};
        let template = text::Template::parse(&text);
        let plain = text.replace('$', "$$");
        prop_assert_eq!(text::Template::parse(&plain).references().count(), 0);
        prop_assert!(template.references().count() <= text.matches('$').count());
        let today = World::default().day(Timestamp::from_millis(u64::from(today) * 1_000));
        for kind in [Kind::Date(DateOrder::MonthFirst), Kind::Date(DateOrder::DayFirst), Kind::Phone, Kind::Email, Kind::Url, Kind::Rating, Kind::Time] {
            let answer = answer::read(&kind, &text, today);
            prop_assert!(answer.is_none_or(|value| !value.is_missing()));
        }
    }
}

/// A workflow, a world, and what a run of it is told.
fn anything() -> impl Strategy<Value = (Workflow, World, Vec<Told>)> {
    let begins = Told { input: Input::Started { told: [].into(), from: None }, fits: true, later: 0 };
    let told = prop::collection::vec(arbitrary::told(), 0..40);
    let told = told.prop_map(move |told| [begins.clone()].into_iter().chain(told).collect());
    (arbitrary::workflow(), arbitrary::world(), told)
}

/// A run that is told one thing after the other.
#[derive(Clone)]
struct Play {
    run: Run,
    now: Timestamp,
    wish: Ticket,
}

impl Play {
    fn new() -> Self {
        Self { run: Run::new(Vec::new()), now: TODAY, wish: Ticket(0) }
    }

    fn tell(&mut self, workflow: &Workflow, world: &World, told: Told) -> Vec<Effect> {
        self.now = Timestamp::from_millis(self.now.millis().saturating_add(told.later));
        let input = if told.fits { fitting(told.input, self.wish) } else { told.input };
        let effects = advance(workflow, &mut self.run, input, world, self.now);
        for effect in &effects {
            match effect {
                Effect::Assign(AssignWanted { ticket, .. }) | Effect::AskForTurn { ticket } => {
                    self.wish = *ticket
                }
                Effect::Request(wanted) => self.wish = wanted.ticket,
                Effect::Say { .. }
                | Effect::Comment { .. }
                | Effect::WithdrawAssign { .. }
                | Effect::Unassign
                | Effect::Tag { .. }
                | Effect::Field { .. }
                | Effect::Open
                | Effect::Close { .. }
                | Effect::Trigger { .. }
                | Effect::ReleaseTurn
                | Effect::WakeAt(_)
                | Effect::Log(_)
                | Effect::Ended(_) => {}
            }
        }
        effects
    }
}

fn fitting(input: Input, ticket: Ticket) -> Input {
    match input {
        Input::TurnGranted { .. } => Input::TurnGranted { ticket },
        Input::TurnRefused { .. } => Input::TurnRefused { ticket },
        Input::Assigned { agent, .. } => Input::Assigned { ticket, agent },
        Input::NobodyToAssign { .. } => Input::NobodyToAssign { ticket },
        Input::HttpAnswered { answer, .. } => Input::HttpAnswered { ticket, answer },
        Input::Started { .. }
        | Input::TimeReached
        | Input::VisitorSaid { .. }
        | Input::HumanSaid
        | Input::AssignedByHand { .. }
        | Input::Closed
        | Input::Spam
        | Input::Stopped(_) => input,
    }
}

fn within_bounds(effect: &Effect) -> bool {
    let short = |text: &str| text.len() <= VALUE_BYTES_MAX;
    match effect {
        Effect::Say { text, .. } | Effect::Comment { text, .. } | Effect::Close { summary: text, .. } => {
            short(text)
        }
        Effect::Tag { tags, .. } => tags.iter().all(|tag| short(tag)),
        Effect::Field { value, .. } => short(&value.written()),
        Effect::Request(wanted) => {
            let body = wanted.body.as_ref().map_or("", |(_, text)| text);
            let header = |(_, value): &(String, HeaderWanted)| match value {
                HeaderWanted::Text(value) | HeaderWanted::Secret(value) => short(value),
            };
            short(&wanted.url) && short(body) && wanted.headers.iter().all(header)
        }
        Effect::Trigger { told, .. } => told.values().all(|value| short(&value.written())),
        Effect::Assign(_)
        | Effect::WithdrawAssign { .. }
        | Effect::Unassign
        | Effect::Open
        | Effect::AskForTurn { .. }
        | Effect::ReleaseTurn
        | Effect::WakeAt(_)
        | Effect::Log(_)
        | Effect::Ended(_) => true,
    }
}

/// Definitions travel as JSON too.
#[test]
fn a_definition_is_the_same_after_a_journey_as_json() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut compared = 0;
    for _ in 0..100 {
        let workflow = arbitrary::workflow().new_tree(&mut runner).unwrap().current();
        // JSON has no infinite numbers.
        if !format!("{workflow:?}").contains("(inf)") {
            let written = serde_json::to_string(&workflow).unwrap();
            assert_eq!(serde_json::from_str::<Workflow>(&written).unwrap(), workflow);
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared}");
}

/// The laws above would hold of runs that never get anywhere: these do.
#[test]
fn the_samples_reach_every_outcome_and_every_end() {
    use proptest::strategy::ValueTree;
    use std::collections::BTreeSet;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..600 {
        let (workflow, world, all) = anything().new_tree(&mut runner).unwrap().current();
        let mut play = Play::new();
        for told in all {
            for effect in play.tell(&workflow, &world, told) {
                if let Effect::Log(Line { what: What::Came(_) | What::Ended(_), .. }) = &effect {
                    let name = format!("{effect:?}").split("what: ").nth(1).unwrap().to_owned();
                    let end = name.match_indices(['(', ')']).nth(1).map_or(name.len(), |(place, _)| place);
                    reached.insert(name[..end].to_owned());
                }
            }
        }
    }
    assert_eq!(reached.len(), 15 + 9, "{reached:#?}");
}
