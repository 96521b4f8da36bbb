//! Values, and where to find them.

use super::at::At;
use super::expression::{column, parse};
use super::scope::Scope;
use crate::document::{AddDoc, DurationDoc, OperandDoc};
use assistant::Value;
use assistant::civil::{read_date, read_date_time, read_time};
use assistant::definition::{Expr, Method};
use serde_json::Value as Json;

/// A value or where to find it, as an expression.
pub(crate) fn operand(scope: Scope<'_>, doc: &OperandDoc, at: &At<'_>) -> Expr {
    match doc {
        OperandDoc::YesNo(yes) => Value::YesNo(*yes).into(),
        OperandDoc::Number(number) => Value::Number(*number).into(),
        OperandDoc::Text(text) => Value::text(text).into(),
        OperandDoc::Nothing(()) => Expr::default(),
        OperandDoc::List(items) => {
            let items = items.iter().enumerate();
            list(items.map(|(index, item)| operand(scope, item, &at.index(index))).collect())
        }
        OperandDoc::Variable(named) => scope.variable(&named.variable, &at.key("variable")),
        OperandDoc::Step(named) => scope.step_answer(&named.step, &at.key("step")),
        OperandDoc::Expression(doc) => expression(scope, &doc.expression, &at.key("expression")),
        OperandDoc::Add(doc) => sum(scope, doc, at),
        OperandDoc::Value(doc) => json(&doc.value).into(),
    }
}

/// An expression. One that cannot be read is noted, and has no value.
pub(crate) fn expression(scope: Scope<'_>, source: &str, at: &At<'_>) -> Expr {
    let pointer = at.pointer();
    let names = |name: &str, byte: usize| {
        scope.named(name, &pointer).unwrap_or_else(|| {
            let problem = format!("`{name}` at column {} is no known name", column(source, byte));
            let remedy = format!("{}; a text is written in quotes", scope.remedy_for_name(name));
            scope.c.findings.error("unknown-name", &*pointer, problem, remedy);
            Expr::default()
        })
    };
    parse(source, &names).unwrap_or_else(|problem| {
        scope.c.findings.error("bad-expression", &*pointer, problem.located(source), problem.remedy);
        Expr::default()
    })
}

/// JSON as a value.
pub(crate) fn json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Nothing,
        Json::Bool(yes) => Value::YesNo(*yes),
        Json::Number(number) => number.as_f64().map_or(Value::Nothing, Value::Number),
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::List(items.iter().map(self::json).collect()),
        Json::Object(fields) => {
            Value::Map(fields.iter().map(|(key, value)| (key.clone(), self::json(value))).collect())
        }
    }
}

/// A date, a time, or both, when a text is one.
pub(crate) fn moment(text: &str) -> Option<Value> {
    let date = || read_date(text).map(Value::Date);
    let time = || read_time(text).map(Value::Time);
    date().or_else(time).or_else(|| read_date_time(text).map(Value::DateTime))
}

/// A list; one value when all its elements are.
fn list(items: Vec<Expr>) -> Expr {
    let values: Option<Vec<Value>> = items.iter().map(|item| literal(item).cloned()).collect();
    values.map_or(Expr::List(items), |values| Value::List(values).into())
}

/// The value of what has one already.
pub(crate) fn literal(expr: &Expr) -> Option<&Value> {
    if let Expr::Value(value) = expr { Some(value) } else { None }
}

fn sum(scope: Scope<'_>, doc: &AddDoc, at: &At<'_>) -> Expr {
    let to = at.key("to");
    let start = match doc.to.as_ref() {
        OperandDoc::Text(text) => moment(text)
            .unwrap_or_else(|| {
                let problem = format!("`{text}` is neither a date nor a time");
                let remedy = "write `2026-11-21`, `17:30`, or {\"variable\": \"current_date\"}";
                scope.error("bad-date", &to, problem, remedy);
                Value::Nothing
            })
            .into(),
        OperandDoc::YesNo(_)
        | OperandDoc::Number(_)
        | OperandDoc::Nothing(())
        | OperandDoc::List(_)
        | OperandDoc::Variable(_)
        | OperandDoc::Step(_)
        | OperandDoc::Expression(_)
        | OperandDoc::Add(_)
        | OperandDoc::Value(_) => operand(scope, &doc.to, &to),
    };
    let amounts = amounts(&doc.add).into_iter().filter(|(_, amount)| *amount != 0);
    amounts.fold(start, |sum, (method, amount)| {
        Expr::Method(Box::new(sum), method, vec![Value::Number(f64::from(amount)).into()])
    })
}

fn amounts(add: &DurationDoc) -> [(Method, i32); 5] {
    [
        (Method::PlusYears, add.years),
        (Method::PlusMonths, add.months),
        (Method::PlusDays, add.days.saturating_add(add.weeks.saturating_mul(7))),
        (Method::PlusHours, add.hours),
        (Method::PlusMinutes, add.minutes),
    ]
}
