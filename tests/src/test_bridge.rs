//! The real bridge, as a process of its own on a data folder of its own, serving the demo business.

use crate::child::{Guarded, Output};
use crate::faulty::Faulty;
use anyhow::{Context, Result, ensure};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The bridge says that it listens within this time, also on a busy machine.
const LISTENS_WITHIN: Duration = Duration::from_secs(60);

/// Whether it has ended instead is looked at so often.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What it prints when it does, before its address.
const LISTENING: &str = "listening on http://";

/// A running bridge, or one that was killed and will be started again. Dropped, nothing of it is left.
#[derive(Debug)]
pub struct TestBridge {
    data: TempDir,
    address: SocketAddr,
    password: String,
    output: Output,
    process: Option<Guarded>,
    /// What was printed by processes before this one.
    earlier: String,
    /// The machine it runs on, when that can be made to fail.
    machine: Option<Faulty>,
}

/// An agent of the demo business, by their sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoAgent {
    /// What they sign in with.
    pub email: &'static str,
    /// What visitors see.
    pub name: &'static str,
}

/// Serves both queues.
pub const MARA: DemoAgent = DemoAgent { email: "mara@lockgate.example", name: "Mara Lindqvist" };

/// Serves the workshop alone.
pub const TOMAS: DemoAgent = DemoAgent { email: "tomas@lockgate.example", name: "Tomás Ferreira" };

/// Serves the front desk alone.
pub const PRIYA: DemoAgent = DemoAgent { email: "priya@lockgate.example", name: "Priya Nair" };

impl TestBridge {
    /// Starts it on an empty data folder and a free port.
    pub fn start() -> Result<Self> {
        Self::start_in(tempfile::Builder::new().prefix("passerelle-test-").tempdir()?, None)
    }

    /// The same on a machine that can be made to fail.
    pub fn start_on_faulty() -> Result<Self> {
        let data = tempfile::Builder::new().prefix("passerelle-test-").tempdir()?;
        let machine = Faulty::with_disk(data.path())?;
        Self::start_in(data, Some(machine))
    }

    fn start_in(data: TempDir, machine: Option<Faulty>) -> Result<Self> {
        let output = Output::default();
        let (process, address) = launch(data.path(), "127.0.0.1:0", machine.as_ref(), &output)?;
        let password = password(data.path())?;
        let (process, earlier) = (Some(process), String::new());
        Ok(Self { data, address, password, output, process, earlier, machine })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The machine it runs on.
    pub fn machine(&self) -> Result<&Faulty> {
        self.machine.as_ref().context("this machine does not fail")
    }

    /// Its process.
    pub fn process(&self) -> Result<u32> {
        Ok(self.process.as_ref().context("the bridge is killed")?.id())
    }

    /// The address of a page of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The password the demo's agents share.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Kills it with SIGKILL: it has no time to finish anything.
    pub fn kill_9(&mut self) -> Result<()> {
        self.process.take().context("the bridge is killed already")?.kill()
    }

    /// Has it stop as an administrator would, and waits until it has.
    pub fn stop(&mut self) -> Result<()> {
        self.process.take().context("the bridge is killed already")?.stop()
    }

    /// Starts it again, on the same data and the same port.
    pub fn start_again(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "the bridge still runs");
        self.earlier.push_str(&self.output.turn_page("-- killed and started again --"));
        let (process, address) =
            launch(self.data.path(), &self.address.to_string(), self.machine.as_ref(), &self.output)?;
        ensure!(address == self.address, "the bridge came back at {address}, not at {}", self.address);
        self.process = Some(process);
        Ok(())
    }

    /// Everything it has printed, in all its lives.
    pub fn log(&self) -> String {
        format!("{}{}", self.earlier, self.output.text())
    }
}

fn launch(
    data: &Path,
    listen: &str,
    machine: Option<&Faulty>,
    output: &Output,
) -> Result<(Guarded, SocketAddr)> {
    let mut command = Command::new(binary()?);
    if let Some(machine) = machine {
        machine.runs(&mut command);
    }
    for variable in ["PASSERELLE_LISTEN", "PASSERELLE_DATABASE", "PASSERELLE_WORKSPACE", "PASSERELLE_DEMO"] {
        command.env_remove(variable);
    }
    command.args(["serve", "--demo", "--listen", listen, "--data"]).arg(data);
    let mut process = Guarded::start(command, output)?;
    let address = |line: &str| line.split_once(LISTENING)?.1.trim().parse().ok();
    let until = Instant::now() + LISTENS_WITHIN;
    loop {
        if let Some(address) = output.wait_for(LOOK_EVERY, address) {
            return Ok((process, address));
        }
        ensure!(
            Instant::now() < until && !process.has_ended()?,
            "the bridge does not listen. It said:\n{}",
            output.text()
        );
    }
}

/// The binary under test: the one named by `PASSERELLE_BIN`, or what `cargo xtask build` makes.
pub fn binary() -> Result<PathBuf> {
    let built = crate::root().join("target/quick/passerelle");
    let binary = std::env::var_os("PASSERELLE_BIN").map_or(built, PathBuf::from);
    ensure!(binary.is_file(), "there is no bridge at {}: run `cargo xtask build`", binary.display());
    Ok(binary)
}

fn password(data: &Path) -> Result<String> {
    let path = data.join("demo-sign-in.txt");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let password = text.lines().find_map(|line| line.strip_prefix("password: "));
    Ok(password.context("demo-sign-in.txt has no line `password: …`")?.to_owned())
}
