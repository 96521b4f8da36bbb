-- Workflows: what authors work on, what was published, and every run.

CREATE TABLE workflow_drafts (
    workspace text   NOT NULL,
    workflow  text   NOT NULL,
    name      text   NOT NULL,               -- of the file
    source    text   NOT NULL,
    saved_at  bigint NOT NULL,
    saved_by  text,                           -- null: the command line
    PRIMARY KEY (workspace, workflow)
);

-- Nothing of a version ever changes: runs keep to the one they began with.
CREATE TABLE workflow_versions (
    workspace    text   NOT NULL,
    workflow     text   NOT NULL,
    number       bigint NOT NULL,            -- from 1
    name         text   NOT NULL,            -- of the file
    source       text   NOT NULL,
    definition   text   NOT NULL,            -- switchboard::workflow::Workflow as JSON
    published_at bigint NOT NULL,
    published_by text,
    note         text   NOT NULL,
    PRIMARY KEY (workspace, workflow, number)
);

-- The last one says which version starts, if any does.
CREATE TABLE workflow_releases (
    workspace   text   NOT NULL,
    workflow    text   NOT NULL,
    place       bigint NOT NULL,              -- from 1
    kind        text   NOT NULL CHECK (kind IN ('published', 'stopped', 'rolled_back')),
    version     bigint NOT NULL,              -- that starts from then on, or started until then
    again       bigint,                       -- the earlier version that it is
    released_at bigint NOT NULL,
    released_by text,
    PRIMARY KEY (workspace, workflow, place)
);

CREATE TABLE workflow_runs (
    id           uuid   PRIMARY KEY,  -- a UUIDv7
    workspace    text   NOT NULL,
    workflow     text   NOT NULL,
    conversation uuid    NOT NULL,
    ended_at     bigint,                     -- null: it goes on
    body         text   NOT NULL             -- switchboard::RunMoved as JSON
);

CREATE INDEX workflow_runs_of_workflow ON workflow_runs (workspace, workflow, id);
CREATE INDEX workflow_runs_of_conversation ON workflow_runs (conversation, id);
-- The way to what has to be in memory, past all that is over, and to what is old.
CREATE INDEX workflow_runs_by_end ON workflow_runs (workspace, ended_at);
