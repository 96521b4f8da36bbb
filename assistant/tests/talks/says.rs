//! What is said and shown.

use crate::build::*;
use crate::talk::{check, told, turn, turn_by_chance};
use assistant::definition::{Order, Output, Step, Text, Wordings};
use assistant::{Reply, Session, Value};
use protocol::Content;
use protocol::inspect::Happened;
use protocol::limits::MESSAGE_BYTES_MAX;
use protocol::rich::{Button, ButtonLook, Card, CardPart, Media, MediaKind, Press, Show, Table};

#[test]
fn wordings_take_turns() {
    let steps = vec![wording(Order::InTurn, &["One.", "Two."])];
    check(&assistant(trying(steps)), "> try\n One.\n > try\n Two.\n > try\n One.");
}

#[test]
fn wordings_drawn_by_chance_never_repeat_themselves() {
    let assistant = assistant(trying(vec![wording(Order::Random, &["One.", "Two.", "Three."])]));
    let mut session = Session::default();
    let said: Vec<Vec<String>> =
        (0..40).map(|chance| told(&turn_by_chance(&assistant, &mut session, "try", chance))).collect();
    said.windows(2).for_each(|pair| assert_ne!(pair[0], pair[1]));
    for wording in ["One.", "Two.", "Three."] {
        assert!(said.iter().any(|lines| lines == &[wording]), "{wording}");
    }
}

#[test]
fn all_wordings_are_one_message_each() {
    check(&assistant(trying(vec![wording(Order::All, &["One.", "Two."])])), "> try\n One.\n Two.");
}

#[test]
fn a_question_said_again_keeps_its_wording_and_does_not_pause() {
    let question = wording(Order::InTurn, &["How many?", "How many now?"])
        .shows(Output::Pause { ms: 500, typing: true })
        .asks(number())
        .asked(|ask| ask.repeat = true);
    check(
        &assistant(trying(vec![question])),
        "> try
         How many?
         (500 ms)
         > some
         Pardon?
         How many?",
    );
}

#[test]
fn options_stand_under_the_last_words() {
    let picture = Output::Media(media("https://a.example/x.png"));
    let steps = vec![step("q").say("Look:").say("Which?").shows(picture).asks(options(&["A", "B"]))];
    check(&assistant(trying(steps)), "> try\n Look:\n Which? [A | B]\n A bike (https://a.example/x.png)");
}

#[test]
fn everything_that_can_be_shown_is() {
    let button =
        Button { label: text("Book {colour}"), look: ButtonLook::Primary, press: Press::Say(text("book")) };
    let card = Card {
        body: vec![
            CardPart::Text(text("A {colour} bike")),
            CardPart::Media(media("https://a.example/b.png")),
        ],
        buttons: vec![button.clone()],
    };
    let table = Table {
        title: Some(text("Prices")),
        description: None,
        headers: vec![text("Bike"), text("Price")],
        rows: vec![vec![text("{colour}"), text("10")], vec![text("short")]],
    };
    let steps = vec![
        step("a").shows(Output::Button(button)).shows(Output::Card(card.clone())),
        step("b").shows(Output::Carousel(vec![card.clone(), card])).shows(Output::Table(table)),
        step("c").shows(Output::UserDefined { json: text(r#"{note}"#), text: text("Own") }),
        step("d").say("When?").shows(Output::DatePicker),
    ];
    check(
        &assistant(trying(steps)),
        "> try
         [Book red]
         A red bike A bike (https://a.example/b.png) [Book red]
         A red bike A bike (https://a.example/b.png) [Book red]
         A red bike A bike (https://a.example/b.png) [Book red]
         Prices
         Bike | Price
         red | 10
         short |
         Own
         When?",
    );
}

#[test]
fn what_is_unsafe_is_left_out_and_told() {
    let card = Card {
        body: vec![CardPart::Text(text("Kept")), CardPart::Media(media("javascript:alert(1)"))],
        buttons: Vec::new(),
    };
    let steps = vec![step("a").shows(Output::Media(media("{address}"))), step("b").shows(Output::Card(card))];
    let mut definition = definition(trying(steps));
    definition.variables.push(variable("address", Value::text("javascript:alert(1)")));
    let assistant = assistant::Assistant::new(definition);
    let turn = turn(&assistant, &mut Session::default(), "try");
    assert_eq!(told(&turn), ["Kept"]);
    let told: Vec<&Happened> = turn
        .trace
        .happenings
        .iter()
        .filter(
            |happened| matches!(happened, Happened::ExpressionFailed { why, .. } if why.contains("https")),
        )
        .collect();
    assert_eq!(told.len(), 2);
}

#[test]
fn a_text_that_is_too_long_is_cut_and_an_empty_one_not_said() {
    let mut definition = definition(trying(vec![step("a").say("{note}").say("é{long}").say("  ")]));
    definition.variables.push(variable("long", Value::text("é".repeat(MESSAGE_BYTES_MAX))));
    let turn = turn(&assistant::Assistant::new(definition), &mut Session::default(), "try");
    let [Reply::Say(Content::Text { text })] = turn.replies.as_slice() else { panic!("{:?}", turn.replies) };
    assert_eq!(text.as_str().len(), MESSAGE_BYTES_MAX);
}

#[test]
fn hidden_options_are_sent_as_hidden() {
    let mut kind = options(&["A", "B"]);
    if let assistant::definition::Kind::Options { show, .. } = &mut kind {
        *show = Show::Hidden;
    }
    check(
        &assistant(trying(vec![step("q").say("Which?").asks(kind)])),
        "> try\n Which?\n > b\n I have no answer to that.",
    );
}

fn wording(order: Order, texts: &[&str]) -> Step {
    let texts = texts.iter().map(|words| text(words)).collect();
    step("a").shows(Output::Text(Wordings { order, texts }))
}

fn media(source: &str) -> Media<Text> {
    Media {
        kind: MediaKind::Image,
        source: text(source),
        title: Some(text("A bike")),
        description: None,
        alt: None,
    }
}
