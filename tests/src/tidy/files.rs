//! How files look: short, opened with what they are for, migrations in pairs.

use super::{Finding, SourceFile, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of one file, its tests not counted.
const LINES_MAX: usize = 500;

/// Where the two databases' migrations lie.
const MIGRATIONS: [&str; 2] = ["bridge/migrations/sqlite/", "bridge/migrations/postgres/"];

/// Files too long to be read in one sitting.
pub fn too_long(tree: &Tree) -> Vec<Finding> {
    tree.with_extension(&["rs", "js"]).filter_map(too_long_in).collect()
}

/// Modules that do not open with what they are for.
pub fn unopened(tree: &Tree) -> Vec<Finding> {
    tree.with_extension(&["rs"]).filter_map(unopened_in).collect()
}

/// Migrations that one database has and the other lacks, or whose numbers are not 1, 2, 3 …
pub fn unpaired_migrations(tree: &Tree) -> Vec<Finding> {
    unpaired(&tree.paths)
}

fn too_long_in(file: &SourceFile) -> Option<Finding> {
    let code = file.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
    let what = format!("{code} lines without tests; {LINES_MAX} are the most: split it");
    (code > LINES_MAX).then(|| Finding::at(&file.path, LINES_MAX + 1, what))
}

fn unopened_in(file: &SourceFile) -> Option<Finding> {
    let opening = file.text.lines().next().unwrap_or_default();
    let says = opening.strip_prefix("//! ").is_some_and(|text| text.contains(char::is_alphabetic));
    let what = "a module opens with `//!` and a sentence saying what it is for";
    (!says).then(|| Finding::at(&file.path, 1, what))
}

fn unpaired(paths: &[String]) -> Vec<Finding> {
    let [sqlite, postgres] = MIGRATIONS.map(|folder| {
        let names = paths.iter().filter_map(|path| path.strip_prefix(folder));
        names.filter(|name| name.ends_with(".sql")).map(str::to_owned).collect::<BTreeSet<String>>()
    });
    if sqlite.is_empty() && postgres.is_empty() {
        return vec![Finding::at(MIGRATIONS[0], 1, "there are no migrations here: correct `MIGRATIONS`")];
    }
    let alone = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>, folder: &str, other: &str| {
        let what = format!("there is no file of this number and name in {other}");
        ours.difference(theirs)
            .map(|name| Finding::at(&format!("{folder}{name}"), 1, what.clone()))
            .collect::<Vec<_>>()
    };
    let mut found = alone(&sqlite, &postgres, MIGRATIONS[0], MIGRATIONS[1]);
    found.extend(alone(&postgres, &sqlite, MIGRATIONS[1], MIGRATIONS[0]));
    found.extend(misnumbered(&sqlite));
    found
}

fn misnumbered(names: &BTreeSet<String>) -> Vec<Finding> {
    let mut by_number: BTreeMap<Option<usize>, &String> = BTreeMap::new();
    let mut found = Vec::new();
    for (expected, name) in (1..).zip(names) {
        let number = name.split('_').next().and_then(|number| number.parse().ok());
        if number != Some(expected) || by_number.insert(number, name).is_some() {
            let what = format!("migrations are numbered 1, 2, 3 …; this one should be number {expected}");
            found.push(Finding::at(&format!("{}{name}", MIGRATIONS[0]), 1, what));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_found_and_its_tests_are_not_counted() {
        let long = "line\n".repeat(LINES_MAX + 1);
        assert!(too_long_in(&SourceFile::new("a.rs", &long)).is_some());
        let tested = format!("{}#[cfg(test)]\n{long}", "line\n".repeat(LINES_MAX));
        assert_eq!(too_long_in(&SourceFile::new("a.rs", &tested)), None);
    }

    #[test]
    fn a_module_that_says_nothing_is_found() {
        for text in
            ["", "//! .\n", "use std::fmt;\n//! Comes too late, though.\n", "// An ordinary comment here."]
        {
            assert!(unopened_in(&SourceFile::new("a.rs", text)).is_some(), "{text:?}");
        }
        assert_eq!(unopened_in(&SourceFile::new("a.rs", "//! What travels here.\n")), None);
    }

    #[test]
    fn a_migration_without_its_pair_or_out_of_number_is_found() {
        let files =
            |names: &[&str]| names.iter().map(|name| format!("bridge/migrations/{name}")).collect::<Vec<_>>();
        assert_eq!(unpaired(&files(&["sqlite/0001_a.sql", "postgres/0001_a.sql", "README.md"])), []);
        assert_eq!(unpaired(&[]).len(), 1);
        let renamed = unpaired(&files(&["sqlite/0001_a.sql", "postgres/0001_b.sql"]));
        assert_eq!(renamed.len(), 2, "{renamed:?}");
        let gap = unpaired(&files(&["sqlite/0002_a.sql", "postgres/0002_a.sql"]));
        assert!(gap[0].what.contains("should be number 1"), "{gap:?}");
    }
}
