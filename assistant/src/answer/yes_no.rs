//! Yes or no: by the author's words, by the language's own, and by signs.

use super::choice;
use super::scan::Scan;
use super::{Offer, Reading};
use crate::fold::fold;
use crate::language::Kind;
use crate::language::tokens::Gap;
use crate::value::Value;
use protocol::inspect::Refused;

const YES_SIGNS: [char; 5] = ['👍', '👌', '✅', '✔', '🆗'];
const NO_SIGNS: [char; 5] = ['👎', '❌', '🙅', '🚫', '✖'];
/// In a longer sentence a yes at the end is no answer.
const WORDS_BEFORE_MAX: usize = 4;

/// Reads an utterance as yes or no; `yes` and `no` are the author's own words for them.
pub fn read(yes: &[String], no: &[String], said: &str, scan: &Scan<'_>) -> Reading {
    let folded = fold(said);
    let is_one_of = |words: &[String]| {
        words.iter().any(|w| w.trim() == said.trim() || (fold(w) == folded && !folded.is_empty()))
    };
    match (is_one_of(yes), is_one_of(no)) {
        (true, false) => return Reading::Plain(Value::YesNo(true)),
        (false, true) => return Reading::Plain(Value::YesNo(false)),
        (true, true) | (false, false) => {}
    }
    let votes = Votes::of(said, scan);
    let reading = votes.decide();
    if reading != Reading::Refused(Refused::NotOfThisKind) {
        return reading;
    }
    // The no of `no sé` is not the button called `No`.
    let name = if votes.doubt { choice::mentioned } else { choice::named };
    name(&offers(yes, no), scan).map_or(reading, Reading::Inside)
}

/// Yes or no where the author's own words are said: `round trip`. The language's words for yes and no are too common.
pub fn mentioned(yes: &[String], no: &[String], scan: &Scan<'_>) -> Option<Value> {
    choice::mentioned(&offers(yes, no), scan)
}

/// Whether neither yes nor no is said, but that it is open: `no sé`.
pub fn is_open(scan: &Scan<'_>) -> bool {
    Votes::of("", scan).doubt
}

fn offers(yes: &[String], no: &[String]) -> [Offer; 2] {
    [(true, yes), (false, no)].map(|(value, words)| Offer {
        value: Value::YesNo(value),
        label: words.first().cloned().unwrap_or_default(),
        synonyms: words.get(1..).unwrap_or_default().to_vec(),
    })
}

/// What speaks for yes and for no.
#[derive(Default)]
struct Votes {
    all: Vec<Vote>,
    doubt: bool,
    /// Words before the first vote that mean something else.
    before: usize,
    /// Such words anywhere.
    others: usize,
    /// Whether the last word is the last vote's.
    at_end: bool,
    /// Whether punctuation follows the first vote.
    parted: bool,
    /// Whether more than one word follows it.
    longer: bool,
    question: bool,
}

#[derive(Clone, Copy)]
struct Vote {
    yes: bool,
    /// Means it by itself.
    strong: bool,
    /// Only acknowledges, unless nothing else is said: the `ok` of `ok, no thanks`.
    agreed: bool,
    /// How many other words stand before it.
    others: usize,
}

impl Votes {
    fn of(said: &str, scan: &Scan<'_>) -> Self {
        const KINDS: [Kind; 9] = [
            Kind::Doubt,
            Kind::Yes,
            Kind::No,
            Kind::Agreed,
            Kind::YesPerhaps,
            Kind::NoPerhaps,
            Kind::Filler,
            Kind::The,
            Kind::Article,
        ];
        let longer = scan.len() > 2;
        let mut votes = Self { longer, question: said.trim_end().ends_with('?'), ..Self::default() };
        votes.signs(said);
        let (mut at, mut denies, mut knows) = (0, false, false);
        while at < scan.len() {
            let (kind, end) = scan.longest(at, &KINDS).map_or((None, at + 1), |(s, end)| (Some(s.kind), end));
            let parted = scan.token(end).is_none_or(|token| token.gap == Gap::Break);
            denies |= matches!(kind, Some(Kind::No | Kind::NoPerhaps));
            knows |= scan.sense(at, Kind::Knows).is_some_and(|(_, known)| known >= end);
            votes.doubt |= denies && knows;
            votes.hear(kind, end == scan.len(), parted);
            (denies, knows) = (denies && !parted, knows && !parted);
            at = end;
        }
        if votes.all.iter().any(|vote| vote.strong && !vote.yes) {
            votes.all.retain(|vote| !vote.agreed);
        }
        votes
    }

    fn signs(&mut self, said: &str) {
        let has = |signs: &[char]| said.contains(signs);
        self.all.extend(has(&YES_SIGNS).then_some(Vote {
            yes: true,
            strong: true,
            agreed: false,
            others: 0,
        }));
        self.all.extend(has(&NO_SIGNS).then_some(Vote {
            yes: false,
            strong: true,
            agreed: false,
            others: 0,
        }));
    }

    fn hear(&mut self, kind: Option<Kind>, last: bool, parted: bool) {
        let (yes, strong) = match kind {
            Some(Kind::Yes | Kind::Agreed) => (true, true),
            Some(Kind::YesPerhaps) => (true, false),
            Some(Kind::No) => (false, true),
            Some(Kind::NoPerhaps) => (false, false),
            Some(Kind::Doubt) => return self.doubt = true,
            Some(_) => return,
            None => {
                self.others += 1;
                self.before += usize::from(self.all.is_empty());
                return;
            }
        };
        if self.all.is_empty() {
            self.parted = parted;
        }
        self.at_end = last;
        let agreed = kind == Some(Kind::Agreed);
        self.all.push(Vote { yes, strong, agreed, others: self.others });
    }

    fn decide(&self) -> Reading {
        let refused = Reading::Refused(Refused::NotOfThisKind);
        let (Some(first), false) = (self.all.first(), self.doubt || (self.question && self.others > 0))
        else {
            return refused;
        };
        let strong: Vec<bool> = self.all.iter().filter(|vote| vote.strong).map(|vote| vote.yes).collect();
        let yes = match strong.first() {
            Some(_) if first.strong && self.parted && self.longer => first.yes,
            // `no es correcto`
            Some(false) if !first.yes && self.all.get(1).is_some_and(|next| next.others == first.others) => {
                false
            }
            Some(yes) if strong.iter().any(|other| other != yes) => {
                return Reading::Refused(Refused::SeveralMeant);
            }
            // What is denied before it is said is no yes: `not ok`.
            Some(true) if !first.yes && !first.strong => false,
            Some(yes) => *yes,
            None if self.all.iter().all(|vote| vote.yes == first.yes) => first.yes,
            None if self.others > 0 && first.yes => return refused,
            // `it is not`
            None => false,
        };
        let at_end = self.at_end && !strong.is_empty() && self.others <= WORDS_BEFORE_MAX;
        // `I have` is a yes, `I have a question` is none.
        let begins = !strong.is_empty() || !yes || self.parted;
        match (self.others, self.before) {
            (0, _) => Reading::Plain(Value::YesNo(yes)),
            (_, 0) if !begins => refused,
            (_, 0) => Reading::Inside(Value::YesNo(yes)),
            (_, _) if at_end => Reading::Inside(Value::YesNo(yes)),
            (_, _) => refused,
        }
    }
}
