//! Pictures of a scenario for the documents, taken when `PASSERELLE_PICTURES` names a folder:
//! `PASSERELLE_PICTURES=docs cargo xtask test browser`.

use crate::browser::Window;
use anyhow::{Context, Result};
use fantoccini::Locator;
use std::path::{Path, PathBuf};

/// Between and around the two windows, in CSS pixels.
const GAP: u32 = 24;

/// Keeps what the visitor and the agent see now, each alone and both side by side.
pub async fn keep(visitor: &Window, agent: &Window) -> Result<()> {
    let Some(folder) = std::env::var_os("PASSERELLE_PICTURES").map(PathBuf::from) else { return Ok(()) };
    let folder = crate::root().join(folder);
    for (window, name) in [(visitor, "crossing-visitor.png"), (agent, "crossing-console.png")] {
        let picture = window.client().screenshot().await?;
        std::fs::write(folder.join(name), picture).with_context(|| format!("{name} cannot be kept"))?;
    }
    side_by_side(&folder).await
}

/// Lets a browser lay the two pictures out, since it can.
async fn side_by_side(folder: &Path) -> Result<()> {
    let folder = folder.canonicalize()?;
    let page = tempfile::Builder::new().prefix("crossing").suffix(".html").tempfile()?;
    let image = |name: &str| format!("<img src=\"file://{}/{name}\">", folder.display());
    let style = format!(
        "body {{ margin: 0; width: max-content }} \
         main {{ display: flex; gap: {GAP}px; padding: {GAP}px; background: #e9ecef; width: max-content }} \
         img {{ border-radius: 8px; box-shadow: 0 2px 12px #0003 }}"
    );
    let images = format!("{}{}", image("crossing-visitor.png"), image("crossing-console.png"));
    std::fs::write(page.path(), format!("<!doctype html><style>{style}</style><main>{images}</main>"))?;
    let window = Window::open("pictures", (2_400, 1_000)).await?;
    window.client().goto(&format!("file://{}", page.path().display())).await?;
    let picture = window.client().find(Locator::Css("main")).await?.screenshot().await?;
    std::fs::write(folder.join("crossing.png"), picture).context("crossing.png cannot be kept")?;
    window.close().await
}
