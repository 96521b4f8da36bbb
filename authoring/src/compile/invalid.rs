//! What is said to an answer that is none, where the author wrote nothing: the sentences of the specification, and more
//! exact ones where the author gave limits.

use super::at::At;
use super::defaults::LimitTexts;
use super::scope::Scope;
use super::text::{escape, parse};
use assistant::definition::{Expr, Kind, Limits, Part, Text};

/// What is said to an answer of another kind.
pub(crate) fn default_invalid(scope: Scope<'_>, kind: &Kind) -> Text {
    let texts = &scope.c.defaults.texts.invalid;
    if let Some(limits) = limits(scope, kind) {
        let not_caught = scope.spoken(&texts.not_caught, &At::DEFAULTS).text;
        let mut parts = vec![Part::Words(format!("{not_caught} "))];
        parts.extend(limits.0);
        return Text(parts);
    }
    let plain = match kind {
        Kind::Options { .. } | Kind::Dynamic { .. } => &texts.options,
        Kind::YesNo { .. } => &texts.yes_no,
        Kind::Pattern(_) => &texts.pattern,
        Kind::Number(_) => &texts.number,
        Kind::Currency(_) => &texts.currency,
        Kind::Percent(_) => &texts.percent,
        Kind::Date { .. } => &texts.date,
        Kind::Time { .. } => &texts.time,
        Kind::Text => &texts.text,
    };
    super::text::text(scope, plain, &At::DEFAULTS)
}

/// What is said to an answer outside its limits; empty where there are none.
pub(crate) fn default_out_of_range(scope: Scope<'_>, kind: &Kind) -> Vec<Text> {
    limits(scope, kind).into_iter().collect()
}

/// The limits in words.
fn limits(scope: Scope<'_>, kind: &Kind) -> Option<Text> {
    let within = &scope.c.defaults.texts.within;
    match kind {
        Kind::Number(limits) if limits.whole => match sentence(scope, &within.whole, limits) {
            Some(text) => Some(text),
            None => Some(filled(scope, &within.whole_alone, None, None)),
        },
        Kind::Number(limits) => sentence(scope, &within.number, limits),
        Kind::Currency(limits) => sentence(scope, &within.currency, limits),
        Kind::Percent(limits) => sentence(scope, &within.percent, limits),
        Kind::Date { from, to, weekdays, .. } => {
            let span = between(scope, &within.date, from.as_ref(), to.as_ref());
            joined(span, (!weekdays.is_empty()).then(|| days(scope, weekdays)))
        }
        Kind::Time { from, to, .. } => between(scope, &within.time, from.as_ref(), to.as_ref()),
        Kind::Options { .. } | Kind::Dynamic { .. } | Kind::YesNo { .. } | Kind::Pattern(_) | Kind::Text => {
            None
        }
    }
}

fn sentence(scope: Scope<'_>, texts: &'static LimitTexts, limits: &Limits) -> Option<Text> {
    between(scope, texts, limits.min.as_ref(), limits.max.as_ref())
}

fn between(
    scope: Scope<'_>,
    texts: &'static LimitTexts,
    min: Option<&Expr>,
    max: Option<&Expr>,
) -> Option<Text> {
    let raw = match (min, max) {
        (Some(_), Some(_)) => &texts.between,
        (Some(_), None) => &texts.least,
        (None, Some(_)) => &texts.most,
        (None, None) => return None,
    };
    Some(filled(scope, raw, min, max))
}

/// A default text whose `{min}` and `{max}` insert the limits.
fn filled(scope: Scope<'_>, raw: &'static str, min: Option<&Expr>, max: Option<&Expr>) -> Text {
    let said = scope.spoken(raw, &At::DEFAULTS).text;
    let names = |name: &str, _: usize| match name {
        "min" => min.cloned().unwrap_or_default(),
        "max" => max.cloned().unwrap_or_default(),
        _ => Expr::default(),
    };
    parse(said, &names).unwrap_or_else(|_| Text::plain(said))
}

fn days(scope: Scope<'_>, weekdays: &[u8]) -> Text {
    let texts = &scope.c.defaults.texts;
    let name = |day: &u8| texts.weekdays.get(usize::from(*day) - 1).map_or("", String::as_str);
    let names: Vec<&str> = weekdays.iter().map(name).collect();
    let listed = match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), texts.within.or),
        None => String::new(),
    };
    let said = scope.spoken(&texts.within.weekdays, &At::DEFAULTS).text;
    let said = said.replace("{days}", &escape(&listed));
    parse(&said, &|_, _| Expr::default()).unwrap_or_else(|_| Text::plain(&said))
}

fn joined(first: Option<Text>, second: Option<Text>) -> Option<Text> {
    match (first, second) {
        (Some(Text(mut first)), Some(Text(second))) => {
            first.push(Part::Words(" ".to_owned()));
            first.extend(second);
            Some(Text(first))
        }
        (first, second) => first.or(second),
    }
}
