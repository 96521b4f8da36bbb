//! What survives a reload: drafts and unanswered requests, for each agent, in this tab. Where the browser blocks
//! storage the console works without it.

use crate::browser::window;
use crate::inbox::Kept;
use protocol::AgentId;
use web_sys::Storage;

/// What a reload has left behind for that agent.
pub fn read(agent: AgentId) -> Kept {
    let text = storage().and_then(|s| s.get_item(&key(agent)).ok().flatten());
    // Written by an older build in another shape: as good as nothing.
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Writes it down.
pub fn write(agent: AgentId, kept: &Kept) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(kept)) {
        let _ = storage.set_item(&key(agent), &text);
    }
}

/// Leaves no trace of that agent.
pub fn forget(agent: AgentId) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(agent));
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn key(agent: AgentId) -> String {
    format!("passerelle.inbox.{agent}")
}
