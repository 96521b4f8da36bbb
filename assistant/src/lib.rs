//! The actions engine that runs in the visitor's browser.
