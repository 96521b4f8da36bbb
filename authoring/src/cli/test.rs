//! `passerelle test`: plays conversation tests.

use crate::cases::{
    Case, Coverage, Format, NotATalk, Ran, Share, TalkFile, Verdict, Went, compare, human, junit, play, tap,
    unknown_names,
};
use crate::{Severity, World, check};
use assistant::Assistant;
use clap::{Args, ValueEnum};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How files of cases are called inside folders.
const EXTENSION: &str = "talk";

/// Plays conversation tests without a browser.
#[derive(Clone, Debug, Args)]
pub struct Test {
    /// The assistant's file, JSON or YAML.
    assistant: PathBuf,
    /// Files of cases; in folders, every `*.talk`.
    #[arg(required = true)]
    cases: Vec<PathBuf>,
    /// Only cases whose title has this in it.
    #[arg(long)]
    only: Option<String>,
    /// Which of the assistant's languages is tested, such as `fr`; its own when absent.
    #[arg(long)]
    language: Option<String>,
    /// Rewrites the cases that went another way, as they went, and says which.
    #[arg(long)]
    update: bool,
    /// What is printed.
    #[arg(long, value_enum, default_value_t = Printed::Human)]
    format: Printed,
    /// Also writes a JUnit report here.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Also prints which actions, steps and conditions the cases have been through.
    #[arg(long)]
    coverage: bool,
    /// Fails when fewer steps than this were visited, in percent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    coverage_min: Option<u8>,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Printed {
    Human,
    Tap,
}

impl From<Printed> for Format {
    fn from(printed: Printed) -> Self {
        match printed {
            Printed::Human => Self::Human,
            Printed::Tap => Self::Tap,
        }
    }
}

impl Test {
    /// Plays the cases. `Ok(true)` says that every one is written as it went; an error is a file that could not be used.
    pub fn run(&self, out: &mut dyn Write, colours: bool) -> anyhow::Result<bool> {
        let assistant = load(&self.assistant, self.language.as_deref())?;
        let mut coverage = Coverage::default();
        let mut ran = Vec::new();
        for path in files(&self.cases)? {
            ran.extend(self.file(&assistant, &path, &mut coverage)?);
        }
        match &self.only {
            Some(only) => anyhow::ensure!(!ran.is_empty(), "no case has `{only}` in its title"),
            None => {
                anyhow::ensure!(!ran.is_empty(), "there is no case to play: write one as `== What it shows`")
            }
        }
        match Format::from(self.format) {
            Format::Human => out.write_all(human(&ran, colours).as_bytes())?,
            Format::Tap => out.write_all(tap(&ran).as_bytes())?,
        }
        if let Some(path) = &self.junit {
            fs::write(path, junit(&ran)?).map_err(|error| cannot("write", path, &error))?;
        }
        let definition = assistant.definition();
        if self.coverage {
            print(out, "actions", &coverage.actions(definition))?;
            print(out, "steps", &coverage.steps(definition))?;
            print(out, "conditions", &coverage.conditions(definition))?;
        }
        let steps = coverage.steps(definition).percent();
        let least = usize::from(self.coverage_min.unwrap_or(0));
        if steps < least {
            writeln!(out, "{steps} % of the steps were visited, {least} % are wanted: see --coverage")?;
        }
        Ok(ran.iter().all(Ran::passed) && steps >= least)
    }

    fn file(&self, assistant: &Assistant, path: &Path, coverage: &mut Coverage) -> anyhow::Result<Vec<Ran>> {
        let name = path.display().to_string();
        let mut file = match read(path) {
            Ok(file) => file,
            Err(wrong) => {
                let case = Case {
                    title: "cannot be read".to_owned(),
                    line: wrong.first().map_or(1, |wrong| wrong.line),
                    items: Vec::new(),
                };
                return Ok(vec![Ran { file: name, case, went: Went::Wrong(wrong), took: Duration::ZERO }]);
            }
        };
        let mut ran = Vec::new();
        for case in &mut file.cases {
            if self.only.as_ref().is_some_and(|only| !case.title.contains(only.as_str())) {
                continue;
            }
            let begun = Instant::now();
            let went = self.case(assistant, case, coverage);
            let took = begun.elapsed();
            let written = case.clone();
            if let Went::Rewritten(actual) = &went {
                *case = actual.clone();
            }
            ran.push(Ran { file: name.clone(), case: written, went, took });
        }
        if ran.iter().any(|ran| matches!(ran.went, Went::Rewritten(_))) {
            fs::write(path, file.to_string()).map_err(|error| cannot("write", path, &error))?;
        }
        Ok(ran)
    }

    fn case(&self, assistant: &Assistant, case: &Case, coverage: &mut Coverage) -> Went {
        let unknown = unknown_names(assistant, case);
        if !unknown.is_empty() {
            return Went::Wrong(unknown);
        }
        let played = play(assistant, case);
        played.iter().filter_map(|played| played.trace.as_ref()).for_each(|trace| coverage.note(trace));
        let verdict = compare(case, &played);
        match verdict {
            Verdict { passed: true, .. } => Went::AsWritten,
            Verdict { refused, .. } if !refused.is_empty() => Went::Wrong(refused),
            Verdict { actual, .. } if self.update && goes(assistant, &actual) => Went::Rewritten(actual),
            Verdict { actual, .. } => Went::Otherwise(actual),
        }
    }
}

/// Reads a file of cases. One that cannot be read fails like a case: the others are played all the same.
fn read(path: &Path) -> Result<TalkFile, Vec<NotATalk>> {
    let text = fs::read_to_string(path).map_err(|error| {
        let remedy = "name a file or a folder that is there".to_owned();
        vec![NotATalk { line: 1, problem: format!("this file cannot be read: {error}"), remedy }]
    })?;
    TalkFile::parse(&text)
}

/// Whether a case goes as it will be read once it is written.
fn goes(assistant: &Assistant, case: &Case) -> bool {
    let read = TalkFile::parse(&case.to_string());
    let reads = |file: &TalkFile| matches!(file.cases.as_slice(), [read] if compare(read, &play(assistant, read)).passed);
    read.is_ok_and(|file| reads(&file))
}

/// Reads and checks an assistant's file; one with errors cannot be tried.
pub(super) fn load(path: &Path, language: Option<&str>) -> anyhow::Result<Assistant> {
    let text = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    let checked = check(&path.display().to_string(), &text, &World::default());
    if !checked.is_sound() {
        let errors = checked.mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
        let lines: Vec<String> = errors.map(|mistake| format!("{}:{mistake}", path.display())).collect();
        anyhow::bail!("{}", lines.join("\n"));
    }
    let spoken: Vec<String> = checked.definitions.iter().map(|(tag, _)| tag.clone()).collect();
    let wanted = |tag: &str| language.is_none_or(|wanted| wanted.eq_ignore_ascii_case(tag));
    let found = checked.definitions.into_iter().find(|(tag, _)| wanted(tag));
    let (_, definition) = found.ok_or_else(|| {
        anyhow::anyhow!("{} does not speak that language; it speaks {}", path.display(), spoken.join(", "))
    })?;
    Ok(Assistant::new(definition))
}

fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        match path.is_dir() {
            true => in_folder(path, &mut files)?,
            false => files.push(path.clone()),
        }
    }
    Ok(files)
}

fn in_folder(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| cannot("read", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => in_folder(&path, files)?,
            false if path.extension().is_some_and(|extension| extension == EXTENSION) => files.push(path),
            false => {}
        }
    }
    Ok(())
}

pub(super) fn print(out: &mut dyn Write, what: &str, share: &Share) -> io::Result<()> {
    writeln!(out, "{what}: {} of {} ({} %)", share.seen, share.of, share.percent())?;
    share.missing.iter().try_for_each(|missing| writeln!(out, "  not {missing}"))
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> anyhow::Error {
    anyhow::anyhow!("cannot {what} {}: {error}", path.display())
}
