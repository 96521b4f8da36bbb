//! What `passerelle` can be told on its command line and in its environment.

use crate::commands::Command;
use bridge::{Config, Secret, WorkspaceSource};
use clap::{Args, Parser};
use std::path::PathBuf;

/// Live chat for websites: an assistant in the visitor's browser, and people behind it.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Which data, and whose. Global, so that they may stand behind what a command of several parts is to do.
#[derive(Args)]
pub struct World {
    /// Folder of the database and of generated sign-ins.
    #[arg(long, global = true, env = "PASSERELLE_DATA", default_value = "./data")]
    data: PathBuf,
    /// sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME; a database in the data folder if not given.
    #[arg(long, global = true, env = "PASSERELLE_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// File with sites, queues and agents.
    #[arg(long, global = true, env = "PASSERELLE_WORKSPACE", conflicts_with = "demo")]
    workspace: Option<PathBuf>,
    /// Serve the demo business.
    #[arg(long, global = true, env = "PASSERELLE_DEMO")]
    demo: bool,
}

impl World {
    /// The same, with defaults filled in.
    pub fn config(self) -> Config {
        let workspace = match (self.workspace, self.demo) {
            (Some(path), _) => WorkspaceSource::File(path),
            (None, true) => WorkspaceSource::Demo,
            (None, false) => WorkspaceSource::Nothing,
        };
        let config = Config::new(self.data, workspace);
        let database = self.database.map(Secret::new).unwrap_or_else(|| config.database.clone());
        Config { database, ..config }
    }
}
