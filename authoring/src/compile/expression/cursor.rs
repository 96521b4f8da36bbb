//! Where the parser stands, and how it goes on.

use super::grown::{Grown, too_deep};
use super::lexer::{Token, token};
use super::{DEPTH_MAX, Names, Problem};

/// Reads one expression.
pub struct Parser<'a> {
    pub source: &'a str,
    pub names: &'a Names<'a>,
    /// The next token, where it begins and where it ends.
    pub token: Token<'a>,
    pub at: usize,
    pub end: usize,
    pub depth: usize,
    /// Whether names may hold hyphens here.
    pub hyphens: bool,
    /// Names bound by the `filter`s around.
    pub locals: Vec<String>,
    /// Where `source` begins in what the author sees.
    pub offset: usize,
}

impl<'a> Parser<'a> {
    /// Begins at a byte.
    pub fn new(source: &'a str, at: usize, names: &'a Names<'a>) -> Result<Self, Problem> {
        Self::start(source, at, names, false)
    }

    /// Begins at a byte after an opening brace.
    pub fn inside_braces(source: &'a str, at: usize, names: &'a Names<'a>) -> Result<Self, Problem> {
        Self::start(source, at, names, true)
    }

    fn start(source: &'a str, at: usize, names: &'a Names<'a>, hyphens: bool) -> Result<Self, Problem> {
        let (token, at, end) = token(source, at, hyphens)?;
        Ok(Self { source, names, token, at, end, depth: 0, hyphens, locals: Vec::new(), offset: 0 })
    }

    /// The whole expression must have been read.
    pub fn expect_end(&self) -> Result<(), Problem> {
        if self.token == Token::End { Ok(()) } else { Err(self.does_not_continue()) }
    }

    /// A `}` must follow; gives its byte.
    pub fn expect_brace(&self) -> Result<usize, Problem> {
        match self.token {
            Token::Sign("}") => Ok(self.at),
            Token::End => Err(Problem::new(self.at, "a `{` is not closed", "write `}` where the value ends")),
            Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Dollar | Token::Sign(_) => {
                Err(self.does_not_continue())
            }
        }
    }

    /// What stands between the bracket that is next and its closing one.
    pub fn enclosed<T>(
        &mut self,
        close: &'static str,
        inside: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let problem = format!("{} is not closed", self.token.named());
        let outer = std::mem::replace(&mut self.hyphens, false);
        self.advance()?;
        let value = inside(self)?;
        self.hyphens = outer;
        self.expect(close, &problem)?;
        Ok(value)
    }

    /// A text in quotes, and where it begins.
    pub fn text(&mut self, wanted: &str) -> Result<(String, usize), Problem> {
        let at = self.at;
        match self.token.clone() {
            Token::Text(text) => {
                self.advance()?;
                Ok((text, at))
            }
            Token::Number(_) | Token::Name(_) | Token::Dollar | Token::Sign(_) | Token::End => {
                let problem = format!("{} stands where a text should", self.token.named());
                Err(Problem::new(at, problem, format!("write {wanted}, in quotes")))
            }
        }
    }

    /// A name.
    pub fn name(&mut self, wanted: &str) -> Result<&'a str, Problem> {
        match self.token {
            Token::Name(name) => {
                self.advance()?;
                Ok(name)
            }
            Token::Number(_) | Token::Text(_) | Token::Dollar | Token::Sign(_) | Token::End => {
                let problem = format!("{} stands where a name should", self.token.named());
                Err(Problem::new(self.at, problem, format!("write {wanted}")))
            }
        }
    }

    /// This sign must be next.
    pub fn expect(&mut self, sign: &'static str, problem: &str) -> Result<(), Problem> {
        if self.takes(sign)? {
            return Ok(());
        }
        if self.token == Token::Sign("=") {
            return Err(self.does_not_continue());
        }
        Err(Problem::new(self.at, problem, format!("write `{sign}` before {}", self.token.named())))
    }

    /// Takes this sign if it is next.
    pub fn takes(&mut self, sign: &'static str) -> Result<bool, Problem> {
        let is_next = self.token == Token::Sign(sign);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    /// To the next token.
    pub fn advance(&mut self) -> Result<(), Problem> {
        (self.token, self.at, self.end) = token(self.source, self.end, self.hyphens)?;
        Ok(())
    }

    /// Whether this character follows the next token.
    pub fn followed_by(&self, c: char) -> bool {
        self.source[self.end..].trim_start().starts_with(c)
    }

    /// Reads something that can have itself inside.
    pub fn deeper(
        &mut self,
        inside: impl FnOnce(&mut Self) -> Result<Grown, Problem>,
    ) -> Result<Grown, Problem> {
        if self.depth >= DEPTH_MAX {
            return Err(too_deep(self.at));
        }
        self.depth += 1;
        let grown = inside(self);
        self.depth -= 1;
        grown
    }

    /// What is wrong when no value begins here.
    pub fn no_value(&self) -> Problem {
        let problem = format!("{} stands where a value should", self.token.named());
        Problem::new(self.at, problem, "write `${name}`, a number, a text in quotes, or another value")
    }

    fn does_not_continue(&self) -> Problem {
        let remedy = match self.token {
            Token::Sign("=") => "assign with `set` of a step; `==` compares",
            Token::Sign("++" | "--") => "add or take away 1 with `set` of a step",
            Token::Name(_) | Token::Text(_) | Token::Number(_) | Token::Dollar => {
                "join values with an operator such as `+`; put texts in quotes"
            }
            Token::Sign(_) | Token::End => "leave it out, or close what was opened before it",
        };
        Problem::new(self.at, format!("{} cannot stand here", self.token.named()), remedy)
    }
}
