//! A bridge of its own for each run: data, workspace file, signed-in agents and stored messages are made through the
//! bridge's own store before it starts, then it runs as a process that can be killed.

use super::machine::{self, Memory};
use super::stored::{self, Stored};
use crate::child::{Guarded, Output};
use crate::faulty::{Faulty, Lost, Unflushed};
use crate::postgres::{self, Server};
use anyhow::{Context, Result, ensure};
use bridge::Secret;
use bridge::store::{AgentRow, SessionRow, Store};
use clap::ValueEnum;
use protocol::{AgentId, AgentStatus, Timestamp, WorkspaceId};
use serde::Serialize;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use switchboard::Standing;
use tempfile::TempDir;

/// The bridge says that it listens within this time, also on a busy machine.
const LISTENS_WITHIN: Duration = Duration::from_secs(60);

/// What it prints when it does, before its address.
const LISTENING: &str = "listening on http://";

/// A sign-in lasts longer than any run.
const SESSION_SECONDS: u64 = 24 * 60 * 60;

/// The configuration's bound.
pub const CAPACITY_MAX: usize = 100;

/// Where messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// In a file; each commit reaches the disk.
    Sqlite,
    /// In a throwaway cluster; each commit reaches the disk.
    Postgres,
}

/// What a world consists of.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where messages are kept.
    pub store: StoreKind,
    /// The bridge's program; this one serves as a bridge when there is none.
    pub program: Option<PathBuf>,
    /// The folder data folders are made in.
    pub folder: PathBuf,
    /// Agents, each with a queue of their own.
    pub agents: usize,
    /// What is stored before the bridge starts.
    pub stored: Stored,
    /// Whether the bridge's machine can be made to fail.
    pub faulty: bool,
}

/// Processor time used so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// By the bridge.
    pub bridge: Duration,
    /// By the database's server.
    pub store: Duration,
    /// By this process.
    pub generator: Duration,
}

/// See the module. Dropped, nothing of it is left.
pub struct World {
    folder: TempDir,
    program: Option<PathBuf>,
    database: String,
    /// The database's server.
    server: Option<Server>,
    /// The bridge's machine, when it can be made to fail.
    faulty: Option<Faulty>,
    sessions: Vec<String>,
    address: SocketAddr,
    output: Output,
    process: Option<Guarded>,
}

impl World {
    /// Makes everything and starts the bridge.
    pub async fn start(setup: &Setup) -> Result<Self> {
        let mut world = Self::make(setup).await?;
        world.launch()?;
        Ok(world)
    }

    /// Makes everything; the bridge does not run yet.
    pub async fn make(setup: &Setup) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("load-").tempdir_in(&setup.folder)?;
        let (database, server) = match setup.store {
            StoreKind::Sqlite => (format!("sqlite://{}", folder.path().join("load.db").display()), None),
            StoreKind::Postgres => {
                let durable = postgres::durable_database()?;
                (durable.address, Some(durable.server))
            }
        };
        std::fs::write(folder.path().join("workspace.toml"), workspace_file(setup.agents))?;
        let store = bridge::store::open(&database).await.context("the store cannot be made")?;
        let workspace = workspace();
        let sessions = sign_in(store.as_ref(), &workspace, setup.agents).await?;
        stored::fill(store.as_ref(), &workspace, setup.stored, now()).await?;
        drop(store);
        let faulty = match setup.faulty {
            true => {
                is_closed(folder.path()).await?;
                Some(Faulty::with_disk(folder.path())?)
            }
            false => None,
        };
        Ok(Self {
            faulty,
            folder,
            program: setup.program.clone(),
            database,
            server,
            sessions,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            output: Output::default(),
            process: None,
        })
    }

    /// Starts the bridge, the second time on the port it had; gives the time until it said that it listens.
    pub fn launch(&mut self) -> Result<Duration> {
        ensure!(self.process.is_none(), "the bridge runs already");
        let began = Instant::now();
        let mut command = self.command()?;
        command.args(["--listen", &self.address.to_string()]);
        command.arg("--data").arg(self.folder.path());
        command.arg("--workspace").arg(self.folder.path().join("workspace.toml"));
        command.env("PASSERELLE_DATABASE", &self.database).env_remove("PASSERELLE_DEMO");
        if let Some(machine) = &self.faulty {
            machine.runs(&mut command);
        }
        self.output.turn_page("");
        let process = Guarded::start(command, &self.output)?;
        let address = |line: &str| line.split_once(LISTENING)?.1.trim().parse().ok();
        let address = self.output.wait_for(LISTENS_WITHIN, address);
        self.address = address
            .with_context(|| format!("the bridge does not listen. It said:\n{}", self.output.text()))?;
        self.process = Some(process);
        Ok(began.elapsed())
    }

    /// Kills the bridge with SIGKILL.
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().context("the bridge does not run")?.kill()
    }

    /// Sends the bridge a signal.
    pub fn signal(&self, signal: &str) -> Result<()> {
        self.process.as_ref().context("the bridge does not run")?.signal(signal)
    }

    /// Kills the bridge, and leaves of its database what a disk would hold whose power had gone at that moment.
    pub fn lose_power(&mut self, unflushed: Unflushed) -> Result<Lost> {
        self.kill()?;
        self.machine()?.loses_power(unflushed)
    }

    /// The bridge's machine.
    pub fn machine(&self) -> Result<&Faulty> {
        self.faulty.as_ref().context("this machine does not fail")
    }

    /// The database's server.
    pub fn server(&self) -> Result<&Server> {
        self.server.as_ref().context("this database has no server")
    }

    /// The database, for looking at it.
    pub async fn store(&self) -> Result<Arc<dyn Store>> {
        Ok(bridge::store::open(&self.database).await?)
    }

    /// Files and connections the bridge has open.
    pub fn open_files(&self) -> usize {
        self.process.as_ref().map_or(0, |process| machine::open_files(process.id()))
    }

    /// Where the bridge listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The agents' sign-ins.
    pub fn sessions(&self) -> &[String] {
        &self.sessions
    }

    /// Processor time used so far.
    pub fn cost(&self) -> Cost {
        Cost {
            bridge: self.process.as_ref().map(|p| machine::processor_time(p.id())).unwrap_or_default(),
            store: self.server_process().map(machine::processor_time_of_family).unwrap_or_default(),
            generator: machine::processor_time(std::process::id()),
        }
    }

    /// The bridge's memory.
    pub fn memory(&self) -> Memory {
        self.process.as_ref().map(|process| machine::memory(process.id())).unwrap_or_default()
    }

    /// What the bridge said that sounds like trouble.
    pub fn complaints(&self) -> Vec<String> {
        let text = self.output.text();
        let is_trouble = |line: &&str| ["ERROR", "panicked"].iter().any(|word| line.contains(word));
        text.lines().filter(is_trouble).map(str::to_owned).collect()
    }

    /// Who has each conversation that is not over, by its row.
    pub async fn owners(&self) -> Result<Vec<Option<AgentId>>> {
        let store = bridge::store::open(&self.database).await?;
        let conversations = store.live_conversations(&workspace()).await?;
        Ok(conversations.iter().map(switchboard::Conversation::owner).collect())
    }

    /// The queue only this agent serves.
    pub fn queue(agent: usize) -> String {
        format!("desk-{agent}")
    }

    fn server_process(&self) -> Option<u32> {
        self.server.as_ref()?.process().ok()
    }

    fn command(&self) -> Result<Command> {
        Ok(match &self.program {
            Some(program) => {
                let mut command = Command::new(program);
                command.arg("serve");
                command
            }
            None => {
                let mut command = Command::new(std::env::current_exe()?);
                command.arg("bridge");
                command
            }
        })
    }
}

/// Serves as a bridge, as `passerelle serve` does.
pub async fn serve(listen: SocketAddr, data: &Path, workspace: PathBuf) -> Result<()> {
    let database = std::env::var("PASSERELLE_DATABASE").context("PASSERELLE_DATABASE is not set")?;
    let config = bridge::Config::new(data, bridge::WorkspaceSource::File(workspace));
    let config = bridge::Config { database: Secret::new(database), ..config };
    let listener = bridge::listen(listen)?;
    bridge::serve(config, listener, std::future::pending()).await
}

fn workspace() -> WorkspaceId {
    WorkspaceId::new("load").expect("a slug")
}

fn email(agent: usize) -> String {
    format!("agent-{agent}@load.example")
}

fn workspace_file(agents: usize) -> String {
    let mut file =
        "[workspace]\nid = \"load\"\nname = \"Load\"\n\n[[site]]\nid = \"load\"\nname = \"Load\"\n\
                    origins = [\"self\"]\ndefault_queue = \"desk-0\"\n"
            .to_owned();
    for agent in 0..agents.max(1) {
        let (queue, email) = (World::queue(agent), email(agent));
        write!(
            file,
            "\n[[queue]]\nid = \"{queue}\"\nname = \"Desk {agent}\"\n\n[[agent]]\nemail = \"{email}\"\n\
             name = \"Agent {agent}\"\nqueues = [\"{queue}\"]\ncapacity = {CAPACITY_MAX}\n"
        )
        .expect("a text takes everything");
    }
    file
}

/// Waits until this process has no file of a folder open any more: a machine that fails does not see what it writes.
async fn is_closed(folder: &Path) -> Result<()> {
    let until = Instant::now() + LISTENS_WITHIN;
    loop {
        let files = std::fs::read_dir("/proc/self/fd")?.flatten();
        let open = files.filter_map(|file| std::fs::read_link(file.path()).ok());
        let Some(file) = open.filter(|file| file.starts_with(folder)).last() else { return Ok(()) };
        ensure!(Instant::now() < until, "{} is still open", file.display());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Adds the agents and signs them in. Nobody can sign in by password: there is none to be hashed.
async fn sign_in(store: &dyn Store, workspace: &WorkspaceId, agents: usize) -> Result<Vec<String>> {
    let now = now();
    let mut sessions = Vec::with_capacity(agents);
    for agent in 0..agents.max(1) {
        let id = AgentId::at(now, std::array::from_fn(|_| fastrand::u8(..)));
        let row = AgentRow {
            id,
            email: email(agent),
            password_hash: "none".to_owned(),
            standing: Standing { status: AgentStatus::Online, ..Standing::default() },
        };
        store.add_agent(workspace, &row).await?;
        let secret = Secret::for_session();
        let until = now.plus_seconds(SESSION_SECONDS);
        let session = SessionRow { secret_digest: secret.digest().to_vec(), agent: id, until };
        store.add_session(&session).await?;
        sessions.push(secret.expose().to_owned());
    }
    Ok(sessions)
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
