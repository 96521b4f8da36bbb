//! `up`: from a fresh checkout to a running chat, in one command.

use crate::build;
use crate::flavour::Flavour;
use crate::places::{Places, shown};
use crate::say;
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[derive(clap::Args)]
pub struct Options {
    /// Where to serve, on this machine alone
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Folder of the database and of the demo agents' sign-in
    #[arg(long, default_value = "./data")]
    data: PathBuf,
    /// Begin with nothing set up instead of the demo business
    #[arg(long)]
    no_demo: bool,
    /// A PostgreSQL database instead of SQLite in the data folder: postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Build as for installing: slower to compile, faster to run
    #[arg(long)]
    release: bool,
}

pub fn up(places: &Places, options: &Options) -> Result<()> {
    let began = Instant::now();
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // Said now rather than after minutes of building.
    drop(
        TcpListener::bind(listen)
            .with_context(|| format!("cannot listen on {listen}; choose another --port"))?,
    );
    say::doing(
        "Passerelle: compiling the chat for the browser, then the server around it. The first time takes minutes, later ones seconds.",
    );
    let flavour = if options.release { Flavour::Dist } else { Flavour::Quick };
    let bridge = build::everything(places, flavour)?;
    say::doing(&format!(
        "Ready after {}. Starting {}; Ctrl-C stops it.",
        say::duration(began.elapsed()),
        shown(&bridge)
    ));
    say_addresses(options);
    become_program(&mut serve(&bridge, listen, options))
}

fn say_addresses(options: &Options) {
    let origin = format!("http://localhost:{}", options.port);
    let front =
        if options.no_demo { "nothing is set up yet" } else { "the demo site, with the chat embedded" };
    println!("\n  {origin}/         {front}");
    println!("  {origin}/console  the agents' console");
    println!("  {origin}/preview  the assistant's preview\n");
}

fn serve(bridge: &Path, listen: SocketAddr, options: &Options) -> Command {
    let mut command = Command::new(bridge);
    command.arg("serve").arg("--listen").arg(listen.to_string()).arg("--data").arg(&options.data);
    if !options.no_demo {
        command.arg("--demo");
    }
    if let Some(url) = &options.database {
        // Not an argument: it holds a password, and arguments are there for every user of the machine to see.
        command.env("PASSERELLE_DATABASE", url);
    }
    command
}

/// Takes this process's place, so that signals reach the bridge and nothing else.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("the bridge does not start")
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<()> {
    crate::run::run("the bridge", command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_databases_password_is_not_among_the_arguments() {
        let url = "postgres://ada:secret@db/chat";
        let command = serve_with(&["--database", url]);
        assert!(!crate::run::line(&command).contains("secret"));
        assert!(command.get_envs().any(|(_, value)| value.is_some_and(|value| value == url)));
    }

    #[test]
    fn the_demo_is_served_unless_refused() {
        assert!(
            crate::run::line(&serve_with(&[]))
                .ends_with("serve --listen 127.0.0.1:8080 --data ./data --demo")
        );
        assert!(!crate::run::line(&serve_with(&["--no-demo"])).contains("--demo"));
    }

    fn serve_with(arguments: &[&str]) -> Command {
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            options: Options,
        }
        let words = std::iter::once(&"up").chain(arguments);
        let Line { options } = clap::Parser::parse_from(words);
        serve(Path::new("passerelle"), SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)), &options)
    }
}
