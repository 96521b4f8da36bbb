//! The assistant does not know further and brings in a person: after repeated misses, after repeated invalid answers, and
//! when a person is asked for.

use acceptance::agent::List;
use acceptance::scenario::scenario;
use acceptance::test_bridge::PRIYA;

const ONLINE: &str = "Let's send you to an available agent.";

#[test]
fn whoever_is_not_understood_four_times_is_handed_over() {
    scenario("fallback-after-misses", 2, async |world| {
        let priya = world.agent_online(PRIYA).await?;
        let visitor = world.visitor().await?;
        visitor.says("colourless green ideas sleep furiously").await?;
        visitor.hears_assistant("I'm afraid I don't understand. Please rephrase your question.").await?;
        visitor.says("twas brillig and the slithy toves").await?;
        visitor.hears_assistant("I still don't understand.").await?;
        visitor.says("lorem ipsum dolor sit amet").await?;
        visitor.hears_assistant("I'm sorry, I don't know that either.").await?;
        visitor.says("xyzzy plugh").await?;
        visitor.hears_assistant("Let me ask them.").await?;
        visitor.is_told(ONLINE).await?;
        priya.opens_the_one_in(List::Waiting).await?;
        priya.window().says("[data-part=details]", "Not understood").await?;
        priya.agrees_with(&visitor).await
    });
}

#[test]
fn whoever_is_understood_in_between_is_not_handed_over() {
    scenario("misses-are-forgotten", 1, async |world| {
        let visitor = world.visitor().await?;
        visitor.says("colourless green ideas sleep furiously").await?;
        visitor.hears_assistant("I'm afraid I don't understand. Please rephrase your question.").await?;
        visitor.says("how can I pay").await?;
        visitor.hears_assistant("contactless and cash").await?;
        visitor.says("twas brillig and the slithy toves").await?;
        visitor.sees(2, "assistant", "I'm afraid I don't understand. Please rephrase your question.").await
    });
}

#[test]
fn whoever_answers_invalidly_too_often_is_handed_over() {
    scenario("fallback-after-invalid-answers", 2, async |world| {
        let priya = world.agent_online(PRIYA).await?;
        let visitor = world.visitor().await?;
        visitor.says("where is my order").await?;
        visitor.hears_assistant("What is your order number?").await?;
        visitor.says("the usual one").await?;
        visitor.hears_assistant("An order number has five digits").await?;
        visitor.says("12").await?;
        visitor.hears_assistant("You find it in the mail that confirms your order").await?;
        visitor.says("123456").await?;
        visitor.sees(2, "assistant", "You find it in the mail that confirms your order").await?;
        visitor.says("no idea").await?;
        visitor.hears_assistant("I keep missing your answer, sorry.").await?;
        visitor.is_told(ONLINE).await?;
        priya.opens_the_one_in(List::Waiting).await?;
        priya.window().says("[data-part=details]", "Invalid answers").await?;
        priya.window().says("[data-part=details]", "Where is my order?").await
    });
}

#[test]
fn whoever_asks_for_a_person_gets_one_even_in_mid_action() {
    scenario("fallback-on-request", 2, async |world| {
        let priya = world.agent_online(PRIYA).await?;
        let visitor = world.visitor().await?;
        visitor.says("I want to rent a bike").await?;
        visitor.chooses("City bike").await?;
        visitor.hears_assistant("For how many days?").await?;
        visitor.says("talk to a human").await?;
        visitor.hears_assistant("Let me see who is at the desk.").await?;
        visitor.is_told(ONLINE).await?;
        priya.opens_the_one_in(List::Waiting).await?;
        priya.window().says("[data-part=details]", "Asked for a person").await?;
        priya.reads_collected(&["Rental bike", "City bike"]).await?;
        priya.accepts().await?;
        visitor.is_told("Priya Nair joined").await
    });
}
