//! The page around the chat, as far as its visitor's browser tells of it. What the browser says can be made up, so it is never
//! proof of anything.

use crate::limits::{
    FIELD_NAME_BYTES_MAX, LANGUAGE_BYTES_MAX, PAGE_EVENT_VALUE_BYTES_MAX, PAGE_EVENT_VALUES_MAX,
    TITLE_BYTES_MAX, URL_BYTES_MAX,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a visitor looks at. Addresses go without what stands behind `?` and `#`, where names, addresses and secrets stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PageSeen {
    /// Its address.
    pub address: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The page before it.
    pub referrer: Option<String>,
    /// The language the visitor's browser asks for, as a tag such as `de-AT`.
    pub language: Option<String>,
}

impl PageSeen {
    /// The names under which staff and workflows find it among what is known of the visitor, each with its value.
    pub fn fields(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("page", self.address.as_ref()),
            ("page_title", self.title.as_ref()),
            ("referrer", self.referrer.as_ref()),
            ("language", self.language.as_ref()),
        ]
    }

    /// The same without what is empty, and addresses without what stands behind `?` and `#`.
    pub fn bare(self) -> Self {
        let bare = |text: Option<String>| {
            let text = text?;
            let end = text.find(['?', '#']).unwrap_or(text.len());
            written(Some(text[..end].to_owned()))
        };
        Self {
            address: bare(self.address),
            title: written(self.title),
            referrer: bare(self.referrer),
            language: written(self.language),
        }
    }

    /// Whether everything keeps to its bound; otherwise what does not.
    pub fn check(&self) -> Result<(), String> {
        let bounds = [URL_BYTES_MAX, TITLE_BYTES_MAX, URL_BYTES_MAX, LANGUAGE_BYTES_MAX];
        for ((name, value), most) in self.fields().into_iter().zip(bounds) {
            if value.is_some_and(|value| value.len() > most) {
                return Err(format!("`{name}` of the page can have {most} bytes"));
            }
        }
        Ok(())
    }
}

fn written(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether something the page tells of keeps to its bounds; otherwise what does not.
pub fn check_page_event(name: &str, told: &BTreeMap<String, String>) -> Result<(), String> {
    if told.len() > PAGE_EVENT_VALUES_MAX {
        return Err(format!("a page event tells {PAGE_EVENT_VALUES_MAX} values at most"));
    }
    for name in told.keys().map(String::as_str).chain([name]) {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if name.is_empty() || name.len() > FIELD_NAME_BYTES_MAX || !name.chars().all(fits) {
            return Err(format!(
                "a page event and its values have names of letters, digits, `_`, `-` and `.`, {FIELD_NAME_BYTES_MAX} at most"
            ));
        }
    }
    match told.values().all(|value| value.len() <= PAGE_EVENT_VALUE_BYTES_MAX) {
        true => Ok(()),
        false => Err(format!("a value of a page event can have {PAGE_EVENT_VALUE_BYTES_MAX} bytes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_path_is_nobodys_business() {
        let page = PageSeen {
            address: Some("https://shop.example/cart?mail=ada@example.com#total".to_owned()),
            title: Some("  Cart ".to_owned()),
            referrer: Some("https://shop.example/reset#token=1".to_owned()),
            language: Some(" ".to_owned()),
        };
        let bare = PageSeen {
            address: Some("https://shop.example/cart".to_owned()),
            title: Some("Cart".to_owned()),
            referrer: Some("https://shop.example/reset".to_owned()),
            language: None,
        };
        assert_eq!(page.bare(), bare);
    }

    #[test]
    fn pages_and_what_they_tell_keep_to_their_bounds() {
        let page = |title: usize| PageSeen { title: Some("x".repeat(title)), ..PageSeen::default() };
        assert_eq!(page(TITLE_BYTES_MAX).check(), Ok(()));
        assert!(page(TITLE_BYTES_MAX + 1).check().unwrap_err().contains("`page_title`"));
        let told = |count: usize, length: usize| -> BTreeMap<String, String> {
            (0..count).map(|n| (format!("v{n}"), "x".repeat(length))).collect()
        };
        assert_eq!(check_page_event("basket_left", &told(PAGE_EVENT_VALUES_MAX, 1)), Ok(()));
        assert!(check_page_event("basket_left", &told(PAGE_EVENT_VALUES_MAX + 1, 1)).is_err());
        assert!(check_page_event("basket_left", &told(1, PAGE_EVENT_VALUE_BYTES_MAX + 1)).is_err());
        for name in ["", "basket left", "ä", &"x".repeat(FIELD_NAME_BYTES_MAX + 1)] {
            assert!(check_page_event(name, &told(0, 0)).is_err(), "{name:?}");
        }
    }
}
