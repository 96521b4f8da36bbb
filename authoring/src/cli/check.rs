//! `passerelle check`: says what is wrong with assistants.

use super::excerpt::{Colours, excerpt};
use super::sarif;
use super::source::Source;
use crate::{Checked, Mistake, Severity, World, check_text};
use anyhow::Result;
use assistant::definition::BUILT_IN_ACTIONS;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Says everything that is wrong with assistants: where, what, and what would be right.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Assistants, JSON or YAML; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The bridge's configuration; with it, queues and extensions must exist.
    #[arg(long, value_name = "CONFIG")]
    workspace: Option<PathBuf>,
    /// What is printed.
    #[arg(long, value_enum, default_value_t = Printed::Human)]
    format: Printed,
    /// Also fails when there are warnings.
    #[arg(long)]
    deny_warnings: bool,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// With the lines concerned.
    Human,
    /// One object.
    Json,
    /// SARIF 2.1, as code hosts show it beside the lines of a change.
    Sarif,
}

impl Check {
    /// The configuration that [`Check::run`] is to be given as a [`World`].
    pub fn workspace(&self) -> Option<&Path> {
        self.workspace.as_deref()
    }

    /// Checks the files. `Ok(true)` says that all of them can run.
    pub fn run(
        &self,
        world: &World,
        stdin: &mut dyn Read,
        out: &mut dyn Write,
        colours: bool,
    ) -> Result<bool> {
        let all: Vec<(Source, Checked)> = self.files.iter().map(|path| checked(path, world, stdin)).collect();
        match self.format {
            Printed::Human => {
                all.iter().try_for_each(|(source, checked)| human(source, checked, out, colours))?
            }
            Printed::Json => writeln!(out, "{:#}", as_json(&all))?,
            Printed::Sarif => writeln!(out, "{:#}", sarif::report(&all))?,
        }
        let passes =
            |checked: &Checked| checked.mistakes.is_empty() || checked.is_sound() && !self.deny_warnings;
        Ok(all.iter().all(|(_, checked)| passes(checked)))
    }
}

/// A file that cannot be read is a mistake like others: the rest is checked all the same.
fn checked(path: &Path, world: &World, stdin: &mut dyn Read) -> (Source, Checked) {
    match Source::read(path, stdin) {
        Ok(source) => {
            let checked = check_text(source.notation, &source.text, world);
            (source, checked)
        }
        Err(error) => (Source::unread(path), Checked::unread(format!("{error:#}"))),
    }
}

fn human(source: &Source, checked: &Checked, out: &mut dyn Write, colours: bool) -> Result<()> {
    let colours = Colours(colours);
    for mistake in &checked.mistakes {
        writeln!(out, "{}", excerpt(source, mistake, colours))?;
    }
    writeln!(out, "{}: {}", source.name, summary(checked))?;
    Ok(())
}

fn summary(checked: &Checked) -> String {
    let (errors, warnings) = counts(&checked.mistakes);
    let found = match (errors, warnings) {
        (0, 0) => "in order".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        (errors, warnings) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let Some((_, definition)) = checked.definitions.first() else { return found };
    let tags: Vec<&str> = checked.definitions.iter().map(|(tag, _)| tag.as_str()).collect();
    let own = definition.actions.get(BUILT_IN_ACTIONS.len()..).unwrap_or_default();
    let steps = own.iter().map(|action| action.steps.len()).sum();
    let actions = counted(own.len(), "action");
    format!("{found}; {actions}, {}, {}", counted(steps, "step"), tags.join(", "))
}

fn as_json(all: &[(Source, Checked)]) -> serde_json::Value {
    let file = |(source, checked): &(Source, Checked)| {
        let (errors, warnings) = counts(&checked.mistakes);
        json!({ "name": source.name, "errors": errors, "warnings": warnings, "mistakes": checked.mistakes })
    };
    json!({ "files": all.iter().map(file).collect::<Vec<_>>() })
}

fn counts(mistakes: &[Mistake]) -> (usize, usize) {
    let errors = mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).count();
    (errors, mistakes.len() - errors)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    }
}
