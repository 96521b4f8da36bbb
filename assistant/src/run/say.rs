//! What is said and shown. Everything keeps to the limits of the wire: texts are cut, what cannot be sent is left out
//! and the trace says so.

use super::expect::Answering;
use super::{Engine, label};
use crate::Reply;
use crate::definition::{Action, BUILT_IN_ACTIONS, Order, Output, Step, Text, Wordings};
use crate::limits::REPLIES_MAX;
use protocol::limits::{
    BUTTONS_MAX, CARD_PARTS_MAX, CARDS_MAX, FRAME_BYTES_MAX, MESSAGE_BYTES_MAX, OPTION_LABEL_BYTES_MAX,
    OPTIONS_MAX, PAUSE_MS_MAX, TABLE_COLUMNS_MAX, TABLE_ROWS_MAX,
};
use protocol::rich::{Card, Show, Table};
use protocol::{Content, Line};

/// Stands for the words of a question that has none: the engine invents none.
const NO_WORDS: &str = "…";

impl<'a> Engine<'a> {
    /// Says what a step says that asks nothing. Suggestions that cannot be made are not announced either: tells whether
    /// anything is said.
    pub fn say_step(&mut self, action: &'a Action, step: &'a Step) -> bool {
        let topics = self.likely_topics(usize::from(step.suggest));
        if step.suggest > 0 && topics.is_empty() {
            return false;
        }
        let answering = match topics.is_empty() {
            true => Answering::InWords,
            false => Answering::Options(topics, Show::Auto),
        };
        let replies = self.outputs(action, step, false);
        self.say_all(replies, answering, !step.say.is_empty());
        true
    }

    /// Says what a step says that asks. Said again, it keeps the wording and does not pause.
    pub fn say_question(&mut self, action: &'a Action, step: &'a Step, answering: Answering, again: bool) {
        let mut replies = self.outputs(action, step, again);
        replies.retain(|reply| !again || matches!(reply, Reply::Say(_)));
        self.say_all(replies, answering, true);
    }

    /// Says words, unless there are none.
    pub fn say(&mut self, text: &str) {
        if let Some(line) = line(text) {
            self.reply(Reply::Say(Content::Text { text: line }));
        }
    }

    /// Says words that can be answered with more than words.
    pub fn say_answerable(&mut self, text: &str, answering: Answering) {
        let replies = line(text).map(|text| Reply::Say(Content::Text { text }));
        self.say_all(replies.into_iter().collect(), answering, true);
    }

    /// Says that there is nothing to say.
    pub fn nothing_to_say(&mut self) {
        if let Some(text) = line(&self.definition().texts.nothing_to_say).or_else(|| line(NO_WORDS)) {
            self.reply(Reply::Say(Content::Text { text }));
        }
    }

    /// Puts the ways to answer under the last words. `wordless` tells that they may stand without any.
    fn say_all(&mut self, mut replies: Vec<Reply>, answering: Answering, wordless: bool) {
        let is_text = |reply: &Reply| matches!(reply, Reply::Say(Content::Text { .. }));
        match replies.iter().rposition(is_text) {
            Some(last) => {
                if let Reply::Say(Content::Text { text }) = &replies[last] {
                    replies[last] = Reply::Say(answerable(text.clone(), answering));
                }
            }
            None if wordless && (replies.is_empty() || answering != Answering::InWords) => {
                replies.extend(line(NO_WORDS).map(|text| Reply::Say(answerable(text, answering))));
            }
            None => {}
        }
        replies.into_iter().for_each(|reply| self.reply(reply));
    }

    fn reply(&mut self, reply: Reply) {
        if self.replies.len() >= REPLIES_MAX {
            return self.wrong(format!("a turn can say {REPLIES_MAX} things: the rest is left out"));
        }
        if let Reply::Say(content) = &reply {
            let bytes = content.as_plain_text().len();
            let fits = content.check().and_then(|()| match bytes > FRAME_BYTES_MAX / 2 {
                true => Err(format!("{bytes} bytes are too much for one message")),
                false => Ok(()),
            });
            if let Err(why) = fits {
                return self.wrong(format!("left out what cannot be sent: {why}"));
            }
        }
        self.replies.push(reply);
        self.session.talks.iter_mut().for_each(|talk| talk.silent = false);
    }

    fn outputs(&mut self, action: &'a Action, step: &'a Step, again: bool) -> Vec<Reply> {
        let mut replies = Vec::new();
        for (index, output) in step.say.iter().enumerate() {
            let key = || format!("{}/{}/{index}", action.id, step.id);
            self.output(output, key, again, &mut replies);
        }
        replies
    }

    fn output(&mut self, output: &'a Output, key: impl Fn() -> String, again: bool, into: &mut Vec<Reply>) {
        let content = match output {
            Output::Text(wordings) => {
                let texts =
                    self.wording(wordings, key, again).iter().filter_map(|text| line(&self.text(text)));
                into.extend(texts.map(|text| Reply::Say(Content::Text { text })));
                return;
            }
            Output::Pause { ms, typing } => {
                return into.push(Reply::Pause { ms: (*ms).min(PAUSE_MS_MAX), typing: *typing });
            }
            Output::DatePicker => return pick_a_day(into),
            Output::Media(media) => Content::Media(media.map(&mut |text| self.short(text))),
            Output::Button(button) => Content::Button(button.map(&mut |text| self.short(text))),
            Output::Card(card) => Content::Card(self.card(card)),
            Output::Carousel(cards) => {
                Content::Carousel(cards.iter().take(CARDS_MAX).map(|card| self.card(card)).collect())
            }
            Output::Table(table) => Content::Table(self.table(table)),
            Output::UserDefined { json, text } => {
                Content::UserDefined { json: self.text(json), text: self.short(text) }
            }
        };
        into.push(Reply::Say(content));
    }

    /// A card without the parts that cannot be shown.
    fn card(&mut self, card: &'a Card<Text>) -> Card {
        let mut card = card.map(&mut |text| self.short(text));
        let mut mistakes = Vec::new();
        card.body.truncate(CARD_PARTS_MAX);
        card.body.retain(|part| match part {
            protocol::rich::CardPart::Text(words) => !words.trim().is_empty(),
            protocol::rich::CardPart::Media(media) => keep(media.check(), &mut mistakes),
        });
        card.buttons.truncate(BUTTONS_MAX);
        card.buttons.retain(|button| keep(button.check(), &mut mistakes));
        mistakes.into_iter().for_each(|why| self.wrong(format!("left out what cannot be sent: {why}")));
        card
    }

    fn table(&mut self, table: &'a Table<Text>) -> Table {
        let mut table = table.map(&mut |text| self.short(text));
        table.headers.truncate(TABLE_COLUMNS_MAX);
        table.rows.truncate(TABLE_ROWS_MAX);
        for row in &mut table.rows {
            row.resize(table.headers.len(), String::new());
        }
        table
    }

    fn short(&mut self, text: &Text) -> String {
        cut(&self.text(text), MESSAGE_BYTES_MAX).to_owned()
    }

    /// The wordings to say now: one, or all of them.
    fn wording(&mut self, wordings: &'a Wordings, key: impl Fn() -> String, again: bool) -> &'a [Text] {
        let count = u32::try_from(wordings.texts.len()).unwrap_or(u32::MAX);
        if count < 2 || wordings.order == Order::All {
            return &wordings.texts;
        }
        let key = key();
        let last = self.session.wordings.get(&key).copied();
        let chosen = match (wordings.order, last) {
            (_, Some(last)) if again => last.min(count - 1),
            (Order::InTurn, Some(last)) => last.wrapping_add(1) % count,
            (Order::InTurn | Order::All, _) => 0,
            (Order::Random, last) => self.other_than(last, count),
        };
        self.session.wordings.insert(key, chosen);
        std::slice::from_ref(&wordings.texts[chosen as usize])
    }

    /// A random number below `count`, which is at least 2, and never the same twice in a row.
    fn other_than(&mut self, last: Option<u32>, count: u32) -> u32 {
        let below = |limit: u32, drawn: u64| u32::try_from(drawn % u64::from(limit)).unwrap_or(0);
        let drawn = self.draw();
        match last {
            Some(last) if last < count => (last + 1 + below(count - 1, drawn)) % count,
            Some(_) | None => below(count, drawn),
        }
    }

    /// Names of so many actions that could be meant, the likeliest first; then others as the author ordered them.
    fn likely_topics(&mut self, count: usize) -> Vec<String> {
        if count == 0 {
            return Vec::new();
        }
        let likely: Vec<usize> =
            self.ranking.iter().flat_map(|ranking| &ranking.ranked).map(|ranked| ranked.action).collect();
        let own = BUILT_IN_ACTIONS.len()..self.definition().actions.len();
        let others = own.clone().filter(|index| !likely.contains(index));
        let mut topics: Vec<String> = Vec::new();
        for index in likely.iter().copied().filter(|index| own.contains(index)).chain(others) {
            let action = &self.definition().actions[index];
            let name = label(action);
            let known = topics.iter().any(|topic| topic == name);
            let under_way = self.session.talks.iter().any(|talk| talk.action == action.id);
            let can_be = action.offered && !action.phrases.is_empty() && !known && !under_way;
            if can_be && self.action_holds(action) {
                topics.push(name.to_owned());
            }
            if topics.len() == count {
                break;
            }
        }
        topics
    }
}

fn keep(check: Result<(), String>, mistakes: &mut Vec<String>) -> bool {
    let fits = check.is_ok();
    mistakes.extend(check.err());
    fits
}

/// Puts a date picker under the words before it.
fn pick_a_day(replies: &mut Vec<Reply>) {
    let text = match replies.pop() {
        Some(Reply::Say(Content::Text { text })) => Some(text),
        Some(other) => {
            replies.push(other);
            line(NO_WORDS)
        }
        None => line(NO_WORDS),
    };
    replies.extend(text.map(|text| Reply::Say(Content::Date { text, from: None, to: None })));
}

fn answerable(text: Line, answering: Answering) -> Content {
    match answering {
        Answering::InWords => Content::Text { text },
        Answering::Options(labels, show) => {
            let labels = labels.iter().map(|label| cut(label, OPTION_LABEL_BYTES_MAX).trim().to_owned());
            let options: Vec<String> = labels.filter(|label| !label.is_empty()).take(OPTIONS_MAX).collect();
            match options.is_empty() {
                true => Content::Text { text },
                false => Content::Options { text, options, show },
            }
        }
        Answering::Day { from, to } => {
            let (from, to) = Answering::days(from, to);
            Content::Date { text, from, to }
        }
    }
}

/// A text as a message; nothing when it is blank. What is too long is cut.
fn line(text: &str) -> Option<Line> {
    Line::new(cut(text.trim_end(), MESSAGE_BYTES_MAX)).ok()
}

/// The beginning of a text, at most so many bytes of it.
pub fn cut(text: &str, bytes_max: usize) -> &str {
    let mut end = text.len().min(bytes_max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
