//! What `docs/assistants.md` shows and says is true.

use assistant::{Heard, Session, hear, read};

const PAGE: &str = include_str!("../../docs/assistants.md");

#[test]
fn the_example_is_in_order_and_runs() {
    let assistant = read(example()).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let mut session = Session::default();
    let mut say = |said: &str| hear(&assistant, &mut session, Heard::Said(said.to_owned()), 0);
    say("kayak rental");
    say("for two");
    let turn = say("5");
    let replies: Vec<String> = turn.replies.iter().map(|reply| reply.as_plain_text()).collect();
    assert_eq!(replies[0], "A Double is €18 an hour.");
    assert_eq!(replies[1], "From the fifth hour on you pay half.");
    assert_eq!(say("yes").hand_off.unwrap().message_to_agent.as_deref(), Some("Double, 5 h, €18 an hour."));
}

#[test]
fn the_threshold_is_the_documented_one() {
    assert!(PAGE.contains(&format!("| `threshold` | `{}` |", assistant::THRESHOLD_DEFAULT)));
}

#[test]
fn the_built_in_actions_are_written_as_an_author_would() {
    let built_in = include_str!("../src/defaults.json").trim().trim_start_matches('{');
    let (head, _) = example().split_once("\"variables\"").unwrap();
    let action = r#""actions": [{ "id": "a", "title": "A", "phrases": ["what is this"], "steps": [{ "id": "a", "say": "A." }] }],"#;
    let mistakes = read(&format!("{head}{action}{built_in}")).map(|_| ()).err();
    assert_eq!(mistakes, None);
}

fn example() -> &'static str {
    let (_, after) = PAGE.split_once("```json\n").expect("the page has an example");
    after.split_once("```").expect("the example ends").0
}
