//! What every handler and every socket works with.

use crate::assistants::Assistants;
use crate::assistants::previews::Previews;
use crate::assistants::share::ShareKey;
use crate::clock::Clock;
use crate::config::Workspace;
use crate::extensions::Extensions;
use crate::guests::Guests;
use crate::http::api::Repeats;
use crate::http::assets::Assets;
use crate::http::backoff::SignInBackoff;
use crate::http::gate::Gate;
use crate::keys::Keys;
use crate::runtime::RuntimeLine;
use crate::socket::program::Feed;
use crate::store::Store;
use crate::webhooks::Webhooks;
use std::sync::Arc;
use switchboard::Directory;
use tokio::sync::{mpsc, watch};

/// One bridge. Handlers read it and ask the loop; only the loop changes conversations.
pub struct App {
    /// Sites, queues and agents, as written.
    pub workspace: Arc<Workspace>,
    /// How the workspace is set up at this moment.
    pub directory: watch::Receiver<Directory>,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// The line to the loop.
    pub runtime: RuntimeLine,
    /// Whether the loop can save.
    pub healthy: watch::Receiver<bool>,
    /// What happens, for programs that watch.
    pub feed: Feed,
    /// The time.
    pub clock: Clock,
    /// The front ends.
    pub assets: Assets,
    /// What sites run, and what authors work on.
    pub assistants: Assistants,
    /// Unsaved work that is being previewed.
    pub previews: Previews,
    /// Signs links that show an assistant.
    pub share_key: ShareKey,
    /// Other systems that assistants may call.
    pub extensions: Extensions,
    /// How often each visitor's address has them called.
    pub call_gate: Gate,
    /// How often each address signs in with a wrong password.
    pub sign_in_gate: Gate,
    /// How much guests ask.
    pub guests: Arc<Guests>,
    /// Wrong passwords, remembered for a while.
    pub backoff: SignInBackoff,
    /// Keys of customers' programs.
    pub keys: Keys,
    /// What callers were answered under names of their own.
    pub repeats: Repeats,
    /// Who is told of events.
    pub webhooks: Webhooks,
    /// Held by every open socket, so that stopping can wait for their goodbyes.
    pub alive: mpsc::Sender<()>,
}

impl App {
    /// How the workspace is set up at this moment.
    pub fn directory(&self) -> Directory {
        self.directory.borrow().clone()
    }
}
