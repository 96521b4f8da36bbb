//! Patterns that are ready to use.

/// Regular expressions by name (`watsonx.md` 1.6): an e-mail address, a ten-digit telephone number of North America, a
/// web address. Longer forms come first, since the first that matches is the answer.
pub(crate) const READY: [(&str, &[&str]); 3] = [
    ("email", &[r#"[^\s@,;:<>()"]+@[^\s@,;:<>()".!?]+(?:\.[^\s@,;:<>()".!?]+)+"#]),
    (
        "phone",
        &[
            r"(?:\+|\b)1[-. ]?(?:\(\d{3}\) ?|\d{3}[-. ]?)\d{3}[-. ]?\d{4}\b",
            r"\(\d{3}\) ?\d{3}[-. ]?\d{4}\b",
            r"\b\d{3}[-. ]?\d{3}[-. ]?\d{4}\b",
        ],
    ),
    ("url", &[r#"https?://[^\s<>"]*[^\s<>".,;:!?)]"#, r#"\bwww\.[^\s<>"]*[^\s<>".,;:!?)]"#]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use regex_lite::Regex;

    fn found(name: &str, said: &str) -> Option<String> {
        let (_, patterns) = READY.into_iter().find(|(ready, _)| *ready == name).unwrap();
        let find = |pattern: &&str| Some(Regex::new(pattern).unwrap().find(said)?.as_str().to_owned());
        patterns.iter().find_map(find)
    }

    #[test]
    fn ready_patterns_find_what_they_are_for() {
        for (name, said, wanted) in [
            ("email", "write to ann.lee+shop@mail.example.com.", "ann.lee+shop@mail.example.com"),
            ("email", "<jürgen@bücher.example>", "jürgen@bücher.example"),
            ("phone", "call (202) 555-0123 please", "(202) 555-0123"),
            ("phone", "+1 202.555.0123", "+1 202.555.0123"),
            ("phone", "2025550123", "2025550123"),
            ("url", "see https://a.example/x?y=1.", "https://a.example/x?y=1"),
            ("url", "www.a.example", "www.a.example"),
        ] {
            assert_eq!(found(name, said).as_deref(), Some(wanted), "{said}");
        }
    }

    #[test]
    fn ready_patterns_leave_the_rest_alone() {
        for (name, said) in [
            ("email", "ann at example.com"),
            ("email", "ann@example"),
            ("phone", "555-0123"),
            ("phone", "123456789012345"),
            ("url", "http://"),
            ("url", "example"),
        ] {
            assert_eq!(found(name, said), None, "{said}");
        }
    }
}
