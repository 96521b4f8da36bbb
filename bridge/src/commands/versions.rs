//! `passerelle versions`.

use super::remote::{Target, text, time};
use axum::http::Method;
use clap::Args;

/// Lists the versions of a site's assistant.
#[derive(Args)]
pub struct Versions {
    #[command(flatten)]
    target: Target,
}

impl Versions {
    pub async fn run(self) -> anyhow::Result<bool> {
        let bridge = self.target.sign_in().await?;
        let told = bridge.ask(Method::GET, &self.target.assistant("/versions"), None).await?.json;
        if told["draft"].is_object() {
            let draft = &told["draft"];
            println!(
                "draft  {}  {}  {}",
                time(draft, "saved_at"),
                text(draft, "saved_by"),
                text(draft, "name")
            );
        }
        for version in told["versions"].as_array().into_iter().flatten() {
            let current = if version["number"] == told["current"] { "*" } else { " " };
            println!(
                "{current}{:>4}  {}  {}  {}  {}",
                version["number"],
                time(version, "published_at"),
                text(version, "published_by"),
                text(version, "name"),
                text(version, "note"),
            );
        }
        Ok(true)
    }
}
