//! Calls of other systems. An export has each call's method, path and values, and neither the system's name nor its
//! address: those are in an API document that is not exported.

use super::Importer;
use super::reference::Scope;
use crate::document::{
    CallDoc, CallThenDoc, ExtensionDoc, MethodDoc, OperandDoc, OperationDoc, ParameterDoc, PlaceDoc, ThenDoc,
};
use crate::import::node::Node;
use crate::import::{Sort, name};
use indexmap::IndexMap;
use std::collections::HashMap;

/// Where parameters go.
const PLACES: &[(&str, PlaceDoc)] = &[
    ("path", PlaceDoc::Path),
    ("query", PlaceDoc::Query),
    ("header", PlaceDoc::Header),
    ("body", PlaceDoc::Body),
];

const METHODS: &[(&str, MethodDoc)] = &[
    ("GET", MethodDoc::GET),
    ("POST", MethodDoc::POST),
    ("PUT", MethodDoc::PUT),
    ("PATCH", MethodDoc::PATCH),
    ("DELETE", MethodDoc::DELETE),
];

/// The type of a call of another system.
const INTEGRATION: &str = "integration_interaction";

/// The longest path of an operation.
const PATH_CHARS_MAX: usize = 1024;

/// The other systems met so far.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    /// By name, as the document has them.
    pub found: IndexMap<String, ExtensionDoc>,
    /// Names by what told them apart in the export.
    names: HashMap<String, String>,
}

/// What a step calls; `None` when it does not say so in a way that can be called.
pub(super) fn called<'a>(resolver: &Node<'a>) -> Option<(MethodDoc, &'a str)> {
    let call = resolver.get("callout").unwrap_or_else(|| resolver.clone());
    let kind = call.peek_text("type").unwrap_or(INTEGRATION);
    let method = call.peek_text("method").unwrap_or("GET").to_uppercase();
    let (_, method) = METHODS.iter().find(|(name, _)| *name == method)?;
    let path = call.peek_text("path").filter(|path| (1..PATH_CHARS_MAX).contains(&path.chars().count()))?;
    (kind == INTEGRATION).then_some((*method, path))
}

impl<'a> Importer<'a> {
    /// A call of another system; `None` when it cannot be made here, and is kept.
    pub(super) fn call(&self, node: &Node<'a>, scope: &Scope) -> Option<ThenDoc> {
        let call = node.get("callout").unwrap_or_else(|| node.clone());
        let kind = call.peek_text("type").unwrap_or(INTEGRATION);
        if kind != INTEGRATION {
            let why = "searching documents is not part of an assistant here: the step below comes next. Offer likely topics \
                       with `suggest`, or call your own search as an extension";
            self.notes.keep(Sort::Decision, node, format!("a call of type `{kind}`"), why);
            return None;
        }
        let Some((method, path)) = called(node) else {
            let why =
                "its method and its path do not say what to call: the step below comes next until you say";
            self.notes.keep(Sort::Decision, node, "a call of an extension", why);
            return None;
        };
        for key in ["type", "method", "path"] {
            call.text_of(key);
        }
        let extension = self.extension(&call);
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        let operation = self.operation(&extension, method, &path);
        let with = self.parameters(&call, &extension, &operation, scope);
        let what = format!("the call {method:?} {path}");
        let why = format!(
            "the export does not say which system this is: give `{extension}` an address in the bridge's configuration"
        );
        self.notes.note(Sort::Decision, &call, what, why);
        if let Some(stream) = call.get("stream_response_mapping") {
            let why = "an answer is not shown bit by bit here: say it in the next step";
            self.notes.keep(Sort::Decision, &stream, "an answer that is shown while it arrives", why);
        }
        let result = call.text_of("result_variable").and_then(|name| scope.results.get(name)).cloned();
        Some(ThenDoc::Call(CallThenDoc { call: CallDoc { extension, operation, with, result } }))
    }

    /// The name of the system that is called.
    fn extension(&self, call: &Node<'a>) -> String {
        let internal = call.get("internal");
        let id = |key: &str| internal.as_ref().and_then(|internal| internal.text_of(key));
        let (item, spec) = (id("catalog_item_id"), id("spec_hash_id"));
        let identity = item.or(spec).unwrap_or_default().to_owned();
        let mut extensions = self.extensions.borrow_mut();
        let next = format!("extension_{}", extensions.names.len() + 1);
        let name = extensions.names.entry(identity).or_insert(next).clone();
        let description = match (item, spec) {
            (None, None) => None,
            (Some(item), None) => Some(format!("Catalog item {item}.")),
            (None, Some(spec)) => Some(format!("API document {spec}.")),
            (Some(item), Some(spec)) => Some(format!("Catalog item {item}, API document {spec}.")),
        };
        let known = extensions.found.entry(name.clone()).or_default();
        let one = known.description.get_or_insert_with(|| description.clone().unwrap_or_default());
        if let Some(other) = description.filter(|other| !one.contains(other.as_str())) {
            one.push(' ');
            one.push_str(&other);
        }
        known.description.take_if(|description| description.is_empty());
        name
    }

    /// The name of an operation: its method and the words of its path.
    fn operation(&self, extension: &str, method: MethodDoc, path: &str) -> String {
        let mut extensions = self.extensions.borrow_mut();
        let operations = &mut extensions.found.entry(extension.to_owned()).or_default().operations;
        let same = operations.iter().find(|(_, known)| known.method == method && known.path == path);
        if let Some((name, _)) = same {
            return name.clone();
        }
        let words = path.split('/').filter(|part| !part.contains('{')).collect::<Vec<_>>().join(" ");
        let words = words.trim().trim_end_matches(".json");
        let name = name::slug(&format!("{method:?} {words}")).unwrap_or_else(|| "call".to_owned());
        let name = name::unique(name, &mut operations.keys().cloned().collect());
        let required = |name: &str| (name.to_owned(), ParameterDoc { place: PlaceDoc::Path, required: true });
        let parameters =
            path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| required(name));
        let operation = OperationDoc { method, path: path.to_owned(), parameters: parameters.collect() };
        operations.insert(name.clone(), operation);
        name
    }

    fn parameters(
        &self,
        call: &Node<'a>,
        extension: &str,
        operation: &str,
        scope: &Scope,
    ) -> IndexMap<String, OperandDoc> {
        let mut with = IndexMap::new();
        let Some(mapping) = call.get("request_mapping") else { return with };
        for (key, place) in PLACES {
            for parameter in mapping.items_of(key) {
                let value = parameter.get("value").map(|value| self.operand(&value, scope));
                let name = parameter.peek_text("parameter").filter(|name| !name.is_empty());
                match (name, value) {
                    (Some(name), Some(Ok(value))) if self.declare(extension, operation, name, *place) => {
                        parameter.text_of("parameter");
                        with.insert(name.to_owned(), value);
                    }
                    (_, Some(Err(obstacle))) => {
                        self.notes.keep(obstacle.sort, &parameter, "a parameter of a call", obstacle.why);
                    }
                    _ => {
                        let why = "it has no name of its own: give it one in `extensions`";
                        self.notes.keep(Sort::Decision, &parameter, "a parameter of a call", why);
                    }
                }
            }
        }
        with
    }

    /// Declares a parameter. `false` when another one, which goes elsewhere, has that name.
    fn declare(&self, extension: &str, operation: &str, name: &str, place: PlaceDoc) -> bool {
        let mut extensions = self.extensions.borrow_mut();
        let operation =
            extensions.found.get_mut(extension).and_then(|found| found.operations.get_mut(operation));
        let Some(operation) = operation else { return false };
        let required = place == PlaceDoc::Path;
        operation.parameters.entry(name.to_owned()).or_insert(ParameterDoc { place, required }).place == place
    }
}
