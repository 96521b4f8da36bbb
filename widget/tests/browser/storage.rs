//! What is kept, and what happens where nothing can be.

use crate::page::storage_is;
use protocol::{RequestId, SiteId, Timestamp, VisitorFrame};
use wasm_bindgen_test::wasm_bindgen_test;
use widget::browser::storage::Storage;

#[wasm_bindgen_test]
fn what_is_kept_is_there_for_the_next_page_of_the_same_site_only() {
    storage_is("fine");
    let storage = site("demo");
    storage.keep_draft("half a question");
    let secret = storage.secret();
    assert_eq!(site("demo").draft(), "half a question");
    assert_eq!(site("demo").secret(), secret);
    assert_eq!(site("other").draft(), "");
    assert_ne!(site("other").secret(), secret);
}

#[wasm_bindgen_test]
fn a_shared_preview_has_a_visitor_of_its_own() {
    storage_is("fine");
    let (own, shared) = (site("demo"), Storage::of_shared(&SiteId::new("demo").unwrap()));
    own.keep_draft("mine");
    own.keep_request(&end(1));
    assert_ne!(own.secret(), shared.secret());
    assert_eq!((shared.draft(), shared.requests()), (String::new(), vec![]));
    shared.keep_request(&end(2));
    assert_eq!(site("demo").requests(), [end(1)]);
}

#[wasm_bindgen_test]
fn the_chat_goes_on_in_memory_where_storage_is_blocked_or_full() {
    for how in ["blocked", "full"] {
        storage_is(how);
        let storage = site("demo");
        storage.keep_draft("half a question");
        storage.keep_request(&end(1));
        assert_eq!(storage.draft(), "half a question", "{how}");
        assert_eq!(storage.secret(), storage.secret(), "{how}");
        assert_eq!(storage.requests(), [end(1)], "{how}");
    }
    storage_is("fine");
}

#[wasm_bindgen_test]
fn requests_come_back_in_the_order_they_were_made_until_they_are_answered() {
    storage_is("fine");
    let storage = site("demo");
    for n in [3, 1, 2] {
        storage.keep_request(&end(n));
    }
    site("other").keep_request(&end(9));
    storage.drop_request(id(2));
    assert_eq!(site("demo").requests(), [end(1), end(3)]);
}

#[wasm_bindgen_test]
fn what_cannot_be_read_any_more_is_forgotten() {
    storage_is("fine");
    let local = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    local.set_item("passerelle/2/demo/record", "{\"entries\": 7}").unwrap();
    local.set_item("passerelle/2/demo/secret", "not a secret").unwrap();
    assert_eq!(site("demo").record(), widget::chat::Record::default());
    assert_eq!(site("demo").secret(), site("demo").secret());
}

#[wasm_bindgen_test]
fn nothing_is_written_by_looking() {
    storage_is("fine");
    let storage = site("demo");
    let _ = (storage.record(), storage.requests(), storage.draft());
    let local = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(local.length().unwrap(), 0);
}

fn site(name: &str) -> Storage {
    Storage::of_site(&SiteId::new(name).unwrap())
}

fn end(n: u64) -> VisitorFrame {
    VisitorFrame::End { id: id(n) }
}

fn id(n: u64) -> RequestId {
    RequestId::at(Timestamp::from_millis(n), [0; 10])
}
