//! A real bridge on a real port with SQLite in a temporary folder, and people who use it: visitors and agents over
//! WebSockets, programs over HTTP. Every wait is bounded and says what it waited for.
#![expect(dead_code, unused_imports, reason = "every test file uses another part of this world")]

mod agent;
mod author;
mod described;
mod http;
mod visitor;

pub use agent::Agent;
pub use author::{Author, DEMO, SHOP};
pub use http::{Answer, call};
pub use visitor::{Visitor, Welcome, say};

use bridge::webhooks::Patience;
use bridge::{Config, WorkspaceSource};
use futures_util::{SinkExt, StreamExt};
use protocol::{HandOff, HandOffReason, QueueId, RequestId, Timestamp};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// The demo's admin, who serves both queues.
pub const MARA: &str = "mara@lockgate.example";
/// Serves the workshop.
pub const TOMAS: &str = "tomas@lockgate.example";
/// Serves the front desk.
pub const PRIYA: &str = "priya@lockgate.example";

/// A shop's workspace file with Mara, its admin, and Tomás, and with more of it behind.
pub fn shop(more: &str) -> String {
    format!(
        r##"
        [workspace]
        id = "shop"
        name = "Corner Shop"
        [[site]]
        id = "demo"
        name = "Corner Shop"
        origins = ["self"]
        default_queue = "sales"
        [[queue]]
        id = "sales"
        name = "Sales"
        [[agent]]
        email = "{MARA}"
        name = "Mara Lindqvist"
        role = "admin"
        [[agent]]
        email = "{TOMAS}"
        name = "Tomás Ferreira"
        {more}
        "##
    )
}

/// Of everybody in a workspace that is not the demo.
const PASSWORD: &str = "correct horse battery";

/// Whatever takes longer than this will not come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running bridge.
pub struct World {
    pub address: SocketAddr,
    source: WorkspaceSource,
    patience: Patience,
    grace_seconds: u64,
    data: TempDir,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl World {
    /// Serves the demo on a fresh data folder.
    pub async fn start() -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        Self::serve(data, WorkspaceSource::Demo, Patience::default(), 0, None).await
    }

    /// The same, with agents who may be away for so long before it counts.
    pub async fn with_grace(seconds: u64) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        Self::serve(data, WorkspaceSource::Demo, Patience::default(), seconds, None).await
    }

    /// Serves a workspace file with the demo's people in it, who all have the password [`World::password`] gives.
    pub async fn of(workspace: &str) -> Self {
        Self::patient(workspace, Patience::default()).await
    }

    /// The same, with receivers of webhooks waited for as that says.
    pub async fn patient(workspace: &str, patience: Patience) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder");
        let file = data.path().join("workspace.toml");
        std::fs::write(&file, workspace).expect("the workspace file is written");
        let world = Self::serve(data, WorkspaceSource::File(file), patience, 0, None).await;
        for email in [MARA, TOMAS] {
            world.changes_password(email, PASSWORD).await;
        }
        world
    }

    /// Stops, and serves the same data on the same address again.
    pub async fn restart(mut self) -> Self {
        self.stop().await.expect("the bridge stops well");
        Self::serve(self.data, self.source, self.patience, self.grace_seconds, Some(self.address)).await
    }

    /// Serves the same data by a second bridge, which takes the workspace over.
    pub async fn rival(&self) -> JoinHandle<anyhow::Result<()>> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let config = self.config();
        let serving = tokio::spawn(bridge::serve(config, listener, std::future::pending()));
        ready(address).await;
        serving
    }

    /// Stops, and says how serving ended.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        self.ended().await
    }

    /// Waits until serving ends by itself.
    pub async fn ended(&mut self) -> anyhow::Result<()> {
        within("the bridge to end", &mut self.serving).await.expect("no panic")
    }

    /// The demo agents' password.
    pub fn password(&self) -> String {
        if self.source != WorkspaceSource::Demo {
            return PASSWORD.to_owned();
        }
        let text =
            std::fs::read_to_string(self.data.path().join("demo-sign-in.txt")).expect("a sign-in file");
        text.lines().find_map(|line| line.strip_prefix("password: ")).expect("a password").to_owned()
    }

    /// As `passerelle password` does.
    pub async fn changes_password(&self, email: &str, password: &str) {
        let password = bridge::Secret::new(password);
        bridge::set_password(&self.config(), email, &password).await.expect("the password changes");
    }

    /// What the command line works with.
    pub async fn desk(&self) -> bridge::Desk {
        bridge::Desk::open(&self.config()).await.expect("the store opens")
    }

    fn config(&self) -> Config {
        config(self.data.path(), &self.source, &self.patience, self.grace_seconds)
    }

    async fn serve(
        data: TempDir,
        source: WorkspaceSource,
        patience: Patience,
        grace_seconds: u64,
        address: Option<SocketAddr>,
    ) -> Self {
        let listener = match address {
            Some(address) => TcpListener::bind(address).await,
            None => TcpListener::bind("127.0.0.1:0").await,
        };
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let config = config(data.path(), &source, &patience, grace_seconds);
        let serving = tokio::spawn(bridge::serve(config, listener, async { drop(stopped.await) }));
        ready(address).await;
        Self { address, source, patience, grace_seconds, data, stop: Some(stop), serving }
    }
}

/// One socket, from the client's end.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Socket {
    /// Dials with these headers.
    pub async fn dial(address: SocketAddr, path: &str, headers: &[(&'static str, &str)]) -> Self {
        Self::try_dial(address, path, headers).await.expect("the socket opens")
    }

    /// Dials; the error is the answer's status.
    pub async fn try_dial(
        address: SocketAddr,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> Result<Self, u16> {
        use tokio_tungstenite::tungstenite::{Error, client::IntoClientRequest};
        let mut request = format!("ws://{address}{path}").into_client_request().expect("an address");
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().expect("a header"));
        }
        match within("the socket to open", tokio_tungstenite::connect_async(request)).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("the socket cannot be opened: {error}"),
        }
    }

    /// Sends anything at all.
    pub async fn send(&mut self, message: Message) {
        within("a message to be sent", self.stream.send(message)).await.expect("the socket is open");
    }

    /// Sends a frame.
    pub async fn tell<F: serde::Serialize>(&mut self, frame: &F) {
        self.send(Message::text(serde_json::to_string(frame).expect("a frame"))).await;
    }

    /// The next frame.
    pub async fn next<F: DeserializeOwned>(&mut self, what: &str) -> F {
        loop {
            match within(what, self.stream.next()).await {
                Some(Ok(Message::Text(text))) => {
                    return serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("waited for {what}, and there came {other:?}"),
            }
        }
    }

    /// The bytes below.
    pub fn raw(&mut self) -> &mut MaybeTlsStream<TcpStream> {
        self.stream.get_mut()
    }

    /// The code the bridge closes with.
    pub async fn closed(&mut self) -> u16 {
        loop {
            match within("the socket to close", self.stream.next()).await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                None | Some(Err(_)) => return 1006,
            }
        }
    }
}

/// A fresh name.
pub fn request() -> RequestId {
    static LAST: AtomicU64 = AtomicU64::new(1);
    RequestId::at(Timestamp::from_millis(LAST.fetch_add(1, Ordering::Relaxed)), [9; 10])
}

/// A hand-off to a queue.
pub fn hand_off(queue: Option<&str>) -> HandOff {
    HandOff {
        queue: queue.map(|queue| QueueId::new(queue).expect("a queue's name")),
        needs: Vec::new(),
        language: None,
        agent: None,
        reason: HandOffReason::Planned,
        online_message: "A mechanic is coming.".to_owned(),
        offline_message: "You keep your place.".to_owned(),
        message_to_agent: Some("For staff only.".to_owned()),
        action: Some("Book a repair".to_owned()),
        collected: vec![protocol::Collected { label: "Bike".to_owned(), value: "City bike".to_owned() }],
    }
}

/// Waits, but not for ever.
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    let waited = tokio::time::timeout(PATIENCE, future).await;
    waited.unwrap_or_else(|_| panic!("waited {PATIENCE:?} in vain for {what}"))
}

fn config(data: &Path, source: &WorkspaceSource, patience: &Patience, agent_grace_seconds: u64) -> Config {
    let webhook_patience = patience.clone();
    Config { agent_grace_seconds, webhook_patience, ..Config::new(data, source.clone()) }
}

/// Connections queue up at the port until the bridge answers.
async fn ready(address: SocketAddr) {
    assert_eq!(call(address, "GET", "/healthz", &[], "").await.status, 200);
}
