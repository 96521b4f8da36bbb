//! Every state against everything that can happen in it (`routing-and-inbox.md` E.1).

use crate::world::{Agent, Chat, World, conduct, queue, to_queue, transfer};
use protocol::ConversationState::{self, Automated, Closed, Offered, Open, Pending, Queued, Spam, WrapUp};
use protocol::{Act, RefusalCode, Target};

/// What is done, and in which state that leads from each of the eight; `None` is refused.
type Row = (&'static str, fn(&Scene) -> bool, [Option<ConversationState>; 8]);

const FROM: [ConversationState; 8] = [Automated, Queued, Offered, Open, Pending, WrapUp, Closed, Spam];

/// One conversation with all who could do something with it.
struct Scene {
    world: World,
    anna: Agent,
    sam: Agent,
    chat: Chat,
}

#[test]
fn each_state_is_left_only_as_the_table_says() {
    for (what, act, expected) in [of_visitors(), of_agents(), of_supervisors()].concat() {
        for (from, expected) in FROM.into_iter().zip(expected) {
            let scene = Scene::in_state(from);
            let done = act(&scene);
            assert_eq!(done, expected.is_some(), "{what} in {from:?}");
            assert_eq!(scene.chat.state(), expected.unwrap_or(from), "{what} in {from:?}");
        }
    }
}

fn of_visitors() -> Vec<Row> {
    vec![
        (
            "visitor writes",
            |s| s.world.visitor(1).says("Hello?").number() > 0,
            to([Automated, Queued, Offered, Open, Open, WrapUp, Closed, Spam]),
        ),
        (
            "visitor asks for a person",
            |s| s.world.visitor(1).asks_for_person().number() > 0,
            to([Offered, Queued, Offered, Open, Pending, WrapUp, Closed, Spam]),
        ),
        (
            "visitor stops waiting",
            |s| s.world.visitor(1).stops_waiting().is_ok(),
            [None, Some(Automated), Some(Automated), None, None, None, None, Some(Closed)],
        ),
        (
            "visitor ends",
            |s| s.world.visitor(1).ends().is_ok(),
            [Some(Closed), Some(Closed), Some(Closed), Some(WrapUp), Some(WrapUp), None, None, Some(Closed)],
        ),
        (
            "supervisor takes over",
            |s| s.sam.tries(&s.chat, Act::TakeOver).is_ok(),
            [Some(Open), Some(Open), Some(Open), Some(Open), Some(Open), None, None, None],
        ),
        (
            "supervisor assigns to Anna",
            |s| s.sam.tries(&s.chat, Act::Assign { to: s.anna.target(), even_if_unavailable: true }).is_ok(),
            [Some(Open), Some(Open), Some(Open), Some(Open), Some(Pending), None, None, None],
        ),
    ]
}

fn of_agents() -> Vec<Row> {
    vec![
        (
            "agent accepts or picks",
            |s| s.anna.tries(&s.chat, Act::Accept).is_ok(),
            [None, Some(Open), Some(Open), Some(Open), Some(Pending), None, None, None],
        ),
        (
            "agent declines",
            |s| s.anna.tries(&s.chat, Act::Decline { reason: None }).is_ok(),
            [None, None, Some(Queued), None, None, None, None, None],
        ),
        (
            "agent unassigns",
            |s| s.anna.tries(&s.chat, Act::Unassign).is_ok(),
            [None, None, None, Some(Queued), Some(Queued), None, None, None],
        ),
        (
            "supervisor returns it to the assistant",
            |s| s.sam.tries(&s.chat, Act::ReturnToAssistant { note: None }).is_ok(),
            [None, Some(Automated), Some(Automated), Some(Automated), Some(Automated), None, None, None],
        ),
    ]
}

fn of_supervisors() -> Vec<Row> {
    vec![
        (
            "agent snoozes",
            |s| s.anna.tries(&s.chat, Act::Snooze { until: s.world.now().plus_seconds(60) }).is_ok(),
            [None, None, None, Some(Pending), Some(Pending), None, None, None],
        ),
        (
            "agent wakes",
            |s| s.anna.tries(&s.chat, Act::Wake).is_ok(),
            [None, None, None, Some(Open), Some(Open), None, None, None],
        ),
        (
            "supervisor closes",
            |s| s.sam.tries(&s.chat, Act::Close { category: None, note: None }).is_ok(),
            [Some(Closed), Some(Closed), Some(Closed), Some(WrapUp), Some(WrapUp), None, None, Some(Closed)],
        ),
        (
            "agent finishes notes",
            |s| s.anna.tries(&s.chat, Act::FinishWrapUp).is_ok(),
            [None, None, None, None, None, Some(Closed), None, None],
        ),
        (
            "supervisor marks spam",
            |s| s.sam.tries(&s.chat, Act::MarkSpam).is_ok(),
            [Some(Spam), Some(Spam), Some(Spam), Some(Spam), Some(Spam), None, None, Some(Spam)],
        ),
        (
            "supervisor unmarks spam",
            |s| s.sam.tries(&s.chat, Act::UnmarkSpam).is_ok(),
            [Some(Automated), Some(Queued), Some(Offered), Some(Open), Some(Pending), None, None, Some(Open)],
        ),
        (
            "supervisor passes it to the workshop",
            |s| s.sam.tries(&s.chat, transfer(to_queue("workshop"))).is_ok(),
            [None, Some(Queued), Some(Queued), Some(Queued), Some(Queued), None, None, None],
        ),
        (
            "supervisor moves it to the workshop",
            |s| s.sam.tries(&s.chat, Act::Move { queue: queue("workshop") }).is_ok(),
            [Some(Queued), Some(Queued), Some(Queued), Some(Queued), Some(Queued), None, None, None],
        ),
        (
            "supervisor wants anybody",
            |s| s.sam.tries(&s.chat, Act::Assign { to: Target::Anybody, even_if_unavailable: false }).is_ok(),
            [Some(Offered), Some(Offered), Some(Offered), Some(Offered), Some(Offered), None, None, None],
        ),
    ]
}

#[test]
fn what_does_not_fit_a_state_is_refused_by_a_code() {
    for (from, act, code) in [
        (Automated, Act::Unassign, RefusalCode::WrongState),
        (Automated, Act::Join, RefusalCode::WrongState),
        (Queued, Act::Snooze { until: protocol::Timestamp::from_millis(u64::MAX) }, RefusalCode::WrongState),
        (Queued, Act::FinishWrapUp, RefusalCode::WrongState),
        (Open, Act::FinishWrapUp, RefusalCode::WrongState),
        (Spam, Act::TakeOver, RefusalCode::WrongState),
        (Spam, Act::Move { queue: queue("workshop") }, RefusalCode::WrongState),
        (WrapUp, Act::TakeOver, RefusalCode::Closed),
        (WrapUp, Act::MarkSpam, RefusalCode::Closed),
        (Closed, Act::Wake, RefusalCode::UnknownConversation),
    ] {
        let scene = Scene::in_state(from);
        assert_eq!(scene.sam.tries(&scene.chat, act.clone()), Err(code), "{from:?} {}", act.code());
    }
}

#[test]
fn what_is_asked_for_twice_is_accepted_and_changes_nothing() {
    for (from, act) in [
        (Open, Act::Accept),
        (Open, Act::TakeOver),
        (Open, Act::Wake),
        (Open, Act::Part),
        (Spam, Act::MarkSpam),
        (Open, Act::UnmarkSpam),
        (Open, Act::Tag { tag: "vip".to_owned(), add: false }),
        (Open, Act::SetField { field: "city".to_owned(), value: None }),
        (Open, Act::SetPriority { priority: 0 }),
    ] {
        let scene = Scene::in_state(from);
        let number = scene.chat.number();
        let who = if from == Open { &scene.anna } else { &scene.sam };
        who.does(&scene.chat, act.clone());
        assert_eq!(scene.chat.number(), number, "{}", act.code());
    }
}

impl Scene {
    fn in_state(state: ConversationState) -> Self {
        let world = World::with(|setup| conduct(setup).wrap_up_seconds = 60);
        let [anna, sam] = world.online(["Anna", "Sam"]);
        let visitor = world.visitor(1);
        let chat = match state {
            Automated => visitor.says("Hello"),
            Queued | Offered | Open | Pending | WrapUp | Closed | Spam => visitor.asks_for_person(),
        };
        match state {
            Automated | Offered => {}
            Queued => anna.declines(&chat),
            Open => anna.accepts(&chat),
            Pending => {
                anna.accepts(&chat);
                anna.snoozes(&chat, 3_600);
            }
            WrapUp | Closed => {
                anna.accepts(&chat);
                anna.closes(&chat);
            }
            Spam => {
                anna.accepts(&chat);
                anna.does(&chat, Act::MarkSpam);
            }
        }
        if state == Closed {
            anna.does(&chat, Act::FinishWrapUp);
        }
        assert_eq!(chat.state(), state);
        Self { world, anna, sam, chat }
    }
}

fn to(states: [ConversationState; 8]) -> [Option<ConversationState>; 8] {
    states.map(Some)
}
