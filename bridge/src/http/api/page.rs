//! The description of the API for people: one page, drawn here, in which a script of our own only searches and copies.

use super::endpoint::{Endpoint, Tag};
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

/// Forms inside forms are shown so deep.
const DEPTH_MAX: usize = 4;

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

fn article(endpoint: &Endpoint, document: &Value) -> String {
    let method = endpoint.method.as_str();
    let told = &document["paths"][endpoint.address()][method.to_lowercase()];
    let mut html = format!(
        "<article id=\"{}\" data-entry=\"{}\"><h3><span class=\"method {}\">{method}</span> <code>{}</code></h3>\
         <p class=\"summary\">{}</p>",
        endpoint.name,
        escaped(&words(endpoint)),
        method.to_lowercase(),
        escaped(&endpoint.address()),
        escaped(endpoint.summary),
    );
    if !endpoint.detail.is_empty() {
        let _ = write!(html, "<p>{}</p>", marked(endpoint.detail));
    }
    let _ = write!(
        html,
        "<p class=\"who\"><strong>Who may call:</strong> {}</p>",
        marked(&endpoint.access.words())
    );
    html.push_str(&parameters(&told["parameters"]));
    let body = &told["requestBody"];
    if body.is_object() {
        html.push_str("<h4>Body</h4>");
        if let Some(about) = body["description"].as_str() {
            let _ = write!(html, "<p>{}</p>", marked(about));
        }
        html.push_str(&fields(document, &body["content"]["application/json"]["schema"], 0));
    }
    html.push_str("<h4>Answers</h4>");
    for (status, response) in told["responses"].as_object().into_iter().flatten() {
        html.push_str(&answer(document, status, response));
    }
    let example = told["x-example"].as_str().unwrap_or_default();
    let _ = write!(
        html,
        "<h4>Example</h4><div class=\"example\"><pre><code>{}</code></pre><button type=\"button\" data-copy hidden>Copy</button></div></article>",
        escaped(example)
    );
    html
}

fn parameters(told: &Value) -> String {
    let rows: Vec<String> = told.as_array().into_iter().flatten().map(parameter).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("<h4>Parameters</h4><dl class=\"fields\">{}</dl>", rows.concat())
}

fn parameter(told: &Value) -> String {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    let required = if told["required"] == true { "" } else { ", optional" };
    format!(
        "<div><dt><code>{}</code> <small>{}{required}</small></dt><dd>{}</dd></div>",
        escaped(text("name")),
        escaped(text("in")),
        marked(text("description")),
    )
}

fn answer(document: &Value, status: &str, response: &Value) -> String {
    let about = response["description"].as_str().unwrap_or_default();
    let good = status.starts_with(['1', '2']);
    let kind = if good { "good" } else { "bad" };
    let form = &response["content"]["application/json"]["schema"];
    let shown =
        if good || !response["x-codes"].is_array() { fields(document, form, 0) } else { String::new() };
    let lines: Vec<String> = about.split("\n\n").map(marked).collect();
    format!(
        "<div class=\"answer {kind}\"><span class=\"status\">{}</span><div><p>{}</p>{shown}</div></div>",
        escaped(status),
        lines.join("<br>")
    )
}

/// The fields of a form, and of forms in it.
fn fields(document: &Value, schema: &Value, depth: usize) -> String {
    let form = resolved(document, schema);
    if depth > DEPTH_MAX {
        return String::new();
    }
    if form["items"].is_object() {
        return fields(document, &form["items"], depth);
    }
    if let Some(one) =
        form["anyOf"].as_array().and_then(|forms| forms.iter().find(|form| form["type"] != "null"))
    {
        return fields(document, one, depth + 1);
    }
    let properties = form["properties"].as_object().into_iter().flatten();
    let rows: Vec<String> = properties
        .map(|(name, of)| {
            let required = form["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
            let about = of["description"].as_str().or_else(|| resolved(document, of)["description"].as_str());
            let optional = if required { "" } else { ", optional" };
            format!(
                "<div><dt><code>{}</code> <small>{}{optional}</small></dt><dd>{}{}</dd></div>",
                escaped(name),
                escaped(&kind(document, of)),
                marked(about.unwrap_or_default()),
                fields(document, of, depth + 1),
            )
        })
        .collect();
    if rows.is_empty() { String::new() } else { format!("<dl class=\"fields\">{}</dl>", rows.concat()) }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}

/// A form's type in a few words.
fn kind(document: &Value, schema: &Value) -> String {
    let form = resolved(document, schema);
    if let Some(forms) = form["anyOf"].as_array().or_else(|| form["oneOf"].as_array()) {
        let kinds: Vec<String> = forms.iter().map(|form| kind(document, form)).collect();
        return kinds.join(" or ");
    }
    match &form["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(document, &form["items"])),
        Value::String(name) => {
            form["format"].as_str().filter(|format| *format == "uuid").unwrap_or(name).to_owned()
        }
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<&str>>().join(" or "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => match &form["const"] {
            Value::String(word) => format!("\"{word}\""),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                "any".to_owned()
            }
        },
    }
}

/// A text with `code` in it.
fn marked(text: &str) -> String {
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
