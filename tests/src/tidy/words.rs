//! Words that do not belong where they stand.
//!
//! This file is read by its own rules, so the forbidden words are written here in two halves.

use super::{Finding, SourceFile, Tree};

/// A word, or words on one line, with where they may stand and what to write instead.
struct Ban {
    /// All of these on one line, exactly so.
    words: &'static [&'static str],
    /// Files with these extensions are read; none stands for all.
    extensions: &'static [&'static str],
    /// Files whose path begins with one of these are read.
    inside: &'static [&'static str],
    /// Files whose path begins with one of these are not.
    except: &'static [&'static str],
    /// What would be right.
    instead: &'static str,
}

const RUST: &[&str] = &["rs"];
const CODE: &[&str] = &["rs", "js", "html"];
const ANY: &[&str] = &[];
const STORE: &[&str] = &["bridge/src/store/", "bridge/migrations/"];
const PURE: &[&str] = &["protocol/src/", "assistant/src/", "switchboard/src/"];
const DECIDERS_CALLERS: &[&str] = &[
    "bridge/src/socket/",
    "bridge/src/http/",
    "bridge/src/performer.rs",
    "bridge/src/runtime.rs",
    "bridge/src/runtime/",
];

const NO_ALLOW: &str = "silence a lint with `expect` and its reason";
const NO_SQL: &str = "SQL stays in bridge/src/store/";
const NO_HTML: &str = "text is never put into a page as HTML: make elements";
const NO_STUB: &str = "unfinished work is not kept";
const NO_CLOCK: &str = "this crate decides: time, chance and the world arrive as arguments";
const NO_COMMAND: &str = "commands are built in bridge/src/socket/, bridge/src/http/, bridge/src/performer.rs and bridge/src/runtime.rs";
const NO_MACHINE: &str = "this names one machine: paths in the tree are relative to it";

const BANS: &[Ban] = &[
    ban(&[concat!("#[", "allow(")], RUST, NO_ALLOW),
    ban(&[concat!("#![", "allow(")], RUST, NO_ALLOW),
    ban(&[concat!("SEL", "ECT "), concat!("FR", "OM ")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("INSERT ", "INTO ")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("DELETE ", "FROM ")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("UPD", "ATE "), concat!(" S", "ET ")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("CREATE ", "TABLE")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("ALTER ", "TABLE")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("sqlx::", "query")], RUST, NO_SQL).except(STORE),
    ban(&[concat!("inner_", "html")], CODE, NO_HTML),
    ban(&[concat!("inner", "HTML")], CODE, NO_HTML),
    ban(&[concat!("outer", "HTML")], CODE, NO_HTML),
    ban(&[concat!("insertAdjacent", "HTML")], CODE, NO_HTML),
    ban(&[concat!("from_html_", "unchecked")], CODE, NO_HTML),
    ban(&[concat!("document.", "write(")], CODE, NO_HTML),
    ban(&[concat!("to", "do!(")], RUST, NO_STUB),
    ban(&[concat!("unimple", "mented!(")], RUST, NO_STUB),
    ban(&[concat!("db", "g!(")], RUST, NO_STUB),
    ban(&["std::time::"], RUST, NO_CLOCK).inside(PURE),
    ban(&["std::fs"], RUST, NO_CLOCK).inside(PURE),
    ban(&["std::net"], RUST, NO_CLOCK).inside(PURE),
    ban(&["std::env"], RUST, NO_CLOCK).inside(PURE),
    ban(&["std::process"], RUST, NO_CLOCK).inside(PURE),
    ban(&["std::thread"], RUST, NO_CLOCK).inside(PURE),
    ban(&["new_v4("], RUST, NO_CLOCK).inside(PURE),
    ban(&["now_v7("], RUST, NO_CLOCK).inside(PURE),
    ban(&["Command::Visitor"], RUST, NO_COMMAND).inside(&["bridge/src/"]).except(DECIDERS_CALLERS),
    ban(&["Command::Agent"], RUST, NO_COMMAND).inside(&["bridge/src/"]).except(DECIDERS_CALLERS),
    ban(&["Command::TimePasses"], RUST, NO_COMMAND).inside(&["bridge/src/"]).except(DECIDERS_CALLERS),
    ban(&[concat!("/wo", "rk/")], ANY, NO_MACHINE),
    ban(&[concat!("/ro", "ot/")], ANY, NO_MACHINE),
    ban(&[concat!("/ho", "me/")], ANY, NO_MACHINE),
    ban(&[concat!("/Use", "rs/")], ANY, NO_MACHINE),
    ban(&[concat!("C:", "\\")], ANY, NO_MACHINE),
];

/// Everything that is written where it must not be.
pub fn misplaced(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().flat_map(misplaced_in).collect()
}

/// Packages that come from anywhere but the public registry or this tree, and settings that would make them.
pub fn foreign_sources(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().flat_map(foreign_sources_in).collect()
}

const fn ban(
    words: &'static [&'static str],
    extensions: &'static [&'static str],
    instead: &'static str,
) -> Ban {
    Ban { words, extensions, inside: &[""], except: &[], instead }
}

impl Ban {
    const fn inside(self, inside: &'static [&'static str]) -> Self {
        Self { inside, ..self }
    }

    const fn except(self, except: &'static [&'static str]) -> Self {
        Self { except, ..self }
    }

    fn covers(&self, file: &SourceFile) -> bool {
        let under = |folders: &[&str]| folders.iter().any(|folder| file.path.starts_with(folder));
        let read = self.extensions.is_empty() || file.is(self.extensions);
        read && under(self.inside) && !under(self.except)
    }
}

fn misplaced_in(file: &SourceFile) -> Vec<Finding> {
    let bans: Vec<&Ban> = BANS.iter().filter(|ban| ban.covers(file)).collect();
    let broken =
        |text: &str| bans.iter().find(|ban| ban.words.iter().all(|word| text.contains(word))).copied();
    file.lines()
        .filter_map(|(line, text)| Some((line, broken(text)?)))
        .map(|(line, ban)| {
            Finding::at(&file.path, line, format!("`{}` stands here: {}", ban.words.join("…"), ban.instead))
        })
        .collect()
}

fn foreign_sources_in(file: &SourceFile) -> Vec<Finding> {
    const PUBLIC: &str = "registry+https://github.com/rust-lang/crates.io-index";
    let foreign = |text: &str| match file.path.rsplit('/').next().unwrap_or_default() {
        "Cargo.lock" => text.strip_prefix("source = ").is_some_and(|source| !source.contains(PUBLIC)),
        "Cargo.toml" => text.contains("git = \"") || text.contains("registry = \""),
        "config.toml" => text.starts_with("[source.") || text.starts_with("[registries."),
        ".npmrc" | ".yarnrc.yml" | "pip.conf" => !text.trim().is_empty(),
        "package-lock.json" => {
            text.contains("\"resolved\": \"") && !text.contains("\"https://registry.npmjs.org/")
        }
        _ => false,
    };
    let what = "packages come from the public registry: take this line out";
    file.lines()
        .filter(|(_, text)| foreign(text))
        .map(|(line, _)| Finding::at(&file.path, line, what))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ban_finds_its_own_words() {
        for ban in BANS {
            let path = format!("{}x.{}", ban.inside[0], ban.extensions.first().unwrap_or(&"txt"));
            let file = SourceFile::new(&path, &format!("fine\n{}\n", ban.words.join("a ")));
            let found = misplaced_in(&file);
            assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [2], "{:?}", ban.words);
        }
    }

    #[test]
    fn words_are_fine_where_they_belong() {
        let sql = format!("let all = \"{}\";", BANS[3].words[0]);
        assert_eq!(misplaced_in(&SourceFile::new("bridge/src/store/sqlite.rs", &sql)), []);
        assert_eq!(misplaced_in(&SourceFile::new("bridge/src/http/mod.rs", &sql)).len(), 1);
        let command = "board.ask(Command::VisitorEnds { visitor, request })";
        assert_eq!(misplaced_in(&SourceFile::new("bridge/src/runtime.rs", command)), []);
        assert_eq!(misplaced_in(&SourceFile::new("bridge/src/keys/mod.rs", command)).len(), 1);
        assert_eq!(misplaced_in(&SourceFile::new("switchboard/tests/rules/main.rs", command)), []);
        let clock = "let now = std::time::Instant::now();";
        assert_eq!(misplaced_in(&SourceFile::new("bridge/src/clock.rs", clock)), []);
        assert_eq!(misplaced_in(&SourceFile::new("switchboard/src/decide.rs", clock)).len(), 1);
    }

    #[test]
    fn a_package_from_elsewhere_is_found() {
        for (path, line) in [
            ("Cargo.lock", "source = \"registry+https://mirror.example/index\""),
            ("widget/Cargo.toml", "yew = { git = \"https://example.com/yew\" }"),
            (".cargo/config.toml", "[source.crates-io]"),
            (".npmrc", "registry=https://mirror.example/"),
            ("package-lock.json", "\"resolved\": \"https://mirror.example/x.tgz\","),
        ] {
            assert_eq!(foreign_sources_in(&SourceFile::new(path, line)).len(), 1, "{path}");
        }
        let ours = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        assert_eq!(foreign_sources_in(&SourceFile::new("Cargo.lock", ours)), []);
    }
}
