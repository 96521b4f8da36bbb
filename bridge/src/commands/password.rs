//! `passerelle password`.

use crate::arguments::World;
use anyhow::Context;
use bridge::Secret;
use clap::Args;

/// Replaces an agent's password by the line on standard input.
#[derive(Args)]
pub struct Password {
    /// The agent's email.
    email: String,
    #[command(flatten)]
    world: World,
}

impl Password {
    pub async fn run(self) -> anyhow::Result<bool> {
        let password =
            std::io::read_to_string(std::io::stdin()).context("the new password cannot be read")?;
        let password = Secret::new(password.trim_end_matches(['\r', '\n']));
        bridge::set_password(&self.world.config(), &self.email, &password).await?;
        println!("passerelle: {} has a new password", self.email);
        Ok(true)
    }
}
