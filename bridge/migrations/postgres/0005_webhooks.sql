-- Webhooks: who is told of events, and what became of telling them.

CREATE TABLE webhooks (
    id            uuid PRIMARY KEY,  -- a UUIDv7
    workspace     text NOT NULL,
    url           text NOT NULL,
    description   text NOT NULL,
    active        boolean NOT NULL,
    reached       bigint NOT NULL,              -- events.seq up to which deliveries were made
    made_at       bigint NOT NULL,
    made_by       text,                          -- null: the command line
    failing_since bigint,                       -- of the first failure after the last success
    stopped_at    bigint,                       -- when the bridge itself made it inactive
    stopped_why   text
);

CREATE INDEX webhooks_of_workspace ON webhooks (workspace, id);

-- None: all kinds.
CREATE TABLE webhook_kinds (
    webhook uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    kind    text NOT NULL,
    PRIMARY KEY (webhook, kind)
);

-- Signing takes the secret itself.
CREATE TABLE webhook_secrets (
    webhook uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    secret  text NOT NULL,
    made_at bigint NOT NULL,
    until   bigint,                             -- null: until it is replaced
    PRIMARY KEY (webhook, secret)
);

-- One row for an event and a webhook, however often it is sent. What is sent lies in events.
CREATE TABLE webhook_deliveries (
    webhook      uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    conversation uuid NOT NULL,
    number       bigint NOT NULL,
    event_seq    bigint NOT NULL,
    kind         text NOT NULL,
    at           bigint NOT NULL,               -- of the event
    state        text NOT NULL CHECK (state IN ('waiting', 'delivered', 'given_up')),
    attempts     bigint NOT NULL,               -- since it last began to wait
    due_at       bigint,                        -- of the next attempt; null: none, or an earlier event comes first
    ended_at     bigint,
    PRIMARY KEY (webhook, conversation, number)
);

CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook, conversation, number) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (webhook, event_seq);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE webhook_attempts (
    seq          bigserial PRIMARY KEY,
    webhook      uuid NOT NULL,
    conversation uuid NOT NULL,
    number       bigint NOT NULL,
    at           bigint NOT NULL,
    millis       bigint NOT NULL,               -- how long it took
    status       bigint,                        -- null: there was no answer
    why          text,                           -- a code, when it failed
    answer       text NOT NULL,               -- its beginning
    FOREIGN KEY (webhook, conversation, number)
        REFERENCES webhook_deliveries (webhook, conversation, number) ON DELETE CASCADE
);

CREATE INDEX webhook_attempts_of_delivery ON webhook_attempts (webhook, conversation, number);
