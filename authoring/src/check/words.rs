//! Lists of words nobody looks for.

use super::subject::Subject;
use crate::compile::names::Used;
use crate::findings::segment;
use assistant::fold;
use std::collections::HashSet;

/// Lists the built-in `trigger_words` tests until an author rewrites it.
const TESTED_BY_DEFAULT: [&str; 2] = ["danger_words", "profane_words"];

pub fn check(subject: &Subject<'_>) {
    let rewritten = subject.document.trigger_words.as_ref().is_some_and(|doc| doc.steps.is_some());
    let tested: HashSet<&str> = subject
        .survey
        .uses
        .iter()
        .filter(|found| found.what == Used::Words)
        .map(|found| found.name.as_str())
        .collect();
    for (name, words) in &subject.document.words {
        let path = format!("/words/{}", segment(name));
        let by_default = !rewritten && TESTED_BY_DEFAULT.contains(&name.as_str());
        if !tested.contains(name.as_str()) && !by_default {
            let remedy = format!("test it in a condition: `{{ \"said\": \"{name}\" }}`, or remove it");
            subject.findings.warning(
                "untested-words",
                path.as_str(),
                "nothing looks for these words",
                remedy,
            );
        }
        for (index, word) in words.iter().enumerate().filter(|(_, word)| fold(word).is_empty()) {
            let problem = format!("`{word}` has no letters or digits, so it is never found");
            subject.findings.warning("empty-phrase", format!("{path}/{index}"), problem, "remove it");
        }
    }
}
