//! What customers' programs are known by, and what callers were answered under names of their own. Both databases understand
//! its statements, so that they are written once.

mod statements;

use super::{Mark, StoreError};
use async_trait::async_trait;
use protocol::{Timestamp, WorkspaceId};
use uuid::Uuid;

/// A program's key. The key itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Which; a UUIDv7, so that they sort by age.
    pub id: Uuid,
    /// How the key begins.
    pub prefix: String,
    /// What its maker called it.
    pub name: String,
    /// What it may do: codes with a space between them.
    pub scopes: String,
    /// Who made it, and when; `None` is the command line.
    pub made: Mark,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Who revoked it, and when.
    pub revoked: Option<Mark>,
}

/// A caller's name for something it asks for once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who asks.
    pub caller: String,
    /// The name.
    pub name: Uuid,
    /// SHA-256 of what is asked.
    pub fingerprint: [u8; 32],
    /// The process that sets out to answer.
    pub process: [u8; 16],
}

/// What is known of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// Nobody has asked under this name: it is the caller's now.
    New,
    /// Somebody has.
    Known {
        /// What was asked then.
        fingerprint: Vec<u8>,
        /// The process that set out to answer.
        process: Vec<u8>,
        /// The answer; `None` while there is none.
        status: Option<u16>,
        /// The answer's body; `None` when it is not kept.
        body: Option<Vec<u8>>,
    },
}

/// See the module. Everything is of one workspace.
#[async_trait]
pub trait Keyring: Send + Sync {
    /// Keeps a new key.
    async fn add_key(
        &self,
        workspace: &WorkspaceId,
        key: &KeyRow,
        secret_digest: &[u8],
    ) -> Result<(), StoreError>;

    /// The key of that digest, revoked or not.
    async fn key_of(
        &self,
        workspace: &WorkspaceId,
        secret_digest: &[u8],
    ) -> Result<Option<KeyRow>, StoreError>;

    /// Keys, the newest first, beginning behind one of them.
    async fn keys(
        &self,
        workspace: &WorkspaceId,
        behind: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<KeyRow>, StoreError>;

    /// How many keys are neither revoked nor over.
    async fn count_keys(&self, workspace: &WorkspaceId, now: Timestamp) -> Result<u64, StoreError>;

    /// Revokes a key. Whether there was one that was not revoked.
    async fn revoke_key(&self, workspace: &WorkspaceId, id: Uuid, revoked: &Mark)
    -> Result<bool, StoreError>;

    /// Notes that a key was used.
    async fn key_used(&self, workspace: &WorkspaceId, id: Uuid, at: Timestamp) -> Result<(), StoreError>;

    /// Takes a name for something to be done once, or tells what is known of it.
    async fn claim(
        &self,
        workspace: &WorkspaceId,
        claim: &Claim,
        at: Timestamp,
    ) -> Result<Claimed, StoreError>;

    /// Keeps what was answered under a claim.
    async fn keep_answer(
        &self,
        workspace: &WorkspaceId,
        claim: &Claim,
        status: u16,
        body: Option<&[u8]>,
    ) -> Result<(), StoreError>;

    /// Gives a name back: nothing was done.
    async fn give_back(&self, workspace: &WorkspaceId, claim: &Claim) -> Result<(), StoreError>;

    /// Forgets what was asked before a time.
    async fn forget_answers(&self, before: Timestamp) -> Result<u64, StoreError>;
}
