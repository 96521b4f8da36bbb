//! Long lists come in pages. A page names where the next one begins; that name is opaque to callers.

use crate::error::{ApiError, ApiResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::str::FromStr;

/// Things on one page, at most and when nothing is said.
pub const PAGE_MAX: u64 = 100;
const PAGE_DEFAULT: u64 = 50;

/// Which page.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct PageQuery {
    /// How many at most: 1 to 100, and 50 if not given.
    pub limit: Option<u64>,
    /// Where to begin: `next` of the page before. Not given, the list begins.
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageOf{T}")]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next page begins; `null` on the last one.
    pub next: Option<String>,
}

/// Where a page begins, and how long it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Cursor<K> {
    /// Behind this.
    pub behind: Option<K>,
    /// One more than the page holds, to see whether there is another.
    pub limit: u64,
}

impl PageQuery {
    /// What is asked for, checked.
    pub fn cursor<K: FromStr>(&self) -> ApiResult<Cursor<K>> {
        let limit = self.limit.unwrap_or(PAGE_DEFAULT);
        if !(1..=PAGE_MAX).contains(&limit) {
            return Err(
                ApiError::malformed(format!("a page can have 1 to {PAGE_MAX} things")).at("query.limit")
            );
        }
        let begin = |text: &String| {
            let refused =
                || ApiError::malformed("this is not `next` of a page of this list").at("query.after");
            text.strip_prefix(PREFIX).and_then(|text| text.parse().ok()).ok_or_else(refused)
        };
        Ok(Cursor { behind: self.after.as_ref().map(begin).transpose()?, limit: limit + 1 })
    }
}

/// In front of a place, so that callers do not take it for anything they could make themselves.
const PREFIX: &str = "after-";

impl<K> Cursor<K> {
    /// Makes a page of what was found. `place` is where a thing stands, `show` what is told of it.
    pub fn page<R, T, P: Display>(
        &self,
        mut found: Vec<R>,
        place: impl Fn(&R) -> P,
        show: impl Fn(R) -> T,
    ) -> Page<T> {
        let held = usize::try_from(self.limit - 1).unwrap_or(usize::MAX);
        let has_next = found.len() > held;
        found.truncate(held);
        let next = found.last().filter(|_| has_next).map(|last| format!("{PREFIX}{}", place(last)));
        Page { items: found.into_iter().map(show).collect(), next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_until_the_list_ends() {
        let all = [1_u32, 2, 3, 4, 5];
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let cursor: Cursor<u32> = PageQuery { limit: Some(2), after }.cursor().unwrap();
            let behind = cursor.behind.unwrap_or(0);
            let limit = usize::try_from(cursor.limit).unwrap();
            let found = all.iter().filter(|n| **n > behind).take(limit).copied().collect();
            let page = cursor.page(found, |n| *n, |n| n);
            assert!(page.items.len() <= 2);
            seen.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }

    #[test]
    fn what_is_no_page_is_refused_with_its_place() {
        let place = |limit, after: Option<&str>| {
            let query = PageQuery { limit, after: after.map(str::to_owned) };
            query.cursor::<u32>().err().and_then(|error| error.body().error.place)
        };
        assert_eq!(place(Some(0), None).as_deref(), Some("query.limit"));
        assert_eq!(place(Some(101), None).as_deref(), Some("query.limit"));
        assert_eq!(place(None, Some("7")).as_deref(), Some("query.after"));
        assert_eq!(place(Some(100), Some("after-7")), None);
    }
}
