//! Whoever does not speak the protocol is shown out at once and costs nothing; everybody else is served.

use acceptance::load::machine;
use acceptance::raw::{LAST, MORE, Raw, TEXT, head_of};
use acceptance::test_bridge::TestBridge;
use std::time::{Duration, Instant};

/// Connections that do each of it, so that what one of them leaves behind would be seen.
const TIMES: usize = 40;
/// What the bridge may have more afterwards: its allocator keeps some for whoever comes next.
const KIB_MAX: u64 = 4 * 1_024;
/// A machine that builds something else meanwhile is slow; a quiet one takes a millisecond.
const CLOSED_WITHIN: Duration = Duration::from_secs(2);

type Does = fn(&mut Raw);

const HOSTILE: [(&str, u16, Does); 7] = [
    ("an opcode there is not", 1002, |raw| raw.frame(LAST | 3, b"x").unwrap()),
    ("a frame without a mask", 1002, |raw| {
        raw.bytes(&[head_of(LAST | TEXT, 2, false), b"{}".to_vec()].concat()).unwrap()
    }),
    ("a reserved bit, as of a compressed frame", 1002, |raw| raw.frame(LAST | 0x40 | TEXT, b"{}").unwrap()),
    ("a ping in parts", 1002, |raw| raw.frame(9, b"x").unwrap()),
    ("a text that is not UTF-8", 1007, |raw| raw.frame(LAST | TEXT, &[0xff, 0xfe]).unwrap()),
    ("the beginning of a frame of a gigabyte", 1009, |raw| {
        raw.bytes(&head_of(LAST | TEXT, 1 << 30, true)).unwrap()
    }),
    ("a message whose parts do not end", 1009, |raw| {
        raw.frame(TEXT, &[b'x'; 1_024]).unwrap();
        // The bridge hangs up in the middle of it.
        while raw.frame(MORE, &[b'x'; 1_024]).is_ok() {}
    }),
];

#[test]
fn what_is_no_websocket_is_closed_with_its_code_at_once_and_leaves_nothing_behind() {
    let bridge = TestBridge::start().unwrap();
    let mut bystander = Raw::greeted(bridge.address()).unwrap();
    let all = || HOSTILE.iter().for_each(|(what, code, does)| check(&bridge, what, *code, *does));
    all();
    let before = machine::memory(bridge.process().unwrap()).resident_kib;
    (0..TIMES).for_each(|_| all());
    let more = machine::memory(bridge.process().unwrap()).resident_kib.saturating_sub(before);
    assert!(more < KIB_MAX, "{more} KiB more than before");
    bystander.text("\"ping\"").unwrap();
    assert_eq!(bystander.json().unwrap(), "pong");
    assert!(!bridge.log().contains("panicked"), "{}", bridge.log());
}

#[test]
fn json_ten_thousand_deep_is_refused_and_the_connection_goes_on() {
    let bridge = TestBridge::start().unwrap();
    let mut raw = Raw::greeted(bridge.address()).unwrap();
    let deep = |open: &str, close: &str| open.repeat(10_000) + &close.repeat(10_000);
    let objects = "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000);
    let in_a_frame = format!("{{\"say\":{}}}", deep("[", "]"));
    for text in [deep("[", "]"), "[".repeat(50_000), objects, in_a_frame] {
        raw.text(&text).unwrap();
        let refused = raw.until("refused").unwrap();
        assert!(
            matches!(refused["refusal"]["code"].as_str(), Some("unknown_frame" | "malformed")),
            "{refused}"
        );
    }
    raw.text("\"ping\"").unwrap();
    assert_eq!(raw.json().unwrap(), "pong");
}

#[test]
fn nobody_is_offered_to_compress() {
    let bridge = TestBridge::start().unwrap();
    let raw = Raw::dial(bridge.address()).unwrap();
    assert!(!raw.opened.to_lowercase().contains("sec-websocket-extensions"), "{}", raw.opened);
}

fn check(bridge: &TestBridge, what: &str, code: u16, does: Does) {
    let mut raw = Raw::greeted(bridge.address()).unwrap();
    does(&mut raw);
    let done = Instant::now();
    // Whoever goes on sending may find the connection gone before its close frame.
    let closed = raw.closed();
    assert!(closed == Some(code) || (closed.is_none() && what.contains("do not end")), "{what}: {closed:?}");
    assert!(done.elapsed() < CLOSED_WITHIN, "{what}: closed after {:?}", done.elapsed());
}
