//! Another system that assistants may call: its address and its secrets, which only the bridge knows.

use crate::secret::Secret;
use crate::webhooks::{is_origin, origin};
use axum::http::{HeaderName, HeaderValue, Uri};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Headers that belong to the call itself.
const OWN_HEADERS: [&str; 8] =
    ["connection", "content-length", "content-type", "host", "te", "trailer", "transfer-encoding", "upgrade"];

/// See the module.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// What operations' paths are put behind: `https://host` and perhaps a port and a path.
    pub address: String,
    /// Headers sent with every call.
    #[serde(default)]
    pub headers: BTreeMap<String, HeaderSource>,
    /// Whether it may be in the bridge's own network, or on its machine, and speak plain HTTP.
    #[serde(default)]
    pub allow_private: bool,
}

/// What a header holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum HeaderSource {
    /// This text.
    Text(#[serde(deserialize_with = "secret")] Secret),
    /// The value of a variable of the environment.
    Env(EnvSource),
}

/// A variable of the environment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvSource {
    /// Its name.
    pub env: String,
}

/// What calls of workflows may put in a header, and where it may go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkflowSecret {
    /// The variable of the environment that holds it.
    #[serde(default)]
    pub env: Option<String>,
    /// Or the secret itself.
    #[serde(default, deserialize_with = "optional_secret")]
    pub text: Option<Secret>,
    /// The origins it is sent to, and no others.
    pub origins: Vec<String>,
}

impl WorkflowSecret {
    /// What is wrong with it, and what would be right.
    pub fn mistakes(&self) -> Vec<String> {
        let mut mistakes = Vec::new();
        if self.env.is_some() == self.text.is_some() {
            mistakes.push("write either env, the name of a variable, or text, the secret itself".to_owned());
        }
        let right = "write scheme, host and perhaps port, such as \"https://crm.example\"";
        if self.origins.is_empty() {
            mistakes.push(format!("origins is empty, so that it can be sent nowhere: {right}"));
        }
        let bad = self.origins.iter().filter(|origin| !is_origin(origin));
        mistakes.extend(bad.map(|bad| format!("origins names `{bad}`, which is no origin: {right}")));
        mistakes
    }

    /// The secret, for a call of this address. The error says why there is none.
    pub fn for_call(&self, url: &str) -> Result<Secret, String> {
        if !origin(url).is_some_and(|origin| self.origins.contains(&origin)) {
            return Err("it may not be sent to this address".to_owned());
        }
        match (&self.text, &self.env) {
            (Some(text), _) => Ok(text.clone()),
            (None, Some(env)) => HeaderSource::Env(EnvSource { env: env.clone() }).value(),
            (None, None) => Err("it is empty".to_owned()),
        }
    }
}

impl Extension {
    /// What is wrong with it, and what would be right.
    pub fn mistakes(&self) -> Vec<String> {
        let address = self.address_mistake().into_iter();
        let headers = self.headers.keys().filter_map(|name| header_mistake(name));
        address.chain(headers).collect()
    }

    /// The headers, with what the environment holds. The error names the variable that is missing.
    pub fn header_values(&self) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
        self.headers.iter().map(|(name, source)| header(name, source)).collect()
    }

    fn address_mistake(&self) -> Option<String> {
        let right = "write an address such as \"https://api.example.com/v1\"";
        let Ok(address) = self.address.parse::<Uri>() else {
            return Some(format!("address is not an address: {right}"));
        };
        let plain = self.address.starts_with("http://");
        if address.host().is_none() || !(plain || self.address.starts_with("https://")) {
            return Some(format!("address is not an https address: {right}"));
        }
        if plain && !self.allow_private {
            return Some(format!(
                "address is not encrypted: {right}; http is for your own network, with allow_private = true"
            ));
        }
        let authority = address.authority().map_or("", |authority| authority.as_str());
        if address.query().is_some() || self.address.contains('#') || authority.contains('@') {
            return Some(format!(
                "address has a `?`, a `#` or a sign-in: {right}, and put secrets in headers"
            ));
        }
        None
    }
}

fn header_mistake(name: &str) -> Option<String> {
    let known: HeaderName = match name.parse() {
        Ok(known) => known,
        Err(_) => return Some(format!("`{name}` is not a header's name, such as Authorization is")),
    };
    let own = OWN_HEADERS.contains(&known.as_str());
    own.then(|| format!("the header `{name}` belongs to the call itself: leave it out"))
}

impl HeaderSource {
    /// What it holds. The error names the variable that is missing.
    pub fn value(&self) -> Result<Secret, String> {
        match self {
            Self::Text(text) => Ok(text.clone()),
            Self::Env(EnvSource { env }) => std::env::var(env)
                .map(Secret::new)
                .map_err(|_| format!("the variable `{env}` is needed, which the environment does not have")),
        }
    }
}

fn header(name: &str, source: &HeaderSource) -> Result<(HeaderName, HeaderValue), String> {
    let text = source.value().map_err(|missing| format!("the header `{name}`: {missing}"))?;
    let name = name.parse().map_err(|_| format!("`{name}` is not a header's name"))?;
    let mut value = HeaderValue::try_from(text.expose())
        .map_err(|_| format!("the header `{name}` holds what no header can, such as a line's end"))?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn optional_secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(Secret::new))
}

fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}
