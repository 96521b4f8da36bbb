//! The inbox's promises, each played through with frames.

mod acting;
mod desk;

use super::form::{Field, FormKind};
use super::keys::Shortcut;
use super::office::Told;
use super::samples::*;
use super::*;
use desk::{Desk, acts, happened, my_line, page, refused, requests, watch};
use protocol::Terms;
use protocol::setup::ReasonUse;
use protocol::{
    Act, AssignedHow, Author, BridgeToAgent, Colleague, ConversationState, Event, Notice, NoticeAbout,
    OfferEnd, ReasonId, Refusal, RefusalCode, RequestId, Summary, Target, TeamId, VERSION,
};

#[test]
fn the_first_frame_is_hello_and_nothing_precedes_the_welcome() {
    let (mut desk, effects) = Desk::switched_on(None);
    assert_eq!(effects, [Effect::Dial { call: 1 }]);
    assert!(desk.does(Msg::StatusChosen(AgentStatus::Online)).is_empty(), "not before the welcome");
    assert_eq!(
        desk.does(Msg::SocketOpened { call: 1 }),
        [Effect::Send(AgentFrame::Hello { version: VERSION })]
    );
}

#[test]
fn a_status_chosen_while_away_is_told_after_the_welcome() {
    let (mut desk, _) = Desk::switched_on(None);
    desk.does(Msg::StatusChosen(AgentStatus::Online));
    assert_eq!(desk.inbox.status_shown(), AgentStatus::Online);
    assert_eq!(desk.welcome(vec![]), [Effect::Send(AgentFrame::SetStatus { status: AgentStatus::Online })]);
    desk.hears(BridgeToAgent::Status { status: AgentStatus::Online });
    desk.lose();
    let again = Effect::Send(AgentFrame::SetStatus { status: AgentStatus::Online });
    assert!(!desk.welcome(vec![]).contains(&again), "told once, confirmed, and not told again");
}

#[test]
fn a_welcome_replaces_the_lists() {
    let mut desk = Desk::with(vec![queued(1, 5), open(2, ME, 5)]);
    assert_eq!((desk.waiting(), desk.mine()), (vec![1], vec![2]));
    desk.lose();
    assert_eq!(desk.waiting(), [1], "the lists stay readable while the bridge is away");
    desk.welcome(vec![queued(3, 6)]);
    assert_eq!((desk.waiting(), desk.mine()), (vec![3], vec![]));
}

#[test]
fn changed_and_gone_keep_the_lists_live() {
    let mut desk = Desk::with(vec![]);
    desk.hears(BridgeToAgent::Changed(queued(1, 5)));
    assert_eq!(desk.inbox.announcement, "A new conversation is waiting. 1 person waits.");
    desk.hears(BridgeToAgent::Changed(offered(1, ME, 30)));
    assert_eq!(desk.inbox.announcement, "A conversation is offered to you. 1 person waits.");
    assert_eq!(desk.inbox.title(), "(1) Inbox · Passerelle");
    desk.hears(BridgeToAgent::Gone { conversation: conversation(1) });
    assert!(desk.waiting().is_empty());
    assert_eq!(desk.inbox.title(), "Inbox · Passerelle");
}

#[test]
fn choosing_a_conversation_watches_it_and_leaves_the_one_before() {
    let mut desk = Desk::with(vec![queued(1, 5), queued(2, 6)]);
    let effects = desk.does(Msg::Chosen(Some(conversation(1))));
    assert_eq!(effects, [watch(1, 0), Effect::ShowAddress]);
    desk.hears(page(handed_over(), false));
    let unwatch = Effect::Send(AgentFrame::Unwatch { conversation: conversation(1) });
    assert_eq!(desk.does(Msg::Chosen(Some(conversation(2)))), [unwatch, watch(2, 0), Effect::ShowAddress]);
    let effects = desk.does(Msg::Chosen(Some(conversation(1))));
    assert!(effects.contains(&watch(1, 4)), "what is known is not asked for again: {effects:?}");
}

#[test]
fn reading_goes_on_page_by_page() {
    let mut desk = Desk::with(vec![queued(1, 5)]);
    desk.does(Msg::Chosen(Some(conversation(1))));
    let mut events = handed_over();
    let rest = events.split_off(3);
    assert!(desk.hears(page(events, true)).contains(&watch(1, 3)));
    assert_eq!(desk.hears(page(rest, false)), [Effect::Keep]);
    assert_eq!(desk.inbox.thread().map(|t| t.progress()), Some(&Progress::Following));
}

#[test]
fn after_a_loss_reading_resumes_after_the_last_number() {
    let mut desk = Desk::reading(open(1, ME, 5));
    desk.lose();
    assert_eq!(desk.welcome(vec![open(1, ME, 5)]), [watch(1, 5)]);
    desk.hears(page(vec![visitor_said(5, "doubled?"), visitor_said(6, "new")], false));
    let numbers: Vec<u64> = desk.inbox.thread().expect("chosen").events().map(|e| e.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_reload_reads_the_conversation_the_address_names() {
    let (mut desk, _) = Desk::switched_on(Some(conversation(1)));
    assert_eq!(desk.welcome(vec![open(1, ME, 5)]), [watch(1, 0)]);
}

#[test]
fn taking_a_conversation_shows_it_and_asks_once() {
    let mut desk = Desk::with(vec![queued(1, 5)]);
    let effects = desk.does(Msg::AcceptPressed(conversation(1)));
    assert_eq!(requests(&effects).len(), 1);
    assert_eq!(desk.inbox.selected, Some(conversation(1)));
    assert!(desk.does(Msg::AcceptPressed(conversation(1))).is_empty(), "a second press changes nothing");
    let id = requests(&effects)[0];
    let effects = desk.hears(BridgeToAgent::Accepted { id, conversation: conversation(1), number: 5 });
    assert_eq!(effects, [Effect::Keep, Effect::FocusReply]);
}

#[test]
fn the_reply_has_the_focus_whether_the_event_or_the_answer_comes_first() {
    let mut desk = Desk::reading(queued(1, 5));
    let id = requests(&desk.does(Msg::AcceptPressed(conversation(1))))[0];
    let joined = Event { request: Some(id), ..event(6, assigned(ME, AssignedHow::Picked)) };
    assert!(desk.hears(happened(joined)).contains(&Effect::FocusReply));
    let effects = desk.hears(BridgeToAgent::Accepted { id, conversation: conversation(1), number: 6 });
    assert_eq!(effects, [Effect::Keep], "once is enough");
}

#[test]
fn coming_second_is_said_calmly_and_the_row_goes() {
    let mut desk = Desk::with(vec![offered(1, ME, 30)]);
    let id = requests(&desk.does(Msg::AcceptPressed(conversation(1))))[0];
    desk.hears(refused(Some(id), RefusalCode::NoLongerAvailable));
    assert!(desk.waiting().is_empty());
    assert_eq!(desk.inbox.standing(), Standing::Gone);
    assert!(desk.inbox.notice.as_ref().is_some_and(|n| n.text.contains("no longer available")));
    desk.hears(BridgeToAgent::Changed(queued(1, 5)));
    assert_eq!((desk.waiting(), desk.inbox.standing()), (vec![1], Standing::Waiting), "it may come back");
}

#[test]
fn a_declined_offer_that_was_over_needs_no_words() {
    let mut desk = Desk::with(vec![offered(1, ME, 30)]);
    assert!(desk.does(Msg::DeclinePressed(conversation(1))).is_empty(), "the reason is asked first");
    let reason = ReasonId::new("busy").ok();
    desk.does(Msg::FormFilled(Field::Reason(reason.clone())));
    let effects = desk.does(Msg::FormSubmitted);
    assert_eq!(acts(&effects), [Act::Decline { reason }]);
    desk.hears(refused(Some(requests(&effects)[0]), RefusalCode::NoLongerAvailable));
    assert_eq!((&desk.inbox.notice, &desk.inbox.form), (&None, &None));
}

#[test]
fn an_offer_that_ends_leaves_the_conversation_waiting() {
    let mut desk = Desk::reading(offered(1, ME, 30));
    desk.hears(happened(event(6, offered_to(&[ME], 30))));
    assert_eq!(desk.inbox.standing(), Standing::OfferedToMe { until: Some(at(30)) });
    desk.hears(happened(event(7, offer_ended(ME, OfferEnd::TimedOut))));
    assert_eq!(desk.inbox.standing(), Standing::Waiting);
}

#[test]
fn a_line_of_mine_is_shown_once_from_the_key_press_to_the_event() {
    let mut desk = Desk::talking();
    let id = desk.says("Hello!");
    assert_eq!(desk.marks(), [Mark::Pending]);
    desk.hears(BridgeToAgent::Accepted { id, conversation: conversation(1), number: 6 });
    assert_eq!(desk.marks(), [Mark::Saved]);
    desk.hears(happened(my_line(6, id, "Hello!")));
    assert!(desk.marks().is_empty());
    desk.hears(happened(my_line(6, id, "Hello!")));
    assert_eq!(desk.lines("Hello!"), 1);
}

#[test]
fn unanswered_requests_go_out_again_under_their_old_names() {
    let mut desk = Desk::talking();
    desk.lose();
    let (first, second) = (desk.says("one"), desk.says("two"));
    let effects = desk.welcome(vec![open(1, ME, 5)]);
    assert_eq!(requests(&effects), [first, second]);
}

#[test]
fn a_reload_loses_neither_drafts_nor_unsent_lines() {
    let mut desk = Desk::talking();
    let id = desk.says("sent into the void");
    desk.does(Msg::Drafted("half a th".to_owned()));
    let json = serde_json::to_string(&desk.inbox.kept()).expect("serialisable");
    let kept = serde_json::from_str(&json).expect("readable");
    let (inbox, _) = Inbox::start(badge(ME), kept, Some(conversation(1)), at(50));
    let mut desk = Desk { inbox, second: 50, call: 1 };
    assert_eq!(desk.inbox.draft(conversation(1)), "half a th");
    assert_eq!(requests(&desk.welcome(vec![open(1, ME, 5)])), [id]);
}

#[test]
fn a_line_saved_before_the_reload_is_not_doubled_by_its_repeat() {
    let mut desk = Desk::talking();
    let id = desk.says("once");
    desk.lose();
    desk.welcome(vec![open(1, ME, 5)]);
    desk.hears(page(vec![my_line(6, id, "once")], false));
    assert!(desk.marks().is_empty(), "the page shows it");
    desk.hears(BridgeToAgent::Accepted { id, conversation: conversation(1), number: 6 });
    assert!(desk.marks().is_empty() && desk.lines("once") == 1);
}

#[test]
fn a_line_refused_for_good_can_be_sent_again_or_given_up() {
    let mut desk = Desk::talking();
    let id = desk.says("too late");
    desk.hears(refused(Some(id), RefusalCode::NotOnline));
    assert!(matches!(desk.marks()[..], [Mark::Failed(_)]));
    assert_eq!(requests(&desk.does(Msg::RetryPressed(id))), [id]);
    desk.hears(refused(Some(id), RefusalCode::NotOnline));
    desk.does(Msg::DiscardPressed(id));
    assert!(desk.marks().is_empty());
}

#[test]
fn a_temporary_refusal_is_repeated_after_a_while() {
    let mut desk = Desk::talking();
    let id = desk.says("patience");
    desk.hears(refused(Some(id), RefusalCode::TryAgain));
    assert!(requests(&desk.does(Msg::Tick)).is_empty());
    desk.second += RETRY_SECONDS;
    assert_eq!(requests(&desk.does(Msg::Tick)), [id]);
    assert!(requests(&desk.does(Msg::Tick)).is_empty());
}

#[test]
fn each_conversation_has_its_own_draft() {
    let mut desk = Desk::talking();
    desk.hears(BridgeToAgent::Changed(open(2, ME, 6)));
    desk.does(Msg::Drafted("for the first".to_owned()));
    desk.does(Msg::Chosen(Some(conversation(2))));
    desk.does(Msg::Drafted("for the second".to_owned()));
    assert_eq!(desk.inbox.draft(conversation(1)), "for the first");
    assert_eq!(desk.inbox.draft(conversation(2)), "for the second");
    desk.does(Msg::Drafted(String::new()));
    assert_eq!(desk.inbox.kept().drafts.len(), 1);
}

#[test]
fn a_draft_for_a_conversation_that_is_not_mine_stays_a_draft() {
    let mut desk = Desk::reading(queued(1, 5));
    desk.does(Msg::Drafted("hello".to_owned()));
    assert!(desk.does(Msg::SendPressed).is_empty());
    assert_eq!(desk.inbox.draft(conversation(1)), "hello");
}

#[test]
fn a_line_too_long_is_kept_and_explained() {
    let mut desk = Desk::talking();
    desk.does(Msg::Drafted("x".repeat(protocol::limits::MESSAGE_BYTES_MAX + 1)));
    assert!(desk.does(Msg::SendPressed).is_empty());
    assert!(desk.inbox.draft_problem.as_ref().is_some_and(|p| p.contains("send it in parts")));
    assert!(!desk.inbox.draft(conversation(1)).is_empty());
}

#[test]
fn writing_is_told_to_the_visitor_and_ends_with_the_line() {
    let mut desk = Desk::talking();
    let typing = |typing| Effect::Send(AgentFrame::Typing { conversation: conversation(1), typing });
    assert!(desk.does(Msg::Drafted("h".to_owned())).contains(&typing(true)));
    assert!(!desk.does(Msg::Drafted("hi".to_owned())).contains(&typing(true)));
    assert!(desk.does(Msg::SendPressed).contains(&typing(false)));
}

#[test]
fn the_visitors_writing_is_forgotten_when_the_line_comes() {
    let mut desk = Desk::talking();
    desk.hears(BridgeToAgent::Typing { conversation: conversation(1), typing: true });
    assert!(desk.inbox.thread().expect("chosen").typing_until.is_some());
    desk.hears(happened(visitor_said(6, "done")));
    assert!(desk.inbox.thread().expect("chosen").typing_until.is_none());
}

#[test]
fn closing_asks_first_and_leaves_the_conversation_readable() {
    let mut desk = Desk::talking();
    desk.without_reasons();
    assert!(desk.does(Msg::ClosePressed).is_empty() && desk.inbox.confirming_close);
    desk.does(Msg::CloseKept);
    desk.does(Msg::ClosePressed);
    let id = requests(&desk.does(Msg::ClosePressed))[0];
    assert!(matches!(desk.inbox.requests.awaited(conversation(1)), Some(Act::Close { .. })));
    desk.hears(happened(Event { request: Some(id), ..event(6, closed_by_agent()) }));
    desk.hears(BridgeToAgent::Gone { conversation: conversation(1) });
    desk.hears(BridgeToAgent::Accepted { id, conversation: conversation(1), number: 6 });
    assert_eq!((desk.mine(), desk.inbox.standing()), (vec![], Standing::Closed));
    assert_eq!(desk.inbox.thread().expect("still chosen").events().count(), 6);
}

#[test]
fn an_unknown_conversation_in_the_address_is_explained() {
    let (mut desk, _) = Desk::switched_on(Some(conversation(9)));
    desk.welcome(vec![]);
    desk.hears(refused(None, RefusalCode::UnknownConversation));
    assert!(matches!(desk.inbox.thread().expect("chosen").progress(), Progress::Refused(_)));
}

#[test]
fn another_protocol_version_stops_dialing() {
    let (mut desk, _) = Desk::switched_on(None);
    desk.does(Msg::SocketOpened { call: 1 });
    assert_eq!(desk.hears(refused(None, RefusalCode::WrongVersion)), [Effect::HangUp]);
    assert!(desk.does(Msg::Woken).is_empty());
}

#[test]
fn an_ended_session_is_noticed() {
    let mut desk = Desk::with(vec![]);
    assert_eq!(desk.hears(refused(None, RefusalCode::NotSignedIn)), [Effect::SessionEnded]);
}

#[test]
fn the_keyboard_walks_through_both_lists_and_accepts_where_it_stands() {
    let mut desk = Desk::with(vec![queued(1, 5), queued(2, 6), open(3, ME, 7)]);
    let focus = |n| vec![Effect::FocusRow(conversation(n))];
    assert_eq!(desk.does(Msg::Key(Shortcut::Next)), focus(1));
    assert_eq!(desk.does(Msg::Key(Shortcut::Next)), focus(2));
    assert_eq!(desk.does(Msg::Key(Shortcut::Next)), focus(3));
    assert_eq!(desk.does(Msg::Key(Shortcut::Next)), focus(3), "the end is the end");
    assert!(desk.does(Msg::Key(Shortcut::Accept)).is_empty(), "mine already");
    assert_eq!(desk.does(Msg::Key(Shortcut::Previous)), focus(2));
    assert_eq!(requests(&desk.does(Msg::Key(Shortcut::Accept))).len(), 1);
    assert_eq!(desk.inbox.selected, Some(conversation(2)));
}

#[test]
fn escape_steps_out_one_thing_at_a_time() {
    let mut desk = Desk::talking();
    desk.does(Msg::Key(Shortcut::Help));
    desk.does(Msg::Key(Shortcut::Escape));
    assert!(!desk.inbox.help_shown && desk.inbox.selected.is_some());
    let effects = desk.does(Msg::Key(Shortcut::Escape));
    assert_eq!(desk.inbox.selected, None);
    assert!(effects.contains(&Effect::FocusRow(conversation(1))), "{effects:?}");
}
