-- Conversations are kept whole beside their events, so that starting reads one row for each that is not over. What was
-- kept before the first release has events in a form that nothing reads any more: it is let go of here. Agents, sign-ins
-- and assistants stay.

DROP TABLE conversations;
DELETE FROM events;

-- Every save updates a few rows here: room is left on each page, so that the new version of a row stays on its page and
-- no index is touched. Snapshots are short and stay in the row.
CREATE TABLE conversations (
    seq         bigserial PRIMARY KEY,    -- the order of opening
    id          uuid      NOT NULL,
    workspace   text      NOT NULL,
    visitor     uuid      NOT NULL,
    site        text      NOT NULL,
    state       text      NOT NULL,       -- protocol::ConversationState
    queue       text,                     -- where it waits, or waited last
    team        text,
    agent       uuid,                     -- who has it, or had it last
    last_number bigint    NOT NULL,
    last_at     bigint    NOT NULL,       -- of its last message
    is_open     boolean   NOT NULL,       -- not over
    is_live     boolean   NOT NULL,       -- open, or its notes are being finished
    snapshot    text      NOT NULL        -- switchboard::Conversation as JSON; jsonb cannot hold every string
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX conversations_by_id ON conversations (id);
-- One open conversation for a visitor.
CREATE UNIQUE INDEX conversations_open ON conversations (workspace, visitor) WHERE is_open;
-- The way to what has to be in memory, past all that is over.
CREATE INDEX conversations_live ON conversations (workspace) WHERE is_live;
CREATE INDEX conversations_of_visitor ON conversations (workspace, visitor, seq);

-- Nothing is rebuilt from it any more.
DROP INDEX events_but_messages;

-- What is known of visitors over all their conversations.
CREATE TABLE contacts (
    workspace text NOT NULL,
    visitor   uuid NOT NULL,
    body      text NOT NULL,              -- switchboard::Contact as JSON
    PRIMARY KEY (workspace, visitor)
);

-- How an agent stood last: status, turns, misses. The column `status` is not read any more; a later migration drops it.
ALTER TABLE agents ADD COLUMN standing text NOT NULL DEFAULT '{}';  -- switchboard::Standing as JSON
UPDATE agents SET standing = json_build_object('status', status)::text;

-- How the workspace is set up: whole, once for each change.
CREATE TABLE setups (
    workspace  text   NOT NULL,
    revision   bigint NOT NULL,           -- from 1
    changed_at bigint NOT NULL,
    changed_by text   NOT NULL,
    body       text   NOT NULL,           -- protocol::setup::Setup as JSON
    PRIMARY KEY (workspace, revision)
);
