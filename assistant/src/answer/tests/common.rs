//! What is the same in every language: plain and inside, limits, options, patterns, texts.

use super::*;
use crate::answer::Offer;
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
fn a_label_or_a_synonym_is_the_choice() {
    for said in ["City bike", "  city BIKE! ", "town bike", "Cïty bike"] {
        check("en", &Expected::Options(bikes()), &[(said, "city")]);
    }
}

#[test]
fn one_typing_error_in_a_word_of_a_label_is_forgiven() {
    check(
        "en",
        &Expected::Options(bikes()),
        &[("citi bike", "city"), ("City bkie", "city"), ("eletric bike", "electric")],
    );
}

#[test]
fn a_place_in_the_list_is_the_choice() {
    for said in
        ["2", "second", "the second one", "option 2", "2nd please", "number 2", "2.", "No. 2", "number two"]
    {
        check("en", &Expected::Options(bikes()), &[(said, "electric")]);
    }
    let others = [
        ("last", "full"),
        ("the last one", "full"),
        ("one", "city"),
        ("5", "-"),
        ("0", "-"),
        ("third", "cargo"),
    ];
    check("en", &Expected::Options(bikes()), &others);
    check(
        "de",
        &Expected::Options(bikes()),
        &[("das zweite", "electric"), ("letzte", "full"), ("Nummer 3 bitte", "cargo")],
    );
    check("fr", &Expected::Options(bikes()), &[("la deuxième", "electric"), ("le dernier", "full")]);
    check(
        "es",
        &Expected::Options(bikes()),
        &[("el segundo", "electric"), ("la última", "full"), ("la 2ª", "electric")],
    );
    check(
        "pt",
        &Expected::Options(bikes()),
        &[("a segunda", "electric"), ("a última", "full"), ("opção 3", "cargo")],
    );
    check(
        "ru",
        &Expected::Options(bikes()),
        &[("второй", "electric"), ("последний", "full"), ("номер три", "cargo")],
    );
}

#[test]
fn a_number_in_a_label_comes_before_a_place_in_the_list() {
    let people = ["2 people", "4 people", "6 people"].map(|label| offer(label, label, &[]));
    let expected = Expected::Options(people.to_vec());
    check(
        "en",
        &expected,
        &[("2", "2 people"), ("four", "4 people"), ("four people", "4 people"), ("3", "6 people")],
    );
}

#[test]
fn a_choice_is_heard_inside_a_sentence() {
    check(
        "en",
        &Expected::Options(bikes()),
        &[
            ("it is a city bike I think", "city"),
            ("my electric bike", "electric"),
            ("full service", "full"),
            ("the full one", "full"),
            ("I'd like to take the cargo", "cargo"),
        ],
    );
}

#[test]
fn a_choice_that_is_denied_or_taken_back_is_not_meant() {
    type Table = [(&'static str, &'static str)];
    let cases: [(&str, [&str; 3], &Table); 6] = [
        (
            "en",
            ["Check-up", "Cleaning", "Filling"],
            &[
                ("not a filling, a cleaning", "2"),
                ("not a filling but a cleaning", "2"),
                ("a cleaning, not a filling", "2"),
                ("a cleaning instead of a filling", "2"),
                ("I want a cleaning, no sorry, a check-up", "1"),
                ("a check up and a cleaning", "several"),
                ("not a filling", "-"),
                ("the check-up, no wait, the second one", "2"),
            ],
        ),
        (
            "de",
            ["Kontrolle", "Reinigung", "Füllung"],
            &[
                ("keine Füllung, eine Reinigung", "2"),
                ("nicht die Füllung, sondern die Reinigung", "2"),
                ("eine Reinigung, nein, eine Kontrolle", "1"),
                ("eine Kontrolle und eine Reinigung", "several"),
            ],
        ),
        (
            "es",
            ["Revisión", "Limpieza", "Empaste"],
            &[
                ("no un empaste, una limpieza", "2"),
                ("una limpieza, no, una revisión", "1"),
                ("una revisión y una limpieza", "several"),
            ],
        ),
        (
            "fr",
            ["Contrôle", "Détartrage", "Plombage"],
            &[
                ("pas un plombage, un détartrage", "2"),
                ("un détartrage, non, un contrôle", "1"),
                ("un contrôle et un détartrage", "several"),
            ],
        ),
        (
            "pt",
            ["Consulta", "Limpeza", "Obturação"],
            &[
                ("não uma obturação, uma limpeza", "2"),
                ("uma limpeza, não, uma consulta", "1"),
                ("uma consulta e uma limpeza", "several"),
            ],
        ),
        (
            "ru",
            ["Осмотр", "Чистка", "Пломба"],
            &[("не пломба, а чистка", "2"), ("чистка, нет, осмотр", "1"), ("осмотр и чистка", "several")],
        ),
    ];
    for (language, labels, table) in cases {
        let offers = labels.iter().zip(["1", "2", "3"]).map(|(label, value)| offer(label, value, &[]));
        check(language, &Expected::Options(offers.collect()), table);
    }
    let problems = vec![offer("I can't log in", "log in", &[]), offer("Other", "other", &[])];
    check("en", &Expected::Options(problems), &[("I can't log in to my account", "log in")]);
}

#[test]
fn two_choices_or_none_are_no_answer() {
    let table = [
        ("city bike or electric bike", "several"),
        ("what?", "-"),
        ("👍", "-"),
        ("bikes are great", "-"),
        ("the", "-"),
    ];
    check("en", &Expected::Options(bikes()), &table);
}

#[test]
fn a_short_word_of_a_sentence_is_not_another_one_with_a_wrong_letter() {
    let places = Expected::Options(vec![offer("Home", "home", &[]), offer("Office", "office", &[])]);
    check(
        "en",
        &places,
        &[("I need some more time", "-"), ("hone", "home"), ("at the ofice please", "office")],
    );
    check_mentioned("en", &places, &[("I need some help", "-"), ("send it to my home", "home")]);
}

#[test]
fn a_choice_is_heard_in_another_case_or_gender() {
    let bikes = ["городской велосипед", "электрический велосипед"].map(|label| offer(label, label, &[]));
    let expected = Expected::Options(bikes.to_vec());
    check(
        "ru",
        &expected,
        &[("хочу электрического", bikes[1].label.as_str()), ("городского", bikes[0].label.as_str())],
    );
    check_mentioned("ru", &expected, &[("нет ли у вас городского велосипеда", bikes[0].label.as_str())]);
    let colours = Expected::Options(vec![offer("rojo", "red", &[]), offer("negro", "black", &[])]);
    check("es", &colours, &[("la negra", "black"), ("dos rojos", "red")]);
}

#[test]
fn a_label_without_letters_can_be_chosen() {
    let signs = Expected::Options(vec![offer("👍", "good", &[]), offer("👎", "bad", &[])]);
    check("en", &signs, &[("👎", "bad")]);
}

#[test]
fn a_label_without_spaces_is_heard_inside_a_sentence() {
    let rooms = Expected::Options(vec![offer("禁煙", "no", &[]), offer("喫煙", "yes", &[])]);
    check("ja", &rooms, &[("禁煙でお願いします", "no"), ("喫煙", "yes"), ("1", "no")]);
}

#[test]
fn a_mentioned_choice_is_named_and_not_numbered() {
    check_mentioned(
        "en",
        &Expected::Options(bikes()),
        &[
            ("I want to rent an electric bike for 2 days", "electric"),
            ("I want to rent electric bikes", "electric"),
            ("2", "-"),
            ("the second one", "-"),
            ("a city bike and a cargo", "-"),
            ("what does it cost", "-"),
        ],
    );
    let common = vec![offer("Yes", "yes", &[]), offer("Other", "other", &[]), offer("2", "two", &[])];
    check_mentioned("en", &Expected::Options(common), &[("yes I want 2 of them", "-")]);
}

#[test]
fn the_author_can_teach_other_words_for_yes_and_no() {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let (yes, no) = (owned(&["Oui", "d'accord", "round trip"]), owned(&["Non", "one-way"]));
    let expected = Expected::YesNo { yes: &yes, no: &no };
    check(
        "en",
        &expected,
        &[("D’accord !", "yes"), ("non", "no"), ("a round trip would suit me", "yes"), ("one way", "no")],
    );
    check_mentioned(
        "en",
        &expected,
        &[("I want a round trip to Rome", "yes"), ("yes I want a flight", "-"), ("one-way to Rome", "no")],
    );
}

#[test]
fn who_does_not_know_presses_no_button_called_no() {
    for (language, yes, no, said) in [
        ("en", "Yes", "No", ["I'm not sure", "no idea", "not so sure", "no, I don't know"]),
        ("es", "Sí", "No", ["no sé", "no estoy seguro", "no lo sé", "todavía no sé"]),
        ("fr", "Oui", "Non", ["je ne sais pas", "pas sûr", "je sais pas", "non, je ne sais pas"]),
        ("pt", "Sim", "Não", ["não sei", "não tenho certeza", "nao sei", "ainda não sei"]),
        ("de", "Ja", "Nein", ["weiß nicht", "nicht sicher", "weiß ich noch nicht", "nein, weiß nicht"]),
        ("ru", "Да", "Нет", ["не знаю", "не уверен", "нет, не знаю", "пока не знаю"]),
    ] {
        let (yes_words, no_words) = ([yes.to_owned()], [no.to_owned()]);
        let question = Expected::YesNo { yes: &yes_words, no: &no_words };
        let options = Expected::Options(vec![offer(yes, "yes", &[]), offer(no, "no", &[])]);
        check(language, &question, &said.map(|said| (said, "-")));
        check(language, &options, &said.map(|said| (said, "-")));
    }
}

#[test]
fn words_for_yes_and_no_in_something_else_press_no_button() {
    let (yes, no) = (["Yes".to_owned()], ["No".to_owned()]);
    let question = Expected::YesNo { yes: &yes, no: &no };
    let options = Expected::Options(vec![offer("Yes", "yes", &[]), offer("No", "no", &[])]);
    for said in
        ["no rush", "who said yes", "can I say yes later", "I will think about it", "no appointment yet"]
    {
        check("en", &question, &[(said, "-")]);
        check("en", &options, &[(said, "-")]);
    }
    check("en", &options, &[("yes please", "yes"), ("no thanks", "no"), ("yes the wheel is bent", "yes")]);
}

#[test]
fn an_article_chooses_the_option_for_one() {
    for (language, one, two, said) in [
        ("es", "1 persona", "2 personas", "una"),
        ("fr", "1 personne", "2 personnes", "une svp"),
        ("pt", "1 pessoa", "2 pessoas", "uma"),
        ("de", "1 Person", "2 Personen", "nur eine"),
        ("ru", "1 человек", "2 человека", "один"),
        ("en", "1 person", "2 people", "just one"),
    ] {
        let people = Expected::Options(vec![offer(two, "two", &[]), offer(one, "one", &[])]);
        check(language, &people, &[(said, "one")]);
    }
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

fn bikes() -> Vec<Offer> {
    vec![
        offer("City bike", "city", &["town bike"]),
        offer("Electric bike", "electric", &["e-bike", "pedelec"]),
        offer("Cargo", "cargo", &[]),
        offer("Full service (€95)", "full", &[]),
    ]
}

fn offer(label: &str, value: &str, synonyms: &[&str]) -> Offer {
    Offer {
        value: Value::text(value),
        label: label.to_owned(),
        synonyms: synonyms.iter().map(|s| (*s).to_owned()).collect(),
    }
}
