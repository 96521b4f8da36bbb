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
        author.reads("step", "rental_kind").await?;
        author.chooses("City bike").await?;
        author.sees("For how many days?").await?;
        author.says("2").await?;
        author.reads("variable", "price_per_day").await?;
        author.reads("variable", "£18").await?;
        author.says("yes").await?;
        author.reads("hand-off", "Reservation: City bike, 2 day(s) at £18 a day").await?;
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
        author.reads("mistakes", "line 9").await?;
        author.reads("mistakes", "nowhere").await?;
        author.says("how can I pay").await?;
        author.sees("contactless and cash").await?;
        runs_another_file(&author).await
    });
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
    author.sees("A second assistant greets you.").await?;
    author.says("when are you open").await?;
    author.sees("Always.").await
}
