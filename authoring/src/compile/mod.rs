//! From a document to what the engine runs: texts and expressions parsed, names resolved, defaults filled in.

use crate::document::Document;
use crate::findings::Findings;
use assistant::definition::Definition;

/// Makes the assistants of a document by language tag, its own language first. What cannot be made is noted, and a
/// stand-in made instead, so that everything wrong is found at once.
pub fn compile(document: &Document, findings: &Findings) -> Vec<(String, Definition)> {
    let _ = (document, findings);
    todo!()
}
