-- Keys of customers' programs, and what callers were answered under names of their own.

CREATE TABLE api_keys (
    id            uuid   PRIMARY KEY,            -- a UUIDv7
    workspace     text   NOT NULL,
    secret_digest bytea  NOT NULL UNIQUE,        -- SHA-256 of the whole key
    prefix        text   NOT NULL,               -- how the key begins, to be shown
    name          text   NOT NULL,
    scopes        text   NOT NULL,               -- codes with a space between them
    made_at       bigint NOT NULL,
    made_by       text,                          -- null: the command line
    until         bigint,
    used_at       bigint,                        -- to the minute
    revoked_at    bigint,
    revoked_by    text
);

CREATE INDEX api_keys_of_workspace ON api_keys (workspace, id);

CREATE TABLE api_answers (
    workspace   text   NOT NULL,
    caller      text   NOT NULL,
    name        uuid   NOT NULL,                 -- the caller's Idempotency-Key
    fingerprint bytea  NOT NULL,                 -- SHA-256 of method, address and body
    process     bytea  NOT NULL,                 -- who set out to answer
    at          bigint NOT NULL,
    status      bigint,                          -- null: not answered yet
    body        bytea,                           -- null: not kept, since it holds a secret
    PRIMARY KEY (workspace, caller, name)
);

CREATE INDEX api_answers_by_age ON api_answers (at);
