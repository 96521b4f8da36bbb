//! A person who writes assistants: an admin's sign-in, and what is done with it over HTTP.

use super::{Agent, Answer, World, call};
use serde_json::{Value, json};

/// The demo's assistant.
pub const DEMO: &str = include_str!("../../../examples/demo/assistant.json");

/// A shop's assistant in English and French, with an extension `orders`.
pub const SHOP: &str = include_str!("shop.yaml");

/// See the module.
pub struct Author {
    address: std::net::SocketAddr,
    cookie: String,
}

impl Author {
    /// Signs in.
    pub async fn signs_in(world: &World, email: &str) -> Self {
        Self { address: world.address, cookie: Agent::signs_in(world, email).await }
    }

    /// Nobody, who calls all the same.
    pub fn stranger(world: &World) -> Self {
        Self { address: world.address, cookie: String::new() }
    }

    /// Calls from the bridge's own page.
    pub async fn calls(&self, method: &str, path: &str, body: &str) -> Answer {
        self.calls_with(method, path, &[], body).await
    }

    /// The same, with more headers.
    pub async fn calls_with(&self, method: &str, path: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let origin = format!("http://{}", self.address);
        let own = [("Cookie", self.cookie.as_str()), ("Origin", origin.as_str())];
        call(self.address, method, path, &[&own, more].concat(), body).await
    }

    /// The same, of the demo site's assistant.
    pub async fn asks(&self, method: &str, rest: &str, body: &str) -> Answer {
        self.calls(method, &format!("/api/sites/demo/assistant{rest}"), body).await
    }

    /// The same, which must go well.
    pub async fn does(&self, method: &str, rest: &str, body: &str) -> Value {
        let answer = self.asks(method, rest, body).await;
        assert!(matches!(answer.status, 200..=299), "{method} {rest}: {answer:?}");
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    /// Publishes a file at once.
    pub async fn publishes(&self, name: &str, source: &str) -> Value {
        self.does("PUT", &format!("?name={name}"), source).await
    }

    /// Makes a link; gives its path.
    pub async fn shares(&self, of: &Value) -> String {
        let told = self.does("POST", "/share", &json!({ "of": of, "hours": 2 }).to_string()).await;
        told["address"].as_str().expect("an address").to_owned()
    }

    /// Numbers of the versions, the newest first, and which is current.
    pub async fn versions(&self) -> (Vec<u64>, u64) {
        let told = self.does("GET", "/versions", "").await;
        let versions = told["versions"].as_array().expect("versions");
        let numbers = versions.iter().map(|version| version["number"].as_u64().expect("a number"));
        (numbers.collect(), told["current"].as_u64().expect("a number"))
    }
}

impl World {
    /// What the demo site's widgets are told of their assistant: tags and hashes, the own language first.
    pub async fn languages(&self, query: &str) -> Vec<(String, String)> {
        let card = call(self.address, "GET", &format!("/api/sites/demo{query}"), &[], "").await;
        assert_eq!(card.status, 200, "{card:?}");
        let card: protocol::SiteCard = serde_json::from_value(card.json()).expect("a card");
        let languages = card.assistant.expect("an assistant").languages;
        languages.into_iter().map(|spoken| (spoken.tag, spoken.hash)).collect()
    }

    /// The assistant that lies there, as the engine reads it.
    pub async fn definition(&self, path: &str) -> assistant::definition::Definition {
        let answer = call(self.address, "GET", path, &[], "").await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        assistant::definition::Definition::from_bytes(&answer.bytes).expect("an assistant of this version")
    }

    /// The assistant the demo site runs, in its own language.
    pub async fn runs(&self, query: &str) -> assistant::definition::Definition {
        let hash = self.languages(query).await.remove(0).1;
        self.definition(&format!("/api/sites/demo/assistant/{hash}")).await
    }
}
