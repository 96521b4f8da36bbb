//! The parts that words play.

/// Declares the kinds with their names in the language files.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// What part a word or a phrase plays. Most kinds have a value, which says more.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $kind,)* }

        impl Kind {
            /// The kind of this name in the language files.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$kind),)* _ => None }
            }
        }
    };
}

kinds! {
    // Numbers.
    /// A number; the value is it.
    Number = "number",
    /// An article; the number one in languages that have one word for both.
    Article = "article",
    /// Multiplies the number before it by the value.
    Scale = "scale",
    /// A place in an order; the value is it.
    Ordinal = "ordinal",
    /// Stands at the end of a numeral and makes it an ordinal.
    OrdinalEnd = "ordinal_end",
    /// One part of so many; the value is how many. `half` is 2.
    PartOf = "part_of",
    /// Adds the value to the number before it: `с половиной`.
    Plus = "plus",
    /// Adds.
    And = "and",
    /// Stands between whole and decimals.
    Point = "point",
    /// Makes negative; takes from an hour.
    Minus = "minus",
    /// The last of several; the value is how many from the end, starting with 1.
    FromEnd = "from_end",

    // Days.
    /// A month; the value is 1 to 12.
    Month = "month",
    /// The same word means something else too; it counts beside a day.
    MonthPerhaps = "month?",
    /// A day of the week; the value is 1 for Monday to 7.
    Weekday = "weekday",
    /// The same word means something else too.
    WeekdayPerhaps = "weekday?",
    /// A day as seen from today; the value is how many days later.
    Day = "day",
    /// A day of feast; the value is a [`Holiday`].
    Holiday = "holiday",
    /// A stretch of time; the value is a [`Span`].
    Span = "span",
    /// So many spans before a noun follows: `полчаса`; the value is minutes.
    Minutes = "minutes_in_all",
    /// The one after this one.
    Next = "next",
    /// The one after the next one.
    AfterNext = "after_next",
    /// This one.
    This = "this",
    /// The one before this one.
    Last = "last",
    /// Stands before a span that lies ahead: `in two weeks`.
    In = "in",
    /// The same word means something else too: `em`, `en`.
    InPerhaps = "in?",
    /// Stands after a span that lies ahead: `two weeks from now`.
    Later = "later",
    /// Stands after a span that lies behind: `two weeks ago`.
    Ago = "ago",
    /// Stands before a span that lies behind: `vor zwei Wochen`.
    AgoBefore = "ago_before",
    /// The beginning, middle or end of a month or year; the value is 1, 2, 3.
    Edge = "edge",
    /// Stands before a day: `on the 5th`.
    On = "on",
    /// A word for day of the month beside its number: `dia 5`, `5-го числа`.
    DayWord = "day_word",
    /// A word for year beside its number: `2026 года`.
    YearWord = "year_word",

    // Hours.
    /// Part of a day; the value is a [`DayPart`].
    Part = "part",
    /// An hour with a name, such as noon; the value is the hour.
    Hour = "hour",
    /// This moment.
    Now = "now",
    /// Before noon.
    Am = "am",
    /// After noon.
    Pm = "pm",
    /// Stands before an hour: `at`.
    At = "at",
    /// Stands after an hour: `o'clock`, `Uhr`, `h`.
    Clock = "clock",
    /// Stands after minutes.
    MinuteWord = "minute",
    /// Minutes after the hour that follows: `past`.
    Past = "past",
    /// Minutes before the hour that follows: `to`.
    To = "to",
    /// Stands before what is missing to the hour that follows: `без`.
    Without = "without",
    /// Half before the hour whose ordinal is in the same word, `полпятого`; the value is the hour.
    HalfBefore = "half_before",

    // Money and percent.
    /// A currency; the value is its code.
    Currency = "currency",
    /// A hundredth of a currency; the value is the currency's code.
    Cent = "cent",
    /// Percent.
    Percent = "percent",

    // Answers.
    /// Means yes by itself.
    Yes = "yes",
    /// Means yes when nothing contradicts.
    YesPerhaps = "yes?",
    /// Means no by itself.
    No = "no",
    /// Means no when it begins the answer, and turns a yes around.
    NoPerhaps = "no?",
    /// Neither yes nor no.
    Doubt = "doubt",
    /// Names a place in a list: `option`, `number`.
    Option = "option",

    // Words that mean nothing here.
    /// `of`.
    Of = "of",
    /// `the`.
    The = "the",
    /// Joins two values, of which nobody could say which is meant.
    Link = "link",
    /// The same, where [`Kind::LinkBefore`] stands before the first one: `à`, which is `to` and `at`.
    LinkPerhaps = "link?",
    /// Stands before the first of two values: `between`, `from`.
    LinkBefore = "link_before",
    /// Changes nothing about an answer.
    Filler = "filler",
    /// A phrase of which no word is to be taken literally.
    Idiom = "idiom",
}

/// A stretch of time, as value of [`Kind::Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// So many days.
    Days(i32),
    /// Saturday and Sunday.
    Weekend,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Span {
    const NAMES: [(&str, Self); 9] = [
        ("second", Self::Seconds),
        ("minute", Self::Minutes),
        ("hour", Self::Hours),
        ("day", Self::Days(1)),
        ("week", Self::Days(7)),
        ("fortnight", Self::Days(14)),
        ("weekend", Self::Weekend),
        ("month", Self::Months),
        ("year", Self::Years),
    ];

    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        Self::NAMES[(value as usize).min(Self::NAMES.len() - 1)].1
    }

    pub(super) fn value(name: &str) -> Option<f64> {
        Self::NAMES.iter().position(|(other, _)| *other == name).map(|at| at as f64)
    }
}

/// Part of a day, as value of [`Kind::Part`] (`watsonx.md` 1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// From six to noon.
    Morning,
    /// From noon to six.
    Afternoon,
    /// From six to ten.
    Evening,
    /// From ten to midnight, and the hours after it.
    Night,
    /// The hours after midnight: `madrugada`.
    SmallHours,
}

impl DayPart {
    const NAMES: [(&str, Self); 5] = [
        ("morning", Self::Morning),
        ("afternoon", Self::Afternoon),
        ("evening", Self::Evening),
        ("night", Self::Night),
        ("small_hours", Self::SmallHours),
    ];

    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        Self::NAMES[(value as usize).min(Self::NAMES.len() - 1)].1
    }

    pub(super) fn value(name: &str) -> Option<f64> {
        Self::NAMES.iter().position(|(other, _)| *other == name).map(|at| at as f64)
    }

    /// The hour with which it begins.
    pub fn begins(self) -> i8 {
        match self {
            Self::Morning => 6,
            Self::Afternoon => 12,
            Self::Evening => 18,
            Self::Night => 22,
            Self::SmallHours => 0,
        }
    }

    /// An hour of twelve as one of twenty-four.
    pub fn hour(self, hour: i8) -> i8 {
        match (self, hour) {
            (Self::Morning | Self::Night | Self::SmallHours, 12) => 0,
            (Self::Afternoon, 1..=11) | (Self::Evening, 3..=11) | (Self::Night, 6..=11) => hour + 12,
            (Self::Evening, 12) => 0,
            (_, hour) => hour,
        }
    }
}

/// A day of feast, as value of [`Kind::Holiday`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same day every year.
    Fixed { month: i8, day: i8 },
    /// So many days after Easter Sunday, in the western or the eastern reckoning.
    Easter { days: i32, eastern: bool },
    /// The nth weekday of a month, Monday is 1; -1 is the last.
    Nth { month: i8, weekday: i8, nth: i8 },
}

impl Holiday {
    /// What a sense's value stands for.
    pub fn of(value: f64) -> Self {
        let number = value as i32;
        let small = |n: i32| i8::try_from(n).unwrap_or(1);
        match number {
            ..10_000 => Self::Fixed { month: small(number / 100), day: small(number % 100) },
            10_000..30_000 => Self::Easter { days: number % 10_000 - 500, eastern: number >= 20_000 },
            _ => Self::Nth {
                month: small(number / 100 % 100),
                weekday: small(number / 10 % 10),
                nth: small(number % 10 - 1),
            },
        }
    }

    /// Reads `12-25`, `easter-2`, `pascha+0`, `11/4/4`: month, weekday, nth; 0 is the last.
    pub(super) fn value(text: &str) -> Option<f64> {
        let number = |text: &str| text.parse::<f64>().ok();
        if let Some(days) = text.strip_prefix("easter") {
            return Some(10_500.0 + number(days)?);
        }
        if let Some(days) = text.strip_prefix("pascha") {
            return Some(20_500.0 + number(days)?);
        }
        if let Some((month, day)) = text.split_once('-') {
            return Some(number(month)? * 100.0 + number(day)?);
        }
        let (month, rest) = text.split_once('/')?;
        let (weekday, nth) = rest.split_once('/')?;
        let nth = if nth == "0" { 0.0 } else { number(nth)? + 1.0 };
        Some(30_000.0 + number(month)? * 100.0 + number(weekday)? * 10.0 + nth)
    }
}
