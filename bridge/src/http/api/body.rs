//! A JSON body, read whole or refused with the place of what is wrong in it.

use crate::error::ApiError;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

/// Extracted from a request. Nothing at all is an empty object.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let too_large = |_| ApiError::too_large("the body is larger than this address takes");
        let bytes = Bytes::from_request(request, state).await.map_err(too_large)?;
        read(&bytes).map(Self)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = if bytes.is_empty() { b"{}" } else { bytes };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { "body".to_owned() } else { format!("body.{path}") };
        ApiError::malformed(error.inner().to_string()).at(place)
    })?;
    reader.end().map_err(|error| ApiError::malformed(error.to_string()).at("body"))?;
    Ok(read)
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
        ] {
            let error = read::<Order>(body).unwrap_err().body().error;
            assert_eq!((error.code, error.place.as_deref()), ("malformed", Some(place)), "{}", error.message);
        }
    }
}
