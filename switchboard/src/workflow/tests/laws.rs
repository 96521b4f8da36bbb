//! What holds for any definition and any inputs.

use super::arbitrary;
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
        (workflow, world, inputs) in anything()
    ) {
        let mut run = Run::new(Vec::new());
        let mut effects_in_all = 0;
        for (input, now) in inputs {
            let over = run.ended().is_some();
            let before = run.clone();
            let effects = advance(&workflow, &mut run, input, &world, now);
            effects_in_all += effects.len();
            prop_assert!(!over || (effects.is_empty() && run == before), "a run that is over moved");
            let ends = effects.iter().filter(|effect| matches!(effect, Effect::Ended(_))).count();
            prop_assert_eq!(ends, usize::from(!over && run.ended().is_some()));
            prop_assert!(ends == 0 || matches!(effects.last(), Some(Effect::Ended(_))));
            prop_assert!(effects.iter().all(within_bounds), "a text has no bound");
        }
        prop_assert!(effects_in_all < (STEPS_MAX as usize + 64) * EFFECTS_PER_STEP_MAX);
        prop_assert!(run.log().lines().count() <= LOG_LINES_MAX);
        prop_assert!(run.memory().variables().len() <= TRIGGER_VALUES_MAX);
    }

    #[test]
    fn a_run_written_and_read_back_goes_on_as_if_nothing_had_been(
        (workflow, world, inputs) in anything()
    ) {
        let reread: Workflow = postcard::from_bytes(&postcard::to_allocvec(&workflow).unwrap()).unwrap();
        let mut run = Run::new(Vec::new());
        let mut other = run.clone();
        for (input, now) in inputs {
            other = postcard::from_bytes(&postcard::to_allocvec(&other).unwrap()).unwrap();
            let effects = advance(&workflow, &mut run, input.clone(), &world, now);
            let same = advance(&reread, &mut other, input, &world, now);
            prop_assert_eq!(effects, same);
            prop_assert_eq!(&run, &other);
        }
    }

    #[test]
    fn a_turn_is_asked_for_before_it_is_given_back_and_given_back_once(
        (workflow, world, inputs) in anything()
    ) {
        let mut run = Run::new(Vec::new());
        let mut has_turn = false;
        for (input, now) in inputs {
            for effect in advance(&workflow, &mut run, input, &world, now) {
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
            prop_assert!(has_turn || !run.has_question(), "a question without a turn");
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

/// A workflow, a world, and inputs with the times they come at; the first one begins the run.
fn anything() -> impl Strategy<Value = (Workflow, World, Vec<(Input, Timestamp)>)> {
    let inputs = prop::collection::vec(arbitrary::input(), 0..40);
    (arbitrary::workflow(), arbitrary::world(), inputs).prop_map(|(workflow, world, inputs)| {
        let started = Input::Started { told: [].into(), from: None };
        let mut now = TODAY;
        let timed = inputs.into_iter().map(|(input, later)| {
            now = Timestamp::from_millis(now.millis().saturating_add(later));
            (input, now)
        });
        (workflow, world, [(started, TODAY)].into_iter().chain(timed).collect())
    })
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
            short(&wanted.url) && short(body) && wanted.headers.iter().all(|(_, value)| short(value))
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
