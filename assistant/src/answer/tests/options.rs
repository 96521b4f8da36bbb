//! Choosing one of several options, and yes or no where those are options.

use super::*;
use crate::answer::Offer;

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

pub fn bikes() -> Vec<Offer> {
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
