//! Opening hours in a time zone, with days that differ from the week.
//!
//! Hours are what clocks on the wall show: on the day summer time begins, a shop open from 9 to 18 is open from 9 to 18.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use protocol::Timestamp;
use std::collections::BTreeMap;

/// Minutes of a day; a span can end with it.
pub const DAY_MINUTES: u16 = 24 * 60;

/// How far is looked for the next opening: a calendar that stays closed for longer has none.
const DAYS_LOOKED_AHEAD: u16 = 400;

/// What lasts for so long lasts for ever.
const FOR_EVER_MS: u64 = (DAYS_LOOKED_AHEAD as u64 - 2) * 86_400_000;

/// A part of a day, in minutes from midnight; the end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// When it opens.
    pub from: u16,
    /// When it closes, up to [`DAY_MINUTES`].
    pub to: u16,
}

/// When somebody is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: TimeZone,
    /// From Monday.
    week: [Vec<Span>; 7],
    /// Days that differ; a holiday has no spans.
    days: BTreeMap<Date, Vec<Span>>,
}

/// Why a calendar is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    /// Nobody knows the zone.
    #[error("there is no time zone `{0}`: names are those of the IANA database, such as Europe/Berlin")]
    UnknownZone(String),
    /// A span ends before it begins, or is longer than a day.
    #[error(
        "{from} to {to} is no part of a day: minutes run from 0 to 1440 and the end is after the beginning"
    )]
    BadSpan {
        /// As given.
        from: u16,
        /// As given.
        to: u16,
    },
}

impl Calendar {
    /// A calendar; spans may be given in any order and may touch or overlap.
    pub fn new(
        zone: &str,
        week: [Vec<Span>; 7],
        days: BTreeMap<Date, Vec<Span>>,
    ) -> Result<Self, BadCalendar> {
        let zone = TimeZone::get(zone).map_err(|_| BadCalendar::UnknownZone(zone.to_owned()))?;
        let spans = week.iter().chain(days.values()).flatten();
        match spans.copied().find(|span| span.from >= span.to || span.to > DAY_MINUTES) {
            Some(Span { from, to }) => Err(BadCalendar::BadSpan { from, to }),
            None => Ok(Self { zone, week, days }),
        }
    }

    /// Whether it is open at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.openings(at).next().is_some_and(|(from, _)| from <= at)
    }

    /// The day a moment falls on there.
    pub fn day(&self, at: Timestamp) -> Date {
        moment(at).to_zoned(self.zone.clone()).date()
    }

    /// When it next opens or closes after this moment; `None` when it never does again.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        let (from, to) = self.openings(at).next()?;
        let change = if from > at { from } else { to };
        (change.millis_since(at) < FOR_EVER_MS).then_some(change)
    }

    /// Milliseconds it is open between two moments.
    pub fn open_millis(&self, from: Timestamp, to: Timestamp) -> u64 {
        let within = self.openings(from).take_while(|(begins, _)| *begins < to);
        within.map(|(begins, ends)| ends.min(to).millis_since(begins.max(from))).sum()
    }

    /// The moment at which it has been open for so long since `from`; `None` when that never comes.
    pub fn after_open(&self, from: Timestamp, millis: u64) -> Option<Timestamp> {
        let mut left = millis;
        for (begins, ends) in self.openings(from) {
            let begins = begins.max(from);
            let open = ends.millis_since(begins);
            if open >= left {
                return Some(Timestamp::from_millis(begins.millis() + left));
            }
            left -= open;
        }
        None
    }

    /// When it is open, from the opening that lasts at `at` or comes next; those that touch are one.
    fn openings(&self, at: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let today = moment(at).to_zoned(self.zone.clone()).date();
        // An opening that touches midnight may have begun yesterday.
        let days =
            (-1..i64::from(DAYS_LOOKED_AHEAD)).filter_map(move |day| today.checked_add(day.days()).ok());
        let spans = days.flat_map(|day| self.of_day(day));
        Merged { spans, next: None }.filter(move |(_, ends)| *ends > at)
    }

    fn of_day(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
        let mut spans = self.days.get(&day).unwrap_or(&self.week[weekday]).clone();
        spans.sort_unstable();
        spans
            .iter()
            .filter_map(|span| Some((self.moment_of(day, span.from)?, self.moment_of(day, span.to)?)))
            .collect()
    }

    fn moment_of(&self, day: Date, minutes: u16) -> Option<Timestamp> {
        let civil = day.at(0, 0, 0, 0).checked_add(i64::from(minutes).minutes()).ok()?;
        let zoned = self.zone.to_ambiguous_zoned(civil).compatible().ok()?;
        u64::try_from(zoned.timestamp().as_millisecond()).ok().map(Timestamp::from_millis)
    }
}

/// Openings in order, those that touch or overlap made one.
struct Merged<I> {
    spans: I,
    next: Option<(Timestamp, Timestamp)>,
}

impl<I: Iterator<Item = (Timestamp, Timestamp)>> Iterator for Merged<I> {
    type Item = (Timestamp, Timestamp);

    fn next(&mut self) -> Option<Self::Item> {
        let mut one = self.next.take().or_else(|| self.spans.next())?;
        for (from, to) in self.spans.by_ref() {
            if from > one.1 {
                self.next = Some((from, to));
                break;
            }
            one.1 = one.1.max(to);
        }
        Some(one)
    }
}

fn moment(at: Timestamp) -> jiff::Timestamp {
    let millis = i64::try_from(at.millis()).unwrap_or(i64::MAX);
    jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_shop_opens_and_closes_by_the_clock_on_its_wall() {
        let shop = office("Europe/Berlin", BTreeMap::new());
        for (at, open, next) in [
            ("2026-11-20T07:59:59Z", false, "2026-11-20T08:00:00Z"),
            ("2026-11-20T08:00:00Z", true, "2026-11-20T17:00:00Z"),
            ("2026-11-20T17:00:00Z", false, "2026-11-23T08:00:00Z"),
            // Summer time ends on 25 October 2026.
            ("2026-10-23T16:30:00Z", false, "2026-10-26T08:00:00Z"),
            ("2026-10-23T15:59:00Z", true, "2026-10-23T16:00:00Z"),
        ] {
            assert_eq!(
                (shop.is_open(time(at)), shop.next_change(time(at))),
                (open, Some(time(next))),
                "{at}"
            );
        }
    }

    #[test]
    fn a_day_that_differs_replaces_its_weekday() {
        let days =
            [(date(2026, 12, 24), vec![Span { from: 9 * 60, to: 12 * 60 }]), (date(2026, 12, 25), vec![])];
        let shop = office("Europe/Berlin", days.into());
        assert_eq!(shop.next_change(time("2026-12-24T09:00:00Z")), Some(time("2026-12-24T11:00:00Z")));
        assert_eq!(shop.next_change(time("2026-12-24T11:00:00Z")), Some(time("2026-12-28T08:00:00Z")));
    }

    #[test]
    fn nights_through_midnight_are_one_opening() {
        let night = [Span { from: 22 * 60, to: DAY_MINUTES }, Span { from: 0, to: 6 * 60 }].to_vec();
        let club = Calendar::new("UTC", std::array::from_fn(|_| night.clone()), BTreeMap::new()).unwrap();
        assert!(club.is_open(time("2026-11-20T23:59:59Z")) && club.is_open(time("2026-11-21T00:00:00Z")));
        assert_eq!(club.next_change(time("2026-11-20T23:00:00Z")), Some(time("2026-11-21T06:00:00Z")));
        assert_eq!(club.next_change(time("2026-11-21T00:30:00Z")), Some(time("2026-11-21T06:00:00Z")));
    }

    #[test]
    fn who_never_opens_never_changes_and_who_never_closes_is_always_open() {
        let never = Calendar::new("UTC", std::array::from_fn(|_| Vec::new()), BTreeMap::new()).unwrap();
        assert_eq!(
            (never.is_open(time("2026-11-20T00:00:00Z")), never.next_change(time("2026-11-20T00:00:00Z"))),
            (false, None)
        );
        let all = vec![Span { from: 0, to: DAY_MINUTES }];
        let always = Calendar::new("UTC", std::array::from_fn(|_| all.clone()), BTreeMap::new()).unwrap();
        assert!(always.is_open(time("2026-11-20T00:00:00Z")));
        assert_eq!(always.next_change(time("2026-11-20T00:00:00Z")), None);
    }

    #[test]
    fn only_open_time_counts_where_that_is_wanted() {
        let shop = office("Europe/Berlin", BTreeMap::new());
        let (friday, monday) = (time("2026-11-20T16:30:00Z"), time("2026-11-23T09:15:00Z"));
        assert_eq!(shop.open_millis(friday, monday), (30 + 75) * 60_000);
        assert_eq!(shop.after_open(friday, 105 * 60_000), Some(monday));
        assert_eq!(shop.after_open(friday, 30 * 60_000), Some(time("2026-11-20T17:00:00Z")));
    }

    #[test]
    fn a_calendar_that_is_none_says_what_is_wrong() {
        let week = |from, to| std::array::from_fn(|_| vec![Span { from, to }]);
        let wrong = |zone, week| Calendar::new(zone, week, BTreeMap::new()).unwrap_err().to_string();
        assert!(wrong("Mars/Olympus", week(0, 60)).contains("Mars/Olympus"));
        assert!(wrong("UTC", week(60, 60)).contains("60 to 60"));
        assert!(wrong("UTC", week(0, 1_441)).contains("1441"));
    }

    /// Monday to Friday from 9 to 18.
    fn office(zone: &str, days: BTreeMap<Date, Vec<Span>>) -> Calendar {
        let week =
            std::array::from_fn(
                |day| if day < 5 { vec![Span { from: 9 * 60, to: 18 * 60 }] } else { Vec::new() },
            );
        Calendar::new(zone, week, days).unwrap()
    }

    fn time(text: &str) -> Timestamp {
        let at: jiff::Timestamp = text.parse().unwrap();
        Timestamp::from_millis(u64::try_from(at.as_millisecond()).unwrap())
    }
}
