//! A visitor of the demo's site: what a person does and sees in the chat.

use crate::browser::Window;
use crate::transcript::{Entry, READ_ENTRIES};
use anyhow::{Result, ensure};
use fantoccini::Locator;
use fantoccini::elements::ShadowRoot;
use serde_json::json;
use std::sync::Arc;

const LOG: &str = "[data-part=log]";

/// A visitor, in a window of their own. Commands go to the chat's frame, except while pages are opened.
#[derive(Clone, Debug)]
pub struct Visitor {
    window: Arc<Window>,
    site: String,
}

impl Visitor {
    /// Somebody who is about to visit the site at this address.
    pub fn new(window: Arc<Window>, site: String) -> Self {
        Self { window, site }
    }

    /// Their window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Opens a page of the site and the chat on it.
    pub async fn opens_chat_on(&self, path: &str) -> Result<()> {
        let client = self.window.client();
        client.goto(&format!("{}{path}", self.site)).await?;
        self.opens_chat().await
    }

    /// Reloads the page and opens the chat, unless it opens by itself.
    pub async fn reloads(&self) -> Result<()> {
        let client = self.window.client();
        client.clone().enter_parent_frame().await?;
        client.refresh().await?;
        self.opens_chat().await
    }

    /// Writes a line and sends it.
    pub async fn says(&self, text: &str) -> Result<()> {
        self.window.type_into("textarea[data-part=composer]", text).await?;
        self.window.click("button[data-part=send]").await
    }

    /// Types without sending.
    pub async fn types(&self, text: &str) -> Result<()> {
        self.window.type_into("textarea[data-part=composer]", text).await
    }

    /// Answers by pressing an option.
    pub async fn chooses(&self, label: &str) -> Result<()> {
        self.window.choose(label).await
    }

    /// Everything the chat shows.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        self.window.read(READ_ENTRIES, &[json!(LOG)]).await
    }

    /// Waits until the assistant has said this.
    pub async fn hears_assistant(&self, text: &str) -> Result<()> {
        self.sees(1, "assistant", text).await
    }

    /// Waits until the agent has said this.
    pub async fn hears_agent(&self, text: &str) -> Result<()> {
        self.sees(1, "agent", text).await
    }

    /// Waits for a notice.
    pub async fn is_told(&self, text: &str) -> Result<()> {
        self.sees(1, "notice", text).await
    }

    /// Waits until there are so many entries of that author which contain this, and makes sure there are no more.
    pub async fn sees(&self, times: usize, author: &str, text: &str) -> Result<()> {
        let count = async || {
            let entries = self.entries().await?;
            anyhow::Ok(
                entries.iter().filter(|entry| entry.author == author && entry.text.contains(text)).count(),
            )
        };
        let what = format!("{times}× “{text}” from the {author}");
        let look = async || Ok((count().await? >= times).then_some(()));
        self.window.wait_for(&what, look).await?;
        let seen = count().await?;
        ensure!(seen == times, "{}: “{text}” from the {author} is there {seen}×", self.window.name());
        Ok(())
    }

    /// Waits until the bridge has everything that was said.
    pub async fn all_is_sent(&self) -> Result<()> {
        let look = async || Ok(self.entries().await?.iter().all(|entry| entry.sent).then_some(()));
        self.window.wait_for("acknowledgement of everything said", look).await
    }

    /// Waits for the header to say this.
    pub async fn status_says(&self, text: &str) -> Result<()> {
        self.window.says("[data-part=status]", text).await
    }

    async fn opens_chat(&self) -> Result<()> {
        let what = "launcher of the chat";
        let launch = async || {
            let shadow = self.loader().await?;
            let launcher = shadow.find(Locator::Css("button[data-part=launcher]")).await?;
            if launcher.attr("aria-expanded").await?.as_deref() != Some("true") {
                launcher.click().await?;
            }
            Ok(Some(()))
        };
        self.window.wait_for(what, launch).await?;
        let enter = async || {
            let frame = self.loader().await?.find(Locator::Css("iframe[data-part=frame]")).await?;
            Ok(if frame.is_displayed().await? { Some(frame.enter_frame().await?) } else { None })
        };
        self.window.wait_for("frame of the chat", enter).await?;
        self.window.shown(LOG).await.map(|_| ())
    }

    async fn loader(&self) -> Result<ShadowRoot> {
        Ok(self.window.client().find(Locator::Css("passerelle-chat")).await?.shadow_root().await?)
    }
}
