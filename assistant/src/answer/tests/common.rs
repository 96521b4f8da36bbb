//! What is the same in every language: plain and inside, limits, patterns, texts.

use super::options::bikes;
use super::*;
use crate::definition::NamedPattern;

#[test]
fn an_answer_alone_is_plain_and_among_words_inside() {
    for (said, plain) in [
        ("3", true),
        ("#1042", true),
        ("€20", true),
        ("3 please", true),
        ("for 3 days please", false),
        ("3days", false),
        ("about two weeks", false),
        ("order VR-1042", false),
    ] {
        match read(&NUMBER, said, &english()) {
            Reading::Plain(_) => assert!(plain, "{said}"),
            Reading::Inside(_) => assert!(!plain, "{said}"),
            other @ (Reading::Two(..) | Reading::Refused(_)) => panic!("{said}: {other:?}"),
        }
    }
}

#[test]
fn the_language_and_its_region_decide_what_a_point_means() {
    for (language, said, number) in [
        ("en", "1.500", "1.5"),
        ("en", "1,500", "1500"),
        ("en", "10 000", "10000"),
        ("en", "10 500", "10500"),
        ("en", "1\u{202f}000\u{a0}000", "1000000"),
        ("fr", "1\u{202f}000", "1000"),
        ("pt", "1\u{a0}000 000", "1000000"),
        ("ru", "1\u{2009}500,5", "1500.5"),
        ("en", "10\u{a0}000", "10000"),
        ("de-AT", "1.500", "1500"),
        ("de-AT", "1,500", "1.5"),
        ("de-AT", "10 000", "10000"),
        ("de-CH", "1'500.50", "1500.5"),
        ("de-CH", "1.500", "1.5"),
        ("es-ES", "1.500", "1500"),
        ("es-MX", "1.500", "1.5"),
        ("es-MX", "1,500.25", "1500.25"),
        ("ja", "1.500", "1.5"),
        ("it", "1.500", "1500"),
        ("tlh", "3,5", "3.5"),
    ] {
        check(language, &NUMBER, &[(said, number)]);
    }
}

#[test]
fn three_digits_behind_a_mark_are_what_the_language_says_or_nothing() {
    for (language, number, money) in [
        (
            "en",
            [("1,500", "1500"), ("1.500", "1.5"), ("10.000", "-")],
            [("$1,500", "1500 USD"), ("$1.500", "-"), ("$1.000", "-")],
        ),
        (
            "es-MX",
            [("1,500", "1500"), ("1.500", "1.5"), ("10.000", "-")],
            [("1,500", "1500"), ("1.500", "-"), ("10.000", "-")],
        ),
        (
            "de",
            [("1.500", "1500"), ("1,500", "1.5"), ("10,000", "-")],
            [("1.500 €", "1500 EUR"), ("1,500 €", "-"), ("10,999", "-")],
        ),
        (
            "fr",
            [("1.500", "1500"), ("1,500", "1.5"), ("10,000", "-")],
            [("1.500 €", "1500 EUR"), ("1,500 €", "-"), ("10,999", "-")],
        ),
        (
            "es",
            [("1.500", "1500"), ("1,500", "1.5"), ("10,000", "-")],
            [("1.500 €", "1500 EUR"), ("1,500 €", "-"), ("10,999", "-")],
        ),
        (
            "pt",
            [("1.500", "1500"), ("1,500", "1.5"), ("10,000", "-")],
            [("1.500 €", "1500 EUR"), ("1,500 €", "-"), ("10,999", "-")],
        ),
        (
            "ru",
            [("1.500", "1500"), ("1,500", "1.5"), ("10,000", "-")],
            [("1.500 €", "1500 EUR"), ("1,500 €", "-"), ("10,999", "-")],
        ),
    ] {
        check(language, &NUMBER, &number);
        check(language, &MONEY, &money);
    }
    check(
        "en",
        &MONEY,
        &[("$10.999", "-"), ("$1,234.50", "1234.5 USD"), ("$0.50", "0.5 USD"), ("$10.99", "10.99 USD")],
    );
    check_mentioned("en", &MONEY, &[("it cost me $10.999", "-")]);
}

#[test]
fn numbers_are_kept_in_their_limits() {
    let days = Expected::Number(Bounds { min: Some(1.0), max: Some(30.0), whole: true });
    check("en", &days, &[("0", "TooSmall"), ("31", "TooGreat"), ("2.5", "NotWhole"), ("30", "30")]);
    let money = Expected::Currency(Bounds { min: Some(5.0), max: Some(100.0), whole: false });
    check("en", &money, &[("$4.99", "TooSmall"), ("$101", "TooGreat"), ("$5", "5 USD"), ("7", "7")]);
    let percent = Expected::Percent(Bounds { min: Some(0.0), max: Some(100.0), whole: false });
    check("en", &percent, &[("-1%", "TooSmall"), ("110%", "TooGreat"), ("100%", "100%")]);
}

#[test]
fn days_are_kept_in_their_limits_and_the_valid_reading_wins() {
    let (from, to) = (Some(date(2026, 5, 6)), Some(date(2026, 12, 31)));
    let ahead = Expected::Date { from, to, weekdays: &[], confirm: true };
    check(
        "en",
        &ahead,
        &[
            ("yesterday", "TooSmall"),
            ("1 January 2027", "TooGreat"),
            ("3/4", "TooSmall"),
            ("3/6", "2026-06-03"),
            ("7/8", "2026-07-08|2026-08-07"),
            ("April 3", "TooSmall"),
            ("Friday", "2026-05-08"),
        ],
    );
    let past = Expected::Date { from: None, to: Some(date(2026, 5, 6)), weekdays: &[], confirm: true };
    check(
        "en",
        &past,
        &[("Friday", "2026-05-01"), ("December 24", "2025-12-24"), ("the 20th", "2026-04-20")],
    );
    let weekdays = Expected::Date { from: None, to: None, weekdays: &[1, 2, 3, 4, 5], confirm: true };
    check("en", &weekdays, &[("May 9", "WrongWeekday"), ("May 8", "2026-05-08"), ("Sunday", "WrongWeekday")]);
    let sure = Expected::Date { from: None, to: None, weekdays: &[], confirm: false };
    check("en", &sure, &[("3/4", "2026-03-04"), ("next Friday", "2026-05-15")]);
}

#[test]
fn a_date_in_figures_and_in_words_is_of_the_same_year() {
    let today = date(2026, 11, 21);
    let context = |language| Context { now: today.at(10, 0, 0, 0), ..context(language) };
    let ahead = Expected::Date { from: Some(today), to: None, weekdays: &[], confirm: true };
    for (language, figures, readings) in [
        ("en-US", "8/7", "2027-08-07|2027-07-08"),
        ("en-GB", "8/7", "2027-07-08|2027-08-07"),
        ("en-GB", "3/6", "2027-06-03|2027-03-06"),
        ("en-GB", "25/6", "2027-06-25"),
        ("en-GB", "8 July", "2027-07-08"),
        ("fr", "8/7", "2027-07-08"),
        ("fr", "le 8 juillet", "2027-07-08"),
        ("es", "8-7", "2027-07-08"),
        ("pt", "8/7", "2027-07-08"),
        ("de", "8.7.", "2027-07-08"),
        ("de", "8/7", "2027-07-08"),
        ("ru", "8.07", "2027-07-08"),
    ] {
        assert_eq!(shown(&read(&ahead, figures, &context(language))), readings, "{language}: {figures}");
    }
}

#[test]
fn weeks_from_todays_day_of_the_week_are_asked_about() {
    // A Monday.
    let context = |language| Context { now: date(2026, 5, 11).at(10, 0, 0, 0), ..context(language) };
    for (language, said) in [
        ("en", "Monday week"),
        ("en", "a week on Monday"),
        ("fr", "lundi en huit"),
        ("de", "Montag in acht Tagen"),
        ("de", "Montag in einer Woche"),
        ("es", "de lunes en ocho días"),
        ("pt", "segunda daqui a uma semana"),
        ("ru", "через неделю в понедельник"),
    ] {
        let found = shown(&read(&DATE, said, &context(language)));
        assert_eq!(found, "2026-05-25|2026-05-18", "{language}: {said}");
    }
}

#[test]
fn times_are_kept_in_their_limits_and_the_valid_reading_wins() {
    let time = |hour| Some(jiff::civil::time(hour, 0, 0, 0));
    let day = Expected::Time { from: time(9), to: time(18), confirm: true };
    check(
        "en",
        &day,
        &[
            ("at 5", "17:00"),
            ("10:30", "10:30"),
            ("7 pm", "TooGreat"),
            ("8am", "TooSmall"),
            ("8", "TooSmall"),
        ],
    );
    let night = Expected::Time { from: time(22), to: time(6), confirm: true };
    check("en", &night, &[("11 pm", "23:00"), ("5", "05:00"), ("noon", "TooSmall"), ("at 10", "22:00")]);
    let sure = Expected::Time { from: None, to: None, confirm: false };
    check("en", &sure, &[("at 5", "05:00")]);
}

#[test]
fn nothing_said_is_empty() {
    for expected in [NUMBER, MONEY, PERCENT, DATE, TIME, YES_NO, Expected::Text, Expected::Options(bikes())] {
        check("en", &expected, &[("", "Empty"), ("  \n", "Empty")]);
    }
}

#[test]
fn any_text_is_a_text() {
    check("en", &Expected::Text, &[("  two words ", "two words"), ("👍", "👍")]);
    check_mentioned("en", &Expected::Text, &[("two words", "-")]);
}

#[test]
fn a_shape_is_found_whole_or_inside() {
    let named = |name: &str, patterns: &[&str]| NamedPattern {
        name: name.to_owned(),
        patterns: patterns.iter().map(|p| (*p).to_owned()).collect(),
    };
    let patterns = [named("order", &["[A-Z]{2}-?[0-9]{4}", "("]), named("mail", &[r"[\w.]+@[\w.]+\w"])];
    let expected = Expected::Pattern(&patterns);
    check(
        "en",
        &expected,
        &[
            ("VR-1042", "VR-1042"),
            ("it is VR1042.", "VR1042"),
            ("a.b@c.org", "a.b@c.org"),
            ("what?", "-"),
            ("(", "-"),
        ],
    );
    check_mentioned("en", &expected, &[("cancel VR-1042 please", "VR-1042"), ("cancel XVR-10421", "-")]);
    let anything = [named("anything", &[".+"])];
    check_mentioned("en", &Expected::Pattern(&anything), &[("cancel it please", "-")]);
}

#[test]
fn whoever_speaks_another_language_is_understood_in_numerals() {
    check("xx", &NUMBER, &[("42", "42"), ("forty", "-"), ("-1", "-1")]);
    check("xx", &DATE, &[("2026-05-07", "2026-05-07"), ("tomorrow", "-")]);
    check("xx", &TIME, &[("17:30", "17:30"), ("noon", "-")]);
    check("xx", &MONEY, &[("€ 20", "20 EUR"), ("20 USD", "20 USD")]);
    check("xx", &PERCENT, &[("20%", "20%")]);
    check("xx", &YES_NO, &[("ok", "yes"), ("👎", "no"), ("👍🏽", "yes")]);
}

fn english() -> Context<'static> {
    super::context("en")
}
