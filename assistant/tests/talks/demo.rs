//! The main conversations of the demo business.

use crate::talk::{assistant, check};
use assistant::Assistant;
use protocol::QueueId;

#[test]
fn a_repair_is_booked_with_the_workshop() {
    check(
        &demo(),
        "> (opens)
         Hello, and welcome to Lockgate Cycles. I can book a repair, tell you what renting a bike costs, or look after an order. What can I do for you?
         > hi, I need my bike repaired
         Let's get it mended. What kind of bike is it? [City bike | Road bike | Mountain bike | Electric bike | Cargo bike]
         > a tandem
         I didn't catch that. Which of these is nearest? [City bike | Road bike | Mountain bike | Electric bike | Cargo bike]
         > an eletric bike
         And what is the trouble? [Puncture | Brakes | Gears or chain | Full service | Something else]
         > Something else
         Tell me in a sentence what is wrong, and our mechanics will know what to expect.
         > It hums and then stops on hills
         Does it concern the battery or the motor? [Yes | No]
         > yes I think so
         Our electrician is in on Wednesdays and Thursdays, so please plan for one of those days.
         How many bikes will you bring?
         > seven
         I need a number from 1 to 6. How many bikes will it be?
         > just one
         Can it still be ridden or wheeled here? [Yes | No]
         > nope
         Then we'll fetch it: collection within Port Ellery costs £10.
         Under which name shall I note it?
         > Ada Marsh
         Thank you, Ada Marsh. Electric bike, Something else, 1 to bring. The price: £45 for the diagnosis. Shall I pass this to the workshop? [Yes, send it | Change something | No, leave it]
         > yes please
         I'm passing this to the workshop, to agree on a day with you.
         => workshop, planned
         action: Book a repair
         for the agent: Repair for Ada Marsh: Electric bike, Something else, 1 to bring. Estimate given: £45 for the diagnosis.
         Bike: Electric bike
         Trouble: Something else
         In the visitor's words: It hums and then stops on hills
         Battery or motor: yes
         Number of bikes: 1
         Can be brought: no
         Name: Ada Marsh
         Confirmed: Yes, send it
         Collect the bike: yes
         Estimate given: £45 for the diagnosis",
    );
}

#[test]
fn a_booking_can_be_changed_and_left() {
    check(
        &demo(),
        "> my brakes are squealing
         Let's get it mended. What kind of bike is it? [City bike | Road bike | Mountain bike | Electric bike | Cargo bike]
         > MTB
         And what is the trouble? [Puncture | Brakes | Gears or chain | Full service | Something else]
         > brakes
         How many bikes will you bring?
         > 4
         For 4 bikes please allow us two days.
         Can it still be ridden or wheeled here? [Yes | No]
         > sure
         Under which name shall I note it?
         > Lee
         Thank you, Lee. Mountain bike, Brakes, 4 to bring. The price: £25 and parts. Shall I pass this to the workshop? [Yes, send it | Change something | No, leave it]
         > Change something
         No trouble, let's go through it again.
         Let's get it mended. What kind of bike is it? [City bike | Road bike | Mountain bike | Electric bike | Cargo bike]
         > road bike
         And what is the trouble? [Puncture | Brakes | Gears or chain | Full service | Something else]
         > puncture
         How many bikes will you bring?
         > one
         Can it still be ridden or wheeled here? [Yes | No]
         > yes
         Under which name shall I note it?
         > Lee
         Thank you, Lee. Road bike, Puncture, 1 to bring. The price: £12 a wheel. Shall I pass this to the workshop? [Yes, send it | Change something | No, leave it]
         > no thanks
         All right, nothing was booked. We are at 14 Towpath Street if you change your mind.",
    );
}

#[test]
fn the_price_of_a_rental_depends_on_bike_and_days() {
    for (bike, days, price) in [
        (
            "City bike",
            "1",
            "For one day that is £18. Helmet and lock are included; we hold a deposit of £100 on your card.",
        ),
        (
            "city",
            "four days",
            "For 4 days that is £15 a day. Helmet and lock are included; we hold a deposit of £100 on your card.",
        ),
        (
            "e-bike",
            "7",
            "For 7 days that is £24 a day. Helmet and lock are included; we hold a deposit of £200 on your card.",
        ),
        (
            "the cargo one",
            "for 2 days",
            "For 2 days that is £42 a day. Helmet and lock are included; we hold a deposit of £200 on your card.",
        ),
    ] {
        check(
            &demo(),
            &format!(
                "> how much is it to rent a bike?
                 With pleasure. Which bike would you like to rent? [City bike | Electric bike | Cargo bike]
                 > {bike}
                 For how many days?
                 > {days}
                 {price}
                 Shall I ask a colleague to reserve one for you? [Yes | No]
                 > no
                 All right. Bring a photo ID when you come, and you can take one along if we have it in."
            ),
        );
    }
}

#[test]
fn an_order_goes_to_the_front_desk() {
    check(
        &demo(),
        "> where's my order?
         Let me find out. What is your order number? It has five digits.
         > 123
         An order number has five digits, such as 20417. What is yours?
         > it's LC-20417
         Thank you. A colleague will look up order 20417.
         => front-desk, planned
         action: Where is my order?
         for the agent: Where is order 20417?
         Order number: 20417",
    );
}

#[test]
fn a_visitor_who_is_not_understood_gets_a_person() {
    check(
        &demo(),
        "> tell me a joke
         I'm afraid I don't understand. Please rephrase your question.
         > a joke about cats
         I still don't understand. Is it one of these? [Opening hours | Book a repair | Repair prices]
         > you do not know any?
         I'm sorry, I don't know that either. Ask me something else, or write “agent” and a person will help you.
         > agent
         Of course. Let me see who is at the desk.
         => the default queue, agent_requested",
    );
}

#[test]
fn short_questions_have_short_answers() {
    check(
        &demo(),
        "> when are you open on saturdays?
         We are open Tuesday to Friday from 8:30 to 18:00 and Saturday from 9:00 to 16:00. Sundays, Mondays and bank holidays we are closed.
         > how do I find you
         We are at 14 Towpath Street in Port Ellery, right beside the lock. Tram 3 stops at Canal Basin, two minutes away; the car park is behind the house, in from Weir Road.
         > thanks!
         You're welcome. Is there anything else?
         > thank you so much
         My pleasure.
         > bye
         Goodbye, and a smooth ride!",
    );
}

#[test]
fn only_queues_of_the_demo_workspace_are_named() {
    let known = [QueueId::new("front-desk").unwrap(), QueueId::new("workshop").unwrap()];
    assert!(demo().unknown_queues(&known).is_empty());
    let mistakes = demo().unknown_queues(&known[..1]);
    assert!(mistakes.iter().all(|mistake| mistake.problem.contains("`workshop`")), "{mistakes:?}");
    assert!(mistakes[0].line > 1 && mistakes[0].remedy.contains("`front-desk`"), "{mistakes:?}");
}

fn demo() -> Assistant {
    assistant(include_str!("../../../examples/demo/assistant.json"))
}
