//! What all endpoints of the API have in common: who calls, who may, what is asked once, pages of lists, and the description
//! that is made of the same table as the routes.

mod access;
mod body;
mod caller;
mod description;
mod endpoint;
mod examples;
mod forms;
mod page;
mod paging;
mod query;
mod repeat;
mod revision;

pub use access::Access;
pub use body::Sent;
pub use caller::{Caller, key_in};
pub use description::Description;
pub use endpoint::{Endpoint, File, Once, Tag, routes};
pub use page::{POLICY as PAGE_POLICY, script, style};
pub use paging::{Page, PageQuery};
pub use query::Query;
pub use repeat::Repeats;
pub use revision::{IfMatch, Revised};

/// What every address of this version begins with.
pub const BASE: &str = "/api/v1";
