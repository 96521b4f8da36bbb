//! Which known name an unknown one was probably meant to be.

/// Names listed at most in a remedy.
const LISTED_MAX: usize = 8;

/// What to do about an unknown name: the known one that is nearest to it, or those there are.
pub(crate) fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    what_they_are: &str,
) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(name, &known) {
        return format!("did you mean `{near}`?");
    }
    match known.len() {
        0 => format!("there are no {what_they_are} here"),
        count => format!("the {what_they_are} here are {}", listed(&known, count)),
    }
}

/// The most alike of the known names, if any is alike enough.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = plain(name);
    // Every letter is one change away from every other: that says nothing.
    let edits_max = if wanted.len() < 2 { 0 } else { (wanted.len() / 3).max(1) };
    // Most are ruled out by their length alone.
    let likely = known.iter().map(|known| (plain(known), *known));
    let likely = likely.filter(|(letters, _)| letters.len().abs_diff(wanted.len()) <= edits_max);
    let scored = likely.map(|(letters, known)| (edits(&wanted, &letters), known));
    let best = scored.min_by_key(|(edits, _)| *edits)?;
    (best.0 <= edits_max).then_some(best.1)
}

fn listed(known: &[&str], count: usize) -> String {
    let shown: Vec<String> = known.iter().take(LISTED_MAX).map(|name| format!("`{name}`")).collect();
    match count.saturating_sub(LISTED_MAX) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Case and what joins words do not make names differ.
fn plain(name: &str) -> Vec<char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Letters to insert, remove, change or swap with their neighbour.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let changed = last[j] + usize::from(x != y);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered() {
        for (name, near) in [
            ("prise", "price"),
            ("Price", "price"),
            ("number_days", "number_of_days"),
            ("deadLine", "deadline"),
            ("pirce", "price"),
        ] {
            let known = ["price", "number_of_days", "deadline"];
            assert_eq!(nearest(name, &known), Some(near), "{name}");
        }
    }

    #[test]
    fn what_is_like_nothing_gets_the_list() {
        assert_eq!(
            did_you_mean("zebra", ["price", "count"], "variables"),
            "the variables here are `price`, `count`"
        );
        assert_eq!(did_you_mean("zebra", [], "variables"), "there are no variables here");
        let many: Vec<String> = (0..20).map(|n| format!("variable_{n}")).collect();
        let remedy = did_you_mean("x", many.iter().map(String::as_str), "variables");
        assert!(remedy.ends_with("`variable_7` and 12 more"), "{remedy}");
    }
}
