//! `passerelle check`: says what is wrong with assistants, workflows and recorded conversations.

use super::excerpt::{Colours, excerpt};
use super::sarif;
use super::source::Source;
use crate::workflow::{self, FileKind, Workspace, read_recording};
use crate::{Checked, Mistake, Severity, World, check_text};
use anyhow::Result;
use assistant::definition::BUILT_IN_ACTIONS;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Says everything that is wrong with assistants and workflows: where, what, and what would be right.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// Assistants, workflows and recorded conversations, JSON or YAML; `-` is standard input. What a file holds is told
    /// by its keys; workflows are checked together.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The bridge's configuration; with it, queues, agents and extensions must exist.
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

/// A file and what was said about it.
pub struct Looked {
    /// The file.
    pub source: Source,
    /// Everything that is wrong with it.
    pub mistakes: Vec<Mistake>,
    /// What it holds, in some words; absent when that is not known.
    holds: Option<String>,
}

impl Check {
    /// The configuration that [`Check::run`] is to be given as a [`World`] and a [`Workspace`].
    pub fn workspace(&self) -> Option<&Path> {
        self.workspace.as_deref()
    }

    /// Checks the files. `Ok(true)` says that all of them can run.
    pub fn run(
        &self,
        world: &World,
        workspace: &Workspace,
        stdin: &mut dyn Read,
        out: &mut dyn Write,
        colours: bool,
    ) -> Result<bool> {
        let all = self.look(world, workspace, stdin);
        match self.format {
            Printed::Human => all.iter().try_for_each(|looked| human(looked, out, colours))?,
            Printed::Json => writeln!(out, "{:#}", as_json(&all))?,
            Printed::Sarif => writeln!(out, "{:#}", sarif::report(&all))?,
        }
        let passes = |looked: &Looked| {
            let is_sound = looked.mistakes.iter().all(|mistake| mistake.severity != Severity::Error);
            looked.mistakes.is_empty() || is_sound && !self.deny_warnings
        };
        Ok(all.iter().all(passes))
    }

    /// A file that cannot be read is a mistake like others: the rest is checked all the same.
    fn look(&self, world: &World, workspace: &Workspace, stdin: &mut dyn Read) -> Vec<Looked> {
        let read = |path: &PathBuf| match Source::read(path, stdin) {
            Ok(source) => (source, None),
            Err(error) => (Source::unread(path), Some(Checked::unread(format!("{error:#}")).mistakes)),
        };
        let sources: Vec<_> = self.files.iter().map(read).collect();
        let kind = |(source, unread): &(Source, Option<_>)| match unread {
            Some(_) => FileKind::Assistant,
            None => FileKind::of(source.notation, &source.text),
        };
        let kinds: Vec<FileKind> = sources.iter().map(kind).collect();
        let are_workflows = sources.iter().zip(&kinds).filter(|(_, kind)| **kind == FileKind::Workflow);
        let texts: Vec<_> =
            are_workflows.map(|((source, _), _)| (source.notation, source.text.as_str())).collect();
        let mut workflows = workflow::check_all(&texts, workspace).into_iter();
        let looked = |((source, unread), kind): ((Source, Option<Vec<Mistake>>), FileKind)| {
            let (mistakes, holds) = match (unread, kind) {
                (Some(mistakes), _) => (mistakes, None),
                (None, FileKind::Assistant) => of_assistant(check_text(source.notation, &source.text, world)),
                (None, FileKind::Workflow) => workflows.next().map(of_workflow).unwrap_or_default(),
                (None, FileKind::Recording) => match read_recording(source.notation, &source.text) {
                    Ok(recording) => {
                        let entries = counted(recording.timeline.len(), "entry", "entries");
                        (Vec::new(), Some(format!("a recorded conversation of {entries}")))
                    }
                    Err(mistakes) => (mistakes, None),
                },
            };
            Looked { source, mistakes, holds }
        };
        sources.into_iter().zip(kinds).map(looked).collect()
    }
}

fn of_assistant(checked: Checked) -> (Vec<Mistake>, Option<String>) {
    let holds = checked.definitions.first().map(|(_, definition)| {
        let tags: Vec<&str> = checked.definitions.iter().map(|(tag, _)| tag.as_str()).collect();
        let own = definition.actions.get(BUILT_IN_ACTIONS.len()..).unwrap_or_default();
        let steps = own.iter().map(|action| action.steps.len()).sum();
        let actions = counted(own.len(), "action", "actions");
        format!("{actions}, {}, {}", counted(steps, "step", "steps"), tags.join(", "))
    });
    (checked.mistakes, holds)
}

fn of_workflow(checked: workflow::Checked) -> (Vec<Mistake>, Option<String>) {
    let holds = checked.workflow.map(|workflow| {
        format!("the workflow `{}`, {}", workflow.id, counted(workflow.steps.len(), "step", "steps"))
    });
    (checked.mistakes, holds)
}

fn human(looked: &Looked, out: &mut dyn Write, colours: bool) -> Result<()> {
    let colours = Colours(colours);
    for mistake in &looked.mistakes {
        writeln!(out, "{}", excerpt(&looked.source, mistake, colours))?;
    }
    writeln!(out, "{}: {}", looked.source.name, summary(looked))?;
    Ok(())
}

fn summary(looked: &Looked) -> String {
    let (errors, warnings) = counts(&looked.mistakes);
    let (errors, warnings) =
        ((errors, counted(errors, "error", "errors")), (warnings, counted(warnings, "warning", "warnings")));
    let found = match (errors, warnings) {
        ((0, _), (0, _)) => "in order".to_owned(),
        ((0, _), (_, warnings)) => warnings,
        ((_, errors), (0, _)) => errors,
        ((_, errors), (_, warnings)) => format!("{errors}, {warnings}"),
    };
    match &looked.holds {
        Some(holds) => format!("{found}; {holds}"),
        None => found,
    }
}

fn as_json(all: &[Looked]) -> serde_json::Value {
    let file = |looked: &Looked| {
        let (errors, warnings) = counts(&looked.mistakes);
        let (name, mistakes) = (&looked.source.name, &looked.mistakes);
        json!({ "name": name, "errors": errors, "warnings": warnings, "mistakes": mistakes })
    };
    json!({ "files": all.iter().map(file).collect::<Vec<_>>() })
}

fn counts(mistakes: &[Mistake]) -> (usize, usize) {
    let errors = mistakes.iter().filter(|mistake| mistake.severity == Severity::Error).count();
    (errors, mistakes.len() - errors)
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
