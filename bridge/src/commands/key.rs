//! `passerelle key`.

use super::remote::shown_time;
use crate::arguments::World;
use anyhow::Context;
use bridge::Desk;
use bridge::keys::{NewKey, Scope};
use clap::{Args, Subcommand};
use std::collections::BTreeSet;

/// Keys shown by `list`.
const LISTED_MAX: u64 = 1_000;

/// Makes, lists and revokes keys of programs that call the API. Works on the database, also while the bridge runs.
#[derive(Args)]
pub struct Key {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    world: World,
}

#[derive(Subcommand)]
enum What {
    /// Make a key. It is printed this once.
    Add {
        /// What it is for.
        name: String,
        /// What it may do, such as webhooks:manage; can be given several times.
        #[arg(long = "scope", required = true)]
        scopes: Vec<Scope>,
        /// For how many days it works; until it is revoked, if not given.
        #[arg(long)]
        days: Option<u64>,
    },
    /// List keys, the newest first.
    List,
    /// Revoke a key: from now on it lets nobody in.
    Revoke {
        /// How the key begins, as `list` shows it, or its id.
        key: String,
    },
}

impl Key {
    pub async fn run(self) -> anyhow::Result<bool> {
        let desk = Desk::open(&self.world.config()).await?;
        match self.what {
            What::Add { name, scopes, days } => {
                let wanted = NewKey { name, scopes: BTreeSet::from_iter(scopes), days };
                let (row, secret) = desk.keys.make(wanted, None).await?;
                println!("{}", secret.expose());
                eprintln!("passerelle: this is the key `{}`; it is shown this once", row.name);
            }
            What::List => {
                for row in desk.keys.list(None, LISTED_MAX).await? {
                    let state = match (&row.revoked, row.until) {
                        (Some(revoked), _) => format!("revoked {}", shown_time(revoked.at)),
                        (None, Some(until)) => format!("until {}", shown_time(until)),
                        (None, None) => "no end".to_owned(),
                    };
                    let used = row
                        .used_at
                        .map_or_else(|| "never used".to_owned(), |at| format!("used {}", shown_time(at)));
                    println!("{}  {}  {}  {state}  {used}", row.prefix, row.name, row.scopes);
                }
            }
            What::Revoke { key } => {
                let rows = desk.keys.list(None, LISTED_MAX).await?;
                let row = rows.iter().find(|row| row.prefix == key || row.id.to_string() == key);
                let row = row.with_context(|| format!("there is no key `{key}`: see passerelle key list"))?;
                let done = desk.keys.revoke(row.id, None).await?;
                anyhow::ensure!(done, "the key {} was revoked already", row.prefix);
                println!("passerelle: the key {} is revoked", row.prefix);
            }
        }
        Ok(true)
    }
}
