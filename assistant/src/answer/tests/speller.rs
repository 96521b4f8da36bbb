//! Numbers spelled in every language, to be read back.

/// Spells a whole number below a billion.
pub fn spell(language: &str, number: u32) -> String {
    match language {
        "en" => english(number),
        "es" => spanish(number),
        "fr" => french(number, &["soixante-dix", "quatre-vingt", "quatre-vingt-dix"]),
        "fr-CH" => french(number, &["septante", "huitante", "nonante"]),
        "pt" => portuguese(number),
        "de" => german(number),
        "ru" => russian(number),
        other => panic!("{other} is not spelled here"),
    }
}

fn words(text: &'static str, at: u32) -> &'static str {
    text.split(' ').nth(at as usize).expect("the list is long enough")
}

/// Joins the parts that are there.
fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn english(n: u32) -> String {
    const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    const TENS: &str = "- - twenty thirty forty fifty sixty seventy eighty ninety";
    let rest = |n: u32, and: &str| if n == 0 { String::new() } else { format!("{and}{}", english(n)) };
    match n {
        0..20 => words(SMALL, n).to_owned(),
        20..100 if n.is_multiple_of(10) => words(TENS, n / 10).to_owned(),
        20..100 => format!("{}-{}", words(TENS, n / 10), words(SMALL, n % 10)),
        100..1000 => joined(&[english(n / 100), "hundred".to_owned(), rest(n % 100, "and ")]),
        1000..1_000_000 => {
            let and = if n % 1000 < 100 { "and " } else { "" };
            joined(&[english(n / 1000), "thousand".to_owned(), rest(n % 1000, and)])
        }
        _ => joined(&[english(n / 1_000_000), "million".to_owned(), rest(n % 1_000_000, "")]),
    }
}

fn spanish(n: u32) -> String {
    const SMALL: &str = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve";
    const TENS: &str = "- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa";
    const HUNDREDS: &str = "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos";
    let rest = |n: u32| if n == 0 { String::new() } else { spanish(n) };
    // Before a noun the last one is short: `veintiún mil`.
    let short = |n: u32| {
        let text = spanish(n);
        text.strip_suffix("veintiuno")
            .map(|head| format!("{head}veintiún"))
            .unwrap_or(text.strip_suffix("uno").map(|head| format!("{head}un")).unwrap_or(text.clone()))
    };
    match n {
        0..30 => words(SMALL, n).to_owned(),
        30..100 if n.is_multiple_of(10) => words(TENS, n / 10).to_owned(),
        30..100 => format!("{} y {}", words(TENS, n / 10), words(SMALL, n % 10)),
        100 => "cien".to_owned(),
        101..1000 => joined(&[words(HUNDREDS, n / 100).to_owned(), rest(n % 100)]),
        1000..2000 => joined(&["mil".to_owned(), rest(n % 1000)]),
        2000..1_000_000 => joined(&[short(n / 1000), "mil".to_owned(), rest(n % 1000)]),
        1_000_000..2_000_000 => joined(&["un millón".to_owned(), rest(n % 1_000_000)]),
        _ => joined(&[short(n / 1_000_000), "millones".to_owned(), rest(n % 1_000_000)]),
    }
}

/// `high` are the words for 70, 80 and 90.
fn french(n: u32, high: &[&str; 3]) -> String {
    const SMALL: &str = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf";
    const TENS: &str = "- - vingt trente quarante cinquante soixante";
    let rest = |n: u32| if n == 0 { String::new() } else { french(n, high) };
    let decimal = high[0] == "septante";
    match n {
        0..20 => words(SMALL, n).to_owned(),
        20..70 => with_unit(words(TENS, n / 10), n % 10),
        70..80 if !decimal => {
            if n == 71 {
                "soixante et onze".to_owned()
            } else {
                format!("soixante-{}", words(SMALL, n - 60))
            }
        }
        80 if !decimal => "quatre-vingts".to_owned(),
        81..100 if !decimal => format!("quatre-vingt-{}", words(SMALL, n - 80)),
        70..100 => with_unit(high[(n / 10 - 7) as usize], n % 10),
        100..200 => joined(&["cent".to_owned(), rest(n % 100)]),
        200..1000 if n.is_multiple_of(100) => format!("{} cents", words(SMALL, n / 100)),
        200..1000 => joined(&[words(SMALL, n / 100).to_owned(), "cent".to_owned(), rest(n % 100)]),
        1000..2000 => joined(&["mille".to_owned(), rest(n % 1000)]),
        2000..1_000_000 => joined(&[french(n / 1000, high), "mille".to_owned(), rest(n % 1000)]),
        _ => joined(&[french(n / 1_000_000, high), "millions".to_owned(), rest(n % 1_000_000)]),
    }
}

fn with_unit(tens: &str, unit: u32) -> String {
    match unit {
        0 => tens.to_owned(),
        1 => format!("{tens} et un"),
        _ => format!("{tens}-{}", french(unit, &["", "", ""])),
    }
}

fn portuguese(n: u32) -> String {
    const SMALL: &str = "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove";
    const TENS: &str = "- - vinte trinta quarenta cinquenta sessenta setenta oitenta noventa";
    const HUNDREDS: &str =
        "- cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos";
    let rest = |n: u32| match n {
        0 => String::new(),
        n if n < 100 || (n < 1000 && n % 100 == 0) => format!("e {}", portuguese(n)),
        n => portuguese(n),
    };
    match n {
        0..20 => words(SMALL, n).to_owned(),
        20..100 => joined(&[words(TENS, n / 10).to_owned(), rest(n % 10)]),
        100 => "cem".to_owned(),
        101..1000 => joined(&[words(HUNDREDS, n / 100).to_owned(), rest(n % 100)]),
        1000..2000 => joined(&["mil".to_owned(), rest(n % 1000)]),
        2000..1_000_000 => joined(&[portuguese(n / 1000), "mil".to_owned(), rest(n % 1000)]),
        1_000_000..2_000_000 => joined(&["um milhão".to_owned(), rest(n % 1_000_000)]),
        _ => joined(&[portuguese(n / 1_000_000), "milhões".to_owned(), rest(n % 1_000_000)]),
    }
}

fn german(n: u32) -> String {
    const SMALL: &str = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn";
    const TENS: &str = "- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig";
    fn stem(n: u32) -> String {
        let rest = |n: u32| if n == 0 { String::new() } else { stem(n) };
        match n {
            0..20 => words(SMALL, n).to_owned(),
            20..100 if n.is_multiple_of(10) => words(TENS, n / 10).to_owned(),
            20..100 => format!("{}und{}", words(SMALL, n % 10), words(TENS, n / 10)),
            100..1000 => format!("{}hundert{}", words(SMALL, n / 100), rest(n % 100)),
            _ => format!("{}tausend{}", stem(n / 1000), rest(n % 1000)),
        }
    }
    // At its end the one is long: `hunderteins`.
    let whole = |n: u32| if n % 100 == 1 { format!("{}s", stem(n)) } else { stem(n) };
    let rest = |n: u32| if n == 0 { String::new() } else { whole(n) };
    match n {
        0..1_000_000 => whole(n),
        1_000_000..2_000_000 => joined(&["eine Million".to_owned(), rest(n % 1_000_000)]),
        _ => joined(&[stem(n / 1_000_000), "Millionen".to_owned(), rest(n % 1_000_000)]),
    }
}

fn russian(n: u32) -> String {
    const SMALL: &str = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать";
    const TENS: &str = "- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто";
    const HUNDREDS: &str = "- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот";
    let rest = |n: u32| if n == 0 { String::new() } else { russian(n) };
    // Thousands are feminine.
    let feminine = |n: u32| {
        let text = russian(n);
        let one = text.strip_suffix("один").map(|head| format!("{head}одна"));
        one.or(text.strip_suffix("два").map(|head| format!("{head}две"))).unwrap_or(text.clone())
    };
    let form = |n: u32, forms: &'static str| match (n % 10, n % 100) {
        (_, 11..=14) => words(forms, 2),
        (1, _) => words(forms, 0),
        (2..=4, _) => words(forms, 1),
        _ => words(forms, 2),
    };
    match n {
        0..20 => words(SMALL, n).to_owned(),
        20..100 => joined(&[words(TENS, n / 10).to_owned(), rest(n % 10)]),
        100..1000 => joined(&[words(HUNDREDS, n / 100).to_owned(), rest(n % 100)]),
        1000..1_000_000 => {
            let word = form(n / 1000, "тысяча тысячи тысяч").to_owned();
            joined(&[feminine(n / 1000), word, rest(n % 1000)])
        }
        _ => {
            let word = form(n / 1_000_000, "миллион миллиона миллионов").to_owned();
            joined(&[russian(n / 1_000_000), word, rest(n % 1_000_000)])
        }
    }
}
