//! What is said about files that do not fit the format, beside all that can still be said about them.

use crate::{ACTION, HEAD, check_file, check_steps};
use authoring::{Severity, World, check};

#[test]
fn mistakes_of_form_and_of_meaning_are_told_together() {
    check_file(
        r#"
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: x, sya: X., ask: { kind: nubmer } }
      - { id: y, say: '{x} {nobody}' }
  - id: b
    title: Two
    phrases: [two, dos, zwei]
    colour: red
    steps:
      - { id: x, then: { go_to: nowhere } }
"#,
        &[
            "10:18 error[unknown-key] /actions/0/steps/0/sya `sya` is not known here; did you mean `say`?",
            "10:40 error[unknown-word] /actions/0/steps/0/ask/kind `nubmer` is not known here; did you mean `number`?",
            "15:5 error[unknown-key] /actions/1/colour `colour` is not known here",
            "17:33 error[unknown-step] /actions/1/steps/0/then/go_to",
        ],
    );
}

#[test]
fn one_wrong_word_hides_nothing_else() {
    check_file(
        r#"
display: { date: foo }
extensions: { crm: { operations: { find: { method: FETCH, path: /x } } } }
variabels: { mood: {} }
actions:
  - id: a
    title: One
    phrases: [one, uno, eins]
    steps:
      - { id: x, say: ['{nobody} is {mood}', { button: { label: B, look: large } }, '{nothing}'] }
  - { id: b, title: Two, phrases: [two, dos, zwei], steps: [{ id: q, say: '{= 1 + }', then: { go_to: nowhere } }] }
  - { id: c, title: Three, phrases: [three, tres, drei], steps: [5, { id: y, say: '{from_the_lost_step}' }] }
variables: { spare: { initial: 1 } }
"#,
        &[
            "5:18 error[unknown-word] /display/date",
            "6:52 error[unknown-word] /extensions/crm/operations/find/method",
            "7:1 error[unknown-key] /variabels `variabels` is not known here; remove it, or put what it holds under `variables`",
            "13:24 error[unknown-name] /actions/0/steps/0/say/0",
            "13:74 error[unknown-word] /actions/0/steps/0/say/1/button/look",
            "13:85 error[unknown-name] /actions/0/steps/0/say/2",
            "14:75 error[bad-text] /actions/1/steps/0/say",
            "14:102 error[unknown-step] /actions/1/steps/0/then/go_to",
            "15:66 error[wrong-type] /actions/2/steps/0",
        ],
    );
}

#[test]
fn thousands_of_mistakes_are_cut_short() {
    let steps: String = (0..900).map(|_| "5, ").collect();
    let mistakes = check("a.yaml", &format!("{HEAD}{ACTION}[{steps}]\n"), &World::default()).mistakes;
    assert_eq!(mistakes.len(), 201);
    assert_eq!(mistakes[200].problem, "there are 700 more mistakes");
    assert_eq!(mistakes[200].severity, Severity::Error);
}

#[test]
fn an_oversized_file_is_refused_unread() {
    let checked = check("a.json", &" ".repeat(protocol::limits::ASSISTANT_BYTES_MAX + 1), &World::default());
    assert!(checked.mistakes[0].problem.contains("bytes"), "{}", checked.mistakes[0]);
    assert!(!checked.is_sound());
}

#[test]
fn one_mistake_of_form_in_a_step_hides_no_mistake_of_the_others() {
    let names = "- { id: b, say: '{nmae}', ask: { kind: number, min: 5, max: 2 } }";
    let rest = "- { id: i, say: '{nobody}' }\n  - { id: again, then: { go_to: again } }";
    for (wrong, told) in [
        (
            "then: { connect_to_agent: { queue: x, msg: y } }",
            "unknown-key] /actions/0/steps/2/then/connect_to_agent/msg",
        ),
        ("then: jump", "unknown-word] /actions/0/steps/2/then"),
        ("then: { far: b }", "unclear] /actions/0/steps/2/then"),
        ("ask: { kind: number, whole: 'yes' }", "wrong-type] /actions/0/steps/2/ask/whole"),
        ("ask: number", "wrong-type] /actions/0/steps/2/ask"),
        ("when: { step: b, operator: iz }", "unknown-word] /actions/0/steps/2/when/operator"),
        ("colour: red", "unknown-key] /actions/0/steps/2/colour"),
    ] {
        check_steps(
            &format!(
                "\n  - {{ id: a, say: A }}\n  {names}\n  - {{ id: h, when: {{ step: b, operator: is_defined }}, {wrong} }}\n  {rest}"
            )
            .replace("when: { step: b, operator: is_defined }, when", "when"),
            &[
                "unknown-name] /actions/0/steps/1/say",
                "empty-range] /actions/0/steps/1/ask/min",
                told,
                "unknown-name] /actions/0/steps/3/say",
                "circle] /actions/0/steps/4/then",
            ],
        );
    }
}

#[test]
fn what_can_follow_from_a_lost_way_on_is_not_told() {
    check_steps(
        "\n  - { id: a, then: jump }\n  - { id: b, then: end }\n  - { id: c, say: C }\n  - { id: d, then: { go_to: a } }",
        &["unknown-word] /actions/0/steps/0/then"],
    );
}

#[test]
fn a_name_that_stands_in_what_was_lost_may_have_been_declared_there() {
    check_steps(
        "\n  - { id: a, then: { ran: { action: try, result: found } } }\n  - { id: b, say: '{found} {lost}' }",
        &["unclear] /actions/0/steps/0/then", "`lost`"],
    );
}
