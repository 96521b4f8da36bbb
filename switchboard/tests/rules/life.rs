//! A conversation's life: opening, asking for a person, being answered, closing.

use crate::world::World;
use protocol::ConversationState;

#[test]
fn the_first_message_opens_a_conversation_and_the_second_does_not() {
    let world = World::new();
    let chat = world.visitor(9).says("Hello");
    assert_eq!(world.visitor(9).says("Anybody?").id, chat.id);
    assert_eq!(chat.story(), ["opened", "said", "said"]);
    assert_eq!(chat.state(), ConversationState::Automated);
}

#[test]
fn it_all_goes() {
    let world = World::new();
    let [anna, _ben] = world.online(["Anna", "Ben"]);
    let chat = world.visitor(1).asks_for_person();
    assert!(chat.is_offered_to(&anna));
    anna.accepts(&chat);
    anna.says(&chat, "Hi");
    anna.closes(&chat);
    assert_eq!(chat.story(), [""]);
}
