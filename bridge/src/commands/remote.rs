//! What the commands that talk to a running bridge have in common.

use anyhow::Context;
use bridge::Secret;
use bridge::remote::{Remote, Reply};
use clap::Args;
use protocol::SiteId;
use serde_json::Value;
use std::io::IsTerminal;

/// Which bridge, and as whom.
#[derive(Args)]
pub struct Bridge {
    /// Address of the bridge, such as https://chat.example.
    #[arg(long, env = "PASSERELLE_BRIDGE")]
    bridge: String,
    /// An admin's email. The password is in PASSERELLE_PASSWORD, or a line on standard input.
    #[arg(long, env = "PASSERELLE_EMAIL")]
    email: String,
}

/// Which bridge, which site, and as whom.
#[derive(Args)]
pub struct Target {
    #[command(flatten)]
    bridge: Bridge,
    /// Which site of it.
    #[arg(long)]
    pub site: SiteId,
}

impl Bridge {
    /// Signs in.
    pub async fn sign_in(&self) -> anyhow::Result<Remote> {
        Remote::sign_in(&self.bridge, &self.email, &password()?).await
    }
}

impl Target {
    /// Signs in.
    pub async fn sign_in(&self) -> anyhow::Result<Remote> {
        self.bridge.sign_in().await
    }

    /// An address of the site's assistant.
    pub fn assistant(&self, rest: &str) -> String {
        format!("/api/v1/sites/{}/assistant{rest}", self.site)
    }
}

/// Prints the mistakes in an answer, each as `FILE:LINE:COLUMN`; gives whether it was done all the same.
pub fn report(reply: &Reply, file: &str) -> bool {
    for mistake in reply.json["mistakes"].as_array().into_iter().flatten() {
        match serde_json::from_value::<authoring::Mistake>(mistake.clone()) {
            Ok(mistake) => eprintln!("{file}:{mistake}"),
            Err(_) => eprintln!("{file}: {mistake}"),
        }
    }
    reply.done
}

/// A text of an answer, or a dash.
pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().filter(|text| !text.is_empty()).unwrap_or("-")
}

/// A time of an answer, in UTC.
pub fn time(value: &Value, name: &str) -> String {
    shown_time(protocol::Timestamp::from_millis(value[name].as_u64().unwrap_or_default()))
}

/// A time, in UTC.
pub fn shown_time(at: protocol::Timestamp) -> String {
    let text = assistant::civil::date_time_text(assistant::surroundings::utc(at));
    text.get(..16).unwrap_or(&text).replace('T', " ") + " UTC"
}

/// Never an argument: those are there for everybody on the machine to see.
fn password() -> anyhow::Result<Secret> {
    if let Ok(password) = std::env::var("PASSERELLE_PASSWORD") {
        return Ok(Secret::new(password));
    }
    anyhow::ensure!(
        !std::io::stdin().is_terminal(),
        "no password: put it into PASSERELLE_PASSWORD, or hand it to standard input"
    );
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("the password cannot be read")?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}
