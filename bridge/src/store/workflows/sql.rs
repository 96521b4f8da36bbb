//! The statements, in what both databases understand.

pub const KEEP_DRAFT: &str = "
    INSERT INTO workflow_drafts (workspace, workflow, name, source, saved_at, saved_by) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (workspace, workflow) DO UPDATE
    SET name = excluded.name, source = excluded.source, saved_at = excluded.saved_at, saved_by = excluded.saved_by";

pub const DRAFT: &str = "
    SELECT workflow, name, source, saved_at, saved_by FROM workflow_drafts WHERE workspace = $1 AND workflow = $2";

pub const DRAFTS: &str = "
    SELECT workflow, name, source, saved_at, saved_by FROM workflow_drafts WHERE workspace = $1";

pub const DROP_DRAFT: &str = "DELETE FROM workflow_drafts WHERE workspace = $1 AND workflow = $2";

/// Adds nothing when the number is not the next one.
pub const ADD_VERSION: &str = "
    INSERT INTO workflow_versions
        (workspace, workflow, number, name, source, definition, published_at, published_by, note)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
    WHERE $3 = (SELECT coalesce(max(number), 0) + 1 FROM workflow_versions WHERE workspace = $1 AND workflow = $2)";

pub const ADD_RELEASE: &str = "
    INSERT INTO workflow_releases (workspace, workflow, place, kind, version, again, released_at, released_by)
    SELECT $1, $2,
        (SELECT coalesce(max(place), 0) + 1 FROM workflow_releases WHERE workspace = $1 AND workflow = $2),
        $3, $4, $5, $6, $7";

/// Adds nothing when it has stopped, or never started.
pub const ADD_STOP: &str = "
    INSERT INTO workflow_releases (workspace, workflow, place, kind, version, released_at, released_by)
    SELECT workspace, workflow, place + 1, 'stopped', version, $3, $4 FROM workflow_releases
    WHERE workspace = $1 AND workflow = $2 AND kind <> 'stopped' AND place = (
        SELECT max(place) FROM workflow_releases WHERE workspace = $1 AND workflow = $2)";

/// All that is kept of a workflow.
pub const DELETE: [&str; 4] = [
    "DELETE FROM workflow_drafts WHERE workspace = $1 AND workflow = $2",
    "DELETE FROM workflow_releases WHERE workspace = $1 AND workflow = $2",
    "DELETE FROM workflow_versions WHERE workspace = $1 AND workflow = $2",
    "DELETE FROM workflow_runs WHERE workspace = $1 AND workflow = $2",
];

pub const STATES: &str = "
    SELECT workflow, kind, version, again, released_at, released_by FROM workflow_releases AS r
    WHERE workspace = $1 AND place = (
        SELECT max(l.place) FROM workflow_releases AS l WHERE l.workspace = r.workspace AND l.workflow = r.workflow)";

pub const RELEASES: &str = "
    SELECT workflow, kind, version, again, released_at, released_by FROM workflow_releases
    WHERE workspace = $1 AND workflow = $2 ORDER BY place DESC LIMIT $3";

pub const VERSIONS: &str = "
    SELECT workflow, number, name, source, definition, published_at, published_by, note FROM workflow_versions
    WHERE workspace = $1 AND workflow = $2 ORDER BY number DESC LIMIT $3";

pub const VERSION: &str = "
    SELECT workflow, number, name, source, definition, published_at, published_by, note FROM workflow_versions
    WHERE workspace = $1 AND workflow = $2 AND number = $3";

pub const LIVE_RUNS: &str =
    "SELECT id, ended_at, body FROM workflow_runs WHERE workspace = $1 AND ended_at IS NULL ORDER BY id";

pub const RUNS_OF_WORKFLOW: &str = "
    SELECT id, ended_at, body FROM workflow_runs
    WHERE workspace = $1 AND workflow = $2 AND id < $3 ORDER BY id DESC LIMIT $4";

pub const RUNS_OF_CONVERSATION: &str = "
    SELECT id, ended_at, body FROM workflow_runs
    WHERE workspace = $1 AND conversation = $2 AND id < $3 ORDER BY id DESC LIMIT $4";

pub const RUN: &str = "SELECT id, ended_at, body FROM workflow_runs WHERE workspace = $1 AND id = $2";

pub const DROP_ENDED_RUNS: &str = "
    DELETE FROM workflow_runs WHERE id IN (
        SELECT id FROM workflow_runs WHERE workspace = $1 AND ended_at < $2 ORDER BY ended_at LIMIT $3)";
