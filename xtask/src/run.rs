//! Other programs: run with their output passed through, or read.

use crate::say::{Heartbeat, error};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

/// Runs to the end with everything it prints passed through. An error unless it succeeds.
pub fn run(step: &str, command: &mut Command) -> Result<()> {
    let status = watch(step, command)?;
    if !status.success() {
        bail!("{step}: `{}` ended with {status}", line(command));
    }
    Ok(())
}

/// As [`run`], but what it ends with is the caller's business.
pub fn watch(step: &str, command: &mut Command) -> Result<ExitStatus> {
    let _heartbeat = Heartbeat::start(step);
    command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{step}: `{}` does not start", line(command)))
}

/// Passes everything through and shows each line of stdout to `read` as well.
pub fn follow(step: &str, command: &mut Command, mut read: impl FnMut(&str)) -> Result<ExitStatus> {
    let _heartbeat = Heartbeat::start(step);
    let start = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = start.with_context(|| format!("{step}: `{}` does not start", line(command)))?;
    let mut output = BufReader::new(child.stdout.take().context("a piped stdout")?);
    let mut bytes = Vec::new();
    while output.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(&bytes);
        // Not written to `stdout()`: a test of this must not be counted among the results it imitates.
        print!("{line}");
        read(line.trim_end());
        bytes.clear();
    }
    child.wait().with_context(|| format!("{step}: waiting for `{}`", line(command)))
}

/// What it prints to stdout; `None` when it does not start or does not succeed.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs what may fail without harm: the failure is said, and told by `false`.
pub fn attempt(step: &str, command: &mut Command) -> bool {
    match run(step, command) {
        Ok(()) => true,
        Err(reason) => {
            error(&reason);
            false
        }
    }
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
