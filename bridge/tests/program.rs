//! Customers' own programs on their socket, and in the name of agents.
#![expect(clippy::wildcard_enum_match_arm, reason = "a test waits for one thing among many")]

mod world;

use protocol::{
    Act, Actor, AgentId, AgentStatus, BridgeToAgent, BridgeToProgram, ConversationId, ConversationState,
    Line, ProgramFrame, RefusalCode, RequestId, Speaker, Timestamp, Told, VERSION,
};
use serde_json::{Value, json};
use world::{Agent, Answer, Author, MARA, PRIYA, Socket, TOMAS, Visitor, World, call, request};

const SOCKET: &str = "/api/v1/program/socket";
const ALL: [&str; 4] = ["conversations:read", "conversations:write", "agents:act", "agents:write"];

#[tokio::test]
async fn only_a_key_with_the_scope_connects() {
    let world = World::start().await;
    let dial =
        async |headers: &[(&'static str, &str)]| Socket::try_dial(world.address, SOCKET, headers).await.err();
    assert_eq!(dial(&[]).await, Some(401));
    let cookie = Agent::signs_in(&world, MARA).await;
    let origin = format!("http://{}", world.address);
    assert_eq!(dial(&[("cookie", &cookie), ("origin", &origin)]).await, Some(403), "a sign-in is no key");
    let (bearer, _) = key(&world, &["agents:read"]).await;
    assert_eq!(dial(&[("authorization", &bearer)]).await, Some(403));
    let (bearer, _) = key(&world, &["conversations:read"]).await;
    let mut socket = Socket::dial(world.address, SOCKET, &[("authorization", &bearer)]).await;
    socket.tell(&ProgramFrame::Ping).await;
    assert_eq!(refused(&mut socket).await, (None, RefusalCode::HelloFirst));
    socket.tell(&ProgramFrame::Hello { version: VERSION + 1 }).await;
    assert_eq!(refused(&mut socket).await.1, RefusalCode::WrongVersion);
    socket.tell(&ProgramFrame::Hello { version: VERSION }).await;
    let BridgeToProgram::Welcome { name, scopes } = socket.next("a welcome").await else {
        panic!("no welcome")
    };
    assert_eq!((name.as_str(), scopes), ("Bot", vec!["conversations:read".to_owned()]));
}

#[tokio::test]
async fn a_program_watches_resumes_by_number_and_acts_once() {
    let world = World::start().await;
    let (_agent, mut visitor, conversation) = talking(&world).await;
    let (bearer, _) = key(&world, &ALL).await;
    let mut program = connect(&world, &bearer).await;
    program.tell(&ProgramFrame::Watch { conversation, after: 0 }).await;
    let seen = events(&mut program, conversation).await;
    assert!(seen.iter().copied().eq(1..=seen.len() as u64), "{seen:?}");
    visitor.says("Is it ready?").await;
    let live = happened(&mut program).await;
    assert_eq!(live, seen.len() as u64 + 1);

    let (id, say) = (request(), say("Nearly."));
    program.tell(&ProgramFrame::Act { id, conversation, act: say.clone(), as_agent: None }).await;
    assert_eq!(happened(&mut program).await, live + 1, "what happened is told before the answer");
    assert_eq!(accepted(&mut program, id).await, live + 1);
    program.tell(&ProgramFrame::Act { id, conversation, act: say, as_agent: None }).await;
    assert_eq!(accepted(&mut program, id).await, live + 1, "a repeat is answered as the first was");

    let mut again = connect(&world, &bearer).await;
    again.tell(&ProgramFrame::Watch { conversation, after: live }).await;
    assert_eq!(events(&mut again, conversation).await, [live + 1]);
    program.tell(&ProgramFrame::Unwatch { conversation }).await;
    again.tell(&ProgramFrame::Unwatch { conversation }).await;
    visitor.says("Thank you").await;
    program.tell(&ProgramFrame::Ping).await;
    assert_eq!(program.next::<BridgeToProgram>("a pong").await, BridgeToProgram::Pong);
    let unknown = ConversationId::at(Timestamp::from_millis(1), [0; 10]);
    program.tell(&ProgramFrame::Watch { conversation: unknown, after: 0 }).await;
    assert_eq!(refused(&mut program).await.1, RefusalCode::UnknownConversation);
}

#[tokio::test]
async fn whoever_sees_all_is_told_of_every_conversation() {
    let world = World::start().await;
    let (bearer, _) = key(&world, &["conversations:read"]).await;
    let mut program = connect(&world, &bearer).await;
    program.tell(&ProgramFrame::WatchAll { all: true }).await;
    program.tell(&ProgramFrame::Ping).await;
    assert_eq!(program.next::<BridgeToProgram>("a pong").await, BridgeToProgram::Pong);
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Hello").await;
    assert_eq!(happened(&mut program).await, 1);
    let act =
        ProgramFrame::Act { id: request(), conversation: anywhere(), act: Act::TakeOver, as_agent: None };
    program.tell(&act).await;
    let refusal = until(&mut program, "a refusal", |frame| match frame {
        BridgeToProgram::Refused { refusal, .. } => Some(refusal.code),
        _ => None,
    });
    assert_eq!(refusal.await, RefusalCode::NotAllowed, "reading is not writing");
}

#[tokio::test]
async fn a_program_is_there_for_an_agent_and_answers_in_their_name() {
    let world = World::start().await;
    let tomas = agent_id(&world, TOMAS).await;
    let (bearer, _) = key(&world, &ALL).await;
    let mut program = connect(&world, &bearer).await;
    program.tell(&ProgramFrame::SetStatus { agent: tomas, status: AgentStatus::Online }).await;
    assert_eq!(refused(&mut program).await.1, RefusalCode::NotAllowed, "attend first");
    program.tell(&ProgramFrame::Attend { agent: tomas }).await;
    let welcomed = until(&mut program, "a welcome", |frame| match frame {
        BridgeToProgram::ForAgent { agent, told } => {
            matches!(*told, BridgeToAgent::Welcome { .. }).then_some(agent)
        }
        _ => None,
    });
    assert_eq!(welcomed.await, tomas);
    program.tell(&ProgramFrame::SetStatus { agent: tomas, status: AgentStatus::Online }).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    until(&mut program, "the offer", |frame| match frame {
        BridgeToProgram::ForAgent { told, .. } => match *told {
            BridgeToAgent::Changed(summary) if summary.state == ConversationState::Offered => Some(()),
            _ => None,
        },
        _ => None,
    })
    .await;
    let id = request();
    let accept = ProgramFrame::Act { id, conversation, act: Act::Accept, as_agent: Some(tomas) };
    program.tell(&accept).await;
    let number = accepted(&mut program, id).await;
    let id = request();
    let words = ProgramFrame::Act { id, conversation, act: say("On my way"), as_agent: Some(tomas) };
    program.tell(&words).await;
    accepted(&mut program, id).await;
    let speaker = visitor.sees("the answer", |told| match told {
        Told::Said { author: Speaker::Agent(agent), .. } => Some(agent.name.clone()),
        _ => None,
    });
    assert_eq!(speaker.await, "Tomás Ferreira", "the visitor talks with the agent");

    let mara = Author::signs_in(&world, MARA).await;
    let path = format!("/api/v1/conversations/{conversation}/events");
    let events = mara.calls("GET", &path, "").await.json();
    let by: Actor =
        serde_json::from_value(events["items"][number as usize - 1]["by"].clone()).expect("an actor");
    let Actor::ForAgent { agent, name, .. } = by else { panic!("the record hides the program: {by:?}") };
    assert_eq!((agent.id, name.as_str()), (tomas, "Bot"));

    program.tell(&ProgramFrame::Leave { agent: tomas }).await;
    until(&mut program, "to have left", |frame| match frame {
        BridgeToProgram::Left { agent } => (agent == tomas).then_some(()),
        _ => None,
    })
    .await;
    let offline = async {
        loop {
            let agents = mara.calls("GET", "/api/v1/agents", "").await.json();
            let of =
                agents["items"].as_array().unwrap().iter().find(|one| one["id"] == json!(tomas)).unwrap();
            if of["status"] == "offline" {
                break;
            }
            tokio::task::yield_now().await;
        }
    };
    world::within("the agent to be gone", offline).await;
}

#[tokio::test]
async fn in_an_agents_name_a_program_may_what_the_agent_may() {
    let world = World::start().await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let (tomas, priya) = (agent_id(&world, TOMAS).await, agent_id(&world, PRIYA).await);
    let (bearer, _) = key(&world, &ALL).await;
    let (plain, _) = key(&world, &["conversations:read", "conversations:write"]).await;
    let path = format!("/api/v1/conversations/{conversation}/acts");
    let say = json!({ "say": { "text": "Soon", "written_at": 5 } }).to_string();
    let acts = async |bearer: &str, agent: AgentId| {
        let path = format!("{path}?as_agent={agent}");
        call(world.address, "POST", &path, &[("Authorization", bearer)], &say).await
    };
    assert_eq!(acts(&bearer, tomas).await.status, 200);
    assert_eq!(acts(&bearer, priya).await.status, 404, "Priya may not even read it");
    let nobody = AgentId::at(Timestamp::from_millis(7), [7; 10]);
    let refused = acts(&bearer, nobody).await.json()["error"].clone();
    assert_eq!((&refused["code"], &refused["where"]), (&json!("unknown_name"), &json!("query.as_agent")));
    assert!(
        refused["message"].as_str().is_some_and(|words| words.starts_with("there is no agent")),
        "{refused}"
    );
    let refused = acts(&plain, tomas).await;
    assert_eq!((refused.status, code(&refused)), (403, json!("missing_scope")));
    let mara = Author::signs_in(&world, MARA).await;
    let refused = mara.calls("POST", &format!("{path}?as_agent={tomas}"), &say).await;
    assert_eq!((refused.status, &refused.json()["error"]["where"]), (403, &json!("query.as_agent")));
}

#[tokio::test]
async fn a_key_that_is_revoked_ends_its_socket() {
    let world = World::start().await;
    let (bearer, id) = key(&world, &ALL).await;
    let mut program = connect(&world, &bearer).await;
    let mara = Author::signs_in(&world, MARA).await;
    assert_eq!(mara.calls("DELETE", &format!("/api/v1/keys/{id}"), "").await.status, 204);
    program.tell(&ProgramFrame::WatchAll { all: true }).await;
    assert_eq!(refused(&mut program).await.1, RefusalCode::NotSignedIn);
    assert_eq!(program.closed().await, 1008);
}

#[tokio::test]
async fn what_is_closed_is_said_to_be_closed_and_can_be_written_on() {
    let world = World::start().await;
    let (mut agent, _visitor, conversation) = talking(&world).await;
    agent.does(conversation, Act::Close { category: None, note: None }).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let finish = acts(&tomas, conversation, "\"finish_wrap_up\"").await;
    assert_eq!(finish.status, 200, "{finish:?}");
    let say = json!({ "say": { "text": "Anything else?", "written_at": 5 } });
    let refused = acts(&tomas, conversation, &say.to_string()).await;
    assert_eq!((refused.status, code(&refused)), (409, json!("closed")), "{refused:?}");
    for act in [
        json!({ "comment": { "text": "Paid in cash", "mentions": [] } }),
        json!({ "tag": { "tag": "regular", "add": true } }),
        json!({ "set_field": { "field": "email", "value": "zoe@example.com" } }),
    ] {
        let done = acts(&tomas, conversation, &act.to_string()).await;
        assert_eq!(done.status, 200, "{act}: {done:?}");
    }
    let shown = tomas.calls("GET", &format!("/api/v1/conversations/{conversation}"), "").await.json();
    assert_eq!(shown["conversation"]["state"], "closed");
    assert_eq!(
        (&shown["contact"]["tags"], &shown["contact"]["fields"]["email"]),
        (&json!(["regular"]), &json!("zoe@example.com"))
    );
    let priya = Author::signs_in(&world, PRIYA).await;
    assert_eq!(
        acts(&priya, conversation, &say.to_string()).await.status,
        404,
        "not for whoever may not read it"
    );

    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.says("Me again").await;
    let listed =
        Author::signs_in(&world, MARA).await.calls("GET", "/api/v1/conversations?limit=1", "").await.json();
    let newest = listed["items"][0]["id"].as_str().unwrap().to_owned();
    let shown = Author::signs_in(&world, MARA)
        .await
        .calls("GET", &format!("/api/v1/conversations/{newest}"), "")
        .await
        .json();
    assert_eq!(shown["contact"]["tags"], json!(["regular"]), "the visitor is known by it");
}

#[tokio::test]
async fn another_request_under_a_known_name_is_refused() {
    let world = World::start().await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let path = format!("/api/v1/conversations/{conversation}/acts");
    let named = [("Idempotency-Key", "01932f0c-7d00-7000-8000-000000000001")];
    let tag = |tag: &str| json!({ "tag": { "tag": tag, "add": true } }).to_string();
    let first = tomas.calls_with("POST", &path, &named, &tag("one")).await;
    assert_eq!(first.status, 200, "{first:?}");
    let other = tomas.calls_with("POST", &path, &named, &tag("two")).await;
    assert_eq!((other.status, code(&other)), (422, json!("name_reused")));
    let again = tomas.calls_with("POST", &path, &named, &tag("one")).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (200, Some("true")));
    let so_already = [("Idempotency-Key", "01932f0c-7d00-7000-8000-000000000002")];
    let nothing = tomas.calls_with("POST", &path, &so_already, &tag("one")).await;
    assert_eq!(nothing.status, 200);
    acts(&tomas, conversation, &json!({ "tag": { "tag": "one", "add": false } }).to_string()).await;
    let late = tomas.calls_with("POST", &path, &so_already, &tag("one")).await;
    assert_eq!(late.body, nothing.body, "what changed nothing then changes nothing now");
    let shown = tomas.calls("GET", &format!("/api/v1/conversations/{conversation}"), "").await.json();
    assert_eq!(shown["contact"]["tags"], json!([]));
}

#[tokio::test]
async fn agents_list_what_is_theirs_and_misspelt_filters_are_refused() {
    let world = World::start().await;
    let (_agent, _visitor, conversation) = talking(&world).await;
    let tomas = Author::signs_in(&world, TOMAS).await;
    let listed = tomas.calls("GET", "/api/v1/conversations?state=open", "").await.json();
    assert_eq!(listed["items"][0]["id"], json!(conversation));
    let priya = Author::signs_in(&world, PRIYA).await;
    assert_eq!(priya.calls("GET", "/api/v1/conversations", "").await.json()["items"], json!([]));
    let tomas_id = agent_id(&world, TOMAS).await;
    let path = format!("/api/v1/conversations?agent={tomas_id}");
    assert_eq!(priya.calls("GET", &path, "").await.json()["error"]["where"], "query.agent");
    for (query, place) in
        [("stat=open", "query.stat"), ("state=opn", "query.state"), ("limit=x", "query.limit")]
    {
        let refused = tomas.calls("GET", &format!("/api/v1/conversations?{query}"), "").await;
        assert_eq!((refused.status, &refused.json()["error"]["where"]), (400, &json!(place)), "{refused:?}");
    }
}

async fn talking(world: &World) -> (Agent, Visitor, ConversationId) {
    let mut tomas = Agent::arrives_online(world, TOMAS).await;
    let mut visitor = Visitor::arrives(world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    (tomas, visitor, conversation)
}

async fn connect(world: &World, bearer: &str) -> Socket {
    let mut socket = Socket::dial(world.address, SOCKET, &[("authorization", bearer)]).await;
    socket.tell(&ProgramFrame::Hello { version: VERSION }).await;
    let welcome: BridgeToProgram = socket.next("a welcome").await;
    assert!(matches!(welcome, BridgeToProgram::Welcome { .. }), "{welcome:?}");
    socket
}

async fn key(world: &World, scopes: &[&str]) -> (String, String) {
    let mara = Author::signs_in(world, MARA).await;
    let made =
        mara.calls("POST", "/api/v1/keys", &json!({ "name": "Bot", "scopes": scopes }).to_string()).await;
    let told = made.json();
    let bearer = format!("Bearer {}", told["secret"].as_str().expect("a key"));
    (bearer, told["key"]["id"].as_str().expect("an id").to_owned())
}

async fn agent_id(world: &World, email: &str) -> AgentId {
    let me = Author::signs_in(world, email).await.calls("GET", "/api/v1/me", "").await;
    me.json()["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

async fn acts(who: &Author, conversation: ConversationId, act: &str) -> Answer {
    who.calls("POST", &format!("/api/v1/conversations/{conversation}/acts"), act).await
}

async fn until<T>(socket: &mut Socket, what: &str, pick: impl Fn(BridgeToProgram) -> Option<T>) -> T {
    loop {
        if let Some(found) = pick(socket.next(what).await) {
            return found;
        }
    }
}

async fn events(socket: &mut Socket, wanted: ConversationId) -> Vec<u64> {
    until(socket, "the events", |frame| match frame {
        BridgeToProgram::Events { conversation, events, more: false } if conversation == wanted => {
            Some(events.iter().map(|event| event.number).collect())
        }
        _ => None,
    })
    .await
}

async fn happened(socket: &mut Socket) -> u64 {
    until(socket, "an event", |frame| match frame {
        BridgeToProgram::Happened(event) => Some(event.number),
        BridgeToProgram::Accepted { .. } => panic!("answered before it was told"),
        _ => None,
    })
    .await
}

async fn accepted(socket: &mut Socket, wanted: RequestId) -> u64 {
    until(socket, "the answer", |frame| match frame {
        BridgeToProgram::Accepted { id, number, .. } if id == wanted => Some(number),
        BridgeToProgram::Refused { refusal, .. } => panic!("refused: {refusal}"),
        _ => None,
    })
    .await
}

async fn refused(socket: &mut Socket) -> (Option<RequestId>, RefusalCode) {
    until(socket, "a refusal", |frame| match frame {
        BridgeToProgram::Refused { id, refusal } => Some((id, refusal.code)),
        _ => None,
    })
    .await
}

fn say(text: &str) -> Act {
    Act::Say { text: Line::new(text).expect("a line"), written_at: Timestamp::from_millis(1) }
}

fn anywhere() -> ConversationId {
    ConversationId::at(Timestamp::from_millis(1), [3; 10])
}

fn code(answer: &Answer) -> Value {
    answer.json()["error"]["code"].clone()
}
