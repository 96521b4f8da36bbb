//! An expression cut into tokens, one at a time: inside a text, what follows the expression is no expression.

use super::Problem;

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// `12`, `1.5`, `1e3`, `5000000000L`
    Number(f64),
    /// `'a'`, `"a"`
    Text(String),
    /// `name`
    Name(&'a str),
    /// `${`
    Dollar,
    /// An operator or a bracket.
    Sign(&'static str),
    /// Nothing is left.
    End,
}

/// Longer signs first: the first that fits is taken.
const SIGNS: [&str; 30] = [
    "&&", "||", "==", "!=", "<=", ">=", "?.", "?:", "++", "--", "(", ")", "[", "]", "{", "}", ",", ".", "?",
    ":", "+", "-", "*", "/", "%", "^", "<", ">", "!", "=",
];

impl Token<'_> {
    /// As a person would call it.
    pub fn named(&self) -> String {
        match self {
            Token::Number(number) => format!("the number {number}"),
            Token::Text(_) => "a text".to_owned(),
            Token::Name(name) => format!("`{name}`"),
            Token::Dollar => "`${`".to_owned(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        }
    }
}

/// The token at or after a byte, where it begins and where it ends. `hyphens`: whether names may hold `-`, as they may
/// inside `${…}`.
pub fn token(source: &str, from: usize, hyphens: bool) -> Result<(Token<'_>, usize, usize), Problem> {
    let rest = &source[from..];
    let at = from + (rest.len() - rest.trim_start().len());
    let rest = &source[at..];
    let Some(first) = rest.chars().next() else { return Ok((Token::End, at, at)) };
    let second = rest.chars().nth(1).unwrap_or(' ');
    if first.is_ascii_digit() || (first == '.' && second.is_ascii_digit()) {
        let (number, length) = number(rest, at)?;
        return Ok((Token::Number(number), at, at + length));
    }
    if first == '\'' || first == '"' {
        let (text, length) = text(rest, first, at)?;
        return Ok((Token::Text(text), at, at + length));
    }
    if is_name_start(first) {
        let length = name_length(rest, hyphens);
        return Ok((Token::Name(&rest[..length]), at, at + length));
    }
    if rest.starts_with("${") {
        return Ok((Token::Dollar, at, at + 2));
    }
    match SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        Some(sign) => Ok((Token::Sign(sign), at, at + sign.len())),
        None => Err(unexpected(first, second, at)),
    }
}

/// How many bytes of a name a text begins with.
pub fn name_length(text: &str, hyphens: bool) -> usize {
    let belongs = |c: char| is_name_start(c) || c.is_numeric() || (hyphens && c == '-');
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn unexpected(first: char, second: char, at: usize) -> Problem {
    let remedy = match first {
        '$' if is_name_start(second) => "write a variable or a step as `${name}`",
        '#' | '@' => {
            "actions know neither `#intents` nor `@entities`: write a variable or a step as `${name}`"
        }
        '&' => "write `&&` or `and`",
        '|' => "write `||` or `or`",
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => "put texts in straight quotes: 'text'",
        _ => "leave it out, or put it in quotes if it is part of a text",
    };
    Problem::new(at, format!("`{first}` means nothing here"), remedy)
}

fn number(rest: &str, at: usize) -> Result<(f64, usize), Problem> {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(0);
    if rest[end..].starts_with('.') && rest[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        end += 1 + digits(end + 1);
    }
    if rest[end..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[end + 1..].starts_with(['+', '-']));
        let exponent = digits(end + 1 + sign);
        end += if exponent > 0 { 1 + sign + exponent } else { 0 };
    }
    let value = rest[..end].parse::<f64>().ok().filter(|number| number.is_finite());
    let Some(value) = value else {
        return Err(Problem::new(at, "this number is too great", "write a number below 10^308"));
    };
    end += usize::from(rest[end..].starts_with(['L', 'l', 'f', 'F', 'd', 'D']));
    match rest[end..].starts_with(is_name_start) {
        true => Err(Problem::new(
            at,
            "letters follow a number",
            "names begin with a letter; a longer one is written `${name}`",
        )),
        false => Ok((value, end)),
    }
}

/// A text in quotes. The quote itself is written twice; `\n`, `\r` and `\t` are what they are everywhere, and any other
/// backslash is a backslash, as regular expressions need it.
fn text(rest: &str, quote: char, at: usize) -> Result<(String, usize), Problem> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((index, c)) = chars.next() {
        if c == '\\' {
            let mut backslashes = 1;
            while chars.next_if(|(_, next)| *next == '\\').is_some() {
                backslashes += 1;
            }
            push_backslashes(&mut text, backslashes, || {
                chars.next_if(|(_, c)| control(*c).is_some()).map(|(_, c)| c)
            });
        } else if c != quote {
            text.push(c);
        } else if chars.next_if(|(_, next)| *next == quote).is_some() {
            text.push(quote);
        } else {
            return Ok((text, index + quote.len_utf8()));
        }
    }
    Err(Problem::new(at, "a text is not closed", format!("end it with {quote}")))
}

/// Backslashes before `n`, `r` or `t` stand for half as many, and an odd one makes the letter a control character.
fn push_backslashes(text: &mut String, count: usize, letter: impl FnOnce() -> Option<char>) {
    match letter() {
        None => text.extend(std::iter::repeat_n('\\', count)),
        Some(letter) => {
            text.extend(std::iter::repeat_n('\\', count / 2));
            text.push(if count % 2 == 1 { control(letter).unwrap_or(letter) } else { letter });
        }
    }
}

fn control(letter: char) -> Option<char> {
    match letter {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        _ => None,
    }
}
