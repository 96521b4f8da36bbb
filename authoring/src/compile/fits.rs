//! Which keys a question of which kind can have.

use super::at::At;
use super::scope::Scope;
use crate::document::{AskDoc, KindDoc, ShowDoc, TopicDoc};

/// Notes keys that mean nothing for the kind of the question.
pub(crate) fn check_keys(scope: Scope<'_>, doc: &AskDoc, at: &At<'_>) {
    for (key, given, kinds) in keys(doc) {
        if given && !kinds.contains(&doc.kind) {
            let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{}`", word(*kind))).collect();
            let problem = format!("`{key}` means nothing for a question of kind `{}`", word(doc.kind));
            let remedy = format!("leave it out; it is for {}", kinds.join(", "));
            scope.error("key-of-other-kind", &at.key(key), problem, remedy);
        }
    }
    let only_with_from = [
        ("item_label", doc.item_label.is_some()),
        ("item_value", doc.item_value.is_some()),
        ("otherwise", doc.otherwise.is_some()),
    ];
    for (key, given) in only_with_from {
        if given && doc.from.is_none() && doc.kind == KindDoc::Options {
            let problem = format!("`{key}` means nothing without `from`");
            let remedy = "leave it out, or take the options `from` a list";
            scope.error("key-without-from", &at.key(key), problem, remedy);
        }
    }
}

type Rule = (&'static str, bool, &'static [KindDoc]);

fn keys(doc: &AskDoc) -> [Rule; 16] {
    const OPTIONS: &[KindDoc] = &[KindDoc::Options];
    const YES_NO: &[KindDoc] = &[KindDoc::YesNo];
    const AMOUNTS: &[KindDoc] = &[KindDoc::Number, KindDoc::Currency, KindDoc::Percent];
    const MOMENTS: &[KindDoc] = &[KindDoc::Date, KindDoc::Time];
    [
        ("options", doc.options.is_some(), OPTIONS),
        ("from", doc.from.is_some(), OPTIONS),
        ("item_label", doc.item_label.is_some(), OPTIONS),
        ("item_value", doc.item_value.is_some(), OPTIONS),
        ("otherwise", doc.otherwise.is_some(), OPTIONS),
        ("show", doc.show != ShowDoc::Auto, &[KindDoc::Options, KindDoc::YesNo]),
        ("yes", !doc.yes.is_empty(), YES_NO),
        ("no", !doc.no.is_empty(), YES_NO),
        ("patterns", doc.patterns.is_some(), &[KindDoc::Pattern]),
        ("min", doc.min.is_some(), AMOUNTS),
        ("max", doc.max.is_some(), AMOUNTS),
        ("whole", doc.whole, &[KindDoc::Number]),
        ("earliest", doc.earliest.is_some(), MOMENTS),
        ("latest", doc.latest.is_some(), MOMENTS),
        ("weekdays", !doc.weekdays.is_empty(), &[KindDoc::Date]),
        ("topic", doc.topic == TopicDoc::BeforeAnswer, &[KindDoc::Text, KindDoc::Pattern]),
    ]
}

fn word(kind: KindDoc) -> &'static str {
    match kind {
        KindDoc::Options => "options",
        KindDoc::YesNo => "yes_no",
        KindDoc::Pattern => "pattern",
        KindDoc::Number => "number",
        KindDoc::Currency => "currency",
        KindDoc::Percent => "percent",
        KindDoc::Date => "date",
        KindDoc::Time => "time",
        KindDoc::Text => "text",
    }
}
