//! `passerelle webhook`.

use super::remote::shown_time;
use crate::arguments::World;
use anyhow::Context;
use bridge::Desk;
use bridge::store::WebhookRow;
use bridge::webhooks::{OVERLAP_HOURS_DEFAULT, Wanted};
use clap::{Args, Subcommand};
use protocol::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Makes, lists and changes webhooks. Works on the database, also while the bridge runs, which notices within half a minute.
#[derive(Args)]
pub struct Webhook {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    world: World,
}

#[derive(Subcommand)]
enum What {
    /// Make a webhook. Its secret is printed this once.
    Add {
        /// Where events are sent.
        url: String,
        /// A kind of event, such as opened; can be given several times. All kinds if not given.
        #[arg(long = "kind")]
        kinds: Vec<String>,
        /// What it is for.
        #[arg(long, default_value = "")]
        description: String,
    },
    /// List webhooks.
    List,
    /// Send nothing more, and give up what waits.
    Pause {
        /// Which.
        id: Uuid,
    },
    /// Send what happens from now on.
    Resume {
        /// Which.
        id: Uuid,
    },
    /// Replace the secret. The new one is printed this once.
    Rotate {
        /// Which.
        id: Uuid,
        /// For how many hours deliveries are signed with both.
        #[arg(long, default_value_t = OVERLAP_HOURS_DEFAULT)]
        overlap_hours: u64,
    },
    /// Send everything since a time once more.
    Replay {
        /// Which.
        id: Uuid,
        /// Milliseconds since 1970.
        #[arg(long)]
        since: u64,
    },
    /// Remove a webhook and the record of its deliveries.
    Remove {
        /// Which.
        id: Uuid,
    },
}

impl Webhook {
    pub async fn run(self) -> anyhow::Result<bool> {
        let Desk { webhooks, .. } = Desk::open(&self.world.config()).await?;
        match self.what {
            What::Add { url, kinds, description } => {
                let kinds = Some(BTreeSet::from_iter(kinds));
                let wanted = Wanted { url: Some(url), description: Some(description), kinds, active: None };
                let (row, secret) = webhooks.make(wanted, None).await?;
                println!("{}", secret.expose());
                eprintln!("passerelle: this is the secret of webhook {}; it is shown this once", row.id);
            }
            What::List => webhooks.list().await?.iter().for_each(show),
            What::Pause { id } => {
                webhooks.change(id, Wanted { active: Some(false), ..Wanted::default() }).await?;
                println!("passerelle: webhook {id} is sent nothing more");
            }
            What::Resume { id } => {
                webhooks.change(id, Wanted { active: Some(true), ..Wanted::default() }).await?;
                println!("passerelle: webhook {id} is sent what happens from now on");
            }
            What::Rotate { id, overlap_hours } => {
                let (secret, until) = webhooks.rotate(id, overlap_hours).await?;
                println!("{}", secret.expose());
                eprintln!(
                    "passerelle: deliveries are signed with the earlier secret too until {}",
                    shown_time(until)
                );
            }
            What::Replay { id, since } => {
                webhooks
                    .replay_since(id, Timestamp::from_millis(since))
                    .await
                    .context("nothing is sent again")?;
                println!(
                    "passerelle: webhook {id} is sent everything since {} again",
                    shown_time(Timestamp::from_millis(since))
                );
            }
            What::Remove { id } => {
                webhooks.remove(id).await?;
                println!("passerelle: webhook {id} is gone");
            }
        }
        Ok(true)
    }
}

fn show(webhook: &WebhookRow) {
    let kinds = if webhook.kinds.is_empty() { "all".to_owned() } else { webhook.kinds.join(",") };
    let state = match (&webhook.stopped, webhook.active, webhook.failing_since) {
        (Some((at, why)), ..) => format!("stopped {}: {why}", shown_time(*at)),
        (None, false, _) => "paused".to_owned(),
        (None, true, Some(since)) => format!("failing since {}", shown_time(since)),
        (None, true, None) => "active".to_owned(),
    };
    println!("{}  {}  {kinds}  {state}  {}", webhook.id, webhook.url, webhook.description);
}
