//! Rules of the tree: what `ARCHITECTURE.md` promises, checked by reading the files that git keeps.
//!
//! Every rule takes files and gives back [`Finding`]s; each has a test beside it that shows it finding something, so
//! that a rule which has gone blind is noticed.

pub mod arrows;
pub mod files;
pub mod paths;
pub mod words;

use anyhow::{Context, Result, ensure};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One place where a rule is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// File, from the top of the tree.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl Finding {
    /// A finding at a line.
    pub fn at(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// A text file of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// From the top of the tree, with `/`.
    pub path: String,
    /// What is in it.
    pub text: String,
}

impl SourceFile {
    /// A file with these lines, as tests of the rules make them up.
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether the name ends in one of these extensions.
    pub fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// Lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

/// What git keeps or would keep: files that are tracked, or new and not ignored.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its top folder.
    pub root: PathBuf,
    /// Every file's path from there, text or not.
    pub paths: Vec<String>,
    /// The text files.
    pub files: Vec<SourceFile>,
}

impl Tree {
    /// Reads the checkout this test was built from.
    pub fn read() -> Result<Self> {
        let root = crate::root();
        let paths = listed(&root)?;
        let read = |path: &String| {
            let text = String::from_utf8(std::fs::read(root.join(path)).ok()?).ok()?;
            Some(SourceFile { path: path.clone(), text })
        };
        let files = paths.iter().filter_map(read).collect();
        Ok(Self { root, paths, files })
    }

    /// The text file of that path.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Text files with one of these extensions.
    pub fn with_extension<'a>(&'a self, extensions: &'a [&str]) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |file| file.is(extensions))
    }
}

fn listed(root: &Path) -> Result<Vec<String>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("git lists the files that the rules are checked on; install git")?;
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "git could not list the files of {}: {complaint}", root.display());
    let names = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
    let there = |path: &&str| !path.is_empty() && root.join(path).is_file();
    Ok(names.split('\0').filter(there).map(str::to_owned).collect())
}
