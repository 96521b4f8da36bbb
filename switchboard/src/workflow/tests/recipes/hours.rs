//! Outside opening hours nobody is looked for.

use crate::workflow::definition::*;
use crate::workflow::tests::desk::Desk;
use crate::workflow::tests::flow::*;
use crate::workflow::tests::world::TODAY;
use crate::workflow::{End, Outcome, Workflow};

#[test]
fn while_the_shop_is_open_a_person_takes_over() {
    let desk = opened(Some(true), hours("shop"));
    assert_eq!((desk.owner().as_str(), desk.said()), ("ada", vec![]));
}

#[test]
fn while_it_is_closed_the_visitor_is_told_so() {
    let desk = opened(Some(false), hours("shop"));
    assert_eq!((desk.owner().as_str(), desk.said()), ("", vec!["We open at nine."]));
}

#[test]
fn a_calendar_that_does_not_exist_is_never_open() {
    assert_eq!(opened(None, hours("shop")).said(), ["We open at nine."]);
}

#[test]
fn without_a_step_for_closed_hours_the_run_ends() {
    let mut workflow = hours("shop");
    let Task::WhenOpen { outside, .. } = &mut workflow.steps[0].task else { panic!("the first step looks") };
    *outside = None;
    assert_eq!(opened(Some(false), workflow).run.ended(), Some(End::NoBranch(Outcome::Outside)));
}

#[test]
fn a_range_counts_its_first_and_its_last_moment_in() {
    let at = |second: u64| TODAY.plus_seconds(second);
    for (from, to, open) in [(0, 0, true), (0, 9, true), (1, 9, false)] {
        let mut workflow = hours("shop");
        let range = WhenOpen::Range { from: at(from), to: at(to) };
        let Task::WhenOpen { when, .. } = &mut workflow.steps[0].task else { panic!("the first step looks") };
        *when = range;
        assert_eq!(opened(None, workflow).owner() == "ada", open, "{from} {to}");
    }
}

fn opened(open: Option<bool>, workflow: Workflow) -> Desk {
    let mut desk = Desk::of(workflow).team("shop", &["ada"]);
    desk.world.calendars.extend(open.map(|open| ("shop".to_owned(), open)));
    desk.open(OpenedBy::Visitor)
}

fn hours(calendar: &str) -> Workflow {
    workflow("hours", |to| {
        let when = WhenOpen::Calendar(calendar.to_owned());
        vec![
            step("open?", Task::WhenOpen { when, outside: to("away") }),
            then("shop", Task::Assign(Box::new(assign(team("shop")))), None),
            step("away", say("We open at nine.")),
        ]
    })
}
