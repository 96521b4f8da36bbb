//! Every bound of the wire, with its unit last and its reason.

/// Seconds without a word of the visitor's after which a conversation may take no room, at least.
pub const QUIET_SECONDS_MIN: u32 = 60;

/// Needs an assistant can hand over.
pub const NEEDS_MAX: usize = 16;

/// Bytes of a language's tag, or of an agent's name, that an assistant hands over.
pub const NAMED_BYTES_MAX: usize = 256;

/// A longer line is refused, not cut: cutting could change its meaning. Four screens of text fit.
pub const MESSAGE_BYTES_MAX: usize = 16 * 1024;

/// A whole frame. The largest honest one is a hand-off with its collected answers.
pub const FRAME_BYTES_MAX: usize = 64 * 1024;

/// Names of queues, sites and workspaces stay readable in lists and addresses.
pub const SLUG_BYTES_MAX: usize = 64;

/// Choices under one line of the assistant.
pub const OPTIONS_MAX: usize = 50;

/// A choice's label fits a button.
pub const OPTION_LABEL_BYTES_MAX: usize = 256;

/// Answers the assistant collected and hands to the agent.
pub const COLLECTED_MAX: usize = 64;

/// One collected answer, its name or its value.
pub const COLLECTED_BYTES_MAX: usize = 1024;

/// Events in one answer to "after number N"; the client asks again until `more` is false.
pub const EVENTS_PER_PAGE_MAX: usize = 500;

/// The last line's beginning, as lists of conversations show it.
pub const PREVIEW_CHARS_MAX: usize = 120;

/// Random bytes in a visitor's secret: as hard to guess as the key of a cipher.
pub const VISITOR_SECRET_BYTES: usize = 32;

/// Conversations one console may follow at once.
pub const WATCHED_MAX: usize = 32;

/// A published assistant, as JSON.
pub const ASSISTANT_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A client that has heard nothing for so long sends `ping`; the bridge answers `pong`.
pub const PING_AFTER_SECONDS: u64 = 20;

/// A client that waits longer than this for `pong` takes the connection for dead and dials again.
pub const PONG_WAIT_SECONDS: u64 = 10;

/// An address of a picture, a page or a link.
pub const URL_BYTES_MAX: usize = 2048;

/// The title of a page; longer ones are made for search engines.
pub const TITLE_BYTES_MAX: usize = 512;

/// The tag of a language, such as `zh-Hant-TW`.
pub const LANGUAGE_BYTES_MAX: usize = 35;

/// Values the page around the chat tells with one event.
pub const PAGE_EVENT_VALUES_MAX: usize = 20;

/// One of them.
pub const PAGE_EVENT_VALUE_BYTES_MAX: usize = 1024;

/// Texts and pictures on one card.
pub const CARD_PARTS_MAX: usize = 10;

/// Buttons of one card.
pub const BUTTONS_MAX: usize = 5;

/// Cards side by side.
pub const CARDS_MAX: usize = 10;

/// Columns of a table.
pub const TABLE_COLUMNS_MAX: usize = 10;

/// Rows of a table.
pub const TABLE_ROWS_MAX: usize = 100;

/// JSON that only the page around the chat understands.
pub const USER_DEFINED_BYTES_MAX: usize = 5000;

/// A pause between two messages of the assistant.
pub const PAUSE_MS_MAX: u32 = 60_000;

/// What an extension may answer; more is cut off as a failure.
pub const CALL_ANSWER_BYTES_MAX: usize = 256 * 1024;

/// An extension that has not answered by then has failed.
pub const CALL_SECONDS_MAX: u64 = 20;

/// Room an agent can have. Nobody can talk with more people at once.
pub const CAPACITY_MAX: u32 = 100;

/// An offer that lasts shorter cannot be read.
pub const OFFER_SECONDS_MIN: u64 = 5;

/// An offer that lasts longer keeps a visitor waiting for nobody.
pub const OFFER_SECONDS_MAX: u64 = 900;

/// Agents who are asked at once.
pub const ASK_AT_ONCE_MAX: u16 = 50;

/// The longest a queue keeps anything before it goes to its overflow: 30 days.
pub const QUEUE_WAIT_SECONDS_MAX: u32 = 30 * 86_400;

/// The longest that finishing notes takes room: eight hours, more than any shift leaves for it.
pub const WRAP_UP_SECONDS_MAX: u32 = 8 * 3_600;

/// Steps of a queue's plan.
pub const PLAN_STEPS_MAX: usize = 20;

/// Reminders before a conversation is closed for silence.
pub const REMINDERS_MAX: usize = 3;

/// The shortest silence that closes a conversation.
pub const AUTO_CLOSE_SECONDS_MIN: u64 = 30 * 60;

/// The longest silence that closes a conversation: two weeks.
pub const AUTO_CLOSE_SECONDS_MAX: u64 = 14 * 86_400;

/// The shortest silence that ends a conversation with the assistant: somebody may be reading its answer.
pub const ASSISTANT_CLOSE_SECONDS_MIN: u32 = 60;

/// The longest a conversation can be put aside: a year.
pub const SNOOZE_SECONDS_MAX: u64 = 366 * 86_400;

/// A note with a transfer or a closing.
pub const NOTE_BYTES_MAX: usize = 8 * 1024;

/// The name of a tag or a field of a visitor's.
pub const FIELD_NAME_BYTES_MAX: usize = 64;

/// The value of a field of a visitor's.
pub const FIELD_VALUE_BYTES_MAX: usize = 4 * 1024;

/// Fields one visitor has.
pub const FIELDS_MAX: usize = 200;

/// Tags one visitor has.
pub const TAGS_MAX: usize = 100;

/// Agents one connection of a program is there for.
pub const ATTENDED_MAX: usize = 200;

/// Points of priority, both ways.
pub const PRIORITY_MAX: i32 = 10_000;

/// Those who are told of a comment.
pub const MENTIONS_MAX: usize = 20;
