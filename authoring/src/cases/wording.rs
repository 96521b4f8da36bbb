//! What the assistant does, as lines of a case.

use assistant::Reply;
use protocol::rich::{Button, Card, CardPart, Media, MediaKind, Press, Show, Table};
use protocol::{Content, HandOff};

/// A reply as lines; a pause has none.
pub fn reply_lines(reply: &Reply) -> Vec<String> {
    match reply {
        Reply::Say(content) => written(content_lines(content)),
        Reply::Pause { .. } => Vec::new(),
    }
}

/// As lines are read: without blanks at their ends, and before the first one, which stands beside its keyword.
fn written(mut lines: Vec<String>) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        *first = first.trim_start().to_owned();
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// A hand-off as lines: queue and reason, what visitor and agent are told, then what was collected.
pub fn hand_off_lines(hand_off: &HandOff) -> Vec<String> {
    let queue = hand_off.queue.as_ref().map_or("the default queue".to_owned(), ToString::to_string);
    let mut lines = vec![format!("{queue} ({})", hand_off.reason.code())];
    let mut detail = |name: &str, text: &str| lines.extend(labelled(name, text));
    detail("online", &hand_off.online_message);
    detail("offline", &hand_off.offline_message);
    if let Some(message) = &hand_off.message_to_agent {
        detail("to the agent", message);
    }
    if let Some(action) = &hand_off.action {
        detail("about", action);
    }
    lines.extend(hand_off.collected.iter().map(|c| format!("{} = {}", c.label, one_line(&c.value))));
    written(lines)
}

fn labelled(name: &str, text: &str) -> Option<String> {
    (!text.is_empty()).then(|| format!("{name}: {}", one_line(text)))
}

fn one_line(text: &str) -> String {
    text.replace('\n', " / ")
}

fn content_lines(content: &Content) -> Vec<String> {
    match content {
        Content::Text { text } => text_lines(text.as_str()),
        Content::Options { text, options, show } => {
            let shown = options.iter().map(|label| format!("[{label}]")).collect::<Vec<String>>().join(" ");
            let mut lines = text_lines(text.as_str());
            match show {
                Show::Auto | Show::Buttons | Show::List => lines.push(shown),
                Show::Hidden => {}
            }
            lines
        }
        Content::Date { text, from, to } => {
            let mut lines = text_lines(text.as_str());
            lines.push(match (from, to) {
                (None, None) => "[a day]".to_owned(),
                (from, to) => format!(
                    "[a day from {} to {}]",
                    from.as_deref().unwrap_or("any"),
                    to.as_deref().unwrap_or("any")
                ),
            });
            lines
        }
        Content::Media(media) => vec![media_line(media)],
        Content::Button(button) => vec![button_line(button)],
        Content::Card(card) => card_lines(card),
        Content::Carousel(cards) => cards.iter().flat_map(card_lines).collect(),
        Content::Table(table) => table_lines(table),
        Content::UserDefined { json, text } => {
            std::iter::once(format!("(own) {json}")).chain(labelled("text", text)).collect()
        }
    }
}

/// Blank lines inside a text would end it in the file.
fn text_lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn media_line(media: &Media) -> String {
    let kind = match media.kind {
        MediaKind::Image => "image",
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
        MediaKind::Frame => "page",
    };
    let words =
        [&media.title, &media.description, &media.alt].into_iter().flatten().map(|text| one_line(text));
    let words: Vec<String> = words.collect();
    match words.is_empty() {
        true => format!("({kind}) {}", media.source),
        false => format!("({kind}) {} · {}", media.source, words.join(" · ")),
    }
}

fn button_line(button: &Button) -> String {
    match &button.press {
        Press::Say(said) => format!("(button) {} → says {}", button.label, one_line(said)),
        Press::Open(address) => format!("(button) {} → opens {address}", button.label),
        Press::Emit { event, data } => format!("(button) {} → emits {event} {data}", button.label),
    }
}

fn card_lines(card: &Card) -> Vec<String> {
    let mut lines = vec!["(card)".to_owned()];
    for part in &card.body {
        match part {
            CardPart::Text(words) => lines.extend(text_lines(words)),
            CardPart::Media(media) => lines.push(media_line(media)),
        }
    }
    lines.extend(card.buttons.iter().map(button_line));
    lines
}

fn table_lines(table: &Table) -> Vec<String> {
    let mut lines = vec!["(table)".to_owned()];
    lines.extend(table.title.iter().chain(&table.description).map(|text| one_line(text)));
    lines.extend(std::iter::once(&table.headers).chain(&table.rows).map(|row| row.join(" | ")));
    lines
}
