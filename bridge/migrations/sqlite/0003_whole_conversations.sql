-- Conversations are kept whole beside their events, so that starting reads one row for each that is not over. What was
-- kept before the first release has events in a form that nothing reads any more: it is let go of here. Agents, sign-ins
-- and assistants stay.

DROP TABLE conversations;
DELETE FROM events;

CREATE TABLE conversations (
    seq         INTEGER PRIMARY KEY,      -- the order of opening
    id          BLOB    NOT NULL,
    workspace   TEXT    NOT NULL,
    visitor     BLOB    NOT NULL,
    site        TEXT    NOT NULL,
    state       TEXT    NOT NULL,         -- protocol::ConversationState
    queue       TEXT,                     -- where it waits, or waited last
    team        TEXT,
    agent       BLOB,                     -- who has it, or had it last
    last_number INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,         -- of its last message
    is_open     INTEGER NOT NULL CHECK (is_open IN (0, 1)),  -- not over
    is_live     INTEGER NOT NULL CHECK (is_live IN (0, 1)),  -- open, or its notes are being finished
    snapshot    TEXT    NOT NULL          -- switchboard::Conversation as JSON
) STRICT;

CREATE UNIQUE INDEX conversations_by_id ON conversations (id);
-- One open conversation for a visitor.
CREATE UNIQUE INDEX conversations_open ON conversations (workspace, visitor) WHERE is_open;
-- The way to what has to be in memory, past all that is over.
CREATE INDEX conversations_live ON conversations (workspace) WHERE is_live;
-- Entries of one visitor are in order of seq, which every index here ends with.
CREATE INDEX conversations_of_visitor ON conversations (workspace, visitor);

-- Nothing is rebuilt from it any more.
DROP INDEX events_but_messages;

-- What is known of visitors over all their conversations.
CREATE TABLE contacts (
    workspace TEXT NOT NULL,
    visitor   BLOB NOT NULL,
    body      TEXT NOT NULL,              -- switchboard::Contact as JSON
    PRIMARY KEY (workspace, visitor)
) STRICT, WITHOUT ROWID;

-- How an agent stood last: status, turns, misses. The column `status` is not read any more; a later migration drops it.
ALTER TABLE agents ADD COLUMN standing TEXT NOT NULL DEFAULT '{}';  -- switchboard::Standing as JSON
UPDATE agents SET standing = json_object('status', status);

-- How the workspace is set up: whole, once for each change.
CREATE TABLE setups (
    workspace  TEXT    NOT NULL,
    revision   INTEGER NOT NULL,          -- from 1
    changed_at INTEGER NOT NULL,
    changed_by TEXT    NOT NULL,
    body       TEXT    NOT NULL,          -- protocol::setup::Setup as JSON
    PRIMARY KEY (workspace, revision)
) STRICT;
