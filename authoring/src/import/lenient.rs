//! JSON as people paste it: with a byte order mark in front, and with line breaks and tabs inside texts, which JSON
//! wants escaped.

use super::ImportError;
use serde_json::Value as Json;

/// Reads a text. Whole numbers are whole, however they are written.
pub fn read(text: &str) -> Result<Json, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut json = serde_json::from_str(text).or_else(|_| {
        let (mended, breaks) = mend(text);
        serde_json::from_str(&mended).map_err(|error| not_json(&error, &breaks))
    })?;
    make_whole(&mut json);
    Ok(json)
}

/// Makes whole numbers whole.
pub fn make_whole(json: &mut Json) {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    match json {
        Json::Number(number) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < EXACT_MAX);
            if let Some(whole) = whole.filter(|_| number.is_f64()) {
                #[expect(clippy::cast_possible_truncation, reason = "it is whole and exact")]
                let whole = whole as i64;
                *number = whole.into();
            }
        }
        Json::Array(items) => items.iter_mut().for_each(make_whole),
        Json::Object(members) => members.values_mut().for_each(make_whole),
        Json::Null | Json::Bool(_) | Json::String(_) => {}
    }
}

fn not_json(error: &serde_json::Error, breaks: &[Break]) -> ImportError {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words).to_owned();
    ImportError {
        place: Some(original(error.line(), error.column(), breaks)),
        problem: format!("this is not JSON: {words}"),
        remedy: "give the file as it was exported".to_owned(),
    }
}

/// A line break that was escaped: where it stands in the mended text, in lines and bytes from 1.
struct Break {
    line: usize,
    column: usize,
}

/// Escapes control characters inside texts.
fn mend(text: &str) -> (String, Vec<Break>) {
    let mut mended = String::with_capacity(text.len() + text.len() / 16);
    let mut breaks = Vec::new();
    let (mut inside, mut escaped) = (false, false);
    let (mut line, mut line_start) = (1, 0);
    for c in text.chars() {
        if inside && !escaped && c.is_ascii_control() {
            if c == '\n' {
                breaks.push(Break { line, column: mended.len() - line_start + 1 });
            }
            mended.push_str(&escape(c));
            continue;
        }
        mended.push(c);
        if c == '\n' {
            (line, line_start) = (line + 1, mended.len());
        }
        inside = if escaped || c != '"' { inside } else { !inside };
        escaped = inside && !escaped && c == '\\';
    }
    (mended, breaks)
}

fn escape(c: char) -> String {
    match c {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        c => format!("\\u{:04x}", u32::from(c)),
    }
}

/// A place of the mended text, in the text as it was given. Other escapes than those of line breaks are not accounted
/// for: they move a column a little.
fn original(line: usize, column: usize, breaks: &[Break]) -> (usize, usize) {
    let before = breaks.iter().filter(|b| (b.line, b.column) < (line, column)).count();
    let last = breaks.iter().rfind(|b| b.line == line && b.column < column);
    let column = last.map_or(column, |b| column.saturating_sub(b.column + 1));
    (line + before, column.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(read("\u{feff}{\"a\": 1}").unwrap(), json!({ "a": 1 }));
    }

    #[test]
    fn line_breaks_and_tabs_inside_texts_are_taken_as_they_stand() {
        let text = "{\"a\": \"one\n\ttwo\\\"\r\n\u{1}\"\n}";
        assert_eq!(read(text).unwrap(), json!({ "a": "one\n\ttwo\"\r\n\u{1}" }));
    }

    #[test]
    fn a_mistake_is_shown_where_it_stands_in_the_file_as_given() {
        let error = read("{\"a\": \"one\ntwo\",\n \"b\": }").unwrap_err();
        assert_eq!(error.place, Some((3, 7)));
        let error = read("{\"a\": \"one\ntwo\" \"b\"}").unwrap_err();
        assert_eq!(error.place, Some((2, 6)));
    }

    #[test]
    fn whole_numbers_are_whole() {
        assert_eq!(read("[1.0, -0.0, 1e2, 1.5, 1e300]").unwrap(), json!([1, 0, 100, 1.5, 1e300]));
    }

    #[test]
    fn a_backslash_before_a_line_break_is_not_json() {
        assert!(read("\"a\\\nb\"").is_err());
    }
}
