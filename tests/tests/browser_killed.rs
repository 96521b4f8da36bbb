//! The bridge is killed with SIGKILL in the middle of everything, and started again.

use acceptance::agent::{Agent, List};
use acceptance::scenario::scenario;
use acceptance::test_bridge::MARA;
use acceptance::transcript::texts_of;
use acceptance::visitor::Visitor;
use anyhow::{Result, ensure};

const CONNECTION: &str = "[data-part=connection]";

#[test]
fn what_both_sides_write_while_the_bridge_is_dead_arrives_once_and_in_order() {
    scenario("killed-in-mid-talk", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I want to talk to somebody").await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await?;
        visitor.says("visitor one").await?;
        mara.reads_visitor("visitor one").await?;
        mara.writes("agent one").await?;
        visitor.hears_agent("agent one").await?;

        world.kill_bridge()?;
        visitor.window().shown(CONNECTION).await?;
        mara.window().shown(CONNECTION).await?;
        for words in ["two", "three", "four"] {
            visitor.says(&format!("visitor {words}")).await?;
            mara.writes(&format!("agent {words}")).await?;
        }
        visitor.sees(1, "visitor", "visitor four").await?;
        mara.sees(1, "agent", "agent four").await?;
        world.start_bridge_again()?;

        visitor.hears_agent("agent four").await?;
        mara.reads_visitor("visitor four").await?;
        visitor.all_is_sent().await?;
        mara.all_is_sent().await?;
        visitor.window().gone(CONNECTION).await?;
        mara.window().gone(CONNECTION).await?;
        all_is_there_once(&visitor, &mara).await?;
        mara.agrees_with(&visitor).await?;
        visitor.reloads().await?;
        visitor.hears_agent("agent four").await?;
        mara.reloads().await?;
        mara.opens_the_one_in(List::Mine).await?;
        mara.sees(1, "visitor", "visitor four").await?;
        all_is_there_once(&visitor, &mara).await?;
        mara.agrees_with(&visitor).await?;
        mara.closes().await?;
        visitor.is_told("The conversation has ended.").await
    });
}

#[test]
fn the_assistant_goes_on_answering_and_a_request_for_a_person_is_kept() {
    scenario("killed-while-the-assistant-answers", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("when are you open").await?;
        visitor.hears_assistant("We are open Tuesday to Friday").await?;
        visitor.all_is_sent().await?;
        world.kill_bridge()?;
        visitor.window().shown(CONNECTION).await?;
        visitor.says("do you sell helmets").await?;
        visitor.hears_assistant("helmets, child seats and bags").await?;
        visitor.says("I need a human being").await?;
        visitor.is_told("Your request for a person is kept").await?;
        world.start_bridge_again()?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.sees(1, "visitor", "do you sell helmets").await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await?;
        mara.agrees_with(&visitor).await
    });
}

#[test]
fn a_place_in_the_queue_survives_the_bridge() {
    scenario("killed-while-waiting", 2, async |world| {
        let visitor = world.visitor().await?;
        visitor.says("I want to talk to somebody").await?;
        visitor.status_says("your place is kept").await?;
        visitor.all_is_sent().await?;
        world.kill_bridge()?;
        visitor.window().shown(CONNECTION).await?;
        world.start_bridge_again()?;
        visitor.window().gone(CONNECTION).await?;
        visitor.status_says("your place is kept").await?;
        let mara = world.agent_online(MARA).await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await?;
        visitor.sees(1, "visitor", "I want to talk to somebody").await?;
        mara.agrees_with(&visitor).await
    });
}

/// Both sides show each other's lines once and in the order they were written. How lines of the two that were written at
/// the same time stand to each other is left open.
async fn all_is_there_once(visitor: &Visitor, mara: &Agent) -> Result<()> {
    for entries in [visitor.entries().await?, mara.entries().await?] {
        for author in ["visitor", "agent"] {
            let written = texts_of(author, &entries);
            let own: Vec<&String> = written.iter().filter(|text| text.starts_with(author)).collect();
            let expected = ["one", "two", "three", "four"].map(|number| format!("{author} {number}"));
            ensure!(own.iter().copied().eq(&expected), "the {author} wrote {expected:?}; there is {own:?}");
        }
    }
    Ok(())
}
