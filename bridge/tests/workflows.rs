//! Workflows at work: published over the API, started by what visitors do, kept over a restart.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

#[path = "workflows/releases.rs"]
mod releases;
#[path = "workflows/templates.rs"]
mod templates;
mod world;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use protocol::{Act, BridgeToAgent, BridgeToVisitor, Told, VisitorFrame};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use world::{Agent, Answer, Author, MARA, PRIYA, TOMAS, Visitor, Welcome, World, shop, within};

/// The ready workflow, so that nobody has to wait for a quarter of an hour.
fn reassign() -> String {
    include_str!("../../examples/workflows/reassign-after-silence.yaml").replace("wait: 15m", "wait: 1s")
}

/// Says something, waits a little, and says something else.
const PATIENT: &str = r#"
format: 1
id: patient
name: Patient
trigger: { opened: { by: [visitor] } }
steps:
  - { id: hello, say: One moment. }
  - { id: while, wait: 2s }
  - { id: thanks, say: Thank you for waiting., next: end }
"#;

const CONSENT: &str = r#"
format: 1
id: consent
name: Consent
trigger: { opened: { by: [visitor] } }
exits: { agent_may_stop: true }
steps:
  - id: agree
    ask: { text: Do you agree?, kind: choice, options: [Accept, Decline], save: [{ field: consent }] }
    invalid: end
  - { id: thanks, say: "You chose $step.agree.", next: end }
"#;

#[tokio::test]
async fn a_conversation_that_nobody_answers_goes_to_somebody_else() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    team(&mara, "first-line", TOMAS).await;
    team(&mara, "second-line", PRIYA).await;
    let told = publishes(&mara, "reassign-after-silence", &reassign()).await;
    assert_eq!((&told["version"], &told["mistakes"]), (&json!(1), &json!([])));
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut priya = Agent::arrives_online(&world, PRIYA).await;

    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    joins(&mut visitor, "Tomás Ferreira").await;
    let conversation = priya.is_offered().await.conversation;
    priya.accepts(conversation).await;
    joins(&mut visitor, "Priya Nair").await;
    tomas.until("it to leave", |frame| matches!(frame, BridgeToAgent::Gone { .. }).then_some(())).await;

    let events = priya.watches(conversation).await;
    let comment = events.iter().find(|event| event.happening.kind() == "commented").expect("a comment");
    let written = serde_json::to_string(&comment.happening).unwrap();
    assert!(written.contains("Tomás Ferreira was silent for 15 minutes; over to Priya Nair."), "{written}");
    assert!(
        matches!(&comment.by, protocol::Actor::Workflow { workflow, .. } if workflow.as_str() == "reassign-after-silence")
    );

    let runs = gets(&mara, &format!("/conversations/{conversation}/runs")).await;
    let run = &runs["items"][0];
    assert_eq!(
        (&run["ended"], &run["version"], &run["waits_at"]),
        (&json!("finished"), &json!(1), &Value::Null)
    );
    assert_eq!(runs["items"].as_array().unwrap().len(), 1);
    assert_eq!(gets(&mara, "/workflows/reassign-after-silence/runs").await, runs);
    let whole = gets(&mara, &format!("/runs/{}", run["id"].as_str().unwrap())).await;
    let log: Vec<&str> =
        whole["log"].as_array().unwrap().iter().filter_map(|line| line["text"].as_str()).collect();
    assert!(log.iter().any(|line| line.starts_with("silent: case `nobody answered`")), "{log:?}");
    assert!(log.iter().any(|line| line.ends_with("assigned to Priya Nair")), "{log:?}");
    let stranger = Agent::signs_in(&world, TOMAS).await;
    let told = world::call(
        world.address,
        "GET",
        "/api/v1/workflows/reassign-after-silence/runs",
        &[("Cookie", &stranger)],
        "",
    )
    .await;
    assert_eq!(told.status, 403);
}

#[tokio::test]
async fn a_run_that_waits_goes_on_after_a_restart() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    publishes(&mara, "patient", PATIENT).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    hears(&mut visitor, "One moment.").await;
    let world = world.restart().await;
    let welcome = visitor.returns(None).await;
    if !told(&welcome, "Thank you for waiting.") {
        hears(&mut visitor, "Thank you for waiting.").await;
    }
    let mara = Author::signs_in(&world, MARA).await;
    let runs = gets(&mara, "/workflows/patient/runs").await;
    assert_eq!(runs["items"][0]["ended"], "finished", "{runs}");
    assert_eq!(gets(&mara, "/workflows/patient").await["workflow"]["version"], 1, "and new ones start");
    let mut second = Visitor::arrives(&world, 2).await;
    second.sends("Me too").await;
    hears(&mut second, "One moment.").await;
}

#[tokio::test]
async fn a_run_outlives_its_conversation_and_a_restart() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let after = r#"
        { "format": 1, "id": "after", "name": "After", "trigger": { "closed": {} },
          "steps": [{ "id": "while", "wait": "2s" }, { "id": "mark", "add_tags": ["closed-once"], "next": "end" }] }"#;
    publishes(&mara, "after", after).await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    visitor.ends().await;
    tomas.until("it to leave", |frame| matches!(frame, BridgeToAgent::Gone { .. }).then_some(())).await;
    let world = world.restart().await;
    visitor.returns(None).await;
    let (newer, _) = visitor.says("Hello again").await;
    let mara = Author::signs_in(&world, MARA).await;
    let path = format!("/conversations/{conversation}/runs");
    within("the run to end", async { while gets(&mara, &path).await["items"][0]["ended"] != "finished" {} })
        .await;
    let kept = gets(&mara, &format!("/conversations/{conversation}")).await;
    assert_eq!(kept["contact"]["tags"], json!(["closed-once"]));
    assert_eq!(kept["conversation"]["state"], "closed");
    let of_newer = |frame: BridgeToVisitor| match frame {
        BridgeToVisitor::State(state) => {
            assert_eq!(state.conversation, newer, "they know that the other one is over");
            None
        }
        BridgeToVisitor::Pong => Some(()),
        _ => None,
    };
    visitor.socket.tell(&VisitorFrame::Ping).await;
    visitor.until("a pong", of_newer).await;
}

#[tokio::test]
async fn an_open_question_silences_the_assistant_until_it_is_answered() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    publishes(&mara, "consent", CONSENT).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    visitor.state("silence", |state| !state.assistant_enabled).await;
    visitor.sends("Accept").await;
    hears(&mut visitor, "You chose Accept.").await;
    visitor.state("the assistant's turn", |state| state.assistant_enabled).await;
    let runs = gets(&mara, "/workflows/consent/runs").await;
    let conversation = runs["items"][0]["conversation"].as_str().expect("a conversation");
    let kept = gets(&mara, &format!("/conversations/{conversation}")).await;
    assert_eq!(kept["contact"]["fields"]["consent"], "Accept");
}

#[tokio::test]
async fn stopping_a_workflow_can_end_its_runs_at_once() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    publishes(&mara, "consent", CONSENT).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    visitor.state("silence", |state| !state.assistant_enabled).await;

    let stopped = mara.calls("POST", "/api/v1/workflows/consent/stop", "{}").await;
    assert_eq!((stopped.status, &stopped.json()["version"]), (200, &json!(1)));
    let runs = gets(&mara, "/workflows/consent/runs").await;
    assert_eq!((&runs["items"][0]["ended"], &runs["items"][0]["waits_at"]), (&Value::Null, &json!("agree")));
    let again = mara.calls("POST", "/api/v1/workflows/consent/stop", "{}").await;
    assert_eq!((again.status, code(&again)), (409, json!("wrong_state")));

    let ends = mara.calls("POST", "/api/v1/workflows/consent/stop", r#"{"cancel_runs":true}"#).await;
    assert_eq!(ends.status, 200, "those of one that was stopped before");
    visitor.state("the assistant's turn", |state| state.assistant_enabled).await;
    let runs = gets(&mara, "/workflows/consent/runs").await;
    assert_eq!(runs["items"][0]["ended"], "stopped", "{runs}");
    let none = mara.calls("POST", "/api/v1/workflows/consent/stop", r#"{"cancel_runs":true}"#).await;
    assert_eq!((none.status, code(&none)), (409, json!("wrong_state")), "nothing starts and nothing runs");
    assert_eq!(gets(&mara, "/workflows/consent").await["workflow"]["version"], Value::Null);
    let mut second = Visitor::arrives(&world, 2).await;
    let (conversation, _) = second.says("Hello?").await;
    assert_eq!(gets(&mara, &format!("/conversations/{conversation}/runs")).await["items"], json!([]));
}

#[tokio::test]
async fn only_a_sound_workflow_is_published_and_every_version_is_kept() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let path = "/api/v1/workflows/reassign-after-silence";
    let broken = mara.calls("PUT", &format!("{path}/draft?name=r.yaml"), &reassign()).await;
    assert_eq!((broken.status, &broken.json()["sound"]), (200, &json!(false)), "a draft may have mistakes");
    let codes: Vec<Value> =
        broken.json()["mistakes"].as_array().unwrap().iter().map(|mistake| mistake["code"].clone()).collect();
    assert_eq!(codes, ["unknown-team", "unknown-team"]);
    let refused = mara.calls("POST", &format!("{path}/publish"), r#"{"note":"First"}"#).await;
    assert_eq!((refused.status, code(&refused)), (422, json!("mistakes")));
    let shown = gets(&mara, "/workflows/reassign-after-silence").await;
    assert_eq!((&shown["workflow"]["version"], &shown["versions"]), (&Value::Null, &json!([])));

    team(&mara, "first-line", TOMAS).await;
    team(&mara, "second-line", PRIYA).await;
    let first = mara.calls("POST", &format!("{path}/publish"), r#"{"note":"First"}"#).await;
    assert_eq!((first.status, &first.json()["version"]), (200, &json!(1)), "{first:?}");
    let slower = reassign().replace("wait: 1s", "wait: 2s");
    assert_eq!(publishes(&mara, "reassign-after-silence", &slower).await["version"], 2);
    let back = mara.calls("POST", &format!("{path}/rollback"), r#"{"version":1}"#).await;
    assert_eq!((back.status, &back.json()["version"]), (200, &json!(3)), "{back:?}");
    assert_eq!(mara.calls("POST", &format!("{path}/rollback"), r#"{"version":9}"#).await.status, 404);
    assert_eq!(mara.calls("GET", &format!("{path}/versions/3"), "").await.body, reassign());
    assert_eq!(mara.calls("GET", &format!("{path}/versions/2"), "").await.body, slower);
    let shown = gets(&mara, "/workflows/reassign-after-silence").await;
    let releases: Vec<(&Value, &Value, &Value)> = shown["releases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|release| (&release["what"], &release["version"], &release["again"]))
        .collect();
    assert_eq!(
        releases,
        [
            (&json!("rolled_back"), &json!(3), &json!(1)),
            (&json!("published"), &json!(2), &Value::Null),
            (&json!("published"), &json!(1), &Value::Null),
        ]
    );
    assert_eq!(shown["releases"][0]["by"], "Mara Lindqvist");

    let other = mara.calls("PUT", "/api/v1/workflows/other?name=r.yaml", &reassign()).await;
    assert_eq!((other.status, code(&other)), (400, json!("malformed")), "the address names another workflow");
    let tomas = Author::signs_in(&world, TOMAS).await;
    let refused = tomas.calls("PUT", &format!("{path}?name=r.yaml"), &reassign()).await;
    assert_eq!((refused.status, code(&refused)), (403, json!("not_allowed")));
    assert_eq!(mara.calls("DELETE", &format!("{path}/draft"), "").await.status, 204);
    assert_eq!(mara.calls("DELETE", &format!("{path}/draft"), "").await.status, 404);
    let listed = gets(&tomas, "/workflows").await;
    assert_eq!((&listed["items"][0]["version"], &listed["items"][0]["draft"]), (&json!(3), &json!(false)));
}

#[tokio::test]
async fn a_call_into_the_bridges_own_network_fails_unless_the_file_allows_it() {
    let (address, calls) = customers().await;
    let world = World::of(&workspace(&format!("http://{address}"), "")).await;
    publishes(&Author::signs_in(&world, MARA).await, "lookup", &lookup(address)).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    hears(&mut visitor, "Nobody knows.").await;
    assert_eq!(calls.load(Ordering::Relaxed), 0, "nobody was dialled");

    let allowed = format!("[workflows]\nallow_private = [\"http://{address}\"]");
    let world = World::of(&workspace(&format!("http://{address}"), &allowed)).await;
    publishes(&Author::signs_in(&world, MARA).await, "lookup", &lookup(address)).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    hears(&mut visitor, "You are gold for bridge.").await;
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn another_system_starts_a_workflow_for_whom_it_names() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let shipped = r#"
format: 1
id: shipped
name: Shipped
trigger: { webhook: { contact: { email: $.mail }, values: { order: "$.order.number" } } }
steps:
  - { id: tell, say: "Order $trigger.order is on its way.", next: end }
"#;
    publishes(&mara, "shipped", shipped).await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    let field = json!({ "set_field": { "field": "email", "value": "ada@shop.example" } });
    let field: Act = serde_json::from_value(field).expect("an act");
    tomas.does(conversation, field).await;

    let path = "/api/v1/workflows/shipped/calls";
    let body = json!({ "mail": "Ada@shop.example", "order": { "number": 7 } }).to_string();
    assert_eq!(mara.calls("POST", path, &body).await.status, 202);
    hears(&mut visitor, "Order 7 is on its way.").await;
    let by_id = shipped.replace("email: $.mail", "id: $.visitor");
    publishes(&mara, "shipped", &by_id).await;
    let nobody = r#"{"visitor":"01932f0c-7c00-7a1b-8c2d-3e4f5a6b7c8f"}"#;
    assert_eq!(
        mara.calls("POST", path, nobody).await.status,
        404,
        "nobody of that id has an open conversation"
    );
    publishes(&mara, "shipped", shipped).await;
    for (body, status) in [(r#"{"mail":"bob@shop.example"}"#, 404), (r#"{"order":7}"#, 400)] {
        assert_eq!(mara.calls("POST", path, body).await.status, status, "{body}");
    }
    assert_eq!(mara.calls("POST", "/api/v1/workflows/nothing/calls", &body).await.status, 404);
    let tomas = Author::signs_in(&world, TOMAS).await;
    assert_eq!(tomas.calls("POST", path, &body).await.status, 403);
}

#[tokio::test]
async fn a_workflow_is_tried_on_a_kept_conversation_and_nothing_is_done() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let (conversation, _) = Visitor::arrives(&world, 1).await.says("Hello?").await;
    let draft = mara.calls("PUT", "/api/v1/workflows/patient/draft?name=p.yaml", PATIENT).await;
    assert_eq!(draft.status, 200);
    let path = "/api/v1/workflows/patient/rehearsals";
    let tried = mara.calls("POST", path, &json!({ "conversation": conversation }).to_string()).await;
    assert_eq!(tried.status, 200, "{tried:?}");
    let tried = tried.json();
    assert_eq!(tried["passed"], true);
    let lines: Vec<&str> = tried["rehearsal"]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["text"].as_str())
        .collect();
    assert!(lines.iter().any(|line| line.contains("Thank you for waiting.")), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("Hello?")), "{lines:?}");

    let recording = "format: 1\ntitle: Two\nstart: 2026-11-21T09:00Z\ntimeline: [{ opened: agent }]\nexpect: { starts: 1 }";
    let tried = mara.calls("POST", path, &json!({ "recording": recording }).to_string()).await.json();
    assert_eq!(
        (&tried["passed"], tried["rehearsal"]["unmet"].as_array().map(Vec::len)),
        (&json!(false), Some(1))
    );
    for (body, status) in
        [("{}", 400), (r#"{"recording":"format: 2"}"#, 422), (r#"{"version":1,"recording":""}"#, 404)]
    {
        assert_eq!(mara.calls("POST", path, body).await.status, status, "{body}");
    }
    let events = gets(&mara, &format!("/conversations/{conversation}/events")).await;
    assert_eq!(events["items"].as_array().unwrap().len(), 2, "opened and said, and nothing else");
}

#[tokio::test]
async fn a_check_looks_at_the_workflows_that_start() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let runs = |id: &str, other: &str| {
        format!(
            "format: 1\nid: {id}\nname: X\ntrigger: manual\nsteps: [{{ id: go, run: {{ workflow: {other} }}, next: end }}]"
        )
    };
    let checks = async |text: &str| {
        let answer = mara.calls("POST", "/api/v1/check/workflow?name=x.yaml", text).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let told = answer.json();
        told["mistakes"].as_array().unwrap().iter().map(|mistake| mistake["code"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(checks(&runs("one", "patient")).await, ["unknown-workflow"]);
    publishes(&mara, "patient", PATIENT).await;
    assert_eq!(checks(&runs("one", "patient")).await, ["not-manual"]);
    publishes(&mara, "patient", &PATIENT.replace("{ opened: { by: [visitor] } }", "manual")).await;
    assert_eq!(checks(&runs("one", "patient")).await, Vec::<Value>::new());
    let templates = gets(&mara, "/workflow-templates").await;
    assert!(templates["items"].as_array().unwrap().iter().any(|one| one["name"] == "consent"));
    let consent = mara.calls("GET", "/api/v1/workflow-templates/consent", "").await;
    assert!(consent.body.contains("id: consent"));
}

async fn publishes(author: &Author, id: &str, text: &str) -> Value {
    let answer = author.calls("PUT", &format!("/api/v1/workflows/{id}?name={id}.yaml"), text).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

async fn gets(author: &Author, path: &str) -> Value {
    let answer = author.calls("GET", &format!("/api/v1{path}"), "").await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.json()
}

/// Makes a team of one.
async fn team(author: &Author, id: &str, email: &str) {
    let setup = gets(author, "/setup").await;
    let agents = setup["setup"]["agents"].as_object().expect("agents");
    let member = agents.iter().find(|(_, agent)| agent["email"] == email).expect("an agent").0;
    let body = json!({ "name": id, "members": [member] }).to_string();
    let answer = author.calls("PUT", &format!("/api/v1/setup/teams/{id}"), &body).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

async fn joins(visitor: &mut Visitor, name: &str) {
    visitor
        .sees(name, |told| matches!(told, Told::AgentJoined { agent } if agent.name == name).then_some(()))
        .await;
}

async fn hears(visitor: &mut Visitor, text: &str) {
    visitor.sees(text, |told| says(told, text).then_some(())).await;
}

fn told(welcome: &Welcome, text: &str) -> bool {
    welcome.events.iter().any(|event| says(&event.told, text))
}

fn says(told: &Told, text: &str) -> bool {
    matches!(told, Told::Said { content, .. } if content.as_plain_text() == text)
}

fn code(answer: &Answer) -> Value {
    answer.json()["error"]["code"].clone()
}

/// Another system, and how often it was called.
async fn customers() -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let calls = Arc::new(AtomicUsize::new(0));
    let routes = axum::Router::new().route("/customers", post(customer)).with_state(Arc::clone(&calls));
    tokio::spawn(axum::serve(listener, routes).into_future());
    (address, calls)
}

async fn customer(State(calls): State<Arc<AtomicUsize>>, headers: HeaderMap) -> Json<Value> {
    calls.fetch_add(1, Ordering::Relaxed);
    let key = headers.get("authorization").and_then(|value| value.to_str().ok());
    Json(json!({ "customers": [{ "tier": "gold", "key": key }] }))
}

fn lookup(address: SocketAddr) -> String {
    format!(
        r#"
format: 1
id: lookup
name: Look up
trigger: {{ opened: {{ by: [visitor] }} }}
steps:
  - id: ask
    request:
      method: POST
      url: http://{address}/customers
      headers: {{ Authorization: {{ secret: crm }} }}
      body: {{ json: {{ open: true }} }}
      take: {{ tier: "$.customers[0].tier", key: "$.customers[0].key" }}
    failed: nobody
  - {{ id: tell, say: You are $tier for $key., next: end }}
  - {{ id: nobody, say: Nobody knows., next: end }}
"#
    )
}

/// A workspace whose secret is the value of a variable that every test has, for one origin.
fn workspace(origin: &str, more: &str) -> String {
    shop(&format!("[secrets]\ncrm = {{ env = \"CARGO_PKG_NAME\", origins = [\"{origin}\"] }}\n{more}"))
}
