//! How sure it is that what was found is meant.

/// From surest to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// Nothing else is said like this.
    Yes,
    /// It was asked for, so it is meant.
    Asked,
    /// A whole week or month, which is no day; a part of the day, of which the beginning is taken.
    Vague,
    /// It is meant if nothing else is said.
    Alone,
}
