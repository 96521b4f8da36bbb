//! What a visitor says to a question: something right, mostly.

use super::hints::Hints;
use assistant::Value;
use assistant::civil::{date_text, time_text};
use assistant::definition::{Action, Expr, Kind, Limits, NamedPattern, Step};
use fastrand::Rng;
use jiff::civil::Date;

/// Said where nothing right is known, and to be told off.
pub const NONSENSE: [&str; 8] =
    ["qwertz", "???", "12 or 13", "purple monkey dishwasher", "maybe", "0", "-1", "31.2.2026"];

/// A right answer to a step's question, as far as that can be known.
pub fn right(rng: &mut Rng, hints: &Hints, action: &Action, step: &Step, today: Date) -> String {
    let hinted = hints.answers(&action.id, &step.id);
    if let Some(value) = rng.choice(hinted)
        && rng.bool()
    {
        return near(rng, value);
    }
    let Some(ask) = &step.ask else { return nonsense(rng) };
    match &ask.kind {
        Kind::Options { choices, .. } => match rng.choice(choices) {
            Some(choice) if rng.u8(..4) == 0 => {
                rng.choice(&choice.synonyms).cloned().unwrap_or_else(|| choice.label.clone())
            }
            Some(choice) => choice.label.clone(),
            None => nonsense(rng),
        },
        Kind::Dynamic { otherwise, .. } => {
            otherwise.as_ref().map_or_else(|| "1".to_owned(), |c| c.label.clone())
        }
        Kind::YesNo { yes, no } => {
            let words = if rng.bool() { yes } else { no };
            words.first().cloned().unwrap_or_else(|| nonsense(rng))
        }
        Kind::Pattern(patterns) => shaped(rng, patterns),
        Kind::Number(limits) | Kind::Currency(limits) | Kind::Percent(limits) => number(rng, limits),
        Kind::Date { .. } => date_text(today.saturating_add(jiff::Span::new().days(rng.i64(-3..60)))),
        Kind::Time { .. } => format!("{:02}:{:02}", rng.u8(..24), [0, 15, 30, 45][rng.usize(..4)]),
        Kind::Text => {
            ["Ada Lovelace", "It is broken", "12 Main Street", "yes", "no thanks"][rng.usize(..5)].to_owned()
        }
    }
}

/// Something that is probably no answer.
pub fn nonsense(rng: &mut Rng) -> String {
    NONSENSE[rng.usize(..NONSENSE.len())].to_owned()
}

/// The value, or one just beside it.
fn near(rng: &mut Rng, value: &Value) -> String {
    match value {
        Value::Number(number) | Value::Percent(number) | Value::Money { amount: number, .. } => {
            (number + f64::from(rng.i8(-1..=1))).to_string()
        }
        Value::Date(date) => date_text(date.saturating_add(jiff::Span::new().days(rng.i64(-1..=1)))),
        Value::Time(time) => time_text(*time),
        Value::DateTime(at) => date_text(at.date()),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Text(text) => text.clone(),
        Value::Nothing | Value::List(_) | Value::Map(_) => nonsense(rng),
    }
}

fn number(rng: &mut Rng, limits: &Limits) -> String {
    let literal = |expr: &Option<Expr>| match expr {
        Some(Expr::Value(Value::Number(number))) => Some(*number),
        Some(_) | None => None,
    };
    let least = literal(&limits.min).unwrap_or(1.0);
    let most = literal(&limits.max).unwrap_or(least + 20.0).max(least);
    match rng.u8(..6) {
        0 => least.to_string(),
        1 => most.to_string(),
        _ => (least + (rng.f64() * (most - least)).round()).min(most).to_string(),
    }
}

/// A text of the shape is not made from the pattern: tried are forms that people's patterns are usually for.
fn shaped(rng: &mut Rng, patterns: &[NamedPattern]) -> String {
    const FORMS: [&str; 10] = [
        "ada@example.com",
        "555-123-4567",
        "5551234567",
        "https://example.com/a",
        "12345",
        "1234",
        "123456",
        "AB123456",
        "AB-1234",
        "Ada Lovelace",
    ];
    let fits = |form: &&&str| {
        let all = patterns.iter().flat_map(|named| &named.patterns);
        all.filter_map(|pattern| regex_lite::Regex::new(pattern).ok()).any(|regex| regex.is_match(form))
    };
    let fitting: Vec<&&str> = FORMS.iter().filter(fits).collect();
    rng.choice(fitting).map_or_else(|| nonsense(rng), |form| (*form).to_owned())
}
