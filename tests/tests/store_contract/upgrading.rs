//! Databases that an earlier version filled. Each is made at an earlier number, filled as that version did it, and opened.

use crate::Place;
use crate::talk::{elsewhere, here, owner, site};
use bridge::store::{Mark, Store};
use protocol::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{PgPool, SqlitePool};
use std::path::Path;

const FILLED_AT_0001: &str = include_str!("filled_at_0001.sql");

pub async fn published_definitions_become_versions(place: Place) {
    fill(&place, 1, FILLED_AT_0001).await;
    let store = place.open().await;
    check_versions(&*store).await;
    assert_eq!(owner(&*store).await.epoch, 8, "what has nothing to do with it is as it was");
    drop(store);
    check_versions(&*place.open().await).await;
}

async fn check_versions(store: &dyn Store) {
    let shelf = store.shelf();
    let versions = shelf.versions(&here(), &site("shop")).await.unwrap();
    let told: Vec<(u64, &str)> = versions.iter().map(|v| (v.number, v.digest.as_str())).collect();
    assert_eq!(told, [(3, "aaa"), (2, "ccc"), (1, "bbb")], "in order of publishing, the current one last");
    let nobody = Mark { at: Timestamp::from_millis(30), by: None };
    assert_eq!((&versions[0].published, versions[0].name.as_str()), (&nobody, "assistant.json"));
    let current = shelf.current_versions(&here()).await.unwrap();
    let told: Vec<(&str, u64, &str)> =
        current.iter().map(|r| (r.site.as_str(), r.version, r.digest.as_str())).collect();
    assert_eq!(told, [("blog", 1, "aaa"), ("shop", 3, "aaa")]);
    let source = shelf.file(&here(), &site("shop"), "bbb").await.unwrap().expect("the file");
    assert_eq!(source.source, "second");
    assert_eq!(shelf.builds(&here(), &site("shop"), "bbb").await.unwrap(), [], "made when it is needed");
    assert!(shelf.was_released(&here(), &site("shop"), "ccc").await.unwrap());
    assert_eq!(shelf.versions(&elsewhere(), &site("shop")).await.unwrap().len(), 1);
}

/// Makes a database as the migrations up to this number leave it, and fills it.
async fn fill(place: &Place, number: i64, statements: &'static str) {
    macro_rules! fill {
        ($pool:expr, $folder:literal) => {{
            let pool = $pool.await.expect("the database opens");
            migrations($folder, number).await.run(&pool).await.expect("the migrations run");
            sqlx::raw_sql(statements).execute(&pool).await.expect("the old tables take it");
            pool.close().await;
        }};
    }
    match place.address().strip_prefix("sqlite://") {
        Some(path) => {
            let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
            fill!(SqlitePool::connect_with(options), "sqlite")
        }
        None => fill!(PgPool::connect(place.address()), "postgres"),
    }
}

async fn migrations(folder: &str, number: i64) -> Migrator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bridge/migrations").join(folder);
    let mut migrator = Migrator::new(folder).await.expect("the migrations are read");
    migrator.migrations.to_mut().retain(|migration| migration.version <= number);
    migrator
}
