//! Whole numbers and numerals: `two hundred and five`, `quatre-vingt-dix`, `fünfundzwanzig`, `1.500`, `10k`, and their
//! ordinals.
//!
//! All languages count alike: what is said next must fit into the room that what was said before has left. After
//! `two thousand` there is room for anything below a thousand, after `five` for nothing.

use super::numeral;
use super::scan::Scan;
use crate::language::tokens::{Gap, Shape};
use crate::language::{Kind, Sense};
use crate::number::remainder;

/// More is not counted with.
const VALUE_MAX: f64 = 1e15;

/// A number that begins at some piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// The number; `None` for a numeral that cannot be read.
    pub value: Option<f64>,
    /// The place after it.
    pub end: usize,
    /// What a half of it is a half of: a million in `a million and a half`.
    pub unit: f64,
    /// Whether it names a place in an order.
    pub ordinal: bool,
    /// Whether it is only an article.
    pub article: bool,
    /// Whether it begins with digits.
    pub numeral: bool,
}

/// The number that begins at a place.
pub fn at(scan: &Scan<'_>, at: usize) -> Option<Count> {
    let start = Counting { scan, sum: Sum::NOTHING, end: at, ordinal: false, article: false, numeral: false };
    let mut counting = start.begin()?;
    while counting.go_on() {}
    let Counting { sum, end, ordinal, article, numeral, .. } = counting;
    let value = Some(sum.value()).filter(|value| *value < VALUE_MAX);
    Some(Count { value, end, unit: sum.unit, ordinal, article, numeral })
}

/// A number that is being read.
#[derive(Clone, Copy)]
struct Counting<'a> {
    scan: &'a Scan<'a>,
    sum: Sum,
    end: usize,
    ordinal: bool,
    article: bool,
    numeral: bool,
}

impl Counting<'_> {
    fn begin(mut self) -> Option<Self> {
        if let Some(numeral) = numeral::at(self.scan, self.end) {
            let Some(value) = numeral.value else { return Some(self.unreadable(numeral.end)) };
            self.sum.add(value);
            (self.end, self.numeral) = (numeral.end, true);
            self.ordinal = self.end_of_ordinal();
            return Some(self);
        }
        let begins = [Kind::Number, Kind::Ordinal, Kind::Scale, Kind::Article];
        let (sense, end) = self.scan.longest(self.end, &begins)?;
        if sense.kind == Kind::Article {
            let scaled = self.scan.sense(end, Kind::Scale).is_some();
            self.article = !scaled;
            if !scaled && !self.scan.locale.language.habits.article_is_one {
                return None;
            }
        } else if sense.kind == Kind::Scale && self.one_letter(self.end) {
            return None;
        }
        self.take(sense, end).then_some(self)
    }

    fn unreadable(mut self, end: usize) -> Self {
        (self.end, self.numeral) = (end, true);
        self.sum.total = VALUE_MAX;
        self
    }

    /// Takes what belongs to the number too.
    fn go_on(&mut self) -> bool {
        if self.scan.token(self.end).is_none_or(|token| token.gap == Gap::Break) {
            return false;
        }
        if let Some((_, after)) = self.scan.sense(self.end, Kind::And)
            && self.joins(after)
        {
            return true;
        }
        let digits = self.scan.token(self.end).is_some_and(|token| token.shape == Shape::Digits);
        if digits && self.sum.after_scale() {
            let numeral = numeral::at(self.scan, self.end);
            let fits =
                |numeral: &numeral::Numeral| numeral.value.is_some_and(|value| self.sum.has_room(value));
            return numeral.filter(fits).is_some_and(|numeral| {
                self.end = numeral.end;
                numeral.value.is_some_and(|value| self.sum.add(value))
            });
        }
        let found = self.scan.longest(self.end, &[Kind::Number, Kind::Ordinal, Kind::Scale]);
        let found = found.or_else(|| self.article_inside(self.end));
        found.is_some_and(|(sense, end)| {
            let letter = sense.kind == Kind::Scale && self.one_letter(self.end);
            // `50 cents` in French are not five thousand.
            let hundreds = self.numeral && sense.kind == Kind::Scale && sense.value == 100.0;
            (!letter || self.numeral) && !hundreds && self.take(sense, end)
        })
    }

    /// Whether `and` goes on in the number with what stands at a place.
    fn joins(&mut self, at: usize) -> bool {
        let habits = &self.scan.locale.language.habits;
        let found = self.scan.longest(at, &[Kind::Number, Kind::Ordinal]).or_else(|| self.article_inside(at));
        let Some((sense, end)) = found else { return false };
        if habits.compounds && self.sum.ends_in_unit() && sense.kind == Kind::Number && is_tens(sense.value) {
            self.sum.group += sense.value;
            self.end = end;
            return true;
        }
        self.sum.room >= habits.and_after && !self.numeral && self.take(sense, end)
    }

    /// `treinta y un`; but not the article of `y un cuarto`.
    fn article_inside(&self, at: usize) -> Option<(Sense, usize)> {
        let (value, end) = self.scan.sense(at, Kind::Article)?;
        let one = self.scan.locale.language.habits.article_is_one;
        let fraction = self.scan.sense(end, Kind::PartOf).is_some();
        (one && !fraction).then_some((Sense { kind: Kind::Article, value }, end))
    }

    fn take(&mut self, sense: Sense, end: usize) -> bool {
        let ordinal = sense.kind == Kind::Ordinal;
        // After an ordinal only ordinals go on: `vigésimo primeiro`.
        let fits = (ordinal || !self.ordinal) && self.sum.take(sense);
        if fits {
            self.ordinal |= ordinal;
            self.end = end;
        }
        fits
    }

    /// Takes the `th` of `5th`; but not the `a` of `5 a.m.`
    fn end_of_ordinal(&mut self) -> bool {
        let near = self.scan.token(self.end).is_some_and(|t| matches!(t.gap, Gap::None | Gap::Hyphen));
        let hour = self.scan.longest(self.end, &[Kind::Am, Kind::Pm]).is_some();
        match self.scan.sense(self.end, Kind::OrdinalEnd) {
            Some((_, end)) if near && !hour => {
                self.end = end;
                true
            }
            Some(_) | None => false,
        }
    }

    fn one_letter(&self, at: usize) -> bool {
        self.scan.tokens.text(at..at + 1).chars().nth(1).is_none()
    }
}

/// What has been counted, and the room for more.
#[derive(Clone, Copy)]
pub struct Sum {
    /// Thousands and more.
    total: f64,
    /// What is counted since.
    group: f64,
    /// What is added must be less.
    room: f64,
    /// The last scale of a thousand or more.
    top: f64,
    /// The scale that was said last, if nothing was said after it; a hundred does not count.
    unit: f64,
}

impl Sum {
    /// Nothing yet.
    pub const NOTHING: Self =
        Self { total: 0.0, group: 0.0, room: f64::INFINITY, top: f64::INFINITY, unit: 1.0 };

    /// The number so far.
    pub fn value(&self) -> f64 {
        self.total + self.group
    }

    /// Whether so much can be added.
    pub fn has_room(&self, value: f64) -> bool {
        self.room == f64::INFINITY || (value >= 1.0 && value < self.room)
    }

    fn after_scale(&self) -> bool {
        self.group == 0.0 && self.total > 0.0
    }

    fn ends_in_unit(&self) -> bool {
        let unit = remainder(self.group, 100.0);
        self.room == 0.0 && (1.0..10.0).contains(&unit)
    }

    fn add(&mut self, value: f64) -> bool {
        let fits = self.has_room(value);
        if fits {
            self.group += value;
            (self.room, self.unit) = (room_after(value), 1.0);
        }
        fits
    }

    /// Adds or multiplies.
    pub fn take(&mut self, sense: Sense) -> bool {
        if sense.kind == Kind::Scale {
            self.scale(sense.value)
        } else if sense.kind == Kind::Article {
            self.add(1.0)
        } else {
            self.add(sense.value)
        }
    }

    fn scale(&mut self, scale: f64) -> bool {
        let fresh = self.group == 0.0;
        let fits = match scale {
            ..1000.0 if fresh => self.room > scale,
            ..1000.0 => self.group < 100.0 && self.group * scale < self.top,
            _ => scale != self.top,
        };
        if !fits {
            return false;
        }
        let group = if fresh { 1.0 } else { self.group };
        self.unit = if scale == 100.0 { 1.0 } else { scale };
        if scale < 1000.0 {
            self.group = group * scale;
            self.room = if scale == 100.0 { scale } else { 0.0 };
            return true;
        }
        // A thousand millions are a billion; a million and a thousand are not.
        let larger = scale > self.top;
        self.total = if larger { (self.total + self.group) * scale } else { self.total + group * scale };
        (self.group, self.room, self.top) = (0.0, scale, scale);
        true
    }
}

/// The tens have room for units, the hundreds for tens. In French, sixty and eighty have room for twenty.
fn room_after(value: f64) -> f64 {
    if value == 60.0 || value == 80.0 {
        return 20.0;
    }
    let powers = [1e6, 1000.0, 100.0, 10.0];
    let fits = |power: &f64| value >= 20.0 && remainder(value, *power) == 0.0;
    powers.into_iter().find(fits).unwrap_or(0.0)
}

/// Twenty, thirty and so on.
pub fn is_tens(value: f64) -> bool {
    (20.0..100.0).contains(&value) && remainder(value, 10.0) == 0.0
}
