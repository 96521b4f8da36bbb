//! A JSON body, read whole or refused with the place of what is wrong in it.

use crate::error::ApiError;
use crate::unreadable::in_words;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::{DeserializeOwned, IgnoredAny};

/// Extracted from a request. Nothing at all is an empty object.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let too_large = |_| ApiError::too_large("the body is larger than this address takes");
        let bytes = Bytes::from_request(request, state).await.map_err(too_large)?;
        Self::read(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned> Sent<T> {
    /// What a body says.
    pub fn read(bytes: &[u8]) -> Result<T, ApiError> {
        read(bytes)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { "body".to_owned() } else { format!("body.{path}") };
        ApiError::malformed(why(bytes, error.inner())).at(place)
    })?;
    reader.end().map_err(|error| ApiError::malformed(why(bytes, &error)).at("body"))?;
    Ok(read)
}

fn why(bytes: &[u8], error: &serde_json::Error) -> String {
    if error.is_data() {
        return in_words(&error.to_string());
    }
    if serde_json::from_slice::<IgnoredAny>(bytes).is_ok() {
        // It is JSON: only what goes by one of several names is read no further than to a name that is not there.
        return "a name is missing: write it alone, such as \"accept\", or with its fields, such as {\"assign\": {…}}; \
                which there are is said at /api/"
            .to_owned();
    }
    format!("this is no JSON: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Order {
        #[serde(default)]
        items: Vec<u8>,
    }

    #[test]
    fn what_is_wrong_in_a_body_is_told_with_its_place() {
        assert_eq!(read::<Order>(b"{\"items\":[1,2]}").unwrap().items, [1, 2]);
        assert!(read::<Order>(b"").unwrap().items.is_empty());
        for (body, place) in [
            (&b"{\"items\":[1,\"two\"]}"[..], "body.items[1]"),
            (b"{\"item\":[]}", "body.item"),
            (b"[", "body"),
            (b"{} {}", "body"),
            (b"{\"items\":7}", "body.items"),
        ] {
            let error = read::<Order>(body).unwrap_err().body().error;
            assert_eq!((error.code, error.place.as_deref()), ("malformed", Some(place)), "{}", error.message);
        }
    }

    #[test]
    fn what_is_wrong_is_told_in_words_of_the_request() {
        let told = |body: &[u8]| read::<protocol::Act>(body).unwrap_err().body().error.message;
        assert!(told(b"{}").starts_with("a name is missing"), "{}", told(b"{}"));
        assert!(told(b"").starts_with("a name is missing"));
        assert!(told(b"{").starts_with("this is no JSON: EOF"));
        assert_eq!(told(b"\"transfer\""), "this is a name alone; right is an object with its fields");
        assert_eq!(told(b"{\"snooze\":{\"until\":-1}}").split(';').next(), Some("this is the number `-1`"));
    }
}
