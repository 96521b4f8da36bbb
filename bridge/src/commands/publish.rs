//! `passerelle publish`.

use super::remote::{Target, report};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

/// Publishes a file on a running bridge, or keeps it there as the site's draft.
#[derive(Args)]
pub struct Publish {
    /// The assistant's file, JSON or YAML.
    file: PathBuf,
    #[command(flatten)]
    target: Target,
    /// What is new, for the list of versions.
    #[arg(long, default_value = "")]
    note: String,
    /// Keep it as the draft; visitors do not see it.
    #[arg(long, conflicts_with = "note")]
    draft: bool,
}

impl Publish {
    pub async fn run(self) -> anyhow::Result<bool> {
        let shown = self.file.display().to_string();
        let source =
            std::fs::read_to_string(&self.file).with_context(|| format!("{shown} cannot be read"))?;
        let name = self.file.file_name().context("this is no file's name")?.to_string_lossy().into_owned();
        let bridge = self.target.sign_in().await?;
        let path = self.target.assistant(if self.draft { "/draft" } else { "" });
        let reply = bridge.put_file(&path, &name, &self.note, source).await?;
        let done = report(&reply, &shown);
        let site = &self.target.site;
        match (done, self.draft) {
            (false, _) => eprintln!("passerelle: site `{site}` keeps what it has"),
            (true, true) => println!("passerelle: {shown} is the draft of site `{site}`"),
            (true, false) if reply.json["new"] == false => {
                let lost = if self.note.is_empty() { "" } else { ", and the note was not kept" };
                println!(
                    "passerelle: nothing is new: site `{site}` runs this very file as version {} already{lost}",
                    reply.json["version"]
                );
            }
            (true, false) => println!("passerelle: site `{site}` runs version {}", reply.json["version"]),
        }
        Ok(done)
    }
}
