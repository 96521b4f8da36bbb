//! Every timer: what starts it, when it is due, what it does, and what cancels it.

use crate::world::{Agent, Chat, OFFER_SECONDS, World, conduct, desk, plan_step};
use protocol::setup::{Orphans, Setup};
use protocol::{Outlet, TimerKind};

const MINUTE: u64 = 60;

/// What starts it, its kind, after how many seconds it fires, and what cancels it.
pub struct Row {
    pub set_up: fn(&mut Setup),
    pub start: fn(&World) -> Chat,
    pub kind: TimerKind,
    pub after: u64,
    pub says: &'static str,
    pub cancels: &'static [fn(&World, &Chat)],
}

/// One row for each.
pub fn table() -> Vec<Row> {
    of_waiting().into_iter().chain(of_answers()).chain(of_pauses()).collect()
}

/// What is due while somebody waits.
fn of_waiting() -> Vec<Row> {
    vec![
        Row {
            set_up: |_| {},
            start: offered,
            kind: TimerKind::Offer,
            after: OFFER_SECONDS,
            says: "offer_ended",
            cancels: &[
                |world, chat| world.agent("Anna").accepts(chat),
                |world, chat| world.agent("Anna").declines(chat),
                |world, _| world.agent("Anna").disconnects(),
            ],
        },
        Row {
            set_up: |setup| {
                desk(setup).plan = vec![plan_step(&["Anna"], Some(50)), plan_step(&["Ben"], None)]
            },
            start: waiting,
            kind: TimerKind::PlanStep,
            after: 50,
            says: "step_reached",
            cancels: &[picks, |world, _| gives_up(world)],
        },
        Row {
            set_up: |setup| {
                desk(setup).max_wait_seconds = Some(50);
                desk(setup).overflow = Outlet::LeaveMessage;
            },
            start: waiting,
            kind: TimerKind::MaxWait,
            after: 50,
            says: "parked",
            cancels: &[picks, |world, _| gives_up(world)],
        },
        Row {
            set_up: |_| {},
            start: |world| {
                let chat = waiting(world);
                world.visitor(1).leaves();
                chat
            },
            kind: TimerKind::Abandon,
            after: 120,
            says: "closed",
            cancels: &[|world, _| world.visitor(1).returns(), picks],
        },
    ]
}

/// What is due until somebody answers.
fn of_answers() -> Vec<Row> {
    vec![
        Row {
            set_up: |_| {},
            start: owned,
            kind: TimerKind::FirstReply,
            after: 15 * MINUTE,
            says: "unassigned",
            cancels: &[
                |world, chat| world.agent("Anna").says(chat, "Hello"),
                |world, chat| world.agent("Anna").closes(chat),
                |world, chat| world.agent("Anna").snoozes(chat, 60),
            ],
        },
        Row {
            set_up: |setup| desk(setup).promises.first_reply_seconds = Some(90),
            start: waiting,
            kind: TimerKind::Promise,
            after: 90,
            says: "promise_missed",
            cancels: &[|world, chat| {
                world.agent("Anna").comes_online();
                world.agent("Anna").says(chat, "Hello");
            }],
        },
        Row {
            set_up: |setup| desk(setup).promises.next_reply_seconds = Some(90),
            start: |world| {
                let chat = answered(world);
                world.visitor(1).says("And now?");
                chat
            },
            kind: TimerKind::Promise,
            after: 90,
            says: "promise_missed",
            cancels: &[|world, chat| world.agent("Anna").says(chat, "Now this.")],
        },
        Row {
            set_up: |setup| {
                let reminder = protocol::setup::Reminder { after_seconds: 50, text: "Hello?".to_owned() };
                setup.rules.auto_close.reminders = vec![reminder];
            },
            start: answered,
            kind: TimerKind::Reminder,
            after: 50,
            says: "reminded",
            cancels: &[|world, _| drop(world.visitor(1).says("Yes"))],
        },
    ]
}

/// What is due while nothing is said.
fn of_pauses() -> Vec<Row> {
    vec![
        Row {
            set_up: |setup| setup.rules.auto_close.after_seconds = Some(1_800),
            start: answered,
            kind: TimerKind::AutoClose,
            after: 1_800,
            says: "closed",
            cancels: &[
                |world, _| drop(world.visitor(1).says("Yes")),
                |world, chat| world.agent("Anna").says(chat, "Hello?"),
                |world, chat| world.agent("Anna").snoozes(chat, 600),
            ],
        },
        Row {
            set_up: |_| {},
            start: |world| {
                let chat = owned(world);
                world.agent("Anna").snoozes(&chat, 300);
                chat
            },
            kind: TimerKind::Snooze,
            after: 300,
            says: "woken",
            cancels: &[|world, _| drop(world.visitor(1).says("Hello?"))],
        },
        Row {
            set_up: |setup| conduct(setup).wrap_up_seconds = 45,
            start: |world| {
                let chat = owned(world);
                world.agent("Anna").closes(&chat);
                chat
            },
            kind: TimerKind::WrapUp,
            after: 45,
            says: "wrapped_up",
            cancels: &[|world, chat| world.agent("Anna").does(chat, protocol::Act::FinishWrapUp)],
        },
        Row {
            set_up: |setup| conduct(setup).orphans = Orphans::Requeue { after_seconds: 120 },
            start: |world| {
                let chat = owned(world);
                world.agent("Anna").disconnects();
                chat
            },
            kind: TimerKind::Orphan,
            after: 120,
            says: "unassigned",
            cancels: &[|world, _| world.agent("Anna").connects()],
        },
    ]
}

pub fn waiting(world: &World) -> Chat {
    world.visitor(1).asks_for_person()
}

pub fn offered(world: &World) -> Chat {
    let [anna] = world.online(["Anna"]);
    let chat = waiting(world);
    assert!(chat.is_offered_to(&anna));
    chat
}

pub fn owned(world: &World) -> Chat {
    let [anna] = world.online(["Anna"]);
    let chat = waiting(world);
    anna.accepts(&chat);
    chat
}

pub fn answered(world: &World) -> Chat {
    let chat = owned(world);
    let anna: Agent = world.agent("Anna");
    anna.says(&chat, "Hello");
    chat
}

fn picks(world: &World, chat: &Chat) {
    let [sam] = world.online(["Sam"]);
    sam.accepts(chat);
}

fn gives_up(world: &World) {
    world.visitor(1).stops_waiting().expect("whoever waits may give up");
}
