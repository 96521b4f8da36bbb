//! People who work here, added and let go through the API.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::AgentStatus;
use serde_json::{Value, json};
use world::{Agent, Answer, Author, MARA, TOMAS, Visitor, World, call};

const NAME: &str = "01932f0c-7d00-7000-8000-000000000001";
const NOBODY: &str = "01932f0c-7d00-7000-8000-0000000000ff";

#[tokio::test]
async fn whoever_is_added_signs_in_with_the_password_shown_once_and_answers_visitors() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let wanted = json!({ "email": " Noor@Lockgate.example ", "name": "Noor Haddad", "teams": ["workshop"] });
    let added =
        mara.calls_with("POST", "/api/v1/agents", &[("Idempotency-Key", NAME)], &wanted.to_string()).await;
    assert_eq!(added.status, 201, "{added:?}");
    let (id, password) = (text(&added, "id"), text(&added, "password"));
    assert_eq!(added.json()["email"], "noor@lockgate.example");
    let again =
        mara.calls_with("POST", "/api/v1/agents", &[("Idempotency-Key", NAME)], &wanted.to_string()).await;
    assert_eq!(again.body, added.body, "a repeat adds nobody");
    let twice = mara.calls("POST", "/api/v1/agents", &wanted.to_string()).await;
    assert_eq!((twice.status, code(&twice)), (409, json!("already_there")));

    let setup = mara.calls("GET", "/api/v1/setup", "").await.json();
    assert_eq!(setup["setup"]["agents"][&id]["name"], "Noor Haddad");
    assert!(!setup.to_string().contains(&password), "the password is nowhere else");

    let mut noor =
        Agent::arrives_by(&world, &signs_in(&world, "noor@lockgate.example", &password).await).await;
    noor.goes(AgentStatus::Online).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    noor.is_offered().await;
    noor.accepts(conversation).await;

    let world = world.restart().await;
    assert_eq!(sign_in(&world, "noor@lockgate.example", &password).await.status, 200);
}

#[tokio::test]
async fn a_setup_that_names_somebody_nobody_added_is_refused_with_its_place_and_stops_nothing() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let ghost = json!({ "name": "Ghost" }).to_string();
    let refused = mara.calls("PUT", &format!("/api/v1/setup/agents/{NOBODY}"), &ghost).await;
    assert_eq!((refused.status, code(&refused)), (422, json!("faults")), "{refused:?}");
    assert_eq!(refused.json()["error"]["where"], "body");
    assert!(refused.body.contains("POST /api/v1/agents"), "{refused:?}");

    let now = mara.calls("GET", "/api/v1/setup", "").await.json();
    let mut whole = json!({ "revision": now["revision"], "setup": now["setup"] });
    whole["setup"]["agents"][NOBODY] = json!({ "name": "Ghost" });
    assert_eq!(code(&mara.calls("PUT", "/api/v1/setup", &whole.to_string()).await), json!("faults"));
    let checked = mara.calls("POST", "/api/v1/setup/check", &whole.to_string()).await;
    assert_eq!(checked.json()[0]["place"], format!("agents.{NOBODY}"));

    let status =
        mara.calls("PUT", &format!("/api/v1/agents/{NOBODY}/status"), r#"{"status":"online"}"#).await;
    assert_eq!(status.status, 404);
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Still there?").await;
}

#[tokio::test]
async fn whoever_leaves_is_signed_out_and_may_come_back() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let added =
        mara.calls("POST", "/api/v1/agents", r#"{"email":"noor@lockgate.example","name":"Noor"}"#).await;
    let (id, password) = (text(&added, "id"), text(&added, "password"));
    let cookie = signs_in(&world, "noor@lockgate.example", &password).await;
    let me =
        async |cookie: &str| call(world.address, "GET", "/api/v1/me", &[("Cookie", cookie)], "").await.status;
    assert_eq!(me(&cookie).await, 200);
    assert_eq!(mara.calls("DELETE", &format!("/api/v1/agents/{id}"), "").await.status, 204);
    assert_eq!(me(&cookie).await, 401);
    assert_eq!(sign_in(&world, "noor@lockgate.example", &password).await.status, 401);
    assert_eq!(mara.calls("GET", "/api/v1/setup", "").await.json()["setup"]["agents"][&id]["active"], false);

    let back =
        mara.calls("POST", "/api/v1/agents", r#"{"email":"noor@lockgate.example","name":"Noor"}"#).await;
    assert_eq!((back.status, text(&back, "id")), (201, id), "the same person, with their history");
    assert_eq!(
        sign_in(&world, "noor@lockgate.example", &password).await.status,
        401,
        "the old password is gone"
    );
    assert_eq!(sign_in(&world, "noor@lockgate.example", &text(&back, "password")).await.status, 200);
    assert_eq!(me(&cookie).await, 401, "and so are the old sign-ins");
}

#[tokio::test]
async fn a_new_password_ends_the_sign_ins_there_are() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let tomas = world::Author::signs_in(&world, TOMAS).await;
    let id = text(&tomas.calls("GET", "/api/v1/me", "").await, "id");
    let made = mara.calls("POST", &format!("/api/v1/agents/{id}/password"), "").await;
    assert_eq!(made.status, 200, "{made:?}");
    assert_eq!(tomas.calls("GET", "/api/v1/me", "").await.status, 401);
    let given = text(&made, "password");
    let cookie = signs_in(&world, TOMAS, &given).await;
    let own = [("Cookie", cookie.as_str())];
    let change = |current: &str, new: &str| json!({ "current": current, "new": new }).to_string();
    let path = "/api/v1/session/password";
    let wrong = call(world.address, "PUT", path, &own, &change("not this one", "a long enough one")).await;
    assert_eq!((wrong.status, code(&wrong)), (401, json!("wrong_sign_in")));
    let short = call(world.address, "PUT", path, &own, &change(&given, "short")).await;
    assert_eq!((short.status, &short.json()["error"]["where"]), (400, &json!("body.new")));
    let done = call(world.address, "PUT", path, &own, &change(&given, "a long enough one")).await;
    assert_eq!(done.status, 204, "{done:?}");
    assert_eq!(sign_in(&world, TOMAS, &given).await.status, 401);
    assert_eq!(sign_in(&world, TOMAS, "a long enough one").await.status, 200);
    assert_eq!(tomas.calls("POST", &format!("/api/v1/agents/{id}/password"), "").await.status, 401);
}

#[tokio::test]
async fn a_key_adds_agents_and_makes_nobody_an_admin() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let wanted = json!({ "name": "HR", "scopes": ["agents:write", "settings:write"] }).to_string();
    let bearer = format!("Bearer {}", text(&mara.calls("POST", "/api/v1/keys", &wanted).await, "secret"));
    let key = [("Authorization", bearer.as_str())];
    let calls = async |method: &str, path: &str, body: Value| {
        call(world.address, method, path, &key, &body.to_string()).await
    };
    let agent = |role: &str| json!({ "email": "noor@lockgate.example", "name": "Noor", "role": role });
    let refused = calls("POST", "/api/v1/agents", agent("admin")).await;
    assert_eq!((refused.status, code(&refused)), (403, json!("not_allowed")));
    let added = calls("POST", "/api/v1/agents", agent("supervisor")).await;
    assert_eq!(added.status, 201, "{added:?}");
    let setup = format!("/api/v1/setup/agents/{}", text(&added, "id"));
    let raised = calls("PUT", &setup, json!({ "name": "Noor", "role": "admin" })).await;
    assert_eq!((raised.status, code(&raised)), (403, json!("not_allowed")));
    let mara_id = text(&mara.calls("GET", "/api/v1/me", "").await, "id");
    let reset = calls("POST", &format!("/api/v1/agents/{mara_id}/password"), json!({})).await;
    assert_eq!((reset.status, code(&reset)), (403, json!("not_allowed")));
    for (body, place) in [
        (json!({ "email": "noor", "name": "Noor" }), "body.email"),
        (json!({ "email": "a@b.example", "name": " " }), "body.name"),
        (json!({ "email": "a@b.example", "name": "A", "teams": ["nobody"] }), "body.teams"),
        (json!({ "email": "a@b.example", "name": "A", "capacity": 100_000 }), "body.capacity"),
    ] {
        let answer = calls("POST", "/api/v1/agents", body).await;
        assert!((400..=422).contains(&answer.status), "{answer:?}");
        assert_eq!(answer.json()["error"]["where"], place, "{answer:?}");
    }
}

async fn signs_in(world: &World, email: &str, password: &str) -> String {
    let answer = sign_in(world, email, password).await;
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("{answer:?}"));
    cookie.split(';').next().expect("a cookie").to_owned()
}

async fn sign_in(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password }).to_string();
    call(world.address, "POST", "/api/v1/session", &[], &body).await
}

fn text(answer: &Answer, name: &str) -> String {
    answer.json()[name].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned()
}

fn code(answer: &Answer) -> Value {
    answer.json()["error"]["code"].clone()
}
