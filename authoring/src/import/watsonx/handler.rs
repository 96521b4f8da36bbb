//! What is done about answers that are not valid (`watsonx.md` 2.6): ranges, texts by attempt, the end of patience.

use super::operand::weekday;
use super::reference::Scope;
use super::{Importer, Obstacle, defaults};
use crate::document::{
    AddDoc, AskDoc, DurationDoc, ExhaustedDoc, KindDoc, OperandDoc, ReasonDoc, TextsDoc, VisitsDoc,
    WeekdayDoc,
};
use crate::import::Sort;
use crate::import::node::Node;

/// Days of the week by their names.
const WEEKDAYS: &[(&str, WeekdayDoc)] = &[
    ("monday", WeekdayDoc::Monday),
    ("tuesday", WeekdayDoc::Tuesday),
    ("wednesday", WeekdayDoc::Wednesday),
    ("thursday", WeekdayDoc::Thursday),
    ("friday", WeekdayDoc::Friday),
    ("saturday", WeekdayDoc::Saturday),
    ("sunday", WeekdayDoc::Sunday),
];

/// The most visits a limit may allow here.
const VISITS_MAX: u32 = 100;

impl<'a> Importer<'a> {
    /// Reads the handlers of a step into its question.
    pub(super) fn handlers(&self, step: &Node<'a>, ask: &mut AskDoc, scope: &Scope) {
        for handler in step.items_of("handlers") {
            let Some(kind) = handler.get("type") else { continue };
            if kind.is("not_found") {
                ask.invalid = self.texts(&handler, ask, scope);
                self.prompts_again(&handler);
            } else if kind.is("input_validation") {
                for constraint in handler.items_of("input_constraints") {
                    self.constraint(&constraint, ask, scope);
                }
                ask.out_of_range = self.texts(&handler, ask, scope);
                self.prompts_again(&handler);
            } else if kind.is("not_found_max_tries") {
                ask.exhausted = exhausted(&handler);
            } else if kind.peek().as_str() != Some("max_hits") {
                let why =
                    "nothing like it is known here; conditions and questions of your own can do the same";
                self.notes.keep(Sort::Decision, &handler, "what is done about an answer", why);
            }
        }
        ask.out_of_range = ask.out_of_range.take().filter(|texts| ask.invalid.as_ref() != Some(texts));
        if ask.kind == KindDoc::Text && ask.invalid.take().is_some() {
            let why = "any text is a valid answer here, so that nothing is ever said about an invalid one";
            let handlers = step.items_of("handlers");
            let handler = handlers.iter().find(|handler| handler.peek_text("type") == Some("not_found"));
            handler.inspect(|handler| {
                self.notes.keep(Sort::Kept, handler, "texts for invalid answers to free text", why)
            });
        }
    }

    /// The visit limit of a step.
    pub(super) fn visits(&self, step: &Node<'a>, reason: Option<ReasonDoc>) -> Option<VisitsDoc> {
        let handlers = step.items_of("handlers");
        let handler = handlers.iter().find(|handler| handler.peek_text("type") == Some("max_hits"))?;
        let resolver = handler.get("resolver").and_then(|resolver| resolver.get("type"));
        if !resolver.is_some_and(|resolver| resolver.is("fallback")) {
            return None;
        }
        let max = self.at_most(&step.get("max_hits")?, VISITS_MAX)?;
        handler.text_of("type");
        Some(VisitsDoc { max: max.max(1), reason })
    }

    /// The texts of a handler by attempt, unless they are the usual ones.
    fn texts(&self, handler: &Node<'a>, ask: &mut AskDoc, scope: &Scope) -> Option<TextsDoc> {
        let output = handler.get("output")?;
        let mut texts = Vec::new();
        for response in output.items_of("generic") {
            let kind = response.get("response_type");
            if !kind.is_none_or(|kind| kind.is("text")) {
                let why = "only texts are said about an invalid answer here";
                self.notes.keep(Sort::Decision, &response, "a response to an invalid answer", why);
                continue;
            }
            ask.repeat |= response.truth_of("repeat_on_reprompt").unwrap_or(false);
            let values = response.items_of("values");
            let said: Vec<String> = values.iter().filter_map(|value| self.words(value, scope)).collect();
            let policy = response.get("selection_policy");
            let is = |name: &str| policy.as_ref().is_some_and(|policy| policy.is(name));
            let (multiline, random, _) =
                (is("multiline"), is("random"), is("sequential") || is("incremental"));
            if let (Some(policy), true) = (&policy, random && said.len() > 1) {
                let why = "they are said in their order here, one for each attempt";
                self.notes.note(Sort::Changed, policy, "texts about an invalid answer, at random", why);
            }
            if multiline { texts.push(said.join("\n")) } else { texts.extend(said) }
        }
        texts.retain(|text| !text.trim().is_empty());
        if texts.iter().all(|text| defaults::INVALID.contains(&text.trim())) {
            let values =
                output.items_of("generic").into_iter().flat_map(|response| response.items_of("values"));
            values.for_each(|value| value.leave_to_default("the usual words about an invalid answer"));
            return None;
        }
        Some(if texts.len() == 1 { TextsDoc::One(texts.remove(0)) } else { TextsDoc::Several(texts) })
    }

    fn prompts_again(&self, handler: &Node<'a>) {
        handler.get("resolver").and_then(|resolver| resolver.get("type")).map(|kind| kind.is("prompt_again"));
    }

    fn constraint(&self, node: &Node<'a>, ask: &mut AskDoc, scope: &Scope) {
        let name = node.peek_text("name").unwrap_or_default();
        if let Err(obstacle) = self.tried_constraint(name, node, ask, scope) {
            self.notes.keep(
                obstacle.sort,
                node,
                format!("the constraint `{name}` of an answer"),
                obstacle.why,
            );
        } else {
            node.text_of("name");
        }
    }

    fn tried_constraint(
        &self,
        name: &str,
        node: &Node<'a>,
        ask: &mut AskDoc,
        scope: &Scope,
    ) -> Result<(), Obstacle> {
        let value = node.get("value").ok_or_else(|| Obstacle::unknown("a constraint without a value"))?;
        if ["day_of_the_week", "day_of_week", "weekday", "weekdays"].contains(&name) {
            let days = value.get("collection").map_or_else(|| vec![value.clone()], |days| days.items());
            for day in days {
                let day = weekday(&day)?;
                ask.weekdays.extend(WEEKDAYS.iter().filter(|(name, _)| *name == day).map(|(_, day)| *day));
            }
            ask.weekdays.sort_by_key(|day| WEEKDAYS.iter().position(|(_, other)| other == day));
            ask.weekdays.dedup();
            return Ok(());
        }
        let limit = self.value_of(&value, scope)?;
        let is_calendar = matches!(ask.kind, KindDoc::Date | KindDoc::Time);
        let place = match (name, is_calendar) {
            ("minimum" | "min", false) => &mut ask.min,
            ("maximum" | "max", false) => &mut ask.max,
            ("minimum" | "min" | "start" | "from" | "after", true) => &mut ask.earliest,
            ("maximum" | "max" | "end" | "to" | "before", true) => &mut ask.latest,
            _ => return Err(Obstacle::unknown("a constraint")),
        };
        *place = Some(match (name, ask.kind) {
            ("after", KindDoc::Date) => a_day_from(limit, 1),
            ("before", KindDoc::Date) => a_day_from(limit, -1),
            _ => limit,
        });
        Ok(())
    }
}

/// The day itself is a valid answer here, and none there.
fn a_day_from(limit: OperandDoc, days: i32) -> OperandDoc {
    let add = DurationDoc { days, ..DurationDoc::default() };
    OperandDoc::Add(AddDoc { to: Box::new(limit), add })
}

fn exhausted(handler: &Node<'_>) -> ExhaustedDoc {
    let resolver = handler.get("resolver").and_then(|resolver| resolver.get("type"));
    let is = |name: &str| resolver.as_ref().is_some_and(|resolver| resolver.is(name));
    if is("end_action") {
        return ExhaustedDoc::End;
    }
    let goes_on = is("continue");
    is("fallback");
    if goes_on { ExhaustedDoc::Continue } else { ExhaustedDoc::Fallback }
}
