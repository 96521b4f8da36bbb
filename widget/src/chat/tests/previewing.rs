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
fn a_broken_definition_is_reported_and_the_old_one_stays() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    loads(&mut rig, Ok(b"{}".to_vec()));
    assert!(matches!(rig.reports.last(), Some(PreviewReport::Broken { .. })), "{:?}", rig.reports);
    loads(&mut rig, Err(FetchFailure::NotThere));
    assert!(matches!(rig.reports.last(), Some(PreviewReport::Broken { .. })), "{:?}", rig.reports);
    rig.says("opening hours");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: Nine to five."));
}

#[test]
fn the_talk_goes_on_with_another_definition_where_it_can() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    rig.says("buy a lamp");
    let mut other = lamps();
    let done = other.actions.iter_mut().find(|action| action.id == "lamp").and_then(|a| a.steps.last_mut());
    *done.expect("a step") = super::lamps::says("done", "An even better choice.");
    loads(&mut rig, Ok(other.to_bytes()));
    rig.says("desk");
    assert_eq!(rig.shown().last().map(String::as_str), Some("assistant: An even better choice."));
}

#[test]
fn only_definitions_of_the_bridge_are_fetched() {
    let mut rig = Rig::preview();
    for path in ["https://elsewhere.example/api/x", "//elsewhere.example/api/", "/frame/demo"] {
        rig.does(Msg::Ordered(PreviewOrder::Load { path: path.to_owned() }));
        assert!(matches!(rig.reports.last(), Some(PreviewReport::Broken { .. })), "{path}");
    }
    assert_eq!(rig.fetches, ["card", "abc"]);
}

#[test]
fn variables_are_set_by_hand_and_told() {
    let mut rig = Rig::preview();
    rig.does(Msg::Opened { focus: true });
    set(&mut rig, "colour", "\"green\"");
    let Some(PreviewReport::Variables { variables, .. }) = rig.reports.last() else {
        panic!("{:?}", rig.reports)
    };
    assert_eq!((variables[0].name.as_str(), variables[0].value.as_str()), ("colour", "green"));
    for (name, json) in [("colour", "green"), ("no such thing", "1")] {
        rig.reports.clear();
        set(&mut rig, name, json);
        assert!(matches!(&rig.reports[0], PreviewReport::NotSet { name: told, .. } if told == name));
    }
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
        PreviewReport::Ready { .. }
        | PreviewReport::Variables { .. }
        | PreviewReport::NotSet { .. }
        | PreviewReport::Broken { .. } => None,
    }
}

fn loads(rig: &mut Rig, bytes: Result<Vec<u8>, FetchFailure>) {
    let path = "/api/preview/1".to_owned();
    rig.does(Msg::Ordered(PreviewOrder::Load { path: path.clone() }));
    assert_eq!(rig.fetches.last(), Some(&path));
    rig.does(Msg::DraftCame { path, bytes });
}

fn set(rig: &mut Rig, name: &str, json: &str) {
    rig.does(Msg::Ordered(PreviewOrder::SetVariable { name: name.to_owned(), json: json.to_owned() }));
}
