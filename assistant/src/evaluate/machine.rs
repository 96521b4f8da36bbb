//! Walks an expression, and counts what it costs.

use super::{Failed, Scope, equal, fields, functions, methods, operators};
use crate::definition::{BinaryOp, Expr, UnaryOp};
use crate::limits::{
    EXPRESSION_DEPTH_MAX, EXPRESSION_WORK_MAX, VALUE_BYTES_MAX, VALUE_DEPTH_MAX, WORK_BYTES,
};
use crate::map::Map;
use crate::value::Value;

/// Evaluates one expression.
pub struct Machine<'a> {
    /// What it can look at.
    pub scope: &'a mut dyn Scope,
    /// Bound names, the innermost last.
    locals: Vec<(String, Value)>,
    work_left: u32,
    depth: usize,
}

impl<'a> Machine<'a> {
    /// One that has spent nothing yet.
    pub fn new(scope: &'a mut dyn Scope) -> Self {
        Self { scope, locals: Vec::new(), work_left: EXPRESSION_WORK_MAX, depth: 0 }
    }

    /// Does something while a name is bound.
    pub fn with<T>(&mut self, name: &str, bound: Value, work: impl FnOnce(&mut Self) -> T) -> T {
        self.locals.push((name.to_owned(), bound));
        let done = work(self);
        self.locals.pop();
        done
    }

    /// The value of an expression.
    pub fn value(&mut self, expr: &Expr) -> Result<Value, Failed> {
        self.spend(0)?;
        if self.depth == EXPRESSION_DEPTH_MAX {
            return Err(Failed(format!(
                "an expression can be nested {EXPRESSION_DEPTH_MAX} deep: split it over several variables"
            )));
        }
        self.depth += 1;
        let value = self.value_here(expr);
        self.depth -= 1;
        value
    }

    /// A value that has to be there.
    pub fn defined(&mut self, expr: &Expr) -> Result<Value, Failed> {
        let value = self.value(expr)?;
        present(value, expr)
    }

    /// Counts work on so many bytes.
    pub fn spend(&mut self, bytes: usize) -> Result<(), Failed> {
        let work = u32::try_from(1 + bytes / WORK_BYTES).unwrap_or(u32::MAX);
        self.work_left = self.work_left.checked_sub(work).ok_or_else(|| {
            Failed("the expression takes too long: let it work on shorter lists or texts".to_owned())
        })?;
        Ok(())
    }

    /// A value that already existed: small enough, but copying it is work.
    pub fn copied(&mut self, value: Value) -> Result<Value, Failed> {
        self.spend(value.measure().0)?;
        Ok(value)
    }

    /// A list or a map that was made just now.
    pub fn made(&mut self, value: Value) -> Result<Value, Failed> {
        let (bytes, depth) = value.measure();
        self.fits(bytes)?;
        match depth > VALUE_DEPTH_MAX {
            true => {
                Err(Failed(format!("a value can be nested {VALUE_DEPTH_MAX} deep and this one is deeper")))
            }
            false => Ok(value),
        }
    }

    /// A text that was made just now.
    pub fn text(&mut self, text: String) -> Result<Value, Failed> {
        self.fits(text.len())?;
        Ok(Value::Text(text))
    }

    /// Fails when something of so many bytes would be too large; asked before it is made where it could be huge.
    pub fn fits(&mut self, bytes: usize) -> Result<(), Failed> {
        if bytes > VALUE_BYTES_MAX {
            return Err(Failed(format!(
                "a value can have {VALUE_BYTES_MAX} bytes and this would be {bytes}"
            )));
        }
        self.spend(bytes)
    }

    /// Keeps the changed value of a variable, an answer, or a field of one. Of anything else there is nothing to change.
    pub fn keep(&mut self, place: &Expr, value: Value) -> Result<(), Failed> {
        if let Expr::Variable(name) = place {
            self.scope.change_variable(name, value);
        } else if let Expr::Step(name) = place {
            self.scope.change_step(name, value);
        } else if let Expr::Field(around, name) = place
            && let Value::Map(mut map) = self.value(around)?
        {
            map.insert(name.clone(), value);
            let around_it = self.made(Value::Map(map))?;
            self.keep(around, around_it)?;
        }
        Ok(())
    }

    fn value_here(&mut self, expr: &Expr) -> Result<Value, Failed> {
        match expr {
            Expr::Value(value) => self.copied(value.clone()),
            Expr::Variable(name) => self.copied_from(|scope| scope.variable(name)),
            Expr::Step(name) => self.copied_from(|scope| scope.step(name)),
            Expr::Offered(name) => {
                self.copied_from(|scope| scope.label(name).unwrap_or_else(|| scope.step(name)))
            }
            Expr::Input => self.copied_from(|scope| Value::text(scope.input())),
            Expr::Local(_) => self.copied_from_locals(expr),
            Expr::List(items) => {
                let list = items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?;
                self.made(Value::List(list))
            }
            Expr::Map(entries) => {
                let mut map = Map::new();
                for (name, expr) in entries {
                    map.insert(name.clone(), self.value(expr)?);
                }
                self.made(Value::Map(map))
            }
            Expr::Unary(op, of) => self.unary(*op, of),
            Expr::Binary(op, left, right) => self.binary(*op, left, right),
            Expr::Choose(test, then, otherwise) => match self.truth(test)? {
                true => self.value(then),
                false => self.value(otherwise),
            },
            Expr::Field(of, name) => match self.look(expr) {
                Some(_) => self.copied_from_locals(expr),
                None => Ok(fields::field(self.value(of)?, name, matches!(**of, Expr::Step(_)))),
            },
            Expr::Index(of, index) => {
                let of = self.value(of)?;
                fields::indexed(of, &self.value(index)?)
            }
            Expr::Method(of, method, args) => methods::call(self, of, *method, args),
            Expr::Filter { of, name, test } => self.filter(of, name, test),
            Expr::Call(function, args) => functions::call(self, *function, args),
        }
    }

    fn copied_from(&mut self, take: impl FnOnce(&dyn Scope) -> Value) -> Result<Value, Failed> {
        let value = take(self.scope);
        self.copied(value)
    }

    fn copied_from_locals(&mut self, expr: &Expr) -> Result<Value, Failed> {
        let value = self.look(expr).cloned().unwrap_or_default();
        self.copied(value)
    }

    /// A bound name, or a field in one: seen without copying what is around it, since filters do little else.
    fn look(&self, expr: &Expr) -> Option<&Value> {
        if let Expr::Local(name) = expr {
            return self.locals.iter().rev().find(|(bound, _)| bound == name).map(|(_, value)| value);
        }
        if let Expr::Field(of, name) = expr
            && let Some(Value::Map(map)) = self.look(of)
        {
            return map.get(name);
        }
        None
    }

    fn unary(&mut self, op: UnaryOp, of: &Expr) -> Result<Value, Failed> {
        match op {
            UnaryOp::Not => Ok(Value::YesNo(!self.truth(of)?)),
            UnaryOp::Minus => operators::mapped("-", &self.defined(of)?, |number| -number),
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr) -> Result<Value, Failed> {
        match op {
            BinaryOp::And => Ok(Value::YesNo(self.truth(left)? && self.truth(right)?)),
            BinaryOp::Or => Ok(Value::YesNo(self.truth(left)? || self.truth(right)?)),
            BinaryOp::Equal => Ok(Value::YesNo(equal(&self.value(left)?, &self.value(right)?))),
            BinaryOp::NotEqual => Ok(Value::YesNo(!equal(&self.value(left)?, &self.value(right)?))),
            BinaryOp::Add => self.sum(left, right),
            BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Remainder => {
                operators::arithmetic(op, &self.defined(left)?, &self.defined(right)?)
            }
            BinaryOp::Less | BinaryOp::LessOrEqual | BinaryOp::Greater | BinaryOp::GreaterOrEqual => {
                operators::ordered(op, &self.defined(left)?, &self.defined(right)?)
            }
        }
    }

    /// A text is joined with whatever stands beside it; there, what has no value is an empty text.
    fn sum(&mut self, left: &Expr, right: &Expr) -> Result<Value, Failed> {
        let (a, b) = (self.value(left)?, self.value(right)?);
        if matches!(a, Value::Text(_)) || matches!(b, Value::Text(_)) {
            return self.text(a.plain() + &b.plain());
        }
        let (a, b) = (present(a, left)?, present(b, right)?);
        operators::arithmetic(BinaryOp::Add, &a, &b)
    }

    /// What has to be yes or no. What has no value is no; a list or a map that is there is yes.
    fn truth(&mut self, expr: &Expr) -> Result<bool, Failed> {
        let value = self.value(expr)?;
        operators::truth(&value)
            .ok_or_else(|| Failed(format!("{} must be yes or no and is {}", spelled(expr), value.kind())))
    }

    fn filter(&mut self, of: &Expr, name: &str, test: &Expr) -> Result<Value, Failed> {
        let of_what = self.defined(of)?;
        let Value::List(list) = of_what else {
            let (name, kind) = (spelled(of), of_what.kind());
            return Err(Failed(format!("`filter` needs a list, and {name} is {kind}")));
        };
        let mut kept = Vec::new();
        for item in list {
            let (holds, item) = self.holds_for(test, name, item)?;
            if holds {
                kept.push(item);
            }
        }
        Ok(Value::List(kept))
    }

    /// Whether the test is true of an element; gives the element back.
    fn holds_for(&mut self, test: &Expr, name: &str, item: Value) -> Result<(bool, Value), Failed> {
        self.locals.push((name.to_owned(), item));
        let holds = self.truth(test);
        let (_, item) = self.locals.pop().unwrap_or_default();
        Ok((holds?, item))
    }
}

/// A value that has to be there, or the message that it is not.
fn present(value: Value, expr: &Expr) -> Result<Value, Failed> {
    match value.is_defined() {
        true => Ok(value),
        false => Err(Failed(format!("{} has no value: test first whether it is defined", spelled(expr)))),
    }
}

/// An expression as its author would recognise it.
fn spelled(expr: &Expr) -> String {
    match expr {
        Expr::Variable(name) | Expr::Step(name) | Expr::Offered(name) => format!("`${{{name}}}`"),
        Expr::Local(name) => format!("`{name}`"),
        Expr::Field(of, name) => format!("`{name}` of {}", spelled(of)),
        Expr::Index(of, _) => format!("an element of {}", spelled(of)),
        Expr::Method(of, method, _) => format!("`{}` of {}", method.spelling(), spelled(of)),
        Expr::Call(function, _) => format!("`{}`", function.spelling()),
        Expr::Filter { of, .. } => format!("`filter` of {}", spelled(of)),
        Expr::Input => "what the visitor said".to_owned(),
        Expr::Value(_) | Expr::List(_) | Expr::Map(_) => "a value".to_owned(),
        Expr::Unary(..) | Expr::Binary(..) | Expr::Choose(..) => "a part of the expression".to_owned(),
    }
}
