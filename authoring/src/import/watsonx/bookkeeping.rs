//! What an export holds for the program that wrote it, and for nobody else. It says nothing about what visitors meet and
//! is not carried over; `docs/importing.md` lists it too.

/// Places in an action skill, `*` being any one key or element, and what stands there.
pub const BOOKKEEPING: &[(&str, &str)] = &[
    ("/skill_id", "ids of that installation"),
    ("/assistant_id", "ids of that installation"),
    ("/workspace_id", "ids of that installation"),
    ("/environment_id", "ids of that installation"),
    ("/created", "dates"),
    ("/updated", "dates"),
    ("/status", "whether it was trained"),
    ("/valid", "whether it was trained"),
    ("/next_snapshot_version", "the number of the next version"),
    ("/snapshot", "the version's number"),
    ("/assistant_references/**", "who used the skill"),
    ("/counts/**", "counts"),
    ("/workspace/language", "the language again"),
    ("/workspace/learning_opt_out", "whether IBM may learn from it"),
    ("/workspace/metadata/**", "the version of the programming interface"),
    ("/workspace/collections/*/collection", "ids of collections"),
    ("/workspace/actions/*/variables/*/data_type", "the type of an answer, which its question tells"),
    (
        "/workspace/actions/*/variables/*/title",
        "names of answers, which become labels where somebody wrote them",
    ),
    ("/workspace/actions/*/steps/*/handlers/*/handler", "ids of validation messages"),
    ("/workspace/actions/*/steps/*/handlers/*/title", "ids of validation messages"),
    ("/workspace/actions/*/steps/*/handlers/*/next_handler", "ids of validation messages"),
    ("/workspace/actions/*/steps/*/resolver/callout/internal/match_scenario", "how an extension was matched"),
    ("/workspace/system_settings/nlp/**", "the version of the language model"),
    ("/workspace/system_settings/intent_classification/**", "the version of the language model"),
    ("/workspace/system_settings/topic_switch/question_steps_threshold", "a setting that was withdrawn"),
];

/// Whether a place of an action skill is bookkeeping. The place is a JSON pointer from the skill on.
pub fn is_bookkeeping(pointer: &str) -> bool {
    bookkeeping(pointer).is_some()
}

/// Which of [`BOOKKEEPING`] a place is.
pub fn bookkeeping(pointer: &str) -> Option<usize> {
    BOOKKEEPING.iter().position(|(pattern, _)| matches(pattern, pointer))
}

/// Whether nothing but bookkeeping can stand below a place.
fn matches(pattern: &str, pointer: &str) -> bool {
    let (mut pattern, mut pointer) = (pattern.split('/'), pointer.split('/'));
    loop {
        match (pattern.next(), pointer.next()) {
            (None, None) | (Some("**"), _) => return true,
            (Some("*"), Some(_)) => {}
            (Some(wanted), Some(found)) if wanted == found => {}
            (Some(_) | None, _) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_two_are_all_that_follow() {
        assert!(is_bookkeeping("/workspace/collections/3/collection"));
        assert!(!is_bookkeeping("/workspace/collections/3/title"));
        assert!(!is_bookkeeping("/workspace/collections/collection"));
        assert!(is_bookkeeping("/workspace/metadata/api_version/major_version"));
        assert!(is_bookkeeping("/workspace/metadata"));
        assert!(!is_bookkeeping("/workspace"));
    }
}
