//! How people of a language or a country write dates, times and numbers. One row each; a locale without a row of its own
//! takes its language's, and a language without one a neutral form.

/// How people write dates, times and numbers.
#[derive(Debug)]
pub struct Locale {
    /// The locales it serves, separated by spaces.
    tags: &'static str,
    /// Names, of the language.
    pub names: &'static Names,
    /// Between units and tenths.
    pub decimal: &'static str,
    /// Between thousands.
    pub thousands: &'static str,
    /// Digits from which on thousands are told apart.
    pub grouped_from: usize,
    /// Short, medium, long and full dates.
    pub dates: [&'static str; 4],
    /// Short and medium times.
    pub times: [&'static str; 2],
    /// Whether a currency stands before its amount.
    pub money_first: bool,
    /// Whether there is a space between.
    pub money_space: bool,
    /// Between a number and its `%`.
    pub percent_space: &'static str,
    /// The currency that is called `$` here; empty where that is the US dollar.
    pub dollar: &'static str,
}

/// Names, in rows separated by spaces.
#[derive(Debug)]
pub struct Names {
    /// Between the last two of several; empty is a comma.
    and: &'static str,
    /// January first.
    pub months: &'static str,
    /// The same, short.
    pub months_short: &'static str,
    /// Monday first.
    pub weekdays: &'static str,
    /// The same, short.
    pub weekdays_short: &'static str,
    /// Before and after noon.
    pub half_days: [&'static str; 2],
}

impl Locale {
    /// The row for a tag such as `pt-BR`.
    pub fn of(tag: &str) -> &'static Self {
        let tag = tag.replace('_', "-");
        let language = tag.split('-').next().unwrap_or_default();
        let row = |wanted: &str| {
            LOCALES.iter().find(|row| row.tags.split(' ').any(|tag| tag.eq_ignore_ascii_case(wanted)))
        };
        row(&tag).or_else(|| row(language)).unwrap_or(&NEUTRAL)
    }

    /// Several in a row: `a, b and c`.
    pub fn enumerate(&self, words: &[String]) -> String {
        match words {
            [before @ .., last] if !before.is_empty() && !self.names.and.is_empty() => {
                [&before.join(", "), " ", self.names.and, " ", last].concat()
            }
            words => words.join(", "),
        }
    }
}

const NEUTRAL: Locale = Locale {
    tags: "",
    names: &Names { and: "", ..ENGLISH },
    decimal: ".",
    thousands: "\u{a0}",
    grouped_from: 4,
    dates: ["y-MM-dd", "y-MM-dd", "y-MM-dd", "y-MM-dd"],
    times: ["HH:mm", "HH:mm:ss"],
    money_first: false,
    money_space: true,
    percent_space: "",
    dollar: "",
};

const CLOCK_24: [&str; 2] = ["HH:mm", "HH:mm:ss"];
const CLOCK_12: [&str; 2] = ["h:mm a", "h:mm:ss a"];

const US: Locale = Locale {
    tags: "en en-US",
    names: &ENGLISH,
    thousands: ",",
    dates: ["M/d/yy", "MMM d, y", "MMMM d, y", "EEEE, MMMM d, y"],
    times: CLOCK_12,
    money_first: true,
    money_space: false,
    ..NEUTRAL
};

const BRITISH: Locale = Locale {
    tags: "en-GB en-IE",
    dates: ["dd/MM/y", "d MMM y", "d MMMM y", "EEEE d MMMM y"],
    times: CLOCK_24,
    ..US
};

const SPAIN: Locale = Locale {
    tags: "es es-ES",
    percent_space: "\u{a0}",
    names: &SPANISH,
    decimal: ",",
    thousands: ".",
    grouped_from: 5,
    dates: ["d/M/yy", "d MMM y", "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y"],
    times: ["H:mm", "H:mm:ss"],
    ..NEUTRAL
};

const FRANCE: Locale = Locale {
    tags: "fr fr-FR",
    percent_space: "\u{202f}",
    names: &FRENCH,
    decimal: ",",
    thousands: "\u{202f}",
    dates: ["dd/MM/y", "d MMM y", "d MMMM y", "EEEE d MMMM y"],
    ..NEUTRAL
};

const BRAZIL: Locale = Locale {
    tags: "pt pt-BR",
    names: &PORTUGUESE,
    decimal: ",",
    thousands: ".",
    dates: ["dd/MM/y", "d 'de' MMM 'de' y", "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM 'de' y"],
    money_first: true,
    ..NEUTRAL
};

const GERMANY: Locale = Locale {
    tags: "de de-DE",
    percent_space: "\u{a0}",
    names: &GERMAN,
    decimal: ",",
    thousands: ".",
    dates: ["dd.MM.yy", "dd.MM.y", "d. MMMM y", "EEEE, d. MMMM y"],
    ..NEUTRAL
};

static LOCALES: [Locale; 19] = [
    US,
    BRITISH,
    Locale { tags: "en-ZA", thousands: "\u{a0}", decimal: ",", dollar: "", ..BRITISH },
    Locale { tags: "en-AU", times: CLOCK_12, dollar: "AUD", ..BRITISH },
    Locale { tags: "en-NZ", times: CLOCK_12, dollar: "NZD", ..BRITISH },
    Locale { tags: "en-IN", times: CLOCK_12, ..BRITISH },
    Locale { tags: "en-CA", dates: ["y-MM-dd", US.dates[1], US.dates[2], US.dates[3]], dollar: "CAD", ..US },
    SPAIN,
    Locale {
        percent_space: "",
        tags: "es-MX",
        decimal: ".",
        thousands: ",",
        grouped_from: 4,
        money_first: true,
        money_space: false,
        dollar: "MXN",
        ..SPAIN
    },
    Locale {
        percent_space: "",
        tags: "es-US es-PR es-PA es-SV es-GT es-HN es-NI es-DO es-PE",
        decimal: ".",
        thousands: ",",
        grouped_from: 4,
        money_first: true,
        money_space: false,
        ..SPAIN
    },
    Locale {
        tags: "es-AR es-CL es-CO es-EC es-UY es-PY es-VE es-BO es-CR es-419",
        grouped_from: 4,
        money_first: true,
        ..SPAIN
    },
    FRANCE,
    Locale {
        tags: "fr-CA",
        thousands: "\u{a0}",
        percent_space: "\u{a0}",
        dates: ["y-MM-dd", FRANCE.dates[1], FRANCE.dates[2], FRANCE.dates[3]],
        times: ["HH 'h' mm", "HH 'h' mm 'min' ss 's'"],
        dollar: "CAD",
        ..FRANCE
    },
    BRAZIL,
    Locale {
        tags: "pt-PT pt-AO pt-MZ pt-CV",
        thousands: "\u{a0}",
        grouped_from: 5,
        dates: ["dd/MM/yy", "dd/MM/y", BRAZIL.dates[2], BRAZIL.dates[3]],
        money_first: false,
        ..BRAZIL
    },
    GERMANY,
    Locale { tags: "de-AT", thousands: "\u{a0}", money_first: true, ..GERMANY },
    Locale {
        percent_space: "",
        tags: "de-CH de-LI",
        decimal: ".",
        thousands: "’",
        money_first: true,
        ..GERMANY
    },
    Locale {
        percent_space: "\u{a0}",
        tags: "ru ru-RU",
        names: &RUSSIAN,
        decimal: ",",
        dates: ["dd.MM.y", "d MMM y 'г.'", "d MMMM y 'г.'", "EEEE, d MMMM y 'г.'"],
        ..NEUTRAL
    },
];

const ENGLISH: Names = Names {
    and: "and",
    months: "January February March April May June July August September October November December",
    months_short: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    weekdays_short: "Mon Tue Wed Thu Fri Sat Sun",
    half_days: ["AM", "PM"],
};

const SPANISH: Names = Names {
    and: "y",
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    months_short: "ene feb mar abr may jun jul ago sept oct nov dic",
    weekdays: "lunes martes miércoles jueves viernes sábado domingo",
    weekdays_short: "lun mar mié jue vie sáb dom",
    half_days: ["a. m.", "p. m."],
};

const FRENCH: Names = Names {
    and: "et",
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    months_short: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
    weekdays_short: "lun. mar. mer. jeu. ven. sam. dim.",
    half_days: ["AM", "PM"],
};

const PORTUGUESE: Names = Names {
    and: "e",
    months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    months_short: "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    weekdays_short: "seg. ter. qua. qui. sex. sáb. dom.",
    half_days: ["AM", "PM"],
};

const GERMAN: Names = Names {
    and: "und",
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    months_short: "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    weekdays_short: "Mo Di Mi Do Fr Sa So",
    half_days: ["AM", "PM"],
};

const RUSSIAN: Names = Names {
    and: "и",
    months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    months_short: "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
    weekdays: "понедельник вторник среда четверг пятница суббота воскресенье",
    weekdays_short: "пн вт ср чт пт сб вс",
    half_days: ["AM", "PM"],
};
