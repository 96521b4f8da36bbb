//! A text as three blocks of features: its words, pairs of neighbouring words with marks for start and end, and pieces
//! of three and four letters inside words. Pieces make `repairing` resemble `repair`, and forgive typing errors.

use crate::fold::words;

/// Words, pairs, pieces.
pub const BLOCKS: usize = 3;

/// Features and their weights, sorted by feature, of length 1 once weighed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sparse(Vec<(u64, f32)>);

impl Sparse {
    fn count(features: impl Iterator<Item = u64>) -> Self {
        Self(merged(features.map(|feature| (feature, 1.0)).collect()))
    }

    /// The sum of several, of length 1.
    pub fn sum<'a>(all: impl Iterator<Item = &'a Self>) -> Self {
        let mut sum = Self(merged(all.flat_map(|sparse| sparse.0.iter().copied()).collect()));
        sum.weigh(|_| 1.0);
        sum
    }

    /// Multiplies each feature by its weight and makes the length 1.
    pub fn weigh(&mut self, weight: impl Fn(u64) -> f32) {
        for (feature, value) in &mut self.0 {
            *value *= weight(*feature);
        }
        let length = self.0.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            self.0.iter_mut().for_each(|(_, value)| *value /= length);
        }
    }

    /// The cosine between two of length 1.
    pub fn dot(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.0.as_slice(), other.0.as_slice());
        let mut sum = 0.0;
        while let ([(feature_a, value_a), rest_a @ ..], [(feature_b, value_b), rest_b @ ..]) = (a, b) {
            match feature_a.cmp(feature_b) {
                std::cmp::Ordering::Less => a = rest_a,
                std::cmp::Ordering::Greater => b = rest_b,
                std::cmp::Ordering::Equal => {
                    sum += value_a * value_b;
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        sum
    }

    /// The features alone.
    pub fn features(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|(feature, _)| *feature)
    }
}

/// Entries sorted by feature, the values of equal features added up.
pub fn merged(mut entries: Vec<(u64, f32)>) -> Vec<(u64, f32)> {
    entries.sort_unstable_by_key(|(feature, _)| *feature);
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0.0 };
        same
    });
    entries
}

/// The blocks of a text, counted and not yet weighed.
pub fn extract(text: &str) -> [Sparse; BLOCKS] {
    let words = words(text);
    let marked: Vec<&str> =
        std::iter::once("<").chain(words.iter().map(String::as_str)).chain([">"]).collect();
    let pairs = if words.is_empty() { [].windows(2) } else { marked.windows(2) };
    [
        Sparse::count(words.iter().map(|word| hash(0, &[word]))),
        Sparse::count(pairs.map(|pair| hash(1, pair))),
        Sparse::count(words.iter().flat_map(|word| pieces(word))),
    ]
}

/// Scripts without spaces between words get pairs of characters instead.
fn pieces(word: &str) -> Vec<u64> {
    const FIRST_OF_EAST_ASIAN: char = '\u{2e80}';
    let letters: Vec<char> = word.chars().collect();
    let sizes = if letters.iter().any(|c| *c >= FIRST_OF_EAST_ASIAN) { 1..=2 } else { 3..=4 };
    let shortest = (*sizes.start()).min(letters.len());
    let sizes = shortest..=*sizes.end();
    let piece = |letters: &[char]| hash(2, &[&letters.iter().collect::<String>()]);
    sizes.flat_map(|size| letters.windows(size).map(piece)).collect()
}

/// FNV-1a, 64 bits: the same on every machine and in every build.
fn hash(block: u8, words: &[&str]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ u64::from(block);
    for word in words {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_one_to_itself_and_zero_to_what_shares_nothing() {
        let blocks = |text| {
            let mut blocks = extract(text);
            blocks.iter_mut().for_each(|block| block.weigh(|_| 1.0));
            blocks
        };
        let (a, b) = (blocks("repair my bike"), blocks("zzzz qqqq"));
        for block in 0..BLOCKS {
            assert!((a[block].dot(&a[block]) - 1.0).abs() < 1e-5);
            assert!(a[block].dot(&b[block]) < 1e-5);
        }
    }

    #[test]
    fn a_text_without_words_has_no_features() {
        assert!(extract("!? 👍").iter().all(|block| block.features().next().is_none()));
    }

    #[test]
    fn every_script_has_pieces() {
        for text in ["営業時間", "часы", "a", "ok"] {
            assert!(extract(text)[2].features().next().is_some(), "{text}");
        }
    }
}
