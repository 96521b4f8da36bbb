//! What is written on conversations and visitors, and the bounds of it.

use super::draft::{Answered, Draft};
use super::refuse;
use super::staff::Staff;
use crate::directory::Directory;
use protocol::limits::{
    FIELD_NAME_BYTES_MAX, FIELD_VALUE_BYTES_MAX, FIELDS_MAX, MENTIONS_MAX, NOTE_BYTES_MAX, PRIORITY_MAX,
    TAGS_MAX,
};
use protocol::setup::ReasonUse;
use protocol::{AgentId, Happening, ReasonId, Refusal, RefusalCode, Target};

/// A reason has to be one that can be chosen for this; `None` is refused where passing on.
pub fn reason(directory: &Directory, reason: Option<&ReasonId>, for_what: ReasonUse) -> Result<(), Refusal> {
    let Some(id) = reason else { return Ok(()) };
    let known = directory.setup().reasons.get(id);
    match known {
        Some(known) if known.retired => Err(Refusal::new(
            RefusalCode::ReasonRequired,
            format!("the reason `{id}` is not offered any more: choose another"),
        )),
        Some(known) if known.uses.contains(&for_what) => Ok(()),
        Some(_) | None => {
            let choices: Vec<String> = directory
                .setup()
                .reasons
                .iter()
                .filter(|(_, reason)| !reason.retired && reason.uses.contains(&for_what))
                .map(|(id, _)| id.to_string())
                .collect();
            let message =
                format!("`{id}` is no reason that can be chosen here: choose one of {}", choices.join(", "));
            Err(Refusal::new(RefusalCode::ReasonRequired, message))
        }
    }
}

/// A note has to be there where it is required, and to fit.
pub fn note(note: Option<&String>, required: bool) -> Result<(), Refusal> {
    let blank = note.is_none_or(|note| note.trim().is_empty());
    if required && blank {
        return Err(Refusal::new(
            RefusalCode::NoteRequired,
            "a note is required: say in some words what is needed",
        ));
    }
    if note.is_some_and(|note| note.len() > NOTE_BYTES_MAX) {
        return Err(refuse::malformed(format!("a note can have {NOTE_BYTES_MAX} bytes")));
    }
    Ok(())
}

/// Those who are told of a comment have to be there.
pub fn mentions(directory: &Directory, mentions: &[Target]) -> Result<(), Refusal> {
    if mentions.len() > MENTIONS_MAX {
        return Err(refuse::malformed(format!(
            "{MENTIONS_MAX} can be told of a comment, not {}",
            mentions.len()
        )));
    }
    match mentions.iter().find(|target| !directory.knows(target)) {
        Some(unknown) => Err(refuse::unknown_name(format!("there is no {}", target(unknown)))),
        None => Ok(()),
    }
}

/// The visitor gets a tag, or loses it.
pub fn tag(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    tag: &str,
    add: bool,
) -> Result<Option<Answered>, Refusal> {
    check_name(tag, "a tag")?;
    let tags = &draft.conversation().contact.tags;
    if tags.contains(tag) == add {
        return Ok(None);
    }
    if add && tags.len() >= TAGS_MAX {
        return Err(refuse::malformed(format!("a visitor can have {TAGS_MAX} tags: remove one first")));
    }
    Ok(Some(draft.answer(staff.asked(), Happening::Tagged { tag: tag.to_owned(), added: add })))
}

/// A field of the visitor's is set.
pub fn field(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    field: &str,
    value: Option<&String>,
) -> Result<Option<Answered>, Refusal> {
    check_name(field, "a field's name")?;
    if value.is_some_and(|value| value.len() > FIELD_VALUE_BYTES_MAX) {
        return Err(refuse::malformed(format!("a field's value can have {FIELD_VALUE_BYTES_MAX} bytes")));
    }
    let fields = &draft.conversation().contact.fields;
    if fields.get(field) == value {
        return Ok(None);
    }
    if value.is_some() && !fields.contains_key(field) && fields.len() >= FIELDS_MAX {
        return Err(refuse::malformed(format!("a visitor can have {FIELDS_MAX} fields: clear one first")));
    }
    let set = Happening::FieldSet { field: field.to_owned(), value: value.cloned() };
    Ok(Some(draft.answer(staff.asked(), set)))
}

/// It is more or less urgent.
pub fn priority(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    priority: i32,
) -> Result<Option<Answered>, Refusal> {
    if !(-PRIORITY_MAX..=PRIORITY_MAX).contains(&priority) {
        return Err(refuse::malformed(format!("priority goes from -{PRIORITY_MAX} to {PRIORITY_MAX}")));
    }
    if draft.conversation().priority == priority {
        return Ok(None);
    }
    Ok(Some(draft.answer(staff.asked(), Happening::PrioritySet { priority })))
}

/// Who is asked first whenever the visitor needs somebody.
pub fn dedicate(
    staff: &Staff<'_>,
    draft: &mut Draft<'_>,
    to: Option<AgentId>,
) -> Result<Option<Answered>, Refusal> {
    if let Some(agent) = to.filter(|agent| draft.board.directory().active(*agent).is_none()) {
        return Err(refuse::unknown_name(format!("there is no agent {agent}")));
    }
    if draft.conversation().contact.dedicated == to {
        return Ok(None);
    }
    Ok(Some(draft.answer(staff.asked(), Happening::Dedicated { agent: to })))
}

/// A target in words.
pub fn target(target: &Target) -> String {
    match target {
        Target::Agent(agent) => format!("agent {agent}"),
        Target::Team(team) => format!("team `{team}`"),
        Target::Queue(queue) => format!("queue `{queue}`"),
        Target::Anybody => "anybody".to_owned(),
    }
}

/// The name of a tag or a field.
pub fn check_name(name: &str, what: &str) -> Result<(), Refusal> {
    let plain = !name.trim().is_empty() && name.trim() == name && !name.chars().any(char::is_control);
    if plain && name.len() <= FIELD_NAME_BYTES_MAX {
        return Ok(());
    }
    Err(refuse::malformed(format!("{what} has 1 to {FIELD_NAME_BYTES_MAX} bytes and no blanks around them")))
}
