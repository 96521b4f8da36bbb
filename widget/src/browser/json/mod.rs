//! JSON without `serde_json`, which costs a kilobyte or two of WebAssembly for every type it reads and half of that for
//! every type it writes. The browser parses; what it has parsed needs far less code to take over.

mod read;
mod write;

pub use read::{Unreadable, read};
pub use write::write;
