//! The commands, one file each. `true` is success, `false` a file with mistakes or cases that failed: both have been
//! reported; everything else that goes wrong is an error.

mod password;
mod preview;
mod publish;
mod remote;
mod roll_back;
mod serve;
mod share;
mod versions;

use clap::Subcommand;

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve chats, console and preview.
    Serve(serve::Serve),
    /// Replace an agent's password by the line on standard input.
    Password(password::Password),
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
            Self::Preview(command) => command.run().await,
            Self::Publish(command) => command.run().await,
            Self::Versions(command) => command.run().await,
            Self::RollBack(command) => command.run().await,
            Self::Share(command) => command.run().await,
        }
    }
}
