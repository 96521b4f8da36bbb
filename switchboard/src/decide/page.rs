//! What visitors look at, kept among what is known of them: `page`, `page_title`, `referrer` and `language`.

use super::draft::Draft;
use crate::{Change, Decision, Switchboard};
use protocol::limits::FIELDS_MAX;
use protocol::{Actor, Cause, Happening, PageSeen, Timestamp, VisitorId};

/// A visitor's browser tells of the page around the chat. Without an open conversation it is remembered for the next one.
pub fn sees(board: &Switchboard, visitor: VisitorId, page: &PageSeen, now: Timestamp) -> Decision {
    let seen = Change::PageSeen { visitor, page: page.clone() };
    let Some(conversation) = board.of_visitor(visitor) else { return Decision::of(vec![seen]) };
    let mut draft = Draft::of(board, conversation, Actor::Visitor, Cause::Asked, now);
    draft.also(seen);
    note(&mut draft, Some(page));
    Decision::of(draft.into_changes())
}

/// What is told and was not known becomes known. What is not told may be so still.
pub fn note(draft: &mut Draft<'_>, page: Option<&PageSeen>) {
    for (field, value) in page.map(PageSeen::fields).into_iter().flatten() {
        let known = &draft.conversation().contact.fields;
        let room = known.contains_key(field) || known.len() < FIELDS_MAX;
        let news = value.filter(|value| room && known.get(field) != Some(*value)).cloned();
        if let Some(value) = news {
            draft.add(Happening::FieldSet { field: field.to_owned(), value: Some(value) });
        }
    }
}
