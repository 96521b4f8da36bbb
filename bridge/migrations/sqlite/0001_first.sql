-- Ids are UUIDs in 16 bytes, times are milliseconds since 1970-01-01T00:00:00Z. STRICT: a value of a wrong type is an
-- error. What a change means is written down in src/store/mod.rs.

CREATE TABLE leases (
    workspace TEXT PRIMARY KEY,
    epoch     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    seq          INTEGER PRIMARY KEY,      -- the order of opening
    id           BLOB    NOT NULL,
    workspace    TEXT    NOT NULL,
    visitor      BLOB    NOT NULL,
    site         TEXT    NOT NULL,
    queue        TEXT,
    agent        BLOB,
    last_number  INTEGER NOT NULL,
    last_message INTEGER,                  -- number of the last event of kind 'said'
    closed       INTEGER NOT NULL CHECK (closed IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX conversations_by_id ON conversations (id);
-- One open conversation for a visitor; also the way to the open ones past all others.
CREATE UNIQUE INDEX conversations_open ON conversations (workspace, visitor) WHERE NOT closed;
-- Entries of one visitor are in order of seq, which every index here ends with.
CREATE INDEX conversations_of_visitor ON conversations (workspace, visitor);

-- Rows are appended in order of arrival: a table in order of conversation would touch a page for each message. That the
-- conversation exists is proven by the update of its last_number in the same transaction, not by a foreign key.
CREATE TABLE events (
    seq          INTEGER PRIMARY KEY,
    conversation BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    kind         TEXT    NOT NULL,         -- the happening's tag, as in body
    asker_kind   INTEGER,                  -- 1 visitor, 2 agent
    asker        BLOB,
    request      BLOB,
    body         TEXT    NOT NULL          -- protocol::Happening as JSON
) STRICT;

CREATE UNIQUE INDEX events_by_number ON events (conversation, number);
-- Clients name requests in order of time: with the name first, new entries stand at the end of the index, not all over it.
CREATE UNIQUE INDEX events_by_request ON events (request, asker, asker_kind) WHERE request IS NOT NULL;
-- What a conversation is rebuilt from. It does not grow with what is said.
CREATE INDEX events_but_messages ON events (conversation, number) WHERE kind <> 'said';

CREATE TABLE agents (
    id            BLOB PRIMARY KEY NOT NULL,
    workspace     TEXT NOT NULL,
    email         TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('online', 'busy', 'offline')),
    UNIQUE (workspace, email)
) STRICT;

CREATE TABLE sessions (
    secret_digest BLOB    PRIMARY KEY NOT NULL,
    agent         BLOB    NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    until         INTEGER NOT NULL
) STRICT;

CREATE TABLE assistants (
    workspace    TEXT    NOT NULL,
    site         TEXT    NOT NULL,
    hash         TEXT    NOT NULL,
    definition   TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (workspace, site, hash)
) STRICT;

CREATE TABLE current_assistants (
    workspace TEXT NOT NULL,
    site      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    PRIMARY KEY (workspace, site),
    FOREIGN KEY (workspace, site, hash) REFERENCES assistants (workspace, site, hash)
) STRICT;
