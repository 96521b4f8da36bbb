//! `passerelle preview`.

use anyhow::Context;
use bridge::config::Workspace;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::net::TcpListener;

/// What opens an address in the browser people use.
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(target_os = "macos"))]
const OPENER: &str = "xdg-open";

/// Opens an assistant's file in the preview, and follows it as it is saved.
#[derive(Args)]
pub struct Preview {
    /// The assistant's file, JSON or YAML.
    file: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Open it in the browser.
    #[arg(long)]
    open: bool,
    /// A workspace file: queues and extensions that are not in it are mistakes, and its extensions are called.
    #[arg(long, env = "PASSERELLE_WORKSPACE")]
    workspace: Option<PathBuf>,
}

impl Preview {
    pub async fn run(self) -> anyhow::Result<bool> {
        let workspace = self.workspace.as_deref().map(Workspace::without_assistants).transpose()?;
        std::fs::metadata(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let listener = TcpListener::bind(self.listen).await;
        let listener = listener
            .with_context(|| format!("cannot listen on {}: choose another with --listen", self.listen))?;
        let (file, open) = (self.file.display().to_string(), self.open);
        let ready = move |address: &str| {
            println!("passerelle: the preview of {file} is at {address}");
            if open {
                show(address);
            }
        };
        bridge::preview(self.file, workspace, listener, ready, crate::stopped()?).await?;
        Ok(true)
    }
}

/// The browser is a convenience: without one, the printed address can be opened by hand.
fn show(address: &str) {
    let opened =
        std::process::Command::new(OPENER).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if let Err(error) = opened {
        eprintln!("passerelle: {OPENER} cannot open the browser ({error}): open the address yourself");
    }
}
