//! Values, and where to find them.

use super::reference::{Reference, Scope, suffix};
use super::{DEPTH_MAX, Importer, Obstacle, defaults, expression};
use crate::document::{AddDoc, DurationDoc, ExpressionDoc, KindDoc, OperandDoc, ValueDoc};
use crate::import::Sort;
use crate::import::node::Node;
use serde_json::Value as Json;

/// Days of the week by their number there.
const WEEKDAYS: [&str; 8] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl<'a> Importer<'a> {
    /// A value, or where to find it.
    pub(super) fn operand(&self, node: &Node<'a>, scope: &Scope) -> Result<OperandDoc, Obstacle> {
        if node.depth() > DEPTH_MAX {
            return Err(Obstacle::too_deep());
        }
        if !node.peek().is_object() {
            return Ok(scalar(node));
        }
        if let Some(found) = self.reference(node, scope)? {
            return self.with_default(node, found, scope);
        }
        if let Some(part) = node.get("scalar") {
            return Ok(scalar(&part));
        }
        if let Some(part) = node.get("expression") {
            return self.expression(&part, scope);
        }
        if let Some(entity) = node.get("from_entity") {
            return self.option_value(node, &entity);
        }
        for (key, sign) in [("add", 1), ("subtract", -1)] {
            if let Some(parts) = node.get(key) {
                return self.sum(&parts.items(), sign, scope);
            }
        }
        if let Some(parts) = node.get("collection") {
            return parts
                .items()
                .iter()
                .map(|part| self.operand(part, scope))
                .collect::<Result<_, _>>()
                .map(OperandDoc::List);
        }
        if let Some(text) = node.text_of("time").or_else(|| node.text_of("date")) {
            return Ok(OperandDoc::Text(text.to_owned()));
        }
        if let Some(day) = ["day_of_the_week", "day_of_week", "weekday"].iter().find_map(|key| node.get(key))
        {
            return weekday(&day).map(|day| OperandDoc::Text(day.to_owned()));
        }
        if node.get("scalar").is_none() && node.peek().get("scalar").is_some() {
            return Ok(OperandDoc::Nothing(()));
        }
        Err(Obstacle::unknown("a way to name a value"))
    }

    /// A value where there has to be one.
    pub(super) fn value_of(&self, node: &Node<'a>, scope: &Scope) -> Result<OperandDoc, Obstacle> {
        let value = self.operand(node, scope)?;
        if matches!(value, OperandDoc::Nothing(())) {
            Err(Obstacle::unknown("a place without a value"))
        } else {
            Ok(value)
        }
    }

    /// An expression. Names in it that mean nothing are told and count as `null`, as they do there.
    pub(super) fn expression(&self, node: &Node<'a>, scope: &Scope) -> Result<OperandDoc, Obstacle> {
        let text = node.text().ok_or_else(|| Obstacle::unknown("an expression that is no text"))?;
        let rewritten = expression::rewrite(text, &self.names, scope)?;
        for name in &rewritten.unknown {
            let what = format!("`{name}` is no variable and no answer of this action");
            self.notes.note(
                Sort::Decision,
                node,
                what,
                "it has no value here, as it had none there: name another",
            );
        }
        let operand = rewritten.operand();
        if let OperandDoc::Expression(ExpressionDoc { expression }) = operand {
            return readable(expression);
        }
        Ok(operand)
    }

    /// What a value refers to, when it is given by a name.
    pub(super) fn reference(&self, node: &Node<'a>, scope: &Scope) -> Result<Option<Reference>, Obstacle> {
        let path = node.text_of("variable_path").map(suffix).unwrap_or_default();
        if let Some(name) = node.get("variable").filter(|name| name.peek().is_string()) {
            let text = name.text().unwrap_or_default();
            let found = self.names.any(scope, text, &path)?;
            return found.map(Some).ok_or_else(|| {
                Obstacle::new(format!(
                    "`{text}` is no step of this action and no result of one: name another value"
                ))
            });
        }
        if let Some(name) = node.text_of("skill_variable") {
            return Ok(Some(self.names.variable(name, &path)));
        }
        let Some(name) = node.text_of("system_variable") else { return Ok(None) };
        let found = self.names.any(&Scope::default(), name, &path)?;
        found.map(Some).ok_or_else(|| Obstacle::new(format!("there is no built-in variable `{name}` here")))
    }

    /// A value with one that stands in for it.
    fn with_default(&self, node: &Node<'a>, found: Reference, scope: &Scope) -> Result<OperandDoc, Obstacle> {
        let Some(default) = node.get("default_value") else { return Ok(found.operand()) };
        match self.operand(&default, scope)? {
            default if is_nothing(&default) => Ok(found.operand()),
            default => {
                let (value, default) = (found.expression(), in_expression(&default)?);
                readable(format!("{value} == null ? {default} : {value}"))
            }
        }
    }

    /// The value of an option.
    fn option_value(&self, node: &Node<'a>, entity: &Node<'a>) -> Result<OperandDoc, Obstacle> {
        let value = node.get("value").ok_or_else(|| Obstacle::unknown("an option without a value"))?;
        let (text, name) = (value.text().unwrap_or_default(), entity.text().unwrap_or_default());
        if name == "sys-yes-no" {
            return Ok(OperandDoc::YesNo(text.eq_ignore_ascii_case("yes")));
        }
        let known = self.entities.get(name);
        if !known
            .is_some_and(|known| known.items_of("values").iter().any(|v| v.peek_text("value") == Some(text)))
        {
            let what = format!("`{text}` is no option of `{name}`");
            self.notes.note(
                Sort::Decision,
                node,
                what,
                "the comparison is never true: compare with an option there is",
            );
        }
        Ok(OperandDoc::Text(text.to_owned()))
    }

    /// Something and what is added to it.
    fn sum(&self, parts: &[Node<'a>], sign: i32, scope: &Scope) -> Result<OperandDoc, Obstacle> {
        let (first, rest) = parts.split_first().ok_or_else(|| Obstacle::unknown("a sum of nothing"))?;
        let mut sum = self.operand(first, scope)?;
        for part in rest {
            sum = match part.get("duration") {
                Some(duration) => later(sum, &length_of_time(&duration, sign)?),
                None => {
                    let (left, right) = (in_expression(&sum)?, in_expression(&self.operand(part, scope)?)?);
                    let operator = if sign < 0 { '-' } else { '+' };
                    readable(format!("{left} {operator} {right}"))?
                }
            };
        }
        Ok(sum)
    }
}

/// A value as it is written.
fn scalar(node: &Node<'_>) -> OperandDoc {
    match node.take() {
        Json::Null => OperandDoc::Nothing(()),
        Json::Bool(truth) => OperandDoc::YesNo(*truth),
        Json::Number(number) => number.as_f64().map_or(OperandDoc::Nothing(()), OperandDoc::Number),
        Json::String(text) => OperandDoc::Text(text.clone()),
        json @ (Json::Array(_) | Json::Object(_)) => OperandDoc::Value(ValueDoc { value: json.clone() }),
    }
}

/// An expression that can be read here.
fn readable(expression: String) -> Result<OperandDoc, Obstacle> {
    if expression.trim().is_empty() {
        return Err(Obstacle::unknown("an expression without anything in it"));
    }
    match expression::problem(&expression) {
        Some(problem) => Err(Obstacle::new(format!("the expression cannot be read here: {problem}"))),
        None => Ok(OperandDoc::Expression(ExpressionDoc { expression })),
    }
}

/// A date or time, and so much added.
fn later(to: OperandDoc, add: &DurationDoc) -> OperandDoc {
    let (to, before) = if let OperandDoc::Add(AddDoc { to, add }) = to {
        (to, add)
    } else {
        (Box::new(to), DurationDoc::default())
    };
    let sum = |of: fn(&DurationDoc) -> i32| of(&before).saturating_add(of(add));
    let add = DurationDoc {
        years: sum(|length| length.years),
        months: sum(|length| length.months),
        weeks: sum(|length| length.weeks),
        days: sum(|length| length.days),
        hours: sum(|length| length.hours),
        minutes: sum(|length| length.minutes),
    };
    OperandDoc::Add(AddDoc { to, add })
}

/// Whether a value is none. The editor there writes the word `null` where nothing was entered.
pub(super) fn is_nothing(operand: &OperandDoc) -> bool {
    match operand {
        OperandDoc::Nothing(()) => true,
        OperandDoc::Text(text) => text == "null",
        OperandDoc::YesNo(_) | OperandDoc::Number(_) | OperandDoc::List(_) | OperandDoc::Variable(_) => false,
        OperandDoc::Step(_) | OperandDoc::Expression(_) | OperandDoc::Add(_) | OperandDoc::Value(_) => false,
    }
}

/// A value as part of an expression.
pub(super) fn in_expression(operand: &OperandDoc) -> Result<String, Obstacle> {
    Ok(match operand {
        OperandDoc::Nothing(()) => "null".to_owned(),
        OperandDoc::YesNo(truth) => truth.to_string(),
        OperandDoc::Number(number) => number.to_string(),
        OperandDoc::Text(text) => Json::from(text.as_str()).to_string(),
        OperandDoc::Value(ValueDoc { value }) => value.to_string(),
        OperandDoc::Variable(of) => format!("${{{}}}", of.variable),
        OperandDoc::Step(of) => format!("${{{}}}", of.step),
        OperandDoc::Expression(ExpressionDoc { expression }) => format!("({expression})"),
        OperandDoc::List(_) | OperandDoc::Add(_) => {
            return Err(Obstacle::unknown("a value inside an expression"));
        }
    })
}

/// A day of the week by its number or its name.
pub(super) fn weekday(node: &Node<'_>) -> Result<&'static str, Obstacle> {
    let node = node.get("scalar").unwrap_or_else(|| node.clone());
    let number = node.whole().and_then(|number| WEEKDAYS.get(usize::try_from(number).ok()?).copied());
    let day = number.or_else(|| {
        let text = node.text()?.to_lowercase();
        let number = text.parse().ok().and_then(|number: usize| WEEKDAYS.get(number));
        number.or_else(|| WEEKDAYS.iter().find(|day| **day == text)).copied()
    });
    day.ok_or_else(|| Obstacle::unknown("a day of the week"))
}

fn length_of_time(node: &Node<'_>, sign: i32) -> Result<DurationDoc, Obstacle> {
    let mut length = DurationDoc::default();
    for (unit, amount) in node.members() {
        let number = amount.number().filter(|number| number.fract() == 0.0 && number.abs() < 1e6);
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and below a million")]
        let number = number.ok_or_else(|| Obstacle::unknown("a length of time"))? as i32 * sign;
        match unit.trim_end_matches('s') {
            "year" => length.years = number,
            "month" => length.months = number,
            "week" => length.weeks = number,
            "day" => length.days = number,
            "hour" => length.hours = number,
            "minute" => length.minutes = number,
            _ => {
                return Err(Obstacle::new(format!(
                    "a time is not counted in {unit} here: use minutes or more"
                )));
            }
        }
    }
    Ok(length)
}

/// A text as the value of a kind of answer: yes and no are no texts here, and reasons are codes.
pub(super) fn typed(operand: OperandDoc, left: &OperandDoc, kind: Option<KindDoc>) -> OperandDoc {
    if let OperandDoc::List(items) = operand {
        return OperandDoc::List(items.into_iter().map(|item| typed(item, left, kind)).collect());
    }
    let OperandDoc::Text(text) = operand else { return operand };
    if is_reason(left) {
        return OperandDoc::Text(defaults::reason_code(&text).map_or(text, str::to_owned));
    }
    match (kind, text.to_lowercase().as_str()) {
        (Some(KindDoc::YesNo), "yes") => OperandDoc::YesNo(true),
        (Some(KindDoc::YesNo), "no") => OperandDoc::YesNo(false),
        (Some(KindDoc::Number | KindDoc::Currency | KindDoc::Percent), number) => {
            finite(number).map_or(OperandDoc::Text(text), OperandDoc::Number)
        }
        _ => OperandDoc::Text(text),
    }
}

/// A number as a text has it.
pub(super) fn finite(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn is_reason(left: &OperandDoc) -> bool {
    matches!(left, OperandDoc::Variable(of) if of.variable == assistant::definition::built_in::FALLBACK_REASON)
}
