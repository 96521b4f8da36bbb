//! What the assistant knows of each language: its words for numbers, days, hours, money, yes and no, and the few habits
//! in which languages differ. One file each; to add a language, write one, and name it below and in [`LANGUAGES`].
//!
//! The grammar is the same for all of them and stands in `answer`: a language file says only which words play which part.
//! In a language without a file numerals, dates as `2026-05-03` and times as `10:30` are understood.
//!
//! Words travel with the definition, [`Vocabulary`]: a browser loads those of one language, not of six. So the code that
//! runs there names [`GRAMMARS`] and never [`LANGUAGES`].

mod de;
mod en;
mod es;
mod fr;
mod kind;
pub mod lexicon;
mod pt;
mod ru;
mod shared;
pub mod tokens;
mod value;
mod vocabulary;

pub use kind::Kind;
pub use lexicon::{Lexicon, Sense};
pub use value::{DayPart, Holiday, Span};
pub use vocabulary::{Vocabulary, words_of};

/// All of them, the one for every other language last.
pub const LANGUAGES: [&Language; 7] =
    [&en::ENGLISH, &es::SPANISH, &fr::FRENCH, &pt::PORTUGUESE, &de::GERMAN, &ru::RUSSIAN, &OTHER];

/// One language.
#[derive(Debug)]
pub struct Language {
    /// The main part of its tag.
    pub tag: &'static str,
    /// Its words by kind; `lexicon.rs` says how they are written.
    pub words: &'static str,
    /// Its habits.
    pub habits: Habits,
}

/// In what languages differ beside their words.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Whether `3/4` may mean March as well as April.
    pub month_may_come_first: bool,
    /// Whether `5:30` may mean the afternoon.
    pub twelve_hours: bool,
    /// Whether a half before an hour counts towards it: `halb fünf` is 4:30.
    pub half_counts_towards: bool,
    /// Whether `next Friday` is rather the one in next week than the coming one.
    pub next_is_next_week: bool,
    /// Whether eight days are a week, and fifteen two.
    pub week_is_eight_days: bool,
    /// Whether `a week on Monday` is the Monday after the coming one.
    pub weeks_before_day: bool,
    /// Whether the article is the number one: `una`, `eine`.
    pub article_is_one: bool,
    /// What a number must be a multiple of for `and` to go on in it: `two hundred and five`, not `twenty and five`.
    pub and_after: f64,
    /// Whether numbers are written as one word, units before tens: `fünfundzwanzig`.
    pub compounds: bool,
    /// How many letters at the end of a long word change with case, gender and number.
    pub inflection: usize,
    /// Whether short words lose their vowel before another: `l'après-midi` is two words.
    pub elides: bool,
    /// Regions that write numbers with a decimal point, in a language that writes a comma; `*` is all.
    pub decimal_point: &'static str,
}

impl Habits {
    const USUAL: Self = Self {
        month_may_come_first: false,
        twelve_hours: false,
        half_counts_towards: false,
        next_is_next_week: false,
        week_is_eight_days: false,
        weeks_before_day: false,
        article_is_one: true,
        and_after: 10.0,
        compounds: false,
        inflection: 2,
        elides: false,
        decimal_point: "",
    };
}

/// A language without its words.
#[derive(Debug)]
pub struct Grammar {
    /// The main part of its tag.
    pub tag: &'static str,
    /// Its habits.
    pub habits: Habits,
}

/// Those of [`LANGUAGES`], in their places.
static GRAMMARS: [Grammar; LANGUAGES.len()] = {
    let mut grammars = [const { Grammar { tag: "", habits: Habits::USUAL } }; LANGUAGES.len()];
    let mut at = 0;
    while at < LANGUAGES.len() {
        grammars[at] = Grammar { tag: LANGUAGES[at].tag, habits: LANGUAGES[at].habits };
        at += 1;
    }
    grammars
};

/// Every language without a file. Those of them that write a decimal point are told by their tags.
const OTHER: Language = Language { tag: "", words: "", habits: Habits::USUAL };
const DECIMAL_POINT_TAGS: [&str; 7] = ["en", "ja", "zh", "ko", "th", "he", "hi"];

/// A language as it is used somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Locale<'a> {
    /// The language.
    pub language: &'static Grammar,
    /// Its words, ready to be looked up.
    pub lexicon: &'a Lexicon,
    main: &'a str,
    region: &'a str,
}

impl<'a> Locale<'a> {
    /// Takes a tag such as `en-GB` apart.
    pub fn of(tag: &'a str, lexicon: &'a Lexicon) -> Self {
        let mut parts = tag.split(['-', '_']);
        let main = parts.next().unwrap_or_default();
        let region = parts.find(|part| part.len() == 2).unwrap_or_default();
        Self { language: &GRAMMARS[place_of(tag)], lexicon, main, region }
    }

    /// Whether `1.500` is one and a half rather than fifteen hundred.
    pub fn decimal_point(&self) -> bool {
        let list = self.language.habits.decimal_point;
        let own =
            list == "*" || (!self.region.is_empty() && list.split(' ').any(|region| self.is_in(region)));
        own || (self.language.tag.is_empty() && DECIMAL_POINT_TAGS.contains(&self.main))
    }

    /// Whether `3/4` is rather the fourth of March.
    pub fn month_first(&self) -> bool {
        self.language.habits.month_may_come_first && (self.region.is_empty() || self.is_in("US"))
    }

    /// The code of a currency, by its value in the lexicon; empty when nobody could say, as for `pesos` without a region.
    pub fn currency(&self, value: f64) -> String {
        let code = shared::code(value);
        match shared::LOCAL_CURRENCIES.iter().find(|local| local.name == code) {
            Some(local) => {
                let mut here = local.regions.split(' ').filter_map(|pair| pair.split_once(':'));
                here.find(|(region, _)| self.is_in(region)).map_or(local.usual, |(_, code)| code).to_owned()
            }
            None => code,
        }
    }

    fn is_in(&self, region: &str) -> bool {
        self.region.eq_ignore_ascii_case(region)
    }
}

/// The place of a tag's language among [`LANGUAGES`].
fn place_of(tag: &str) -> usize {
    let main = tag.split(['-', '_']).next().unwrap_or_default();
    let known = GRAMMARS.iter().position(|grammar| grammar.tag.eq_ignore_ascii_case(main));
    known.unwrap_or(GRAMMARS.len() - 1)
}
