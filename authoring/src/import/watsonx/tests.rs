//! What each encoding of the format becomes.
