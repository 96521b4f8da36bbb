//! What stands in every export that nobody has edited (`watsonx.md` parts 1 and 3.1). Where an export still has it, our
//! own defaults take its place: they say the same in every language of the assistant, and better on a second attempt.

use crate::document::ReasonDoc;

/// Said to an answer that is not valid, depending on what was asked.
pub const INVALID: &[&str] = &[
    "I didn't catch that. Select a valid option:",
    "I didn't catch that. Enter a number.",
    "I'm sorry, I did not catch that, please restate your response.",
];

/// Said when agents are online.
pub const AGENTS_ONLINE: &[&str] =
    &["Let's send you to an available agent.", "Let's send you to an available agent"];

/// Said when none is.
pub const AGENTS_OFFLINE: &[&str] =
    &["There are no agents available at this time. When one becomes available, we'll connect you."];

/// Said when the chat is opened.
pub const GREETING: &str = "Welcome, how can I assist you?";

/// Said when nothing was recognised.
pub const NO_MATCHES: &str = "I'm afraid I don't understand. Please rephrase your question.";

/// Attempts to recognise anything before the fallback takes over.
pub const NO_MATCHES_MAX: f64 = 3.0;

/// Said on the first profane word.
pub const PROFANITY_WARNING: &str = "Please use appropriate language when interacting with the assistant.";

/// Profane words until the fallback takes over.
pub const PROFANITY_MAX: u32 = 2;

/// Attempts at an answer.
pub const ATTEMPTS: u32 = 3;

/// What visitors say to be given a person.
pub const FALLBACK_PHRASES: &[&str] = &[
    "Agent help",
    "Call agent",
    "Can I connect to an agent?",
    "I would like to speak to a human",
    "I would like to speak to someone",
];

/// What is said about these phrases.
pub const FALLBACK_DESCRIPTION: &str = "Please transfer me to an agent";

/// What the fallback says for each reason. Older exports have only the middle three.
pub const FALLBACK: &[(ReasonDoc, &str)] = &[
    (
        ReasonDoc::TopicReturnFailed,
        "Sorry I couldn't confirm if you wanted to return to previous topic, let me connect to an agent.",
    ),
    (ReasonDoc::ValidationFailed, "I'm afraid I don't understand. I can connect you to an agent."),
    (ReasonDoc::AgentRequested, "Sorry I couldn't assist you. I will connect you to an agent right away."),
    (
        ReasonDoc::NoMatches,
        "I am afraid I do not understand what you are asking, let me connect you to an agent.",
    ),
    (ReasonDoc::DangerWord, FOR_A_PERSON),
    (ReasonDoc::Profanity, FOR_A_PERSON),
];

const FOR_A_PERSON: &str = "It seems this conversation would be best managed by a human agent. Let me connect you to one of our agents.";

/// Asks whether to return to the interrupted topic, as a text of ours. Older exports have other words, which are kept.
pub const RETURN_REQUEST: &str = "Do you want to continue with the previous topic: {digressed_from}?";

/// Asked before the topic is changed, in old exports.
pub const SWITCH_REQUEST: &str = "Switch from the current topic?";

/// Said when the answer is neither yes nor no. Older exports have other words, which are kept.
pub const RETURN_NOT_UNDERSTOOD: &str = "I'm sorry, I did not catch that, please confirm.";

/// Asks what was meant, and the choices beside the topics.
pub const CLARIFY_INTRO: &str = "Did you mean:";
/// The choice that none is meant.
pub const CLARIFY_NONE: &str = "None of the above";
/// The same where only one action is offered.
pub const CLARIFY_ONE: &str = "Something else";
/// The choice of a person.
pub const CLARIFY_SUPPORT: &str = "Connect to support";
/// The most topics offered.
pub const CLARIFY_MOST: u32 = 5;

/// Words for yes that need no mention.
pub const YES: &[&str] = &["Yes", "yeah", "yea", "yup", "sure", "positive"];
/// Words for no that need no mention.
pub const NO: &[&str] = &["No", "not", "nope", "nay", "negative"];

/// How the built-in actions are called.
pub const BUILT_IN_TITLES: &[&str] =
    &["Greet customer", "No matches", "No action matches", "Fallback", "Trigger word detected"];

/// Reasons for the fallback, as they are written there.
pub const REASONS: &[(&str, &str)] = &[
    ("Step validation failed", "validation_failed"),
    ("Agent requested", "agent_requested"),
    ("No action matches", "no_matches"),
    ("No matches", "no_matches"),
    ("Danger word detected", "danger_word"),
    ("Profanity detected", "profanity"),
    ("Failed to confirm topic return", "topic_return_failed"),
];

/// The code of a reason.
pub fn reason_code(text: &str) -> Option<&'static str> {
    REASONS.iter().find(|(theirs, _)| *theirs == text.trim()).map(|(_, ours)| *ours)
}

/// The code of a reason, as conditions have it.
pub fn code(reason: ReasonDoc) -> &'static str {
    match reason {
        ReasonDoc::AgentRequested => "agent_requested",
        ReasonDoc::NoMatches => "no_matches",
        ReasonDoc::ValidationFailed => "validation_failed",
        ReasonDoc::TopicReturnFailed => "topic_return_failed",
        ReasonDoc::DangerWord => "danger_word",
        ReasonDoc::Profanity => "profanity",
    }
}
