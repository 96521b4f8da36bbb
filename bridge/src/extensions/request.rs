//! From an operation and its parameters to a request.

use authoring::document::{MethodDoc, OperationDoc, PlaceDoc};
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value as Json};
use std::fmt;

/// All that RFC 3986 does not leave as it is everywhere.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const AGENT: &str = concat!("passerelle/", env!("CARGO_PKG_VERSION"));

/// What was asked for cannot be asked of the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A request, or why there is none.
#[derive(Debug)]
pub enum Filled {
    /// Ready to send.
    Request(Box<Request<Bytes>>),
    /// A parameter that is needed has no value.
    Missing(String),
}

/// Puts the parameters where they go. The extension's own headers win over the operation's.
pub fn fill(
    operation: &OperationDoc,
    with: &Map<String, Json>,
    address: &str,
    own_headers: &[(HeaderName, HeaderValue)],
) -> Result<Filled, Unfit> {
    if let Some(unknown) = with.keys().find(|name| !operation.parameters.contains_key(*name)) {
        return Err(Unfit(format!("the operation has no parameter `{unknown}`")));
    }
    let mut parts = Parts { path: operation.path.clone(), ..Parts::default() };
    for (name, parameter) in &operation.parameters {
        match with.get(name).filter(|value| !value.is_null()) {
            Some(value) => parts.put(parameter.place, name, value)?,
            None if parameter.required || parameter.place == PlaceDoc::Path => {
                return Ok(Filled::Missing(name.clone()));
            }
            None => {}
        }
    }
    parts.request(operation.method, address, own_headers).map(|request| Filled::Request(Box::new(request)))
}

#[derive(Default)]
struct Parts {
    path: String,
    query: Vec<String>,
    headers: HeaderMap,
    body: Option<Map<String, Json>>,
}

impl Parts {
    fn put(&mut self, place: PlaceDoc, name: &str, value: &Json) -> Result<(), Unfit> {
        match place {
            PlaceDoc::Path => {
                let text = words(value).join(",");
                // A path could climb with these, and lead to another operation than the one that is called.
                if matches!(text.as_str(), "" | "." | "..") {
                    return Err(Unfit(format!("`{name}` cannot be a part of a path")));
                }
                self.path = self.path.replace(&format!("{{{name}}}"), &encoded(&text));
            }
            PlaceDoc::Query => {
                let pairs =
                    words(value).into_iter().map(|text| format!("{}={}", encoded(name), encoded(&text)));
                self.query.extend(pairs);
            }
            PlaceDoc::Header => {
                let header = name.parse::<HeaderName>();
                let value = HeaderValue::try_from(words(value).join(","));
                let (Ok(header), Ok(value)) = (header, value) else {
                    return Err(Unfit(format!("`{name}` holds what no header can")));
                };
                self.headers.insert(header, value);
            }
            PlaceDoc::Body => nest(self.body.get_or_insert_default(), name, value)?,
        }
        Ok(())
    }

    fn request(
        mut self,
        method: MethodDoc,
        address: &str,
        own_headers: &[(HeaderName, HeaderValue)],
    ) -> Result<Request<Bytes>, Unfit> {
        let question = if self.query.is_empty() { "" } else { "?" };
        let uri = format!("{address}{}{question}{}", self.path, self.query.join("&"));
        let uri: Uri = uri.parse().map_err(|_| Unfit("the parameters make no address".to_owned()))?;
        let body = self.body.map(|body| Json::Object(body).to_string().into_bytes()).unwrap_or_default();
        self.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        self.headers.insert(header::USER_AGENT, HeaderValue::from_static(AGENT));
        if !body.is_empty() {
            self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        for (name, value) in own_headers {
            self.headers.insert(name, value.clone());
        }
        // The length and the host are set where the request is sent.
        for name in [header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION, header::UPGRADE] {
            self.headers.remove(name);
        }
        let mut request = Request::new(Bytes::from(body));
        *request.method_mut() = verb(method);
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

/// `user.name` is the field `name` of the field `user`.
fn nest(map: &mut Map<String, Json>, name: &str, value: &Json) -> Result<(), Unfit> {
    let Some((outer, inner)) = name.split_once('.') else {
        return match map.insert(name.to_owned(), value.clone()) {
            None => Ok(()),
            Some(_) => Err(Unfit(format!("`{name}` is a field and holds fields"))),
        };
    };
    match map.entry(outer).or_insert_with(|| Json::Object(Map::new())) {
        Json::Object(map) => nest(map, inner, value),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            Err(Unfit(format!("`{outer}` is a field and holds fields")))
        }
    }
}

/// A value as it stands in an address or a header; a list is several.
fn words(value: &Json) -> Vec<String> {
    match value {
        Json::Array(values) => values.iter().map(word).collect(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => vec![word(value)],
    }
}

fn word(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn verb(method: MethodDoc) -> Method {
    match method {
        MethodDoc::GET => Method::GET,
        MethodDoc::POST => Method::POST,
        MethodDoc::PUT => Method::PUT,
        MethodDoc::PATCH => Method::PATCH,
        MethodDoc::DELETE => Method::DELETE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use authoring::document::ParameterDoc;
    use serde_json::json;

    const ADDRESS: &str = "https://api.example/v1";

    #[test]
    fn parameters_go_where_the_operation_says() {
        let operation = operation(
            MethodDoc::POST,
            "/orders/{order}/items",
            &[
                ("order", PlaceDoc::Path),
                ("tag", PlaceDoc::Query),
                ("X-Shop", PlaceDoc::Header),
                ("user.name", PlaceDoc::Body),
                ("user.age", PlaceDoc::Body),
                ("gift", PlaceDoc::Body),
            ],
        );
        let with = json!({
            "order": "A/7 ü", "tag": ["red", "a&b"], "X-Shop": 12,
            "user.name": "Zoé", "user.age": 30, "gift": true
        });
        let request = filled(&operation, with);
        assert_eq!(request.method(), Method::POST);
        assert_eq!(
            request.uri().to_string(),
            "https://api.example/v1/orders/A%2F7%20%C3%BC/items?tag=red&tag=a%26b"
        );
        assert_eq!(request.headers()["x-shop"], "12");
        let body: Json = serde_json::from_slice(request.body()).unwrap();
        assert_eq!(body, json!({ "user": { "name": "Zoé", "age": 30 }, "gift": true }));
    }

    #[test]
    fn what_has_no_value_is_left_out_unless_it_is_needed() {
        let operation = operation(
            MethodDoc::GET,
            "/orders/{order}",
            &[("order", PlaceDoc::Path), ("tag", PlaceDoc::Query)],
        );
        let request = filled(&operation, json!({ "order": 7, "tag": null }));
        assert_eq!(request.uri().to_string(), "https://api.example/v1/orders/7");
        assert!(request.body().is_empty() && !request.headers().contains_key(header::CONTENT_TYPE));
        let missing = fill(&operation, &Map::new(), ADDRESS, &[]).unwrap();
        assert!(matches!(missing, Filled::Missing(name) if name == "order"));
    }

    #[test]
    fn a_visitor_cannot_climb_out_of_the_path_nor_break_a_header() {
        let operation = operation(
            MethodDoc::GET,
            "/orders/{order}",
            &[("order", PlaceDoc::Path), ("X-Shop", PlaceDoc::Header)],
        );
        for with in [
            json!({ "order": ".." }),
            json!({ "order": "." }),
            json!({ "order": "" }),
            json!({ "order": "7", "X-Shop": "a\r\nHost: evil" }),
            json!({ "order": "7", "admin": true }),
        ] {
            assert!(fill(&operation, with.as_object().unwrap(), ADDRESS, &[]).is_err(), "{with}");
        }
        let request = filled(&operation, json!({ "order": "../admin?x=1#y" }));
        assert_eq!(request.uri().to_string(), "https://api.example/v1/orders/..%2Fadmin%3Fx%3D1%23y");
    }

    #[test]
    fn the_extensions_own_headers_win() {
        let operation = operation(MethodDoc::GET, "/", &[("Authorization", PlaceDoc::Header)]);
        let own = [(header::AUTHORIZATION, HeaderValue::from_static("Bearer real"))];
        let with = json!({ "Authorization": "Bearer forged" });
        let filled = fill(&operation, with.as_object().unwrap(), ADDRESS, &own).unwrap();
        let Filled::Request(request) = filled else { panic!("no request") };
        assert_eq!(request.headers().get_all(header::AUTHORIZATION).iter().count(), 1);
        assert_eq!(request.headers()[header::AUTHORIZATION], "Bearer real");
    }

    #[test]
    fn a_field_cannot_be_a_value_and_hold_fields() {
        let operation =
            operation(MethodDoc::POST, "/", &[("user", PlaceDoc::Body), ("user.name", PlaceDoc::Body)]);
        let with = json!({ "user": "x", "user.name": "y" });
        assert!(fill(&operation, with.as_object().unwrap(), ADDRESS, &[]).is_err());
    }

    fn filled(operation: &OperationDoc, with: Json) -> Request<Bytes> {
        match fill(operation, with.as_object().unwrap(), ADDRESS, &[]).unwrap() {
            Filled::Request(request) => *request,
            Filled::Missing(name) => panic!("{name} is missing"),
        }
    }

    fn operation(method: MethodDoc, path: &str, parameters: &[(&str, PlaceDoc)]) -> OperationDoc {
        let parameters = parameters
            .iter()
            .map(|(name, place)| ((*name).to_owned(), ParameterDoc { place: *place, required: false }));
        OperationDoc { method, path: path.to_owned(), parameters: parameters.collect() }
    }
}
