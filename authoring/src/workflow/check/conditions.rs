//! Conditions that say nothing, or that nothing can meet.

use super::Subject;
use super::kinds::Kind;
use crate::compile::nearest::did_you_mean;
use crate::findings::Findings;
use crate::shape::brief;
use crate::workflow::compile::seconds;
use crate::workflow::document::{
    CaseDoc, ClauseDoc, ConditionDoc, OperandDoc, OperatorDoc, StepDoc, TestDoc, ValueDoc, WorkflowDoc,
};
use switchboard::workflow::value::{fold, read_number};

pub fn check(subject: &Subject<'_>) {
    for (path, step) in subject.steps() {
        if let StepDoc::Branch(step) = step {
            branch(&path, &step.branch, subject.findings);
        }
    }
    for (path, condition) in conditions(subject.document) {
        groups(&path, condition, subject.findings);
        for (at, test) in condition.tests() {
            one(&format!("{path}{at}"), test, subject);
        }
    }
}

/// Every condition with its JSON pointer.
pub fn conditions(document: &WorkflowDoc) -> Vec<(String, &ConditionDoc)> {
    let own = document.when.iter().map(|when| ("/when".to_owned(), when));
    let cases = document.steps.iter().enumerate().flat_map(|(at, step)| {
        let cases = if let StepDoc::Branch(step) = step { step.branch.as_slice() } else { &[] };
        let place = move |case| format!("/steps/{at}/branch/{case}/when");
        cases.iter().enumerate().map(move |(case, doc)| (place(case), &doc.when))
    });
    own.chain(cases).collect()
}

fn branch(path: &str, cases: &[CaseDoc], findings: &Findings) {
    for (at, case) in cases.iter().enumerate() {
        let earlier = &cases[..at];
        let again = earlier.iter().find(|earlier| earlier.when == case.when);
        let always = earlier.iter().find(|earlier| is_always(&earlier.when));
        let problem = match (always, again) {
            (Some(always), _) => format!("this case is never taken: `{}` always holds", brief(&always.name)),
            (None, Some(again)) => {
                format!("this case is never taken: `{}` holds whenever it does", brief(&again.name))
            }
            (None, None) => continue,
        };
        let remedy = "remove one of them, or change what it asks for";
        findings.warning("never-taken", format!("{path}/branch/{at}"), problem, remedy);
    }
}

/// Nothing is asked for.
fn is_always(condition: &ConditionDoc) -> bool {
    match condition {
        ConditionDoc::All(all) => all.all.iter().all(|clause| clause.group().tests.is_empty()),
        ConditionDoc::Any(any) => {
            any.any.is_empty() || any.any.iter().any(|clause| clause.group().tests.is_empty())
        }
        ConditionDoc::Test(_) => false,
    }
}

/// Tests that stand side by side.
fn groups(path: &str, condition: &ConditionDoc, findings: &Findings) {
    let (key, any, clauses) = match condition {
        ConditionDoc::All(all) => ("all", false, all.all.as_slice()),
        ConditionDoc::Any(any) => ("any", true, any.any.as_slice()),
        ConditionDoc::Test(_) => return,
    };
    let empty = |path: String| {
        let problem = "nothing is asked for here, so it always holds";
        findings.warning("empty-group", path, problem, "add a test, or leave the condition out");
    };
    if clauses.is_empty() {
        empty(format!("{path}/{key}"));
    }
    let mut side_by_side: Vec<(String, &TestDoc)> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let path = format!("{path}/{key}/{at}");
        let (group, tests) = (clause.group(), clause.tests(&path));
        if tests.is_empty() {
            empty(format!("{path}/{}", group.key));
        }
        // What must hold together does so whether it stands in a group or beside it.
        if matches!(clause, ClauseDoc::Test(_)) || group.any == any {
            side_by_side.extend(tests);
        } else {
            compare(&tests, group.any, findings);
        }
    }
    compare(&side_by_side, any, findings);
}

fn compare(tests: &[(String, &TestDoc)], any: bool, findings: &Findings) {
    for (at, (path, test)) in tests.iter().enumerate() {
        for (_, earlier) in &tests[..at] {
            if earlier == test {
                let remedy = "remove one of them";
                findings.warning("same-test", path.as_str(), "this test stands here twice", remedy);
            } else if !any && exclude_each_other(earlier, test) {
                let problem = "this can never hold together with another test here";
                let remedy = "remove one of them, or join them by `any`";
                findings.warning("never-true", path.as_str(), problem, remedy);
            }
        }
    }
}

/// Whether two tests of one thing cannot both hold.
fn exclude_each_other(a: &TestDoc, b: &TestDoc) -> bool {
    if a.subject != b.subject {
        return false;
    }
    let absent = |test: &TestDoc| test.operator == OperatorDoc::NotExists;
    let demands = |test: &TestDoc| match test.operator {
        OperatorDoc::NotExists | OperatorDoc::NotEquals | OperatorDoc::NotContains | OperatorDoc::NoneOf => {
            false
        }
        OperatorDoc::Equals
        | OperatorDoc::Greater
        | OperatorDoc::Less
        | OperatorDoc::Between
        | OperatorDoc::Exists
        | OperatorDoc::Contains
        | OperatorDoc::AnyOf
        | OperatorDoc::AllOf
        | OperatorDoc::After
        | OperatorDoc::Before
        | OperatorDoc::Within
        | OperatorDoc::OlderThan
        | OperatorDoc::NewerThan
        | OperatorDoc::AgeBetween => true,
    };
    let said = |test: &TestDoc| constant(test.value.as_ref()?).map(|text| fold(&text));
    let differ = said(a).zip(said(b)).is_some_and(|(a, b)| a != b);
    let same = said(a).zip(said(b)).is_some_and(|(a, b)| a == b);
    match (a.operator, b.operator) {
        (OperatorDoc::Equals, OperatorDoc::Equals) => differ,
        (OperatorDoc::Equals, OperatorDoc::NotEquals) | (OperatorDoc::NotEquals, OperatorDoc::Equals) => same,
        (_, _) => absent(a) && demands(b) || absent(b) && demands(a),
    }
}

/// The text of a value without variables.
fn constant(operand: &OperandDoc) -> Option<String> {
    match operand {
        OperandDoc::One(ValueDoc::Text(text)) if text.contains('$') => None,
        OperandDoc::One(value) => Some(written(value)),
        OperandDoc::Several(_) => None,
    }
}

fn written(value: &ValueDoc) -> String {
    match value {
        ValueDoc::Text(text) => text.clone(),
        ValueDoc::Number(number) => number.to_string(),
        ValueDoc::YesNo(yes) => yes.to_string(),
    }
}

/// One test by itself.
fn one(path: &str, test: &TestDoc, subject: &Subject<'_>) {
    let kind = Kind::of(&test.subject, subject.document);
    let operator = serde_json::to_value(test.operator).unwrap_or_default();
    let operator = operator.as_str().unwrap_or_default();
    if !kind.takes(test.operator) {
        let problem = format!("`{operator}` says nothing about {}", kind.told());
        let remedy = format!("use {}", fitting(&kind));
        subject.findings.error("wrong-operator", format!("{path}/operator"), problem, remedy);
        return;
    }
    let values: &[ValueDoc] = match &test.value {
        Some(OperandDoc::One(one)) => std::slice::from_ref(one),
        Some(OperandDoc::Several(all)) => all,
        None => &[],
    };
    let never = |problem: String, remedy: String| {
        subject.findings.warning("never-true", format!("{path}/value"), problem, remedy);
    };
    match test.operator {
        OperatorDoc::Equals | OperatorDoc::AnyOf | OperatorDoc::NotEquals | OperatorDoc::NoneOf => {
            for value in values.iter().filter(|value| !has_variables(value)) {
                if let Some((problem, remedy)) = not_one_of(&kind, value) {
                    never(problem, remedy);
                }
            }
        }
        OperatorDoc::Between | OperatorDoc::Within => {
            if let [low, high] = values
                && let (Some(low), Some(high)) = (number(low), number(high))
                && low > high
            {
                never(format!("nothing lies between {low} and {high}"), "exchange the two".to_owned());
            }
        }
        OperatorDoc::AgeBetween => {
            if let [ValueDoc::Text(low), ValueDoc::Text(high)] = values
                && seconds(low) > seconds(high)
            {
                never(format!("nothing lies between {low} and {high}"), "exchange the two".to_owned());
            }
        }
        OperatorDoc::Greater
        | OperatorDoc::Less
        | OperatorDoc::Exists
        | OperatorDoc::NotExists
        | OperatorDoc::Contains
        | OperatorDoc::NotContains
        | OperatorDoc::AllOf
        | OperatorDoc::After
        | OperatorDoc::Before
        | OperatorDoc::OlderThan
        | OperatorDoc::NewerThan => {}
    }
}

fn has_variables(value: &ValueDoc) -> bool {
    matches!(value, ValueDoc::Text(text) if text.contains('$'))
}

fn number(value: &ValueDoc) -> Option<f64> {
    read_number(&written(value))
}

/// Why a thing of this kind is never that value.
fn not_one_of(kind: &Kind, value: &ValueDoc) -> Option<(String, String)> {
    let text = written(value);
    match kind {
        Kind::OneOf(words) if !words.iter().any(|word| fold(word) == fold(&text)) => Some((
            format!("this is never `{}`", brief(&text)),
            did_you_mean(&text, words.iter().map(String::as_str), "words"),
        )),
        Kind::YesNo if !matches!(fold(&text).as_str(), "true" | "false") => {
            Some((format!("this is never `{}`", brief(&text)), "write `true` or `false`".to_owned()))
        }
        Kind::Number if number(value).is_none() => {
            Some((format!("this is never `{}`", brief(&text)), "write a number".to_owned()))
        }
        Kind::OneOf(_)
        | Kind::YesNo
        | Kind::Number
        | Kind::Any
        | Kind::Text
        | Kind::Day
        | Kind::TimeOfDay
        | Kind::Moment
        | Kind::List => None,
    }
}

/// Operators for things of a kind.
fn fitting(kind: &Kind) -> &'static str {
    match kind {
        Kind::List => "`any_of`, `all_of`, `none_of`, `contains` or `exists`",
        Kind::Moment => "`older_than`, `newer_than`, `age_between`, `after`, `before`, `within` or `exists`",
        Kind::YesNo => "`equals` or `exists`",
        Kind::Number => "`equals`, `greater`, `less`, `between`, `any_of` or `exists`",
        Kind::Day | Kind::TimeOfDay => "`equals`, `after`, `before`, `within` or `exists`",
        Kind::Any | Kind::Text | Kind::OneOf(_) => "`equals`, `contains`, `any_of`, `none_of` or `exists`",
    }
}
