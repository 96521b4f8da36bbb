//! Numbers spelled in every language, to be read back.
