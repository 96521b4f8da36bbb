//! Comparisons that can never come true, and options that cannot be told apart.

use crate::definition::{Ask, Choice, Kind, Operand, Operator, Test};
use crate::fold::fold;
use crate::read::node::{Findings, brief, first_uses, names};
use crate::value::Value;

/// Checks a comparison; `asked` is the question its left side answers, when that is known.
pub fn test(test: &Test, asked: Option<&Ask>, path: &str, findings: &Findings) {
    let Some(Operand::Literal(literal)) = &test.right else { return };
    let number = matches!(literal, Value::Number(_));
    let remedy = match (asked.map(|ask| &ask.kind), literal) {
        (_, _) if test.operator.needs_number() && !number => {
            "this operator compares numbers: write one".to_owned()
        }
        (None, _) => return,
        (Some(Kind::Options(choices)), Value::Text(text)) => match known(choices, text, test.operator) {
            true => return,
            false => format!("write one of {}", labels(choices)),
        },
        (Some(Kind::Options(choices)), Value::Number(_) | Value::YesNo(_)) => {
            format!("the step `{}` is answered with {}", left(test), labels(choices))
        }
        (Some(Kind::Number(_)), Value::Number(_))
        | (Some(Kind::YesNo { .. }), Value::YesNo(_))
        | (Some(Kind::Text), Value::Text(_)) => return,
        (Some(Kind::Number(_)), Value::Text(_) | Value::YesNo(_)) => {
            "a number is asked there: write one".to_owned()
        }
        (Some(Kind::YesNo { .. }), Value::Text(_) | Value::Number(_)) => {
            "yes or no is asked there: write `true` for yes, `false` for no".to_owned()
        }
        (Some(Kind::Text), Value::Number(_) | Value::YesNo(_)) => {
            "a text is asked there: write one".to_owned()
        }
    };
    findings.note(format!("{path}/value"), format!("nothing compares with `{literal}` here"), remedy);
}

/// Checks that each way of answering names one option.
pub fn choices(ask: &Ask, path: &str, findings: &Findings) {
    let mut answers = Vec::new();
    match &ask.kind {
        Kind::Number(_) | Kind::Text => {}
        Kind::Options(choices) => {
            for (index, choice) in choices.iter().enumerate() {
                let all = std::iter::once(&choice.label).chain(&choice.synonyms);
                answers.extend(all.map(|name| (fold(name), format!("{path}/options/{index}"))));
            }
        }
        Kind::YesNo { yes, no } => {
            answers.extend(yes.iter().map(|name| (fold(name), format!("{path}/yes"))));
            answers.extend(no.iter().map(|name| (fold(name), format!("{path}/no"))));
        }
    }
    let folded: Vec<&str> = answers.iter().map(|(folded, _)| folded.as_str()).collect();
    for (first, (name, path)) in first_uses(&folded).into_iter().zip(&answers) {
        if answers[first].1 != *path {
            let problem = format!("`{}` already means another option", brief(name));
            findings.note(path.as_str(), problem, "give each option words of its own");
        }
    }
}

fn known(choices: &[Choice], text: &str, operator: Operator) -> bool {
    let text = fold(text);
    let fits = |label: String| match operator {
        Operator::Contains => label.contains(&text),
        Operator::Is
        | Operator::IsNot
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual
        | Operator::IsDefined
        | Operator::IsNotDefined => label == text,
    };
    choices.iter().any(|choice| choice.label.is_empty() || fits(fold(&choice.label)))
}

fn labels(choices: &[Choice]) -> String {
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    names(&labels)
}

fn left(test: &Test) -> &str {
    match &test.left {
        crate::definition::Source::Variable(name) | crate::definition::Source::Step(name) => name,
    }
}
