//! One attempt at a delivery.

use super::envelope::{body, message_id};
use super::patience::Patience;
use super::{address, sign};
use crate::client::{self, Answer, Failure, Limits};
use crate::clock::Clock;
use crate::store::{AttemptRow, DeliveryRow, DeliveryState, Next, Outcome, SecretRow};
use axum::body::Bytes;
use axum::http::{HeaderMap, Request, StatusCode, header};
use protocol::{Timestamp, WorkspaceId};
use std::sync::Arc;

/// A receiver that has not answered by then has failed.
pub const ANSWER_SECONDS_MAX: u64 = 15;

/// What is kept of an answer.
pub const ANSWER_BYTES_KEPT: usize = 1_024;

/// What it takes to send to one webhook.
pub struct Target {
    pub workspace: WorkspaceId,
    pub url: String,
    pub secrets: Vec<SecretRow>,
    pub private: Arc<[String]>,
    pub patience: Arc<Patience>,
    pub clock: Clock,
}

/// Sends, and says what follows.
pub async fn attempt(target: &Target, delivery: &DeliveryRow) -> Outcome {
    let began = target.clock.now();
    let answer = match body(&target.workspace, delivery) {
        Some(body) => exchange(target, delivery, body, began).await,
        None => Err("event_gone"),
    };
    let ended = target.clock.now();
    let attempts = delivery.attempts.saturating_add(1);
    let (status, why, text, next) = match answer {
        Ok(answer) if answer.status.is_success() => {
            (Some(answer.status), None, beginning(&answer.body), Next::Ends(DeliveryState::Delivered))
        }
        Ok(answer) => {
            let next = after_refusal(target, &answer, attempts, ended);
            (Some(answer.status), Some(why(answer.status)), beginning(&answer.body), next)
        }
        Err("event_gone") => (None, Some("event_gone"), String::new(), Next::Ends(DeliveryState::GivenUp)),
        Err(code) => (None, Some(code), String::new(), again(target, attempts, None, ended)),
    };
    let attempt = AttemptRow {
        at: began,
        millis: ended.millis_since(began),
        status: status.map(|status| status.as_u16()),
        why: why.map(str::to_owned),
        answer: text,
    };
    Outcome { key: delivery.key, attempt, next }
}

async fn exchange(
    target: &Target,
    delivery: &DeliveryRow,
    body: String,
    now: Timestamp,
) -> Result<Answer, &'static str> {
    let (id, seconds) = (message_id(&delivery.key), now.millis() / 1_000);
    let secrets = target.secrets.iter().map(|secret| secret.secret.as_str());
    let signature = sign::signatures(secrets, &id, seconds, &body);
    let request = Request::post(target.url.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, concat!("Passerelle/", env!("CARGO_PKG_VERSION")))
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signature)
        .body(Bytes::from(body))
        .map_err(|_| Failure::Unreachable.code())?;
    let limits = Limits { seconds: ANSWER_SECONDS_MAX, answer_bytes: ANSWER_BYTES_KEPT };
    let reach = address::reach(&target.url, &target.private);
    client::send_for_beginning(request, reach, limits).await.map_err(Failure::code)
}

fn after_refusal(target: &Target, answer: &Answer, attempts: u32, now: Timestamp) -> Next {
    match answer.status {
        StatusCode::GONE => Next::Ends(DeliveryState::GivenUp),
        _ => again(target, attempts, retry_after(&answer.headers, now), now),
    }
}

fn again(target: &Target, attempts: u32, asked_for: Option<u64>, now: Timestamp) -> Next {
    let next = target.patience.next(attempts, asked_for, now);
    next.map_or(Next::Ends(DeliveryState::GivenUp), Next::TryAt)
}

fn why(status: StatusCode) -> &'static str {
    if status.is_redirection() { "redirect" } else { "status" }
}

/// In seconds, or as a date.
fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds_at = |date: std::time::SystemTime| date.duration_since(std::time::UNIX_EPOCH).ok();
    let until = || httpdate::parse_http_date(text).ok().and_then(seconds_at);
    let from_date = || until().map(|until| until.as_secs().saturating_sub(now.millis() / 1_000));
    text.parse().ok().or_else(from_date)
}

/// As text, without what the databases cannot hold.
fn beginning(body: &[u8]) -> String {
    String::from_utf8_lossy(body).replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_wait_is_asked_for_in_seconds_or_as_a_date() {
        let now = Timestamp::from_millis(784_111_770_000);
        for (text, expected) in [
            ("120", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sun, 06 Nov 1993 08:49:37 GMT", None),
            ("soon", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static(text));
            let asked = retry_after(&headers, now).filter(|seconds| *seconds > 0);
            assert_eq!(asked, expected, "{text}");
        }
    }
}
