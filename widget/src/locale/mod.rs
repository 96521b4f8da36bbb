//! Every word the chat itself says. Another language is another [`Words`].

mod english;

pub use english::ENGLISH;

/// The chat's words in one language. Two are the same when they are the same ones.
#[derive(Debug)]
pub struct Words {
    /// Language tag, for screen readers.
    pub tag: &'static str,
    /// Name of the log, for screen readers.
    pub log: &'static str,
    /// Label of the field.
    pub composer: &'static str,
    /// Shown in the empty field while the assistant answers.
    pub write_to_assistant: &'static str,
    /// Shown in the empty field while people answer.
    pub write_to_people: &'static str,
    /// Shown in the empty field while waiting for a person.
    pub write_while_waiting: &'static str,
    /// Button.
    pub send: &'static str,
    /// Button.
    pub close: &'static str,
    /// Button: stop waiting.
    pub cancel_request: &'static str,
    /// Button: end the conversation.
    pub end_conversation: &'static str,
    /// Question: whether that is meant.
    pub end_question: &'static str,
    /// Button: it is not.
    pub keep_talking: &'static str,
    /// Button.
    pub retry: &'static str,
    /// Button: this choice, or this day.
    pub choose: &'static str,
    /// Shown in a list of choices before one is taken.
    pub choose_one: &'static str,
    /// Label of the field for a day.
    pub choose_day: &'static str,
    /// Button: the card before this one.
    pub previous_card: &'static str,
    /// Button: the card after this one.
    pub next_card: &'static str,
    /// Name of cards side by side, for screen readers.
    pub carousel: fn(usize) -> String,
    /// Name of one of them.
    pub card_of: fn(usize, usize) -> String,
    /// Link: a picture or a page, as large as the window.
    pub open_large: &'static str,
    /// Link: a film on a site of its own.
    pub watch_on: fn(&str) -> String,
    /// Link: a sound on a site of its own.
    pub listen_on: fn(&str) -> String,
    /// Added to links for screen readers.
    pub new_tab: &'static str,
    /// Name of a picture without words, for screen readers.
    pub picture: &'static str,
    /// Name of a page in a frame without words, for screen readers.
    pub page: &'static str,
    /// Name of a table without a title, for screen readers.
    pub table: &'static str,
    /// Button: earlier lines.
    pub show_earlier: &'static str,
    /// Button: lines below that were not read.
    pub new_messages: &'static str,
    /// Heading of the visitor's lines, for screen readers.
    pub you: &'static str,
    /// Heading of the assistant's lines.
    pub assistant: &'static str,
    /// Status: who answers.
    pub status_assistant: &'static str,
    /// Status: who answers when there is no assistant.
    pub status_people: &'static str,
    /// Status: a person was asked for.
    pub status_asking: &'static str,
    /// Status: in the queue, place unknown.
    pub status_waiting: &'static str,
    /// Status: next in the queue.
    pub status_next: &'static str,
    /// Status: place in the queue.
    pub status_place: fn(u32) -> String,
    /// Status, after the place: how many minutes it will take.
    pub status_minutes: fn(u32) -> String,
    /// Status: nobody is there, and they may write.
    pub status_leave_message: &'static str,
    /// Status: nobody is there; the place is kept.
    pub status_place_kept: &'static str,
    /// Status: an agent was asked to accept.
    pub status_connecting: &'static str,
    /// Status: an agent answers.
    pub status_person: fn(&str) -> String,
    /// Status: an agent answers whose name is not known yet.
    pub status_some_person: &'static str,
    /// Status: a preview.
    pub status_preview: &'static str,
    /// An agent writes.
    pub typing: fn(&str) -> String,
    /// The assistant is being loaded.
    pub thinking: &'static str,
    /// A line is on its way.
    pub sending: &'static str,
    /// A line waits for the bridge.
    pub waiting_for_bridge: &'static str,
    /// A line was refused.
    pub not_sent: &'static str,
    /// The bridge is unreachable.
    pub connection_lost: &'static str,
    /// The page is too old.
    pub outdated: &'static str,
    /// There is no such site.
    pub unknown_site: &'static str,
    /// What was written is too long to be sent.
    pub too_long: &'static str,
    /// Heading of the empty log.
    pub empty_title: fn(&str) -> String,
    /// The empty log of a chat without assistant.
    pub empty_people: &'static str,
    /// Notice.
    pub request_kept: &'static str,
    /// Notice.
    pub someone_available: &'static str,
    /// Notice.
    pub joined: fn(&str) -> String,
    /// Notice.
    pub waiting_again: &'static str,
    /// Notice.
    pub wait_ended: &'static str,
    /// Notice.
    pub assistant_back: &'static str,
    /// Notice.
    pub reopened: &'static str,
    /// Notice.
    pub ended: &'static str,
    /// Notice.
    pub request_refused: fn(&str) -> String,
    /// Notice of a preview: heading.
    pub demonstrated: &'static str,
    /// Notice of a preview: nobody was transferred.
    pub demonstrated_nobody: &'static str,
    /// Notice of a preview: label of the reason.
    pub demonstrated_reason: &'static str,
    /// Notice of a preview: label of the action.
    pub demonstrated_action: &'static str,
    /// Notice of a preview: label of the queue.
    pub demonstrated_queue: &'static str,
    /// Notice of a preview: no queue is named.
    pub demonstrated_default_queue: &'static str,
    /// Notice of a preview: label of the online message.
    pub demonstrated_online: &'static str,
    /// Notice of a preview: label of the offline message.
    pub demonstrated_offline: &'static str,
    /// Notice of a preview: label of the message to the agent.
    pub demonstrated_to_agent: &'static str,
    /// The assistant, after a conversation with a person.
    pub anything_else: &'static str,
    /// The visitor wrote to people directly, and somebody is there.
    pub direct_online: &'static str,
    /// The visitor wrote to people directly, and nobody is there.
    pub direct_offline: &'static str,
    /// For the developer: there is no assistant.
    pub none_published: &'static str,
    /// For the author: the bridge has no such draft.
    pub draft_not_there: &'static str,
    /// For the author: the bridge does not answer.
    pub draft_unreachable: &'static str,
    /// For the author: what is to be set is no JSON.
    pub not_json: &'static str,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}
