//! The pages in a real browser, with a bridge that only exists as functions of this page: what the agent sees and can
//! press, from the door to the reply.
#![cfg(target_arch = "wasm32")]

mod fixtures;
mod page;

use console::browser::{document, window};
use console::pages::console::Console;
use console::pages::inbox::InboxPage;
use console::pages::preview::PreviewPage;
use fixtures::*;
use page::*;
use protocol::inspect::{Candidate, PreviewReport, Trace};
use protocol::{
    Act, AgentFrame, AgentStatus, Author, BridgeToAgent, ConversationState, Refusal, RefusalCode, Summary,
    Target,
};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlSelectElement};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_door_says_what_is_missing_and_opens_for_the_right_password() {
    let page = Page::<Console>::open(());
    page.shows("form").await;
    page.press("[data-part=sign-in]");
    page.reads("[data-part=email-wrong]", "Write the e-mail").await;
    page.fill("input[name=email]", "ana@example.org");
    page.fill("input[name=password]", "wrong");
    page.press("[data-part=sign-in]");
    page.reads("[data-part=password-wrong]", "do not belong together").await;
    page.fill("input[name=password]", "open sesame");
    page.press("[data-part=sign-in]");
    page.shows("[data-part=status-menu]").await;
    assert_eq!(dials(), 1);
}

#[wasm_bindgen_test]
async fn what_waits_and_what_is_mine_stand_in_their_lists() {
    let page = desk().await;
    page.welcomed(vec![waiting(1), mine(2)]).await;
    assert_eq!(page.count("[data-part=waiting] [data-part=conversation][data-state=queued]"), 1);
    assert_eq!(page.count("[data-part=mine] [data-part=conversation][data-state=open]"), 1);
    assert!(document().title().starts_with("(2)"), "{}", document().title());
    told(&BridgeToAgent::Gone { conversation: conversation(1) });
    page.reads("[data-part=waiting]", "Nobody is waiting").await;
}

#[wasm_bindgen_test]
async fn a_conversation_is_read_answered_and_never_doubled() {
    let page = desk().await;
    page.welcomed(vec![mine(2)]).await;
    page.press("[data-part=conversation]");
    sent_where(|f| matches!(f, AgentFrame::Watch { after: 0, .. })).await;
    told(&BridgeToAgent::Events { conversation: conversation(2), events: talk(), more: false });
    page.reads("[data-part=entry][data-author=assistant] [data-part=text]", "Which number").await;
    page.reads("[data-part=collected]", "4711").await;

    page.write("On my way!");
    press(&page.find("[data-part=reply]"), "Enter", "");
    let say = sent_where(says).await;
    page.shows("[data-author=agent][data-sent=false]").await;
    let event = event(4, say.request(), said(Author::Agent(ana()), "On my way!"));
    told(&BridgeToAgent::Happened(event.clone()));
    told(&BridgeToAgent::Happened(event));
    page.shows("[data-author=agent][data-sent=true]").await;
    assert_eq!(page.count("[data-author=agent]"), 1);
}

#[wasm_bindgen_test]
async fn shift_enter_and_a_composed_letter_do_not_send() {
    let page = desk().await;
    page.welcomed(vec![mine(2)]).await;
    page.press("[data-part=conversation]");
    told(&BridgeToAgent::Events { conversation: conversation(2), events: talk(), more: false });
    page.shows("[data-part=reply]:enabled").await;
    page.write("half");
    page.shows("[data-part=send]:enabled").await;
    press(&page.find("[data-part=reply]"), "Enter", "shiftKey");
    press(&page.find("[data-part=reply]"), "Enter", "isComposing");
    press(&page.find("[data-part=reply]"), "Enter", "");
    sent_where(says).await;
    assert_eq!(page.count("[data-author=agent]"), 1, "only the plain Enter has sent it");
}

#[wasm_bindgen_test]
async fn accepting_is_asked_by_name_and_a_late_one_is_refused_calmly() {
    let page = desk().await;
    page.welcomed(vec![waiting(1)]).await;
    page.press("[data-part=conversation]");
    page.shows("[data-part=accept]").await;
    assert!(page.find("[data-part=reply]").has_attribute("disabled"));
    page.press("[data-part=accept]");
    let id = sent_where(|f| act(f) == Some(&Act::Accept)).await.request();
    let refusal = Refusal::new(RefusalCode::NoLongerAvailable, "taken");
    told(&BridgeToAgent::Refused { id, refusal });
    page.reads("[data-part=notice]", "no longer available").await;
    page.reads("[data-part=waiting]", "Nobody is waiting").await;
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_shown_and_what_was_written_goes_out_after_it() {
    let page = desk().await;
    page.welcomed(vec![mine(2)]).await;
    page.press("[data-part=conversation]");
    told(&BridgeToAgent::Events { conversation: conversation(2), events: talk(), more: false });
    page.shows("[data-part=reply]:enabled").await;
    hang_up();
    page.shows("[data-part=connection]").await;
    page.write("Still here");
    page.shows("[data-part=send]:enabled").await;
    page.press("[data-part=send]");
    page.shows("[data-author=agent][data-sent=false]").await;
    page.until("it dials again", || dials() == 2).await;
    sent_where(|f| matches!(f, AgentFrame::Hello { .. })).await;
    told(&welcome(vec![mine(2)]));
    sent_where(|f| matches!(f, AgentFrame::Watch { after: 3, .. })).await;
    sent_where(says).await;
    page.until("the banner goes", || page.count("[data-part=connection]") == 0).await;
}

#[wasm_bindgen_test]
async fn a_reload_finds_the_conversation_the_draft_and_the_unsent_line() {
    let page = desk().await;
    page.welcomed(vec![mine(2)]).await;
    page.press("[data-part=conversation]");
    told(&BridgeToAgent::Events { conversation: conversation(2), events: talk(), more: false });
    page.shows("[data-part=reply]:enabled").await;
    page.write("unsent");
    page.shows("[data-part=send]:enabled").await;
    page.press("[data-part=send]");
    let before = sent_where(says).await;
    page.shows("[data-part=send]:disabled").await;
    page.write("a draft");
    page.shows("[data-part=send]:enabled").await;

    let page = page.reload(Page::<InboxPage>::mount(session()));
    sent_where(|f| matches!(f, AgentFrame::Hello { .. })).await;
    told(&welcome(vec![mine(2)]));
    let after = sent_where(says).await;
    assert_eq!(after, before, "the same words under the same name");
    page.until("the draft is back", || page.area().value() == "a draft").await;
}

#[wasm_bindgen_test]
async fn the_keyboard_opens_helps_and_steps_out() {
    let page = desk().await;
    page.welcomed(vec![waiting(1), mine(2)]).await;
    let body: Element = document().body().expect("a body").into();
    press(&body, "j", "");
    let focused = || document().active_element().and_then(|e| e.get_attribute("data-id"));
    page.until("the first row has the focus", || focused() == Some(conversation(1).to_string())).await;
    press(&body, "?", "");
    page.shows("[data-part=shortcuts]").await;
    press(&body, "Escape", "");
    page.until("the help is gone", || page.count("[data-part=shortcuts]") == 0).await;
}

#[wasm_bindgen_test]
async fn the_preview_believes_its_frame_and_nobody_else() {
    let page = Page::<PreviewPage>::open(());
    page.shows("iframe[data-part=frame]").await;
    let trace = Trace {
        heard: Some("where is it".to_owned()),
        candidates: vec![Candidate {
            action: "track".to_owned(),
            title: "Track".to_owned(),
            confidence: 0.9,
            denied: None,
        }],
        threshold: 0.5,
        hand_off: Some(hand_off()),
        ..Trace::default()
    };
    let report = serde_json::to_string(&PreviewReport::Turn(Box::new(trace))).expect("serialisable");
    report_as(&window(), &report);
    let frame: web_sys::HtmlIFrameElement = page.find("iframe[data-part=frame]").unchecked_into();
    report_as(&frame.content_window().expect("a frame has a window"), &report);
    page.shows("[data-part=candidate][data-action=track]").await;
    page.reads("[data-part=hand-off]", "nobody was transferred").await;
    assert_eq!(page.count("[data-part=turn]"), 1, "the one that did not come from the frame is not believed");
}

#[wasm_bindgen_test]
async fn an_offer_counts_down_and_is_declined_with_a_reason() {
    let page = desk().await;
    let until = console::browser::clock::now().plus_seconds(30);
    let offered = Summary {
        state: ConversationState::Offered,
        offered_to: vec![ana()],
        offer_until: Some(until),
        ..waiting(1)
    };
    page.welcomed(vec![offered]).await;
    page.press("[data-part=conversation]");
    page.reads(".accept-words", "Offered to you: 0:").await;
    page.press("[data-part=decline]");
    page.choose("[data-part=form-reason]", "busy").await;
    page.press("[data-part=form-submit]");
    let reason = Some(reason("busy"));
    sent_where(|f| act(f) == Some(&Act::Decline { reason: reason.clone() })).await;
    page.until("the form is gone", || page.count("[data-part=form]") == 0).await;
}

#[wasm_bindgen_test]
async fn a_conversation_is_passed_on_to_whoever_is_chosen_for_a_reason() {
    let page = talking().await;
    page.press("[data-part=more]");
    page.shows("[data-part=transfer]").await;
    page.press("[data-part=transfer]");
    page.shows("[data-part=form]").await;
    page.press("[data-part=form-submit]");
    page.reads("[data-part=form-problem]", "who is to have it").await;
    page.choose("[data-part=form-target]", "1").await;
    page.choose("[data-part=form-reason]", "billing").await;
    page.press("[data-part=form-submit]");
    let (to, reason) = (Target::Team(team()), reason("billing"));
    let transfer = Act::Transfer { to, reason, note: None };
    sent_where(|f| act(f) == Some(&transfer)).await;
}

#[wasm_bindgen_test]
async fn closing_asks_what_it_was_about_and_snoozing_until_when() {
    let page = talking().await;
    page.press("[data-part=close]");
    page.choose("[data-part=form-reason]", "solved").await;
    press(&page.find("[data-part=form-cancel]"), "Escape", "");
    page.until("the form is gone", || page.count("[data-part=form]") == 0).await;
    page.press("[data-part=more]");
    page.shows("[data-part=snooze]").await;
    page.press("[data-part=snooze]");
    page.shows("[data-part=snooze-until]").await;
    page.press("[data-part=snooze-until]");
    let snooze = |f: &AgentFrame| matches!(act(f), Some(Act::Snooze { .. }));
    sent_where(snooze).await;
    let aside = Summary {
        state: ConversationState::Pending,
        until: Some(console::browser::clock::now().plus_seconds(3_600)),
        number: 9,
        ..mine(2)
    };
    told(&BridgeToAgent::Changed(aside));
    page.reads("[data-part=mine] [data-state=pending] [data-part=badge]", "Snoozed").await;
    assert_eq!(page.count("[data-part=reply]:enabled"), 1, "an answer ends the pause");
}

#[wasm_bindgen_test]
async fn a_comment_is_marked_as_one_and_why_it_came_here_can_be_read() {
    let page = talking().await;
    page.press("[data-part=to-colleagues]");
    page.shows(".composer.aside").await;
    page.write("She is angry");
    page.shows("[data-part=send]:enabled").await;
    page.press("[data-part=send]");
    sent_where(|f| matches!(act(f), Some(Act::Comment { .. }))).await;
    page.reads("[data-author=comment]", "Only colleagues see this").await;
    assert_eq!(page.count("[data-part=why]:not([open])"), 1);
    page.reads("[data-part=why]", "chosen by “longest idle”").await;
}

#[wasm_bindgen_test]
async fn who_did_not_respond_is_told_so_and_comes_back() {
    let page = desk().await;
    page.welcomed(vec![]).await;
    told(&BridgeToAgent::Status { status: AgentStatus::NotResponding });
    page.reads("[data-part=status-hint]", "did not answer an offer").await;
    page.press("[data-part=go-online]");
    sent_where(|f| matches!(f, AgentFrame::SetStatus { status: AgentStatus::Online })).await;
}

#[wasm_bindgen_test]
async fn a_supervisor_finds_what_colleagues_have_and_takes_part_in_it() {
    let page = desk().await;
    let colleagues = Summary { agent: Some(ben()), ..mine(2) };
    told(&as_supervisor(welcome(vec![colleagues])));
    page.reads("[data-part=elsewhere] [data-part=badge]", "Ben").await;
    page.press("[data-part=elsewhere] [data-part=conversation]");
    page.shows("[data-part=take-over]").await;
    page.press("[data-part=more]");
    page.shows("[data-part=give-back]").await;
    page.press("[data-part=assign]");
    page.choose("[data-part=form-target]", "1").await;
    page.press("[data-part=form-submit]");
    let assign = Act::Assign { to: Target::Team(team()), even_if_unavailable: false };
    let id = sent_where(|f| act(f) == Some(&assign)).await.request();
    told(&BridgeToAgent::Refused { id, refusal: Refusal::new(RefusalCode::NotAllowed, "no") });
    page.shows("[data-part=join]:enabled").await;
    page.press("[data-part=join]");
    sent_where(|f| act(f) == Some(&Act::Join)).await;
}

#[wasm_bindgen_test]
async fn whoever_is_named_in_a_comment_is_told() {
    let page = talking().await;
    page.press("[data-part=to-colleagues]");
    page.shows(".composer.aside").await;
    page.write("Look, @b");
    page.shows("[data-part=mention][aria-selected=true]").await;
    press(&page.find("[data-part=reply]"), "Enter", "");
    page.until("the name is written out", || page.area().value() == "Look, @Ben ").await;
    press(&page.find("[data-part=reply]"), "Enter", "");
    let ben = Target::Agent(ben().id);
    sent_where(|f| matches!(act(f), Some(Act::Comment { mentions, .. }) if *mentions == [ben.clone()])).await;
}

#[wasm_bindgen_test]
async fn the_status_menu_shows_what_the_bridge_says_whatever_was_chosen_in_it_before() {
    let page = desk().await;
    page.welcomed(vec![]).await;
    let menu = || page.find("[data-part=status-menu]").unchecked_into::<HtmlSelectElement>().value();
    for status in
        [AgentStatus::NotResponding, AgentStatus::Away, AgentStatus::NotResponding, AgentStatus::Busy]
    {
        let name = serde_json::to_value(status).expect("a word");
        if status != AgentStatus::NotResponding {
            page.choose("[data-part=status-menu]", name.as_str().expect("a word")).await;
        }
        told(&BridgeToAgent::Status { status });
        page.until("the menu shows it", || name == menu()).await;
        page.shows(&format!("[data-status={}]", name.as_str().expect("a word"))).await;
    }
}

#[wasm_bindgen_test]
async fn what_the_assistant_has_can_be_taken_over() {
    let page = desk().await;
    page.welcomed(vec![waiting(2)]).await;
    page.press("[data-part=conversation]");
    let mut events = talk();
    events.truncate(1);
    told(&BridgeToAgent::Events { conversation: conversation(2), events, more: false });
    let automated = Summary { state: ConversationState::Automated, number: 5, ..waiting(2) };
    told(&BridgeToAgent::Changed(automated));
    page.shows("[data-part=take-over]").await;
    page.press("[data-part=take-over]");
    sent_where(|f| act(f) == Some(&Act::TakeOver)).await;
}
