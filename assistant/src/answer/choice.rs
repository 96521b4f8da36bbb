//! One of several options: by its label or a synonym, with a typing error, by its number in the list, or named inside
//! a sentence.

use super::scan::{Scan, Spelling};
use super::{Offer, Reading, yes_no};
use crate::fold::alike;
use crate::language::Kind;
use crate::language::tokens::{Gap, Shape};
use crate::number::number_text;
use crate::value::Value;
use protocol::inspect::Refused;
use std::ops::Range;

/// A shorter name is mentioned by accident.
const LETTERS_MIN: usize = 3;

/// Words that say nothing about which option is meant.
const SAY_NOTHING: [Kind; 10] = [
    Kind::Filler,
    Kind::Only,
    Kind::The,
    Kind::Article,
    Kind::Of,
    Kind::Option,
    Kind::And,
    Kind::Yes,
    Kind::No,
    Kind::On,
];

/// Reads an utterance as one of the options.
pub fn read(offers: &[Offer], said: &str, scan: &Scan<'_>) -> Reading {
    if let Some(offer) = offers.iter().find(|offer| offer.label.trim() == said.trim()) {
        return Reading::Plain(offer.value.clone());
    }
    let said = words(scan);
    if said.is_empty() {
        return Reading::Refused(Refused::NotOfThisKind);
    }
    let names = Names::of(offers, scan);
    let inflection = scan.locale.language.habits.inflection;
    let akin = |a: &str, b: &str| alike(a, b) || inflected(a, b, inflection);
    let plain =
        names.only(|name| same(name, &said, str::eq)).or_else(|| names.only(|name| same(name, &said, akin)));
    if let Some(value) = plain {
        return Reading::Plain(value);
    }
    let telling = telling(scan);
    let numbered = numbered(&names, &telling).or_else(|| article(&names, &telling, scan));
    if let Some(value) = numbered.or_else(|| names.place(scan)) {
        return Reading::Plain(value);
    }
    // `no sé` does not choose an option called `No`.
    let letters_min = if yes_no::is_open(scan) { LETTERS_MIN } else { 0 };
    match names.named_in(&said, scan, letters_min) {
        Named::One(value) => Reading::Inside(value),
        Named::Several => Reading::Refused(Refused::SeveralMeant),
        Named::None => match part_of(&names, &telling, &akin) {
            // Nothing else was said that says anything.
            Some(value) => Reading::Plain(value),
            None => Reading::Refused(Refused::NotOfThisKind),
        },
    }
}

/// The option that is named inside an utterance.
pub fn named(offers: &[Offer], scan: &Scan<'_>) -> Option<Value> {
    match Names::of(offers, scan).named_in(&words(scan), scan, 0) {
        Named::One(value) => Some(value),
        Named::Several | Named::None => None,
    }
}

/// The option that is mentioned: by a name that is more than a number or a word such as `yes` or `the`.
pub fn mentioned(offers: &[Offer], scan: &Scan<'_>) -> Option<Value> {
    match Names::of(offers, scan).named_in(&words(scan), scan, LETTERS_MIN) {
        Named::One(value) => Some(value),
        Named::Several | Named::None => None,
    }
}

/// Which option is named.
enum Named {
    One(Value),
    Several,
    None,
}

/// The options with the words of their names.
struct Names<'a> {
    offers: &'a [Offer],
    /// Names with the place of their option.
    all: Vec<(usize, Vec<String>)>,
    /// The same names, and whether they say anything.
    telling: Vec<bool>,
}

impl<'a> Names<'a> {
    fn of(offers: &'a [Offer], scan: &Scan<'_>) -> Self {
        let (mut all, mut telling) = (Vec::new(), Vec::new());
        for (place, offer) in offers.iter().enumerate() {
            for name in std::iter::once(&offer.label).chain(&offer.synonyms) {
                let name = Scan::of(name, scan.locale, scan.now, Spelling::Right);
                let words = words(&name);
                if !words.is_empty() {
                    telling.push(
                        self::telling(&name).iter().any(|word| !word.bytes().all(|b| b.is_ascii_digit())),
                    );
                    all.push((place, words));
                }
            }
        }
        Self { offers, all, telling }
    }

    /// The value of the only option with a name that fits.
    fn only(&self, fits: impl Fn(&[String]) -> bool) -> Option<Value> {
        let mut fitting = self.all.iter().filter(|(_, name)| fits(name)).map(|(place, _)| *place);
        let place = fitting.next()?;
        fitting.all(|other| other == place).then(|| self.value(place))?
    }

    fn value(&self, place: usize) -> Option<Value> {
        self.offers.get(place).map(|offer| offer.value.clone())
    }

    /// The option whose name stands in the sentence and is not denied there. `electric bike` names the electric bike, not
    /// the bike inside it. With `letters_min`, names that say little do not count.
    fn named_in(&self, said: &[String], scan: &Scan<'_>, letters_min: usize) -> Named {
        let careful = letters_min > 0;
        let inflection = scan.locale.language.habits.inflection;
        let equal =
            |a: &str, b: &str| close(a, b, if careful { 6 } else { 5 }) || inflected(a, b, inflection);
        let denied = denied(scan);
        let begins: Vec<usize> = placed_words(scan).into_iter().map(|(at, _)| at).collect();
        let is_denied = |word: usize| begins.get(word).is_some_and(|at| denied.contains(at));
        // Where a name stands; one without spaces stands somewhere.
        let places_of = |name: &[String]| -> Vec<Range<usize>> {
            let letters: usize = name.iter().map(|word| word.chars().count()).sum();
            let runs = said.windows(name.len()).enumerate().filter(|(_, run)| same(run, name, equal));
            let mut places: Vec<_> = runs.map(|(at, run)| at..at + run.len()).collect();
            places.retain(|place| letters >= letters_min && !is_denied(place.start));
            if is_written_in(name, scan) {
                places.push(0..said.len());
            }
            places
        };
        let mut named = Vec::new();
        for ((place, name), telling) in self.all.iter().zip(&self.telling) {
            let places = if *telling || !careful { places_of(name) } else { Vec::new() };
            if !places.is_empty() {
                named.push(Mention { place: *place, words: name.len(), telling: *telling, places });
            }
        }
        let all_inside = |one: &Mention| named.iter().any(|other| one.is_inside(other));
        let mut left = named.iter().filter(|one| !all_inside(one)).map(|one| one.place);
        match left.next() {
            Some(place) if left.all(|other| other == place) => {
                self.value(place).map_or(Named::None, Named::One)
            }
            Some(_) => Named::Several,
            None => Named::None,
        }
    }

    /// `2`, `the second one`, `option 2`, `last`.
    fn place(&self, scan: &Scan<'_>) -> Option<Value> {
        let mut places = Vec::new();
        let mut at = 0;
        while at < scan.len() {
            let option = scan.longest(at, &SAY_NOTHING).map(|(_, end)| end);
            if let Some((from_end, end)) = scan.sense(at, Kind::FromEnd) {
                places.push((self.offers.len() + 1).checked_sub(from_end as usize)?);
                at = end;
            } else if let Some(count) =
                scan.count(at).filter(|c| c.ordinal || option.is_none() || places.is_empty())
                && !count.article
            {
                places.push(count.value.filter(|value| value.fract() == 0.0)? as usize);
                at = count.end;
            } else if scan.token(at).is_some_and(|token| token.shape == Shape::Mark('.')) {
                at += 1;
            } else {
                at = option?;
            }
        }
        let (first, rest) = places.split_first()?;
        rest.iter().all(|other| other == first).then(|| self.value(first.checked_sub(1)?))?
    }
}

/// A name that stands in a sentence.
struct Mention {
    /// The place of its option.
    place: usize,
    words: usize,
    telling: bool,
    places: Vec<Range<usize>>,
}

impl Mention {
    /// Whether this name is only a part of a longer one, or says nothing beside the other: the `No` of `no, a city bike`.
    fn is_inside(&self, other: &Self) -> bool {
        let covered =
            |one: &Range<usize>| other.places.iter().any(|o| o.start <= one.start && one.end <= o.end);
        let longer = other.words > self.words && self.places.iter().all(covered);
        longer || (other.telling && !self.telling)
    }
}

/// The pieces that follow what denies them, as `a city bike` in `not a city bike`; punctuation and `but` end it.
fn denied(scan: &Scan<'_>) -> Vec<usize> {
    const KINDS: [Kind; 4] = [Kind::Doubt, Kind::Yes, Kind::But, Kind::Except];
    const REACH: usize = 5;
    let (mut denied, mut left, mut at) = (Vec::new(), 0, 0);
    while at < scan.len() {
        let parted = scan.token(at).is_some_and(|token| token.gap == Gap::Break);
        let (kind, end) = scan.longest(at, &KINDS).map_or((None, at + 1), |(s, end)| (Some(s.kind), end));
        if kind == Some(Kind::Except) {
            left = REACH;
        } else if parted || kind == Some(Kind::But) {
            left = 0;
        } else if left > 0 {
            denied.extend(at..end);
            left -= 1;
        }
        at = end;
    }
    denied
}

/// The words of a text, with numbers in numerals: `two people` is `2 people`.
fn words(scan: &Scan<'_>) -> Vec<String> {
    placed_words(scan).into_iter().map(|(_, word)| word).collect()
}

/// The same, and where each begins.
fn placed_words(scan: &Scan<'_>) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(token) = scan.token(at) {
        let count = scan.count(at).filter(|count| !count.ordinal && !count.article);
        if let Some((value, end)) = count.and_then(|count| Some((count.value?, count.end))) {
            words.push((at, number_text(value)));
            at = end;
            continue;
        }
        if !matches!(token.shape, Shape::Mark(_)) {
            words.push((at, scan.tokens.text(at..at + 1).to_owned()));
        }
        at += 1;
    }
    words
}

/// The words that say something.
fn telling(scan: &Scan<'_>) -> Vec<String> {
    let mut telling = Vec::new();
    let mut at = 0;
    while at < scan.len() {
        let number =
            scan.count(at).is_some_and(|count| !count.article) && scan.sense(at, Kind::Option).is_none();
        let said = scan.longest(at, &SAY_NOTHING).filter(|_| !number);
        let end = match (said, scan.count(at).filter(|count| !count.ordinal && !count.article)) {
            (Some((_, end)), _) => end,
            (None, Some(count)) => {
                telling.extend(count.value.map(number_text));
                count.end
            }
            (None, None) => {
                let mark = scan.token(at).is_some_and(|token| matches!(token.shape, Shape::Mark(_)));
                telling.extend((!mark).then(|| scan.tokens.text(at..at + 1).to_owned()));
                at + 1
            }
        };
        at = end;
    }
    telling
}

fn same(a: &[String], b: &[String], equal: impl Fn(&str, &str) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
}

/// The same word, its plural, or a long one with a wrong letter. In a sentence short words are near to too many: `some`
/// is not `Home`.
fn close(a: &str, b: &str, letters_min: usize) -> bool {
    let long = |word: &str| word.chars().nth(letters_min - 1).is_some();
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    a == b || plural || (long(a) && long(b) && alike(a, b))
}

/// The same word in another case, gender or number: all but its last letters are the same.
fn inflected(a: &str, b: &str, letters: usize) -> bool {
    const STEM_LETTERS_MIN: usize = 4;
    let same = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    letters > 0 && same >= STEM_LETTERS_MIN && longest - same <= letters
}

/// A number of which only one option's name tells: `2` for `2 people`.
fn numbered(names: &Names<'_>, telling: &[String]) -> Option<Value> {
    match telling {
        [number] if number.bytes().all(|b| b.is_ascii_digit()) => names.only(|name| name.contains(number)),
        _ => None,
    }
}

/// The option for one, where only a word is said that is an article or pronoun too: `una` for `1 persona`.
fn article(names: &Names<'_>, telling: &[String], scan: &Scan<'_>) -> Option<Value> {
    let one = |at| scan.count(at).is_some_and(|count| !count.ordinal && count.value == Some(1.0));
    ((0..scan.len()).any(one) && telling.is_empty())
        .then(|| names.only(|name| name.first().is_some_and(|word| word == "1")))?
}

/// The option of whose name the visitor said a part: `full` for `Full service (€95)`, `9:30` for `9:30 with Dr Ames`.
fn part_of(names: &Names<'_>, telling: &[String], akin: &dyn Fn(&str, &str) -> bool) -> Option<Value> {
    const LETTERS_MIN: usize = 3;
    let says_much = telling.iter().any(|word| word.chars().count() >= LETTERS_MIN);
    let has_all = |name: &[String]| telling.iter().all(|word| name.iter().any(|part| akin(part, word)));
    if says_much {
        return names.only(has_all);
    }
    let has_run = |name: &[String]| name.windows(telling.len()).any(|run| run == telling);
    (telling.len() > 1).then(|| names.only(has_run))?
}

/// Whether a name in a script without spaces stands anywhere in the text.
fn is_written_in(name: &[String], scan: &Scan<'_>) -> bool {
    let without_spaces =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    let name = name.concat();
    name.chars().all(without_spaces) && !name.is_empty() && scan.tokens.folded.contains(&name)
}
