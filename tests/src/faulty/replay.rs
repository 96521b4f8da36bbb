//! From the log of changes and flushes to what a disk holds after its power has gone.

use super::Unflushed;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A disk writes whole sectors.
const SECTOR_BYTES: usize = 512;

/// Bytes in front of each entry of the log.
const HEAD_BYTES: usize = 24;

/// SQLite's shared memory is a file that nobody flushes: it is made anew after the power was gone.
const SHARED_MEMORY: &str = "-shm";

/// What the power took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lost {
    /// Flushes that had ended.
    pub flushes: usize,
    /// Changes that were not flushed.
    pub writes: usize,
}

#[derive(Debug)]
enum Change {
    Wrote { offset: usize, data: Vec<u8> },
    Cut(usize),
}

/// A file that was changed.
#[derive(Debug, Default)]
struct File {
    /// What is safe; `None` while its name is not.
    safe: Option<Vec<u8>>,
    pending: Vec<Change>,
    /// Flushes under way: their number, and how many of the pending changes they cover.
    flushing: BTreeMap<u64, usize>,
}

/// One entry of the log.
struct Entry<'a> {
    kind: u8,
    path: PathBuf,
    offset: u64,
    data: &'a [u8],
}

/// Brings the disk to the state it would have. `copy` is what was safe when the log began.
pub fn replay(log: &[u8], disk: &Path, copy: &Path, unflushed: Unflushed) -> Result<Lost> {
    let mut files: BTreeMap<PathBuf, File> = BTreeMap::new();
    let mut lost = Lost::default();
    let mut rest = log;
    while let Some((entry, behind)) = next(rest)? {
        rest = behind;
        if entry.path.is_dir() {
            // Names are there once their file was flushed.
            continue;
        }
        if matches!(entry.kind, b'u' | b'm') {
            let file = files.remove(&entry.path).unwrap_or_else(|| File::of(&entry.path, disk, copy));
            if entry.kind == b'm' {
                files.insert(PathBuf::from(std::str::from_utf8(entry.data)?), file);
            }
            continue;
        }
        let file = files.entry(entry.path.clone()).or_insert_with(|| File::of(&entry.path, disk, copy));
        lost.flushes += usize::from(entry.kind == b'd');
        file.takes(&entry)?;
    }
    for (path, mut file) in files {
        lost.writes += file.pending.len();
        match file.left(unflushed) {
            Some(content) => fs::write(&path, content)?,
            None => fs::remove_file(&path).or_else(is_missing)?,
        }
    }
    for entry in fs::read_dir(disk)?.flatten() {
        if entry.file_name().to_string_lossy().ends_with(SHARED_MEMORY) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(lost)
}

impl File {
    fn of(path: &Path, disk: &Path, copy: &Path) -> Self {
        let safe = path.strip_prefix(disk).ok().and_then(|inside| fs::read(copy.join(inside)).ok());
        Self { safe, ..Self::default() }
    }

    fn takes(&mut self, entry: &Entry<'_>) -> Result<()> {
        let offset = usize::try_from(entry.offset);
        match entry.kind {
            b'w' => self.pending.push(Change::Wrote { offset: offset?, data: entry.data.to_vec() }),
            b't' => self.pending.push(Change::Cut(offset?)),
            b'f' => drop(self.flushing.insert(entry.offset, self.pending.len())),
            b'd' => {
                let covered = self.flushing.remove(&entry.offset).unwrap_or(0);
                let safe = self.safe.get_or_insert_default();
                self.pending.drain(..covered).for_each(|change| change.apply(safe));
                self.flushing.values_mut().for_each(|count| *count = count.saturating_sub(covered));
            }
            other => bail!("the log has an entry of the kind {other}"),
        }
        Ok(())
    }

    fn left(&mut self, unflushed: Unflushed) -> Option<Vec<u8>> {
        let torn = self.pending.drain(..).filter(|_| unflushed == Unflushed::Torn);
        let safe = self.safe.as_mut()?;
        torn.for_each(|change| change.apply_partly(safe));
        self.safe.take()
    }
}

impl Change {
    fn apply(self, file: &mut Vec<u8>) {
        match self {
            Self::Wrote { offset, data } => put(file, offset, &data),
            Self::Cut(bytes) => file.resize(bytes, 0),
        }
    }

    fn apply_partly(self, file: &mut Vec<u8>) {
        match self {
            Self::Wrote { mut offset, data } => {
                for sector in data.chunks(SECTOR_BYTES) {
                    if fastrand::bool() {
                        put(file, offset, sector);
                    }
                    offset += sector.len();
                }
            }
            Self::Cut(bytes) if fastrand::bool() => file.resize(bytes, 0),
            Self::Cut(_) => {}
        }
    }
}

fn put(file: &mut Vec<u8>, offset: usize, data: &[u8]) {
    let end = offset + data.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(data);
}

/// The first entry, and what is behind it. An entry that is cut off was being written when the program was killed.
fn next(log: &[u8]) -> Result<Option<(Entry<'_>, &[u8])>> {
    let Some((head, rest)) = log.split_at_checked(HEAD_BYTES) else { return Ok(None) };
    let word = |at: usize| head[at..at + 4].try_into().map(u32::from_ne_bytes);
    let long = |at: usize| head[at..at + 8].try_into().map(u64::from_ne_bytes);
    let kind = u8::try_from(word(0)?).context("no kind of entry")?;
    let bytes = if matches!(kind, b'w' | b'm') { usize::try_from(long(16)?)? } else { 0 };
    let path_bytes = usize::try_from(word(4)?)?;
    let Some((path, rest)) = rest.split_at_checked(path_bytes) else { return Ok(None) };
    let Some((data, rest)) = rest.split_at_checked(bytes) else { return Ok(None) };
    let path = PathBuf::from(std::str::from_utf8(path)?);
    Ok(Some((Entry { kind, path, offset: long(8)?, data }, rest)))
}

fn is_missing(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
