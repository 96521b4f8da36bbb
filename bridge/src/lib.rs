//! The server around the switchboard: HTTP, WebSocket, store.

pub mod store;
