//! Calling another system, and what is taken from its answer.

use crate::workflow::definition::{Body, Request, Step, StepAt, Task};
use crate::workflow::run::walk::{Flow, Walk};
use crate::workflow::run::{Awaited, BodyKind, Effect, HttpAnswer, HttpWanted, Outcome, REQUEST_SECONDS_MAX};
use crate::workflow::text::Escape;
use crate::workflow::value::Value;

impl Walk<'_> {
    /// Calls and waits.
    pub fn request(&mut self, at: StepAt, request: &Request) -> Flow {
        let ticket = self.ticket();
        let url = self.filled(at, &request.url, Escape::Url);
        let header = |header: &crate::workflow::definition::Header| {
            (header.name.clone(), self.filled(at, &header.value, Escape::Header))
        };
        let headers = request.headers.iter().map(header).collect();
        let body = request.body.as_ref().map(|body| self.body(at, body));
        let wanted = request.mappings.iter().map(|mapping| mapping.path.clone()).collect();
        let call = HttpWanted { ticket, method: request.method, url, headers, body, wanted };
        self.want(Effect::Request(Box::new(call)));
        Flow::Wait { until: Some(self.now.plus_seconds(REQUEST_SECONDS_MAX)), of: Awaited::Response(ticket) }
    }

    /// The other system answered, or did not.
    pub fn responded(&mut self, at: StepAt, answer: HttpAnswer) {
        let Some((step, request)) = self.request_at(at) else { return self.lost(at) };
        let status = Value::Number(f64::from(answer.status.unwrap_or(0)));
        let mut values = answer.values.into_iter();
        for mapping in &request.mappings {
            self.run.memory.set(&mapping.variable, values.next().unwrap_or_default());
        }
        // Set last: a mapping to the same name cannot hide that a call failed.
        if let Some(variable) = &request.status {
            self.run.memory.set(variable, status.clone());
        }
        self.run.memory.keep(&step.name, status);
        let flow = match answer.status {
            Some(status @ 200..=299) => Flow::Came(Outcome::Succeeded(status), step.next),
            other => Flow::Came(Outcome::Failed(other), request.failed),
        };
        self.resume(at, flow);
    }

    fn body(&mut self, at: StepAt, body: &Body) -> (BodyKind, String) {
        match body {
            Body::Json(text) => (BodyKind::Json, self.filled(at, text, Escape::Json)),
            Body::Form(text) => (BodyKind::Form, self.filled(at, text, Escape::Url)),
            Body::Text(text) => (BodyKind::Text, self.filled(at, text, Escape::None)),
        }
    }
}

impl<'a> Walk<'a> {
    fn request_at(&self, at: StepAt) -> Option<(&'a Step, &'a Request)> {
        let step = self.workflow.step(at)?;
        if let Task::Request(request) = &step.task { Some((step, request)) } else { None }
    }
}
