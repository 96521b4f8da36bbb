//! Regular expressions, in the syntax that RE2 and Java share; matched in linear time.

use super::Failed;
use crate::limits::{PATTERN_BYTES_MAX, PATTERN_COMPILED_BYTES_MAX, PATTERN_TEXT_BYTES_MAX};
use regex_lite::{Regex, RegexBuilder};

/// Whether a pattern matches somewhere in a text.
pub fn found(pattern: &str, text: &str) -> Result<bool, Failed> {
    check_length(text)?;
    Ok(compiled(pattern)?.is_match(text))
}

/// Whether a pattern can be used here; the error says why not. For those who check what authors write.
pub fn check_pattern(pattern: &str) -> Result<(), Failed> {
    compiled(pattern).map(|_| ())
}

/// A pattern, ready to match.
pub fn compiled(pattern: &str) -> Result<Regex, Failed> {
    let bytes = pattern.len();
    if bytes > PATTERN_BYTES_MAX {
        return Err(Failed(format!(
            "a pattern can have {PATTERN_BYTES_MAX} bytes and this one has {bytes}: split it"
        )));
    }
    let built = RegexBuilder::new(pattern).size_limit(PATTERN_COMPILED_BYTES_MAX).build();
    built.map_err(|error| Failed(format!("the pattern `{pattern}` cannot be used: {error}")))
}

/// Fails for texts that would take too long.
pub fn check_length(text: &str) -> Result<(), Failed> {
    match text.len() {
        0..=PATTERN_TEXT_BYTES_MAX => Ok(()),
        bytes => Err(Failed(format!(
            "a pattern can be matched with {PATTERN_TEXT_BYTES_MAX} bytes and this text has {bytes}"
        ))),
    }
}

/// Roughly what matching a pattern costs for each byte of a text: its length, and each repetition for every time.
pub fn weight(pattern: &str) -> usize {
    let mut weight = pattern.len();
    for (at, _) in pattern.match_indices('{') {
        let counts = pattern[at + 1..].split('}').next().unwrap_or_default();
        let times = counts.split(',').filter_map(|count| count.trim().parse().ok()).max().unwrap_or(0);
        weight = match pattern[..at].ends_with(')') {
            true => weight.saturating_mul(times),
            false => weight.saturating_add(times),
        };
    }
    weight.clamp(pattern.len(), PATTERN_COMPILED_BYTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_weigh_as_much_as_what_they_repeat() {
        for (pattern, expected) in [
            ("abc", 3),
            (r"\d{4}-\d{1,2}", 19),
            ("(a{20}){10}", 310),
            ("a{,}b{x}", 8),
            ("(a){0}", 6),
            ("((((a{999}){999}){999}){999}){999}", PATTERN_COMPILED_BYTES_MAX),
        ] {
            assert_eq!(weight(pattern), expected, "{pattern}");
        }
    }
}
