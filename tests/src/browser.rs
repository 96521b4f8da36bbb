//! Real Chromium windows, driven through one chromedriver for each test process.

use crate::child::{Guarded, Output};
use anyhow::{Context, Result, anyhow, bail};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A page shows what it should within this time, also on a busy machine.
pub const SHOWN_WITHIN: Duration = Duration::from_secs(30);

/// Between two looks at a page.
const LOOK_EVERY: Duration = Duration::from_millis(40);

/// Chromedriver is ready within this time.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Width and height of a window that shows a visitor's page.
pub const PAGE_SIZE: (u32, u32) = (820, 820);

/// Width and height of a window that shows the console or the preview.
pub const DESK_SIZE: (u32, u32) = (1280, 820);

/// One window with a fresh profile: another person at another computer.
#[derive(Debug)]
pub struct Window {
    name: String,
    client: Client,
    console: Mutex<Vec<ConsoleLine>>,
    _profile: TempDir,
}

/// One line of a window's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO` …
    pub level: String,
    /// What it says.
    pub message: String,
}

impl Window {
    /// Opens a window of that size for somebody of that name.
    pub async fn open(name: &str, size: (u32, u32)) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("passerelle-profile-").tempdir()?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(&profile, size)?);
        let client = builder.connect(driver()?).await.context("Chromium does not open a window")?;
        Ok(Self { name: name.to_owned(), client, console: Mutex::default(), _profile: profile })
    }

    /// Whose it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The browser's own commands.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Runs a script in the frame at hand and reads what it returns.
    pub async fn read<T: DeserializeOwned>(&self, script: &str, arguments: &[Value]) -> Result<T> {
        let value = self.client.execute(script, arguments.to_vec()).await?;
        serde_json::from_value(value).with_context(|| format!("{}: an answer of another kind", self.name))
    }

    /// Looks until `look` sees something. What it saw instead is in the error.
    pub async fn wait_for<T>(&self, what: &str, look: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
        let until = Instant::now() + SHOWN_WITHIN;
        loop {
            // While a page is drawn anew, looking at it can fail: only the last failure counts.
            let seen = look().await;
            if let Ok(Some(found)) = seen {
                return Ok(found);
            }
            if Instant::now() > until {
                let why = seen.err().map(|error| format!(": {error:#}")).unwrap_or_default();
                let shown = self.visible_text().await;
                bail!("{}: no {what} within {SHOWN_WITHIN:?}{why}. The page shows:\n{shown}", self.name);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Waits for an element that is shown, and clicks it as a person would.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.wait_for(&format!("{css} to click"), async || {
            self.client.find(Locator::Css(css)).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks the last element of that kind whose text is this.
    pub async fn click_labelled(&self, css: &str, label: &str) -> Result<()> {
        self.wait_for(&format!("{css} labelled “{label}”"), async || {
            for element in self.client.find_all(Locator::Css(css)).await?.into_iter().rev() {
                if element.text().await?.trim() == label {
                    element.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Chooses an answer of the last question: a button, or one of a list.
    pub async fn choose(&self, label: &str) -> Result<()> {
        self.wait_for(&format!("a choice labelled “{label}”"), async || {
            for element in self
                .client
                .find_all(Locator::Css("button[data-part=option]:enabled"))
                .await?
                .into_iter()
                .rev()
            {
                if element.text().await?.trim() == label {
                    element.click().await?;
                    return Ok(Some(()));
                }
            }
            for list in self
                .client
                .find_all(Locator::Css("select[data-part=choices]:enabled"))
                .await?
                .into_iter()
                .rev()
            {
                // A list of other choices is no error: the right one may still come.
                if list.select_by_value(label).await.is_ok() {
                    let buttons =
                        self.client.find_all(Locator::Css("button[data-part=choose]:enabled")).await?;
                    let button = buttons.into_iter().next_back().context("a list has a button beside it")?;
                    button.click().await?;
                    return Ok(Some(()));
                }
            }
            Ok(None)
        })
        .await
    }

    /// Types into a field, after whatever is there.
    pub async fn type_into(&self, css: &str, text: &str) -> Result<()> {
        let field = self.shown(css).await?;
        Ok(field.send_keys(text).await?)
    }

    /// Chooses an option of a `<select>`.
    pub async fn select(&self, css: &str, value: &str) -> Result<()> {
        let field = self.shown(css).await?;
        Ok(field.select_by_value(value).await?)
    }

    /// Waits for an element that can be seen.
    pub async fn shown(&self, css: &str) -> Result<Element> {
        self.wait_for(&format!("{css} to be shown"), async || {
            let element = self.client.find(Locator::Css(css)).await?;
            Ok(element.is_displayed().await?.then_some(element))
        })
        .await
    }

    /// Waits until no such element can be seen.
    pub async fn gone(&self, css: &str) -> Result<()> {
        self.wait_for(&format!("disappearance of {css}"), async || {
            Ok((!self.is_shown(css).await?).then_some(()))
        })
        .await
    }

    /// Whether such an element can be seen now.
    pub async fn is_shown(&self, css: &str) -> Result<bool> {
        const SHOWN: &str =
            "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())";
        self.read(SHOWN, &[json!(css)]).await
    }

    /// The texts of all such elements.
    pub async fn texts(&self, css: &str) -> Result<Vec<String>> {
        const TEXTS: &str =
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())";
        self.read(TEXTS, &[json!(css)]).await
    }

    /// Waits until one of the elements says something.
    pub async fn says(&self, css: &str, text: &str) -> Result<()> {
        self.wait_for(&format!("“{text}” in {css}"), async || {
            Ok(self.texts(css).await?.iter().any(|shown| shown.contains(text)).then_some(()))
        })
        .await
    }

    /// What the window's console has said so far.
    pub async fn console(&self) -> Result<Vec<ConsoleLine>> {
        let fresh = self.client.issue_cmd(ReadConsole).await?;
        let fresh = fresh.as_array().cloned().unwrap_or_default();
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let lines =
            fresh.iter().map(|e| ConsoleLine { level: text(e, "level"), message: text(e, "message") });
        let mut console = self.console.lock().unwrap_or_else(PoisonError::into_inner);
        console.extend(lines);
        Ok(console.clone())
    }

    /// Closes the window.
    pub async fn close(&self) -> Result<()> {
        match self.client.clone().close().await {
            Ok(()) | Err(CmdError::Lost(_)) => Ok(()),
            Err(error) => Err(error).with_context(|| format!("{}: the window does not close", self.name)),
        }
    }

    async fn visible_text(&self) -> String {
        const TEXT: &str = "return document.body ? document.body.innerText : ''";
        self.read(TEXT, &[]).await.unwrap_or_else(|error| format!("(nothing can be read: {error:#})"))
    }
}

/// Chromedriver's own command: the console's lines since it was last asked.
#[derive(Debug)]
struct ReadConsole;

impl WebDriverCompatibleCommand for ReadConsole {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

fn capabilities(profile: &TempDir, (width, height): (u32, u32)) -> Result<Capabilities> {
    let profile = profile.path().to_str().context("the temporary folder's name is not UTF-8")?;
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--no-default-browser-check",
        // Closes the browser when chromedriver is gone.
        "--remote-debugging-pipe",
        &format!("--user-data-dir={profile}"),
        &format!("--window-size={width},{height}"),
    ];
    let all = json!({
        "goog:chromeOptions": { "binary": chromium()?, "args": arguments },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    Ok(all.as_object().cloned().unwrap_or_default())
}

/// The address of this process's chromedriver. It ends with the process.
fn driver() -> Result<&'static str> {
    static DRIVER: OnceLock<Result<(Guarded, String), String>> = OnceLock::new();
    let driver = DRIVER.get_or_init(|| start_driver().map_err(|error| format!("{error:#}")));
    driver.as_ref().map(|(_, address)| address.as_str()).map_err(|why| anyhow!(why.clone()))
}

fn start_driver() -> Result<(Guarded, String)> {
    let program = program("CHROMEDRIVER", &["chromedriver"], "chromium-driver")?;
    let mut command = Command::new(program);
    command.arg("--port=0");
    let process = Guarded::start(command, &Output::default())?;
    let port =
        |line: &str| line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok();
    let port: Option<u16> = process.output().wait_for(READY_WITHIN, port);
    let port = port.with_context(|| format!("chromedriver does not start:\n{}", process.output().text()))?;
    Ok((process, format!("http://127.0.0.1:{port}/")))
}

fn chromium() -> Result<PathBuf> {
    program("CHROME", &["chromium", "chromium-browser", "google-chrome"], "chromium")
}

/// A program: the one the variable names, or the first of these on the path.
fn program(variable: &str, names: &[&str], package: &str) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        return Ok(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = names.iter().find_map(|name| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
    });
    found.with_context(|| {
        format!("none of {names:?} is on the path: install `{package}`, or name it in {variable}")
    })
}
