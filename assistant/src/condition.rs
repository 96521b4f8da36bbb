//! Whether a condition is true (`watsonx.md` 1.5).

use crate::definition::{Condition, Expr, Test, TestOp, WordList};
use crate::evaluate::{Failed, Scope, evaluate, found, is, order, truth};
use crate::fold::{fold, words as words_of};
use crate::value::Value;
use std::cmp::Ordering;

/// Whether it is true now. An expression that fails makes its condition false, and the reason is told in `failures`.
pub fn holds(
    condition: &Condition,
    words: &[WordList],
    scope: &mut dyn Scope,
    failures: &mut Vec<Failed>,
) -> bool {
    match condition {
        Condition::All(group) => group.iter().all(|each| holds(each, words, scope, failures)),
        Condition::Any(group) => group.iter().any(|each| holds(each, words, scope, failures)),
        Condition::Not(condition) => !holds(condition, words, scope, failures),
        Condition::Test(test) => told(test_holds(test, scope), failures),
        Condition::Expression(expr) => told(expression_holds(expr, scope), failures),
        Condition::Said(list) => {
            words.iter().find(|known| known.name == *list).is_some_and(|list| said(list, scope.input()))
        }
    }
}

fn told(result: Result<bool, Failed>, failures: &mut Vec<Failed>) -> bool {
    result.unwrap_or_else(|failed| {
        failures.push(failed);
        false
    })
}

fn expression_holds(expr: &Expr, scope: &mut dyn Scope) -> Result<bool, Failed> {
    let value = evaluate(expr, scope)?;
    truth(&value).ok_or_else(|| Failed(format!("a condition must be yes or no and is {}", value.kind())))
}

fn test_holds(test: &Test, scope: &mut dyn Scope) -> Result<bool, Failed> {
    let left = evaluate(&test.left, scope)?;
    let right = evaluate(&test.right, scope)?;
    let both = left.is_defined() && right.is_defined();
    let compared = |fits: fn(Ordering) -> bool| both && order(&left, &right).is_some_and(fits);
    Ok(match test.op {
        TestOp::Is => both && is(&left, &right),
        TestOp::IsNot => !(both && is(&left, &right)),
        TestOp::IsAnyOf => is_any_of(&left, &right),
        TestOp::IsNoneOf => !is_any_of(&left, &right),
        TestOp::Less => compared(Ordering::is_lt),
        TestOp::LessOrEqual => compared(Ordering::is_le),
        TestOp::Greater => compared(Ordering::is_gt),
        TestOp::GreaterOrEqual => compared(Ordering::is_ge),
        TestOp::IsDefined => left.is_defined(),
        TestOp::IsNotDefined => !left.is_defined(),
        TestOp::Contains => both && contains(&left, &right),
        TestOp::DoesNotContain => !(both && contains(&left, &right)),
        TestOp::Matches => both && found(&right.plain(), &left.plain())?,
        TestOp::DoesNotMatch => !(both && found(&right.plain(), &left.plain())?),
    })
}

fn is_any_of(left: &Value, right: &Value) -> bool {
    let one_of = std::slice::from_ref(right);
    let items = if let Value::List(items) = right { items } else { one_of };
    left.is_defined() && items.iter().any(|item| item.is_defined() && is(left, item))
}

/// A list has an element, a map a name, a text another text: to the letter, or regardless of case and accents.
fn contains(left: &Value, right: &Value) -> bool {
    if let Value::List(items) = left {
        return items.iter().any(|item| is(item, right));
    }
    if let Value::Map(map) = left {
        return map.contains_key(&right.plain());
    }
    let (text, part) = (left.plain(), right.plain());
    let folded = fold(&part);
    text.contains(&part) || (!folded.is_empty() && fold(&text).contains(&folded))
}

/// Whether an utterance has a word, or a group of words, of the list in it.
fn said(list: &WordList, input: &str) -> bool {
    let said = words_of(input);
    list.words.iter().map(|word| words_of(word)).any(|wanted| {
        !wanted.is_empty() && said.windows(wanted.len()).any(|group| group == wanted.as_slice())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::BinaryOp;
    use crate::evaluate::sample::{Sample, json};
    use proptest::prelude::*;

    #[test]
    fn options_and_texts_are_compared_regardless_of_case_and_accents() {
        checks(&[
            ("size", TestOp::Is, "\"lárge\"", true),
            ("size", TestOp::IsNot, "\"Small\"", true),
            ("size", TestOp::IsAnyOf, "[\"small\",\"LARGE\"]", true),
            ("size", TestOp::IsAnyOf, "[\"small\"]", false),
            ("size", TestOp::IsAnyOf, "\"large\"", true),
            ("size", TestOp::IsAnyOf, "null", false),
            ("size", TestOp::IsNoneOf, "[\"small\"]", true),
            ("size", TestOp::IsNoneOf, "[\"large\"]", false),
            ("size", TestOp::Contains, "\"ÁRG\"", true),
            ("size", TestOp::DoesNotContain, "\"arg\"", false),
            ("size", TestOp::Matches, "\"^L\"", true),
            ("size", TestOp::Matches, "\"^l\"", false),
            ("size", TestOp::Matches, "\"(?i)^l\"", true),
            ("size", TestOp::DoesNotMatch, "\"e$\"", false),
            ("size", TestOp::Less, "\"Medium\"", false),
        ]);
    }

    #[test]
    fn a_confirmation_is_yes_or_no() {
        checks(&[
            ("sure", TestOp::Is, "\"yes\"", true),
            ("sure", TestOp::Is, "true", true),
            ("sure", TestOp::IsNot, "\"no\"", true),
            ("sure", TestOp::Is, "\"maybe\"", false),
        ]);
    }

    #[test]
    fn numbers_amounts_and_percentages_are_compared() {
        checks(&[
            ("price", TestOp::Is, "12.5", true),
            ("price", TestOp::Greater, "\"12\"", true),
            ("price", TestOp::LessOrEqual, "12.5", true),
            ("price", TestOp::Less, "12.5", false),
            ("rate", TestOp::GreaterOrEqual, "15", true),
            ("rate", TestOp::IsNot, "16", true),
            ("rate", TestOp::Less, "\"a lot\"", false),
        ]);
    }

    #[test]
    fn dates_and_times_are_compared() {
        checks(&[
            ("day", TestOp::Is, "\"2026-04-20\"", true),
            ("day", TestOp::Is, "\"Monday\"", true),
            ("day", TestOp::IsNot, "\"tuesday\"", true),
            ("day", TestOp::IsAnyOf, "[\"saturday\",\"monday\"]", true),
            ("day", TestOp::Less, "\"2026-04-21\"", true),
            ("day", TestOp::GreaterOrEqual, "\"2026-04-20\"", true),
            ("day", TestOp::Greater, "\"10:00\"", false),
            ("day", TestOp::Less, "\"10:00\"", false),
            ("hour", TestOp::Is, "\"09:05\"", true),
            ("hour", TestOp::Less, "\"12:00:00\"", true),
            ("hour", TestOp::Greater, "\"09:05\"", false),
        ]);
    }

    #[test]
    fn lists_and_maps_contain() {
        let list = || Expr::Value(json("[\"Ada\",2]"));
        check(list(), TestOp::Contains, "\"ada\"", true);
        check(list(), TestOp::Contains, "\"2\"", true);
        check(list(), TestOp::DoesNotContain, "\"Bob\"", true);
        check(Expr::Value(json("{\"a\":null}")), TestOp::Contains, "\"a\"", true);
    }

    #[test]
    fn nothing_is_true_of_a_missing_value_but_its_absence() {
        for (op, expected) in [
            (TestOp::Is, false),
            (TestOp::IsNot, true),
            (TestOp::IsAnyOf, false),
            (TestOp::IsNoneOf, true),
            (TestOp::Less, false),
            (TestOp::LessOrEqual, false),
            (TestOp::Greater, false),
            (TestOp::GreaterOrEqual, false),
            (TestOp::IsDefined, false),
            (TestOp::IsNotDefined, true),
            (TestOp::Contains, false),
            (TestOp::DoesNotContain, true),
            (TestOp::Matches, false),
            (TestOp::DoesNotMatch, true),
        ] {
            for right in ["0", "null", "[null]"] {
                check(Expr::Step("ghost".to_owned()), op, right, expected);
            }
        }
        checks(&[("size", TestOp::IsDefined, "null", true), ("size", TestOp::IsNotDefined, "null", false)]);
    }

    #[test]
    fn the_element_behind_a_dynamic_option_is_known_by_its_label() {
        checks(&[
            ("choice", TestOp::Is, "\"seven\"", true),
            ("choice", TestOp::IsAnyOf, "[\"eight\"]", false),
        ]);
    }

    proptest! {
        #[test]
        fn opposites_are_opposite(left in any_value(), right in any_value()) {
            let holds = |op| {
                let (left, right) = (Expr::Value(left.clone()), Expr::Value(right.clone()));
                held(&Condition::Test(Test { left, op, right })).0
            };
            prop_assert_ne!(holds(TestOp::Is), holds(TestOp::IsNot));
            prop_assert_ne!(holds(TestOp::IsAnyOf), holds(TestOp::IsNoneOf));
            prop_assert_ne!(holds(TestOp::Contains), holds(TestOp::DoesNotContain));
            prop_assert_ne!(holds(TestOp::IsDefined), holds(TestOp::IsNotDefined));
            prop_assert!(!(holds(TestOp::Less) && holds(TestOp::GreaterOrEqual)));
            prop_assert!(!(holds(TestOp::Greater) && holds(TestOp::LessOrEqual)));
            prop_assert_eq!(holds(TestOp::LessOrEqual) && holds(TestOp::GreaterOrEqual), {
                holds(TestOp::LessOrEqual) && !holds(TestOp::Less)
            });
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let samples = Sample::new();
        let typed: Vec<Value> = samples.steps.into_values().chain(samples.variables.into_values()).collect();
        let text =
            prop::sample::select(vec!["5", "05", "yes", "no", "Monday", "2026-04-20", "09:05", "é", "", "!"]);
        prop_oneof![
            prop::sample::select(typed),
            text.prop_map(Value::text),
            (-3i32..20).prop_map(|number| Value::Number(f64::from(number) / 2.0)),
            Just(Value::Nothing),
        ]
    }

    #[test]
    fn groups_nest() {
        let yes = || Condition::All(Vec::new());
        let no = || Condition::Any(Vec::new());
        let not = |condition| Condition::Not(Box::new(condition));
        for (condition, expected) in [
            (yes(), true),
            (no(), false),
            (not(no()), true),
            (Condition::All(vec![yes(), not(yes())]), false),
            (Condition::Any(vec![no(), Condition::All(vec![yes(), yes()])]), true),
        ] {
            assert_eq!(held(&condition), (expected, 0), "{condition:?}");
        }
    }

    #[test]
    fn a_condition_that_fails_is_false_and_tells_why() {
        let by_zero = || {
            let number = |text| Box::new(Expr::Value(json(text)));
            Expr::Binary(BinaryOp::Divide, number("1"), number("0"))
        };
        assert_eq!(held(&Condition::Expression(by_zero())), (false, 1));
        assert_eq!(held(&Condition::Expression(Expr::Value(json("5")))), (false, 1));
        assert_eq!(held(&Condition::Expression(Expr::Step("sure".to_owned()))), (true, 0));
        let test = |left, op, right| Condition::Test(Test { left, op, right });
        assert_eq!(held(&test(by_zero(), TestOp::IsNot, Expr::default())), (false, 1));
        let size = || Expr::Step("size".to_owned());
        assert_eq!(held(&test(size(), TestOp::DoesNotMatch, Expr::Value(json("\"(\"")))), (false, 1));
    }

    #[test]
    fn whole_words_and_groups_of_words_are_heard() {
        let lists = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            vec![WordList { name: "danger".to_owned(), words }]
        };
        for (words, expected) in [
            (vec!["sos"], true),
            (vec!["HELP sos"], true),
            (vec!["I sáid"], true),
            (vec!["hel"], false),
            (vec!["said sos"], false),
            (vec!["help me", "fire"], false),
            (vec!["", "!"], false),
        ] {
            let condition = Condition::Said("danger".to_owned());
            let found = holds(&condition, &lists(&words), &mut Sample::new(), &mut Vec::new());
            assert_eq!(found, expected, "{words:?}");
        }
        assert_eq!(held(&Condition::Said("unknown".to_owned())), (false, 0));
    }

    fn checks(rows: &[(&str, TestOp, &str, bool)]) {
        for (step, op, right, expected) in rows {
            check(Expr::Step((*step).to_owned()), *op, right, *expected);
        }
    }

    fn check(left: Expr, op: TestOp, right: &str, expected: bool) {
        let condition = Condition::Test(Test { left, op, right: Expr::Value(json(right)) });
        assert_eq!(held(&condition), (expected, 0), "{condition:?}");
    }

    /// Whether it holds, and how many failures were told.
    fn held(condition: &Condition) -> (bool, usize) {
        let mut failures = Vec::new();
        (holds(condition, &[], &mut Sample::new(), &mut failures), failures.len())
    }
}
