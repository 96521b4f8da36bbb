//! What authors keep: files, drafts, versions.

use crate::Place;
use crate::talk::{elsewhere, here, site};
use bridge::store::{BuildRow, FileRow, Mark, ReleaseRow, Shelf, Store};
use protocol::{SiteId, Timestamp};

/// Versions kept where a rule does not say otherwise.
const KEPT: u64 = 100;

pub async fn a_version_is_current_until_the_next(place: Place) {
    let store = place.open().await;
    for (number, text) in [(1, "a"), (2, "b")] {
        assert_eq!(publish(&*store, text, number).await, number);
        assert_eq!(current(&*store).await, [release(number, text, number)]);
    }
    drop(store);
    let store = place.open().await;
    assert_eq!(current(&*store).await, [release(2, "b", 2)]);
    let versions = store.shelf().versions(&here(), &shop()).await.unwrap();
    let told: Vec<(u64, &str, &str)> =
        versions.iter().map(|v| (v.number, v.name.as_str(), v.note.as_str())).collect();
    assert_eq!(told, [(2, "b.yaml", "about b"), (1, "a.yaml", "about a")]);
    assert_eq!(store.shelf().file(&here(), &shop(), "digest of a").await.unwrap(), Some(file("a")));
    assert_eq!(store.shelf().builds(&here(), &shop(), "digest of a").await.unwrap(), builds("a"));
    let found = store.shelf().build(&here(), &shop(), "fr of a").await.unwrap();
    assert_eq!(found, Some(("digest of a".to_owned(), builds("a").remove(1))));
}

pub async fn an_earlier_version_comes_back_and_the_record_says_by_whom(place: Place) {
    let store = place.open().await;
    publish(&*store, "a", 1).await;
    publish(&*store, "b", 2).await;
    let shelf = store.shelf();
    let back = Mark { at: Timestamp::from_millis(3), by: Some("Bob".to_owned()) };
    assert!(shelf.release_version(&here(), &shop(), 1, &back).await.unwrap());
    assert!(!shelf.release_version(&here(), &shop(), 9, &back).await.unwrap());
    let again = ReleaseRow { released: back, ..release(1, "a", 3) };
    assert_eq!(current(&*store).await, std::slice::from_ref(&again));
    let record = shelf.releases(&here(), &shop(), 2).await.unwrap();
    assert_eq!(record, [again, release(2, "b", 2)], "the newest first, as many as were asked for");
    assert_eq!(publish(&*store, "c", 4).await, 3, "numbers are not used twice");
}

pub async fn each_site_has_its_own_versions(place: Place) {
    let store = place.open().await;
    publish(&*store, "a", 1).await;
    let shelf = store.shelf();
    let (blog, mark) = (site("blog"), mark(2));
    for workspace in [here(), elsewhere()] {
        let number =
            shelf.publish_version(&workspace, &blog, (&file("b"), &[]), (&mark, ""), KEPT).await.unwrap();
        assert_eq!(number, 1);
    }
    let sites: Vec<SiteId> = current(&*store).await.into_iter().map(|release| release.site).collect();
    assert_eq!(sites, [blog.clone(), shop()], "in order of site");
    assert_eq!(shelf.file(&here(), &shop(), "digest of b").await.unwrap(), None);
    assert_eq!(shelf.build(&here(), &blog, "en of a").await.unwrap(), None);
    assert!(shelf.versions(&elsewhere(), &shop()).await.unwrap().is_empty());
    assert!(shelf.was_released(&here(), &blog, "digest of b").await.unwrap());
    assert!(!shelf.was_released(&here(), &shop(), "digest of b").await.unwrap());
}

pub async fn the_oldest_versions_make_room_and_the_current_one_stays(place: Place) {
    let store = place.open().await;
    let shelf = store.shelf();
    publish(&*store, "a", 1).await;
    publish(&*store, "b", 2).await;
    shelf.release_version(&here(), &shop(), 1, &mark(3)).await.unwrap();
    let publish = async |text: &str, at| {
        let (file, builds) = (file(text), builds(text));
        shelf.publish_version(&here(), &shop(), (&file, &builds), (&mark(at), ""), 2).await.unwrap()
    };
    assert_eq!(publish("c", 4).await, 3);
    assert_eq!(numbers(&*store).await, [3, 2], "the oldest had made room for the newest, which is current");
    shelf.release_version(&here(), &shop(), 2, &mark(5)).await.unwrap();
    assert_eq!(publish("d", 6).await, 4);
    assert_eq!(publish("e", 7).await, 5);
    assert_eq!(numbers(&*store).await, [5, 4]);
    assert_eq!(shelf.file(&here(), &shop(), "digest of a").await.unwrap(), None, "its file has gone with it");
    assert!(shelf.was_released(&here(), &shop(), "digest of a").await.unwrap(), "and is remembered");
}

pub async fn a_draft_is_one_file_until_it_is_dropped(place: Place) {
    let store = place.open().await;
    let shelf = store.shelf();
    assert_eq!(shelf.draft(&here(), &shop()).await.unwrap(), None);
    for (text, at) in [("a", 1), ("b", 2)] {
        shelf.save_draft(&here(), &shop(), (&file(text), &builds(text)), &mark(at)).await.unwrap();
        let draft = shelf.draft(&here(), &shop()).await.unwrap().expect("a draft");
        assert_eq!((draft.digest, draft.name), (format!("digest of {text}"), format!("{text}.yaml")));
        assert_eq!(draft.saved, mark(at));
    }
    assert_eq!(shelf.file(&here(), &shop(), "digest of a").await.unwrap(), None);
    assert!(current(&*store).await.is_empty(), "a draft is not published");
    assert!(shelf.delete_draft(&here(), &shop(), mark(3).at).await.unwrap());
    assert!(!shelf.delete_draft(&here(), &shop(), mark(3).at).await.unwrap());
    assert_eq!(shelf.draft(&here(), &shop()).await.unwrap(), None);
}

pub async fn files_that_nothing_needs_are_dropped(place: Place) {
    let store = place.open().await;
    let shelf = store.shelf();
    let kept = async |text: &str| {
        shelf.file(&here(), &shop(), &format!("digest of {text}")).await.unwrap().is_some()
    };
    let save = async |text: &str, at| {
        shelf.save_draft(&here(), &shop(), (&file(text), &builds(text)), &mark(at)).await.unwrap();
    };
    save("shared", 1).await;
    shelf.keep_file(&here(), &shop(), "digest of shared", Timestamp::from_millis(10)).await.unwrap();
    shelf.keep_file(&here(), &shop(), "digest of shared", Timestamp::from_millis(5)).await.unwrap();
    save("other", 2).await;
    assert!(kept("shared").await, "a link shows it");
    save("third", 9).await;
    assert!(kept("shared").await && !kept("other").await, "a shorter link does not shorten a longer one");
    save("fourth", 10).await;
    assert!(!kept("shared").await, "the link has ended");
    assert_eq!(shelf.builds(&here(), &shop(), "digest of shared").await.unwrap(), []);
    publish(&*store, "fourth", 11).await;
    shelf.delete_draft(&here(), &shop(), mark(12).at).await.unwrap();
    assert!(kept("fourth").await, "a version has it");
}

pub async fn what_was_made_of_a_file_can_be_made_again(place: Place) {
    let store = place.open().await;
    let shelf = store.shelf();
    publish(&*store, "a", 1).await;
    shelf.set_builds(&here(), &shop(), "digest of a", &builds("again")).await.unwrap();
    assert_eq!(shelf.builds(&here(), &shop(), "digest of a").await.unwrap(), builds("again"));
    assert_eq!(shelf.build(&here(), &shop(), "en of a").await.unwrap(), None);
    shelf.set_builds(&here(), &shop(), "digest of nothing", &builds("b")).await.unwrap();
    assert_eq!(shelf.builds(&here(), &shop(), "digest of nothing").await.unwrap(), []);
}

pub async fn a_signing_key_is_made_once(place: Place) {
    let store = place.open().await;
    let key = async |store: &dyn Shelf, purpose: &str, fresh: u8| {
        store.signing_key(&here(), purpose, &[fresh; 32]).await.unwrap()
    };
    assert_eq!(key(store.shelf(), "share", 1).await, [1; 32]);
    assert_eq!(key(store.shelf(), "share", 2).await, [1; 32]);
    assert_eq!(key(store.shelf(), "other", 3).await, [3; 32]);
    assert_eq!(store.shelf().signing_key(&elsewhere(), "share", &[4; 32]).await.unwrap(), [4; 32]);
    drop(store);
    assert_eq!(key(place.open().await.shelf(), "share", 5).await, [1; 32]);
}

async fn publish(store: &dyn Store, text: &str, at: u64) -> u64 {
    let (file, builds, note) = (file(text), builds(text), format!("about {text}"));
    let published = (&mark(at), note.as_str());
    store.shelf().publish_version(&here(), &shop(), (&file, &builds), published, KEPT).await.unwrap()
}

async fn current(store: &dyn Store) -> Vec<ReleaseRow> {
    store.shelf().current_versions(&here()).await.unwrap()
}

async fn numbers(store: &dyn Store) -> Vec<u64> {
    let versions = store.shelf().versions(&here(), &shop()).await.unwrap();
    versions.into_iter().map(|version| version.number).collect()
}

fn shop() -> SiteId {
    site("shop")
}

fn mark(at: u64) -> Mark {
    Mark { at: Timestamp::from_millis(at), by: Some("Ada".to_owned()) }
}

fn release(version: u64, text: &str, at: u64) -> ReleaseRow {
    ReleaseRow { site: shop(), version, digest: format!("digest of {text}"), released: mark(at) }
}

fn file(text: &str) -> FileRow {
    FileRow { digest: format!("digest of {text}"), name: format!("{text}.yaml"), source: text.to_owned() }
}

fn builds(text: &str) -> Vec<BuildRow> {
    let build = |tag: &str| BuildRow {
        tag: tag.to_owned(),
        hash: format!("{tag} of {text}"),
        bytes: format!("{tag} {text}\0").into_bytes(),
    };
    vec![build("en"), build("fr")]
}
