//! Conversations with imported assistants: what was carried over does what it did.
//!
//! Those with exports of others look at the steps that were taken and not at their words, which are not ours.

use assistant::{Assistant, Heard, Outcome, Reply, Session, Surroundings, Turn, Value, hear};
use authoring::import::watsonx::import;
use authoring::tree::Notation;
use authoring::{World, check_text, write};
use protocol::inspect::{Happened, Understood};
use protocol::{Content, HandOffReason, Timestamp};
use std::path::PathBuf;

/// A Friday: 21 November 2025.
const NOW: u64 = 1_763_722_800_000;

#[test]
fn a_hire_is_asked_for_corrected_and_booked() {
    let mut talk = Talk::with(include_str!("exports/harbour.json"));
    talk.says("I want to hire a bike");
    talk.says("Touring");
    talk.says("tomorrow");
    assert_eq!(talk.text(), "For how many days?");
    talk.says("30");
    assert_eq!(talk.texts(), ["Between one day and what our terms allow.", "For how many days?"]);
    talk.says("3");
    assert_eq!(talk.texts(), ["That is {about} 60 in all, from November 22, 2025 on.", "Is that right?"]);
    talk.says("no");
    assert_eq!(talk.texts(), ["Then let us go through it again.", "From which day on?"]);
    talk.says("Tuesday");
    talk.says("2");
    assert_eq!(talk.texts()[0], "That is {about} 40 in all, from November 25, 2025 on.");
    assert_eq!(talk.steps(), ["step_105", "step_108", "step_201"], "once through again is enough");
}

#[test]
fn a_failed_call_brings_in_a_person_who_is_told_everything() {
    let mut talk = Talk::with(include_str!("exports/harbour.json"));
    for line in ["bike hire", "Electric", "tomorrow", "2", "yes", "yes"] {
        talk.says(line);
    }
    assert_eq!(talk.text(), "What is your name?");
    talk.says("Ada");
    assert_eq!(talk.text(), "And your e-mail address, Ada?");
    talk.says("ada@example.org");
    assert_eq!(talk.text(), "Thank you, Ada. We send the contract to ada@example.org.");
    let call = talk.turn().call.clone().expect("a call is wanted");
    assert_eq!((call.extension.as_str(), call.operation.as_str()), ("extension_1", "post_v2_hires"));
    assert!(call.with.contains(&("bike.kind".to_owned(), Value::text("Electric"))), "{:?}", call.with);
    talk.hears(Heard::Called(Outcome { success: false, status: 500, body: Value::Nothing }));
    let hand_off = talk.turn().hand_off.clone().expect("a person is wanted");
    assert_eq!(hand_off.queue.map(|queue| queue.to_string()).as_deref(), Some("hire-desk"));
    assert_eq!(hand_off.reason, HandOffReason::Planned);
    assert_eq!(hand_off.message_to_agent.as_deref(), Some("Hire of E-bike failed for 40"));
    let collected: Vec<_> =
        hand_off.collected.iter().map(|one| (one.label.as_str(), one.value.as_str())).collect();
    assert!(
        collected.contains(&("Kind of bike", "E-bike")) && collected.contains(&("Days", "2")),
        "{collected:?}"
    );
    assert!(collected.contains(&("Is that right?", "Yes")), "a question names its answer: {collected:?}");
    assert!(!collected.iter().any(|(label, _)| *label == "Name"), "a protected answer is not handed over");
}

#[test]
fn reasons_an_old_fallback_did_not_know_still_bring_in_a_person() {
    let mut talk = Talk::with(include_str!("exports/harbour.json"));
    talk.says("there is a fire");
    assert_eq!(talk.turn().trace.understood, Understood::TriggerWord);
    assert_eq!(
        talk.turn().hand_off.as_ref().map(|hand_off| hand_off.reason),
        Some(HandOffReason::DangerWord)
    );
}

#[test]
fn the_airline_finds_a_flight() {
    let Some(mut talk) = Talk::with_sample("atlas-airlines") else { return };
    talk.says("What flights are available?");
    assert_eq!(talk.steps(), ["step_210"]);
    talk.says("Yes");
    assert_eq!(talk.steps(), ["step_344"]);
    talk.says("tomorrow");
    assert_eq!(talk.steps(), ["step_229", "step_258"]);
    talk.says("yes please");
    assert_eq!(talk.steps(), ["step_416", "step_392"]);
    assert!(talk.turn().replies.contains(&Reply::Pause { ms: 5000, typing: false }));
    talk.says("no");
    assert_eq!(talk.steps(), ["step_531"]);
}

#[test]
fn a_department_is_a_queue() {
    let Some(mut talk) = Talk::with_sample("agents-unavailable") else { return };
    talk.says("agent");
    let hand_off = talk.turn().hand_off.clone().expect("a person is wanted");
    assert_eq!(hand_off.queue.map(|queue| queue.to_string()).as_deref(), Some("not-needed"));
    assert_ne!(hand_off.online_message, hand_off.offline_message);
}

#[test]
fn a_wrong_code_is_asked_for_again_until_it_is_right() {
    let Some(mut talk) = Talk::with_sample("phone-common-interactions") else { return };
    talk.hears(Heard::Started("authentication_2_factor_with_sms".to_owned()));
    for line in ["no", "the one at home", "1234"] {
        talk.says(line);
    }
    assert_eq!(talk.steps(), ["step_980"]);
    talk.says("it is 12");
    assert_eq!(talk.steps(), ["step_971", "step_886", "step_980"]);
    talk.says("99");
    assert_eq!(talk.steps(), ["step_971", "step_886", "step_980"]);
    let Value::Text(code) = talk.session.variable(&talk.assistant, "sms_auth_code") else { panic!("a code") };
    talk.says(&code);
    assert_eq!(talk.steps(), ["step_971", "step_669"]);
}

#[test]
fn a_number_out_of_range_is_told_its_range() {
    let Some(mut talk) = Talk::with_sample("watsonx") else { return };
    talk.says("Test model");
    talk.says("granite");
    assert_eq!(talk.steps(), ["step_333"]);
    let asked = talk.text().to_owned();
    talk.says("5000");
    assert!(talk.texts()[0].contains("1024"), "{:?}", talk.texts());
    assert_eq!(talk.texts()[1], asked, "the question is repeated");
    talk.says("a dozen and more");
    assert_eq!(talk.steps(), ["step_577"]);
}

#[test]
fn an_event_too_far_off_is_turned_away_and_a_near_one_looked_up() {
    for (day, steps) in [("in 9 days", vec!["step_700"]), ("tomorrow", vec!["step_791"])] {
        let Some(mut talk) = Talk::with_sample("metaweather-zendesk") else { return };
        talk.hears(Heard::Started("i_want_to_create_a_ticket_due_to_weather".to_owned()));
        for line in ["Ada", "ada@example.org", "Lisbon", day] {
            talk.says(line);
        }
        assert_eq!(talk.steps(), steps, "{day}");
        assert_eq!(talk.turn().call.is_some(), day == "tomorrow");
    }
}

#[test]
fn what_a_call_brought_is_looked_into() {
    let Some(mut talk) = Talk::with_sample("zendesk-support") else { return };
    talk.hears(Heard::Started("view_comments_on_a_ticket".to_owned()));
    assert_eq!(talk.steps(), ["step_241", "step_235"]);
    talk.says("17");
    let call = talk.turn().call.clone().expect("the ticket is fetched");
    assert_eq!(call.with, [("id".to_owned(), Value::Number(17.0))]);
    let body = Value::Map([("count".to_owned(), Value::Number(2.0))].into());
    talk.hears(Heard::Called(Outcome { success: true, status: 200, body }));
    assert_eq!(talk.steps(), ["step_168", "step_930"]);
}

/// A conversation with an imported assistant.
struct Talk {
    assistant: Assistant,
    session: Session,
    turns: Vec<Turn>,
}

impl Talk {
    fn with(export: &str) -> Self {
        let document = import(export).expect("it is an export").document;
        let yaml = write::to_yaml(&document);
        let checked = check_text(Notation::Yaml, &yaml, &World::default());
        let definition = checked.definitions.into_iter().next();
        let (_, definition) = definition.unwrap_or_else(|| panic!("{:#?}", checked.mistakes));
        Self { assistant: Assistant::new(definition), session: Session::default(), turns: Vec::new() }
    }

    /// With an export that is no part of this repository.
    fn with_sample(name: &str) -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/watsonx");
        let path = folder.join(name).with_extension("json");
        let Ok(export) = std::fs::read_to_string(&path) else {
            eprintln!("SKIPPED: there is no export {}", path.display());
            return None;
        };
        Some(Self::with(&export))
    }

    fn says(&mut self, line: &str) {
        self.hears(Heard::Said(line.to_owned()));
    }

    fn hears(&mut self, heard: Heard) {
        let mut around = Surroundings::at(Timestamp::from_millis(NOW));
        around.chance = 4_711;
        let turn = hear(&self.assistant, &mut self.session, heard, &around);
        let failed = turn
            .trace
            .happenings
            .iter()
            .find(|happened| matches!(happened, Happened::ExpressionFailed { .. }));
        assert_eq!(failed, None);
        self.turns.push(turn);
    }

    fn turn(&self) -> &Turn {
        self.turns.last().expect("something was heard")
    }

    /// Steps the last turn visited.
    fn steps(&self) -> Vec<&str> {
        let ids = self.turn().trace.happenings.iter().filter_map(|happened| {
            if let Happened::StepVisited { step, .. } = happened { Some(step.as_str()) } else { None }
        });
        ids.collect()
    }

    /// What the last turn said, in words.
    fn texts(&self) -> Vec<&str> {
        let said = self.turn().replies.iter().filter_map(|reply| match reply {
            Reply::Say(Content::Text { text }) => Some(text.as_str()),
            Reply::Say(Content::Options { text, .. } | Content::Date { text, .. }) => Some(text.as_str()),
            Reply::Say(_) | Reply::Pause { .. } => None,
        });
        said.collect()
    }

    fn text(&self) -> &str {
        self.texts().last().copied().unwrap_or_default()
    }
}
