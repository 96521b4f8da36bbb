//! The little markup that messages may carry, as a tree to draw: bold, italic, code, links, line breaks and bullet
//! lists. Whatever is not that is text. Nothing here is ever HTML, and a link leads only where [`Target::of`] lets it.

/// A part of a message that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines of text.
    Lines(Vec<Vec<Span>>),
    /// Items of a list.
    List(Vec<Vec<Span>>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Text(String),
    /// Important words.
    Strong(Vec<Span>),
    /// Words said with weight.
    Emphasis(Vec<Span>),
    /// Something to be typed or read letter by letter.
    Code(String),
    /// Words that lead somewhere.
    Link {
        /// Where.
        target: Target,
        /// The words.
        label: String,
    },
}

/// Where a link leads: a web page, a mailbox or a telephone, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(String);

impl Target {
    /// Takes an address of a kind that cannot run anything in this page.
    pub fn of(address: &str) -> Option<Self> {
        let known = SCHEMES.iter().find(|scheme| starts_with(address, scheme))?;
        let rest = &address[known.len()..];
        let clean = !rest.is_empty() && !address.chars().any(|c| c.is_whitespace() || c.is_control());
        clean.then(|| Self(address.to_owned()))
    }

    /// The address, for `href`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Marks inside marks are read to this depth; deeper ones stay text.
const DEPTH_MAX: u8 = 3;

/// A mark is closed within so many bytes or not at all; without a bound, a long line of opening marks would be searched
/// once for each of them.
const MARK_BYTES_MAX: usize = 1_024;

/// Reads a message with all its markup.
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines() {
        match (bullet(line), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(spans(item, DEPTH_MAX)),
            (Some(item), _) => blocks.push(Block::List(vec![spans(item, DEPTH_MAX)])),
            (None, Some(Block::Lines(lines))) => lines.push(spans(line, DEPTH_MAX)),
            (None, _) => blocks.push(Block::Lines(vec![spans(line, DEPTH_MAX)])),
        }
    }
    blocks
}

/// Reads a message as it was typed: only addresses become links. Visitors see their own words unchanged.
pub fn read_plain(text: &str) -> Vec<Block> {
    vec![Block::Lines(text.lines().map(|line| spans(line, 0)).collect())]
}

fn bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "* ", "• "].iter().find_map(|mark| line.strip_prefix(mark))
}

/// Reads a line. `depth` 0 knows bare addresses only.
fn spans(line: &str, depth: u8) -> Vec<Span> {
    let mut out = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while at < line.len() {
        match mark_at(line, at, depth) {
            Some((span, end)) => {
                push_text(&mut out, &line[plain_from..at]);
                out.push(span);
                at = end;
                plain_from = end;
            }
            None => at += line[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    push_text(&mut out, &line[plain_from..]);
    out
}

fn push_text(out: &mut Vec<Span>, text: &str) {
    if !text.is_empty() {
        out.push(Span::Text(text.to_owned()));
    }
}

/// The mark that begins here, and where it ends.
fn mark_at(line: &str, at: usize, depth: u8) -> Option<(Span, usize)> {
    let rest = &line[at..];
    let word_starts = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    if word_starts && let Some(found) = bare_address(rest) {
        return Some((found.0, at + found.1));
    }
    if depth == 0 {
        return None;
    }
    let rest = &rest[..rest.floor_char_boundary(MARK_BYTES_MAX)];
    let (span, length) = match rest.as_bytes().first()? {
        b'`' => code(rest),
        b'[' => link(rest),
        b'*' if rest.starts_with("**") => {
            enclosed(rest, "**", depth).map(|(inner, n)| (Span::Strong(inner), n))
        }
        b'*' => enclosed(rest, "*", depth).map(|(inner, n)| (Span::Emphasis(inner), n)),
        b'_' if word_starts => enclosed(rest, "_", depth).map(|(inner, n)| (Span::Emphasis(inner), n)),
        _ => None,
    }?;
    Some((span, at + length))
}

fn code(rest: &str) -> Option<(Span, usize)> {
    let inner = &rest[1..];
    let end = inner.find('`').filter(|end| *end > 0)?;
    Some((Span::Code(inner[..end].to_owned()), end + 2))
}

fn link(rest: &str) -> Option<(Span, usize)> {
    let middle = rest.find("](")?;
    let label = &rest[1..middle];
    let address = &rest[middle + 2..];
    let end = address.find(')')?;
    let target = Target::of(&address[..end])?;
    let plain = !label.trim().is_empty() && !label.contains(['[', ']']);
    plain.then(|| (Span::Link { target, label: label.to_owned() }, middle + 2 + end + 1))
}

/// What stands between two marks: it neither begins nor ends with a space, and no letter follows the second, so that
/// `2 * 3 * 4` and `a_b_c` stay what they are.
fn enclosed(rest: &str, mark: &str, depth: u8) -> Option<(Vec<Span>, usize)> {
    let inner = &rest[mark.len()..];
    let ends = inner.match_indices(mark).map(|(end, _)| end);
    let closes = |end: &usize| {
        let (words, after) = (&inner[..*end], &inner[*end + mark.len()..]);
        let touches = !words.is_empty()
            && !words.starts_with(char::is_whitespace)
            && !words.ends_with(char::is_whitespace);
        touches && after.chars().next().is_none_or(|c| !c.is_alphanumeric() && !mark.starts_with(c))
    };
    let end = ends.into_iter().find(closes)?;
    Some((spans(&inner[..end], depth - 1), end + 2 * mark.len()))
}

/// An address written as it is. What ends a sentence does not belong to it.
fn bare_address(rest: &str) -> Option<(Span, usize)> {
    let web = ["https://", "http://"].iter().any(|scheme| starts_with(rest, scheme));
    if !web {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`|*".contains(c))
        .unwrap_or(rest.len());
    let mut address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if address.ends_with(')') && !address.contains('(') {
        address = address.trim_end_matches(')');
    }
    let target = Target::of(address)?;
    Some((Span::Link { target, label: address.to_owned() }, address.len()))
}

fn starts_with(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme))
}

// proptest does not run in the browser.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_become_spans() {
        check("**Open** today", "<b>Open</b> today");
        check("*Open* _today_", "<i>Open</i> <i>today</i>");
        check("**bold with *italic* inside**", "<b>bold with <i>italic</i> inside</b>");
        check("type `a * b * c`", "type <c>a * b * c</c>");
        check("[our page](https://a.example/x)", "<https://a.example/x|our page>");
        check(
            "[write](mailto:a@b.example) or [call](tel:+4930123)",
            "<mailto:a@b.example|write> or <tel:+4930123|call>",
        );
    }

    #[test]
    fn what_only_looks_like_a_mark_is_text() {
        for text in [
            "2 * 3 * 4",
            "a_b_c",
            "**",
            "****",
            "*",
            "` `` ",
            "[x]",
            "[x](y)",
            "snake_case_name",
            "* *",
            "5*4*3x",
        ] {
            let drawn = drawn(text);
            assert!(!drawn.contains(['<', '>']) || text.contains('`'), "{text} became {drawn}");
        }
    }

    #[test]
    fn an_address_in_a_sentence_is_a_link_without_the_full_stop() {
        check("See https://a.example/b_c?d=1.", "See <https://a.example/b_c?d=1|https://a.example/b_c?d=1>.");
        check("(https://a.example)", "(<https://a.example|https://a.example>)");
        check("xhttps://a.example", "xhttps://a.example");
    }

    #[test]
    fn a_link_never_runs_anything() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//a.example",
            " https://a",
            "https://",
            "vbscript:x",
            "file:///etc",
        ] {
            assert_eq!(Target::of(bad), None, "{bad}");
            assert!(!drawn(&format!("[x]({bad})")).contains("|x>"), "{bad}");
        }
    }

    #[test]
    fn bullets_stand_in_a_list_between_lines() {
        let blocks = read("We have:\n- tea\n* **coffee**\nAnything else?");
        assert!(
            matches!(&blocks[..], [Block::Lines(_), Block::List(items), Block::Lines(_)] if items.len() == 2)
        );
    }

    #[test]
    fn a_visitors_own_words_stay_as_typed() {
        let blocks = read_plain("**x** - https://a.example\n- y");
        let [Block::Lines(lines)] = &blocks[..] else { panic!("{blocks:?}") };
        assert_eq!(lines.len(), 2);
        assert_eq!(words(&lines[0]), "**x** - https://a.example");
    }

    proptest! {
        #[test]
        fn nothing_panics_and_no_letter_appears_from_nowhere(text in "[-a*_`\\[\\]() \\n\u{e9}\u{1f600}:/.]{0,60}|.{0,60}") {
            for blocks in [read(&text), read_plain(&text)] {
                let lines = blocks.iter().flat_map(|block| match block {
                    Block::Lines(lines) | Block::List(lines) => lines,
                });
                for word in lines.map(|line| words(line)) {
                    for letter in word.chars() {
                        prop_assert!(text.contains(letter));
                    }
                }
            }
        }

        #[test]
        fn text_without_marks_comes_out_as_it_went_in(text in "[a-zA-Z0-9 ,;!?\u{e9}\u{1f600}]{1,80}") {
            prop_assert_eq!(read(&text), vec![Block::Lines(vec![vec![Span::Text(text.clone())]])]);
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(drawn(text), expected, "{text}");
    }

    fn drawn(text: &str) -> String {
        let blocks = read(text);
        let lines = blocks.iter().flat_map(|block| match block {
            Block::Lines(lines) | Block::List(lines) => lines,
        });
        lines.map(|line| line.iter().map(draw).collect::<String>()).collect::<Vec<_>>().join("\n")
    }

    fn draw(span: &Span) -> String {
        let inside = |spans: &[Span]| spans.iter().map(draw).collect::<String>();
        match span {
            Span::Text(text) => text.clone(),
            Span::Strong(spans) => format!("<b>{}</b>", inside(spans)),
            Span::Emphasis(spans) => format!("<i>{}</i>", inside(spans)),
            Span::Code(text) => format!("<c>{text}</c>"),
            Span::Link { target, label } => format!("<{}|{label}>", target.as_str()),
        }
    }

    fn words(spans: &[Span]) -> String {
        let word = |span: &Span| match span {
            Span::Text(text) | Span::Code(text) => text.clone(),
            Span::Strong(spans) | Span::Emphasis(spans) => words(spans),
            Span::Link { label, .. } => label.clone(),
        };
        spans.iter().map(word).collect()
    }
}
