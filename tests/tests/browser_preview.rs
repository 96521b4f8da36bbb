//! The authors' preview: the real chat, and beside it why it says what it says. Nobody is transferred.

use acceptance::agent::List;
use acceptance::author::Author;
use acceptance::scenario::scenario;
use acceptance::test_bridge::MARA;
use anyhow::{Context, Result, ensure};

#[test]
fn the_inspector_explains_every_turn_and_nobody_is_transferred() {
    scenario("preview", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let author = world.author().await?;
        author.sees("welcome to Lockgate Cycles").await?;
        author.says("I want to rent a bike").await?;
        let considered = author.reads_surest("rental_prices").await?;
        ensure!(considered[0].confidence > 0.9, "the author's own phrase is sure: {considered:?}");
        ensure!(
            considered.windows(2).all(|two| two[0].confidence >= two[1].confidence),
            "surest first: {considered:?}"
        );
        author.reads("happened", "rental_kind").await?;
        author.chooses("City bike").await?;
        author.sees("For how many days?").await?;
        author.says("2").await?;
        author.turns_to("Variables").await?;
        author.reads_value("price_per_day", "£18").await?;
        author.sets_value("price_per_day", "£17").await?;
        author.says("yes").await?;
        author.turns_to("Turns").await?;
        author.reads("hand-off", "Reservation: City bike, 2 day(s) at £17 a day").await?;
        author.reads("hand-off", "front-desk").await?;
        author.sees("nobody was transferred").await?;
        ensure!(mara.list(List::Waiting).await?.is_empty(), "a preview disturbs nobody");
        author.restarts().await?;
        let look = async || Ok(Some(author.entries().await?).filter(|entries| entries.len() == 1));
        author.window().wait_for("a conversation that begins anew", look).await.map(|_| ())
    });
}

#[test]
fn an_input_that_matches_nothing_shows_what_came_close() {
    scenario("preview-no-match", 1, async |world| {
        let author = world.author().await?;
        author.says("colourless green ideas sleep furiously").await?;
        author.sees("I'm afraid I don't understand").await?;
        author.reads("no-matches", "1").await
    });
}

#[test]
fn a_broken_file_is_refused_with_its_place_and_the_old_one_goes_on() {
    scenario("preview-broken-file", 1, async |world| {
        let author = world.author().await?;
        author.sees("welcome to Lockgate Cycles").await?;
        author.loads("broken.json", &broken()?).await?;
        let password = world.bridge().password().to_owned();
        author.signs_in(MARA.email, &password).await?;
        author.reads("mistakes", "Line 9").await?;
        author.reads("mistakes", "nowhere").await?;
        author.says("how can I pay").await?;
        author.sees("contactless and cash").await?;
        runs_another_file(&author).await
    });
}

#[test]
fn answers_that_are_refused_are_counted_down_before_the_author() {
    scenario("preview-attempts", 1, async |world| {
        let author = world.author().await?;
        author.says("I want to rent a bike").await?;
        author.chooses("City bike").await?;
        author.reads("attempts", "3 attempts left").await?;
        author.says("many").await?;
        author.reads("attempts", "2 attempts left").await?;
        author.reads("happened", "answer refused").await
    });
}

#[test]
fn a_draft_is_kept_shown_by_a_link_published_and_rolled_back() {
    scenario("preview-versions", 4, async |world| {
        let author = world.author().await?;
        author.turns_to("File and versions").await?;
        let password = world.bridge().password().to_owned();
        author.signs_in(MARA.email, &password).await?;
        author.reads("version", "Visitors get this").await?;
        author.loads("polite.json", &demo_greeting("Good day from the draft.")?).await?;
        author.reads("runs", "polite.json runs in this preview").await?;
        author.sees("Good day from the draft.").await?;
        author.window().click("button[data-part=save-draft]").await?;
        author.reads("published", "Saved as the site's draft").await?;
        author.window().click("[data-part=draft] button[data-part=look]").await?;
        author.reads("runs", "The draft, polite.json, runs").await?;
        author.window().click("button[data-part=share]").await?;
        let address: String = {
            author.window().shown("input[data-part=share-address]").await?;
            author
                .window()
                .read("return document.querySelector('[data-part=share-address]').value", &[])
                .await?
        };
        let guest = world.visitor().await?;
        guest.hears_assistant("welcome to Lockgate Cycles").await?;
        let path =
            address.find("/shared/").map(|at| &address[at..]).context("the link leads to a shared page")?;
        guest.opens_chat_on(path).await?;
        guest.hears_assistant("Good day from the draft.").await?;
        author.window().click("button[data-part=publish]").await?;
        author.reads("published", "Published").await?;
        let later = world.visitor().await?;
        later.hears_assistant("Good day from the draft.").await?;
        author.window().click("[data-part=version][data-number='1'] button[data-part=rollback]").await?;
        author.window().client().accept_alert().await?;
        author.reads("published", "Rolled back").await?;
        let last = world.visitor().await?;
        last.hears_assistant("welcome to Lockgate Cycles").await
    });
}

/// The demo's assistant with another greeting.
fn demo_greeting(words: &str) -> Result<String> {
    let mut demo: serde_json::Value =
        serde_json::from_str(include_str!("../../examples/demo/assistant.json"))?;
    demo["greeting"]["steps"][0]["say"] = serde_json::Value::String(words.to_owned());
    Ok(demo.to_string())
}

/// A definition whose fourth line of steps names a step that does not exist.
fn broken() -> Result<String> {
    let lines = [
        "{",
        "  \"format\": 1, \"name\": \"Broken\", \"language\": \"en\",",
        "  \"actions\": [",
        "    {",
        "      \"id\": \"hours\", \"title\": \"Hours\",",
        "      \"phrases\": [\"when are you open\"],",
        "      \"steps\": [",
        "        {",
        "          \"id\": \"say\", \"say\": \"Always.\", \"then\": { \"go_to\": \"nowhere\" }",
        "        }",
        "      ]",
        "    }",
        "  ]",
        "}",
    ];
    let text = lines.join("\n");
    serde_json::from_str::<serde_json::Value>(&text).context("it is JSON; only its meaning is broken")?;
    Ok(text)
}

async fn runs_another_file(author: &Author) -> Result<()> {
    let definition = serde_json::json!({
        "format": 1,
        "name": "Another",
        "language": "en",
        "greeting": { "steps": [{ "id": "hi", "say": "A second assistant greets you.", "then": "end" }] },
        "actions": [{
            "id": "hours",
            "title": "Hours",
            "phrases": ["when are you open"],
            "steps": [{ "id": "say", "say": "Always.", "then": "end" }],
        }],
    });
    author.loads("another.json", &definition.to_string()).await?;
    author.reads("runs", "another.json runs in this preview").await?;
    author.sees("A second assistant greets you.").await?;
    author.says("when are you open").await?;
    author.sees("Always.").await
}
