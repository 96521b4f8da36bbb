//! Reloading, on either side, at any moment: nothing is lost and nothing is there twice.

use acceptance::agent::List;
use acceptance::scenario::scenario;
use acceptance::test_bridge::MARA;
use acceptance::transcript::{said, texts_of};
use anyhow::ensure;

#[test]
fn both_sides_reload_in_mid_conversation_and_miss_nothing() {
    scenario("reload-both-sides", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I would like to speak to a human").await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.accepts().await?;
        visitor.is_told("Mara Lindqvist joined").await?;
        visitor.says("Do you have a blue helmet?").await?;
        mara.reads_visitor("Do you have a blue helmet?").await?;
        mara.writes("Two of them. Which size?").await?;
        visitor.hears_agent("Two of them. Which size?").await?;
        let before = visitor.entries().await?;

        visitor.reloads().await?;
        visitor.hears_agent("Two of them. Which size?").await?;
        visitor.status_says("Mara Lindqvist").await?;
        let after = visitor.entries().await?;
        ensure!(
            said(&before) == said(&after),
            "after reloading the visitor sees {after:#?}, before it was {before:#?}"
        );

        mara.reloads().await?;
        mara.opens_the_one_in(List::Mine).await?;
        mara.agrees_with(&visitor).await?;

        visitor.says("Medium, please.").await?;
        mara.sees(1, "visitor", "Medium, please.").await?;
        mara.writes("I put one aside.").await?;
        visitor.hears_agent("I put one aside.").await?;
        visitor.sees(1, "notice", "joined").await?;
        mara.agrees_with(&visitor).await
    });
}

#[test]
fn what_is_written_while_the_other_side_reloads_is_there_once() {
    scenario("written-during-reload", 2, async |world| {
        let mara = world.agent_online(MARA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I would like to speak to a human").await?;
        mara.opens_the_one_in(List::Waiting).await?;
        mara.accepts().await?;
        visitor.says("one").await?;
        mara.reads_visitor("one").await?;
        visitor.window().client().goto("about:blank").await?;
        mara.writes("two").await?;
        mara.writes("three").await?;
        mara.all_is_sent().await?;
        visitor.opens_chat_on("/").await?;
        visitor.hears_agent("three").await?;
        mara.window().client().goto("about:blank").await?;
        visitor.says("four").await?;
        visitor.all_is_sent().await?;
        mara.returns().await?;
        mara.opens_the_one_in(List::Mine).await?;
        mara.reads_visitor("four").await?;
        mara.agrees_with(&visitor).await?;
        let agent = texts_of("agent", &visitor.entries().await?);
        ensure!(agent == ["two", "three"], "the agent wrote two and three; the visitor sees {agent:?}");
        Ok(())
    });
}

#[test]
fn a_question_of_the_assistant_survives_a_reload() {
    scenario("reload-in-mid-action", 1, async |world| {
        let visitor = world.visitor().await?;
        visitor.says("I want to rent a bike").await?;
        visitor.chooses("Cargo bike").await?;
        visitor.hears_assistant("For how many days?").await?;
        visitor.all_is_sent().await?;
        let before = said(&visitor.entries().await?);
        visitor.reloads().await?;
        visitor.hears_assistant("For how many days?").await?;
        let after = said(&visitor.entries().await?);
        ensure!(before == after, "after reloading the visitor sees {after:#?}, before it was {before:#?}");
        visitor.says("2").await?;
        visitor.hears_assistant("For 2 days that is £42 a day.").await
    });
}

#[test]
fn a_place_in_the_queue_survives_a_reload() {
    scenario("reload-while-waiting", 1, async |world| {
        let visitor = world.visitor().await?;
        visitor.says("I would like to speak to a human").await?;
        visitor.status_says("your place is kept").await?;
        visitor.all_is_sent().await?;
        let before = said(&visitor.entries().await?);
        visitor.reloads().await?;
        visitor.status_says("your place is kept").await?;
        let after = said(&visitor.entries().await?);
        ensure!(before == after, "after reloading the visitor sees {after:#?}, before it was {before:#?}");
        Ok(())
    });
}
