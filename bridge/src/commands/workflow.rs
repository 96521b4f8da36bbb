//! `passerelle workflow`: what works on files alone, and what a running bridge is asked.

use super::files;
use super::remote::{Bridge, report, text};
use anyhow::Context;
use authoring::cli::WorkflowCommand;
use authoring::tree::Notation;
use authoring::workflow::{Workspace, check_text};
use axum::http::Method;
use clap::{Args, Subcommand};
use protocol::WorkflowId;
use serde_json::json;
use std::path::PathBuf;

/// Tries workflows on recorded conversations, hands out ready ones, and says which start on a running bridge.
#[derive(Args)]
pub struct Workflow {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    OnFiles(WorkflowCommand),
    /// Publish a workflow on a running bridge, or keep it there as a draft.
    Publish(Publish),
    /// Let a workflow start no more.
    Stop(Stop),
    /// List the workflows of a running bridge.
    List(List),
}

#[derive(Args)]
struct Publish {
    /// The workflow's file, JSON or YAML.
    file: PathBuf,
    #[command(flatten)]
    bridge: Bridge,
    /// What is new, for the list of versions.
    #[arg(long, default_value = "")]
    note: String,
    /// Keep it as the draft, which does not start.
    #[arg(long, conflicts_with = "note")]
    draft: bool,
}

#[derive(Args)]
struct Stop {
    /// Its `id`.
    workflow: WorkflowId,
    #[command(flatten)]
    bridge: Bridge,
    /// End its runs at once; otherwise they go on to their end.
    #[arg(long)]
    cancel_runs: bool,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    bridge: Bridge,
}

impl Workflow {
    pub async fn run(self) -> anyhow::Result<bool> {
        match self.command {
            Command::OnFiles(command) => files::workflow(&command),
            Command::Publish(command) => command.run().await,
            Command::Stop(command) => command.run().await,
            Command::List(command) => command.run().await,
        }
    }
}

impl Publish {
    async fn run(self) -> anyhow::Result<bool> {
        let shown = self.file.display().to_string();
        let source =
            std::fs::read_to_string(&self.file).with_context(|| format!("{shown} cannot be read"))?;
        let name = self.file.file_name().context("this is no file's name")?.to_string_lossy().into_owned();
        let read = check_text(Notation::of(&name), &source, &Workspace::default());
        let Some(id) = read.document.map(|document| document.id) else {
            read.mistakes.iter().for_each(|mistake| eprintln!("{shown}:{mistake}"));
            return Ok(false);
        };
        let id = WorkflowId::new(id).with_context(|| format!("{shown}: its `id` is none"))?;
        let bridge = self.bridge.sign_in().await?;
        let path = format!("/api/v1/workflows/{id}{}", if self.draft { "/draft" } else { "" });
        let reply = bridge.put_file(&path, &name, &self.note, source).await?;
        let done = report(&reply, &shown);
        match (done, self.draft) {
            (false, _) => eprintln!("passerelle: the workflow `{id}` stays what it is"),
            (true, true) => println!("passerelle: {shown} is the draft of the workflow `{id}`"),
            (true, false) => {
                println!("passerelle: the workflow `{id}` starts in version {}", reply.json["version"]);
            }
        }
        Ok(done)
    }
}

impl Stop {
    async fn run(self) -> anyhow::Result<bool> {
        let bridge = self.bridge.sign_in().await?;
        let path = format!("/api/v1/workflows/{}/stop", self.workflow);
        let wanted = json!({ "cancel_runs": self.cancel_runs });
        bridge.ask(Method::POST, &path, Some(&wanted)).await?;
        println!("passerelle: the workflow `{}` starts no more", self.workflow);
        Ok(true)
    }
}

impl List {
    async fn run(self) -> anyhow::Result<bool> {
        let reply = self.bridge.sign_in().await?.ask(Method::GET, "/api/v1/workflows", None).await?;
        for workflow in reply.json["items"].as_array().into_iter().flatten() {
            let stands = match (&workflow["version"], &workflow["last"]) {
                (version, _) if version.is_u64() => format!("version {version}"),
                (_, last) if last.is_u64() => "stopped".to_owned(),
                (_, _) => "draft".to_owned(),
            };
            println!("{:32}  {stands:12}  {}", text(workflow, "id"), text(workflow, "name"));
        }
        Ok(true)
    }
}
