//! Mistakes as SARIF 2.1.0.

use super::check::Looked;
use super::source::Source;
use crate::{Mistake, Severity};
use serde_json::{Value, json};

/// A report with one run.
pub fn report(all: &[Looked]) -> Value {
    let results: Vec<Value> = all
        .iter()
        .flat_map(|looked| looked.mistakes.iter().map(|mistake| result(&looked.source, mistake)))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "passerelle check", "version": env!("CARGO_PKG_VERSION") } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(source: &Source, mistake: &Mistake) -> Value {
    let level = match mistake.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    json!({
        "ruleId": mistake.code,
        "level": level,
        "message": { "text": format!("{}; {}", mistake.problem, mistake.remedy) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": source.name.replace('\\', "/") },
                "region": { "startLine": mistake.line, "startColumn": mistake.column },
            },
        }],
    })
}
