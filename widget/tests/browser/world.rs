//! What the assistant learns of the world.

use assistant::Value;
use assistant::surroundings::Case;
use assistant::surroundings::utc;
use protocol::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;
use widget::browser::world::{PageFacts, around, in_case, languages};

#[wasm_bindgen_test]
fn clocks_of_other_zones_are_the_browsers_and_unknown_zones_have_none() {
    // 2024-02-29, a minute before midnight in Greenwich.
    let at = Timestamp::from_millis(1_709_251_140_000);
    let world = around(at, 7, &PageFacts::default());
    let clock = |zone: &str| (world.clock_in)(zone, at);
    assert_eq!(clock("UTC"), Some(utc(at)));
    let tokyo = clock("Asia/Tokyo").expect("known everywhere");
    assert_eq!((tokyo.month(), tokyo.day(), tokyo.hour(), tokyo.minute()), (3, 1, 8, 59));
    assert_eq!(clock("Nowhere/At_All"), None);
    assert_eq!(clock(""), None);
}

#[wasm_bindgen_test]
fn the_visitors_own_clock_fits_their_zone() {
    let at = Timestamp::from_millis(1_709_251_140_000);
    let world = around(at, 7, &PageFacts::default());
    assert_eq!(Some(world.local), (world.clock_in)(&world.time_zone, at));
    assert_eq!((world.now, world.chance), (at, 7));
    assert!(languages().contains(&world.locale));
}

#[wasm_bindgen_test]
fn what_the_page_tells_is_kept_to_its_bounds_and_what_it_does_not_is_left_out() {
    let url = format!("https://lamps.example/?q={}é", "x".repeat(3_000));
    let facts = PageFacts::new(url, "Lamps".to_owned(), String::new());
    assert!(facts.url.len() <= protocol::limits::URL_BYTES_MAX);
    let Value::Map(told) = around(Timestamp::default(), 0, &facts).visitor else { panic!("a map") };
    assert_eq!(told.get("page_title"), Some(&Value::Text("Lamps".to_owned())));
    assert!(!told.contains_key("referrer"));
    assert!(told.contains_key("user_agent"));
}

#[wasm_bindgen_test]
fn of_the_page_the_bridge_is_told_what_names_nobody() {
    let facts = PageFacts::new(
        "https://lamps.example/cart?mail=ada@example.com".to_owned(),
        "é".repeat(2_000),
        "https://lamps.example/reset?token=1".to_owned(),
    );
    let seen = facts.seen(Some("de-AT".to_owned()));
    assert_eq!(seen.address.as_deref(), Some("https://lamps.example/cart"));
    assert_eq!(seen.referrer.as_deref(), Some("https://lamps.example/reset"));
    assert_eq!((seen.language.as_deref(), seen.check()), (Some("de-AT"), Ok(())));
}

#[wasm_bindgen_test]
fn letters_change_their_case_as_with_the_standard_library() {
    for text in ["Straße ŁÓDŹ", "ΟΔΟΣ ὀδός", "İzmir ﬁn", "Ёлка ǆ", ""] {
        assert_eq!(in_case(text, Case::Lower), text.to_lowercase());
        assert_eq!(in_case(text, Case::Upper), text.to_uppercase());
    }
}
