//! Regular expressions, in the syntax that RE2 and Java share; matched in linear time.

use super::Failed;
use crate::limits::{PATTERN_BYTES_MAX, PATTERN_COMPILED_BYTES_MAX, PATTERN_TEXT_BYTES_MAX};
use regex_lite::{Regex, RegexBuilder};

/// Whether a pattern matches somewhere in a text.
pub fn found(pattern: &str, text: &str) -> Result<bool, Failed> {
    check_length(text)?;
    Ok(compiled(pattern)?.is_match(text))
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
