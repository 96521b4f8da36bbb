//! The main job: a conversation crosses from the assistant in the visitor's browser to a person and back.

use acceptance::agent::{Agent, List};
use acceptance::picture;
use acceptance::scenario::scenario;
use acceptance::test_bridge::MARA;
use acceptance::visitor::Visitor;
use anyhow::{Result, ensure};

#[test]
fn one_conversation_crosses_to_a_person_and_back() {
    scenario("crossing", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        books_a_repair(&visitor, &mara).await?;
        reads_before_accepting(&visitor, &mara).await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await?;
        visitor.status_says("Mara Lindqvist").await?;
        talks(&visitor, &mara).await?;
        picture::keep(visitor.window(), mara.window()).await?;
        mara.agrees_with(&visitor).await?;
        mara.closes().await?;
        visitor.is_told("The conversation has ended.").await?;
        visitor.says("when are you open").await?;
        visitor.hears_assistant("We are open Tuesday to Friday").await?;
        ensure!(mara.list(List::Waiting).await?.is_empty(), "the assistant's talk disturbs nobody");
        ensure!(mara.list(List::Mine).await?.is_empty(), "a closed conversation is nobody's");
        Ok(())
    });
}

#[test]
fn who_stops_waiting_leaves_the_list_and_talks_to_the_assistant_again() {
    scenario("stops-waiting", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I want to talk to a person").await?;
        mara.has(1, List::Waiting).await?;
        visitor.window().click("button[data-part=end]").await?;
        mara.has(0, List::Waiting).await?;
        visitor.says("how can I pay").await?;
        visitor.hears_assistant("contactless and cash").await
    });
}

#[test]
fn a_declined_conversation_keeps_its_place_and_can_still_be_taken() {
    scenario("declined", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I want to talk to a person").await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.declines().await?;
        let queued = async || {
            let rows = mara.list(List::Waiting).await?;
            Ok(rows.iter().any(|row| row.state == "queued").then_some(()))
        };
        mara.window().wait_for("the conversation back in the queue", queued).await?;
        visitor.status_says("next in line").await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await
    });
}

/// An action with options, a number, a yes/no question, and answers that are not valid.
async fn books_a_repair(visitor: &Visitor, mara: &Agent) -> Result<()> {
    visitor.hears_assistant("welcome to Lockgate Cycles").await?;
    visitor.says("I need my bicycle repaired").await?;
    visitor.hears_assistant("What kind of bike is it?").await?;
    visitor.chooses("City bike").await?;
    visitor.hears_assistant("And what is the trouble?").await?;
    visitor.says("It makes me sad").await?;
    visitor.hears_assistant("I didn't catch that").await?;
    visitor.chooses("Brakes").await?;
    visitor.hears_assistant("How many bikes will you bring?").await?;
    visitor.says("a dozen dozens").await?;
    visitor.hears_assistant("I need a number from 1 to 6").await?;
    visitor.says("7").await?;
    visitor.sees(2, "assistant", "I need a number from 1 to 6").await?;
    visitor.says("2").await?;
    visitor.hears_assistant("Can it still be ridden").await?;
    visitor.says("perhaps").await?;
    visitor.hears_assistant("Yes or no is enough").await?;
    visitor.says("yes").await?;
    visitor.hears_assistant("Under which name").await?;
    visitor.says("Robin Vale").await?;
    visitor
        .hears_assistant("Thank you, Robin Vale. City bike, Brakes, 2 to bring. The price: £25 and parts.")
        .await?;
    visitor.all_is_sent().await?;
    ensure!(mara.list(List::Waiting).await?.is_empty(), "no person is disturbed before one is asked for");
    visitor.chooses("Yes, send it").await?;
    visitor.hears_assistant("I'm passing this to the workshop").await?;
    visitor.is_told("A mechanic will be with you in a moment.").await
}

async fn reads_before_accepting(visitor: &Visitor, mara: &Agent) -> Result<()> {
    mara.opens_the_one_in(List::Waiting).await?;
    mara.reads_visitor("I need my bicycle repaired").await?;
    mara.reads_visitor("Yes, send it").await?;
    mara.reads_collected(&["City bike", "Brakes", "Number of bikes", "2", "Robin Vale"]).await?;
    mara.agrees_with(visitor).await
}

async fn talks(visitor: &Visitor, mara: &Agent) -> Result<()> {
    mara.types("Good morning, Robin!").await?;
    visitor.window().shown("[data-part=typing]").await?;
    mara.window().click("button[data-part=send]").await?;
    visitor.hears_agent("Good morning, Robin!").await?;
    visitor.window().gone("[data-part=typing]").await?;
    visitor.types("Hello Mara. ").await?;
    mara.window().shown("[data-part=typing]").await?;
    visitor.says("Does Thursday suit you?").await?;
    mara.reads_visitor("Hello Mara. Does Thursday suit you?").await?;
    mara.writes("Thursday at nine is yours. See you then!").await?;
    visitor.hears_agent("Thursday at nine is yours").await
}
