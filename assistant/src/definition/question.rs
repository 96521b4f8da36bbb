//! Questions, as the engine holds them.

use super::Text;

/// A question.
#[derive(Debug)]
pub struct Ask {
    /// What counts as an answer.
    pub kind: Kind,
    /// What is said to the first invalid answer, to the second, …; the last one repeats.
    pub invalid: Vec<Text>,
    /// Invalid answers tolerated; the next one goes to the fallback.
    pub attempts: u32,
    /// The answer's name for the agent.
    pub label: Option<String>,
}

/// What counts as an answer.
#[derive(Debug)]
pub enum Kind {
    /// One of these.
    Options(Vec<Choice>),
    /// A number.
    Number(Range),
    /// Yes or no.
    YesNo {
        /// The label of yes, then its synonyms.
        yes: Vec<String>,
        /// The label of no, then its synonyms.
        no: Vec<String>,
    },
    /// Anything at all.
    Text,
}

/// One of the options.
#[derive(Debug)]
pub struct Choice {
    /// What its button says.
    pub label: String,
    /// What else it is called.
    pub synonyms: Vec<String>,
}

/// Which numbers are valid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The least.
    pub min: Option<f64>,
    /// The greatest.
    pub max: Option<f64>,
    /// Whether fractions are refused.
    pub whole: bool,
}
