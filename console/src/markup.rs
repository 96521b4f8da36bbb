//! A message as it was written, with its web addresses found. Agents read the marks of bold and italic as they are: what
//! the visitor's side makes of them is the widget's business.

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Text(&'a str),
    /// A web address, shown as it is and leading there.
    Link(&'a str),
}

/// What an address begins with. Everything else, `javascript:` first of all, stays text.
const SCHEMES: [&str; 2] = ["https://", "http://"];

/// What may stand right behind an address without belonging to it.
const SENTENCE_ENDS: [char; 10] = ['.', ',', ';', ':', '!', '?', ')', ']', '"', '\''];

/// Reads one line.
pub fn read(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((at, address)) = next_address(rest) {
        push_text(&mut spans, &rest[..at]);
        spans.push(Span::Link(address));
        rest = &rest[at + address.len()..];
    }
    push_text(&mut spans, rest);
    spans
}

/// The first address and where it begins. One that begins within a word is none.
fn next_address(text: &str) -> Option<(usize, &str)> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    let free = |at: &usize| !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
    starts.filter(free).find_map(|at| address(&text[at..]).map(|address| (at, address)))
}

fn address(rest: &str) -> Option<&str> {
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme))?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|*".contains(c);
    let end = rest.find(ends).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(SENTENCE_ENDS);
    (address.len() > scheme.len()).then_some(address)
}

fn push_text<'a>(spans: &mut Vec<Span<'a>>, text: &'a str) {
    if !text.is_empty() {
        spans.push(Span::Text(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_ends_before_the_sentence_does() {
        check(
            "See https://a.example/x, or (http://b.example).",
            &[
                Span::Text("See "),
                Span::Link("https://a.example/x"),
                Span::Text(", or ("),
                Span::Link("http://b.example"),
                Span::Text(")."),
            ],
        );
    }

    #[test]
    fn what_is_no_web_address_stays_text() {
        for text in
            ["javascript:alert(1)", "https://", "http://.", "xhttps://a.example", "<b>no</b>", "**so**"]
        {
            check(text, &[Span::Text(text)]);
        }
    }

    #[test]
    fn an_address_ends_where_markup_could_begin() {
        check("https://a.example/<b>", &[Span::Link("https://a.example/"), Span::Text("<b>")]);
    }

    fn check(line: &str, expected: &[Span<'_>]) {
        assert_eq!(read(line), expected, "{line}");
    }
}
