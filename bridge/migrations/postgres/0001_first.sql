-- Times are milliseconds since 1970-01-01T00:00:00Z. What a change means is written down in src/store/mod.rs.

CREATE TABLE leases (
    workspace text   PRIMARY KEY,
    epoch     bigint NOT NULL
);

-- Every save updates a few rows here: room is left on each page, so that the new version of a row stays on its page and
-- no index is touched.
CREATE TABLE conversations (
    seq          bigserial PRIMARY KEY,    -- the order of opening
    id           uuid      NOT NULL,
    workspace    text      NOT NULL,
    visitor      uuid      NOT NULL,
    site         text      NOT NULL,
    queue        text,
    agent        uuid,
    last_number  bigint    NOT NULL,
    last_message bigint,                   -- number of the last event of kind 'said'
    closed       boolean   NOT NULL
) WITH (fillfactor = 70);

CREATE UNIQUE INDEX conversations_by_id ON conversations (id);
-- One open conversation for a visitor; also the way to the open ones past all others.
CREATE UNIQUE INDEX conversations_open ON conversations (workspace, visitor) WHERE NOT closed;
CREATE INDEX conversations_of_visitor ON conversations (workspace, visitor, seq);

-- Rows are appended in order of arrival. That the conversation exists is proven by the update of its last_number in the
-- same transaction, not by a foreign key, which would cost a look-up and a lock for each row.
CREATE TABLE events (
    seq          bigserial PRIMARY KEY,
    conversation uuid      NOT NULL,
    number       bigint    NOT NULL,
    at           bigint    NOT NULL,
    kind         text      NOT NULL,       -- the happening's tag, as in body
    asker_kind   smallint,                 -- 1 visitor, 2 agent
    asker        uuid,
    request      uuid,
    body         text      NOT NULL        -- protocol::Happening as JSON; jsonb cannot hold every string
);

CREATE UNIQUE INDEX events_by_number ON events (conversation, number);
-- Clients name requests in order of time: with the name first, new entries stand at the end of the index, not all over it.
CREATE UNIQUE INDEX events_by_request ON events (request, asker, asker_kind) WHERE request IS NOT NULL;
-- What a conversation is rebuilt from. It does not grow with what is said.
CREATE INDEX events_but_messages ON events (conversation, number) WHERE kind <> 'said';

CREATE TABLE agents (
    id            uuid PRIMARY KEY,
    workspace     text NOT NULL,
    email         text NOT NULL,
    password_hash text NOT NULL,
    status        text NOT NULL CHECK (status IN ('online', 'busy', 'offline')),
    UNIQUE (workspace, email)
);

CREATE TABLE sessions (
    secret_digest bytea  PRIMARY KEY,
    agent         uuid   NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
    until         bigint NOT NULL
);

CREATE TABLE assistants (
    workspace    text   NOT NULL,
    site         text   NOT NULL,
    hash         text   NOT NULL,
    definition   text   NOT NULL,
    published_at bigint NOT NULL,
    PRIMARY KEY (workspace, site, hash)
);

CREATE TABLE current_assistants (
    workspace text NOT NULL,
    site      text NOT NULL,
    hash      text NOT NULL,
    PRIMARY KEY (workspace, site),
    FOREIGN KEY (workspace, site, hash) REFERENCES assistants (workspace, site, hash)
);
