//! Whatever is written by rule is read back, and nothing that is said makes reading fail.

use super::speller::spell;
use super::*;
use crate::answer::Offer;
use crate::answer::scan::{Scan, Spelling};
use crate::language::Locale;
use proptest::prelude::*;
use protocol::limits::MESSAGE_BYTES_MAX;

const SPELLED: [&str; 7] = ["en", "es", "fr", "fr-CH", "pt", "de", "ru"];

#[test]
fn every_number_to_ten_thousand_is_counted_back() {
    for language in SPELLED {
        (0..=10_000).for_each(|number| counted_back(language, number));
    }
}

#[test]
fn numbers_around_every_round_one_and_far_apart_are_read_back() {
    // Co-prime with ten, so that every ending comes up.
    const STRIDE: usize = 1999;
    let round = [10, 20, 100, 200, 1000, 1100, 2000, 10_000, 21_000, 100_000, 200_000, 1_000_000, 2_000_000];
    let around = round.into_iter().flat_map(|number| number - 1..=number + 1);
    let millions = (1..1000).step_by(37).map(|millions| millions * 1_000_000);
    for number in around.chain((0..=1_000_000).step_by(STRIDE)).chain(millions) {
        read_back(number);
    }
}

#[test]
fn every_day_is_read_back_in_every_form_that_is_shown() {
    const MONTHS: [(&str, &str); 6] = [
        ("en", "January February March April May June July August September October November December"),
        ("es", "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
        ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        ("de", "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        ("ru", "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    ];
    for days in 0..400 {
        let day = now().date().saturating_add(jiff::Span::new().days(days));
        for (language, months) in MONTHS {
            let month = months.split(' ').nth(usize::from(day.month().unsigned_abs()) - 1).unwrap();
            for said in written(language, day, month) {
                let found = read(&DATE, &said, &context(language));
                assert_eq!(found, Reading::Plain(Value::Date(day)), "{language}: {said}");
            }
        }
    }
}

#[test]
fn every_minute_is_read_back() {
    let minutes = (0..24_i8).flat_map(|hour| (0..60_i8).map(move |minute| (hour, minute)));
    for (hour, minute) in minutes {
        let time = jiff::civil::time(hour, minute, 0, 0);
        let (twelve, half) =
            (if hour % 12 == 0 { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" });
        for (language, said) in [
            ("en", format!("{twelve}:{minute:02} {half}")),
            ("en", format!("{twelve}:{minute:02}{}", half.to_lowercase())),
            ("es", format!("{hour:02}:{minute:02}")),
            ("fr", format!("{hour:02}h{minute:02}")),
            ("pt", format!("{hour:02}h{minute:02}")),
            ("de", format!("{hour:02}:{minute:02} Uhr")),
            ("ru", format!("в {hour:02}:{minute:02}")),
            ("xx", format!("{hour:02}:{minute:02}:00")),
        ] {
            let found = read(&TIME, &said, &context(language));
            assert_eq!(found, Reading::Plain(Value::Time(time)), "{language}: {said}");
        }
    }
}

proptest! {
    #[test]
    fn any_number_below_a_billion_is_read_back(number in 0..1_000_000_000u32) {
        read_back(number);
    }

    #[test]
    fn nothing_said_makes_reading_fail(said in any::<String>(), language in tags()) {
        read_everything(&said, language);
    }

    #[test]
    fn no_jumble_of_known_words_makes_reading_fail(said in jumble(), language in tags()) {
        read_everything(&said, language);
    }
}

#[test]
fn the_longest_text_is_read() {
    // Each was slow once: what is read again from every place must not reach to the text's end.
    for (language, piece) in [
        ("en", "1 "),
        ("en", "1/"),
        ("en", "in 3 days "),
        ("en", "one point one "),
        ("en", "5 or "),
        ("en", "- "),
        ("en", "not 5 "),
        ("fr", "a "),
        ("es", "de la "),
        ("de", "ein"),
    ] {
        read_everything(&piece.repeat(MESSAGE_BYTES_MAX / piece.len()), language);
    }
}

fn counted_back(language: &str, number: u32) {
    let said = spell(language, number);
    let scan = Scan::of(&said, Locale::of(language, context(language).lexicon), now(), Spelling::Right);
    let counted = scan.count(0).filter(|count| count.end == scan.len()).and_then(|count| count.value);
    assert_eq!(counted, Some(f64::from(number)), "{language}: {said}");
}

fn read_back(number: u32) {
    for language in SPELLED {
        let said = spell(language, number);
        let found = read(&NUMBER, &said, &context(language));
        assert_eq!(found, Reading::Plain(Value::Number(f64::from(number))), "{language}: {said}");
    }
}

fn written(language: &str, date: jiff::civil::Date, month: &str) -> Vec<String> {
    let (year, number, day) = (date.year(), date.month(), date.day());
    let iso = format!("{year}-{number:02}-{day:02}");
    let own = match language {
        "en" => vec![format!("{month} {day}, {year}"), format!("{} {day}, {year}", &month[..3])],
        "es" | "pt" => vec![format!("{day} de {month} de {year}"), format!("{day:02}/{number:02}/{year}")],
        "de" => vec![format!("{day}. {month} {year}"), format!("{day:02}.{number:02}.{year}")],
        "ru" => vec![format!("{day} {month} {year} г."), format!("{day:02}.{number:02}.{year}")],
        _ => vec![format!("{day} {month} {year}"), format!("{day:02}/{number:02}/{year}")],
    };
    own.into_iter().chain([iso, format!("{year}/{number:02}/{day:02}")]).collect()
}

fn tags() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["en", "en-GB", "es-MX", "fr-CH", "pt-BR", "de", "ru", "xx", ""])
}

/// Words that mean something to the grammar, and marks, in any order.
fn jumble() -> impl Strategy<Value = String> {
    const PIECES: &str = "the at to past half quarter may march next last friday in 3 5 12 31 2026 5th . : / - , $ % pm a of \
         million hundred and point minus ago halb vor nach ein und einhalb fünf Uhr menos y media las de cuarto moins \
         le demi quart h in entre et dix vingt meia às e um segunda feira через без пяти половина пятого час дня с \
         половиной полчаса 1/2 ½ € 10€50 20260503 99999999999 Ende Monat fin de mes last not yes no ";
    let piece = prop::sample::select(PIECES.split_whitespace().collect::<Vec<_>>());
    let gap = prop::sample::select(vec!["", " ", " ", " "]);
    prop::collection::vec((piece, gap), 0..12)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| format!("{piece}{gap}")).collect())
}

fn read_everything(said: &str, language: &str) {
    let context = context(language);
    let offers = ["City bike", "2 people", "👍"].map(|label| Offer {
        value: Value::text(label),
        label: label.to_owned(),
        synonyms: vec![],
    });
    let options = Expected::Options(offers.to_vec());
    for expected in [NUMBER, MONEY, PERCENT, DATE, TIME, YES_NO, Expected::Text, options] {
        let _ = read(&expected, said, &context);
        let _ = mentioned(&expected, said, &context);
    }
}
