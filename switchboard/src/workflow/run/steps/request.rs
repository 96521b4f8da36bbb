//! Calling another system, and what is taken from its answer.

use crate::workflow::definition::{Body, Header, HeaderValue, Request, Step, StepAt, Task};
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{
    Awaited, BodyKind, Effect, HeaderWanted, HttpAnswer, HttpWanted, Outcome, REQUEST_SECONDS_MAX,
};
use crate::workflow::text::Escape;
use crate::workflow::value::Value;

impl Walk<'_> {
    /// Calls and waits. A call that would lose its end or lead out of its path is not made: it has failed.
    pub fn request(&mut self, at: StepAt, request: &Request) -> Flow {
        let Ok(call) = self.call(at, request) else {
            self.set_status(at, request, None);
            return Flow::Came(Outcome::Failed(None), request.failed);
        };
        let ticket = call.ticket;
        self.want(Effect::Request(Box::new(call)));
        Flow::Wait { until: self.until(Some(REQUEST_SECONDS_MAX)), of: Awaited::Response(ticket) }
    }

    fn call(&mut self, at: StepAt, request: &Request) -> Result<HttpWanted, String> {
        let url = self.filled_whole(at, &request.url, Escape::Url)?;
        if has_dots(&url) {
            return Err(url);
        }
        let header = |header: &Header| {
            let value = match &header.value {
                HeaderValue::Text(text) => HeaderWanted::Text(self.filled_whole(at, text, Escape::Header)?),
                HeaderValue::Secret(name) => HeaderWanted::Secret(name.clone()),
            };
            Ok((header.name.clone(), value))
        };
        let headers = request.headers.iter().map(header).collect::<Result<_, String>>()?;
        let body = request.body.as_ref().map(|body| self.body(at, body)).transpose()?;
        let wanted = request.mappings.iter().map(|mapping| mapping.path.clone()).collect();
        Ok(HttpWanted { ticket: self.ticket(), method: request.method, url, headers, body, wanted })
    }

    /// The other system answered, or did not.
    pub fn responded(&mut self, at: StepAt, answer: HttpAnswer) {
        let Some((step, request)) = self.request_at(at) else { return self.lost(at) };
        let mut values = answer.values.into_iter();
        for mapping in &request.mappings {
            self.run.memory.set(&mapping.variable, values.next().unwrap_or_default());
        }
        // Set last: a mapping to the same name cannot hide that a call failed.
        self.set_status(at, request, answer.status);
        let flow = match answer.status {
            Some(status @ 200..=299) => Flow::Came(Outcome::Succeeded(status), step.next),
            other => Flow::Came(Outcome::Failed(other), request.failed),
        };
        self.resume(at, flow);
    }

    fn set_status(&mut self, at: StepAt, request: &Request, status: Option<u16>) {
        let status = Value::Number(f64::from(status.unwrap_or(0)));
        if let Some(variable) = &request.status {
            self.run.memory.set(variable, status.clone());
        }
        if let Some(step) = self.workflow.step(at) {
            self.run.memory.keep(&step.name, status);
        }
    }

    fn body(&mut self, at: StepAt, body: &Body) -> Result<(BodyKind, String), String> {
        let (kind, text, escape) = match body {
            Body::Json(text) => (BodyKind::Json, text, Escape::Json),
            Body::Form(text) => (BodyKind::Form, text, Escape::Url),
            Body::Text(text) => (BodyKind::Text, text, Escape::None),
        };
        Ok((kind, self.filled_whole(at, text, escape)?))
    }
}

/// Whether a part of the path leads up or nowhere. What variables put in cannot hide it: their `%` is encoded.
fn has_dots(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.split(['/', '\\']).any(|part| matches!(part, "." | ".."))
}

impl<'a> Walk<'a> {
    fn request_at(&self, at: StepAt) -> Option<(&'a Step, &'a Request)> {
        let step = self.workflow.step(at)?;
        if let Task::Request(request) = &step.task { Some((step, request)) } else { None }
    }
}
