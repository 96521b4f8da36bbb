//! Ready workflows: files of `examples/workflows`, in the binary too.

/// A ready workflow.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// How it is called; the file's name without its ending.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        /// All of them, in the order they are listed.
        pub const TEMPLATES: &[Template] = &[$(Template {
            name: $name,
            text: include_str!(concat!("../../../examples/workflows/", $name, ".yaml")),
        },)*];
    };
}

templates! {
    "reassign-after-silence",
    "inbound",
    "office-hours",
    "vip",
    "same-agent",
    "consent",
}

/// The one of that name.
pub fn template(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}
