//! What is said about files that do not fit the format, beside all that can still be said about them.

use crate::{ACTION, HEAD, check_file};
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
