//! HTML and speech markup in texts. What Markdown can say becomes Markdown, everything else is taken off: a text is never
//! put into a page as HTML, and tags would be shown as they stand.

/// A text without tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// Whether formatting was lost.
    pub unformatted: bool,
    /// Whether directions for a voice were taken off.
    pub unspoken: bool,
}

/// Tags of the Speech Synthesis Markup Language.
const SPOKEN: &[&str] = &[
    "speak",
    "break",
    "prosody",
    "say-as",
    "sub",
    "phoneme",
    "emphasis",
    "voice",
    "express-as",
    "mark",
    "lang",
];

/// Tags that only say how something looks; their words stay.
const LOOKS: &[&str] = &[
    "div", "span", "font", "small", "big", "u", "center", "section", "article", "header", "footer", "style",
    "table", "tbody", "thead", "tr", "td", "th", "button", "iframe", "sup", "label", "nobr", "s", "del",
    "img", "hr",
];

/// Characters that HTML writes as words.
const CHARACTERS: &[(&str, &str)] =
    &[("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

/// Takes the tags off a text.
pub fn plain(source: &str) -> Plain {
    let mut plain = Plain::default();
    let mut links = Vec::new();
    let mut rest = source;
    let mut changed = false;
    while let Some(start) = rest.find('<') {
        plain.text.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(tag) = Tag::read(rest).filter(|tag| plain.tag(tag, &mut links)) else {
            plain.text.push('<');
            rest = &rest[1..];
            continue;
        };
        changed = true;
        rest = &rest[tag.length..];
    }
    plain.text.push_str(rest);
    if changed {
        plain.text = tidy(&plain.text);
    }
    for (written, character) in CHARACTERS {
        plain.text = plain.text.replace(written, character);
    }
    plain
}

struct Tag<'a> {
    name: String,
    closes: bool,
    attributes: &'a str,
    /// In bytes.
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag a text begins with.
    fn read(text: &'a str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let end = end_of_tag(inside)?;
        let inside = &inside[..end];
        let closes = inside.starts_with('/');
        let inside = inside.trim_start_matches('/').trim_end_matches('/');
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && attributes.chars().next().is_none_or(char::is_whitespace);
        is_tag.then(|| Self {
            name: name.to_ascii_lowercase(),
            closes,
            attributes: attributes.trim(),
            length: end + 2,
        })
    }

    /// The value of an attribute.
    fn attribute(&self, name: &str) -> Option<&'a str> {
        let at = self.attributes.find(&format!("{name}="))? + name.len() + 1;
        let value = &self.attributes[at..];
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_whitespace().next(),
        }
    }
}

/// Where the `>` stands that is in no quotes.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    inside.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        None
    })
}

impl Plain {
    /// Writes what a tag means. `false` is a tag nobody knows: it stays as it stands.
    fn tag(&mut self, tag: &Tag<'_>, links: &mut Vec<Option<String>>) -> bool {
        let name = tag.name.as_str();
        if SPOKEN.contains(&name) {
            self.unspoken = true;
            return true;
        }
        match name {
            "br" => self.text.push('\n'),
            "p" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" => {
                self.text.push_str("\n\n")
            }
            "li" if !tag.closes => self.text.push_str("\n- "),
            "li" => {}
            "b" | "strong" => self.text.push_str("**"),
            "i" | "em" => self.text.push('*'),
            "code" => self.text.push('`'),
            "a" if tag.closes => self.close_link(links.pop().flatten()),
            "a" => {
                let to = tag.attribute("href").map(str::to_owned);
                self.text.push_str(if to.is_some() { "[" } else { "" });
                links.push(to);
                return true;
            }
            look if LOOKS.contains(&look) => {
                self.unformatted = true;
                let block = matches!(look, "div" | "section" | "article" | "header" | "footer" | "tr" | "hr");
                self.text.push_str(if block { "\n" } else { " " });
            }
            _ => return false,
        }
        self.unformatted |= !tag.attributes.is_empty();
        true
    }

    fn close_link(&mut self, to: Option<String>) {
        if let Some(to) = to {
            self.text.push_str(&format!("]({to})"));
        }
    }
}

/// Without the empty lines and spaces that tags leave behind.
fn tidy(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in lines {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            tidy.push_str(&line);
            tidy.push('\n');
        }
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_can_say_becomes_markdown() {
        check("One<br/>two", "One\ntwo");
        check("One\n\n<br />\n\n\n\ntwo", "One\n\ntwo");
        check("<p>A <b>bold</b> and <em>slanted</em> word</p>", "A **bold** and *slanted* word");
        check(
            "See <a href=\"https://example.org/a?b=c\" >there</a>.",
            "See [there](https://example.org/a?b=c).",
        );
        check("<ul><li>one</li><li>two</li></ul>", "- one\n- two");
        check("Fish &amp; chips", "Fish & chips");
    }

    #[test]
    fn what_is_no_tag_stays() {
        check("a < b and b > c", "a < b and b > c");
        check("write to <me@example.org>", "write to <me@example.org>");
        check("an <unknown> tag, an open <b", "an <unknown> tag, an open <b");
        check("  kept  as  is\n\n\n\n", "  kept  as  is\n\n\n\n");
    }

    #[test]
    fn lost_looks_and_directions_for_a_voice_are_told() {
        let styled = plain("<div style=\"color: 'red' > blue\">Hello</div>");
        assert_eq!((styled.text.as_str(), styled.unformatted, styled.unspoken), ("Hello", true, false));
        let spoken = plain("<speak version=\"1.0\">Wait <break time=\"1s\"/>a bit</speak>");
        assert_eq!((spoken.text.as_str(), spoken.unformatted, spoken.unspoken), ("Wait a bit", false, true));
    }

    fn check(source: &str, expected: &str) {
        let found = plain(source);
        assert_eq!((found.text.as_str(), found.unformatted, found.unspoken), (expected, false, false));
    }
}
