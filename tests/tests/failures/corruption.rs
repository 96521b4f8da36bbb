//! A page of the database file is overwritten: the bridge says that it cannot read, at its start or where the page is needed,
//! or the page was not needed. Nobody is told less than there is as if it were all.

use acceptance::raw::{Raw, fresh_secret};
use acceptance::test_bridge::TestBridge;
use protocol::VisitorSecret;
use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::fs;
use std::path::Path;

const VISITORS: usize = 4;
const WORDS: usize = 30;
const PAGE_BYTES: usize = 4_096;
/// Pages tried, spread over the file.
const PAGES: usize = 24;

#[test]
fn an_overwritten_page_is_never_read_as_if_it_were_whole() {
    let mut bridge = TestBridge::start().unwrap();
    let visitors: Vec<VisitorSecret> = (0..VISITORS).map(|_| fresh_secret()).collect();
    visitors.iter().enumerate().for_each(|(index, secret)| talk(&bridge, index, secret));
    bridge.stop().unwrap();
    let path = bridge.data().join("passerelle.db");
    put_log_into(&path);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / PAGE_BYTES;
    let (mut refused, mut unharmed) = (0, 0);
    for page in (0..pages).step_by(pages.div_ceil(PAGES)) {
        fs::write(&path, overwritten(&whole, page)).unwrap();
        for log in ["passerelle.db-wal", "passerelle.db-shm"] {
            // Of the page before.
            let _ = fs::remove_file(bridge.data().join(log));
        }
        if bridge.start_again().is_err() {
            refused += 1;
            assert!(
                bridge.log().contains("malformed") || bridge.log().contains("not a database"),
                "{}",
                bridge.log()
            );
            continue;
        }
        match visitors.iter().map(|secret| words(&bridge, secret)).collect::<Option<Vec<_>>>() {
            Some(all) => {
                unharmed += 1;
                let expected: Vec<_> = (0..WORDS).map(|n| format!("word {n}")).collect();
                assert!(all.iter().all(|words| *words == expected), "page {page}: {all:?}");
            }
            None => {
                refused += 1;
                assert!(bridge.log().contains("ERROR"), "page {page}: nobody is told why");
            }
        }
        bridge.kill_9().unwrap();
    }
    assert!(refused > 0 && unharmed > 0, "{refused} refused, {unharmed} unharmed");
}

/// Half a page, as a disk that wrote something else there leaves it.
fn overwritten(whole: &[u8], page: usize) -> Vec<u8> {
    let mut copy = whole.to_vec();
    let begins = page * PAGE_BYTES;
    copy[begins..begins + PAGE_BYTES / 2].fill(0xff);
    copy
}

/// Everything lies in the file afterwards, and nothing in its log.
fn put_log_into(path: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut database = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
        sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut database).await.unwrap();
        database.close().await.unwrap();
    });
}

fn talk(bridge: &TestBridge, index: usize, secret: &VisitorSecret) {
    let mut visitor = Raw::dial(bridge.address()).unwrap();
    visitor.hello(secret, None).unwrap();
    visitor.until("welcome").unwrap();
    for word in 0..WORDS {
        let id = format!("01932f0c-7d00-7000-8000-{:012}", index * WORDS + word);
        let content = json!({ "text": { "text": format!("word {word}") } });
        let say = json!({ "say": { "id": id, "author": "visitor", "content": content, "written_at": 1 } });
        visitor.text(&say.to_string()).unwrap();
        visitor.until("accepted").unwrap();
    }
}

/// What a visitor who comes back is told, or `None` when they are refused.
fn words(bridge: &TestBridge, secret: &VisitorSecret) -> Option<Vec<String>> {
    let mut visitor = Raw::dial(bridge.address()).ok()?;
    visitor.hello(secret, None).ok()?;
    let frame: Value = visitor.json().ok()?;
    let events = frame.get("welcome")?["events"].as_array()?.clone();
    let texts = events.iter().filter_map(|event| event["told"]["said"]["content"]["text"]["text"].as_str());
    Some(texts.map(str::to_owned).collect())
}
