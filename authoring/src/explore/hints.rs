//! Values worth trying: those the definition compares answers and results with. Without them a walk would seldom find
//! the one number behind which a step hides.

use super::lists::{ListHint, Lists, Root, kept_results, roots};
use assistant::Value;
use assistant::definition::{BinaryOp, Condition, Definition, Expr, Kind, Output, Part, Step, Text, Then};
use std::collections::BTreeMap;

/// Values by action and answer, and by path inside a result.
#[derive(Debug, Default)]
pub struct Hints {
    answers: BTreeMap<(String, String), Vec<Value>>,
    results: BTreeMap<(String, String), Vec<Inside>>,
    lists: Lists,
    /// Results that variables keep, by variable.
    kept: BTreeMap<String, Vec<Root>>,
}

/// A path inside a result, and a value that is looked for there.
pub type Inside = (Vec<String>, Value);

impl Hints {
    /// Looks through every condition and expression.
    pub fn of(definition: &Definition) -> Self {
        let mut hints = Self { kept: kept_results(definition), ..Self::default() };
        for action in &definition.actions {
            let mut finder = Finder { action: &action.id, hints: &mut hints };
            for step in &action.steps {
                finder.step(step);
            }
        }
        hints.lists.complete(&hints.results);
        hints
    }

    /// Values the answer to a step is compared with.
    pub fn answers(&self, action: &str, step: &str) -> &[Value] {
        self.answers.get(&(action.to_owned(), step.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Paths inside a result and what they are compared with.
    pub fn results(&self, action: &str, result: &str) -> &[Inside] {
        self.results.get(&(action.to_owned(), result.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Lists that are looked for inside a result.
    pub fn lists(&self, action: &str, result: &str) -> &[ListHint] {
        self.lists.of(action, result)
    }
}

struct Finder<'a> {
    action: &'a str,
    hints: &'a mut Hints,
}

impl Finder<'_> {
    fn step(&mut self, step: &Step) {
        step.when.iter().for_each(|condition| self.condition(condition));
        step.set.iter().for_each(|assignment| self.expr(&assignment.value));
        step.say.iter().for_each(|output| self.output(output));
        if let Some(Kind::Dynamic { from, label, value, .. }) = step.ask.as_ref().map(|ask| &ask.kind) {
            for root in self.roots(from) {
                self.hints.lists.add(root, &[label, value], Some((self.action, &step.id)));
            }
        }
        match &step.then {
            Then::Run(run) => run.with.iter().for_each(|(_, value)| self.expr(value)),
            Then::Call(call) => call.with.iter().for_each(|(_, value)| self.expr(value)),
            Then::Continue
            | Then::End
            | Then::GoTo(_)
            | Then::AskAgain(_)
            | Then::ConnectToAgent(_)
            | Then::Fallback(_) => {}
        }
    }

    fn output(&mut self, output: &Output) {
        match output {
            Output::Text(wordings) => wordings.texts.iter().for_each(|text| self.text(text)),
            Output::Pause { .. }
            | Output::Media(_)
            | Output::Button(_)
            | Output::Card(_)
            | Output::Carousel(_)
            | Output::Table(_)
            | Output::DatePicker
            | Output::UserDefined { .. } => {}
        }
    }

    fn text(&mut self, text: &Text) {
        for part in &text.0 {
            match part {
                Part::Words(_) => {}
                Part::Insert(expr) => self.expr(expr),
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(group) | Condition::Any(group) => group.iter().for_each(|c| self.condition(c)),
            Condition::Not(inner) => self.condition(inner),
            Condition::Test(test) => self.compared(&test.left, &test.right),
            Condition::Expression(expr) => self.expr(expr),
            Condition::Said(_) => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Binary(op, left, right) => {
                if matches!(
                    op,
                    BinaryOp::Equal
                        | BinaryOp::NotEqual
                        | BinaryOp::Less
                        | BinaryOp::LessOrEqual
                        | BinaryOp::Greater
                        | BinaryOp::GreaterOrEqual
                ) {
                    self.compared(left, right);
                    self.compared(right, left);
                }
                self.expr(left);
                self.expr(right);
            }
            Expr::Unary(_, inner) => self.expr(inner),
            Expr::Choose(test, then, otherwise) => {
                [test, then, otherwise].into_iter().for_each(|inner| self.expr(inner));
            }
            Expr::Method(of, _, arguments) => {
                self.touched(of);
                arguments.iter().for_each(|argument| self.expr(argument));
            }
            Expr::Field(..) | Expr::Index(..) => self.touched(expr),
            Expr::Value(_)
            | Expr::Variable(_)
            | Expr::Step(_)
            | Expr::Offered(_)
            | Expr::Local(_)
            | Expr::Input
            | Expr::List(_)
            | Expr::Map(_)
            | Expr::Call(..) => {}
            Expr::Filter { of, name, test } => {
                for root in self.roots(of) {
                    self.hints.lists.add_filter(root, name, test);
                }
            }
        }
    }

    fn compared(&mut self, left: &Expr, right: &Expr) {
        let Expr::Value(value) = right else { return };
        let one = std::slice::from_ref(value);
        let values = if let Value::List(values) = value { values } else { one };
        for value in values.iter().filter(|value| value.is_defined()) {
            self.found(left, value.clone());
        }
    }

    /// Something inside a result is used: a text there is better than nothing.
    fn touched(&mut self, expr: &Expr) {
        match matches!(expr, Expr::Field(..) | Expr::Index(..)) {
            true => self.found(expr, Value::text("something")),
            false => self.expr(expr),
        }
    }

    fn found(&mut self, left: &Expr, value: Value) {
        if let Expr::Step(name) = left {
            return self.hints.answers.entry((self.action.to_owned(), name.clone())).or_default().push(value);
        }
        for root in self.roots(left) {
            let key = (root.action, root.result);
            match root.path.is_empty() {
                true => self.hints.answers.entry(key).or_default().push(value.clone()),
                false => self.hints.results.entry(key).or_default().push((root.path, value.clone())),
            }
        }
    }

    /// The results something comes from, and where it stands in them.
    fn roots(&self, expr: &Expr) -> Vec<Root> {
        roots(expr, self.action, &self.hints.kept)
    }
}
