//! What messages can hold, as it is drawn and used.

use crate::page::*;
use protocol::rich::{Button, ButtonLook, Card, CardPart, Media, MediaKind, Press, Show, Table};
use protocol::{BridgeToVisitor, Content, ConversationId, Line, Speaker, Timestamp, Told, VisitorEvent};
use wasm_bindgen_test::wasm_bindgen_test;
use widget::chat::Mode;

#[wasm_bindgen_test]
async fn few_options_are_buttons_and_choosing_one_uses_them_up() {
    let _chat = showing(&[options(4, Show::Auto)]).await;
    assert_eq!((count("[data-part=option]:enabled"), count("select")), (4, 0));
    assert_eq!(count("[role=group][aria-label='Which?']"), 1);
    click("[data-part=option]:nth-child(2)");
    until("said", || said().contains("Lamp 2")).await;
    until("used up", || count("[data-part=option]:disabled") == 4).await;
    assert_eq!(look(".chosen[aria-pressed=true]", "textContent"), "Lamp 2");
}

#[wasm_bindgen_test]
async fn many_options_are_a_list_that_is_confirmed() {
    let _chat = showing(&[options(5, Show::Auto)]).await;
    assert_eq!((count("[data-part=option]"), count("select[data-part=choices] option")), (0, 6));
    click("[data-part=choose]");
    assert!(said().is_empty(), "nothing is chosen yet");
    choose("[data-part=choices]", "Lamp 5");
    click("[data-part=choose]");
    until("said", || said().contains("Lamp 5")).await;
    until("used up", || count("select:disabled") == 1).await;
    assert_eq!(look("select", "value"), "Lamp 5");
}

#[wasm_bindgen_test]
async fn an_author_decides_how_options_are_shown() {
    let _chat = showing(&[options(5, Show::Buttons), options(2, Show::List), options(3, Show::Hidden)]).await;
    assert_eq!((count("[data-part=option]"), count("select[data-part=choices] option")), (5, 3));
    assert_eq!(log().len(), 3, "the question stays");
}

#[wasm_bindgen_test]
async fn a_day_is_chosen_within_its_bounds() {
    let question = Content::Date {
        text: Line::new("On which day?").unwrap(),
        from: Some("2026-11-01".to_owned()),
        to: Some("2026-11-30".to_owned()),
    };
    let _chat = showing(&[question]).await;
    choose("[data-part=date]", "2027-01-01");
    click("[data-part=choose]");
    assert!(said().is_empty(), "the browser says what is wrong with it");
    choose("[data-part=date]", "2026-11-21");
    click("[data-part=choose]");
    until("said", || said().contains("2026-11-21")).await;
    until("used up", || count("[data-part=date]") == 0).await;
}

#[wasm_bindgen_test]
async fn a_picture_has_words_for_those_who_do_not_see_it() {
    let _chat = showing(&[media(MediaKind::Image, "https://lamps.example/a.png")]).await;
    let image = "[data-part=media][data-kind=image] img";
    assert_eq!((look(image, "alt").as_str(), look(image, "loading").as_str()), ("A lamp", "lazy"));
    assert_eq!(count("figcaption"), 1);
    assert_eq!(count("a[href='https://lamps.example/a.png'][rel~=noopener][target=_blank]"), 1);
}

#[wasm_bindgen_test]
async fn films_and_sounds_are_played_and_players_pages_linked_to() {
    let _chat = showing(&[
        media(MediaKind::Video, "https://lamps.example/a.mp4"),
        media(MediaKind::Audio, "https://lamps.example/a.mp3"),
        media(MediaKind::Video, "https://www.youtube.com/watch?v=1"),
    ])
    .await;
    assert_eq!(
        (count("[data-kind=video] video[controls]"), count("[data-kind=audio] audio[controls]")),
        (1, 1)
    );
    assert_eq!(count("[data-kind=video] a[href^='https://www.youtube.com']"), 1);
    assert_eq!(count("iframe"), 0);
}

#[wasm_bindgen_test]
async fn a_page_in_a_frame_can_be_used_and_nothing_more() {
    let own = format!("{}/map", web_sys::window().unwrap().location().origin().unwrap());
    let _chat =
        showing(&[media(MediaKind::Frame, "https://lamps.example/map"), media(MediaKind::Frame, &own)]).await;
    let foreign = "iframe[src='https://lamps.example/map']";
    assert_eq!((look(foreign, "title").as_str(), look(foreign, "loading").as_str()), ("A lamp", "lazy"));
    let may = look(foreign, "sandbox");
    assert!(may.contains("allow-same-origin") && !may.contains("top-navigation"), "{may}");
    let own = look(&format!("iframe[src='{own}']"), "sandbox");
    assert!(own.contains("allow-scripts") && !own.contains("allow-same-origin"), "{own}");
}

#[wasm_bindgen_test]
async fn an_address_that_could_run_something_is_not_used() {
    let bad = "javascript:alert(1)";
    let button = Button { press: Press::Open(bad.to_owned()), ..button("Press") };
    let _chat =
        showing(&[media(MediaKind::Image, bad), media(MediaKind::Frame, bad), Content::Button(button)]).await;
    assert_eq!(count("img") + count("iframe") + count("[href^='javascript'], [src^='javascript']"), 0);
    assert_eq!(count("[data-part=button]"), 1);
}

#[wasm_bindgen_test]
async fn a_button_says_what_it_says_until_the_visitor_has_answered() {
    let _chat = showing(&[Content::Button(button("Press"))]).await;
    click("button[data-part=button]");
    until("said", || said().contains("pressed")).await;
    until("used up", || count("button[data-part=button]:disabled") == 1).await;
}

#[wasm_bindgen_test]
async fn a_card_shows_its_parts_and_buttons() {
    let _chat = showing(&[Content::Card(card("One"))]).await;
    assert_eq!((count("[data-part=card] img"), count("[data-part=card] strong")), (1, 1));
    assert_eq!(count("[data-part=card] [data-part=button]"), 2);
    assert_eq!(count("[data-part=card] a[href='https://lamps.example/read']"), 1);
}

#[wasm_bindgen_test]
async fn cards_side_by_side_turn_with_buttons_and_a_single_one_stands_alone() {
    let _chat = showing(&[
        Content::Carousel(vec![card("One"), card("Two"), card("Three")]),
        Content::Carousel(vec![card("Alone")]),
    ])
    .await;
    assert_eq!((count("[data-part=carousel]"), count("[data-part=card]")), (1, 4));
    assert_eq!(count("[data-part=carousel] [tabindex='0'] > li[aria-label='2 of 3']"), 1);
    lay_out_carousel();
    let place = || look(".carousel-row", "scrollLeft").parse::<f64>().unwrap();
    click("[data-part=next]");
    until("turned", || place() > 0.0).await;
    click("[data-part=previous]");
    until("turned back", || place() == 0.0).await;
}

#[wasm_bindgen_test]
async fn a_table_has_headers_and_scrolls_by_itself() {
    let table = Table {
        title: Some("Prices".to_owned()),
        description: Some("In euros.".to_owned()),
        headers: vec!["Lamp".to_owned(), "Price".to_owned()],
        rows: vec![vec!["Desk".to_owned(), "**30**".to_owned()]],
    };
    let _chat = showing(&[Content::Table(table)]).await;
    assert_eq!((count("[data-part=table] th[scope=col]"), count("[data-part=table] td strong")), (2, 1));
    assert_eq!(count("[role=region][tabindex='0'][aria-label=Prices] > table"), 1);
}

#[wasm_bindgen_test]
async fn what_only_the_page_can_draw_is_words_here_or_nothing() {
    let own = |text: &str| Content::UserDefined { json: "{}".to_owned(), text: text.to_owned() };
    let _chat = showing(&[own("A tour of our lamps."), own("")]).await;
    assert_eq!(log()[0], "A tour of our lamps.");
    assert_eq!(count("[data-part=entry][hidden] [data-part=own]"), 1);
}

/// One of each kind.
pub fn every_kind() -> Vec<Content> {
    let day =
        Content::Date { text: Line::new("When?").unwrap(), from: None, to: Some("2026-11-21".to_owned()) };
    let table = Table { title: None, description: None, headers: vec![], rows: vec![vec![]] };
    vec![
        Content::text("x \"y\" \\ \u{1} é").unwrap(),
        options(2, Show::List),
        day,
        media(MediaKind::Frame, "https://lamps.example/map"),
        Content::Button(Button {
            press: Press::Emit { event: "lit".to_owned(), data: "{}".to_owned() },
            look: ButtonLook::Danger,
            ..button("Press")
        }),
        Content::Card(card("One")),
        Content::Carousel(vec![card("One"), card("Two")]),
        Content::Table(table),
        Content::UserDefined { json: "{}".to_owned(), text: String::new() },
    ]
}

/// A chat in which the assistant has said this.
async fn showing(contents: &[Content]) -> Mounted {
    with_people();
    let chat = mount(Mode::Site);
    until("dialled", || dialled() == 1).await;
    told(&BridgeToVisitor::Welcome { state: None, events: vec![], more: false });
    told(&event(1, Told::Opened));
    for (number, content) in (2..).zip(contents) {
        let author = Speaker::Assistant;
        let written_at = Timestamp::default();
        told(&event(number, Told::Said { author, content: content.clone(), written_at }));
    }
    until("drawn", || count("[data-part=entry]") == u32::try_from(contents.len()).unwrap()).await;
    chat
}

/// The visitor's lines that were sent.
fn said() -> String {
    let frames: Vec<serde_json::Value> = serde_json::from_str(&sent()).unwrap();
    let lines = frames.iter().filter(|frame| frame["say"]["author"] == "visitor");
    lines.map(|frame| frame["say"]["content"].to_string()).collect()
}

/// The style sheet is not loaded here: the row is made to scroll.
fn lay_out_carousel() {
    let document = web_sys::window().unwrap().document().unwrap();
    let style = document.create_element("style").unwrap();
    let rules = ".carousel-row { display: flex; width: 200px; overflow-x: auto } .carousel-row > li { flex: 0 0 180px }";
    style.set_text_content(Some(rules));
    document.query_selector("main").unwrap().unwrap().append_child(&style).unwrap();
}

fn event(number: u64, told: Told) -> BridgeToVisitor {
    let conversation = ConversationId::at(Timestamp::default(), [1; 10]);
    let at = Timestamp::from_millis(1_700_000_000_000);
    BridgeToVisitor::Happened(VisitorEvent { conversation, number, at, request: None, told })
}

fn options(count: usize, show: Show) -> Content {
    let options = (1..=count).map(|n| format!("Lamp {n}")).collect();
    Content::Options { text: Line::new("Which?").unwrap(), options, show }
}

fn card(name: &str) -> Card {
    let Content::Media(image) = media(MediaKind::Image, "https://lamps.example/a.png") else {
        unreachable!()
    };
    let link = Button { press: Press::Open("https://lamps.example/read".to_owned()), ..button("Read") };
    Card {
        body: vec![CardPart::Media(image), CardPart::Text(format!("**{name}**"))],
        buttons: vec![button("Press"), link],
    }
}

fn button(label: &str) -> Button {
    Button { label: label.to_owned(), look: ButtonLook::Primary, press: Press::Say("pressed".to_owned()) }
}

fn media(kind: MediaKind, source: &str) -> Content {
    let (description, alt) = (Some("Below it.".to_owned()), Some("A lamp".to_owned()));
    Content::Media(Media { kind, source: source.to_owned(), title: None, description, alt })
}
