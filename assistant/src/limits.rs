//! Every bound of a definition and of the engine that runs it, with its unit last. Bounds of what is sent are in
//! `protocol::limits`.

/// A longer phrase is a text, not an example of what somebody types into a chat. What the visitor says is read up to
/// here when actions are compared.
pub const PHRASE_CHARS_MAX: usize = 1024;

/// More than any assistant seen in the wild.
pub const ACTIONS_MAX: usize = 2_000;

/// Variables of the session.
pub const VARIABLES_MAX: usize = 2_000;

/// Steps of one action.
pub const STEPS_MAX: usize = 1_000;

/// A step visited more often in one run of its action is going in circles.
pub const STEP_VISITS_MAX: u32 = 50;

/// Invalid answers to one question before the fallback takes over on the next one.
pub const ATTEMPTS_DEFAULT: u32 = 3;

/// More re-prompts than this only annoy.
pub const ATTEMPTS_MAX: u32 = 10;

/// Topics offered at most by `suggest`.
pub const SUGGESTIONS_MAX: u32 = 5;

/// Mistakes reported at most; a file with more has one cause.
pub const MISTAKES_MAX: usize = 200;

/// Digits of a number that an `f64` keeps exactly.
pub const NUMBER_DIGITS_MAX: usize = 15;
