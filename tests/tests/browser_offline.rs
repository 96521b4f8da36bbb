//! Nobody is there: the visitor is told so, keeps the place, and is connected when somebody comes.

use acceptance::agent::List;
use acceptance::scenario::scenario;
use acceptance::test_bridge::{PRIYA, TOMAS};
use acceptance::visitor::Visitor;
use anyhow::{Result, ensure};

const OFFLINE: &str = "There are no agents available at this time";

#[test]
fn who_finds_nobody_keeps_the_place_and_is_connected_later() {
    scenario("offline-then-connected", 2, async |world| {
        let visitor = world.visitor().await?;
        asks_for_an_order(&visitor).await?;
        visitor.is_told(OFFLINE).await?;
        visitor.status_says("your place is kept").await?;
        visitor.says("It is a birthday present, so it is urgent.").await?;
        visitor.all_is_sent().await?;

        let priya = world.agent(PRIYA).await?;
        let rows = priya.has(1, List::Waiting).await?;
        ensure!(rows[0].state == "queued", "nobody is asked to accept before they are online: {rows:?}");
        priya.becomes("online").await?;
        visitor.is_told("Someone is available now. Connecting you…").await?;
        priya.opens_the_one_in(List::Waiting).await?;
        priya.reads_collected(&["Order number", "20417"]).await?;
        priya.reads_visitor("It is a birthday present").await?;
        priya.accepts().await?;
        visitor.is_told("Priya Nair joined").await?;
        priya.writes("It leaves today.").await?;
        visitor.hears_agent("It leaves today.").await?;
        priya.agrees_with(&visitor).await
    });
}

#[test]
fn somebody_online_for_another_queue_is_not_somebody_online() {
    scenario("online-for-another-queue", 2, async |world| {
        let tomas = world.agent_online(TOMAS).await?;
        let visitor = world.visitor().await?;
        asks_for_an_order(&visitor).await?;
        visitor.is_told(OFFLINE).await?;
        visitor.says("Hello?").await?;
        visitor.all_is_sent().await?;
        ensure!(tomas.list(List::Waiting).await?.is_empty(), "the workshop is not asked about orders");
        Ok(())
    });
}

#[test]
fn who_is_busy_is_not_online_but_may_take_what_waits() {
    scenario("busy", 2, async |world| {
        let priya = world.agent(PRIYA).await?;
        priya.becomes("busy").await?;
        let visitor = world.visitor().await?;
        asks_for_an_order(&visitor).await?;
        visitor.is_told(OFFLINE).await?;
        priya.opens_the_one_in(List::Waiting).await?;
        priya.accepts().await?;
        visitor.is_told("Priya Nair joined").await
    });
}

async fn asks_for_an_order(visitor: &Visitor) -> Result<()> {
    visitor.says("where is my order").await?;
    visitor.says("20417").await
}
