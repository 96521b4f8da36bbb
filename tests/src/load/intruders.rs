//! Those who have no business here: guessers of keys, cookies and passwords, and connections that say nothing. What each of
//! them costs, and what everybody else notices.

use super::Place;
use super::failures::AROUND;
use super::figures::Times;
use super::rates::{DRAIN, Stage};
use super::report::Outcome;
use super::stored::Stored;
use crate::raw;
use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Connections that guess side by side.
const GUESSERS: u32 = 8;

/// A byte on each connection that trickles, so often.
const TRICKLE_EVERY: Duration = Duration::from_millis(500);

/// Silent connections are gone by then.
const GONE_WITHIN: Duration = Duration::from_secs(30);

/// What is shown that is not right.
const FORGED: [(&str, &str, &str); 3] = [
    (
        "wrong keys",
        "GET /api/v1/sites HTTP/1.1\r\nAuthorization: Bearer pk_aaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n",
        "",
    ),
    (
        "wrong cookies",
        "GET /api/v1/session HTTP/1.1\r\nCookie: passerelle_session=\
         abababababababababababababababababababababababababababababababab\r\n",
        "",
    ),
    (
        "wrong passwords",
        "POST /api/v1/session HTTP/1.1\r\nX-Forwarded-For: 192.0.2.1\r\n",
        r#"{"email":"nobody@example.com","password":"a wrong guess"}"#,
    ),
];

/// Guesses at a rate, while conversations go on; each kind after a stretch without any.
pub async fn forged(
    place: &Place<'_>,
    connections: usize,
    rate: f64,
    guesses: f64,
    told: &mut dyn FnMut(Outcome),
) -> Result<()> {
    let lasts = place.plan.lasts;
    for (what, head, body) in FORGED {
        let stage = Stage::set(place, connections, Stored::default()).await?;
        stage.measure(rate, AROUND, connections).await;
        let before = stage.world.cost().bridge;
        let alone = stage.measure(rate, lasts, connections).await;
        let used_alone = stage.world.cost().bridge.saturating_sub(before);
        let address = stage.world.address();
        let request = format!(
            "{head}Host: {address}\r\nOrigin: http://{address}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let each = Duration::from_secs_f64(f64::from(GUESSERS) / guesses);
        let before = stage.world.cost().bridge;
        let guessers: Vec<JoinHandle<Result<u64>>> =
            (0..GUESSERS).map(|_| guess(address, request.clone(), each, lasts)).collect();
        let meanwhile = stage.measure(rate, lasts, connections).await;
        let used = stage.world.cost().bridge.saturating_sub(before);
        let mut count = 0;
        for guesser in guessers {
            count += guesser.join().ok().context("a guesser fell")??;
        }
        stage.field.drained(DRAIN).await;
        let mut outcome = stage.outcome(place, what);
        outcome.figure("guesses a second", count as f64 / lasts.as_secs_f64());
        let more = used.as_secs_f64() - used_alone.as_secs_f64();
        outcome.figure("bridge CPU us each", more.max(0.0) * 1e6 / count.max(1) as f64);
        outcome.figure("others' p50 ms before", alone.delivery.p50);
        outcome.figure("others' p50 ms meanwhile", meanwhile.delivery.p50);
        outcome.figure("others' p99 ms before", alone.delivery.p99);
        outcome.figure("others' p99 ms meanwhile", meanwhile.delivery.p99);
        told(outcome);
        stage.field.end();
    }
    Ok(())
}

/// Connections that do not finish their first request: for how long they stay, and how long others wait for an answer.
pub async fn strangers(place: &Place<'_>, count: usize, told: &mut dyn FnMut(Outcome)) -> Result<()> {
    let stage = Stage::set(place, 100, Stored::default()).await?;
    let address = stage.world.address();
    let before = stage.world.memory().resident_kib;
    let alone = tokio::task::spawn_blocking(move || answers(address, AROUND)).await??;
    let opened = tokio::task::spawn_blocking(move || open(address, count)).await??;
    let begun = Instant::now();
    let goes_on = Arc::new(AtomicBool::new(true));
    let gone = tokio::task::spawn_blocking({
        let goes_on = Arc::clone(&goes_on);
        move || trickle_until_gone(opened, &goes_on)
    });
    let meanwhile = tokio::task::spawn_blocking(move || answers(address, 2 * AROUND)).await??;
    let peak = stage.world.memory().resident_kib;
    let gone = tokio::time::timeout(GONE_WITHIN, gone).await;
    goes_on.store(false, Ordering::Relaxed);
    let all_gone = gone.context("silent connections stay")??;
    ensure!(all_gone, "silent connections stay");
    let mut outcome = stage.outcome(place, "strangers");
    outcome.figure("connections that do not finish their request", count as f64);
    outcome.figure("s until all are shown out", begun.elapsed().as_secs_f64());
    outcome.figure("KiB each", peak.saturating_sub(before) as f64 / count as f64);
    outcome.figure("a new caller's p50 ms before", alone.p50);
    outcome.figure("a new caller's p50 ms meanwhile", meanwhile.p50);
    outcome.figure("a new caller's p99 ms before", alone.p99);
    outcome.figure("a new caller's p99 ms meanwhile", meanwhile.p99);
    told(outcome);
    stage.field.end();
    Ok(())
}

fn guess(bridge: SocketAddr, request: String, each: Duration, lasts: Duration) -> JoinHandle<Result<u64>> {
    thread::spawn(move || {
        let mut stream = raw::connect(bridge)?;
        let (begun, mut count) = (Instant::now(), 0_u32);
        while begun.elapsed() < lasts {
            let due = begun + each * count;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            stream.write_all(request.as_bytes())?;
            let status = answer(&mut stream)?;
            ensure!(matches!(status, 401 | 429), "a guess was answered {status}");
            count += 1;
        }
        Ok(count.into())
    })
}

/// The status of an answer, which is read to its end.
fn answer(stream: &mut TcpStream) -> Result<u16> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4_096]);
    loop {
        let read = stream.read(&mut chunk)?;
        ensure!(read > 0, "the bridge hung up");
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status");
        }
    }
}

/// How long new connections wait for an answer.
fn answers(bridge: SocketAddr, lasts: Duration) -> Result<super::figures::Spread> {
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < lasts {
        let asked = Instant::now();
        raw::call(bridge, "GET", "/healthz", &[], "")?;
        times.push(asked.elapsed());
        thread::sleep(Duration::from_millis(10));
    }
    Ok(Times::of(times).spread())
}

fn open(bridge: SocketAddr, count: usize) -> Result<Vec<TcpStream>> {
    let beginning = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ";
    let opened = (0..count).map(|_| {
        let mut stream = raw::connect(bridge)?;
        stream.write_all(beginning)?;
        Ok(stream)
    });
    opened.collect()
}

/// Whether the bridge has hung up on all of them.
fn trickle_until_gone(mut opened: Vec<TcpStream>, goes_on: &AtomicBool) -> bool {
    while goes_on.load(Ordering::Relaxed) && !opened.is_empty() {
        thread::sleep(TRICKLE_EVERY);
        opened.retain_mut(|stream| stream.write_all(b"x").is_ok());
    }
    opened.is_empty()
}
