//! One turn.

use crate::{Assistant, Heard, Session, Surroundings, Turn};

/// Takes one turn. What a visitor says is always answered: the turn has a reply, hands over, or calls an extension.
pub fn hear(assistant: &Assistant, session: &mut Session, heard: Heard, around: &Surroundings) -> Turn {
    let _ = (assistant, session, heard, around);
    todo!()
}
