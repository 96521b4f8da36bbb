//! Whether a condition is true (`watsonx.md` 1.5).

use crate::definition::{Condition, WordList};
use crate::evaluate::{Failed, Scope};

/// Whether it is true now. An expression that fails makes its condition false, and the reason is told in `failures`.
pub fn holds(
    condition: &Condition,
    words: &[WordList],
    scope: &mut dyn Scope,
    failures: &mut Vec<Failed>,
) -> bool {
    let _ = (condition, words, scope, failures);
    todo!()
}
