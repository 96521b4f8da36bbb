//! Whether a case went as it is written, and how it went instead.

use super::file::{Case, Item, ItemKind, Look, Output};
use super::parse::NotATalk;
use super::play::Played;

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether it went as written.
    pub passed: bool,
    /// The case as it went: the same inputs and comments, with what really came out.
    pub actual: Case,
    /// Inputs that could not be given.
    pub refused: Vec<NotATalk>,
}

/// Compares a case with what came of its inputs.
pub fn compare(case: &Case, played: &[Played]) -> Verdict {
    let mut passed = true;
    let (mut items, mut refused) = (Vec::new(), Vec::new());
    let mut played = played.iter();
    let mut rest = case.items.as_slice();
    while let Some((stretch, after)) = stretch(rest) {
        rest = after;
        let (input, written) = match stretch.split_first() {
            Some((input, written)) if input.kind.is_input() => (Some(input), written),
            Some(_) | None => (None, stretch),
        };
        items.extend(input.cloned());
        let nothing = Played::default();
        let came = if input.is_some() { played.next().unwrap_or(&nothing) } else { &nothing };
        refused.extend(came.refused.iter().map(|why| NotATalk {
            line: input.map_or(case.line, |input| input.line),
            problem: "this cannot be done here".to_owned(),
            remedy: why.clone(),
        }));
        passed &= follow(written, came, &mut items);
    }
    passed &= refused.is_empty();
    Verdict { passed, actual: Case { title: case.title.clone(), line: case.line, items }, refused }
}

/// The next input with all that is written after it, up to the next one.
fn stretch(items: &[Item]) -> Option<(&[Item], &[Item])> {
    let first = items.first()?;
    let from = usize::from(first.kind.is_input());
    let length =
        items[from..].iter().position(|item| item.kind.is_input()).map_or(items.len(), |at| at + from);
    Some(items.split_at(length))
}

/// Writes down what came, beside what was expected; says whether they agree.
fn follow(written: &[Item], came: &Played, items: &mut Vec<Item>) -> bool {
    let expected: Vec<&Output> = written.iter().filter_map(|item| item.kind.output()).collect();
    let agree = outputs_agree(&expected, &came.outputs);
    let mut agreed = agree;
    let mut told = agree;
    let mut tell = |items: &mut Vec<Item>, at: usize| {
        if !std::mem::replace(&mut told, true) {
            let made =
                came.outputs.iter().map(|output| Item::made(ItemKind::Output(short(output, &expected))));
            items.splice(at..at, made);
        }
    };
    for item in written {
        match &item.kind {
            ItemKind::Output(_) if agree => items.push(item.clone()),
            ItemKind::Output(_) => tell(items, items.len()),
            ItemKind::Look(look) => {
                let is_expected = written.iter().any(|item| item.kind.output().is_some());
                if !is_expected {
                    tell(items, items.len());
                }
                let actual = looked_at(look, came);
                let agrees = look_agrees(look, &actual);
                agreed &= agrees;
                items.push(match agrees {
                    true => item.clone(),
                    false => Item { line: item.line, ..Item::made(ItemKind::Look(actual)) },
                });
            }
            ItemKind::Input(_) | ItemKind::Comment(_) => items.push(item.clone()),
        }
    }
    tell(items, items.iter().rposition(|item| !is_blank(&item.kind)).map_or(0, |at| at + 1));
    agreed
}

fn is_blank(kind: &ItemKind) -> bool {
    matches!(kind, ItemKind::Comment(text) if text.trim().is_empty())
}

/// What visitors are told of agents is written only where the case looks at it: it is long and seldom changes.
fn short(output: &Output, expected: &[&Output]) -> Output {
    let Output::HandOff(lines) = output else { return output.clone() };
    let looked_at = |start: &str| {
        let has = |output: &&Output| match output {
            Output::HandOff(lines) => lines.iter().any(|line| line.starts_with(start)),
            Output::Assistant(_) | Output::Whatever | Output::Pause(_) | Output::Call(..) => false,
        };
        expected.iter().any(has)
    };
    let is_long = |line: &String| {
        ["online: ", "offline: "].into_iter().any(|start| line.starts_with(start) && !looked_at(start))
    };
    Output::HandOff(lines.iter().filter(|line| !is_long(line)).cloned().collect())
}

/// `...` stands for any number of outputs.
fn outputs_agree(expected: &[&Output], came: &[Output]) -> bool {
    match (expected.split_first(), came.split_first()) {
        (None, None) => true,
        (Some((Output::Whatever, rest)), _) => {
            (0..=came.len()).any(|skipped| outputs_agree(rest, &came[skipped..]))
        }
        (Some((wanted, wanted_rest)), Some((got, got_rest))) => {
            output_agrees(wanted, got) && outputs_agree(wanted_rest, got_rest)
        }
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn output_agrees(expected: &Output, came: &Output) -> bool {
    match (expected, came) {
        (Output::Assistant(wanted), Output::Assistant(got)) => {
            wanted.len() == got.len() && wanted.iter().zip(got).all(|(wanted, got)| line_agrees(wanted, got))
        }
        (Output::HandOff(wanted), Output::HandOff(got)) => {
            wanted.iter().all(|wanted| got.iter().any(|got| line_agrees(wanted, got)))
        }
        (expected, came) => expected == came,
    }
}

fn look_agrees(expected: &Look, actual: &Look) -> bool {
    match (expected, actual) {
        (Look::Expect(_, wanted), Look::Expect(_, got)) => equal(wanted, got),
        (Look::Action(wanted), Look::Action(got)) | (Look::Outcome(wanted), Look::Outcome(got)) => {
            line_agrees(wanted, got)
        }
        (expected, actual) => expected == actual,
    }
}

/// Numbers are equal by value: `18` is `18.0`.
fn equal(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a == b,
        (_, _) => a == b,
    }
}

/// `*` stands for any words inside a line.
fn line_agrees(wanted: &str, got: &str) -> bool {
    if wanted == got {
        return true;
    }
    let mut parts = wanted.split('*');
    let Some(mut rest) = parts.next().and_then(|first| got.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// What is looked at, as it really is.
fn looked_at(look: &Look, came: &Played) -> Look {
    match look {
        Look::Expect(name, _) => {
            let value = came.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            Look::Expect(name.clone(), value.unwrap_or_default())
        }
        Look::Action(_) => Look::Action(came.action.clone()),
        Look::Outcome(_) => Look::Outcome(came.outcome.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::TalkFile;

    #[test]
    fn a_star_stands_for_any_words() {
        for (wanted, got) in
            [("It is * o'clock", "It is 5 o'clock"), ("*", ""), ("a*b*c", "a1b2c"), ("a*", "a")]
        {
            assert!(line_agrees(wanted, got), "{wanted} | {got}");
        }
        for (wanted, got) in [("It is *", "It was 5"), ("a*b*c", "a1c"), ("a*b", "ab c"), ("a*a", "a")] {
            assert!(!line_agrees(wanted, got), "{wanted} | {got}");
        }
    }

    #[test]
    fn what_came_replaces_what_was_expected_and_keeps_comments() {
        let case = case(
            "== A\n# first\nvisitor: hi\n# why\nassistant: Hello\nexpect: x = 1\n\nvisitor: bye\nassistant: B*\n",
        );
        let came = [played("Good day", "2"), played("Bye", "2")];
        let verdict = compare(&case, &came);
        assert!(!verdict.passed);
        let expected = "== A\n# first\nvisitor: hi\n# why\nassistant: Good day\nexpect: x = 2\n\nvisitor: bye\nassistant: B*\n";
        assert_eq!(verdict.actual.to_string(), expected);
    }

    #[test]
    fn an_output_nobody_expected_is_a_failure() {
        let case = case("== A\nvisitor: hi\nexpect: x = 1\n\nvisitor: bye\n...\n");
        let verdict = compare(&case, &[played("Good day", "1"), played("Bye", "1")]);
        assert!(!verdict.passed);
        assert_eq!(
            verdict.actual.to_string(),
            "== A\nvisitor: hi\nassistant: Good day\nexpect: x = 1\n\nvisitor: bye\n...\n"
        );
    }

    #[test]
    fn a_hand_off_is_compared_by_the_lines_that_are_written() {
        let case = case("== A\nvisitor: hi\nhand-off: * (planned)\n  Kayak = Double\n");
        let lines = ["boathouse (planned)", "online: Come", "Kayak = Double"].map(str::to_owned).to_vec();
        let came = Played { outputs: vec![Output::HandOff(lines)], ..Played::default() };
        assert!(compare(&case, std::slice::from_ref(&came)).passed);
    }

    fn case(text: &str) -> Case {
        TalkFile::parse(text).unwrap().cases.remove(0)
    }

    fn played(said: &str, x: &str) -> Played {
        Played {
            outputs: vec![Output::Assistant(vec![said.to_owned()])],
            values: vec![("x".to_owned(), x.parse().unwrap())],
            ..Played::default()
        }
    }
}
