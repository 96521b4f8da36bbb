//! Comparisons that can never come true.

use super::subject::Subject;
use crate::document::ConditionDoc;
use crate::shape::{brief, names};
use assistant::civil::{read_date, read_date_time, read_time};
use assistant::definition::{Action, Choice, Condition, Expr, Kind, Limits, Test, TestOp};
use assistant::{Value, fold};

pub fn check(subject: &Subject<'_>) {
    let Some((_, definition)) = subject.definitions.first() else { return };
    for (routine, action) in subject.routines.iter().zip(&definition.actions) {
        for (index, step) in routine.steps.iter().enumerate() {
            let compiled = action.steps.get(index).and_then(|step| step.when.as_ref());
            if let (Some(doc), Some(compiled)) = (&step.when, compiled) {
                condition(doc, compiled, &format!("{}/when", routine.step_path(index)), action, subject);
            }
        }
    }
}

/// A condition as it was written tells where its comparisons stand; as it was compiled, what they mean.
fn condition(doc: &ConditionDoc, compiled: &Condition, path: &str, action: &Action, subject: &Subject<'_>) {
    let group = |docs: &[ConditionDoc], all: &[Condition], key: &str| {
        if docs.is_empty() {
            let (problem, remedy) = match key {
                "all" => {
                    ("nothing stands in this group, so it is always true", "add conditions, or remove it")
                }
                _ => ("nothing stands in this group, so it is never true", "add conditions, or remove it"),
            };
            subject.findings.warning("empty-group", format!("{path}/{key}"), problem, remedy);
        }
        for (index, (doc, compiled)) in docs.iter().zip(all).enumerate() {
            condition(doc, compiled, &format!("{path}/{key}/{index}"), action, subject);
        }
    };
    match (doc, compiled) {
        (ConditionDoc::All(doc), Condition::All(all)) => group(&doc.all, all, "all"),
        (ConditionDoc::Any(doc), Condition::Any(all)) => group(&doc.any, all, "any"),
        (ConditionDoc::Not(doc), Condition::Not(not)) => {
            condition(&doc.not, not, &format!("{path}/not"), action, subject);
        }
        (ConditionDoc::Test(_), Condition::Test(compiled)) => test(compiled, path, action, subject),
        (_, _) => {}
    }
}

fn test(test: &Test, path: &str, action: &Action, subject: &Subject<'_>) {
    let asked = if let Expr::Step(name) = &test.left { asked(action, name) } else { None };
    if looks_inside(test.op) && asked.is_some_and(is_single) {
        let problem = "this looks for a part of a text or of a list, and the answer is neither";
        let remedy = "compare it as a whole: `is`, `is_any_of`, `less`, `greater` and the like";
        subject.findings.warning("odd-operator", format!("{path}/operator"), problem, remedy);
    }
    let Expr::Value(right) = &test.right else { return };
    let Some(comparison) = comparison(test.op) else { return };
    let values = if let Value::List(all) = right { all.as_slice() } else { std::slice::from_ref(right) };
    let remedies: Option<Vec<String>> =
        values.iter().map(|value| why_never(asked, comparison, value)).collect();
    if let Some(remedy) = remedies.and_then(|remedies| remedies.into_iter().next()) {
        let problem = "this comparison is never true";
        subject.findings.warning("never-true", format!("{path}/value"), problem, remedy);
    }
}

/// Ways to compare that need values of the same kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Same,
    Order,
}

fn comparison(op: TestOp) -> Option<Comparison> {
    match op {
        TestOp::Is | TestOp::IsAnyOf => Some(Comparison::Same),
        TestOp::Less | TestOp::LessOrEqual | TestOp::Greater | TestOp::GreaterOrEqual => {
            Some(Comparison::Order)
        }
        TestOp::IsNot
        | TestOp::IsNoneOf
        | TestOp::IsDefined
        | TestOp::IsNotDefined
        | TestOp::Contains
        | TestOp::DoesNotContain
        | TestOp::Matches
        | TestOp::DoesNotMatch => None,
    }
}

/// Whether an operator looks at what something consists of.
fn looks_inside(op: TestOp) -> bool {
    match op {
        TestOp::Contains | TestOp::DoesNotContain | TestOp::Matches | TestOp::DoesNotMatch => true,
        TestOp::Is
        | TestOp::IsNot
        | TestOp::IsAnyOf
        | TestOp::IsNoneOf
        | TestOp::Less
        | TestOp::LessOrEqual
        | TestOp::Greater
        | TestOp::GreaterOrEqual
        | TestOp::IsDefined
        | TestOp::IsNotDefined => false,
    }
}

/// Whether the answer is one value of which no part means anything.
fn is_single(kind: &Kind) -> bool {
    match kind {
        Kind::Number(_)
        | Kind::Currency(_)
        | Kind::Percent(_)
        | Kind::Date { .. }
        | Kind::Time { .. }
        | Kind::YesNo { .. } => true,
        Kind::Options { .. } | Kind::Dynamic { .. } | Kind::Pattern(_) | Kind::Text => false,
    }
}

fn asked<'a>(action: &'a Action, name: &str) -> Option<&'a Kind> {
    action.steps.iter().find(|step| step.id == name)?.ask.as_ref().map(|ask| &ask.kind)
}

/// What would be right, when the value can never be what is compared with it.
fn why_never(asked: Option<&Kind>, comparison: Comparison, value: &Value) -> Option<String> {
    if comparison == Comparison::Order {
        let text = if let Value::Text(text) = value { Some(text.as_str()) } else { None };
        if matches!(value, Value::YesNo(_)) || text.is_some_and(|text| !has_order(text)) {
            return Some("write a number, a date or a time: nothing else has an order".to_owned());
        }
    }
    match asked? {
        Kind::Options { choices, .. } => options(choices, comparison, value),
        Kind::YesNo { .. } => (comparison == Comparison::Order
            || !matches!(value, Value::YesNo(_) | Value::Text(_)))
        .then(|| "yes or no is asked there: test whether it `is` `true` or `false`".to_owned()),
        Kind::Number(limits) | Kind::Currency(limits) | Kind::Percent(limits) => {
            number(limits, comparison, value)
        }
        Kind::Date { .. } => matches!(value, Value::Number(_) | Value::YesNo(_) | Value::Time(_))
            .then(|| "a date is asked there: write one as `2026-11-21`, or a day of the week".to_owned()),
        Kind::Time { .. } => matches!(value, Value::Number(_) | Value::YesNo(_) | Value::Date(_))
            .then(|| "a time is asked there: write one as `17:30`".to_owned()),
        Kind::Dynamic { .. } | Kind::Pattern(_) | Kind::Text => None,
    }
}

fn options(choices: &[Choice], comparison: Comparison, value: &Value) -> Option<String> {
    let can_be = |choice: &Choice| match (comparison, value) {
        (Comparison::Order, _) => has_order(&choice.value),
        (Comparison::Same, Value::Number(number)) => choice.value.trim().parse() == Ok(*number),
        (Comparison::Same, Value::YesNo(_)) => {
            matches!(fold(&choice.value).as_str(), "yes" | "no" | "true" | "false")
        }
        // That a text is no option was noted when it was compiled.
        (Comparison::Same, _) => true,
    };
    let values: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
    (!choices.is_empty() && !choices.iter().any(can_be))
        .then(|| format!("the answer is one of {}", names(&values)))
}

fn number(limits: &Limits, comparison: Comparison, value: &Value) -> Option<String> {
    let number = match value {
        Value::Number(number) => *number,
        Value::YesNo(_) | Value::Date(_) | Value::Time(_) | Value::DateTime(_) => {
            return Some("a number is asked there: write one".to_owned());
        }
        Value::Nothing
        | Value::Text(_)
        | Value::Money { .. }
        | Value::Percent(_)
        | Value::List(_)
        | Value::Map(_) => {
            return None;
        }
    };
    let bound =
        |limit: &Option<Expr>| if let Some(Expr::Value(Value::Number(n))) = limit { Some(*n) } else { None };
    let (min, max) = (bound(&limits.min), bound(&limits.max));
    // Between limits the wrong way round nothing lies: that was noted where they stand.
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        return None;
    }
    let outside = min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max);
    let fraction = limits.whole && number.fract() != 0.0;
    (comparison == Comparison::Same && (outside || fraction)).then(|| {
        let range = match (min, max) {
            (Some(min), Some(max)) => format!(" from {min} to {max}"),
            (Some(min), None) => format!(" of {min} or more"),
            (None, Some(max)) => format!(" of {max} or less"),
            (None, None) => String::new(),
        };
        format!(
            "{} is no answer there: only a {}number{range} is",
            brief(&number.to_string()),
            if limits.whole { "whole " } else { "" }
        )
    })
}

fn has_order(text: &str) -> bool {
    let text = text.trim();
    text.parse::<f64>().is_ok()
        || read_date(text).is_some()
        || read_time(text).is_some()
        || read_date_time(text).is_some()
}
