//! The preview of a file on this machine.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use bridge::config::Workspace;
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use world::{SHOP, call, within};

#[tokio::test]
async fn only_whoever_has_the_printed_address_sees_the_file() {
    let preview = Preview::start().await;
    for path in ["/api/local", "/api/local/events", "/api/sites/local", "/api/preview/x"] {
        assert_eq!(call(preview.address, "GET", path, &[], "").await.status, 401, "{path}");
    }
    let page = call(preview.address, "GET", "/preview", &[], "").await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("Open the address that passerelle printed"), "{page:?}");
    assert_eq!(call(preview.address, "GET", "/begin/guessed", &[], "").await.status, 403);
    let cookie = [("Cookie", preview.cookie.as_str())];
    assert_ne!(call(preview.address, "GET", "/preview", &cookie, "").await.status, 403);
}

#[tokio::test]
async fn a_page_that_leads_its_own_name_here_is_refused() {
    let preview = Preview::start().await;
    let mut stream = TcpStream::connect(preview.address).await.unwrap();
    let request = format!(
        "GET /api/local HTTP/1.1\r\nHost: evil.example\r\nCookie: {}\r\nConnection: close\r\n\r\n",
        preview.cookie
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut status = String::new();
    within("an answer", BufReader::new(stream).read_line(&mut status)).await.unwrap();
    assert!(status.starts_with("HTTP/1.1 403"), "{status}");
}

#[tokio::test]
async fn each_save_is_pushed_and_a_broken_file_leaves_running_what_ran() {
    let preview = Preview::start().await;
    let mut events = preview.follows().await;
    let first = events.next_sound(true).await;
    let path = first["path"].as_str().expect("a path").to_owned();
    assert_eq!(preview.name_at(&path).await, "Corner Shop");
    let told = preview.get("/api/local").await.json();
    assert_eq!((told["site"].as_str(), told["path"].as_str()), (Some("local"), Some(path.as_str())));
    assert!(told["file"].as_str().is_some_and(|file| file.ends_with("shop.yaml")), "{told}");

    std::fs::write(&preview.file, SHOP.replace("then: end", "then: stop")).unwrap();
    let broken = events.next_sound(false).await;
    assert_eq!(broken["mistakes"][0]["severity"], "error");
    assert_eq!(broken["path"], path.as_str());

    std::fs::write(&preview.file, SHOP.replace("Corner Shop", "Market Stall")).unwrap();
    let mended = events.next_sound(true).await;
    assert_eq!(preview.name_at(mended["path"].as_str().expect("a path")).await, "Market Stall");
    let card = preview.get("/api/sites/local").await.json();
    let hash = card["assistant"]["languages"][0]["hash"].as_str().expect("a hash");
    assert_eq!(preview.name_at(&format!("/api/sites/local/assistant/{hash}")).await, "Market Stall");
}

#[tokio::test]
async fn a_preview_is_not_served_to_other_machines() {
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let serving =
        bridge::preview("a.yaml".into(), Default::default(), listener, |_| {}, std::future::pending());
    assert!(within("a refusal", serving).await.unwrap_err().to_string().contains("this machine"));
}

#[tokio::test]
async fn extensions_are_called_as_the_workspace_file_says() {
    let orders = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let workspace = workspace(orders.local_addr().unwrap());
    let find = async |Path(order): Path<String>| Json(json!({ "order": order }));
    tokio::spawn(axum::serve(orders, Router::new().route("/orders/{id}", get(find))).into_future());
    let preview = Preview::of(Some(workspace)).await;
    assert_eq!(preview.get("/api/local").await.json()["calls"], true);
    let outcome = preview.calls("find").await;
    assert_eq!(outcome.json(), json!({ "success": true, "status": 200, "body": { "order": "A 7" } }));
    assert_eq!(preview.calls("burn").await.status, 404, "what the file does not declare is not called");
}

#[tokio::test]
async fn without_a_workspace_file_the_author_answers() {
    let preview = Preview::start().await;
    assert_eq!(preview.get("/api/local").await.json()["calls"], false);
    let answer = json!({ "status": 404, "body": "Gone" }).to_string();
    assert_eq!(preview.post("/api/local/answer", &answer).await.status, 404, "no call waits");
    let mut events = preview.follows().await;
    let author = async {
        let asked = events.next(|event| event["extension"] == "orders").await;
        assert_eq!((&asked["operation"], &asked["with"]), (&json!("find"), &json!({ "id": "A 7" })));
        assert_eq!(preview.post("/api/local/answer", &answer).await.status, 204);
    };
    let (outcome, ()) = tokio::join!(preview.calls("find"), author);
    assert_eq!(outcome.json(), json!({ "success": false, "status": 404, "body": "Gone" }));
    assert_eq!(preview.calls("burn").await.status, 404, "what the file does not declare is not called");
}

#[tokio::test]
async fn the_chat_is_named_after_the_assistant_and_not_after_its_file() {
    let preview = Preview::start().await;
    preview.follows().await.next_sound(true).await;
    assert_eq!(preview.get("/api/sites/local").await.json()["name"], "Corner Shop");
}

fn workspace(orders: SocketAddr) -> Workspace {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("shop.toml");
    let text = format!(
        "[workspace]\nid = \"shop\"\nname = \"Corner Shop\"\n\n[extensions.orders]\naddress = \"http://{orders}\"\nallow_private = true\n"
    );
    std::fs::write(&path, text).expect("the file is written");
    Workspace::without_assistants(&path).expect("a workspace file")
}

struct Preview {
    address: SocketAddr,
    cookie: String,
    file: PathBuf,
    _folder: TempDir,
    _stop: oneshot::Sender<()>,
}

impl Preview {
    async fn start() -> Self {
        Self::of(None).await
    }

    async fn of(workspace: Option<Workspace>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("shop.yaml");
        std::fs::write(&file, SHOP).expect("the file is written");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let (told, begin) = oneshot::channel();
        let ready = move |address: &str| told.send(address.to_owned()).expect("somebody waits");
        let stopped = async { drop(stopped.await) };
        tokio::spawn(bridge::preview(file.clone(), workspace, listener, ready, stopped));
        let begin = within("the address", begin).await.expect("an address");
        let path = begin.strip_prefix(&format!("http://{address}")).expect("an address here");
        let answer = call(address, "GET", path, &[], "").await;
        assert_eq!((answer.status, answer.header("location")), (303, Some("/preview")));
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next());
        let cookie = cookie.expect("a cookie").to_owned();
        Self { address, cookie, file, _folder: folder, _stop: stop }
    }

    async fn get(&self, path: &str) -> world::Answer {
        call(self.address, "GET", path, &[("Cookie", &self.cookie)], "").await
    }

    /// Has an operation of what runs now called.
    async fn calls(&self, operation: &str) -> world::Answer {
        self.follows().await.next_sound(true).await;
        let card = self.get("/api/sites/local").await.json();
        let with = json!({ "id": "A 7" });
        let body = json!({
            "assistant": card["assistant"]["languages"][0]["hash"], "extension": "orders",
            "operation": operation, "with": with,
        });
        self.post("/api/sites/local/call", &body.to_string()).await
    }

    async fn post(&self, path: &str, body: &str) -> world::Answer {
        call(self.address, "POST", path, &[("Cookie", &self.cookie)], body).await
    }

    async fn name_at(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        assistant::definition::Definition::from_bytes(&answer.bytes).expect("an assistant").name
    }

    async fn follows(&self) -> Events {
        let mut stream = TcpStream::connect(self.address).await.expect("the server is there");
        let request = format!(
            "GET /api/local/events HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.address, self.cookie
        );
        stream.write_all(request.as_bytes()).await.expect("the request is sent");
        Events(BufReader::new(stream))
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event that says so.
    async fn next_sound(&mut self, sound: bool) -> serde_json::Value {
        self.next(|event| event["sound"] == sound).await
    }

    /// The next event of which this holds.
    async fn next(&mut self, holds: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let mut line = String::new();
            within("an event", self.0.read_line(&mut line)).await.expect("the server is there");
            let data = line.strip_prefix("data: ").map(|data| serde_json::from_str(data).expect("JSON"));
            if let Some(event) = data.filter(&holds) {
                return event;
            }
        }
    }
}
