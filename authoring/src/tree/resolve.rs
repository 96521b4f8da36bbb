//! What an unquoted word of YAML is: the core schema of YAML 1.2, in which `yes`, `no`, `on` and `off` are texts.

use super::Is;

/// What a plain scalar is.
pub fn plain(text: &str) -> Is {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Is::Null,
        "true" | "True" | "TRUE" => Is::Flag(true),
        "false" | "False" | "FALSE" => Is::Flag(false),
        _ => number(text).map_or_else(|| Is::Text(text.to_owned()), |n| Is::Number(n, text.to_owned())),
    }
}

/// A number of the core schema, if it is one.
fn number(text: &str) -> Option<f64> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    match text.strip_prefix(['-', '+']).unwrap_or(text) {
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY),
        unsigned => is_decimal(unsigned).then_some(())?,
    }
    text.strip_prefix('+').unwrap_or(text).parse().ok()
}

/// Digits with at most one point and an exponent; Rust alone would take `inf` and `nan` too.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !(whole.is_empty() && fraction.is_empty());
    let exponent_fits = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    has_digits && digits(whole) && digits(fraction) && exponent_fits
}

#[expect(clippy::cast_precision_loss, reason = "a number that large is rounded, as JSON would")]
fn radix(digits: &str, radix: u32) -> Option<f64> {
    let all = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    all.then(|| u64::from_str_radix(digits, radix).map_or(f64::INFINITY, |number| number as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_the_core_schema_says() {
        for (text, json) in [
            ("", "null"),
            ("~", "null"),
            ("True", "true"),
            ("yes", "\"yes\""),
            ("off", "\"off\""),
            ("12", "12"),
            ("+12", "12"),
            ("-1.50", "-1.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e3", "1000"),
            ("0x1F", "31"),
            ("0o17", "15"),
            ("12:30", "\"12:30\""),
            ("2026-11-21", "\"2026-11-21\""),
            ("1_000", "\"1_000\""),
            ("inf", "\"inf\""),
            ("nan", "\"nan\""),
            ("e5", "\"e5\""),
            (".", "\".\""),
            ("-", "\"-\""),
            ("0x", "\"0x\""),
        ] {
            let node = super::super::Node { place: super::super::Place::START, is: plain(text) };
            assert_eq!(node.to_json().to_string(), json, "{text}");
        }
        assert!(matches!(plain("-.inf"), Is::Number(n, _) if n.is_infinite()));
    }
}
