//! Calls of other systems, and paths into JSON.

use super::Compiler;
use crate::findings::segment;
use crate::shape::brief;
use crate::workflow::document::{BodyDoc, HeaderDoc, MethodDoc, RequestDoc};
use switchboard::workflow::definition::{
    Body, Header, HeaderValue, Mapping, Method, Next, PathPart, Request,
};
use switchboard::workflow::text::{Part, Template};

impl Compiler<'_> {
    pub(super) fn request(&self, doc: &RequestDoc, failed: Next, path: &str) -> Request {
        let header = |(name, value): (&String, &HeaderDoc)| Header {
            name: name.clone(),
            value: match value {
                HeaderDoc::Text(text) => HeaderValue::Text(Template::parse(text)),
                HeaderDoc::Secret(secret) => HeaderValue::Secret(secret.secret.clone()),
            },
        };
        let mapping = |(variable, at): (&String, &String)| Mapping {
            path: self.json_path(at, &format!("{path}/take/{}", segment(variable))),
            variable: variable.clone(),
        };
        Request {
            method: method(doc.method),
            url: Template::parse(&doc.url),
            headers: doc.headers.iter().map(header).collect(),
            body: doc.body.as_ref().map(body),
            mappings: doc.take.iter().map(mapping).collect(),
            status: doc.status.clone(),
            failed,
        }
    }

    pub(super) fn json_path(&self, written: &str, path: &str) -> Vec<PathPart> {
        json_path(written).unwrap_or_else(|| {
            let problem = format!("`{}` is no path into JSON", brief(written));
            let remedy = "write one such as `$.data.contacts[1].name`";
            self.findings.error("bad-path", path, problem, remedy);
            Vec::new()
        })
    }
}

/// A path into JSON: `$.data.contacts[1].name`. Keys with odd letters stand in brackets: `$['a key']`.
pub fn json_path(written: &str) -> Option<Vec<PathPart>> {
    let mut rest = written.trim().strip_prefix('$')?;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = match rest.strip_prefix('.') {
            Some(key) => {
                let end = key.find(['.', '[']).unwrap_or(key.len());
                let (key, after) = key.split_at(end);
                (PathPart::Key(key.to_owned()), after)
            }
            None => in_brackets(rest.strip_prefix('[')?)?,
        };
        if part == PathPart::Key(String::new()) {
            return None;
        }
        parts.push(part);
        rest = after;
    }
    (!parts.is_empty()).then_some(parts)
}

fn in_brackets(rest: &str) -> Option<(PathPart, &str)> {
    for quote in ['\'', '"'] {
        if let Some(key) = rest.strip_prefix(quote) {
            let (key, after) = key.split_once(quote)?;
            return Some((PathPart::Key(key.to_owned()), after.strip_prefix(']')?));
        }
    }
    let (index, after) = rest.split_once(']')?;
    let digits = !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
    Some((PathPart::Index(index.parse().ok().filter(|_| digits)?), after))
}

fn method(doc: MethodDoc) -> Method {
    match doc {
        MethodDoc::Get => Method::Get,
        MethodDoc::Post => Method::Post,
        MethodDoc::Put => Method::Put,
        MethodDoc::Patch => Method::Patch,
        MethodDoc::Delete => Method::Delete,
    }
}

fn body(doc: &BodyDoc) -> Body {
    match doc {
        // Written out first: what variables put in then stands inside strings, where it is escaped.
        BodyDoc::Json(body) => Body::Json(Template::parse(&body.json.to_string())),
        BodyDoc::Text(body) => Body::Text(Template::parse(&body.text)),
        BodyDoc::Form(body) => {
            let mut parts = Vec::new();
            for (index, (name, value)) in body.form.iter().enumerate() {
                let joint = if index == 0 { "" } else { "&" };
                parts.push(Part::Text(format!("{joint}{}=", encoded(name))));
                parts.extend(Template::parse(value).parts().iter().map(|part| match part {
                    Part::Text(text) => Part::Text(encoded(text)),
                    Part::Reference(reference) => Part::Reference(reference.clone()),
                }));
            }
            Body::Form(Template::of_parts(parts))
        }
    }
}

/// A text inside a form.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_into_objects_and_lists() {
        let key = |name: &str| PathPart::Key(name.to_owned());
        for (written, expected) in [
            ("$.a", Some(vec![key("a")])),
            (
                "$.data.contacts[1].name",
                Some(vec![key("data"), key("contacts"), PathPart::Index(1), key("name")]),
            ),
            ("$[0]['a key'][\"b\"]", Some(vec![PathPart::Index(0), key("a key"), key("b")])),
            ("$", None),
            ("a.b", None),
            ("$.", None),
            ("$..a", None),
            ("$[x]", None),
            ("$[+1]", None),
            ("$[1", None),
            ("$x", None),
        ] {
            assert_eq!(json_path(written), expected, "{written}");
        }
    }

    #[test]
    fn a_form_is_written_out_and_its_variables_stay() {
        let form = [("a b".to_owned(), "1&$x".to_owned()), ("c".to_owned(), "ü".to_owned())].into();
        let Body::Form(text) = body(&BodyDoc::Form(crate::workflow::document::FormBodyDoc { form })) else {
            panic!("a form is a form")
        };
        assert_eq!(
            text.parts()[..3]
                .iter()
                .map(|part| format!("{part:?}"))
                .collect::<String>()
                .matches("Text")
                .count(),
            2
        );
        assert_eq!(text.references().map(ToString::to_string).collect::<Vec<_>>(), ["$x"]);
    }
}
