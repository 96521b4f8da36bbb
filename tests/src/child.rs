//! Child processes that cannot outlive the test: each runs in a group of its own, and a watcher kills the group when the
//! test's process is gone, however it went.

use anyhow::{Context, Result, bail, ensure};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A killed group has this long to be gone.
const GONE_WITHIN: Duration = Duration::from_secs(10);

/// Lines of output that are remembered.
const LINES_MAX: usize = 5_000;

/// A running program with everything it starts. Dropped, it is killed; the drop panics when something survives.
#[derive(Debug)]
pub struct Guarded {
    name: String,
    child: Child,
    watcher: Child,
    output: Output,
}

/// What a program has said so far, both streams in order of arrival.
#[derive(Clone, Debug, Default)]
pub struct Output {
    lines: Arc<(Mutex<VecDeque<String>>, Condvar)>,
}

impl Guarded {
    /// Starts a program; what it says is kept in `output`.
    pub fn start(mut command: Command, output: &Output) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.process_group(0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{name} cannot be started"))?;
        output.listen(child.stdout.take());
        output.listen(child.stderr.take());
        let watcher = watch(child.id()).inspect_err(|_| {
            // Already failing; the error that is reported is the watcher's.
            let _ = child.kill();
        })?;
        Ok(Self { name, child, watcher, output: output.clone() })
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has said.
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// Sends it, and everything it has started, a signal: `STOP`, `CONT`.
    pub fn signal(&self, signal: &str) -> Result<()> {
        ensure!(signal_group(signal, self.child.id()), "{} is not there to be signalled", self.name);
        Ok(())
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    /// Sends it SIGTERM, and waits until it has ended by itself.
    pub fn stop(mut self) -> Result<()> {
        self.signal("TERM")?;
        let until = Instant::now() + GONE_WITHIN;
        while !self.has_ended()? {
            ensure!(Instant::now() < until, "{} does not stop", self.name);
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Kills it with SIGKILL, and everything it has started, and waits until all of it is gone.
    pub fn kill(&mut self) -> Result<()> {
        signal_group("KILL", self.child.id());
        self.child.wait().with_context(|| format!("{} cannot be waited for", self.name))?;
        let until = Instant::now() + GONE_WITHIN;
        while signal_group("0", self.child.id()) {
            if Instant::now() > until {
                bail!("{} left processes running in group {}", self.name, self.child.id());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let gone = self.kill();
        drop(self.watcher.stdin.take());
        // The watcher has nothing left to kill and ends by itself.
        let _ = self.watcher.wait();
        if let Err(error) = gone {
            assert!(std::thread::panicking(), "{error:#}");
        }
    }
}

/// Reads until its input closes, which happens when this process ends, then kills the group.
fn watch(group: u32) -> Result<Child> {
    let script = format!("read -r _; kill -s KILL -- -{group} 2>/dev/null");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).process_group(0).stdin(Stdio::piped());
    command.spawn().context("sh, which watches over the processes of a test, cannot be started")
}

/// Whether the group was there to be signalled.
fn signal_group(signal: &str, group: u32) -> bool {
    let mut kill = Command::new("sh");
    kill.args(["-c", &format!("kill -s {signal} -- -{group}")]).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}

impl Output {
    /// Everything said, one line after the other.
    pub fn text(&self) -> String {
        self.lock().iter().map(|line| format!("{line}\n")).collect()
    }

    /// Waits for the first line, said or still to be said, in which `find` finds something.
    pub fn wait_for<T>(&self, within: Duration, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let until = Instant::now() + within;
        let mut lines = self.lock();
        loop {
            if let Some(found) = lines.iter().find_map(|line| find(line)) {
                return Some(found);
            }
            let left = until.checked_duration_since(Instant::now())?;
            lines = self.lines.1.wait_timeout(lines, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Forgets what was said, so that waiting waits for what comes next.
    pub fn turn_page(&self, title: &str) -> String {
        let said = self.text();
        let mut lines = self.lock();
        lines.clear();
        lines.push_back(title.to_owned());
        said
    }

    fn listen(&self, stream: Option<impl Read + Send + 'static>) {
        let Some(stream) = stream else { return };
        let output = self.clone();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut lines = output.lock();
                if lines.len() == LINES_MAX {
                    lines.pop_front();
                }
                lines.push_back(line);
                output.lines.1.notify_all();
            }
        });
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.lines.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    const SOON: Duration = Duration::from_secs(5);

    #[test]
    fn what_is_said_is_heard_and_everything_is_killed() {
        let output = Output::default();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo its child is $!; wait"]);
        let child = Guarded::start(command, &output).expect("sh is there");
        let number = |line: &str| line.strip_prefix("its child is ").map(str::to_owned);
        let grandchild = output.wait_for(SOON, number).expect("it says so");
        assert!(alive(&grandchild));
        let asked = Instant::now();
        drop(child);
        assert!(!alive(&grandchild) && asked.elapsed() < GONE_WITHIN, "it took {:?}", asked.elapsed());
    }

    #[test]
    fn the_watcher_kills_when_its_owner_is_gone() {
        let mut orphan = Command::new("sleep").arg("60").process_group(0).spawn().expect("sleep is there");
        let mut watcher = watch(orphan.id()).expect("sh is there");
        assert_eq!(orphan.try_wait().expect("it can be asked"), None);
        drop(watcher.stdin.take());
        let status = orphan.wait().expect("it can be waited for");
        assert_eq!(status.signal(), Some(9), "it was killed, and did not end by itself");
        watcher.wait().expect("it can be waited for");
    }

    #[test]
    fn waiting_for_words_that_are_never_said_ends() {
        assert_eq!(Output::default().wait_for(Duration::from_millis(10), |_| Some(())), None);
    }

    fn alive(pid: &str) -> bool {
        Command::new("kill")
            .args(["-0", pid])
            .stderr(Stdio::null())
            .status()
            .expect("kill is there")
            .success()
    }
}
