//! The server around the switchboard: HTTP, WebSocket, store. It decides nothing about conversations itself.
//!
//! [`serve`] is the whole of it; the binary `passerelle` adds arguments and signals.

mod app;
mod assistants;
mod client;
mod clock;
pub mod config;
mod demo;
mod door;
mod error;
mod extensions;
mod guests;
mod http;
pub mod keys;
mod listen;
mod local;
mod pace;
mod password;
mod people;
mod performer;
pub mod remote;
mod runtime;
mod secret;
mod socket;
pub mod store;
mod unreadable;
pub mod webhooks;
mod workflows;

pub use config::{Config, WorkspaceSource};
pub use listen::{listen, open_files_max};
pub use secret::Secret;

use anyhow::Context;
use app::App;
use assistants::Assistants;
use assistants::previews::Previews;
use assistants::share::{self, ShareKey};
use clock::Clock;
use config::Workspace;
use extensions::Extensions;
use guests::Guests;
use http::api::Repeats;
use http::assets::Assets;
use http::backoff::SignInBackoff;
use http::gate::Gate;
use keys::Keys;
use people::SignIn;
use runtime::{Runtime, RuntimeLine};
use socket::program::FEED_EVENTS_MAX;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use switchboard::Directory;
use tokio::net::TcpListener;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use webhooks::{Webhooks, Worker};

/// Sockets have this long to say goodbye when the bridge stops.
const GOODBYE_SECONDS_MAX: u64 = 5;

/// Serves until `shutdown` resolves, then finishes the batch in hand and says goodbye. Fails when it cannot start, and
/// when another process takes over the workspace.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = listener.local_addr().context("the listener has no address")?;
    let (alive, mut all_gone) = mpsc::channel(1);
    let (app, runtime, worker) = start(&config, alive).await?;
    let (stop, stopped) = watch::channel(false);
    let (store, workspace) = (Arc::clone(&app.store), app.workspace.id.clone());
    tokio::spawn(workflows::retention::forget_old_runs(store, workspace, app.clock, stopped.clone()));
    let sending = tokio::spawn(worker.run(stopped.clone()));
    let mut turning = tokio::spawn(runtime.run(stopped.clone()));
    let serving = tokio::spawn(door::serve(listener, http::routes(app), stopped));
    println!("passerelle: listening on http://{address}");

    let outcome = tokio::select! {
        () = shutdown => {
            stop.send_replace(true);
            (&mut turning).await
        }
        outcome = &mut turning => outcome,
    };
    stop.send_replace(true);
    let goodbyes = async {
        serving.await.context("the server of pages was interrupted")?;
        // Nothing is ever sent: this ends when the last socket has.
        let _: Option<()> = all_gone.recv().await;
        sending.await.context("the sender of webhooks was interrupted")?;
        anyhow::Ok(())
    };
    match tokio::time::timeout(Duration::from_secs(GOODBYE_SECONDS_MAX), goodbyes).await {
        Ok(said) => said?,
        Err(_) => tracing::warn!("some connections did not say goodbye in {GOODBYE_SECONDS_MAX} seconds"),
    }
    outcome.context("the loop was interrupted")?.context("this bridge has to stop")
}

/// Replaces an agent's password; sign-ins that exist go on until they end.
pub async fn set_password(config: &Config, email: &str, password: &Secret) -> anyhow::Result<()> {
    let workspace = Workspace::load(&config.workspace)?;
    let store = open_store(config).await?;
    people::set_password(&workspace, store.as_ref(), email, password).await
}

/// What is kept of keys and webhooks, for the command line: also while a bridge runs, which notices.
pub struct Desk {
    /// Keys of customers' programs.
    pub keys: Keys,
    /// Who is told of events.
    pub webhooks: Webhooks,
}

impl Desk {
    /// Opens the store.
    pub async fn open(config: &Config) -> anyhow::Result<Self> {
        let (workspace, clock) = (Arc::new(Workspace::load(&config.workspace)?), Clock::start());
        let store = open_store(config).await?;
        let keys = Keys::new(workspace.id.clone(), Arc::clone(&store), clock);
        Ok(Self { keys, webhooks: Webhooks::new(workspace, store, clock, Arc::new(Notify::new())) })
    }
}

/// Serves the preview page for a file on this machine until `shutdown` resolves; `ready` is given the address to open. The
/// extensions that are called are those of `workspace`.
pub async fn preview(
    file: PathBuf,
    workspace: Option<Workspace>,
    listener: TcpListener,
    ready: impl FnOnce(&str),
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    local::serve(file, workspace, listener, ready, shutdown).await
}

async fn start(config: &Config, alive: mpsc::Sender<()>) -> anyhow::Result<(Arc<App>, Runtime, Worker)> {
    let clock = Clock::start();
    let workspace = Arc::new(Workspace::load(&config.workspace)?);
    let store = open_store(config).await?;
    let extensions = Extensions::open(&workspace)?;
    let assistants = Assistants::load(&workspace, &store, clock).await?;
    let fresh = clock::random::<{ share::KEY_BYTES }>();
    let share_key = ShareKey::new(store.shelf().signing_key(&workspace.id, share::PURPOSE, &fresh).await?);
    let sign_ins = people::enrol(config, &workspace, store.as_ref(), &clock).await?;
    announce(&workspace, &config.data, &sign_ins);
    let (line, inputs) = RuntimeLine::new();
    let (healthy, health) = watch::channel(true);
    let (directory, set_up) = watch::channel(Directory::default());
    let (effects, wanted) = performer::line();
    let (feed, _) = broadcast::channel(FEED_EVENTS_MAX);
    let runtime = Runtime::start(runtime::Start {
        workspace: Arc::clone(&workspace),
        store: Arc::clone(&store),
        clock,
        inputs,
        healthy,
        effects,
        feed: feed.clone(),
        directory,
        agent_grace_seconds: config.agent_grace_seconds,
    });
    let runtime = runtime.await.context("the workspace cannot be taken over")?;
    tokio::spawn(performer::perform(wanted, line.clone(), Arc::clone(&workspace)));
    let saved = runtime.saved();
    let worker = Worker::new(
        Arc::clone(&workspace),
        Arc::clone(&store),
        clock,
        runtime.lease().clone(),
        Arc::clone(&saved),
        config.webhook_patience.clone(),
    );
    let guests = Arc::new(Guests::new(workspace.limits.clone()));
    let app = App {
        keys: Keys::new(workspace.id.clone(), Arc::clone(&store), clock),
        repeats: Repeats::default(),
        webhooks: Webhooks::new(Arc::clone(&workspace), Arc::clone(&store), clock, saved),
        workspace,
        directory: set_up,
        store,
        runtime: line,
        healthy: health,
        feed,
        clock,
        assets: Assets::load()?,
        assistants,
        previews: Previews::default(),
        share_key,
        extensions,
        call_gate: Gate::of_calls(),
        sign_in_gate: Gate::of_sign_ins(),
        guests,
        backoff: SignInBackoff::default(),
        alive,
    };
    Ok((Arc::new(app), runtime, worker))
}

async fn open_store(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    make_private_folder(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    Ok(store::open(config.database.expose()).await?)
}

/// Sign-ins and messages lie there: nobody else on the machine has to read them.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn announce(workspace: &Workspace, data: &Path, sign_ins: &[SignIn]) {
    if sign_ins.is_empty() {
        return;
    }
    match workspace.is_demo {
        true => println!("passerelle: the demo's agents (kept in {}):", demo::sign_in_path(data).display()),
        false => println!("passerelle: new agents; their passwords are shown this once:"),
    }
    for SignIn { email, password } in sign_ins {
        println!("passerelle:   {email}  {}", password.expose());
    }
}
