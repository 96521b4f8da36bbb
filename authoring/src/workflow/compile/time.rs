//! Lengths of time and moments, as people write them.

use jiff::civil::DateTime;
use protocol::Timestamp;

/// A length of time in seconds: `90s`, `15m`, `2h`, `7d`, `1w`, or several of them after each other, as in `1h30m`.
pub fn seconds(written: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut digits = String::new();
    for c in written.chars().filter(|c| *c != ' ') {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit = match c {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        let count: u64 = std::mem::take(&mut digits).parse().ok()?;
        total = total.saturating_add(count.saturating_mul(unit));
    }
    (digits.is_empty() && !written.is_empty()).then_some(total)
}

/// A moment: with an offset as in `2026-12-24T18:00+01:00`, or with a time zone as in `2026-12-24T18:00[Europe/Berlin]`.
pub fn moment(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    let at: jiff::Timestamp = match written.strip_suffix(']').and_then(|text| text.split_once('[')) {
        Some((_, _)) if written.parse::<jiff::Zoned>().is_ok() => {
            written.parse::<jiff::Zoned>().ok()?.timestamp()
        }
        Some((local, zone)) => local.parse::<DateTime>().ok()?.in_tz(zone).ok()?.timestamp(),
        None => written.parse().ok()?,
    };
    u64::try_from(at.as_millisecond()).ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_add_up() {
        for (written, expected) in [
            ("90s", Some(90)),
            ("15m", Some(900)),
            ("1h30m", Some(5_400)),
            ("1d 2h", Some(93_600)),
            ("2w", Some(1_209_600)),
            ("15", None),
            ("m", None),
            ("", None),
            ("1y", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(seconds(written), expected, "{written}");
        }
    }

    #[test]
    fn moments_have_an_offset_or_a_zone() {
        let christmas = Some(Timestamp::from_millis(1_798_131_600_000));
        for written in [
            "2026-12-24T17:00:00Z",
            "2026-12-24T17:00Z",
            "2026-12-24T18:00+01:00",
            "2026-12-24T18:00[Europe/Berlin]",
            "2026-12-24T18:00+01:00[Europe/Berlin]",
        ] {
            assert_eq!(moment(written), christmas, "{written}");
        }
        for written in [
            "2026-12-24",
            "2026-12-24T18:00",
            "tomorrow",
            "1960-01-01T00:00Z",
            "2026-12-24T18:00[Atlantis]",
            "]",
        ] {
            assert_eq!(moment(written), None, "{written}");
        }
    }
}
