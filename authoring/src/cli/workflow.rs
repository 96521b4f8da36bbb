//! `passerelle workflow`: tries workflows on recorded conversations, and hands out ready ones.

use super::excerpt::{Colours, excerpt};
use super::save::{check_free, save};
use super::source::Source;
use crate::workflow::templates::{TEMPLATES, template};
use crate::workflow::{Rehearsal, Workspace, check_text, read_recording, rehearse};
use crate::{Mistake, Severity};
use anyhow::{Result, anyhow, bail, ensure};
use clap::{Args, Subcommand};
use serde_json::json;
use std::io::{Read, Write};
use std::path::PathBuf;

/// See the module.
#[derive(Clone, Debug, Subcommand)]
pub enum WorkflowCommand {
    /// Run a workflow on recorded conversations, without a bridge and without waiting.
    Run(Run),
    /// List the ready workflows.
    Templates,
    /// Print a ready workflow, or write it to a file.
    Template(Copy),
}

/// Runs a workflow on recorded conversations.
#[derive(Clone, Debug, Args)]
pub struct Run {
    /// The workflow, JSON or YAML; `-` is standard input.
    file: PathBuf,
    /// Recorded conversations, JSON or YAML.
    #[arg(long, required = true, num_args = 1.., value_name = "CONVERSATION")]
    on: Vec<PathBuf>,
    /// Prints what happened as JSON.
    #[arg(long)]
    json: bool,
}

/// Hands out a ready workflow.
#[derive(Clone, Debug, Args)]
pub struct Copy {
    /// Which; `passerelle workflow templates` lists them.
    name: String,
    /// Where it is written; printed when absent.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes over a file that is there.
    #[arg(long, requires = "out")]
    force: bool,
}

impl WorkflowCommand {
    /// Does what is asked. `Ok(true)` says that everything went as the recordings expect.
    pub fn run(&self, stdin: &mut dyn Read, out: &mut dyn Write, colours: bool) -> Result<bool> {
        match self {
            Self::Run(run) => run.run(stdin, out, colours),
            Self::Templates => list(out),
            Self::Template(copy) => copy.run(out),
        }
    }
}

impl Run {
    fn run(&self, stdin: &mut dyn Read, out: &mut dyn Write, colours: bool) -> Result<bool> {
        let source = Source::read(&self.file, stdin)?;
        let checked = check_text(source.notation, &source.text, &Workspace::default());
        let Some(workflow) = checked.workflow else {
            show(&source, &checked.mistakes, out, colours)?;
            bail!("{} cannot run", source.name);
        };
        let mut all = Vec::new();
        for path in &self.on {
            let source = Source::read(path, stdin)?;
            let recording = match read_recording(source.notation, &source.text) {
                Ok(recording) => recording,
                Err(mistakes) => {
                    show(&source, &mistakes, out, colours)?;
                    bail!("{} cannot be played", source.name);
                }
            };
            let rehearsal = rehearse(&workflow, &recording).map_err(|mistakes| {
                let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
                anyhow!("{}: {}", source.name, mistakes.join("; "))
            })?;
            if !self.json {
                writeln!(out, "{rehearsal}")?;
            }
            all.push((source.name, rehearsal));
        }
        let failed = all.iter().filter(|(_, rehearsal)| !rehearsal.passed()).count();
        if self.json {
            let one =
                |(name, rehearsal): &(String, Rehearsal)| json!({ "name": name, "rehearsal": rehearsal });
            writeln!(out, "{:#}", json!({ "conversations": all.iter().map(one).collect::<Vec<_>>() }))?;
        } else {
            writeln!(out, "{} as expected, {failed} not", all.len() - failed)?;
        }
        Ok(failed == 0)
    }
}

impl Copy {
    fn run(&self, out: &mut dyn Write) -> Result<bool> {
        let names: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        let found = template(&self.name);
        ensure!(found.is_some(), "there is no template `{}`: there are {}", self.name, names.join(", "));
        let text = found.map_or("", |template| template.text);
        match &self.out {
            Some(path) => {
                check_free(path, self.force)?;
                save(path, text)?;
            }
            None => out.write_all(text.as_bytes())?,
        }
        Ok(true)
    }
}

fn list(out: &mut dyn Write) -> Result<bool> {
    let width = TEMPLATES.iter().map(|template| template.name.len()).max().unwrap_or_default();
    for template in TEMPLATES {
        let first = template.text.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
        writeln!(out, "{:width$}  {first}", template.name)?;
    }
    Ok(true)
}

/// Shows the errors of a file that cannot be used; warnings are `passerelle check`'s.
fn show(source: &Source, mistakes: &[Mistake], out: &mut dyn Write, colours: bool) -> Result<()> {
    let errors = mistakes.iter().filter(|mistake| mistake.severity == Severity::Error);
    for mistake in errors {
        writeln!(out, "{}", excerpt(source, mistake, Colours(colours)))?;
    }
    Ok(())
}
