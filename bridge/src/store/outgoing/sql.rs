//! The statements, in what both databases understand. Where events are joined with their conversations, `CROSS JOIN` tells SQLite to
//! begin with the events: it would go through every conversation of the workspace otherwise.

pub const ADD_WEBHOOK: &str = "
    INSERT INTO webhooks (id, workspace, url, description, active, reached, made_at, made_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub const ADD_KIND: &str = "INSERT INTO webhook_kinds (webhook, kind) VALUES ($1, $2)";

pub const DROP_KINDS: &str = "DELETE FROM webhook_kinds WHERE webhook = $1";

pub const ADD_SECRET: &str = "INSERT INTO webhook_secrets (webhook, secret, made_at) VALUES ($1, $2, $3)";

/// The place of a workspace's last event. Its saves follow one another, so a later event has a later place.
pub const LAST_EVENT: &str = "
    SELECT e.seq FROM events AS e CROSS JOIN conversations AS c
    WHERE c.id = e.conversation AND c.workspace = $1 ORDER BY e.seq DESC LIMIT 1";

pub const WEBHOOKS: &str = "
    SELECT id, url, description, active, made_at, made_by, failing_since, stopped_at, stopped_why
    FROM webhooks WHERE workspace = $1 ORDER BY id";

pub const KINDS: &str = "
    SELECT k.webhook, k.kind FROM webhook_kinds AS k JOIN webhooks AS w ON w.id = k.webhook
    WHERE w.workspace = $1 ORDER BY k.kind";

pub const WAS_ACTIVE: &str = "SELECT active FROM webhooks WHERE workspace = $1 AND id = $2";

pub const SET_WEBHOOK: &str = "
    UPDATE webhooks SET url = $3, description = $4, active = $5, failing_since = $6, stopped_at = $7, stopped_why = $8
    WHERE workspace = $1 AND id = $2";

pub const SET_REACHED: &str = "UPDATE webhooks SET reached = $2 WHERE id = $1";

pub const GIVE_UP_ALL: &str = "
    UPDATE webhook_deliveries SET state = 'given_up', due_at = NULL, ended_at = $2
    WHERE webhook = $1 AND state = 'waiting'";

pub const REMOVE_WEBHOOK: &str = "DELETE FROM webhooks WHERE workspace = $1 AND id = $2";

pub const SECRETS: &str = "
    SELECT secret, made_at, until FROM webhook_secrets
    WHERE webhook = $1 AND (until IS NULL OR until > $2) ORDER BY until IS NULL DESC, made_at DESC";

pub const DROP_OLD_SECRETS: &str = "DELETE FROM webhook_secrets WHERE webhook = $1 AND until IS NOT NULL";

pub const END_SECRET: &str = "UPDATE webhook_secrets SET until = $2 WHERE webhook = $1 AND until IS NULL";

pub const EPOCH: &str = "SELECT epoch FROM leases WHERE workspace = $1";

pub const REACHED: &str = "SELECT id, reached FROM webhooks WHERE workspace = $1 AND active ORDER BY id";

/// The place of the last of the next `$3` events.
pub const NEXT_PLACE: &str = "
    SELECT max(seq) FROM (
        SELECT e.seq AS seq FROM events AS e CROSS JOIN conversations AS c
        WHERE e.seq > $1 AND c.id = e.conversation AND c.workspace = $2 ORDER BY e.seq LIMIT $3) AS next";

/// Behind `$2`, up to `$3`. What is delivered again waits again; what waits goes on waiting.
pub const ADD_DELIVERIES: &str = "
    INSERT INTO webhook_deliveries (webhook, conversation, number, event_seq, kind, at, state, attempts)
    SELECT $1, e.conversation, e.number, e.seq, e.kind, e.at, 'waiting', 0
    FROM events AS e CROSS JOIN conversations AS c
    WHERE e.seq > $2 AND e.seq <= $3 AND c.id = e.conversation AND c.workspace = $4
    AND (NOT EXISTS (SELECT 1 FROM webhook_kinds AS k WHERE k.webhook = $1)
         OR EXISTS (SELECT 1 FROM webhook_kinds AS k WHERE k.webhook = $1 AND k.kind = e.kind))
    ORDER BY e.seq
    ON CONFLICT (webhook, conversation, number) DO UPDATE
    SET state = 'waiting', attempts = 0, due_at = NULL, ended_at = NULL
    WHERE webhook_deliveries.state <> 'waiting'";

/// Of what was just added, what nothing of its conversation stands before.
pub const MAKE_FIRST_DUE: &str = "
    UPDATE webhook_deliveries SET due_at = $4
    WHERE webhook = $1 AND event_seq > $2 AND event_seq <= $3 AND state = 'waiting' AND due_at IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM webhook_deliveries AS p
        WHERE p.webhook = webhook_deliveries.webhook AND p.conversation = webhook_deliveries.conversation
        AND p.state = 'waiting' AND p.number < webhook_deliveries.number)";

/// Another process that delivers as well moves it only from where it found it.
pub const MOVE_ON: &str = "UPDATE webhooks SET reached = $3 WHERE id = $1 AND reached = $2";

pub const DUE: &str = "
    SELECT d.webhook, d.conversation, d.number, d.event_seq, d.kind, d.at, d.state, d.attempts, d.due_at, d.ended_at, e.body
    FROM webhook_deliveries AS d
    LEFT JOIN events AS e ON e.conversation = d.conversation AND e.number = d.number
    WHERE d.webhook = $1 AND d.due_at <= $2 AND NOT EXISTS (
        SELECT 1 FROM webhook_deliveries AS p
        WHERE p.webhook = d.webhook AND p.conversation = d.conversation AND p.state = 'waiting' AND p.number < d.number)
    ORDER BY d.due_at, d.event_seq LIMIT $3";

pub const NEXT_DUE: &str = "
    SELECT min(d.due_at) FROM webhook_deliveries AS d JOIN webhooks AS w ON w.id = d.webhook
    WHERE w.workspace = $1 AND w.active AND d.due_at > $2";

/// Nothing is added to a delivery that has gone with its webhook.
pub const ADD_ATTEMPT: &str = "
    INSERT INTO webhook_attempts (webhook, conversation, number, at, millis, status, why, answer)
    SELECT webhook, conversation, number, $4, $5, $6, $7, $8
    FROM webhook_deliveries WHERE webhook = $1 AND conversation = $2 AND number = $3";

pub const SET_DELIVERY: &str = "
    UPDATE webhook_deliveries SET state = $4, attempts = attempts + 1, due_at = $5, ended_at = $6
    WHERE webhook = $1 AND conversation = $2 AND number = $3 AND state = 'waiting'";

/// The next event of the conversation.
pub const MAKE_NEXT_DUE: &str = "
    UPDATE webhook_deliveries SET due_at = $3
    WHERE webhook = $1 AND conversation = $2 AND due_at IS NULL AND number = (
        SELECT min(n.number) FROM webhook_deliveries AS n
        WHERE n.webhook = $1 AND n.conversation = $2 AND n.state = 'waiting')";

pub const WORKS: &str =
    "UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL";

pub const FAILS: &str = "UPDATE webhooks SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL";

pub const DELIVERIES: &str = "
    SELECT d.webhook, d.conversation, d.number, d.event_seq, d.kind, d.at, d.state, d.attempts, d.due_at, d.ended_at, e.body
    FROM webhook_deliveries AS d
    LEFT JOIN events AS e ON e.conversation = d.conversation AND e.number = d.number
    WHERE d.webhook = $1 AND ($2 = '' OR d.state = $2) AND d.event_seq < $3
    ORDER BY d.event_seq DESC LIMIT $4";

pub const DELIVERY: &str = "
    SELECT d.webhook, d.conversation, d.number, d.event_seq, d.kind, d.at, d.state, d.attempts, d.due_at, d.ended_at, e.body
    FROM webhook_deliveries AS d
    LEFT JOIN events AS e ON e.conversation = d.conversation AND e.number = d.number
    WHERE d.webhook = $1 AND d.conversation = $2 AND d.number = $3";

pub const ATTEMPTS: &str = "
    SELECT at, millis, status, why, answer FROM webhook_attempts
    WHERE webhook = $1 AND conversation = $2 AND number = $3 ORDER BY seq";

pub const REPLAY: &str = "
    UPDATE webhook_deliveries SET state = 'waiting', attempts = 0, due_at = $4, ended_at = NULL
    WHERE webhook = $1 AND conversation = $2 AND number = $3";

pub const FIRST_AND_LAST_PLACE: &str = "SELECT coalesce(min(seq), 0), coalesce(max(seq), 0) FROM events";

pub const TIME_FROM: &str = "SELECT at FROM events WHERE seq >= $1 ORDER BY seq LIMIT 1";

pub const GO_BACK: &str = "UPDATE webhooks SET reached = $2 WHERE id = $1 AND reached > $2";

pub const PRUNE: &str = "
    DELETE FROM webhook_deliveries WHERE (webhook, conversation, number) IN (
        SELECT webhook, conversation, number FROM webhook_deliveries WHERE ended_at < $1 LIMIT $2)";
