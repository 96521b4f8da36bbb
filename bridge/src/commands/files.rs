//! The commands that work on authors' files alone; `authoring::cli` has what they do. Here they get the terminal, and the
//! workspace they are to be checked against.

use authoring::cli::{Check, Convert, Explore, Import, Schema, Test, Translate, WorkflowCommand};
use authoring::{World, workflow};
use bridge::config::Workspace;
use std::io::{IsTerminal, stdin, stdout};

/// `passerelle check`.
pub fn check(command: &Check) -> anyhow::Result<bool> {
    let workspace = command.workspace().map(Workspace::without_assistants).transpose()?;
    let world = workspace.as_ref().map_or_else(World::default, Workspace::world);
    let known = workspace.as_ref().map_or_else(workflow::Workspace::default, Workspace::workflow_world);
    command.run(&world, &known, &mut stdin(), &mut stdout(), colours())
}

/// `passerelle test`.
pub fn test(command: &Test) -> anyhow::Result<bool> {
    command.run(&mut stdout(), colours())
}

/// `passerelle explore`.
pub fn explore(command: &Explore) -> anyhow::Result<bool> {
    command.run(&mut stdout())
}

/// `passerelle import`.
pub fn import(command: &Import) -> anyhow::Result<bool> {
    command.run(&mut stdin(), &mut stdout())
}

/// `passerelle convert`.
pub fn convert(command: &Convert) -> anyhow::Result<bool> {
    command.run(&mut stdin(), &mut stdout())
}

/// `passerelle translate`.
pub fn translate(command: &Translate) -> anyhow::Result<bool> {
    command.run(&mut stdin(), &mut stdout())
}

/// `passerelle schema`.
pub fn schema(command: &Schema) -> anyhow::Result<bool> {
    command.run(&mut stdout())
}

/// `passerelle workflow`, as far as it works on files.
pub fn workflow(command: &WorkflowCommand) -> anyhow::Result<bool> {
    command.run(&mut stdin(), &mut stdout(), colours())
}

fn colours() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
