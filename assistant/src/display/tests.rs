//! Values as people read them, by kind and locale.

use super::*;
use crate::definition::{DateStyle, Decimals, Expr, Thousands};
use crate::evaluate::sample::{Sample, json};
use jiff::civil::date;
use proptest::prelude::*;

#[test]
fn values_look_as_the_original_shows_them_by_default() {
    for (value, text) in [
        (Value::Nothing, ""),
        (Value::text("as typed"), "as typed"),
        (Value::Number(1234567.891), "1234567.891"),
        (Value::Number(0.1 + 0.2), "0.3"),
        (Value::YesNo(true), "Yes"),
        (Value::YesNo(false), "No"),
        (Value::Date(date(2021, 6, 30)), "Jun 30, 2021"),
        (Value::Time(jiff::civil::time(17, 15, 0, 0)), "5:15 PM"),
        (Value::DateTime(date(2021, 6, 30).at(0, 5, 0, 0)), "Jun 30, 2021, 12:05 AM"),
        (money(12.5, "USD"), "12.5"),
        (Value::Percent(15.0), "15"),
        (json("{\"a\":[1]}"), "{\"a\":[1]}"),
        (json("{\"id\":7,\"label\":\"Seven\"}"), "Seven"),
    ] {
        assert_eq!(shown(&value, &us()), text);
    }
}

#[test]
fn dates_follow_the_locale_and_the_style() {
    let styles = [DateStyle::Short, DateStyle::Medium, DateStyle::Long, DateStyle::Full];
    for (locale, texts) in [
        ("en-US", ["6/3/21", "Jun 3, 2021", "June 3, 2021", "Thursday, June 3, 2021"]),
        ("en_gb", ["03/06/2021", "3 Jun 2021", "3 June 2021", "Thursday 3 June 2021"]),
        ("es", ["3/6/21", "3 jun 2021", "3 de junio de 2021", "jueves, 3 de junio de 2021"]),
        ("fr-BE", ["03/06/2021", "3 juin 2021", "3 juin 2021", "jeudi 3 juin 2021"]),
        ("fr-CA", ["2021-06-03", "3 juin 2021", "3 juin 2021", "jeudi 3 juin 2021"]),
        ("pt-PT", ["03/06/21", "03/06/2021", "3 de junho de 2021", "quinta-feira, 3 de junho de 2021"]),
        (
            "pt-BR",
            ["03/06/2021", "3 de jun. de 2021", "3 de junho de 2021", "quinta-feira, 3 de junho de 2021"],
        ),
        ("de", ["03.06.21", "03.06.2021", "3. Juni 2021", "Donnerstag, 3. Juni 2021"]),
        ("ru", ["03.06.2021", "3 июн. 2021 г.", "3 июня 2021 г.", "четверг, 3 июня 2021 г."]),
        ("ja-JP", ["2021-06-03"; 4]),
        ("", ["2021-06-03"; 4]),
    ] {
        for (style, text) in styles.into_iter().zip(texts) {
            let display = Display { date: style, ..display(locale) };
            assert_eq!(shown(&Value::Date(date(2021, 6, 3)), &display), text, "{locale} {style:?}");
        }
    }
    for (style, text) in [(DateStyle::YearMonthDayShort, "21/06/03"), (DateStyle::YearMonthDay, "2021/06/03")]
    {
        let display = Display { date: style, ..us() };
        assert_eq!(shown(&Value::Date(date(2021, 6, 3)), &display), text);
    }
}

#[test]
fn times_follow_the_locale_and_the_style() {
    for (locale, short, medium) in [
        ("en", "5:05 PM", "5:05:00 PM"),
        ("en-GB", "17:05", "17:05:00"),
        ("en-AU", "5:05 PM", "5:05:00 PM"),
        ("es", "17:05", "17:05:00"),
        ("fr-CA", "17 h 05", "17 h 05 min 00 s"),
        ("ru", "17:05", "17:05:00"),
        ("ja", "17:05", "17:05:00"),
    ] {
        let time = Value::Time(jiff::civil::time(17, 5, 0, 0));
        let medium_style = Display { time: TimeStyle::Medium, ..display(locale) };
        assert_eq!(shown(&time, &display(locale)), short, "{locale}");
        assert_eq!(shown(&time, &medium_style), medium, "{locale}");
    }
}

#[test]
fn numbers_follow_the_locale_and_the_settings() {
    let grouped = |locale: &str, thousands| Display { thousands, ..display(locale) };
    for (locale, thousands, number, text) in [
        ("en", Thousands::Locale, 1234567.5, "1,234,567.5"),
        ("en", Thousands::Locale, -123.0, "-123"),
        ("de", Thousands::Locale, -1234.5, "-1.234,5"),
        ("es", Thousands::Locale, 1234.0, "1234"),
        ("es", Thousands::Locale, 12345.0, "12.345"),
        ("es-MX", Thousands::Locale, 1234.5, "1,234.5"),
        ("fr", Thousands::Locale, 1234.5, "1\u{202f}234,5"),
        ("pt-PT", Thousands::Locale, 12345.0, "12\u{a0}345"),
        ("pt", Thousands::Locale, 1234.0, "1.234"),
        ("ru", Thousands::Locale, 1234.0, "1\u{a0}234"),
        ("de-CH", Thousands::Locale, 1234.5, "1’234.5"),
        ("de", Thousands::None, 1234.5, "1234,5"),
        ("de", Thousands::Comma, 1234.5, "1,234.5"),
        ("en", Thousands::Point, 1234.5, "1.234,5"),
    ] {
        assert_eq!(
            shown(&Value::Number(number), &grouped(locale, thousands)),
            text,
            "{locale} {thousands:?}"
        );
    }
    let fixed = Display { decimals: Decimals::Fixed(2), ..us() };
    assert_eq!(shown(&Value::Number(2.345), &fixed), "2.35");
    assert_eq!(shown(&Value::Number(2.0), &fixed), "2.00");
    let too_fine = Display { decimals: Decimals::Fixed(200), ..us() };
    assert_eq!(shown(&Value::Number(1.0), &too_fine), "1.00000000000000");
}

#[test]
fn amounts_stand_beside_their_currency_where_that_is_wanted() {
    for (locale, amount, currency, text) in [
        ("en-US", 1234.5, "USD", "$1,234.50"),
        ("en-US", -3.0, "EUR", "-€3.00"),
        ("en-US", 3.0, "CHF", "CHF\u{a0}3.00"),
        ("en-US", 3.0, "", "3.00"),
        ("en-CA", 3.0, "CAD", "$3.00"),
        ("en-CA", 3.0, "USD", "US$3.00"),
        ("en-GB", 3.0, "GBP", "£3.00"),
        ("es", 3.0, "EUR", "3,00\u{a0}€"),
        ("fr", -3.0, "EUR", "-3,00\u{a0}€"),
        ("pt-BR", 3.0, "BRL", "R$\u{a0}3,00"),
        ("pt-PT", 3.0, "EUR", "3,00\u{a0}€"),
        ("de", 3.0, "EUR", "3,00\u{a0}€"),
        ("de-CH", 3.0, "CHF", "CHF\u{a0}3.00"),
        ("ru", 3.0, "RUB", "3,00\u{a0}₽"),
        ("ja", 3.0, "JPY", "3.00\u{a0}¥"),
    ] {
        let display = Display {
            currency_symbol: true,
            money_decimals: Decimals::Fixed(2),
            thousands: Thousands::Locale,
            ..display(locale)
        };
        assert_eq!(shown(&money(amount, currency), &display), text, "{locale} {currency}");
    }
}

#[test]
fn percentages_have_their_sign_where_amounts_have_theirs() {
    for (locale, text) in [
        ("en", "12.5%"),
        ("es", "12,5\u{a0}%"),
        ("es-MX", "12.5%"),
        ("fr", "12,5\u{202f}%"),
        ("fr-CA", "12,5\u{a0}%"),
        ("pt", "12,5%"),
        ("pt-PT", "12,5%"),
        ("de", "12,5\u{a0}%"),
        ("de-CH", "12.5%"),
        ("ru", "12,5\u{a0}%"),
        ("ja", "12.5%"),
    ] {
        let display = Display { currency_symbol: true, ..display(locale) };
        assert_eq!(shown(&Value::Percent(12.5), &display), text, "{locale}");
    }
}

#[test]
fn several_are_enumerated_in_the_language() {
    let list = json("[\"a\",2,null,\"c\"]");
    for (locale, text) in [
        ("en", "a, 2 and c"),
        ("es", "a, 2 y c"),
        ("fr", "a, 2 et c"),
        ("pt", "a, 2 e c"),
        ("de", "a, 2 und c"),
        ("ru", "a, 2 и c"),
        ("ja", "a, 2, c"),
    ] {
        assert_eq!(shown(&list, &display(locale)), text);
    }
    assert_eq!(shown(&json("[\"a\"]"), &us()), "a");
    assert_eq!(shown(&json("[]"), &us()), "");
}

#[test]
fn every_language_names_twelve_months_and_seven_days() {
    for tag in ["en", "es", "fr", "pt", "de", "ru", "ja"] {
        let names = Locale::of(tag).names;
        for (row, count) in
            [(names.months, 12), (names.months_short, 12), (names.weekdays, 7), (names.weekdays_short, 7)]
        {
            assert_eq!(row.split(' ').count(), count, "{row}");
        }
    }
}

#[test]
fn texts_are_filled_in_and_failures_told() {
    let insert = |name: &str| Part::Insert(Expr::Step(name.to_owned()));
    let words = |words: &str| Part::Words(words.to_owned());
    let broken = Part::Insert(Expr::Index(Box::new(Expr::Input), Box::default()));
    let text = Text(vec![words("On "), insert("day"), insert("ghost"), words(": "), broken, words("!")]);
    let mut failures = Vec::new();
    assert_eq!(render(&text, &mut Sample::new(), &mut failures), "On Apr 20, 2026: !");
    assert_eq!(failures.len(), 1);
}

#[test]
fn a_text_stops_at_its_bound() {
    let mut scope = Sample::new();
    scope.variables.insert("long".to_owned(), Value::Text("é".repeat(20_000)));
    let text = Text(vec![Part::Insert(Expr::Variable("long".to_owned())); 4]);
    let rendered = render(&text, &mut scope, &mut Vec::new());
    assert!((RENDERED_BYTES_MAX - 1..=RENDERED_BYTES_MAX).contains(&rendered.len()), "{}", rendered.len());
}

proptest! {
    #[test]
    fn no_value_and_no_settings_make_showing_panic(
        number in any::<f64>().prop_filter("finite", |number| number.is_finite()),
        digits in any::<u8>(),
        tag in "[a-zA-Z_-]{0,8}|en|de|es-MX|pt-PT",
        days in -4_000_000i64..2_900_000,
        thousands in prop::sample::select(vec![Thousands::None, Thousands::Locale, Thousands::Point]),
    ) {
        let display = Display {
            decimals: Decimals::Fixed(digits),
            thousands,
            currency_symbol: true,
            date: DateStyle::Full,
            ..display(&tag)
        };
        let day = date(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(days * 24));
        let several = vec![Value::Number(number), money(number, &tag), Value::Percent(number), Value::Date(day)];
        prop_assert!(!shown(&Value::List(several), &display).is_empty());
    }

    #[test]
    fn no_pattern_of_a_date_panics(pattern in "\\PC{0,20}|[yMdEaHhmsSzZX' :,.]{0,20}") {
        let at = date(2026, 4, 16).at(14, 30, 5, 0);
        if let Ok(text) = in_pattern(&pattern, at, Locale::of("ru"), Clock::default()) {
            prop_assert!(text.len() <= 40 * pattern.len());
        }
    }
}

fn shown(value: &Value, display: &Display) -> String {
    let texts = Texts { yes: "Yes".to_owned(), no: "No".to_owned(), ..Texts::default() };
    show(value, display, &texts)
}

fn us() -> Display {
    display("en-US")
}

fn display(locale: &str) -> Display {
    Display { locale: locale.to_owned(), ..Display::default() }
}

fn money(amount: f64, currency: &str) -> Value {
    Value::Money { amount, currency: currency.to_owned() }
}
