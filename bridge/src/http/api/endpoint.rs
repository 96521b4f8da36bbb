//! An endpoint: how it is called, by whom, what it takes and gives, and the function that answers. Routes and description are
//! both made of this.

use super::access::{self, Access};
use super::{BASE, query, repeat};
use crate::app::App;
use crate::error::Code;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

/// A body fits, unless an endpoint says otherwise.
const BODY_BYTES_MAX: usize = 32 * 1024;

/// What an endpoint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tag {
    /// Who calls, and the keys of programs.
    Access,
    /// Sites and what their chats are told.
    Sites,
    /// What authors write.
    Assistants,
    /// What happens by itself.
    Workflows,
    /// What visitors and the staff say and do.
    Conversations,
    /// Visitors.
    Contacts,
    /// Queues, and who is there.
    Desk,
    /// How the workspace is set up.
    Setup,
    /// Live connections.
    Sockets,
    /// Telling other systems.
    Webhooks,
    /// The API itself.
    Reference,
}

impl Tag {
    /// Each with its name and what it is about, in the order they are shown.
    pub const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Access, "Access", "Who calls: sign-ins of agents, keys of programs."),
        (Self::Sites, "Sites", "Places where the chat is embedded, and what their chats are told."),
        (Self::Assistants, "Assistants", "What authors write: drafts, versions, links, previews."),
        (
            Self::Workflows,
            "Workflows",
            "What happens to conversations by itself: drafts, versions, runs, and trying before.",
        ),
        (
            Self::Conversations,
            "Conversations",
            "What visitors and the staff say and do, and why a conversation is where it is.",
        ),
        (Self::Contacts, "Contacts", "Visitors, as they are known over all their conversations."),
        (Self::Desk, "Desk", "Queues at this moment, and who is there."),
        (Self::Setup, "Setup", "Agents, teams, queues, hours, reasons and rules."),
        (Self::Sockets, "Sockets", "Live connections of chats and consoles."),
        (Self::Webhooks, "Webhooks", "Other systems are told of events: who, which, and what became of it."),
        (Self::Reference, "Reference", "This description."),
    ];

    /// The name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(tag, ..)| *tag == self).map_or("", |(_, name, _)| name)
    }
}

/// What a repeat under the same `Idempotency-Key` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once {
    /// The same again, which harms nobody: the header is not looked at.
    Harmless,
    /// Nothing: the first answer is given again.
    Kept,
    /// Nothing: the first answer is given again. One that is not known is found out by asking again, since what is done under a
    /// name is kept with it.
    Recognised,
    /// Nothing: the first answer, which holds a secret, is given again for a while.
    KeptSecret,
}

/// How a type looks as JSON.
pub type Form = fn(&mut SchemaGenerator) -> Schema;

/// A body of a request that is a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File(pub &'static str);

/// What an endpoint takes.
pub enum Body {
    /// JSON of this form, and an example.
    Json(Form, Value),
    /// Anything else.
    File(File),
}

/// What an endpoint gives when all goes well.
pub struct Given {
    pub status: u16,
    pub what: &'static str,
    pub form: Option<Form>,
    /// A media type other than JSON.
    pub media: Option<&'static str>,
}

/// See the module.
pub struct Endpoint {
    pub method: Method,
    /// Below [`BASE`], unless `is_rooted`.
    path: &'static str,
    is_rooted: bool,
    /// Unique; programs that are made of the description call it so.
    pub name: &'static str,
    pub tag: Tag,
    pub summary: &'static str,
    pub detail: &'static str,
    pub access: Access,
    pub query: Vec<Form>,
    pub body: Option<Body>,
    pub given: Vec<Given>,
    refusals: Vec<Code>,
    pub once: Once,
    /// Whether the address without a version works as well.
    pub has_earlier: bool,
    is_compressed: bool,
    /// Whether its answer is of a revision, which `ETag` names; changes of such things take `If-Match`.
    pub is_revised: bool,
    body_bytes_max: usize,
    route: MethodRouter<Arc<App>>,
}

impl Endpoint {
    /// An endpoint that is answered by a function.
    pub fn new<H, T>(
        tag: Tag,
        access: Access,
        (method, path): (Method, &'static str),
        (name, summary): (&'static str, &'static str),
        handler: H,
    ) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        Self {
            route: on(filter, handler),
            method,
            path,
            is_rooted: false,
            name,
            tag,
            summary,
            detail: "",
            access,
            query: Vec::new(),
            body: None,
            given: Vec::new(),
            refusals: Vec::new(),
            once: Once::Harmless,
            has_earlier: false,
            is_compressed: false,
            is_revised: false,
            body_bytes_max: BODY_BYTES_MAX,
        }
    }

    /// What is worth saying beyond the summary.
    pub fn detail(self, detail: &'static str) -> Self {
        Self { detail, ..self }
    }

    /// Takes parameters behind a `?`.
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query.push(T::json_schema);
        self
    }

    /// Takes JSON.
    pub fn takes<T: JsonSchema>(self, example: Value) -> Self {
        Self { body: Some(Body::Json(|generator| generator.subschema_for::<T>(), example)), ..self }
    }

    /// Takes a file.
    pub fn takes_file(self, file: File, bytes_max: usize) -> Self {
        Self { body: Some(Body::File(file)), body_bytes_max: bytes_max, ..self }
    }

    /// Takes bodies of so many bytes.
    pub fn up_to(self, body_bytes_max: usize) -> Self {
        Self { body_bytes_max, ..self }
    }

    /// Gives JSON.
    pub fn gives<T: JsonSchema>(self, status: u16, what: &'static str) -> Self {
        self.given(Given {
            status,
            what,
            form: Some(|generator| generator.subschema_for::<T>()),
            media: None,
        })
    }

    /// Gives nothing but a status.
    pub fn gives_nothing(self, status: u16, what: &'static str) -> Self {
        self.given(Given { status, what, form: None, media: None })
    }

    /// Gives something that is not JSON.
    pub fn gives_bytes(self, media: &'static str, what: &'static str) -> Self {
        self.given(Given { status: 200, what, form: None, media: Some(media) })
    }

    /// May refuse for these reasons too.
    pub fn refuses(mut self, codes: &[Code]) -> Self {
        self.refusals.extend(codes);
        self
    }

    /// Is carried out once for each `Idempotency-Key`.
    pub fn once(self, once: Once) -> Self {
        Self { once, ..self }
    }

    /// Is also found without a version in its address, as before there were versions.
    pub fn has_earlier_address(self) -> Self {
        Self { has_earlier: true, ..self }
    }

    /// Is sent compressed.
    pub fn compressed(self) -> Self {
        Self { is_compressed: true, ..self }
    }

    /// Names a revision in `ETag`, and takes one in `If-Match` when it changes something.
    pub fn revised(self) -> Self {
        Self { is_revised: true, ..self }
    }

    /// Is of no version.
    pub fn rooted(self) -> Self {
        Self { is_rooted: true, ..self }
    }

    /// The whole address.
    pub fn address(&self) -> String {
        if self.is_rooted { self.path.to_owned() } else { format!("{BASE}{}", self.path) }
    }

    /// The address without a version, when there is one.
    pub fn earlier_address(&self) -> Option<String> {
        self.has_earlier.then(|| format!("/api{}", self.path))
    }

    /// Whether it changes something.
    pub fn changes(&self) -> bool {
        !self.method.is_safe()
    }

    /// The names between braces in the address.
    pub fn path_parameters(&self) -> Vec<&'static str> {
        let pieces = self.path.split('{').skip(1);
        pieces.filter_map(|piece| piece.split_once('}').map(|(name, _)| name)).collect()
    }

    /// Every reason for which it may refuse.
    pub fn all_refusals(&self) -> Vec<Code> {
        let mut codes = self.access.refusals(self.changes());
        codes.extend(&self.refusals);
        if self.body.is_some() {
            codes.extend([Code::Malformed, Code::TooLarge]);
        }
        if !self.query.is_empty() || !self.path_parameters().is_empty() {
            codes.push(Code::Malformed);
        }
        if self.once != Once::Harmless {
            codes.extend([Code::Malformed, Code::NameReused]);
        }
        if matches!(self.once, Once::Kept | Once::KeptSecret) {
            codes.extend([Code::InProgress, Code::OutcomeUnknown]);
        }
        if self.once == Once::KeptSecret {
            codes.push(Code::AnswerNotKept);
        }
        codes.extend([Code::Internal, Code::TryAgain]);
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn given(mut self, given: Given) -> Self {
        self.given.push(given);
        self
    }

    fn into_route(self, app: &Arc<App>) -> MethodRouter<Arc<App>> {
        let mut route = self.route;
        if self.once != Once::Harmless {
            let state = (Arc::clone(app), self.once, self.body_bytes_max);
            route = route.route_layer(from_fn_with_state(state, repeat::once));
        }
        if self.is_compressed {
            route = route.route_layer(CompressionLayer::new());
        }
        if !self.query.is_empty() {
            let known = Arc::new(parameters(&self.query));
            route = route.route_layer(from_fn_with_state(known, query::known_alone));
        }
        let state = (Arc::clone(app), self.access);
        route
            .route_layer(DefaultBodyLimit::max(self.body_bytes_max))
            .route_layer(from_fn_with_state(state, access::enforce))
    }
}

/// The names that stand behind the `?` of an address.
fn parameters(forms: &[Form]) -> BTreeSet<String> {
    let mut generator = SchemaGenerator::default();
    let schemas = forms.iter().map(|form| form(&mut generator).to_value());
    let names = |schema: Value| schema["properties"].as_object().map(|all| all.keys().cloned().collect());
    schemas.filter_map(names).flat_map(|names: Vec<String>| names).collect()
}

/// The routes of all endpoints.
pub fn routes(endpoints: Vec<Endpoint>, app: &Arc<App>) -> Router<Arc<App>> {
    endpoints.into_iter().fold(Router::new(), |router, endpoint| {
        let (address, earlier) = (endpoint.address(), endpoint.earlier_address());
        let route = endpoint.into_route(app);
        let router = match earlier {
            Some(earlier) => router.route(&earlier, route.clone()),
            None => router,
        };
        router.route(&address, route)
    })
}
