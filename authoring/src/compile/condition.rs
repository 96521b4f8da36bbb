//! Conditions (`watsonx.md` 1.5).

use super::at::At;
use super::names::Used;
use super::nearest::did_you_mean;
use super::operand::{expression, literal, operand};
use super::scope::Scope;
use super::settings::TRIGGER_LISTS;
use super::shape::{fitted, shape_of};
use crate::document::{ConditionDoc, OperandDoc, OperatorDoc, TestDoc};
use assistant::Value;
use assistant::definition::{Condition, Expr, Test, TestOp};
use regex_lite::Regex;

/// A condition.
pub(crate) fn condition(scope: Scope<'_>, doc: &ConditionDoc, at: &At<'_>) -> Condition {
    match doc {
        ConditionDoc::All(doc) => Condition::All(each(scope, &doc.all, &at.key("all"))),
        ConditionDoc::Any(doc) => Condition::Any(each(scope, &doc.any, &at.key("any"))),
        ConditionDoc::Not(doc) => Condition::Not(Box::new(condition(scope, &doc.not, &at.key("not")))),
        ConditionDoc::Expression(doc) => {
            Condition::Expression(expression(scope, &doc.expression, &at.key("expression")))
        }
        ConditionDoc::Said(doc) => said(scope, &doc.said, &at.key("said")),
        ConditionDoc::Test(doc) => Condition::Test(test(scope, doc, at)),
    }
}

fn each(scope: Scope<'_>, docs: &[ConditionDoc], at: &At<'_>) -> Vec<Condition> {
    let docs = docs.iter().enumerate();
    docs.map(|(index, doc)| condition(scope, doc, &at.index(index))).collect()
}

fn said(scope: Scope<'_>, list: &str, at: &At<'_>) -> Condition {
    scope.uses(Used::Words, list, &at.pointer());
    if !scope.c.document.words.contains_key(list) && !TRIGGER_LISTS.contains(&list) {
        let known = scope.c.document.words.keys().map(String::as_str).chain(TRIGGER_LISTS);
        let remedy = did_you_mean(list, known, "lists");
        scope.error("unknown-list", at, format!("there is no list of words `{list}`"), remedy);
    }
    Condition::Said(list.to_owned())
}

fn test(scope: Scope<'_>, doc: &TestDoc, at: &At<'_>) -> Test {
    let left = left(scope, doc, at);
    let op = op(doc.operator);
    let right = right(scope, doc, op, &left, at);
    Test { left, op, right }
}

fn left(scope: Scope<'_>, doc: &TestDoc, at: &At<'_>) -> Expr {
    let given = [doc.variable.is_some(), doc.step.is_some(), doc.left.is_some()];
    if given.into_iter().filter(|given| *given).count() != 1 {
        let problem = "a comparison looks at exactly one thing";
        let remedy = "write one of `variable`, `step` and `left`, and leave the others out";
        scope.error("one-left-side", at, problem, remedy);
    }
    match (&doc.variable, &doc.step, &doc.left) {
        (Some(name), _, _) => scope.variable(name, &at.key("variable")),
        (None, Some(name), _) => scope.step_answer(name, &at.key("step")),
        (None, None, Some(left)) => operand(scope, left, &at.key("left")),
        (None, None, None) => Expr::default(),
    }
}

fn right(scope: Scope<'_>, doc: &TestDoc, op: TestOp, left: &Expr, at: &At<'_>) -> Expr {
    let at_value = at.key("value");
    let value = match (&doc.value, needs_value(op)) {
        (None, false) => return Expr::default(),
        (Some(_), false) => {
            let remedy = "leave `value` out";
            scope.error("superfluous-value", &at_value, "this operator compares with nothing", remedy);
            return Expr::default();
        }
        (None, true) => {
            scope.error("missing-value", at, "there is nothing to compare with", "add a `value`");
            return Expr::default();
        }
        (Some(value), true) => value,
    };
    let right = operand(scope, value, &at_value);
    check(scope, value, op, &right, &at_value);
    let coerced = literal(&right).filter(|_| compares_values(op)).cloned();
    coerced.map_or(right, |value| fitted(scope, shape_of(scope, left), value, &at_value).into())
}

/// Notes what an operator can do nothing with.
fn check(scope: Scope<'_>, doc: &OperandDoc, op: TestOp, right: &Expr, at: &At<'_>) {
    let wants_list = matches!(op, TestOp::IsAnyOf | TestOp::IsNoneOf);
    match literal(right) {
        Some(Value::List(items)) if wants_list && items.is_empty() => {
            scope.error("empty-list", at, "the list is empty", "write the values it is compared with");
        }
        Some(Value::List(_)) | None => {}
        Some(_) if wants_list => {
            let problem = "`is_any_of` and `is_none_of` compare with a list";
            let remedy = format!("write a list: [{}]", serde_json::to_string(doc).unwrap_or_default());
            scope.error("not-a-list", at, problem, remedy);
        }
        Some(Value::Text(pattern)) if matches!(op, TestOp::Matches | TestOp::DoesNotMatch) => {
            bad_pattern(scope, pattern, at);
        }
        Some(_) => {}
    }
}

/// Notes a regular expression that is none.
pub(crate) fn bad_pattern(scope: Scope<'_>, pattern: &str, at: &At<'_>) {
    if let Err(error) = Regex::new(pattern) {
        let problem = format!("`{pattern}` is no regular expression: {error}");
        scope.error("bad-pattern", at, problem, "write one without look-around and back-references");
    }
}

fn needs_value(op: TestOp) -> bool {
    !matches!(op, TestOp::IsDefined | TestOp::IsNotDefined)
}

/// Whether the right side is a value of the left side's kind, or a list of such.
fn compares_values(op: TestOp) -> bool {
    match op {
        TestOp::Is
        | TestOp::IsNot
        | TestOp::IsAnyOf
        | TestOp::IsNoneOf
        | TestOp::Less
        | TestOp::LessOrEqual
        | TestOp::Greater
        | TestOp::GreaterOrEqual => true,
        TestOp::IsDefined
        | TestOp::IsNotDefined
        | TestOp::Contains
        | TestOp::DoesNotContain
        | TestOp::Matches
        | TestOp::DoesNotMatch => false,
    }
}

fn op(doc: OperatorDoc) -> TestOp {
    match doc {
        OperatorDoc::Is => TestOp::Is,
        OperatorDoc::IsNot => TestOp::IsNot,
        OperatorDoc::IsAnyOf => TestOp::IsAnyOf,
        OperatorDoc::IsNoneOf => TestOp::IsNoneOf,
        OperatorDoc::Less | OperatorDoc::Before => TestOp::Less,
        OperatorDoc::LessOrEqual | OperatorDoc::OnOrBefore => TestOp::LessOrEqual,
        OperatorDoc::Greater | OperatorDoc::After => TestOp::Greater,
        OperatorDoc::GreaterOrEqual | OperatorDoc::OnOrAfter => TestOp::GreaterOrEqual,
        OperatorDoc::IsDefined => TestOp::IsDefined,
        OperatorDoc::IsNotDefined => TestOp::IsNotDefined,
        OperatorDoc::Contains => TestOp::Contains,
        OperatorDoc::DoesNotContain => TestOp::DoesNotContain,
        OperatorDoc::Matches => TestOp::Matches,
        OperatorDoc::DoesNotMatch => TestOp::DoesNotMatch,
    }
}
