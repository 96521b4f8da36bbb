//! Questions and form fields: that they can be answered, and have what their kind needs and nothing else.

use super::Subject;
use crate::findings::Findings;
use crate::shape::{brief, first_uses};
use crate::workflow::document::{KindDoc, SaveDoc, StepDoc, TriggerDoc};
use switchboard::workflow::value::fold;

/// What a question and a form's field have in common.
struct Asked<'a> {
    path: String,
    kind: KindDoc,
    options: &'a [String],
    min: Option<f64>,
    max: Option<f64>,
    has_order: bool,
}

pub fn check(subject: &Subject<'_>) {
    for (path, step) in subject.steps() {
        let StepDoc::Ask(step) = step else { continue };
        let path = format!("{path}/ask");
        let (ask, has_order) = (&step.ask, step.ask.order.is_some());
        let saves_tag = ask.save.iter().position(|save| matches!(save, SaveDoc::Tag(_)));
        if let Some(at) = saves_tag.filter(|_| ask.kind != KindDoc::Choice) {
            let problem = "whatever the visitor answers becomes a tag";
            let remedy = "keep it in a `variable` or a `field`; tags are for the answers of a `choice`";
            subject.findings.warning("odd-tag", format!("{path}/save/{at}"), problem, remedy);
        }
        let asked =
            Asked { path, kind: ask.kind, options: &ask.options, min: ask.min, max: ask.max, has_order };
        asked.check(subject.findings);
    }
    if let TriggerDoc::Shortcut(shortcut) = &subject.document.trigger {
        for (at, field) in shortcut.shortcut.form.iter().enumerate() {
            let path = format!("/trigger/shortcut/form/{at}");
            let (options, has_order) = (field.options.as_slice(), field.order.is_some());
            let asked = Asked { path, kind: field.kind, options, min: field.min, max: field.max, has_order };
            asked.check(subject.findings);
        }
    }
}

impl Asked<'_> {
    fn check(&self, findings: &Findings) {
        let of_other_kind = |key: &str, kind: &str| {
            let path = format!("{}/{key}", self.path);
            let problem = format!("`{key}` belongs to questions of kind `{kind}`");
            findings.error("key-of-other-kind", path, problem, format!("remove it, or write `kind: {kind}`"));
        };
        if self.kind == KindDoc::Choice {
            self.options(findings);
        } else if !self.options.is_empty() {
            of_other_kind("options", "choice");
        }
        if self.kind == KindDoc::Number {
            self.range(findings);
        } else {
            let bounds = [("min", self.min), ("max", self.max)];
            bounds
                .iter()
                .filter(|(_, bound)| bound.is_some())
                .for_each(|(key, _)| of_other_kind(key, "number"));
        }
        if self.has_order && self.kind != KindDoc::Date {
            of_other_kind("order", "date");
        }
    }

    fn options(&self, findings: &Findings) {
        if self.options.iter().all(|option| option.trim().is_empty()) {
            let problem = "nobody can answer this: there are no options";
            findings.error("missing-options", self.path.as_str(), problem, "add them: `options: [Yes, No]`");
        }
        let folded: Vec<String> = self.options.iter().map(|option| fold(option)).collect();
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        for (at, first) in first_uses(&folded).into_iter().enumerate().filter(|(at, first)| at != first) {
            let path = format!("{}/options/{at}", self.path);
            let problem = format!("`{}` cannot be told from option {}", brief(&self.options[at]), first + 1);
            findings.warning("same-option", path, problem, "remove one of them, or word it in another way");
        }
    }

    fn range(&self, findings: &Findings) {
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            let problem = format!("no number lies between {min} and {max}");
            findings.error("empty-range", self.path.as_str(), problem, "exchange `min` and `max`");
        }
    }
}
