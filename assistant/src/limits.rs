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

/// Actions begun in one turn; more are going in circles.
pub const ACTIONS_VISITED_MAX: u32 = 20;

/// Actions inside each other: run by steps, or interrupted.
pub const TALKS_MAX: usize = 20;

/// Things said or shown in one turn; nobody reads more.
pub const REPLIES_MAX: usize = 100;

/// Messages of one run of an action in which answers to later steps are looked for.
pub const MESSAGES_KEPT_MAX: usize = 16;

/// Messages in `session_history`.
pub const HISTORY_MESSAGES_MAX: usize = 24;

/// Each of them.
pub const HISTORY_MESSAGE_CHARS_MAX: usize = 512;

/// All of them together.
pub const HISTORY_CHARS_MAX: usize = 2048;

/// Actions listed in the trace as possibly meant.
pub const CANDIDATES_MAX: usize = 10;

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

/// How deep values are nested in each other; deeper ones could exhaust the stack.
pub const VALUE_DEPTH_MAX: usize = 64;

/// A value that an expression makes, all its texts and elements together. Variables are kept in the browser.
pub const VALUE_BYTES_MAX: usize = 256 * 1024;

/// JSON that is read as a value: an extension's answer, written by hand, or the argument of `toJson`.
pub const JSON_BYTES_MAX: usize = protocol::limits::CALL_ANSWER_BYTES_MAX;

/// Expressions nested in each other; deeper ones could exhaust the stack.
pub const EXPRESSION_DEPTH_MAX: usize = 128;

/// What evaluating one expression may cost: one for each of its parts, and one more for every [`WORK_BYTES`] of the
/// values it handles. The dearest expression keeps a slow phone busy for a fraction of a second.
pub const EXPRESSION_WORK_MAX: u32 = 300_000;

/// Bytes handled for one unit of work.
pub const WORK_BYTES: usize = 64;

/// A regular expression as written; longer ones are programs.
pub const PATTERN_BYTES_MAX: usize = 1024;

/// A compiled regular expression. Counted repetitions such as `(a{99}){99}` are what makes them large, and slow.
pub const PATTERN_COMPILED_BYTES_MAX: usize = 64 * 1024;

/// A text that a regular expression is matched with; a message fits.
pub const PATTERN_TEXT_BYTES_MAX: usize = protocol::limits::MESSAGE_BYTES_MAX;

/// Digits after the point that are shown.
pub const DECIMALS_MAX: usize = 14;

/// Width of a field in `String.format`.
pub const FORMAT_WIDTH_MAX: usize = 100;

/// A text with its values filled in; what is longer stops there.
pub const RENDERED_BYTES_MAX: usize = 64 * 1024;
