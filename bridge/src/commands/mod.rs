//! The commands, one file each. `true` is success, `false` a file with mistakes or cases that failed: both have been
//! reported; everything else that goes wrong is an error.

mod files;
mod key;
mod password;
mod preview;
mod publish;
mod remote;
mod roll_back;
mod serve;
mod share;
mod versions;
mod webhook;
mod workflow;

use authoring::cli::{Check, Convert, Explore, Import, Schema, Test, Translate};
use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve chats, console and preview.
    Serve(serve::Serve),
    /// Replace an agent's password by the line on standard input.
    Password(password::Password),
    /// Make, list and revoke keys of programs.
    Key(key::Key),
    /// Make, list and change webhooks.
    Webhook(webhook::Webhook),
    /// Say everything that is wrong with assistants and workflows.
    Check(Check),
    /// Play conversation tests without a browser.
    Test(Test),
    /// Talk at random with an assistant, and report dead ends, loops and steps never reached.
    Explore(Explore),
    /// Make an assistant of another system's export.
    Import(Import),
    /// Write an assistant as YAML when it is JSON, as JSON when it is YAML.
    Convert(Convert),
    /// Write a translation of an assistant for a translator to fill in.
    Translate(Translate),
    /// Print the JSON Schema of assistants, workflows or recorded conversations.
    Schema(Schema),
    /// Try a workflow on recorded conversations, start from a ready one, or publish it on a running bridge.
    Workflow(workflow::Workflow),
    /// Open an assistant's file in the preview, and follow it as it is saved.
    Preview(preview::Preview),
    /// Publish a file on a running bridge, or keep it there as the site's draft.
    Publish(publish::Publish),
    /// List the versions of a site's assistant.
    Versions(versions::Versions),
    /// Make an earlier version of a site's assistant the current one again.
    #[command(name = "rollback")]
    RollBack(roll_back::RollBack),
    /// Make a link that shows a site's assistant to people who cannot sign in.
    Share(share::Share),
}

impl Command {
    /// Does it.
    pub async fn run(self) -> anyhow::Result<bool> {
        match self {
            Self::Serve(command) => command.run().await,
            Self::Password(command) => command.run().await,
            Self::Key(command) => command.run().await,
            Self::Webhook(command) => command.run().await,
            Self::Check(command) => files::check(&command),
            Self::Test(command) => files::test(&command),
            Self::Explore(command) => files::explore(&command),
            Self::Import(command) => files::import(&command),
            Self::Convert(command) => files::convert(&command),
            Self::Translate(command) => files::translate(&command),
            Self::Schema(command) => files::schema(&command),
            Self::Workflow(command) => command.run().await,
            Self::Preview(command) => command.run().await,
            Self::Publish(command) => command.run().await,
            Self::Versions(command) => command.run().await,
            Self::RollBack(command) => command.run().await,
            Self::Share(command) => command.run().await,
        }
    }
}
