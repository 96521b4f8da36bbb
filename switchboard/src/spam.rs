//! Signs that a visitor's messages are spam. The rules are few and told: whoever is silenced by one can be shown which.
//!
//! A watch looks at one conversation and keeps only what its rules look back on. It is made anew when the bridge starts:
//! what was said before that counts for nothing.

use protocol::{SpamSign, Timestamp};
use std::collections::{HashMap, VecDeque};

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

/// Messages that are looked back on at most, however many a visitor sends.
const REMEMBERED_MAX: usize = 1_000;

/// What is remembered of one conversation. A message costs what it adds and what it makes forget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpamWatch {
    /// When something came, the oldest first; no more than make a sign.
    times: VecDeque<Timestamp>,
    /// When, and a digest of what, the oldest first.
    said: VecDeque<(Timestamp, u64)>,
    /// How often each digest stands there.
    counts: HashMap<u64, usize>,
}

impl SpamWatch {
    /// All signs of one more message of the visitor's; none when it looks like any other.
    pub fn signs(&self, text: &str, at: Timestamp, rules: &SpamRules) -> Vec<SpamSign> {
        let words = words(text);
        let mut signs = self.signs_of_haste(at, rules);
        signs.extend(self.repeated(digest(&words), at, rules));
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

    /// The sign that one more thing comes sooner than anybody could send it.
    pub fn signs_of_haste(&self, at: Timestamp, rules: &SpamRules) -> Vec<SpamSign> {
        let Some((most, seconds)) = rules.rate else { return Vec::new() };
        let lately = self.times.iter().rev().take_while(|said| said.plus_seconds(seconds) > at);
        let messages = lately.count() + 1;
        if messages > most { vec![SpamSign::TooMany { messages, seconds }] } else { Vec::new() }
    }

    /// Remembers a message.
    pub fn hear(&mut self, text: &str, at: Timestamp, rules: &SpamRules) {
        self.hurries(at, rules);
        let Some((_, seconds)) = rules.repeats else { return };
        let digest = digest(&words(text));
        self.said.push_back((at, digest));
        *self.counts.entry(digest).or_default() += 1;
        while let Some((said, old)) = self.said.front().copied()
            && (said.plus_seconds(seconds) <= at || self.said.len() > REMEMBERED_MAX)
        {
            self.said.pop_front();
            if let Some(count) = self.counts.get_mut(&old) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&old);
                }
            }
        }
    }

    /// Remembers that something came, whatever it was.
    pub fn hurries(&mut self, at: Timestamp, rules: &SpamRules) {
        let Some((most, _)) = rules.rate else { return };
        self.times.push_back(at);
        if self.times.len() > most.max(1) {
            self.times.pop_front();
        }
    }

    /// The sign that these words were said too often; what has grown old since the last message is looked at once.
    fn repeated(&self, digest: u64, at: Timestamp, rules: &SpamRules) -> Option<SpamSign> {
        let (most, seconds) = rules.repeats?;
        let old = self.said.iter().take_while(|(said, _)| said.plus_seconds(seconds) <= at);
        let forgotten = old.filter(|(_, one)| *one == digest).count();
        let before = self.counts.get(&digest).copied().unwrap_or_default().saturating_sub(forgotten);
        let times = before + 1;
        (times >= most).then_some(SpamSign::Repeated { times, seconds })
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
            assert_eq!(hear(&mut watch, text, at(second), &SpamRules::default()), [], "{text}");
        }
    }

    #[test]
    fn more_messages_than_hands_can_type_are_a_sign_until_time_has_passed() {
        let rules = SpamRules { rate: Some((2, 10)), repeats: None, ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        let signs: Vec<usize> = [0, 1, 2, 3, 20]
            .map(|second| hear(&mut watch, &format!("m {second}"), at(second), &rules).len())
            .to_vec();
        assert_eq!(signs, [0, 0, 1, 1, 0]);
    }

    #[test]
    fn the_same_words_in_other_clothes_are_the_same() {
        let rules = SpamRules { repeats: Some((3, 60)), ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        assert!(hear(&mut watch, "Buy now!", at(0), &rules).is_empty());
        assert!(hear(&mut watch, "buy  NOW", at(10), &rules).is_empty());
        assert!(hear(&mut watch, "something else", at(15), &rules).is_empty());
        assert_eq!(
            hear(&mut watch, "…buy now…", at(20), &rules),
            [SpamSign::Repeated { times: 3, seconds: 60 }]
        );
        assert!(hear(&mut watch, "buy now", at(200), &rules).is_empty());
    }

    #[test]
    fn addresses_are_counted_and_hosts_known_with_all_below_them() {
        let rules =
            SpamRules { links_max: Some(1), hosts: vec!["Bad.example".to_owned()], ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        let mut hear = |text| hear(&mut watch, text, at(0), &rules);
        assert_eq!(hear("HTTPS://a.example and (www.b.example)"), [SpamSign::Links(2)]);
        assert_eq!(hear("at https://x.bad.EXAMPLE:80/y."), [SpamSign::Host("Bad.example".to_owned())]);
        assert_eq!(hear("https://notbad.example"), []);
        assert_eq!(hear("http:// www. 1.5 e.g."), []);
    }

    #[test]
    fn words_of_the_list_are_found_whole() {
        let rules = SpamRules { words: vec!["Casino".to_owned()], ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        assert_eq!(hear(&mut watch, "CASINO!", at(0), &rules), [SpamSign::Word("Casino".to_owned())]);
        assert_eq!(hear(&mut watch, "casinos", at(0), &rules), []);
    }

    #[test]
    fn no_more_is_remembered_than_the_rules_look_back_on() {
        let rules = SpamRules { rate: Some((2, 10)), repeats: Some((3, 20)), ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        (0..1_000).for_each(|second| watch.hear("x", at(second), &rules));
        assert_eq!((watch.said.len(), watch.times.len(), watch.counts.len()), (20, 2, 1));
    }

    #[test]
    fn many_at_once_are_remembered_up_to_a_bound() {
        let rules = SpamRules { repeats: Some((2, 600)), ..SpamRules::default() };
        let mut watch = SpamWatch::default();
        (0..5_000).for_each(|number| watch.hear(&format!("m {number}"), at(0), &rules));
        assert_eq!(
            (watch.said.len(), watch.times.len(), watch.counts.len()),
            (REMEMBERED_MAX, 20, REMEMBERED_MAX)
        );
        assert!(watch.repeated(digest(&words("m 4999")), at(0), &rules).is_some());
        assert_eq!(watch.repeated(digest(&words("m 0")), at(0), &rules), None, "it is forgotten");
    }

    fn hear(watch: &mut SpamWatch, text: &str, at: Timestamp, rules: &SpamRules) -> Vec<SpamSign> {
        let signs = watch.signs(text, at, rules);
        watch.hear(text, at, rules);
        signs
    }

    fn at(second: u64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000).plus_seconds(second)
    }
}
