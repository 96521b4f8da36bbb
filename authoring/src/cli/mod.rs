//! The commands of `passerelle` that work on files of authors. Each is the arguments of its command and a `run`, which
//! says whether all is well; an error is a file that could not be used. The bridge's binary hangs them in.

mod check;
mod convert;
mod excerpt;
mod explore;
mod import;
mod sarif;
mod save;
mod schema;
mod source;
mod test;
mod translate;
mod workflow;

pub use check::Check;
pub use convert::Convert;
pub use explore::Explore;
pub use import::Import;
pub use schema::Schema;
pub use test::Test;
pub use translate::Translate;
pub use workflow::WorkflowCommand;
