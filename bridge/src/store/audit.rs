//! Who changed what in the settings: gathered from where each kind of change is kept, so that nothing is written twice.

use super::AuditRow;
use protocol::Timestamp;
use sqlx::FromRow;

/// Both databases understand it. `$1` is the workspace, `$2` the time, `$3` how many, `$4` how many are left out.
pub const AUDIT: &str = "
    SELECT at, by_whom, kind, what FROM (
        SELECT changed_at AS at, changed_by AS by_whom, 'setup_changed' AS kind, CAST(revision AS TEXT) AS what
        FROM setups WHERE workspace = $1
        UNION ALL
        SELECT made_at, made_by, 'key_made', name || ' (' || prefix || ')' FROM api_keys WHERE workspace = $1
        UNION ALL
        SELECT revoked_at, revoked_by, 'key_revoked', name || ' (' || prefix || ')'
        FROM api_keys WHERE workspace = $1 AND revoked_at IS NOT NULL
        UNION ALL
        SELECT released_at, released_by, 'assistant_released', site || ' ' || CAST(version AS TEXT)
        FROM assistant_releases WHERE workspace = $1
        UNION ALL
        SELECT released_at, released_by, 'workflow_' || kind, workflow || ' ' || CAST(version AS TEXT)
        FROM workflow_releases WHERE workspace = $1
        UNION ALL
        SELECT made_at, made_by, 'webhook_made', url FROM webhooks WHERE workspace = $1
    ) AS changes
    WHERE at <= $2 ORDER BY at DESC, kind, what LIMIT $3 OFFSET $4";

/// Both databases understand it.
pub const SETUP_REVISIONS: &str = "
    SELECT revision, changed_at, changed_by FROM setups
    WHERE workspace = $1 AND revision < $2 ORDER BY revision DESC LIMIT $3";

/// Both databases understand it.
pub const SETUP_AT: &str = "
    SELECT revision, changed_at, changed_by, body FROM setups WHERE workspace = $1 AND revision = $2";

/// A row of [`AUDIT`].
#[derive(FromRow)]
pub struct StoredChange {
    at: i64,
    by_whom: Option<String>,
    kind: String,
    what: String,
}

impl From<StoredChange> for AuditRow {
    fn from(StoredChange { at, by_whom, kind, what }: StoredChange) -> Self {
        Self { at: Timestamp::from_millis(at.unsigned_abs()), by: by_whom, kind, what }
    }
}
