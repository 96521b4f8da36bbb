-- Webhooks: who is told of events, and what became of telling them.

CREATE TABLE webhooks (
    id            BLOB    PRIMARY KEY NOT NULL,  -- a UUIDv7
    workspace     TEXT    NOT NULL,
    url           TEXT    NOT NULL,
    description   TEXT    NOT NULL,
    active        INTEGER NOT NULL CHECK (active IN (0, 1)),
    reached       INTEGER NOT NULL,              -- events.seq up to which deliveries were made
    made_at       INTEGER NOT NULL,
    made_by       TEXT,                          -- null: the command line
    failing_since INTEGER,                       -- of the first failure after the last success
    stopped_at    INTEGER,                       -- when the bridge itself made it inactive
    stopped_why   TEXT
) STRICT;

CREATE INDEX webhooks_of_workspace ON webhooks (workspace, id);

-- None: all kinds.
CREATE TABLE webhook_kinds (
    webhook BLOB NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL,
    PRIMARY KEY (webhook, kind)
) STRICT;

-- Signing takes the secret itself.
CREATE TABLE webhook_secrets (
    webhook BLOB    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    secret  TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    until   INTEGER,                             -- null: until it is replaced
    PRIMARY KEY (webhook, secret)
) STRICT;

-- One row for an event and a webhook, however often it is sent. What is sent lies in events.
CREATE TABLE webhook_deliveries (
    webhook      BLOB    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    conversation BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    event_seq    INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    at           INTEGER NOT NULL,               -- of the event
    state        TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts     INTEGER NOT NULL,               -- since it last began to wait
    due_at       INTEGER,                        -- of the next attempt; null: none, or an earlier event comes first
    ended_at     INTEGER,
    PRIMARY KEY (webhook, conversation, number)
) STRICT;

CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook, conversation, number) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (webhook, event_seq);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    seq          INTEGER PRIMARY KEY,
    webhook      BLOB    NOT NULL,
    conversation BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    millis       INTEGER NOT NULL,               -- how long it took
    status       INTEGER,                        -- null: there was no answer
    why          TEXT,                           -- a code, when it failed
    answer       TEXT    NOT NULL,               -- its beginning
    FOREIGN KEY (webhook, conversation, number)
        REFERENCES webhook_deliveries (webhook, conversation, number) ON DELETE CASCADE
) STRICT;

CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (webhook, conversation, number);
