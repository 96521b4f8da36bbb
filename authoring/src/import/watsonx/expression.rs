//! Expressions. Ours are a superset of theirs, so that only names are rewritten; what assigns inside an expression has no
//! counterpart here.

use super::reference::{Names, Scope, suffix};
use super::{Obstacle, TELEPHONE, defaults};
use crate::compile::expression as compile;
use crate::document::{ExpressionDoc, OperandDoc};
use assistant::definition::Expr;

/// An expression, and the names in it that mean nothing.
#[derive(Debug, Default, PartialEq)]
pub struct Rewritten {
    /// The expression with our names; a name that means nothing has become `null`.
    pub text: String,
    /// Names that mean nothing.
    pub unknown: Vec<String>,
    /// The reference, when the expression is nothing else.
    pub alone: Option<OperandDoc>,
}

impl Rewritten {
    /// As a value, in its shortest form.
    pub fn operand(self) -> OperandDoc {
        if let Some(alone) = self.alone {
            return alone;
        }
        let text = self.text.trim();
        match serde_json::from_str(text) {
            Ok(serde_json::Value::Null) => OperandDoc::Nothing(()),
            Ok(serde_json::Value::Bool(truth)) => OperandDoc::YesNo(truth),
            Ok(serde_json::Value::String(text)) => OperandDoc::Text(text),
            _ => OperandDoc::Expression(ExpressionDoc { expression: text.to_owned() }),
        }
    }
}

/// Rewrites the names of an expression.
pub fn rewrite(source: &str, names: &Names, scope: &Scope) -> Result<Rewritten, Obstacle> {
    if source.contains("${system_integrations") && source.contains("voice_telephony") {
        return Err(Obstacle::telephone(TELEPHONE));
    }
    if let Some(at) = assignment(source) {
        let from = source[at..].chars().take(24).collect::<String>();
        return Err(Obstacle::new(format!(
            "an expression here cannot assign (`{from}`); set a variable in the step instead"
        )));
    }
    let mut rewritten = Rewritten::default();
    let mut rest = source;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start + 2..].find('}') else { break };
        let inside = rest[start + 2..start + 2 + length].trim();
        let behind = &rest[start + 3 + length..];
        rewritten.text.push_str(&rest[..start]);
        let begins = rewritten.text.trim().is_empty();
        let (name, path) = split_name(inside, names);
        let (path, used) = with_fields_behind(name, path, behind);
        match names.any(scope, name, &path)? {
            Some(found) => {
                rewritten.text.push_str(&found.expression());
                rewritten.alone = Some(found.operand());
            }
            None => {
                rewritten.unknown.push(inside.to_owned());
                rewritten.text.push_str("null");
            }
        }
        rest = &behind[used..];
        rewritten.alone = rewritten.alone.filter(|_| begins && rest.trim().is_empty());
    }
    rewritten.text.push_str(rest);
    if rewritten.text.contains("${fallback_reason}") {
        rewritten.text = with_reason_codes(&rewritten.text);
    }
    Ok(rewritten)
}

/// Why an expression cannot be read, if it cannot.
pub fn problem(expression: &str) -> Option<String> {
    let unknown = |_: &str, _: usize| Expr::default();
    compile::parse(expression, &unknown).err().map(|problem| problem.located(expression))
}

/// A name with a path behind it. Names may have dots in them: the longest known one is meant.
fn split_name<'a>(inside: &'a str, names: &Names) -> (&'a str, String) {
    let ends = inside.match_indices(['.', '[', '?']).map(|(at, _)| at);
    let known =
        ends.clone().chain([inside.len()]).filter(|end| names.variables.contains_key(&inside[..*end])).last();
    let end = known.or_else(|| ends.clone().next()).unwrap_or(inside.len());
    (&inside[..end], suffix(&inside[end..].replace("?.", ".")))
}

/// What channels tell is looked up by its whole path, and an answer's `.value` is the answer: for these the fields behind
/// the brace count as well.
fn with_fields_behind(name: &str, mut path: String, behind: &str) -> (String, usize) {
    let mut used = 0;
    while name == "system_integrations" || (path.is_empty() && behind[used..].starts_with(".value")) {
        let rest = &behind[used..];
        let Some(after) = rest.strip_prefix("?.").or_else(|| rest.strip_prefix('.')) else { break };
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        if end == 0 || after[end..].starts_with('(') {
            break;
        }
        path.push('.');
        path.push_str(&after[..end]);
        used += rest.len() - after.len() + end;
    }
    (path, used)
}

/// Where an expression assigns: an equals sign that is no comparison, outside texts.
fn assignment(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let (mut quote, mut at) = (None, 0);
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), close) if open == close => quote = None,
            (None, b'"' | b'\'') => quote = Some(bytes[at]),
            (None, b'=') if bytes.get(at + 1) == Some(&b'=') => at += 1,
            (None, b'=') if at == 0 || !b"!<>=".contains(&bytes[at - 1]) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Reasons for the fallback are codes here.
fn with_reason_codes(text: &str) -> String {
    defaults::REASONS.iter().fold(text.to_owned(), |text, (theirs, code)| {
        text.replace(&format!("\"{theirs}\""), &format!("\"{code}\""))
            .replace(&format!("'{theirs}'"), &format!("'{code}'"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::reference::Answer;
    use super::*;

    #[test]
    fn names_are_rewritten_and_nothing_else() {
        check("${step_1_result_1.body}.get(0)", "${step_1_result_1.body}.get(0)");
        check("${a.b} + ${a.b.c}", "${a_b} + ${a_b.c}");
        check("${system_current_date}.plusDays(2)", "${current_date}.plusDays(2)");
        check("\"Date: \".append(${step_450}.value)", "\"Date: \".append(${step_450})");
        check("${step_450}.reformatDateTime('yyyy')", "${step_450}.reformatDateTime('yyyy')");
        check(
            "${system_integrations}.chat.browser_info.page_url.contains('x')",
            "${visitor.page_url}.contains('x')",
        );
        check("${system_fallback_reason} == 'No matches'", "${fallback_reason} == 'no_matches'");
        check("${step_1_result_1.body.items[0].id}", "${step_1_result_1}.body.items[0].id");
        check("no names at all ${", "no names at all ${");
    }

    #[test]
    fn a_name_that_means_nothing_becomes_null_and_is_told() {
        let rewritten = rewrite("${step_9}.size() > 0", &names(), &scope()).unwrap();
        assert_eq!(
            (rewritten.text.as_str(), rewritten.unknown),
            ("null.size() > 0", vec!["step_9".to_owned()])
        );
    }

    #[test]
    fn what_is_a_mere_reference_or_a_literal_becomes_one() {
        let operand = |source| rewrite(source, &names(), &scope()).unwrap().operand();
        assert_eq!(operand("${step_450}"), scope().answer("step_450", "").unwrap().unwrap().operand());
        assert_eq!(operand("\"a \\\" b\""), OperandDoc::Text("a \" b".to_owned()));
        assert_eq!(operand("null"), OperandDoc::Nothing(()));
        let sum = OperandDoc::Expression(ExpressionDoc { expression: "${step_450} + ${a_b}".to_owned() });
        assert_eq!(operand("${step_450} + ${a.b}"), sum);
        assert!(matches!(operand("${step_450}${a.b}"), OperandDoc::Expression(_)));
    }

    #[test]
    fn an_assignment_cannot_be_carried_over() {
        assert!(rewrite("${a.b}.c = 3", &names(), &scope()).is_err());
        assert!(rewrite("${a.b} ? ${a.b} =15 : 0", &names(), &scope()).is_err());
        for comparison in ["1 == 2", "1 != 2", "1 <= 2", "1 >= 2", "'a=b'", "\"a\\\"=b\""] {
            assert!(rewrite(comparison, &names(), &scope()).is_ok(), "{comparison}");
        }
    }

    fn check(source: &str, expected: &str) {
        let rewritten = rewrite(source, &names(), &scope()).unwrap();
        assert_eq!((rewritten.text.as_str(), rewritten.unknown.len()), (expected, 0));
    }

    fn names() -> Names {
        let variables = [("a.b".to_owned(), ("a_b".to_owned(), "any".to_owned()))].into();
        Names { variables, ..Names::default() }
    }

    fn scope() -> Scope {
        let answer = Answer { step: "step_450".to_owned(), ..Answer::default() };
        Scope {
            steps: [("step_450".to_owned(), answer)].into(),
            results: [("step_1_result_1".to_owned(), "step_1_result_1".to_owned())].into(),
            ..Scope::default()
        }
    }
}
