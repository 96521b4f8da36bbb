//! `passerelle`: arguments, logging and signals around `bridge::serve`.

mod arguments;

use anyhow::Context;
use arguments::{Arguments, Command};
use bridge::Secret;
use clap::Parser;
use std::io::IsTerminal;
use std::process::ExitCode;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> ExitCode {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("passerelle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Serve { listen, world } => {
            let listener = TcpListener::bind(listen).await;
            let listener = listener
                .with_context(|| format!("cannot listen on {listen}: choose another with --listen"))?;
            bridge::serve(world.config(), listener, stopped()?).await
        }
        Command::Password { email, world } => {
            let password =
                std::io::read_to_string(std::io::stdin()).context("the new password cannot be read")?;
            let password = Secret::new(password.trim_end_matches(['\r', '\n']));
            bridge::set_password(&world.config(), &email, &password).await?;
            println!("passerelle: {email} has a new password");
            Ok(())
        }
    }
}

/// Resolves on SIGINT or SIGTERM.
fn stopped() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        tracing::info!("stopping: what was asked is finished first");
    })
}
