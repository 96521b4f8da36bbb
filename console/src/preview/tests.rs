//! What the preview decides, rule by rule.

use super::*;
use protocol::inspect::WaitingFor;

#[test]
fn turns_are_shown_latest_first_and_numbered_from_the_restart() {
    let mut preview = running();
    turns(&mut preview, 3);
    assert_eq!(numbers(&preview), [3, 2, 1]);
    assert_eq!(preview.update(Msg::RestartPressed), [Effect::Order(PreviewOrder::Restart)]);
    turns(&mut preview, 1);
    assert_eq!(numbers(&preview), [1]);
}

#[test]
fn a_long_conversation_forgets_its_beginning() {
    let mut preview = running();
    turns(&mut preview, TURNS_KEPT_MAX + 1);
    assert_eq!((preview.turns.len(), numbers(&preview).last()), (TURNS_KEPT_MAX, Some(&2)));
}

#[test]
fn a_turn_brings_the_values_and_what_is_waited_for() {
    let mut preview = running();
    let waiting = Waiting {
        action: "hire".to_owned(),
        step: "hours".to_owned(),
        what: WaitingFor::Number,
        attempts_left: 2,
        interrupted: Vec::new(),
    };
    let trace = Trace { waiting: Some(waiting), variables: vec![value("price")], ..Trace::default() };
    preview.update(Msg::Reported(PreviewReport::Turn(Box::new(trace))));
    assert_eq!((preview.waiting.as_ref().map(|w| w.attempts_left), preview.variables.len()), (Some(2), 1));
    preview.update(Msg::RestartPressed);
    assert_eq!((preview.waiting.is_none(), preview.variables.len()), (true, 0));
}

#[test]
fn a_value_is_json_or_plain_words_and_goes_where_it_belongs() {
    let mut preview = running();
    let enter = |preview: &mut Preview, text: &str| {
        preview.update(Msg::ValueEntered { name: "x".to_owned(), text: text.to_owned() })
    };
    let variable = |json: &str| {
        vec![Effect::Order(PreviewOrder::SetVariable { name: "x".to_owned(), json: json.to_owned() })]
    };
    assert_eq!(enter(&mut preview, " 18 "), variable("18"));
    assert_eq!(enter(&mut preview, "red bike"), variable("\"red bike\""));
    assert_eq!(enter(&mut preview, "[1, 2]"), variable("[1, 2]"));
    preview.update(Msg::ScopeChosen(Scope::Action));
    let answer = PreviewOrder::SetAnswer { name: "x".to_owned(), json: "true".to_owned() };
    assert_eq!(enter(&mut preview, "true"), [Effect::Order(answer)]);
    preview.update(Msg::Reported(PreviewReport::NotSet {
        name: "x".to_owned(),
        why: "no such answer".to_owned(),
    }));
    assert_eq!(preview.not_set, Some(("x".to_owned(), "no such answer".to_owned())));
}

#[test]
fn a_file_with_errors_leaves_what_was_running_and_names_them() {
    let mut preview = running();
    turns(&mut preview, 2);
    assert!(matches!(given(&mut preview)[..], [Effect::Try(..)]));
    preview.update(Msg::Answered(Answer::Tried(Err(Trouble::Mistakes(vec![mistake(Severity::Error)])))));
    let file = preview.file.clone().expect("kept");
    assert_eq!((file.runs, file.mistakes.len()), (false, 1));
    assert_eq!(numbers(&preview), [2, 1]);
}

#[test]
fn the_same_file_corrected_goes_on_with_the_talk() {
    let mut preview = running();
    given(&mut preview);
    preview.update(Msg::Reported(runs("Mine")));
    turns(&mut preview, 2);
    given(&mut preview);
    let path = "/api/preview/1".to_owned();
    let ready = Ready { path: path.clone(), mistakes: vec![mistake(Severity::Warning)] };
    assert_eq!(
        preview.update(Msg::Answered(Answer::Tried(Ok(ready)))),
        [Effect::Order(PreviewOrder::Load { path })]
    );
    assert_eq!(preview.update(Msg::Reported(runs("Mine"))), []);
    assert_eq!(numbers(&preview), [2, 1]);
    assert!(preview.file.is_some_and(|file| file.runs));
}

#[test]
fn another_assistant_begins_the_talk_anew_as_soon_as_it_runs() {
    let mut preview = running();
    turns(&mut preview, 2);
    given(&mut preview);
    assert_eq!(numbers(&preview), [2, 1], "what ran before goes on until then");
    let restart = [Effect::Order(PreviewOrder::Restart)];
    assert_eq!(preview.update(Msg::Reported(runs("Mine"))), restart);
    assert!(preview.turns.is_empty());
    preview.update(Msg::SourceChosen(Source::Draft));
    assert!(preview.file.is_none(), "the file is no longer what runs");
    assert_eq!(preview.update(Msg::Reported(runs("Demo"))), restart);
    assert_eq!(preview.update(Msg::Reported(runs("Demo"))), []);
}

#[test]
fn a_value_that_is_set_by_hand_keeps_its_place() {
    let mut preview = running();
    let tell = |preview: &mut Preview, names: [&str; 3]| {
        let answers = names.map(value).into();
        preview.update(Msg::Reported(PreviewReport::Variables { variables: Vec::new(), answers }));
        preview.answers.iter().map(|value| value.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(tell(&mut preview, ["kind", "day", "time"]), ["kind", "day", "time"]);
    assert_eq!(tell(&mut preview, ["day", "time", "kind"]), ["kind", "day", "time"]);
    assert_eq!(tell(&mut preview, ["day", "name", "kind"]), ["kind", "day", "name"]);
}

#[test]
fn a_call_is_the_authors_to_answer_while_the_talk_waits_for_it() {
    let mut preview = running();
    let with = serde_json::Map::new();
    let call = AskedCall { extension: "diary".to_owned(), operation: "slots".to_owned(), with };
    preview.update(Msg::CallCame(Some(call.clone())));
    assert_eq!(preview.asked_call(), None);
    let waiting = Waiting {
        action: "book".to_owned(),
        step: "slots".to_owned(),
        what: WaitingFor::Call,
        attempts_left: 0,
        interrupted: Vec::new(),
    };
    let trace = Trace { waiting: Some(waiting), ..Trace::default() };
    preview.update(Msg::Reported(PreviewReport::Turn(Box::new(trace))));
    assert_eq!(preview.asked_call(), Some(&call));
    let answer = preview.update(Msg::CallAnswered(404, "Not found".to_owned()));
    assert_eq!(answer, [Effect::AnswerCall(404, "\"Not found\"".to_owned())]);
    preview.update(Msg::RestartPressed);
    assert_eq!(preview.asked_call(), None);
}

#[test]
fn publishing_what_visitors_get_already_says_so() {
    let mut preview = running();
    given(&mut preview);
    preview.update(Msg::PublishPressed("spring".to_owned()));
    let told = |is_new: bool| Msg::Answered(Answer::Published(Ok(Published { version: 3, is_new })));
    preview.update(told(false));
    assert_eq!((&preview.done, preview.nothing_new), (&Some(Task::Publish), Some(3)));
    preview.update(told(true));
    assert_eq!(preview.nothing_new, None);
}

#[test]
fn whoever_signs_in_without_a_wish_sees_the_versions_and_the_chat_goes_on() {
    let mut preview = running();
    preview.update(Msg::NobodySignedIn);
    assert!(preview.signed_out);
    assert_eq!(preview.update(Msg::SignedIn), [Effect::List]);
    assert!(!preview.signed_out);
}

#[test]
fn publishing_waits_for_whoever_has_to_sign_in() {
    let mut preview = running();
    given(&mut preview);
    let publish = Msg::PublishPressed("spring".to_owned());
    let wanted = preview.update(publish.clone());
    assert!(matches!(&wanted[..], [Effect::PublishFile(_, _, note)] if note == "spring"));
    preview.update(Msg::Answered(Answer::Published(Err(Trouble::NotAllowed("Sign in".to_owned())))));
    assert_eq!(preview.door.as_deref(), Some("Sign in"));
    let again = preview.update(Msg::SignedIn);
    assert_eq!(again.len(), 2);
    assert_eq!(again[1], wanted[0]);
    let published = Published { version: 2, is_new: true };
    assert_eq!(preview.update(Msg::Answered(Answer::Published(Ok(published)))), [Effect::List]);
    assert_eq!(preview.done, Some(Task::Publish));
}

#[test]
fn a_draft_is_read_tried_and_published_as_the_draft() {
    let mut preview = running();
    assert_eq!(preview.update(Msg::SourceChosen(Source::Draft)), [Effect::ReadDraft]);
    let came = Msg::Answered(Answer::Came(Ok(("a.yaml".to_owned(), "format: 1".to_owned()))));
    assert!(matches!(preview.update(came)[..], [Effect::Try(..)]));
    assert_eq!(preview.update(Msg::PublishPressed(String::new())), [Effect::PublishDraft(String::new())]);
}

#[test]
fn a_local_file_is_followed_and_an_error_keeps_what_ran() {
    let mut preview = running();
    let local = |path: Option<&str>, mistakes: Vec<Mistake>| Local {
        name: Some("a.yaml".to_owned()),
        source: None,
        path: path.map(str::to_owned),
        mistakes,
    };
    let load = |path: &str| vec![Effect::Order(PreviewOrder::Load { path: path.to_owned() })];
    assert_eq!(
        preview.update(Msg::LocalCame(local(Some("/api/preview/1"), Vec::new()))),
        load("/api/preview/1")
    );
    let broken = local(Some("/api/preview/1"), vec![mistake(Severity::Error)]);
    assert_eq!(preview.update(Msg::LocalCame(broken)), []);
    assert_eq!((preview.tab, &preview.source), (Tab::File, &Source::Local));
}

#[test]
fn a_file_that_is_too_large_is_not_even_tried() {
    let mut preview = running();
    let text = "x".repeat(ASSISTANT_BYTES_MAX + 1);
    assert_eq!(preview.update(Msg::FileRead { name: "a.json".to_owned(), text }), []);
    assert!(preview.trouble.is_some());
}

fn running() -> Preview {
    let mut preview = Preview::default();
    preview.update(Msg::Reported(runs("Demo")));
    preview
}

fn runs(assistant: &str) -> PreviewReport {
    PreviewReport::Ready { assistant: assistant.to_owned() }
}

fn given(preview: &mut Preview) -> Vec<Effect> {
    preview.update(Msg::FileRead { name: "assistant.json".to_owned(), text: "{}".to_owned() })
}

fn turns(preview: &mut Preview, count: usize) {
    for _ in 0..count {
        preview.update(Msg::Reported(PreviewReport::Turn(Box::default())));
    }
}

fn numbers(preview: &Preview) -> Vec<u32> {
    preview.turns.iter().map(|turn| turn.number).collect()
}

fn value(name: &str) -> VariableTrace {
    VariableTrace { name: name.to_owned(), value: "18".to_owned(), json: "18".to_owned() }
}

fn mistake(severity: Severity) -> Mistake {
    Mistake {
        severity,
        line: 1,
        column: 2,
        path: String::new(),
        code: "bad".to_owned(),
        problem: "p".to_owned(),
        remedy: "r".to_owned(),
    }
}
