//! An agent of the demo business: what a person does and sees in the console.

use crate::browser::Window;
use crate::test_bridge::DemoAgent;
use crate::transcript::{Entry, READ_ENTRIES, said};
use crate::visitor::Visitor;
use anyhow::{Result, ensure};
use fantoccini::Locator;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Disabled until the bridge has said what the lists hold: choosing earlier would do nothing, silently.
const STATUS: &str = "select[data-part=status-menu]:enabled";

/// The menu while no choice is on its way to the bridge.
const STATUS_SETTLED: &str = "[aria-busy=false] > select[data-part=status-menu]";

const TRANSCRIPT: &str = "[data-part=transcript]";

const READ_ROWS: &str = r#"
    const rows = document.querySelectorAll(`[data-part=${arguments[0]}] [data-part=conversation]`);
    return [...rows].map(e => ({ id: e.dataset.id, state: e.dataset.state, text: e.innerText }));
"#;

/// An agent, in a window of their own.
#[derive(Clone, Debug)]
pub struct Agent {
    window: Arc<Window>,
    console: String,
    who: DemoAgent,
}

/// A conversation in one of the console's lists.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// `queued`, `offered` or `open`.
    pub state: String,
    /// What the row shows.
    pub text: String,
}

/// The console's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Waiting for somebody.
    Waiting,
    /// The agent's own.
    Mine,
}

impl Agent {
    /// Somebody who is about to open the console at this address.
    pub fn new(window: Arc<Window>, console: String, who: DemoAgent) -> Self {
        Self { window, console, who }
    }

    /// Their window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Opens the console and signs in.
    pub async fn signs_in(&self, password: &str) -> Result<()> {
        self.window.client().goto(&self.console).await?;
        self.window.type_into("input[name=email]", self.who.email).await?;
        self.window.type_into("input[name=password]", password).await?;
        self.window.click("button[data-part=sign-in]").await?;
        self.window.shown(STATUS).await.map(|_| ())
    }

    /// Reloads the console; the sign-in holds.
    pub async fn reloads(&self) -> Result<()> {
        self.window.client().refresh().await?;
        self.window.shown(STATUS).await.map(|_| ())
    }

    /// Opens the console again after having left it; the sign-in holds.
    pub async fn returns(&self) -> Result<()> {
        self.window.client().goto(&self.console).await?;
        self.window.shown(STATUS).await.map(|_| ())
    }

    /// Chooses a status and waits until the bridge knows.
    pub async fn becomes(&self, status: &str) -> Result<()> {
        self.window.select(STATUS, status).await?;
        let look = async || {
            let chosen = self.window.client().find(Locator::Css(STATUS_SETTLED)).await?.prop("value").await?;
            Ok((chosen.as_deref() == Some(status)).then_some(()))
        };
        self.window.wait_for(&format!("status {status}"), look).await
    }

    /// What a list shows.
    pub async fn list(&self, list: List) -> Result<Vec<Row>> {
        self.window.read(READ_ROWS, &[json!(list.part())]).await
    }

    /// Waits until a list has exactly so many rows, and gives them back.
    pub async fn has(&self, rows: usize, list: List) -> Result<Vec<Row>> {
        let look = async || Ok(Some(self.list(list).await?).filter(|shown| shown.len() == rows));
        self.window.wait_for(&format!("{rows} rows in {}", list.part()), look).await
    }

    /// Waits for the only conversation of a list and opens it.
    pub async fn opens_the_one_in(&self, list: List) -> Result<()> {
        let rows = self.has(1, list).await?;
        self.window.click(&format!("[data-part=conversation][data-id='{}']", rows[0].id)).await?;
        self.window.shown(TRANSCRIPT).await.map(|_| ())
    }

    /// The open conversation.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        self.window.read(READ_ENTRIES, &[json!(TRANSCRIPT)]).await
    }

    /// Waits until the visitor has said this.
    pub async fn reads_visitor(&self, text: &str) -> Result<()> {
        self.sees(1, "visitor", text).await
    }

    /// Waits until there are so many entries of that author which contain this, and makes sure there are no more.
    pub async fn sees(&self, times: usize, author: &str, text: &str) -> Result<()> {
        let count = async || {
            let entries = self.entries().await?;
            anyhow::Ok(
                entries.iter().filter(|entry| entry.author == author && entry.text.contains(text)).count(),
            )
        };
        let look = async || Ok((count().await? >= times).then_some(()));
        self.window.wait_for(&format!("{times}× “{text}” from the {author}"), look).await?;
        let seen = count().await?;
        ensure!(seen == times, "{}: “{text}” from the {author} is there {seen}×", self.window.name());
        Ok(())
    }

    /// Waits until the bridge has everything that was written.
    pub async fn all_is_sent(&self) -> Result<()> {
        let look = async || Ok(self.entries().await?.iter().all(|entry| entry.sent).then_some(()));
        self.window.wait_for("acknowledgement of everything written", look).await
    }

    /// Waits until both sides show the same words of the same people in the same order.
    pub async fn agrees_with(&self, visitor: &Visitor) -> Result<()> {
        let both = async || anyhow::Ok((said(&visitor.entries().await?), said(&self.entries().await?)));
        let look = async || Ok(Some(both().await?).filter(|(theirs, ours)| theirs == ours));
        if let Err(error) = self.window.wait_for("the transcript the visitor has", look).await {
            let (theirs, ours) = both().await?;
            return Err(error.context(format!("the visitor sees {theirs:#?}\nthe agent sees {ours:#?}")));
        }
        Ok(())
    }

    /// Waits until the collected answers show these words.
    pub async fn reads_collected(&self, words: &[&str]) -> Result<()> {
        for word in words {
            self.window.says("[data-part=collected]", word).await?;
        }
        Ok(())
    }

    /// Takes the conversation and waits until it is theirs.
    pub async fn accepts(&self) -> Result<()> {
        self.window.click("button[data-part=accept]").await?;
        self.has(1, List::Mine).await.map(|_| ())
    }

    /// Declines what is offered, for no particular reason.
    pub async fn declines(&self) -> Result<()> {
        self.window.click("button[data-part=decline]").await?;
        self.window.shown("[data-part=form][data-kind=decline]").await?;
        self.window.click("button[data-part=form-submit]").await
    }

    /// Writes to the visitor.
    pub async fn writes(&self, text: &str) -> Result<()> {
        self.types(text).await?;
        self.window.click("button[data-part=send]").await
    }

    /// Types without sending.
    pub async fn types(&self, text: &str) -> Result<()> {
        self.window.type_into("textarea[data-part=reply]", text).await
    }

    /// Ends the conversation, as what it says, and waits until it has left the list.
    pub async fn closes(&self) -> Result<()> {
        self.window.click("button[data-part=close]").await?;
        self.window.shown("[data-part=form][data-kind=close]").await?;
        self.window.click("button[data-part=form-submit]").await?;
        self.has(0, List::Mine).await.map(|_| ())
    }
}

impl List {
    fn part(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Mine => "mine",
        }
    }
}
