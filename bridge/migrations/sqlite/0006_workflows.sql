-- Workflows: what authors work on, what was published, and every run.

CREATE TABLE workflow_drafts (
    workspace TEXT    NOT NULL,
    workflow  TEXT    NOT NULL,
    name      TEXT    NOT NULL,               -- of the file
    source    TEXT    NOT NULL,
    saved_at  INTEGER NOT NULL,
    saved_by  TEXT,                           -- null: the command line
    PRIMARY KEY (workspace, workflow)
) STRICT;

-- Nothing of a version ever changes: runs keep to the one they began with.
CREATE TABLE workflow_versions (
    workspace    TEXT    NOT NULL,
    workflow     TEXT    NOT NULL,
    number       INTEGER NOT NULL,            -- from 1
    name         TEXT    NOT NULL,            -- of the file
    source       TEXT    NOT NULL,
    definition   TEXT    NOT NULL,            -- switchboard::workflow::Workflow as JSON
    published_at INTEGER NOT NULL,
    published_by TEXT,
    note         TEXT    NOT NULL,
    PRIMARY KEY (workspace, workflow, number)
) STRICT;

-- The last one says which version starts, if any does.
CREATE TABLE workflow_releases (
    workspace   TEXT    NOT NULL,
    workflow    TEXT    NOT NULL,
    place       INTEGER NOT NULL,             -- from 1
    kind        TEXT    NOT NULL CHECK (kind IN ('published', 'stopped', 'rolled_back')),
    version     INTEGER NOT NULL,             -- that starts from then on, or started until then
    again       INTEGER,                      -- the earlier version that it is
    released_at INTEGER NOT NULL,
    released_by TEXT,
    PRIMARY KEY (workspace, workflow, place)
) STRICT;

CREATE TABLE workflow_runs (
    id           BLOB    PRIMARY KEY NOT NULL,  -- a UUIDv7
    workspace    TEXT    NOT NULL,
    workflow     TEXT    NOT NULL,
    conversation BLOB    NOT NULL,
    ended_at     INTEGER,                     -- null: it goes on
    body         TEXT    NOT NULL             -- switchboard::RunMoved as JSON
) STRICT;

CREATE INDEX workflow_runs_of_workflow ON workflow_runs (workspace, workflow, id);
CREATE INDEX workflow_runs_of_conversation ON workflow_runs (conversation, id);
-- The way to what has to be in memory, past all that is over, and to what is old.
CREATE INDEX workflow_runs_by_end ON workflow_runs (workspace, ended_at);
