//! Yes or no: by the author's words, by the language's own, and by signs.

use super::choice;
use super::scan::Scan;
use super::{Offer, Reading};
use crate::fold::fold;
use crate::language::tokens::Gap;
use crate::language::{Kind, Sense};
use crate::value::Value;
use protocol::inspect::Refused;

const YES_SIGNS: [char; 5] = ['👍', '👌', '✅', '✔', '🆗'];
const NO_SIGNS: [char; 5] = ['👎', '❌', '🙅', '🚫', '✖'];
/// In a longer sentence a yes at the end is no answer.
const WORDS_BEFORE_MAX: usize = 1;
/// The value of words that are yes or no and nothing else: a clause may follow them.
const BARE: f64 = 1.0;
/// The value of a word that is that too, unless a noun follows it: `no`.
const BARE_OR_NONE: f64 = 2.0;
/// The value of words of doubt that make a question where they begin it: `can I`.
const BEGINS_QUESTION: f64 = 1.0;

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
    if reading != Reading::Refused(Refused::NotOfThisKind) || votes.question {
        return reading;
    }
    // The no of `no sé` and of `no rush` is not the button called `No`.
    let name = if votes.doubt || !votes.all.is_empty() { choice::mentioned } else { choice::named };
    name(&offers(yes, no), scan).map_or(reading, Reading::Inside)
}

/// Yes or no where the author's own words are said: `round trip`. The language's words for yes and no are too common.
pub fn mentioned(yes: &[String], no: &[String], scan: &Scan<'_>) -> Option<Value> {
    choice::mentioned(&offers(yes, no), scan)
}

/// Whether neither yes nor no is said, but that it is open, `no sé`, or something else with their words in it: `no rush`.
pub fn is_open(scan: &Scan<'_>) -> bool {
    let votes = Votes::of("", scan);
    let undecided = || matches!(votes.decide(), Reading::Refused(_));
    votes.doubt || (votes.all.iter().any(|vote| vote.bare) && undecided())
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
    /// Whether more than one word follows the first vote.
    longer: bool,
    /// Clauses before the one that is being heard.
    clauses: usize,
    /// Whether something is asked; what only sounds like it, as `why not?`, answers.
    question: bool,
}

#[derive(Clone, Copy)]
struct Vote {
    yes: bool,
    /// Means it by itself.
    strong: bool,
    /// Is a yes or no and nothing else, so that anything may follow: `yes the wheel is bent`.
    bare: bool,
    /// Only acknowledges, unless nothing else is said: the `ok` of `ok, no thanks`.
    agreed: bool,
    /// Says that there is none of what follows: `no rush`.
    none_of: bool,
    /// Whether punctuation follows.
    parted: bool,
    /// How many clauses stand before its own.
    clause: usize,
    /// How many other words stand before it.
    others: usize,
}

/// Where a phrase stands.
struct Place {
    /// Whether it is the last one.
    last: bool,
    /// Whether punctuation follows.
    parted: bool,
    /// Whether a word follows that means something else.
    thing: bool,
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
        let mut votes = Self { longer: scan.len() > 2, ..Self::default() };
        votes.signs(said);
        let (mut at, mut denies, mut knows, mut sounds_asked) = (0, false, false, false);
        while at < scan.len() {
            let (sense, end) = scan.longest(at, &KINDS).map_or((None, at + 1), |(s, end)| (Some(s), end));
            let kind = sense.map(|sense| sense.kind);
            let parted = scan.token(end).is_none_or(|token| token.gap == Gap::Break);
            denies |= matches!(kind, Some(Kind::No | Kind::NoPerhaps));
            knows |= scan.sense(at, Kind::Knows).is_some_and(|(_, known)| known >= end);
            votes.doubt |= denies && knows;
            votes.question |= at == 0 && sense.is_some_and(begins_question);
            sounds_asked = kind == Some(Kind::Yes) && scan.sense(at, Kind::Doubt).is_some();
            let thing = !parted && scan.longest(end, &KINDS).is_none();
            votes.hear(sense, &Place { last: end == scan.len(), parted, thing });
            (denies, knows) = (denies && !parted, knows && !parted);
            at = end;
        }
        votes.question |= said.trim_end().ends_with('?') && !sounds_asked;
        if votes.all.iter().any(|vote| vote.strong && !vote.yes) {
            votes.all.retain(|vote| !vote.agreed);
        }
        votes
    }

    fn signs(&mut self, said: &str) {
        for (yes, signs) in [(true, YES_SIGNS), (false, NO_SIGNS)] {
            self.all.extend(said.contains(signs).then_some(Vote {
                yes,
                strong: true,
                bare: true,
                agreed: false,
                none_of: false,
                parted: false,
                clause: 0,
                others: 0,
            }));
        }
    }

    fn hear(&mut self, sense: Option<Sense>, place: &Place) {
        let clause = self.clauses;
        self.clauses += usize::from(place.parted);
        let Some(Sense { kind, value }) = sense else {
            self.others += 1;
            self.before += usize::from(self.all.is_empty());
            return;
        };
        let (yes, strong) = if kind == Kind::Yes || kind == Kind::Agreed {
            (true, true)
        } else if kind == Kind::No {
            (false, true)
        } else if kind == Kind::YesPerhaps || kind == Kind::NoPerhaps {
            (kind == Kind::YesPerhaps, false)
        } else {
            self.doubt |= kind == Kind::Doubt && value != BEGINS_QUESTION;
            return;
        };
        self.at_end = place.last;
        self.all.push(Vote {
            yes,
            strong,
            bare: strong && value >= BARE,
            agreed: kind == Kind::Agreed,
            none_of: strong && value == BARE_OR_NONE && place.thing,
            parted: place.parted,
            clause,
            others: self.others,
        });
    }

    fn decide(&self) -> Reading {
        let refused = Reading::Refused(Refused::NotOfThisKind);
        let (Some(first), false) = (self.all.first(), self.doubt || self.question) else {
            return refused;
        };
        let strong: Vec<bool> = self.all.iter().filter(|vote| vote.strong).map(|vote| vote.yes).collect();
        let yes = match strong.first() {
            _ if self.contradicts_itself(first) => {
                return Reading::Refused(Refused::SeveralMeant);
            }
            Some(_) if first.strong && first.parted && self.longer => first.yes,
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
        match (self.others, self.before) {
            (0, _) => Reading::Plain(Value::YesNo(yes)),
            (_, 0) if self.begins(yes) => Reading::Inside(Value::YesNo(yes)),
            (_, _) if at_end => Reading::Inside(Value::YesNo(yes)),
            (_, _) => refused,
        }
    }

    /// Whether a later vote leaves open what the first one means: `nope, sorry, yes`, `klar ist mir das nicht`,
    /// `I have no insurance`, `I can not say yes`; but not `no, that's fine`, `please no`.
    fn contradicts_itself(&self, first: &Vote) -> bool {
        self.all.iter().enumerate().any(|(at, vote)| {
            let denied = || self.all[..at].iter().any(|other| !other.yes && other.clause == vote.clause);
            let bare = vote.yes != first.yes && vote.bare && (vote.yes || first.strong || vote.none_of);
            let turned = first.strong && first.yes && vote.clause == first.clause && !vote.yes;
            bare || turned || (vote.yes && vote.bare && denied())
        })
    }

    /// Whether the answer is given before anything else is said. `I have` is a yes, `I have a question` is none; `klar` is
    /// one, `klar ist mir das nicht` none.
    fn begins(&self, yes: bool) -> bool {
        let says = |vote: &Vote| vote.yes == yes && vote.others == 0 && !vote.none_of;
        let mut all = self.all.iter();
        self.all.first().is_some_and(|first| first.parted) || all.any(|v| says(v) && (v.bare || v.agreed))
    }
}

fn begins_question(sense: Sense) -> bool {
    sense.kind == Kind::Doubt && sense.value == BEGINS_QUESTION
}
