//! Reading a scan piece by piece. A part that is not there takes nothing.

use super::count::Count;
use super::scan::Scan;
use crate::language::tokens::{Gap, Shape};
use crate::language::{Habits, Kind};

/// Nobody says more articles and prepositions in a row. Without a limit, a text of nothing else would take long.
const SKIPPED_MAX: usize = 4;

/// A place in a scan.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    /// What is read.
    pub scan: &'a Scan<'a>,
    /// The place.
    pub at: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at a place.
    pub fn new(scan: &'a Scan<'a>, at: usize) -> Self {
        Self { scan, at }
    }

    /// The language's habits.
    pub fn habits(&self) -> &'static Habits {
        &self.scan.locale.language.habits
    }

    /// Takes a phrase of this kind and tells its value.
    pub fn value(&mut self, kind: Kind) -> Option<f64> {
        let (value, end) = self.scan.sense(self.at, kind)?;
        self.at = end;
        Some(value)
    }

    /// Takes a phrase of this kind.
    pub fn take(&mut self, kind: Kind) -> bool {
        self.value(kind).is_some()
    }

    /// Takes phrases of these kinds, a few of them at most.
    pub fn skip(&mut self, kinds: &[Kind]) {
        for _ in 0..SKIPPED_MAX {
            let Some((_, end)) = self.scan.longest(self.at, kinds) else { return };
            self.at = end;
        }
    }

    /// Reads something, or takes nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    /// Takes a number that [`Count`] read.
    pub fn count(&mut self) -> Option<Count> {
        let count = self.scan.count(self.at)?;
        self.at = count.end;
        Some(count)
    }

    /// Takes a whole number of a range, and nothing when there is another one.
    pub fn whole(&mut self, min: i32, max: i32) -> Option<i32> {
        self.attempt(|c| {
            let count = c.count().filter(|count| !count.ordinal)?;
            whole(count.value?, min, max)
        })
    }

    /// Takes an ordinal of a range.
    pub fn ordinal(&mut self, min: i32, max: i32) -> Option<i32> {
        self.attempt(|c| {
            let count = c.count().filter(|count| count.ordinal)?;
            whole(count.value?, min, max)
        })
    }

    /// Takes a run of digits: its value and how many they are.
    pub fn digits(&mut self) -> Option<(i32, usize)> {
        let token = self.scan.token(self.at).filter(|token| token.shape == Shape::Digits)?;
        let text = &self.scan.tokens.folded[token.folded.clone()];
        let value = text.parse().ok()?;
        self.at += 1;
        Some((value, text.len()))
    }

    /// Takes digits that follow without a space.
    pub fn glued_digits(&mut self) -> Option<(i32, usize)> {
        self.glued().then(|| self.digits())?
    }

    /// Takes this mark where it follows without a space.
    pub fn mark(&mut self, mark: char) -> bool {
        let found = self.glued() && self.shape() == Some(Shape::Mark(mark));
        self.at += usize::from(found);
        found
    }

    /// What the piece here is.
    pub fn shape(&self) -> Option<Shape> {
        self.shape_at(self.at)
    }

    /// What the piece at a place is.
    pub fn shape_at(&self, at: usize) -> Option<Shape> {
        self.scan.token(at).map(|token| token.shape)
    }

    /// Whether nothing stands before the piece here.
    pub fn glued(&self) -> bool {
        self.scan.token(self.at).is_some_and(|token| token.gap == Gap::None)
    }

    /// Whether punctuation stands before the piece here, or the text ends.
    pub fn parted(&self) -> bool {
        self.scan.token(self.at).is_none_or(|token| token.gap == Gap::Break)
    }
}

fn whole(value: f64, min: i32, max: i32) -> Option<i32> {
    (value.fract() == 0.0 && value >= f64::from(min) && value <= f64::from(max)).then_some(value as i32)
}
