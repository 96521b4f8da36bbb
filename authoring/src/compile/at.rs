//! Where a value stands in a document, without copying anything until somebody asks.

use crate::findings::segment;

/// A place in a document, or in the defaults that stand in for what it leaves out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    parent: Option<&'a At<'a>>,
    piece: Piece<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Piece<'a> {
    Document,
    Defaults,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The author's document.
    pub(crate) const DOCUMENT: At<'static> = At { parent: None, piece: Piece::Document };
    /// The defaults, which no author can point at.
    pub(crate) const DEFAULTS: At<'static> = At { parent: None, piece: Piece::Defaults };

    /// A value of a map in it.
    pub(crate) fn key(&'a self, key: &'a str) -> At<'a> {
        At { parent: Some(self), piece: Piece::Key(key) }
    }

    /// An element of a list in it.
    pub(crate) fn index(&'a self, index: usize) -> At<'a> {
        At { parent: Some(self), piece: Piece::Index(index) }
    }

    /// Whether it is among the defaults.
    pub(crate) fn is_default(&self) -> bool {
        match self.parent {
            Some(parent) => parent.is_default(),
            None => matches!(self.piece, Piece::Defaults),
        }
    }

    /// As a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = self.parent.map(At::pointer).unwrap_or_default();
        match self.piece {
            Piece::Document | Piece::Defaults => {}
            Piece::Key(key) => {
                pointer.push('/');
                pointer.push_str(&segment(key));
            }
            Piece::Index(index) => pointer.push_str(&format!("/{index}")),
        }
        pointer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_pointer() {
        let actions = At::DOCUMENT.key("actions");
        let action = actions.index(3);
        let odd = action.key("a/b~c");
        assert_eq!(odd.pointer(), "/actions/3/a~1b~0c");
        assert_eq!(At::DOCUMENT.pointer(), "");
        assert!(!odd.is_default());
        assert!(At::DEFAULTS.key("steps").is_default());
    }
}
