//! What this browser keeps of a site's chat. Where storage is blocked or full, it is kept in memory, so the chat works
//! until the page is left. Nothing is written before the visitor opens the panel.
//!
//! Tabs share it without harm: each unanswered request has its own key, and whoever starts adopts all of them, which
//! the bridge recognises as repeats. The record is written as a whole by whichever tab changes it last.

use super::clock::draw;
use super::json;
use crate::chat::Record;
use protocol::limits::VISITOR_SECRET_BYTES;
use protocol::{RequestId, SiteId, VisitorFrame, VisitorSecret};
use serde::de::DeserializeOwned;
use std::cell::RefCell;

/// What is stored changes its shape with this number; what an older build stored is then left alone.
const SHAPE: u32 = 2;

/// A site's part of the browser's storage.
pub struct Storage {
    prefix: String,
    lasting: Option<web_sys::Storage>,
    /// What could not be stored lastingly; it is looked up first.
    fleeting: RefCell<Vec<(String, String)>>,
}

impl Storage {
    /// The browser's storage, as far as it lets us.
    pub fn of_site(site: &SiteId) -> Self {
        Self::lasting(format!("passerelle/{SHAPE}/{site}/"))
    }

    /// The same for the site's shared previews: whoever looks at one is another visitor there, and their own
    /// conversation stays as it is. No site has a `~` in its name.
    pub fn of_shared(site: &SiteId) -> Self {
        Self::lasting(format!("passerelle/{SHAPE}/{site}~shared/"))
    }

    /// Memory alone.
    pub fn forgetful() -> Self {
        Self { prefix: String::new(), lasting: None, fleeting: RefCell::default() }
    }

    /// What survives a reload; nothing when it cannot be read any more.
    pub fn record(&self) -> Record {
        self.read("record").unwrap_or_default()
    }

    /// Stores what survives a reload.
    pub fn keep_record(&self, record: &Record) {
        self.write("record", record);
    }

    /// What the visitor had begun to write.
    pub fn draft(&self) -> String {
        self.get(&self.key("draft")).unwrap_or_default()
    }

    /// Stores what the visitor has begun to write.
    pub fn keep_draft(&self, draft: &str) {
        match draft.is_empty() {
            true => self.remove(&self.key("draft")),
            false => self.set(self.key("draft"), draft.to_owned()),
        }
    }

    /// Every unanswered request, in the order they were made: their names sort like that.
    pub fn requests(&self) -> Vec<VisitorFrame> {
        let prefix = self.key("request/");
        let mut keys: Vec<String> = Vec::new();
        for key in self.keys().into_iter().filter(|key| key.starts_with(&prefix)) {
            // They are few; a sort would be two kilobytes more to load.
            keys.insert(keys.partition_point(|known| *known < key), key);
        }
        keys.iter().filter_map(|key| json::read(&self.get(key)?).ok()).collect()
    }

    /// Stores a request until it is answered.
    pub fn keep_request(&self, frame: &VisitorFrame) {
        if let Some(id) = frame.request() {
            self.write(&format!("request/{id}"), frame);
        }
    }

    /// The request was answered.
    pub fn drop_request(&self, id: RequestId) {
        self.remove(&self.key(&format!("request/{id}")));
    }

    /// The visitor's secret, made when it is first asked for.
    pub fn secret(&self) -> VisitorSecret {
        let known = self.get(&self.key("secret")).and_then(|text| VisitorSecret::try_from(text).ok());
        known.unwrap_or_else(|| {
            let mut bytes = [0; VISITOR_SECRET_BYTES];
            draw(&mut bytes);
            let secret = VisitorSecret::from_bytes(bytes);
            self.set(self.key("secret"), secret.expose().to_owned());
            secret
        })
    }

    fn lasting(prefix: String) -> Self {
        let lasting = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        Self { prefix, lasting, fleeting: RefCell::default() }
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        json::read(&self.get(&self.key(name))?).ok()
    }

    fn write(&self, name: &str, value: &impl serde::Serialize) {
        self.set(self.key(name), json::write(value));
    }

    fn get(&self, key: &str) -> Option<String> {
        let fleeting = self.fleeting.borrow();
        let found = fleeting.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
        found.or_else(|| self.lasting.as_ref()?.get_item(key).ok().flatten())
    }

    fn set(&self, key: String, value: String) {
        let stored = self.lasting.as_ref().is_some_and(|lasting| lasting.set_item(&key, &value).is_ok());
        let mut fleeting = self.fleeting.borrow_mut();
        fleeting.retain(|(known, _)| *known != key);
        if !stored {
            fleeting.push((key, value));
        }
    }

    fn remove(&self, key: &str) {
        self.fleeting.borrow_mut().retain(|(known, _)| known != key);
        if let Some(lasting) = &self.lasting {
            let _ = lasting.remove_item(key);
        }
    }

    fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.fleeting.borrow().iter().map(|(key, _)| key.clone()).collect();
        if let Some(lasting) = &self.lasting {
            let count = lasting.length().unwrap_or_default();
            keys.extend((0..count).filter_map(|at| lasting.key(at).ok().flatten()));
        }
        keys
    }
}
