//! `T(String).format(pattern, …)`: `%s`, `%S`, `%d`, `%.2f`, `%b`, `%n` and `%%`, with flags `-`, `0`, `,`,
//! `+`, a width, and a place as in `%2$s`.

use super::Failed;
use super::machine::Machine;
use crate::limits::{DECIMALS_MAX, FORMAT_WIDTH_MAX};
use crate::number::rounded;
use crate::surroundings::Case;
use crate::value::Value;

/// One directive: what stands between `%` and its letter.
#[derive(Default)]
struct Directive {
    place: Option<usize>,
    left: bool,
    zeros: bool,
    commas: bool,
    plus: bool,
    width: usize,
    decimals: Option<usize>,
}

/// A pattern with values put in. The pattern is the first argument.
pub fn format(machine: &mut Machine<'_>, args: &[Value]) -> Result<Value, Failed> {
    let (pattern, values) = match args {
        [pattern, values @ ..] => (pattern.plain(), values),
        [] => (String::new(), args),
    };
    let mut out = String::new();
    let mut next = 0;
    let mut rest = pattern.as_str();
    while let Some((words, after)) = rest.split_once('%') {
        out.push_str(words);
        let (directive, letter, after) = read(after)?;
        rest = after;
        match letter {
            '%' => out.push('%'),
            'n' => out.push('\n'),
            letter => {
                let place = directive.place.unwrap_or(next);
                next = if directive.place.is_some() { next } else { next + 1 };
                let value = values.get(place).ok_or_else(|| {
                    Failed(format!("`String.format` has {} values and needs one more", values.len()))
                })?;
                pad(&directive, &written(machine, &directive, letter, value)?, &mut out);
            }
        }
        machine.fits(out.len())?;
    }
    out.push_str(rest);
    machine.text(out)
}

fn read(text: &str) -> Result<(Directive, char, &str), Failed> {
    let mut directive = Directive::default();
    let mut rest = text;
    if let Some((digits, after)) = text.split_once('$')
        && let Some(place) = number(digits)
    {
        directive.place = Some(place.saturating_sub(1));
        rest = after;
    }
    while let Some(flag) = rest.chars().next().filter(|c| matches!(c, '-' | '0' | ',' | '+')) {
        match flag {
            '-' => directive.left = true,
            '0' => directive.zeros = true,
            ',' => directive.commas = true,
            _ => directive.plus = true,
        }
        rest = &rest[1..];
    }
    (directive.width, rest) = leading_number(rest);
    if let Some(after) = rest.strip_prefix('.') {
        let decimals;
        (decimals, rest) = leading_number(after);
        directive.decimals = Some(decimals);
    }
    let letter =
        rest.chars().next().ok_or_else(|| Failed("`String.format` ends in `%`: write `%%`".to_owned()))?;
    if directive.width > FORMAT_WIDTH_MAX || directive.decimals.unwrap_or(0) > DECIMALS_MAX {
        return Err(Failed(format!(
            "`String.format` can be {FORMAT_WIDTH_MAX} wide and have {DECIMALS_MAX} digits after the point"
        )));
    }
    Ok((directive, letter, &rest[letter.len_utf8()..]))
}

fn number(digits: &str) -> Option<usize> {
    let short = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    short.then(|| digits.parse().ok())?
}

/// The number a text begins with, or 0; and what follows.
fn leading_number(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    (number(digits).unwrap_or(if digits.is_empty() { 0 } else { usize::MAX }), rest)
}

fn written(
    machine: &Machine<'_>,
    directive: &Directive,
    letter: char,
    value: &Value,
) -> Result<String, Failed> {
    let numeric =
        || value.number().ok_or_else(|| Failed(format!("`%{letter}` needs a number, not {}", value.kind())));
    match letter {
        's' => Ok(value.plain()),
        'S' => Ok((machine.scope.surroundings().in_case)(&value.plain(), Case::Upper)),
        'd' => Ok(signed(directive, rounded(numeric()?.trunc(), 0, true))),
        'f' => Ok(signed(directive, rounded(numeric()?, directive.decimals.unwrap_or(6), true))),
        'b' => Ok(if super::operators::truth(value).unwrap_or(true) { "true" } else { "false" }.to_owned()),
        _ => Err(Failed(format!("`%{letter}` is not known: write %s, %d, %f, %b, %n or %%"))),
    }
}

/// A number with its sign and its commas.
fn signed(directive: &Directive, text: String) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None if directive.plus => ("+", text.as_str()),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = sign.to_owned();
    for (index, digit) in whole.char_indices() {
        if directive.commas && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let missing = directive.width.saturating_sub(out.len() + fraction.len());
    if directive.zeros && !directive.left {
        out.insert_str(sign.len(), &"0".repeat(missing));
    }
    out + fraction
}

fn pad(directive: &Directive, text: &str, out: &mut String) {
    let missing = directive.width.saturating_sub(text.chars().count());
    let spaces = " ".repeat(missing);
    let (before, after) = if directive.left { ("", spaces.as_str()) } else { (spaces.as_str(), "") };
    out.push_str(before);
    out.push_str(text);
    out.push_str(after);
}
