//! Values and texts as people read them (`watsonx.md` 1.10).

use crate::definition::{Display, Text, Texts};
use crate::evaluate::{Failed, Scope};
use crate::value::Value;

/// A value in words.
pub fn show(value: &Value, display: &Display, texts: &Texts) -> String {
    let _ = (value, display, texts);
    todo!()
}

/// A text with its values filled in. What has no value, or fails, inserts nothing.
pub fn render(text: &Text, scope: &mut dyn Scope, failures: &mut Vec<Failed>) -> String {
    let _ = (text, scope, failures);
    todo!()
}
