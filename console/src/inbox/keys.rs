//! The keyboard: which key means what, and the list of them that `?` shows.

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// To the next row of the lists.
    Next,
    /// To the row before.
    Previous,
    /// Take the conversation.
    Accept,
    /// Write to it.
    Reply,
    /// Out of the field, keeping what is written.
    LeaveField,
    /// One step out: of the help, of a question, of the conversation.
    Escape,
    /// Show or hide the list of keys.
    Help,
}

/// Keys and what they do, as the help shows them. Enter is the browser's own: rows are buttons.
pub const SHORTCUTS: &[(&[&str], &str)] = &[
    (&["j", "↓"], "Next conversation"),
    (&["k", "↑"], "Previous conversation"),
    (&["Enter"], "Open the conversation"),
    (&["a"], "Accept"),
    (&["r"], "Write a reply"),
    (&["Esc"], "Back"),
    (&["Enter"], "Send (in the reply)"),
    (&["Shift", "Enter"], "New line (in the reply)"),
    (&["?"], "Show or hide this list"),
];

/// Where the key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a field one writes or chooses in.
    Field,
    /// In something that is asked before anything else.
    Form,
    /// On a row of the lists.
    Row,
    /// Anywhere else.
    Page,
}

/// What a key, by the browser's name for it, means there. Keys with Ctrl, Alt or Meta belong to the browser and are not
/// asked about.
pub fn meaning(key: &str, place: Place) -> Option<Shortcut> {
    match (key, place) {
        ("Escape", Place::Field) => Some(Shortcut::LeaveField),
        (_, Place::Field) => None,
        ("Escape", _) => Some(Shortcut::Escape),
        (_, Place::Form) => None,
        ("j", _) | ("ArrowDown", Place::Row) => Some(Shortcut::Next),
        ("k", _) | ("ArrowUp", Place::Row) => Some(Shortcut::Previous),
        ("a", _) => Some(Shortcut::Accept),
        ("r", _) => Some(Shortcut::Reply),
        ("?", _) => Some(Shortcut::Help),
        (_, Place::Row | Place::Page) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_only_letters_while_writing() {
        for key in ["j", "k", "a", "r", "?", "ArrowDown"] {
            assert_eq!(meaning(key, Place::Field), None, "{key}");
        }
        assert_eq!(meaning("Escape", Place::Field), Some(Shortcut::LeaveField));
    }

    #[test]
    fn arrows_move_through_rows_and_scroll_everywhere_else() {
        assert_eq!(meaning("ArrowDown", Place::Row), Some(Shortcut::Next));
        assert_eq!(meaning("ArrowDown", Place::Page), None);
        assert_eq!(meaning("j", Place::Page), Some(Shortcut::Next));
    }
}
