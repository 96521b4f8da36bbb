//! What a question expects, with its limits evaluated, and how it is put.

use super::Engine;
use crate::Value;
use crate::answer::{Bounds, Context, Expected, Offer};
use crate::civil::{date_text, read_date, read_time};
use crate::definition::{Ask, Choice, Expr, Kind, Limits};
use jiff::civil::{Date, DateTime, Time};
use protocol::rich::Show;

/// How a question can be answered other than in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Answering {
    /// Not at all.
    #[default]
    InWords,
    /// With one of these.
    Options(Vec<String>, Show),
    /// With a date picker.
    Day {
        /// The first day.
        from: Option<Date>,
        /// The last day.
        to: Option<Date>,
    },
}

impl<'a> Engine<'a> {
    /// What a question expects now.
    pub fn expected(&mut self, ask: &'a Ask) -> Expected<'a> {
        match &ask.kind {
            Kind::Options { choices, .. } => Expected::Options(choices.iter().map(offer).collect()),
            Kind::Dynamic { from, label, value, otherwise, .. } => {
                let mut offers = self.offers(from, label, value);
                offers.extend(otherwise.as_ref().map(offer));
                Expected::Options(offers)
            }
            Kind::YesNo { yes, no } => Expected::YesNo { yes, no },
            Kind::Pattern(patterns) => Expected::Pattern(patterns),
            Kind::Number(limits) => Expected::Number(self.bounds(limits)),
            Kind::Currency(limits) => Expected::Currency(self.bounds(limits)),
            Kind::Percent(limits) => Expected::Percent(self.bounds(limits)),
            Kind::Date { from, to, weekdays, confirm } => {
                let (from, to) = (self.day(from.as_ref()), self.day(to.as_ref()));
                Expected::Date { from, to, weekdays, confirm: *confirm }
            }
            Kind::Time { from, to, confirm } => {
                let (from, to) = (self.time(from.as_ref()), self.time(to.as_ref()));
                Expected::Time { from, to, confirm: *confirm }
            }
            Kind::Text => Expected::Text,
        }
    }

    /// How a question can be answered other than in words.
    pub fn answering(&self, ask: &Ask, expected: &Expected<'_>) -> Answering {
        match expected {
            Expected::Options(offers) => {
                Answering::Options(offers.iter().map(|offer| offer.label.clone()).collect(), shown(&ask.kind))
            }
            Expected::YesNo { yes, no } => {
                let texts = &self.definition().texts;
                let yes = yes.first().unwrap_or(&texts.yes);
                let no = no.first().unwrap_or(&texts.no);
                Answering::Options(vec![yes.clone(), no.clone()], Show::Auto)
            }
            Expected::Date { from, to, .. } => Answering::Day { from: *from, to: *to },
            Expected::Pattern(_)
            | Expected::Number(_)
            | Expected::Currency(_)
            | Expected::Percent(_)
            | Expected::Time { .. }
            | Expected::Text => Answering::InWords,
        }
    }

    /// Where and when something said at a moment was said. Where the assistant's language leaves open which country's
    /// customs it means, those of the display count.
    pub fn context(&self, now: DateTime) -> Context<'a> {
        let definition = self.definition();
        let (language, locale) = (definition.language.as_str(), definition.display.locale.as_str());
        let narrower = locale.split_once('-').is_some_and(|(base, _)| base.eq_ignore_ascii_case(language));
        let language = if narrower { locale } else { language };
        Context { language, lexicon: self.assistant.vocabulary.lexicon(), now }
    }

    fn offers(&mut self, from: &'a Expr, label: &'a Expr, value: &'a Expr) -> Vec<Offer> {
        let items = match self.value(from) {
            Value::List(items) => items,
            Value::Nothing => Vec::new(),
            Value::Text(_)
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::DateTime(_)
            | Value::Money { .. }
            | Value::Percent(_)
            | Value::Map(_) => {
                self.wrong("the options must come from a list".to_owned());
                Vec::new()
            }
        };
        let offers = items.iter().map(|item| {
            let label = self.value_of_item(label, item);
            let label = self.shown(&label).trim().to_owned();
            Offer { value: self.value_of_item(value, item), label, synonyms: Vec::new() }
        });
        offers.filter(|offer| !offer.label.is_empty() && offer.value.is_defined()).collect()
    }

    fn bounds(&mut self, limits: &'a Limits) -> Bounds {
        let mut number = |expr: &Option<Expr>| expr.as_ref().and_then(|expr| self.value(expr).number());
        Bounds { min: number(&limits.min), max: number(&limits.max), whole: limits.whole }
    }

    fn day(&mut self, expr: Option<&'a Expr>) -> Option<Date> {
        match self.value(expr?) {
            Value::Date(date) => Some(date),
            Value::DateTime(at) => Some(at.date()),
            Value::Text(text) => read_date(&text),
            Value::Nothing
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Time(_)
            | Value::Money { .. }
            | Value::Percent(_)
            | Value::List(_)
            | Value::Map(_) => None,
        }
    }

    fn time(&mut self, expr: Option<&'a Expr>) -> Option<Time> {
        match self.value(expr?) {
            Value::Time(time) => Some(time),
            Value::DateTime(at) => Some(at.time()),
            Value::Text(text) => read_time(&text),
            Value::Nothing
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Date(_)
            | Value::Money { .. }
            | Value::Percent(_)
            | Value::List(_)
            | Value::Map(_) => None,
        }
    }
}

impl Answering {
    /// The days between which can be chosen, as the wire writes them.
    pub fn days(from: Option<Date>, to: Option<Date>) -> (Option<String>, Option<String>) {
        (from.map(date_text), to.map(date_text))
    }
}

fn offer(choice: &Choice) -> Offer {
    let value = Some(&choice.value).filter(|value| **value != choice.label);
    Offer {
        value: Value::text(&choice.value),
        label: choice.label.clone(),
        synonyms: choice.synonyms.iter().chain(value).cloned().collect(),
    }
}

fn shown(kind: &Kind) -> Show {
    match kind {
        Kind::Options { show, .. } | Kind::Dynamic { show, .. } => *show,
        Kind::YesNo { .. }
        | Kind::Pattern(_)
        | Kind::Number(_)
        | Kind::Currency(_)
        | Kind::Percent(_)
        | Kind::Date { .. }
        | Kind::Time { .. }
        | Kind::Text => Show::Auto,
    }
}
