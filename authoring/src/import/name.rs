//! Names in programs made of what people wrote.

use std::collections::HashSet;

/// The longest name of an action or a step.
pub const NAME_CHARS_MAX: usize = 64;

/// The words of a title in lower case, joined by underscores; nothing when it has no word in Latin letters.
pub fn slug(title: &str) -> Option<String> {
    let words = assistant::words(title).into_iter().map(|word| plain(&word));
    let slug = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
    Some(cut(&slug)).filter(|slug| !slug.is_empty())
}

/// The same joined by hyphens, as queues are named.
pub fn hyphenated(title: &str) -> Option<String> {
    slug(title).map(|slug| slug.replace('_', "-"))
}

/// A name as it was, with underscores for what no name of ours has.
pub fn sanitized(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name: String = name.chars().map(|c| if fits(c) { c } else { '_' }).take(NAME_CHARS_MAX - 1).collect();
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_alphabetic() || first == '_' => name,
        Some(_) => format!("_{name}"),
    }
}

/// The name, or the name and the first number from 2 on that nobody has; it is taken from now on.
pub fn unique(name: String, taken: &mut HashSet<String>) -> String {
    let mut free = name.clone();
    for number in 2.. {
        if !taken.contains(&free) {
            break;
        }
        let end = format!("_{number}");
        let room = NAME_CHARS_MAX.saturating_sub(end.len()).min(name.len());
        free = format!("{}{end}", &name[..room]);
    }
    taken.insert(free.clone());
    free
}

fn plain(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn cut(name: &str) -> String {
    name.chars().take(NAME_CHARS_MAX).collect::<String>().trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name() {
        assert_eq!(slug("Où est ma commande ?").as_deref(), Some("ou_est_ma_commande"));
        assert_eq!(slug("I don't know").as_deref(), Some("i_dont_know"));
        assert_eq!(slug("Заказ"), None);
        assert_eq!(hyphenated("Billing & refunds").as_deref(), Some("billing-refunds"));
        assert_eq!(slug(&"long ".repeat(40)).unwrap().len(), NAME_CHARS_MAX);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut taken = HashSet::new();
        assert_eq!(unique("pay".to_owned(), &mut taken), "pay");
        assert_eq!(unique("pay".to_owned(), &mut taken), "pay_2");
        assert_eq!(unique("pay".to_owned(), &mut taken), "pay_3");
        let long = "x".repeat(NAME_CHARS_MAX);
        assert_eq!(unique(long.clone(), &mut taken), long);
        assert_eq!(unique(long.clone(), &mut taken).len(), NAME_CHARS_MAX);
    }

    #[test]
    fn what_no_name_has_becomes_an_underscore() {
        assert_eq!(sanitized("step 1.b"), "step_1_b");
        assert_eq!(sanitized(""), "unnamed");
        assert_eq!(sanitized("2nd-step"), "_2nd-step");
    }
}
