//! Choices: options known beforehand, options known only when they are asked for, yes and no.

use super::at::At;
use super::names::Used;
use super::nearest::did_you_mean;
use super::operand::{expression, operand};
use super::scope::Scope;
use super::shape::known_options;
use crate::document::{AskDoc, OperandDoc, OptionDoc, OptionsDoc, SavedDoc, ShowDoc};
use assistant::definition::{BinaryOp, Choice, Expr, Kind};
use protocol::rich::Show;

/// What an element of a list is called in the expressions for its label and its value.
const ITEM: &str = "item";

/// Options known beforehand.
pub(crate) fn choices<'a>(scope: Scope<'a>, doc: &'a AskDoc, at: &At<'_>) -> Kind {
    let at_options = at.key("options");
    match &doc.options {
        None => {
            scope.error("missing-options", at, "there is nothing to choose from", "add `options` or `from`")
        }
        Some(OptionsDoc::Saved(name)) => check_saved(scope, name, &at_options),
        Some(OptionsDoc::List(all)) if all.is_empty() => {
            scope.error("missing-options", &at_options, "the list is empty", "write at least one option");
        }
        Some(OptionsDoc::List(_)) => {}
    }
    let saved = matches!(doc.options, Some(OptionsDoc::Saved(_)));
    let options = known_options(scope.c.document, doc).iter().enumerate();
    // Saved options are translated where they are declared, so only their first use would be listed.
    let choices = options.map(|(index, option)| choice(scope, option, &at_options.index(index), saved));
    Kind::Options { choices: choices.collect(), show: show(doc.show) }
}

/// Notes the texts of saved options, once, where they stand.
pub(crate) fn survey_saved(scope: Scope<'_>) {
    let at_saved = At::DOCUMENT.key("saved");
    for (name, saved) in &scope.c.document.saved {
        let at_name = at_saved.key(name);
        let SavedDoc::Options(saved) = saved else { continue };
        let at_options = at_name.key("options");
        for (index, option) in saved.options.iter().enumerate() {
            choice(scope, option, &at_options.index(index), false);
        }
    }
}

/// Options known only when they are asked for.
pub(crate) fn dynamic<'a>(scope: Scope<'a>, doc: &'a AskDoc, from: &OperandDoc, at: &At<'_>) -> Kind {
    if doc.options.is_some() {
        let remedy = "write `options` for what is known beforehand, `from` for what is not";
        scope.error("two-lists", &at.key("options"), "there are two lists of options", remedy);
    }
    let inside = scope.with_local(ITEM);
    let own =
        |source: &Option<String>, key| source.as_ref().map(|source| expression(inside, source, &at.key(key)));
    let otherwise = doc.otherwise.as_ref();
    Kind::Dynamic {
        from: operand(scope, from, &at.key("from")),
        label: own(&doc.item_label, "item_label").unwrap_or_else(label_or_item),
        value: own(&doc.item_value, "item_value").unwrap_or_else(item),
        otherwise: otherwise.map(|option| choice(scope, option, &at.key("otherwise"), false)),
        show: show(doc.show),
    }
}

/// Yes and no, with the author's words for them.
pub(crate) fn yes_no<'a>(scope: Scope<'a>, doc: &'a AskDoc, at: &At<'_>) -> Kind {
    let texts = &scope.c.defaults.texts;
    Kind::YesNo {
        yes: words(scope, &doc.yes, &texts.yes, &at.key("yes"), "yes"),
        no: words(scope, &doc.no, &texts.no, &at.key("no"), "no"),
    }
}

fn words<'a>(
    scope: Scope<'a>,
    own: &'a [String],
    default: &'static str,
    at: &At<'_>,
    key: &str,
) -> Vec<String> {
    let translated = scope.c.translation.and_then(|(_, translation)| translation.synonyms.get(key));
    let label = match own.first() {
        Some(label) => scope.spoken(label, &at.index(0)),
        None => scope.spoken(default, &At::DEFAULTS),
    };
    let synonyms = translated.map_or_else(|| own.get(1..).unwrap_or_default(), Vec::as_slice);
    std::iter::once(label.text.to_owned()).chain(synonyms.iter().cloned()).collect()
}

/// A choice. In every language it holds the value it has in the document's own. A quiet one's texts were noted before.
fn choice<'a>(scope: Scope<'a>, doc: &'a OptionDoc, at: &At<'_>, quiet: bool) -> Choice {
    let (label, value, synonyms, key): (&str, &str, &[String], _) = match doc {
        OptionDoc::Label(label) => (label, label, &[], None),
        OptionDoc::Full(full) => {
            (&full.label, full.value.as_ref().unwrap_or(&full.label), &full.synonyms, Some("label"))
        }
    };
    let at_label = key.map_or(*at, |key| at.key(key));
    let said = if quiet { scope.spoken_if_translated(label) } else { scope.spoken(label, &at_label) };
    let translated = scope.c.translation.and_then(|(_, translation)| translation.synonyms.get(label));
    Choice {
        value: value.to_owned(),
        label: said.text.to_owned(),
        synonyms: translated.map_or(synonyms, Vec::as_slice).to_vec(),
    }
}

fn check_saved(scope: Scope<'_>, name: &str, at: &At<'_>) {
    let saved = &scope.c.document.saved;
    scope.uses(Used::Saved, name, &at.pointer());
    if !matches!(saved.get(name), Some(SavedDoc::Options(_))) {
        let known = saved.iter().filter(|(_, saved)| matches!(saved, SavedDoc::Options(_)));
        let remedy = did_you_mean(name, known.map(|(name, _)| name.as_str()), "saved options");
        scope.error("unknown-saved", at, format!("there are no saved options `{name}`"), remedy);
    }
}

fn item() -> Expr {
    Expr::Local(ITEM.to_owned())
}

/// `item.label`, or the element itself when it has none.
fn label_or_item() -> Expr {
    let label = || Expr::Field(Box::new(item()), "label".to_owned());
    let has_label = Expr::Binary(BinaryOp::NotEqual, Box::new(label()), Box::default());
    Expr::Choose(Box::new(has_label), Box::new(label()), Box::new(item()))
}

fn show(doc: ShowDoc) -> Show {
    match doc {
        ShowDoc::Auto => Show::Auto,
        ShowDoc::Buttons => Show::Buttons,
        ShowDoc::List => Show::List,
        ShowDoc::Hidden => Show::Hidden,
    }
}
