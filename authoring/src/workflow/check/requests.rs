//! Calls of other systems: addresses, headers, bodies, and secrets that do not belong into a file.

use super::Subject;
use crate::findings::{Findings, segment};
use crate::shape::brief;
use crate::workflow::document::{HeaderDoc, MethodDoc, RequestDoc, StepDoc};

/// Headers that the bridge writes itself.
const OF_THE_BRIDGE: [&str; 6] =
    ["connection", "content-length", "content-type", "host", "te", "transfer-encoding"];

/// Parts of the names of headers and parameters that hold secrets.
const SECRET: [&str; 9] =
    ["authorization", "api-key", "apikey", "api_key", "token", "secret", "password", "cookie", "signature"];

/// A secret has as many letters at least; fewer are an example or a kind.
const SECRET_CHARS_MIN: usize = 8;

pub fn check(subject: &Subject<'_>) {
    for (path, step) in subject.steps() {
        let StepDoc::Request(step) = step else { continue };
        let path = format!("{path}/request");
        url(&step.request, &format!("{path}/url"), subject.findings);
        headers(&step.request, &format!("{path}/headers"), subject.findings);
        secrets(subject, &step.request, &format!("{path}/headers"));
        let has_needless_body =
            step.request.body.is_some() && matches!(step.request.method, MethodDoc::Get | MethodDoc::Delete);
        if has_needless_body {
            let problem = "most servers ignore the body of such a request";
            let remedy = "put it into the address, or use another method";
            subject.findings.warning("needless-body", format!("{path}/body"), problem, remedy);
        }
    }
}

fn url(request: &RequestDoc, path: &str, findings: &Findings) {
    let url = request.url.trim();
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        let problem = format!("`{}` is no address of the web", brief(url));
        findings.error("bad-url", path, problem, "begin it with `https://` and a host");
        return;
    };
    if url.starts_with("http://") {
        let problem = "whoever stands in between can read and change this call";
        findings.warning("not-encrypted", path, problem, "begin the address with `https://`");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let problem = match host.rsplit_once('@') {
        Some(_) => Some("a name and a password stand in this address, which many can read"),
        None if host.is_empty() => Some("this address has no host"),
        None if host.contains('$') => Some("a variable decides which host is called"),
        None if !is_host(host) => Some("this host cannot exist"),
        None => None,
    };
    if let Some(problem) = problem {
        let remedy = "write one such as `https://crm.example/customers?mail=$contact.email`";
        findings.error("bad-url", path, problem, remedy);
    }
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if is_secret(name, value) {
            let problem = format!("`{}` looks like a secret, and many can read this file", brief(name));
            let remedy =
                "put it into a header: `{ secret: NAME }`, and the secret into the bridge's configuration";
            findings.warning("secret-in-file", path, problem, remedy);
        }
    }
}

fn is_host(host: &str) -> bool {
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "443"));
    let is_port = port.parse::<u16>().is_ok();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '[' | ']' | ':');
    is_port && !name.is_empty() && name.chars().all(fits) && !name.split('.').any(str::is_empty)
}

fn headers(request: &RequestDoc, path: &str, findings: &Findings) {
    for (name, value) in &request.headers {
        let path = format!("{path}/{}", segment(name));
        let lower = name.to_ascii_lowercase();
        if !is_token(name) {
            let problem = format!("`{}` is no name of a header", brief(name));
            let remedy = "use letters, digits and `-`, such as `X-Request-Source`";
            findings.error("bad-header", path.as_str(), problem, remedy);
        } else if OF_THE_BRIDGE.contains(&lower.as_str()) {
            let problem = format!("the bridge writes `{name}` itself");
            findings.error("bad-header", path.as_str(), problem, "remove it");
        }
        if let HeaderDoc::Text(text) = value
            && is_secret(&lower, text)
        {
            let problem =
                format!("the text of `{}` looks like a secret, and many can read this file", brief(name));
            let remedy = "write `{ secret: NAME }`, and the secret into the bridge's configuration";
            findings.warning("secret-in-file", path, problem, remedy);
        }
    }
}

/// A secret is sent where the bridge's configuration says it may be, and nowhere else.
fn secrets(subject: &Subject<'_>, request: &RequestDoc, path: &str) {
    let Some(known) = &subject.workspace.secrets else { return };
    for (name, value) in &request.headers {
        let HeaderDoc::Secret(secret) = value else { continue };
        let Some(origins) = known.get(&secret.secret) else { continue };
        if !origin(&request.url).is_some_and(|origin| origins.contains(&origin)) {
            let problem = format!("the secret `{}` may not be sent to this address", brief(&secret.secret));
            let remedy = match origins.is_empty() {
                true => "have its `origins` written into the workspace file".to_owned(),
                false => format!(
                    "call {}, or have its `origins` changed in the workspace file",
                    origins.join(" or ")
                ),
            };
            let path = format!("{path}/{}/secret", segment(name));
            subject.findings.error("secret-elsewhere", path, problem, remedy);
        }
    }
}

/// Scheme, host and port of an address, in lower case; the port only when it is not the scheme's own.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
    let own = if scheme == "https" { ":443" } else { ":80" };
    Some(format!("{scheme}://{}", host.strip_suffix(own).unwrap_or(&host)))
}

fn is_token(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    !name.is_empty() && name.bytes().all(fits)
}

/// Whether a text under that name is probably a secret: it is long enough, and no variable.
fn is_secret(name: &str, text: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET.iter().any(|part| name.contains(part))
        && !text.contains('$')
        && text.chars().count() >= SECRET_CHARS_MIN
}
