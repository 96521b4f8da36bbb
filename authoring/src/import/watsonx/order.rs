//! The order of a linked list: actions and steps say which comes next, and stand in the file in no order at all.

/// An element: its id, and the id of the next one.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub id: &'a str,
    pub next: Option<&'a str>,
}

/// The places of the elements in their order. An error says what is wrong with the list; then the order in which the
/// elements stand is as good as any.
pub fn follow(links: &[Link<'_>]) -> Result<Vec<usize>, String> {
    if links.iter().all(|link| link.next.is_none()) {
        return Ok((0..links.len()).collect());
    }
    let places = places(links)?;
    let mut leads_to = vec![None; links.len()];
    let mut is_led_to = vec![false; links.len()];
    for (place, link) in links.iter().enumerate() {
        let Some(next) = link.next else { continue };
        let Some(&next_place) = places.get(next) else {
            return Err(format!("`{}` leads to `{next}`, which is not there", link.id));
        };
        if std::mem::replace(&mut is_led_to[next_place], true) {
            return Err(format!("two lead to `{next}`"));
        }
        leads_to[place] = Some(next_place);
    }
    let mut starts = is_led_to.iter().enumerate().filter(|(_, led_to)| !**led_to).map(|(place, _)| place);
    let start = starts.next().ok_or("they lead round in a circle")?;
    if let Some(other) = starts.next() {
        return Err(format!("both `{}` and `{}` could be the first", links[start].id, links[other].id));
    }
    let order: Vec<usize> = std::iter::successors(Some(start), |place| leads_to[*place]).collect();
    if order.len() < links.len() {
        return Err("some of them lead round in a circle".to_owned());
    }
    Ok(order)
}

fn places<'a>(links: &[Link<'a>]) -> Result<std::collections::HashMap<&'a str, usize>, String> {
    let mut places = std::collections::HashMap::new();
    for (place, link) in links.iter().enumerate() {
        if places.insert(link.id, place).is_some() {
            return Err(format!("two are called `{}`", link.id));
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_followed_from_the_one_nobody_points_to() {
        check("c>a b>- a>b", Ok(&[0, 2, 1]));
        check("a>- b>-", Ok(&[0, 1]));
        check("", Ok(&[]));
    }

    #[test]
    fn a_broken_list_says_what_is_wrong() {
        check("a>b b>x", Err("`b` leads to `x`, which is not there"));
        check("a>b b>a", Err("they lead round in a circle"));
        check("a>- b>c c>b", Err("some of them lead round in a circle"));
        check("a>c b>c c>-", Err("two lead to `c`"));
        check("a>c b>- c>-", Err("both `a` and `b` could be the first"));
        check("a>b b>- b>-", Err("two are called `b`"));
    }

    /// Links as `id>next`, `-` being the last.
    fn check(links: &str, expected: Result<&[usize], &str>) {
        let link = |link: &'static str| {
            link.split_once('>').map(|(id, next)| (id, Some(next).filter(|n| *n != "-")))
        };
        let links: Vec<Link<'_>> = links
            .to_owned()
            .leak()
            .split_whitespace()
            .map(|text| link(text).map(|(id, next)| Link { id, next }).unwrap())
            .collect();
        let found = follow(&links);
        assert_eq!(found.as_deref().map_err(String::as_str), expected);
    }
}
