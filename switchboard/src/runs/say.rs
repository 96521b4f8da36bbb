//! What runs write: to the visitor, for colleagues, on the contact. What does not fit its bounds is cut or left out, since
//! nobody is there to be told.

use super::step::Step;
use crate::decide::notes::check_name;
use crate::workflow::Value;
use crate::workflow::definition::{ChangeOfTag, Mention};
use crate::workflow::value::cut;
use protocol::limits::{
    FIELD_VALUE_BYTES_MAX, FIELDS_MAX, MENTIONS_MAX, MESSAGE_BYTES_MAX, NOTE_BYTES_MAX,
    OPTION_LABEL_BYTES_MAX, OPTIONS_MAX, TAGS_MAX,
};
use protocol::rich::Show;
use protocol::{Author, Content, Happening, Line, Target, TeamId};

impl Step<'_, '_> {
    /// Says something to the visitor.
    pub fn say(&mut self, text: &str, options: Vec<String>) {
        let Some(content) = content(text, options) else { return };
        let author = Author::Workflow(self.moved.workflow.clone());
        let written_at = self.draft.now;
        self.draft.add(Happening::Said { author, content, written_at });
    }

    /// Writes what only the staff reads.
    pub fn comment(&mut self, text: String, mentions: &[Mention]) {
        let directory = self.draft.board.directory();
        let told = mentions.iter().filter_map(|mention| match mention {
            Mention::Agent(name) => directory.named(&name.0).map(Target::Agent),
            Mention::Team(team) => TeamId::new(team.0.clone()).ok().map(Target::Team),
        });
        let mentions = told.filter(|target| directory.knows(target)).take(MENTIONS_MAX).collect();
        let author = Author::Workflow(self.moved.workflow.clone());
        let text = cut(text, MESSAGE_BYTES_MAX);
        self.draft.add(Happening::Commented { author, text, mentions });
    }

    /// Changes the contact's tags.
    pub fn tag(&mut self, change: ChangeOfTag, tags: &[String]) {
        let added = change == ChangeOfTag::Added;
        for tag in tags.iter().filter(|tag| check_name(tag, "a tag").is_ok()) {
            let known = &self.draft.conversation().contact.tags;
            let room = !added || known.len() < TAGS_MAX;
            if known.contains(tag) != added && room {
                self.draft.add(Happening::Tagged { tag: tag.clone(), added });
            }
        }
    }

    /// Sets a field of the contact's.
    pub fn field(&mut self, field: String, value: &Value) {
        let value = (!value.is_missing()).then(|| cut(value.written().into_owned(), FIELD_VALUE_BYTES_MAX));
        let known = &self.draft.conversation().contact.fields;
        let room = value.is_none() || known.contains_key(&field) || known.len() < FIELDS_MAX;
        if check_name(&field, "a field's name").is_ok() && known.get(&field) != value.as_ref() && room {
            self.draft.add(Happening::FieldSet { field, value });
        }
    }
}

/// A note of these words; none when there are none.
pub fn note(words: &str) -> Option<String> {
    (!words.trim().is_empty()).then(|| cut(words.to_owned(), NOTE_BYTES_MAX))
}

/// A message. Options that cannot be shown are said.
fn content(text: &str, options: Vec<String>) -> Option<Content> {
    let fit = options.len() <= OPTIONS_MAX
        && options.iter().all(|label| !label.trim().is_empty() && label.len() <= OPTION_LABEL_BYTES_MAX);
    let said = if text.trim().is_empty() { options.join(" / ") } else { text.to_owned() };
    if options.is_empty() || !fit {
        let list = if fit { String::new() } else { format!("\n{}", options.join("\n")) };
        return Content::text(cut(said + &list, MESSAGE_BYTES_MAX)).ok();
    }
    let text = Line::new(cut(said, MESSAGE_BYTES_MAX)).ok()?;
    Some(Content::Options { text, options, show: Show::Auto })
}
