//! Connections that say nothing, or a byte now and then, are shown out, and keep nobody waiting meanwhile.

use acceptance::raw::{Raw, connect};
use acceptance::test_bridge::TestBridge;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Range;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Of each kind.
const STRANGERS: usize = 400;
/// Ten seconds, as the documentation says, and what a busy machine adds.
const SHOWN_OUT: Range<u64> = 9..20;
/// Thirty seconds for what a request brings along.
const BODY_GIVEN_UP: Range<u64> = 28..45;
/// Bytes that trickle come so often.
const EVERY: Duration = Duration::from_millis(500);

#[test]
fn whoever_does_not_say_what_they_want_is_shown_out_and_others_are_served_meanwhile() {
    let bridge = TestBridge::start().unwrap();
    let address = bridge.address();
    let beginnings = ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "];
    let strangers = beginnings.iter().cycle().take(beginnings.len() * STRANGERS).map(|beginning| {
        let mut stream = connect(address).unwrap();
        stream.write_all(beginning.as_bytes()).unwrap();
        stream
    });
    let strangers: Vec<TcpStream> = strangers.collect();
    let begun = Instant::now();
    let trickling =
        trickle(strangers.iter().skip(2).step_by(3).map(|stream| stream.try_clone().unwrap()).collect());
    let mut silent = Raw::dial(address).unwrap();
    let greeted = (0..20).map(|_| greeting(address)).max().unwrap();
    assert!(greeted < Duration::from_secs(2), "somebody was greeted after {greeted:?}");
    for mut stream in strangers {
        let _ = stream.read(&mut [0; 64]);
    }
    within(begun, SHOWN_OUT);
    drop(trickling);
    assert_eq!(silent.closed(), Some(1008), "a socket has the same time for its greeting");
    within(begun, SHOWN_OUT);
}

#[test]
fn a_body_that_trickles_is_given_up() {
    let bridge = TestBridge::start().unwrap();
    let mut stream = connect(bridge.address()).unwrap();
    write!(
        stream,
        "POST /api/session HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Length: 1000\r\n\r\n",
        bridge.address()
    )
    .unwrap();
    let begun = Instant::now();
    let trickling = trickle(vec![stream.try_clone().unwrap()]);
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 400");
    within(begun, BODY_GIVEN_UP);
    drop(trickling);
}

/// Sends a byte on each now and then, as long as what is given back lives.
fn trickle(mut streams: Vec<TcpStream>) -> std::sync::mpsc::Sender<()> {
    let (alive, ended): (_, Receiver<()>) = channel();
    thread::spawn(move || {
        while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
            // One that was shown out cannot be written to any more.
            streams.retain_mut(|stream| stream.write_all(b"x").is_ok());
        }
    });
    alive
}

fn greeting(bridge: SocketAddr) -> Duration {
    let dialled = Instant::now();
    Raw::greeted(bridge).unwrap();
    dialled.elapsed()
}

fn within(begun: Instant, seconds: Range<u64>) {
    assert!(seconds.contains(&begun.elapsed().as_secs()), "after {:?}", begun.elapsed());
}
