//! Every kind of mistake stands in `docs/mistakes.md`, and nothing stands there that is not told.

use regex_lite::Regex;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_code_is_documented() {
    let page = include_str!("../../docs/mistakes.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|line| line.split('|').nth(1));
    let documented: BTreeSet<String> = find(r"`([a-z-]+)`", &cells.collect::<String>());
    let mut told = BTreeSet::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut told);
    assert!(told.len() > 60, "only {} codes were found in the sources", told.len());
    assert_eq!(documented, told);
}

/// The codes in all sources of a folder.
fn sources(folder: &Path, told: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources are there") {
        let path = entry.expect("the sources can be listed").path();
        if path.is_dir() && !path.ends_with("import") {
            sources(&path, told);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            let source = std::fs::read_to_string(&path).expect("a source can be read");
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            told.extend(find(r#"\.(?:error|warning)\(\s*"([a-z-]+)""#, code));
            told.extend(find(r#"\.(?:error_at|error)\(\s*[a-z.&]+,\s*"([a-z-]+)""#, code));
            told.extend(find(r#"code: "([a-z-]+)""#, code));
        }
    }
}

fn find(pattern: &str, text: &str) -> BTreeSet<String> {
    Regex::new(pattern)
        .expect("the pattern is right")
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect()
}
