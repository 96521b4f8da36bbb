//! What an expression is worth (`watsonx.md` 1.11).
//!
//! Expressions are bounded: what they may cost, how deep they and the values they make may be nested, how large those
//! may be. Where the original copies Java, three things are as people expect instead: `7 / 2` is 3.5, an index past the
//! end of a list yields nothing, and a text is cut where it ends.

mod compare;
mod dates;
mod fields;
mod format;
mod functions;
mod lists;
mod machine;
mod methods;
mod operators;
mod patterns;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod texts;

pub(crate) use compare::{equal, is, order};
pub(crate) use operators::truth;
pub use patterns::check_pattern;
pub(crate) use patterns::found;

use crate::definition::{Display, Expr, Texts};
use crate::surroundings::Surroundings;
use crate::value::Value;
use machine::Machine;
use std::fmt;

/// What an expression can look at, and the little it can change.
pub trait Scope {
    /// A variable of the session or a built-in one; nothing when it has no value.
    fn variable(&self, name: &str) -> Value;
    /// The answer to a step of the action that runs, or a result; nothing when it has no value.
    fn step(&self, name: &str) -> Value;
    /// The label under which the answer to a step was offered, where that is not the answer itself.
    fn label(&self, name: &str) -> Option<Value>;
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

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Evaluates an expression.
pub fn evaluate(expr: &Expr, scope: &mut dyn Scope) -> Result<Value, Failed> {
    Machine::new(scope).value(expr)
}

/// The same with a name bound: `item`, in the labels and values of dynamic options.
pub fn evaluate_with(expr: &Expr, name: &str, bound: &Value, scope: &mut dyn Scope) -> Result<Value, Failed> {
    Machine::new(scope).with(name, bound.clone(), |machine| machine.value(expr))
}
