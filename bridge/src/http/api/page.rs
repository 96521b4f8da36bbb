//! The description of the API for people: one page, drawn here, in which a script of our own only searches and copies.

use super::endpoint::{Endpoint, Tag};
use super::forms;
use crate::error::Code;
use crate::http::page::escaped;
use crate::keys::Scope;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::fmt::Write;

/// A page that runs its own script and talks to nobody.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = include_str!("../../../pages/api.html");
const STYLE: &str = include_str!("../../../pages/api.css");
const SCRIPT: &str = include_str!("../../../pages/api.js");

/// `GET /page/api.css`.
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], STYLE)
        .into_response()
}

/// `GET /page/api.js`.
pub async fn script() -> Response {
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], SCRIPT).into_response()
}

/// The page.
pub fn render(endpoints: &[Endpoint], document: &Value) -> String {
    let (mut index, mut sections) = (String::new(), String::new());
    for (tag, name, about) in Tag::ALL {
        let of_tag: Vec<&Endpoint> = endpoints.iter().filter(|endpoint| endpoint.tag == tag).collect();
        let id = format!("about-{}", name.to_lowercase());
        let _ = write!(index, "<li data-group><a href=\"#{id}\">{}</a><ul>", escaped(name));
        let _ = write!(
            sections,
            "<section data-group id=\"{id}\"><h2>{}</h2><p class=\"about\">{}</p>",
            escaped(name),
            escaped(about)
        );
        for endpoint in of_tag {
            index.push_str(&index_line(endpoint));
            sections.push_str(&article(endpoint, document));
        }
        index.push_str("</ul></li>");
        sections.push_str("</section>");
    }
    PAGE.replace("{{index}}", &index)
        .replace("{{sections}}", &sections)
        .replace("{{scopes}}", &scopes())
        .replace("{{codes}}", &codes())
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
}

fn index_line(endpoint: &Endpoint) -> String {
    let method = endpoint.method.as_str();
    format!(
        "<li data-entry=\"{}\"><a href=\"#{}\"><span class=\"method {}\">{method}</span> {}</a></li>",
        escaped(&words(endpoint)),
        endpoint.name,
        method.to_lowercase(),
        escaped(endpoint.summary.trim_end_matches('.')),
    )
}

/// What a search looks at.
fn words(endpoint: &Endpoint) -> String {
    let texts = [
        endpoint.method.as_str(),
        &endpoint.address(),
        endpoint.name,
        endpoint.summary,
        &endpoint.access.words(),
    ];
    texts.join(" ").to_lowercase()
}

/// What is folded away has the anchor: browsers open it for a link that leads there, without any script.
fn article(endpoint: &Endpoint, document: &Value) -> String {
    let method = endpoint.method.as_str();
    let told = &document["paths"][endpoint.address()][method.to_lowercase()];
    let mut html = format!(
        "<article data-entry=\"{}\"><details><summary><h3><span class=\"method {}\">{method}</span> <code>{}</code></h3> \
         <span class=\"summary\">{}</span></summary><div class=\"told\" id=\"{}\">",
        escaped(&words(endpoint)),
        method.to_lowercase(),
        escaped(&endpoint.address()),
        marked(endpoint.summary),
        endpoint.name,
    );
    if !endpoint.detail.is_empty() {
        let _ = write!(html, "<p>{}</p>", marked(endpoint.detail));
    }
    let _ = write!(
        html,
        "<p class=\"who\"><strong>Who may call:</strong> {}</p>",
        marked(&endpoint.access.words())
    );
    html.push_str(&parameters(document, &told["parameters"]));
    let body = &told["requestBody"];
    if body.is_object() {
        html.push_str("<h4>Body</h4>");
        if let Some(about) = body["description"].as_str() {
            let _ = write!(html, "<p>{}</p>", marked(about));
        }
        html.push_str(&forms::drawn(document, &body["content"]["application/json"]["schema"]));
    }
    html.push_str("<h4>Answers</h4>");
    for (status, response) in told["responses"].as_object().into_iter().flatten() {
        html.push_str(&answer(document, status, response));
    }
    let example = told["x-example"].as_str().unwrap_or_default();
    let _ = write!(
        html,
        "<h4>Example</h4><div class=\"example\"><pre><code>{}</code></pre><button type=\"button\" data-copy hidden>Copy</button></div></div></details></article>",
        escaped(example)
    );
    html
}

fn parameters(document: &Value, told: &Value) -> String {
    let rows: Vec<String> =
        told.as_array().into_iter().flatten().map(|told| parameter(document, told)).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("<h4>Parameters</h4><dl class=\"fields\">{}</dl>", rows.concat())
}

fn parameter(document: &Value, told: &Value) -> String {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    let required = if told["required"] == true { "" } else { ", optional" };
    format!(
        "<div><dt><code>{}</code> <small>{}{required}</small></dt><dd>{}{}</dd></div>",
        escaped(text("name")),
        escaped(text("in")),
        marked(text("description")),
        forms::drawn(document, &told["schema"]),
    )
}

fn answer(document: &Value, status: &str, response: &Value) -> String {
    let about = response["description"].as_str().unwrap_or_default();
    let good = status.starts_with(['1', '2']);
    let kind = if good { "good" } else { "bad" };
    let form = &response["content"]["application/json"]["schema"];
    let shown =
        if good || !response["x-codes"].is_array() { forms::drawn(document, form) } else { String::new() };
    let lines: Vec<String> = about.split("\n\n").map(marked).collect();
    format!(
        "<div class=\"answer {kind}\"><span class=\"status\">{}</span><div><p>{}</p>{shown}</div></div>",
        escaped(status),
        lines.join("<br>")
    )
}

/// A text with `code` in it.
pub(super) fn marked(text: &str) -> String {
    let mut pieces = text.split('`');
    let mut html = escaped(pieces.next().unwrap_or_default());
    for (place, piece) in pieces.enumerate() {
        html.push_str(if place % 2 == 0 { "<code>" } else { "</code>" });
        html.push_str(&escaped(piece));
    }
    if text.matches('`').count() % 2 == 1 {
        html.push_str("</code>");
    }
    html
}

fn scopes() -> String {
    let row = |(_, code, may): (Scope, &str, &str)| {
        format!("<div><dt><code>{}</code></dt><dd>{}</dd></div>", escaped(code), escaped(may))
    };
    Scope::ALL.map(row).concat()
}

fn codes() -> String {
    let row = |code: &Code| {
        let (name, meaning) = (escaped(code.name()), marked(code.meaning().trim()));
        format!("<div><dt><code>{name}</code> <small>{}</small></dt><dd>{meaning}</dd></div>", code.status())
    };
    Code::ALL.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_text_and_only_ticks_mean_something() {
        assert_eq!(marked("a `b<c` & d"), "a <code>b&lt;c</code> &amp; d");
        assert_eq!(marked("`open"), "<code>open</code>");
    }

    #[test]
    fn the_page_holds_no_script_or_style_of_its_own() {
        assert!(!PAGE.contains("style=") && !PAGE.contains("<style") && !PAGE.contains("<script>"));
        assert!(!PAGE.contains("onclick"));
        assert!(!POLICY.contains("unsafe"));
    }
}
