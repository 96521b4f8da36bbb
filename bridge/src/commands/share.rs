//! `passerelle share`.

use super::remote::{Target, text, time};
use axum::http::Method;
use clap::Args;
use serde_json::json;

/// Makes a link that shows a site's assistant to people who cannot sign in.
#[derive(Args)]
pub struct Share {
    #[command(flatten)]
    target: Target,
    /// What the link shows: `draft`, `published`, or a version's number.
    #[arg(long, default_value = "published")]
    of: String,
    /// How long it lasts.
    #[arg(long, default_value_t = 48)]
    hours: u64,
}

impl Share {
    pub async fn run(self) -> anyhow::Result<bool> {
        let bridge = self.target.sign_in().await?;
        let of = self.of.parse::<u64>().map_or_else(|_| json!(self.of), |number| json!(number));
        let wanted = json!({ "of": of, "hours": self.hours });
        let told = bridge.ask(Method::POST, &self.target.assistant("/share"), Some(&wanted)).await?.json;
        println!("{}", bridge.address(text(&told, "address")));
        eprintln!("passerelle: the link ends at {}", time(&told, "expires_at"));
        Ok(true)
    }
}
