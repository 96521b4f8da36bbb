//! Paths that the documents name exist.
//!
//! In `ARCHITECTURE.md` and `README.md` an inline code span is taken for a path when it is one word of letters,
//! digits and `. _ - /`, does not begin with `/` (that is an address of the bridge) or `./` (that is where the reader
//! stands), and has a `/` inside or ends in an extension of the tree. Links are checked in every document.

use super::{Finding, SourceFile, Tree};
use std::path::Path;

/// Documents whose code spans name paths.
const MAPS: &[&str] = &["ARCHITECTURE.md", "README.md"];

/// What files here end in.
const EXTENSIONS: &[&str] = &["rs", "md", "toml", "json", "js", "css", "html", "sql", "png", "svg", "lock"];

/// Folders that are made, not kept.
const MADE: &[&str] = &["target", "data", "dist"];

/// Paths named in the maps that do not exist.
pub fn named_but_absent(tree: &Tree) -> Vec<Finding> {
    let maps = MAPS.iter().filter_map(|name| tree.file(name));
    maps.flat_map(|map| absent_in(map, |path| exists(tree, path))).collect()
}

/// Links in Markdown files that lead nowhere in the tree.
pub fn dead_links(tree: &Tree) -> Vec<Finding> {
    tree.with_extension(&["md"]).flat_map(|file| dead_links_in(file, |path| exists(tree, path))).collect()
}

/// A kept file, or a folder that holds one.
fn exists(tree: &Tree, path: &str) -> bool {
    let folder = format!("{}/", path.trim_end_matches('/'));
    path.is_empty() || tree.paths.iter().any(|kept| kept == path || kept.starts_with(&folder))
}

fn absent_in(map: &SourceFile, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for (line, text) in prose(map) {
        let spans = text.split('`').skip(1).step_by(2);
        for path in spans.filter(|span| is_path(span) && !exists(span)) {
            found.push(Finding::at(&map.path, line, format!("`{path}` does not exist")));
        }
    }
    found
}

fn is_path(span: &str) -> bool {
    let spelled = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let ends = span.rsplit_once('.').is_some_and(|(_, extension)| EXTENSIONS.contains(&extension));
    let first = span.split('/').next().unwrap_or_default();
    span.chars().all(spelled)
        && (span.contains('/') || ends)
        && !span.starts_with('/')
        && !span.starts_with("./")
        && !MADE.contains(&first)
}

fn dead_links_in(file: &SourceFile, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let mut found = Vec::new();
    for (line, text) in prose(file) {
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            let elsewhere = target.contains("://") || target.starts_with("mailto:") || path.is_empty();
            if !elsewhere && !resolve(folder, path).is_some_and(|path| exists(&path)) {
                found.push(Finding::at(&file.path, line, format!("the link to `{target}` leads nowhere")));
            }
        }
    }
    found
}

/// The path from the top of the tree; `None` when it leads out of it.
fn resolve(folder: &Path, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.to_str()?.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// Lines outside fenced blocks.
fn prose(file: &SourceFile) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    file.lines().filter(move |(_, text)| {
        let fence = text.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_does_not_exist_is_found_with_its_line() {
        let map = SourceFile::new("ARCHITECTURE.md", "The\n`bridge/src/gone.rs` and `bridge/`.\n");
        let found = absent_in(&map, |path| path == "bridge/");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "ARCHITECTURE.md:2: `bridge/src/gone.rs` does not exist");
    }

    #[test]
    fn what_is_no_path_is_not_taken_for_one() {
        for path in ["docs/api.md", "Cargo.toml", "protocol/", "widget/src/chat/"] {
            assert!(is_path(path), "{path}");
        }
        let others =
            ["cargo xtask up", "/console", "https://example.com/x", "Content", "assistant::hear", "--port"];
        for other in
            others.into_iter().chain(["./data", "target/evidence/", "postgres://…", "{{site}}/x", "say"])
        {
            assert!(!is_path(other), "{other}");
        }
    }

    #[test]
    fn fenced_blocks_are_not_read() {
        let map = SourceFile::new("README.md", "```\n`gone/file.rs`\n```\n`other/gone.rs`\n");
        assert_eq!(absent_in(&map, |_| false).len(), 1);
    }

    #[test]
    fn a_dead_link_is_found_from_where_its_file_lies() {
        let page = SourceFile::new(
            "docs/page.md",
            "[a](api.md) [b](../README.md#top) [c](gone.md) [d](https://x.y/gone) [e](#here) [f](../../out.md)",
        );
        let found = dead_links_in(&page, |path| ["docs/api.md", "README.md"].contains(&path));
        let links: Vec<_> = found.iter().map(|finding| finding.what.as_str()).collect();
        assert_eq!(
            links,
            ["the link to `gone.md` leads nowhere", "the link to `../../out.md` leads nowhere"]
        );
    }
}
