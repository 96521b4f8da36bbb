//! An author of the demo's assistant: what a person does and sees on the preview page.

use crate::browser::Window;
use crate::transcript::{Entry, READ_ENTRIES};
use anyhow::{Context, Result};
use fantoccini::Locator;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

const FRAME: &str = "iframe[data-part=frame]";

const READ_CANDIDATES: &str = r#"
    const turn = document.querySelector('[data-part=turn][open]');
    const candidates = turn?.querySelectorAll('[data-part=candidate]') ?? [];
    return [...candidates].map(e => ({ action: e.dataset.action, confidence: Number(e.dataset.confidence) }));
"#;

const READ_VALUE: &str = r#"
    const field = document.querySelector(`[data-part=variable][data-name="${arguments[0]}"] [data-part=value]`);
    return field?.value ?? null;
"#;

/// What is typed next replaces what a field holds.
const SELECT_VALUE: &str = r#"
    document.querySelector(`[data-part=variable][data-name="${arguments[0]}"] [data-part=value]`)?.select();
    return null;
"#;

/// The key, as WebDriver names it.
const ENTER: char = '\u{e007}';

/// An author, in a window of their own. Commands go to the page, except while the chat in its frame is spoken to.
#[derive(Clone, Debug)]
pub struct Author {
    window: Arc<Window>,
}

/// An action the inspector says was considered.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Considered {
    /// Its id.
    pub action: String,
    /// How surely, from 0 to 1.
    pub confidence: f64,
}

impl Author {
    /// Opens the preview page at this address.
    pub async fn opens(window: Arc<Window>, page: &str) -> Result<Self> {
        window.client().goto(page).await?;
        window.shown("[data-part=inspector]").await?;
        Ok(Self { window })
    }

    /// Their window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// Writes a line in the previewed chat.
    pub async fn says(&self, text: &str) -> Result<()> {
        self.in_chat(async |window| {
            window.type_into("textarea[data-part=composer]", text).await?;
            window.click("button[data-part=send]").await
        })
        .await
    }

    /// Presses an option in the previewed chat.
    pub async fn chooses(&self, label: &str) -> Result<()> {
        self.in_chat(async |window| window.choose(label).await).await
    }

    /// Waits until the previewed chat shows these words.
    pub async fn sees(&self, text: &str) -> Result<()> {
        self.in_chat(async |window| window.says("[data-part=log]", text).await).await
    }

    /// Everything the previewed chat shows.
    pub async fn entries(&self) -> Result<Vec<Entry>> {
        self.in_chat(async |window| window.read(READ_ENTRIES, &[json!("[data-part=log]")]).await).await
    }

    /// Waits until the inspector says this in one of its parts.
    pub async fn reads(&self, part: &str, text: &str) -> Result<()> {
        self.window.says(&format!("[data-part={part}]"), text).await
    }

    /// Waits until the latest turn's surest action is this, and gives back all that were considered.
    pub async fn reads_surest(&self, action: &str) -> Result<Vec<Considered>> {
        let look = async || {
            let considered: Vec<Considered> = self.window.read(READ_CANDIDATES, &[]).await?;
            Ok(considered.first().is_some_and(|first| first.action == action).then_some(considered))
        };
        self.window.wait_for(&format!("{action} as the surest action"), look).await
    }

    /// Turns to a side of the inspector: `Turns`, `Variables`, `File and versions`.
    pub async fn turns_to(&self, side: &str) -> Result<()> {
        self.window.click(&format!("[data-part=tab][data-tab='{side}']")).await
    }

    /// Waits for the door and goes through it.
    pub async fn signs_in(&self, email: &str, password: &str) -> Result<()> {
        self.window.shown("input[name=email]").await?;
        self.window.type_into("input[name=email]", email).await?;
        self.window.type_into("input[name=password]", password).await?;
        self.window.click("button[data-part=sign-in]").await?;
        self.window.gone("input[name=email]").await
    }

    /// Waits until a value is this.
    pub async fn reads_value(&self, name: &str, value: &str) -> Result<()> {
        let look = async || {
            let shown: Option<String> = self.window.read(READ_VALUE, &[json!(name)]).await?;
            Ok((shown.as_deref() == Some(value)).then_some(()))
        };
        self.window.wait_for(&format!("the value of {name} to be {value}"), look).await
    }

    /// Writes another value in place of the one that is shown.
    pub async fn sets_value(&self, name: &str, value: &str) -> Result<()> {
        let field = format!("[data-part=variable][data-name='{name}'] [data-part=value]");
        let _: Option<String> = self.window.read(SELECT_VALUE, &[json!(name)]).await?;
        self.window.type_into(&field, &format!("{value}{ENTER}")).await
    }

    /// Loads a definition from a file of that name.
    pub async fn loads(&self, name: &str, definition: &str) -> Result<()> {
        self.turns_to("File and versions").await?;
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(name);
        std::fs::write(&path, definition)?;
        let path = path.to_str().context("the temporary folder's name is not UTF-8")?.to_owned();
        let field = self.window.client().find(Locator::Css("input[type=file][data-part=load]")).await?;
        field.send_keys(&path).await?;
        // The page has read the file when it shows its name: only then may the file go.
        self.window.says("body", name).await
    }

    /// Starts the previewed conversation over.
    pub async fn restarts(&self) -> Result<()> {
        self.window.click("button[data-part=restart]").await
    }

    async fn in_chat<T>(&self, act: impl AsyncFnOnce(&Window) -> Result<T>) -> Result<T> {
        self.window.shown(FRAME).await?.enter_frame().await?;
        let done = act(&self.window).await;
        self.window.client().clone().enter_parent_frame().await?;
        done
    }
}
