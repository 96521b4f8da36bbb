//! Keys of customers' programs: made once, shown once, kept as a digest, limited to scopes, and revoked at once.
//!
//! Every call looks its key up in the store. So a key that is revoked anywhere, also from the command line, is revoked
//! everywhere with the next call.

mod scope;

pub use scope::Scope;

use crate::clock::{self, Clock};
use crate::pace::{Allowance, Pace};
use crate::secret::Secret;
use crate::store::{KeyRow, Mark, Store, StoreError};
use protocol::{Timestamp, WorkspaceId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::{Builder, Uuid};

/// How every key begins.
const PREFIX: &str = "pk_";
/// Letters behind that, by which people tell keys apart.
const SHOWN_LETTERS: usize = 8;
/// Letters of the secret, five bits each: as hard to guess as the key of a cipher.
const SECRET_LETTERS: usize = 52;
/// A longer text is no key.
const KEY_BYTES_MAX: usize = 128;

/// Characters of a key's name.
pub const NAME_CHARS_MAX: usize = 80;
/// Keys of one workspace that work at the same time.
pub const KEYS_MAX: u64 = 200;
/// The longest a key can be made for, when it is made for a while.
pub const KEY_DAYS_MAX: u64 = 10 * 365;

/// Calls a key may make without a pause, one in this time after those, and the longest wait.
pub const CALLS: Allowance = Allowance { at_once: 100, every_millis: 50, wait_seconds_max: 60 };
/// That a key was used is noted this often.
const NOTED_EVERY_SECONDS: u64 = 60;

/// The keys of a workspace.
pub struct Keys {
    workspace: WorkspaceId,
    store: Arc<dyn Store>,
    clock: Clock,
    pace: Pace<Uuid>,
    noted_at_by_key: Mutex<BTreeMap<Uuid, Timestamp>>,
}

/// A key that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewKey {
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
    /// For how long; `None` is until it is revoked.
    pub days: Option<u64>,
}

/// A program, known by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Which key.
    pub id: Uuid,
    /// What its maker called it.
    pub name: String,
    /// What it may do.
    pub scopes: BTreeSet<Scope>,
}

/// Why a key was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// What was asked for cannot be: which part, and what would be right.
    #[error("{1}")]
    Unfit(&'static str, String),
    /// There are enough.
    #[error("{KEYS_MAX} keys are in use: revoke one that is not needed")]
    TooMany,
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a key lets nobody in.
#[derive(Debug, thiserror::Error)]
pub enum NotAdmitted {
    /// No such key, or none any more. Which of the two is not told.
    #[error("this key does not work: it was never made, was revoked, or has ended")]
    Unknown,
    /// It was used too often; it works again after so many seconds.
    #[error("too many calls with this key")]
    TooOften(u64),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Keys {
    pub(crate) fn new(workspace: WorkspaceId, store: Arc<dyn Store>, clock: Clock) -> Self {
        Self { workspace, store, clock, pace: Pace::new(CALLS), noted_at_by_key: Mutex::default() }
    }

    /// Makes a key. The secret is the whole of it, and cannot be shown again.
    pub async fn make(&self, wanted: NewKey, by: Option<String>) -> Result<(KeyRow, Secret), NotMade> {
        let name = wanted.name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX {
            return Err(NotMade::Unfit("name", format!("a name has 1 to {NAME_CHARS_MAX} characters")));
        }
        if wanted.scopes.is_empty() {
            return Err(NotMade::Unfit("scopes", "a key needs at least one scope".to_owned()));
        }
        if wanted.days.is_some_and(|days| !(1..=KEY_DAYS_MAX).contains(&days)) {
            return Err(NotMade::Unfit(
                "days",
                format!("a key is made for 1 to {KEY_DAYS_MAX} days, or without an end"),
            ));
        }
        let now = self.clock.now();
        if self.store.keyring().count_keys(&self.workspace, now).await? >= KEYS_MAX {
            return Err(NotMade::TooMany);
        }
        let letters = Secret::letters::<{ SHOWN_LETTERS + SECRET_LETTERS }>();
        let (shown, secret) = letters.expose().split_at(SHOWN_LETTERS);
        let prefix = format!("{PREFIX}{shown}");
        let key = Secret::new(format!("{prefix}_{secret}"));
        let row = KeyRow {
            id: Builder::from_unix_timestamp_millis(now.millis(), &clock::random()).into_uuid(),
            prefix,
            name,
            scopes: wanted.scopes.iter().map(|scope| scope.code()).collect::<Vec<&str>>().join(" "),
            made: Mark { at: now, by },
            until: wanted.days.map(|days| now.plus_seconds(days * 24 * 60 * 60)),
            used_at: None,
            revoked: None,
        };
        self.store.keyring().add_key(&self.workspace, &row, &key.digest()).await?;
        tracing::info!("the key {} was made", row.prefix);
        Ok((row, key))
    }

    /// Keys, the newest first, beginning behind one of them.
    pub async fn list(&self, behind: Option<Uuid>, limit: u64) -> Result<Vec<KeyRow>, StoreError> {
        self.store.keyring().keys(&self.workspace, behind, limit).await
    }

    /// Revokes a key: from now on it lets nobody in. Whether there was one to revoke.
    pub async fn revoke(&self, id: Uuid, by: Option<String>) -> Result<bool, StoreError> {
        let revoked = Mark { at: self.clock.now(), by };
        let found = self.store.keyring().revoke_key(&self.workspace, id, &revoked).await?;
        if found {
            tracing::info!("the key {id} was revoked");
        }
        Ok(found)
    }

    /// Who calls with a key.
    pub async fn admit(&self, key: &Secret) -> Result<Program, NotAdmitted> {
        let is_one = key.expose().starts_with(PREFIX) && key.expose().len() <= KEY_BYTES_MAX;
        if !is_one {
            return Err(NotAdmitted::Unknown);
        }
        let now = self.clock.now();
        let found = self.store.keyring().key_of(&self.workspace, &key.digest()).await?;
        let row = found.filter(|row| works(row, now)).ok_or(NotAdmitted::Unknown)?;
        self.pace.pass(row.id, now).map_err(NotAdmitted::TooOften)?;
        self.note_use(&row, now);
        Ok(Program { id: row.id, name: row.name, scopes: scopes(&row.scopes) })
    }

    /// Beside the call, which does not wait for it: a lost note costs nothing.
    fn note_use(&self, row: &KeyRow, now: Timestamp) {
        let mut noted_at_by_key = self.noted_at_by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = noted_at_by_key.get(&row.id).copied().max(row.used_at);
        if noted.is_some_and(|at| now < at.plus_seconds(NOTED_EVERY_SECONDS)) {
            return;
        }
        noted_at_by_key.retain(|_, at| now < at.plus_seconds(NOTED_EVERY_SECONDS));
        noted_at_by_key.insert(row.id, now);
        let (store, workspace, id) = (Arc::clone(&self.store), self.workspace.clone(), row.id);
        tokio::spawn(async move {
            if let Err(error) = store.keyring().key_used(&workspace, id, now).await {
                tracing::warn!("the use of a key could not be noted: {error}");
            }
        });
    }
}

/// The scopes a row names. One that this version does not know lets its key do nothing here.
pub fn scopes(text: &str) -> BTreeSet<Scope> {
    text.split_whitespace().filter_map(|code| code.parse().ok()).collect()
}

fn works(row: &KeyRow, now: Timestamp) -> bool {
    row.revoked.is_none() && row.until.is_none_or(|until| now < until)
}
