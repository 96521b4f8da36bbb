//! Questions.

use super::at::At;
use super::choices::{choices, dynamic, yes_no};
use super::condition::bad_pattern;
use super::fits::check_keys;
use super::invalid::{default_invalid, default_out_of_range};
use super::names::Used;
use super::nearest::did_you_mean;
use super::operand::{literal, operand};
use super::patterns::READY;
use super::scope::Scope;
use super::settings::texts;
use super::shape::{Shape, fitted};
use crate::document::{
    AskDoc, CollectDoc, ExhaustedDoc, KindDoc, ModeDoc, OperandDoc, PatternsDoc, SavedDoc, TopicDoc,
    WeekdayDoc,
};
use assistant::Value;
use assistant::definition::{
    Ask, BUILT_IN_ACTIONS, Collect, Exhausted, Expr, Kind, Limits, NamedPattern, TopicFirst,
};
use assistant::limits::{ATTEMPTS_DEFAULT, ATTEMPTS_MAX};

/// Invalid answers tolerated in an action that asks rather than acts, and in one that acts rather than asks.
const ATTEMPTS_CLARIFYING: u32 = 2;
const ATTEMPTS_CONFIDENT: u32 = 4;

/// A question.
pub(crate) fn ask<'a>(scope: Scope<'a>, doc: &'a AskDoc, at: &At<'_>) -> Ask {
    check_keys(scope, doc, at);
    let kind = kind(scope, doc, at);
    let own = |texts_doc, key| match texts_doc {
        Some(doc) => texts(scope, doc, &at.key(key)),
        None => Vec::new(),
    };
    let mut invalid = own(doc.invalid.as_ref(), "invalid");
    let mut out_of_range = own(doc.out_of_range.as_ref(), "out_of_range");
    if invalid.is_empty() {
        if out_of_range.is_empty() {
            out_of_range = default_out_of_range(scope, &kind);
        }
        invalid = vec![default_invalid(scope, &kind)];
    }
    Ask {
        kind,
        collect: collect(doc),
        attempts: doc.attempts.unwrap_or_else(|| attempts(scope)).min(ATTEMPTS_MAX),
        invalid,
        out_of_range,
        repeat: doc.repeat,
        exhausted: match doc.exhausted {
            ExhaustedDoc::Fallback => Exhausted::Fallback,
            ExhaustedDoc::End => Exhausted::End,
            ExhaustedDoc::Continue => Exhausted::Continue,
        },
        label: doc.label.as_ref().map(|label| scope.spoken_if_translated(label).text.to_owned()),
        protected: doc.protected,
        topic: match doc.topic {
            TopicDoc::AfterAnswer => TopicFirst::AfterAnswer,
            TopicDoc::BeforeAnswer => TopicFirst::BeforeAnswer,
            TopicDoc::Never => TopicFirst::Never,
        },
    }
}

fn collect(doc: &AskDoc) -> Collect {
    match (doc.collect, doc.kind) {
        (Some(CollectDoc::SkipIfMentioned), _) => Collect::SkipIfMentioned,
        (Some(CollectDoc::Always), _) | (None, KindDoc::YesNo | KindDoc::Text) => Collect::Always,
        (Some(CollectDoc::Never), _) => Collect::Never,
        (
            None,
            KindDoc::Options
            | KindDoc::Pattern
            | KindDoc::Number
            | KindDoc::Currency
            | KindDoc::Percent
            | KindDoc::Date
            | KindDoc::Time,
        ) => Collect::SkipIfMentioned,
    }
}

fn attempts(scope: Scope<'_>) -> u32 {
    let Some(modes) = &scope.c.document.modes else { return ATTEMPTS_DEFAULT };
    let own = scope.action.and_then(|action| action.checked_sub(BUILT_IN_ACTIONS.len()));
    let action = own.and_then(|own| scope.c.document.actions.get(own));
    match action.map(|action| action.mode).unwrap_or_default() {
        ModeDoc::Clarifying => modes.clarifying.attempts.unwrap_or(ATTEMPTS_CLARIFYING),
        ModeDoc::Confident => modes.confident.attempts.unwrap_or(ATTEMPTS_CONFIDENT),
    }
}

fn kind<'a>(scope: Scope<'a>, doc: &'a AskDoc, at: &At<'_>) -> Kind {
    match doc.kind {
        KindDoc::Options => match &doc.from {
            Some(from) => dynamic(scope, doc, from, at),
            None => choices(scope, doc, at),
        },
        KindDoc::YesNo => yes_no(scope, doc, at),
        KindDoc::Pattern => Kind::Pattern(patterns(scope, doc, at)),
        KindDoc::Number => Kind::Number(limits(scope, doc, at)),
        KindDoc::Currency => Kind::Currency(limits(scope, doc, at)),
        KindDoc::Percent => Kind::Percent(limits(scope, doc, at)),
        KindDoc::Date => {
            let (from, to) = span(scope, doc, Shape::Date, at);
            let weekdays = doc.weekdays.iter().map(|day| number_of(*day)).collect();
            Kind::Date { from, to, weekdays, confirm: doc.confirm }
        }
        KindDoc::Time => {
            let (from, to) = span(scope, doc, Shape::Time, at);
            Kind::Time { from, to, confirm: doc.confirm }
        }
        KindDoc::Text => Kind::Text,
    }
}

fn limits(scope: Scope<'_>, doc: &AskDoc, at: &At<'_>) -> Limits {
    let bound = |own: &Option<OperandDoc>, key| {
        own.as_ref().map(|own| bound(scope, Shape::Number, own, &at.key(key)))
    };
    let (min, max) = (bound(&doc.min, "min"), bound(&doc.max, "max"));
    if let (Some(Expr::Value(Value::Number(least))), Some(Expr::Value(Value::Number(most)))) = (&min, &max)
        && least > most
    {
        let problem = format!("no number is {least} or more and {most} or less");
        scope.error("empty-range", &at.key("min"), problem, "write the smaller one as `min`");
    }
    Limits { min, max, whole: doc.whole }
}

fn span(scope: Scope<'_>, doc: &AskDoc, shape: Shape<'_>, at: &At<'_>) -> (Option<Expr>, Option<Expr>) {
    let bound =
        |own: &Option<OperandDoc>, key| own.as_ref().map(|own| bound(scope, shape, own, &at.key(key)));
    let (from, to) = (bound(&doc.earliest, "earliest"), bound(&doc.latest, "latest"));
    // Times may go over midnight; dates may not go back.
    if let (Some(Expr::Value(Value::Date(first))), Some(Expr::Value(Value::Date(last)))) = (&from, &to)
        && first > last
    {
        let problem = format!("no date is {first} or later and {last} or earlier");
        scope.error("empty-range", &at.key("earliest"), problem, "write the earlier one as `earliest`");
    }
    (from, to)
}

fn bound(scope: Scope<'_>, shape: Shape<'_>, doc: &OperandDoc, at: &At<'_>) -> Expr {
    let expr = operand(scope, doc, at);
    let Some(value) = literal(&expr).cloned() else { return expr };
    let value = fitted(scope, shape, value, at);
    let fits = match shape {
        Shape::Date => matches!(value, Value::Date(_)),
        Shape::Time => matches!(value, Value::Time(_)),
        Shape::Number => matches!(value, Value::Number(_)),
        Shape::Unknown | Shape::Answer(_) | Shape::DateTime => true,
    };
    // What is no value of its kind at all was noted already; a day of the week or `true` was not.
    if !fits && !matches!(&value, Value::Text(text) if !is_weekday(text)) {
        let problem = "this is no limit of such an answer";
        scope.error("wrong-kind", at, problem, "write a value of the kind that is asked for");
    }
    value.into()
}

fn is_weekday(text: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].contains(&text)
}

fn number_of(day: WeekdayDoc) -> u8 {
    match day {
        WeekdayDoc::Monday => 1,
        WeekdayDoc::Tuesday => 2,
        WeekdayDoc::Wednesday => 3,
        WeekdayDoc::Thursday => 4,
        WeekdayDoc::Friday => 5,
        WeekdayDoc::Saturday => 6,
        WeekdayDoc::Sunday => 7,
    }
}

fn patterns(scope: Scope<'_>, doc: &AskDoc, at: &At<'_>) -> Vec<NamedPattern> {
    let at_patterns = at.key("patterns");
    let own = match &doc.patterns {
        None => {
            let ready = READY.map(|(name, _)| format!("`{name}`")).join(", ");
            let remedy = format!("add `patterns`: regular expressions by name, or one of {ready}");
            scope.error("missing-patterns", at, "there is no pattern to match", remedy);
            return Vec::new();
        }
        Some(PatternsDoc::Named(name)) => return named_patterns(scope, name, &at_patterns),
        Some(PatternsDoc::Own(own)) => own,
    };
    for (name, all) in own {
        let at_name = at_patterns.key(name);
        for (index, pattern) in all.iter().enumerate() {
            bad_pattern(scope, pattern, &at_name.index(index));
        }
    }
    own.iter().map(|(name, all)| NamedPattern { name: name.clone(), patterns: all.clone() }).collect()
}

fn named_patterns(scope: Scope<'_>, name: &str, at: &At<'_>) -> Vec<NamedPattern> {
    let saved = &scope.c.document.saved;
    if let Some(SavedDoc::Patterns(saved)) = saved.get(name) {
        scope.uses(Used::Saved, name, &at.pointer());
        let saved = saved.patterns.iter();
        return saved.map(|(name, all)| NamedPattern { name: name.clone(), patterns: all.clone() }).collect();
    }
    if let Some((_, ready)) = READY.into_iter().find(|(ready, _)| *ready == name) {
        let patterns = ready.iter().map(|pattern| (*pattern).to_owned()).collect();
        return vec![NamedPattern { name: name.to_owned(), patterns }];
    }
    let known = saved.iter().filter(|(_, saved)| matches!(saved, SavedDoc::Patterns(_)));
    let known = known.map(|(name, _)| name.as_str()).chain(READY.map(|(name, _)| name));
    let remedy = did_you_mean(name, known, "patterns");
    scope.error("unknown-saved", at, format!("there are no saved patterns `{name}`"), remedy);
    Vec::new()
}
