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
    /// Nought before a minute: `eight oh five`.
    Nought = "nought",
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
    /// A day of feast; the value is a [`super::Holiday`].
    Holiday = "holiday",
    /// A stretch of time; the value is a [`super::Span`].
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
    /// Counts from the day that follows: `two weeks from Friday`.
    After = "after",
    /// Counts back from the day that follows.
    Before = "before",
    /// The beginning, middle or end of a month or year; the value is 1, 2, 3.
    Edge = "edge",
    /// The same of this month: `Monatsende`.
    EdgeOfMonth = "edge_of_month",
    /// Stands before a day: `on the 5th`.
    On = "on",
    /// A word for day of the month beside its number: `dia 5`, `5-го числа`.
    DayWord = "day_word",
    /// A word for year beside its number: `2026 года`.
    YearWord = "year_word",

    // Hours.
    /// Part of a day; the value is a [`super::DayPart`].
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
    /// Multiplies an amount after the sign of a currency: `$5m`; the value is by how much.
    MoneyScale = "money_scale",
    /// Percent.
    Percent = "percent",

    // Answers.
    /// Means yes by itself; the value is 1 for words that say nothing else.
    Yes = "yes",
    /// Means yes unless a no follows: `ok, no thanks`.
    Agreed = "agreed",
    /// Means yes when nothing contradicts.
    YesPerhaps = "yes?",
    /// Means no by itself; the value is 1 for words that say nothing else, 2 for one that says so too unless a noun
    /// follows it.
    No = "no",
    /// Means no when it begins the answer, and turns a yes around.
    NoPerhaps = "no?",
    /// Neither yes nor no; the value is 1 for what makes a question where it begins one.
    Doubt = "doubt",
    /// Being sure; denied, it is neither yes nor no: `not so sure`, `weiß ich noch nicht`.
    Knows = "knows",
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
    /// What follows bounds what is meant: `after`, `more than`.
    Bound = "bound",
    /// What follows is not meant: `any day but Monday`.
    Except = "except",
    /// Takes back what was said before it, where it begins a clause: `sorry`; the value is 1 for what does so anywhere.
    Correction = "correction",
    /// What follows is meant again after [`Kind::Except`]: `not Monday but Tuesday`.
    But = "but",
    /// Nothing more than what follows: `only`.
    Only = "only",
    /// Changes nothing about an answer.
    Filler = "filler",
    /// A phrase of which no word is to be taken literally.
    Idiom = "idiom",
}
