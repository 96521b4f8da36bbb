//! What the tasks say about their own work, on stderr.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Between two signs of life of a long step, where no terminal shows its progress.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A step begins.
pub fn doing(what: &str) {
    eprintln!("{} {what}", bold("▸"));
}

/// A detail of the present step.
pub fn note(what: &str) {
    eprintln!("  {what}");
}

pub fn error(error: &anyhow::Error) {
    eprintln!("{} {error:#}", bold("error:"));
}

/// "9.4 s", "2 min 05 s".
pub fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..60 => format!("{:.1} s", duration.as_secs_f32()),
        60.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Says every now and then that a step is still at work, until it is dropped. Silent on a terminal, where the programs
/// show their own progress.
pub struct Heartbeat {
    _end: Sender<()>,
}

impl Heartbeat {
    pub fn start(step: &str) -> Self {
        let (end, ended) = channel();
        let (step, began) = (step.to_owned(), Instant::now());
        if !stderr().is_terminal() {
            thread::spawn(move || {
                while ended.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                    note(&format!("… {step}: {} so far", duration(began.elapsed())));
                }
            });
        }
        Self { _end: end }
    }
}

fn bold(text: &str) -> String {
    if stderr().is_terminal() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_have_tenths_and_long_ones_minutes() {
        assert_eq!(duration(Duration::from_millis(9_420)), "9.4 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 05 s");
    }
}
