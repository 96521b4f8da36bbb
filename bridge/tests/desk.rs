//! Conversations, queues, agents and the setup through the API.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{Act, BridgeToAgent, ConversationState, RefusalCode, Speaker, Told};
use serde_json::{Value, json};
use world::{Agent, Answer, Author, MARA, PRIYA, TOMAS, Visitor, World};

const NAME: &str = "01932f0c-7d00-7000-8000-000000000001";

#[tokio::test]
async fn a_transfer_without_a_reason_of_the_list_is_refused_by_the_server() {
    let world = World::start().await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let (mut agent, mut visitor, conversation) = talking(&world).await;
    for (reason, status, code) in [
        ("\"no-such-reason\"", 422, "reason_required"),
        ("\"solved\"", 422, "reason_required"),
        ("null", 422, "reason_required"),
        ("\"\"", 422, "reason_required"),
        ("\"Not A Slug\"", 400, "malformed"),
    ] {
        let act =
            format!(r#"{{"transfer":{{"to":{{"queue":"front-desk"}},"reason":{reason},"note":null}}}}"#);
        let answer = acts(&tomas, &conversation, &act).await;
        assert_eq!((answer.status, code_of(&answer)), (status, json!(code)), "{reason}");
    }
    let act = json!({ "transfer": { "to": { "queue": "front-desk" }, "reason": "other-team", "note": "Paid twice" } });
    let absent = acts(&tomas, &conversation, r#"{"transfer":{"to":{"queue":"front-desk"}}}"#).await.json();
    let absent = &absent["error"];
    assert_eq!(
        (&absent["code"], &absent["where"]),
        (&json!("reason_required"), &json!("body.transfer.reason"))
    );
    assert!(absent["message"].as_str().is_some_and(|words| words.contains("other-team")), "{absent}");
    let done = acts(&tomas, &conversation, &act.to_string()).await;
    assert_eq!(done.status, 200, "{done:?}");
    let mut priya = Agent::arrives_online(&world, PRIYA).await;
    let offer = priya.is_offered().await;
    assert_eq!(offer.conversation.to_string(), conversation);
    priya.accepts(offer.conversation).await;
    let events = priya.watches(offer.conversation).await;
    assert!(
        events.iter().any(|event| event.happening.kind() == "transferred"),
        "the next agent sees the note"
    );
    visitor
        .sees("somebody else", |told| {
            matches!(told, Told::AgentJoined { agent } if agent.name == "Priya Nair").then_some(())
        })
        .await;
    agent.until("it to leave", |frame| matches!(frame, BridgeToAgent::Gone { .. }).then_some(())).await;
}

#[tokio::test]
async fn the_same_request_sent_twice_is_carried_out_once() {
    let world = World::start().await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let path = format!("/api/v1/conversations/{conversation}/acts");
    let say = json!({ "say": { "text": "Once", "written_at": 5 } }).to_string();
    let named = [("Idempotency-Key", NAME)];
    let first = tomas.calls_with("POST", &path, &named, &say).await;
    let second = tomas.calls_with("POST", &path, &named, &say).await;
    assert_eq!((first.status, &first.body), (200, &second.body));
    let events = tomas.calls("GET", &format!("/api/v1/conversations/{conversation}/events"), "").await.json();
    let said = events["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["happening"]["said"]["content"]["text"]["text"] == "Once");
    assert_eq!(said.count(), 1);
    let bad = tomas.calls_with("POST", &path, &[("Idempotency-Key", "soon")], &say).await;
    assert_eq!((bad.status, code_of(&bad)), (400, json!("malformed")));
}

#[tokio::test]
async fn a_half_valid_request_changes_nothing_and_says_where_it_is_wrong() {
    let world = World::start().await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let events = format!("/api/v1/conversations/{conversation}/events");
    let before = tomas.calls("GET", &events, "").await.body;
    for body in [
        r#"{"say":{"text":"","written_at":1}}"#,
        r#"{"snooze":{"until":1}}"#,
        r#"{"set_field":{"field":"","value":"x"}}"#,
        r#"{"comment":{"text":"hi","mentions":[{"team":"nobody"}]}}"#,
        r#"{"dance":{}}"#,
        r#"{"assign":{"to":{"agent":"01932f0c-7d00-7000-8000-0000000000ff"},"even_if_unavailable":false}}"#,
    ] {
        let answer = acts(&tomas, &conversation, body).await;
        assert!((400..500).contains(&answer.status), "{body}: {answer:?}");
        assert!(answer.json()["error"]["message"].as_str().is_some_and(|text| text.len() > 10), "{body}");
    }
    assert_eq!(tomas.calls("GET", &events, "").await.body, before);
}

#[tokio::test]
async fn why_a_conversation_went_to_somebody_is_kept_and_shown() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let mut busy = Agent::arrives(&world, MARA).await;
    busy.goes(protocol::AgentStatus::Busy).await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let told = mara.calls("GET", &format!("/api/v1/conversations/{conversation}/routing"), "").await.json();
    let decision = &told["decisions"][0];
    assert_eq!(decision["routed"]["strategy"], "round_robin");
    assert_eq!(decision["routed"]["ready"], 1);
    assert_eq!(decision["routed"]["unavailable"]["busy"], 1, "{told}");
    assert_eq!(told["waiting"], Value::Null);

    let mut second = Visitor::arrives(&world, 7).await;
    let waits = second.asks_for_a_person("front-desk").await;
    let told = mara.calls("GET", &format!("/api/v1/conversations/{waits}/routing"), "").await.json();
    assert_eq!((&told["waiting"]["place"], &told["decisions"]), (&json!(1), &json!([])), "{told}");
    assert_eq!(told["waiting"]["routed"]["unavailable"], json!({ "busy": 1, "offline": 1 }));
}

#[tokio::test]
async fn each_time_it_becomes_somebodys_who_did_it_how_and_why_is_shown() {
    let world = World::start().await;
    let (mara, tomas) = (Author::signs_in(&world, MARA).await, Author::signs_in(&world, TOMAS).await);
    let (_agent, _visitor, conversation) = talking(&world).await;
    let mut priya = Agent::arrives_online(&world, PRIYA).await;
    let _mara_is_there = Agent::arrives_online(&world, MARA).await;
    let [ids_mara, ids_tomas, ids_priya] = ids(&mara, ["Mara", "Tom", "Priya"]).await;

    let to_priya = json!({ "agent": ids_priya });
    let pass = json!({ "transfer": { "to": to_priya, "reason": "other-team", "note": null } }).to_string();
    assert_eq!(acts(&tomas, &conversation, &pass).await.status, 200);
    let id: protocol::ConversationId = conversation.parse().unwrap();
    priya.accepts(id).await;
    let assign =
        json!({ "assign": { "to": { "agent": ids_tomas }, "even_if_unavailable": true } }).to_string();
    assert_eq!(acts(&mara, &conversation, &assign).await.status, 200);
    assert_eq!(acts(&mara, &conversation, r#""take_over""#).await.status, 200);

    let told = mara.calls("GET", &format!("/api/v1/conversations/{conversation}/routing"), "").await.json();
    let shown = |one: &Value| {
        let by = one["by"]["agent"]["id"].as_str().unwrap_or("routing").to_owned();
        (
            one["how"].clone(),
            by,
            one["to"][0].clone(),
            one["reason"].clone(),
            one["routed"]["strategy"].clone(),
        )
    };
    let expected = [
        (Value::Null, "routing", &ids_tomas, Value::Null, json!("round_robin")),
        (json!("accepted"), &ids_tomas, &ids_tomas, Value::Null, Value::Null),
        (Value::Null, &ids_tomas, &ids_priya, json!("other-team"), Value::Null),
        (json!("transferred"), &ids_tomas, &ids_priya, json!("other-team"), json!("named")),
        (json!("given"), &ids_mara, &ids_tomas, Value::Null, json!("named")),
        (json!("took_over"), &ids_mara, &ids_mara, Value::Null, Value::Null),
    ];
    let expected = expected.map(|(how, by, to, reason, rule)| (how, by.to_owned(), json!(to), reason, rule));
    let decisions: Vec<_> = told["decisions"].as_array().unwrap().iter().map(shown).collect();
    assert_eq!(decisions, expected, "{told}");
    assert!(told["decisions"].as_array().unwrap().iter().all(|one| one["at"].is_u64()), "{told}");
}

#[tokio::test]
async fn a_setup_that_does_not_fit_together_is_refused_whole_and_a_good_one_is_in_force_at_once() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let now = mara.calls("GET", "/api/v1/setup", "").await.json();
    let broken = json!({ "name": "Sales", "team": "nobody" }).to_string();
    let refused = mara.calls("PUT", "/api/v1/setup/queues/sales", &broken).await;
    assert_eq!((refused.status, code_of(&refused)), (422, json!("faults")));
    let told = refused.json()["error"].clone();
    assert_eq!(told["where"], "body.team");
    let fault =
        json!({ "place": "queues.sales.team", "where": "body.team", "message": "there is no team `nobody`" });
    assert_eq!(told["faults"], json!([fault]));
    let mut setup = now["setup"].clone();
    setup["queues"]["sales"] = json!({ "name": "Sales", "team": "nobody" });
    let wanted = json!({ "revision": now["revision"], "setup": setup }).to_string();
    let checked = mara.calls("POST", "/api/v1/setup/check", &wanted).await.json();
    let fault = json!({ "place": "queues.sales.team", "where": "body.setup.queues.sales.team", "message": "there is no team `nobody`" });
    assert_eq!(checked, json!([fault]), "one shape in both");
    let misspelt = mara.calls("PUT", "/api/v1/setup/queues/sales", r#"{"nam":"Sales"}"#).await;
    assert_eq!(misspelt.status, 400, "{misspelt:?}");
    assert_eq!(mara.calls("GET", "/api/v1/setup", "").await.json(), now);

    let whole = json!({ "revision": now["revision"], "setup": now["setup"] }).to_string();
    let good =
        json!({ "name": "Sales", "team": "front-desk", "max_length": 0, "overflow": "close" }).to_string();
    assert_eq!(mara.calls("PUT", "/api/v1/setup/queues/sales", &good).await.status, 200);
    let outdated = mara.calls("PUT", "/api/v1/setup", &whole).await;
    assert_eq!((outdated.status, code_of(&outdated)), (412, json!("outdated")));
    let mut visitor = Visitor::arrives(&world, 3).await;
    visitor.asks_for_a_person("sales").await;
    visitor.state("the overflow", |state| state.state == ConversationState::Closed).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    assert_eq!(tomas.calls("PUT", "/api/v1/setup/queues/sales", &good).await.status, 403);
}

#[tokio::test]
async fn of_two_who_change_the_same_the_second_is_told_of_the_first() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let shown = mara.calls("GET", "/api/v1/setup", "").await;
    let from = shown.header("etag").expect("the revision").to_owned();
    let path = "/api/v1/setup/rules";
    let first = mara.calls_with("PUT", path, &[("If-Match", &from)], r#"{"transfers_max":7}"#).await;
    assert_eq!(first.status, 200, "{first:?}");
    assert_ne!(first.header("etag"), Some(from.as_str()));
    let second = mara.calls_with("PUT", path, &[("If-Match", &from)], r#"{"transfers_max":9}"#).await;
    assert_eq!((second.status, code_of(&second)), (412, json!("outdated")));
    let unread = mara.calls_with("PUT", path, &[("If-Match", "31")], r#"{"transfers_max":9}"#).await;
    assert_eq!(unread.json()["error"]["where"], "header.if-match");
    assert_eq!(mara.calls("GET", "/api/v1/setup", "").await.json()["setup"]["rules"]["transfers_max"], 7);
    let audit = mara.calls("GET", "/api/v1/audit", "").await.json();
    assert_eq!(audit["items"][0]["changed"], json!([{ "place": "rules.transfers_max", "how": "changed" }]));
}

#[tokio::test]
async fn what_is_still_used_is_not_removed_and_its_users_are_told() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let refused = mara.calls("DELETE", "/api/v1/setup/teams/front-desk", "").await;
    let told = refused.json()["error"].clone();
    assert_eq!((refused.status, &told["code"], &told["where"]), (422, &json!("faults"), &json!(null)));
    let words = told["message"].as_str().unwrap_or_default();
    assert!(words.starts_with("the team `front-desk` is still used by 1 queue: front-desk"), "{words}");
    assert_eq!(told["faults"][0]["place"], "queues.front-desk.team");
}

#[tokio::test]
async fn what_nobody_can_have_meant_is_refused_where_it_comes_in() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let odd = json!({ "name": "", "team": "front-desk", "max_wait_seconds": 0, "warn_seconds": 100, "critical_seconds": 10 });
    let refused = mara.calls("PUT", "/api/v1/setup/queues/sales", &odd.to_string()).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let faults = refused.json()["error"]["faults"].clone();
    let places: Vec<&str> =
        faults.as_array().into_iter().flatten().filter_map(|fault| fault["where"].as_str()).collect();
    assert_eq!(places, ["body.name", "body.max_wait_seconds", "body.warn_seconds"]);
    let week = json!([[], [], [], [], [], [], []]);
    let calendar = json!({ "name": "A", "zone": "Moon/Base", "week": week, "days": { "someday": [] } });
    let refused = mara.calls("PUT", "/api/v1/setup/calendars/odd", &calendar.to_string()).await.json();
    let faults = refused["error"]["faults"].as_array().cloned().unwrap_or_default();
    let places: Vec<&str> = faults.iter().filter_map(|fault| fault["where"].as_str()).collect();
    assert_eq!(places, ["body.days.someday", "body.zone"], "both, at once");
}

#[tokio::test]
async fn what_is_out_of_bounds_in_an_act_is_told_with_its_place() {
    let world = World::start().await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    for (act, place) in [
        (json!({ "tag": { "tag": " ", "add": true } }), "body.tag.tag"),
        (json!({ "set_priority": { "priority": 10_001 } }), "body.set_priority.priority"),
        (json!({ "snooze": { "until": 1 } }), "body.snooze.until"),
    ] {
        let refused = acts(&tomas, &conversation, &act.to_string()).await.json();
        assert_eq!(refused["error"]["where"], place, "{refused}");
    }
    let said = acts(&tomas, &conversation, r#"{"say":{"text":"Now"}}"#).await;
    assert_eq!(said.status, 200, "{said:?}");
    let path = format!("/api/v1/conversations/{conversation}/events");
    let events = tomas.calls("GET", &path, "").await.json();
    let last = events["items"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
    assert_eq!(last["happening"]["said"]["written_at"], last["at"], "it is written when it came");
    let unread = tomas.calls("GET", &format!("{path}?after=zz"), "").await.json();
    assert_eq!(unread["error"]["message"], "this is no whole number");
}

#[tokio::test]
async fn what_a_setup_says_survives_a_restart() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let rules = json!({ "closing_needs_category": true }).to_string();
    assert_eq!(mara.calls("PUT", "/api/v1/setup/rules", &rules).await.status, 200);
    let world = world.restart().await;
    let (mut agent, _visitor, conversation) = talking(&world).await;
    agent.asks(conversation.parse().unwrap(), Act::Close { category: None, note: None }).await;
    assert_eq!(agent.refused().await.1, RefusalCode::ReasonRequired);
    let solved = protocol::ReasonId::new("solved").unwrap();
    agent.does(conversation.parse().unwrap(), Act::Close { category: Some(solved), note: None }).await;
}

#[tokio::test]
async fn a_console_is_told_what_has_to_be_said_before_something_is_done_and_what_old_reasons_are_called() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let rules = json!({ "closing_needs_category": true, "transfer_needs_note": true }).to_string();
    assert_eq!(mara.calls("PUT", "/api/v1/setup/rules", &rules).await.status, 200);
    let retired = json!({ "label": "By fax", "uses": ["close"], "retired": true }).to_string();
    assert_eq!(mara.calls("PUT", "/api/v1/setup/reasons/by-fax", &retired).await.status, 200);
    let cookie = Agent::signs_in(&world, TOMAS).await;
    let (_agent, welcome) = Agent::welcomed(&world, cookie).await;
    let BridgeToAgent::Welcome { terms, reasons, queues, .. } = welcome else { panic!("{welcome:?}") };
    assert!(terms.closing_needs_category && terms.transfer_needs_note && !terms.closing_needs_note);
    let fax = reasons.iter().find(|reason| reason.label == "By fax").expect("history may name it");
    assert!(fax.uses.is_empty(), "but nobody chooses it");
    assert_eq!(queues.iter().filter(|queue| !queue.served).count(), 1, "they can be passed to any queue");
}

#[tokio::test]
async fn whoever_may_not_read_a_conversation_is_told_there_is_none() {
    let world = World::start().await;
    let priya = Author::signs_in(&world, PRIYA).await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    for rest in ["", "/events", "/routing"] {
        let answer = priya.calls("GET", &format!("/api/v1/conversations/{conversation}{rest}"), "").await;
        assert_eq!(answer.status, 404, "{rest}");
    }
    assert_eq!(acts(&priya, &conversation, "\"join\"").await.status, 404);
    let own = priya.calls("GET", "/api/v1/conversations", "").await.json();
    assert_eq!(own["items"], json!([]), "agents list what is theirs");
    let mara = Author::signs_in(&world, MARA).await;
    let listed = mara.calls("GET", "/api/v1/conversations?state=open", "").await.json();
    assert_eq!(listed["items"][0]["id"], json!(conversation));
    assert_eq!(mara.calls("GET", "/api/v1/conversations?state=closed", "").await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_program_speaks_as_the_business_and_sees_the_desk() {
    let world = World::start().await;
    let mara = Author::signs_in(&world, MARA).await;
    let wanted =
        json!({ "name": "CRM", "scopes": ["conversations:read", "conversations:write", "agents:read"] });
    let key = mara.calls("POST", "/api/v1/keys", &wanted.to_string()).await.json();
    let bearer = format!("Bearer {}", key["secret"].as_str().unwrap());
    let program = [("Authorization", bearer.as_str())];
    let (_agent, mut visitor, conversation) = talking(&world).await;
    let path = format!("/api/v1/conversations/{conversation}/acts");
    let say = json!({ "say": { "text": "Your order has left", "written_at": 5 } }).to_string();
    let done = world::call(world.address, "POST", &path, &program, &say).await;
    assert_eq!(done.status, 200, "{done:?}");
    let by = visitor.sees("the program's words", |told| match told {
        Told::Said { author: Speaker::Business, content, .. } => Some(content.as_plain_text()),
        _ => None,
    });
    assert_eq!(by.await, "Your order has left");
    let accept = world::call(world.address, "POST", &path, &program, "\"accept\"").await;
    assert_eq!(accept.status, 403, "a program owns nothing");
    let queues = world::call(world.address, "GET", "/api/v1/queues", &program, "").await.json();
    let workshop =
        queues["items"].as_array().unwrap().iter().find(|queue| queue["id"] == "workshop").unwrap();
    assert_eq!((&workshop["waiting"], &workshop["in_service"]), (&json!(0), &json!(1)), "{workshop}");
}

#[tokio::test]
async fn cancelling_while_waiting_gives_the_visitor_back_to_the_assistant() {
    let world = World::start().await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.asks_for_a_person("workshop").await;
    visitor.stops_waiting().await;
    let state = visitor.state("the assistant", |state| state.state == ConversationState::Automated).await;
    assert!(state.assistant_enabled);
    visitor.says("Hello again").await;
    visitor.ends().await;
    visitor.state("the end", |state| state.state == ConversationState::Closed).await;
}

#[tokio::test]
async fn what_is_put_aside_returns_when_the_visitor_writes() {
    let world = World::start().await;
    let (mut agent, mut visitor, conversation) = talking(&world).await;
    let id = conversation.parse().unwrap();
    let until = protocol::Timestamp::from_millis(u64::MAX / 4);
    agent.asks(id, Act::Snooze { until }).await;
    assert_eq!(agent.refused().await.1, RefusalCode::Malformed, "a year at most");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let until = protocol::Timestamp::from_millis(u64::try_from(now.as_millis()).unwrap() + 3_600_000);
    agent.does(id, Act::Snooze { until }).await;
    visitor.says("One more thing").await;
    let events = agent.watches(id).await;
    let kinds: Vec<&str> = events.iter().map(|event| event.happening.kind()).rev().take(2).collect();
    assert_eq!(kinds, ["woken", "said"]);
}

/// Tomás talks with a visitor in the workshop.
async fn talking(world: &World) -> (Agent, Visitor, String) {
    let mut tomas = Agent::arrives_online(world, TOMAS).await;
    let mut visitor = Visitor::arrives(world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    (tomas, visitor, conversation.to_string())
}

async fn acts(who: &Author, conversation: &str, act: &str) -> Answer {
    who.calls("POST", &format!("/api/v1/conversations/{conversation}/acts"), act).await
}

/// The ids of agents whose names begin so.
async fn ids<const N: usize>(who: &Author, names: [&str; N]) -> [String; N] {
    let setup = who.calls("GET", "/api/v1/setup", "").await.json();
    let agents = setup["setup"]["agents"].as_object().expect("agents").clone();
    names.map(|name| {
        let found =
            agents.iter().find(|(_, agent)| agent["name"].as_str().is_some_and(|own| own.starts_with(name)));
        found.map(|(id, _)| id.clone()).unwrap_or_else(|| panic!("no {name} in {agents:?}"))
    })
}

fn code_of(answer: &Answer) -> Value {
    answer.json()["error"]["code"].clone()
}
