//! Revisions in headers: `ETag` says which one an answer is of, `If-Match` which one a change was made from, so that of two
//! who change the same thing the second is told of the first.

use crate::error::{ApiError, ApiResult, Code};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

/// How a place in this header is told.
const PLACE: &str = "header.if-match";

/// The revisions a change may be made from; any, when the header is not there or is `*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IfMatch(Option<Vec<u64>>);

impl IfMatch {
    /// Refuses a change that was made from another revision than the one there is.
    pub fn check(&self, now: u64) -> ApiResult<()> {
        match &self.0 {
            Some(from) if !from.contains(&now) => {
                let message =
                    format!("this was made from another revision, and the setup is at {now}: read it again");
                Err(ApiError::of(Code::Outdated, message).at(PLACE))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn read(text: &str) -> Option<Self> {
        if text.trim() == "*" {
            return Some(Self(None));
        }
        // What stands between may have marked it as weak when it compressed the answer.
        let one = |tag: &str| {
            let tag = tag.trim();
            tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')?.parse().ok()
        };
        text.split(',').map(one).collect::<Option<Vec<u64>>>().map(|from| Self(Some(from)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self::default()) };
        value.to_str().ok().and_then(Self::read).ok_or_else(|| {
            let message = "it is a revision in quotes, such as \"31\": the `ETag` of GET /api/v1/setup";
            ApiError::malformed(message).at(PLACE)
        })
    }
}

/// An answer that is of a revision.
pub struct Revised<T>(pub u64, pub T);

impl<T: IntoResponse> IntoResponse for Revised<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, format!("\"{}\"", self.0))], self.1).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_made_from_another_revision_is_refused() {
        for (text, now, fits) in [
            ("\"31\"", 31, true),
            ("\"31\"", 32, false),
            ("W/\"31\"", 31, true),
            ("\"30\", \"31\"", 31, true),
            ("*", 7, true),
        ] {
            assert_eq!(IfMatch::read(text).unwrap().check(now).is_ok(), fits, "{text} at {now}");
        }
        assert!(IfMatch::default().check(7).is_ok());
        let refused = IfMatch::read("\"3\"").unwrap().check(4).unwrap_err().body().error;
        assert_eq!((refused.code, refused.place.as_deref()), ("outdated", Some(PLACE)));
    }

    #[test]
    fn what_is_no_revision_in_quotes_is_not_read() {
        for text in ["31", "", "\"abc\"", "\"31", "\"1\" \"2\""] {
            assert_eq!(IfMatch::read(text), None, "{text}");
        }
    }
}
