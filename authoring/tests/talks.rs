//! Conversation tests and the explorer, as their commands use them: on the demo's assistant, and on small ones with a
//! fault planted.

use assistant::Assistant;
use authoring::cases::{Coverage, Ran, TalkFile, Went, compare, junit, play, tap, unknown_names};
use authoring::explore::{Plan, ProblemKind, explore};
use authoring::{World, check};
use std::fs;
use std::path::Path;
use std::time::Duration;

const DEMO: &str = include_str!("../../examples/demo/assistant.json");

/// A kayak for hire. The price is set in one step and shown in another.
const HIRE: &str = "format: 1
name: Kayaks
language: en
variables: { price: {} }
actions:
  - id: hire
    title: Hire a kayak
    phrases: [kayak hire, rent a kayak, I want a kayak, kayak please]
    steps:
      - { id: hours, say: For how many hours?, ask: { kind: number, min: 1, max: 8 } }
      - { id: long, when: { step: hours, operator: '>', value: 4 }, say: That is long. }
      - { id: price, set: { price: { expression: '${hours} * 12' } }, say: 'That is {price}.' }
";

#[test]
fn the_demo_talks_as_its_cases_say() {
    let assistant = assistant("demo.json", DEMO);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/demo/talks");
    let mut cases = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = TalkFile::parse(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in &file.cases {
            let verdict = compare(case, &play(&assistant, case));
            assert!(verdict.passed, "{}:{}\n{}", path.display(), case.line, verdict.actual);
            cases += 1;
        }
    }
    assert!(cases > 5, "{cases} cases were found");
}

/// The list comes from a variable; what is kept of the choice is its number.
const BOATS: &str = "format: 1
name: Boats
language: en
variables: { boats: { initial: { value: [{ id: 7, name: Swift }, { id: 9, name: Calm }] } } }
actions:
  - id: hire
    title: Hire a boat
    phrases: [hire a boat, rent a boat, boat please]
    steps:
      - id: boat
        say: Which boat?
        ask: { kind: options, from: { variable: boats }, item_label: '${item}.name', item_value: '${item}.id', otherwise: Any }
      - { id: chosen, say: 'You have chosen {boat}, number {= ${boat} }.', then: connect_to_agent }
";

#[test]
fn what_is_chosen_from_a_list_is_read_by_its_label_and_kept_by_its_value() {
    let assistant = assistant("boats.yaml", BOATS);
    for (said, text, agent) in [
        ("calm", "You have chosen Calm, number 9.", "Boat = Calm"),
        ("any", "You have chosen Any, number Any.", "Boat = Any"),
    ] {
        let talk = format!("== A\nvisitor: hire a boat\nvisitor: {said}\n");
        let case = TalkFile::parse(&talk).unwrap().cases.remove(0);
        let went = compare(&case, &play(&assistant, &case)).actual.to_string();
        assert!(went.contains(text) && went.contains(agent), "{went}");
    }
}

/// Two questions whose answers look alike, and a topic that looks like an answer.
const CLINIC: &str = "format: 1
name: Clinic
language: en
variables: { free: { initial: { value: ['9:30 with Dr Ames', '10:00 with Dr Bose'] } } }
actions:
  - id: book
    title: Book a visit
    phrases: [book a visit, I need a dentist, visit please]
    steps:
      - { id: day, say: Which day?, ask: { kind: date, weekdays: [monday, tuesday] } }
      - { id: time, say: At what time?, ask: { kind: time } }
      - { id: slot, say: 'Near {time}:', ask: { kind: options, from: { variable: free }, otherwise: None of these } }
      - { id: booked, say: 'Booked: {slot}, wanted {time}.' }
  - id: hours
    title: Opening hours
    phrases: [are you open on Saturday, when are you open, opening hours]
    steps: [{ id: hours, say: From 8 to 6. }]
";

#[test]
fn a_part_of_a_label_chooses_it_and_corrects_nothing_else() {
    for (said, slot) in
        [("9:30", "9:30 with Dr Ames"), ("at 9:30", "9:30 with Dr Ames"), ("10:00", "10:00 with Dr Bose")]
    {
        let went = played(CLINIC, &["book a visit", "tomorrow", "11:15 am", said]);
        assert!(went.contains(&format!("Booked: {slot}, wanted 11:15 AM")), "{said}: {went}");
    }
}

#[test]
fn a_value_beyond_the_limits_is_no_other_topic() {
    let went = played(CLINIC, &["book a visit", "Saturday"]);
    assert!(went.contains("It must be a Monday or Tuesday.") && !went.contains("From 8 to 6"), "{went}");
    let went = played(CLINIC, &["book a visit", "are you open on Saturday?"]);
    assert!(went.contains("From 8 to 6"), "{went}");
}

/// A talk as it went.
fn played(file: &str, lines: &[&str]) -> String {
    let assistant = assistant("file.yaml", file);
    let lines: String = lines.iter().map(|line| format!("visitor: {line}\n")).collect();
    let case = TalkFile::parse(&format!("== A\n{lines}")).expect("a talk").cases.remove(0);
    compare(&case, &play(&assistant, &case)).actual.to_string()
}

#[test]
fn a_case_rewritten_as_it_went_passes() {
    let assistant = assistant("hire.yaml", HIRE);
    let blank = "== A\nvisitor: kayak hire\nexpect: hours = null\nvisitor: 9\nvisitor: 2\nexpect: price = 0\n\
                 action: none\noutcome: nowhere\n";
    let file = TalkFile::parse(blank).unwrap();
    let went = compare(&file.cases[0], &play(&assistant, &file.cases[0]));
    assert!(!went.passed);
    let written = went.actual.to_string();
    for line in
        ["assistant: For how many hours?", "assistant: That is 24.", "expect: price = 24", "outcome: ended"]
    {
        assert!(written.contains(line), "{line} is missing in\n{written}");
    }
    let again = TalkFile::parse(&written).unwrap();
    assert!(compare(&again.cases[0], &play(&assistant, &again.cases[0])).passed, "{written}");
}

#[test]
fn what_the_engine_knows_can_be_looked_at_like_everything_else() {
    let secret = HIRE.replace("min: 1, max: 8", "protected: true, min: 1, max: 8");
    for (file, cases) in [
        (
            HIRE,
            "== A\nclock: 2026-05-04T10:30 Europe/Lisbon\npage: {\"page_title\": \"Boats\"}\nopens\n...\n\
             expect: current_date = \"2026-05-04\"\nexpect: current_time = \"10:30:00\"\n\
             expect: timezone = \"Europe/Lisbon\"\nexpect: locale = \"en\"\nexpect: channel_name = \"chat\"\n\
             expect: visitor = {\"page_title\": \"Boats\"}\nexpect: no_matches_count = 0\nexpect: digressed_from = null\n\
             wait: 2 hours\nexpect: now = \"2026-05-04T12:30:00\"\n\
             visitor: qwertz\n...\nexpect: no_matches_count = 1\nexpect: fallback_reason = null\n\
             wants a person\n...\nexpect: fallback_reason = \"agent_requested\"\n",
        ),
        (&secret, "== A\nvisitor: kayak hire\n...\nset: hours = 7\nexpect: hours = 7\n"),
    ] {
        let assistant = assistant("hire.yaml", file);
        let file = TalkFile::parse(cases).unwrap();
        assert_eq!(unknown_names(&assistant, &file.cases[0]), Vec::new());
        let verdict = compare(&file.cases[0], &play(&assistant, &file.cases[0]));
        assert!(verdict.passed, "{}", verdict.actual);
    }
}

#[test]
fn the_interrupted_action_can_be_looked_at() {
    let file = format!(
        "{HIRE}  - id: repair\n    title: Repair a boat\n    phrases: [repair my boat, my boat leaks, boat repair please]\n\
         \x20   steps: [{{ id: where, say: Where is the hole?, ask: {{ kind: text }} }}]\n"
    );
    let cases = "== A\nvisitor: kayak hire\n...\nexpect: digressed_from = null\nvisitor: my boat leaks\n...\n\
                 expect: digressed_from = \"Hire a kayak\"\nvisitor: below\n...\nexpect: digressed_from = \"Hire a kayak\"\n\
                 visitor: yes\n...\nexpect: digressed_from = null\nexpect: session_history = null\n";
    let (assistant, file) = (assistant("hire.yaml", &file), TalkFile::parse(cases).unwrap());
    let went = compare(&file.cases[0], &play(&assistant, &file.cases[0])).actual.to_string();
    // All but the history, which begins with what was said first.
    let (talk, history) = went.split_once("expect: session_history = ").unwrap();
    assert_eq!(talk, cases.split("expect: session_history").next().unwrap(), "{went}");
    assert!(
        history.starts_with("[{\"n\":true,\"u\":\"kayak hire\"},{\"a\":\"For how many hours?\"}"),
        "{history}"
    );
}

#[test]
fn a_name_that_means_nothing_is_told_and_never_compared() {
    let assistant = assistant("hire.yaml", HIRE);
    let cases = "== A\nvisitor: kayak hire\n...\nexpect: prise = null\nexpect: hours = null\nset: now = 1\nset: our = 2\n\
                 starts: hier\nexpect: now = null\n";
    let file = TalkFile::parse(cases).unwrap();
    let told: Vec<String> =
        unknown_names(&assistant, &file.cases[0]).iter().map(ToString::to_string).collect();
    let expected = [
        "4: there is no variable and no answer `prise`; did you mean `price`?",
        "6: `now` is set by the engine; set the clock or the page, or say something",
        "7: there is no variable and no answer `our`; ",
        "8: there is no action `hier`; did you mean `hire`?",
    ];
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    assert!(told.iter().zip(expected).all(|(told, expected)| told.starts_with(expected)), "{told:#?}");
}

#[test]
fn what_cannot_be_set_where_it_is_set_is_no_way_for_a_case_to_go() {
    let assistant = assistant("hire.yaml", HIRE);
    let file = TalkFile::parse("== A\nset: hours = 3\nvisitor: kayak hire\n...\n").unwrap();
    let verdict = compare(&file.cases[0], &play(&assistant, &file.cases[0]));
    assert!(!verdict.passed && verdict.refused[0].line == 2, "{:?}", verdict.refused);
}

#[test]
fn lines_that_do_nothing_are_told() {
    let file = HIRE.replace("say: 'That is {price}.'", "say: 'That is {price}.', then: connect_to_agent");
    let assistant = assistant("hire.yaml", &file);
    let cases = "== A\nvisitor: kayak hire\n...\nanswer: 200 {\"free\": 1}\nvisitor: 2\n...\nvisitor: hello?\nreturns\nvisitor: kayak hire\n...\n";
    let file = TalkFile::parse(cases).unwrap();
    let verdict = compare(&file.cases[0], &play(&assistant, &file.cases[0]));
    let lines: Vec<usize> = verdict.refused.iter().map(|refused| refused.line).collect();
    assert!(!verdict.passed && lines == [4, 7], "{:?}", verdict.refused);
}

#[test]
fn what_was_rewritten_goes_as_it_is_written_and_keeps_its_inputs() {
    let file = HIRE.replace(
        "say: 'That is {price}.'",
        "say: ' That is {price}: ', then: { connect_to_agent: { message_to_agent: 'Long: {= null}' } }",
    );
    let assistant = assistant("hire.yaml", &file);
    let inputs = "clock: 2026-05-04T10:00 Europe/Lisbon\nwait: 2 days\npage: { \"page_title\":  \"A\" }";
    let cases = format!("== A\n{inputs}\nvisitor: kayak hire\nvisitor:   2\n");
    let case = TalkFile::parse(&cases).unwrap().cases.remove(0);
    let rewritten = compare(&case, &play(&assistant, &case)).actual.to_string();
    assert!(rewritten.starts_with(&format!("== A\n{inputs}\n")), "{rewritten}");
    assert!(
        rewritten.contains("visitor:   2\n") && rewritten.contains("  to the agent: Long:\n"),
        "{rewritten}"
    );
    let case = TalkFile::parse(&rewritten).unwrap().cases.remove(0);
    assert!(compare(&case, &play(&assistant, &case)).passed, "{rewritten}");
}

#[test]
fn reports_name_the_case_and_show_what_came_instead() {
    let assistant = assistant("hire.yaml", HIRE);
    let text =
        "== Passes\nvisitor: kayak hire\n...\n\n== Fails <here>\nvisitor: kayak hire\nassistant: Nothing.\n";
    let file = TalkFile::parse(text).unwrap();
    let ran: Vec<Ran> = file
        .cases
        .iter()
        .map(|case| {
            let verdict = compare(case, &play(&assistant, case));
            let went = if verdict.passed { Went::AsWritten } else { Went::Otherwise(verdict.actual) };
            Ran { file: "a.talk".to_owned(), case: case.clone(), went, took: Duration::ZERO }
        })
        .collect();
    let tap = tap(&ran);
    assert!(
        tap.starts_with("TAP version 14\n1..2\nok 1 - a.talk:1: Passes\nnot ok 2 - a.talk:5: Fails <here>\n"),
        "{tap}"
    );
    assert!(
        tap.contains("- assistant: Nothing.\n") && tap.contains("+ assistant: For how many hours?\n"),
        "{tap}"
    );
    let junit = junit(&ran).unwrap();
    assert!(junit.contains("tests=\"2\"") && junit.contains("failures=\"1\""), "{junit}");
    assert!(junit.contains("Fails &lt;here&gt;"), "{junit}");
}

#[test]
fn coverage_counts_a_condition_when_it_was_true_and_when_it_was_false() {
    let assistant = assistant("hire.yaml", HIRE);
    let mut coverage = Coverage::default();
    let mut shares = Vec::new();
    for hours in [2, 6] {
        let file = TalkFile::parse(&format!("== A\nvisitor: kayak hire\nvisitor: {hours}\n")).unwrap();
        let played = play(&assistant, &file.cases[0]);
        played.iter().filter_map(|played| played.trace.as_ref()).for_each(|trace| coverage.note(trace));
        let missing = coverage.conditions(assistant.definition()).missing;
        shares.push(missing.into_iter().filter(|name| name.starts_with("hire/")).collect::<Vec<String>>());
    }
    assert_eq!(shares, [vec!["hire/long when true".to_owned()], Vec::new()]);
    assert!(coverage.steps(assistant.definition()).missing.iter().all(|step| !step.starts_with("hire/")));
}

#[test]
fn exploring_the_demo_finds_nothing_wrong_and_reaches_its_own_steps() {
    let assistant = assistant("demo.json", DEMO);
    let explored = explore(&assistant, Plan::default());
    assert!(explored.problems.is_empty(), "{:#?}", explored.problems);
    // Its lists of trigger words are empty.
    let missing = explored.coverage.steps(assistant.definition()).missing;
    assert!(missing.iter().all(|step| step.starts_with("trigger_words/")), "{missing:?}");
}

#[test]
fn exploring_finds_a_dead_end_a_circle_and_a_failing_expression_with_talks_that_show_them() {
    let dead_end =
        HIRE.replace("say: 'That is {price}.'", "when: { step: hours, operator: is, value: 99 }").replace(
            "For how many hours?, ask: { kind: number, min: 1, max: 8 }",
            "'', when: { variable: price, operator: is, value: 1 }",
        );
    let dead_end =
        dead_end.replace("step: hours, operator: '>', value: 4", "variable: price, operator: is, value: 2");
    let dead_end = dead_end
        .replace("{ step: hours, operator: is, value: 99 }", "{ variable: price, operator: is, value: 3 }")
        .replace("'${hours} * 12'", "'12'");
    finds(&dead_end, |kind| *kind == ProblemKind::DeadEnd);
    let failing = HIRE.replace("'${hours} * 12'", "'${hours}.toUpperCase().get(0)'");
    finds(&failing, |kind| matches!(kind, ProblemKind::ExpressionFailed(_)));
    let circle = HIRE.replace("say: 'That is {price}.' }", "say: 'That is {price}.', then: { run: { action: again } } }\n  - id: again\n    title: Again\n    steps:\n      - { id: on, say: On., then: { run: { action: hire, with: { hours: 1 } } } }");
    finds(&circle, |kind| matches!(kind, ProblemKind::Circle(_)));
}

/// Free times come from an extension: through a path, through a variable, and as the answer's whole body.
#[test]
fn exploring_gets_behind_the_lists_extensions_answer_with() {
    const DIARY: &str = "format: 1
name: Diary
language: en
variables: { free: {} }
extensions: { diary: { operations: { slots: { method: GET, path: /slots } } } }
actions:
  - id: book
    title: Book
    phrases: [book it, a booking, an appointment]
    steps:
      - { id: slots, then: { call: { extension: diary, operation: slots } } }
      - { id: down, when: { expression: '!${slots}.success' }, say: The diary is down., then: end }
      - id: keep
        set: { free: { expression: FROM } }
      - { id: slot, say: Which?, ask: { kind: options, from: { expression: '${free}' }, item_label: '${item}.time', item_value: '${item}.id', otherwise: None } }
      - { id: none, when: { step: slot, operator: is, value: None }, say: None then., then: end }
      - { id: done, say: 'Booked {slot}.' }
";
    for from in ["'${slots}.body.free'", "'${slots}.body'", "'${slots}.body.days[0].free'"] {
        let assistant = assistant("diary.yaml", &DIARY.replace("FROM", from));
        let explored = explore(&assistant, Plan { talks: 300, ..Plan::default() });
        let missing = explored.coverage.steps(assistant.definition()).missing;
        let own: Vec<&String> = missing.iter().filter(|step| step.starts_with("book/")).collect();
        assert!(own.is_empty(), "{from}: {own:?}");
    }
}

#[test]
fn a_step_that_was_not_reached_behind_a_call_is_told_with_the_call() {
    let file = "format: 1
name: Diary
language: en
extensions: { diary: { operations: { slots: { method: GET, path: /slots } } } }
actions:
  - id: book
    title: Book
    phrases: [book it, a booking, an appointment]
    steps:
      - { id: slots, then: { call: { extension: diary, operation: slots } } }
      - { id: rare, when: { expression: '${slots}.status == 418' }, say: Tea. }
      - { id: done, say: Done. }
";
    let assistant = assistant("diary.yaml", file);
    let explored = explore(&assistant, Plan { talks: 100, ..Plan::default() });
    let missing = explored.steps(assistant.definition()).missing;
    assert!(
        missing.iter().any(|step| step.starts_with("book/rare: it lies behind `diary.slots`")),
        "{missing:?}"
    );
}

/// Explores an assistant, and plays the talk that is given as an example: it goes as it is told.
fn finds(file: &str, wanted: impl Fn(&ProblemKind) -> bool) {
    let assistant = assistant("faulty.yaml", file);
    let explored = explore(&assistant, Plan { talks: 100, ..Plan::default() });
    let found = explored.problems.iter().find(|problem| wanted(&problem.kind));
    let problem = found.unwrap_or_else(|| panic!("only found {:#?}", explored.problems));
    let told = TalkFile::parse(&problem.example.to_string()).expect("what is written is read");
    let verdict = compare(&told.cases[0], &play(&assistant, &told.cases[0]));
    assert!(verdict.passed, "told\n{}went\n{}", problem.example, verdict.actual);
}

fn assistant(name: &str, file: &str) -> Assistant {
    let checked = check(name, file, &World::default());
    assert!(checked.is_sound(), "{:#?}", checked.mistakes);
    Assistant::new(checked.definitions.into_iter().next().expect("a sound file makes one").1)
}
