//! Expressions as authors write them (`watsonx.md` 1.11: a part of the Spring Expression Language), read into
//! [`Expr`] and written back.
//!
//! `lexer.rs` cuts, `parser.rs` and `member.rs` build, `class.rs` knows what `T(…)` and `new` can name, `print.rs` writes.

mod class;
mod cursor;
mod grown;
mod lexer;
mod member;
mod parser;
mod print;
#[cfg(test)]
mod tests;

pub use print::print;

use assistant::definition::Expr;
use cursor::Parser;

/// Expressions inside each other, in whichever way. What is deeper was written by a program, and reading, evaluating
/// and dropping it would take a deep stack everywhere it travels to.
pub(crate) const DEPTH_MAX: usize = 100;

/// What a name stands for; the number is the byte at which it begins. Whoever is asked also notes that it is unknown,
/// so that all unknown names of an expression are found at once.
pub(crate) type Names<'a> = dyn Fn(&str, usize) -> Expr + 'a;

/// Why something is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The byte where it was noticed.
    pub at: usize,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl Problem {
    fn new(at: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { at, problem: problem.into(), remedy: remedy.into() }
    }

    /// What is wrong, and in which column of its text.
    pub(crate) fn located(&self, source: &str) -> String {
        format!("{} at column {}", self.problem, column(source, self.at))
    }
}

/// The character at a byte of a text, from 1.
pub(crate) fn column(source: &str, at: usize) -> usize {
    source.char_indices().take_while(|(index, _)| *index < at).count() + 1
}

/// Reads a whole expression.
pub(crate) fn parse(source: &str, names: &Names<'_>) -> Result<Expr, Problem> {
    let mut parser = Parser::new(source, 0, names)?;
    let expr = parser.choice()?.into_expr();
    parser.expect_end()?;
    Ok(expr)
}

/// Reads the expression that begins at a byte and ends before a `}`; gives also the byte of that `}`.
pub(crate) fn parse_until_brace(
    source: &str,
    at: usize,
    names: &Names<'_>,
) -> Result<(Expr, usize), Problem> {
    let mut parser = Parser::new(source, at, names)?;
    let expr = parser.choice()?.into_expr();
    Ok((expr, parser.expect_brace()?))
}

/// Reads `name`, `name.path`, `name[0]` up to a `}`; gives also the byte of that `}`.
pub(crate) fn parse_reference(source: &str, at: usize, names: &Names<'_>) -> Result<(Expr, usize), Problem> {
    let mut parser = Parser::inside_braces(source, at, names)?;
    let expr = parser.reference()?.into_expr();
    Ok((expr, parser.expect_brace()?))
}
