//! From a file's text to assistants, or to everything that is wrong with it.
//!
//! The tree is compared with the format, compiled, and checked for what fits the format and still cannot work; each
//! phase goes on after mistakes, so that an author sees all of them at once.

mod again;
mod choices;
mod circles;
mod compare;
mod consequences;
mod effects;
mod flow;
mod graph;
mod leftovers;
mod names;
mod phrases;
mod reached;
pub(crate) mod report;
mod silence;
mod subject;
mod translations;
mod variables;
mod words;
mod world;

pub(crate) use circles::strongly_connected;
pub(crate) use translations::to_translate;

use crate::compile::compile_surveying;
use crate::document::Document;
use crate::findings::Findings;
use crate::schema::SCHEMA;
use crate::shape::{self, Fitted};
use crate::tree::{self, Notation};
use crate::{Checked, World};
use assistant::definition::Definition;
use subject::Subject;

/// Everything that is looked at once a file has been compiled; each has a file of its own.
const CHECKS: [fn(&Subject<'_>); 15] = [
    names::check,
    phrases::check,
    flow::check,
    silence::check,
    again::check,
    circles::check,
    choices::check,
    compare::check,
    variables::check,
    reached::check,
    words::check,
    effects::check,
    translations::check,
    world::check,
    leftovers::check,
];

/// Reads and checks a file. A name that ends in `.yaml` or `.yml` is YAML, any other JSON.
pub fn check(name: &str, text: &str, world: &World) -> Checked {
    check_text(Notation::of(name), text, world)
}

/// Reads and checks a text.
pub fn check_text(notation: Notation, text: &str, world: &World) -> Checked {
    let root = match tree::read(notation, text) {
        Ok(root) => root,
        Err(unreadable) => {
            return Checked {
                document: None,
                definitions: Vec::new(),
                mistakes: vec![report::unreadable(unreadable)],
            };
        }
    };
    let findings = Findings::default();
    let fitted = shape::fit(&root, &SCHEMA, notation, &findings);
    let fits = !findings.has_errors();
    let (document, definitions) = meaning(&fitted, world, &findings);
    let sound = !findings.has_errors();
    Checked {
        document: document.filter(|_| fits),
        definitions: definitions.into_iter().filter(|_| sound).collect(),
        mistakes: report::placed(findings, &root),
    }
}

/// What a file that fits the format means, and what is wrong with that.
fn meaning(
    fitted: &Fitted,
    world: &World,
    findings: &Findings,
) -> (Option<Document>, Vec<(String, Definition)>) {
    let document: Document = match serde_path_to_error::deserialize(&fitted.json) {
        Ok(document) => document,
        Err(error) => {
            report::does_not_fit(&error, findings);
            return (None, Vec::new());
        }
    };
    let found = Findings::default();
    let (definitions, survey) = compile_surveying(&document, &found);
    let unsure = consequences::unsure_steps(&fitted.lost);
    let subject = Subject::new(&document, &definitions, &survey, world, &unsure, &found);
    CHECKS.iter().for_each(|check| check(&subject));
    drop(subject);
    consequences::keep_own(found, &fitted.lost, &document, &survey, findings);
    (Some(document), definitions)
}
