//! Which crate may use which, and what the deciding crates may use at all.

use super::Finding;
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::path::Path;
use std::process::Command;

/// `ARCHITECTURE.md`, "Arrows": each crate and what it points at. Only the crate of all tests points at everything.
const ARROWS: &[(&str, &[&str])] = &[
    ("protocol", &[]),
    ("assistant", &["protocol"]),
    ("authoring", &["protocol", "assistant", "switchboard"]),
    ("switchboard", &["protocol"]),
    ("widget", &["protocol", "assistant"]),
    ("console", &["protocol"]),
    ("bridge", &["protocol", "assistant", "authoring", "switchboard"]),
    ("acceptance", &["protocol", "assistant", "authoring", "switchboard", "widget", "console", "bridge"]),
    ("xtask", &[]),
];

/// Everything the crates without input and output are built from. A line more is a design change.
const PURE: &[(&str, &[&str])] = &[
    ("protocol", &["schemars", "serde", "uuid"]),
    ("assistant", &["protocol", "jiff", "postcard", "regex-lite", "serde"]),
    ("switchboard", &["jiff", "protocol", "serde", "thiserror"]),
];

/// A crate of the workspace, as its manifest describes it.
#[derive(Clone, Debug, Deserialize)]
pub struct Manifest {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Clone, Debug, Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
    path: Option<String>,
}

/// Reads every manifest of the workspace.
pub fn manifests(root: &Path) -> Result<Vec<Manifest>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Manifest>,
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .context("cargo reads the manifests")?;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "cargo could not read the manifests: {complaint}");
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("cargo's metadata")?;
    Ok(metadata.packages)
}

/// Arrows between crates that the map does not draw; dependencies of tests draw arrows too.
pub fn undrawn(manifests: &[Manifest]) -> Vec<Finding> {
    manifests.iter().flat_map(undrawn_from).collect()
}

fn undrawn_from(manifest: &Manifest) -> Vec<Finding> {
    let Some((_, drawn)) = ARROWS.iter().find(|(name, _)| *name == manifest.name) else {
        return vec![
            manifest.finding("is not in the map: add it to `ARCHITECTURE.md` and to `ARROWS`".into()),
        ];
    };
    let ours = manifest.dependencies.iter().filter(|dependency| dependency.path.is_some());
    ours.filter(|dependency| !drawn.contains(&dependency.name.as_str()))
        .map(|dependency| {
            manifest.finding(format!("must not use `{}`; it may use {drawn:?}", dependency.name))
        })
        .collect()
}

/// Dependencies of the deciding crates that are not on their lists, and listed ones that are gone.
pub fn impure(manifests: &[Manifest]) -> Vec<Finding> {
    PURE.iter().flat_map(|(name, allowed)| impure_in(manifests, name, allowed)).collect()
}

fn impure_in(manifests: &[Manifest], name: &str, allowed: &[&str]) -> Vec<Finding> {
    let Some(manifest) = manifests.iter().find(|manifest| manifest.name == name) else {
        return vec![Finding::at("Cargo.toml", 1, format!("crate `{name}` is gone: correct `PURE`"))];
    };
    let used: Vec<&str> =
        manifest.dependencies.iter().filter(|d| d.kind.is_none()).map(|d| &*d.name).collect();
    let added = used.iter().filter(|used| !allowed.contains(used)).map(|added| {
        format!(
            "uses `{added}`: this crate decides, and has nothing to do input and output with but {allowed:?}"
        )
    });
    let gone = allowed.iter().filter(|allowed| !used.contains(allowed));
    let gone = gone.map(|gone| format!("no longer uses `{gone}`: take it off `PURE`"));
    added.chain(gone).map(|what| manifest.finding(what)).collect()
}

impl Manifest {
    fn finding(&self, what: String) -> Finding {
        let folder = if self.name == "acceptance" { "tests" } else { &self.name };
        Finding::at(&format!("{folder}/Cargo.toml"), 1, format!("`{}` {what}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_that_is_not_drawn_is_found_in_tests_too() {
        let switchboard = manifest("switchboard", &[("assistant", None)]);
        let console = manifest("console", &[("widget", Some("dev"))]);
        let found = undrawn(&[switchboard, console]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(
            found[0].to_string().starts_with("switchboard/Cargo.toml:1: `switchboard` must not use"),
            "{found:?}"
        );
    }

    #[test]
    fn a_crate_without_a_place_in_the_map_is_found() {
        assert_eq!(undrawn(&[manifest("utilities", &[])]).len(), 1);
    }

    #[test]
    fn a_drawn_arrow_is_fine() {
        assert_eq!(undrawn(&[manifest("widget", &[("protocol", None), ("assistant", None)])]), []);
    }

    #[test]
    fn a_deciding_crate_with_something_to_do_input_and_output_is_found() {
        let mut crates = vec![
            manifest("protocol", &[("schemars", None), ("serde", None), ("uuid", None)]),
            manifest(
                "assistant",
                &[
                    ("protocol", None),
                    ("jiff", None),
                    ("postcard", None),
                    ("regex-lite", None),
                    ("serde", None),
                ],
            ),
            manifest(
                "switchboard",
                &[
                    ("jiff", None),
                    ("protocol", None),
                    ("serde", None),
                    ("thiserror", None),
                    ("proptest", Some("dev")),
                ],
            ),
        ];
        assert_eq!(impure(&crates), []);
        crates[2] =
            manifest("switchboard", &[("jiff", None), ("protocol", None), ("serde", None), ("tokio", None)]);
        assert!(impure(&crates)[0].what.contains("`tokio`"));
        crates[2] = manifest("switchboard", &[("jiff", None), ("protocol", None), ("serde", None)]);
        assert!(impure(&crates)[0].what.contains("no longer uses `thiserror`"));
    }

    /// A crate with these dependencies, each in our own tree, and their kinds.
    fn manifest(name: &str, dependencies: &[(&str, Option<&str>)]) -> Manifest {
        let dependency = |(name, kind): &(&str, Option<&str>)| Dependency {
            name: (*name).to_owned(),
            kind: kind.map(str::to_owned),
            path: Some(format!("../{name}")),
        };
        Manifest { name: name.to_owned(), dependencies: dependencies.iter().map(dependency).collect() }
    }
}
