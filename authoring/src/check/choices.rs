//! Options that cannot be told apart, or not be chosen at all.

use super::subject::Subject;
use crate::document::{AskDoc, FullOptionDoc, KindDoc, OptionDoc, OptionsDoc, SavedDoc, ShowDoc};
use crate::findings::{Findings, segment};
use crate::shape::brief;
use assistant::fold;
use protocol::limits::{OPTION_LABEL_BYTES_MAX, OPTIONS_MAX};
use std::collections::HashMap;

pub fn check(subject: &Subject<'_>) {
    for (name, saved) in &subject.document.saved {
        let SavedDoc::Options(saved) = saved else { continue };
        options(&saved.options, &format!("/saved/{}/options", segment(name)), false, subject.findings);
    }
    for (path, step) in subject.steps() {
        let Some(ask) = &step.ask else { continue };
        let hidden = ask.show == ShowDoc::Hidden;
        if let Some(OptionsDoc::List(all)) = &ask.options {
            options(all, &format!("{path}/ask/options"), hidden, subject.findings);
        }
        yes_no(ask, &format!("{path}/ask"), subject.findings);
    }
}

fn options(all: &[OptionDoc], path: &str, hidden: bool, findings: &Findings) {
    if all.len() > OPTIONS_MAX {
        let problem = format!("there are {} options", all.len());
        findings.error("too-many", path, problem, format!("{OPTIONS_MAX} fit into a message"));
    }
    let mut owners = HashMap::new();
    for (index, option) in all.iter().enumerate() {
        let path = format!("{path}/{index}");
        let names = names(option);
        let label = names[0];
        if label.len() > OPTION_LABEL_BYTES_MAX {
            let problem = format!("this label has {} bytes", label.len());
            findings.error(
                "too-long",
                path.as_str(),
                problem,
                format!("{OPTION_LABEL_BYTES_MAX} are allowed"),
            );
        }
        if hidden && names.iter().all(|name| fold(name).is_empty()) {
            let remedy = "add a synonym with letters or digits, or show the options";
            findings.warning("unsayable-option", path.as_str(), "nobody can say this option", remedy);
        }
        for (place, name) in names.iter().enumerate() {
            note_shared(name, place == 0, (index, &path), all, &mut owners, findings);
        }
    }
}

/// Notes a name that already belongs to another option.
fn note_shared(
    name: &str,
    is_label: bool,
    (index, path): (usize, &String),
    all: &[OptionDoc],
    owners: &mut HashMap<String, usize>,
    findings: &Findings,
) {
    let folded = fold(name);
    if folded.is_empty() {
        return;
    }
    let owner = *owners.entry(folded).or_insert(index);
    if owner == index {
        return;
    }
    let other = names(&all[owner])[0];
    if is_label && other.trim() == name.trim() {
        let problem = format!("nobody can choose this: another option is called `{}` too", brief(name));
        findings.warning("same-option", path.as_str(), problem, "give each option a label of its own");
    } else {
        let problem = format!("`{}` can also mean the option `{}`", brief(name), brief(other));
        findings.warning("same-option", path.as_str(), problem, "give each option words of its own");
    }
}

/// The label, then the synonyms.
fn names(option: &OptionDoc) -> Vec<&str> {
    match option {
        OptionDoc::Label(label) => vec![label],
        OptionDoc::Full(FullOptionDoc { label, synonyms, .. }) => {
            std::iter::once(label).chain(synonyms).map(String::as_str).collect()
        }
    }
}

fn yes_no(ask: &AskDoc, path: &str, findings: &Findings) {
    if ask.kind != KindDoc::YesNo {
        return;
    }
    let yes: Vec<String> = ask.yes.iter().map(|word| fold(word)).collect();
    for (index, word) in ask.no.iter().enumerate() {
        let folded = fold(word);
        if !folded.is_empty() && yes.contains(&folded) {
            let problem = format!("`{}` means yes and no", brief(word));
            findings.warning(
                "same-option",
                format!("{path}/no/{index}"),
                problem,
                "keep it in one of the two",
            );
        }
    }
}
