//! The ready workflows in a workspace that has what they name.

use super::world::{Agent, Author, MARA, PRIYA, TOMAS, Visitor, World};
use super::{gets, hears, joins, publishes, team, workspace};
use authoring::workflow::templates::{TEMPLATES, template};
use protocol::{Act, Told};
use serde_json::{Value, json};

/// The demo, with all that ready workflows name but the secret. Its office is open always, or never.
async fn furnished(open: bool) -> (World, Author) {
    let world = World::start().await;
    let mara = furnish(&world, open).await;
    (world, mara)
}

async fn furnish(world: &World, open: bool) -> Author {
    let mara = Author::signs_in(world, MARA).await;
    for name in ["first-line", "second-line", "sales", "workshop", "support", "important"] {
        team(&mara, name, TOMAS).await;
    }
    let day = if open { json!(["00:00-24:00"]) } else { json!([]) };
    let office = json!({ "name": "Office", "zone": "Europe/Paris", "week": vec![day; 7] });
    puts(&mara, "calendars/office", &office).await;
    puts(&mara, "reasons/no-consent", &json!({ "label": "No consent", "uses": ["close"] })).await;
    mara
}

#[tokio::test]
async fn every_ready_workflow_can_be_published_where_what_it_names_is_there() {
    let world = World::of(&workspace("https://crm.example", "")).await;
    let mara = furnish(&world, true).await;
    for template in TEMPLATES {
        let told = publishes(&mara, template.name, template.text).await;
        assert_eq!((&told["version"], &told["mistakes"]), (&json!(1), &json!([])), "{}", template.name);
    }
    let listed = gets(&mara, "/workflows").await;
    let names: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names.len(), TEMPLATES.len());
    assert!(names.contains(&&json!("Ask for consent")), "{names:?}");
}

#[tokio::test]
async fn who_declines_is_told_and_the_conversation_is_closed_for_that_reason() {
    let (world, mara) = furnished(true).await;
    ready(&mara, "consent").await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    is_asked(&mut visitor, "Do you agree?").await;
    visitor.sends("Decline").await;
    is_asked(&mut visitor, "Without that we cannot help you here. Are you sure?").await;
    visitor.sends("Sure").await;
    hears(&mut visitor, "Then we cannot help you here. Call us: 555 0100.").await;
    let runs = gets(&mara, "/workflows/consent/runs").await;
    let conversation = runs["items"][0]["conversation"].as_str().expect("a conversation");
    let events = gets(&mara, &format!("/conversations/{conversation}/events")).await;
    let closed =
        events["items"].as_array().unwrap().iter().find_map(|event| event["happening"].get("closed"));
    let closed = closed.expect("it is closed");
    assert_eq!(
        (&closed["category"], &closed["note"]),
        (&json!("no-consent"), &json!("Consent: Decline")),
        "{closed}"
    );
}

#[tokio::test]
async fn who_comes_while_the_office_is_closed_is_told_and_asked_for_an_address() {
    let (world, mara) = furnished(false).await;
    ready(&mara, "office-hours").await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    hears(&mut visitor, "We are closed just now and will be back in the morning.").await;
    visitor.sends("ada@example.com").await;
    hears(&mut visitor, "Thank you. We will write to ada@example.com.").await;
}

#[tokio::test]
async fn what_it_is_about_decides_which_team_has_it() {
    let (world, mara) = furnished(true).await;
    ready(&mara, "inbound").await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    visitor.sends("Hello?").await;
    visitor.state("the question", |state| !state.assistant_enabled).await;
    visitor.sends("buying").await;
    hears(&mut visitor, "Which mail address can we answer to?").await;
    visitor.sends("ada@example.com").await;
    let conversation = tomas.is_offered().await.conversation;
    tomas.accepts(conversation).await;
    joins(&mut visitor, "Tomás Ferreira").await;
    let kept = gets(&mara, &format!("/conversations/{conversation}")).await;
    assert_eq!(kept["contact"]["tags"], json!(["Buying"]));
}

#[tokio::test]
async fn a_visitor_comes_back_to_their_own_agent() {
    let (world, mara) = furnished(true).await;
    let mut tomas = Agent::arrives_online(&world, TOMAS).await;
    let mut visitor = Visitor::arrives(&world, 1).await;
    let conversation = visitor.asks_for_a_person("workshop").await;
    tomas.is_offered().await;
    tomas.accepts(conversation).await;
    let field = json!({ "set_field": { "field": "agent", "value": PRIYA } });
    let field: Act = serde_json::from_value(field).expect("an act");
    tomas.does(conversation, field).await;
    visitor.ends().await;
    ready(&mara, "same-agent").await;
    let mut priya = Agent::arrives_online(&world, PRIYA).await;
    visitor.sends("Me again").await;
    let conversation = priya.is_offered().await.conversation;
    priya.accepts(conversation).await;
    hears(&mut visitor, "Priya Nair will be with you in a moment.").await;
}

/// Waits for a question, whatever options stand behind it.
async fn is_asked(visitor: &mut Visitor, question: &str) {
    let asks = |told: &Told| {
        let said =
            matches!(told, Told::Said { content, .. } if content.as_plain_text().starts_with(question));
        said.then_some(())
    };
    visitor.sees(question, asks).await;
}

async fn ready(author: &Author, name: &str) {
    publishes(author, name, template(name).expect("it is there").text).await;
}

async fn puts(author: &Author, path: &str, body: &Value) {
    let answer = author.calls("PUT", &format!("/api/v1/setup/{path}"), &body.to_string()).await;
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
}
