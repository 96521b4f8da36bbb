//! Signs that a visitor's messages are spam. The rules are few and told: whoever is silenced by one can be shown which.
//!
//! A watch looks at one conversation and keeps only what its rules look back on. It is made anew when the bridge starts:
//! what was said before that counts for nothing.

use protocol::{SpamSign, Timestamp};
use std::collections::VecDeque;

/// What counts as a sign; `None` and empty lists look for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpamRules {
    /// More messages than `.0` within `.1` seconds.
    pub rate: Option<(usize, u64)>,
    /// The same words for the `.0`th time within `.1` seconds.
    pub repeats: Option<(usize, u64)>,
    /// More addresses than this in one message.
    pub links_max: Option<usize>,
    /// Words nobody says in earnest, whole words, in any case.
    pub words: Vec<String>,
    /// Hosts nobody links to in earnest, and all below them.
    pub hosts: Vec<String>,
}

impl Default for SpamRules {
    /// Nobody types 20 messages in 30 seconds, or says the same five times in ten minutes, or sends six addresses.
    fn default() -> Self {
        Self {
            rate: Some((20, 30)),
            repeats: Some((5, 600)),
            links_max: Some(5),
            words: Vec::new(),
            hosts: Vec::new(),
        }
    }
}

/// What is remembered of one conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpamWatch {
    /// When, and a digest of what, the oldest first.
    said: VecDeque<(Timestamp, u64)>,
}

impl SpamWatch {
    /// Looks at one more message of the visitor's. All its signs, none when it looks like any other.
    pub fn hear(&mut self, text: &str, at: Timestamp, rules: &SpamRules) -> Vec<SpamSign> {
        let words = words(text);
        self.said.push_back((at, digest(&words)));
        self.forget(at, rules);
        let mut signs: Vec<SpamSign> =
            [self.too_many(at, rules), self.repeated(at, rules)].into_iter().flatten().collect();
        let hosts: Vec<&str> = text.split_whitespace().filter_map(host).collect();
        if rules.links_max.is_some_and(|most| hosts.len() > most) {
            signs.push(SpamSign::Links(hosts.len()));
        }
        let listed = |word: &&String| words.contains(&word.to_lowercase());
        signs.extend(rules.words.iter().filter(listed).map(|word| SpamSign::Word(word.clone())));
        let linked = |known: &&String| hosts.iter().any(|host| is_below(host, known));
        signs.extend(rules.hosts.iter().filter(linked).map(|host| SpamSign::Host(host.clone())));
        signs
    }

    fn too_many(&self, at: Timestamp, rules: &SpamRules) -> Option<SpamSign> {
        let (most, seconds) = rules.rate?;
        let messages = self.within(at, seconds).count();
        (messages > most).then_some(SpamSign::TooMany { messages, seconds })
    }

    fn repeated(&self, at: Timestamp, rules: &SpamRules) -> Option<SpamSign> {
        let (most, seconds) = rules.repeats?;
        let last = self.said.back()?.1;
        let times = self.within(at, seconds).filter(|said| *said == last).count();
        (times >= most).then_some(SpamSign::Repeated { times, seconds })
    }

    fn within(&self, at: Timestamp, seconds: u64) -> impl Iterator<Item = u64> {
        let since = move |(said, _): &&(Timestamp, u64)| said.plus_seconds(seconds) > at;
        self.said.iter().filter(since).map(|(_, digest)| *digest)
    }

    fn forget(&mut self, at: Timestamp, rules: &SpamRules) {
        let looks_back = [rules.rate, rules.repeats].into_iter().flatten();
        let seconds = looks_back.map(|(_, seconds)| seconds).max().unwrap_or_default();
        while self.said.front().is_some_and(|(said, _)| said.plus_seconds(seconds) <= at) {
            self.said.pop_front();
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// FNV-1a over the words, so that spaces, marks and case do not hide a repetition.
fn digest(words: &[String]) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(START, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// The host of an address, with or without its scheme: `https://a.example/b`, `www.a.example`.
fn host(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let with_scheme = ["https://", "http://"].iter().find_map(|scheme| strip_prefix(word, scheme));
    let rest = with_scheme.or_else(|| strip_prefix(word, "www.").map(|_| word))?;
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|host| host.contains('.'))
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

fn is_below(host: &str, known: &str) -> bool {
    let (host, known) = (host.to_ascii_lowercase(), known.to_ascii_lowercase());
    host.strip_suffix(&known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_types_like_a_person_shows_no_sign() {
        let mut watch = SpamWatch::default();
        for (second, text) in
            [(0, "hello"), (4, "my order is late"), (9, "hello?"), (30, "see https://shop.example/orders/1")]
        {
            assert_eq!(watch.hear(text, at(second), &SpamRules::default()), [], "{text}");
        }
    }

    #[test]
    fn more_messages_than_hands_can_type_are_a_sign_until_time_has_passed() {
        let rules = SpamRules { rate: Some((2, 10)), repeats: None, ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        let signs: Vec<usize> = [0, 1, 2, 3, 20]
            .map(|second| watch.hear(&format!("m {second}"), at(second), &rules).len())
            .to_vec();
        assert_eq!(signs, [0, 0, 1, 1, 0]);
    }

    #[test]
    fn the_same_words_in_other_clothes_are_the_same() {
        let rules = SpamRules { repeats: Some((3, 60)), ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        assert!(watch.hear("Buy now!", at(0), &rules).is_empty());
        assert!(watch.hear("buy  NOW", at(10), &rules).is_empty());
        assert!(watch.hear("something else", at(15), &rules).is_empty());
        assert_eq!(watch.hear("…buy now…", at(20), &rules), [SpamSign::Repeated { times: 3, seconds: 60 }]);
        assert!(watch.hear("buy now", at(200), &rules).is_empty());
    }

    #[test]
    fn addresses_are_counted_and_hosts_known_with_all_below_them() {
        let rules =
            SpamRules { links_max: Some(1), hosts: vec!["Bad.example".to_owned()], ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        let mut hear = |text| watch.hear(text, at(0), &rules);
        assert_eq!(hear("HTTPS://a.example and (www.b.example)"), [SpamSign::Links(2)]);
        assert_eq!(hear("at https://x.bad.EXAMPLE:80/y."), [SpamSign::Host("Bad.example".to_owned())]);
        assert_eq!(hear("https://notbad.example"), []);
        assert_eq!(hear("http:// www. 1.5 e.g."), []);
    }

    #[test]
    fn words_of_the_list_are_found_whole() {
        let rules = SpamRules { words: vec!["Casino".to_owned()], ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        assert_eq!(watch.hear("CASINO!", at(0), &rules), [SpamSign::Word("Casino".to_owned())]);
        assert_eq!(watch.hear("casinos", at(0), &rules), []);
    }

    #[test]
    fn no_more_is_remembered_than_the_rules_look_back_on() {
        let rules = SpamRules { rate: Some((2, 10)), repeats: Some((3, 20)), ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        (0..1_000).for_each(|second| drop(watch.hear("x", at(second), &rules)));
        assert_eq!(watch.said.len(), 20);
    }

    fn at(second: u64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000).plus_seconds(second)
    }
}
