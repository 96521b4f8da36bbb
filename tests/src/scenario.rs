//! A scenario: a bridge, people in windows of their own, and evidence when it fails.

use crate::agent::Agent;
use crate::author::Author;
use crate::browser::{ConsoleLine, DESK_SIZE, PAGE_SIZE, Window};
use crate::test_bridge::{DemoAgent, TestBridge};
use crate::visitor::Visitor;
use anyhow::{Context, Result, anyhow, bail};
use futures_util::FutureExt;
use std::cell::{Ref, RefCell};
use std::fs;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Chromium windows open at once in one test process: more would only wait for each other.
const WINDOWS_MAX: u32 = 2;

/// A scenario that takes longer has lost its way.
const PLAYED_WITHIN: Duration = Duration::from_secs(240);

static WINDOWS: Semaphore = Semaphore::const_new(WINDOWS_MAX as usize);

/// The world of one scenario. Everything in it is gone when the scenario ends.
pub struct World {
    name: String,
    bridge: RefCell<TestBridge>,
    windows: RefCell<Vec<Arc<Window>>>,
}

/// Plays a scenario that needs so many windows. When it fails, screenshots, pages, consoles and the bridge's log lie in
/// `target/evidence/<name>/`. It also fails when a window's console holds an error nobody expects.
pub fn scenario(name: &str, windows: u32, play: impl AsyncFnOnce(&World) -> Result<()>) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    let outcome = runtime.block_on(async {
        let _room = WINDOWS.acquire_many(windows.min(WINDOWS_MAX)).await?;
        let world = World::new(name)?;
        let played = world.play(play).await;
        let outcome = match played {
            Ok(()) => world.consoles_are_clean().await,
            Err(error) => Err(error),
        };
        let evidence = match &outcome {
            Ok(()) => None,
            Err(error) => Some(world.keep_evidence(error).await),
        };
        let ended = world.end().await;
        match evidence {
            None => ended,
            Some(evidence) => outcome.with_context(|| format!("{name} failed; evidence: {evidence}")),
        }
    });
    if let Err(error) = outcome {
        panic!("{error:?}");
    }
}

impl World {
    fn new(name: &str) -> Result<Self> {
        let bridge = TestBridge::start()?;
        Ok(Self { name: name.to_owned(), bridge: RefCell::new(bridge), windows: RefCell::default() })
    }

    /// A visitor with the chat open on the site's first page.
    pub async fn visitor(&self) -> Result<Visitor> {
        let visitor = Visitor::new(self.window("visitor", PAGE_SIZE).await?, self.url(""));
        visitor.opens_chat_on("/").await?;
        Ok(visitor)
    }

    /// An agent, signed in; what they chose to be the last time they still are.
    pub async fn agent(&self, who: DemoAgent) -> Result<Agent> {
        let name = who.email.split('@').next().unwrap_or_default();
        let agent = Agent::new(self.window(name, DESK_SIZE).await?, self.url("/console"), who);
        let password = self.bridge().password().to_owned();
        agent.signs_in(&password).await?;
        Ok(agent)
    }

    /// An agent, signed in and online.
    pub async fn agent_online(&self, who: DemoAgent) -> Result<Agent> {
        let agent = self.agent(who).await?;
        agent.becomes("online").await?;
        Ok(agent)
    }

    /// An author with the preview open.
    pub async fn author(&self) -> Result<Author> {
        Author::opens(self.window("author", DESK_SIZE).await?, &self.url("/preview")).await
    }

    /// A window for somebody else.
    pub async fn window(&self, name: &str, size: (u32, u32)) -> Result<Arc<Window>> {
        let window = Arc::new(Window::open(name, size).await?);
        self.windows.borrow_mut().push(window.clone());
        Ok(window)
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        self.bridge().url(path)
    }

    /// The bridge.
    pub fn bridge(&self) -> Ref<'_, TestBridge> {
        self.bridge.borrow()
    }

    /// Kills the bridge in the middle of whatever it does.
    pub fn kill_bridge(&self) -> Result<()> {
        self.bridge.borrow_mut().kill_9()
    }

    /// Starts it again.
    pub fn start_bridge_again(&self) -> Result<()> {
        self.bridge.borrow_mut().start_again()
    }

    async fn play(&self, play: impl AsyncFnOnce(&World) -> Result<()>) -> Result<()> {
        let played = AssertUnwindSafe(play(self)).catch_unwind();
        match tokio::time::timeout(PLAYED_WITHIN, played).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                Err(anyhow!("panicked: {}", text.unwrap_or("without words")))
            }
            Err(_) => bail!("not over after {PLAYED_WITHIN:?}"),
        }
    }

    async fn consoles_are_clean(&self) -> Result<()> {
        for window in self.open_windows() {
            let console = window.console().await?;
            if let Some(line) = console.iter().find(|line| line.level == "SEVERE" && !is_expected(line)) {
                bail!("{}: an error in the window's console: {}", window.name(), line.message);
            }
        }
        Ok(())
    }

    /// Writes down what can be seen, as far as it can be; says where.
    async fn keep_evidence(&self, error: &anyhow::Error) -> String {
        let folder = crate::root().join("target/evidence").join(&self.name);
        // What is left of an earlier failure would mislead; if it cannot go, the new files still replace it.
        let _ = fs::remove_dir_all(&folder);
        let kept = fs::create_dir_all(&folder).context("the folder for evidence cannot be made");
        keep(&folder, "error.txt", format!("{error:?}").as_bytes());
        keep(&folder, "bridge.log", self.bridge().log().as_bytes());
        for window in self.open_windows() {
            keep_window(&folder, &window).await;
        }
        kept.map_or_else(|error| format!("none, {error:#}"), |()| folder.display().to_string())
    }

    async fn end(self) -> Result<()> {
        for window in self.open_windows() {
            window.close().await?;
        }
        drop(self.bridge);
        Ok(())
    }

    fn open_windows(&self) -> Vec<Arc<Window>> {
        self.windows.borrow().clone()
    }
}

async fn keep_window(folder: &Path, window: &Window) {
    let name = window.name();
    if let Ok(picture) = window.client().screenshot().await {
        keep(folder, &format!("{name}.png"), &picture);
    }
    if let Ok(page) = window.client().source().await {
        keep(folder, &format!("{name}.html"), page.as_bytes());
    }
    let console = window.console().await.unwrap_or_default();
    let lines: String = console.iter().map(|line| format!("{} {}\n", line.level, line.message)).collect();
    keep(folder, &format!("{name}.console.log"), lines.as_bytes());
}

fn keep(folder: &Path, file: &str, content: &[u8]) {
    if let Err(error) = fs::write(folder.join(file), content) {
        eprintln!("{file} is missing from the evidence: {error}");
    }
}

/// Lines that a browser writes in red although nothing is wrong: the bridge being away, which a scenario has caused, and
/// the console asking whether somebody is signed in, and a file that is refused.
fn is_expected(line: &ConsoleLine) -> bool {
    const EXPECTED: &[&str] = &[
        "ERR_CONNECTION_REFUSED",
        "WebSocket connection to",
        "/api/session - Failed to load",
        "/api/preview?",
    ];
    EXPECTED.iter().any(|words| line.message.contains(words))
}
