-- Keys of customers' programs, and what callers were answered under names of their own.

CREATE TABLE api_keys (
    id            BLOB    PRIMARY KEY NOT NULL,  -- a UUIDv7
    workspace     TEXT    NOT NULL,
    secret_digest BLOB    NOT NULL UNIQUE,       -- SHA-256 of the whole key
    prefix        TEXT    NOT NULL,              -- how the key begins, to be shown
    name          TEXT    NOT NULL,
    scopes        TEXT    NOT NULL,              -- codes with a space between them
    made_at       INTEGER NOT NULL,
    made_by       TEXT,                          -- null: the command line
    until         INTEGER,
    used_at       INTEGER,                       -- to the minute
    revoked_at    INTEGER,
    revoked_by    TEXT
) STRICT;

CREATE INDEX api_keys_of_workspace ON api_keys (workspace, id);

CREATE TABLE api_answers (
    workspace   TEXT    NOT NULL,
    caller      TEXT    NOT NULL,
    name        BLOB    NOT NULL,                -- the caller's Idempotency-Key
    fingerprint BLOB    NOT NULL,                -- SHA-256 of method, address and body
    process     BLOB    NOT NULL,                -- who set out to answer
    at          INTEGER NOT NULL,
    status      INTEGER,                         -- null: not answered yet
    body        BLOB,                            -- null: not kept, since it holds a secret
    PRIMARY KEY (workspace, caller, name)
) STRICT;

CREATE INDEX api_answers_by_age ON api_answers (at);
