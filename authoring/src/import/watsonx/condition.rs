//! Conditions (`watsonx.md` 2.7).

use super::operand::typed;
use super::reference::Scope;
use super::{DEPTH_MAX, Importer, Obstacle};
use crate::document::{
    AllDoc, AnyDoc, ConditionDoc, ExpressionDoc, KindDoc, NotDoc, OperandDoc, OperatorDoc, SaidDoc, TestDoc,
};
use crate::import::Sort;
use crate::import::node::Node;

/// Comparisons, and their opposites under `not`.
const COMPARISONS: &[(&str, OperatorDoc, Option<OperatorDoc>)] = &[
    ("eq", OperatorDoc::Is, Some(OperatorDoc::IsNot)),
    ("neq", OperatorDoc::IsNot, Some(OperatorDoc::Is)),
    ("lt", OperatorDoc::Less, None),
    ("lte", OperatorDoc::LessOrEqual, None),
    ("gt", OperatorDoc::Greater, None),
    ("gte", OperatorDoc::GreaterOrEqual, None),
    ("contains", OperatorDoc::Contains, Some(OperatorDoc::DoesNotContain)),
    ("matches", OperatorDoc::Matches, Some(OperatorDoc::DoesNotMatch)),
    ("in", OperatorDoc::IsAnyOf, Some(OperatorDoc::IsNoneOf)),
    ("any_of", OperatorDoc::IsAnyOf, Some(OperatorDoc::IsNoneOf)),
    ("not_in", OperatorDoc::IsNoneOf, Some(OperatorDoc::IsAnyOf)),
    ("none_of", OperatorDoc::IsNoneOf, Some(OperatorDoc::IsAnyOf)),
    ("not_contains", OperatorDoc::DoesNotContain, Some(OperatorDoc::Contains)),
    ("not_matches", OperatorDoc::DoesNotMatch, Some(OperatorDoc::Matches)),
];

impl<'a> Importer<'a> {
    /// A condition. One that cannot be carried over is kept, and never true: the step it guards must not run by mistake.
    pub(super) fn condition(&self, node: &Node<'a>, scope: &Scope) -> ConditionDoc {
        self.tried_condition(node, scope).unwrap_or_else(|obstacle| {
            let why = format!("{}. Until then the condition is never true", obstacle.why);
            self.notes.keep(Sort::Decision, node, "a condition", why);
            never()
        })
    }

    pub(super) fn tried_condition(&self, node: &Node<'a>, scope: &Scope) -> Result<ConditionDoc, Obstacle> {
        if node.depth() > DEPTH_MAX {
            return Err(Obstacle::too_deep());
        }
        let each = |parts: &Node<'a>| {
            parts.items().iter().map(|part| self.tried_condition(part, scope)).collect::<Result<Vec<_>, _>>()
        };
        if let Some(parts) = node.get("and") {
            return Ok(joined(each(&parts)?, |all| ConditionDoc::All(AllDoc { all })));
        }
        if let Some(parts) = node.get("or") {
            return Ok(joined(each(&parts)?, |any| ConditionDoc::Any(AnyDoc { any })));
        }
        if let Some(part) = node.get("not") {
            return self.opposite(&part, scope);
        }
        if let Some(part) = node.get("exists") {
            return self.defined(&part, OperatorDoc::IsDefined, scope);
        }
        if let Some(part) = node.get("not_exists") {
            return self.defined(&part, OperatorDoc::IsNotDefined, scope);
        }
        if let Some(part) = node.get("expression") {
            let value = self.expression(&part, scope)?;
            let expression = match &value {
                OperandDoc::Expression(ExpressionDoc { expression }) => expression.clone(),
                OperandDoc::YesNo(_)
                | OperandDoc::Number(_)
                | OperandDoc::Text(_)
                | OperandDoc::Nothing(())
                | OperandDoc::List(_)
                | OperandDoc::Variable(_)
                | OperandDoc::Step(_)
                | OperandDoc::Add(_)
                | OperandDoc::Value(_) => super::operand::in_expression(&value)?,
            };
            return Ok(ConditionDoc::Expression(ExpressionDoc { expression }));
        }
        if let Some(part) = node.get("entity") {
            return self.said(&part);
        }
        for (key, operator, _) in COMPARISONS {
            if let Some(sides) = node.get(key) {
                return self.comparison(&sides, *operator, scope);
            }
        }
        Err(Obstacle::unknown("a way to compare"))
    }

    fn opposite(&self, node: &Node<'a>, scope: &Scope) -> Result<ConditionDoc, Obstacle> {
        if let Some(part) = node.get("exists") {
            return self.defined(&part, OperatorDoc::IsNotDefined, scope);
        }
        for (key, _, opposite) in COMPARISONS {
            if let (Some(sides), Some(operator)) = (node.get(key), opposite) {
                return self.comparison(&sides, *operator, scope);
            }
        }
        let not = Box::new(self.tried_condition(node, scope)?);
        Ok(ConditionDoc::Not(NotDoc { not }))
    }

    fn defined(
        &self,
        node: &Node<'a>,
        operator: OperatorDoc,
        scope: &Scope,
    ) -> Result<ConditionDoc, Obstacle> {
        let left = self.value_of(node, scope)?;
        Ok(ConditionDoc::Test(test(left, operator, None)))
    }

    /// A word of an entity in what the visitor says.
    fn said(&self, node: &Node<'a>) -> Result<ConditionDoc, Obstacle> {
        let name = node.text().ok_or_else(|| Obstacle::unknown("an entity"))?;
        let said = self.words_of(name)?;
        Ok(ConditionDoc::Said(SaidDoc { said }))
    }

    fn comparison(
        &self,
        sides: &Node<'a>,
        operator: OperatorDoc,
        scope: &Scope,
    ) -> Result<ConditionDoc, Obstacle> {
        let parts = sides.items();
        let [left_node, right_node] = parts.as_slice() else {
            return Err(Obstacle::unknown("a comparison of other than two sides"));
        };
        if let Some(condition) = self.pattern_named(left_node, right_node, operator, scope)? {
            return Ok(condition);
        }
        let (left, kind) = self.left(left_node, scope)?;
        let right = typed(self.operand(right_node, scope)?, &left, kind);
        match (operator, &left, &right) {
            (OperatorDoc::Is, _, OperandDoc::Nothing(())) => {
                return Ok(ConditionDoc::Test(test(left, OperatorDoc::IsNotDefined, None)));
            }
            (OperatorDoc::IsNot, _, OperandDoc::Nothing(())) => {
                return Ok(ConditionDoc::Test(test(left, OperatorDoc::IsDefined, None)));
            }
            (_, _, OperandDoc::Nothing(())) => {
                return Err(Obstacle::unknown("a comparison with nothing"));
            }
            _ => {}
        }
        let (left, operator, right) = match (operator, left, right) {
            (OperatorDoc::Is, left, right @ OperandDoc::List(_)) => (left, OperatorDoc::IsAnyOf, right),
            (OperatorDoc::IsNot, left, right @ OperandDoc::List(_)) => (left, OperatorDoc::IsNoneOf, right),
            (OperatorDoc::Contains, list @ OperandDoc::List(_), one) => (one, OperatorDoc::IsAnyOf, list),
            (OperatorDoc::DoesNotContain, list @ OperandDoc::List(_), one) => {
                (one, OperatorDoc::IsNoneOf, list)
            }
            sides => (sides.1, sides.0, sides.2),
        };
        let right = self.case(&parts, operator, right);
        Ok(ConditionDoc::Test(test(left, operator, Some(right))))
    }

    /// The left side, and the kind of answer it is.
    fn left(&self, node: &Node<'a>, scope: &Scope) -> Result<(OperandDoc, Option<KindDoc>), Obstacle> {
        let by_type = node.peek_text("skill_variable").and_then(|name| self.names.variables.get(name));
        let by_type = by_type.filter(|(_, data_type)| data_type == "yes_no").map(|_| KindDoc::YesNo);
        let kind = match self.reference(node, scope)? {
            Some(reference) if reference.path.is_empty() => reference.step.or(by_type),
            _ => None,
        };
        Ok((self.value_of(node, scope)?, kind))
    }

    /// Texts are compared regardless of case here, but for regular expressions.
    fn case(&self, sides: &[Node<'a>], operator: OperatorDoc, right: OperandDoc) -> OperandDoc {
        let ignored = sides.iter().find_map(|side| side.get("options")?.get("ignore_case"));
        let Some((ignored, node)) = ignored.and_then(|node| Some((node.truth()?, node))) else {
            return right;
        };
        match (operator, right, ignored) {
            (OperatorDoc::Matches | OperatorDoc::DoesNotMatch, OperandDoc::Text(pattern), true) => {
                OperandDoc::Text(format!("(?i){pattern}"))
            }
            (OperatorDoc::Matches | OperatorDoc::DoesNotMatch, right, _) | (_, right, true) => right,
            (_, right, false) => {
                let why = "texts are compared regardless of case here; use `matches` where the case counts";
                self.notes.note(Sort::Changed, &node, "a comparison that minds the case", why);
                right
            }
        }
    }

    /// Whether an answer has the shape of one of several patterns: here it is matched against that pattern.
    fn pattern_named(
        &self,
        left: &Node<'a>,
        right: &Node<'a>,
        operator: OperatorDoc,
        scope: &Scope,
    ) -> Result<Option<ConditionDoc>, Obstacle> {
        let entity = right.peek_text("from_entity").and_then(|name| self.entities.get(name));
        let Some(entity) = entity else { return Ok(None) };
        let wanted = right.peek_text("value");
        let values = entity.items_of("values");
        let value =
            values.iter().find(|value| value.peek_text("value") == wanted && value.get("patterns").is_some());
        let Some(value) = value else { return Ok(None) };
        right.take();
        let left = self.value_of(left, scope)?;
        let each = value.items_of("patterns").into_iter().filter_map(|pattern| pattern.text());
        let each = each.map(|pattern| {
            let pattern = OperandDoc::Text(pattern.to_owned());
            ConditionDoc::Test(test(left.clone(), OperatorDoc::Matches, Some(pattern)))
        });
        let any = joined(each.collect(), |any| ConditionDoc::Any(AnyDoc { any }));
        if operator == OperatorDoc::Is {
            return Ok(Some(any));
        }
        if operator == OperatorDoc::IsNot {
            return Ok(Some(ConditionDoc::Not(NotDoc { not: Box::new(any) })));
        }
        Err(Obstacle::unknown("a comparison with a pattern"))
    }
}

/// A condition that is never true.
pub(super) fn never() -> ConditionDoc {
    ConditionDoc::Expression(ExpressionDoc { expression: "false".to_owned() })
}

/// One condition stands for itself; groups there may have but one.
fn joined(
    mut parts: Vec<ConditionDoc>,
    join: impl FnOnce(Vec<ConditionDoc>) -> ConditionDoc,
) -> ConditionDoc {
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            parts.extend(last);
            join(parts)
        }
    }
}

/// A comparison; variables and steps have a short form.
pub(super) fn test(left: OperandDoc, operator: OperatorDoc, value: Option<OperandDoc>) -> TestDoc {
    let test = TestDoc { operator, value, ..TestDoc::default() };
    match left {
        OperandDoc::Variable(of) => TestDoc { variable: Some(of.variable), ..test },
        OperandDoc::Step(of) => TestDoc { step: Some(of.step), ..test },
        left @ (OperandDoc::YesNo(_)
        | OperandDoc::Number(_)
        | OperandDoc::Text(_)
        | OperandDoc::Nothing(())
        | OperandDoc::List(_)
        | OperandDoc::Expression(_)
        | OperandDoc::Add(_)
        | OperandDoc::Value(_)) => TestDoc { left: Some(left), ..test },
    }
}
