//! Webhooks of a real bridge that is killed with SIGKILL in the middle of telling, on SQLite and on PostgreSQL. Every event
//! arrives at least once, and no event of a conversation arrives for the first time before the one in front of it.

#![expect(clippy::unwrap_used, reason = "every function of this crate is part of a test")]

use acceptance::child::{Guarded, Output};
use acceptance::saving::save;
use acceptance::{postgres, test_bridge};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use bridge::store::{Lease, Store};
use protocol::{
    Actor, Author, BrowserAuthor, Cause, Content, ConversationId, Event, Happening, OpeningSource, SiteId,
    Timestamp, VisitorId, WorkspaceId,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use switchboard::Change;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use uuid::Uuid;

const CONVERSATIONS: u64 = 40;
const EVENTS_EACH: u64 = 10;
/// The receiver has got so many when the bridge is killed for the first time, the second, …
const KILLED_AFTER: [usize; 3] = [30, 120, 250];
/// Whatever takes longer than this will not come.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite_nothing_is_lost_when_the_bridge_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}", folder.path().join("store.db").display());
    killed_again_and_again(&address).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres_nothing_is_lost_when_the_bridge_is_killed() {
    let address = postgres::fresh_database().unwrap_or_else(|error| panic!("{error:#}"));
    killed_again_and_again(&address).await;
}

async fn killed_again_and_again(database: &str) {
    let mut receiver = Receiver::start().await;
    let place = Place::new(database, &receiver.origin);
    let id = place.webhook(&format!("{}/hook", receiver.origin));
    fill(database).await;
    for killed_after in KILLED_AFTER {
        let mut bridge = place.bridge();
        receiver.has_got(killed_after).await;
        bridge.kill().unwrap();
    }
    let mut bridge = place.bridge();
    receiver.has_got_everything().await;
    assert!(
        receiver.came_again <= KILLED_AFTER.len() * 16,
        "{} came again: more than was under way",
        receiver.came_again
    );
    assert_eq!(receiver.failed.load(Ordering::SeqCst), 1, "one was tried again");

    bridge.kill().unwrap();
    place.runs(&["webhook", "replay", &id, "--since", "0"]);
    receiver.forgets();
    let _bridge = place.bridge();
    receiver.has_got_everything().await;
    assert_eq!(receiver.came_again, 0, "nobody was killed this time");
}

/// A workspace file, a data folder, a database.
struct Place {
    folder: TempDir,
    database: String,
}

impl Place {
    fn new(database: &str, private: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let workspace = format!(
            r#"
            [workspace]
            id = "shop"
            name = "Corner Shop"
            [[site]]
            id = "shop"
            name = "Corner Shop"
            origins = ["self"]
            default_queue = "sales"
            [[queue]]
            id = "sales"
            name = "Sales"
            [webhooks]
            allow_private = ["{private}"]
            "#
        );
        std::fs::write(folder.path().join("workspace.toml"), workspace).unwrap();
        Self { folder, database: database.to_owned() }
    }

    /// Has that address told; gives the webhook's id.
    fn webhook(&self, url: &str) -> String {
        let secret = self.runs(&["webhook", "add", url]);
        assert!(secret.starts_with("whsec_"), "{secret}");
        let listed = self.runs(&["webhook", "list"]);
        assert!(listed.contains(url) && !listed.contains(secret.trim()), "{listed}");
        listed.split_whitespace().next().unwrap().to_owned()
    }

    fn runs(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn bridge(&self) -> Guarded {
        let output = Output::default();
        let bridge = Guarded::start(self.command(&["serve", "--listen", "127.0.0.1:0"]), &output).unwrap();
        let listens = output.wait_for(PATIENCE, |line| line.contains("listening on").then_some(()));
        assert!(listens.is_some(), "the bridge does not listen. It said:\n{}", output.text());
        bridge
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(test_bridge::binary().unwrap_or_else(|error| panic!("{error:#}")));
        let path: &Path = self.folder.path();
        command.args(arguments).env("PASSERELLE_DATABASE", &self.database);
        command.env("PASSERELLE_WORKSPACE", path.join("workspace.toml")).env("PASSERELLE_DATA", path);
        command.env_remove("PASSERELLE_LISTEN").env_remove("PASSERELLE_DEMO");
        command
    }
}

/// Has conversations happen, side by side, after the webhook was made and before any bridge runs.
async fn fill(database: &str) {
    let store: Arc<dyn Store> = bridge::store::open(database).await.unwrap();
    let lease: Lease = store.take_lease(&WorkspaceId::new("shop").unwrap()).await.unwrap();
    for number in 1..=EVENTS_EACH {
        let changes: Vec<Change> =
            (0..CONVERSATIONS).map(|conversation| change(conversation, number)).collect();
        save(&*store, &lease, &changes).await.unwrap();
    }
}

fn change(conversation: u64, number: u64) -> Change {
    let visitor = VisitorId(Uuid::from_u128(u128::from(conversation) + 1));
    let happening = match number {
        1 => {
            Happening::Opened { visitor, site: SiteId::new("shop").unwrap(), source: OpeningSource::Visitor }
        }
        _ => Happening::Said {
            author: Author::Browser(BrowserAuthor::Visitor),
            content: Content::text(format!("Line {number}")).unwrap(),
            written_at: Timestamp::from_millis(1),
        },
    };
    let event = Event {
        conversation: ConversationId(Uuid::from_u128(u128::from(conversation) + 1)),
        number,
        at: Timestamp::from_millis(1_700_000_000_000 + number),
        request: None,
        by: Actor::Visitor,
        cause: Cause::Asked,
        happening,
    };
    Change::Happened { event, asker: None }
}

/// Another system, which fails once.
struct Receiver {
    origin: String,
    heard: mpsc::UnboundedReceiver<(String, u64)>,
    failed: Arc<AtomicUsize>,
    seen: BTreeSet<(String, u64)>,
    last_by_conversation: BTreeMap<String, u64>,
    came_again: usize,
}

#[derive(Clone)]
struct Answering {
    heard: mpsc::UnboundedSender<(String, u64)>,
    fails: Arc<AtomicBool>,
    failed: Arc<AtomicUsize>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, heard) = mpsc::unbounded_channel();
        let failed = Arc::new(AtomicUsize::new(0));
        let answering =
            Answering { heard: sender, fails: Arc::new(AtomicBool::new(true)), failed: Arc::clone(&failed) };
        let routes = Router::new().fallback(answer).with_state(answering);
        tokio::spawn(axum::serve(listener, routes).into_future());
        Self {
            origin,
            heard,
            failed,
            seen: BTreeSet::new(),
            last_by_conversation: BTreeMap::new(),
            came_again: 0,
        }
    }

    async fn has_got_everything(&mut self) {
        self.has_got(usize::try_from(CONVERSATIONS * EVENTS_EACH).unwrap()).await;
    }

    /// Waits until it has got so many different events.
    async fn has_got(&mut self, count: usize) {
        while self.seen.len() < count {
            let waited = tokio::time::timeout(PATIENCE, self.heard.recv()).await;
            let got = waited.unwrap_or_else(|_| panic!("only {} of {count} events came", self.seen.len()));
            self.note(got.expect("the receiver is there"));
        }
    }

    fn note(&mut self, (conversation, number): (String, u64)) {
        if !self.seen.insert((conversation.clone(), number)) {
            self.came_again += 1;
            return;
        }
        let last = self.last_by_conversation.insert(conversation.clone(), number).unwrap_or(0);
        assert_eq!(number, last + 1, "in conversation {conversation}");
    }

    fn forgets(&mut self) {
        while self.heard.try_recv().is_ok() {}
        self.seen.clear();
        self.last_by_conversation.clear();
        self.came_again = 0;
    }
}

async fn answer(State(answering): State<Answering>, body: String) -> StatusCode {
    let body: Value = serde_json::from_str(&body).unwrap();
    let (conversation, number) =
        (body["conversation"].as_str().unwrap().to_owned(), body["number"].as_u64().unwrap());
    if number == 2 && answering.fails.swap(false, Ordering::SeqCst) {
        answering.failed.fetch_add(1, Ordering::SeqCst);
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    answering.heard.send((conversation, number)).expect("the test listens");
    StatusCode::NO_CONTENT
}
