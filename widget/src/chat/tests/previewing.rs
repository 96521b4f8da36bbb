//! Trying an assistant before it is published.

use super::rig::*;
use protocol::inspect::{PreviewOrder, PreviewReport};

#[test]
fn a_preview_reports_its_turns_and_reaches_nobody() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.says("talk to the lamp team");
    assert_eq!(
        rig.shown(),
        ["assistant: Hello from Lamps.", "visitor: talk to the lamp team", "demonstrated"]
    );
    assert_eq!((rig.dials, rig.requests().len()), (0, 0));
    let verdicts: Vec<bool> = rig.reports.iter().filter_map(turn_handed_over).collect();
    assert_eq!(verdicts, [false, true]);
    rig.says("opening hours");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: Nine to five."));
    assert!(rig.chat.entries().iter().all(|entry| entry.delivery == Delivery::Done));
}

#[test]
fn a_preview_starts_over_when_told_to() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.says("buy a lamp");
    rig.does(Msg::Ordered(PreviewOrder::Restart));
    assert_eq!(rig.shown(), ["assistant: Hello from Lamps."]);
}

#[test]
fn a_broken_file_is_reported_and_the_old_one_stays() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.does(Msg::Ordered(PreviewOrder::Load { definition: "{ \"format\": 1, ".to_owned() }));
    let Some(PreviewReport::Broken { mistakes }) = rig.reports.last() else { panic!("{:?}", rig.reports) };
    assert!(mistakes[0].contains("line 1"), "{mistakes:?}");
    rig.says("opening hours");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: Nine to five."));
}

#[test]
fn another_file_can_be_run() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    let definition = DEFINITION.replace("Hello from Lamps.", "Hello from elsewhere.");
    rig.does(Msg::Ordered(PreviewOrder::Load { definition }));
    assert_eq!(rig.shown(), ["assistant: Hello from elsewhere."]);
}

#[test]
fn a_sites_chat_takes_no_orders() {
    let mut rig = Rig::with_assistant();
    rig.does(Msg::Opened { focus: true });
    rig.says("opening hours");
    let shown = rig.shown();
    rig.does(Msg::Ordered(PreviewOrder::Restart));
    assert_eq!(rig.shown(), shown);
}

fn turn_handed_over(report: &PreviewReport) -> Option<bool> {
    match report {
        PreviewReport::Turn(trace) => Some(trace.hand_off.is_some()),
        PreviewReport::Ready { .. } | PreviewReport::Broken { .. } => None,
    }
}
