//! `passerelle serve`.

use crate::arguments::World;
use anyhow::Context;
use clap::Args;
use std::net::SocketAddr;
use tokio::net::TcpListener;

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
        let listener = TcpListener::bind(listen).await;
        let listener =
            listener.with_context(|| format!("cannot listen on {listen}: choose another with --listen"))?;
        bridge::serve(self.world.config(), listener, crate::stopped()?).await?;
        Ok(true)
    }
}
