//! When to act, to ask, to change the topic; how values look; the engine's own words; variables and lists of words.

use super::at::At;
use super::operand::operand;
use super::scope::{Compiler, Scope};
use super::text::text;
use crate::document::{
    DateStyleDoc, DecimalsDoc, DisplayDoc, FrequencyDoc, ModeRulesDoc, TextsDoc, ThousandsDoc, TimeStyleDoc,
    VariableDoc,
};
use assistant::THRESHOLD_DEFAULT;
use assistant::definition::{
    Clarify, DateStyle, Decimals, Display, Frequency, ModeRules, Modes, Settings, Text, Texts, Thousands,
    TimeStyle, Topics, Variable, WordList,
};

/// Lists of words the built-in `trigger_words` tests, whether there are any words in them or not.
pub(crate) const TRIGGER_LISTS: [&str; 2] = ["danger_words", "profane_words"];

/// Actions a clarifying question offers at most.
const CLARIFY_MOST_DEFAULT: u8 = 5;

/// Attempts to learn whether the visitor wants to return to an earlier topic.
const RETURN_ATTEMPTS_DEFAULT: u32 = 3;

/// Digits after the point of an amount of money.
const MONEY_DECIMALS_DEFAULT: u8 = 2;

/// When to act, to ask, to change the topic.
pub(crate) fn settings(c: &Compiler<'_>) -> Settings {
    let threshold = c.document.threshold.map_or(THRESHOLD_DEFAULT, |threshold| threshold as f32);
    Settings { threshold, clarify: clarify(c), topics: topics(c), modes: modes(c) }
}

fn clarify(c: &Compiler<'_>) -> Clarify {
    let (doc, default) = (&c.document.clarify, &c.defaults.texts.clarify);
    Clarify {
        enabled: doc.enabled,
        intro: own_or(c, doc.intro.as_deref(), &default.intro, "clarify", "intro"),
        none: some(own_or(c, doc.none.as_deref(), &default.none, "clarify", "none")),
        one: some(own_or(c, doc.one.as_deref(), &default.one, "clarify", "one")),
        support: some(own_or(c, doc.support.as_deref(), &default.support, "clarify", "support")),
        most: doc.most.unwrap_or(CLARIFY_MOST_DEFAULT),
        shuffle: doc.shuffle,
    }
}

fn topics(c: &Compiler<'_>) -> Topics {
    let (doc, default) = (&c.document.topics, &c.defaults.texts.topics);
    let scope = Scope::outside(c);
    let at = At::DOCUMENT.key("topics");
    let not_understood = match &doc.not_understood {
        Some(own) => texts(scope, own, &at.key("not_understood")),
        None => vec![text(scope, &default.not_understood, &At::DEFAULTS)],
    };
    Topics {
        enabled: doc.enabled,
        ask_to_return: doc.ask_to_return,
        request: own_or(c, doc.request.as_deref(), &default.request, "topics", "request"),
        not_understood,
        attempts: doc.attempts.unwrap_or(RETURN_ATTEMPTS_DEFAULT),
        unchanged: some(own_or(c, doc.unchanged.as_deref(), &default.unchanged, "topics", "unchanged")),
    }
}

/// The author's text, or the default one.
fn own_or(c: &Compiler<'_>, own: Option<&str>, default: &'static str, group: &str, key: &str) -> Text {
    let scope = Scope::outside(c);
    match own {
        Some(own) => text(scope, own, &At::DOCUMENT.key(group).key(key)),
        None => text(scope, default, &At::DEFAULTS),
    }
}

/// One text or several.
pub(crate) fn texts<'a>(scope: Scope<'a>, doc: &'a TextsDoc, at: &At<'_>) -> Vec<Text> {
    match doc {
        TextsDoc::One(raw) => vec![text(scope, raw, at)],
        TextsDoc::Several(all) => {
            let all = all.iter().enumerate();
            all.map(|(index, raw)| text(scope, raw, &at.index(index))).collect()
        }
    }
}

fn some(text: Text) -> Option<Text> {
    (!text.is_empty()).then_some(text)
}

fn modes(c: &Compiler<'_>) -> Option<Modes> {
    let doc = c.document.modes.as_ref()?;
    Some(Modes {
        clarifying: rules(&doc.clarifying, Frequency::MoreOften),
        confident: rules(&doc.confident, Frequency::Sometimes),
    })
}

fn rules(doc: &ModeRulesDoc, default: Frequency) -> ModeRules {
    let or_default = |doc: Option<FrequencyDoc>| doc.map_or(default, frequency);
    ModeRules {
        clarify_one: or_default(doc.clarify_one),
        clarify_several: or_default(doc.clarify_several),
        offer_support: or_default(doc.offer_support),
    }
}

fn frequency(doc: FrequencyDoc) -> Frequency {
    match doc {
        FrequencyDoc::MoreOften => Frequency::MoreOften,
        FrequencyDoc::Sometimes => Frequency::Sometimes,
        FrequencyDoc::LessOften => Frequency::LessOften,
    }
}

/// How values look. The author's locale counts where it is one of the language that is compiled.
pub(crate) fn display(doc: &DisplayDoc, language: &str) -> Display {
    let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let own = doc.locale.as_ref().filter(|locale| main(locale) == main(language));
    Display {
        locale: own.cloned().unwrap_or_else(|| language.to_owned()),
        date: match doc.date {
            DateStyleDoc::Short => DateStyle::Short,
            DateStyleDoc::Medium => DateStyle::Medium,
            DateStyleDoc::Long => DateStyle::Long,
            DateStyleDoc::Full => DateStyle::Full,
            DateStyleDoc::YearMonthDayShort => DateStyle::YearMonthDayShort,
            DateStyleDoc::YearMonthDay => DateStyle::YearMonthDay,
        },
        time: match doc.time {
            TimeStyleDoc::Short => TimeStyle::Short,
            TimeStyleDoc::Medium => TimeStyle::Medium,
        },
        decimals: doc.decimals.map_or(Decimals::AsNeeded, decimals),
        money_decimals: doc.money_decimals.map_or(Decimals::Fixed(MONEY_DECIMALS_DEFAULT), decimals),
        thousands: match doc.thousands {
            ThousandsDoc::None => Thousands::None,
            ThousandsDoc::Locale => Thousands::Locale,
            ThousandsDoc::Comma => Thousands::Comma,
            ThousandsDoc::Point => Thousands::Point,
        },
        currency_symbol: doc.currency_symbol.unwrap_or(true),
    }
}

fn decimals(doc: DecimalsDoc) -> Decimals {
    match doc {
        DecimalsDoc::Fixed(digits) => Decimals::Fixed(digits),
        DecimalsDoc::Word(_) => Decimals::AsNeeded,
    }
}

/// The engine's own words.
pub(crate) fn own_words(c: &Compiler<'_>) -> Texts {
    let texts = &c.defaults.texts;
    let said = |raw: &'static str| Scope::outside(c).spoken(raw, &At::DEFAULTS).text.to_owned();
    Texts {
        nothing_to_say: said(&texts.nothing_to_say),
        let_go: said(&texts.let_go),
        yes: said(&texts.yes),
        no: said(&texts.no),
        which_reading: said(&texts.which_reading),
        masked: said(&texts.masked),
    }
}

/// The variables of the session.
pub(crate) fn variables(c: &Compiler<'_>) -> Vec<Variable> {
    c.document.variables.iter().map(|(name, doc)| variable(c, name, doc)).collect()
}

fn variable(c: &Compiler<'_>, name: &str, doc: &VariableDoc) -> Variable {
    let (scope, all) = (Scope::outside(c), At::DOCUMENT.key("variables"));
    let at = all.key(name);
    if super::names::built_in_variable(name) == Some(name) {
        let problem = format!("`{name}` is a variable the engine sets");
        scope.error("name-taken", &at, problem, "choose another name, or leave it out: it is there anyway");
    }
    let shown_as = doc.shown_as.as_ref().map(|label| scope.spoken_if_translated(label).text.to_owned());
    Variable {
        name: name.to_owned(),
        initial: doc.initial.as_ref().map(|initial| operand(scope, initial, &at.key("initial"))),
        shown_as,
        protected: doc.protected,
    }
}

/// The lists of words, the built-in ones among them even when they are empty.
pub(crate) fn word_lists(c: &Compiler<'_>) -> Vec<WordList> {
    let own = c.document.words.iter().map(|(name, words)| {
        let translated = c.translation.and_then(|(_, translation)| translation.words.get(name));
        WordList { name: name.clone(), words: translated.unwrap_or(words).clone() }
    });
    let empty = TRIGGER_LISTS.into_iter().filter(|name| !c.document.words.contains_key(*name));
    own.chain(empty.map(|name| WordList { name: name.to_owned(), words: Vec::new() })).collect()
}
