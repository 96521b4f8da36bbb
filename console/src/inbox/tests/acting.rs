//! What is done beyond reading and answering: forms, comments, statuses, leaving.

use super::desk::numbers;
use super::*;
use protocol::setup::AgentRole;
use protocol::{Closing, Happening};

#[test]
fn passing_on_needs_somebody_and_a_reason() {
    let mut desk = Desk::talking();
    desk.does(Msg::FormOpened(FormKind::Transfer));
    assert!(desk.does(Msg::FormSubmitted).is_empty());
    assert_eq!(desk.problem(), "Choose who is to have it. Choose why you pass it on.", "all at once");
    let to = Target::Team(TeamId::new("sales").expect("a slug"));
    desk.does(Msg::FormFilled(Field::Target(Some(to.clone()))));
    assert!(desk.does(Msg::FormSubmitted).is_empty());
    assert!(desk.problem().contains("why"), "{}", desk.problem());
    let reason = ReasonId::new("billing").expect("a slug");
    desk.does(Msg::FormFilled(Field::Reason(Some(reason.clone()))));
    desk.does(Msg::FormFilled(Field::Note(" VIP ".to_owned())));
    let effects = desk.does(Msg::FormSubmitted);
    assert_eq!(acts(&effects), [Act::Transfer { to, reason, note: Some("VIP".to_owned()) }]);
    assert_eq!(desk.inbox.form, None);
}

#[test]
fn closing_asks_for_the_category_and_asks_again_for_what_the_bridge_misses() {
    let mut desk = Desk::talking();
    assert!(desk.does(Msg::ClosePressed).is_empty() && !desk.inbox.confirming_close);
    let category = ReasonId::new("solved").ok();
    desk.does(Msg::FormFilled(Field::Reason(category.clone())));
    let effects = desk.does(Msg::FormSubmitted);
    assert_eq!(acts(&effects), [Act::Close { category: category.clone(), note: None }]);
    desk.hears(refused(Some(requests(&effects)[0]), RefusalCode::NoteRequired));
    let form = desk.inbox.form.clone().expect("asked again");
    assert_eq!((form.kind, form.reason), (FormKind::Close, category));
    assert_eq!(desk.problem(), "because");
    assert_eq!(desk.inbox.notice, None);
}

#[test]
fn what_the_workspace_wants_to_hear_is_asked_for_before_anything_is_sent() {
    let mut desk = Desk::talking();
    desk.on_terms(Terms {
        closing_needs_category: true,
        closing_needs_note: true,
        transfer_needs_note: true,
    });
    desk.does(Msg::ClosePressed);
    assert!(desk.does(Msg::FormSubmitted).is_empty());
    assert_eq!(desk.problem(), "Choose a category. Leave a note: colleagues need one.");
    let category = ReasonId::new("solved").ok();
    desk.does(Msg::FormFilled(Field::Reason(category.clone())));
    assert!(desk.does(Msg::FormSubmitted).is_empty());
    assert!(desk.problem().contains("note"), "{}", desk.problem());
    desk.does(Msg::FormFilled(Field::Note("Sent the form".to_owned())));
    let note = Some("Sent the form".to_owned());
    assert_eq!(acts(&desk.does(Msg::FormSubmitted)), [Act::Close { category, note }]);
}

#[test]
fn a_note_is_asked_for_also_where_there_are_no_categories() {
    let mut desk = Desk::talking();
    desk.without_reasons();
    desk.on_terms(Terms { closing_needs_note: true, ..Terms::default() });
    desk.does(Msg::ClosePressed);
    assert!(desk.inbox.form.is_some() && !desk.inbox.confirming_close);
}

#[test]
fn conversations_are_passed_to_any_queue_and_mine_come_first() {
    let labels: Vec<String> = office().queues().into_iter().map(|choice| choice.label).collect();
    assert_eq!(labels, ["Front desk", "Workshop"]);
}

#[test]
fn a_form_is_for_one_conversation_and_goes_with_it() {
    let mut desk = Desk::talking();
    desk.does(Msg::FormOpened(FormKind::Snooze));
    desk.does(Msg::Chosen(None));
    assert_eq!(desk.inbox.form, None);
}

#[test]
fn what_is_done_goes_out_once_and_only_one_thing_at_a_time() {
    let mut desk = Desk::talking();
    let until = at(9_999);
    assert_eq!(acts(&desk.does(Msg::ActPressed(Act::Snooze { until }))), [Act::Snooze { until }]);
    assert!(desk.does(Msg::ActPressed(Act::MarkSpam)).is_empty());
}

#[test]
fn a_comment_has_a_draft_of_its_own_and_never_reaches_the_visitor() {
    let mut desk = Desk::talking();
    desk.does(Msg::Drafted("Dear visitor".to_owned()));
    desk.does(Msg::AsideChosen(true));
    assert_eq!(desk.inbox.draft(conversation(1)), "");
    let typing = |effect: &Effect| matches!(effect, Effect::Send(AgentFrame::Typing { .. }));
    assert!(!desk.does(Msg::Drafted("She is angry".to_owned())).iter().any(typing));
    let effects = desk.does(Msg::SendPressed);
    let [Act::Comment { text, .. }] = &acts(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(text.as_str(), "She is angry");
    desk.does(Msg::AsideChosen(false));
    assert_eq!(desk.inbox.draft(conversation(1)), "Dear visitor");
}

#[test]
fn another_conversation_begins_with_a_reply_and_a_reload_keeps_what_was_for_colleagues_apart() {
    let mut desk = Desk::talking();
    desk.does(Msg::AsideChosen(true));
    desk.does(Msg::Drafted("for colleagues".to_owned()));
    desk.does(Msg::Chosen(None));
    desk.does(Msg::Chosen(Some(conversation(1))));
    assert!(!desk.inbox.aside && desk.inbox.draft(conversation(1)).is_empty());
    assert_eq!(desk.inbox.kept().comments.len(), 1);
}

#[test]
fn after_the_end_what_is_written_is_for_colleagues() {
    let mut desk = Desk::talking();
    desk.does(Msg::Drafted("Dear visitor".to_owned()));
    let Happening::Closed(closing) = closed_by_agent() else { panic!("it is closed") };
    let closing = Closing { wrap_up: Some((ME, at(99))), ..closing };
    desk.hears(happened(event(6, Happening::Closed(closing))));
    assert!(matches!(desk.inbox.standing(), Standing::WrapUp { .. }) && desk.inbox.is_aside());
    assert_eq!(desk.inbox.draft(conversation(1)), "", "what was for the visitor is no note");
    desk.does(Msg::Drafted("Sent the form".to_owned()));
    assert!(matches!(acts(&desk.does(Msg::SendPressed))[..], [Act::Comment { .. }]));
}

#[test]
fn an_at_sign_offers_colleagues_and_whoever_is_chosen_is_told() {
    let mut desk = Desk::talking();
    let offered = |desk: &Desk| -> Vec<String> {
        desk.inbox.mentionable().0.into_iter().map(|choice| choice.label).collect()
    };
    desk.does(Msg::Drafted("Thanks @".to_owned()));
    assert!(offered(&desk).is_empty(), "not to the visitor");
    desk.does(Msg::AsideChosen(true));
    desk.does(Msg::Drafted("Look, @".to_owned()));
    assert_eq!(offered(&desk), ["Ben", "Cleo", "Sales", "Front desk", "Workshop"]);
    desk.does(Msg::MentionMoved(1));
    desk.does(Msg::MentionChosen(None));
    assert_eq!(desk.inbox.draft(conversation(1)), "Look, @Cleo ");
    desk.does(Msg::Drafted("Look, @Cleo and @de".to_owned()));
    assert_eq!(offered(&desk), ["Front desk"]);
    desk.does(Msg::MentionsLeft);
    assert!(offered(&desk).is_empty());
    let effects = desk.does(Msg::SendPressed);
    let [Act::Comment { mentions, .. }] = &acts(&effects)[..] else { panic!("{effects:?}") };
    assert_eq!(mentions[..], [Target::Agent(CLEO)]);
}

#[test]
fn assigning_needs_somebody_and_asks_again_when_they_cannot_have_it() {
    let mut desk = Desk::reading(open(1, COLLEAGUE, 5));
    desk.does(Msg::FormOpened(FormKind::Assign));
    assert!(desk.does(Msg::FormSubmitted).is_empty());
    assert!(desk.problem().contains("who"), "{}", desk.problem());
    let to = Target::Agent(CLEO);
    desk.does(Msg::FormFilled(Field::Target(Some(to.clone()))));
    let effects = desk.does(Msg::FormSubmitted);
    assert_eq!(acts(&effects), [Act::Assign { to: to.clone(), even_if_unavailable: false }]);
    desk.hears(refused(Some(requests(&effects)[0]), RefusalCode::NoRoom));
    assert_eq!(desk.problem(), "because");
    desk.does(Msg::FormFilled(Field::Anyway(true)));
    assert_eq!(acts(&desk.does(Msg::FormSubmitted)), [Act::Assign { to, even_if_unavailable: true }]);
}

#[test]
fn whoever_looks_after_others_asks_what_they_have_and_believes_the_lists_first() {
    let mut desk = Desk::with(vec![]);
    let asks = |effects: Vec<Effect>| effects.contains(&Effect::AskHeld);
    assert!(!asks(desk.does(Msg::Tick)), "agents see what is theirs");
    desk.inbox.office = Rc::new(Office::new(Told { role: AgentRole::Supervisor, ..office_told() }));
    assert!(asks(desk.does(Msg::Tick)) && !asks(desk.does(Msg::Tick)));
    let json = |n: u64| {
        let Summary { visitor, site, .. } = open(n, COLLEAGUE, 5);
        serde_json::json!({
            "id": conversation(n), "visitor": visitor, "site": site, "opened_at": at(1), "state": "open",
            "queue": "front-desk", "team": null, "agent": COLLEAGUE, "priority": 0, "number": 4,
            "preview": "Hello", "last_at": at(n), "unanswered_since": null,
        })
    };
    let cards = [1, 2].map(|n| serde_json::from_value(json(n)).expect("as the bridge lists it"));
    desk.does(Msg::HeldTold(cards.to_vec()));
    assert_eq!(numbers(&desk.inbox.elsewhere()), [2, 1]);
    assert_eq!(desk.inbox.elsewhere()[0].agent, Some(badge(COLLEAGUE)));
    desk.hears(BridgeToAgent::Changed(open(2, ME, 9)));
    assert_eq!((desk.mine(), numbers(&desk.inbox.elsewhere())), (vec![2], vec![1]));
    desk.second += 10;
    assert!(asks(desk.does(Msg::Tick)));
}

#[test]
fn it_is_put_aside_until_any_time_to_come() {
    let mut desk = Desk::talking();
    desk.does(Msg::FormOpened(FormKind::Snooze));
    for until in [None, Some(at(1)), Some(at(500 * 86_400))] {
        desk.does(Msg::FormFilled(Field::Until(until)));
        assert!(desk.does(Msg::FormSubmitted).is_empty(), "{until:?}");
        assert!(desk.problem().contains("a time to come"), "{}", desk.problem());
    }
    let until = at(9_999);
    desk.does(Msg::FormFilled(Field::Until(Some(until))));
    assert_eq!(acts(&desk.does(Msg::FormSubmitted)), [Act::Snooze { until }]);
}

#[test]
fn whoever_does_nothing_for_long_is_told_of_once_and_again_when_they_are_back() {
    let mut desk = Desk::with(vec![]);
    let idle = |idle| Effect::Send(AgentFrame::Idle { idle });
    desk.does(Msg::Active);
    desk.second += IDLE_SECONDS - 2;
    assert!(!desk.does(Msg::Tick).contains(&idle(true)));
    assert!(desk.does(Msg::Tick).contains(&idle(true)));
    assert!(!desk.does(Msg::Tick).contains(&idle(true)));
    desk.lose();
    assert!(desk.welcome(vec![]).contains(&idle(true)), "a new connection does not know it");
    assert_eq!(desk.does(Msg::Active), [idle(false)]);
    assert!(desk.does(Msg::Active).is_empty());
}

#[test]
fn a_colleague_who_comes_can_be_chosen_at_once() {
    let mut desk = Desk::talking();
    let ben = Colleague { badge: badge(COLLEAGUE), status: AgentStatus::Online, free: 2 };
    desk.hears(BridgeToAgent::Colleague(ben));
    assert_eq!(desk.inbox.office.people()[0].label, "Ben (online)");
}

#[test]
fn not_responding_ends_by_choosing_to_be_online() {
    let mut desk = Desk::with(vec![]);
    desk.hears(BridgeToAgent::Status { status: AgentStatus::NotResponding });
    assert_eq!(desk.inbox.status_shown(), AgentStatus::NotResponding);
    let online = AgentFrame::SetStatus { status: AgentStatus::Online };
    assert_eq!(desk.does(Msg::StatusChosen(AgentStatus::Online)), [Effect::Send(online)]);
    assert_eq!(desk.inbox.status_shown(), AgentStatus::Online);
}

#[test]
fn signing_out_warns_once_when_something_would_be_lost() {
    let mut desk = Desk::talking();
    desk.says("not answered yet");
    assert!(desk.does(Msg::SignOutPressed).is_empty() && desk.inbox.notice.is_some());
    assert_eq!(desk.does(Msg::SignOutPressed), [Effect::SignOut]);
    assert_eq!(Desk::talking().does(Msg::SignOutPressed), [Effect::SignOut]);
}

#[test]
fn a_notice_goes_by_itself() {
    let mut desk = Desk::with(vec![offered(1, ME, 30)]);
    let id = requests(&desk.does(Msg::AcceptPressed(conversation(1))))[0];
    desk.hears(refused(Some(id), RefusalCode::NoLongerAvailable));
    desk.second += NOTICE_SECONDS + 1;
    desk.does(Msg::Tick);
    assert_eq!(desk.inbox.notice, None);
}

#[test]
fn only_so_many_conversations_stay_in_memory() {
    let mut desk = Desk::with(vec![]);
    for n in 1..=THREADS_KEPT_MAX as u64 + 5 {
        desk.does(Msg::Chosen(Some(conversation(n))));
    }
    assert_eq!(desk.inbox.threads.len(), THREADS_KEPT_MAX);
    assert!(desk.inbox.thread().is_some(), "the chosen one stays");
}

#[test]
fn what_one_has_to_know_is_told_wherever_one_looks() {
    let mut desk = Desk::with(vec![open(2, COLLEAGUE, 9)]);
    let by = Author::Agent(badge(COLLEAGUE));
    let mentioned = |n| Notice {
        conversation: conversation(n),
        at: at(9),
        about: NoticeAbout::Mentioned { by: by.clone() },
    };
    desk.hears(BridgeToAgent::Notice(mentioned(7)));
    let said = |desk: &Desk| desk.inbox.notice.as_ref().map(|notice| notice.text.clone()).unwrap_or_default();
    assert_eq!(said(&desk), "Ben mentions you.");
    desk.hears(BridgeToAgent::Notice(mentioned(2)));
    assert!(said(&desk).starts_with("Ben mentions you: Visitor "));
    assert_eq!(desk.inbox.announcement, said(&desk));
}

#[test]
fn what_may_not_be_read_any_more_says_so() {
    let mut desk = Desk::talking();
    desk.hears(BridgeToAgent::Unwatched { conversation: conversation(1) });
    let thread = desk.inbox.thread().expect("it is chosen");
    assert!(matches!(thread.progress(), Progress::Refused(_)));
}
