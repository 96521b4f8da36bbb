//! Names of what workflows speak of and the wire does not.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// A workflow, through all its versions.
    WorkflowId
}
name! {
    /// A set of agents with a name.
    TeamId
}
name! {
    /// A person, as authors write them: by e-mail address, or by id.
    AgentName
}
