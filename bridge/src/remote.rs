//! A bridge that runs elsewhere, for commands that publish and share: an admin's sign-in, and calls with it. `docs/api.md`
//! describes what is called.

use crate::client::{self, Answer, Limits, Reach};
use crate::secret::Secret;
use anyhow::{Context, ensure};
use axum::body::Bytes;
use axum::http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::limits::ASSISTANT_BYTES_MAX;
use serde_json::{Value, json};

/// A bridge that has not answered by then will not.
const ANSWER_SECONDS_MAX: u64 = 60;

/// The largest answer is a list of versions, or a file in JSON, where a byte can take six.
const ANSWER_BYTES_MAX: usize = 6 * ASSISTANT_BYTES_MAX + 1024 * 1024;

/// See the module.
pub struct Remote {
    base: String,
    cookie: HeaderValue,
}

/// What a bridge answered.
#[derive(Debug)]
pub struct Reply {
    /// Whether it did what was asked. Otherwise `json` holds mistakes of a file; everything else is an error.
    pub done: bool,
    /// The answer; null when there is none.
    pub json: Value,
}

impl Remote {
    /// Signs in at an address such as `https://chat.example`.
    pub async fn sign_in(base: &str, email: &str, password: &Secret) -> anyhow::Result<Self> {
        let base = base.trim_end_matches('/').to_owned();
        check(&base)?;
        let body = json!({ "email": email, "password": password.expose() });
        let answer = send(&base, Method::POST, "/api/v1/session", None, body.to_string().into()).await?;
        let cookie = answer.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        read(answer)?;
        let cookie = cookie.with_context(|| format!("{base} gave no session: is it a bridge?"))?;
        let mut cookie = HeaderValue::try_from(cookie)?;
        cookie.set_sensitive(true);
        Ok(Self { base, cookie })
    }

    /// Asks with JSON, or with nothing.
    pub async fn ask(&self, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Reply> {
        let body = body.map(Value::to_string).unwrap_or_default();
        read(send(&self.base, method, path, Some(&self.cookie), body.into()).await?)
    }

    /// Hands in an author's file, with a note about it.
    pub async fn put_file(
        &self,
        path: &str,
        name: &str,
        note: &str,
        source: String,
    ) -> anyhow::Result<Reply> {
        let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
        let path = format!("{path}?name={}&note={}", encoded(name), encoded(note));
        read(send(&self.base, Method::PUT, &path, Some(&self.cookie), source.into()).await?)
    }

    /// The address of a page there.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// A password travels: in the clear only within this machine.
fn check(base: &str) -> anyhow::Result<()> {
    let right = "write it as https://chat.example";
    let uri: Uri = base.parse().with_context(|| format!("`{base}` is not a bridge's address: {right}"))?;
    let host = uri.host().unwrap_or_default();
    let within = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    ensure!(uri.path() == "/" || uri.path().is_empty(), "`{base}` has a path: {right}");
    ensure!(
        uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && within),
        "a password is not sent to `{base}` in the clear: {right}"
    );
    Ok(())
}

async fn send(
    base: &str,
    method: Method,
    path: &str,
    cookie: Option<&HeaderValue>,
    body: Bytes,
) -> anyhow::Result<Answer> {
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = format!("{base}{path}").parse()?;
    if let Some(cookie) = cookie {
        request.headers_mut().insert(header::COOKIE, cookie.clone());
    }
    let limits = Limits { seconds: ANSWER_SECONDS_MAX, answer_bytes: ANSWER_BYTES_MAX };
    client::send(request, Reach::Anywhere, limits).await.with_context(|| format!("no answer from {base}"))
}

fn read(answer: Answer) -> anyhow::Result<Reply> {
    let json = match answer.body.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&answer.body)
            .with_context(|| format!("this is no bridge: it answered {} without JSON", answer.status))?,
    };
    if answer.status.is_success() {
        return Ok(Reply { done: true, json });
    }
    if answer.status == StatusCode::UNPROCESSABLE_ENTITY && json["mistakes"].is_array() {
        return Ok(Reply { done: false, json });
    }
    let message = json["error"]["message"].as_str().unwrap_or("it did not say why");
    anyhow::bail!("the bridge refused ({}): {message}", answer.status.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_leaves_this_machine_encrypted_or_not_at_all() {
        for good in ["https://chat.example", "http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"]
        {
            assert!(check(good).is_ok(), "{good}");
        }
        for bad in ["http://chat.example", "chat.example", "ftp://chat.example", "https://chat.example/x", ""]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
