//! What a run costs the machine, read from `/proc`, and what the machine is.

use anyhow::{Context, Result};
use serde::Serialize;
use std::fs;
use std::time::Duration;

/// `/proc` counts processor time in hundredths of a second on every Linux (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// The machine a run was made on.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    /// Processors.
    pub cores: usize,
    /// Memory, in GiB.
    pub memory_gib: f64,
    /// What else wanted the processors in the minute before.
    pub load_average: f64,
    /// The checkout's commit.
    pub commit: String,
}

/// Memory of a process.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Memory {
    /// Resident, in KiB.
    pub resident_kib: u64,
    /// Its own and its share of what is shared, in KiB.
    pub proportional_kib: u64,
}

impl Machine {
    /// Looks around.
    pub fn look() -> Result<Self> {
        let load = fs::read_to_string("/proc/loadavg").context("this needs Linux's /proc")?;
        let total = field(&fs::read_to_string("/proc/meminfo")?, "MemTotal:");
        let git = std::process::Command::new("git")
            .args(["-C", env!("CARGO_MANIFEST_DIR"), "describe", "--always", "--dirty", "--abbrev=7"])
            .output();
        let commit = git.ok().filter(|output| output.status.success());
        Ok(Self {
            cores: std::thread::available_parallelism()?.get(),
            memory_gib: total as f64 / (1024.0 * 1024.0),
            load_average: load.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(f64::NAN),
            commit: commit
                .map_or_else(String::new, |output| String::from_utf8_lossy(&output.stdout).trim().to_owned()),
        })
    }
}

/// Processor time a process has used, in user space and in the kernel.
pub fn processor_time(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    ticks(&stat).map_or(Duration::ZERO, |ticks| TICK * ticks)
}

/// The same of a process and everything it has started.
pub fn processor_time_of_family(pid: u32) -> Duration {
    processor_time(pid) + children(pid).into_iter().map(processor_time).sum::<Duration>()
}

/// Processes that a process has started.
pub fn children(pid: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = all.filter_map(|entry| {
        let child: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        (parent(&stat)? == pid).then_some(child)
    });
    own.collect()
}

/// Files and connections a process has open.
pub fn open_files(pid: u32) -> usize {
    fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count)
}

/// Memory of a process.
pub fn memory(pid: u32) -> Memory {
    let read = |file: &str| fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default();
    Memory {
        resident_kib: field(&read("status"), "VmRSS:"),
        proportional_kib: field(&read("smaps_rollup"), "Pss:"),
    }
}

/// The fields after the program's name, which may hold anything, blanks and brackets too.
fn after_name(stat: &str) -> Option<std::str::SplitAsciiWhitespace<'_>> {
    Some(stat.rsplit_once(')')?.1.split_ascii_whitespace())
}

fn ticks(stat: &str) -> Option<u32> {
    let mut fields = after_name(stat)?.skip(11);
    let (user, kernel): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + kernel)
}

fn parent(stat: &str) -> Option<u32> {
    after_name(stat)?.nth(1)?.parse().ok()
}

fn field(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_ascii_whitespace().next()?.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programs_name_does_not_shift_the_fields_after_it() {
        let stat = "42 (a) b (c) S 7 42 42 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 3 0 100 1 2";
        assert_eq!((ticks(stat), parent(stat)), (Some(200), Some(7)));
    }

    #[test]
    fn this_process_has_memory() {
        assert!(memory(std::process::id()).resident_kib > 100);
    }
}
