//! `passerelle rollback`.

use super::remote::{Target, report};
use axum::http::Method;
use clap::Args;
use serde_json::json;

/// Makes an earlier version of a site's assistant the current one again.
#[derive(Args)]
pub struct RollBack {
    /// Which version.
    version: u64,
    #[command(flatten)]
    target: Target,
}

impl RollBack {
    pub async fn run(self) -> anyhow::Result<bool> {
        let bridge = self.target.sign_in().await?;
        let version = json!({ "version": self.version });
        let reply = bridge.ask(Method::POST, &self.target.assistant("/rollback"), Some(&version)).await?;
        let done = report(&reply, &format!("version {}", self.version));
        if done {
            println!("passerelle: site `{}` runs version {} again", self.target.site, self.version);
        }
        Ok(done)
    }
}
