//! Conditions: subjects, operators and what they compare with.

use super::{Compiler, seconds, template};
use crate::shape::brief;
use crate::workflow::document::{
    AboutDoc, ClauseDoc, ConditionDoc, FromDoc, OperandDoc, OperatorDoc, ScopeDoc, SubjectDoc, TestDoc,
    ValueDoc,
};
use switchboard::workflow::definition::{Clause, Condition, Join, Operator, Subject, Test};
use switchboard::workflow::facts::{Scope, Sender, Which};
use switchboard::workflow::text::{Reference, Template};

/// The subject that is the contact's tags.
pub const TAGS: &str = "tags";

impl Compiler<'_> {
    pub(super) fn condition(&self, doc: &ConditionDoc, path: &str) -> Condition {
        let (join, key, clauses) = match doc {
            ConditionDoc::All(all) => (Join::All, "all", &all.all),
            ConditionDoc::Any(any) => (Join::Any, "any", &any.any),
            ConditionDoc::Test(test) => {
                return Condition { join: Join::All, clauses: vec![Clause::Test(self.test(test, path))] };
            }
        };
        let clauses = clauses.iter().enumerate();
        let clauses =
            clauses.map(|(at, clause)| self.clause(clause, &format!("{path}/{key}/{at}"))).collect();
        Condition { join, clauses }
    }

    fn clause(&self, doc: &ClauseDoc, path: &str) -> Clause {
        if let ClauseDoc::Test(test) = doc {
            return Clause::Test(self.test(test, path));
        }
        let group = doc.group();
        let tests = group.tests.iter().enumerate();
        let tests = tests.map(|(at, test)| self.test(test, &format!("{path}/{}/{at}", group.key))).collect();
        Clause::Group { join: if group.any { Join::Any } else { Join::All }, tests }
    }

    fn test(&self, doc: &TestDoc, path: &str) -> Test {
        let subject = self.subject(&doc.subject, &format!("{path}/subject"));
        Test { subject, operator: self.operator(doc, path) }
    }

    fn subject(&self, doc: &SubjectDoc, path: &str) -> Subject {
        match doc {
            SubjectDoc::Name(name) if name == TAGS => Subject::Tags,
            SubjectDoc::Name(name) => self.named(name, path),
            SubjectDoc::LastMessage(last) => {
                let (which, scope) = about(last.last_message);
                Subject::LastText(which, scope)
            }
            SubjectDoc::LastMessageAt(last) => {
                let (which, scope) = about(last.last_message_at);
                Subject::LastAt(which, scope)
            }
            SubjectDoc::LastMessageSource(last) => match about(last.last_message_source) {
                (Which::Outgoing(sender), scope) => Subject::LastSource(sender, scope),
                (Which::Incoming, scope) => {
                    let problem = "the visitor's messages all come from the visitor";
                    let remedy = "write `human`, `assistant`, `workflow` or `any`";
                    let path = format!("{path}/last_message_source/from");
                    self.findings.error("bad-subject", path, problem, remedy);
                    Subject::LastSource(Sender::Any, scope)
                }
            },
            SubjectDoc::Calendar(calendar) => Subject::Calendar(calendar.calendar.clone()),
        }
    }

    fn named(&self, name: &str, path: &str) -> Subject {
        let reference = name.strip_prefix('$').and_then(Reference::parse);
        if reference.is_none() {
            let problem = format!("`{}` is nothing a test can look at", brief(name));
            let remedy = match Reference::parse(name) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write one name such as `$contact.email`, or `tags`".to_owned(),
            };
            self.findings.error("bad-subject", path, problem, remedy);
        }
        reference.map_or(Subject::Tags, Subject::Value)
    }

    fn operator(&self, doc: &TestDoc, path: &str) -> Operator {
        let one = || self.one(doc, path).map(template).unwrap_or_default();
        let some = || -> Vec<Template> { self.some(doc, path).iter().map(template).collect() };
        let two = || match self.two(doc, path) {
            Some([low, high]) => (template(low), template(high)),
            None => <(Template, Template)>::default(),
        };
        let age = || self.one(doc, path).map_or(0, |value| self.age(value, &format!("{path}/value")));
        match doc.operator {
            OperatorDoc::Exists | OperatorDoc::NotExists => {
                self.nothing(doc, path);
                if doc.operator == OperatorDoc::Exists { Operator::Exists } else { Operator::NotExists }
            }
            OperatorDoc::Equals => Operator::Equals(one()),
            OperatorDoc::NotEquals => Operator::NotEquals(one()),
            OperatorDoc::Greater => Operator::Greater(one()),
            OperatorDoc::Less => Operator::Less(one()),
            OperatorDoc::Contains => Operator::Contains(one()),
            OperatorDoc::NotContains => Operator::NotContains(one()),
            OperatorDoc::After => Operator::After(one()),
            OperatorDoc::Before => Operator::Before(one()),
            OperatorDoc::AnyOf => Operator::AnyOf(some()),
            OperatorDoc::AllOf => Operator::AllOf(some()),
            OperatorDoc::NoneOf => Operator::NoneOf(some()),
            OperatorDoc::Between => {
                let (low, high) = two();
                Operator::Between(low, high)
            }
            OperatorDoc::Within => {
                let (low, high) = two();
                Operator::Within(low, high)
            }
            OperatorDoc::OlderThan => Operator::OlderThan(age()),
            OperatorDoc::NewerThan => Operator::NewerThan(age()),
            OperatorDoc::AgeBetween => match self.two(doc, path) {
                Some([low, high]) => Operator::AgeBetween(
                    self.age(low, &format!("{path}/value/0")),
                    self.age(high, &format!("{path}/value/1")),
                ),
                None => Operator::AgeBetween(0, 0),
            },
        }
    }

    fn nothing(&self, doc: &TestDoc, path: &str) {
        if doc.value.is_some() {
            let path = format!("{path}/value");
            let problem = "this operator compares with nothing";
            self.findings.error("superfluous-value", path, problem, "leave `value` out");
        }
    }

    fn one<'d>(&self, doc: &'d TestDoc, path: &str) -> Option<&'d ValueDoc> {
        match &doc.value {
            Some(OperandDoc::One(value)) => Some(value),
            Some(OperandDoc::Several(all)) => {
                let problem = "this operator compares with one value, and a list stands here";
                let remedy = "write one value, or `any_of`, `all_of` or `none_of` as the operator";
                self.findings.error("wrong-kind", format!("{path}/value"), problem, remedy);
                all.first()
            }
            None => {
                self.missing(path);
                None
            }
        }
    }

    fn some<'d>(&self, doc: &'d TestDoc, path: &str) -> &'d [ValueDoc] {
        match &doc.value {
            Some(OperandDoc::Several(all)) if all.is_empty() => {
                let remedy = "write the values it is compared with";
                self.findings.error("empty-list", format!("{path}/value"), "the list is empty", remedy);
                all
            }
            Some(OperandDoc::Several(all)) => all,
            Some(OperandDoc::One(one)) => {
                let problem = "this operator compares with a list";
                let remedy = "write a list, even of one: `[ … ]`";
                self.findings.error("not-a-list", format!("{path}/value"), problem, remedy);
                std::slice::from_ref(one)
            }
            None => {
                self.missing(path);
                &[]
            }
        }
    }

    fn two<'d>(&self, doc: &'d TestDoc, path: &str) -> Option<[&'d ValueDoc; 2]> {
        match &doc.value {
            Some(OperandDoc::Several(all)) if all.len() == 2 => Some([&all[0], &all[1]]),
            Some(OperandDoc::Several(_) | OperandDoc::One(_)) => {
                let problem = "this operator needs two values: from the first to the second";
                let remedy = "write a list of two: `[ …, … ]`";
                self.findings.error("not-a-pair", format!("{path}/value"), problem, remedy);
                None
            }
            None => {
                self.missing(path);
                None
            }
        }
    }

    fn missing(&self, path: &str) {
        self.findings.error("missing-value", path, "there is nothing to compare with", "add a `value`");
    }

    fn age(&self, value: &ValueDoc, path: &str) -> u64 {
        let length = match value {
            ValueDoc::Text(text) => seconds(text),
            ValueDoc::Number(_) | ValueDoc::YesNo(_) => None,
        };
        if length.is_none() {
            let problem = "this is no length of time";
            let remedy = "write one such as `15m`, `2h` or `1h30m`";
            self.findings.error("bad-duration", path, problem, remedy);
        }
        length.unwrap_or_default()
    }
}

fn about(doc: AboutDoc) -> (Which, Scope) {
    let which = match doc.from {
        FromDoc::Visitor => Which::Incoming,
        FromDoc::Human => Which::Outgoing(Sender::Human),
        FromDoc::Assistant => Which::Outgoing(Sender::Assistant),
        FromDoc::Workflow => Which::Outgoing(Sender::Workflow),
        FromDoc::Any => Which::Outgoing(Sender::Any),
    };
    let scope = match doc.scope {
        ScopeDoc::Conversation => Scope::Conversation,
        ScopeDoc::SinceAssignment => Scope::SinceAssignment,
        ScopeDoc::Contact => Scope::Contact,
    };
    (which, scope)
}
