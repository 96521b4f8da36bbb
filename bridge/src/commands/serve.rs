//! `passerelle serve`.

use crate::arguments::World;
use anyhow::Context;
use clap::Args;
use std::net::SocketAddr;

/// Serves chats, console and preview.
#[derive(Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "PASSERELLE_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    world: World,
}

impl Serve {
    pub async fn run(self) -> anyhow::Result<bool> {
        let listen = self.listen;
        tracing::debug!(open_files_max = bridge::open_files_max());
        let listener = bridge::listen(listen)
            .with_context(|| format!("cannot listen on {listen}: choose another with --listen"))?;
        bridge::serve(self.world.config(), listener, crate::stopped()?).await?;
        Ok(true)
    }
}
