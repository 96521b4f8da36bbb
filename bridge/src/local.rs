//! `passerelle preview FILE`: the preview page for a file on this machine, without a workspace or a sign-in. Each save of the
//! file is checked and pushed to the page.
//!
//! Other pages in the same browser, and other people on the same machine, must not read the file: whoever calls needs the
//! cookie that the printed address gives, and has to call the server by its own name.

mod asked;
mod routes;
mod watch;

use crate::assistants::build;
use crate::assistants::previews::Previews;
use crate::clock::Clock;
use crate::config::Workspace;
use crate::extensions::Extensions;
use crate::http::assets::Assets;
use crate::http::workbench::operations;
use crate::secret::Secret;
use anyhow::Context;
use authoring::{Mistake, Severity, World};
use protocol::{AssistantCard, SpokenLanguage};
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch as latest;

/// The site a local preview is of.
const SITE: &str = "local";

/// What every handler works with.
struct Local {
    file: PathBuf,
    name: String,
    address: SocketAddr,
    token: Secret,
    assets: Assets,
    previews: Arc<Previews>,
    clock: Clock,
    world: World,
    /// None without a workspace: nothing says where extensions are.
    extensions: Option<Extensions>,
    asked: asked::Asked,
    state: latest::Receiver<State>,
}

/// Where the file stands.
#[derive(Clone, Debug, Default)]
struct State {
    /// The assistant's name, once there was one.
    name: Option<String>,
    /// What it makes, by language; what it made last while it is broken.
    languages: Vec<(String, String)>,
    /// Whether it can run as it is now.
    sound: bool,
    /// What is wrong with it now.
    mistakes: Vec<Mistake>,
    /// Its text, to be shown beside what is wrong with it.
    source: String,
}

/// Serves the preview of a file until `shutdown` resolves. `ready` is given the address to open.
pub async fn serve(
    file: PathBuf,
    workspace: Option<Workspace>,
    listener: TcpListener,
    ready: impl FnOnce(&str),
    shutdown: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let address = listener.local_addr().context("the listener has no address")?;
    anyhow::ensure!(
        address.ip().is_loopback(),
        "a preview of a file is for this machine: listen on 127.0.0.1, not on {}",
        address.ip()
    );
    let name = file.file_name().context("this is no file's name")?.to_string_lossy().into_owned();
    let world = workspace.as_ref().map(Workspace::world).unwrap_or_default();
    let extensions = workspace.as_ref().map(Extensions::open).transpose();
    let extensions = extensions.unwrap_or_else(|error| {
        tracing::warn!("this preview calls no extension: {error:#}");
        None
    });
    let (told, state) = latest::channel(State::default());
    let previews = Arc::new(Previews::default());
    let clock = Clock::start();
    let mut changes = watch::changes(file.clone());
    let local = Local {
        file,
        name: name.clone(),
        address,
        token: Secret::for_session(),
        assets: Assets::load()?,
        previews: Arc::clone(&previews),
        clock,
        world: world.clone(),
        extensions,
        asked: Default::default(),
        state,
    };
    let begin = format!("http://{address}/begin/{}", local.token.expose());
    let following = async {
        while let Some(text) = changes.recv().await {
            let state = take(&name, text, &world, &previews, clock).await?;
            told.send_modify(|now| *now = state.after(now));
        }
        anyhow::Ok(())
    };
    ready(&begin);
    tokio::select! {
        served = axum::serve(listener, routes::routes(Arc::new(local))).into_future() => served?,
        followed = following => followed?,
        () = shutdown => {}
    }
    Ok(())
}

/// Checks what the file holds now.
async fn take(
    name: &str,
    text: Result<String, String>,
    world: &World,
    previews: &Previews,
    clock: Clock,
) -> anyhow::Result<State> {
    let source = match text {
        Ok(source) => source,
        Err(problem) => return Ok(State { mistakes: vec![unreadable(problem)], ..State::default() }),
    };
    let reading = build::read(name.to_owned(), source.clone(), world.clone()).await?;
    let name = reading.checked.document.as_ref().map(|document| document.name.clone());
    let operations = operations(&reading);
    Ok(match reading.build() {
        Ok(built) => {
            let languages = previews.add(built.builds, operations, None, clock.now());
            State { name, languages, sound: true, mistakes: built.warnings, source }
        }
        Err(mistakes) => State { mistakes, source, ..State::default() },
    })
}

impl State {
    /// A broken file leaves running what ran before.
    fn after(self, before: &Self) -> Self {
        match self.sound {
            true => self,
            false => Self { name: before.name.clone(), languages: before.languages.clone(), ..self },
        }
    }

    /// How the widget finds what the file makes.
    fn card(&self) -> Option<AssistantCard> {
        let language = |(tag, id): &(String, String)| SpokenLanguage { tag: tag.clone(), hash: id.clone() };
        let languages: Vec<SpokenLanguage> = self.languages.iter().map(language).collect();
        (!languages.is_empty()).then_some(AssistantCard { languages })
    }
}

fn unreadable(problem: String) -> Mistake {
    Mistake {
        severity: Severity::Error,
        line: 1,
        column: 1,
        path: String::new(),
        code: "unreadable-file".to_owned(),
        problem,
        remedy: "save the file there again".to_owned(),
    }
}
