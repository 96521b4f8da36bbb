//! A machine that fails as told: its power goes, its disk is full, its calendar jumps.
//!
//! A layer between the program and the C library (`layer.c`, built with the system's compiler) writes down every change of a
//! file and every flush, in their order. After the program was killed, the disk is made to hold what a disk without
//! power would: what was flushed, and of the rest nothing, or sectors of it by chance. Assumed is that the file system keeps
//! its own order: a file's name is there once the file was flushed, and removing and renaming last at once.

mod replay;

use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub use replay::Lost;

const LAYER: &str = include_str!("layer.c");

/// See the module.
#[derive(Debug)]
pub struct Faulty {
    /// Its own things: the layer, the log, the copy.
    folder: TempDir,
    disk: PathBuf,
}

/// What becomes of writes that were not flushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unflushed {
    /// None of them has reached the disk.
    Dropped,
    /// Half of their sectors have, whichever.
    Torn,
}

impl Faulty {
    /// A machine whose disk is this folder.
    pub fn with_disk(disk: &Path) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("passerelle-faulty-").tempdir()?;
        let disk = disk.canonicalize()?;
        let source = folder.path().join("layer.c");
        fs::write(&source, LAYER)?;
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut build = Command::new(compiler);
        build
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(folder.path().join("layer.so"))
            .arg(&source)
            .arg("-ldl");
        let built = build.output().context("the system's C compiler, `cc`, cannot be run")?;
        ensure!(built.status.success(), "the layer is not built: {}", String::from_utf8_lossy(&built.stderr));
        let machine = Self { folder, disk };
        machine.all_is_flushed()?;
        Ok(machine)
    }

    /// Has a program run on it.
    pub fn runs(&self, command: &mut Command) {
        command.env("LD_PRELOAD", self.own("layer.so")).env("LAYER_DISK", &self.disk);
        command.env("LAYER_LOG", self.own("log")).env("LAYER_FULL", self.own("full"));
        command.env("LAYER_CLOCK", self.own("clock"));
    }

    /// From now on what the disk holds is safe. Nothing may run.
    pub fn all_is_flushed(&self) -> Result<()> {
        fs::write(self.own("log"), [])?;
        let copy = self.own("copy");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        copy_folder(&self.disk, &copy)
    }

    /// The power has gone: leaves on the disk what would be there. Whatever ran was killed.
    pub fn loses_power(&self, unflushed: Unflushed) -> Result<Lost> {
        let log = fs::read(self.own("log"))?;
        let lost = replay::replay(&log, &self.disk, &self.own("copy"), unflushed)?;
        self.all_is_flushed()?;
        Ok(lost)
    }

    /// Whether the disk takes anything more: whatever is written fails, but what makes a file shorter.
    pub fn disk_is_full(&self, full: bool) -> Result<()> {
        let flag = self.own("full");
        if full {
            fs::write(flag, [])?
        } else {
            fs::remove_file(flag)?
        }
        Ok(())
    }

    /// The calendar is this far ahead of the true one, or behind.
    pub fn calendar_is_ahead(&self, seconds: i64) -> Result<()> {
        // In one step: whoever looks reads the old or the new one.
        let next = self.own("clock.next");
        fs::write(&next, seconds.to_string())?;
        Ok(fs::rename(next, self.own("clock"))?)
    }

    fn own(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_flushed_is_gone_with_the_power_and_what_was_is_there() {
        let (disk, machine) = machine();
        fs::write(disk.path().join("old"), "before").unwrap();
        machine.all_is_flushed().unwrap();
        for (file, conversion) in [("kept", "fsync"), ("lost", "notrunc"), ("old", "notrunc")] {
            write(&machine, disk.path(), file, conversion);
        }
        let lost = machine.loses_power(Unflushed::Dropped).unwrap();
        assert_eq!(fs::read(disk.path().join("kept")).unwrap(), [0; 4_096]);
        assert!(!disk.path().join("lost").exists());
        assert_eq!(fs::read(disk.path().join("old")).unwrap(), b"before");
        assert_eq!((lost.writes, lost.flushes), (2, 1));
    }

    #[test]
    fn half_of_what_was_not_flushed_may_be_there() {
        let (disk, machine) = machine();
        fs::write(disk.path().join("old"), [7; 4_096]).unwrap();
        machine.all_is_flushed().unwrap();
        write(&machine, disk.path(), "old", "notrunc");
        machine.loses_power(Unflushed::Torn).unwrap();
        let left = fs::read(disk.path().join("old")).unwrap();
        assert_eq!(left.len(), 4_096);
        assert!(left.chunks(512).all(|sector| sector == [0; 512] || sector == [7; 512]));
    }

    #[test]
    fn on_a_full_disk_nothing_can_be_written_until_there_is_room_again() {
        let (disk, machine) = machine();
        fs::write(disk.path().join("old"), [7; 4_096]).unwrap();
        machine.disk_is_full(true).unwrap();
        assert!(!try_write(&machine, disk.path(), "new", "notrunc"));
        assert!(!try_write(&machine, disk.path(), "old", "notrunc"));
        assert_eq!(fs::read(disk.path().join("old")).unwrap(), [7; 4_096]);
        machine.disk_is_full(false).unwrap();
        assert!(try_write(&machine, disk.path(), "new", "notrunc"));
        assert!(try_write(&machine, disk.path(), "old", "notrunc"));
    }

    #[test]
    fn the_calendar_jumps() {
        let (_disk, machine) = machine();
        let year = |machine: &Faulty| {
            let mut date = Command::new("date");
            date.arg("+%s");
            machine.runs(&mut date);
            let told = String::from_utf8(date.output().unwrap().stdout).unwrap();
            told.trim().parse::<i64>().unwrap()
        };
        let now = year(&machine);
        machine.calendar_is_ahead(-3_600).unwrap();
        assert!((-3_600..-3_500).contains(&(year(&machine) - now)));
    }

    fn machine() -> (TempDir, Faulty) {
        let disk = tempfile::tempdir().unwrap();
        let machine = Faulty::with_disk(disk.path()).unwrap();
        (disk, machine)
    }

    fn write(machine: &Faulty, disk: &Path, file: &str, conversion: &str) {
        assert!(try_write(machine, disk, file, conversion));
    }

    /// A page of zeros at the beginning of a file.
    fn try_write(machine: &Faulty, disk: &Path, file: &str, conversion: &str) -> bool {
        let mut dd = Command::new("dd");
        dd.args(["if=/dev/zero", "bs=4096", "count=1", "status=none"]).arg(format!("conv={conversion}"));
        dd.arg(format!("of={}", disk.join(file).display()));
        machine.runs(&mut dd);
        dd.output().unwrap().status.success()
    }
}
