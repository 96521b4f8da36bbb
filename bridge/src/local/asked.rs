//! Calls of a preview that knows no extension's address: the author answers them.

use crate::extensions::Outcome;
use crate::http::calls::Call;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use tokio::sync::{oneshot, watch};

/// The call that waits, if one does. A preview has one talk, and that one call at a time.
#[derive(Default)]
pub struct Asked {
    told: watch::Sender<Option<Value>>,
    answer: Mutex<Option<oneshot::Sender<Outcome>>>,
}

/// What an extension would have answered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHand {
    status: u16,
    #[serde(default)]
    body: Value,
}

impl Asked {
    /// Waits for the author. A call that another one replaces has failed.
    pub async fn ask(&self, call: &Call) -> Outcome {
        let (answer, answered) = oneshot::channel();
        *self.lock() = Some(answer);
        let shown = json!({ "extension": call.extension, "operation": call.operation, "with": call.with });
        self.told.send_replace(Some(shown));
        answered.await.unwrap_or_else(|_| Outcome::none("no_workspace"))
    }

    /// Answers the call that waits. Whether one did.
    pub fn answer(&self, answer: ByHand) -> bool {
        let ByHand { status, body } = answer;
        let success = StatusCode::from_u16(status).is_ok_and(|status| status.is_success());
        let waits = self.lock().take();
        self.told.send_replace(None);
        waits.is_some_and(|waits| waits.send(Outcome { success, status, body, why: None }).is_ok())
    }

    /// The call that waits, now and after each change.
    pub fn follow(&self) -> watch::Receiver<Option<Value>> {
        self.told.subscribe()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<oneshot::Sender<Outcome>>> {
        self.answer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
