//! What an expression is worth (`watsonx.md` 1.11).

use crate::definition::{Display, Expr, Texts};
use crate::surroundings::Surroundings;
use crate::value::Value;

/// What an expression can look at, and the little it can change.
pub trait Scope {
    /// A variable of the session or a built-in one; nothing when it has no value.
    fn variable(&self, name: &str) -> Value;
    /// The answer to a step of the action that runs, or a result; nothing when it has no value.
    fn step(&self, name: &str) -> Value;
    /// What the visitor said in this turn.
    fn input(&self) -> &str;
    /// The world around the turn.
    fn surroundings(&self) -> &Surroundings;
    /// How values look.
    fn display(&self) -> &Display;
    /// The engine's own words.
    fn texts(&self) -> &Texts;
    /// A new random number.
    fn chance(&mut self) -> u64;
    /// Keeps the new value of a variable that a method such as `add` changed.
    fn change_variable(&mut self, name: &str, value: Value);
    /// The same for an answer or a result.
    fn change_step(&mut self, name: &str, value: Value);
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed(pub String);

/// Evaluates an expression.
pub fn evaluate(expr: &Expr, scope: &mut dyn Scope) -> Result<Value, Failed> {
    let _ = (expr, scope);
    todo!()
}
