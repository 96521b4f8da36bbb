//! Making differences disappear that visitors do not mean: case, accents, punctuation, one wrong letter.

use crate::small::small;

/// A text as its words, folded and joined with single spaces.
pub fn fold(text: &str) -> String {
    words(text).join(" ")
}

/// The words of a text, lower-case and without accents. An apostrophe joins (`don't` is `dont`), everything else that
/// is neither letter nor digit separates.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().map(small) {
        if c.is_alphanumeric() {
            push_without_accent(&mut word, c);
        } else if !joins(c) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether two words are the same, or one letter is wrong, missing, too much or swapped with its neighbour. Short words
/// must be the same: one letter away from `cat` are `car` and `hat`.
pub fn alike(a: &str, b: &str) -> bool {
    const LETTERS_MIN: usize = 4;
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let digits = a.iter().chain(&b).any(char::is_ascii_digit);
    !digits && a.len().min(b.len()) >= LETTERS_MIN && one_edit_apart(&a, &b)
}

fn one_edit_apart(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (short, long) = (&short[same..], &long[same..]);
    match long.len() - short.len() {
        0 => match (short, long) {
            ([], []) => true,
            ([x, y, xs @ ..], [v, w, ys @ ..]) if x == w && y == v && xs == ys => true,
            (short, long) => short[1..] == long[1..],
        },
        1 => *short == long[1..],
        _ => false,
    }
}

/// Apostrophes, and marks that stand on the letter before them.
pub fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}')
}

/// Takes a lower-case letter. Cyrillic й stays: to its readers it is another letter than и.
pub fn push_without_accent(word: &mut String, c: char) {
    let plain = match c {
        'à'..='å' | 'ª' | 'ā' | 'ă' | 'ą' | 'ǎ' | '\u{1ea0}'..='\u{1eb7}' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | '\u{1eb8}'..='\u{1ec7}' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | '\u{1ec8}'..='\u{1ecb}' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'º' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | '\u{1ecc}'..='\u{1ee3}' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | '\u{1ee4}'..='\u{1ef1}' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | '\u{1ef2}'..='\u{1ef9}' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ß' => return word.push_str("ss"),
        'æ' => return word.push_str("ae"),
        'œ' => return word.push_str("oe"),
        'þ' => return word.push_str("th"),
        other => other,
    };
    word.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_disappear() {
        for (text, folded) in [
            ("  What's OPEN — today?! ", "whats open today"),
            ("Crème brûlée, garçon", "creme brulee garcon"),
            ("e\u{301}te\u{301}", "ete"),
            ("Straße Łódź İzmir", "strasse lodz izmir"),
            ("Tiếng Việt", "tieng viet"),
            ("Ещё мой", "еще мой"),
            ("Καλημέρα σας", "καλημερα σασ"),
            ("営業時間は?", "営業時間は"),
            ("👍", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn one_wrong_letter_in_a_long_word_is_forgiven() {
        for (a, b) in [("bike", "bkie"), ("electric", "eletric"), ("rental", "rentaal"), ("city", "citi")] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in
            [("car", "cat"), ("bike", "bird"), ("rental", "renal1"), ("1234", "1235"), ("bike", "ebikes")]
        {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
