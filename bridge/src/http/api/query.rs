//! What stands behind the `?` of an address: read whole or refused with the place of what is wrong in it. A parameter that the
//! endpoint does not have is refused rather than passed over: a filter that was misspelt would list everything.

use crate::error::ApiError;
use crate::unreadable::in_words;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Extracted from an address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|refused| unreadable(&refused.body_text()))
    }
}

/// Refuses parameters that are not among these.
pub async fn known_alone(
    State(known): State<Arc<BTreeSet<String>>>,
    request: Request,
    next: Next,
) -> Response {
    match unknown(request.uri().query().unwrap_or_default(), &known) {
        None => next.run(request).await,
        Some(name) => {
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            let message = format!("there is no such parameter here; there are: {}", names.join(", "));
            ApiError::malformed(message).at(format!("query.{name}")).into_response()
        }
    }
}

fn unknown(query: &str, known: &BTreeSet<String>) -> Option<String> {
    let names = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        percent_decode_str(&name).decode_utf8_lossy().into_owned()
    });
    names.into_iter().find(|name| !known.contains(name))
}

/// The framework says `Failed to …: PARAMETER: what is wrong`.
fn unreadable(words: &str) -> ApiError {
    let what = words.split_once(": ").map_or(words, |(_, what)| what);
    let place = what.split_once(": ").filter(|(name, _)| !name.is_empty() && !name.contains(' '));
    match place {
        Some((name, what)) => ApiError::malformed(in_words(what)).at(format!("query.{name}")),
        None => ApiError::malformed(in_words(what)).at("query"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    struct Wanted {
        limit: Option<u64>,
    }

    #[tokio::test]
    async fn what_is_wrong_in_a_query_is_told_with_its_place() {
        assert_eq!(read("/x?limit=7").await.unwrap().limit, Some(7));
        let refused = read("/x?limit=many").await.unwrap_err().body().error;
        assert_eq!((refused.code, refused.place.as_deref()), ("malformed", Some("query.limit")));
        assert_eq!(refused.message, "this is no whole number");
        let twice = read("/x?limit=1&limit=2").await.unwrap_err().body().error;
        assert!(twice.place.is_some_and(|place| place.starts_with("query")), "{}", twice.message);
    }

    #[test]
    fn a_parameter_nobody_knows_is_found_however_it_is_written() {
        let known = BTreeSet::from(["state".to_owned()]);
        assert_eq!(unknown("", &known), None);
        assert_eq!(unknown("state=open&%73tate=x", &known), None);
        assert_eq!(unknown("stat=open", &known).as_deref(), Some("stat"));
        assert_eq!(unknown("state=open&a%20b", &known).as_deref(), Some("a b"));
    }

    async fn read(uri: &str) -> Result<Wanted, ApiError> {
        let (mut parts, ()) = http::Request::builder().uri(uri).body(()).unwrap().into_parts();
        Query::<Wanted>::from_request_parts(&mut parts, &()).await.map(|Query(wanted)| wanted)
    }
}
