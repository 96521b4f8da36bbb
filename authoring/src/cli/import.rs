//! `passerelle import`: makes an assistant of one that was written elsewhere.

use super::save::{check_free, save};
use super::source::Source;
use crate::import::{Imported, Report, watsonx};
use crate::tree::Notation;
use crate::write;
use anyhow::{Result, anyhow};
use clap::{Args, Subcommand, ValueEnum};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Makes an assistant of one that was written elsewhere, and reports what was carried over and what was not.
#[derive(Clone, Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    from: From,
}

#[derive(Clone, Debug, Subcommand)]
enum From {
    /// The actions of watsonx Assistant, as they are exported: a JSON file.
    Watsonx(Files),
}

#[derive(Clone, Debug, Args)]
struct Files {
    /// The export; `-` is standard input.
    file: PathBuf,
    /// Where the assistant is written.
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// How it is written; as the name of the file says when absent.
    #[arg(long, value_enum)]
    format: Option<Written>,
    /// Also writes the report here: as JSON when the name ends in `.json`, otherwise as it is printed.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Also prints what was left to the defaults and what was left out; the report in a file always has it.
    #[arg(long)]
    details: bool,
    /// Writes over files that are there.
    #[arg(long)]
    force: bool,
}

/// How an assistant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    Yaml,
    Json,
}

impl Import {
    /// Imports the file and prints the report. `Ok(true)` always: what needs a decision is no mistake of the import.
    pub fn run(&self, stdin: &mut dyn Read, out: &mut dyn Write) -> Result<bool> {
        let From::Watsonx(files) = &self.from;
        files.check_free()?;
        let source = Source::read(&files.file, stdin)?;
        let imported = watsonx::import(&source.text).map_err(|error| {
            let place = error.place.map(|(line, column)| format!("{line}:{column}:")).unwrap_or_default();
            anyhow!("{}:{place} {}; {}", source.name, error.problem, error.remedy)
        })?;
        files.write(&imported)?;
        out.write_all(imported.report.text(files.details).as_bytes())?;
        Ok(true)
    }
}

impl Files {
    /// Nothing is written over by accident, and nothing is read for nothing.
    fn check_free(&self) -> Result<()> {
        let mut paths = [Some(&self.out), self.report.as_ref()].into_iter().flatten();
        paths.try_for_each(|path| check_free(path, self.force))
    }

    fn write(&self, Imported { document, report }: &Imported) -> Result<()> {
        let text = match self.format.unwrap_or_else(|| written(&self.out)) {
            Written::Yaml => write::to_yaml(document),
            Written::Json => write::to_json(document),
        };
        save(&self.out, &text)?;
        self.report.as_ref().map_or(Ok(()), |path| save(path, &report_text(path, report)?))
    }
}

fn written(path: &Path) -> Written {
    match Notation::of(&path.to_string_lossy()) {
        Notation::Json => Written::Json,
        Notation::Yaml => Written::Yaml,
    }
}

fn report_text(path: &Path, report: &Report) -> Result<String> {
    Ok(match written(path) {
        Written::Json if path.extension().is_some_and(|end| end == "json") => {
            serde_json::to_string_pretty(report)?
        }
        Written::Json | Written::Yaml => report.to_string(),
    })
}
