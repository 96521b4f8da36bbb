//! Whether a condition is true. Comparing what cannot be compared, or what has no value, is false; `is_not` is always
//! the opposite of `is`.

use crate::definition::{Condition, Operand, Operator, Source, Test};
use crate::fold::fold;
use crate::value::Value;

/// Looks values up.
pub trait Values {
    /// The value of a variable or an answer, when it has one.
    fn value(&self, source: &Source) -> Option<Value>;

    /// The value of an operand, when it has one.
    fn operand(&self, operand: &Operand) -> Option<Value> {
        match operand {
            Operand::Literal(value) => Some(value.clone()),
            Operand::From(source) => self.value(source),
        }
    }
}

/// Whether it is true now.
pub fn holds(condition: &Condition, values: &impl Values) -> bool {
    match condition {
        Condition::All(group) => group.iter().all(|condition| holds(condition, values)),
        Condition::Any(group) => group.iter().any(|condition| holds(condition, values)),
        Condition::Test(test) => test_holds(test, values),
    }
}

fn test_holds(test: &Test, values: &impl Values) -> bool {
    let left = values.value(&test.left);
    let right = test.right.as_ref().and_then(|operand| values.operand(operand));
    let compared = |holds: fn(&f64, &f64) -> bool| match (&left, &right) {
        (Some(Value::Number(left)), Some(Value::Number(right))) => holds(left, right),
        (_, _) => false,
    };
    match test.operator {
        Operator::Is => equal(left.as_ref(), right.as_ref()),
        Operator::IsNot => !equal(left.as_ref(), right.as_ref()),
        Operator::Less => compared(f64::lt),
        Operator::LessOrEqual => compared(f64::le),
        Operator::Greater => compared(f64::gt),
        Operator::GreaterOrEqual => compared(f64::ge),
        Operator::IsDefined => left.is_some(),
        Operator::IsNotDefined => left.is_none(),
        Operator::Contains => match (left, right) {
            (Some(left), Some(right)) => contains(&left.to_string(), &right.to_string()),
            (_, _) => false,
        },
    }
}

fn contains(left: &str, right: &str) -> bool {
    let folded = fold(right);
    left.contains(right) || (!folded.is_empty() && fold(left).contains(&folded))
}

fn equal(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(Value::Text(left)), Some(Value::Text(right))) => left == right || folded_equal(left, right),
        (Some(left), Some(right)) => left == right,
        (_, _) => false,
    }
}

/// Texts without any letter, such as emoji, are equal only to themselves.
fn folded_equal(left: &str, right: &str) -> bool {
    let left = fold(left);
    !left.is_empty() && left == fold(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_kind_are_compared() {
        for (operator, right, expected) in [
            (Operator::Is, number(3.0), true),
            (Operator::IsNot, number(3.0), false),
            (Operator::Less, number(3.0), false),
            (Operator::LessOrEqual, number(3.0), true),
            (Operator::Greater, number(2.5), true),
            (Operator::GreaterOrEqual, number(3.5), false),
            (Operator::Is, text("3"), false),
            (Operator::IsNot, text("3"), true),
            (Operator::Less, text("9"), false),
        ] {
            check("days", operator, Some(right), expected);
        }
    }

    #[test]
    fn texts_are_compared_without_case_and_accents() {
        check("town", Operator::Is, Some(text("orleans")), true);
        check("town", Operator::Contains, Some(text("LÉANS")), true);
        check("town", Operator::Contains, Some(text("paris")), false);
    }

    #[test]
    fn nothing_is_true_of_a_missing_value_but_its_absence() {
        check("ghost", Operator::Is, Some(number(0.0)), false);
        check("ghost", Operator::IsNot, Some(number(0.0)), true);
        check("ghost", Operator::Less, Some(number(0.0)), false);
        check("ghost", Operator::Contains, Some(text("a")), false);
        check("ghost", Operator::IsDefined, None, false);
        check("ghost", Operator::IsNotDefined, None, true);
    }

    #[test]
    fn groups_nest() {
        let is = |name, value| Condition::Test(test(name, Operator::Is, Some(value)));
        let inner = Condition::Any(vec![is("days", number(9.0)), is("town", text("Orléans"))]);
        assert!(holds(&Condition::All(vec![is("days", number(3.0)), inner]), &Sample));
        assert!(holds(&Condition::All(Vec::new()), &Sample));
        assert!(!holds(&Condition::Any(Vec::new()), &Sample));
    }

    struct Sample;

    impl Values for Sample {
        fn value(&self, source: &Source) -> Option<Value> {
            match source {
                Source::Variable(name) if name == "days" => Some(number(3.0)),
                Source::Variable(name) if name == "town" => Some(text("Orléans")),
                Source::Variable(_) | Source::Step(_) => None,
            }
        }
    }

    fn check(left: &str, operator: Operator, right: Option<Value>, expected: bool) {
        let condition = Condition::Test(test(left, operator, right.clone()));
        assert_eq!(holds(&condition, &Sample), expected, "{left} {operator:?} {right:?}");
    }

    fn test(left: &str, operator: Operator, right: Option<Value>) -> Test {
        Test { left: Source::Variable(left.to_owned()), operator, right: right.map(Operand::Literal) }
    }

    fn number(number: f64) -> Value {
        Value::Number(number)
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}
