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
